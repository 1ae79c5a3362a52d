/** Acceptance scenarios of the method (4.6). Each plays on a site that is set up, and leaves others' work items alone. */
import type { Item } from '../../sandbox/demo/acts';
import { A11, A12, A13, A29 } from './agree';
import { CALL, FAILURE, operate, prepared } from './acts';
import { A18, A19 } from './change';
import { A6, A7, A8 } from './agreements-agree';
import { A10, A25 } from './agreements-asked';
import { A15, A16, A28, A5 } from './improve';
import type { Play } from './play';
import { A17, A23, A24, A27 } from './recover';
import type { Scenario } from './scenario';

const A1: Scenario = {
  id: 'A1',
  title: 'A standard request, and the same one first logged as an incident',
  async play(play) {
    const request = await play.create('sofia', 'Service Request', 'Reset my password', { ...CALL, Category: ['Workplace', 'account'] });
    await deliver(play, request.key);
    await play.expectSequence(request.key, 'Reg Acc Rea Rev Ful Clo', 'Delivered');
    play.expect('it has no children', (await play.look(request.key)).links, []);
    await play.expectPath(request.key, 'W5');

    const logged = await play.create('sofia', 'Incident', 'I cannot sign in', { ...FAILURE, Service: 'Workplace' });
    await play.move(play.someone('coordinator'), logged.key, 'Reclassify', {
      'Reclassify as': 'Service Request',
      'Reason in words': 'The password was forgotten; the service works as agreed.',
    });
    await play.expectSequence(logged.key, 'Reg Can', 'Reclassified');
    const second = await play.theOne(logged.key, 'was reclassified as');
    const [former, now] = [await play.look(logged.key), await play.look(second)];
    play.expect('report time is kept', Date.parse(String(play.field(now, 'Report time'))), Date.parse(String(former.fields['created'])));
    play.expect('the customer is kept', play.field(now, 'Customer'), play.field(former, 'Customer'));
    await deliver(play, second);
    await play.expectSequence(second, 'Reg Acc Rea Rev Ful Clo', 'Delivered');
    await play.expectPath(second, 'W5');

    async function deliver(on: Play, key: string): Promise<void> {
      await on.move(on.someone('coordinator'), key, 'Accept');
      const executor = on.someone('coordinator', 'operator');
      await on.takeOn(executor, key);
      await on.move(executor, key, 'Start now');
      await on.fillIn(on.someone('operator'), key, { 'What was done': 'Password reset; the new one was handed over in person.' });
      await on.move(on.someone('operator'), key, 'Deliver');
      await on.move('sofia', key, 'Confirm');
      await on.close(key);
    }
  },
};

const A2: Scenario = {
  id: 'A2',
  title: 'A failure that operations can end',
  async play(play) {
    const incident = await prepared(play, 'Printer on floor 2 is dead', 'Operate', { Service: 'Workplace', Category: ['Workplace', 'printing'] });
    await play.refused(play.someone('coordinator'), incident.key, 'Recover', 'V10', 'Hand this over first');
    const asker = play.someone('coordinator');
    await play.move(asker, incident.key, 'Recover', {
      'Hand over to': ['Service Request'],
      'Solution team': 'Workplace',
      'What is asked': 'Reset the toner sensor with the spare one. The printer prints again.',
    });
    const request = await play.theOne(incident.key, 'hands over to');
    await operate(play, request, asker);
    await play.expectSequence(request, 'Reg Acc Pla Rea Rev Ful', 'Delivered');
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea Rev');
    await play.move('sofia', incident.key, 'Confirm');
    await play.close(incident.key);
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    await play.expectFulfilment(request, 'process');
    await play.expectFulfilment(incident.key, 'workflow');
    await play.expectPath(incident.key, 'W4');
  },
};

const A3: Scenario = {
  id: 'A3',
  title: 'Fixed during the call',
  async play(play) {
    const incident = await play.create('sofia', 'Incident', 'Printer on floor 3 is dead', { ...FAILURE, 'Items to change': ['PR-3-01'] });
    await play.move(play.someone('coordinator'), incident.key, 'Accept');
    const result = { 'What was done': 'Toner sensor reset by phone.' };
    await play.refused(play.someone('operator'), incident.key, 'Fix on the spot', 'V06', 'PR-3-01', result);
    await play.fillIn(play.someone('operator'), incident.key, { 'Items to change': [] });
    await play.move(play.someone('operator'), incident.key, 'Fix on the spot', result);
    await play.move('sofia', incident.key, 'Confirm');
    await play.close(incident.key);
    await play.expectSequence(incident.key, 'Reg Acc Rev Ful Clo', 'Delivered');
    play.expect('it has no children', (await play.look(incident.key)).links, []);
    await play.expectPath(incident.key, 'W4');
  },
};

/** The incident of A4 and A20, handed over to Change. */
async function handedToChange(play: Play): Promise<{ incident: Item; rfc: string; asker: Parameters<Play['move']>[0] }> {
  const incident = await prepared(play, 'Printer on floor 4 is broken', 'Change', { 'Items to change': ['PR-4-01'] });
  const ask = { 'Solution team': 'Workplace', 'What is asked': 'Replace PR-4-01 by another model. Everybody on floor 4 can print.' };
  await play.refused(play.someone('coordinator'), incident.key, 'Recover', 'V52', 'PR-4-01', { ...ask, 'Hand over to': ['Service Request'] });
  const asker = play.someone('coordinator');
  await play.move(asker, incident.key, 'Recover', { ...ask, 'Hand over to': ['Request for Change'] });
  return { incident, asker, rfc: await play.theOne(incident.key, 'hands over to') };
}

/** Change up to the release, which asks Operate to deploy. */
async function released(play: Play, rfc: string): Promise<Parameters<Play['move']>[0]> {
  await play.move(play.someone('coordinator'), rfc, 'Accept');
  await play.refused(play.someone('coordinator'), rfc, 'Plan', 'V46', 'Choose standard, normal, significant or emergency.');
  await play.fillIn(play.someone('coordinator'), rfc, { 'Change category': 'Normal' });
  await play.move(play.someone('coordinator'), rfc, 'Plan');
  await play.fillIn(play.someone('coordinator'), rfc, { Plan: 'Swap it at noon.', 'Back-out': 'Put the old one back.' });
  await play.refused(play.someone('process manager'), rfc, 'Agree plan', 'V20', 'The plan lacks window start and window end.');
  await play.fillIn(play.someone('coordinator'), rfc, { 'Window start': new Date('2030-01-07T12:00Z'), 'Window end': new Date('2030-01-07T13:00Z') });
  await play.move(play.someone('process manager'), rfc, 'Agree plan');
  await play.fillIn(play.someone('operator'), rfc, { 'Test plan': 'Print a page.', 'Deployment plan': 'Carry it up, plug it in.' });
  await play.move(play.someone('operator'), rfc, 'Offer for test');
  const acceptor = play.someone('coordinator');
  await play.fillIn(acceptor, rfc, {
    'Test result': 'All passed',
    'Hand over to': ['Service Request'],
    'Solution team': 'Workplace',
    'What is asked': 'Place the new printer on floor 4. A test page comes out.',
  });
  await play.move(acceptor, rfc, 'Release');
  return acceptor;
}

const A4: Scenario = {
  id: 'A4',
  title: 'A failure that needs a change',
  async play(play) {
    const { incident, rfc, asker } = await handedToChange(play);
    const inherited = await play.look(rfc);
    play.expect('the change inherits the items', play.field(inherited, 'Items to change'), ['PR-4-01']);
    const acceptor = await released(play, rfc);
    const deploy = await play.theOne(rfc, 'hands over to');
    await operate(play, deploy, acceptor);
    await play.expectSequence(deploy, 'Reg Acc Pla Rea Rev Ful', 'Delivered');
    await play.expectSequence(rfc, 'Reg Acc Pla Pre Tes Rea Rev');
    await play.refused(asker, rfc, 'Confirm', 'V12', 'PR-4-01');
    await play.fillIn(play.someone('operator'), rfc, { 'Register updated': 'Updated' });
    await play.move(asker, rfc, 'Confirm');
    await play.expectSequence(rfc, 'Reg Acc Pla Pre Tes Rea Rev Ful', 'Delivered');
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea Rev');
    await play.move('sofia', incident.key, 'Confirm');
    await play.close(incident.key);
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    for (const child of [rfc, deploy]) await play.expectFulfilment(child, 'process');
    await play.expectFulfilment(incident.key, 'workflow');
    await play.expectPath(incident.key, 'W3');
    await play.expectPath(deploy, 'W3');
  },
};

const A20: Scenario = {
  id: 'A20',
  title: 'A parent closed too early',
  async play(play) {
    const { incident, rfc } = await handedToChange(play);
    await play.notOffered('sofia', incident.key, 'Confirm', '80');
    await play.notOffered(play.someone('coordinator'), incident.key, 'Close', '90');
    await play.refused(play.someone('coordinator'), incident.key, 'Work returned', 'V09', rfc);
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea');
    await play.expectPath(incident.key, 'W3');
  },
};

/** From A6 on an agreement is in force, which binds everybody on the site: whatever needs a site without one comes before. */
export const SCENARIOS: readonly Scenario[] = [
  A1,
  A2,
  A3,
  A4,
  A5,
  A11,
  A12,
  A13,
  A15,
  A16,
  A17,
  A18,
  A19,
  A20,
  A23,
  A24,
  A27,
  A28,
  A29,
  A7,
  A8,
  A6,
  A10,
  A25,
];

/** Played elsewhere, since they need what a scenario here has not: a clock that is moved, or a second space. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  A9: 'test/scenarios/register.ts',
  A14: 'test/scenarios/register.ts',
  A21: 'test/site/suppliers.test.ts',
  A22: 'test/site/notices.test.ts',
  A26: 'test/site/groups.test.ts',
};

/** What they are about is not there yet. */
export const WAITING: Readonly<Record<string, string>> = {
  A30: 'reports',
};
