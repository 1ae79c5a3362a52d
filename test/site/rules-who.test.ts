/**
 * Rules about the person acting, as people meet them: refused in the rule's words over REST and, where no screen asks, in bulk; let pass for somebody
 * else; shown beforehand to whoever looks; and off, as a warning, paused, or taken out by somebody.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { create, type Given, idle, takeOn, tryMove } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type DriftReport, driftReport, type Level, type ProcessPanel, processAnswer, ruleCalls, type RulesOverview } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { type Tries, triesOn } from './support/tries';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Functions that run already notice a change of a level after a minute. */
const NOTICED = 2 * MINUTE;

let fresh: FreshSite;
let world: World;
let people: World['people'];
let tries: Tries;
const clock = new ManualClock(new Date());

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  ({ people } = world);
  tries = triesOn(world, clock);
});
afterAll(() => fresh.stop());

const CALL: Given = { Customer: 'Havencollege', Service: 'Workplace', Category: ['Workplace', 'device'], Impact: 'Low', Urgency: 'Medium' };
const ASK: Given = { 'Hand over to': ['Service Request'], 'Solution team': 'Workplace', 'What is asked': 'Put it in place. It works.' };
const PLAN: Given = {
  Plan: 'At noon.',
  'Back-out': 'Take it away.',
  'Window start': new Date('2030-01-07T12:00Z'),
  'Window end': new Date('2030-01-07T13:00Z'),
  'Solution team': 'Workplace',
  'Test plan': 'It prints.',
  'Deployment plan': 'Carry it up.',
};

const accountOf = async (person: Visitor): Promise<string> => (await person.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;
const accountsOf = (...all: Visitor[]) => Promise.all(all.map(async (one) => ({ accountId: await accountOf(one) })));
const among = async (...all: Visitor[]): Promise<Given> => ({ 'People it is about': await accountsOf(...all) });

async function panel(person: Visitor, key: string): Promise<ProcessPanel> {
  const answer = processAnswer.parse(await person.invoke('usm-process', 'work.process', {}, key));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}
const lineOf = async (person: Visitor, key: string, transition: string, rule: string) =>
  (await panel(person, key)).next.find((one) => one.transition === transition)?.rules.find((one) => one.rule === rule);

async function rules(name: keyof typeof ruleCalls, payload: unknown = {}): Promise<RulesOverview> {
  const answer = ruleCalls['rules.overview'].answer.parse(await world.admin.invoke('usm-setup', name, payload));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  clock.advance(NOTICED);
  return answer;
}
const setLevel = (rule: string, level: Level): Promise<RulesOverview> => rules('rules.setLevel', { rule, level });
const letThrough = async (rule: string): Promise<number | undefined> =>
  (await rules('rules.overview')).rules.find((one) => one.rule === rule)?.letThrough;

/** Rows of a table of the app, from the export of the site. */
async function recorded(table: string): Promise<Record<string, unknown>[]> {
  type Tables = { name: string; columns: string[]; rows: unknown[][] }[];
  const { content } = await world.admin.ask<{ content: { apps: { sql: Tables }[] } }>('GET', '/_sandbox/export');
  const found = content.apps.flatMap((one) => one.sql).find((one) => one.name === table);
  return (found?.rows ?? []).map((row) => Object.fromEntries(row.map((cell, index) => [found?.columns[index] ?? '', cell])));
}

/** A change that Daan has built and offered for test; only its release is left. */
async function built(): Promise<string> {
  const { bram, joris, marit, daan } = people;
  const { key } = await create(world, bram, 'Request for Change', 'Another desk', { ...CALL, 'Items to add': ['AP-1'] });
  await tries.pass(joris, key, 'Accept');
  await tries.give(key, { 'Change category': 'Normal', ...PLAN });
  await tries.pass(joris, key, 'Plan');
  await tries.pass(marit, key, 'Agree plan');
  await tries.pass(daan, key, 'Offer for test');
  await tries.give(key, { 'Test result': 'All passed', ...ASK });
  return key;
}

describe('V13: who builds a change does not accept it for production (A19)', () => {
  const SAYS = { V13: 'You prepared this change, so someone else has to accept it for production.' };

  it('refuses the builder of this round and the assignee, shows it to them beforehand, and lets others pass', async () => {
    const { joris, daan, fatima } = people;
    const key = await built();
    await tries.refused(daan, key, 'Release', SAYS);
    expect(await lineOf(daan, key, 'release', 'V13')).toMatchObject({ state: 'unmet', text: SAYS.V13 });
    expect(await lineOf(fatima, key, 'release', 'V13')).toMatchObject({ state: 'met' });

    await fatima.ask('PUT', `/rest/api/3/issue/${key}`, { fields: { assignee: { accountId: await accountOf(fatima) } } });
    await tries.refused(fatima, key, 'Release', SAYS);
    expect(await lineOf(fatima, key, 'release', 'V13')).toMatchObject({ state: 'unmet' });

    // Whoever built it the last time may accept what somebody else has built since.
    await tries.pass(joris, key, 'Test failed', { 'What has to be different': 'It has to print.' });
    await tries.pass(joris, key, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': new Date('2030-01-01') });
    await tries.pass(joris, key, 'Resume to Preparing');
    const pieter = people.pieter;
    await tries.pass(pieter, key, 'Offer for test');
    await tries.give(key, { 'Test result': 'All passed', 'Hand over to': [] });
    await tries.give(key, ASK);
    await tries.refused(pieter, key, 'Release', SAYS);
    await tries.pass(daan, key, 'Release');
    expect(await tries.statusOf(key)).toBe('Realising');
  }, 120_000);

  it('as a warning lets pass, and keeps who did it; off asks nothing and keeps nothing', async () => {
    const { daan } = people;
    const before = (await letThrough('V13')) ?? 0;
    await setLevel('V13', 'warn');
    const warned = await built();
    expect(await lineOf(daan, warned, 'release', 'V13')).toMatchObject({ state: 'warning', text: SAYS.V13 });
    await tries.pass(daan, warned, 'Release');
    expect(await letThrough('V13')).toBe(before + 1);
    expect(await recorded('rule_event')).toContainEqual(
      expect.objectContaining({ rule: 'V13', item_key: warned, outcome: 'letThrough', actor: await accountOf(daan) }),
    );

    await setLevel('V13', 'off');
    const quiet = await built();
    expect(await lineOf(daan, quiet, 'release', 'V13')).toBeUndefined();
    await tries.pass(daan, quiet, 'Release');
    expect(await letThrough('V13')).toBe(before + 1);

    const shown = await setLevel('V13', 'enforce');
    expect(shown.inJira.behind).toBe(0);
    await tries.refused(daan, await built(), 'Release', SAYS);
  }, 180_000);

  it('is not asked in a pause; what was passed in it is told afterwards', async () => {
    const { daan } = people;
    const key = await built();
    await rules('rules.pause', { reason: 'Outage of the desk', hours: 1 });
    await tries.pass(daan, key, 'Release');
    clock.advance(10 * MINUTE);
    await rules('rules.resume');
    clock.advance(10 * MINUTE);
    await world.admin.ask('POST', '/_sandbox/schedule');
    await idle(world);
    const { lastPause } = await rules('rules.overview');
    expect(lastPause?.exceptions).toContainEqual(expect.objectContaining({ key, rule: 'V13', step: 'Release' }));
    await tries.refused(daan, await built(), 'Release', SAYS);
  }, 120_000);
});

describe('V26: only the process manager accepts a risk (A15)', () => {
  const SENTENCE = 'Only the process manager can accept a risk, with a reason and a review date.';
  const inDays = (days: number): string => new Date(clock.now().getTime() + days * DAY).toISOString().slice(0, 10);

  it('refuses the coordinator, and whoever gives no reason or no review date within a year', async () => {
    const { amira, henk } = people;
    const given = { Customer: 'Havencollege', Service: 'Workplace', Category: ['Workplace', 'device'], Effect: 'High', Likelihood: 'Low' };
    const { key } = await create(world, amira, 'Preventive Action', 'The switch fails often', {
      ...given,
      Source: 'Trend',
      'What it touches': ['People'],
    });
    await tries.pass(amira, key, 'Accept');
    const words: Given = { 'Reason in words': 'Another switch costs more than a failure.' };
    const whole: Given = { ...words, 'Review date': inDays(180) };
    // Filled in before: it has to be given on the way.
    await tries.give(key, whole);
    await tries.refused(amira, key, 'Accept risk', { V26: SENTENCE }, whole);
    for (const lacking of [
      {},
      words,
      { 'Review date': inDays(180) },
      { ...words, 'Review date': inDays(400) },
      { ...words, 'Review date': inDays(-1) },
    ]) {
      await tries.refused(henk, key, 'Accept risk', { V26: SENTENCE }, lacking);
    }
    await tries.pass(henk, key, 'Accept risk', whole);
    expect(await tries.statusOf(key)).toBe('Fulfilled');
  }, 120_000);
});

describe('V39: nobody handles a complaint about themselves', () => {
  it('refuses an assignee who is among the people it is about by name, and such a person by their own act', async () => {
    const { sofia, amira, joris, fatima } = people;
    const about = await among(amira, fatima);
    const { key } = await create(world, sofia, 'Complaint', 'Three times late', { ...CALL, 'When it happened': 'In the past', ...about });
    await tries.refused(amira, key, 'Accept', { V39: 'You are part of this complaint. Ask someone else to handle it.' });
    expect(await lineOf(amira, key, 'accept', 'V39')).toMatchObject({ state: 'unmet' });
    expect(await lineOf(joris, key, 'accept', 'V39')).toMatchObject({ state: 'met' });
    await joris.ask('PUT', `/rest/api/3/issue/${key}`, { fields: { assignee: { accountId: await accountOf(fatima) } } });
    await tries.refused(joris, key, 'Accept', { V39: 'Fatima Amrani is part of this complaint. Ask someone else to handle it.' });
    expect(await lineOf(joris, key, 'accept', 'V39')).toMatchObject({ state: 'unmet', text: expect.stringContaining('Fatima Amrani') as string });
    await joris.ask('PUT', `/rest/api/3/issue/${key}`, { fields: { assignee: { accountId: await accountOf(joris) } } });
    await tries.pass(joris, key, 'Accept');
  }, 120_000);
});

describe('V48: a plan is approved, and never by its planner alone', () => {
  /** A change that Joris has planned. */
  async function planned(given: Given = {}): Promise<string> {
    const { bram, joris } = people;
    const { key } = await create(world, bram, 'Request for Change', 'Another desk', { ...CALL, 'Items to add': ['AP-1'] });
    await tries.pass(joris, key, 'Accept');
    await tries.give(key, { 'Change category': 'Normal', ...PLAN, ...given });
    await tries.pass(joris, key, 'Plan');
    return key;
  }
  const approvers = async (...all: Visitor[]): Promise<Given> => ({ Approvers: await accountsOf(...all) });
  const say = (person: Visitor, key: string, request: object): Promise<{ state: string; code?: string; text?: string }> => {
    clock.advance(1_000);
    return person.invoke('usm-process', 'work.approve', request, key);
  };
  const versionOf = async (person: Visitor, key: string): Promise<string> => (await panel(person, key)).approvals?.version ?? '';
  const approve = async (person: Visitor, key: string): Promise<unknown> =>
    say(person, key, { verdict: 'approve', version: await versionOf(person, key) });

  it('nobody named: whoever agrees approves it, but not the planner, and a significant change only as a process manager', async () => {
    const { joris, amira, marit } = people;
    const key = await planned();
    await tries.refused(joris, key, 'Agree plan', { V48: 'You planned this change, so someone else has to approve it.' });
    expect(await lineOf(joris, key, 'agreePlan', 'V48')).toMatchObject({ state: 'unmet' });
    expect(await lineOf(amira, key, 'agreePlan', 'V48')).toMatchObject({ state: 'met' });
    expect((await panel(amira, key)).approvals).toBeUndefined();
    await tries.pass(amira, key, 'Agree plan');
    const rows = (await recorded('approval')).filter((one) => one['person'] !== '');
    expect(rows.at(-1)).toMatchObject({ subject: 'plan', verdict: 'approve', person: await accountOf(amira) });

    const heavy = await planned({ 'Change category': 'Significant' });
    await tries.refused(amira, heavy, 'Agree plan', { V48: 'A significant change is approved by a process manager.' });
    expect(await lineOf(amira, heavy, 'agreePlan', 'V48')).toMatchObject({ state: 'unmet' });
    expect(await lineOf(marit, heavy, 'agreePlan', 'V48')).toMatchObject({ state: 'met' });
    await tries.pass(marit, heavy, 'Agree plan');
  }, 120_000);

  it('named: everybody has to say yes to the plan as it stands; nobody else can', async () => {
    const { amira, ines, henk, sofia, marit } = people;
    const key = await planned(await approvers(ines, henk));
    await tries.refused(marit, key, 'Agree plan', { V48: 'Still to approve: Inês Costa and Henk de Wit.' });
    const version = await versionOf(ines, key);
    expect((await panel(ines, key)).approvals).toMatchObject({
      mine: 'asked',
      asked: [{ person: { name: 'Inês Costa' } }, { person: { name: 'Henk de Wit' } }],
    });
    expect((await panel(amira, key)).approvals?.mine).toBeUndefined();
    expect(await say(amira, key, { verdict: 'approve', version })).toMatchObject({ state: 'forbidden' });
    expect(await say(sofia, key, { verdict: 'approve', version })).toMatchObject({ state: 'forbidden' });
    expect(await say(ines, key, { verdict: 'notYet', version })).toMatchObject({ state: 'error', code: 'person.input' });

    expect(await say(ines, key, { verdict: 'notYet', words: 'Not on a Monday.', version })).toMatchObject({ state: 'ok' });
    expect((await panel(henk, key)).approvals?.asked[0]).toMatchObject({ verdict: 'notYet', words: 'Not on a Monday.' });
    await approve(henk, key);
    await tries.refused(marit, key, 'Agree plan', { V48: 'Still to approve: Inês Costa.' });
    await approve(ines, key);
    expect(await lineOf(marit, key, 'agreePlan', 'V48')).toMatchObject({ state: 'met' });

    // Another plan needs new approvals, and nobody approves what they have not seen.
    await tries.give(key, { Plan: 'On Tuesday.' });
    expect(await say(ines, key, { verdict: 'approve', version })).toMatchObject({ state: 'error', code: 'person.conflict' });
    await tries.refused(marit, key, 'Agree plan', { V48: 'Still to approve: Inês Costa and Henk de Wit.' });
    for (const one of [ines, henk]) await approve(one, key);
    await tries.pass(marit, key, 'Agree plan');
    expect(await say(ines, key, { verdict: 'approve', version })).toMatchObject({ code: 'person.conflict' });
    const kept = (await recorded('approval')).filter((one) => one['words'] === 'Not on a Monday.');
    expect(kept).toHaveLength(1);
  }, 120_000);

  it('named: the planner is not the only one, and of a significant change one manages the process', async () => {
    const { joris, ines, henk, marit } = people;
    const own = await planned(await approvers(joris));
    await approve(joris, own);
    await tries.refused(marit, own, 'Agree plan', { V48: 'Whoever planned it cannot be the only one to approve it.' });

    const heavy = await planned({ 'Change category': 'Significant', ...(await approvers(ines)) });
    await approve(ines, heavy);
    await tries.refused(marit, heavy, 'Agree plan', { V48: 'A significant change needs the approval of a process manager.' });
    await tries.give(heavy, await approvers(ines, henk));
    await approve(henk, heavy);
    await tries.pass(marit, heavy, 'Agree plan');
  }, 120_000);

  it('an emergency goes on with one approval; the rest is asked before it is confirmed (A17)', async () => {
    const { bram, joris, ines, henk, marit, daan, amira } = people;
    const key = await planned({ 'Change category': 'Emergency', ...(await approvers(ines, henk)) });
    await tries.refused(marit, key, 'Agree plan', { V48: 'Still to approve: Inês Costa and Henk de Wit.' });
    await approve(henk, key);
    await tries.pass(marit, key, 'Agree plan');
    await tries.pass(daan, key, 'Offer for test');
    await tries.give(key, { 'Test result': 'All passed', 'Register updated': 'Updated', ...ASK });
    await tries.pass(joris, key, 'Release');
    const child = await tries.childOf(key);
    await tries.pass(amira, child, 'Accept');
    await tries.pass(amira, child, 'Plan');
    await takeOn(world, daan, child, new Date('2030-01-07T12:00Z'));
    await tries.pass(daan, child, 'Start');
    await tries.give(child, { 'What was done': 'Done as asked.' });
    await tries.pass(daan, child, 'Deliver');
    await tries.pass(joris, child, 'Confirm');
    expect(await tries.statusOf(key)).toBe('Reviewing');
    await tries.refused(bram, key, 'Confirm', { V30: 'Complete the approval of Inês Costa before confirming.' });
    await approve(ines, key);
    await tries.pass(bram, key, 'Confirm');
  }, 120_000);

  it('as a warning lets the planner pass and keeps it; off says nothing', async () => {
    const { joris, ines } = people;
    const before = (await letThrough('V48')) ?? 0;
    await setLevel('V48', 'warn');
    const warned = await planned();
    expect(await lineOf(joris, warned, 'agreePlan', 'V48')).toMatchObject({ state: 'warning' });
    await tries.pass(joris, warned, 'Agree plan');
    expect(await letThrough('V48')).toBe(before + 1);
    const named = await planned(await approvers(ines));
    await tries.pass(joris, named, 'Agree plan');
    expect(await letThrough('V48')).toBe(before + 2);
    await setLevel('V48', 'off');
    const quiet = await planned();
    expect(await lineOf(joris, quiet, 'agreePlan', 'V48')).toBeUndefined();
    await tries.pass(joris, quiet, 'Agree plan');
    expect(await letThrough('V48')).toBe(before + 2);
    await setLevel('V48', 'enforce');
    await tries.refused(joris, await planned(), 'Agree plan', { V48: 'You planned this change' });
  }, 180_000);
});

describe('V16: a system rule, judged by the panel too', () => {
  it('refuses Pause without whom and until when, in its own words, and lets it pass with both', async () => {
    const { bram, ines } = people;
    const { key } = await create(world, bram, 'Service Request', 'A chair', CALL);
    await tries.pass(ines, key, 'Accept');
    for (const given of [{}, { 'Waiting for': 'Customer' }, { 'Waiting until': new Date('2030-01-01') }]) {
      const answer = await tryMove(world, ines, key, 'Pause', given);
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringContaining('Say who we are waiting for and until when.')]);
    }
    await tries.pass(ines, key, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': new Date('2030-01-01') });
    expect(await tries.statusOf(key)).toBe('Waiting');
  });
});

describe('a question about the person that somebody took out', () => {
  it('is found and put back', async () => {
    const drift = async (name: string, payload: unknown): Promise<DriftReport> =>
      driftReport.parse(await world.admin.invoke('usm-setup', name, payload));
    const { values } = await world.admin.ask<{ values: { id: string; name: string }[] }>('GET', '/rest/api/3/workflows/search?queryString=USM');
    const id = values.find((one) => one.name === 'USM Request for Change')?.id ?? '';
    const read = () => world.admin.ask<Read>('POST', '/rest/api/3/workflows', { workflowIds: [id] });
    interface Rule {
      parameters: Record<string, string>;
    }
    interface Read {
      statuses: object[];
      workflows: { id: string; version: object; description: string; statuses: object[]; transitions: { name: string; validators: Rule[] }[] }[];
    }
    const isWho = (one: Rule): boolean => one.parameters['key']?.endsWith('/usm-who') ?? false;
    const whole = await read();
    const without = whole.workflows.map(({ id, version, description, statuses, transitions }) => ({
      id,
      version,
      description,
      statuses,
      transitions: transitions.map((step) => ({ ...step, validators: step.validators.filter((row) => !isWho(row)) })),
    }));
    const key = await built();
    await world.admin.ask('POST', '/rest/api/3/workflows/update', { statuses: whole.statuses, workflows: without });
    expect((await drift('drift.read', { fresh: true })).items.map((one) => one.id)).toContain('workflows.rfc.release.actor');
    await drift('drift.repair', { ids: ['workflows.rfc.release.actor'] });
    const { items } = await drift('drift.read', { fresh: true });
    expect(items.map((one) => one.id)).not.toContain('workflows.rfc.release.actor');
    await tries.refused(people.daan, key, 'Release', { V13: 'You prepared this change' });
  }, 120_000);
});

it('all of them were tried, in bulk where no screen asks', () => {
  expect([...tries.tried].sort().join(' ')).toBe('V13 V26 V30 V39 V48');
  expect([...tries.triedInBulk].sort().join(' ')).toBe('V13 V30 V39 V48');
});
