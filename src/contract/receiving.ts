/** What is done with a receipt, from the process panel and from the hand-off board alike. */
import { z } from 'zod';
import { handoffRow } from './board';
import { moment, trouble, workTypeKey } from './common';
import { returnReason } from './receipt';
import { processAnswer } from './work';

const optionId = z.string().regex(/^\d{1,18}$/);
const words = z.string().trim().min(3).max(2000);

/** Which receipt, in which picture of it, and the name of this very act: sent twice, it happens once. */
const act = z.object({ receipt: z.uuid(), seen: z.number().int().min(0), act: z.uuid() });

export const acceptRequest = act;
export type AcceptRequest = z.infer<typeof acceptRequest>;

export const returnRequest = act.extend({
  reason: returnReason,
  text: words,
  /** With notReadyByThen: when it can be ready. */
  readyBy: moment.optional(),
  /** With notOurs: whose it is. */
  team: optionId.optional(),
  /** With anotherKind: what it is. */
  type: workTypeKey.optional(),
});
export type ReturnRequest = z.infer<typeof returnRequest>;

/** askAgain: what is given is changed, the rest stays as it was asked. */
export const answerRequest = z.discriminatedUnion('how', [
  act.extend({
    how: z.literal('askAgain'),
    readyBy: moment.optional(),
    team: optionId.optional(),
    what: z.string().trim().min(3).max(4000).optional(),
  }),
  act.extend({ how: z.literal('withdraw'), text: words }),
]);
export type AnswerRequest = z.infer<typeof answerRequest>;

/** The answer carries the renewed panel on a work item, the renewed line on the board; no line: nobody has to move any more. */
export const receivingAnswer = z.union([
  z.object({ state: z.literal('done'), told: z.string(), panel: processAnswer.optional(), row: handoffRow.optional() }),
  /** A rule of the step is not met; nothing was changed. */
  z.object({ state: z.literal('refused'), text: z.string() }),
  trouble,
]);
export type ReceivingAnswer = z.infer<typeof receivingAnswer>;

/** What can be chosen: teams, and the kinds of work the asking side may ask for. */
export const receiptForm = z.object({
  state: z.literal('ok'),
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
  types: z.array(z.object({ type: workTypeKey, name: z.string() })),
});
export type ReceiptForm = z.infer<typeof receiptForm>;

export const receivingCalls = {
  'work.receiptForm': { request: z.object({ receipt: z.uuid() }), answer: z.union([receiptForm, trouble]) },
  'work.accept': { request: acceptRequest, answer: receivingAnswer },
  'work.return': { request: returnRequest, answer: receivingAnswer },
  'work.answer': { request: answerRequest, answer: receivingAnswer },
  'work.remind': { request: act, answer: receivingAnswer },
  'work.removeLink': { request: z.object({ link: optionId }), answer: processAnswer },
} as const;
