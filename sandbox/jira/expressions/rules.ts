/** Workflow rules of apps that are expressions: what they are given, what their answer means, and who is told when they fail. */
import type { ForgeRule } from '../../contract';
import { projectOf } from '../issues/access';
import type { Jira } from '../rest';
import type { Comment, Issue, IssueLink, Json, RuleConfiguration, User, Workflow, WorkflowTransition } from '../store';
import { ExpressionError, excesses, fromJson, typeOf, type Value } from './language';
import { evaluateFor } from './surroundings';
import { projectThing, transitionThing, workflowThing } from './things/configuration';
import { issueThing } from './things/issue';
import type { View } from './things/view';

/** A transition somebody wants to take, as far as rules may know of it. */
export interface Occasion {
  jira: Jira;
  person: User | undefined;
  workflow: Workflow;
  transition: WorkflowTransition;
  /** With the edits of the request. */
  issue: Issue;
  /** As it is; absent while it is being created. */
  original?: Issue | undefined;
  /** The status that the transition leads to. */
  to: string;
  /** Links that the request adds. */
  links?: readonly IssueLink[];
  /** Comments that the request adds. */
  comments?: readonly Comment[];
}

/** A rule as the workflow holds it, with the module it belongs to and the configuration its app stored. */
export interface AppRule {
  rule: RuleConfiguration;
  module: ForgeRule;
  configuration: Json;
}

export type GroupOperator = 'AND' | 'OR' | null;

/** The expression to judge: one in the configuration goes before that of the manifest. */
function expressionOf({ module, configuration }: AppRule): string {
  const own = typeof configuration === 'object' && configuration !== null && !Array.isArray(configuration) ? configuration.expression : undefined;
  return typeof own === 'string' ? own : (module.expression ?? '');
}

/** What every rule's expression is given, whatever its kind. */
export function variablesOf(occasion: Occasion, configuration: Json, view: View): Record<string, Value> {
  const { jira, issue, original, workflow, transition, to, links = [], comments = [] } = occasion;
  return {
    issue: issueThing(view, { ...issue, comments: [...issue.comments, ...comments] }, links),
    project: projectThing(view, projectOf(jira, issue)),
    transition: transitionThing(view, transition, original?.statusId, to),
    workflow: workflowThing(workflow),
    config: fromJson(configuration),
  };
}

const wrongType = (wanted: readonly string[], value: Value): string => `The expression must answer ${wanted.join(' or ')}, not ${typeOf(value)}`;

/** The value of a rule's expression, or undefined where it failed; a failure is told to the app. */
function judged(occasion: Occasion, app: AppRule, types: readonly string[], more: (view: View) => Record<string, Value>): Value | undefined {
  const expression = expressionOf(app);
  warnOfExcess(occasion.jira, expression);
  const outcome = evaluateFor(occasion.jira, occasion.person, expression, (view) => ({
    ...variablesOf(occasion, app.configuration, view),
    ...more(view),
  }));
  if (outcome.ok && types.includes(typeOf(outcome.value))) return outcome.value;
  const reason = outcome.ok ? wrongType(types, outcome.value) : outcome.reason;
  tellFailure(occasion, app, expression, reason);
  return undefined;
}

/** Whether a condition lets somebody take the transition: only `true` does. */
export const conditionHolds = (occasion: Occasion, app: AppRule, groupOperator: GroupOperator): boolean =>
  judged(occasion, app, ['Boolean'], () => ({ groupOperator })) === true;

/** What a validator says against the transition; undefined where it lets it pass. */
export function validatorRefusal(occasion: Occasion, app: AppRule): string | undefined {
  const { original } = occasion;
  const verdict = judged(occasion, app, ['Boolean', 'String'], (view): Record<string, Value> =>
    original ? { originalIssue: issueThing(view, original) } : {},
  );
  if (verdict === true) return undefined;
  if (typeof verdict === 'string' && verdict !== '') return verdict;
  return messageOf(occasion, app) || `The workflow rule "${app.module.name}" refused the transition.`;
}

/** The module's own words for a refusal, which may be an expression too. */
function messageOf(occasion: Occasion, app: AppRule): string | undefined {
  const { errorMessage } = app.module;
  if (typeof errorMessage !== 'object') return errorMessage;
  const outcome = evaluateFor(occasion.jira, occasion.person, errorMessage.expression, (view) => variablesOf(occasion, app.configuration, view));
  if (outcome.ok && typeof outcome.value === 'string') return outcome.value;
  tellFailure(occasion, app, errorMessage.expression, outcome.ok ? wrongType(['String'], outcome.value) : outcome.reason);
  return undefined;
}

/** `avi:jira:failed:expression` for the app that owns the rule. */
function tellFailure({ jira, person, issue, workflow, transition }: Occasion, { rule, module }: AppRule, expression: string, reason: string): void {
  const eventType = 'avi:jira:failed:expression';
  const id = rule.parameters.id ?? rule.id;
  const project = projectOf(jira, issue);
  jira.emit({
    eventType,
    atlassianId: undefined,
    payload: {
      eventType,
      timestamp: String(jira.clock.now().getTime()),
      extensionId: module.id,
      workflowId: workflow.id,
      workflowName: workflow.name,
      ...(module.ruleType === 'Condition' ? { conditionId: id } : { validatorId: id }),
      expression,
      errorMessages: [reason],
      context: {
        issue: issue.id === '' ? null : { id: issue.id, key: issue.key },
        project: { id: project.id, key: project.key },
        user: person ? { accountId: person.id } : null,
        transition: { id: transition.id, name: transition.name },
      },
    },
  });
}

/** Expressions already warned of, per site. */
const warned = new WeakMap<Jira['store'], Set<string>>();

/** Jira's published limits of length do not hold for modules (recorded live), so breaking them is only worth a word. */
function warnOfExcess({ store }: Jira, expression: string): void {
  const known = warned.get(store) ?? new Set<string>();
  warned.set(store, known);
  if (known.has(expression)) return;
  known.add(expression);
  try {
    for (const one of excesses(expression)) console.warn(`A workflow rule's expression is beyond the documented limits: ${one}.`);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error; // it will be told when it is evaluated
  }
}
