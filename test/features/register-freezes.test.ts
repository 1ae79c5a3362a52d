/** Overlaps of changes and freezes against a slow reference: every pair, minute by minute (V21). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Freeze } from '../../src/contract';
import { freezesTouching, isFrozenBy, overlapsOf, sharedWindow } from '../../src/register/freezes';

const KEYS = ['NET-1', 'NET-2', 'HW-1', 'HW-2'];
const item = fc.record({
  key: fc.constantFrom(...KEYS),
  class: fc.constantFrom('network', 'hardware', undefined),
  keeper: fc.constantFrom('t-net', 't-work', undefined),
  location: fc.constantFrom('Ward 3B', 'Basement', undefined),
});
const window = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 8 })).map(([from, long]) => ({ from, until: from + long }));
const change = fc.record({ open: fc.boolean(), window, items: fc.uniqueArray(item, { selector: ({ key }) => key, minLength: 1, maxLength: 3 }) });
const changes = fc.array(change, { maxLength: 8 }).map((all) => all.map((one, n) => ({ ...one, key: `NSS-${String(n)}` })));
const scope = fc.oneof(
  fc.constant({ kind: 'everything' as const }),
  fc.record({
    kind: fc.constant('some' as const),
    classes: fc.subarray(['network']),
    keepers: fc.subarray(['t-net']),
    locations: fc.subarray(['ward 3b']),
    items: fc.subarray(['hw-1']),
  }),
);
const freezes = fc
  .array(fc.record({ window, scope }), { maxLength: 3 })
  .map((all) =>
    all.map(({ window: { from, until }, scope: on }, n): Freeze => ({ id: `f${String(n)}`, name: `Freeze ${String(n)}`, from, until, scope: on })),
  );

const minutes = (from: number, until: number): number[] => Array.from({ length: until - from }, (_none, n) => from + n);

describe('overlaps', () => {
  it('are the pairs that share an item in a same minute, each once', () => {
    fc.assert(
      fc.property(changes, freezes, (all, frozen) => {
        const expected = new Set<string>();
        const open = all.filter((one) => one.open);
        for (const one of open) {
          const at = new Set(minutes(one.window.from, one.window.until));
          for (const other of open) {
            if (one.key >= other.key || !minutes(other.window.from, other.window.until).some((minute) => at.has(minute))) continue;
            const shared = one.items.map(({ key }) => key).filter((key) => other.items.some((also) => also.key === key));
            if (shared.length > 0) expected.add(`${[one.key, other.key].join(' ')}: ${shared.toSorted().join(' ')}`);
          }
          for (const freeze of frozen) {
            if (!minutes(freeze.from, freeze.until).some((minute) => at.has(minute))) continue;
            const held = one.items.filter(
              ({ key, class: kind, keeper, location }) =>
                freeze.scope.kind === 'everything' ||
                freeze.scope.items.includes(key.toLowerCase()) ||
                (kind !== undefined && freeze.scope.classes.includes(kind)) ||
                (keeper !== undefined && freeze.scope.keepers.includes(keeper)) ||
                (location !== undefined && freeze.scope.locations.includes(location.toLowerCase())),
            );
            if (held.length > 0)
              expected.add(
                `${one.key} ${freeze.id}: ${held
                  .map(({ key }) => key)
                  .toSorted()
                  .join(' ')}`,
              );
          }
        }
        const found = overlapsOf(all, frozen).map(
          ({ change: key, with: other, items }) =>
            `${(other.kind === 'freeze' ? [key, other.id] : [key, other.key].toSorted()).join(' ')}: ${items.toSorted().join(' ')}`,
        );
        expect(found.toSorted()).toEqual([...expected].toSorted());
        expect(new Set(found).size).toBe(found.length);
      }),
      { numRuns: 500 },
    );
  });

  it('have a window in which both run', () => {
    fc.assert(
      fc.property(changes, freezes, (all, frozen) => {
        for (const { change: key, window: shared } of overlapsOf(all, frozen)) {
          const one = all.find((other) => other.key === key);
          expect(shared.from).toBeLessThan(shared.until);
          expect(shared.from).toBeGreaterThanOrEqual(one?.window.from ?? Infinity);
          expect(shared.until).toBeLessThanOrEqual(one?.window.until ?? -Infinity);
        }
      }),
    );
  });

  it('are none when one ends as the other begins', () => {
    expect(sharedWindow({ from: 0, until: 5 }, { from: 5, until: 9 })).toBeUndefined();
    expect(sharedWindow({ from: 0, until: 6 }, { from: 5, until: 9 })).toEqual({ from: 5, until: 6 });
  });
});

describe('a freeze', () => {
  const winter: Freeze = {
    id: 'w',
    name: 'Year end',
    from: 10,
    until: 20,
    scope: { kind: 'some', classes: [], keepers: [], locations: ['Ward 3B'], items: ['NET-1'] },
  };
  it('is about what it names, by key or place, however it is written', () => {
    expect(isFrozenBy(winter, { key: 'net-1' })).toBe(true);
    expect(isFrozenBy(winter, { key: 'NET-2', location: 'ward 3b' })).toBe(true);
    expect(isFrozenBy(winter, { key: 'NET-2', location: 'Basement' })).toBe(false);
  });
  it('touches a change only while it lasts, and says which items', () => {
    const items = [{ key: 'NET-1' }, { key: 'NET-2' }];
    expect(freezesTouching([winter], items, { from: 19, until: 25 })).toEqual([{ freeze: winter, items: ['NET-1'] }]);
    expect(freezesTouching([winter], items, { from: 20, until: 25 })).toEqual([]);
  });
});
