/** What the operations that change how a site is set up have in common. */
import { z } from 'zod';
import { isAdministrator } from './lookups';
import { badRequest, forbidden, notFound, requirePerson, type Operation } from './rest';
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

/** Where moved rows go: behind another one, or to an end. */
export const placeSchema = { after: idSchema.nullish(), position: z.string().nullish() };

/** Rows in the order that results when some of them move; 400 where the request does not say clearly where to. */
export function reordered<T>(rows: T[], moved: T[], { after, position }: { after?: T | undefined; position?: string | null | undefined }): T[] {
  if ((after === undefined) === !position) throw badRequest('Either after or position has to be provided.');
  if (new Set(moved).size < moved.length || (after !== undefined && moved.includes(after))) {
    throw badRequest('The ids must not contain duplicates, nor the one that they are to follow.');
  }
  if (position && position !== 'First' && position !== 'Last') throw badRequest('The position has to be First or Last.');
  const others = rows.filter((one) => !moved.includes(one));
  const at = after !== undefined ? others.indexOf(after) + 1 : position === 'First' ? 0 : others.length;
  return [...others.slice(0, at), ...moved, ...others.slice(at)];
}

/** A row without its absent fields, merged over the old one: what a PUT with optional fields does. */
export const merged = <T extends object>(row: T, change: { [K in keyof T]?: T[K] | undefined }): T => ({
  ...row,
  ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
});
