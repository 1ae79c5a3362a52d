/** The pages on which an administrator sets up a workflow rule of an app: which there are, and what they learn of the transition. */
import { z } from 'zod';
import type { JiraSite, PlacedModule, RulePage } from '../../contract';
import type { Extension } from './site';

/** Under which key of `extension` a page finds what was saved before. */
const CONFIGURATION_KEY: Record<string, string> = {
  'jira:workflowValidator': 'validatorConfig',
  'jira:workflowCondition': 'conditionConfig',
  'jira:workflowPostFunction': 'postFunctionConfig',
};

export const RULE_MODULES = Object.keys(CONFIGURATION_KEY);

const workflowRule = z.object({ workflowId: z.string(), transitionId: z.string(), ruleId: z.string().optional() });
/** What the page says of a rule of an app in a workflow; without `ruleId` it is about to be added. */
export const rulePlace = { workflowRule: workflowRule.optional() };

interface RulePlace {
  workflowRule?: z.infer<typeof workflowRule> | undefined;
  entryPoint?: RulePage | undefined;
}

export const RULE_PAGES: readonly RulePage[] = ['create', 'edit', 'view'];

const pageSchema = z.looseObject({ resource: z.string() }).optional();
const ruleModuleSchema = z.looseObject({ key: z.string(), name: z.unknown(), create: pageSchema, edit: pageSchema, view: pageSchema });

/** A rule module as the workflow page needs it; undefined for one without pages of its own. `address`: that of a resource's page. */
export function placedRule(
  type: string,
  module: { key: string },
  extensionId: string,
  address: (resource: string) => string,
): PlacedModule | undefined {
  const parsed = ruleModuleSchema.parse(module);
  const rulePages = Object.fromEntries(
    RULE_PAGES.flatMap((page) => {
      const resource = parsed[page]?.resource;
      return resource === undefined ? [] : [[page, address(resource)]];
    }),
  );
  const [frameUrl] = Object.values(rulePages);
  if (frameUrl === undefined) return undefined;
  const title = typeof parsed.name === 'string' ? parsed.name : parsed.key;
  return { moduleKey: parsed.key, type, title, frameUrl, extensionId, rulePages };
}

const rule = z.object({ parameters: z.record(z.string(), z.string()).default({}) });
interface Group {
  conditions: z.infer<typeof rule>[];
  conditionGroups: Group[];
}
const group: z.ZodType<Group> = z.lazy(() => z.object({ conditions: z.array(rule).default([]), conditionGroups: z.array(group).default([]) }));

const transitionSchema = z.object({
  id: z.string(),
  toStatusReference: z.string().optional(),
  links: z.array(z.object({ fromStatusReference: z.string() })).default([]),
  validators: z.array(rule).default([]),
  actions: z.array(rule).default([]),
  conditions: group.optional(),
});
const readSchema = z.object({
  statuses: z.array(z.object({ id: z.string(), name: z.string(), statusCategory: z.string() })),
  workflows: z.array(z.object({ transitions: z.array(transitionSchema) })),
});

const inGroup = (one: Group): z.infer<typeof rule>[] => [...one.conditions, ...one.conditionGroups.flatMap(inGroup)];

/** `extension` of a rule's page; undefined when the person may not see workflows, or there is no such transition or rule. */
export async function ruleExtension(
  jira: JiraSite,
  accountId: string | undefined,
  type: string,
  { workflowRule: asked, entryPoint = 'view' }: RulePlace,
): Promise<Extension | undefined> {
  const key = CONFIGURATION_KEY[type];
  if (!asked || key === undefined) return undefined;
  const body = JSON.stringify({ workflowIds: [asked.workflowId] });
  const answer = await jira.request({ accountId, viaApp: false }, '/rest/api/3/workflows', { method: 'POST', body });
  if (!answer.ok) return undefined;
  const { workflows, statuses } = readSchema.parse(await answer.json());
  const transition = workflows[0]?.transitions.find((one) => one.id === asked.transitionId);
  if (!transition) return undefined;
  const rules = [...transition.validators, ...transition.actions, ...(transition.conditions ? inGroup(transition.conditions) : [])];
  const saved = rules.find(({ parameters }) => parameters['id'] === asked.ruleId)?.parameters;
  if (asked.ruleId !== undefined && !saved) return undefined;
  const status = (id: string | undefined) => statuses.find((one) => one.id === id);
  // A transition from several statuses, or from any, has no one status that it comes from.
  const [from, ...others] = transition.links.map((one) => status(one.fromStatusReference));
  const to = status(transition.toStatusReference);
  return {
    type,
    entryPoint,
    isNewEditor: true,
    workflowId: asked.workflowId,
    transitionContext: { id: transition.id, ...(from && others.length === 0 && { from }), ...(to && { to }) },
    ...(saved?.['config'] !== undefined && { [key]: saved['config'] }),
  };
}
