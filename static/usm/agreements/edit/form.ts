/** A draft while it is written: what was typed, as it was typed, at the places of the contract; and what the contract says about it. Pure. */
import type { AgreementDetail, Card, CellKey, Price, Terms } from '../../../../src/contract';
import { CELL_KEYS, terms as termsSchema, type Underpinning } from '../../../../src/contract/agreements';
import { hours, parseHours } from '../words';
import type { Json, KeyOf } from './merge';

type CellForm = { text: string; lines: { label: string; value: string }[] };
export type CardForm = Record<CellKey, CellForm>;
export type PriceForm = { kind: string; amount: string; currency: string; unit: string; per: string; indexation: string; charges: string };
export type TargetForm = { type: string; for: string; respond: string; deliver: string; calendar: string; percent: string };
export type HandlingForm = { type: string; for: string; respond: string; deliver: string };

export type DraftForm = {
  name: string;
  provider: string;
  customer: string;
  owner: string;
  services: string[];
  scope: string;
  exclusions: string[];
  duties: string[];
  card: CardForm;
  readiness: string;
  price: PriceForm;
  timeZone: string;
  serviceHours: string;
  supportHours: string;
  availability: { percent: string; window: string };
  targets: TargetForm[];
  volumes: { what: string; most: string; per: string }[];
  standards: string[];
  requesters: string[];
  validFrom: string;
  validUntil: string;
  noticeMonths: string;
  reviewOn: string;
  reviewMonths: string;
  renewal: { kind: string; months: string };
  reporting: string;
  consequences: string;
  clauses: { title: string; text: string }[];
  documents: { title: string; url: string }[];
  own: { handling: HandlingForm[]; hours: string; availability: string };
  /** Nothing, or one tree. */
  under: Json;
};

/** What the column of times says instead of a time. */
export const AGREED_DATE = 'agreed date';

const numberText = (value: number | undefined): string => (value === undefined ? '' : String(value));
const timeText = (value: number | 'agreedDate' | undefined): string =>
  value === undefined ? '' : value === 'agreedDate' ? AGREED_DATE : hours(value);

export const cardForm = (card: Card): CardForm =>
  Object.fromEntries(
    CELL_KEYS.map((key) => [key, { text: card[key].text, lines: card[key].lines.map(({ label, value }) => ({ label, value })) }]),
  ) as CardForm;

const NO_PRICE: PriceForm = { kind: '', amount: '', currency: 'EUR', unit: '', per: 'month', indexation: '', charges: '' };
export const priceForm = (price: Price | undefined): PriceForm =>
  price?.kind === 'amount' ? { ...price, amount: String(price.amount) } : { ...NO_PRICE, kind: price?.kind ?? '' };

export function formOf({ agreement, terms }: Pick<AgreementDetail, 'agreement' | 'terms'>): DraftForm {
  const { own, renewal } = terms;
  return {
    name: agreement.name,
    provider: agreement.provider,
    customer: agreement.customer,
    owner: agreement.owner ?? '',
    services: [...terms.services],
    scope: terms.scope,
    exclusions: [...terms.exclusions],
    duties: [...terms.duties],
    card: cardForm(terms.card),
    readiness: terms.readiness,
    price: priceForm(terms.price),
    timeZone: terms.timeZone,
    serviceHours: terms.serviceHours ?? '',
    supportHours: terms.supportHours ?? '',
    availability: { percent: numberText(terms.availability?.percent), window: terms.availability?.window ?? 'month' },
    targets: terms.targets.map((one) => ({
      type: one.type,
      for: String(one.for),
      respond: timeText(one.respond),
      deliver: timeText(one.deliver),
      calendar: one.calendar,
      percent: String(one.percent),
    })),
    volumes: terms.volumes.map(({ what, most, per }) => ({ what, most: String(most), per })),
    standards: [...terms.standards],
    requesters: [...terms.requesters],
    validFrom: terms.validFrom ?? '',
    validUntil: terms.validUntil ?? '',
    noticeMonths: String(terms.noticeMonths),
    reviewOn: terms.reviewOn ?? '',
    reviewMonths: numberText(terms.reviewMonths),
    renewal: { kind: renewal?.kind ?? '', months: renewal?.kind === 'silent' ? String(renewal.months) : '12' },
    reporting: terms.reporting,
    consequences: terms.consequences,
    clauses: terms.clauses.map(({ title, text }) => ({ title, text })),
    documents: terms.documents.map(({ title, url }) => ({ title, url })),
    own: {
      handling: own.handling.map((one) => ({
        type: one.type,
        for: String(one.for),
        respond: timeText(one.respond),
        deliver: timeText(one.deliver),
      })),
      hours: own.hours ?? '',
      availability: numberText(own.availability),
    },
    under: terms.under ?? null,
  };
}

/** Empty: not said. What is no number is handed on as it is, so that the contract refuses it where it stands. */
const numberIn = (text: string): number | string | undefined => {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : plain;
};
const timeIn = (text: string): number | string | undefined => {
  const plain = text.trim().toLowerCase();
  if (plain === '') return undefined;
  return plain === AGREED_DATE ? 'agreedDate' : (parseHours(plain) ?? plain);
};
const said = (text: string): string | undefined => (text === '' ? undefined : text);
const measureIn = (text: string): number | string => (/^[1-5]$/.test(text) ? Number(text) : text);

export const priceIn = ({ kind, amount, ...rest }: PriceForm): unknown =>
  kind === '' ? undefined : kind === 'included' ? { kind } : { kind, amount: numberIn(amount) ?? '', ...rest };

/** What is to be kept, as the contract has still to judge it. */
const written = (form: DraftForm): unknown => ({
  ...form,
  price: priceIn(form.price),
  serviceHours: said(form.serviceHours),
  supportHours: said(form.supportHours),
  availability: form.availability.percent.trim() === '' ? undefined : { ...form.availability, percent: numberIn(form.availability.percent) },
  targets: form.targets.map((one) => ({
    ...one,
    for: measureIn(one.for),
    respond: timeIn(one.respond),
    deliver: timeIn(one.deliver),
    percent: numberIn(one.percent) ?? '',
  })),
  volumes: form.volumes.map((one) => ({ ...one, most: numberIn(one.most) ?? '' })),
  validFrom: said(form.validFrom),
  validUntil: said(form.validUntil),
  noticeMonths: numberIn(form.noticeMonths) ?? 0,
  reviewOn: said(form.reviewOn),
  reviewMonths: numberIn(form.reviewMonths),
  renewal:
    form.renewal.kind === ''
      ? undefined
      : form.renewal.kind === 'silent'
        ? { kind: 'silent', months: numberIn(form.renewal.months) ?? '' }
        : { kind: form.renewal.kind },
  own: {
    handling: form.own.handling.map((one) => ({
      ...one,
      for: measureIn(one.for),
      respond: timeIn(one.respond),
      deliver: timeIn(one.deliver),
    })),
    hours: said(form.own.hours),
    availability: numberIn(form.own.availability),
  },
  under: form.under ?? undefined,
});

/** Place -> what is wrong there. */
export type Wrong = ReadonlyMap<string, string>;

const TIME = 'Write a time as 0:15, 2:30 or 45 min, or leave it empty.';
const WORDS: readonly [RegExp, string][] = [
  [/^name$/, 'Give it a name of 1 to 200 letters.'],
  [/^customer$/, 'Choose whom it is for.'],
  [/^provider$/, 'Choose who provides it.'],
  [/\.(respond|deliver)$/, TIME],
  [/\.for$/, 'Choose a priority, all, or standard.'],
  [/\.type$/, 'Choose a kind of call.'],
  [/^targets\.\d+\.calendar$/, 'Choose the hours it is counted in.'],
  [/\.percent$|^own\.availability$/, 'Give 0 to 100 percent.'],
  [/^price\.amount$/, 'Give an amount, such as 6200 or 12.50.'],
  [/^price\.currency$/, 'Give three capital letters, such as EUR.'],
  [/^price\.unit$/, 'Say what it is for: a workplace, the service.'],
  [/\.most$/, 'Give a number, 0 or more.'],
  [/\.what$/, 'Say what is counted.'],
  [/\.label$/, 'Say what is measured.'],
  [/\.value$/, 'Give its value.'],
  [/\.url$/, 'Give an address that begins with https://.'],
  [/\.title$/, 'Give it a title.'],
  [/^clauses\.\d+\.text$/, 'Write the clause, or take the row out.'],
  [/^(duties|exclusions)\.\d+$/, 'Write the line in at most 400 letters, or take it out.'],
  [/^(duties|exclusions)$/, 'Keep at most 60 lines.'],
  [/^card\.[a-zA-Z]+\.text$/, 'Keep it below 2,000 letters.'],
  [/^(scope|readiness|consequences)$/, 'Keep it below 4,000 letters.'],
  [/^(validFrom|validUntil|reviewOn)$/, 'Give a day.'],
  [/^noticeMonths$/, 'Give 0 to 60 months.'],
  [/^reviewMonths$/, 'Give 1 to 60 months, or leave it empty.'],
  [/^renewal\.months$/, 'Give 1 to 120 months.'],
  [/^timeZone$/, 'Use a name such as Europe/Amsterdam.'],
  [/^under/, 'Every place in the chain needs an agreement or words for what is missing, eight deep and 50 agreements at most.'],
];
const wordFor = (path: string): string => WORDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'This cannot be used as it is.';

export interface Read {
  header: { name: string; provider: string; customer: string; owner?: string };
  /** Absent while something cannot be kept as it was typed. */
  terms?: Terms;
  wrong: Wrong;
}

export function read(form: DraftForm): Read {
  const { name, provider, customer, owner } = form;
  const wrong = new Map<string, string>();
  if (name.trim() === '' || name.trim().length > 200) wrong.set('name', wordFor('name'));
  for (const [path, id] of [
    ['provider', provider],
    ['customer', customer],
  ] as const)
    if (id === '') wrong.set(path, wordFor(path));
  const result = termsSchema.safeParse(written(form));
  for (const { path } of result.error?.issues ?? []) {
    const place = path[0] === 'under' ? 'under' : path.map(String).join('.');
    wrong.set(place, wordFor(place));
  }
  return { header: { name: name.trim(), provider, customer, ...(owner !== '' && { owner }) }, ...(result.success && { terms: result.data }), wrong };
}

const wordsIn = (row: Json, name: string): string | undefined => {
  const value = typeof row === 'object' && row !== null && !Array.isArray(row) ? row[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** By what people tell the rows of each list apart. */
const ROWS: readonly [RegExp, (row: Json) => string | undefined][] = [
  [/^(services|standards|requesters|duties|exclusions)$/, (row) => (typeof row === 'string' ? row : undefined)],
  [/^(targets|own\.handling)$/, (row) => `${wordsIn(row, 'type') ?? ''} ${wordsIn(row, 'for') ?? ''}`],
  [/^card\.[a-zA-Z]+\.lines$/, (row) => wordsIn(row, 'label')],
  [/^volumes$/, (row) => wordsIn(row, 'what')],
  [/^(clauses|documents)$/, (row) => wordsIn(row, 'title')],
];
export const draftKeys: KeyOf = (path, row) => ROWS.find(([pattern]) => pattern.test(path.join('.')))?.[1](row);

export const underOf = ({ under }: Pick<DraftForm, 'under'>): Underpinning | undefined => (under === null ? undefined : (under as Underpinning));
