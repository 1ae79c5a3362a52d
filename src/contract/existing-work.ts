/** Moving the work items that are there already to USM work types: mapped, previewed, moved in bulk, resumable. */
import { z } from 'zod';
import { projectKey, statusKey, trouble, workTypeKey } from './common';

const id = z.string().regex(/^\d{1,18}$/);

/** Ids of present work types -> USM work types; a type that is not named stays. */
export const moveTarget = z.object({ from: projectKey, to: projectKey, types: z.record(id, workTypeKey) });
export type MoveTarget = z.infer<typeof moveTarget>;

export const moveOffer = z.object({
  state: z.literal('ok'),
  /** Where work can be moved from. */
  spaces: z.array(z.object({ key: projectKey, name: z.string() })),
  /** Where USM works, so where it can be moved to. */
  into: z.array(z.object({ key: projectKey, name: z.string() })),
  /** Work types of `from` that are not USM's and have work items, those with most of them first. */
  types: z.array(z.object({ id, name: z.string(), count: z.number().int(), suggested: workTypeKey.optional() })),
});
export type MoveOffer = z.infer<typeof moveOffer>;

export const movePreview = z.object({
  state: z.literal('ok'),
  target: moveTarget,
  hash: z.string(),
  total: z.number().int(),
  rows: z.array(
    z.object({
      typeId: id,
      typeName: z.string(),
      to: workTypeKey,
      toName: z.string(),
      count: z.number().int(),
      /** Where work items in each present status will stand. */
      statuses: z.array(z.object({ name: z.string(), count: z.number().int(), to: statusKey, toName: z.string() })),
      /** A few of them, to look at. */
      examples: z.array(z.object({ key: z.string(), summary: z.string() })),
    }),
  ),
  /** What a person should know before. */
  warnings: z.array(z.string()),
  requests: z.number().int(),
});
export type MovePreview = z.infer<typeof movePreview>;

export const moveProgress = z.object({
  state: z.literal('ok'),
  phase: z.enum(['none', 'running', 'failed', 'done']),
  hash: z.string().optional(),
  target: moveTarget.optional(),
  moved: z.number().int(),
  total: z.number().int(),
  /** Work items that Jira did not move, and why. */
  failures: z.array(z.object({ key: z.string(), text: z.string() })),
  failed: z.object({ text: z.string(), reference: z.string() }).optional(),
});
export type MoveProgress = z.infer<typeof moveProgress>;

const progress = z.union([moveProgress, z.object({ state: z.literal('changed'), text: z.string() }), trouble]);

export const existingWorkCalls = {
  'existing.offer': { request: z.object({ from: projectKey.optional() }), answer: z.union([moveOffer, trouble]) },
  'existing.preview': { request: moveTarget, answer: z.union([movePreview, trouble]) },
  /** Moves the next batch, or looks how far the one under way is. */
  'existing.step': { request: z.object({ target: moveTarget, hash: z.string() }), answer: progress },
  'existing.status': { request: z.object({}), answer: z.union([moveProgress, trouble]) },
} as const;
