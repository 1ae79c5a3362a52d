/**
 * Two have changed the same thing: what it was, what one made of it and what the other did, joined field by field. Pure.
 * Lists whose rows can be told apart are joined row by row; any other list is one field.
 */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Side = 'mine' | 'theirs';

/** A field that the other changed. Undefined: it is not there. */
export interface Difference {
  /** Keys down to the field; of a list what tells its rows apart. */
  path: readonly string[];
  base: Json | undefined;
  mine: Json | undefined;
  theirs: Json | undefined;
  /** Changed by both, and not to the same: somebody has to choose. */
  both: boolean;
}

/** What tells the rows of the list at a path apart; undefined: nothing does. */
export type KeyOf = (path: readonly string[], row: Json) => string | undefined;

/** Of a difference, as a key. */
export const keyOfPath = (path: readonly string[]): string => JSON.stringify(path);

type Part = { [key: string]: Json };
const isPart = (value: Json | undefined): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);

export function equal(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((row, index) => equal(row, other[index]));
  if (!isPart(one) || !isPart(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && equal(one[key], other[key]));
}

interface Three {
  base: Json | undefined;
  mine: Json | undefined;
  theirs: Json | undefined;
}

/** Rows by what tells them apart, or undefined where two are the same. */
function rowsOf(path: readonly string[], list: Json[], keyOf: KeyOf): Map<string, Json> | undefined {
  const rows = new Map<string, Json>();
  for (const row of list) {
    const key = keyOf(path, row);
    if (key === undefined || rows.has(key)) return undefined;
    rows.set(key, row);
  }
  return rows;
}

/** The order of whoever moved rows; of mine, where both did. What the other has besides stands after what it stood after there. */
function inOrder(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const kept = (order: readonly string[], others: readonly string[]): string[] => order.filter((key) => others.includes(key));
  const moved = kept(mine, base).join('\n') !== kept(base, mine).join('\n');
  const [lead, other] = moved ? [mine, theirs] : [theirs, mine];
  const order = [...lead];
  other.forEach((key, index) => {
    if (order.includes(key)) return;
    const before = other.slice(0, index).findLast((one) => order.includes(one));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  return order;
}

const listOf = (value: Json | undefined): Json[] | undefined => (value === undefined ? [] : Array.isArray(value) ? value : undefined);
const partOf = (value: Json | undefined): Part | undefined => (value === undefined ? {} : isPart(value) ? value : undefined);

function join(three: Three, path: readonly string[], keyOf: KeyOf, choose: (one: Difference) => Side): Json | undefined {
  const { base, mine, theirs } = three;
  if (equal(mine, theirs) || equal(base, theirs)) return mine;
  if (mine !== undefined && theirs !== undefined) {
    const [wasList, myList, theirList] = [listOf(base), listOf(mine), listOf(theirs)];
    const was = wasList && rowsOf(path, wasList, keyOf);
    const my = myList && rowsOf(path, myList, keyOf);
    const their = theirList && rowsOf(path, theirList, keyOf);
    if (was && my && their) {
      return inOrder([...was.keys()], [...my.keys()], [...their.keys()]).flatMap((key) => {
        const row = join({ base: was.get(key), mine: my.get(key), theirs: their.get(key) }, [...path, key], keyOf, choose);
        return row === undefined ? [] : [row];
      });
    }
    const [wasPart, myPart, theirPart] = [partOf(base), partOf(mine), partOf(theirs)];
    if (wasPart && myPart && theirPart) {
      const keys = [...new Set([...Object.keys(myPart), ...Object.keys(theirPart)])];
      return Object.fromEntries(
        keys.flatMap((key) => {
          const value = join({ base: wasPart[key], mine: myPart[key], theirs: theirPart[key] }, [...path, key], keyOf, choose);
          return value === undefined ? [] : [[key, value] as const];
        }),
      );
    }
  }
  return choose({ path, base, mine, theirs, both: !equal(base, mine) }) === 'mine' ? mine : theirs;
}

/** Every field that the other changed and that is not the same here already. */
export function differencesOf<T extends Json>(base: T, mine: T, theirs: T, keyOf: KeyOf): Difference[] {
  const found: Difference[] = [];
  join({ base, mine, theirs }, [], keyOf, (one) => {
    found.push(one);
    return 'mine';
  });
  return found;
}

/** What one changed alone stays, whoever it was; where `chosen` says nothing, what both changed stays as mine. */
export const merged = <T extends Json>(base: T, mine: T, theirs: T, keyOf: KeyOf, chosen: ReadonlyMap<string, Side> = new Map()): T =>
  join({ base, mine, theirs }, [], keyOf, ({ path, both }) => chosen.get(keyOfPath(path)) ?? (both ? 'mine' : 'theirs')) as T;
