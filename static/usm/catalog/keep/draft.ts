/** An item as it is being written, all as text, and back to what is kept. Pure. */
import type { CatalogItem } from '../../../../src/contract';
import { catalogItem } from '../../../../src/contract/catalog';

export interface FieldDraft {
  label: string;
  kind: CatalogItem['fields'][number]['kind'];
  required: boolean;
  /** With commas between. */
  choices: string;
}

export interface Draft {
  id: string;
  title: string;
  what: string;
  forWhom: string;
  conditions: string;
  alsoCalled: string;
  service: string;
  type: CatalogItem['type'];
  /** "Network" or "Network / slow" */
  category: string;
  impact: string;
  urgency: string;
  fields: readonly FieldDraft[];
  approver: '' | 'representative' | 'person';
  role: string;
  approverId: string;
  approverName: string;
  delivery: CatalogItem['delivery']['kind'];
  amount: string;
  calendar: string;
  cost: string;
  currency: string;
  unit: string;
  per: 'once' | 'month' | 'quarter' | 'year';
  team: string;
  space: string;
  checklist: string;
  plan: string;
  tests: string;
  deployment: string;
  backOut: string;
  changes: string;
  adds: string;
  automatic: boolean;
  validUntil: string;
}

export const EMPTY: Draft = {
  id: '',
  title: '',
  what: '',
  forWhom: '',
  conditions: '',
  alsoCalled: '',
  service: '',
  type: 'serviceRequest',
  category: '',
  impact: '',
  urgency: '',
  fields: [],
  approver: '',
  role: '',
  approverId: '',
  approverName: '',
  delivery: 'days',
  amount: '5',
  calendar: '',
  cost: '',
  currency: 'EUR',
  unit: '',
  per: 'once',
  team: '',
  space: '',
  checklist: '',
  plan: '',
  tests: '',
  deployment: '',
  backOut: '',
  changes: '',
  adds: '',
  automatic: false,
  validUntil: '',
};

const BETWEEN = ' / ';
export const categoryText = ({ parent, child }: { parent: string; child?: string | undefined }): string =>
  child === undefined ? parent : `${parent}${BETWEEN}${child}`;

export function draftOf(item: CatalogItem): Draft {
  const { delivery, price, approver } = item;
  return {
    ...EMPTY,
    id: item.id,
    title: item.title,
    what: item.what,
    forWhom: item.forWhom,
    conditions: item.conditions.join('\n'),
    alsoCalled: item.alsoCalled.join(', '),
    service: item.service,
    type: item.type,
    category: item.category ? categoryText(item.category) : '',
    impact: item.rating?.impact ?? '',
    urgency: item.rating?.urgency ?? '',
    fields: item.fields.map(({ label, kind, required, choices }) => ({ label, kind, required, choices: choices.join(', ') })),
    approver: approver?.kind ?? '',
    role: approver?.role ?? '',
    approverId: approver?.kind === 'person' ? approver.accountId : '',
    delivery: delivery.kind,
    amount: delivery.kind === 'days' ? String(delivery.days) : delivery.kind === 'hours' ? String(delivery.hours) : '',
    calendar: item.calendar ?? '',
    ...(price.kind === 'amount' && { cost: String(price.amount), currency: price.currency, unit: price.unit, per: price.per }),
    team: item.team ?? '',
    space: item.space ?? '',
    checklist: item.checklist.join('\n'),
    plan: item.plan,
    tests: item.tests,
    deployment: item.deployment,
    backOut: item.backOut,
    changes: item.changes.join(', '),
    adds: item.adds.join(', '),
    automatic: item.automatic,
    validUntil: item.validUntil ?? '',
  };
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const listed = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
const some = <Key extends string>(key: Key, text: string): Partial<Record<Key, string>> =>
  text.trim() === '' ? {} : ({ [key]: text.trim() } as Record<Key, string>);

function deliveryOf({ delivery, amount }: Draft): unknown {
  const count = Number(amount.replace(',', '.'));
  if (delivery === 'agreedDate') return { kind: delivery };
  return delivery === 'days' ? { kind: delivery, days: count } : { kind: delivery, hours: count };
}

const WRONG: Readonly<Record<string, string>> = {
  id: 'Give it a short name of letters, figures, dots and hyphens; it is kept for ever.',
  title: 'Say what it is, as the customer names it.',
  service: 'Choose the service it is part of.',
  delivery: 'Say within how many working days, 1 to 365, or hours, 0 to 200.',
  price: 'Give the amount in figures, a currency of three letters, and what it is for.',
  approver: 'Say who approves, as people call them.',
  fields: 'Every question needs a name; a choice needs its choices.',
  changes: 'Name items by one word each, with commas between.',
  adds: 'Name items by one word each, with commas between.',
};

/** What is kept; or by place what is wrong with what was written. */
export function itemOf(draft: Draft): { item: CatalogItem } | { wrong: Readonly<Record<string, string>> } {
  const [parent = '', child] = draft.category.split(BETWEEN);
  const parsed = catalogItem.safeParse({
    id: draft.id.trim(),
    title: draft.title,
    what: draft.what,
    forWhom: draft.forWhom,
    conditions: lines(draft.conditions),
    alsoCalled: listed(draft.alsoCalled),
    service: draft.service,
    type: draft.type,
    ...(parent.trim() !== '' && { category: { parent: parent.trim(), ...(child !== undefined && { child: child.trim() }) } }),
    ...(draft.impact !== '' && draft.urgency !== '' && { rating: { impact: draft.impact, urgency: draft.urgency } }),
    fields: draft.fields.map(({ label, kind, required, choices }) => ({ label, kind, required, choices: kind === 'choice' ? listed(choices) : [] })),
    ...(draft.approver === 'representative' && { approver: { kind: 'representative', role: draft.role } }),
    ...(draft.approver === 'person' && { approver: { kind: 'person', role: draft.role, accountId: draft.approverId } }),
    delivery: deliveryOf(draft),
    ...some('calendar', draft.calendar),
    price:
      draft.cost.trim() === ''
        ? { kind: 'included' }
        : { kind: 'amount', amount: Number(draft.cost.replace(',', '.')), currency: draft.currency, unit: draft.unit, per: draft.per },
    ...some('team', draft.team),
    ...some('space', draft.space),
    checklist: lines(draft.checklist),
    plan: draft.plan,
    tests: draft.tests,
    deployment: draft.deployment,
    backOut: draft.backOut,
    changes: draft.type === 'rfc' ? listed(draft.changes) : [],
    adds: draft.type === 'rfc' ? listed(draft.adds) : [],
    automatic: draft.type === 'serviceRequest' && draft.automatic,
    ...some('validUntil', draft.validUntil),
  });
  if (parsed.success) return { item: parsed.data };
  const places = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')))];
  return { wrong: Object.fromEntries(places.map((place) => [place, WRONG[place] ?? 'This is too long, or not usable as it is.'])) };
}

/** A name made of a title, for whoever gives none. */
export const idFrom = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
