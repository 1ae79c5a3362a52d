/** What the list says: counts, choices, and what to do where nothing is listed. Pure. */
import type { AgreementList, AgreementRow } from '../../../../src/contract';
import type { QuickFilter } from '../../../../src/contract/agreements-calls';
import type { MarkKind } from '../../../shared/kinds';
import type { SortKey, View } from './view';

const NUMBER = new Intl.NumberFormat('en-GB');
export const number = (count: number): string => NUMBER.format(count);

export const QUICK: readonly { value: QuickFilter | ''; name: string; mark?: MarkKind; count: keyof AgreementList['quick'] }[] = [
  { value: '', name: 'All', count: 'all' },
  { value: 'cannot', name: 'Cannot be kept', mark: 'unmet', count: 'cannot' },
  { value: 'lapses', name: 'Lapse within 90 days', mark: 'later', count: 'lapses' },
  { value: 'reviewOverdue', name: 'Review overdue', mark: 'later', count: 'reviewOverdue' },
  { value: 'missing', name: 'A leg is missing', mark: 'nothing', count: 'missing' },
  { value: 'notAccepted', name: 'Offered, not accepted', count: 'notAccepted' },
];

/** 2,148 agreements: 312 service, 164 internal, 1,672 supplier */
export function countWords({ total, kinds }: Pick<AgreementList, 'total' | 'kinds'>): string {
  const { SA, OLA, UC } = kinds;
  const parts = [SA > 0 && `${number(SA)} service`, OLA > 0 && `${number(OLA)} internal`, UC > 0 && `${number(UC)} supplier`].filter(
    (one) => one !== false,
  );
  const all = `${number(total)} ${total === 1 ? 'agreement' : 'agreements'}`;
  return parts.length === 0 ? all : `${all}: ${parts.join(', ')}`;
}

const SORTED: Record<SortKey, string> = {
  attention: 'kind, then what needs attention',
  name: 'name',
  party: 'party',
  status: 'status',
  validUntil: 'last day',
  nextReview: 'next review',
  verdict: 'whether it can be kept',
};
export const sortWords = (by: SortKey, down: boolean): string => `Sorted by ${SORTED[by]}${down ? ', the other way round' : ''}`;

export interface Choice {
  value: string;
  name: string;
}

/** What can be chosen of the rows read so far; what is chosen stays a choice when no row has it. */
export function choicesOf(rows: readonly AgreementRow[], { party, service, owner }: Pick<View, 'party' | 'service' | 'owner'>) {
  const listed = (all: readonly { id: string; name: string }[], chosen: string): Choice[] => {
    const byId = new Map(all.map(({ id, name }) => [id, name]));
    if (chosen !== '' && !byId.has(chosen)) byId.set(chosen, chosen);
    return [...byId].map(([value, name]) => ({ value, name })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
  };
  return {
    parties: listed(
      rows.flatMap(({ provider, customer }) => [provider, customer]),
      party,
    ),
    services: listed(
      rows.flatMap(({ services }) => services),
      service,
    ),
    owners: listed(
      rows.flatMap((row) => (row.owner ? [{ id: row.owner.accountId, name: row.owner.name }] : [])),
      owner,
    ),
  };
}

/** With whom, as the list says it: who provides an internal or supplier agreement, and to whom; of a service agreement the customer. */
export const withWhom = ({ kind, provider, customer }: Pick<AgreementRow, 'kind' | 'provider' | 'customer'>): { name: string; role: string } =>
  kind === 'SA' ? { name: customer.name, role: 'customer' } : { name: provider.name, role: `to ${customer.name}` };

export const serviceWords = ({ services, servicesInAll }: Pick<AgreementRow, 'services' | 'servicesInAll'>): string => {
  const [first, ...rest] = services;
  if (!first) return 'none named';
  const more = servicesInAll - 1;
  return more <= 0 ? first.name : more === 1 && rest[0] ? `${first.name}, ${rest[0].name}` : `${first.name} and ${String(more)} more`;
};
