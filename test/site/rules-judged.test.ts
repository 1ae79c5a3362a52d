/**
 * Every rule that is judged from fields, receipts and links, as people meet it: the step is refused in the rule's words and changes nothing, one by one
 * over REST and, where no screen asks, in Jira's bulk change; once the rule is met, the same step is let pass.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { AS_USUAL, create, type Given, takeOn } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type FreshSite, freshSite } from '../scenarios/site';
import { type Tries, triesOn } from './support/tries';

const DAY = 86_400_000;

let fresh: FreshSite;
let world: World;
let people: World['people'];
const clock = new ManualClock(new Date());

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  ({ people } = world);
  tries = triesOn(world, clock);
});
afterAll(() => fresh.stop());

const CALL: Given = { Customer: 'Havencollege', Service: 'Workplace', Category: ['Workplace', 'device'], Impact: 'Low', Urgency: 'Medium' };
const { Service: _, ...NO_SERVICE } = CALL;
const RISK: Given = { Customer: 'Havencollege', Service: 'Workplace', Category: ['Workplace', 'device'], Effect: 'High', Likelihood: 'Low' };
const AT: Given = { 'Window start': new Date('2030-01-07T12:00Z'), 'Window end': new Date('2030-01-07T13:00Z') };
const ASK: Given = { 'Hand over to': ['Service Request'], 'Solution team': 'Workplace', 'What is asked': 'Put it in place. It works.' };
const ENOUGH: Given = { Reason: 'Other', 'Reason in words': 'Enough.' };

let tries: Tries;
const refused: Tries['refused'] = (...given) => tries.refused(...given);
const pass: Tries['pass'] = (...given) => tries.pass(...given);
const give: Tries['give'] = (key, given) => tries.give(key, given);
const statusOf: Tries['statusOf'] = (key) => tries.statusOf(key);
const childOf: Tries['childOf'] = (key) => tries.childOf(key);

/** A change that is planned, built and handed over; everything it asks is given. */
async function release(key: string, given: Given): Promise<string> {
  await give(key, { ...given, ...ASK });
  await pass(people.joris, key, 'Release');
  return childOf(key);
}

/** Operate does what it is asked. What comes from a risk was not rated as a call yet. */
async function operate(key: string, asker: Visitor): Promise<void> {
  await give(key, { Impact: 'Low', Urgency: 'Medium' });
  await pass(people.amira, key, 'Accept');
  await pass(people.amira, key, 'Plan');
  await refused(people.daan, key, 'Start', { V37: 'Set who does this and when.' });
  await takeOn(world, people.daan, key, new Date('2030-01-07T12:00Z'));
  await pass(people.daan, key, 'Start');
  await give(key, { 'What was done': 'Done as asked.' });
  await pass(people.daan, key, 'Deliver');
  await pass(asker, key, 'Confirm');
}

it('a complaint: about the past, of something, found, answered, evaluated, and reopened in time (V27 V40 V41 V28 V14 V33)', async () => {
  const { amira, lotte, sofia } = people;
  const { key } = await create(world, sofia, 'Complaint', 'Three times late', NO_SERVICE);
  await refused(amira, key, 'Accept', { V27: 'Say when it happened', V40: 'Link what the complaint is about.' });
  await give(key, { Service: 'Telephony', 'When it happened': 'It is happening now' });
  await refused(amira, key, 'Accept', { V27: 'This is happening now. Register an Incident' });
  await give(key, { 'When it happened': 'In the past' });
  await pass(amira, key, 'Accept');
  await pass(amira, key, 'Investigate');
  await refused(amira, key, 'Draft answer', { V41: 'Record the finding before answering.' });
  await pass(amira, key, 'Draft answer', { Finding: 'Founded', Explanation: 'The van broke down.' });
  await refused(lotte, key, 'Answer only', { V28: 'Write the answer for Sofia Rossi.' });
  await pass(lotte, key, 'Answer only', { Answer: 'We are sorry.' });
  await pass(sofia, key, 'Confirm');
  await pass(sofia, key, 'Reopen');
  expect(await statusOf(key)).toBe('Realising');

  const second = await create(world, sofia, 'Complaint', 'Late again', { ...CALL, 'When it happened': 'In the past' });
  await pass(amira, second.key, 'Accept');
  await pass(amira, second.key, 'Investigate');
  await pass(amira, second.key, 'Draft answer', { Finding: 'Unfounded', Explanation: 'It was on time.' });
  await pass(lotte, second.key, 'Answer only', { Answer: 'It was on time.' });
  await pass(sofia, second.key, 'Confirm');
  clock.advance(8 * DAY);
  await refused(sofia, second.key, 'Reopen', { V33: 'The reopen period ended on' });
  await refused(amira, second.key, 'Close', { V14: 'Answer the evaluation questions.' });
  await give(second.key, AS_USUAL);
  await pass(amira, second.key, 'Close');
}, 120_000);

it('a change: category, plan, tests, and nothing left behind (V46 V20 V22 V23 V34)', async () => {
  const { bram, joris, marit, daan, amira } = people;
  const { key } = await create(world, bram, 'Request for Change', 'Another desk', { ...CALL, 'Items to add': ['AP-1'] });
  await pass(joris, key, 'Accept');
  await refused(joris, key, 'Plan', { V46: 'Choose standard, normal, significant or emergency.' });
  await give(key, { 'Change category': 'Normal' });
  await pass(joris, key, 'Plan');
  await give(key, { Plan: 'At noon.', 'Back-out': 'Take it away.' });
  await refused(marit, key, 'Agree plan', { V20: 'The plan lacks window start, window end and people.' });
  await give(key, { ...AT, 'Solution team': 'Workplace' });
  await pass(marit, key, 'Agree plan');
  await refused(daan, key, 'Offer for test', { V22: 'Add the test plan and the deployment plan.' });
  await give(key, { 'Test plan': 'It prints.', 'Deployment plan': 'Carry it up.' });
  await pass(daan, key, 'Offer for test');
  await refused(joris, key, 'Release', { V23: '1 test has no accepted result.' });
  await give(key, { 'Test result': 'All passed' });
  await pass(joris, key, 'Test failed', { 'What has to be different': 'It has to print.' });
  await pass(daan, key, 'Offer for test');
  // The result of the last round does not count in this one.
  await refused(joris, key, 'Release', { V23: '1 test has no accepted result.' });
  const child = await release(key, { 'Test result': 'Accepted with deviations', 'Why deviations are accepted': 'Colours only.' });
  await refused(amira, key, 'Withdraw', { V34: `Stop or withdraw ${child} first.` }, ENOUGH);
  await pass(amira, child, 'Decline', ENOUGH);
  expect(await statusOf(key)).toBe('Preparing');
  await pass(amira, key, 'Withdraw', ENOUGH);
}, 120_000);

it('an emergency is completed afterwards, and a child is reopened only while its parent waits for it (V30 V37 V33)', async () => {
  const { bram, joris, marit, daan } = people;
  const given = { ...CALL, 'Items to add': ['AP-2'], 'Change category': 'Emergency', 'Solution team': 'Workplace' };
  const { key } = await create(world, bram, 'Request for Change', 'The database is down', { ...CALL, 'Items to add': ['AP-2'] });
  await give(key, given);
  await pass(joris, key, 'Accept');
  await pass(joris, key, 'Plan');
  await pass(marit, key, 'Agree plan');
  await pass(daan, key, 'Offer for test');
  const child = await release(key, {});
  await operate(child, joris);
  expect(await statusOf(key)).toBe('Reviewing');
  await give(key, { 'Register updated': 'Updated', Plan: 'Restore.', 'Back-out': 'None.', ...AT });
  await refused(bram, key, 'Confirm', {
    V30: 'This was an emergency change. Complete test plan, deployment plan and test result before confirming.',
  });
  await give(key, { 'Test plan': 'It answers.', 'Deployment plan': 'At once.', 'Test result': 'All passed' });
  await pass(bram, key, 'Confirm');
  await refused(joris, child, 'Reopen', { V33: `${key} has moved on. Reopen it instead.` });
  await pass(bram, key, 'Reopen');
  await pass(joris, child, 'Reopen');
}, 120_000);

it('an incident: described, and its cause dealt with (V49 V36)', async () => {
  const { sofia, amira, daan } = people;
  const { key } = await create(world, sofia, 'Incident', 'Nothing works', { ...CALL, Impact: 'High', Urgency: 'High', Observed: 'Dark.' });
  await refused(amira, key, 'Accept', { V49: 'What should it do according to the agreement, and what does it do?' });
  await give(key, { Agreed: 'Light.' });
  await pass(amira, key, 'Accept');
  await pass(daan, key, 'Fix on the spot', { 'What was done': 'Plugged in.' });
  await refused(sofia, key, 'Confirm', { V36: 'Link a Preventive Action or say why not.' });
  const risk = await create(world, amira, 'Preventive Action', 'Plugs come loose', RISK);
  await amira.ask('POST', '/rest/api/3/issueLink', { type: { name: 'USM follow-up' }, inwardIssue: { key }, outwardIssue: { key: risk.key } });
  await pass(sofia, key, 'Confirm');
}, 120_000);

it('a preventive action: source, cause, measure, route, result and what remains (V53 V24 V25 V32 V42 V54)', async () => {
  const { amira } = people;
  const { key } = await create(world, amira, 'Preventive Action', 'The switch fails often', RISK);
  await refused(amira, key, 'Accept', { V53: 'Where does this come from, and what does it touch?' });
  await give(key, { Source: 'Trend', 'What it touches': ['Agreement'] });
  await pass(amira, key, 'Accept');
  await pass(amira, key, 'Find cause');
  await refused(amira, key, 'Cause known', { V24: 'Describe the cause; a measure without a cause is a guess.' }, { Cause: 'Wear.' });
  await pass(amira, key, 'Cause known', { Cause: 'Wear.', 'Kind of cause': 'Technology' });
  await refused(
    amira,
    key,
    'Deploy measure',
    { V25: 'Compare the measures and pick one; add what risk remains.', V32: 'This measure changes the agreement with Havencollege' },
    ASK,
  );
  const remains = { 'Remaining effect': 'High', 'Remaining likelihood': 'Medium' };
  await give(key, { 'What it touches': ['Technology'], Measure: 'Clean it monthly.', 'Business case': 'One hour a month.', ...remains });
  await pass(amira, key, 'Deploy measure', ASK);
  await operate(await childOf(key), amira);
  await refused(amira, key, 'Confirm', { V42: 'Record the result against the goal.', V54: 'The remaining risk is above what we accept.' });
  await give(key, { 'Value today': 9, 'Value achieved': 3, 'Remaining effect': 'Low' });
  await pass(amira, key, 'Confirm');
}, 120_000);

it('an optimization needs a value and a goal, a wish its teams (V43 V35)', async () => {
  const { amira } = people;
  const cause: Given = { Cause: 'Paper.', 'Kind of cause': 'Process' };
  const { key } = await create(world, amira, 'Optimization', 'Nine days', { ...CALL, Source: 'Idea', 'What it touches': ['Process'] });
  await pass(amira, key, 'Accept');
  await pass(amira, key, 'Find cause');
  await refused(amira, key, 'Cause known', { V43: "Give today's value and the target value." }, { ...cause, 'Value today': 9 });
  await pass(amira, key, 'Cause known', { ...cause, 'Value today': 9, 'Target value': 3, Unit: 'days' });

  const wish = await create(world, people.sofia, 'Wish', 'A new wing', CALL);
  await pass(amira, wish.key, 'Accept');
  await pass(amira, wish.key, 'Specify');
  await refused(amira, wish.key, 'Draft offer', { V35: 'Name the teams that contribute to this service.' });
  await give(wish.key, { 'Solution team': 'Network' });
  await pass(amira, wish.key, 'Draft offer');
}, 120_000);

it('all of them were tried, in bulk where no screen asks', () => {
  expect([...tries.tried].sort().join(' ')).toBe('V14 V20 V22 V23 V24 V25 V27 V28 V30 V32 V33 V34 V35 V36 V37 V40 V41 V42 V43 V46 V49 V53 V54');
  expect([...tries.triedInBulk].sort().join(' ')).toBe('V14 V20 V22 V23 V27 V30 V33 V35 V36 V37 V40 V42 V46 V49 V53 V54');
});
