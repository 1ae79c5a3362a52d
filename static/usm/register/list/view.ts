/** Which items are listed, in which order; kept in the address, so that it can be sent. Pure. */
import { lifeKey } from '../../../../src/contract/register';
import { freshness, REGISTER_SORTS, type RegisterFilters, type RegisterSort, type RegisterView } from '../../../../src/contract/register-calls';

export type SortKey = RegisterSort['by'];

/** Empty: all. Several are written with commas between. */
export interface View {
  words: string;
  class: string;
  life: string;
  verified: string;
  keeper: string;
  customer: string;
  service: string;
  agreement: string;
  location: string;
  /** "yes": under a change that is running. */
  changing: string;
  /** "yes": no longer named by a file. */
  gone: string;
  /** "-name": the last first. */
  sort: string;
}

export const EVERYTHING: View = {
  words: '',
  class: '',
  life: '',
  verified: '',
  keeper: '',
  customer: '',
  service: '',
  agreement: '',
  location: '',
  changing: '',
  gone: '',
  sort: 'key',
};

const KEYS = Object.keys(EVERYTHING) as (keyof View)[];
const MOST_CHARS = 2_000;

export function toView(search: string): View {
  const asked = new URLSearchParams(search);
  const view = { ...EVERYTHING };
  for (const key of KEYS) view[key] = (asked.get(key) ?? EVERYTHING[key]).slice(0, MOST_CHARS);
  return view;
}

/** "?class=network&words=3B"; only what differs from everything. */
export function toSearch(view: View): string {
  const asked = new URLSearchParams();
  for (const key of KEYS) if (view[key] !== EVERYTHING[key]) asked.set(key, view[key]);
  const text = asked.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether rows are left out. */
export const narrows = (view: View): boolean => toSearch({ ...view, sort: EVERYTHING.sort }) !== '';

export const listOf = (text: string): string[] => text.split(',').filter((one) => one !== '');

/** One of several ticked or not. */
export function ticked(text: string, key: string): string {
  const all = listOf(text);
  return (all.includes(key) ? all.filter((one) => one !== key) : [...all, key]).join(',');
}

export function ordering(sort: string): RegisterSort {
  const by = REGISTER_SORTS.find((key) => sort === key || sort === `-${key}`);
  return by === undefined ? { by: 'key', down: false } : { by, down: sort !== by };
}

const known = <T>(schema: { safeParse(value: unknown): { data?: T | undefined } }, text: string): T[] =>
  listOf(text).flatMap((one) => {
    const { data } = schema.safeParse(one);
    return data === undefined ? [] : [data];
  });

/** As the call takes it. */
export const filtersOf = (view: View): Partial<RegisterFilters> => ({
  ...(view.words.trim() !== '' && { search: view.words.trim().slice(0, 100) }),
  ...(view.class !== '' && { classes: listOf(view.class) }),
  ...(view.life !== '' && { lives: known(lifeKey, view.life) }),
  ...(view.verified !== '' && { verified: known(freshness, view.verified) }),
  ...(view.keeper !== '' && { keeper: view.keeper }),
  ...(view.customer !== '' && { customer: view.customer }),
  ...(view.service !== '' && { service: view.service }),
  ...(view.agreement !== '' && { agreement: view.agreement }),
  ...(view.location !== '' && { location: view.location }),
  ...(view.changing === 'yes' && { changing: true }),
  ...(view.gone === 'yes' && { gone: true }),
});

/** As a saved view says it. */
export const viewOf = ({ filters, sort }: Pick<RegisterView, 'filters' | 'sort'>): View => ({
  words: filters.search,
  class: filters.classes.join(','),
  life: filters.lives.join(','),
  verified: filters.verified.join(','),
  keeper: filters.keeper ?? '',
  customer: filters.customer ?? '',
  service: filters.service ?? '',
  agreement: filters.agreement ?? '',
  location: filters.location ?? '',
  changing: filters.changing === true ? 'yes' : '',
  gone: filters.gone === true ? 'yes' : '',
  sort: sort.down ? `-${sort.by}` : sort.by,
});

/** By this column; by it already: the other way round; then as it was. */
export function sortedBy(by: SortKey, before: string): string {
  if (before === by) return `-${by}`;
  return before === `-${by}` ? EVERYTHING.sort : by;
}

/** The filters that name one thing, each by a button of its own. */
export const NAMED = ['keeper', 'customer', 'service', 'agreement'] as const;
export type NamedFilter = (typeof NAMED)[number];
