/** Grouping: one main work item, others under it that follow its end. */
import { z } from 'zod';
import { issueKey, statusKey, trouble } from './common';
import { processAnswer } from './work';

export const groupCandidates = z.object({
  state: z.literal('ok'),
  /** Open work items of the same type and service, the newest first. */
  candidates: z.array(z.object({ key: issueKey, summary: z.string(), status: statusKey.optional() })),
});
export type GroupCandidates = z.infer<typeof groupCandidates>;

export const groupCalls = {
  'work.groupCandidates': { request: z.object({}), answer: z.union([groupCandidates, trouble]) },
  /** Under which main work item. */
  'work.group': { request: z.object({ main: issueKey }), answer: processAnswer },
  'work.ungroup': { request: z.object({}), answer: processAnswer },
  /** Takes along what is grouped under a confirmed work item, as far as time allows; asked again, it goes on. */
  'work.bringAlong': { request: z.object({ message: z.string().trim().min(3).max(4000) }), answer: processAnswer },
} as const;
