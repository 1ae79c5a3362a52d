import { z } from 'zod';
import { administratorsOnly, idSchema, nameSchema, nameTaken, rowOr404 } from '../configure';
import { DEFAULTS, existing } from '../lookups';
import { badRequest, created, fieldErrors, noContent, ok, operation, page, type Jira, type Operation } from '../rest';
import type { Store, Workflow, WorkflowScheme } from '../store';
import { changeOperations, versionOf } from './change';

const NAME_LENGTH = 255;
const path = '/rest/api/3/workflowscheme';
const unknown = 'The workflow scheme was not found.';

const newSchema = z.object({
  name: nameSchema(NAME_LENGTH),
  description: z.string().optional(),
  defaultWorkflow: z.string().optional(),
  issueTypeMappings: z.record(z.string(), z.string()).optional(),
});
const changeSchema = newSchema.partial().extend({ updateDraftIfNeeded: z.boolean().optional() });

const schemeBean = (jira: Jira, scheme: WorkflowScheme) => ({
  // The default scheme shows no id, here as in Jira: it cannot be read or changed by one.
  ...(scheme.id !== DEFAULTS.workflowScheme && { id: Number(scheme.id), self: `${jira.baseUrl}${path}/${scheme.id}` }),
  name: scheme.name,
  description: scheme.description,
  defaultWorkflow: existing(jira.store.workflows, scheme.defaultWorkflowId).name,
  issueTypeMappings: Object.fromEntries(Object.entries(scheme.mappings).map(([typeId, id]) => [typeId, existing(jira.store.workflows, id).name])),
  draft: false,
});

function workflowNamed(store: Store, name: string): Workflow {
  const workflow = store.workflows.find((one) => one.name === name);
  if (!workflow) throw badRequest(`The workflow "${name}" was not found.`);
  return workflow;
}

function mappingsOf(store: Store, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([typeId, name]) => {
      if (!store.workTypes.get(typeId)) throw badRequest(`The issue type with id ${typeId} was not found.`);
      return [typeId, workflowNamed(store, name).id];
    }),
  );
}

const changeable = (store: Store, id: string | undefined): WorkflowScheme =>
  rowOr404(store.workflowSchemes, id === DEFAULTS.workflowScheme ? undefined : id, unknown);

const isActive = (store: Store, scheme: WorkflowScheme): boolean => store.projects.find((one) => one.workflowSchemeId === scheme.id) !== undefined;

const workflowMetadata = ({ id, name, description, version }: Workflow) => ({ id, name, description, version });

function readBean({ store }: Jira, scheme: WorkflowScheme) {
  return {
    id: scheme.id,
    name: scheme.name,
    description: scheme.description,
    scope: { type: 'GLOBAL' },
    version: versionOf(scheme),
    defaultWorkflow: workflowMetadata(existing(store.workflows, scheme.defaultWorkflowId)),
    workflowsForIssueTypes: [...new Set(Object.values(scheme.mappings))].map((workflowId) => ({
      workflow: workflowMetadata(existing(store.workflows, workflowId)),
      issueTypeIds: Object.keys(scheme.mappings).filter((typeId) => scheme.mappings[typeId] === workflowId),
    })),
  };
}

const schemeOperations: Operation[] = administratorsOnly('Only Jira administrators can access workflow scheme associations.', [
  operation('getAllWorkflowSchemes', 'GET', path, ({ jira, query }) =>
    ok(
      page(
        query,
        jira.store.workflowSchemes.filter(({ id }) => id !== DEFAULTS.workflowScheme).map((one) => schemeBean(jira, one)),
      ),
    ),
  ),
  operation('createWorkflowScheme', 'POST', path, newSchema, ({ jira, body }) => {
    const { store } = jira;
    if (nameTaken(store.workflowSchemes, body.name)) throw fieldErrors({ name: 'A workflow scheme with this name already exists.' });
    const fallback = body.defaultWorkflow === undefined ? existing(store.workflowSchemes, DEFAULTS.workflowScheme).defaultWorkflowId : undefined;
    const scheme = store.workflowSchemes.put({
      id: store.nextId('workflowScheme'),
      name: body.name,
      description: body.description ?? '',
      defaultWorkflowId: fallback ?? workflowNamed(store, body.defaultWorkflow ?? '').id,
      mappings: mappingsOf(store, body.issueTypeMappings ?? {}),
    });
    return created(schemeBean(jira, scheme));
  }),
  operation('getWorkflowScheme', 'GET', `${path}/{id}`, ({ jira, params }) => ok(schemeBean(jira, changeable(jira.store, params.id)))),
  operation('updateWorkflowScheme', 'PUT', `${path}/{id}`, changeSchema, ({ jira, params, body }) => {
    const { store } = jira;
    const scheme = changeable(store, params.id);
    if (body.name && nameTaken(store.workflowSchemes, body.name, scheme.id))
      throw fieldErrors({ name: 'A workflow scheme with this name already exists.' });
    if (isActive(store, scheme)) throw badRequest('The workflow scheme is active; drafts of active schemes are not supported here.');
    const changed = {
      ...scheme,
      name: body.name ?? scheme.name,
      description: body.description ?? scheme.description,
      defaultWorkflowId: body.defaultWorkflow === undefined ? scheme.defaultWorkflowId : workflowNamed(store, body.defaultWorkflow).id,
      mappings: body.issueTypeMappings ? mappingsOf(store, body.issueTypeMappings) : scheme.mappings,
    };
    return ok(schemeBean(jira, store.workflowSchemes.put(changed)));
  }),
  operation('deleteWorkflowScheme', 'DELETE', `${path}/{id}`, ({ jira, params }) => {
    const scheme = changeable(jira.store, params.id);
    if (isActive(jira.store, scheme)) throw badRequest('The workflow scheme is active and cannot be deleted.');
    jira.store.workflowSchemes.delete(scheme.id);
    return noContent();
  }),
  operation('getWorkflowSchemeProjectAssociations', 'GET', `${path}/project`, ({ jira, query }) => {
    const ids = query.getAll('projectId');
    if (ids.length === 0) throw fieldErrors({ projectId: 'The ID of a project has to be provided.' });
    const projects = ids.flatMap((id) => jira.store.projects.get(id) ?? []);
    const values = [...new Set(projects.map((one) => one.workflowSchemeId))].map((schemeId) => ({
      projectIds: projects.filter((one) => one.workflowSchemeId === schemeId).map(({ id }) => id),
      workflowScheme: schemeBean(jira, existing(jira.store.workflowSchemes, schemeId)),
    }));
    return ok({ values });
  }),
  operation(
    'assignSchemeToProject',
    'PUT',
    `${path}/project`,
    z.object({ workflowSchemeId: idSchema.nullish(), projectId: idSchema }),
    ({ jira, body }) => {
      const { store } = jira;
      const project = rowOr404(store.projects, body.projectId, 'The project was not found.');
      const scheme = rowOr404(store.workflowSchemes, body.workflowSchemeId ?? DEFAULTS.workflowScheme, unknown);
      if (store.issues.find((one) => one.projectId === project.id)) {
        throw badRequest('The workflow scheme can only be assigned to a project without issues.');
      }
      project.workflowSchemeId = scheme.id;
      return noContent();
    },
  ),
  operation(
    'readWorkflowSchemes',
    'POST',
    `${path}/read`,
    z.object({ workflowSchemeIds: z.array(idSchema).nullish(), projectIds: z.array(idSchema).nullish() }),
    ({ jira, body }) => {
      const { store } = jira;
      const ids = [...(body.workflowSchemeIds ?? []), ...(body.projectIds ?? []).flatMap((id) => store.projects.get(id)?.workflowSchemeId ?? [])];
      return ok([...new Set(ids)].flatMap((id) => store.workflowSchemes.get(id) ?? []).map((one) => readBean(jira, one)));
    },
  ),
]);

export const operations: Operation[] = [...schemeOperations, ...changeOperations];
