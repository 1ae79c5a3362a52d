/** Where the site no longer follows the blueprint, in the method's words, and what can be done about it. */
import { z } from 'zod';
import { moment, person, trouble } from './common';

/** broken: the method no longer holds. missing: a rule is gone or off. changed: something of ours reads or looks different. added: something came in. */
export const DRIFT_SEVERITIES = ['broken', 'missing', 'changed', 'added'] as const;

export const drift = z.object({
  /** Stable over readings: names the object and what differs. */
  id: z.string(),
  severity: z.enum(DRIFT_SEVERITIES),
  /** "The step Reviewing was removed from Incident" */
  sentence: z.string(),
  /** What that means in practice. */
  meaning: z.string(),
  /** Flow or list as the method has it and as the site has it, for showing beside each other; empty where words are enough. */
  says: z.array(z.string()),
  has: z.array(z.string()),
  /** What repair would do; empty: only a person can mend it in Jira, and `meaning` says how. */
  repair: z.array(z.string()),
  /** Requests repair takes. */
  requests: z.number().int(),
  /** Repair moves no work item and removes nothing that somebody added. */
  safe: z.boolean(),
  /** Who changed it and when, where Jira's audit log tells. */
  who: z.string().optional(),
  when: moment.optional(),
  accepted: z.object({ reason: z.string(), review: z.iso.date(), by: person, at: moment }).optional(),
});
export type Drift = z.infer<typeof drift>;

export const driftReport = z.object({
  state: z.literal('ok'),
  /** Absent: never read. */
  asOf: moment.optional(),
  items: z.array(drift),
  /** Repaired in the last 30 days. */
  repaired: z.array(z.object({ sentence: z.string(), by: z.string(), at: moment })),
  /** The blueprint of this version of the app is newer than what was set up: a plan with the differences brings it in. */
  upgrade: z.boolean(),
  /** What the last reading was not allowed to see; those items are as they were read before. Absent: everything was seen. */
  unread: z.string().optional(),
});
export type DriftReport = z.infer<typeof driftReport>;

const report = z.union([driftReport, trouble]);
const driftId = z.string().min(1).max(300);

export const driftCalls = {
  /** fresh: reads the site now, otherwise the last reading. */
  'drift.read': { request: z.object({ fresh: z.boolean().default(false) }), answer: report },
  'drift.repair': { request: z.object({ ids: z.array(driftId).min(1).max(50) }), answer: report },
  'drift.accept': {
    request: z.object({ id: driftId, reason: z.string().trim().min(3).max(500), review: z.iso.date() }),
    answer: report,
  },
  'drift.reopen': { request: z.object({ id: driftId }), answer: report },
} as const;
