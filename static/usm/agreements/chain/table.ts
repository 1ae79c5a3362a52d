/** The chain as a table: a row for each line of the arithmetic, a column for each leg, and how it adds up. Pure. */
import { type Chain, formulaOf, formulaText, type Leg, legsOf, type Line, OWN, type Part } from '../../../../src/contract/agreements';
import { hours, momentDay, percent } from '../words';
import { isTimed, leftWords } from './trial';

export interface Column {
  id: string;
  /** Whether it adds up with those before it, or the longest counts. */
  group: 'row' | 'side';
}

/** Legs and missing contributions in order, each with how it stands to its neighbours. The own handling is a column of its own. */
export function columnsOf(legs: Part | undefined): Column[] {
  const walk = (part: Part, group: Column['group']): Column[] => {
    if ('leg' in part) return [{ id: part.leg.id, group }];
    if ('missing' in part) return [{ id: part.missing, group }];
    return 'row' in part ? part.row.flatMap((one) => walk(one, 'row')) : part.side.flatMap((one) => walk(one, 'side'));
  };
  return legs ? walk(legs, 'row') : [];
}

export interface Group {
  group: Column['group'];
  span: number;
}

/** Neighbours of one kind under one heading. */
export function groupsOf(columns: readonly Column[]): Group[] {
  const groups: Group[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last?.group === group) last.span += 1;
    else groups.push({ group, span: 1 });
  }
  return groups;
}

/** What stands beside the chain: names of hours and last days, by id of the leg. */
export interface Beside {
  hours: ReadonlyMap<string, string>;
  validUntil: ReadonlyMap<string, string>;
  /** Of the promised hours. */
  promisedHours: string;
}

/** The calendar of the promise says in which zone a day ends. */
export const zoneOf = ({ hours: id, calendars }: Chain): string | undefined => (id === undefined ? undefined : calendars[id]?.timeZone);

/** A line's promise or sum; the end of a day is written as that day. */
export function figure({ kind }: Pick<Line, 'kind'>, value: number | undefined, timeZone: string | undefined): string {
  if (value === undefined) return '';
  if (kind === 'availability') return percent(value);
  if (kind === 'until') return momentDay(value - 1, timeZone);
  return kind === 'hours' ? '' : hours(value);
}

export const promiseFigure = (line: Line, chain: Chain, beside: Beside): string =>
  line.kind === 'hours'
    ? beside.promisedHours
    : line.kind === 'until'
      ? figure(line, line.promised, zoneOf(chain)) || 'no end'
      : figure(line, line.promised, undefined);

/** What a leg says to a line; words where there is no number. */
export function cellOf(leg: Leg | undefined, line: Line, beside: Beside): string {
  if (!leg) return 'nobody yet';
  if (isTimed(line)) {
    const value = leg.minutes[line.key];
    return value === null ? 'no part' : value === undefined ? 'not agreed' : hours(value);
  }
  if (line.kind === 'availability') return leg.availability === undefined ? (leg.id === OWN ? '' : 'not agreed') : percent(leg.availability);
  if (line.kind === 'hours') return beside.hours.get(leg.id) ?? (leg.hours === undefined ? 'not agreed' : leg.hours);
  return leg.id === OWN ? '' : (beside.validUntil.get(leg.id) ?? 'no end');
}

/** 0:30 + max(1:00 + 3:00, 2:00), or the rule in a word. */
export function formulaWords(chain: Chain, line: Line): string {
  switch (line.kind) {
    case 'respond':
      return 'the longest';
    case 'deliver': {
      const formula = formulaOf(chain, { key: line.key, kind: line.kind });
      return formula ? formulaText(formula, hours) : '';
    }
    case 'availability':
      return 'the product';
    case 'hours':
      return 'each covers the promise';
    case 'until':
      return 'the earliest';
  }
}

export interface Row {
  line: Line;
  promise: string;
  own: string;
  /** In the order of the columns; `binds`: the leg to mend first. */
  cells: { text: string; binds: boolean }[];
  formula: string;
  sum: string;
  left: string;
}

export function rowsOf(chain: Chain, lines: readonly Line[], columns: readonly Column[], beside: Beside): Row[] {
  const legs = new Map(legsOf(chain).map((leg) => [leg.id, leg]));
  return lines.map((line) => ({
    line,
    promise: promiseFigure(line, chain, beside),
    own: chain.own ? cellOf(chain.own, line, beside) : 'nobody yet',
    cells: columns.map(({ id }) => ({ text: cellOf(legs.get(id), line, beside), binds: line.binding === id })),
    formula: formulaWords(chain, line),
    sum: line.state === 'unknown' ? '' : figure(line, line.sum, zoneOf(chain)),
    left: leftWords(line),
  }));
}

/** 2 of 9 cannot be kept, 3 are tight. */
export function totalWords(lines: readonly Line[]): string {
  const count = (state: Line['state']): number => lines.filter((line) => line.state === state).length;
  const of = `of ${String(lines.length)} promises`;
  const [cannot, tight, unknown] = [count('cannot'), count('tight'), count('unknown')];
  const words = [
    cannot > 0 && `${String(cannot)} cannot be kept`,
    tight > 0 && `${String(tight)} ${tight === 1 ? 'is' : 'are'} tight`,
    unknown > 0 && `${String(unknown)} ${unknown === 1 ? 'is' : 'are'} not calculated`,
  ].filter((one) => one !== false);
  return words.length === 0 ? `All ${String(lines.length)} promises hold.` : `${of.charAt(0).toUpperCase()}${of.slice(1)}: ${words.join(', ')}.`;
}
