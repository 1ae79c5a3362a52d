/** The tab "USM history" of a work item. */
import { z } from 'zod';
import { issueKey, moment, person, ruleId, statusKey, trouble } from './common';
import { anomalyKind } from './ledger';

/** group: grouped under a main work item, or released. override: rules that let pass although they were not met. refusal: a step was not let pass. anomaly: what the method does not know. */
export const HISTORY_FILTERS = ['status', 'handoff', 'group', 'override', 'refusal', 'anomaly'] as const;
const historyKind = z.enum(HISTORY_FILTERS);
export type HistoryFilter = z.infer<typeof historyKind>;

/** asked: the work item was made. returned: sent back, to be asked again. reopened: it had ended and goes on. */
export const HANDOFF_EVENTS = ['asked', 'accepted', 'returned', 'reopened', 'fulfilled', 'failed'] as const;
export type HandoffEvent = (typeof HANDOFF_EVENTS)[number];

/** Where a part of the history ended; the next part begins behind it. */
const historyPlace = z.object({ at: moment, id: z.string().max(60) });

const common = { id: z.string(), at: moment };
const rules = z.array(z.object({ rule: ruleId, text: z.string() }));

export const historyLine = z.discriminatedUnion('kind', [
  /** Without `from`: it was registered, or came from outside of USM. */
  z.object({ ...common, kind: z.literal('status'), from: statusKey.optional(), to: statusKey, by: person.optional() }),
  z.object({
    ...common,
    kind: z.literal('handoff'),
    happened: z.enum(HANDOFF_EVENTS),
    /** Whether this work item asked or was asked. */
    side: z.enum(['asks', 'asked']),
    /** Of the asked work item. */
    typeName: z.string(),
    team: z.string().optional(),
    /** The other work item, where this person may see it. */
    key: issueKey.optional(),
    by: person.optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('group'),
    happened: z.enum(['grouped', 'released']),
    /** main: another one follows this one. member: this one follows another. */
    side: z.enum(['main', 'member']),
    /** The other work item, where this person may see it. */
    key: issueKey.optional(),
    by: person.optional(),
  }),
  /** A file of the work item was named as proof of a confirmation. Without a name: it was deleted since. */
  z.object({ ...common, kind: z.literal('proof'), file: z.string().optional(), by: person.optional() }),
  z.object({ ...common, kind: z.literal('override'), transition: z.string(), rules, paused: z.boolean(), by: person.optional() }),
  /** Without the person: who tried is nobody's business. */
  z.object({ ...common, kind: z.literal('refusal'), transition: z.string(), rules, reference: z.string() }),
  z.object({ ...common, kind: z.literal('anomaly'), happened: anomalyKind, text: z.string(), by: person.optional() }),
]);
export type HistoryLine = z.infer<typeof historyLine>;

export const workHistory = z.object({
  state: z.literal('ok'),
  key: issueKey,
  lines: z.array(historyLine),
  /** There are older ones; ask again with this place. */
  after: historyPlace.optional(),
  asOf: moment,
});
export type WorkHistory = z.infer<typeof workHistory>;

export const historyCalls = {
  'work.history': {
    request: z.object({ kind: historyKind.optional(), after: historyPlace.optional() }),
    answer: z.union([workHistory, trouble]),
  },
} as const;
