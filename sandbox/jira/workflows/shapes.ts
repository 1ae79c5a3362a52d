/** The bodies of the bulk workflow API. */
import { z } from 'zod';
import { idSchema } from '../configure';
import { STATUS_NAME_LENGTH, statusCategorySchema } from '../statuses';

/** At most so many in one call (OpenAPI: WorkflowCreateRequest, `maximum` on both lists). */
const WORKFLOWS_AT_ONCE = 20;
const STATUSES_AT_ONCE = 1_000;
const NAME_LENGTH = 255;

const reference = z.string().min(1);
const texts = z.record(z.string(), z.string());
const layout = z.object({ x: z.number(), y: z.number() }).nullish();

const rule = z.object({ ruleKey: z.string().min(1), id: z.string().nullish(), parameters: texts.nullish() });

export interface ConditionGroupInput {
  operation: 'ALL' | 'ANY';
  conditions?: z.infer<typeof rule>[] | null | undefined;
  conditionGroups?: ConditionGroupInput[] | null | undefined;
}

const conditionGroup: z.ZodType<ConditionGroupInput> = z.lazy(() =>
  z.object({
    operation: z.enum(['ALL', 'ANY']),
    conditions: z.array(rule).nullish(),
    conditionGroups: z.array(conditionGroup).nullish(),
  }),
);

const transition = z.object({
  id: z.string().nullish(),
  type: z.enum(['INITIAL', 'GLOBAL', 'DIRECTED']),
  name: z.string().trim().min(1).max(NAME_LENGTH),
  description: z.string().nullish(),
  toStatusReference: reference.nullish(),
  links: z.array(z.object({ fromStatusReference: reference, fromPort: z.number().int().nullish(), toPort: z.number().int().nullish() })).nullish(),
  conditions: conditionGroup.nullish(),
  validators: z.array(rule).nullish(),
  actions: z.array(rule).nullish(),
  triggers: z.array(rule).nullish(),
  transitionScreen: rule.nullish(),
  properties: texts.nullish(),
});

const statusInWorkflow = z.object({ statusReference: reference, properties: texts, layout });

const status = z.object({
  statusReference: reference,
  name: z.string().trim().min(1).max(STATUS_NAME_LENGTH),
  statusCategory: statusCategorySchema,
  id: idSchema.nullish(),
  description: z.string().nullish(),
});

const body = z.object({
  description: z.string().nullish(),
  startPointLayout: layout,
  statuses: z.array(statusInWorkflow).min(1),
  transitions: z.array(transition).min(1),
});

const statusMigrations = z.array(z.object({ oldStatusReference: reference, newStatusReference: reference }));

export const createSchema = z.object({
  scope: z.object({ type: z.enum(['GLOBAL', 'PROJECT']), project: z.object({ id: idSchema }).nullish() }),
  statuses: z.array(status).max(STATUSES_AT_ONCE).default([]),
  workflows: z
    .array(body.extend({ name: z.string().trim().min(1).max(NAME_LENGTH) }))
    .min(1)
    .max(WORKFLOWS_AT_ONCE),
});

export const updateSchema = z.object({
  statuses: z.array(status).max(STATUSES_AT_ONCE).default([]),
  workflows: z
    .array(
      body.extend({
        id: z.string().min(1),
        version: z.object({ id: z.string(), versionNumber: z.number().int() }),
        defaultStatusMappings: statusMigrations.nullish(),
        statusMappings: z.array(z.object({ issueTypeId: idSchema, projectId: idSchema, statusMigrations })).nullish(),
      }),
    )
    .min(1)
    .max(WORKFLOWS_AT_ONCE),
});

const levels = z.object({ levels: z.array(z.enum(['ERROR', 'WARNING'])).nullish() }).nullish();

export const createValidationSchema = z.object({ payload: createSchema, validationOptions: levels });
export const updateValidationSchema = z.object({ payload: updateSchema, validationOptions: levels });

export const readSchema = z.object({
  workflowIds: z.array(z.string()).nullish(),
  workflowNames: z.array(z.string()).nullish(),
  projectAndIssueTypes: z.array(z.object({ projectId: idSchema, issueTypeId: idSchema })).nullish(),
});

export type RuleInput = z.infer<typeof rule>;
export type StatusInput = z.infer<typeof status>;
export type TransitionInput = z.infer<typeof transition>;
export type WorkflowInput = z.infer<typeof body>;
export type CreateInput = z.infer<typeof createSchema>;
export type UpdateInput = z.infer<typeof updateSchema>;
