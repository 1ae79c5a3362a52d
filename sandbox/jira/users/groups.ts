import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { groupBean, userBean } from '../beans';
import { administratorsOnly, chosenBy, nameSchema, nameTaken, rowOr404 } from '../configure';
import { ADMINISTRATORS_GROUP, groupNamed, USERS_GROUP } from '../lookups';
import { badRequest, created, forbidden, notFound, ok, operation, page, type Call, type Jira, type Operation } from '../rest';
import type { Group, PermissionGrant, Store } from '../store';
import { browsersOnly } from './pickers';

const NAME_LENGTH = 255;
const USERS_SHOWN = 50;

function fullGroupBean(jira: Jira, group: Group) {
  const size = group.members.length;
  const items = group.members.slice(0, USERS_SHOWN).flatMap((id) => jira.store.users.get(id) ?? []);
  return {
    ...groupBean(jira, group),
    users: {
      size,
      items: items.map((one) => userBean(jira, one)),
      'max-results': USERS_SHOWN,
      'start-index': 0,
      'end-index': items.length > 0 ? items.length - 1 : 0,
    },
    expand: 'users',
  };
}

function groupOf({ jira, query }: Call): Group {
  const id = query.get('groupId');
  const name = query.get('groupname');
  if (!id && !name) throw badRequest('Either the name or the id of a group has to be provided.');
  const group = id ? jira.store.groups.get(id) : groupNamed(jira.store, name ?? '');
  if (!group) throw notFound(`The group named '${name ?? id}' does not exist.`);
  return group;
}

/** Groups belong to the organisation, not to Jira: an app's own user may not make or fill them. */
function refuseApps({ person }: Call): void {
  if (person?.accountType === 'app') throw forbidden('Only site administrators can manage groups.');
}

/** Comments that only the group may read are for another one from now on. */
function swapGroup({ jira: { store } }: Call, group: Group, named: string | null): void {
  if (named === null) return;
  const other = store.groups.get(named) ?? groupNamed(store, named);
  if (!other) throw notFound(`The group named '${named}' does not exist.`);
  for (const issue of store.issues.all()) {
    for (const { visibility } of issue.comments) {
      if (visibility?.type === 'group' && visibility.groupId === group.id) visibility.groupId = other.id;
    }
  }
}

/** Takes a group out of everything that names it. */
function forget(store: Store, group: Group): void {
  const stays = ({ holder }: { holder: PermissionGrant['holder'] }) => holder.type !== 'group' || holder.groupId !== group.id;
  for (const scheme of store.permissionSchemes.all()) scheme.grants = scheme.grants.filter(stays);
  for (const { levels } of store.securitySchemes.all()) for (const level of levels) level.members = level.members.filter(stays);
  for (const { roleActors } of store.projects.all()) {
    for (const actors of Object.values(roleActors)) actors.groups = actors.groups.filter((id) => id !== group.id);
  }
  const isOther = ({ with: holder }: { with: { type: string; groupId?: string } }) => holder.groupId !== group.id;
  for (const one of [...store.filters.all(), ...store.dashboards.all()]) {
    one.shares = one.shares.filter(isOther);
    one.editShares = one.editShares.filter(isOther);
  }
  store.groups.delete(group.id);
}

const accountSchema = z.object({ accountId: z.string().min(1) });

const writeOperations: Operation[] = administratorsOnly('Only site administrators can manage groups.', [
  operation('createGroup', 'POST', '/rest/api/3/group', z.object({ name: nameSchema(NAME_LENGTH) }), (call) => {
    refuseApps(call);
    const { store } = call.jira;
    if (nameTaken(store.groups, call.body.name)) throw badRequest('A group with this name already exists.');
    return created(fullGroupBean(call.jira, store.groups.put({ id: randomUUID(), name: call.body.name, members: [] })));
  }),
  operation('addUserToGroup', 'POST', '/rest/api/3/group/user', accountSchema, (call) => {
    refuseApps(call);
    const group = groupOf(call);
    const user = rowOr404(call.jira.store.users, call.body.accountId, 'The user was not found.');
    if (group.members.includes(user.id)) throw badRequest('The user is a member of the group already.');
    group.members.push(user.id);
    return created(fullGroupBean(call.jira, group));
  }),
  operation('removeGroup', 'DELETE', '/rest/api/3/group', (call) => {
    refuseApps(call);
    const group = groupOf(call);
    if ([ADMINISTRATORS_GROUP, USERS_GROUP].includes(group.name)) throw badRequest('The default groups of the site cannot be deleted.');
    for (const name of ['swapGroup', 'swapGroupId'] as const) swapGroup(call, group, call.query.get(name));
    forget(call.jira.store, group);
    return ok({});
  }),
  operation('removeUserFromGroup', 'DELETE', '/rest/api/3/group/user', (call) => {
    refuseApps(call);
    const group = groupOf(call);
    const accountId = call.query.get('accountId') ?? '';
    if (!group.members.includes(accountId)) throw notFound('The user is not a member of the group.');
    group.members = group.members.filter((id) => id !== accountId);
    return ok({});
  }),
]);

/** The document asks for Browse users and groups here, not for an administrator. */
const readOperations: Operation[] = browsersOnly([
  operation('bulkGetGroups', 'GET', '/rest/api/3/group/bulk', ({ jira, query }) => {
    const rows = chosenBy(
      query,
      'groupName',
      chosenBy(query, 'groupId', jira.store.groups.all(), ({ id }) => id),
      ({ name }) => name,
    );
    return ok(
      page(
        query,
        rows.map(({ id, name }) => ({ name, groupId: id })),
      ),
    );
  }),
  operation('getUsersFromGroup', 'GET', '/rest/api/3/group/member', (call) => {
    const members = groupOf(call).members.flatMap((id) => call.jira.store.users.get(id) ?? []);
    const shown = call.query.get('includeInactiveUsers') === 'true' ? members : members.filter((one) => one.active);
    return ok(
      page(
        call.query,
        shown.map((one) => userBean(call.jira, one)),
      ),
    );
  }),
]);

export const groupOperations: Operation[] = [...readOperations, ...writeOperations];
