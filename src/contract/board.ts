/** What the page USM asks: the hand-off board and triage. */
import { z } from 'zod';
import { issueKey, moment, person, processKey, statusKey, trouble, workTypeKey } from './common';
import { returnReason } from './receipt';

const team = z.object({ id: z.string(), name: z.string() });

/** Where a part of the board ended; the next part begins after it. */
const boardPlace = z.object({ at: moment, id: z.string().max(36) });

/** One hand-off that somebody still has to move. */
export const handoffRow = z.object({
  id: z.string(),
  /** prepared: the work item is not made yet. failed: it ended without delivery, and nobody has decided how it goes on. */
  state: z.enum(['prepared', 'asked', 'accepted', 'returned', 'failed']),
  key: issueKey.optional(),
  type: workTypeKey,
  typeName: z.string(),
  process: processKey,
  verb: z.string(),
  summary: z.string(),
  status: statusKey.optional(),
  what: z.string(),
  askedBy: person,
  askedAt: moment,
  readyBy: moment.optional(),
  /** The team that is asked, and who of it has the work in hand. */
  team: team.optional(),
  /** It was passed to a supplier, named as team: who of us speaks for them, and whether USM has lost sight of their work item. */
  supplier: z.object({ speaker: team.optional(), unseen: z.boolean() }).optional(),
  owner: person.optional(),
  service: z.string().optional(),
  /** Why it came back, in the words of the asked side. */
  reason: z.string().optional(),
  /** Returned: when, why, and what the asked side proposes. */
  returned: z
    .object({
      at: moment,
      reason: returnReason,
      readyBy: moment.optional(),
      team: team.optional(),
      typeName: z.string().optional(),
    })
    .optional(),
  acceptBy: moment.optional(),
  acceptedAt: moment.optional(),
  /** The last line of its record that this picture knows. */
  seen: z.number().int(),
  /** The asking side; absent where this person may not see it. */
  from: z
    .object({
      key: issueKey,
      typeName: z.string(),
      verb: z.string(),
      team: team.optional(),
      customer: z.string().optional(),
      dueBy: moment.optional(),
      /** It cannot go on before this is fulfilled. */
      held: z.boolean(),
    })
    .optional(),
  /** Whether this person is on the asked or on the asking side. */
  mine: z.object({ asked: z.boolean(), asks: z.boolean() }),
  /** What this person may do from the board now. */
  may: z.object({ accept: z.boolean(), answer: z.boolean(), remind: z.boolean() }),
});
export type HandoffRow = z.infer<typeof handoffRow>;

export const handoffBoard = z.object({
  state: z.literal('ok'),
  rows: z.array(handoffRow),
  /** Hand-offs read for this answer that this person may not see. */
  hidden: z.number().int(),
  /** There are younger ones; ask again with this place. */
  after: boardPlace.optional(),
  asOf: moment,
});
export type HandoffBoard = z.infer<typeof handoffBoard>;

export const triageForm = z.object({
  state: z.literal('ok'),
  questions: z.array(
    z.object({
      key: z.string(),
      text: z.string(),
      help: z.string(),
      answers: z.array(z.object({ value: z.string(), name: z.string(), help: z.string() })),
    }),
  ),
  /** All ways through the questions. */
  outcomes: z.array(
    z.object({
      answers: z.record(z.string(), z.string()),
      type: workTypeKey,
      typeId: z.string(),
      typeName: z.string(),
      description: z.string(),
      verb: z.string(),
      because: z.string(),
    }),
  ),
  /** Spaces that work with USM and in which this person may create work. */
  spaces: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })),
});
export type TriageForm = z.infer<typeof triageForm>;

export const boardCalls = {
  'board.handoffs': { request: z.object({ after: boardPlace.optional() }), answer: z.union([handoffBoard, trouble]) },
  'board.triage': { request: z.object({}), answer: z.union([triageForm, trouble]) },
} as const;
