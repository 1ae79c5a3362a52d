/**
 * The agreement at the gate, over REST and in the panel: what covers a work item at the time of its report, who may ask for it, and what is asked of whom
 * (V01, V03, A25).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { create, type Given, idle } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type ProcessPanel, processAnswer } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { bringIn } from './support/agreed';
import { accountOf, firstCalendar, inForce, partiesAndServices } from './support/promises';
import { type Tries, triesOn } from './support/tries';

const DAY = 86_400_000;
const clock = new ManualClock(new Date('2026-11-20T09:00:00Z'));
let fresh: FreshSite;
let world: World;
let people: World['people'];
let tries: Tries;
let calendar: string;

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  ({ people } = world);
  tries = triesOn(world, clock);
  calendar = await firstCalendar(world);
});
afterAll(() => fresh.stop());

const CALL: Given = { Customer: 'Sint Lucas Ziekenhuis', Service: 'Ward network', Category: ['Network', 'slow'], Impact: 'Low', Urgency: 'Medium' };
const FAILURE: Given = { ...CALL, Observed: 'Nothing connects.', Agreed: 'Every bed has a connection.' };

const fails = (who: Visitor, given: Given = {}) => create(world, who, 'Incident', 'No network', { ...FAILURE, ...given });

/** As the panel tells it before the step. */
async function rulesOf(key: string, step = 'accept'): Promise<Record<string, string>> {
  const panel = processAnswer.parse(await people.amira.invoke('usm-process', 'work.process', {}, key)) as ProcessPanel;
  const rules = panel.next.find(({ transition }) => transition === step)?.rules ?? [];
  return Object.fromEntries(rules.map(({ rule, state, text }) => [rule, `${state}: ${text}`]));
}

describe('a site that has promised nothing yet', () => {
  it('is asked nothing about agreements', async () => {
    const { key } = await fails(people.bram, { Customer: 'Havencollege' });
    expect(await rulesOf(key)).toMatchObject({
      V01: expect.stringMatching(/^notJudged/) as string,
      V03: expect.stringMatching(/^notJudged/) as string,
    });
    await tries.pass(people.amira, key, 'Accept');
  });

  it('drafts alone change nothing', async () => {
    await bringIn(world, await partiesAndServices(world));
    const keeper = await accountOf(people.lotte);
    const draft = inForce({ id: 'SA-7', name: 'Ward network', customer: 'lucas', from: '2026-11-01', calendar }, keeper) as {
      versions: { deeds: unknown[] }[];
    };
    await bringIn(world, { agreements: [{ ...draft, versions: draft.versions.map((one) => ({ ...one, deeds: [] })) }] });
    const { key } = await fails(people.sofia);
    await tries.pass(people.amira, key, 'Accept');
  });
});

describe('from the first SA in force on', () => {
  beforeAll(async () => {
    const keeper = await accountOf(people.lotte);
    const sa = { id: 'SA-14', name: 'Ward network', customer: 'lucas', from: '2026-11-01', until: '2026-11-20', calendar };
    await bringIn(world, { agreements: [inForce(sa, keeper)] });
  });

  it('what it covers is let through, and the panel names it', async () => {
    const { key } = await fails(people.sofia);
    expect(await rulesOf(key)).toMatchObject({
      V01: 'met: The requester may ask this for the customer',
      V03: 'met: SA-14, Ward network, version 1 covers it',
    });
    await tries.pass(people.amira, key, 'Accept');
  });

  it('another customer or another service is refused, in the same words at the gate and in the panel (V03)', async () => {
    const { key } = await fails(people.sofia, { Service: 'Telephony' });
    const text = 'Telephony has no agreement in force with Sint Lucas Ziekenhuis. Register a Wish, or choose the agreement that applies.';
    expect(await rulesOf(key)).toMatchObject({ V03: `unmet: ${text}` });
    await tries.refused(people.amira, key, 'Accept', { V03: text });
    await tries.give(key, { Customer: 'Havencollege', Service: 'Ward network' });
    await tries.refused(people.amira, key, 'Accept', {
      V03: 'Ward network has no agreement in force with Havencollege.',
      V01: "We don't know Sofia Rossi",
    });
    await tries.give(key, { Customer: 'Sint Lucas Ziekenhuis' });
    await tries.pass(people.amira, key, 'Accept');
  });

  it('only people named for it ask, and people who work here for them (V01)', async () => {
    const { key } = await fails(people.bram);
    const text = "We don't know Bram Jansen as someone who may ask this for Sint Lucas Ziekenhuis.";
    expect(await rulesOf(key)).toMatchObject({ V01: expect.stringContaining(text) as string });
    await tries.refused(people.amira, key, 'Accept', { V01: text });
    await people.amira.ask('PUT', `/rest/api/3/issue/${key}`, {
      fields: { [world.fields.get('Requester') ?? '']: { accountId: await accountOf(people.sofia) } },
    });
    await tries.pass(people.amira, key, 'Accept');
    // Amira has accepted work; Lotte is named by a team of the organisation; an app is told apart by its account.
    for (const who of [people.amira, people.lotte]) await tries.pass(people.joris, (await fails(who)).key, 'Accept');
    const stranger = await fails(people.fatima);
    await tries.refused(people.amira, stranger.key, 'Accept', { V01: "We don't know Fatima Amrani" });
  });

  it('a Wish and an improvement need none; what is handed over is covered with what asked for it', async () => {
    const wish = await create(world, people.sofia, 'Wish', 'Telephony on the wards', { ...CALL, Service: 'Telephony' });
    await tries.pass(people.amira, wish.key, 'Accept');
    const idea = await create(world, people.amira, 'Improvement', 'Fewer calls', {
      ...CALL,
      Service: 'Telephony',
      Source: 'Idea',
      'What it touches': ['People'],
    });
    await tries.pass(people.joris, idea.key, 'Accept');

    const { key } = await fails(people.sofia);
    for (const step of ['Accept', 'Analyse']) await tries.pass(people.amira, key, step);
    await tries.pass(people.daan, key, 'Solution found', { Solution: 'Reset it.', 'Recovery route': 'Operate', Workaround: 'No' });
    await tries.pass(people.amira, key, 'Recover', {
      'Hand over to': ['Service Request'],
      'Solution team': 'Network',
      'What is asked': 'Reset it. It works.',
    });
    const child = await tries.childOf(key);
    await tries.give(child, { Customer: 'Havencollege', Service: 'Telephony' });
    expect(await rulesOf(child)).toMatchObject({
      V01: 'met: Another process of the organisation asks for it',
      V03: 'met: Covered with the work item that asked for it',
    });
    await tries.pass(people.joris, child, 'Accept');
  });

  it('expired yesterday: refused naming the SA, also from then on for ever; extended, it is let through (A25)', async () => {
    await idle(world);
    clock.advance(Date.parse('2026-11-21T08:00Z') - clock.now().getTime());
    const { key } = await fails(people.sofia);
    const text = 'Ward network has no agreement in force with Sint Lucas Ziekenhuis: SA-14, Ward network, expired on 20 November 2026.';
    expect(await rulesOf(key)).toMatchObject({ V03: expect.stringContaining(text) as string });
    await tries.refused(people.amira, key, 'Accept', { V03: text });
    // What was reported while it lasted is covered.
    const before = await fails(people.sofia, { 'Report time': new Date(clock.now().getTime() - DAY) });
    await tries.pass(people.amira, before.key, 'Accept');

    const { rowVersion } = await people.lotte.invoke<{ rowVersion: number }>('usm', 'agreements.get', { id: 'SA-14' });
    const deed = { kind: 'renew', until: '2027-12-31' };
    expect(await people.lotte.invoke('usm', 'agreements.deed', { id: 'SA-14', version: 1, rowVersion, deed })).toMatchObject({ state: 'ok' });
    await tries.pass(people.amira, key, 'Accept');
  });

  it('is not ended under work that is still open; with a last day to come it may be, and the work is named (5.3 rule 9)', async () => {
    await idle(world);
    // The last accepted above.
    const open = (await fails(people.sofia)).key;
    await tries.pass(people.amira, open, 'Accept');
    await idle(world);
    clock.advance(60_000);
    const { lotte } = people;
    const { rowVersion } = await lotte.invoke<{ rowVersion: number }>('usm', 'agreements.get', { id: 'SA-14' });
    const end = (more: object) =>
      lotte.invoke<{ state: string; wrong?: { kind: string; text: string }[] }>('usm', 'agreements.deed', {
        id: 'SA-14',
        version: 1,
        rowVersion,
        deed: { kind: 'end', why: 'They move out.', ...more },
      });
    const refused = await end({});
    expect(refused).toMatchObject({ state: 'refused', wrong: [{ kind: 'calls' }] });
    expect(refused.wrong?.[0]?.text).toMatch(/^Work is still open under it: NSS-\d+/);
    expect(await end({ on: '2027-06-30' })).toMatchObject({ state: 'ok' });
  });
});
