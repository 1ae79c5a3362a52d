/** Editing, assigning and deleting a work item. */
import { actionsOf, checkAction } from '../expressions/actions';
import { existing, isAdministrator, screenFor, workflowFor } from '../lookups';
import { removeLink } from '../links/link';
import { checkProperties, setProperties } from '../properties/property';
import { badRequest, fieldErrors, forbidden, noContent, requirePerson, type Answer, type Call, type Jira } from '../rest';
import type { Issue, Json } from '../store';
import { FieldError, parseValue } from '../values';
import { may, projectOf, visibleIssue } from './access';
import { subtasksOf } from './beans';
import { change, draftOf, setValues, settingOf, type Edits } from './change';
import { issueChanged, issueDeleted } from './events';
import { addParts, readInput, type IssueBody } from './input';

const OVERRIDES = ['overrideScreenSecurity', 'overrideEditableFlag'] as const;

/** What a request asks to pass by, the edit screen or a status that locks; only an app with Administer Jira may. */
export function overrides({ jira, person, query, viaApp }: Call): { screen: boolean; lock: boolean } {
  const [screen, lock] = OVERRIDES.map((name) => query.get(name) === 'true');
  if ((screen || lock) && !(viaApp && isAdministrator(jira.store, person))) {
    throw forbidden('You do not have permission to override the screen security or the editable flag.');
  }
  return { screen: screen === true, lock: lock === true };
}

/** Whether the status of a work item makes it read-only, by a property of its workflow. */
export function isLocked({ store }: Jira, issue: Issue): boolean {
  const { statuses } = workflowFor(store, issue.projectId, issue.workTypeId);
  return statuses.find((one) => one.statusId === issue.statusId)?.properties['jira.issue.editable'] === 'false';
}

function draftWith(issue: Issue, edits: Edits): Issue {
  const draft = draftOf(issue);
  setValues(draft, edits);
  return draft;
}

/** Changes fields, adds links and comments, sets properties. */
export function editIssue(call: Call<IssueBody>): Issue {
  const { jira, body } = call;
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const person = requirePerson(call);
  if (!may(jira, person, 'EDIT_ISSUES', issue)) throw badRequest('You do not have permission to edit issues in this project.');
  const { screen: everyField, lock } = overrides(call);
  if (isLocked(jira, issue) && !lock) throw badRequest('You cannot edit this issue: the workflow does not allow it in its current status.');
  const screen = screenFor(jira.store, issue.projectId, issue.workTypeId, 'edit');
  const onScreen = new Set(screen.tabs.flatMap((tab) => tab.fieldIds));
  const input = readInput(
    {
      jira,
      person,
      project: projectOf(jira, issue),
      workTypeId: issue.workTypeId,
      issue,
      onScreen: (id) => everyField || onScreen.has(id) || id === 'comment' || id === 'parent',
    },
    body,
  );
  checkProperties(body.properties);
  checkAction(jira, person, actionsOf([...input.edits.keys()]), { before: issue, after: draftWith(issue, input.edits) });
  const entry = change(jira, person.id, issue, () => setValues(issue, input.edits));
  setProperties(issue, body.properties);
  issueChanged(jira, issue, entry);
  addParts(jira, person.id, issue, input);
  return issue;
}

/** PUT /assignee: for those who may assign but not edit. */
export function assign(call: Call<{ accountId?: string | null | undefined }>): Answer {
  const { jira, body } = call;
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const person = requirePerson(call);
  if (!may(jira, person, 'ASSIGN_ISSUES', issue)) throw forbidden('You do not have permission to assign issues.');
  if (body.accountId === undefined) throw badRequest("One of 'accountId' and 'name' is required.");
  const setting = settingOf(jira, existing(jira.store.fields, 'assignee'), issue);
  let assignee: Json;
  try {
    assignee = parseValue(setting, body.accountId === null ? null : { accountId: body.accountId });
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw fieldErrors({ assignee: error.message });
  }
  const edits = new Map([['assignee', assignee]]);
  checkAction(jira, person, ['workItemAssigned'], { before: issue, after: draftWith(issue, edits) });
  const entry = change(jira, person.id, issue, () => setValues(issue, edits));
  issueChanged(jira, issue, entry);
  return noContent();
}

/** Deletes a work item and its links; its subtasks only when asked to. */
export function deleteIssue(call: Call): Answer {
  const { jira } = call;
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const person = requirePerson(call);
  if (!may(jira, person, 'DELETE_ISSUES', issue)) throw forbidden('You do not have permission to delete issues in this project.');
  const subtasks = subtasksOf(jira.store, issue);
  if (subtasks.length > 0 && call.query.get('deleteSubtasks') !== 'true') {
    throw badRequest(
      `The issue '${issue.key}' has subtasks.  You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
    );
  }
  for (const one of [...subtasks, issue]) checkAction(jira, person, ['workItemDeleted'], { before: one });
  for (const one of [...subtasks, issue]) {
    for (const link of jira.store.linksOf(one.id)) removeLink(jira, person.id, link);
    jira.store.deleteIssue(one);
    issueDeleted(jira, one, person.id);
  }
  return noContent();
}
