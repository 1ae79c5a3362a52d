/** The hand-off board as the page filters, orders and words it. Pure. */
import { processKey } from '../../../src/contract/common';
import type { HandoffBoard, HandoffRow } from '../../../src/contract';
import type { Tone } from '../../shared/kinds';
import { DAY, moment, momentToTheMinute, remaining, span } from '../../shared/time';
import { matches } from '../../setup/ui/words';
import { everybody, type Group, type ListKey, type Listed, orderingOf, type ReadyBy, type Sort, type SortKey, type View } from './view';

/** Parts of a board read one after the other; the later answer is right about what both tell. */
export function joined(before: HandoffBoard, next: HandoffBoard): HandoffBoard {
  const rows = new Map([...before.rows, ...next.rows].map((row) => [row.id, row]));
  return { ...next, rows: [...rows.values()], hidden: before.hidden + next.hidden };
}

export const cameBack = ({ state }: HandoffRow): boolean => state === 'returned' || state === 'failed';
const accepted = ({ state }: HandoffRow): boolean => state === 'accepted';

const past = (at: number | undefined, now: number): number => (at !== undefined && remaining(at, now).late ? now - at : 0);

/** What is late about it: being ready, the answer to a return, or accepting. */
export function lateness({ state, readyBy, returned, acceptBy }: HandoffRow, now: number): { ms: number; text: string } | undefined {
  const unready = past(readyBy, now);
  if (unready > 0) return { ms: unready, text: `${span(unready)} late` };
  const unanswered = state === 'returned' && returned ? now - returned.at : 0;
  if (unanswered >= DAY) return { ms: unanswered, text: `${span(unanswered)}, no answer` };
  const unaccepted = state === 'asked' ? past(acceptBy, now) : 0;
  return unaccepted > 0 ? { ms: unaccepted, text: `${span(unaccepted)} late to accept` } : undefined;
}
export const isLate = (row: HandoffRow, now: number): boolean => lateness(row, now) !== undefined;

/** Who has to move: the asked side, or whoever asked once it came back. */
export const mover = (row: HandoffRow): { team?: string; person?: string } => {
  const team = cameBack(row) ? row.from?.team?.name : row.team?.name;
  const person = cameBack(row) ? row.askedBy.name : row.owner?.name;
  return { ...(team !== undefined && { team }), ...(person !== undefined && { person }) };
};

/** Whose side "we" are on. Where we are everybody, everything waits on us. */
function sides(row: HandoffRow, view: View): { asked: boolean; asks: boolean } {
  const { team, mine } = view;
  const all = everybody(view);
  return {
    // Whoever speaks for a supplier sees to it that it moves.
    asked: all || ((team === '' || row.team?.id === team || row.supplier?.speaker?.id === team) && (!mine || row.mine.asked)),
    asks: all || ((team === '' || row.from?.team?.id === team) && (!mine || row.mine.asks)),
  };
}

const LAST = Number.MAX_SAFE_INTEGER;
const byDue = (one: HandoffRow, other: HandoffRow): number => (one.readyBy ?? LAST) - (other.readyBy ?? LAST) || one.askedAt - other.askedAt;
const byAge = (one: HandoffRow, other: HandoffRow): number => one.askedAt - other.askedAt;

const byLateness =
  (now: number) =>
  (one: HandoffRow, other: HandoffRow): number =>
    (lateness(other, now)?.ms ?? 0) - (lateness(one, now)?.ms ?? 0) || byDue(one, other);

/** The oldest are a repetition on purpose, so they stay few. */
export const OLDEST_SHOWN = 3;

export type Lists = Record<ListKey, HandoffRow[]>;

/** The end of the day or of the week (Sunday) in which this moment lies, in the browser's zone. */
function endOf(part: Exclude<ReadyBy, ''>, now: number): number {
  const day = new Date(now);
  const left = part === 'today' ? 1 : 8 - (day.getDay() || 7);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + left).getTime();
}

const isReadyBy = ({ readyBy }: HandoffRow, part: ReadyBy, now: number): boolean =>
  part === '' || (readyBy !== undefined && readyBy < endOf(part, now));

const fits = (row: HandoffRow, view: View, now: number): boolean =>
  (view.service === '' || row.service === view.service) &&
  (view.customer === '' || row.from?.customer === view.customer) &&
  (view.process === '' || row.process === view.process) &&
  (!view.late || isLate(row, now)) &&
  isReadyBy(row, view.readyBy, now) &&
  matches(view.words, row.key, row.summary, row.what, row.from?.key, row.from?.customer, row.askedBy.name);

/** What is done from here: nobody accepts for those they ask, nor reminds themselves. */
function mayHere(row: HandoffRow, view: View): HandoffRow['may'] {
  const accept = row.may.accept && sides(row, view).asked;
  return { ...row.may, accept, remind: row.may.remind && !accept };
}

export function listsOf(rows: readonly HandoffRow[], view: View, now: number): Lists {
  const shown = rows.filter((row) => fits(row, view, now)).map((row) => ({ ...row, may: mayHere(row, view) }));
  const running = shown.filter((row) => !cameBack(row));
  const us = running.filter((row) => sides(row, view).asked);
  const others = running.filter((row) => sides(row, view).asks && !sides(row, view).asked);
  const returned = shown.filter((row) => cameBack(row) && sides(row, view).asks);
  return {
    us: us.sort((one, other) => Number(accepted(one)) - Number(accepted(other)) || byDue(one, other)),
    others: others.sort(byLateness(now)),
    returned: returned.sort(byAge),
    oldest: [...us, ...others, ...returned].sort(byAge).slice(0, OLDEST_SHOWN),
  };
}

export const listedOf = (lists: Lists, listed: Listed): HandoffRow[] =>
  listed === 'all' ? [...lists.us, ...lists.others, ...lists.returned] : lists[listed];

/** Cards of a column that stand open at first. */
const OPEN_AT_FIRST = 8;

/** What of a column is folded: accepted and on time, or more than can be taken in. */
export function folded(list: ListKey, rows: readonly HandoffRow[], now: number): { open: HandoffRow[]; rest: HandoffRow[] } {
  const calm = (row: HandoffRow): boolean => list === 'us' && accepted(row) && !isLate(row, now);
  const open = rows.filter((row) => !calm(row)).slice(0, OPEN_AT_FIRST);
  return { open, rest: rows.filter((row) => !open.includes(row)) };
}

/** "Show 5 accepted", "Show 2 more, 1 late". */
export function foldWords(rest: readonly HandoffRow[], now: number): string {
  const late = rest.filter((row) => isLate(row, now)).length;
  return `Show ${String(rest.length)} ${rest.every(accepted) ? 'accepted' : 'more'}${late === 0 ? '' : `, ${String(late)} late`}`;
}

const words = (one: string | undefined, other: string | undefined): number =>
  (one === undefined ? 1 : 0) - (other === undefined ? 1 : 0) || (one ?? '').localeCompare(other ?? '', undefined, { numeric: true });

const STATE_ORDER: readonly HandoffRow['state'][] = ['prepared', 'asked', 'returned', 'failed', 'accepted'];

const ORDER: Record<SortKey, (one: HandoffRow, other: HandoffRow) => number> = {
  item: (one, other) => words(one.key, other.key),
  what: (one, other) => words(one.what, other.what),
  mover: (one, other) => words(mover(one).team, mover(other).team),
  service: (one, other) => words(one.service, other.service),
  ready: byDue,
  // The younger first: an age is a span.
  age: (one, other) => other.askedAt - one.askedAt,
  state: (one, other) => STATE_ORDER.indexOf(one.state) - STATE_ORDER.indexOf(other.state),
};

/** In the order that was asked for; what is equal stays as it stands on the board. */
export function inOrder(rows: readonly HandoffRow[], sort: Sort): HandoffRow[] {
  const ordering = orderingOf(sort);
  if (!ordering) return [...rows];
  const compare = ORDER[ordering.by];
  return [...rows].sort((one, other) => (ordering.direction === 'ascending' ? compare(one, other) : compare(other, one)));
}

const NONE: Record<Exclude<Group, 'none'>, string> = { team: 'No team', service: 'No service' };

/** The lines under their headings; one part without a heading while they are not grouped. */
export function grouped(rows: readonly HandoffRow[], group: Group): { name: string; rows: HandoffRow[] }[] {
  if (group === 'none') return rows.length === 0 ? [] : [{ name: '', rows: [...rows] }];
  const parts = new Map<string, HandoffRow[]>();
  for (const row of rows) {
    const name = (group === 'team' ? mover(row).team : row.service) ?? NONE[group];
    parts.set(name, [...(parts.get(name) ?? []), row]);
  }
  return [...parts].map(([name, part]) => ({ name, rows: part })).sort((one, other) => one.name.localeCompare(other.name));
}

interface Choice {
  value: string;
  name: string;
}

const sorted = (choices: Iterable<readonly [string, string]>): Choice[] =>
  [...new Map(choices)].map(([value, name]) => ({ value, name })).sort((one, other) => one.name.localeCompare(other.name));

const named = (names: readonly (string | undefined)[]): Choice[] =>
  sorted(names.flatMap((name) => (name === undefined ? [] : [[name, name] as const])));

/** Teams in which this person stands for a side. */
const ownTeams = (rows: readonly HandoffRow[]): Set<string> =>
  new Set(
    rows.flatMap(({ mine, team, from }) => [mine.asked ? team?.id : undefined, mine.asks ? from?.team?.id : undefined].flatMap((id) => id ?? [])),
  );

interface Choices {
  teams: Choice[];
  processes: Choice[];
  customers: Choice[];
  services: Choice[];
}

/** What can be filtered by: what stands on the board, one's own teams first. */
export function choicesOf(rows: readonly HandoffRow[]): Choices {
  const own = ownTeams(rows);
  const teams = sorted(
    rows.flatMap(({ team, from, supplier }) => [team, from?.team, supplier?.speaker].flatMap((one) => (one ? [[one.id, one.name] as const] : []))),
  );
  return {
    teams: teams.sort((one, other) => Number(own.has(other.value)) - Number(own.has(one.value))),
    processes: processKey.options.flatMap((key) => {
      const row = rows.find(({ process }) => process === key);
      return row ? [{ value: key, name: row.verb }] : [];
    }),
    customers: named(rows.map(({ from }) => from?.customer)),
    services: named(rows.map(({ service }) => service)),
  };
}

const STATES: Record<HandoffRow['state'], { text: string; tone: Tone }> = {
  prepared: { text: 'Not made yet', tone: 'warning' },
  asked: { text: 'Not accepted', tone: 'neutral' },
  accepted: { text: 'Accepted', tone: 'information' },
  returned: { text: 'Returned', tone: 'warning' },
  failed: { text: 'Ended undone', tone: 'warning' },
};
export const stateOf = ({ state }: HandoffRow): { text: string; tone: Tone } => STATES[state];

/** What it keeps waiting: "Holds NSS-142, Sint Lucas, due 13:30". */
export function consequence({ from, reason }: HandoffRow, now: number): string {
  if (reason !== undefined) return `“${reason}”`;
  if (!from) return 'Asked from work you may not see';
  const rest = [from.customer, from.dueBy === undefined ? undefined : `due ${moment(from.dueBy, now)}`].filter((one) => one !== undefined);
  return [`${from.held ? 'Holds' : 'Follows from'} ${from.key}`, ...rest].join(', ');
}

/** By which processes it goes: "Recover", "Change". */
export const wayOf = ({ from, verb, supplier }: HandoffRow): { from?: string; to: string } => ({
  ...(from && { from: from.verb }),
  to: supplier ? 'Supplier' : verb,
});

/** "42 min ago" below a day, then "9 Nov". */
const since = (at: number, now: number): string => (now - at < DAY ? `${span(now - at)} ago` : moment(at, now));

/** Its latest turn: "asked 42 min ago". */
export function turnOf({ state, askedAt, acceptedAt, returned }: HandoffRow, now: number): string {
  if (state === 'prepared') return 'not made yet';
  if (state === 'failed') return 'ended undone';
  if (state === 'returned' && returned) return `returned ${since(returned.at, now)}`;
  if (state === 'accepted' && acceptedAt !== undefined) return `accepted ${since(acceptedAt, now)}`;
  return `asked ${since(askedAt, now)}`;
}

/** The moment that counts next, or by how much it is past. */
export function countsNext(row: HandoffRow, now: number): { text: string; late: boolean } {
  const late = lateness(row, now);
  if (late) return { text: late.text, late: true };
  if (cameBack(row) && row.from?.held === true) return { text: `holds ${row.from.key}`, late: false };
  if (row.state === 'asked' && row.acceptBy !== undefined) return { text: `accept by ${momentToTheMinute(row.acceptBy, now)}`, late: false };
  return { text: row.readyBy === undefined ? 'no date' : `ready by ${momentToTheMinute(row.readyBy, now)}`, late: false };
}

/** The moment and, where it is late, what about it is. */
export function readiness(row: HandoffRow, now: number): { by: string; late?: string } {
  const late = lateness(row, now)?.text;
  return { by: row.readyBy === undefined ? 'No date' : momentToTheMinute(row.readyBy, now), ...(late !== undefined && { late }) };
}
