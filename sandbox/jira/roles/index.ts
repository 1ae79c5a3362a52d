import { z } from 'zod';
import { roleBean } from '../beans';
import { administratorsOnly, nameSchema, nameTaken, rowOr404 } from '../configure';
import { APP_ROLE } from '../lookups';
import { badRequest, conflict, noContent, ok, operation, type Jira, type Operation } from '../rest';
import type { Role } from '../store';

const unknown = (id: string | undefined) => `Can not find the project role with id ${id}.`;

const siteRoleBean = (jira: Jira, role: Role) => ({ ...roleBean(jira, role), actors: [] });

export const operations: Operation[] = administratorsOnly('Only Jira administrators can manage project roles.', [
  operation('getAllProjectRoles', 'GET', '/rest/api/3/role', ({ jira }) => ok(jira.store.roles.all().map((one) => siteRoleBean(jira, one)))),
  operation('getProjectRoleById', 'GET', '/rest/api/3/role/{id}', ({ jira, params }) =>
    ok(siteRoleBean(jira, rowOr404(jira.store.roles, params.id, unknown(params.id)))),
  ),
  operation(
    'createProjectRole',
    'POST',
    '/rest/api/3/role',
    z.object({ name: nameSchema(255), description: z.string().optional() }),
    ({ jira, body }) => {
      if (nameTaken(jira.store.roles, body.name)) throw conflict(`A project role with name '${body.name}' already exists.`);
      const role = jira.store.roles.put({ id: jira.store.nextId('role'), name: body.name, description: body.description ?? '' });
      for (const project of jira.store.projects.all()) project.roleActors[role.id] = { users: [], groups: [] };
      return ok(siteRoleBean(jira, role));
    },
  ),
  operation('deleteProjectRole', 'DELETE', '/rest/api/3/role/{id}', ({ jira, params, query }) => {
    const { store } = jira;
    const role = rowOr404(store.roles, params.id, unknown(params.id));
    if (role.name === APP_ROLE) throw badRequest('The role of the apps cannot be deleted.');
    const swap = query.get('swap') ?? undefined;
    if (swap !== undefined && !store.roles.get(swap)) throw badRequest(unknown(swap));
    const schemes = store.permissionSchemes.filter((one) =>
      one.grants.some(({ holder }) => holder.type === 'projectRole' && holder.roleId === role.id),
    );
    if (schemes.length > 0 && swap === undefined) throw conflict(`The project role with id ${role.id} is in use.`);
    for (const scheme of schemes) {
      for (const { holder } of scheme.grants) if (holder.type === 'projectRole' && holder.roleId === role.id && swap) holder.roleId = swap;
    }
    for (const project of store.projects.all()) delete project.roleActors[role.id];
    store.roles.delete(role.id);
    return noContent();
  }),
]);
