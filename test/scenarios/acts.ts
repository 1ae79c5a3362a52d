/** What the scenarios have in common: a call as people register it, and the usual way through a process. */
import type { Given, Item } from '../../sandbox/demo/acts';
import type { PersonKey } from '../../sandbox/demo/world';
import type { Play } from './play';

export const CALL: Given = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Workplace',
  Category: ['Workplace', 'printing'],
  Impact: 'Medium',
  Urgency: 'Medium',
};
export const FAILURE: Given = {
  ...CALL,
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};
export const RISK: Given = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'slow'],
  Effect: 'High',
  Likelihood: 'Medium',
};

/** What the one who hands over by Jira's own fields says. */
export const asking = (to: string, what: string): Given => ({ 'Hand over to': [to], 'Solution team': 'Workplace', 'What is asked': what });

export const REASON: Given = { Reason: 'No longer needed', 'Reason in words': 'The ward has moved.' };

/** An incident up to the point where the recovery is prepared. */
export async function prepared(play: Play, summary: string, route: string, extra: Given = {}): Promise<Item> {
  const { Workaround = 'No', ...more } = extra;
  const incident = await play.create('sofia', 'Incident', summary, { ...FAILURE, ...more });
  await play.move(play.someone('coordinator'), incident.key, 'Accept');
  await play.move(play.someone('coordinator'), incident.key, 'Analyse');
  await play.move(play.someone('operator'), incident.key, 'Solution found', { Solution: 'Known from before.', 'Recovery route': route, Workaround });
  return incident;
}

/** What comes from a risk was never rated as a call. */
export const RATED: Given = { Impact: 'Medium', Urgency: 'Low' };

/** Operate does what a child asks, up to its confirmation by whoever asked. */
export async function operate(play: Play, key: string, asker: PersonKey, rating: Given = {}): Promise<void> {
  if (Object.keys(rating).length > 0) await play.fillIn(play.someone('coordinator'), key, rating);
  await play.move(play.someone('coordinator'), key, 'Accept');
  await play.move(play.someone('coordinator'), key, 'Plan');
  await play.refused(play.someone('operator'), key, 'Start', 'V37', 'Set who does this and when.');
  const executor = play.someone('operator');
  await play.takeOn(executor, key);
  await play.move(executor, key, 'Start');
  await play.fillIn(play.someone('operator'), key, { 'What was done': 'Done as asked, and looked at on the spot.' });
  await play.move(play.someone('operator'), key, 'Deliver');
  await play.move(asker, key, 'Confirm');
}

export const WINDOW: Given = { 'Window start': new Date('2030-01-07T12:00Z'), 'Window end': new Date('2030-01-07T13:00Z') };
export const PLAN: Given = { Plan: 'Swap it at noon.', 'Back-out': 'Put the old one back.', 'Solution team': 'Workplace', ...WINDOW };
export const TESTS: Given = { 'Test plan': 'Print a page.', 'Deployment plan': 'Carry it up, plug it in.' };

/** A change that is accepted and planned, agreed by somebody who did not plan it. */
export async function planned(play: Play, rfc: string, given: Given = {}): Promise<void> {
  await play.move(play.someone('coordinator'), rfc, 'Accept');
  await play.fillIn(play.someone('coordinator'), rfc, { 'Change category': 'Normal', ...PLAN, ...given });
  await play.move(play.someone('coordinator'), rfc, 'Plan');
  await play.move(play.someone('process manager'), rfc, 'Agree plan');
}

/** From Preparing to Realising: built, tested, accepted by somebody who did not build it. Answers who asks Operate. */
export async function releasedTo(play: Play, rfc: string): Promise<PersonKey> {
  await play.fillIn(play.someone('operator'), rfc, TESTS);
  await play.move(play.someone('operator'), rfc, 'Offer for test');
  const acceptor = play.someone('coordinator');
  await play.fillIn(acceptor, rfc, { 'Test result': 'All passed', ...asking('Service Request', 'Put it in place. It works.') });
  await play.move(acceptor, rfc, 'Release');
  return acceptor;
}

/** The whole of a change that another process asked for, with its deployment; answers the key of the deployment. */
export async function changed(play: Play, rfc: string, asker: PersonKey, rating: Given = {}): Promise<string> {
  await planned(play, rfc, { ...rating });
  const acceptor = await releasedTo(play, rfc);
  const deploy = await play.theOne(rfc, 'hands over to');
  await operate(play, deploy, acceptor);
  await play.fillIn(play.someone('operator'), rfc, { 'Register updated': 'Updated' });
  await play.move(asker, rfc, 'Confirm');
  return deploy;
}

/** An Improve work item of any type, up to the point where the measure can be chosen. */
export async function causeKnown(play: Play, workType: string, summary: string, given: Given, known: Given = {}): Promise<string> {
  const { key } = await play.create(play.someone('operator'), workType, summary, given);
  await causeFound(play, key, known);
  return key;
}

export async function causeFound(play: Play, key: string, known: Given = {}): Promise<void> {
  await play.move(play.someone('coordinator'), key, 'Accept');
  await play.move(play.someone('coordinator'), key, 'Find cause');
  await play.move(play.someone('operator'), key, 'Cause known', { Cause: 'Wear.', 'Kind of cause': 'Technology', ...known });
}

export const MEASURE: Given = { Measure: 'Replace it in time; waiting was cheaper and worse.', 'Business case': 'One visit instead of three.' };
