/** How clauses come together: tests in the order of their cost, and the smallest set of work items to put them to. */
import type { Issue, Store } from '../store';
import type { JqlField, Term } from './field';
import { rowsOf, type Place } from './rows';

/** Sets that hold, together, at least every work item that passes. `size` counts what is in them. */
export interface Source {
  size: number;
  sets: readonly ReadonlySet<Place>[];
}

export interface Leg {
  test(issue: Issue): boolean;
  /** How dear the test is, compared with looking at one value. */
  cost: number;
  /** Absent where no index knows better than to look at all. */
  source?: Source;
}

export const COST = { cheap: 1, link: 5, history: 10, text: 20 } as const;

const sourceOf = (sets: readonly ReadonlySet<Place>[]): Source => ({ sets, size: sets.reduce((sum, set) => sum + set.size, 0) });

/** Finds sources in the indexes of a site. */
export interface Planner {
  /** Work items of these terms, or, where none are named, of those that pass. */
  source(field: JqlField, passes: (term: Term) => boolean, terms?: readonly Term[]): Source | undefined;
  /** Work items by id. */
  issues(ids: ReadonlySet<Term>): Source | undefined;
}

/** Looks everything up. */
export const indexPlanner = (store: Store): Planner => ({
  source(field, passes, terms) {
    const buckets = rowsOf(store).of(field);
    if (!buckets) return undefined;
    if (terms) return sourceOf([...new Set(terms)].flatMap((term) => buckets.sets.get(term) ?? []));
    return sourceOf([...buckets.sets].flatMap(([term, set]) => (passes(term) ? [set] : [])));
  },
  issues: (ids) => sourceOf([new Set([...ids].flatMap((id) => rowsOf(store).placeOf(String(id)) ?? []))]),
});

/** Knows no index: every work item is looked at. */
export const scanPlanner: Planner = { source: () => undefined, issues: () => undefined };

const byCost = (legs: readonly Leg[]): Leg[] => [...legs].sort((a, b) => a.cost - b.cost);

const cheapest = (legs: readonly Leg[]): Source | undefined =>
  legs.reduce<Source | undefined>((best, { source }) => (source && (!best || source.size < best.size) ? source : best), undefined);

/** All must pass: look where the fewest are. */
export function allOf(legs: readonly Leg[]): Leg {
  const tests = byCost(legs).map((leg) => leg.test);
  const source = cheapest(legs);
  return {
    test: (issue) => tests.every((test) => test(issue)),
    cost: legs.reduce((sum, leg) => sum + leg.cost, 0),
    ...(source && { source }),
  };
}

/** One must pass: look wherever one of them would, if all of them know where. */
export function anyOf(legs: readonly Leg[]): Leg {
  const tests = byCost(legs).map((leg) => leg.test);
  const sources = legs.flatMap((leg) => leg.source ?? []);
  return {
    test: (issue) => tests.some((test) => test(issue)),
    cost: legs.reduce((sum, leg) => sum + leg.cost, 0),
    ...(sources.length === legs.length && { source: sourceOf(sources.flatMap((one) => one.sets)) }),
  };
}

/** The work items that a leg has to look at, each once. */
export function* candidates(store: Store, { source }: Leg): Iterable<Issue> {
  if (!source) return yield* store.issues.all();
  const rows = rowsOf(store);
  const seen = source.sets.length > 1 ? new Set<Place>() : undefined;
  for (const set of source.sets) {
    for (const place of set) {
      if (seen?.has(place)) continue;
      seen?.add(place);
      const issue = rows.at(place);
      if (issue) yield issue;
    }
  }
}
