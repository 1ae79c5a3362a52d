/** How the kinds of fields work that several fields share. */
import type { Issue, Json } from '../store';
import { plainText } from '../values/adf';
import { OPERATORS, type Asker, type JqlField } from './field';
import { DAY, dayOf, readMoment } from './moments';

export interface Named {
  id: string;
  name: string;
  key?: string;
}

/** Ids of the rows that a text means: by name or key, else by id. */
export function rowsNamed(rows: readonly Named[], text: string): string[] {
  const wanted = text.toLowerCase();
  const named = rows.filter((one) => one.name.toLowerCase() === wanted || one.key?.toLowerCase() === wanted);
  return (named.length > 0 ? named : rows.filter((one) => one.id === text)).map((one) => one.id);
}

/** Account ids that a text means: an id, a full name or an address. */
export function usersNamed({ jira: { store } }: Asker, text: string): string[] {
  if (store.users.get(text)) return [text];
  const wanted = text.toLowerCase();
  return store.users
    .filter((one) => one.displayName.toLowerCase() === wanted || (one.emailAddress !== '' && one.emailAddress.toLowerCase() === wanted))
    .map((one) => one.id);
}

/** A stored id as a list. */
export const one = (value: Json | undefined): readonly string[] => (typeof value === 'string' ? [value] : []);

/** Position of rows in a table that grows rarely, for ordering. */
export function positions(rows: readonly Named[], sign: 1 | -1): (id: Json | undefined) => number | undefined {
  const places = new Map(rows.map((row, index) => [row.id, sign * index]));
  return (id) => (typeof id === 'string' ? places.get(id) : undefined);
}

/** Compared by the millisecond; an index keeps days. */
export const momentField = (
  { calendar }: Asker,
  id: string,
  name: string,
  rank: (issue: Issue) => number | undefined,
  more: Partial<JqlField> = {},
): JqlField => ({
  id,
  name,
  kind: 'moment',
  operators: OPERATORS.order,
  rank,
  read: (text) => readMoment(text, calendar),
  bucketOf: (moment) => Math.floor(Number(moment) / DAY),
  sortable: true,
  descending: true,
  ...more,
});

/** Days without a time: whatever is compared with them is taken as a day in the asker's zone. */
export const dayField = ({ calendar }: Asker, id: string, name: string, rank: (issue: Issue) => string | undefined): JqlField => ({
  id,
  name,
  kind: 'day',
  operators: OPERATORS.order,
  rank,
  read(text) {
    const moment = readMoment(text, calendar);
    return moment === undefined ? undefined : dayOf(moment, calendar.zone);
  },
  bucketOf: (day) => day,
  sortable: true,
});

/** Persons. */
export const userField = (asker: Asker, id: string, name: string, terms: (issue: Issue) => readonly string[], tracked = false): JqlField => {
  const { users } = asker.jira.store;
  return {
    id,
    name,
    kind: 'user',
    operators: tracked ? OPERATORS.tracked : OPERATORS.choice,
    terms,
    named: (text) => usersNamed(asker, text),
    rank: (issue) => users.get(terms(issue)[0] ?? '')?.displayName.toLowerCase(),
    sortable: true,
  };
};

const documents = new WeakMap<object, string>();

/** What a stored text or document says, in lower case; documents are replaced, never changed, so their text is kept. */
export function lowerText(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value.toLowerCase()];
  if (typeof value !== 'object' || value === null) return [];
  const known = documents.get(value) ?? plainText(value).toLowerCase();
  documents.set(value, known);
  return [known];
}

/** Longer texts are ordered by their beginning. */
const ORDERED_BY = 255;

/** Texts that ~ searches. */
export const textField = (id: string, name: string): JqlField => ({
  id,
  name,
  kind: 'text',
  operators: OPERATORS.text,
  texts: (issue) => lowerText(issue.fields[id]),
  rank: (issue) => lowerText(issue.fields[id])[0]?.slice(0, ORDERED_BY),
  sortable: true,
});

/** DEMO-000000012: sorts by project, then by number. */
export function keyRank(key: string): string {
  const dash = key.lastIndexOf('-');
  return `${key.slice(0, dash + 1).toUpperCase()}${key.slice(dash + 1).padStart(9, '0')}`;
}

/** The project of such a rank. */
export const scopeOf = (rank: string): string => rank.slice(0, rank.lastIndexOf('-') + 1);
