/** What somebody has filled in of an item's form, and what of it is missing before it is sent. Pure. */
import type { AgreementFinding, CatalogDetail, Person } from '../../../../src/contract';
import { dayWords } from '../words';

export interface Draft {
  /** By label. */
  answers: Readonly<Record<string, string>>;
  people: Readonly<Record<string, Person | undefined>>;
  wanted: string;
  note: string;
  customer: string;
}

export const begun = ({ customers }: Pick<CatalogDetail, 'customers'>): Draft => ({
  answers: {},
  people: {},
  wanted: '',
  note: '',
  customer: customers[0]?.id ?? '',
});

/** By place: answers.Where, wanted, customer. */
export type Problems = Readonly<Record<string, string>>;

export const problemsOf = (wrong: readonly AgreementFinding[]): Problems => Object.fromEntries(wrong.map(({ path = '', text }) => [path, text]));

const answered = ({ answers, people }: Draft, label: string): boolean => people[label] !== undefined || (answers[label] ?? '').trim() !== '';

/** The same sentences as behind the page, before anything is sent. */
export function missing({ item, firstDay }: CatalogDetail, draft: Draft): Problems {
  const ready = item.ready.charAt(0).toLowerCase() + item.ready.slice(1);
  const early = draft.wanted !== '' && firstDay !== undefined && draft.wanted < firstDay;
  return {
    ...Object.fromEntries(
      item.fields
        .filter(({ label, required }) => required && !answered(draft, label))
        .map(({ label }) => [`answers.${label}`, `"${label}" is needed to do it. Fill it in.`]),
    ),
    ...(item.wanted === 'required' && draft.wanted === '' && { wanted: 'Say by when you need it: the day is agreed with each request.' }),
    ...(early && { wanted: `Agreed is ${ready}: the first possible day is ${dayWords(firstDay)}.` }),
  };
}

/** What is sent: only what was given. */
export const answersOf = ({ item }: Pick<CatalogDetail, 'item'>, draft: Draft): Record<string, string> =>
  Object.fromEntries(
    item.fields.flatMap(({ label, kind }) => {
      const value = kind === 'person' ? draft.people[label]?.accountId : draft.answers[label]?.trim();
      return value === undefined || value === '' ? [] : [[label, value]];
    }),
  );
