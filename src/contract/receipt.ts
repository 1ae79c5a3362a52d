/** The receipt of a hand-off: a record with two sides, only added to. What the process panel and the hand-off board show of it. */
import { z } from 'zod';
import { issueKey, moment, person, statusKey, workTypeKey } from './common';

/** Why it goes back. */
export const RETURN_REASONS = ['missing', 'notReadyByThen', 'notOurs', 'anotherKind'] as const;
export const returnReason = z.enum(RETURN_REASONS);
export type ReturnReason = z.infer<typeof returnReason>;

/** What a line of the record says. reopened: the child was fulfilled and is open again. askerGone: the work item that asked was deleted. */
export const NOTE_KINDS = [
  'asked',
  'accepted',
  'returned',
  'askedAgain',
  'withdrawn',
  'reminded',
  'fulfilled',
  'failed',
  'reopened',
  'askerGone',
] as const;
export const noteKind = z.enum(NOTE_KINDS);
export type NoteKind = z.infer<typeof noteKind>;

export const handoffState = z.enum(['prepared', 'asked', 'accepted', 'returned', 'fulfilled', 'failed', 'void']);

export const receiptNote = z.object({
  kind: noteKind,
  at: moment,
  by: person.optional(),
  reason: returnReason.optional(),
  text: z.string().optional(),
  /** Asked for, or proposed. */
  readyBy: moment.optional(),
  team: z.object({ id: z.string(), name: z.string() }).optional(),
  typeName: z.string().optional(),
});
export type ReceiptNote = z.infer<typeof receiptNote>;

/** The work item on the other side, as far as this person may see it. */
const otherSide = z.object({
  key: issueKey,
  type: workTypeKey,
  typeName: z.string(),
  summary: z.string(),
  status: statusKey,
  dueBy: moment.optional(),
});

export const receiptView = z.object({
  id: z.string(),
  /** The last line of the record this picture knows; a change made after it was taken is told, never overwritten. */
  seen: z.number().int(),
  /** Where the reader stands: on what is asked of, or on what asks. */
  side: z.enum(['asked', 'asks']),
  state: handoffState,
  typeName: z.string(),
  /** Of the asking and of the asked process. */
  fromVerb: z.string(),
  toVerb: z.string(),
  by: person,
  team: z.object({ id: z.string(), name: z.string() }).optional(),
  what: z.string(),
  askedAt: moment,
  acceptBy: moment.optional(),
  readyBy: moment.optional(),
  endedAt: moment.optional(),
  /** The other side; absent where this person may not see it, or it is gone. */
  other: otherSide.optional(),
  gone: z.boolean(),
  notes: z.array(receiptNote),
  /** How long it lay on the asked side before it was accepted, and from then to its end. */
  borderMs: z.number().int().optional(),
  workMs: z.number().int().optional(),
  may: z.object({ accept: z.boolean(), answer: z.boolean(), remind: z.boolean() }),
});
export type ReceiptView = z.infer<typeof receiptView>;

/** A hand-off link that somebody drew by hand: no receipt stands behind it, so it holds nothing. */
export const strayLink = z.object({ id: z.string(), key: issueKey, summary: z.string(), direction: z.enum(['outward', 'inward']) });
export type StrayLink = z.infer<typeof strayLink>;
