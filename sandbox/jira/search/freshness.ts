/** The index lags behind: for a while after its last change, searches see a work item as it was before, or not at all. */
import type { Jira } from '../rest';
import type { Issue, Store } from '../store';

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

/** To be told before every change of a work item; `created` when it is new. */
export function aboutToChange(jira: Jira, issue: Issue, created = false): void {
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

/** Every work item as the index knows it. `fresh` names those that must be current (reconcileIssues). */
export function indexedIssues(store: Store, fresh: ReadonlySet<string> = new Set()): Issue[] {
  const lag = lags.get(store);
  return store.issues.all().flatMap((issue) => {
    const old = fresh.has(issue.id) ? undefined : lag?.old.get(issue.id);
    return old ? (old.seen ?? []) : issue;
  });
}
