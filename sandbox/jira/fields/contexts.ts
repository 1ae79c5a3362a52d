import { z } from 'zod';
import { administratorsOnly, chosenBy, idSchema, nameSchema } from '../configure';
import { badRequest, created, noContent, notFound, ok, operation, page, type Call, type Jira, type Operation } from '../rest';
import type { Field, FieldContext } from '../store';
import { customField } from './fields';

const NAME_LENGTH = 255;
const path = '/rest/api/3/field/{fieldId}/context';

const texts = z.object({ name: nameSchema(NAME_LENGTH), description: z.string().optional() });
const ids = z.array(idSchema);

const contextBean = (context: FieldContext) => ({
  id: context.id,
  name: context.name,
  description: context.description,
  isGlobalContext: context.projectIds.length === 0,
  isAnyIssueType: context.workTypeIds.length === 0,
});

/** The field and the context of a path, or 404. */
export function contextOf({ jira, params }: Call): { field: Field; context: FieldContext } {
  const field = customField(jira, params.fieldId);
  const context = field.contexts.find(({ id }) => id === params.contextId);
  if (!context) throw notFound('The custom field context was not found.');
  return { field, context };
}

function checkProjects({ store }: Jira, field: Field, projectIds: string[]): void {
  if (projectIds.some((id) => !store.projects.get(id))) throw notFound('One or more projects were not found.');
  if (field.contexts.some((one) => one.projectIds.some((id) => projectIds.includes(id)))) {
    throw badRequest('One or more projects are already assigned to a context of this custom field.');
  }
}

function checkTypes({ store }: Jira, workTypeIds: string[]): void {
  if (workTypeIds.some((id) => !store.workTypes.get(id))) throw notFound('One or more issue types were not found.');
}

export const contextOperations: Operation[] = administratorsOnly('Only Jira administrators can access custom field contexts.', [
  operation('getContextsForField', 'GET', path, ({ jira, params, query }) => {
    const wanted = { isGlobalContext: query.get('isGlobalContext'), isAnyIssueType: query.get('isAnyIssueType') };
    const rows = chosenBy(query, 'contextId', customField(jira, params.fieldId).contexts, ({ id }) => id)
      .map(contextBean)
      .filter((one) => wanted.isGlobalContext === null || String(one.isGlobalContext) === wanted.isGlobalContext)
      .filter((one) => wanted.isAnyIssueType === null || String(one.isAnyIssueType) === wanted.isAnyIssueType);
    return ok(page(query, rows));
  }),
  operation('getProjectContextMapping', 'GET', `${path}/projectmapping`, ({ jira, params, query }) => {
    const rows = chosenBy(query, 'contextId', customField(jira, params.fieldId).contexts, ({ id }) => id).flatMap(
      ({ id: contextId, projectIds }): { contextId: string; projectId?: string; isGlobalContext?: true }[] =>
        projectIds.length === 0 ? [{ contextId, isGlobalContext: true }] : projectIds.map((projectId) => ({ contextId, projectId })),
    );
    return ok(page(query, rows));
  }),
  operation('getIssueTypeMappingsForContexts', 'GET', `${path}/issuetypemapping`, ({ jira, params, query }) => {
    const rows = chosenBy(query, 'contextId', customField(jira, params.fieldId).contexts, ({ id }) => id).flatMap(
      ({ id: contextId, workTypeIds }): { contextId: string; issueTypeId?: string; isAnyIssueType?: true }[] =>
        workTypeIds.length === 0 ? [{ contextId, isAnyIssueType: true }] : workTypeIds.map((issueTypeId) => ({ contextId, issueTypeId })),
    );
    return ok(page(query, rows));
  }),
  operation(
    'createCustomFieldContext',
    'POST',
    path,
    texts.extend({ projectIds: ids.optional(), issueTypeIds: ids.optional() }),
    ({ jira, params, body }) => {
      const field = customField(jira, params.fieldId);
      const { name, description = '', projectIds = [], issueTypeIds = [] } = body;
      checkProjects(jira, field, projectIds);
      checkTypes(jira, issueTypeIds);
      if (projectIds.length === 0 && field.contexts.some((one) => one.projectIds.length === 0)) {
        throw badRequest('The custom field already has a global context.');
      }
      const context = { id: jira.store.nextId('fieldContext'), name, description, projectIds, workTypeIds: issueTypeIds, options: [] };
      field.contexts.push(context);
      return created({ id: context.id, name, description, projectIds, issueTypeIds });
    },
  ),
  operation('updateCustomFieldContext', 'PUT', `${path}/{contextId}`, texts.partial(), (call) => {
    const { context } = contextOf(call);
    context.name = call.body.name ?? context.name;
    context.description = call.body.description ?? context.description;
    return noContent();
  }),
  operation('deleteCustomFieldContext', 'DELETE', `${path}/{contextId}`, (call) => {
    const { field, context } = contextOf(call);
    if (context.projectIds.length === 0) throw badRequest('The global context cannot be deleted.');
    field.contexts = field.contexts.filter((one) => one !== context);
    return noContent();
  }),
  operation('assignProjectsToCustomFieldContext', 'PUT', `${path}/{contextId}/project`, z.object({ projectIds: ids.min(1) }), (call) => {
    const { field, context } = contextOf(call);
    if (context.projectIds.length === 0) throw badRequest('Projects cannot be added to the global context.');
    checkProjects(call.jira, field, call.body.projectIds);
    context.projectIds.push(...call.body.projectIds);
    return noContent();
  }),
  operation('removeCustomFieldContextFromProjects', 'POST', `${path}/{contextId}/project/remove`, z.object({ projectIds: ids.min(1) }), (call) => {
    const { field, context } = contextOf(call);
    const { projectIds } = call.body;
    if (projectIds.some((id) => !call.jira.store.projects.get(id))) throw notFound('One or more projects were not found.');
    if (new Set(projectIds).size < projectIds.length) throw badRequest('The projectIds must not contain duplicates.');
    if (projectIds.some((id) => !context.projectIds.includes(id))) throw badRequest('One or more projects are not assigned to the context.');
    const left = context.projectIds.filter((id) => !projectIds.includes(id));
    // a context that loses its last project becomes global
    if (left.length === 0 && field.contexts.some((one) => one.projectIds.length === 0)) {
      throw badRequest('The custom field already has a global context.');
    }
    context.projectIds = left;
    return noContent();
  }),
  operation('removeIssueTypesFromContext', 'POST', `${path}/{contextId}/issuetype/remove`, z.object({ issueTypeIds: ids.min(1) }), (call) => {
    const { context } = contextOf(call);
    const { issueTypeIds } = call.body;
    checkTypes(call.jira, issueTypeIds);
    const strange = issueTypeIds.filter((id) => !context.workTypeIds.includes(id));
    if (strange.length > 0) throw badRequest(`These issue types are not associated with the context: ${strange.join(', ')}.`);
    context.workTypeIds = context.workTypeIds.filter((id) => !issueTypeIds.includes(id));
    return noContent();
  }),
  operation('addIssueTypesToContext', 'PUT', `${path}/{contextId}/issuetype`, z.object({ issueTypeIds: ids.min(1) }), (call) => {
    const { context } = contextOf(call);
    if (context.projectIds.length === 0) throw badRequest('Issue types cannot be added to the global context.');
    checkTypes(call.jira, call.body.issueTypeIds);
    if (call.body.issueTypeIds.some((id) => context.workTypeIds.includes(id)))
      throw badRequest('One or more issue types are in the context already.');
    context.workTypeIds.push(...call.body.issueTypeIds);
    return noContent();
  }),
]);
