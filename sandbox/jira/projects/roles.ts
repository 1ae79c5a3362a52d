import { z } from 'zod';
import { roleBean } from '../beans';
import { idSchema, personsOnly } from '../configure';
import { groupNamed, rolesOfUser } from '../lookups';
import { badRequest, noContent, notFound, ok, operation, type Call, type Jira, type Operation } from '../rest';
import type { Project, Role, Store } from '../store';
import { mayAdminister, visibleProject } from './find';

const path = '/rest/api/3/project/{projectIdOrKey}/role';

type Actors = Project['roleActors'][string];

const names = z.array(z.string().min(1)).optional();
const actorsSchema = z.object({ user: names, group: names, groupId: names });
/** The older keys of a whole set of actors. */
const setSchema = z.object({
  id: idSchema.optional(),
  categorisedActors: z.object({
    'atlassian-user-role-actor': names,
    'atlassian-group-role-actor': names,
    'atlassian-group-role-actor-id': names,
  }),
});

const actorsOf = (project: Project, role: Role): Actors => (project.roleActors[role.id] ??= { users: [], groups: [] });

function roleWithActors(jira: Jira, project: Project, role: Role) {
  const { users, groups } = actorsOf(project, role);
  return {
    ...roleBean(jira, role),
    self: `${jira.baseUrl}/rest/api/3/project/${project.id}/role/${role.id}`,
    actors: [
      ...groups
        .flatMap((id) => jira.store.groups.get(id) ?? [])
        .map((group) => ({
          displayName: group.name,
          type: 'atlassian-group-role-actor',
          name: group.name,
          actorGroup: { name: group.name, displayName: group.name, groupId: group.id },
        })),
      ...users
        .flatMap((id) => jira.store.users.get(id) ?? [])
        .map((user) => ({ displayName: user.displayName, type: 'atlassian-user-role-actor', actorUser: { accountId: user.id } })),
    ],
  };
}

function roleOf(call: Call, project: Project): Role {
  const role = call.jira.store.roles.get(call.params.id ?? '');
  if (!role) throw notFound(`Can not find the project role with id ${call.params.id} in project ${project.key}.`);
  return role;
}

/** The role of the path for somebody who may change its actors; the document answers 404 to everybody else. */
function administeredRole(call: Call): { project: Project; role: Role; actors: Actors } {
  const project = visibleProject(call);
  if (!mayAdminister(call, project)) throw notFound('You do not have permission to change the actors of this role.');
  const role = roleOf(call, project);
  return { project, role, actors: actorsOf(project, role) };
}

/** Account ids and group ids of what a request names, or 404 for the first that there is not. */
function resolve(store: Store, given: { user?: string[] | undefined; group?: string[] | undefined; groupId?: string[] | undefined }): Actors {
  const users = (given.user ?? []).map((id) => {
    if (!store.users.get(id)?.active) throw notFound(`The user with account id ${id} was not found.`);
    return id;
  });
  const groups = [...(given.group ?? []).map((name) => groupNamed(store, name)), ...(given.groupId ?? []).map((id) => store.groups.get(id))].map(
    (group) => {
      if (!group) throw notFound('A group was not found.');
      return group.id;
    },
  );
  return { users, groups };
}

export const projectRoleOperations: Operation[] = personsOnly([
  operation('getProjectRoles', 'GET', path, (call) => {
    const project = visibleProject(call);
    const { store, baseUrl } = call.jira;
    return ok(Object.fromEntries(store.roles.all().map((role) => [role.name, `${baseUrl}/rest/api/3/project/${project.id}/role/${role.id}`])));
  }),
  operation('getProjectRole', 'GET', `${path}/{id}`, (call) => {
    const project = visibleProject(call);
    return ok(roleWithActors(call.jira, project, roleOf(call, project)));
  }),
  operation('getProjectRoleDetails', 'GET', '/rest/api/3/project/{projectIdOrKey}/roledetails', (call) => {
    const project = visibleProject(call);
    const { store, baseUrl } = call.jira;
    const own = rolesOfUser(store, project, call.person?.id ?? '');
    const roles = store.roles.filter(({ id }) => call.query.get('currentMember') !== 'true' || own.includes(id));
    return ok(roles.map((one) => ({ ...roleBean(call.jira, one), self: `${baseUrl}/rest/api/3/project/${project.id}/role/${one.id}` })));
  }),
  operation('addActorUsers', 'POST', `${path}/{id}`, actorsSchema, (call) => {
    const { project, role, actors } = administeredRole(call);
    const added = resolve(call.jira.store, call.body);
    if (added.users.length + added.groups.length === 0) throw badRequest('At least one user or group has to be provided.');
    const present = [...added.users.filter((id) => actors.users.includes(id)), ...added.groups.filter((id) => actors.groups.includes(id))];
    if (present.length > 0) throw badRequest(`These are members of the project role already: ${present.join(', ')}`);
    actors.users.push(...new Set(added.users));
    actors.groups.push(...new Set(added.groups));
    return ok(roleWithActors(call.jira, project, role));
  }),
  operation('setActors', 'PUT', `${path}/{id}`, setSchema, (call) => {
    const { project, role } = administeredRole(call);
    const given = call.body.categorisedActors;
    project.roleActors[role.id] = resolve(call.jira.store, {
      user: given['atlassian-user-role-actor'],
      group: given['atlassian-group-role-actor'],
      groupId: given['atlassian-group-role-actor-id'],
    });
    return ok(roleWithActors(call.jira, project, role));
  }),
  operation('deleteActor', 'DELETE', `${path}/{id}`, (call) => {
    const { actors } = administeredRole(call);
    const { query } = call;
    const given = { user: query.getAll('user'), group: query.getAll('group'), groupId: query.getAll('groupId') };
    const removed = resolve(call.jira.store, given);
    if (removed.users.length + removed.groups.length !== 1) throw badRequest('Exactly one user or group has to be provided.');
    actors.users = actors.users.filter((id) => !removed.users.includes(id));
    actors.groups = actors.groups.filter((id) => !removed.groups.includes(id));
    return noContent();
  }),
]);
