/** What the process panel and the hand-over dialog ask, and what they get back. */
import { z } from 'zod';
import { issueKey, moment, person, processKey, ruleId, statusKey, trouble, workTypeKey } from './common';
import { handoffState, receiptView, strayLink } from './receipt';
import { pause } from './rules';
import { supplierId } from './suppliers';

/** One rule of a step, as a line. Texts come from the method; `warning` = not met and let pass, `later` = not due yet. */
export const ruleLine = z.object({
  rule: ruleId,
  state: z.enum(['met', 'unmet', 'warning', 'later', 'notJudged']),
  text: z.string(),
  help: z.string(),
  /** The one button that helps, where there is one. */
  action: z.enum(['handOver']).optional(),
  /** The button that asks for what is missing: the facts alone, or on the way of a step. */
  ask: z.object({ button: z.string(), transition: z.string().optional() }).optional(),
});
export type RuleLine = z.infer<typeof ruleLine>;

/** How this person takes a step from here: at once, in a dialog that asks, or by handing over. */
export const take = z.enum(['now', 'dialog', 'handOver']);
export type Take = z.infer<typeof take>;

/** A way beside the main one, that this person may take now. */
export const otherStep = z.object({ transition: z.string(), name: z.string(), kind: z.enum(['back', 'pause', 'resume', 'end']), take });
export type OtherStep = z.infer<typeof otherStep>;

export const nextStep = z.object({
  transition: z.string(),
  name: z.string(),
  to: statusKey,
  toName: z.string(),
  /** The app takes this step itself. */
  auto: z.boolean(),
  /** Who may take it, in words: "Coordinator or operator". */
  who: z.string(),
  rules: z.array(ruleLine),
  /** Absent when it is not this person's, or nothing they could do here would let it pass. */
  take: take.optional(),
});
export type NextStep = z.infer<typeof nextStep>;

export const chainLink = z.object({
  key: issueKey.optional(),
  type: workTypeKey,
  typeName: z.string(),
  /** Of its process: Change, Operate. */
  verb: z.string(),
  summary: z.string(),
  status: statusKey.optional(),
  depth: z.number().int(),
  here: z.boolean(),
  owner: person.optional(),
  team: z.string().optional(),
  /** At a supplier, named as team: how it stands there in their words, where this person may see it. */
  supplier: z.object({ status: z.string().optional(), category: z.enum(['TODO', 'IN_PROGRESS', 'DONE']).optional(), unseen: z.boolean() }).optional(),
  /** How it was asked for; absent on the root. */
  handoff: z
    .object({ state: handoffState, askedAt: moment, acceptedAt: moment.optional(), readyBy: moment.optional(), by: person.optional() })
    .optional(),
  since: moment.optional(),
  until: moment.optional(),
});
export type ChainLink = z.infer<typeof chainLink>;

/** Names one state of a plan: what is said of another counts no more. */
export const planVersion = z.string().regex(/^[0-9a-f]{32}$/);

/** Who is asked to approve the plan as it stands, and what they said of it. */
export const planApprovals = z.object({
  version: planVersion,
  asked: z.array(z.object({ person, verdict: z.enum(['approve', 'notYet']).optional(), words: z.string().optional(), at: moment.optional() })),
  /** How this person stands to it; absent: is not asked. */
  mine: z.enum(['asked', 'approve', 'notYet']).optional(),
});
export type PlanApprovals = z.infer<typeof planApprovals>;

/** What this work item has to do with a group. */
export const groupView = z.object({
  /** The main one it is grouped under. */
  under: z.object({ key: issueKey, summary: z.string(), status: statusKey.optional() }).optional(),
  members: z.array(
    z.object({
      key: issueKey,
      summary: z.string(),
      status: statusKey.optional(),
      /** waits: for the main one. going: being brought along. done: ended. left: could not be brought along, and why. */
      state: z.enum(['waits', 'going', 'done', 'left']),
      why: z.string().optional(),
    }),
  ),
  /** Group links made by hand that do not count, and why. */
  forbidden: z.array(z.object({ key: issueKey, why: z.string() })),
  /** Those grouped under it can be brought along now; with the message proposed. */
  bring: z.object({ message: z.string() }).optional(),
});
export type GroupView = z.infer<typeof groupView>;

export const processPanel = z.object({
  state: z.literal('ok'),
  key: issueKey,
  type: workTypeKey,
  typeName: z.string(),
  status: statusKey,
  statusName: z.string(),
  statusMeaning: z.string(),
  since: moment,
  path: z.object({
    /** W1 ... W8, W1-answer or open */
    code: z.string(),
    meaning: z.string(),
    processes: z.array(
      z.object({
        process: processKey,
        verb: z.string(),
        /** 1, 2, 3 along the path; absent = not on it. */
        order: z.number().int().optional(),
        state: z.enum(['here', 'asked', 'running', 'waits', 'fulfilled', 'ahead', 'off']),
      }),
    ),
  }),
  /** The main path of the work type; `at` = when this status was last entered. */
  steps: z.array(z.object({ status: statusKey, name: z.string(), at: moment.optional() })),
  /** Index into steps; while Waiting, the step left. */
  position: z.number().int(),
  waiting: z.object({ for: z.string(), until: moment.optional() }).optional(),
  dueBy: moment.optional(),
  /** The ways on from here, the usual one first. */
  next: z.array(nextStep),
  others: z.array(otherStep),
  /** Rules of the step after next: no need to wait with these. */
  later: z.object({ toName: z.string(), rules: z.array(ruleLine) }).optional(),
  accountable: z.object({ role: z.string(), person: person.optional() }).optional(),
  coordinator: person.optional(),
  waitsFor: z.object({ party: z.string(), since: moment }).optional(),
  chain: z.array(chainLink),
  /** What this work item was made for. */
  receipt: receiptView.optional(),
  /** What it asked for itself, oldest first. */
  receipts: z.array(receiptView).optional(),
  strayLinks: z.array(strayLink).optional(),
  /** Absent where nobody is asked now. */
  approvals: planApprovals.optional(),
  /** Absent where it belongs to none. */
  group: groupView.optional(),
  /** The last refusal of a step, until a step succeeds. */
  refused: z.object({ transition: z.string(), at: moment, unmet: z.number().int(), of: z.number().int(), reference: z.string() }).optional(),
  /** All rules of USM are paused: nothing is asked before a step. */
  paused: pause.optional(),
  /** What this person may do from the panel now. */
  may: z.object({ handOver: z.boolean(), retry: z.boolean(), reclassify: z.boolean(), followUp: z.boolean() }),
  asOf: moment,
});
export type ProcessPanel = z.infer<typeof processPanel>;

export const processAnswer = z.union([processPanel, trouble]);
export type ProcessAnswer = z.infer<typeof processAnswer>;

/** The work item itself comes from the platform's context; nothing is asked. */
export const processRequest = z.object({});

/** A process that is asked by one of its work types, or a supplier. */
export const routeKey = z.union([workTypeKey, z.literal('supplier')]);
export type RouteKey = z.infer<typeof routeKey>;

export const handOverRoute = z.object({
  type: routeKey,
  typeName: z.string(),
  verb: z.string(),
  purpose: z.string(),
  allowed: z.boolean(),
  /** Why it cannot be chosen with today's data. */
  reason: z.string().optional(),
  /** Preselected, and why: "Needed: SW-3B-02 changes". */
  suggested: z.string().optional(),
});
export type HandOverRoute = z.infer<typeof handOverRoute>;

export const handOverForm = z.object({
  state: z.literal('ok'),
  key: issueKey,
  summary: z.string(),
  fromVerb: z.string(),
  /** The transition taken, e.g. Recover; absent when the work item is already Realising and only asks for more. */
  transitionName: z.string().optional(),
  me: person,
  question: z.string(),
  routes: z.array(handOverRoute),
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Asked instead of a team where the route is `supplier`. */
  suppliers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** All that a supplier is told besides what is asked and by when. */
  shared: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Where the work item stays when no step is taken. */
  staysIn: z.string().optional(),
  defaultTeam: z.string().optional(),
  readyBy: moment.optional(),
  /** What is asked, where that is known already. */
  what: z.string().optional(),
  dueBy: moment.optional(),
  carried: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Rules of the step that are not met and that the dialog itself does not answer. */
  unmet: z.array(ruleLine),
  /** Compare-and-set: the hand-off version of the work item that this form shows. */
  version: z.number().int(),
});
export type HandOverForm = z.infer<typeof handOverForm>;

export const handOverFormAnswer = z.union([handOverForm, z.object({ state: z.literal('notNow'), text: z.string() }), trouble]);
export type HandOverFormAnswer = z.infer<typeof handOverFormAnswer>;

export const ask = z.object({
  type: routeKey,
  /** Option id of the field Solution team, or id of a supplier. */
  team: z.union([z.string().regex(/^\d{1,18}$/), supplierId]),
  what: z.string().trim().min(3).max(4000),
  readyBy: moment.optional(),
});
export type Ask = z.infer<typeof ask>;

export const handOverRequest = z.object({ asks: z.array(ask).min(1).max(5), version: z.number().int() });
export type HandOverRequest = z.infer<typeof handOverRequest>;

export const handOverAnswer = z.union([
  z.object({ state: z.literal('done'), made: z.array(z.object({ key: issueKey, typeName: z.string() })), panel: processAnswer }),
  /** The step was refused; nothing was handed over. */
  z.object({ state: z.literal('refused'), text: z.string() }),
  trouble,
]);
export type HandOverAnswer = z.infer<typeof handOverAnswer>;

/** Tries again to make what was asked for and to bring back what has ended. */
export const retryRequest = z.object({});

/** Resolver functions of the process panel and the hand-over dialog: name -> request and answer. */
export const workCalls = {
  'work.process': { request: processRequest, answer: processAnswer },
  'work.handOverForm': { request: z.object({}), answer: handOverFormAnswer },
  'work.handOver': { request: handOverRequest, answer: handOverAnswer },
  'work.retry': { request: retryRequest, answer: processAnswer },
} as const;
