/** Entity properties in queries: issue.property[key].path, and the names that apps give to paths. */
import type { IndexedProperty } from '../../contract';
import type { Issue, Json } from '../store';
import { isObject } from '../values/codec';
import { momentOf } from '../values/scalar';
import { usersNamed } from './builders';
import { readNumber } from './customFields';
import { OPERATORS, type Asker, type JqlField } from './field';
import { readMoment } from './moments';

type Scalar = string | number;

const scalarsOf = (value: Json | undefined): Scalar[] => {
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  if (typeof value === 'string' || typeof value === 'number') return [value];
  return typeof value === 'boolean' ? [String(value)] : [];
};

/** All single values at a path; lists on the way and at its end are looked into. */
function scalarsAt(value: Json | undefined, path: readonly string[]): Scalar[] {
  const [part, ...rest] = path;
  if (part === undefined) return scalarsOf(value);
  if (Array.isArray(value)) return value.flatMap((entry) => scalarsAt(entry, path));
  return isObject(value) ? scalarsAt(value[part], rest) : [];
}

type Read = (issue: Issue) => Scalar[];

const strings = (values: Scalar[]): string[] => values.filter((one) => typeof one === 'string');
const numbers = (values: Scalar[]): number[] => values.flatMap((one) => readNumber(String(one)) ?? []);

function dates(values: Scalar[], { calendar }: Asker): number[] {
  return values.flatMap((one) => (typeof one === 'number' ? one : (momentOf(one) ?? readMoment(one, calendar) ?? [])));
}

const SHAPES: Record<IndexedProperty['type'], (asker: Asker, read: Read) => Omit<JqlField, 'id' | 'name'>> = {
  number: (_, read) => ({
    kind: 'number',
    operators: OPERATORS.order,
    ranks: (issue) => numbers(read(issue)),
    rank: (issue) => numbers(read(issue))[0],
    read: readNumber,
    sortable: true,
  }),
  date: (asker, read) => ({
    kind: 'moment',
    operators: OPERATORS.order,
    ranks: (issue) => dates(read(issue), asker),
    rank: (issue) => dates(read(issue), asker)[0],
    read: (text) => momentOf(text) ?? readMoment(text, asker.calendar),
    sortable: true,
  }),
  string: (_, read) => ({
    kind: 'plain',
    operators: OPERATORS.choice,
    terms: (issue) => strings(read(issue)),
    named: (text) => [text],
    rank: (issue) => strings(read(issue))[0],
    sortable: true,
  }),
  user: (asker, read) => ({
    kind: 'user',
    operators: OPERATORS.choice,
    terms: (issue) => strings(read(issue)),
    named: (text) => usersNamed(asker, text),
    rank: (issue) => strings(read(issue))[0],
    sortable: true,
  }),
  text: (_, read) => ({
    kind: 'text',
    operators: OPERATORS.text,
    texts: (issue) => strings(read(issue)).map((one) => one.toLowerCase()),
    rank: (issue) => strings(read(issue))[0]?.toLowerCase(),
    sortable: true,
  }),
};

/** For a site that does not tell which paths are indexed: every one is, whatever it holds. */
const untyped = (read: Read): Omit<JqlField, 'id' | 'name'> => ({
  kind: 'plain',
  operators: OPERATORS.everything,
  terms: (issue) => read(issue).map(String),
  named: (text) => [text],
  ranks: read,
  rank: (issue) => read(issue)[0],
  read: (text) => readNumber(text) ?? text,
  texts: (issue) => read(issue).map((one) => String(one).toLowerCase()),
  sortable: true,
});

const propertyField = (asker: Asker, name: string, { propertyKey, path, type }: IndexedProperty): JqlField => {
  const parts = path.split('.').filter((part) => part !== '');
  const read: Read = (issue) => scalarsAt(issue.properties[propertyKey], parts);
  return { id: `property:${type}:${propertyKey}:${path}`, name, ...SHAPES[type](asker, read) };
};

/** issue.property[key].path. A path that no app has asked to index is never found, as if it were empty everywhere. */
export function propertyPath(asker: Asker, name: string, propertyKey: string, path: string): JqlField {
  const declared = asker.jira.propertyAliases?.();
  const parts = path.split('.').filter((part) => part !== '');
  if (!declared) return { id: `property::${propertyKey}:${path}`, name, ...untyped((issue) => scalarsAt(issue.properties[propertyKey], parts)) };
  const found = declared.find((one) => one.propertyKey === propertyKey && one.path === parts.join('.'));
  return found ? propertyField(asker, name, found) : { id: `property:none:${propertyKey}:${path}`, name, ...untyped(() => []) };
}

/** Paths that apps have named so. */
export const propertyAlias = (asker: Asker, name: string): JqlField[] =>
  (asker.jira.propertyAliases?.() ?? [])
    .filter((one) => one.alias?.toLowerCase() === name.toLowerCase())
    .map((one) => propertyField(asker, name, one));
