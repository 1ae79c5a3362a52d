/** Creating a work item: screen, permissions, the initial transition, and then all at once. */
import type { JiraEvent } from '../../contract';
import { hasPermission, screenFor, workflowFor, workTypesOf } from '../lookups';
import { checkProperties, setProperties } from '../properties/property';
import { fieldErrors, RestError, requirePerson, type Call, type Jira } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { Issue, Json, Project, User, WorkType } from '../store';
import { initialTransition, refusals } from '../transitions/engine';
import { takeable } from '../transitions/operations';
import { perform, runForgePostFunctions } from '../transitions/perform';
import { runPostFunctions } from '../transitions/postFunctions';
import { isObject } from '../values/codec';
import { defaultAssignee } from '../values/people';
import { defaultLevel } from '../values/security';
import { noteResolution, setValues } from './change';
import { issueCreated } from './events';
import { addParts, readInput, type IssueBody } from './input';

const NO_STATUS = '-1';

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

function projectNamed(jira: Jira, person: User, input: Json | undefined): Project {
  const named = isObject(input) ? (text(input.id) ?? text(input.key)) : undefined;
  if (named === undefined) throw fieldErrors({ project: 'Specify a valid project ID or key' });
  const project = jira.store.project(named);
  if (!project || !hasPermission(jira.store, person, 'BROWSE_PROJECTS', project)) throw fieldErrors({ project: 'valid project is required' });
  if (!hasPermission(jira.store, person, 'CREATE_ISSUES', project)) {
    throw fieldErrors({ project: 'You do not have permission to create issues in this project.' });
  }
  return project;
}

function workTypeNamed(jira: Jira, project: Project, input: Json | undefined): WorkType {
  const { id, name } = isObject(input) ? input : {};
  if (text(id) === undefined && text(name) === undefined) throw fieldErrors({ issuetype: 'Specify an issue type' });
  const type = workTypesOf(jira.store, project.id).find((one) => (text(id) !== undefined ? one.id === text(id) : one.name === name));
  if (!type) throw fieldErrors({ issuetype: 'Specify a valid issue type' });
  return type;
}

const defaultPriority = (jira: Jira): string | undefined => jira.store.priorities.find((one) => one.isDefault === true)?.id;

/** Creates a work item, or throws and creates nothing. */
export async function createIssue(call: Call, body: IssueBody): Promise<Issue> {
  const { jira } = call;
  const { store } = jira;
  const person = requirePerson(call);
  const { project: namedProject, issuetype: namedType, ...fields } = (body.fields ?? {}) as Record<string, Json>;
  const project = projectNamed(jira, person, namedProject);
  const type = workTypeNamed(jira, project, namedType);
  checkProperties(body.properties);

  const onScreen = new Set(screenFor(store, project.id, type.id, 'create').tabs.flatMap((tab) => tab.fieldIds));
  const input = readInput(
    { jira, person, project, workTypeId: type.id, onScreen: (id) => onScreen.has(id) || id === 'summary' || id === 'parent' },
    { ...body, fields },
  );
  if (!input.edits.get('summary')) throw fieldErrors({ summary: 'You must specify a summary of the issue.' });
  if (type.hierarchyLevel < 0 && !input.edits.get('parent')) {
    throw fieldErrors({ issuetype: 'Issue type is a sub-task but parent issue key or id not specified.' });
  }

  const transition = initialTransition(workflowFor(store, project.id, type.id));
  if (!transition?.toStatusId) throw new RestError(422, ['The workflow of this issue type has no initial status.']);
  const draft = newIssue(jira, person, project, type, transition.toStatusId);
  setValues(draft, input.edits);
  const said = await refusals({ jira, person, transition, after: draft, given: input.given, parts: input });
  if (said.length > 0) throw new RestError(400, said);

  const issue = { ...draft, id: store.nextId('issue'), key: nextKey(project) };
  runPostFunctions(transition.actions, { jira, issue, person });
  noteResolution(issue, undefined, issue.created);
  setProperties(issue, body.properties);
  aboutToChange(jira, issue, true);
  store.putIssue(issue);
  const news = body.transition ? await moveOn(call, issue, body.transition) : [];
  issueCreated(jira, issue, person.id);
  for (const event of news) jira.emit(event);
  addParts(jira, person.id, issue, input);
  runForgePostFunctions(jira, person, issue, transition, NO_STATUS, undefined);
  return issue;
}

/** Takes another transition right away; one that is refused leaves no work item behind. Answers the events, which come after that of the creation. */
async function moveOn(call: Call, issue: Issue, wanted: NonNullable<IssueBody['transition']>): Promise<JiraEvent[]> {
  const { jira, person } = call;
  const events: JiraEvent[] = [];
  try {
    const transition = takeable({ ...call, body: { transition: wanted } }, issue);
    const nothing = { edits: new Map(), given: [], links: [], comments: [] };
    await perform({ ...jira, emit: (event) => events.push(event) }, person, issue, transition, nothing);
    return events;
  } catch (error) {
    jira.store.deleteIssue(issue);
    throw error;
  }
}

/** The next free key of a project. */
export function nextKey(project: Project): string {
  project.issueCounter += 1;
  return `${project.key}-${project.issueCounter}`;
}

/** A work item with the values that Jira gives where the request is silent. */
function newIssue(jira: Jira, person: User, project: Project, type: WorkType, statusId: string): Issue {
  const now = jira.clock.now().getTime();
  const priority = defaultPriority(jira);
  const assignee = defaultAssignee(project);
  const security = defaultLevel(jira.store, project);
  return {
    id: '',
    key: '',
    projectId: project.id,
    workTypeId: type.id,
    statusId,
    creatorId: person.id,
    created: now,
    updated: now,
    statusChanged: now,
    fields: { reporter: person.id, ...(priority && { priority }), ...(assignee && { assignee }), ...(security && { security }) },
    properties: {},
    changes: [],
    comments: [],
  };
}
