/** Scenarios of Improve: the cause is dealt with, a risk is accepted, routine work does it, an audit asks. */
import { asking, causeFound, causeKnown, changed, MEASURE, operate, prepared, RATED, RISK } from './acts';
import type { Scenario } from './scenario';

const SOURCE = { Source: 'Trend', 'What it touches': ['Technology'] };

export const A5: Scenario = {
  id: 'A5',
  title: 'Restored by a workaround, and the cause dealt with beside it',
  async play(play) {
    const incident = await prepared(play, 'Printer on floor 5 is dead', 'Operate', { Workaround: 'Yes' });
    const asker = play.someone('coordinator');
    await play.move(asker, incident.key, 'Recover', asking('Service Request', 'Reset the toner sensor. The printer prints.'));
    await operate(play, await play.theOne(incident.key, 'hands over to'), asker);
    await play.refused('sofia', incident.key, 'Confirm', 'V36', 'The service works again, the cause is still there.');
    const { key } = await play.create(play.someone('coordinator'), 'Preventive Action', 'Sensors that last', { ...RISK, ...SOURCE });
    await play.link(play.someone('coordinator'), 'USM follow-up', incident.key, key);
    await play.move('sofia', incident.key, 'Confirm');
    await play.close(incident.key);
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    await play.expectPath(incident.key, 'W4');
    await play.expectSequence(key, 'Reg');

    await causeFound(play, key);
    await play.fillIn(play.someone('coordinator'), key, {
      ...MEASURE,
      'Items to change': ['PR-5-01'],
      'Remaining effect': 'Low',
      'Remaining likelihood': 'Low',
    });
    const owner = play.someone('coordinator');
    await play.move(owner, key, 'Deploy measure', asking('Request for Change', 'Fit the better sensor. It lasts.'));
    const rfc = await play.theOne(key, 'hands over to');
    const deploy = await changed(play, rfc, owner, RATED);
    await play.fillIn(play.someone('coordinator'), key, { 'Value today': 3, 'Value achieved': 0 });
    await play.confirmAsRequester(key);
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    for (const child of [rfc, deploy]) await play.expectFulfilment(child, 'process');
    await play.expectPath(key, 'W7');
  },
};

export const A15: Scenario = {
  id: 'A15',
  title: 'A threat that is accepted',
  async play(play) {
    const key = await causeKnown(play, 'Preventive Action', 'The old switch may fail', { ...RISK, ...SOURCE });
    const given = {
      'Reason in words': 'It is replaced next summer anyway.',
      'Review date': new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
    };
    const coordinator = play.someone('coordinator');
    await play.refused(coordinator, key, 'Accept risk', '', 'Only the process manager can accept a risk, with a reason and a review date.', given);
    await play.refused(play.someone('process manager'), key, 'Accept risk', 'V26', 'Only the process manager can accept a risk', {
      'Reason in words': 'It is replaced next summer anyway.',
    });
    await play.move(play.someone('process manager'), key, 'Accept risk', given);
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Ana Pre Ful Clo', 'Risk accepted');
    await play.expectPath(key, 'open');
  },
};

export const A16: Scenario = {
  id: 'A16',
  title: 'Onboarding takes nine days and should take three; routine work does it',
  async play(play) {
    const { Effect: _, Likelihood: __, ...call } = RISK;
    const { key } = await play.create(play.someone('operator'), 'Optimization', 'Onboarding in three days', {
      ...call,
      ...RATED,
      Source: 'Idea',
      'What it touches': ['Process'],
    });
    await play.move(play.someone('coordinator'), key, 'Accept');
    await play.move(play.someone('coordinator'), key, 'Find cause');
    const cause = { Cause: 'Everybody waits for everybody.', 'Kind of cause': 'Process' };
    await play.refused(play.someone('operator'), key, 'Cause known', 'V43', "Give today's value and the target value.", cause);
    await play.move(play.someone('operator'), key, 'Cause known', { ...cause, 'Value today': 9, 'Target value': 3, Unit: 'days' });
    await play.fillIn(play.someone('coordinator'), key, MEASURE);
    const owner = play.someone('coordinator');
    await play.move(owner, key, 'Deploy measure', asking('Service Request', 'Introduce the new checklist. Everybody uses it.'));
    const request = await play.theOne(key, 'hands over to');
    await operate(play, request, owner);
    await play.fillIn(play.someone('coordinator'), key, { 'Value achieved': 3 });
    await play.confirmAsRequester(key);
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    await play.expectPath(key, 'W8');
  },
};

export const A28: Scenario = {
  id: 'A28',
  title: 'An audit finds that nobody reviews who has access',
  async play(play) {
    const { Effect: _, Likelihood: __, ...call } = RISK;
    const key = await causeKnown(play, 'Improvement', 'Review of access rights', {
      ...call,
      ...RATED,
      Source: 'Audit',
      'What it touches': ['Process'],
    });
    await play.fillIn(play.someone('coordinator'), key, MEASURE);
    const owner = play.someone('coordinator');
    await play.move(owner, key, 'Deploy measure', asking('Service Request', 'Review who has access every quarter. The list is kept.'));
    const request = await play.theOne(key, 'hands over to');
    await operate(play, request, owner);
    await play.fillIn(play.someone('coordinator'), key, { 'Why not measurable': 'The evidence is the list that is kept.' });
    await play.confirmAsRequester(key);
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    play.expect('the finding leads to its evidence', await play.linked(key, 'hands over to'), [request]);
    await play.expectPath(key, 'W8');
  },
};
