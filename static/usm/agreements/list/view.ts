/** Which agreements are listed, in which order; kept in the address, so that it can be sent. Pure. */
import { AGREEMENT_KINDS, AGREEMENT_STATUSES } from '../../../../src/contract/agreements';
import {
  AGREEMENT_SORTS,
  type AgreementFilters,
  type AgreementSort,
  QUICK_FILTERS,
  type QuickFilter,
} from '../../../../src/contract/agreements-calls';
import type { FitState } from '../../../../src/contract';
import { VERDICTS } from '../words';

const UNTIL = ['', '30', '90', '365'] as const;
/** Days from today. */
export type Until = (typeof UNTIL)[number];

export const SORTS = AGREEMENT_SORTS;
export type SortKey = AgreementSort['by'];

/** Empty: all. */
export interface View {
  quick: QuickFilter | '';
  words: string;
  kind: AgreementFilters['kinds'][number] | '';
  status: AgreementFilters['statuses'][number] | '';
  verdict: FitState | '';
  party: string;
  service: string;
  owner: string;
  until: Until;
  /** "-name": the last first. */
  sort: SortKey | `-${SortKey}`;
}

export const EVERYTHING: View = {
  quick: '',
  words: '',
  kind: '',
  status: '',
  verdict: '',
  party: '',
  service: '',
  owner: '',
  until: '',
  sort: 'attention',
};

const STATES = Object.keys(VERDICTS) as FitState[];
const ORDERS: readonly View['sort'][] = SORTS.flatMap((by) => [by, `-${by}` as const]);

const oneOf = <Value extends string>(values: readonly Value[], text: string | null): Value | '' => values.find((value) => value === text) ?? '';

export function toView(search: string): View {
  const asked = new URLSearchParams(search);
  const text = (name: string): string => (asked.get(name) ?? '').slice(0, 100);
  return {
    quick: oneOf(QUICK_FILTERS, asked.get('quick')),
    words: text('words'),
    kind: oneOf(AGREEMENT_KINDS, asked.get('kind')),
    status: oneOf(AGREEMENT_STATUSES, asked.get('status')),
    verdict: oneOf(STATES, asked.get('verdict')),
    party: text('party').slice(0, 40),
    service: text('service').slice(0, 40),
    owner: text('owner'),
    until: oneOf(UNTIL, asked.get('until')),
    sort: ORDERS.find((one) => one === asked.get('sort')) ?? EVERYTHING.sort,
  };
}

const KEYS = Object.keys(EVERYTHING) as (keyof View)[];

/** "?kind=SA&quick=lapses"; only what differs from everything. */
export function toSearch(view: View): string {
  const asked = new URLSearchParams();
  for (const key of KEYS) if (view[key] !== EVERYTHING[key]) asked.set(key, view[key]);
  const text = asked.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether rows are left out. */
export const narrows = (view: View): boolean => toSearch({ ...view, sort: EVERYTHING.sort }) !== '';

const DAY_MS = 86_400_000;
const dayAfter = (now: number, days: number): string => new Date(now + days * DAY_MS).toISOString().slice(0, 10);

export interface Asked {
  filters: Partial<AgreementFilters>;
  sort: AgreementSort;
}

export const ordering = (sort: View['sort']): AgreementSort => {
  const by = SORTS.find((key) => sort === key || sort === `-${key}`) ?? EVERYTHING.sort;
  return { by: by as SortKey, down: sort !== by };
};

/** As the call takes it. */
export function askedOf(view: View, now: number): Asked {
  const { quick, words, kind, status, verdict, party, service, owner, until, sort } = view;
  return {
    filters: {
      ...(words.trim() !== '' && { search: words.trim() }),
      ...(kind !== '' && { kinds: [kind] }),
      ...(status !== '' && { statuses: [status] }),
      ...(verdict !== '' && { verdicts: [verdict] }),
      ...(party !== '' && { party }),
      ...(service !== '' && { service }),
      ...(owner !== '' && { owner }),
      ...(until !== '' && { untilFrom: dayAfter(now, 0), untilTo: dayAfter(now, Number(until)) }),
      ...(quick !== '' && { quick }),
    },
    sort: ordering(sort),
  };
}

/** By this column; by it already: the other way round; then as it was. */
export function sortedBy(by: SortKey, before: View['sort']): View['sort'] {
  if (before === by) return `-${by}`;
  return before === `-${by}` ? EVERYTHING.sort : by;
}
