import { z } from 'zod';
import { administratorsOnly, chosenBy, idSchema, merged, nameSchema, nameTaken, namedLike, placeSchema, reordered, rowOr404 } from '../configure';
import { DEFAULTS, existing } from '../lookups';
import { badRequest, conflict, created, noContent, notFound, ok, operation, page, RestError, type Operation } from '../rest';
import type { Store, WorkTypeScheme } from '../store';

/** Jira's own limit of a scheme's name and description (OpenAPI: IssueTypeSchemeDetails). */
const NAME_LENGTH = 255;
const DESCRIPTION_LENGTH = 4000;

const unknown = 'The issue type scheme was not found.';
const path = '/rest/api/3/issuetypescheme';

const details = z.object({
  name: nameSchema(NAME_LENGTH),
  description: z.string().max(DESCRIPTION_LENGTH).optional(),
  defaultIssueTypeId: idSchema.optional(),
  issueTypeIds: z.array(idSchema).min(1),
});

const schemeBean = (scheme: WorkTypeScheme) => ({
  id: scheme.id,
  name: scheme.name,
  description: scheme.description,
  ...(scheme.defaultWorkTypeId && { defaultIssueTypeId: scheme.defaultWorkTypeId }),
  ...(scheme.id === DEFAULTS.workTypeScheme && { isDefault: true }),
});

function checkTypes(store: Store, ids: string[], status: 400 | 404): void {
  const missing = ids.filter((id) => !store.workTypes.get(id));
  if (missing.length > 0) throw new RestError(status, [`These issue types were not found: ${missing.join(', ')}`]);
}

function checkDefault(defaultId: string | undefined, ids: string[]): void {
  if (defaultId !== undefined && !ids.includes(defaultId)) throw badRequest('The default issue type ID has to be present in issue type IDs list.');
}

const hasStandardType = (store: Store, ids: string[]): boolean => ids.some((id) => existing(store.workTypes, id).hierarchyLevel !== -1);

const nameInUse = () => conflict('The name is used by another scheme.');

export const schemeOperations: Operation[] = administratorsOnly('Only Jira administrators can access issue type schemes.', [
  operation('getAllIssueTypeSchemes', 'GET', path, ({ jira, query }) => {
    const rows = namedLike(
      query,
      'queryString',
      chosenBy(query, 'id', jira.store.workTypeSchemes.all(), ({ id }) => id),
    );
    return ok(page(query, rows.map(schemeBean)));
  }),
  operation('createIssueTypeScheme', 'POST', path, details, ({ jira, body }) => {
    const { store } = jira;
    if (nameTaken(store.workTypeSchemes, body.name)) throw nameInUse();
    checkTypes(store, body.issueTypeIds, 400);
    checkDefault(body.defaultIssueTypeId, body.issueTypeIds);
    if (!hasStandardType(store, body.issueTypeIds)) throw badRequest('At least one standard issue type has to be in the scheme.');
    const scheme = store.workTypeSchemes.put({
      id: store.nextId('workTypeScheme'),
      name: body.name,
      description: body.description ?? '',
      ...(body.defaultIssueTypeId && { defaultWorkTypeId: body.defaultIssueTypeId }),
      workTypeIds: [...new Set(body.issueTypeIds)],
    });
    return created({ issueTypeSchemeId: scheme.id });
  }),
  operation('getIssueTypeSchemesMapping', 'GET', `${path}/mapping`, ({ jira, query }) => {
    const rows = chosenBy(query, 'issueTypeSchemeId', jira.store.workTypeSchemes.all(), ({ id }) => id);
    return ok(
      page(
        query,
        rows.flatMap((one) => one.workTypeIds.map((issueTypeId) => ({ issueTypeSchemeId: one.id, issueTypeId }))),
      ),
    );
  }),
  operation('getIssueTypeSchemeForProjects', 'GET', `${path}/project`, ({ jira, query }) => {
    if (!query.has('projectId')) throw badRequest('The ID of a project has to be provided.');
    const projects = chosenBy(query, 'projectId', jira.store.projects.all(), ({ id }) => id);
    const rows = jira.store.workTypeSchemes.all().flatMap((scheme) => {
      const projectIds = projects.filter((one) => one.workTypeSchemeId === scheme.id).map(({ id }) => id);
      return projectIds.length > 0 ? [{ issueTypeScheme: schemeBean(scheme), projectIds }] : [];
    });
    return ok(page(query, rows));
  }),
  operation(
    'assignIssueTypeSchemeToProject',
    'PUT',
    `${path}/project`,
    z.object({ issueTypeSchemeId: idSchema, projectId: idSchema }),
    ({ jira, body }) => {
      const scheme = rowOr404(jira.store.workTypeSchemes, body.issueTypeSchemeId, unknown);
      const project = rowOr404(jira.store.projects, body.projectId, 'The project was not found.');
      const stranded = jira.store.issues.filter((one) => one.projectId === project.id && !scheme.workTypeIds.includes(one.workTypeId));
      if (stranded.length > 0) {
        throw badRequest(
          "This issue type scheme can't be assigned to the project. This is because some issues in this project use issue types not present in the " +
            `scheme. Before assigning the scheme to the project, update the issue types on these issues: ${stranded.length}`,
        );
      }
      project.workTypeSchemeId = scheme.id;
      return noContent();
    },
  ),
  operation(
    'updateIssueTypeScheme',
    'PUT',
    `${path}/{issueTypeSchemeId}`,
    details.omit({ issueTypeIds: true }).partial(),
    ({ jira, params, body }) => {
      const scheme = rowOr404(jira.store.workTypeSchemes, params.issueTypeSchemeId, unknown);
      if (body.name && nameTaken(jira.store.workTypeSchemes, body.name, scheme.id)) throw nameInUse();
      checkDefault(body.defaultIssueTypeId, scheme.workTypeIds);
      const { defaultIssueTypeId, ...rest } = body;
      jira.store.workTypeSchemes.put(merged(scheme, { ...rest, defaultWorkTypeId: defaultIssueTypeId }));
      return noContent();
    },
  ),
  operation('deleteIssueTypeScheme', 'DELETE', `${path}/{issueTypeSchemeId}`, ({ jira, params }) => {
    const scheme = rowOr404(jira.store.workTypeSchemes, params.issueTypeSchemeId, unknown);
    if (scheme.id === DEFAULTS.workTypeScheme) throw badRequest("The default issue type scheme can't be removed.");
    if (jira.store.projects.find((one) => one.workTypeSchemeId === scheme.id)) {
      throw badRequest("The issue type scheme can't be removed because it is associated with one or more projects.");
    }
    jira.store.workTypeSchemes.delete(scheme.id);
    return noContent();
  }),
  operation(
    'addIssueTypesToIssueTypeScheme',
    'PUT',
    `${path}/{issueTypeSchemeId}/issuetype`,
    z.object({ issueTypeIds: z.array(idSchema).min(1) }),
    ({ jira, params, body }) => {
      const scheme = rowOr404(jira.store.workTypeSchemes, params.issueTypeSchemeId, unknown);
      checkTypes(jira.store, body.issueTypeIds, 404);
      const present = body.issueTypeIds.filter((id) => scheme.workTypeIds.includes(id));
      if (present.length > 0) {
        throw badRequest(`These issue types were not added because they are already present in the issue type scheme: ${present.join(', ')}`);
      }
      scheme.workTypeIds.push(...new Set(body.issueTypeIds));
      return noContent();
    },
  ),
  operation(
    'reorderIssueTypesInIssueTypeScheme',
    'PUT',
    `${path}/{issueTypeSchemeId}/issuetype/move`,
    z.object({ issueTypeIds: z.array(idSchema).min(1), ...placeSchema }),
    ({ jira, params, body }) => {
      const scheme = rowOr404(jira.store.workTypeSchemes, params.issueTypeSchemeId, unknown);
      const { issueTypeIds, after, position } = body;
      const strange = [...issueTypeIds, ...(after ? [after] : [])].filter((id) => !scheme.workTypeIds.includes(id));
      if (strange.length > 0) throw badRequest(`These issue types are not in the issue type scheme: ${strange.join(', ')}`);
      scheme.workTypeIds = reordered(scheme.workTypeIds, issueTypeIds, { after: after ?? undefined, position });
      return noContent();
    },
  ),
  operation('removeIssueTypeFromIssueTypeScheme', 'DELETE', `${path}/{issueTypeSchemeId}/issuetype/{issueTypeId}`, ({ jira, params }) => {
    const { store } = jira;
    const scheme = rowOr404(store.workTypeSchemes, params.issueTypeSchemeId, unknown);
    const typeId = params.issueTypeId ?? '';
    if (!scheme.workTypeIds.includes(typeId)) throw notFound('The issue type was not found in the issue type scheme.');
    if (scheme.id === DEFAULTS.workTypeScheme) throw badRequest("Issue types can't be removed from the default issue type scheme.");
    const left = scheme.workTypeIds.filter((id) => id !== typeId);
    if (!hasStandardType(store, left)) {
      throw badRequest("Can't remove the last standard issue type from the issue type scheme.");
    }
    const projectIds = store.projects.filter((one) => one.workTypeSchemeId === scheme.id).map(({ id }) => id);
    if (store.issues.find((one) => one.workTypeId === typeId && projectIds.includes(one.projectId))) {
      throw badRequest("Can't remove an issue type that is used by issues of a project with this scheme.");
    }
    scheme.workTypeIds = left;
    if (scheme.defaultWorkTypeId === typeId) delete scheme.defaultWorkTypeId;
    return noContent();
  }),
]);
