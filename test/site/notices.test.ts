/**
 * Who is told, and what comes by itself: one comment of the app that mentions people, once however often the news comes; a work item that waited
 * goes on at its date; a request nobody answered counts as confirmed (A22), told and recorded as such.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { create, fillIn, type Given, idle, move, takeOn } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { settingsCalls, type UsmSettings } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Functions that run already notice a change of the settings after a minute of their own time. */
const ROUND = 5 * 60_000;

let fresh: FreshSite;
let world: World;
let people: World['people'];
const clock = new ManualClock(new Date('2026-11-24T09:00:00Z'));

/** News needs a little time to come; the rest of the time passes by jumps. */
const ticking = setInterval(() => clock.advance(50), 10);

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false, delivery: { minMs: 0, maxMs: 100, doubled: 0.5, seed: 7 } });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  ({ people } = world);
  await change({ silentConfirmation: { on: true, days: 1 } });
});
afterAll(async () => {
  clearInterval(ticking);
  await fresh.stop();
});
beforeEach(() => {
  fresh.site.faults.set({});
});

async function change(part: Partial<UsmSettings>): Promise<void> {
  const view = settingsCalls['settings.read'].answer.parse(await world.admin.invoke('usm-setup', 'settings.read', {}));
  if (view.state !== 'ok') throw new Error(JSON.stringify(view));
  const answer = await world.admin.invoke('usm-setup', 'settings.write', { settings: { ...view.settings, ...part }, version: view.version });
  expect(answer).toMatchObject({ state: 'ok' });
}

/** The schedule runs as often as it would in this time. */
async function later(ms: number): Promise<void> {
  clock.advance(ms);
  await idle(world);
  clock.advance(ROUND);
  await idle(world);
}

interface Node {
  type: string;
  text?: string;
  attrs?: { id?: string; text?: string };
  content?: Node[];
}
const flat = (node: Node): string => node.text ?? node.attrs?.text ?? (node.content ?? []).map(flat).join('');
const mentioned = (node: Node): string[] => (node.type === 'mention' ? [node.attrs?.id ?? ''] : (node.content ?? []).flatMap(mentioned));

/** What the app said on a work item, oldest first. */
async function said(key: string): Promise<{ text: string; to: string[] }[]> {
  const { comments } = await people.karel.ask<{ comments: { body: Node; author: { accountType: string } }[] }>(
    'GET',
    `/rest/api/3/issue/${key}/comment?maxResults=100`,
  );
  return comments.filter((one) => one.author.accountType === 'app').map((one) => ({ text: flat(one.body), to: mentioned(one.body) }));
}
const idOf = async (person: Visitor): Promise<string> => (await person.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;
const statusOf = async (key: string): Promise<string> =>
  (await people.karel.ask<{ fields: { status: { name: string } } }>('GET', `/rest/api/3/issue/${key}?fields=status`)).fields.status.name;

const inADay = (): Date => new Date(Number(clock.now()) + DAY);

const CALL: Given = { Customer: 'Havencollege', Service: 'Workplace', Category: ['Workplace', 'device'], Impact: 'Low', Urgency: 'Medium' };

/** A request of Sofia, accepted by Amira and begun by Daan. */
async function begun(summary: string): Promise<string> {
  const { key } = await create(world, people.sofia, 'Service Request', summary, CALL);
  await idle(world);
  await move(world, people.amira, key, 'Accept');
  await idle(world);
  await takeOn(world, people.daan, key, new Date('2026-11-25T12:00Z'));
  await move(world, people.daan, key, 'Start now');
  await idle(world);
  return key;
}
async function deliver(key: string, result: string): Promise<void> {
  await fillIn(world, people.daan, key, { 'What was done': result });
  await move(world, people.daan, key, 'Deliver');
  await idle(world);
}

describe('one comment that mentions whoever has to know', () => {
  it('accepted, delivered, sent back, delivered again, confirmed, reopened: each told once, though the news is doubled', async () => {
    const { sofia, amira, daan } = people;
    const key = await begun('A second screen');
    await deliver(key, 'The screen stands on the desk.');
    await move(world, sofia, key, 'Rework', { 'What has to be different': 'It stays dark.' });
    await idle(world);
    await deliver(key, 'The cable is replaced.');
    await move(world, sofia, key, 'Confirm');
    await idle(world);
    await move(world, sofia, key, 'Reopen');
    await idle(world);
    const [s, a, d] = await Promise.all([idOf(sofia), idOf(amira), idOf(daan)]);
    const told = await said(key);
    expect(told.map((one) => one.to)).toEqual([[s], [s], [a, d], [s], [a, d]]);
    expect(told[0]?.text).toContain(`${key} is accepted. Amira Haddad coordinates it`);
    expect(told[1]?.text).toMatch(/is delivered\. The screen stands on the desk\. Is it right\? .*counts as confirmed from \d+ \w+ 2026/);
    expect(told[2]?.text).toContain('is not right yet. It stays dark.');
    expect(told[3]?.text).toContain('The cable is replaced.');
    expect(told[4]?.text).toContain('is open again, in Realising.');
  });

  it('whoever ends it says why to whoever asked, and nobody is told of their own deed', async () => {
    const { sofia, amira, daan } = people;
    const key = await begun('A third screen');
    await move(world, amira, key, 'Withdraw', { Reason: 'No longer needed', 'Reason in words': 'The room has one already.' });
    await idle(world);
    expect((await said(key)).at(-1)).toEqual({
      to: [await idOf(sofia), await idOf(daan)],
      text: expect.stringContaining('ends without delivery. The room has one already.') as string,
    });
  });

  it('waiting for the customer is told to the customer, waiting for anybody else is not', async () => {
    const key = await begun('A fourth screen');
    const before = (await said(key)).length;
    await move(world, people.daan, key, 'Pause', { 'Waiting for': 'Other team', 'Waiting until': inADay() });
    await idle(world);
    expect(await said(key)).toHaveLength(before);
    await move(world, people.daan, key, 'Resume to Realising');
    await move(world, people.daan, key, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': inADay() });
    await idle(world);
    const told = await said(key);
    expect(told.slice(before).map((one) => one.to)).toEqual([[await idOf(people.sofia)]]);
    expect(told.at(-1)?.text).toContain('waits for your answer until 25 Nov 2026');
  });

  it('an answer that is disputed goes to whoever answers for Agree', async () => {
    const { amira, sofia } = people;
    const karel = { accountId: await idOf(people.karel), name: people.karel.name };
    await change({ accountable: { agree: karel } });
    await later(ROUND);
    const { key } = await create(world, sofia, 'Complaint', 'Late three times', { ...CALL, 'When it happened': 'In the past' });
    await idle(world);
    await move(world, amira, key, 'Accept');
    await move(world, amira, key, 'Investigate');
    await move(world, amira, key, 'Draft answer', { Finding: 'Unfounded', Explanation: 'It was in time.' });
    await idle(world);
    await move(world, sofia, key, 'Escalate dispute');
    await idle(world);
    expect((await said(key)).at(-1)).toEqual({ to: [karel.accountId], text: expect.stringContaining('is disputed') as string });
  });

  it('a kind that is switched off is not told', async () => {
    await change({ notices: { accepted: false } });
    await later(ROUND);
    const key = await begun('A fifth screen');
    expect(await said(key)).toEqual([]);
    await change({ notices: {} });
    await later(ROUND);
  });

  it('killed between keeping the words and saying them, or after saying them: said once', async () => {
    for (const performed of [false, true]) {
      const { key } = await create(world, people.sofia, 'Service Request', 'A sixth screen', CALL);
      await idle(world);
      // The post function reads, writes the property, and comments.
      fresh.site.faults.set({ functions: [{ match: { function: 'after' }, killAfterRequests: 3, kinds: ['jira'], performed }] });
      await move(world, people.amira, key, 'Withdraw', { Reason: 'No longer needed', 'Reason in words': 'The room has one already.' });
      await idle(world);
      expect(fresh.site.faults.pending().functions).toEqual([]);
      await later(ROUND);
      await later(ROUND);
      expect((await said(key)).map((one) => one.to)).toEqual([[await idOf(people.sofia)]]);
    }
  });
});

describe('what comes by itself', () => {
  it('waiting ends at its date, back where it came from, and the coordinator is told', async () => {
    const key = await begun('A seventh screen');
    await move(world, people.daan, key, 'Pause', { 'Waiting for': 'Date', 'Waiting until': inADay() });
    await idle(world);
    await later(DAY / 2);
    expect(await statusOf(key)).toBe('Waiting');
    await later(DAY / 2);
    expect(await statusOf(key)).toBe('Realising');
    expect((await said(key)).at(-1)?.text).toContain('goes on in Realising');
  });

  it('a date that was moved counts, and one that was left behind by Resume moves nothing', async () => {
    const key = await begun('An eighth screen');
    await move(world, people.daan, key, 'Pause', { 'Waiting for': 'Date', 'Waiting until': inADay() });
    await idle(world);
    await move(world, people.daan, key, 'Resume to Realising');
    await deliver(key, 'Done.');
    await later(DAY);
    expect(await statusOf(key)).not.toBe('Realising');
  });

  it('A22: nobody answers a delivered request: confirmed silently after its working days, recorded and told as such', async () => {
    const key = await begun('A ninth screen');
    await deliver(key, 'Done.');
    await later(DAY / 4);
    expect(await statusOf(key)).toBe('Reviewing');
    await later(1.75 * DAY);
    expect(await statusOf(key)).toBe('Fulfilled');
    const how = world.fields.get('Confirmed how') ?? '';
    const { fields } = await people.karel.ask<{ fields: Record<string, { value: string }> }>('GET', `/rest/api/3/issue/${key}?fields=${how}`);
    expect(fields[how]?.value).toBe('No answer in time');
    expect((await said(key)).at(-1)).toEqual({
      to: [await idOf(people.sofia)],
      text: expect.stringContaining('Nobody answered within 1 working day') as string,
    });
  });

  it('A15: an accepted risk asks for its review at its date, once', async () => {
    const { amira, daan, henk } = people;
    const { Impact: _, Urgency: __, ...rest } = CALL;
    const { key } = await create(world, daan, 'Preventive Action', 'The old switch may fail', {
      ...rest,
      Effect: 'High',
      Likelihood: 'Low',
      Source: 'Trend',
      'What it touches': ['Technology'],
    });
    await idle(world);
    await move(world, amira, key, 'Accept');
    await idle(world);
    await move(world, henk, key, 'Accept risk', {
      'Reason in words': 'It is replaced in summer.',
      'Review date': inADay().toISOString().slice(0, 10),
    });
    await idle(world);
    const leadsTo = async (): Promise<{ key: string; fields: { summary: string; issuetype: { name: string } } }[]> =>
      (
        await people.karel.ask<{
          fields: { issuelinks: { outwardIssue?: { key: string; fields: { summary: string; issuetype: { name: string } } } }[] };
        }>('GET', `/rest/api/3/issue/${key}?fields=issuelinks`)
      ).fields.issuelinks.flatMap((one) => one.outwardIssue ?? []);
    expect(await leadsTo()).toEqual([]);
    await later(DAY);
    await later(ROUND);
    const made = await leadsTo();
    expect(made.map((one) => [one.fields.issuetype.name, one.fields.summary])).toEqual([
      ['Preventive Action', `Review the accepted risk of ${key}: The old switch may fail`],
    ]);
  });

  it('an answer in time is no silence: sent back, it is not confirmed by the first delivery’s date', async () => {
    const key = await begun('A tenth screen');
    await deliver(key, 'Done.');
    await later(DAY / 2);
    await move(world, people.sofia, key, 'Rework', { 'What has to be different': 'It flickers.' });
    await idle(world);
    await deliver(key, 'Done again.');
    await later(DAY / 2);
    expect(await statusOf(key)).toBe('Reviewing');
  });
});
