/** The agreement of one work item: what was promised, how it stands, what it rests on, and choosing another one with a reason. */
import { z } from 'zod';
import { agreementId, AGREEMENT_STATUSES, FIT_STATES } from './agreements';
import { issueKey, moment, person, statusKey, trouble, workTypeKey } from './common';
import { calendar } from './settings';

const minutes = z.number().int().min(1);

/** A promise as it was when the work item was accepted; later versions and other priorities change nothing of it. */
export const fixedPromise = z.object({
  /** Of the agreement, at that time. */
  name: z.string(),
  /** When its clocks began: the report, or for what was handed over the moment of asking. */
  from: moment,
  /** Rank at that time; absent: not rated. */
  priority: z.number().int().optional(),
  respond: minutes.optional(),
  /** agreedDate: by the moment that stands in Deliver or restore by. */
  deliver: z.union([minutes, z.literal('agreedDate')]).optional(),
  /** Ready by, as the hand-over asked; it comes before `deliver`. */
  by: moment.optional(),
  percent: z.number().optional(),
  /** Its hours, as they were. */
  calendar: calendar.optional(),
});
export type FixedPromise = z.infer<typeof fixedPromise>;

/** One line of what was promised. Times in ms of working time. */
const target = z.object({
  kind: z.enum(['respond', 'deliver']),
  /** own: what the organisation, or the team, has set itself; shown to its people alone. */
  whose: z.enum(['customer', 'own']),
  /** Respond, customer's; Restore, our own. */
  label: z.string(),
  /** Minutes of working time; absent where a moment was agreed. */
  minutes: minutes.optional(),
  due: moment.optional(),
  /** Net, below zero: over. Absent where a moment was agreed. */
  left: z.number().optional(),
  state: z.enum(['running', 'paused', 'stopped', 'over']),
  verdict: z.enum(['none', 'ok', 'atRisk', 'missed', 'met', 'void']),
  /** How long it took, net, once it stopped. */
  took: z.number().optional(),
});
export type WorkTarget = z.infer<typeof target>;

const rests = z.object({
  legs: z.array(z.object({ id: agreementId.optional(), name: z.string(), minutes: z.number().optional() })),
  state: z.enum(FIT_STATES),
  /** 3 h of the 4 h, 1 h to spare. */
  text: z.string(),
});

export const workAgreement = z.object({
  state: z.literal('ok'),
  key: issueKey,
  type: workTypeKey,
  status: statusKey,
  /** kept: something is promised. waits: it will be, once it is accepted. none: nothing applies. exempt: nothing is needed. unasked: this site has promised nothing yet. */
  kind: z.enum(['kept', 'waits', 'none', 'exempt', 'unasked']),
  /** What is so, and what to do; of every kind but `kept`. */
  text: z.string().optional(),
  agreement: z
    .object({
      id: agreementId,
      name: z.string(),
      version: z.number().int(),
      status: z.enum(AGREEMENT_STATUSES),
      customer: z.string(),
      until: z.string().optional(),
    })
    .optional(),
  /** In the customer's words. */
  promise: z.string().optional(),
  /** When it was fixed, and for which priority; `priorityNow`: where that is another one by now. */
  fixed: z.object({ at: moment, priority: z.number().int().optional(), priorityNow: z.number().int().optional() }).optional(),
  chosen: z.object({ by: person, why: z.string(), at: moment }).optional(),
  targets: z.array(target),
  /** Of the customer's promise: ms of working time used, in all and without waiting for the customer. */
  net: z.number().optional(),
  gross: z.number().optional(),
  /** Waiting for the customer; without an end it lasts. */
  stops: z.array(z.object({ from: moment, to: moment.optional() })),
  /** Of people of the organisation alone. */
  rests: rests.optional(),
  /** What it was handed over from, where that is somebody's: it is under that work item's agreement. */
  root: z.object({ key: issueKey.optional(), leg: z.string().optional() }).optional(),
  /** Whether this person may choose another agreement, and which there are. */
  choices: z.array(z.object({ id: agreementId, name: z.string(), version: z.number().int(), customer: z.string() })).optional(),
  asOf: moment,
});
export type WorkAgreementView = z.infer<typeof workAgreement>;

const answer = z.union([workAgreement, z.object({ state: z.literal('refused'), text: z.string() }), trouble]);
export type WorkAgreementAnswer = z.infer<typeof answer>;

export const workAgreementCalls = {
  'agreements.forWorkItem': { request: z.object({}), answer },
  'agreements.choose': { request: z.object({ agreement: agreementId, reason: z.string().trim().min(1).max(1_000) }), answer },
} as const;
