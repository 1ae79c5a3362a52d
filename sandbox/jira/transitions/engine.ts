/** Which transitions there are, whether one may be taken, and what its validators say. Reads only; performing is in perform.ts. */
import { conditionHolds, validatorRefusal, type AppRule, type Occasion } from '../expressions/rules';
import type { IssueInput } from '../issues/input';
import type { Jira } from '../rest';
import type { Issue, Json, RuleConfiguration, User, Workflow, WorkflowTransition } from '../store';
import { renderValue } from '../values';
import { workflowFor } from '../lookups';
import { settingOf, valueOf } from '../issues/change';
import { judgeConditions, type Channel, type ConditionVerdict } from './conditions';
import { factsOf, type Facts } from './facts';
import { VALIDATORS } from './validators';

export const FORGE_VALIDATOR = 'forge:expression-validator';

/** What the platform names as the origin of a work item that is being created; no document tells it. */
const NO_STATUS = '-1';

/** The workflow a work item follows. */
export const workflowOf = (jira: Jira, issue: Issue): Workflow => workflowFor(jira.store, issue.projectId, issue.workTypeId);

/** The transition that creates work items. */
export const initialTransition = (workflow: Workflow): WorkflowTransition | undefined => workflow.transitions.find((one) => one.type === 'INITIAL');

/** Whether a transition starts at a status. */
export const startsAt = (transition: WorkflowTransition, statusId: string): boolean =>
  transition.type === 'GLOBAL' || (transition.type === 'DIRECTED' && transition.links.some((link) => link.fromStatusId === statusId));

/** The status a transition leads to; a looped one stays. */
export const targetOf = (transition: WorkflowTransition, issue: Issue): string => transition.toStatusId ?? issue.statusId;

/** Whether the conditions of a transition let somebody take it. */
export function judge(jira: Jira, person: User | undefined, issue: Issue, transition: WorkflowTransition, channel: Channel): ConditionVerdict {
  const occasion: Occasion = { jira, person, workflow: workflowOf(jira, issue), transition, issue, original: issue, to: targetOf(transition, issue) };
  return judgeConditions(transition.conditions, factsOf(jira, person, issue, issue), channel, (rule, groupOperator) => {
    const app = appRule(jira, rule);
    return app !== undefined && conditionHolds(occasion, app, groupOperator);
  });
}

/** A rule of an app that is installed. */
function appRule(jira: Jira, rule: RuleConfiguration): AppRule | undefined {
  const module = jira.rules.rules().find((one) => one.id === rule.parameters.key && one.ruleKey === rule.ruleKey);
  return module && { rule, module, configuration: configurationOf(rule) };
}

/** What is validated: the work item as it would be, as it is, and what the request changes. */
export interface Attempt {
  jira: Jira;
  person: User | undefined;
  transition: WorkflowTransition;
  after: Issue;
  /** Absent while the work item is being created. */
  before?: Issue;
  /** Ids of the fields in the request. */
  given: readonly string[];
  /** What else the request brings along. */
  parts?: Pick<IssueInput, 'links' | 'comments'>;
}

/** The attempt as expressions see it: links and comments of the request are there already, without an id. */
function occasionOf({ jira, person, transition, after, before, parts }: Attempt): Occasion {
  const now = jira.clock.now().getTime();
  const authorId = person?.id ?? '';
  return {
    jira,
    person,
    transition,
    workflow: workflowOf(jira, after),
    issue: after,
    original: before,
    to: targetOf(transition, after),
    links: (parts?.links ?? []).map(({ type, other, otherIs }) =>
      otherIs === 'destination'
        ? { id: '', typeId: type.id, sourceId: after.id, destinationId: other.id }
        : { id: '', typeId: type.id, sourceId: other.id, destinationId: after.id },
    ),
    comments: (parts?.comments ?? []).map(({ body, properties }) => ({ id: '', authorId, body, properties, created: now, updated: now })),
  };
}

const isOff = (rule: RuleConfiguration): boolean => rule.parameters.disabled === 'true';

/** Runs all validators, Jira's own first. Answers what the refusing ones say. */
export async function refusals(attempt: Attempt): Promise<string[]> {
  const { jira, person, transition, after, before } = attempt;
  const facts = factsOf(jira, person, after, before);
  const rules = transition.validators.filter((rule) => !isOff(rule));
  const said = rules.filter((rule) => rule.ruleKey !== FORGE_VALIDATOR).map((rule) => systemVerdict(rule, facts));
  for (const rule of rules.filter((one) => one.ruleKey === FORGE_VALIDATOR)) said.push(await forgeVerdict(attempt, rule));
  return said.flatMap((one) => one ?? []);
}

function systemVerdict(rule: RuleConfiguration, facts: Facts): string | undefined {
  const validator = VALIDATORS[rule.ruleKey];
  return validator ? validator(rule.parameters, facts) : `The workflow rule ${rule.ruleKey} is not supported here yet.`;
}

async function forgeVerdict(attempt: Attempt, rule: RuleConfiguration): Promise<string | undefined> {
  const { jira, transition, after, before, given } = attempt;
  const id = rule.parameters.key ?? '';
  const app = appRule(jira, rule);
  if (app?.module.expression !== undefined) return validatorRefusal(occasionOf(attempt), app);
  // the rule of an app that is gone blocks: fail closed
  if (!app) return `The workflow rule ${id} belongs to an app that is not installed.`;
  const { result, errorMessage } = await jira.rules.validate(id, {
    issue: { key: before ? before.key : null },
    configuration: app.configuration,
    transition: {
      from: { id: before?.statusId ?? NO_STATUS },
      to: { id: targetOf(transition, after) },
      modifiedFields: modifiedFields(jira, after, given),
    },
  });
  if (result === true) return undefined;
  return errorMessage || `The workflow rule ${id} refused the transition.`;
}

/** The configuration an app stored with its rule: `parameters.config`, parsed. */
export function configurationOf(rule: RuleConfiguration): Json {
  const text = rule.parameters.config;
  if (!text) return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text; // an app may have stored something else than JSON; it gets what it stored
  }
}

/** The fields of the request as GET issue writes them; cleared lists are null and persons only an account id. */
function modifiedFields(jira: Jira, after: Issue, given: readonly string[]): Record<string, Json> {
  return Object.fromEntries(
    given.flatMap((id) => {
      const field = jira.store.fields.get(id);
      if (!field || id === 'issuelinks' || id === 'comment') return [];
      return [[id, lean(renderValue(settingOf(jira, field, after), valueOf(after, id)))]];
    }),
  );
}

function lean(value: Json): Json {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(lean);
  if (typeof value !== 'object' || value === null) return value;
  return typeof value.accountId === 'string' ? { accountId: value.accountId } : value;
}
