/** The hand-off board as the page filters, orders and words it. Pure. */
import { processKey } from '../../../src/contract/common';
import type { HandoffBoard, HandoffRow } from '../../../src/contract';
import type { Tone } from '../../shared/kinds';
import { moment, momentToTheMinute, remaining } from '../../shared/time';
import { matches } from '../../setup/ui/words';

export const LISTS = ['us', 'others', 'returned', 'oldest'] as const;
export type ListKey = (typeof LISTS)[number];

const GROUPS = ['none', 'team', 'service'] as const;
export type Group = (typeof GROUPS)[number];

/** What is shown; kept in the address. Empty: everything. */
export interface View {
  list: ListKey;
  team: string;
  service: string;
  process: string;
  mine: boolean;
  words: string;
  group: Group;
}

export const EVERYTHING: View = { list: 'us', team: '', service: '', process: '', mine: false, words: '', group: 'none' };

const oneOf = <Value extends string>(values: readonly Value[], text: string | null, otherwise: Value): Value =>
  values.find((value) => value === text) ?? otherwise;

export function toView(search: string): View {
  const asked = new URLSearchParams(search);
  const text = (name: string): string => asked.get(name) ?? '';
  return {
    list: oneOf(LISTS, asked.get('list'), EVERYTHING.list),
    team: text('team'),
    service: text('service'),
    process: oneOf(['', ...processKey.options], asked.get('process'), ''),
    mine: asked.get('mine') === 'yes',
    words: text('words'),
    group: oneOf(GROUPS, asked.get('group'), EVERYTHING.group),
  };
}

/** "?team=10020&mine=yes"; only what differs from everything. */
export function toSearch(view: View): string {
  const asked = new URLSearchParams();
  for (const key of ['list', 'team', 'service', 'process', 'words', 'group'] as const) if (view[key] !== EVERYTHING[key]) asked.set(key, view[key]);
  if (view.mine) asked.set('mine', 'yes');
  const text = asked.toString();
  return text === '' ? '' : `?${text}`;
}

/** Parts of a board read one after the other; the later answer is right about what both tell. */
export function joined(before: HandoffBoard, next: HandoffBoard): HandoffBoard {
  const rows = new Map([...before.rows, ...next.rows].map((row) => [row.id, row]));
  return { ...next, rows: [...rows.values()], hidden: before.hidden + next.hidden };
}

const cameBack = ({ state }: HandoffRow): boolean => state === 'returned' || state === 'failed';
const accepted = ({ state }: HandoffRow): boolean => state === 'accepted';
export const isLate = ({ readyBy }: HandoffRow, now: number): boolean => readyBy !== undefined && remaining(readyBy, now).late;

/** Who has to move: the asked side, or whoever asked once it came back. */
export const mover = (row: HandoffRow): { team?: string; person?: string } => {
  const team = cameBack(row) ? row.from?.team?.name : row.team?.name;
  const person = cameBack(row) ? row.askedBy.name : row.owner?.name;
  return { ...(team !== undefined && { team }), ...(person !== undefined && { person }) };
};

/** Nobody in particular is "us". */
export const everybody = ({ team, mine }: View): boolean => team === '' && !mine;

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

/** The oldest are a repetition on purpose, so they stay few. */
export const OLDEST_SHOWN = 10;

export type Lists = Record<ListKey, HandoffRow[]>;

export function listsOf(rows: readonly HandoffRow[], view: View): Lists {
  const shown = rows.filter(
    (row) =>
      (view.service === '' || row.service === view.service) &&
      (view.process === '' || row.process === view.process) &&
      matches(view.words, row.key, row.summary, row.what, row.from?.key, row.from?.customer, row.askedBy.name),
  );
  const running = shown.filter((row) => !cameBack(row));
  const us = running.filter((row) => sides(row, view).asked);
  const others = running.filter((row) => sides(row, view).asks && !sides(row, view).asked);
  const returned = shown.filter((row) => cameBack(row) && sides(row, view).asks);
  return {
    us: us.sort((one, other) => Number(accepted(one)) - Number(accepted(other)) || byDue(one, other)),
    others: others.sort(byDue),
    returned: returned.sort(byAge),
    oldest: [...us, ...others, ...returned].sort(byAge).slice(0, OLDEST_SHOWN),
  };
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

/** What can be filtered by: what stands on the board. */
export const choicesOf = (rows: readonly HandoffRow[]): { teams: Choice[]; services: Choice[]; processes: Choice[] } => ({
  teams: sorted(
    rows.flatMap(({ team, from, supplier }) => [team, from?.team, supplier?.speaker].flatMap((one) => (one ? [[one.id, one.name] as const] : []))),
  ),
  services: sorted(rows.flatMap(({ service }) => (service === undefined ? [] : [[service, service] as const]))),
  processes: processKey.options.flatMap((key) => {
    const row = rows.find(({ process }) => process === key);
    return row ? [{ value: key, name: row.verb }] : [];
  }),
});

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

/** The moment and, once it is past, by how much. */
export function readiness({ readyBy }: HandoffRow, now: number): { by: string; late?: string } {
  if (readyBy === undefined) return { by: 'No date' };
  const { late, text } = remaining(readyBy, now);
  return { by: momentToTheMinute(readyBy, now), ...(late && { late: text }) };
}
