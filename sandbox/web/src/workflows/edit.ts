/** Changes of a transition's app rules, and the request that carries the whole workflow back with one of them. Pure. */
import { CATEGORY_KEYS, type AppRuleKey, type Conditions, type Rule, type Workflow, type WorkflowStatus, type WorkflowStep } from './schemas';

/** A new rule of an app; `id` is the app's own name for it, which stays while Jira's changes on every read. */
export const newRule = (ruleKey: AppRuleKey, extensionId: string, id: string, config?: string): Rule => ({
  ruleKey,
  id,
  parameters: { key: extensionId, id, disabled: 'false', ...(config !== undefined && { config }) },
});

/** Beside a group of which one is enough, a new condition has to hold as well. */
function withCondition(group: Conditions | undefined, rule: Rule): Conditions {
  if (group?.operation === 'ALL') return { ...group, conditions: [...group.conditions, rule] };
  return { operation: 'ALL', conditions: [rule], conditionGroups: group ? [group] : [] };
}

/** The transition with one more rule of an app. */
export function withRule(step: WorkflowStep, rule: Rule): WorkflowStep {
  if (rule.ruleKey === 'forge:expression-condition') return { ...step, conditions: withCondition(step.conditions, rule) };
  if (rule.ruleKey === 'forge:expression-validator') return { ...step, validators: [...step.validators, rule] };
  return { ...step, actions: [...step.actions, rule] };
}

type Change = (rule: Rule) => Rule[];

const changedGroup = (group: Conditions, change: Change): Conditions => ({
  ...group,
  conditions: group.conditions.flatMap(change),
  conditionGroups: group.conditionGroups.map((one) => changedGroup(one, change)),
});

function changed(step: WorkflowStep, ruleId: string, make: Change): WorkflowStep {
  const change: Change = (rule) => (rule.parameters['id'] === ruleId ? make(rule) : [rule]);
  return {
    ...step,
    validators: step.validators.flatMap(change),
    actions: step.actions.flatMap(change),
    ...(step.conditions && { conditions: changedGroup(step.conditions, change) }),
  };
}

/** The transition with other parameters of an app's rule. */
export const withParameters = (step: WorkflowStep, ruleId: string, parameters: Record<string, string>): WorkflowStep =>
  changed(step, ruleId, (rule) => [{ ...rule, parameters: { ...rule.parameters, ...parameters } }]);

/** The transition without an app's rule. */
export const withoutRule = (step: WorkflowStep, ruleId: string): WorkflowStep => changed(step, ruleId, () => []);

const categoryOf = (key: string): string => Object.entries(CATEGORY_KEYS).find(([, one]) => one === key)?.[0] ?? 'TODO';

/** The bulk update replaces a workflow whole, so all that was read goes back; its version says what the change is made to. */
export const updateOf = (
  { id, version, description, startPointLayout, ...workflow }: Workflow,
  statuses: readonly WorkflowStatus[],
  step: WorkflowStep,
) => ({
  statuses: statuses.map((one) => ({ statusReference: one.id, id: one.id, name: one.name, statusCategory: categoryOf(one.statusCategory.key) })),
  workflows: [
    {
      id,
      version,
      description,
      ...(startPointLayout && { startPointLayout }),
      statuses: workflow.statuses,
      transitions: workflow.transitions.map((one) => (one.id === step.id ? step : one)),
    },
  ],
});
