/** What the register judges and calculates of items: freshness, differences, lives, and what stands against an item or a list of classes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemVersion, ManagedItem } from '../../src/contract';
import { changesBetween, lastChanges, lifeOf, managedAmong } from '../../src/register/changes';
import { classFindings, itemFindings, unfit } from '../../src/register/checks';
import { DEFAULT_CLASSES } from '../../src/register/classes';
import { freshnessOf, monthsBefore } from '../../src/register/freshness';
import { valueOf } from '../../src/register/words';

const at = (text: string): number => Date.parse(text);
const item = (more: Partial<ManagedItem> = {}): ManagedItem => ({
  key: 'NET-0001',
  class: 'network',
  name: 'Core switch',
  life: 'inUse',
  attributes: {},
  ...more,
});
const network = DEFAULT_CLASSES.find(({ key }) => key === 'network');
if (!network) throw new Error('no class network');

describe('freshness', () => {
  it('counts months by the calendar, and the last day where a month is shorter', () => {
    expect(monthsBefore(at('2026-03-31T10:00:00Z'), 1)).toBe(at('2026-02-28T10:00:00Z'));
    expect(monthsBefore(at('2026-01-15T10:00:00Z'), 12)).toBe(at('2025-01-15T10:00:00Z'));
    expect(monthsBefore(at('2024-02-29T00:00:00Z'), 12)).toBe(at('2023-02-28T00:00:00Z'));
  });

  it('is that of the class', () => {
    const now = at('2026-11-20T08:00:00Z');
    expect(freshnessOf(undefined, network, now)).toBe('never');
    expect(freshnessOf(at('2025-11-20T08:00:00Z'), network, now)).toBe('inTime');
    expect(freshnessOf(at('2025-11-20T07:59:59Z'), network, now)).toBe('due');
    expect(freshnessOf(at('2026-10-01T00:00:00Z'), { ...network, verifyMonths: 1 }, now)).toBe('due');
  });
});

describe('differences', () => {
  const values = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
  const drawn = fc.record({ location: values, keeper: values, model: values, old: values });
  const made = ({
    location,
    keeper,
    model,
    old,
  }: {
    location?: string | undefined;
    keeper?: string | undefined;
    model?: string | undefined;
    old?: string | undefined;
  }) =>
    item({
      ...(location !== undefined && { location }),
      ...(keeper !== undefined && { keeper }),
      attributes: { ...(model !== undefined && { model }), ...(old !== undefined && { old }) },
    });

  it('name every attribute that says something else, and no other', () => {
    fc.assert(
      fc.property(drawn, drawn, (one, other) => {
        const [before, after] = [made(one), made(other)];
        const changes = changesBetween(before, after);
        for (const { attribute, from, to } of changes) {
          expect([valueOf(before, attribute), valueOf(after, attribute)]).toEqual([from, to]);
          expect(from).not.toBe(to);
        }
        const named = new Set(changes.map(({ attribute }) => attribute));
        for (const key of ['name', 'life', 'location', 'keeper', 'model', 'old']) {
          expect(named.has(key)).toBe(valueOf(before, key) !== valueOf(after, key));
        }
      }),
    );
  });

  it('are managed as the class says', () => {
    const changes = changesBetween(item(), item({ location: 'Room 1', attributes: { model: 'N1' } }));
    expect(managedAmong(changes, network).map(({ attribute }) => attribute)).toEqual(['location', 'model']);
    expect(managedAmong(changes, { ...network, managed: ['model'] }).map(({ attribute }) => attribute)).toEqual(['model']);
  });

  it('tell of each attribute the newest, and of the life every part', () => {
    const version = (number: number, changes: ItemVersion['changes']): ItemVersion => ({ number, at: number * 10, cause: 'direct', changes });
    const versions = [
      version(4, [{ attribute: 'life', from: 'inUse', to: 'retired' }]),
      version(3, [{ attribute: 'model', from: 'N1', to: 'N2' }]),
      version(2, [
        { attribute: 'life', from: 'planned', to: 'inUse' },
        { attribute: 'model', to: 'N1' },
      ]),
      version(1, []),
    ];
    expect(lastChanges(versions).get('model')).toMatchObject({ before: 'N1', at: 30 });
    expect(lastChanges(versions).has('name')).toBe(false);
    expect(lifeOf('retired', versions, 5)).toEqual([
      { life: 'planned', at: 5 },
      { life: 'inUse', at: 20 },
      { life: 'retired', at: 40 },
    ]);
    expect(lifeOf('inUse', [version(1, [])], 5)).toEqual([{ life: 'inUse', at: 5 }]);
  });
});

describe('what stands against', () => {
  it('a value, by its kind', () => {
    const of = (kind: 'text' | 'number' | 'date' | 'choice') => ({ key: 'x', name: 'X', kind, choices: ['a'] });
    expect(['12', '-0.5', '12 kg', '1e9'].map((value) => unfit(of('number'), value) === undefined)).toEqual([true, true, false, false]);
    expect(['2026-11-20', '2026-13-01', '20-11-2026'].map((value) => unfit(of('date'), value) === undefined)).toEqual([true, false, false]);
    expect(['a', 'b'].map((value) => unfit(of('choice'), value) === undefined)).toEqual([true, false]);
  });

  it('an item: a class and attributes that are not there; but what it said before stays', () => {
    const odd = item({ attributes: { colour: 'red' } });
    expect(itemFindings(odd, DEFAULT_CLASSES).map(({ kind }) => kind)).toEqual(['attribute']);
    expect(itemFindings(odd, DEFAULT_CLASSES, odd)).toEqual([]);
    expect(itemFindings(item({ class: 'nothing' }), DEFAULT_CLASSES).map(({ kind }) => kind)).toEqual(['class']);
    expect(itemFindings(item(), DEFAULT_CLASSES)).toEqual([]);
  });

  it('a list of classes: none with which a new site begins', () => {
    expect(classFindings(DEFAULT_CLASSES, DEFAULT_CLASSES, new Map())).toEqual([]);
    const fewer = DEFAULT_CLASSES.filter(({ key }) => key !== 'network');
    expect(classFindings(fewer, DEFAULT_CLASSES, new Map())).toEqual([]);
    expect(classFindings(fewer, DEFAULT_CLASSES, new Map([['network', 3]])).map(({ text }) => text)).toEqual([
      'Network has 3 items, so it stays. Retire them, or keep the class.',
    ]);
  });
});
