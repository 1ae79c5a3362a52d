/** Counting work items by one of their fields, and the ring that shows it. */
import { quoted } from '../../jql';
import type { FoundItem } from '../../schemas';

type Fields = FoundItem['fields'];

interface Value {
  name: string;
  /** What a query names it by. */
  inQuery: string;
}
interface Statistic {
  label: string;
  /** The field in a query. */
  field: string;
  of: (fields: Fields) => Value | undefined;
}

const named = ({ name }: { name: string }): Value => ({ name, inQuery: name });
const person = (one: Fields['assignee']): Value | undefined => (one ? { name: one.displayName, inQuery: one.accountId } : undefined);

export const STATUS: Statistic = { label: 'Status', field: 'status', of: ({ status }) => named(status) };

/** By Jira's names of them. */
export const STATISTICS: Record<string, Statistic> = {
  statuses: STATUS,
  assignees: { label: 'Assignee', field: 'assignee', of: ({ assignee }) => person(assignee) },
  issuetype: { label: 'Work type', field: 'issuetype', of: ({ issuetype }) => named(issuetype) },
  reporter: { label: 'Reporter', field: 'reporter', of: ({ reporter }) => person(reporter) },
};
export const FIRST_STATISTIC = 'statuses';

export interface Part {
  name: string;
  count: number;
  /** Of all, between 0 and 1. */
  share: number;
  jql: string;
}

const SHOWN = 7;

/** The parts, largest first; of a long tail one part is made, which leads to all. */
export function partsOf(items: readonly { fields: Fields }[], statistic: Statistic, jql: string): Part[] {
  const parts = new Map<string | undefined, Part>();
  for (const { fields } of items) {
    const value = statistic.of(fields);
    const condition = value ? `= ${quoted(value.inQuery)}` : 'is EMPTY';
    const part = parts.get(value?.inQuery) ?? {
      name: value?.name ?? 'None',
      count: 0,
      share: 0,
      jql: `(${jql}) AND ${statistic.field} ${condition}`,
    };
    part.count += 1;
    part.share = part.count / items.length;
    parts.set(value?.inQuery, part);
  }
  const all = [...parts.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  if (all.length <= SHOWN + 1) return all;
  const count = all.slice(SHOWN).reduce((sum, one) => sum + one.count, 0);
  return [...all.slice(0, SHOWN), { name: 'Others', count, share: count / items.length, jql }];
}

/** The outline of a part of a ring that begins at `from` and is `share` of it, around 0,0. */
export function arc(from: number, share: number, outer: number, inner: number): string {
  // A whole ring would begin where it ends, and be nothing.
  const end = from + Math.min(share, 0.9999);
  const at = (turn: number, radius: number): string =>
    `${(radius * Math.sin(turn * 2 * Math.PI)).toFixed(3)} ${(-radius * Math.cos(turn * 2 * Math.PI)).toFixed(3)}`;
  const large = end - from > 0.5 ? 1 : 0;
  return `M${at(from, outer)} A${outer} ${outer} 0 ${large} 1 ${at(end, outer)} L${at(end, inner)} A${inner} ${inner} 0 ${large} 0 ${at(from, inner)} Z`;
}
