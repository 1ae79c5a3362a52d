/** Scenarios of Change: tests that fail, a deployment that fails, and who may accept. */
import { asking, CALL, operate, planned, TESTS } from './acts';
import type { Play } from './play';
import type { Scenario } from './scenario';

async function built(play: Play, summary: string): Promise<string> {
  const { key } = await play.create('bram', 'Request for Change', summary, { ...CALL, 'Items to change': ['PR-7-01'] });
  await planned(play, key);
  await play.fillIn(play.someone('operator'), key, TESTS);
  return key;
}

const PASSED = { 'Test result': 'All passed' };

export const A18: Scenario = {
  id: 'A18',
  title: 'The test fails twice, then the deployment fails',
  async play(play) {
    const key = await built(play, 'Another printer on floor 7');
    for (const what of ['It prints blank pages.', 'It prints too pale.']) {
      await play.move(play.someone('operator'), key, 'Offer for test');
      await play.refused(play.someone('coordinator'), key, 'Test failed', 'V44', 'Say what has to be different.');
      await play.move(play.someone('coordinator'), key, 'Test failed', { 'What has to be different': what });
    }
    await play.move(play.someone('operator'), key, 'Offer for test');
    const first = play.someone('coordinator');
    await play.fillIn(first, key, { ...PASSED, ...asking('Service Request', 'Put it in place. It prints.') });
    await play.move(first, key, 'Release');
    const failed = await play.theOne(key, 'hands over to');
    await play.move(play.someone('coordinator'), failed, 'Accept');
    await play.move(play.someone('coordinator'), failed, 'Withdraw', { Reason: 'Other', 'Reason in words': 'It does not fit through the door.' });
    await play.expectSequence(failed, 'Reg Acc Can', 'Withdrawn');
    await play.expectSequence(key, 'Reg Acc Pla Pre Tes Pre Tes Pre Tes Rea Pre');

    await play.move(play.someone('operator'), key, 'Offer for test');
    await play.refused(play.someone('coordinator'), key, 'Release', 'V23', 'no accepted result', {});
    const second = play.someone('coordinator');
    await play.fillIn(second, key, { ...PASSED, ...asking('Service Request', 'Put the smaller one in place. It prints.') });
    await play.move(second, key, 'Release');
    const deploy = (await play.linked(key, 'hands over to')).find((one) => one !== failed) ?? '';
    await operate(play, deploy, second);
    await play.fillIn(play.someone('operator'), key, { 'Register updated': 'Updated' });
    await play.move('bram', key, 'Confirm');
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Pla Pre Tes Pre Tes Pre Tes Rea Pre Tes Rea Rev Ful Clo', 'Delivered');
    await play.expectPath(key, 'W2');
  },
};

export const A19: Scenario = {
  id: 'A19',
  title: 'Whoever built a change tries to accept it',
  async play(play) {
    const key = await built(play, 'Another printer on floor 8');
    await play.move('pieter', key, 'Offer for test');
    await play.fillIn('amira', key, { ...PASSED, ...asking('Service Request', 'Put it in place. It prints.') });
    await play.refused('pieter', key, 'Release', '', 'You prepared this change, so someone else has to accept it for production.');
    await play.move('fatima', key, 'Release');
    await play.expectSequence(key, 'Reg Acc Pla Pre Tes Rea');
    await play.expectPath(key, 'W2');
  },
};
