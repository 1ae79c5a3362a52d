/** `jira:actionValidator`: expressions of apps that judge what is done to a work item outside of transitions. */
import type { GuardedAction } from '../../contract';
import { projectOf } from '../issues/access';
import { RestError, type Jira } from '../rest';
import type { Issue, User } from '../store';
import type { Value } from './language';
import { evaluateFor } from './surroundings';
import { projectThing, workTypeThing } from './things/configuration';
import { issueThing } from './things/issue';
import type { View } from './things/view';

/** What is about to happen: the work item as it is and, where values change, as it would be. */
export interface Act {
  before: Issue;
  after?: Issue;
}

type Variables = (view: View, act: Act) => Record<string, Value>;

/** The work item as it would be, and as it is. */
const edited: Variables = (view, { before, after = before }) => ({ issue: issueThing(view, after), originalIssue: issueThing(view, before) });

const VARIABLES: Record<GuardedAction, Variables> = {
  workItemEdited: edited,
  workItemAssigned: edited,
  workItemTypeChanged: (view, { before, after = before }) => ({
    issue: issueThing(view, before),
    newIssueType: after.workTypeId,
    newIssueTypeData: workTypeThing(view, after.workTypeId),
  }),
  workItemDeleted: (view, { before }) => ({ issue: issueThing(view, before) }),
};

/** Which guarded actions an edit of these fields is. */
export function actionsOf(fieldIds: readonly string[]): GuardedAction[] {
  const found = new Set<GuardedAction>();
  for (const id of fieldIds) found.add(id === 'issuetype' ? 'workItemTypeChanged' : id === 'assignee' ? 'workItemAssigned' : 'workItemEdited');
  return [...found];
}

/** Throws a 400 with what the validators of apps say; one whose expression fails refuses too. */
export function checkAction(jira: Jira, person: User | undefined, actions: readonly GuardedAction[], act: Act): void {
  const said = (jira.rules.actionValidators?.() ?? [])
    .filter((one) => actions.includes(one.action))
    .flatMap(({ id, action, expression, errorMessage }) => {
      const outcome = evaluateFor(jira, person, expression, (view) => ({
        project: projectThing(view, projectOf(jira, act.before)),
        ...VARIABLES[action](view, act),
      }));
      if (outcome.ok && outcome.value === true) return [];
      if (!outcome.ok) console.warn(`The action validator ${id} failed, so ${action} of ${act.before.key} is refused: ${outcome.reason}`);
      return [errorMessage || 'An app does not allow this change.'];
    });
  if (said.length > 0) throw new RestError(400, said);
}
