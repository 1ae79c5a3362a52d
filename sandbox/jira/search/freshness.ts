/** The index lags behind: for a while after its last change, searches see a work item as it was before, or not at all. */
import type { Jira } from '../rest';
import type { Issue, Store } from '../store';
import { touch } from './rows';

interface Lag {
  delayMs: number;
  /** What searches still see of work items changed lately: the state before, null for a new one. */
  old: Map<string, { seen: Issue | null; changes: number }>;
}

const lags = new WeakMap<Store, Lag>();

/** Makes the searches of a site lag; without this call they see every change at once. */
export function lagSearch(store: Store, delayMs: number): void {
  if (delayMs > 0) lags.set(store, { delayMs, old: new Map() });
}

/** To be told before every change of a work item; `created` when it is new. What follows in the same turn belongs to the change. */
export function aboutToChange(jira: Jira, issue: Issue, created = false): void {
  touch(jira.store, issue.id);
  const lag = lags.get(jira.store);
  if (!lag) return;
  const entry = lag.old.get(issue.id) ?? { seen: created ? null : structuredClone(issue), changes: 0 };
  entry.changes += 1;
  lag.old.set(issue.id, entry);
  const mine = entry.changes;
  jira.clock.after(lag.delayMs, () => {
    if (entry.changes === mine) lag.old.delete(issue.id);
  });
}

/** What searches still see of work items changed lately, null for those not seen yet; `fresh` ones are seen as they are. */
export function statesBefore(store: Store, fresh: ReadonlySet<string>): ReadonlyMap<string, Issue | null> {
  const states = new Map<string, Issue | null>();
  for (const [id, { seen }] of lags.get(store)?.old ?? []) {
    if (!fresh.has(id) && store.issues.get(id)) states.set(id, seen);
  }
  return states;
}
