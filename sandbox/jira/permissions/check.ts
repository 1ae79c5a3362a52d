import { z } from 'zod';
import { administratorsOnly, idSchema, listOf, personsOnly } from '../configure';
import { hasPermission, isAdministrator, isLicensed } from '../lookups';
import { badRequest, forbidden, notFound, ok, operation, requirePerson, type Call, type Operation } from '../rest';
import type { Issue, Project, Store, User } from '../store';
import { PERMISSIONS, PROJECT_PERMISSIONS } from './catalogue';

const GLOBAL_PERMISSIONS = PERMISSIONS.filter((one) => one.type === 'GLOBAL').map((one) => one.key);
const ADMINISTRATORS_ALONE = ['ADMINISTER', 'SYSTEM_ADMIN', 'MANAGE_GROUP_FILTER_SUBSCRIPTIONS'];

/** Whether somebody has a global permission. */
export function hasGlobal(store: Store, person: User | undefined, key: string): boolean {
  if (!person) return false;
  return ADMINISTRATORS_ALONE.includes(key) ? isAdministrator(store, person) : isLicensed(store, person) || isAdministrator(store, person);
}

/** Whether somebody has a permission for a work item, in a project, or, where neither is given, anywhere. */
function has(store: Store, person: User | undefined, key: string, project: Project | undefined, issue: Issue | undefined): boolean {
  if (GLOBAL_PERMISSIONS.includes(key)) return hasGlobal(store, person, key);
  return (project ? [project] : store.projects.all()).some((one) => hasPermission(store, person, key, one, issue));
}

/** The project and work item a question is about; 404 where the caller may not see them. */
function subject({ jira: { store }, person, query }: Call): { project: Project | undefined; issue: Issue | undefined } {
  const issueKey = query.get('issueKey') ?? query.get('issueId');
  const projectKey = query.get('projectKey') ?? query.get('projectId');
  const issue = issueKey ? store.issue(issueKey) : undefined;
  const project = issue ? store.projects.get(issue.projectId) : projectKey && !issueKey ? store.project(projectKey) : undefined;
  if (issueKey && (!issue || !project || !hasPermission(store, person, 'BROWSE_PROJECTS', project, issue))) {
    throw notFound('Issue does not exist or you do not have permission to see it.');
  }
  if (projectKey && !issueKey && (!project || !(hasPermission(store, person, 'BROWSE_PROJECTS', project) || isAdministrator(store, person)))) {
    throw notFound(`No project could be found with key '${projectKey}'.`);
  }
  return { project, issue };
}

const ids = z.array(idSchema).optional();
const bulkSchema = z.object({
  accountId: z.string().optional(),
  globalPermissions: z.array(z.string()).optional(),
  projectPermissions: z.array(z.object({ permissions: z.array(z.string()).min(1), projects: ids, issues: ids })).optional(),
});

function checkKeys(given: string[], known: readonly string[]): void {
  const unknown = given.filter((one) => !known.includes(one));
  if (unknown.length > 0) throw badRequest(`Unrecognized permission: ${unknown.join(', ')}`);
}

export const checkOperations: Operation[] = [
  operation('getPermittedProjects', 'POST', '/rest/api/3/permissions/project', z.object({ permissions: z.array(z.string()) }), (call) => {
    const { store } = call.jira;
    checkKeys(call.body.permissions, PROJECT_PERMISSIONS);
    const granted = store.projects.filter((one) => call.body.permissions.every((key) => hasPermission(store, call.person, key, one)));
    return ok({ projects: granted.map(({ id, key }) => ({ id: Number(id), key })) });
  }),
  operation('getMyPermissions', 'GET', '/rest/api/3/mypermissions', (call) => {
    const wanted = listOf(call.query, 'permissions');
    if (wanted.length === 0) throw badRequest('The permissions query parameter is required.');
    checkKeys(
      wanted,
      PERMISSIONS.map((one) => one.key),
    );
    const { project, issue } = subject(call);
    const permissions = PERMISSIONS.filter(({ key }) => wanted.includes(key)).map(
      (one, index) => [one.key, { id: String(index), ...one, havePermission: has(call.jira.store, call.person, one.key, project, issue) }] as const,
    );
    return ok({ permissions: Object.fromEntries(permissions) });
  }),
  ...administratorsOnly('Only Jira administrators can see all permissions.', [
    operation('getAllPermissions', 'GET', '/rest/api/3/permissions', () =>
      ok({ permissions: Object.fromEntries(PERMISSIONS.map((one) => [one.key, one])) }),
    ),
  ]),
  ...personsOnly([
    operation('getBulkPermissions', 'POST', '/rest/api/3/permissions/check', bulkSchema, (call) => {
      const { store } = call.jira;
      const asker = requirePerson(call);
      const { accountId = asker.id, globalPermissions = [], projectPermissions = [] } = call.body;
      if (accountId !== asker.id && !isAdministrator(store, asker)) throw forbidden("Only Jira administrators can see others' permissions.");
      const person = store.users.get(accountId);
      if (!person) throw badRequest('The user was not found.');
      checkKeys(globalPermissions, GLOBAL_PERMISSIONS);
      checkKeys(
        projectPermissions.flatMap((one) => one.permissions),
        PROJECT_PERMISSIONS,
      );
      // What is invalid or cannot be seen is left out of the answer.
      const grants = projectPermissions.flatMap(({ permissions, projects = [], issues = [] }) =>
        permissions.map((permission) => ({
          permission,
          projects: projects
            .flatMap((id) => store.projects.get(id) ?? [])
            .filter((one) => hasPermission(store, person, permission, one))
            .map(({ id }) => Number(id)),
          issues: issues
            .flatMap((id) => store.issues.get(id) ?? [])
            .filter((one) => {
              const project = store.projects.get(one.projectId);
              return project !== undefined && hasPermission(store, person, permission, project, one);
            })
            .map(({ id }) => Number(id)),
        })),
      );
      return ok({ globalPermissions: globalPermissions.filter((key) => hasGlobal(store, person, key)), projectPermissions: grants });
    }),
  ]),
];
