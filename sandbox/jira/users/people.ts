import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { groupBean, userBean } from '../beans';
import { administratorsOnly, listOf, personsOnly } from '../configure';
import { groupNamed, hasPermission, isLicensed, USERS_GROUP } from '../lookups';
import { badRequest, created, noContent, notFound, ok, operation, page, requirePerson, type Call, type Jira, type Operation } from '../rest';
import type { User } from '../store';
import { matches } from './matches';

const unknown = 'Specified user does not exist or you do not have required permissions';

/** A list that tells how long it is, and shows what is in it only where asked to. */
const wrapped = <T>(items: T[], shown: boolean) => ({ size: items.length, items: shown ? items : [] });

function fullUserBean(jira: Jira, user: User, expand: string) {
  const groups = jira.store.groups.filter((one) => one.members.includes(user.id)).map((one) => groupBean(jira, one));
  const roles = isLicensed(jira.store, user) ? [{ key: 'jira-software', name: 'Jira' }] : [];
  return {
    ...userBean(jira, user),
    locale: 'en_US',
    groups: wrapped(groups, expand.includes('groups')),
    applicationRoles: wrapped(roles, expand.includes('applicationRoles')),
    expand: 'groups,applicationRoles',
  };
}

/** The people a search asks for, before anything else is looked at. */
export function searched({ jira, query }: Call): User[] {
  const text = query.get('query') ?? query.get('username');
  const accountId = query.get('accountId');
  if (text === null && accountId === null) throw badRequest('Either query or accountId has to be provided.');
  if (text !== null && accountId !== null) throw badRequest('Only one of query and accountId may be provided.');
  return jira.store.users.filter((one) => (accountId === null ? matches(one, text ?? '') : one.id === accountId));
}

const newUser = z.object({ emailAddress: z.email(), displayName: z.string().trim().min(1).optional(), products: z.array(z.string()) });

export const peopleOperations: Operation[] = [
  ...personsOnly([
    operation('getCurrentUser', 'GET', '/rest/api/3/myself', (call) =>
      ok(fullUserBean(call.jira, requirePerson(call), call.query.get('expand') ?? '')),
    ),
    operation('getUser', 'GET', '/rest/api/3/user', ({ jira, query }) => {
      const user = jira.store.users.get(query.get('accountId') ?? '');
      if (!user) throw notFound(unknown);
      return ok(fullUserBean(jira, user, query.get('expand') ?? ''));
    }),
    operation('findUsers', 'GET', '/rest/api/3/user/search', (call) => {
      const users = searched(call).filter((one) => one.active);
      return ok(page(call.query, users).values.map((one) => userBean(call.jira, one)));
    }),
    operation('findAssignableUsers', 'GET', '/rest/api/3/user/assignable/search', (call) => {
      const { jira, query } = call;
      const issueId = query.get('issueKey') ?? query.get('issueId');
      const projectId = query.get('project');
      if (!issueId && !projectId) throw badRequest('Either an issue or a project has to be provided.');
      const issue = issueId ? jira.store.issue(issueId) : undefined;
      const project = issue ? jira.store.project(issue.projectId) : projectId && !issueId ? jira.store.project(projectId) : undefined;
      if (!project || !hasPermission(jira.store, call.person, 'BROWSE_PROJECTS', project, issue))
        throw notFound('The project or issue was not found.');
      const candidates = query.has('query') || query.has('accountId') ? searched(call) : jira.store.users.all();
      const users = candidates.filter((one) => one.accountType === 'atlassian' && hasPermission(jira.store, one, 'ASSIGNABLE_USER', project, issue));
      return ok(page(query, users).values.map((one) => userBean(jira, one)));
    }),
    operation('getAllUsers', 'GET', '/rest/api/3/users/search', ({ jira, query }) =>
      ok(page(query, jira.store.users.all()).values.map((one) => userBean(jira, one))),
    ),
    operation('getAllUsersDefault', 'GET', '/rest/api/3/users', ({ jira, query }) =>
      ok(page(query, jira.store.users.all()).values.map((one) => userBean(jira, one))),
    ),
    operation('bulkGetUsers', 'GET', '/rest/api/3/user/bulk', ({ jira, query }) => {
      const ids = listOf(query, 'accountId');
      if (ids.length === 0) throw badRequest('At least one account id has to be provided.');
      return ok(
        page(
          query,
          ids.flatMap((id) => jira.store.users.get(id) ?? []).map((one) => userBean(jira, one)),
          10,
        ),
      );
    }),
  ]),
  ...administratorsOnly('Only site administrators can create users.', [
    operation('createUser', 'POST', '/rest/api/3/user', newUser, ({ jira, body }) => {
      const { store } = jira;
      const emailAddress = body.emailAddress.toLowerCase();
      const found = store.users.find((one) => one.emailAddress.toLowerCase() === emailAddress);
      if (found && !isLicensed(store, found)) throw badRequest('The user already exists but does not have access to Jira.');
      const displayName = body.displayName ?? emailAddress.slice(0, emailAddress.indexOf('@'));
      const user =
        found ??
        store.users.put({ id: `712020:${randomUUID()}`, displayName, emailAddress, accountType: 'atlassian', active: true, timeZone: 'Etc/UTC' });
      if (!found && body.products.length > 0) groupNamed(store, USERS_GROUP)?.members.push(user.id);
      return created(fullUserBean(jira, user, ''));
    }),
    // The account goes on to exist, and what the person did stays signed.
    operation('removeUser', 'DELETE', '/rest/api/3/user', (call) => {
      const { store } = call.jira;
      const user = store.users.get(call.query.get('accountId') ?? '');
      if (!user) throw notFound(unknown);
      if (user.id === call.person?.id) throw badRequest('You cannot remove yourself.');
      user.active = false;
      for (const group of store.groups.all()) group.members = group.members.filter((id) => id !== user.id);
      return noContent();
    }),
  ]),
];
