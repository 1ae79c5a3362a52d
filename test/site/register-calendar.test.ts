/** The calendar of changes and freezes on a site: whoever reads it, who writes freezes, two writers at once, and what overlaps (V21). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { create, fillIn, type Given, idle } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type Freeze, registerCalendarCalls as calls } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { openDatabase, type OpenDatabase } from './support/many-items';
import { loadItems } from './support/register-items';

type Calls = typeof calls;
let database: OpenDatabase;
let fresh: FreshSite;
let world: World;

beforeAll(async () => {
  database = await openDatabase();
  fresh = await freshSite({ sql: database.sql });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  await loadItems(database);
});
afterAll(async () => {
  await fresh.stop();
  await database.stop();
});

const ask = async <Name extends keyof Calls>(
  who: Visitor,
  name: Name,
  payload: z.input<Calls[Name]['request']>,
): Promise<z.infer<Calls[Name]['answer']>> => calls[name].answer.parse(await who.invoke('usm', name, payload)) as z.infer<Calls[Name]['answer']>;

const HOUR = 3_600_000;
const NOON = Date.parse('2030-01-07T12:00:00Z');
const SPAN = { from: NOON - 240 * HOUR, until: NOON + 240 * HOUR };
const freezeOf = (more: Partial<Freeze> = {}): Freeze => ({
  id: randomUUID(),
  name: 'Year-end closing',
  from: NOON - HOUR,
  until: NOON + HOUR / 2,
  scope: { kind: 'everything' },
  ...more,
});
const read = async (who: Visitor) => {
  const answer = await ask(who, 'register.calendar', SPAN);
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
};

const change = async (items: readonly string[], from: number, hours: number): Promise<{ key: string }> => {
  const given: Given = { Customer: 'Sint Lucas Ziekenhuis', Service: 'Ward network', 'Items to change': [...items] };
  const made = await create(world, world.people.bram, 'Request for Change', `Change of ${items.join(' and ')}`, given);
  await fillIn(world, world.people.joris, made.key, { 'Window start': new Date(from), 'Window end': new Date(from + hours * HOUR) });
  return made;
};

describe('the calendar', () => {
  it('shows changes with their windows and items, and which overlap on the same item', async () => {
    const one = await change(['SW-3B-02', 'CAB-3B'], NOON, 2);
    const two = await change(['sw-3b-02'], NOON + HOUR, 2);
    const beside = await change(['CAB-3B'], NOON + 2 * HOUR, 2);
    await idle(world);
    const { changes, overlaps, hidden, keeps, freezes } = await read(world.people.amira);
    expect(
      changes.map(({ key, window, items, open }) => [key, window.from - NOON, window.until - NOON, items.map((item) => item.key), open]),
    ).toEqual([
      [one.key, 0, 2 * HOUR, ['CAB-3B', 'SW-3B-02'], true],
      [two.key, HOUR, 3 * HOUR, ['sw-3b-02'], true],
      [beside.key, 2 * HOUR, 4 * HOUR, ['CAB-3B'], true],
    ]);
    // The third begins when the first ends.
    expect(overlaps).toEqual([
      { change: one.key, with: { kind: 'change', key: two.key }, items: ['SW-3B-02'], window: { from: NOON + HOUR, until: NOON + 2 * HOUR } },
    ]);
    expect({ hidden, keeps, freezes }).toEqual({ hidden: 0, keeps: false, freezes: [] });
    expect(changes[0]?.items.every(({ name }) => name !== undefined)).toBe(true);
  });

  it('takes freezes from whoever keeps the register alone, and says which changes break them', async () => {
    const { lotte, amira, sofia } = world.people;
    const freeze = freezeOf();
    for (const who of [amira, sofia]) {
      expect(await ask(who, 'register.saveFreeze', { freeze, version: 0 })).toMatchObject({ state: 'forbidden' });
      expect(await ask(who, 'register.removeFreeze', { id: freeze.id, version: 0 })).toMatchObject({ state: 'forbidden' });
    }
    expect((await read(lotte)).freezes).toEqual([]);
    expect(await ask(lotte, 'register.saveFreeze', { freeze, version: 0 })).toMatchObject({ state: 'ok', version: 1 });
    // The same once more is no change.
    expect(await ask(lotte, 'register.saveFreeze', { freeze, version: 0 })).toMatchObject({ state: 'ok', version: 1 });
    const { freezes, overlaps, version } = await read(lotte);
    expect(freezes).toEqual([freeze]);
    expect(version).toBe(1);
    expect(overlaps.filter((one) => one.with.kind === 'freeze').map(({ items, window }) => [items, window.until - NOON])).toEqual([
      [['CAB-3B', 'SW-3B-02'], HOUR / 2],
    ]);
  });

  it('tells whoever was slower, and keeps nothing of theirs', async () => {
    const { lotte } = world.people;
    const before = await read(lotte);
    const [mine, theirs] = [freezeOf({ name: 'Mine' }), freezeOf({ name: 'Theirs' })];
    const answers = await Promise.all([mine, theirs].map((freeze) => ask(lotte, 'register.saveFreeze', { freeze, version: before.version })));
    expect(answers.map(({ state }) => state).toSorted()).toEqual(['ok', 'stale']);
    const { freezes, version } = await read(lotte);
    expect(freezes).toHaveLength(before.freezes.length + 1);
    for (const { id } of freezes) await ask(lotte, 'register.removeFreeze', { id, version: (await read(lotte)).version });
    expect((await read(lotte)).freezes).toEqual([]);
    expect((await read(lotte)).version).toBeGreaterThan(version);
  });

  it.each([
    ['that ends before it begins', freezeOf({ until: NOON - 2 * HOUR })],
    ['of nothing', freezeOf({ scope: { kind: 'some', classes: [], keepers: [], locations: [], items: [] } })],
    ['without a name', freezeOf({ name: ' ' })],
  ])('refuses a freeze %s', async (_what, freeze) => {
    const { version } = await read(world.people.lotte);
    expect(await world.people.lotte.invoke('usm', 'register.saveFreeze', { freeze, version })).toMatchObject({
      state: 'error',
      code: 'person.input',
    });
    expect((await read(world.people.lotte)).version).toBe(version);
  });

  it('spans so many days and no more', async () => {
    const asked = { from: NOON, until: NOON + 101 * 24 * HOUR };
    expect(await world.people.amira.invoke('usm', 'register.calendar', asked)).toMatchObject({ state: 'error', code: 'person.input' });
  });
});
