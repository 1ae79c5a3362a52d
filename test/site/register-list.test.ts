/** The list of the register against a reference in memory: filters drawn at random, every part of a list, counts that add up. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { systemClock } from '../../sandbox/clock';
import { makeWorld, type World } from '../../sandbox/demo/world';
import {
  FRESHNESS,
  type Freshness,
  REGISTER_SORTS,
  registerCalls,
  type RegisterFilters,
  registerFilters,
  type RegisterSort,
} from '../../src/contract';
import { CRITICALITIES } from '../../src/contract';
import { LIFE_KEYS, type RelationKind, RELATIONS } from '../../src/method';
import { DEFAULT_CLASSES } from '../../src/register/classes';
import { type FreshSite, freshSite } from '../scenarios/site';
import { agreeable, bringIn, inForceSince } from './support/agreed';
import { type OpenDatabase, openDatabase } from './support/many-items';
import { accountOf, firstCalendar } from './support/promises';
import { loadRegister, makeRegister, type RegisterWorld, type WorldItem } from './support/register-world';

const SIZE = { items: 1_200, relations: 3_600, hubs: 12, seed: fc.readConfigureGlobal()?.seed ?? 1 };
/** What is agreed: with which customer, about which services. */
const AGREED = [
  { id: 'SA-001', customer: 'c1', services: ['s1', 's2'] },
  { id: 'SA-002', customer: 'c2', services: ['s3'] },
] as const;

let database: OpenDatabase;
let fresh: FreshSite;
let world: World;
let register: RegisterWorld;

beforeAll(async () => {
  database = await openDatabase(systemClock);
  fresh = await freshSite({ limitRates: false, sql: database.sql });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  await world.people.lotte.invoke('usm', 'register.list', {});
  register = makeRegister(SIZE);
  await loadRegister(database, register);
  const [lotte, calendar, since] = [await accountOf(world.people.lotte), await firstCalendar(world), Date.now() - 30 * 86_400_000];
  await bringIn(world, {
    parties: [
      { id: 'desk', name: 'Service desk', kind: 'team', inside: true, representatives: [], requesters: [] },
      ...AGREED.map(({ customer }) => ({
        id: customer,
        name: `Customer ${customer}`,
        kind: 'customer',
        inside: false,
        representatives: [lotte],
        requesters: [],
      })),
    ],
    agreements: AGREED.map(({ id, customer, services }) => ({
      id,
      kind: 'SA',
      name: id,
      provider: 'desk',
      customer,
      owner: lotte,
      versions: [
        {
          number: 1,
          terms: agreeable(calendar, { services, validFrom: new Date(since).toISOString().slice(0, 10), validUntil: '2099-12-31' }),
          deeds: inForceSince(since, lotte),
        },
      ],
    })),
  });
});
afterAll(async () => {
  await fresh.stop();
  await database.stop();
});

type List = Extract<z.infer<(typeof registerCalls)['register.list']['answer']>, { state: 'ok' }>;
type Asked = z.input<(typeof registerCalls)['register.list']['request']>;

async function part(asked: Asked): Promise<List> {
  const answer = registerCalls['register.list'].answer.parse(await world.people.lotte.invoke('usm', 'register.list', asked));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}
/** Every part of a list, one after the other. */
async function whole(asked: Asked): Promise<List> {
  const first = await part(asked);
  const rows = [...first.rows];
  for (let { after } = first, left = SIZE.items / 100; after !== undefined && left > 0; left -= 1) {
    const next = await part({ ...asked, after });
    expect([next.total, next.inAll]).toEqual([first.total, first.inAll]);
    rows.push(...next.rows);
    after = next.after;
  }
  return { ...first, rows };
}

// The reference: plain loops over the data, and nothing of the app but the words of its contract.

const freshnessOf = ({ verified }: WorldItem): Freshness => {
  if (!verified) return 'never';
  const since = new Date();
  since.setUTCFullYear(since.getUTCFullYear() - 1);
  return verified.at >= since.getTime() ? 'inTime' : 'due';
};

/** What an item reaches: itself, and what its trouble gets to in one step; the far ends of these, by kind. */
function reachOf(id: number): Map<RelationKind, Set<string>> {
  const items = new Set([id]);
  for (const { src, dst, kind } of register.relations) {
    const { to, trouble } = RELATIONS[kind];
    if (to !== 'item') continue;
    if (trouble === 'to' && dst === id) items.add(src);
    if (trouble === 'from' && src === id) items.add(dst);
  }
  const ends = new Map<RelationKind, Set<string>>();
  for (const { src, kind, ref } of register.relations) if (ref !== '' && items.has(src)) ends.set(kind, (ends.get(kind) ?? new Set()).add(ref));
  return ends;
}
const reaches = new Map<number, Map<RelationKind, Set<string>>>();
const refs = (id: number, kind: RelationKind): Set<string> => {
  const known = reaches.get(id) ?? reachOf(id);
  reaches.set(id, known);
  return known.get(kind) ?? new Set();
};
const servicesOf = (id: number): Set<string> => refs(id, 'supports');
const agreementsOf = (id: number): Set<string> =>
  new Set([...refs(id, 'coveredBy'), ...AGREED.flatMap((one) => (one.services.some((service) => servicesOf(id).has(service)) ? [one.id] : []))]);

function fits(one: WorldItem, filters: RegisterFilters): boolean {
  const { item, id, goneAt } = one;
  const { search, classes, lives, verified, keeper, location, service, agreement, customer, changing, gone } = filters;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const inName = words.every((word) => item.name.toLowerCase().includes(word));
  const tests = [
    words.length === 0 || inName || (words.length === 1 && item.key.toLowerCase().startsWith(words[0] ?? '')),
    classes.length === 0 || classes.includes(item.class),
    lives.length === 0 || lives.includes(item.life),
    verified.length === 0 || verified.includes(freshnessOf(one)),
    keeper === undefined || item.keeper === keeper,
    location === undefined || item.location?.toLowerCase() === location.toLowerCase(),
    gone === undefined || gone === (goneAt !== undefined),
    changing !== true,
    service === undefined || servicesOf(id).has(service),
    agreement === undefined ||
      refs(id, 'coveredBy').has(agreement) ||
      AGREED.some((of) => of.id === agreement && of.services.some((s) => servicesOf(id).has(s))),
    customer === undefined || refs(id, 'usedBy').has(customer) || AGREED.some((of) => of.customer === customer && agreementsOf(id).has(of.id)),
  ];
  return tests.every(Boolean);
}

const text = (value: string | undefined): string => (value ?? '').toLowerCase();
/** What the order compares first; what has no value is undefined. */
function sortValue({ item, verified }: WorldItem, by: RegisterSort['by']): string | number | undefined {
  switch (by) {
    case 'key':
    case 'name':
      return text(item[by]);
    case 'class':
      return [...DEFAULT_CLASSES].sort((a, b) => a.name.localeCompare(b.name, 'en')).findIndex(({ key }) => key === item.class);
    case 'life':
      return LIFE_KEYS.indexOf(item.life);
    case 'criticality':
      return item.criticality && CRITICALITIES.indexOf(item.criticality);
    case 'verified':
      return verified?.at;
    case 'location':
      return item.location && text(item.location);
    case 'keeper':
      return item.keeper && text(register.parties.find(({ id }) => id === item.keeper)?.name);
  }
}

const some = <T>(values: readonly T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...values], { maxLength: 3 }) });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const drawn = fc.record({
  search: fc.constantFrom('', '', '', 'switch', 'NET-00', 'net-0', 'ward 3b', 'room', 'HW-', '100%', '_', `O'Hara`),
  classes: some(DEFAULT_CLASSES.map(({ key }) => key)),
  lives: some(LIFE_KEYS),
  verified: some(FRESHNESS),
  keeper: maybe(fc.constantFrom('t0', 't3', 'nobody')),
  location: maybe(fc.constantFrom('Ward 3B', 'room 2.111', 'Nowhere')),
  service: maybe(fc.constantFrom('s1', 's3', 's9', 'nothing')),
  agreement: maybe(fc.constantFrom('SA-001', 'SA-002', 'SA-150')),
  customer: maybe(fc.constantFrom('c1', 'c2', 'c9')),
  gone: maybe(fc.boolean()),
  changing: fc.option(fc.boolean(), { nil: undefined, freq: 8 }),
});
const sorts: fc.Arbitrary<RegisterSort> = fc.record({ by: fc.constantFrom(...REGISTER_SORTS), down: fc.boolean() });

const compact = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<T>;

it('finds what fits and nothing else, in order, whatever is asked of it; and counts it', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, sorts, async (given, sort) => {
      const filters = registerFilters.parse(compact(given));
      const asked = { filters, sort, columns: ['services' as const] };
      const found = await whole(asked);
      const expected = register.items.filter((one) => fits(one, filters));
      expect(found.total).toBe(expected.length);
      expect(found.inAll).toBe(SIZE.items);
      expect(found.rows.map(({ key }) => key).sort()).toEqual(expected.map(({ item }) => item.key).sort());
      const byKey = new Map(register.items.map((one) => [one.item.key, one]));
      const values = found.rows.map(({ key }) => sortValue(byKey.get(key) as WorldItem, asked.sort.by));
      for (const [index, value] of values.entries()) {
        const before = values[index - 1];
        if (index === 0 || value === undefined) continue;
        // What has no value comes last, either way.
        expect(before).not.toBeUndefined();
        if (before !== undefined) expect(sort.down ? before >= value : before <= value).toBe(true);
      }
      const facets = registerCalls['register.facets'].answer.parse(await world.people.lotte.invoke('usm', 'register.facets', { filters }));
      if (facets.state !== 'ok') throw new Error(JSON.stringify(facets));
      const counted = (of: (one: WorldItem) => string): Record<string, number> => {
        const sums: Record<string, number> = {};
        for (const one of expected) sums[of(one)] = (sums[of(one)] ?? 0) + 1;
        return sums;
      };
      const told = (all: readonly { key: string; count: number }[]) =>
        Object.fromEntries(all.filter(({ count }) => count > 0).map(({ key, count }) => [key, count]));
      expect(facets.total).toBe(expected.length);
      expect(told(facets.classes)).toEqual(counted(({ item }) => item.class));
      expect(told(facets.lives)).toEqual(counted(({ item }) => item.life));
      expect(told(facets.verified)).toEqual(counted(freshnessOf));
    }),
    { numRuns: 30, endOnFailure: true },
  );
}, 120_000);

it('shows of an item only what was chosen, with what it reaches', async () => {
  const { rows } = await part({ columns: ['class', 'keeper', 'services', 'agreements', 'own.serialNumber'] });
  const byKey = new Map(register.items.map((one) => [one.item.key, one]));
  expect(rows).toHaveLength(100);
  for (const row of rows) {
    const { id, item } = byKey.get(row.key) as WorldItem;
    const { serialNumber } = item.attributes;
    expect(row).toEqual({
      key: item.key,
      name: item.name,
      class: { id: item.class, name: DEFAULT_CLASSES.find(({ key }) => key === item.class)?.name },
      ...(item.keeper !== undefined && { keeper: { id: item.keeper, name: register.parties.find((one) => one.id === item.keeper)?.name } }),
      services: servicesOf(id).size,
      agreements: agreementsOf(id).size,
      own: serialNumber === undefined ? {} : { serialNumber },
      ...(byKey.get(row.key)?.goneAt !== undefined && { gone: byKey.get(row.key)?.goneAt }),
    });
  }
});

it('says that a place that is none cannot be continued from', async () => {
  const answer = await world.people.lotte.invoke('usm', 'register.list', { after: 'nowhere' });
  expect(answer).toMatchObject({ state: 'error', code: 'person.input' });
});
