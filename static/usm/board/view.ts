/** What of the hand-offs is shown, and in which form; kept in the address, so that it can be sent. Pure. */
import { processKey } from '../../../src/contract/common';

export const LISTS = ['us', 'others', 'returned', 'oldest'] as const;
export type ListKey = (typeof LISTS)[number];

const FORMS = ['board', 'list'] as const;
export type Form = (typeof FORMS)[number];

const LISTED = ['all', ...LISTS] as const;
/** all: each hand-off once, whatever column it stands in. */
export type Listed = (typeof LISTED)[number];

const GROUPS = ['none', 'team', 'service'] as const;
export type Group = (typeof GROUPS)[number];

const MOMENTS = ['', 'today', 'week'] as const;
export type ReadyBy = (typeof MOMENTS)[number];

export const SORTS = ['item', 'what', 'mover', 'service', 'ready', 'age', 'state'] as const;
export type SortKey = (typeof SORTS)[number];
/** "-age": the highest first. Empty: as on the board. */
export type Sort = '' | SortKey | `-${SortKey}`;
const ORDERS: readonly Sort[] = ['', ...SORTS, ...SORTS.map((key) => `-${key}` as const)];

/** Empty: everything. */
export interface View {
  as: Form;
  list: Listed;
  team: string;
  process: string;
  customer: string;
  service: string;
  readyBy: ReadyBy;
  late: boolean;
  mine: boolean;
  words: string;
  group: Group;
  sort: Sort;
}

export const EVERYTHING: View = {
  as: 'board',
  list: 'all',
  team: '',
  process: '',
  customer: '',
  service: '',
  readyBy: '',
  late: false,
  mine: false,
  words: '',
  group: 'none',
  sort: '',
};

/** How it is shown, whatever is filtered. */
export const looksOf = ({ as, list, group, sort }: View): Pick<View, 'as' | 'list' | 'group' | 'sort'> => ({ as, list, group, sort });

const oneOf = <Value extends string>(values: readonly Value[], text: string | null, otherwise: Value): Value =>
  values.find((value) => value === text) ?? otherwise;

export function toView(search: string): View {
  const asked = new URLSearchParams(search);
  const text = (name: string): string => asked.get(name) ?? '';
  return {
    as: oneOf(FORMS, asked.get('as'), EVERYTHING.as),
    list: oneOf(LISTED, asked.get('list'), EVERYTHING.list),
    team: text('team'),
    process: oneOf(['', ...processKey.options], asked.get('process'), ''),
    customer: text('customer'),
    service: text('service'),
    readyBy: oneOf(MOMENTS, asked.get('readyBy'), EVERYTHING.readyBy),
    late: asked.get('late') === 'yes',
    mine: asked.get('mine') === 'yes',
    words: text('words'),
    group: oneOf(GROUPS, asked.get('group'), EVERYTHING.group),
    sort: oneOf(ORDERS, asked.get('sort'), EVERYTHING.sort),
  };
}

const TEXTS = ['as', 'list', 'team', 'process', 'customer', 'service', 'readyBy', 'words', 'group', 'sort'] as const;

/** "?team=10020&late=yes"; only what differs from everything. */
export function toSearch(view: View): string {
  const asked = new URLSearchParams();
  for (const key of TEXTS) if (view[key] !== EVERYTHING[key]) asked.set(key, view[key]);
  for (const key of ['late', 'mine'] as const) if (view[key]) asked.set(key, 'yes');
  const text = asked.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether rows are left out, other than by who we are. */
export const narrows = (view: View): boolean => toSearch({ ...view, ...looksOf(EVERYTHING), team: '', mine: false }) !== '';

/** Nobody in particular is "us". */
export const everybody = ({ team, mine }: View): boolean => team === '' && !mine;

export interface Ordering {
  by: SortKey;
  direction: 'ascending' | 'descending';
}

export function orderingOf(sort: Sort): Ordering | undefined {
  const by = SORTS.find((key) => sort === key || sort === `-${key}`);
  return by && { by, direction: sort === by ? 'ascending' : 'descending' };
}

/** By this column; by it already: the other way round. */
export const sortedBy = (by: SortKey, before: Sort): Sort => (before === by ? `-${by}` : by);
