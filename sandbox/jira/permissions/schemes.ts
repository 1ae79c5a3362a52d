import { z } from 'zod';
import { administratorsOnly, idSchema, merged, nameSchema, nameTaken, personsOnly, rowOr404 } from '../configure';
import { DEFAULTS, existing } from '../lookups';
import { administeredProject } from '../projects/find';
import { badRequest, created, noContent, notFound, ok, operation, type Jira, type Operation } from '../rest';
import type { PermissionGrant, PermissionScheme, Store } from '../store';
import { PROJECT_PERMISSIONS } from './catalogue';
import { holderBean, holderOf } from './holders';

const NAME_LENGTH = 255;
const path = '/rest/api/3/permissionscheme';
const unknown = 'The permission scheme was not found.';

const grantSchema = z.object({
  permission: z.string().min(1),
  holder: z.object({ type: z.string(), parameter: z.string().nullish(), value: z.string().nullish() }),
});
const schemeSchema = z.object({ name: nameSchema(NAME_LENGTH), description: z.string().optional(), permissions: z.array(grantSchema).optional() });

function grantBean(jira: Jira, scheme: PermissionScheme, grant: PermissionGrant) {
  grant.id ??= jira.store.nextId('permissionGrant');
  const id = Number(grant.id);
  return {
    id,
    self: `${jira.baseUrl}${path}/${scheme.id}/permission/${id}`,
    holder: holderBean(jira.store, grant.holder),
    permission: grant.permission,
  };
}

function schemeBean(jira: Jira, scheme: PermissionScheme, withGrants: boolean) {
  return {
    expand: 'permissions,user,group,projectRole,field,all',
    id: Number(scheme.id),
    self: `${jira.baseUrl}${path}/${scheme.id}`,
    name: scheme.name,
    description: scheme.description,
    ...(withGrants && { permissions: scheme.grants.map((one) => grantBean(jira, scheme, one)) }),
  };
}

/** A grant as the store keeps it; 400 for a holder that there is not. */
function grantOf(store: Store, { permission, holder }: z.infer<typeof grantSchema>): PermissionGrant {
  if (!PROJECT_PERMISSIONS.includes(permission)) throw badRequest(`Unrecognized permission: ${permission}`);
  return { permission, holder: holderOf(store, holder) };
}

const sameGrant = (a: PermissionGrant, b: PermissionGrant): boolean =>
  a.permission === b.permission && JSON.stringify(a.holder) === JSON.stringify(b.holder);

/** Grants are told where `expand` names them or anything inside them. */
const expands = (query: URLSearchParams): boolean => (query.get('expand') ?? '') !== '';

export const permissionSchemeOperations: Operation[] = [
  ...personsOnly([
    operation('getAllPermissionSchemes', 'GET', path, ({ jira, query }) =>
      ok({ permissionSchemes: jira.store.permissionSchemes.all().map((one) => schemeBean(jira, one, expands(query))) }),
    ),
    operation('getPermissionScheme', 'GET', `${path}/{schemeId}`, ({ jira, params, query }) =>
      ok(schemeBean(jira, rowOr404(jira.store.permissionSchemes, params.schemeId, unknown), expands(query))),
    ),
    operation('getPermissionSchemeGrants', 'GET', `${path}/{schemeId}/permission`, ({ jira, params }) => {
      const scheme = rowOr404(jira.store.permissionSchemes, params.schemeId, unknown);
      return ok({ permissions: scheme.grants.map((one) => grantBean(jira, scheme, one)), expand: 'user,group,projectRole,field,all' });
    }),
    operation('getPermissionSchemeGrant', 'GET', `${path}/{schemeId}/permission/{permissionId}`, ({ jira, params }) => {
      const scheme = rowOr404(jira.store.permissionSchemes, params.schemeId, unknown);
      const grant = scheme.grants.find((one) => one.id === params.permissionId);
      if (!grant) throw notFound('The permission grant was not found.');
      return ok(grantBean(jira, scheme, grant));
    }),
    operation('getAssignedPermissionScheme', 'GET', '/rest/api/3/project/{projectKeyOrId}/permissionscheme', (call) => {
      const project = administeredProject(call, call.params.projectKeyOrId);
      return ok(schemeBean(call.jira, existing(call.jira.store.permissionSchemes, project.permissionSchemeId), expands(call.query)));
    }),
  ]),
  ...administratorsOnly('Only Jira administrators can manage permission schemes.', [
    operation('createPermissionScheme', 'POST', path, schemeSchema, ({ jira, body, query }) => {
      const { store } = jira;
      if (nameTaken(store.permissionSchemes, body.name)) throw badRequest('A permission scheme with this name already exists.');
      const grants = (body.permissions ?? []).map((one) => grantOf(store, one));
      const scheme = { id: store.nextId('permissionScheme'), name: body.name, description: body.description ?? '', grants };
      return created(schemeBean(jira, store.permissionSchemes.put(scheme), expands(query)));
    }),
    operation('createPermissionGrant', 'POST', `${path}/{schemeId}/permission`, grantSchema, ({ jira, params, body }) => {
      const scheme = rowOr404(jira.store.permissionSchemes, params.schemeId, unknown);
      const grant = grantOf(jira.store, body);
      if (scheme.grants.some((one) => sameGrant(one, grant))) throw badRequest('The same permission grant is present already.');
      scheme.grants.push(grant);
      return created(grantBean(jira, scheme, grant));
    }),
    operation('updatePermissionScheme', 'PUT', `${path}/{schemeId}`, schemeSchema, ({ jira, params, body, query }) => {
      const { store } = jira;
      const scheme = rowOr404(store.permissionSchemes, params.schemeId, unknown);
      if (nameTaken(store.permissionSchemes, body.name, scheme.id)) throw badRequest('A permission scheme with this name already exists.');
      const grants = body.permissions?.map((one) => grantOf(store, one));
      const changed = merged(scheme, { name: body.name, description: body.description, grants });
      return ok(schemeBean(jira, store.permissionSchemes.put(changed), grants !== undefined || expands(query)));
    }),
    operation('deletePermissionSchemeEntity', 'DELETE', `${path}/{schemeId}/permission/{permissionId}`, ({ jira, params }) => {
      const scheme = rowOr404(jira.store.permissionSchemes, params.schemeId, unknown);
      const left = scheme.grants.filter((one) => one.id !== params.permissionId);
      if (left.length === scheme.grants.length) throw badRequest('The permission grant was not found.');
      scheme.grants = left;
      return noContent();
    }),
    operation('deletePermissionScheme', 'DELETE', `${path}/{schemeId}`, ({ jira, params }) => {
      const scheme = rowOr404(jira.store.permissionSchemes, params.schemeId, unknown);
      const used = jira.store.projects.find((one) => one.permissionSchemeId === scheme.id);
      if (used || scheme.id === DEFAULTS.permissionScheme) throw badRequest('The permission scheme is used by a project.');
      jira.store.permissionSchemes.delete(scheme.id);
      return noContent();
    }),
    operation(
      'assignPermissionScheme',
      'PUT',
      '/rest/api/3/project/{projectKeyOrId}/permissionscheme',
      z.object({ id: idSchema }),
      ({ jira, params, body, query }) => {
        const project = jira.store.project(params.projectKeyOrId ?? '');
        if (!project) throw notFound(`No project could be found with key '${params.projectKeyOrId}'.`);
        const scheme = rowOr404(jira.store.permissionSchemes, body.id, unknown);
        project.permissionSchemeId = scheme.id;
        return ok(schemeBean(jira, scheme, expands(query)));
      },
    ),
  ]),
];
