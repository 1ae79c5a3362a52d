/** What the setup page asks, and what it gets back. Setup runs as the administrator, one short step a call. */
import { z } from 'zod';
import { projectKey, trouble } from './common';

export const setupTarget = z.object({ projectKey, projectName: z.string().trim().min(2).max(80) });
export type SetupTarget = z.infer<typeof setupTarget>;

export const planNode = z.object({
  id: z.string(),
  kind: z.enum([
    'linkType',
    'role',
    'status',
    'workType',
    'field',
    'resolution',
    'screen',
    'screenScheme',
    'workTypeScreenScheme',
    'workTypeScheme',
    'workflow',
    'workflowScheme',
    'project',
    'settings',
  ]),
  name: z.string(),
  action: z.enum(['create', 'reuse', 'conflict']),
  detail: z.string().optional(),
});
export type PlanNode = z.infer<typeof planNode>;

export const setupPlan = z.object({
  state: z.literal('ok'),
  target: setupTarget,
  /** Apply runs exactly the plan of this hash, or says what changed since. */
  hash: z.string(),
  nodes: z.array(planNode),
  counts: z.object({ create: z.number().int(), reuse: z.number().int(), conflict: z.number().int() }),
  /** Requests to Jira that apply will make at most. */
  requests: z.number().int(),
});
export type SetupPlan = z.infer<typeof setupPlan>;

export const setupProgress = z.object({
  state: z.literal('ok'),
  phase: z.enum(['none', 'running', 'failed', 'done']),
  hash: z.string().optional(),
  step: z.number().int(),
  of: z.number().int(),
  /** The step that is next. */
  current: z.string().optional(),
  failed: z.object({ name: z.string(), text: z.string(), reference: z.string() }).optional(),
  writes: z.number().int(),
  project: z.object({ key: projectKey, name: z.string() }).optional(),
});
export type SetupProgress = z.infer<typeof setupProgress>;

export const planChanged = z.object({ state: z.literal('changed'), text: z.string() });

export const setupCalls = {
  'setup.status': { request: z.object({}), answer: z.union([setupProgress, trouble]) },
  'setup.plan': { request: setupTarget, answer: z.union([setupPlan, trouble]) },
  /** Runs the next step of the plan with this hash; the first call starts it. */
  'setup.step': { request: z.object({ target: setupTarget, hash: z.string() }), answer: z.union([setupProgress, planChanged, trouble]) },
} as const;
