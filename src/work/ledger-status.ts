/** The ledger as administrators see it. */
import { bulkFetchIssues } from 'jira.js/cloud';
import { z } from 'zod';
import type { AnomalyKind, LedgerStatus } from '../contract';
import { jira } from '../jira/client';
import { type StatusKey, STATUS_KEYS, STATUSES } from '../method';
import { now } from '../platform/clock';
import { latestAnomalies, ledgerSize } from './ledger';
import { comparisons, rebuildProgress } from './reconcile';

/** Of the latest things that the method does not know, so many are shown. */
const SHOWN = 50;

const nameOf = (status: StatusKey | undefined): string => (status ? STATUSES[status].name : 'a status outside of USM');

/** What it is, and what to do. */
export function anomalyText(kind: AnomalyKind, from: StatusKey | undefined, to: StatusKey | undefined): string {
  switch (kind) {
    case 'typeChanged':
      return 'Its work type was changed by hand, so what was handed over and its history no longer fit. Change it back, then use Reclassify.';
    case 'leftSpace':
      return 'It was moved out of the spaces that USM works in. Its rules and hand-offs no longer hold there. Move it back, or withdraw what it asked for.';
    case 'cloned':
      return 'It is a copy of a work item that was handed over. The copy answers no hand-off; accept or decline it for what it is.';
    case 'noWay':
      return from
        ? `It came from ${nameOf(from)} to ${nameOf(to)} by a way that its workflow does not have. Look at the workflow on the drift page.`
        : `It stands in ${nameOf(to)} and no step led there. Look at the workflow on the drift page.`;
  }
}

const statusKey = (text: string | undefined): StatusKey | undefined => STATUS_KEYS.find((key) => key === text);

/** Keys of the work items this person may see, by id. */
async function keysOf(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const answer = await bulkFetchIssues(jira('person'), { issueIdsOrKeys: [...new Set(ids)], fields: ['summary'] });
  const { issues } = z.object({ issues: z.array(z.object({ id: z.string(), key: z.string() })) }).parse(answer);
  return new Map(issues.map((one) => [one.id, one.key]));
}

export async function ledgerStatus(): Promise<LedgerStatus> {
  const [sizes, { rebuild, daily, complete }, found] = await Promise.all([ledgerSize(), comparisons(), latestAnomalies(SHOWN)]);
  const keys = await keysOf(found.map((one) => one.itemId));
  const numberOf = (kind: string): number => sizes.find((one) => one.kind === kind)?.number ?? 0;
  const latest = Math.max(...sizes.flatMap((one) => one.latest ?? []));
  const behind = daily && daily.complete !== daily.at;
  return {
    state: 'ok',
    ...(complete !== undefined && { complete }),
    steps: numberOf('status'),
    handoffs: numberOf('handoff'),
    anomalies: numberOf('anomaly'),
    ...(Number.isFinite(latest) && { latest }),
    ...(daily && { daily: { at: daily.at, seen: daily.seen, added: daily.added, strays: daily.strays, ...(behind && { behind: daily.place }) } }),
    rebuild: rebuildProgress(rebuild),
    found: found.map(({ itemId, at, happened, ...way }) => {
      const [from, to] = [statusKey(way.from), statusKey(way.to)];
      return { key: keys.get(itemId), at, happened, ...(from && { from }), ...(to && { to }), text: anomalyText(happened, from, to) };
    }),
    asOf: now(),
  };
}
