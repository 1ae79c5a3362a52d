/** Takes the app's rules out of workflows, as the administrator. Jira has no other way for a Forge app than to write the whole workflow anew. */
import { readWorkflows, updateWorkflows } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { JiraError } from '../../jira/client';
import { platformFault } from '../../platform/errors';
import { RULE_MODULES } from '../model';

const rule = z.object({ id: z.string().nullish(), ruleKey: z.string(), parameters: z.record(z.string(), z.any()).optional() });
type Rule = z.infer<typeof rule>;
const point = z.object({ x: z.number(), y: z.number() }).optional().catch(undefined);

/** What an update takes back of what a read answers (OpenAPI: WorkflowUpdate, TransitionUpdateDTO); times and marks of Jira's own fall away. */
const readable = z.object({
  statuses: z
    .array(
      z.object({
        id: z.string().optional(),
        name: z.string(),
        description: z.string().optional(),
        statusCategory: z.string(),
        statusReference: z.string(),
      }),
    )
    .default([]),
  workflows: z
    .array(
      z.object({
        id: z.string(),
        version: z.object({ id: z.string(), versionNumber: z.number() }),
        description: z.string().optional(),
        startPointLayout: point,
        loopedTransitionContainerLayout: point,
        statuses: z.array(
          z.object({
            statusReference: z.string(),
            layout: point,
            properties: z.record(z.string(), z.any()).default({}),
            approvalConfiguration: z.any().optional(),
          }),
        ),
        transitions: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            description: z.string().optional(),
            type: z.string(),
            toStatusReference: z.string().optional(),
            links: z
              .array(z.object({ fromStatusReference: z.string().nullish(), fromPort: z.number().nullish(), toPort: z.number().nullish() }))
              .default([]),
            conditions: z.any().optional(),
            validators: z.array(rule).default([]),
            actions: z.array(rule).default([]),
            triggers: z.array(z.any()).optional(),
            transitionScreen: z.any().optional(),
            properties: z.record(z.string(), z.any()).optional(),
            customIssueEventId: z.string().optional(),
          }),
        ),
      }),
    )
    .default([]),
});

/** Another change of the same workflow, or of the configuration at large: it is read anew and tried again. */
const TRIES = 3;
const WAIT_MS = 500;

const isOurs =
  (environmentId: string) =>
  ({ parameters }: Rule): boolean =>
    RULE_MODULES.some((module) => String(parameters?.['key'] ?? '').endsWith(`/${environmentId}/static/${module}`));

/** The workflow as an update takes it, without our rules; undefined where there is none of ours. */
export function without(answer: unknown, environmentId: string) {
  const ours = isOurs(environmentId);
  const parsed = readable.safeParse(answer);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  const { statuses, workflows } = parsed.data;
  const [workflow] = workflows;
  if (!workflow?.transitions.some(({ validators, actions }) => [...validators, ...actions].some(ours))) return undefined;
  const transitions = workflow.transitions.map(({ validators, actions, ...rest }) => ({
    ...rest,
    validators: validators.filter((one) => !ours(one)),
    actions: actions.filter((one) => !ours(one)),
  }));
  // Jira wants the statuses whole at the top, and by reference below.
  const used = new Set(workflow.statuses.map((one) => one.statusReference));
  return { statuses: statuses.filter((one) => used.has(one.statusReference)), workflows: [{ ...workflow, transitions }] };
}

const inTheWay = (thrown: unknown): boolean =>
  thrown instanceof JiraError && (thrown.status === 409 || (thrown.status === 400 && /version/i.test(thrown.message)));

/** Safe to run again: a workflow without a rule of ours is left alone. */
export async function takeOff(person: Client, name: string, environmentId: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const update = without(await readWorkflows(person, { workflowNames: [name] }), environmentId);
    if (!update) return;
    try {
      await updateWorkflows(person, update);
      return;
    } catch (thrown) {
      if (attempt >= TRIES || !inTheWay(thrown)) throw thrown;
      await new Promise((done) => setTimeout(done, WAIT_MS));
    }
  }
}
