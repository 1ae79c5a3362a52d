/** Scenarios that begin in Agree: complaints, and wishes that end early. */
import { asking, CALL, changed, MEASURE, operate, planned, REASON, TESTS } from './acts';
import type { Play } from './play';
import type { Scenario } from './scenario';

const COMPLAINT = { ...CALL, 'When it happened': 'In the past' };
const FOUNDED = { Finding: 'Founded', Explanation: 'Three times in October.' };

/** A complaint up to its drafted answer. */
async function drafted(play: Play, summary: string): Promise<string> {
  const { key } = await play.create('sofia', 'Complaint', summary, COMPLAINT);
  await play.move(play.someone('coordinator'), key, 'Accept');
  await play.move(play.someone('coordinator'), key, 'Investigate');
  await play.move(play.someone('coordinator'), key, 'Draft answer', FOUNDED);
  return key;
}

/** A wish up to the point where it is agreed and Change is asked. The offer itself is the agreement's business. */
async function agreed(play: Play, key: string, negotiated = false): Promise<string> {
  if (!negotiated) await specified(play, key);
  const asker = play.someone('service manager');
  await play.move(asker, key, 'Agree', asking('Request for Change', 'Realise what was agreed. It can be used.'));
  return asker;
}

async function specified(play: Play, key: string): Promise<void> {
  await play.move(play.someone('coordinator'), key, 'Accept');
  await play.move(play.someone('coordinator'), key, 'Specify');
  await play.fillIn(play.someone('coordinator'), key, { 'Solution team': 'Workplace' });
  await play.move(play.someone('coordinator'), key, 'Draft offer');
}

export const A11: Scenario = {
  id: 'A11',
  title: 'A complaint leads to an improvement that changes what is agreed',
  async play(play) {
    const complaint = await drafted(play, 'Three times late last month');
    await play.move(play.someone('service manager'), complaint, 'Answer only', { Answer: 'You are right; we change how we work.' });
    const { key } = await play.create(play.someone('coordinator'), 'Improvement', 'Come in time', {
      ...CALL,
      Source: 'Evaluation',
      'What it touches': ['Agreement'],
    });
    await play.link(play.someone('coordinator'), 'USM follow-up', complaint, key);
    await play.move('sofia', complaint, 'Confirm');
    await play.close(complaint);
    await play.expectSequence(complaint, 'Reg Acc Ana Neg Rev Ful Clo', 'Answered');
    await play.expectPath(complaint, 'W1-answer');

    await play.move(play.someone('coordinator'), key, 'Accept');
    await play.move(play.someone('coordinator'), key, 'Find cause');
    await play.move(play.someone('operator'), key, 'Cause known', { Cause: 'Two people for three wards.', 'Kind of cause': 'People' });
    await play.fillIn(play.someone('coordinator'), key, MEASURE);
    await play.refused(
      play.someone('coordinator'),
      key,
      'Deploy measure',
      'V32',
      'it starts with a Wish',
      asking('Service Request', 'Come in time.'),
    );
    const owner = play.someone('coordinator');
    await play.move(owner, key, 'Deploy measure', asking('Wish', 'Agree on times we can keep. The ward knows when we come.'));
    const wish = await play.theOne(key, 'hands over to');
    const manager = await agreed(play, wish);
    const rfc = await play.theOne(wish, 'hands over to');
    await play.fillIn(play.someone('coordinator'), rfc, { 'Items to change': ['ROSTER-3'] });
    const deploy = await changed(play, rfc, manager as 'lotte');
    await play.expectSequence(wish, 'Reg Acc Spe Neg Rea Rev');
    await play.move(owner, wish, 'Confirm');
    await play.fillIn(play.someone('coordinator'), key, { 'Why not measurable': 'Asked of the ward in spring.' });
    await play.confirmAsRequester(key);
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    for (const child of [wish, rfc, deploy]) await play.expectFulfilment(child, 'process');
    await play.expectPath(key, 'W6');
    await play.expectOrder([deploy, rfc, wish, key], 'Fulfilled');
  },
};

export const A12: Scenario = {
  id: 'A12',
  title: 'A complaint about something that is broken now',
  async play(play) {
    const { key } = await play.create('sofia', 'Complaint', 'It does not print', { ...CALL, 'When it happened': 'It is happening now' });
    await play.refused(play.someone('coordinator'), key, 'Accept', 'V27', 'Register an Incident');
    await play.move(play.someone('coordinator'), key, 'Reclassify', { 'Reclassify as': 'Incident', 'Reason in words': 'It is broken now.' });
    await play.expectSequence(key, 'Reg Can', 'Reclassified');
    const incident = await play.theOne(key, 'was reclassified as');
    const [former, now] = [await play.look(key), await play.look(incident)];
    play.expect('report time is kept', Date.parse(String(play.field(now, 'Report time'))), Date.parse(String(former.fields['created'])));
    await play.expectSequence(incident, 'Reg');
  },
};

export const A13: Scenario = {
  id: 'A13',
  title: 'A complaint that is remedied at once',
  async play(play) {
    const key = await drafted(play, 'The parcel never came');
    await play.refused(play.someone('service manager'), key, 'Agree remedy', 'V10', 'Hand this over first');
    const asker = 'lotte';
    await play.move(asker, key, 'Agree remedy', asking('Service Request', 'Send it again. It arrives.'));
    const request = await play.theOne(key, 'hands over to');
    await operate(play, request, asker);
    await play.expectSequence(key, 'Reg Acc Ana Neg Rea Rev');
    await play.move('sofia', key, 'Confirm');
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Ana Neg Rea Rev Ful Clo', 'Answered');
    await play.expectSequence(request, 'Reg Acc Pla Rea Rev Ful', 'Delivered');
    await play.expectPath(key, 'W1-answer');
  },
};

export const A29: Scenario = {
  id: 'A29',
  title: 'A wish is withdrawn while its change is being tested',
  async play(play) {
    const { key } = await play.create('sofia', 'Wish', 'A printer in every room', CALL);
    await agreed(play, key);
    const rfc = await play.theOne(key, 'hands over to');
    await play.fillIn(play.someone('coordinator'), rfc, { 'Items to add': ['PR-9'] });
    await planned(play, rfc);
    await play.fillIn(play.someone('operator'), rfc, TESTS);
    await play.move(play.someone('operator'), rfc, 'Offer for test');
    await play.refused('sofia', key, 'Withdraw', 'V34', rfc, REASON);
    await play.move(play.someone('coordinator'), rfc, 'Withdraw', REASON);
    await play.expectSequence(rfc, 'Reg Acc Pla Pre Tes Can', 'Withdrawn');
    await play.expectSequence(key, 'Reg Acc Spe Neg Rea Neg');
    await play.move('sofia', key, 'Withdraw', REASON);
    await play.expectSequence(key, 'Reg Acc Spe Neg Rea Neg Can', 'Withdrawn');
  },
};
