/** What a failure reaches, against a slow reference written from the text (usm-method 1.4): sets of what has failed, looked at whole in every round. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxesOf, type Grouped, linesBetween } from '../../src/register/boxes';
import { overlapsAmong } from '../../src/register/overlaps';
import { causesOf, impactOf, type ItemRelation, type Link, linkOf, secondOf, wayTo } from '../../src/register/impact';
import { reference as slow, type Told } from './support/impact-reference';

const RUNS = { numRuns: 400 };

const ITEMS = 9;
const relation: fc.Arbitrary<ItemRelation> = fc
  .record({
    src: fc.nat(ITEMS - 1),
    dst: fc.nat(ITEMS - 1),
    kind: fc.constantFrom('partOf', 'dependsOn', 'dependsOn', 'dependsOn', 'dependsOn', 'locatedAt', 'connectedTo', 'documentedIn', 'replacedBy'),
    path: fc.option(fc.constantFrom('power', 'uplink'), { nil: undefined, freq: 2 }),
  })
  .map(({ path, ...rest }) => ({ ...rest, ...(path !== undefined && { path }) }));
/** Needs are one for a path of an item, as people write them; one relation is told once. */
const world = fc
  .tuple(
    fc.uniqueArray(relation, { minLength: 8, maxLength: 40, selector: ({ src, dst, kind }) => `${String(src)} ${kind} ${String(dst)}` }),
    fc.array(fc.constantFrom(1, 1, 2, 3), { minLength: ITEMS * 2, maxLength: ITEMS * 2 }),
  )
  .map(([relations, needs]) =>
    relations.map((one) => (one.path === undefined ? one : { ...one, need: needs[one.src * 2 + (one.path === 'power' ? 0 : 1)] ?? 1 })),
  );
const start = fc.uniqueArray(fc.nat(ITEMS - 1), { minLength: 1, maxLength: 3 });
const steps = fc.integer({ min: 1, max: 5 });

const links = (relations: readonly ItemRelation[]): Link[] => relations.flatMap((one) => linkOf(one) ?? []);

const ALL = Array.from({ length: ITEMS }, (_, id) => id);
const reference = (begin: readonly number[], relations: readonly ItemRelation[], most: number): Map<number, Told> =>
  slow(ALL, relations)(begin, most);

const plain = (all: ReadonlyMap<number, Told>): [number, Told][] =>
  [...all].map(([id, { level, second }]): [number, Told] => [id, { level, second }]).sort(([a], [b]) => a - b);

/** Broken twins: one that forgets the second path, one that counts the same way twice, one that lets what holds carry trouble on. */
const forgetsPaths = (all: readonly Link[]): Link[] => all.map(({ cause, effect, kind }) => ({ cause, effect, kind }));
const countsTwice = (all: readonly Link[]): Link[] => all.flatMap((one) => (one.path === undefined ? [one] : [one, { ...one }]));
const needsLess = (all: readonly Link[]): Link[] => all.map((one) => (one.need === undefined ? one : { ...one, need: one.need - 1 }));

describe('what a failure reaches', () => {
  it('is what the reference says, on graphs with second paths, circles and relations to oneself', () => {
    fc.assert(
      fc.property(world, start, steps, (relations, begin, most) => {
        expect(plain(impactOf(begin, links(relations), most))).toEqual(plain(reference(begin, relations, most)));
      }),
      RUNS,
    );
  });

  it.each([
    ['forgets the second path', forgetsPaths],
    ['counts a way twice', countsTwice],
    ['needs one way less', needsLess],
  ])('is told wrong by a twin that %s, and the reference sees it', (_name, broken) => {
    const agrees = fc.check(
      fc.property(world, start, steps, (relations, begin, most) => {
        expect(plain(impactOf(begin, broken(links(relations)), most))).toEqual(plain(reference(begin, relations, most)));
      }),
      { ...RUNS, endOnFailure: true },
    );
    expect(agrees.failed).toBe(true);
  });

  it('does not depend on the order in which relations are told', () => {
    fc.assert(
      fc.property(world, start, steps, (relations, begin, most) => {
        expect(plain(impactOf(begin, links([...relations].reverse()), most))).toEqual(plain(impactOf(begin, links(relations), most)));
      }),
      RUNS,
    );
  });

  it('is reached along a way of its own relations, one step at a time', () => {
    fc.assert(
      fc.property(world, start, steps, (relations, begin, most) => {
        const all = links(relations);
        const reached = impactOf(begin, all, most);
        for (const { id, level } of reached.values()) {
          const way = wayTo(id, reached);
          expect(begin).toContain(way[0]);
          expect(way.at(-1)).toBe(id);
          expect(way.length - 1).toBe(level);
          for (const [index, effect] of way.slice(1).entries())
            expect(all.some((one) => one.cause === way[index] && one.effect === effect)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  const two = (need: number): Link[] => [1, 2, 3].map((cause) => ({ cause, effect: 9, kind: 'dependsOn', path: 'uplink', need }));

  it('counts two of three', () => {
    expect(impactOf([1], two(2), 3).get(9)).toMatchObject({ second: 'half', level: 1 });
    expect(impactOf([1], two(1), 3).get(9)).toMatchObject({ second: 'full' });
    expect(impactOf([1, 2], two(2), 3).get(9)).toMatchObject({ second: 'none' });
    expect(impactOf([1], two(3), 3).get(9)).toMatchObject({ second: 'none' });
  });

  it('knows of ways that were not read', () => {
    const seen = two(2).slice(0, 1);
    expect(impactOf([1], seen, 3).get(9)).toMatchObject({ second: 'none' });
    expect(
      impactOf(
        [1],
        seen.map((one) => ({ ...one, ways: 4 })),
        3,
      ).get(9),
    ).toMatchObject({ second: 'full' });
  });

  it('never takes an item for its own second path', () => {
    const self: Link[] = [
      { cause: 1, effect: 2, kind: 'dependsOn', path: 'power', need: 1 },
      { cause: 2, effect: 2, kind: 'dependsOn', path: 'power', need: 1 },
    ];
    expect(impactOf([1], self, 1).get(2)).toMatchObject({ second: 'none' });
  });

  it('of a service asks how much of what supports it fails', () => {
    expect([secondOf({ all: 3, failing: 3 }), secondOf({ all: 3, failing: 1 }), secondOf({ all: 3, failing: 0 })]).toEqual(['none', 'half', 'full']);
  });
});

describe('where trouble comes from', () => {
  it('is whatever could be behind it, and of each whether it alone suffices', () => {
    fc.assert(
      fc.property(world, start, steps, (relations, begin, most) => {
        const causes = causesOf(begin, links(relations), most);
        for (let item = 0; item < ITEMS; item += 1) {
          if (begin.includes(item)) continue;
          const then = reference([item], relations, most);
          const touched = begin.flatMap((id) => then.get(id)?.second ?? []);
          if (touched.includes('none')) expect(causes.get(item)).toMatchObject({ second: 'none' });
          else if (causes.has(item)) expect(causes.get(item)?.second).toBe(touched.includes('half') ? 'half' : 'full');
        }
      }),
      RUNS,
    );
  });
});

describe('windows of work on what is reached', () => {
  const at = (key: string, from: number, until: number) => ({ key, window: { from, until } });

  it('overlap where they share a moment, each two work items once', () => {
    expect(overlapsAmong([at('A-3', 8, 9), at('A-1', 0, 5), at('A-2', 3, 8)], 9).overlaps).toEqual([{ keys: ['A-1', 'A-2'], from: 3, until: 5 }]);
  });

  it('are told up to a bound, and how many there are more', () => {
    const all = Array.from({ length: 5 }, (_, index) => at(`A-${String(index)}`, index, 100));
    expect(overlapsAmong(all, 3)).toMatchObject({ overlaps: [{ from: 1 }, { from: 2 }, { from: 2 }], more: 7 });
  });
});

describe('boxes', () => {
  const item = fc.record({
    class: fc.constantFrom('network', 'hardware', 'software'),
    place: fc.option(fc.constantFrom('3A', '3B', '3C', '4A'), { nil: undefined }),
    level: fc.integer({ min: 1, max: 5 }),
    fails: fc.boolean(),
  });
  const items = fc.array(item, { maxLength: 300 }).map((all) => all.map((one, id): Grouped => ({ id, ...one })));

  it('hold every item once, never those that fail with those that hold, and are few', () => {
    fc.assert(
      fc.property(items, fc.constantFrom('none' as const, 'classAndPlace' as const, 'place' as const, 'class' as const), (all, asked) => {
        const { boxes, group } = boxesOf(all, asked);
        expect(boxes.length).toBeLessThanOrEqual(60);
        expect(boxes.flatMap((box) => box.items.map(({ id }) => id)).sort((a, b) => a - b)).toEqual(all.map(({ id }) => id));
        for (const { level, fails, items: of } of boxes) expect(of.every((one) => one.level === level && one.fails === fails)).toBe(true);
        if (all.length <= 60) expect(group).toBe(asked);
      }),
      RUNS,
    );
  });

  it('are joined by one line for all relations between them, onwards alone', () => {
    const at = (id: number, level: number): Grouped => ({ id, class: 'network', place: undefined, level, fails: true });
    const { boxes } = boxesOf([at(1, 0), at(2, 1), at(3, 1), at(4, 2)], 'class');
    const ids = boxes.map(({ id }) => id);
    expect(
      linesBetween(boxes, [
        [1, 2],
        [1, 3],
        [2, 4],
        [3, 4],
        [4, 2],
        [3, 2],
      ]),
    ).toEqual([
      { from: ids[0], to: ids[1] },
      { from: ids[1], to: ids[2] },
    ]);
  });
});
