/**
 * Work items by the values of their fields, in memory. An index is built when a query first asks for it, and from then on follows every work item
 * that is put into the store or announced as changing (freshness.ts): those are looked at again before the next search.
 */
import type { Issue, Store } from '../store';
import { EMPTY, type JqlField, type Term } from './field';

/** So many indexes are kept; paths in entity properties can be asked for without end. */
const INDEXES_KEPT = 64;

/** A work item's place among all; indexes hold these small numbers. */
export type Place = number;

/** The places of one field's terms. */
export class Buckets {
  readonly sets = new Map<Term, Set<Place>>();
  /** Terms by place; a single one stands for itself. */
  private readonly kept: (Term | readonly Term[] | undefined)[] = [];

  constructor(private readonly termsOf: (issue: Issue) => readonly Term[]) {}

  put(place: Place, issue: Issue): void {
    this.drop(place);
    const found = this.termsOf(issue);
    this.kept[place] = found.length > 1 ? found : (found[0] ?? EMPTY);
    if (found.length === 0) this.add(EMPTY, place);
    for (const term of found) this.add(term, place);
  }

  drop(place: Place): void {
    const terms = this.kept[place];
    if (terms === undefined) return;
    this.kept[place] = undefined;
    for (const term of typeof terms === 'object' ? terms : [terms]) {
      const set = this.sets.get(term);
      set?.delete(place);
      if (set?.size === 0) this.sets.delete(term);
    }
  }

  private add(term: Term, place: Place): void {
    const set = this.sets.get(term);
    if (set) set.add(place);
    else this.sets.set(term, new Set([place]));
  }
}

/** How a field's values become terms of an index, or undefined for a field that is not indexed. */
function termsFor(field: JqlField): ((issue: Issue) => readonly Term[]) | undefined {
  const { terms, rank, bucketOf } = field;
  if (field.indexed === false) return undefined;
  if (terms) return terms;
  if (!rank || !bucketOf) return undefined;
  return (issue) => {
    const value = rank(issue);
    return value === undefined ? [] : [bucketOf(value)];
  };
}

class Rows {
  private readonly indexes = new Map<string, Buckets>();
  private readonly touched = new Set<string>();
  private readonly places = new Map<string, Place>();
  private readonly issues: (Issue | undefined)[] = [];

  constructor(private readonly store: Store) {
    this.readAll();
    store.issues.watch((id) => {
      if (id === undefined) this.readAll();
      else this.touch(id);
    });
  }

  touch(id: string): void {
    this.touched.add(id);
  }

  at(place: Place): Issue | undefined {
    return this.issues[place];
  }

  placeOf(id: string): Place | undefined {
    this.catchUp();
    return this.places.get(id);
  }

  /** The index of a field, up to date. */
  of(field: JqlField): Buckets | undefined {
    this.catchUp();
    const known = this.indexes.get(field.id);
    if (known) return known;
    const termsOf = termsFor(field);
    if (!termsOf) return undefined;
    const buckets = new Buckets(termsOf);
    for (const [place, issue] of this.issues.entries()) if (issue) buckets.put(place, issue);
    const [oldest] = this.indexes.keys();
    if (oldest !== undefined && this.indexes.size >= INDEXES_KEPT) this.indexes.delete(oldest);
    this.indexes.set(field.id, buckets);
    return buckets;
  }

  private readAll(): void {
    this.indexes.clear();
    this.places.clear();
    this.issues.length = 0;
    this.touched.clear();
    for (const issue of this.store.issues.all()) this.place(issue);
  }

  private place(issue: Issue): Place {
    const place = this.places.get(issue.id) ?? this.issues.length;
    this.places.set(issue.id, place);
    this.issues[place] = issue;
    return place;
  }

  private catchUp(): void {
    for (const id of this.touched) {
      const issue = this.store.issues.get(id);
      if (issue) {
        const place = this.place(issue);
        for (const buckets of this.indexes.values()) buckets.put(place, issue);
        continue;
      }
      const place = this.places.get(id);
      if (place === undefined) continue;
      this.places.delete(id);
      this.issues[place] = undefined;
      for (const buckets of this.indexes.values()) buckets.drop(place);
    }
    this.touched.clear();
  }
}

const all = new WeakMap<Store, Rows>();

/** The indexes of a site. */
export function rowsOf(store: Store): Rows {
  const known = all.get(store) ?? new Rows(store);
  all.set(store, known);
  return known;
}

/** To be told of a work item that is about to change in place. */
export const touch = (store: Store, id: string): void => all.get(store)?.touch(id);
