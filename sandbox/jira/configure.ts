/** What the operations that change how a site is set up have in common. */
import { z } from 'zod';
import { isAdministrator } from './lookups';
import { forbidden, notFound, requirePerson, type Operation } from './rest';
import type { Table } from './store';

/** Operations that nobody but a Jira administrator may call: 401 for an anonymous call, `refusal` for everybody else. */
export const administratorsOnly = (refuse: string | (() => Error), operations: Operation[]): Operation[] =>
  operations.map((one) => ({
    ...one,
    handle(call) {
      if (isAdministrator(call.jira.store, requirePerson(call))) return one.handle(call);
      throw typeof refuse === 'string' ? forbidden(refuse) : refuse();
    },
  }));

/** Operations for everybody who is logged in. */
export const personsOnly = (operations: Operation[]): Operation[] =>
  operations.map((one) => ({
    ...one,
    handle(call) {
      requirePerson(call);
      return one.handle(call);
    },
  }));

/** The row of an id that came with a request, or 404. */
export function rowOr404<T extends { id: string }>(table: Table<T>, id: string | undefined, message: string): T {
  const row = id === undefined ? undefined : table.get(id);
  if (!row) throw notFound(message);
  return row;
}

/** An id in a request: Jira writes some as numbers and some as text. */
export const idSchema = z.union([z.string().min(1), z.number().int()]).transform(String);

/** A name as Jira takes it: not blank, without spaces around. */
export const nameSchema = (maximum: number) => z.string().trim().min(1).max(maximum);

export const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whether another row of the table has this name; names differ by more than case. */
export const nameTaken = <T extends { id: string; name: string }>(table: Table<T>, name: string, ownId?: string): boolean =>
  table.find((one) => one.id !== ownId && sameName(one.name, name)) !== undefined;

/** Rows whose ids stand in the repeated query parameter `key`; every row where it is absent. */
export function chosenBy<T>(query: URLSearchParams, key: string, rows: T[], idOf: (row: T) => string): T[] {
  const ids = query.getAll(key).flatMap((one) => one.split(','));
  return ids.length === 0 ? rows : rows.filter((row) => ids.includes(idOf(row)));
}

/** Rows whose name holds the text of a query parameter, in whatever case. */
export function namedLike<T extends { name: string }>(query: URLSearchParams, key: string, rows: T[]): T[] {
  const text = query.get(key)?.toLowerCase();
  return text ? rows.filter((row) => row.name.toLowerCase().includes(text)) : rows;
}

/** The values of a comma list in the query, e.g. `expand`. */
export const listOf = (query: URLSearchParams, key: string): string[] =>
  query
    .getAll(key)
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter(Boolean);

/** A row without its absent fields, merged over the old one: what a PUT with optional fields does. */
export const merged = <T extends object>(row: T, change: { [K in keyof T]?: T[K] | undefined }): T => ({
  ...row,
  ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
});
