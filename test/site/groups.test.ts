/** Grouped work items: one does the work, the others follow its end (A26); what may not be grouped, what cannot follow, and what survives a death. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, fillIn, idle, type Item, move } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { ManualClock } from '../../sandbox/clock';
import { groupCalls, historyCalls, type ProcessPanel, processAnswer } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';

let fresh: FreshSite;
let world: World;
const clock = new ManualClock(new Date());

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());

const CALL = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
};
const FAILURE = { ...CALL, Observed: 'Nothing connects.', Agreed: 'Every bed has a connection.' };

const incident = (summary: string): Promise<Item> => create(world, world.people.sofia, 'Incident', summary, FAILURE);
async function accepted(summary: string): Promise<Item> {
  const item = await incident(summary);
  await move(world, world.people.amira, item.key, 'Accept');
  await idle(world);
  return item;
}
const invoke = async (person: Visitor, name: keyof typeof groupCalls, key: string, payload: unknown = {}) =>
  person.invoke<{ state: string; code?: string; text?: string }>('usm-process', name, payload, key);
const panel = async (key: string): Promise<ProcessPanel> => {
  const answer = processAnswer.parse(await world.people.amira.invoke('usm-process', 'work.process', {}, key));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
};
const group = (key: string, main: string) => invoke(world.people.amira, 'work.group', key, { main });
const statusOf = async (key: string): Promise<string> =>
  (await world.admin.ask<{ fields: { status: { name: string } } }>('GET', `/rest/api/3/issue/${key}?fields=status`)).fields.status.name;
async function notes(key: string): Promise<number> {
  const { comments } = await world.admin.ask<{ comments: unknown[] }>('GET', `/rest/api/3/issue/${key}/comment`);
  return comments.filter((one) => JSON.stringify(one).includes('This was grouped under')).length;
}

/** The main one is fixed and confirmed by whoever asked. */
async function confirmed(main: Item): Promise<void> {
  await move(world, world.people.daan, main.key, 'Fix on the spot', { 'What was done': 'The core switch runs again.' });
  await idle(world);
  await move(world, world.people.sofia, main.key, 'Confirm');
  await idle(world);
}
const round = async (): Promise<void> => {
  clock.advance(61_000);
  await world.admin.ask('POST', '/_sandbox/schedule');
  await idle(world);
};

async function massFailure(users: number): Promise<{ main: Item; grouped: Item[] }> {
  const main = await accepted('The network is down');
  const grouped: Item[] = [];
  for (let user = 1; user <= users; user += 1) {
    const one = await accepted(`No network, call ${String(user)}`);
    if (user % 3 === 0) await move(world, world.people.amira, one.key, 'Analyse');
    expect(await group(one.key, main.key)).toMatchObject({ state: 'ok', group: { under: { key: main.key } } });
    grouped.push(one);
  }
  return { main, grouped };
}

/** As the panel does while somebody looks. */
async function bring(main: string, message = 'The core switch runs again.'): Promise<ProcessPanel> {
  for (let calls = 0; calls < 20; calls += 1) {
    expect(await invoke(world.people.amira, 'work.bringAlong', main, { message })).toMatchObject({ state: 'ok' });
    const now = await panel(main);
    if (!now.group?.members.some((one) => one.state === 'going')) return now;
  }
  throw new Error('It did not end.');
}

describe('A26: a mass failure', () => {
  it.each([[5], [39]])('%i calls are brought along with the one that was worked on', { timeout: 600_000 }, async (users) => {
    const { main, grouped } = await massFailure(users);
    expect((await panel(main.key)).group?.members).toHaveLength(users);
    expect((await panel(main.key)).group?.bring).toBeUndefined();
    expect(await invoke(world.people.amira, 'work.bringAlong', main.key, { message: 'Too early.' })).toMatchObject({ code: 'person.conflict' });
    await confirmed(main);
    expect((await panel(main.key)).group?.bring).toEqual({ message: 'The core switch runs again.' });
    const after = await bring(main.key);
    await idle(world);
    expect(after.group?.members.map((one) => one.state)).toEqual(grouped.map(() => 'done'));
    for (const { key } of grouped) expect([key, await statusOf(key), await notes(key)]).toEqual([key, 'Fulfilled', 1]);
    const [one] = grouped;
    const { fields } = await world.admin.ask<{ fields: Record<string, { value?: string } | undefined> }>(
      'GET',
      `/rest/api/3/issue/${one?.key ?? ''}`,
    );
    expect(fields[world.fields.get('Confirmed how') ?? '']?.value).toBe('With its group');
    // Asked again, nothing is said or moved twice.
    await invoke(world.people.amira, 'work.bringAlong', main.key, { message: 'Once more.' });
    expect(await notes(one?.key ?? '')).toBe(1);
  });
});

describe('what may be grouped', () => {
  it('refuses another type, an ended one, itself, a group in a group and a second group, each with the reason', async () => {
    const [main, one, other] = [await accepted('Main'), await accepted('One'), await accepted('Other')];
    const request = await create(world, world.people.sofia, 'Service Request', 'A request', CALL);
    const cancelled = await accepted('Cancelled');
    await move(world, world.people.amira, cancelled.key, 'Withdraw', { Reason: 'Other', 'Reason in words': 'Gone.' });
    const refused = async (key: string, under: string, text: string) =>
      expect(await group(key, under)).toMatchObject({ state: 'error', code: 'person.input', text: expect.stringContaining(text) as string });
    await refused(one.key, request.key, 'another work type');
    await refused(one.key, one.key, 'under itself');
    await refused(one.key, cancelled.key, 'has ended');
    await refused(cancelled.key, main.key, 'has ended');
    expect(await group(one.key, main.key)).toMatchObject({ state: 'ok' });
    expect(await group(one.key, main.key)).toMatchObject({ state: 'ok' });
    await refused(one.key, other.key, `grouped under ${main.key} already`);
    await refused(other.key, one.key, `is grouped under ${main.key} itself`);
    await refused(main.key, other.key, 'groups others itself');
    expect((await panel(main.key)).group?.members.map((member) => member.key)).toEqual([one.key]);
    expect(await invoke(world.people.amira, 'work.ungroup', one.key)).toMatchObject({ state: 'ok' });
    expect((await panel(one.key)).group).toBeUndefined();
    expect(await group(one.key, other.key)).toMatchObject({ state: 'ok', group: { under: { key: other.key } } });
  });

  it('the history of both sides tells when one was grouped and released, by whom, between the steps', async () => {
    const [main, one] = [await accepted('Told'), await accepted('Telling')];
    const history = async (key: string, payload: unknown = {}) => {
      const answer = historyCalls['work.history'].answer.parse(await world.people.karel.invoke('usm-history', 'work.history', payload, key));
      if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
      return answer.lines.map((line) => (line.kind === 'group' ? [line.happened, line.side, line.key, line.by?.name] : line.kind));
    };
    clock.advance(1_000);
    await group(one.key, main.key);
    clock.advance(1_000);
    await move(world, world.people.amira, one.key, 'Analyse');
    await idle(world);
    clock.advance(1_000);
    await invoke(world.people.amira, 'work.ungroup', one.key);
    const released = ['released', 'member', main.key, 'Amira Haddad'];
    const grouped = ['grouped', 'member', main.key, 'Amira Haddad'];
    expect(await history(one.key)).toEqual([released, 'status', grouped, 'status', 'status']);
    expect(await history(one.key, { kind: 'group' })).toEqual([released, grouped]);
    expect(await history(one.key, { kind: 'status' })).toEqual(['status', 'status', 'status']);
    expect(await history(main.key, { kind: 'group' })).toEqual([
      ['released', 'main', one.key, 'Amira Haddad'],
      ['grouped', 'main', one.key, 'Amira Haddad'],
    ]);
  });

  it('two at once end as one group', async () => {
    const [one, first, second] = [await accepted('Wanted'), await accepted('First'), await accepted('Second')];
    const answers = await Promise.all([group(one.key, first.key), group(one.key, second.key)]);
    expect(answers.map((answer) => answer.state).sort()).toEqual(['error', 'ok']);
    const sizes = await Promise.all([first, second].map(async ({ key }) => (await panel(key)).group?.members.length ?? 0));
    expect(sizes.sort()).toEqual([0, 1]);
  });

  it('a link made by hand counts where it may, and is listed where it may not', async () => {
    const { admin } = world;
    const [main, one] = [await accepted('By hand'), await accepted('Linked')];
    const request = await create(world, world.people.sofia, 'Service Request', 'A request', CALL);
    for (const key of [one.key, request.key])
      await admin.ask('POST', '/rest/api/3/issueLink', { type: { name: 'USM group' }, inwardIssue: { key: main.key }, outwardIssue: { key } });
    const { group: shown } = await panel(main.key);
    expect(shown?.members.map((member) => member.key)).toEqual([one.key]);
    expect(shown?.forbidden).toMatchObject([{ key: request.key, why: expect.stringContaining('Another work type') as string }]);
  });

  it('offers open work of the same type and service', async () => {
    const here = await accepted('Here');
    const other = await create(world, world.people.sofia, 'Incident', 'Elsewhere', { ...FAILURE, Service: 'Telephony' });
    clock.advance(5_000);
    const answer = groupCalls['work.groupCandidates'].answer.parse(await invoke(world.people.amira, 'work.groupCandidates', here.key));
    if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
    const keys = answer.candidates.map((one) => one.key);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys).not.toContain(here.key);
    expect(keys).not.toContain(other.key);
  });
});

describe('those that cannot be brought along', () => {
  it('are listed with the reason and stay where they are; mended, they follow', async () => {
    const main = await accepted('Main');
    const [registered, managed, well] = [await incident('Only logged'), await accepted('Changes an item'), await accepted('Well')];
    await fillIn(world, world.people.amira, managed.key, { 'Items to change': ['SW-1'] });
    for (const { key } of [registered, managed, well]) await group(key, main.key);
    await confirmed(main);
    const { group: after } = await bring(main.key);
    const of = (key: string) => after?.members.find((one) => one.key === key);
    expect(of(registered.key)).toMatchObject({ state: 'left', status: 'registered', why: expect.stringContaining('Accept it first') as string });
    expect(of(managed.key)).toMatchObject({ state: 'left', status: 'accepted', why: expect.stringContaining('SW-1') as string });
    expect(of(well.key)).toMatchObject({ state: 'done' });
    await move(world, world.people.amira, registered.key, 'Accept');
    await idle(world);
    expect((await bring(main.key)).group?.members.find((one) => one.key === registered.key)).toMatchObject({ state: 'done' });
    expect(await statusOf(registered.key)).toBe('Fulfilled');
  });

  it('only whoever may close the main one decides it', async () => {
    const main = await accepted('Main');
    const one = await accepted('One');
    await group(one.key, main.key);
    await confirmed(main);
    expect(await invoke(world.people.sofia, 'work.bringAlong', main.key, { message: 'Please.' })).toMatchObject({ state: 'forbidden' });
    expect(await statusOf(one.key)).toBe('Accepted');
  });
});

describe('when it dies half-way', () => {
  it('killed after any request, every one follows once, with one note', { timeout: 400_000 }, async () => {
    let died = 0;
    for (let request = 3; request <= 33; request += 3) {
      const main = await accepted('Main');
      const members = [await accepted('One'), await accepted('Two')];
      for (const { key } of members) await group(key, main.key);
      await confirmed(main);
      fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, killAfterRequests: request, performed: request % 2 === 0 }] });
      const well = await invoke(world.people.amira, 'work.bringAlong', main.key, { message: 'It works.' }).then(
        () => true,
        () => false,
      );
      fresh.site.faults.set({});
      await idle(world);
      await round();
      await round();
      const asked = (await panel(main.key)).group?.members.some((one) => one.state !== 'waits') ?? false;
      for (const { key } of members) {
        expect([request, await statusOf(key), await notes(key)]).toEqual([request, asked ? 'Fulfilled' : 'Accepted', asked ? 1 : 0]);
      }
      if (well) break;
      died += 1;
    }
    expect(died).toBeGreaterThan(3);
  });
});
