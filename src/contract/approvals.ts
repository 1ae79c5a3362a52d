/** Approving a plan from the process panel. Who approves comes from the platform's context; the version shown goes back, so that nobody approves another plan. */
import { z } from 'zod';
import { planVersion, processAnswer } from './work';

const words = z.string().trim().min(3).max(2000);

export const approveRequest = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('approve'), words: words.optional(), version: planVersion }),
  z.object({ verdict: z.literal('notYet'), words, version: planVersion }),
]);
export type ApproveRequest = z.infer<typeof approveRequest>;

export const approvalCalls = { 'work.approve': { request: approveRequest, answer: processAnswer } } as const;
