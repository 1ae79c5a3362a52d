/** Finding people by what they may do, and by what they have to do with work items. */
import { userBean } from '../beans';
import { listOf, personsOnly } from '../configure';
import { hasPermission } from '../lookups';
import { PROJECT_PERMISSIONS } from '../permissions/catalogue';
import { badRequest, notFound, ok, operation, page, type Call, type Operation } from '../rest';
import type { Issue, User } from '../store';
import { browsersOnly } from './pickers';
import { searched } from './people';

/** People of a search who hold every one of the permissions on the work item or in the project that is named. */
function holding(call: Call, permissions: string[]): User[] {
  const { jira, query } = call;
  const [issueKey, projectKey] = [query.get('issueKey'), query.get('projectKey')];
  const issue = issueKey ? jira.store.issue(issueKey) : undefined;
  const project = jira.store.project(issue?.projectId ?? (issueKey ? '' : (projectKey ?? '')));
  if (!issueKey && !projectKey) throw badRequest('Either an issueKey or a projectKey has to be provided.');
  if (!project || !hasPermission(jira.store, call.person, 'BROWSE_PROJECTS', project, issue)) throw notFound('The project or issue was not found.');
  const candidates = query.has('query') || query.has('accountId') ? searched(call) : jira.store.users.all();
  return candidates.filter((one) => one.active && permissions.every((key) => hasPermission(jira.store, one, key, project, issue)));
}

const shown = (call: Call, users: User[]) => ok(page(call.query, users).values.map((one) => userBean(call.jira, one)));

function permissionsOf({ query }: Call): string[] {
  const keys = listOf(query, 'permissions');
  const unknown = keys.filter((key) => !PROJECT_PERMISSIONS.includes(key));
  if (keys.length === 0 || unknown.length > 0) throw badRequest(`Unrecognized permission: ${unknown.join(', ')}`);
  return keys;
}

const reporters = (issue: Issue) => [issue.fields.reporter];
const assignees = (issue: Issue) => [issue.fields.assignee];
const everyone = (issue: Issue) => [issue.fields.reporter, issue.fields.assignee, issue.creatorId, ...issue.comments.map((one) => one.authorId)];

/** OpenAPI: findUsersByQuery, the statements of its little language. */
const STATEMENTS: Record<string, (issue: Issue) => unknown[]> = {
  'is assignee of': assignees,
  'is reporter of': reporters,
  'is watcher of': (issue) => issue.watchers ?? [],
  'is commenter of': (issue) => issue.comments.map((one) => one.authorId),
  'is transitioner of': (issue) => issue.changes.filter(({ items }) => items.some((one) => one.fieldId === 'status')).map((one) => one.authorId),
  'is voter of': () => [],
  involves: everyone,
};

const STATEMENT = /^(is \w+ of|involves)\s+\(?([^()]+)\)?$/i;

/** The work items that a statement names: projects by key, work items by key. */
function issuesNamed({ jira, person }: Call, names: string): Issue[] {
  const { store } = jira;
  const wanted = names.split(',').map((one) => one.trim().toUpperCase());
  return store.issues.filter((issue) => {
    const project = store.projects.get(issue.projectId);
    const isNamed = wanted.includes(issue.key) || (project !== undefined && wanted.includes(project.key));
    return isNamed && project !== undefined && hasPermission(store, person, 'BROWSE_PROJECTS', project, issue);
  });
}

function byQuery(call: Call): User[] {
  const { jira, query } = call;
  const text = query.get('query')?.trim() ?? '';
  const [, verb = '', names = ''] = STATEMENT.exec(text) ?? [];
  const people = STATEMENTS[verb.toLowerCase()];
  if (!people) throw badRequest(`The query '${text}' cannot be read: this site knows one statement at a time, such as: is assignee of PROJ.`);
  const ids = new Set(issuesNamed(call, names).flatMap(people));
  return jira.store.users.filter((one) => ids.has(one.id));
}

export const searchOperations: Operation[] = [
  ...personsOnly([
    operation('findUsersWithBrowsePermission', 'GET', '/rest/api/3/user/viewissue/search', (call) => shown(call, holding(call, ['BROWSE_PROJECTS']))),
    operation('findUsersWithAllPermissions', 'GET', '/rest/api/3/user/permission/search', (call) => shown(call, holding(call, permissionsOf(call)))),
  ]),
  ...browsersOnly([
    operation('findUsersByQuery', 'GET', '/rest/api/3/user/search/query', (call) => {
      const beans = byQuery(call).map((one) => userBean(call.jira, one));
      return ok(page(call.query, beans, 100));
    }),
    operation('findUserKeysByQuery', 'GET', '/rest/api/3/user/search/query/key', (call) => {
      const keys = byQuery(call).map(({ id }) => ({ accountId: id, key: id }));
      return ok(page(call.query, keys, 100));
    }),
  ]),
];
