/** Managed items beside a work item: which it is about, what changes of them, what came of it, and what failed too often. */
import { z } from 'zod';
import { issueKey, moment, statusKey, trouble, workTypeKey } from './common';
import { attributeKey, classKey, itemKey, lifeKey, TIE_OUTCOMES, TIE_ROLES } from './register';

const tieRole = z.enum(TIE_ROLES);
const tieOutcome = z.enum(TIE_OUTCOMES);

/** `from`: what the register said when it was planned. Absent on either side: nothing is said there. */
export const plannedValue = z.object({ attribute: attributeKey, from: z.string().optional(), to: z.string().max(500).optional() });
export type PlannedValue = z.infer<typeof plannedValue>;

/** Of an item to change: what of it. Of an item to add: as what it comes. */
export const tiePlan = z.union([
  z.object({ changes: z.array(plannedValue).max(40) }),
  z.object({ item: z.object({ name: z.string().trim().min(1).max(200), class: classKey }) }),
]);
export type TiePlan = z.infer<typeof tiePlan>;

/** One item as a work item names it. */
const named = z.object({
  /** As Jira's field says it; not every label is a key. */
  key: z.string(),
  /** Absent: the register does not hold it. */
  item: z.object({ key: itemKey, name: z.string(), class: z.string(), life: lifeKey, lifeName: z.string(), over: z.boolean() }).optional(),
  /** A change under way is to change it; without a key: one that this person may not see. */
  lock: z.object({ key: issueKey.optional() }).optional(),
  /** Incidents of the last days, where they are too many. */
  failed: z.number().int().optional(),
});
export type NamedInWork = z.infer<typeof named>;

const changing = named.extend({
  role: z.enum(['toChange', 'toAdd']),
  /** Of the item, as it is read now: whoever acts says what they have seen. */
  version: z.number().int().optional(),
  changes: z.array(
    z.object({
      attribute: attributeKey,
      label: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
      /** What the register says now, where that is neither of the two. */
      now: z.string().optional(),
    }),
  ),
  /** What the register says of what may be planned, as it is stored. */
  says: z.record(attributeKey, z.string()),
  /** What is planned, as it is stored. */
  plans: z.record(attributeKey, z.string()),
  /** As what it comes into the register. */
  comes: z.object({ name: z.string(), class: z.string() }).optional(),
  outcome: tieOutcome.optional(),
  why: z.string().optional(),
});
export type ChangingInWork = z.infer<typeof changing>;

const attribute = z.object({ key: attributeKey, name: z.string(), choices: z.array(z.object({ value: z.string(), name: z.string() })).optional() });

export const workRegister = z.object({
  state: z.literal('ok'),
  key: issueKey,
  type: workTypeKey,
  status: statusKey,
  /** The register holds an item; before that Jira's fields say all there is. */
  begun: z.boolean(),
  may: z.object({
    /** Name items, or take names away. */
    name: z.boolean(),
    /** Say what changes: on a Request for Change alone. */
    plan: z.boolean(),
    /** Say what came of it. */
    confirm: z.boolean(),
  }),
  concerned: z.array(named),
  changing: z.array(changing),
  /** The Request for Change that `changing` is of, where it is another work item. */
  of: z.object({ key: issueKey }).optional(),
  /** How many of them the register does not say yet. */
  open: z.number().int(),
  /** Services that the items concerned support, and how many parties use them. */
  carries: z.object({ services: z.array(z.string()), more: z.number().int() }).optional(),
  /** What may change of the items to be changed, by class; of a Request for Change. */
  attributes: z.record(z.string(), z.array(attribute)),
  classes: z.array(z.object({ key: classKey, name: z.string() })),
  proposal: z.lazy(() => proposal).optional(),
});
export type WorkRegister = z.infer<typeof workRegister>;

/** Too many incidents on one item (A14). */
const proposal = z.object({
  item: itemKey,
  name: z.string(),
  /** Incidents of the last `days`. */
  times: z.number().int(),
  days: z.number().int(),
  /** Those that this person may see, the oldest first. */
  incidents: z.array(issueKey),
  /** The Preventive Action that deals with it; without a key: one that this person may not see. */
  made: z.object({ key: issueKey.optional() }).optional(),
});
export type TrendProposal = z.infer<typeof proposal>;

const foundItem = z.object({
  key: itemKey,
  name: z.string(),
  class: z.string(),
  life: lifeKey,
  lifeName: z.string(),
  location: z.string().optional(),
});
export type FoundItem = z.infer<typeof foundItem>;

const panelAnswer = z.union([workRegister, trouble]);
const refused = z.object({ state: z.literal('refused'), text: z.string() });
const actAnswer = z.union([workRegister, refused, trouble]);
export type RegisterPanelAnswer = z.infer<typeof panelAnswer>;
export type RegisterActAnswer = z.infer<typeof actAnswer>;

const suggestion = z.object({ why: z.enum(['service', 'requester', 'similar']), items: z.array(foundItem) });
export type ItemSuggestion = z.infer<typeof suggestion>;

export const WORK_OF_ITEM = 20;

/** A work item that has to do with an item, as far as this person may see it. */
const workOfItem = z.object({
  key: issueKey,
  type: workTypeKey,
  summary: z.string(),
  status: statusKey,
  role: tieRole,
  open: z.boolean(),
  reportedAt: moment,
  outcome: tieOutcome.optional(),
});
export type WorkOfItem = z.infer<typeof workOfItem>;

export const registerWorkCalls = {
  'register.forWorkItem': { request: z.object({}), answer: panelAnswer },
  'register.find': {
    request: z.object({ words: z.string().trim().max(100) }),
    answer: z.union([z.object({ state: z.literal('ok'), items: z.array(foundItem) }), trouble]),
  },
  'register.suggest': {
    request: z.object({}),
    answer: z.union([z.object({ state: z.literal('ok'), suggestions: z.array(suggestion) }), trouble]),
  },
  'register.name': { request: z.object({ role: tieRole, key: itemKey, named: z.boolean() }), answer: actAnswer },
  'register.plan': { request: z.object({ role: z.enum(['toChange', 'toAdd']), key: itemKey, plan: tiePlan }), answer: actAnswer },
  'register.confirm': {
    request: z.object({
      role: z.enum(['toChange', 'toAdd']),
      key: itemKey,
      outcome: tieOutcome,
      why: z.string().trim().max(1000).optional(),
      /** Of the item, as it was seen. */
      version: z.number().int().optional(),
    }),
    answer: actAnswer,
  },
  'register.workItems': {
    request: z.object({ key: itemKey, after: z.string().max(60).optional() }),
    answer: z.union([
      z.object({
        state: z.literal('ok'),
        items: z.array(workOfItem),
        unseen: z.number().int(),
        total: z.number().int(),
        after: z.string().optional(),
      }),
      trouble,
    ]),
  },
  'register.proposal': {
    request: z.object({ key: itemKey }),
    answer: z.union([z.object({ state: z.literal('ok'), proposal: proposal.optional() }), trouble]),
  },
  'register.prevent': {
    request: z.object({ key: itemKey }),
    answer: z.union([z.object({ state: z.literal('ok'), key: issueKey }), refused, trouble]),
  },
} as const;
