/** Scenarios of Recover beyond the usual way: an emergency, waiting, a failure that comes back, monitoring. */
import { asking, FAILURE, operate, prepared, TESTS, WINDOW } from './acts';
import type { Scenario } from './scenario';

const SPOT = { 'What was done': 'Cable pushed in again.' };

export const A17: Scenario = {
  id: 'A17',
  title: 'The core database is down at night',
  async play(play) {
    const incident = await prepared(play, 'The core database is down', 'Change', { Urgency: 'High', 'Items to change': ['DB-CORE'] });
    play.expect('it is of the highest priority', (await play.look(incident.key)).priority, 'Highest');
    const owner = play.someone('coordinator');
    await play.move(owner, incident.key, 'Recover', asking('Request for Change', 'Start it on the other machine. The wards can work.'));
    const rfc = await play.theOne(incident.key, 'hands over to');
    await play.move(play.someone('coordinator'), rfc, 'Accept');
    await play.fillIn(play.someone('coordinator'), rfc, { 'Change category': 'Emergency' });
    await play.move(play.someone('coordinator'), rfc, 'Plan');
    await play.move(play.someone('process manager'), rfc, 'Agree plan');
    await play.move(play.someone('operator'), rfc, 'Offer for test');
    const acceptor = play.someone('coordinator');
    await play.fillIn(acceptor, rfc, asking('Service Request', 'Start it. The wards can work.'));
    await play.move(acceptor, rfc, 'Release');
    const deploy = await play.theOne(rfc, 'hands over to');
    await operate(play, deploy, acceptor);
    await play.fillIn(play.someone('operator'), rfc, { 'Register updated': 'Updated' });
    await play.refused(owner, rfc, 'Confirm', 'V30', 'This was an emergency change. Complete');
    await play.fillIn(play.someone('coordinator'), rfc, { Plan: 'As done that night.', 'Back-out': 'Start the old one.', ...WINDOW, ...TESTS });
    await play.fillIn(play.someone('operator'), rfc, { 'Test result': 'All passed', 'Solution team': 'Applications' });
    await play.move(owner, rfc, 'Confirm');
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea Rev');
    await play.refused('sofia', incident.key, 'Confirm', 'V36', 'Link a Preventive Action or say why not.');
    await play.fillIn(play.someone('coordinator'), incident.key, { 'Why no Preventive Action': 'The old machine is being replaced this month.' });
    await play.move('sofia', incident.key, 'Confirm');
    await play.close(incident.key);
    await play.expectSequence(rfc, 'Reg Acc Pla Pre Tes Rea Rev Ful', 'Delivered');
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    await play.expectPath(incident.key, 'W3');
  },
};

export const A23: Scenario = {
  id: 'A23',
  title: 'Waiting for the customer',
  async play(play) {
    const { key } = await play.create('sofia', 'Incident', 'No connection in room 12', FAILURE);
    await play.move(play.someone('coordinator'), key, 'Accept');
    await play.move(play.someone('coordinator'), key, 'Analyse');
    await play.refused(play.someone('operator'), key, 'Pause', '', 'Say who we are waiting for and until when.');
    await play.move(play.someone('operator'), key, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': new Date(Date.now() + 3_600_000) });
    await play.expectSequence(key, 'Reg Acc Ana Wai');
    await play.expectWays('sofia', key, 'Resume', ['Resume to Analysing']);
    await play.move('sofia', key, 'Resume to Analysing');
    await play.expectSequence(key, 'Reg Acc Ana Wai Ana');
  },
};

export const A24: Scenario = {
  id: 'A24',
  title: 'The failure comes back, before and after closing',
  async play(play) {
    const { key } = await play.create('sofia', 'Incident', 'No connection in room 14', FAILURE);
    await play.move(play.someone('coordinator'), key, 'Accept');
    await play.move(play.someone('operator'), key, 'Fix on the spot', SPOT);
    await play.move('sofia', key, 'Confirm');
    play.expect('it is resolved', (await play.look(key)).resolution, 'Delivered');
    await play.move('sofia', key, 'Reopen to Analysing');
    play.expect('it is not resolved any more', (await play.look(key)).resolution, undefined);
    // Jira's screen opens with what was done the last time.
    await play.refused(play.someone('operator'), key, 'Fix on the spot', 'V50', 'Write what was done.', SPOT);
    await play.move(play.someone('operator'), key, 'Fix on the spot', { 'What was done': 'Cable replaced.' });
    await play.move('sofia', key, 'Confirm');
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Rev Ful Ana Rev Ful Clo', 'Delivered');
    await play.expectWays('sofia', key, 'Reopen', []);
    const again = await play.create('sofia', 'Incident', 'No connection in room 14, again', FAILURE);
    await play.link(play.someone('coordinator'), 'USM follow-up', key, again.key);
    play.expect('it follows from the first', await play.linked(again.key, 'follows from'), [key]);
  },
};

export const A27: Scenario = {
  id: 'A27',
  title: 'Monitoring sees a disk that is nearly full',
  async play(play) {
    const { key } = await play.create(play.someone('operator'), 'Incident', 'Disk at 95 %', {
      ...FAILURE,
      Observed: 'The disk is nearly full; it will be full tonight.',
      Agreed: 'There is room to work.',
    });
    await play.move(play.someone('coordinator'), key, 'Accept');
    await play.move(play.someone('operator'), key, 'Fix on the spot', { 'What was done': 'Old files put away.' });
    const coordinator = play.someone('coordinator');
    await play.refused(coordinator, key, 'Confirm for the requester', 'V11', 'Record how');
    await play.fillIn(coordinator, key, {
      'Confirmed how': 'From the agreement',
      'Confirmed at': new Date(),
      'Words of confirmation': 'The disk is at 40 %.',
    });
    await play.move(coordinator, key, 'Confirm for the requester');
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Rev Ful Clo', 'Delivered');
    await play.expectPath(key, 'W4');
  },
};
