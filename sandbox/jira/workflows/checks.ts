/** Whether workflows in a request may become workflows of the site. Pure: reads the store, changes nothing. */
import type { ForgeRule } from '../../contract';
import { nameTaken, sameName } from '../configure';
import { PROJECT_PERMISSIONS } from '../permissions/catalogue';
import type { Store } from '../store';
import { FORGE_RULES, SYSTEM_RULES, TRIGGER_KEY, type ParameterKind, type RuleKind } from './catalogue';
import type { ConditionGroupInput, CreateInput, RuleInput, StatusInput, TransitionInput, UpdateInput, WorkflowInput } from './shapes';

/** Refused above this also over REST; the document tells no figure. */
export const RULE_CONFIG_BYTES = 32_768;

/** The first code is Jira's; it publishes no others, so the rest are this site's own words. */
export type FaultCode =
  | 'NON_UNIQUE_STATUS_NAME'
  | 'SCOPE_NOT_SUPPORTED'
  | 'NON_UNIQUE_WORKFLOW_NAME'
  | 'NON_UNIQUE_STATUS_REFERENCE'
  | 'STATUS_NOT_FOUND'
  | 'STATUS_UNREACHABLE'
  | 'MISSING_TRANSITION_ID'
  | 'NON_UNIQUE_TRANSITION_ID'
  | 'NON_UNIQUE_TRANSITION_NAME'
  | 'INITIAL_TRANSITION_COUNT'
  | 'INITIAL_TRANSITION_CONDITIONS'
  | 'TRANSITION_LINKS'
  | 'TRANSITION_TARGET'
  | 'RULE_UNKNOWN'
  | 'RULE_MISPLACED'
  | 'RULE_PARAMETER'
  | 'RULE_CONFIG_TOO_LONG'
  | 'STATUS_MAPPING_MISSING';

export interface Fault {
  code: FaultCode;
  level: 'ERROR' | 'WARNING';
  message: string;
  type: 'RULE' | 'STATUS' | 'WORKFLOW' | 'TRANSITION' | 'SCOPE' | 'STATUS_MAPPING' | 'TRIGGER';
  elementReference?: {
    statusReference?: string;
    transitionId?: string;
    ruleId?: string;
    statusMappingReference?: { issueTypeId: string; projectId: string };
  };
}

const fault = (code: FaultCode, type: Fault['type'], message: string, elementReference?: Fault['elementReference']): Fault => ({
  code,
  level: 'ERROR',
  message,
  type,
  ...(elementReference && { elementReference }),
});

/** Values that stand more than once, each once. */
const doubled = (values: string[]): string[] => [...new Set(values.filter((one, index) => values.indexOf(one) < index))];

interface Site {
  store: Store;
  forgeRules: ForgeRule[];
}

/** The status a request means by an entry of its list, if the site has it already. */
export const statusMeant = (store: Store, input: StatusInput) =>
  store.statuses.get(input.id ?? '') ?? store.statuses.find((one) => one.id === input.statusReference && sameName(one.name, input.name));

function checkStatuses({ store }: Site, statuses: StatusInput[]): Fault[] {
  const faults = doubled(statuses.map((one) => one.statusReference)).map((statusReference) =>
    fault('NON_UNIQUE_STATUS_REFERENCE', 'STATUS', `The status reference ${statusReference} is used more than once.`, { statusReference }),
  );
  for (const status of statuses) {
    const { statusReference, name, id } = status;
    const known = statusMeant(store, status);
    if (id && !known) faults.push(fault('STATUS_NOT_FOUND', 'STATUS', `The status with id ${id} was not found.`, { statusReference }));
    const twice = statuses.some((other) => other !== status && sameName(other.name, name));
    if (twice || nameTaken(store.statuses, name, known?.id)) {
      faults.push(fault('NON_UNIQUE_STATUS_NAME', 'STATUS', `The status name "${name}" is in use already.`, { statusReference }));
    }
  }
  return faults;
}

const parameterFits = (store: Store, kind: ParameterKind, value: string): boolean => {
  const each = (test: (one: string) => boolean) => value.split(',').every((one) => test(one.trim()));
  if (typeof kind !== 'string') return kind.includes(value);
  switch (kind) {
    case 'maybeEmpty':
      return true;
    case 'text':
      return true;
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'permission':
      return each((one) => PROJECT_PERMISSIONS.includes(one));
    case 'statuses':
      return each((one) => store.statuses.get(one) !== undefined);
    case 'roles':
      return each((one) => store.roles.get(one) !== undefined);
    case 'field':
      return each((one) => store.fields.get(one) !== undefined);
    case 'screen':
      return store.screens.get(value) !== undefined;
  }
};

function checkParameters({ store }: Site, rule: RuleInput, reference: NonNullable<Fault['elementReference']>): Fault[] {
  const known = SYSTEM_RULES[rule.ruleKey];
  const given = rule.parameters ?? {};
  const required = { ...known?.required, ...known?.variants?.[given.ruleType ?? ''] };
  const wrong = [
    ...Object.entries(required).filter(([name, kind]) => (!given[name] && kind !== 'maybeEmpty') || !parameterFits(store, kind, given[name] ?? '')),
    ...Object.entries(known?.optional ?? {}).filter(([name, kind]) => given[name] && !parameterFits(store, kind, given[name])),
  ];
  return wrong.map(([name]) =>
    fault(
      'RULE_PARAMETER',
      'RULE',
      `The parameter ${name} of the rule ${rule.ruleKey} is missing or does not fit: "${given[name] ?? ''}".`,
      reference,
    ),
  );
}

function checkForgeRule({ forgeRules }: Site, rule: RuleInput, reference: NonNullable<Fault['elementReference']>): Fault[] {
  const { key = '', config = '', id, disabled } = rule.parameters ?? {};
  const faults: Fault[] = [];
  if (!forgeRules.some((one) => one.id === key && one.ruleKey === rule.ruleKey)) {
    faults.push(fault('RULE_UNKNOWN', 'RULE', `No installed app has the rule "${key}" for ${rule.ruleKey}.`, reference));
  }
  if (Buffer.byteLength(config) > RULE_CONFIG_BYTES) {
    faults.push(fault('RULE_CONFIG_TOO_LONG', 'RULE', `The configuration of a rule must not exceed ${RULE_CONFIG_BYTES} bytes.`, reference));
  }
  if (!id) faults.push(fault('RULE_PARAMETER', 'RULE', 'The parameter id of an app rule is missing.', reference));
  if (disabled !== undefined && !['true', 'false'].includes(disabled)) {
    faults.push(fault('RULE_PARAMETER', 'RULE', 'The parameter disabled of an app rule has to be "true" or "false".', reference));
  }
  return faults;
}

function checkRule(site: Site, rule: RuleInput, place: RuleKind, transitionId: string): Fault[] {
  const reference = { transitionId, ...(rule.id && { ruleId: rule.id }) };
  const kind = SYSTEM_RULES[rule.ruleKey]?.kind ?? FORGE_RULES[rule.ruleKey];
  if (!kind) return [fault('RULE_UNKNOWN', 'RULE', `The rule key ${rule.ruleKey} is unknown.`, reference)];
  if (kind !== place) return [fault('RULE_MISPLACED', 'RULE', `The rule ${rule.ruleKey} is no ${place}.`, reference)];
  if (SYSTEM_RULES[rule.ruleKey]?.teamManagedOnly) {
    return [fault('RULE_MISPLACED', 'RULE', `The rule ${rule.ruleKey} is only for team-managed projects.`, reference)];
  }
  return rule.ruleKey in FORGE_RULES ? checkForgeRule(site, rule, reference) : checkParameters(site, rule, reference);
}

/** Every rule of a condition tree. */
export const rulesOfGroup = (group: ConditionGroupInput): RuleInput[] => [
  ...(group.conditions ?? []),
  ...(group.conditionGroups ?? []).flatMap(rulesOfGroup),
];

function checkRules(site: Site, transition: TransitionInput): Fault[] {
  const id = transition.id ?? '';
  return [
    ...(transition.validators ?? []).flatMap((one) => checkRule(site, one, 'validator', id)),
    ...(transition.actions ?? []).flatMap((one) => checkRule(site, one, 'action', id)),
    ...(transition.conditions ? rulesOfGroup(transition.conditions) : []).flatMap((one) => checkRule(site, one, 'condition', id)),
    ...(transition.transitionScreen ? checkRule(site, transition.transitionScreen, 'screen', id) : []),
    ...(transition.triggers ?? [])
      .filter((one) => one.ruleKey !== TRIGGER_KEY)
      .map((one) => fault('RULE_UNKNOWN', 'TRIGGER', `The trigger ${one.ruleKey} is unknown.`, { transitionId: id })),
  ];
}

function checkTransition(transition: TransitionInput, references: Set<string>): Fault[] {
  const { id, type, name, toStatusReference } = transition;
  const links = transition.links ?? [];
  const reference = id ? { transitionId: id } : undefined;
  const faults: Fault[] = [];
  if (!id) faults.push(fault('MISSING_TRANSITION_ID', 'TRANSITION', `The transition "${name}" has no id.`));
  else if (!/^\d+$/.test(id)) faults.push(fault('MISSING_TRANSITION_ID', 'TRANSITION', `The id "${id}" of a transition is no number.`, reference));
  if (type === 'DIRECTED' ? links.length === 0 : links.length > 0) {
    faults.push(fault('TRANSITION_LINKS', 'TRANSITION', `The transition "${name}" of type ${type} has the wrong number of links.`, reference));
  }
  if (!toStatusReference && type !== 'GLOBAL') {
    faults.push(fault('TRANSITION_TARGET', 'TRANSITION', `The transition "${name}" leads to no status.`, reference));
  }
  for (const one of [toStatusReference, ...links.map((link) => link.fromStatusReference)]) {
    if (one && !references.has(one)) {
      faults.push(
        fault('STATUS_NOT_FOUND', 'TRANSITION', `The transition "${name}" speaks of ${one}, which is no status of the workflow.`, reference),
      );
    }
  }
  if (type === 'INITIAL' && transition.conditions) {
    faults.push(fault('INITIAL_TRANSITION_CONDITIONS', 'TRANSITION', `The initial transition "${name}" must not have conditions.`, reference));
  }
  return faults;
}

/** Names are shared out per source status; a global transition starts from every status, so its name is taken everywhere. */
function checkNames(transitions: TransitionInput[]): Fault[] {
  const later = transitions.filter((one) => one.type !== 'INITIAL');
  const sources = (one: TransitionInput) => (one.links ?? []).map((link) => link.fromStatusReference);
  return later.flatMap((one, index) => {
    const clash = later
      .slice(0, index)
      .some(
        (other) =>
          sameName(other.name, one.name) &&
          (one.type === 'GLOBAL' || other.type === 'GLOBAL' || sources(one).some((source) => sources(other).includes(source))),
      );
    const message = `The transition name "${one.name}" is used more than once from the same status.`;
    return clash ? [fault('NON_UNIQUE_TRANSITION_NAME', 'TRANSITION', message, one.id ? { transitionId: one.id } : undefined)] : [];
  });
}

function checkWorkflow(site: Site, workflow: WorkflowInput, label: string, listed: Set<string>): Fault[] {
  const used = workflow.statuses.map((one) => one.statusReference);
  const references = new Set(used);
  const { transitions } = workflow;
  const reached = new Set(transitions.map((one) => one.toStatusReference));
  const initial = transitions.filter((one) => one.type === 'INITIAL').length;
  return [
    ...doubled(used).map((statusReference) =>
      fault('NON_UNIQUE_STATUS_REFERENCE', 'STATUS', `The workflow "${label}" has a status twice.`, { statusReference }),
    ),
    ...used
      .filter((one) => !listed.has(one))
      .map((statusReference) =>
        fault('STATUS_NOT_FOUND', 'STATUS', `The status name is missing: ${statusReference} is not in the list of statuses.`, { statusReference }),
      ),
    ...used
      .filter((one) => !reached.has(one))
      .map((statusReference) =>
        fault('STATUS_UNREACHABLE', 'STATUS', `No transition of the workflow "${label}" leads to the status ${statusReference}.`, {
          statusReference,
        }),
      ),
    ...(initial === 1 ? [] : [fault('INITIAL_TRANSITION_COUNT', 'WORKFLOW', `The workflow "${label}" has ${initial} initial transitions, not one.`)]),
    ...doubled(transitions.flatMap((one) => one.id ?? [])).map((transitionId) =>
      fault('NON_UNIQUE_TRANSITION_ID', 'TRANSITION', `The transition id ${transitionId} is used more than once.`, { transitionId }),
    ),
    ...checkNames(transitions),
    ...transitions.flatMap((one) => [...checkTransition(one, references), ...checkRules(site, one)]),
  ];
}

const referencesOf = (statuses: StatusInput[]): Set<string> => new Set(statuses.map((one) => one.statusReference));

/** What is wrong with a request to create workflows. */
export function checkCreate(site: Site, { scope, statuses, workflows }: CreateInput): Fault[] {
  const listed = referencesOf(statuses);
  const names = workflows.map((one) => one.name);
  return [
    ...(scope.type === 'PROJECT' ? [fault('SCOPE_NOT_SUPPORTED', 'SCOPE', 'The project is not team-managed.')] : []),
    ...names
      .filter((name, index) => nameTaken(site.store.workflows, name) || names.slice(0, index).some((other) => sameName(other, name)))
      .map((name) => fault('NON_UNIQUE_WORKFLOW_NAME', 'WORKFLOW', `A workflow with the name "${name}" already exists.`)),
    ...checkStatuses(site, statuses),
    ...workflows.flatMap((one) => checkWorkflow(site, one, one.name, listed)),
  ];
}

/** What is wrong with a request to change workflows, but for their versions and the work items that would lose their status. */
export function checkUpdate(site: Site, { statuses, workflows }: UpdateInput): Fault[] {
  const listed = referencesOf(statuses);
  return [
    ...checkStatuses(site, statuses),
    ...workflows.flatMap((one) => {
      const workflow = site.store.workflows.get(one.id);
      if (!workflow) return [fault('STATUS_NOT_FOUND', 'WORKFLOW', `The workflow with id ${one.id} was not found.`)];
      if (!workflow.isEditable) return [fault('SCOPE_NOT_SUPPORTED', 'WORKFLOW', `The workflow "${workflow.name}" cannot be edited.`)];
      return checkWorkflow(site, one, workflow.name, listed);
    }),
  ];
}

/** Where Jira's validation answers with a fault of its own instead of telling what is wrong. */
export const breaksValidation = (workflows: WorkflowInput[]): boolean =>
  workflows
    .flatMap((one) => one.transitions)
    .flatMap((one) => [...(one.validators ?? []), ...(one.actions ?? []), ...(one.conditions ? rulesOfGroup(one.conditions) : [])])
    .some((one) => one.ruleKey in FORGE_RULES && !one.parameters?.id);
