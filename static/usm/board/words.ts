/** What the columns say: who we are, what stands in them, and what to do where nothing does. Pure. */
import type { HandoffBoard } from '../../../src/contract';
import { moment } from '../../shared/time';
import { choicesOf } from './list';
import { everybody, type Listed, type ListKey, narrows, type View } from './view';

type Rows = HandoffBoard['rows'];

/** Who we are: a team, whoever looks, or nobody in particular. */
export function whoWeAre(rows: Rows, view: View): string | undefined {
  if (everybody(view)) return undefined;
  const team = view.team === '' ? undefined : (choicesOf(rows).teams.find((one) => one.value === view.team)?.name ?? 'this team');
  return [team, view.mine ? 'me' : undefined].filter((one) => one !== undefined).join(', ');
}

export function nameOf(list: Listed, view: View): string {
  switch (list) {
    case 'all':
      return 'All';
    case 'us':
      return everybody(view) ? 'Waiting' : view.mine ? 'Waiting on me' : 'Waiting on us';
    case 'others':
      return 'Waiting on others';
    case 'returned':
      return 'Returned';
    case 'oldest':
      return 'Oldest';
  }
}

/** What the column holds, and in which order. */
export function about(list: ListKey, who: string | undefined): string {
  switch (list) {
    case 'us':
      return who === undefined ? 'not accepted comes first' : `asked of ${who}; not accepted comes first`;
    case 'others':
      return who === undefined ? 'known once we are a team' : `asked by ${who}, still running`;
    case 'returned':
      return who === undefined ? 'came back with a reason' : `came back to ${who} with a reason`;
    case 'oldest':
      return 'across all columns, open longest';
  }
}

export interface Empty {
  title: string;
  /** What to do, or what will stand here. */
  text: string;
}

/** Of an empty column. */
export function emptyOf(list: ListKey, rows: Rows, view: View, now: number): Empty {
  if (narrows(view)) return { title: 'Nothing here fits the filters.', text: 'Clear filters shows everything.' };
  const who = whoWeAre(rows, view);
  const oldest = Math.min(...rows.map((one) => one.askedAt));
  const open = Number.isFinite(oldest) ? `Oldest open hand-off: ${moment(oldest, now)}.` : 'Nothing is open.';
  switch (list) {
    case 'us':
      return { title: who === undefined ? 'Nothing waits.' : `Nothing waits on ${who}.`, text: open };
    case 'others':
      return who === undefined
        ? { title: 'Whose view is it?', text: 'Choose a team in We are: what it asked of others then stands here.' }
        : { title: `Nothing that ${who} asked waits.`, text: 'Work is handed over from the panel USM process of a work item.' };
    case 'returned':
      return { title: 'Nothing came back.', text: 'What is returned waits here for an answer.' };
    case 'oldest':
      return { title: 'Nothing is open.', text: 'What is asked of another process stands here until it is fulfilled.' };
  }
}

const STALE_MS = 5 * 60_000;
export const isStale = (asOf: number, now: number): boolean => now - asOf >= STALE_MS;
