/** What is drafted for a Wish: shown on the Wish, and begun from there. */
import { z } from 'zod';
import { agreementId } from './agreements';
import { agreementDetail, agreementFinding } from './agreements-calls';
import { issueKey, trouble } from './common';

const named = z.object({ id: z.string(), name: z.string() });
const version = z.number().int().min(1);

/** What a draft would begin with, and what could be drafted instead. */
export const wishStart = z.object({
  name: z.string(),
  /** Records that have the names of the Wish's Customer and Service; absent: none has. */
  customer: named.optional(),
  service: named.optional(),
  /** Whoever provides the other agreements of this customer. */
  provider: named.optional(),
  /** The teams of the house, to choose from. */
  providers: z.array(named),
  /** Agreements with this customer, of which a next version may be drafted. */
  agreements: z.array(named.extend({ id: agreementId })),
  /** Drafts for this customer that belong to no Wish yet. */
  drafts: z.array(named.extend({ id: agreementId, version })),
});
export type WishStart = z.infer<typeof wishStart>;

export const wishOffer = z.object({
  state: z.literal('ok'),
  key: issueKey,
  /** What is drafted, as its own page shows it. */
  drafted: agreementDetail.optional(),
  /** Absent: a draft can not be begun by this person, or not any more. */
  start: wishStart.optional(),
  /** What should have been done with it after a step and could not be, and why. */
  owes: z.object({ deed: z.enum(['offer', 'revise', 'agree', 'confirm', 'end']), why: z.string() }).optional(),
});
export type WishOffer = z.infer<typeof wishOffer>;

/** Minutes, or percent for `availability`: what was tried for a line of the promise, and for the own handling behind it. */
const tried = z.object({
  key: z.string().max(60),
  promised: z.number().min(0).max(525_600).optional(),
  own: z.number().min(0).max(525_600).optional(),
});
export type TriedTime = z.infer<typeof tried>;

export const wishDrafting = z.discriminatedUnion('how', [
  /** A new agreement, with what the Wish says; whoever provides it where that is to be chosen. */
  z.object({ how: z.literal('new'), provider: z.string().max(40).optional(), customer: z.string().max(40).optional() }),
  /** The next version of an agreement, with times that were tried. */
  z.object({ how: z.literal('version'), agreement: agreementId, times: z.array(tried).max(200).default([]) }),
  /** A draft that is there already. */
  z.object({ how: z.literal('take'), agreement: agreementId, version }),
]);
export type WishDrafting = z.infer<typeof wishDrafting>;

export const wishCalls = {
  'wish.offer': { request: z.object({}), answer: z.union([wishOffer, trouble]) },
  /**
   * Begins what is drafted for a Wish; a draft that it has already is the one. `item`: the Wish, on a page that stands on none.
   * The same request again is the same draft.
   */
  'wish.draft': {
    request: z.object({
      request: z.uuid(),
      item: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
      drafting: wishDrafting,
    }),
    answer: z.union([wishOffer, z.object({ state: z.literal('refused'), wrong: z.array(agreementFinding).min(1) }), trouble]),
  },
} as const;
