/** POST /workflows/preview: workflows as people of a project may see them. */
import { z } from 'zod';
import { idSchema } from '../configure';
import { existing, hasPermission, workflowFor, workTypesOf } from '../lookups';
import { mayAdminister } from '../projects/find';
import { badRequest, notFound, ok, operation, requirePerson, RestError, type Answer, type Call, type Operation } from '../rest';
import type { RuleConfiguration, Workflow } from '../store';
import { workflowBean, workflowStatusBean } from './build';

/** OpenAPI: WorkflowPreviewRequest. */
const AT_ONCE = 25;

const input = z.looseObject({
  projectId: idSchema,
  workflowIds: z.array(z.string()).max(AT_ONCE).nullish(),
  workflowNames: z.array(z.string()).max(AT_ONCE).nullish(),
  issueTypeIds: z.array(idSchema).max(AT_ONCE).nullish(),
});

const triggerBean = ({ id, ruleKey }: RuleConfiguration) => ({ id, ruleKey });

function previewBean(workflow: Workflow, projectId: string, typeIds: string[]) {
  const { id, name, description, scope, version, statuses, transitions, startPointLayout } = workflowBean(workflow);
  return {
    id,
    name,
    description,
    scope,
    version,
    ...(startPointLayout && { startPointLayout }),
    statuses: statuses.map(({ properties: _properties, ...one }) => one),
    transitions: transitions.map(({ properties: _properties, triggers, ...one }) => ({ ...one, triggers: triggers.map(triggerBean) })),
    queryContext: [{ project: projectId, issueTypes: typeIds }],
  };
}

function preview(call: Call<z.infer<typeof input>>): Answer {
  const { jira, person, body } = call;
  const { store } = jira;
  requirePerson(call);
  const project = store.projects.get(body.projectId);
  if (!project) throw notFound('The project was not found.');
  // the document has 401, not 403, for people without the permission
  if (!mayAdminister(call, project) && !hasPermission(store, person, 'VIEW_READONLY_WORKFLOW', project)) {
    throw new RestError(401, ['You do not have permission to view the workflows of this project.']);
  }
  const types = workTypesOf(store, project.id).map((one) => ({ id: one.id, workflow: workflowFor(store, project.id, one.id) }));
  const wanted = [
    ...(body.workflowIds ?? []).map((id) => types.find((one) => one.workflow.id === id)),
    ...(body.workflowNames ?? []).map((name) => types.find((one) => one.workflow.name === name)),
    ...(body.issueTypeIds ?? []).map((id) => types.find((one) => one.id === id)),
  ];
  if (wanted.length === 0) throw badRequest('At least one of workflowIds, workflowNames and issueTypeIds has to be provided.');
  if (wanted.includes(undefined)) throw notFound('One or more workflows were not found.');
  const workflows = [...new Set(wanted.flatMap((one) => one?.workflow ?? []))];
  const statusIds = new Set(workflows.flatMap((one) => one.statuses.map(({ statusId }) => statusId)));
  return ok({
    workflows: workflows.map((workflow) =>
      previewBean(
        workflow,
        project.id,
        types.filter((one) => one.workflow === workflow).map(({ id }) => id),
      ),
    ),
    statuses: [...statusIds].map((id) => existing(store.statuses, id)).map((one) => ({ ...workflowStatusBean(one), rawName: one.name })),
  });
}

export const previewOperations: Operation[] = [operation('readWorkflowPreviews', 'POST', '/rest/api/3/workflows/preview', input, preview)];
