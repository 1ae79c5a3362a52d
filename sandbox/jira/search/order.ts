/** ORDER BY, and pages that stay in step: a page goes on after the values of the last work item shown, not after a number of them. */
import { z } from 'zod';
import type { Query as Tree } from '@atlaskit/jql-ast';
import { badRequest } from '../rest';
import type { Issue } from '../store';
import type { Asker, Rank } from './field';
import { orderField } from './fields';

type Key = Rank | null;

export interface Ordering {
  /** What a work item is ordered by; its id decides in the end. */
  keysOf(issue: Issue): Key[];
  compare(a: readonly Key[], b: readonly Key[]): number;
}

/** Empty values come last in ascending order; numbers come before words. */
function compareKeys(a: Key, b: Key): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order that a query asks for; the newest first where it is silent or undecided. Throws 400. */
export function orderingOf(asker: Asker, tree: Tree): Ordering {
  const parts = (tree.orderBy?.fields ?? []).map(({ field: node, direction }) => {
    const field = orderField(asker, node);
    const descending = direction ? direction.value === 'DESC' : field.descending === true;
    return { rank: field.rank, sign: descending ? -1 : 1 };
  });
  const signs = [...parts.map((one) => one.sign), -1];
  return {
    keysOf: (issue) => [...parts.map(({ rank }) => rank?.(issue) ?? null), Number(issue.id)],
    compare(a, b) {
      for (const [index, sign] of signs.entries()) {
        const found = compareKeys(a[index] ?? null, b[index] ?? null);
        if (found !== 0) return sign * found;
      }
      return 0;
    },
  };
}

const tokenSchema = z.array(z.union([z.string(), z.number(), z.null()])).min(1);

const tokenOf = (keys: readonly Key[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

function readToken(token: string): Key[] {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
  } catch {
    throw badRequest('The provided next page token is invalid.');
  }
}

export interface SearchPage {
  issues: Issue[];
  /** Absent on the last page. */
  nextPageToken?: string;
}

interface Entry {
  issue: Issue;
  keys: Key[];
}

/** The next `size` of the work items found, after the one that a token names. */
export function pageOf(found: Iterable<Issue>, ordering: Ordering, token: string | undefined, size: number): SearchPage {
  const after = token === undefined ? undefined : readToken(token);
  const compare = (a: Entry, b: Entry): number => ordering.compare(a.keys, b.keys);
  const entries: Entry[] = [];
  for (const issue of found) {
    const keys = ordering.keysOf(issue);
    if (after && keys.length !== after.length) throw badRequest('The provided next page token is invalid.');
    if (!after || ordering.compare(keys, after) > 0) entries.push({ issue, keys });
  }
  const chosen = firstOf(entries, size, compare);
  const last = chosen.at(-1);
  return { issues: chosen.map((one) => one.issue), ...(last && entries.length > size && { nextPageToken: tokenOf(last.keys) }) };
}

/** The first few of many in order, without sorting the rest: a heap whose root is the last of those kept. */
export function firstOf<T>(items: T[], size: number, compare: (a: T, b: T) => number): T[] {
  if (items.length <= 2 * size) return items.sort(compare).slice(0, size);
  const heap = items.slice(0, size);
  const sink = (start: number): void => {
    for (let at = start; ;) {
      let top = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < size && compare(heap[child] as T, heap[top] as T) > 0) top = child;
      }
      if (top === at) return;
      [heap[at], heap[top]] = [heap[top] as T, heap[at] as T];
      at = top;
    }
  };
  for (let at = Math.floor(size / 2); at >= 0; at -= 1) sink(at);
  for (let at = size; at < items.length; at += 1) {
    const item = items[at] as T;
    if (compare(item, heap[0] as T) >= 0) continue;
    heap[0] = item;
    sink(0);
  }
  return heap.sort(compare);
}
