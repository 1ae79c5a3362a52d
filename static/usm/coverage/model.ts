/** The map of coverage as it is drawn: rows by trade, columns by customer, one cell each, and how the keyboard goes through them. Pure. */
import type { CoverageMap } from '../../../src/contract';
import { momentDay } from '../agreements/words';

export type State = CoverageMap['cells'][number]['state'] | 'empty';
export type Finding = CoverageMap['findings'][number];

/** In the order in which they weigh; `gap`: somebody has something to do. */
export const STATES: Readonly<Record<State, { name: string; gap: boolean }>> = {
  cannot: { name: 'Cannot be kept', gap: true },
  missing: { name: 'A leg is missing', gap: true },
  expired: { name: 'Expired, still used', gap: true },
  notAgreed: { name: 'Used, not agreed', gap: true },
  lapses: { name: 'Lapses within 90 days', gap: true },
  tight: { name: 'Tight', gap: true },
  unknown: { name: 'Not calculated', gap: true },
  unused: { name: 'Agreed, not used', gap: true },
  draft: { name: 'Draft', gap: false },
  holds: { name: 'Holds', gap: false },
  empty: { name: 'Neither used nor agreed', gap: false },
};
const ORDER = Object.keys(STATES) as State[];

export interface Cell {
  state: State;
  calls: number;
  agreements: string[];
}
export interface Column {
  id: string;
  name: string;
  /** The units it stands for. */
  of: string[];
}
export interface Row {
  id: string;
  name: string;
  /** Empty: it stands by itself. */
  trade: string;
  owner: boolean;
  cells: Cell[];
}
export interface Grid {
  groups: { name: string; span: number }[];
  columns: Column[];
  rows: Row[];
}

export interface Look {
  /** One column a unit, or a customer with all its units. */
  by: 'unit' | 'customer';
  show: 'all' | 'gaps';
}

type Map2 = Pick<CoverageMap, 'services' | 'customers' | 'cells'>;

/** Units stand after the customer that they are of. */
function groupsOf({ customers }: Map2): { name: string; units: Column[] }[] {
  const groups = new Map<string, { name: string; units: Column[] }>();
  for (const { id, name, parent } of customers) {
    const whole = parent ?? { id, name };
    const group = groups.get(whole.id) ?? { name: whole.name, units: [] };
    // What the customer has as a whole stands before its units.
    if (parent) group.units.push({ id, name, of: [id] });
    else group.units.unshift({ id, name, of: [id] });
    groups.set(whole.id, group);
  }
  return [...groups.values()].map(({ name, units }) => ({
    name,
    units: units.length > 1 ? units.map((unit) => (unit.name === name ? { ...unit, name: 'As a whole' } : unit)) : units,
  }));
}

/** The heaviest of several, with all their calls. */
const together = (cells: readonly Cell[]): Cell => ({
  state: ORDER.find((state) => cells.some((cell) => cell.state === state)) ?? 'empty',
  calls: cells.reduce((sum, { calls }) => sum + calls, 0),
  agreements: [...new Set(cells.flatMap(({ agreements }) => agreements))],
});

/** What a service is a part of, from the outermost. */
function tradeOf(id: string, services: ReadonlyMap<string, Map2['services'][number]>): string {
  const walked = new Set<string>();
  let one = services.get(id);
  while (one?.parent !== undefined && services.has(one.parent) && !walked.has(one.id)) {
    walked.add(one.id);
    one = services.get(one.parent);
  }
  return one && one.id !== id ? one.name : '';
}

const callsOf = ({ cells }: Row): number => cells.reduce((sum, { calls }) => sum + calls, 0);

/** Trade by trade, what stands by itself last; in a trade the whole first, then what is used most. */
const byWeight = (a: Row, b: Row): number =>
  Number(a.trade === '') - Number(b.trade === '') ||
  a.trade.localeCompare(b.trade) ||
  Number(a.name !== a.trade) - Number(b.name !== b.trade) ||
  callsOf(b) - callsOf(a) ||
  a.name.localeCompare(b.name);

export function gridOf(map: Map2, { by, show }: Look): Grid {
  const at = new Map(map.cells.map((cell) => [`${cell.service}\n${cell.customer}`, cell]));
  const cellOf = (service: string, unit: string): Cell => {
    const cell = at.get(`${service}\n${unit}`);
    return cell
      ? { state: cell.state, calls: cell.calls, agreements: cell.agreement === undefined ? [] : [cell.agreement] }
      : { state: 'empty', calls: 0, agreements: [] };
  };
  const groups = groupsOf(map);
  const all: { name: string; columns: Column[] }[] =
    by === 'unit'
      ? groups.map(({ name, units }) => ({ name, columns: units }))
      : groups.map(({ name, units }) => ({ name: '', columns: [{ id: units[0]?.id ?? name, name, of: units.flatMap(({ of }) => of) }] }));
  const columns = all.flatMap((group) => group.columns);
  const services = new Map(map.services.map((one) => [one.id, one]));
  const wholes = new Set(map.services.flatMap(({ parent }) => parent ?? []));
  const rows = map.services.map(({ id, name, owner }): Row => {
    const trade = tradeOf(id, services);
    return {
      id,
      name,
      trade: trade === '' && wholes.has(id) ? name : trade,
      owner,
      cells: columns.map(({ of }) => together(of.map((unit) => cellOf(id, unit)))),
    };
  });
  const isGap = ({ state }: Cell): boolean => STATES[state].gap;
  const kept = show === 'all' ? rows : rows.filter(({ cells }) => cells.some(isGap));
  const open = columns.map((_, index) => show === 'all' || kept.some(({ cells }) => cells[index] !== undefined && isGap(cells[index])));
  let from = 0;
  const spans = all.flatMap(({ name, columns: own }) => {
    const span = own.filter((_, index) => open[from + index]).length;
    from += own.length;
    return span === 0 ? [] : [{ name, span }];
  });
  return {
    groups: spans,
    columns: columns.filter((_, index) => open[index]),
    rows: kept.map((row) => ({ ...row, cells: row.cells.filter((_, index) => open[index]) })).sort(byWeight),
  };
}

export interface Place {
  row: number;
  column: number;
}

const within = (value: number, most: number): number => Math.max(0, Math.min(value, most - 1));

/** Where a key goes from a cell; undefined: the key is none of the map's. */
export function movedBy(key: string, far: boolean, { row, column }: Place, rows: number, columns: number): Place | undefined {
  const to = (nextRow: number, nextColumn: number): Place => ({ row: within(nextRow, rows), column: within(nextColumn, columns) });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'Home':
      return far ? to(0, 0) : to(row, 0);
    case 'End':
      return far ? to(rows, columns) : to(row, columns);
    case 'PageUp':
      return to(row - 10, column);
    case 'PageDown':
      return to(row + 10, column);
    default:
      return undefined;
  }
}

const calls = (count: number): string => `${count.toLocaleString('en-GB')} ${count === 1 ? 'call' : 'calls'}`;

/** Access and keys, Primary: used, not agreed, 12 calls */
export const sentenceOf = (row: Pick<Row, 'name'>, column: Pick<Column, 'name'>, cell: Cell, counted: boolean): string =>
  `${row.name}, ${column.name}: ${[
    counted || cell.state !== 'empty' ? STATES[cell.state].name.toLowerCase() : 'nothing agreed',
    ...cell.agreements,
    ...(counted && cell.state !== 'empty' ? [calls(cell.calls)] : []),
  ].join(', ')}`;

const FOUND: Readonly<Record<Finding['kind'], { name: string; state: State }>> = {
  cannot: { name: 'Promise cannot be kept', state: 'cannot' },
  missing: { name: 'A leg is missing', state: 'missing' },
  expired: { name: 'Expired, still used', state: 'expired' },
  notAgreed: { name: 'Used, not agreed', state: 'notAgreed' },
  lapses: { name: 'Lapses within 90 days', state: 'lapses' },
  lapsesBeneath: { name: 'Lapses beneath it', state: 'lapses' },
  tight: { name: 'Tight', state: 'tight' },
  unknown: { name: 'Not calculated', state: 'unknown' },
  unused: { name: 'Agreed, not used', state: 'unused' },
  noOwner: { name: 'Nobody owns it', state: 'empty' },
};
export const foundName = ({ kind }: Pick<Finding, 'kind'>): string => FOUND[kind].name;
export const foundState = ({ kind }: Pick<Finding, 'kind'>): State => FOUND[kind].state;

/** What is the matter, in a sentence. */
export function foundWords({ kind, calls: count, agreement = '', leg, at }: Finding, counted: boolean): string {
  const on = at === undefined ? '' : ` on ${momentDay(at - 1)}`;
  switch (kind) {
    case 'cannot':
    case 'tight':
      return leg === undefined || leg === 'own' ? `${agreement}: the time of whoever provides it binds.` : `${leg} binds ${agreement}.`;
    case 'missing':
      return `Nobody has agreed to what lies under ${agreement}.`;
    case 'expired':
      return `${agreement} ended${on}${counted ? `; ${calls(count)} since.` : '.'}`;
    case 'notAgreed':
      return `${calls(count)}. Nobody has promised anything.`;
    case 'lapses':
      return `${agreement} ends${on}.`;
    case 'lapsesBeneath':
      return `${leg ?? ''}, on which ${agreement} leans, ends${on}.`;
    case 'unknown':
      return `${agreement}: a time is not said, or it was brought in a moment ago and is calculated soon.`;
    case 'unused':
      return `No call, and still agreed in ${agreement}.`;
    case 'noOwner':
      return 'Nobody speaks for it when it is asked about.';
  }
}

/** Which cells a finding is about, as they stand in a grid. */
export function placesOf({ rows, columns }: Grid, { service, customers }: Pick<Finding, 'service' | 'customers'>): Place[] {
  const row = rows.findIndex(({ id }) => id === service);
  if (row < 0) return [];
  return columns.flatMap(({ of }, column) => (of.some((unit) => customers.includes(unit)) ? [{ row, column }] : []));
}

/** 97.1 %; none of none is no share. */
export const share = ({ n, of }: { n: number; of: number }): string | undefined =>
  of === 0 ? undefined : `${String(Math.floor((n / of) * 1_000) / 10)} %`;
