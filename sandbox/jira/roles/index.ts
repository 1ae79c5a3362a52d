import { z } from 'zod';
import { roleBean } from '../beans';
import { administratorsOnly, merged, nameSchema, nameTaken, rowOr404 } from '../configure';
import { APP_ROLE } from '../lookups';
import { badRequest, conflict, noContent, ok, operation, type Jira, type Operation } from '../rest';
import type { ConditionGroup, Role, RuleConfiguration, Store, WorkflowTransition } from '../store';

const unknown = (id: string | undefined) => `Can not find the project role with id ${id}.`;

const siteRoleBean = (jira: Jira, role: Role) => ({ ...roleBean(jira, role), actors: [] });

const details = z.object({ name: nameSchema(255), description: z.string().optional() });

function rename({ store }: Jira, role: Role, change: { name?: string | undefined; description?: string | undefined }): Role {
  // The document knows no 409 here.
  if (change.name !== undefined && nameTaken(store.roles, change.name, role.id))
    throw badRequest(`A project role with name '${change.name}' already exists.`);
  return store.roles.put(merged(role, change));
}

/** Every holder of the site's schemes that stands for a role. */
const holdersOf = ({ permissionSchemes, securitySchemes }: Store, role: Role) =>
  [
    ...permissionSchemes.all().flatMap(({ grants }) => grants),
    ...securitySchemes.all().flatMap(({ levels }) => levels.flatMap(({ members }) => members)),
  ].flatMap(({ holder }) => (holder.type === 'projectRole' && holder.roleId === role.id ? [holder] : []));

/** Parameters of workflow rules that name roles, e.g. roleIds "10002,10003". */
const rolesIn = (rule: RuleConfiguration): string[] => (rule.parameters.roleIds ?? '').split(',').map((one) => one.trim());

const rulesOf = ({ conditions, validators, actions }: WorkflowTransition): RuleConfiguration[] => {
  const below = (group: ConditionGroup): RuleConfiguration[] => [...group.conditions, ...group.conditionGroups.flatMap(below)];
  return [...(conditions ? below(conditions) : []), ...validators, ...actions];
};

/** The workflow rules that name a role. */
const rulesNaming = ({ workflows }: Store, role: Role): RuleConfiguration[] =>
  workflows
    .all()
    .flatMap(({ transitions }) => transitions.flatMap(rulesOf))
    .filter((rule) => rolesIn(rule).includes(role.id));

export const operations: Operation[] = administratorsOnly('Only Jira administrators can manage project roles.', [
  operation('getAllProjectRoles', 'GET', '/rest/api/3/role', ({ jira }) => ok(jira.store.roles.all().map((one) => siteRoleBean(jira, one)))),
  operation('getProjectRoleById', 'GET', '/rest/api/3/role/{id}', ({ jira, params }) =>
    ok(siteRoleBean(jira, rowOr404(jira.store.roles, params.id, unknown(params.id)))),
  ),
  operation('createProjectRole', 'POST', '/rest/api/3/role', details, ({ jira, body }) => {
    if (nameTaken(jira.store.roles, body.name)) throw conflict(`A project role with name '${body.name}' already exists.`);
    const role = jira.store.roles.put({ id: jira.store.nextId('role'), name: body.name, description: body.description ?? '' });
    for (const project of jira.store.projects.all()) project.roleActors[role.id] = { users: [], groups: [] };
    return ok(siteRoleBean(jira, role));
  }),
  operation('partialUpdateProjectRole', 'POST', '/rest/api/3/role/{id}', details.partial(), ({ jira, params, body }) => {
    const role = rowOr404(jira.store.roles, params.id, unknown(params.id));
    if (body.name === undefined && body.description === undefined) throw badRequest('Either a name or a description has to be provided.');
    return ok(siteRoleBean(jira, rename(jira, role, body.name === undefined ? body : { name: body.name })));
  }),
  operation('fullyUpdateProjectRole', 'PUT', '/rest/api/3/role/{id}', details.required(), ({ jira, params, body }) =>
    ok(siteRoleBean(jira, rename(jira, rowOr404(jira.store.roles, params.id, unknown(params.id)), body))),
  ),
  operation('deleteProjectRole', 'DELETE', '/rest/api/3/role/{id}', ({ jira, params, query }) => {
    const { store } = jira;
    const role = rowOr404(store.roles, params.id, unknown(params.id));
    if (role.name === APP_ROLE) throw badRequest('The role of the apps cannot be deleted.');
    const swap = query.get('swap') ?? undefined;
    if (swap !== undefined && !store.roles.get(swap)) throw badRequest(unknown(swap));
    const [holders, rules] = [holdersOf(store, role), rulesNaming(store, role)];
    if (holders.length + rules.length > 0) {
      if (swap === undefined) throw conflict(`The project role with id ${role.id} is in use.`);
      for (const holder of holders) holder.roleId = swap;
      for (const rule of rules) rule.parameters.roleIds = [...new Set(rolesIn(rule).map((id) => (id === role.id ? swap : id)))].join(',');
    }
    for (const project of store.projects.all()) delete project.roleActors[role.id];
    store.roles.delete(role.id);
    return noContent();
  }),
]);
