/** The map of coverage as it is drawn: order of rows and columns, what gaps leave, the way of the arrows, and the words. */
import { describe, expect, it } from 'vitest';
import type { CoverageMap } from '../../src/contract';
import { COVERAGE_KINDS } from '../../src/agreements/coverage';
import { foundName, foundWords, gridOf, movedBy, placesOf, sentenceOf, share, STATES } from '../../static/usm/coverage/model';
import { toSearch, toView } from '../../static/usm/coverage/view';

type Cells = CoverageMap['cells'];
const cell = (service: string, customer: string, state: Cells[number]['state'], calls = 0, agreement?: string): Cells[number] => ({
  service,
  customer,
  state,
  calls,
  ...(agreement !== undefined && { agreement }),
});
const lucas = { id: 'lucas', name: 'Sint Lucas' };
const MAP: Pick<CoverageMap, 'services' | 'customers' | 'cells'> = {
  services: [
    { id: 'hr', name: 'HR questions', owner: true },
    { id: 'it', name: 'IT', owner: true },
    { id: 'phone', name: 'Telephony', parent: 'it', owner: false },
    { id: 'wifi', name: 'Ward network', parent: 'it', owner: true },
  ],
  customers: [{ id: 'lab', name: 'Laboratory', parent: lucas }, lucas, { id: 'town', name: 'Town' }, { id: 'wards', name: 'Wards', parent: lucas }],
  cells: [
    cell('wifi', 'wards', 'cannot', 27, 'SA-014'),
    cell('wifi', 'lab', 'holds', 9, 'SA-014'),
    cell('phone', 'wards', 'holds', 3, 'SA-005'),
    cell('hr', 'town', 'notAgreed', 12),
  ],
};

describe('the map', () => {
  const grid = gridOf(MAP, { by: 'unit', show: 'all' });

  it('has units under their customer, the whole first, and services trade by trade, what is used most first', () => {
    expect(grid.groups).toEqual([
      { name: 'Sint Lucas', span: 3 },
      { name: 'Town', span: 1 },
    ]);
    expect(grid.columns.map(({ name }) => name)).toEqual(['As a whole', 'Laboratory', 'Wards', 'Town']);
    expect(grid.rows.map(({ trade, name }) => [trade, name])).toEqual([
      ['IT', 'IT'],
      ['IT', 'Ward network'],
      ['IT', 'Telephony'],
      ['', 'HR questions'],
    ]);
    expect(grid.rows[1]?.cells.map(({ state }) => state)).toEqual(['empty', 'holds', 'cannot', 'empty']);
  });

  it('as customers alone says the heaviest of their units, with all their calls', () => {
    const whole = gridOf(MAP, { by: 'customer', show: 'all' });
    expect(whole.columns.map(({ name }) => name)).toEqual(['Sint Lucas', 'Town']);
    expect(whole.rows[1]?.cells[0]).toEqual({ state: 'cannot', calls: 36, agreements: ['SA-014'] });
  });

  it('as gaps alone leaves the rows and columns in which somebody has something to do', () => {
    const gaps = gridOf(MAP, { by: 'unit', show: 'gaps' });
    expect([gaps.rows.map(({ id }) => id), gaps.columns.map(({ id }) => id), gaps.groups.map(({ span }) => span)]).toEqual([
      ['wifi', 'hr'],
      ['wards', 'town'],
      [1, 1],
    ]);
    for (const { cells } of gaps.rows) expect(cells.some(({ state }) => STATES[state].gap)).toBe(true);
  });

  it('a service that is a part of itself does not turn for ever', () => {
    const services = [
      { id: 'a', name: 'A', parent: 'b', owner: true },
      { id: 'b', name: 'B', parent: 'a', owner: true },
    ];
    expect(gridOf({ ...MAP, services, cells: [] }, { by: 'unit', show: 'all' }).rows).toHaveLength(2);
  });

  it('cells say what stands there, and no calls while none are counted', () => {
    const row = { name: 'Access and keys' };
    const used = { state: 'notAgreed' as const, calls: 12, agreements: [] };
    expect(sentenceOf(row, { name: 'Primary' }, used, true)).toBe('Access and keys, Primary: used, not agreed, 12 calls');
    const kept = { state: 'holds' as const, calls: 1, agreements: ['SA-1'] };
    expect(sentenceOf(row, { name: 'Primary' }, kept, true)).toBe('Access and keys, Primary: holds, SA-1, 1 call');
    expect(sentenceOf(row, { name: 'Primary' }, kept, false)).toBe('Access and keys, Primary: holds, SA-1');
    expect(sentenceOf(row, { name: 'Primary' }, { state: 'empty', calls: 0, agreements: [] }, false)).toBe(
      'Access and keys, Primary: nothing agreed',
    );
  });

  it('a finding shows its cells, also where units stand together', () => {
    expect(placesOf(grid, { service: 'wifi', customers: ['wards', 'lab'] })).toEqual([
      { row: 1, column: 1 },
      { row: 1, column: 2 },
    ]);
    expect(placesOf(gridOf(MAP, { by: 'customer', show: 'all' }), { service: 'wifi', customers: ['wards', 'lab'] })).toEqual([{ row: 1, column: 0 }]);
    expect(placesOf(grid, { service: 'gone', customers: ['wards'] })).toEqual([]);
  });
});

describe('the way through the map', () => {
  it('stays inside, whatever is pressed', () => {
    const at = { row: 1, column: 2 };
    const by = (key: string, far = false) => movedBy(key, far, at, 4, 5);
    expect(by('ArrowUp')).toEqual({ row: 0, column: 2 });
    expect(by('ArrowRight')).toEqual({ row: 1, column: 3 });
    expect(by('PageUp')).toEqual({ row: 0, column: 2 });
    expect(by('PageDown')).toEqual({ row: 3, column: 2 });
    expect(by('Home')).toEqual({ row: 1, column: 0 });
    expect(by('End', true)).toEqual({ row: 3, column: 4 });
    expect(by('x')).toBeUndefined();
    expect(movedBy('ArrowDown', false, { row: 3, column: 0 }, 4, 5)).toEqual({ row: 3, column: 0 });
  });
});

describe('words', () => {
  it('every kind of finding has a name and a sentence', () => {
    for (const kind of COVERAGE_KINDS) {
      const finding = { kind, service: 'wifi', customers: ['wards'], calls: 3, agreement: 'SA-1', leg: 'UC-3', at: Date.parse('2026-12-15T00:00Z') };
      expect(foundName(finding)).not.toBe('');
      expect(foundWords(finding, true)).toMatch(/\.$/);
    }
    expect(foundWords({ kind: 'notAgreed', service: 'x', customers: [], calls: 1 }, true)).toBe('1 call. Nobody has promised anything.');
  });

  it('a share is never rounded up to all', () => {
    expect([share({ n: 1_017, of: 1_047 }), share({ n: 999_999, of: 1_000_000 }), share({ n: 0, of: 0 })]).toEqual(['97.1 %', '99.9 %', undefined]);
  });

  it('the look stands in the address', () => {
    const view = { by: 'customer', show: 'gaps', as: 'table' } as const;
    expect(toView(toSearch(view))).toEqual(view);
    expect(toSearch(toView('?by=x&show=y'))).toBe('');
  });
});
