import { z } from 'zod';
import { projectBean } from '../beans';
import { administratorsOnly, chosenBy, idSchema, merged, nameSchema, nameTaken, namedLike, rowOr404 } from '../configure';
import { DEFAULTS } from '../lookups';
import { badRequest, created, noContent, notFound, ok, operation, page, type Operation } from '../rest';
import type { Store, WorkTypeScreenScheme } from '../store';

const NAME_LENGTH = 255;
const path = '/rest/api/3/issuetypescreenscheme';
const unknown = 'The issue type screen scheme was not found.';

const mapping = z.object({ issueTypeId: idSchema, screenSchemeId: idSchema });
const details = z.object({ name: nameSchema(NAME_LENGTH), description: z.string().optional(), issueTypeMappings: z.array(mapping).min(1) });

const schemeBean = ({ id, name, description }: WorkTypeScreenScheme) => ({ id, name, description });

const mappingBeans = (scheme: WorkTypeScreenScheme) => [
  { issueTypeScreenSchemeId: scheme.id, issueTypeId: 'default', screenSchemeId: scheme.defaultScreenSchemeId },
  ...Object.entries(scheme.mappings).map(([issueTypeId, screenSchemeId]) => ({ issueTypeScreenSchemeId: scheme.id, issueTypeId, screenSchemeId })),
];

function checkMappings(store: Store, mappings: z.infer<typeof mapping>[]): void {
  const ids = mappings.map((one) => one.issueTypeId);
  if (new Set(ids).size < ids.length) throw badRequest('One or more issue type IDs are repeated, an issue type ID can only be specified once.');
  if (ids.some((id) => id !== 'default' && !store.workTypes.get(id))) throw notFound('One or more issue type IDs were not found.');
  if (mappings.some((one) => !store.screenSchemes.get(one.screenSchemeId))) throw notFound('One or more screen schemes were not found.');
}

const asRecord = (mappings: z.infer<typeof mapping>[]): Record<string, string> =>
  Object.fromEntries(mappings.filter((one) => one.issueTypeId !== 'default').map((one) => [one.issueTypeId, one.screenSchemeId]));

const nameInUse = () => badRequest('The name is used by another scheme.');

export const workTypeScreenSchemeOperations: Operation[] = administratorsOnly('Only Jira administrators can access issue type screen schemes.', [
  operation('getIssueTypeScreenSchemes', 'GET', path, ({ jira, query }) => {
    const rows = namedLike(
      query,
      'queryString',
      chosenBy(query, 'id', jira.store.workTypeScreenSchemes.all(), ({ id }) => id),
    );
    return ok(page(query, rows.map(schemeBean)));
  }),
  operation('createIssueTypeScreenScheme', 'POST', path, details, ({ jira, body }) => {
    const { store } = jira;
    if (nameTaken(store.workTypeScreenSchemes, body.name)) throw nameInUse();
    checkMappings(store, body.issueTypeMappings);
    const fallback = body.issueTypeMappings.find((one) => one.issueTypeId === 'default');
    if (!fallback) throw badRequest('A default mapping has to be provided.');
    const { id } = store.workTypeScreenSchemes.put({
      id: store.nextId('workTypeScreenScheme'),
      name: body.name,
      description: body.description ?? '',
      defaultScreenSchemeId: fallback.screenSchemeId,
      mappings: asRecord(body.issueTypeMappings),
    });
    return created({ id });
  }),
  operation('getIssueTypeScreenSchemeMappings', 'GET', `${path}/mapping`, ({ jira, query }) =>
    ok(page(query, chosenBy(query, 'issueTypeScreenSchemeId', jira.store.workTypeScreenSchemes.all(), ({ id }) => id).flatMap(mappingBeans))),
  ),
  operation('getIssueTypeScreenSchemeProjectAssociations', 'GET', `${path}/project`, ({ jira, query }) => {
    if (!query.has('projectId')) throw badRequest('The ID of a project has to be provided.');
    const projects = chosenBy(query, 'projectId', jira.store.projects.all(), ({ id }) => id);
    const rows = jira.store.workTypeScreenSchemes.all().flatMap((scheme) => {
      const projectIds = projects.filter((one) => one.workTypeScreenSchemeId === scheme.id).map(({ id }) => id);
      return projectIds.length > 0 ? [{ issueTypeScreenScheme: schemeBean(scheme), projectIds }] : [];
    });
    return ok(page(query, rows));
  }),
  operation(
    'assignIssueTypeScreenSchemeToProject',
    'PUT',
    `${path}/project`,
    z.object({ issueTypeScreenSchemeId: idSchema, projectId: idSchema }),
    ({ jira, body }) => {
      const scheme = rowOr404(jira.store.workTypeScreenSchemes, body.issueTypeScreenSchemeId, unknown);
      rowOr404(jira.store.projects, body.projectId, 'The project was not found.').workTypeScreenSchemeId = scheme.id;
      return noContent();
    },
  ),
  operation(
    'updateIssueTypeScreenScheme',
    'PUT',
    `${path}/{issueTypeScreenSchemeId}`,
    details.omit({ issueTypeMappings: true }).partial(),
    ({ jira, params, body }) => {
      const scheme = rowOr404(jira.store.workTypeScreenSchemes, params.issueTypeScreenSchemeId, unknown);
      if (body.name && nameTaken(jira.store.workTypeScreenSchemes, body.name, scheme.id)) throw nameInUse();
      jira.store.workTypeScreenSchemes.put(merged(scheme, body));
      return noContent();
    },
  ),
  operation('deleteIssueTypeScreenScheme', 'DELETE', `${path}/{issueTypeScreenSchemeId}`, ({ jira, params }) => {
    const scheme = rowOr404(jira.store.workTypeScreenSchemes, params.issueTypeScreenSchemeId, unknown);
    if (scheme.id === DEFAULTS.workTypeScreenScheme) throw badRequest('The default issue type screen scheme cannot be deleted.');
    if (jira.store.projects.find((one) => one.workTypeScreenSchemeId === scheme.id)) {
      throw badRequest('The issue type screen scheme cannot be deleted as it is used by a project.');
    }
    jira.store.workTypeScreenSchemes.delete(scheme.id);
    return noContent();
  }),
  operation('getProjectsForIssueTypeScreenScheme', 'GET', `${path}/{issueTypeScreenSchemeId}/project`, ({ jira, params, query }) => {
    const scheme = rowOr404(jira.store.workTypeScreenSchemes, params.issueTypeScreenSchemeId, unknown);
    const projects = jira.store.projects.filter((one) => one.workTypeScreenSchemeId === scheme.id);
    return ok(
      page(
        query,
        namedLike(query, 'query', projects).map((one) => projectBean(jira, one)),
      ),
    );
  }),
  operation(
    'updateDefaultScreenScheme',
    'PUT',
    `${path}/{issueTypeScreenSchemeId}/mapping/default`,
    z.object({ screenSchemeId: idSchema }),
    ({ jira, params, body }) => {
      const scheme = rowOr404(jira.store.workTypeScreenSchemes, params.issueTypeScreenSchemeId, unknown);
      scheme.defaultScreenSchemeId = rowOr404(jira.store.screenSchemes, body.screenSchemeId, 'The screen scheme was not found.').id;
      return noContent();
    },
  ),
  operation(
    'removeMappingsFromIssueTypeScreenScheme',
    'POST',
    `${path}/{issueTypeScreenSchemeId}/mapping/remove`,
    z.object({ issueTypeIds: z.array(idSchema).min(1) }),
    ({ jira, params, body }) => {
      const scheme = rowOr404(jira.store.workTypeScreenSchemes, params.issueTypeScreenSchemeId, unknown);
      if (body.issueTypeIds.includes('default')) throw badRequest('The default mapping cannot be removed.');
      if (body.issueTypeIds.some((id) => !scheme.mappings[id])) throw notFound('One or more issue type mappings were not found.');
      for (const id of body.issueTypeIds) delete scheme.mappings[id];
      return noContent();
    },
  ),
  operation(
    'appendMappingsForIssueTypeScreenScheme',
    'PUT',
    `${path}/{issueTypeScreenSchemeId}/mapping`,
    z.object({ issueTypeMappings: z.array(mapping).min(1) }),
    ({ jira, params, body }) => {
      const scheme = rowOr404(jira.store.workTypeScreenSchemes, params.issueTypeScreenSchemeId, unknown);
      if (body.issueTypeMappings.some((one) => one.issueTypeId === 'default')) throw badRequest('A default mapping cannot be added.');
      checkMappings(jira.store, body.issueTypeMappings);
      if (body.issueTypeMappings.some((one) => scheme.mappings[one.issueTypeId])) throw badRequest('One or more issue types are mapped already.');
      Object.assign(scheme.mappings, asRecord(body.issueTypeMappings));
      return noContent();
    },
  ),
]);
