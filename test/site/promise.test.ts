/** The promise of a work item from its acceptance to its end: fixed once, counted from the changelog, told in Jira's own fields and to whoever has it in hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { create, fillIn, type Given, idle, move } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { workAgreementCalls, type WorkAgreementView } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { bringIn } from './support/agreed';
import { accountOf, firstCalendar, inForce, partiesAndServices } from './support/promises';
import { type Tries, triesOn } from './support/tries';

const MINUTE = 60_000;
const clock = new ManualClock(new Date('2026-11-20T08:00:00Z'));
let fresh: FreshSite;
let world: World;
let people: World['people'];
let tries: Tries;

const ALWAYS = {
  id: 'always',
  name: 'Day and night',
  timeZone: 'Europe/Amsterdam',
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  holidays: [],
};

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  ({ people } = world);
  tries = triesOn(world, clock);
  const { settings, version } = await world.admin.invoke<{ settings: { calendars: object[] }; version: number }>('usm-setup', 'settings.read');
  await world.admin.invoke('usm-setup', 'settings.write', { settings: { ...settings, calendars: [...settings.calendars, ALWAYS] }, version });
  const keeper = await accountOf(people.lotte);
  const shared = { calendar: 'always', from: '2026-11-01' };
  await bringIn(world, await partiesAndServices(world));
  await bringIn(world, {
    agreements: [
      inForce(
        {
          ...shared,
          id: 'OLA-4',
          name: 'Network, urgent',
          provider: 'network',
          customer: 'desk',
          terms: { services: ['wifi'], targets: [{ type: 'serviceRequest', for: 'all', respond: 10, deliver: 60, calendar: 'always', percent: 90 }] },
        },
        keeper,
      ),
      inForce(
        {
          ...shared,
          id: 'SA-14',
          name: 'Ward network',
          customer: 'lucas',
          terms: { under: { leg: 'OLA-4' }, own: { handling: [{ type: 'incident', for: 'all', respond: 5, deliver: 30 }] } },
        },
        keeper,
      ),
    ],
  });
  expect(await firstCalendar(world)).not.toBe('always');
});
afterAll(() => fresh.stop());

const FAILURE: Given = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'slow'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};
const NAMES = ['Agreement', 'Promise', 'Respond by', 'Deliver or restore by'] as const;

/** What Jira says; moments in minutes since the report. */
async function told(key: string, since: number): Promise<unknown[]> {
  const ids = NAMES.map((name) => world.fields.get(name) ?? '');
  const { fields } = await people.karel.ask<{ fields: Record<string, string | { value: string } | null> }>(
    'GET',
    `/rest/api/3/issue/${key}?fields=${ids.join(',')}`,
  );
  return ids.map((id, index) => {
    const value = fields[id];
    if (value === null || value === undefined) return undefined;
    if (typeof value === 'object') return value.value;
    return index < 2 ? value : Math.round((Date.parse(value) - since) / MINUTE);
  });
}

const comments = async (key: string): Promise<string> => JSON.stringify(await people.karel.ask('GET', `/rest/api/3/issue/${key}/comment`));
const at = (): number => clock.now().getTime();
/** Time goes by, and the five-minute round with it. */
async function later(minutes: number): Promise<void> {
  clock.advance(minutes * MINUTE);
  await idle(world);
}

async function accepted(summary: string, minutes = 6): Promise<{ key: string; since: number }> {
  const since = at();
  const { key } = await create(world, people.sofia, 'Incident', summary, FAILURE);
  await later(minutes);
  await tries.pass(people.amira, key, 'Accept');
  return { key, since };
}

const panel = async (key: string, who: Visitor = people.amira): Promise<WorkAgreementView> => {
  const answer = workAgreementCalls['agreements.forWorkItem'].answer.parse(await who.invoke('usm-agreement', 'agreements.forWorkItem', {}, key));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
};
const choose = async (key: string, agreement: string, reason: string, who: Visitor = people.amira) =>
  workAgreementCalls['agreements.choose'].answer.parse(await who.invoke('usm-agreement', 'agreements.choose', { agreement, reason }, key));
const brief = ({ targets }: WorkAgreementView): string[] =>
  targets.map(({ label, minutes, state, verdict }) => `${label} ${String(minutes)} ${state} ${verdict}`);

describe('a work item under an agreement', () => {
  it('is told what was promised as it is accepted, counted from the report', async () => {
    const { key, since } = await accepted('No network on 3B');
    expect(await told(key, since)).toEqual(['SA-14 Ward network, version 1', 'On time', 30, 240]);
    const { issues } = await people.karel.ask<{ issues: { key: string }[] }>('POST', '/rest/api/3/search/jql', {
      jql: `usmAgreement = "SA-14" AND Promise = "On time"`,
      fields: ['key'],
    });
    expect(issues.map((one) => one.key)).toEqual([key]);
  });

  it('the panel says it in plain words, with both clocks, what it rests on, and our own target to our own people alone', async () => {
    const since = at();
    const { key } = await create(world, people.sofia, 'Incident', 'No network on 3C', FAILURE);
    await idle(world);
    expect(await panel(key)).toMatchObject({
      kind: 'waits',
      text: expect.stringContaining('SA-14, Ward network, version 1 applies.') as string,
      targets: [],
    });
    await later(6);
    await tries.pass(people.amira, key, 'Accept');
    await later(24);
    await tries.pass(people.amira, key, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': new Date(at() + 600 * MINUTE) });
    await later(20);
    await tries.pass(people.amira, key, 'Resume to Accepted');
    await later(10);
    const seen = await panel(key);
    expect(seen).toMatchObject({
      kind: 'kept',
      agreement: { id: 'SA-14', version: 1, status: 'inForce', customer: 'Sint Lucas Ziekenhuis' },
      promise: 'Ward network works again within 4 h, at any hour of any day.',
      fixed: { at: since + 6 * MINUTE, priority: 2 },
    });
    expect([seen.net, seen.gross].map((ms = 0) => Math.round(ms / MINUTE))).toEqual([40, 60]);
    expect(seen.stops.map(({ from, to = 0 }) => [from, to].map((one) => Math.round((one - since) / MINUTE)))).toEqual([[30, 50]]);
    expect(brief(seen)[0]).toBe('Restore, customer’s 240 running ok');
    expect(brief(seen).at(-1)).toBe('Respond, customer’s 30 stopped met');
    expect(seen.rests?.legs).toEqual([
      { name: 'Own handling', minutes: 30 },
      { id: 'OLA-4', name: 'Network, urgent' },
    ]);
    const theirs = await panel(key, people.sofia);
    expect([theirs.rests, theirs.choices, theirs.targets.filter(({ whose }) => whose === 'own')]).toEqual([undefined, undefined, []]);
    await fillIn(world, people.amira, key, { Impact: 'Low', Urgency: 'Low' });
    expect((await panel(key)).fixed).toMatchObject({ priority: 2, priorityNow: 5 });
  });

  it('another agreement is chosen with a reason: before acceptance it lets through, afterwards it promises anew', async () => {
    const { key } = await create(world, people.sofia, 'Incident', 'No telephone', { ...FAILURE, Service: 'Telephony' });
    await idle(world);
    await tries.refused(people.amira, key, 'Accept', { V03: 'Telephony has no agreement in force' });
    expect(await panel(key)).toMatchObject({ kind: 'none', choices: [{ id: 'SA-14' }] });
    expect(await choose(key, 'SA-14', 'By hand', people.sofia)).toMatchObject({ state: 'forbidden' });
    expect(await choose(key, 'OLA-4', 'A leg is no promise')).toMatchObject({ state: 'refused' });
    await tries.refused(people.amira, key, 'Accept', { V03: 'Telephony has no agreement in force' });
    expect(await choose(key, 'SA-14', 'The phones run over the ward network.')).toMatchObject({
      kind: 'waits',
      chosen: { by: { name: 'Amira Haddad' }, why: 'The phones run over the ward network.' },
    });
    const since = at();
    await tries.pass(people.amira, key, 'Accept');
    expect(await told(key, since)).toEqual(['SA-14 Ward network, version 1', 'On time', 30, 240]);

    await fillIn(world, people.amira, key, { Impact: 'Low', Urgency: 'Medium' });
    await bringIn(world, {
      agreements: [
        inForce(
          { id: 'SA-15', name: 'Telephony', customer: 'lucas', from: '2026-11-02', calendar: 'always', deliver: 600, terms: { services: ['phone'] } },
          await accountOf(people.lotte),
        ),
      ],
    });
    expect((await told(key, since))[3]).toBe(240);
    expect(await choose(key, 'SA-15', 'It is in force by now.')).toMatchObject({
      kind: 'kept',
      agreement: { id: 'SA-15' },
      chosen: { why: 'It is in force by now.' },
    });
    expect(await told(key, since)).toEqual(['SA-15 Telephony, version 1', 'On time', 30, 600]);
  });

  it('a report that nobody has answered comes at risk and late as well; another service takes the promise away', async () => {
    const since = at();
    const { key } = await create(world, people.sofia, 'Incident', 'No network on 2B', FAILURE);
    await idle(world);
    expect(await told(key, since)).toEqual(['SA-14 Ward network, version 1', 'On time', 30, 240]);
    await later(25);
    expect((await told(key, since))[1]).toBe('At risk');
    await later(10);
    expect((await told(key, since))[1]).toBe('Late');
    await fillIn(world, people.amira, key, { Service: 'Meeting rooms' });
    await idle(world);
    expect(await told(key, since)).toEqual([undefined, undefined, undefined, undefined]);
    await fillIn(world, people.amira, key, { Service: 'Ward network' });
    await idle(world);
    expect(await told(key, since)).toEqual(['SA-14 Ward network, version 1', 'Late', 30, 240]);
    await tries.pass(people.amira, key, 'Accept');
    expect((await told(key, since))[1]).toBe('On time');
  });

  it('waiting for the customer moves the date, waiting for others does not', async () => {
    const { key, since } = await accepted('No network on 4A');
    await later(14);
    await tries.pass(people.amira, key, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': new Date(at() + 600 * MINUTE) });
    await later(100);
    expect((await told(key, since))[3]).toBe(240);
    await tries.pass(people.amira, key, 'Resume to Accepted');
    expect((await told(key, since)).slice(1)).toEqual(['On time', 30, 340]);
    await tries.pass(people.amira, key, 'Pause', { 'Waiting for': 'Supplier', 'Waiting until': new Date(at() + 600 * MINUTE) });
    await later(20);
    await tries.pass(people.amira, key, 'Resume to Accepted');
    expect((await told(key, since))[3]).toBe(340);
  });

  it('comes at risk and late by time alone, and whoever has it in hand is told once', async () => {
    const { key, since } = await accepted('No network on 5C');
    await later(180);
    expect((await told(key, since))[1]).toBe('At risk');
    expect(await comments(key)).toContain('is at risk: the result is due');
    await later(66);
    expect((await told(key, since)).slice(1)).toEqual(['Late', 30, 240]);
    const said = await comments(key);
    expect(said.match(/is late: the result was due/g)).toHaveLength(1);
    await later(30);
    expect(await comments(key)).toBe(said);
  });

  it('keeps its targets when its priority changes or the agreement ends', async () => {
    const { key, since } = await accepted('No network on 6D');
    await fillIn(world, people.amira, key, { Impact: 'Low', Urgency: 'Low' });
    await idle(world);
    await tries.pass(people.amira, key, 'Analyse');
    expect((await told(key, since)).slice(0, 4)).toEqual(['SA-14 Ward network, version 1', 'On time', 30, 240]);
  });

  it('what was handed over has a promise of its own: ready by, and what is agreed with the team', async () => {
    const { key } = await accepted('No network on 7E');
    await tries.pass(people.amira, key, 'Analyse');
    await tries.pass(people.daan, key, 'Solution found', { Solution: 'Reset it.', 'Recovery route': 'Operate', Workaround: 'No' });
    const asked = at();
    const ask = { 'Hand over to': ['Service Request'], 'Solution team': 'Network', 'What is asked': 'Reset it. It works.' };
    await move(world, people.amira, key, 'Recover', { ...ask, 'Ready by': new Date(asked + 90 * MINUTE) });
    await idle(world);
    const child = await tries.childOf(key);
    await later(4);
    await tries.pass(people.joris, child, 'Accept');
    expect(await told(child, asked)).toEqual(['OLA-4 Network, urgent, version 1', 'On time', 10, 90]);
    const seen = await panel(child, people.joris);
    expect(seen).toMatchObject({ agreement: { id: 'SA-14' }, root: { key, leg: 'OLA-4, Network, urgent' } });
    expect(brief(seen)).toEqual([
      'Restore, customer’s 240 running ok',
      'Deliver, our own undefined running ok',
      'Respond, our own 10 stopped met',
      'Respond, customer’s 30 stopped met',
    ]);
    expect(await choose(child, 'SA-14', 'Mine')).toMatchObject({ state: 'refused' });
  });
});
