/** From the bodies of the bulk workflow API to the site's records and back. */
import { randomUUID } from 'node:crypto';
import type { ConditionGroup, RuleConfiguration, Status, Workflow, WorkflowTransition } from '../store';
import { FORGE_RULES } from './catalogue';
import type { ConditionGroupInput, RuleInput, TransitionInput, WorkflowInput } from './shapes';

/** Status ids by the references of one request. */
export type StatusIds = ReadonlyMap<string, string>;

const FORGE_DEFAULTS = { disabled: 'false', tag: '' };

const ruleOf = ({ ruleKey, parameters }: RuleInput): RuleConfiguration => ({
  id: randomUUID(),
  ruleKey,
  parameters: { ...(ruleKey in FORGE_RULES && FORGE_DEFAULTS), ...parameters },
});

const groupOf = ({ operation, conditions, conditionGroups }: ConditionGroupInput): ConditionGroup => ({
  operation,
  conditions: (conditions ?? []).map(ruleOf),
  conditionGroups: (conditionGroups ?? []).map(groupOf),
});

const isEmpty = (group: ConditionGroup): boolean => group.conditions.length === 0 && group.conditionGroups.every(isEmpty);

function transitionOf(input: TransitionInput, ids: StatusIds): WorkflowTransition {
  const toStatusId = ids.get(input.toStatusReference ?? '');
  const conditions = input.conditions && groupOf(input.conditions);
  return {
    id: input.id ?? '',
    type: input.type,
    name: input.name,
    description: input.description ?? '',
    ...(toStatusId !== undefined && { toStatusId }),
    links: (input.links ?? []).map(({ fromStatusReference, fromPort, toPort }) => ({
      fromStatusId: ids.get(fromStatusReference) ?? '',
      ...(typeof fromPort === 'number' && { fromPort }),
      ...(typeof toPort === 'number' && { toPort }),
    })),
    ...(conditions && !isEmpty(conditions) && { conditions }),
    validators: (input.validators ?? []).map(ruleOf),
    actions: (input.actions ?? []).map(ruleOf),
    triggers: (input.triggers ?? []).map(ruleOf),
    ...(input.transitionScreen && { transitionScreen: ruleOf(input.transitionScreen) }),
    properties: input.properties ?? {},
  };
}

/** The part of a workflow that a request carries whole: statuses, transitions, texts. */
export function contentOf(input: WorkflowInput, ids: StatusIds): Pick<Workflow, 'description' | 'statuses' | 'transitions' | 'startPointLayout'> {
  return {
    description: input.description ?? '',
    statuses: input.statuses.map(({ statusReference, properties, layout }) => ({
      statusId: ids.get(statusReference) ?? '',
      properties,
      ...(layout && { layout }),
    })),
    transitions: input.transitions.map((one) => transitionOf(one, ids)),
    ...(input.startPointLayout && { startPointLayout: input.startPointLayout }),
  };
}

/** Rule ids are new on every read, as Jira's are: nobody may take them for keys. */
const ruleBean = ({ ruleKey, parameters }: RuleConfiguration) => ({ id: randomUUID(), ruleKey, parameters });

const groupBean = ({ operation, conditions, conditionGroups }: ConditionGroup): object => ({
  operation,
  conditions: conditions.map(ruleBean),
  conditionGroups: conditionGroups.map(groupBean),
});

function transitionBean(transition: WorkflowTransition) {
  const { id, type, name, description, toStatusId, links, conditions, validators, actions, triggers, transitionScreen, properties } = transition;
  return {
    id,
    type,
    name,
    description,
    ...(toStatusId !== undefined && { toStatusReference: toStatusId }),
    links: links.map(({ fromStatusId, ...ports }) => ({ fromStatusReference: fromStatusId, ...ports })),
    ...(conditions && { conditions: groupBean(conditions) }),
    validators: validators.map(ruleBean),
    actions: actions.map(ruleBean),
    triggers: triggers.map(ruleBean),
    ...(transitionScreen && { transitionScreen: ruleBean(transitionScreen) }),
    properties,
  };
}

/** A workflow as every answer of the bulk workflow API carries it. */
export function workflowBean(workflow: Workflow, withTransitions = true) {
  const { scope } = workflow;
  return {
    id: workflow.id,
    name: workflow.name,
    description: workflow.description,
    scope: scope.type === 'GLOBAL' ? { type: scope.type } : { type: scope.type, project: { id: scope.projectId } },
    isEditable: workflow.isEditable,
    version: workflow.version,
    statuses: workflow.statuses.map(({ statusId, properties, layout }) => ({
      statusReference: statusId,
      properties,
      ...(layout && { layout }),
      deprecated: false,
    })),
    transitions: withTransitions ? workflow.transitions.map(transitionBean) : [],
    ...(workflow.startPointLayout && { startPointLayout: workflow.startPointLayout }),
    created: new Date(workflow.created).toISOString(),
    updated: new Date(workflow.updated).toISOString(),
  };
}

/** A status as the bulk workflow API lists it: its reference is its id. */
export const workflowStatusBean = ({ id, name, description, category }: Status) => ({
  id,
  name,
  description,
  scope: { type: 'GLOBAL' },
  statusCategory: category,
  statusReference: id,
});
