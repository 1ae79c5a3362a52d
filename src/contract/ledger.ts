/** The ledger as administrators see it: how far it is, and rebuilding it from Jira's changelogs. */
import { z } from 'zod';
import { issueKey, moment, statusKey, trouble } from './common';

/**
 * What the method does not know: the work type was changed by hand, the work item left the spaces that USM works in, it is a copy of one that was
 * handed over, or it came to a status by a way that no workflow has.
 */
export const ANOMALIES = ['typeChanged', 'leftSpace', 'cloned', 'noWay'] as const;
export type AnomalyKind = (typeof ANOMALIES)[number];
export const anomalyKind = z.enum(ANOMALIES);

/** How far a rebuild is; it lives on the server and is driven by the page. */
export const ledgerRebuild = z.object({
  phase: z.enum(['none', 'running', 'failed', 'done']),
  /** Work items looked at, and about how many there are. */
  seen: z.number().int(),
  total: z.number().int(),
  /** Lines that were missing and are there now. */
  added: z.number().int(),
  /** Steps in the ledger that no changelog has. */
  strays: z.number().int(),
  at: moment.optional(),
  failed: z.object({ text: z.string(), reference: z.string() }).optional(),
});
export type LedgerRebuild = z.infer<typeof ledgerRebuild>;

export const ledgerStatus = z.object({
  state: z.literal('ok'),
  /** Everything up to this moment was compared with Jira's changelogs; absent: never yet. */
  complete: moment.optional(),
  steps: z.number().int(),
  handoffs: z.number().int(),
  anomalies: z.number().int(),
  /** The latest line. */
  latest: moment.optional(),
  /** The daily comparison. `behind`: it did not come to the end and goes on the next day from this moment. */
  daily: z.object({ at: moment, seen: z.number().int(), added: z.number().int(), strays: z.number().int(), behind: moment.optional() }).optional(),
  rebuild: ledgerRebuild,
  /** The latest things that the method does not know; without a key where this person may not see the work item. */
  found: z.array(
    z.object({ key: issueKey.optional(), at: moment, happened: anomalyKind, from: statusKey.optional(), to: statusKey.optional(), text: z.string() }),
  ),
  asOf: moment,
});
export type LedgerStatus = z.infer<typeof ledgerStatus>;

const progress = z.object({ state: z.literal('ok'), rebuild: ledgerRebuild });
export type LedgerProgress = z.infer<typeof progress>;

export const ledgerCalls = {
  'ledger.status': { request: z.object({}), answer: z.union([ledgerStatus, trouble]) },
  /** Looks at the next work items. `begin`: from the first one on, unless a rebuild is under way. */
  'ledger.step': { request: z.object({ begin: z.boolean() }), answer: z.union([progress, trouble]) },
} as const;
