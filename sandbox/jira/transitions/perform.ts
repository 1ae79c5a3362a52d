/** Takes a transition: all of it or nothing. */
import { randomUUID } from 'node:crypto';
import { change, draftOf, setValues } from '../issues/change';
import { issueChanged } from '../issues/events';
import { addParts, type IssueBody, type IssueInput } from '../issues/input';
import { setProperties } from '../properties/property';
import { conflict, RestError, type Jira } from '../rest';
import type { Change, Issue, Store, User, WorkflowTransition } from '../store';
import { configurationOf, refusals, targetOf, workflowOf } from './engine';
import { FORGE_POST_FUNCTION, runPostFunctions } from './postFunctions';

const CONFLICT = 'The issue could not be updated due to a conflicting update.';

/** What a request for a transition brings along. */
export interface TransitionInput extends IssueInput {
  properties?: IssueBody['properties'];
}

/** Work items with a transition under way: Jira does not run two of them on one work item at a time. */
const underWay = new WeakMap<Store, Set<string>>();

/** Validates and performs a transition, or throws and changes nothing. */
export async function perform(
  jira: Jira,
  person: User | undefined,
  issue: Issue,
  transition: WorkflowTransition,
  input: TransitionInput,
): Promise<void> {
  const moving = underWay.get(jira.store) ?? new Set<string>();
  underWay.set(jira.store, moving);
  if (moving.has(issue.id)) throw conflict(CONFLICT);
  moving.add(issue.id);
  try {
    const after = draftOf(issue);
    setValues(after, input.edits);
    const said = await refusals({ jira, person, transition, after, before: draftOf(issue), given: input.given, parts: input });
    if (said.length > 0) throw new RestError(400, said);
    // while the validators were thinking, something else may have moved or deleted it
    if (jira.store.issues.get(issue.id) !== issue || issue.statusId !== after.statusId) throw conflict(CONFLICT);
    move(jira, person, issue, transition, input);
  } finally {
    moving.delete(issue.id);
  }
}

function move(jira: Jira, person: User | undefined, issue: Issue, transition: WorkflowTransition, input: TransitionInput): void {
  const authorId = person?.id ?? '';
  const from = issue.statusId;
  const entry = change(jira, authorId, issue, () => {
    issue.statusId = targetOf(transition, issue);
    setValues(issue, input.edits);
    runPostFunctions(transition.actions, { jira, issue, person });
  });
  issue.updated = jira.clock.now().getTime();
  setProperties(issue, input.properties);
  issueChanged(jira, issue, entry);
  addParts(jira, authorId, issue, input);
  runForgePostFunctions(jira, person, issue, transition, from, entry);
}

/** Hands the post functions of apps to their host; they share one execution id and run later. */
export function runForgePostFunctions(
  jira: Jira,
  person: User | undefined,
  issue: Issue,
  transition: WorkflowTransition,
  from: string,
  entry: Change | undefined,
): void {
  const workflow = workflowOf(jira, issue);
  const executionId = randomUUID();
  for (const rule of transition.actions) {
    if (rule.ruleKey !== FORGE_POST_FUNCTION || rule.parameters.disabled === 'true') continue;
    jira.rules.runPostFunction(rule.parameters.key ?? '', {
      issue: { id: issue.id, key: issue.key },
      configuration: configurationOf(rule),
      transition: { id: transition.id, name: transition.name, executionId, from: { id: from }, to: { id: issue.statusId } },
      workflow: { id: workflow.id, name: workflow.name },
      ...(entry && { changelog: { id: entry.id } }),
      atlassianId: person?.id ?? '',
    });
  }
}
