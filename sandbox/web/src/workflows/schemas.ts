/** What the pages read of the workflow administration's answers; what they do not know is kept, for a workflow goes back whole. */
import { z } from 'zod';

const point = z.object({ x: z.number(), y: z.number() });
export const rule = z.looseObject({ ruleKey: z.string(), parameters: z.record(z.string(), z.string()).default({}) });
export type Rule = z.infer<typeof rule>;

export interface Conditions {
  operation: string;
  conditions: Rule[];
  conditionGroups: Conditions[];
}
const conditions: z.ZodType<Conditions> = z.lazy(() =>
  z.looseObject({ operation: z.string(), conditions: z.array(rule).default([]), conditionGroups: z.array(conditions).default([]) }),
);

const transition = z.looseObject({
  id: z.string(),
  type: z.enum(['INITIAL', 'GLOBAL', 'DIRECTED']),
  name: z.string(),
  description: z.string().default(''),
  toStatusReference: z.string().optional(),
  links: z.array(z.looseObject({ fromStatusReference: z.string() })).default([]),
  conditions: conditions.optional(),
  validators: z.array(rule).default([]),
  actions: z.array(rule).default([]),
  triggers: z.array(rule).default([]),
  transitionScreen: rule.optional(),
});
export type WorkflowStep = z.infer<typeof transition>;

export const workflow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().default(''),
  isEditable: z.boolean().default(true),
  updated: z.string().optional(),
  version: z.object({ id: z.string(), versionNumber: z.number() }),
  statuses: z.array(z.looseObject({ statusReference: z.string(), layout: point.optional() })),
  transitions: z.array(transition),
  startPointLayout: point.optional(),
});
export type Workflow = z.infer<typeof workflow>;

export const CATEGORY_KEYS: Record<string, string> = { TODO: 'new', IN_PROGRESS: 'indeterminate', DONE: 'done' };
export const workflowStatus = z
  .object({ statusReference: z.string(), name: z.string(), statusCategory: z.string() })
  .transform(({ statusReference, name, statusCategory }) => ({
    id: statusReference,
    name,
    statusCategory: { key: CATEGORY_KEYS[statusCategory] ?? 'new' },
  }));
export type WorkflowStatus = z.infer<typeof workflowStatus>;

export const workflowPage = z.object({ values: z.array(workflow), statuses: z.array(workflowStatus), isLast: z.boolean().optional() });
export const workflowsRead = z.object({ workflows: z.array(workflow), statuses: z.array(workflowStatus) });

const appRuleKey = z.enum(['forge:expression-validator', 'forge:expression-condition', 'forge:workflow-post-function']);
export type AppRuleKey = z.infer<typeof appRuleKey>;

export const capabilities = z.object({
  systemRules: z.array(z.object({ ruleKey: z.string(), name: z.string(), description: z.string().default('') })).default([]),
  forgeRules: z.array(z.object({ id: z.string(), ruleKey: appRuleKey, name: z.string(), description: z.string().default('') })).default([]),
});
export type Capabilities = z.infer<typeof capabilities>;

/** Ids are numbers in some answers, texts in others. */
export const named = z.object({ id: z.coerce.string(), name: z.string() });
export const namedPage = z.object({ values: z.array(named), isLast: z.boolean().optional() });
