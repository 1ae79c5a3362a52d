/** What a failure reaches, asked of the real tables: a small hospital that people can count through, and a random register against a slow reference. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ManualClock } from '../../sandbox/clock';
import type { Visitor } from '../../sandbox/demo/client';
import { SPACE } from '../../sandbox/demo/world';
import { registerImpactCalls } from '../../src/contract';
import { LIFE_KEYS, LIFE_OVER, RELATION_KINDS, type RelationKind } from '../../src/method';
import { reference } from '../features/support/impact-reference';
import { ask as askCatalog, type Catalog, catalogSite, inForce, ok, records } from './support/catalog-world';
import { openDatabase, type OpenDatabase } from './support/many-items';
import { loadRegister, makeRegister, type RegisterWorld, type WorldRelation } from './support/register-world';

type Calls = typeof registerImpactCalls;
async function ask<Name extends keyof Calls>(
  who: Visitor,
  name: Name,
  payload: z.input<Calls[Name]['request']>,
): Promise<z.infer<Calls[Name]['answer']>> {
  return registerImpactCalls[name].answer.parse(await who.invoke('usm', name, payload)) as z.infer<Calls[Name]['answer']>;
}
const impact = async (who: Visitor, asked: z.input<Calls['register.impact']['request']>) => ok(await ask(who, 'register.impact', asked));
const near = async (who: Visitor, asked: z.input<Calls['register.neighbourhood']['request']>) => ok(await ask(who, 'register.neighbourhood', asked));

const NOW = Date.parse('2026-11-20T10:15:00Z');
const clock = new ManualClock(new Date(NOW));
let database: OpenDatabase;
let catalog: Catalog;
let world: RegisterWorld;
let lotte: Visitor;
let karel: Visitor;

const insert = (into: string, row: Record<string, string | number | null>): Promise<void> =>
  database.write(
    `INSERT INTO ${into} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
      .map(() => '?')
      .join(', ')})`,
    Object.values(row),
  );

/** Behind the random items, with numbers of their own. */
const FIRST = 100_001;
const HOSPITAL = [
  ['CORE-N', 'Core switch 3N', 'network', '3N'],
  ['CORE-S', 'Core switch 3S', 'network', '3S'],
  ['GATE-3', 'Nurse call gateway 3', 'hardware', '3N'],
  ['CALL-1', 'Call button 1', 'hardware', 'Ward 3A'],
  ['CALL-2', 'Call button 2', 'hardware', 'Ward 3A'],
  ['AP-1', 'Access point 1', 'network', 'Ward 3A'],
  ['AP-2', 'Access point 2', 'network', 'Ward 3A'],
  ['AP-9', 'Access point 9', 'network', 'Ward 4C'],
  ['TROLLEY', 'Medication trolley', 'hardware', 'Ward 3B'],
  ['LOOP-A', 'Loop a', 'software', 'Data room'],
  ['LOOP-B', 'Loop b', 'software', 'Data room'],
  ['OLD', 'Old switch', 'network', '3N'],
  ['LEANS', 'Leans on the old one', 'hardware', 'Store'],
  ['LONELY', 'Spare printer', 'hardware', 'Store'],
] as const;
const idOf = (key: string): number => FIRST + HOSPITAL.findIndex(([one]) => one === key);
const RELATIONS: readonly (readonly [from: string, kind: RelationKind, to: string, path?: string, need?: number])[] = [
  ['GATE-3', 'dependsOn', 'CORE-N'],
  ['CALL-1', 'dependsOn', 'GATE-3'],
  ['CALL-2', 'dependsOn', 'GATE-3'],
  ['CALL-1', 'supports', 'nursecall'],
  ['CALL-2', 'supports', 'nursecall'],
  // Two of three uplinks: one may be lost.
  ['TROLLEY', 'dependsOn', 'AP-1', 'air', 2],
  ['TROLLEY', 'dependsOn', 'AP-2', 'air', 2],
  ['TROLLEY', 'dependsOn', 'AP-9', 'air', 2],
  ['AP-1', 'dependsOn', 'CORE-N'],
  // One of two.
  ['AP-2', 'dependsOn', 'CORE-N', 'uplink', 1],
  ['AP-2', 'dependsOn', 'CORE-S', 'uplink', 1],
  ['AP-9', 'dependsOn', 'CORE-S'],
  ['AP-1', 'supports', 'wifi'],
  ['AP-2', 'supports', 'wifi'],
  ['AP-9', 'supports', 'wifi'],
  ['TROLLEY', 'usedBy', 'ward'],
  ['LOOP-A', 'dependsOn', 'LOOP-B'],
  ['LOOP-B', 'dependsOn', 'LOOP-A'],
  ['LOOP-A', 'dependsOn', 'LOOP-A'],
  ['LOOP-A', 'dependsOn', 'GATE-3'],
  // Whose life is over stands in for nobody.
  ['LEANS', 'dependsOn', 'OLD', 'old', 1],
  ['LEANS', 'dependsOn', 'CORE-N', 'old', 1],
  ['GATE-3', 'connectedTo', 'CORE-S'],
];

async function hospital(): Promise<void> {
  const at = '2026-11-01 08:00:00.000';
  for (const [key, name, of, location] of HOSPITAL) {
    await insert('mi_item', {
      id: idOf(key),
      item_key: key,
      name,
      class: of,
      life: LIFE_KEYS.indexOf(key === 'OLD' ? 'retired' : 'inUse'),
      location,
      attributes: '{}',
      version: 1,
      at,
      cause: 'registered',
      changes: '[]',
      created_at: at,
    });
  }
  for (const [from, kind, to, path, need] of RELATIONS) {
    const item = kind === 'supports' || kind === 'usedBy' ? undefined : idOf(to);
    await insert('mi_relation', {
      src: idOf(from),
      kind: RELATION_KINDS.indexOf(kind),
      dst: item ?? 0,
      ref: item === undefined ? to : '',
      path: path ?? null,
      need: need ?? null,
    });
  }
}

const rfc = async (summary: string): Promise<{ id: string; key: string }> =>
  catalog.world.admin.ask<{ id: string; key: string }>('POST', '/rest/api/3/issue', {
    fields: { project: { key: SPACE.key }, issuetype: { id: catalog.world.workTypes.get('Request for Change') }, summary },
  });
const tie = async (work: { id: string; key: string }, item: string, window?: readonly [string, string], open = 1): Promise<void> =>
  insert('mi_tie', {
    work_id: work.id,
    item_key: item,
    role: 1,
    work_key: work.key,
    type: 'rfc',
    status: 'planning',
    is_open: open,
    reported_at: '2026-11-19 08:00:00.000',
    window_start: window?.[0] ?? null,
    window_end: window?.[1] ?? null,
  });

beforeAll(async () => {
  database = await openDatabase(clock);
  catalog = await catalogSite(clock, { sql: database.sql });
  ({ lotte, karel } = catalog.world.people);
  await records(catalog);
  ok(
    await askCatalog(lotte, 'records.saveService', {
      record: { id: 'nursecall', name: 'Nurse call', state: 'inUse', blocks: [], value: '', readiness: '' },
      rowVersion: 0,
    }),
  );
  const restored = (deliver: number) => ({
    targets: [1, 2, 3, 4].map((rank) => ({
      type: 'incident' as const,
      for: rank,
      respond: 15,
      deliver: deliver * rank,
      calendar: catalog.calendar,
      percent: 95,
    })),
  });
  await inForce(catalog, [], { services: ['wifi'], ...restored(240) });
  await inForce(catalog, [], { services: ['nursecall'], ...restored(60) });
  world = makeRegister({ items: 2_500, relations: 9_000, hubs: 12, seed: 7, now: NOW });
  await loadRegister(database, world);
  await hospital();
}, 240_000);
afterAll(async () => {
  await catalog.fresh.stop();
  await database.stop();
});

describe('in a small hospital', () => {
  it('a core switch stops what has no other way, touches what has one, and carries nothing beyond that', async () => {
    const told = await impact(karel, { key: 'CORE-N' });
    expect(Object.fromEntries(told.items.map(({ key, level, second }) => [key, [level, second]]))).toEqual({
      'GATE-3': [1, 'none'],
      'AP-1': [1, 'none'],
      'AP-2': [1, 'half'],
      LEANS: [1, 'none'],
      'CALL-1': [2, 'none'],
      'CALL-2': [2, 'none'],
      'LOOP-A': [2, 'none'],
      TROLLEY: [2, 'half'],
      'LOOP-B': [3, 'none'],
    });
    expect(told).toMatchObject({ total: 9, failing: 7, truncated: false, start: [{ key: 'CORE-N' }] });
  });

  it('the shortest promise comes first, with what is left of each service', async () => {
    const told = await impact(karel, { key: 'CORE-N' });
    expect(told.services.map(({ service, second, agreement, by }) => [service?.name, second, agreement?.restore, by])).toEqual([
      ['Nurse call', 'none', 60, 'CALL-1'],
      ['Internet on the wards', 'half', 240, 'AP-1'],
    ]);
    expect(told.shortest).toBe(0);
    const way = told.boxes.filter(({ shortest }) => shortest).map(({ kind, ref, count }) => ref?.id ?? `${kind} of ${String(count)}`);
    expect(way).toEqual(['CORE-N', 'GATE-3', 'items of 2', 'nursecall', 'lucas']);
    expect(told.lines.filter(({ shortest }) => shortest)).toHaveLength(4);
  });

  it('customers are those of the agreements and those who use what fails, with whom to tell', async () => {
    const told = await impact(karel, { key: 'CORE-N' });
    expect(told.customers.map(({ id, tell, people }) => [id, tell, people])).toEqual([['lucas', 'Sofia Rossi', 1]]);
    expect(told.people).toBe(1);
    const both = await impact(karel, { key: 'CORE-N', also: ['CORE-S'] });
    expect(both.customers.map(({ id, tell }) => [id, tell])).toEqual([
      ['lucas', 'Sofia Rossi'],
      ['ward', undefined],
    ]);
    expect(both.items.find(({ key }) => key === 'TROLLEY')).toMatchObject({ level: 2, second: 'none' });
    expect(both.services.map(({ second }) => second)).toEqual(['none', 'none']);
  });

  it('an item that nothing leans on reaches nothing; one that is not there is said not to be', async () => {
    expect(await impact(karel, { key: 'LONELY' })).toMatchObject({ total: 0, services: [], customers: [], boxes: [{ kind: 'start' }] });
    expect(await ask(karel, 'register.impact', { key: 'NOT-THERE' })).toMatchObject({ state: 'error', code: 'person.notFound' });
    expect(await impact(karel, { key: 'lonely' })).toMatchObject({ start: [{ key: 'LONELY' }] });
  });

  it('only relations that are asked for carry it', async () => {
    expect(await impact(karel, { key: 'CORE-N', kinds: ['partOf', 'locatedAt'] })).toMatchObject({ total: 0, kinds: ['partOf', 'locatedAt'] });
    expect(await impact(karel, { key: 'CORE-N', kinds: ['connectedTo'] })).toMatchObject({ total: 0, kinds: [] });
  });

  it('looking back, causes are told, and which of them suffice alone', async () => {
    const told = await impact(karel, { key: 'TROLLEY', direction: 'back' });
    expect(Object.fromEntries(told.items.map(({ key, level, second }) => [key, [level, second]]))).toEqual({
      'AP-1': [1, 'half'],
      'AP-2': [1, 'half'],
      'AP-9': [1, 'half'],
      'CORE-N': [2, 'half'],
      'CORE-S': [2, 'half'],
    });
    expect((await impact(karel, { key: 'CALL-1', direction: 'back' })).items.map(({ key, second }) => [key, second])).toEqual([
      ['GATE-3', 'none'],
      ['CORE-N', 'none'],
    ]);
  });

  it('work that runs on it is shown to whoever may see it, with what overlaps; of the rest only the number', async () => {
    const [power, system, closed] = [await rfc('Replace power module'), await rfc('Ward system 11.5'), await rfc('Closed already')];
    await tie(power, 'CORE-N', ['2026-11-28 06:00:00.000', '2026-11-28 07:00:00.000']);
    await tie(system, 'AP-1', ['2026-11-28 05:00:00.000', '2026-11-28 06:30:00.000']);
    await tie(closed, 'AP-1', undefined, 0);
    await tie({ id: '99999999', key: 'GONE-1' }, 'GATE-3', ['2026-11-28 06:00:00.000', '2026-11-28 07:00:00.000']);
    const told = await impact(lotte, { key: 'CORE-N' });
    expect(told.workItems.map(({ key, summary, items }) => [key, summary, items])).toEqual([
      [system.key, 'Ward system 11.5', ['AP-1']],
      [power.key, 'Replace power module', ['CORE-N']],
    ]);
    expect(told).toMatchObject({
      unseen: 1,
      overlaps: [{ keys: [system.key, power.key], from: Date.parse('2026-11-28T06:00:00Z'), until: Date.parse('2026-11-28T06:30:00Z') }],
    });
    expect(JSON.stringify(told)).not.toContain('GONE-1');
    expect((await impact(lotte, { key: 'LONELY' })).workItems).toEqual([]);
  });

  it('around an item stands what is related to it, and what is not shown is counted', async () => {
    const told = await near(karel, { key: 'GATE-3', steps: 1 });
    expect(told.nodes.map(({ id, kind }) => [id, kind]).sort()).toEqual([
      ['CALL-1', 'item'],
      ['CALL-2', 'item'],
      ['CORE-N', 'item'],
      ['CORE-S', 'item'],
      ['GATE-3', 'item'],
      ['LOOP-A', 'item'],
      ['service nursecall', 'service'],
    ]);
    // CORE-N: two access points and what leans on the old one.
    expect(told.nodes.find(({ id }) => id === 'CORE-N')?.more).toBe(3);
    const some = await near(karel, { key: 'GATE-3', steps: 1, kinds: ['connectedTo'] });
    expect(some.edges).toEqual([{ from: 'GATE-3', kind: 'connectedTo', to: 'CORE-S' }]);
    const nets = await near(karel, { key: 'GATE-3', steps: 2, classes: ['network'] });
    expect(nets.nodes.filter(({ depth }) => depth > 0).every((one) => one.kind !== 'item' || one.class === 'network')).toBe(true);
    const bounded = await near(karel, { key: 'GATE-3', steps: 3, limit: 4 });
    expect([bounded.nodes.length, bounded.truncated]).toEqual([4, true]);
  });

  it('from one item to another there is a shortest way, or none', async () => {
    const told = ok(await ask(karel, 'register.path', { from: 'CALL-1', to: 'AP-9' }));
    expect(told.items.map(({ key }) => key)).toEqual(['CALL-1', 'GATE-3', 'CORE-S', 'AP-9']);
    expect(told.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual([
      'CALL-1 dependsOn GATE-3',
      'GATE-3 connectedTo CORE-S',
      'AP-9 dependsOn CORE-S',
    ]);
    expect(ok(await ask(karel, 'register.path', { from: 'CALL-1', to: 'LONELY' }))).toMatchObject({ items: [], givenUp: false });
    expect(ok(await ask(karel, 'register.path', { from: 'CALL-1', to: 'CALL-1' }))).toMatchObject({ items: [{ key: 'CALL-1' }], edges: [] });
  });
});

describe('in a random register', () => {
  const alive = (id: number): boolean => !LIFE_OVER.includes(world.items[id - 1]?.item.life ?? 'disposed');
  const between = (): WorldRelation[] => world.relations.filter(({ src, dst }) => dst > 0 && alive(src) && alive(dst));
  const keyOf = (id: number): string => world.items[id - 1]?.item.key ?? '';
  const starts = (): number[] => [...world.hubs.slice(0, 4), ...Array.from({ length: 8 }, (_, index) => 1 + index * 311)].filter(alive);

  it('what is reached is what the reference says, however many steps', async () => {
    const say = reference(
      world.items.map(({ id }) => id),
      between().map((one) => ({ ...one, path: one.group })),
    );
    let seen = 0;
    for (const [index, start] of starts().entries()) {
      const steps = 1 + (index % 5);
      const told = await impact(karel, { key: keyOf(start), steps });
      const wanted = [...say([start], steps)].filter(([, { level }]) => level > 0);
      expect(told.truncated).toBe(false);
      expect(new Map(told.items.map(({ key, level, second }) => [key, `${String(level)} ${second ?? ''}`]))).toEqual(
        new Map(wanted.map(([id, { level, second }]) => [keyOf(id), `${String(level)} ${second}`])),
      );
      seen += wanted.length;
    }
    expect(seen).toBeGreaterThan(500);
  });

  it('steps read at once and steps read level by level say the same', async () => {
    for (const start of starts().slice(0, 3)) {
      const three = await impact(karel, { key: keyOf(start), steps: 3 });
      const five = await impact(karel, { key: keyOf(start), steps: 5 });
      const plain = (all: typeof three.items): string[] => all.map(({ key, level }) => `${key} ${String(level)}`).sort();
      expect(plain(five.items.filter(({ level, second }) => level <= 3 && second === 'none'))).toEqual(
        plain(three.items.filter(({ second }) => second === 'none')),
      );
    }
  });

  it('never more boxes than somebody reads', async () => {
    for (const start of starts()) {
      const told = await impact(karel, { key: keyOf(start), steps: 4, group: 'none' });
      expect(told.boxes.length).toBeLessThanOrEqual(62);
      expect(told.boxes.filter(({ kind }) => kind === 'items').reduce((sum, { count }) => sum + count, 0)).toBe(told.total);
    }
  });

  it('the neighbourhood is what a walk in memory finds', async () => {
    const all = world.relations.filter(({ dst }) => dst > 0);
    for (const start of starts().slice(0, 4)) {
      let found = new Set([start]);
      for (let step = 0; step < 2; step += 1) {
        found = new Set([...found, ...all.flatMap(({ src, dst }) => (found.has(src) ? [dst] : found.has(dst) ? [src] : []))]);
      }
      const told = await near(karel, { key: keyOf(start), limit: 2_000 });
      expect(told.nodes.flatMap(({ id, kind }) => (kind === 'item' ? [id] : [])).sort()).toEqual([...found].map(keyOf).sort());
    }
  });

  it('ways are as short as in memory', async () => {
    const all = world.relations.filter(({ dst }) => dst > 0);
    const [from = 1, ...others] = starts();
    const far = new Map([[from, 0]]);
    for (let step = 1, grew = true; grew && step < 30; step += 1) {
      grew = false;
      for (const { src, dst } of all) {
        for (const [a, b] of [
          [src, dst],
          [dst, src],
        ] as const) {
          if (far.get(a) !== step - 1 || far.has(b)) continue;
          far.set(b, step);
          grew = true;
        }
      }
    }
    for (const to of others) {
      const told = ok(await ask(karel, 'register.path', { from: keyOf(from), to: keyOf(to) }));
      expect(told.items.length - 1).toBe(far.get(to) ?? -1);
    }
  });
});
