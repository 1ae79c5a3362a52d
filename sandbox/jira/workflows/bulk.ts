import { randomUUID } from 'node:crypto';
import { administratorsOnly, listOf, namedLike } from '../configure';
import { existing, workflowFor } from '../lookups';
import { badRequest, conflict, noContent, notFound, ok, operation, page, requirePerson, RestError, type Jira, type Operation } from '../rest';
import { addStatus } from '../statuses';
import type { Store, Workflow } from '../store';
import { finishedTask, refuseWhileRunning } from '../tasks';
import { contentOf, workflowBean, workflowStatusBean, type StatusIds } from './build';
import { FORGE_RULES, SYSTEM_RULES, TRIGGER_KEY, TRIGGERS } from './catalogue';
import { breaksValidation, checkCreate, checkUpdate, statusMeant, type Fault } from './checks';
import { carryOut, planMoves } from './migrate';
import { createSchema, createValidationSchema, readSchema, updateSchema, updateValidationSchema, type StatusInput } from './shapes';

const path = '/rest/api/3/workflows';

const siteOf = (jira: Jira) => ({ store: jira.store, forgeRules: jira.rules.rules() });

function refuse(faults: Fault[]): void {
  if (faults.length > 0)
    throw new RestError(
      400,
      faults.map((one) => one.message),
    );
}

/** Ids of a request's statuses; those that the site lacks are made. */
function settleStatuses(store: Store, statuses: StatusInput[]): StatusIds {
  return new Map(
    statuses.map((one) => {
      const status = statusMeant(store, one) ?? addStatus(store, one.name, one.statusCategory, one.description ?? '');
      return [one.statusReference, status.id];
    }),
  );
}

const answer = (store: Store, workflows: Workflow[], withTransitions = true) => ({
  statuses: [...new Set(workflows.flatMap((one) => one.statuses.map(({ statusId }) => statusId)))].map((id) =>
    workflowStatusBean(existing(store.statuses, id)),
  ),
  workflows: workflows.map((one) => workflowBean(one, withTransitions)),
});

const asked = (faults: Fault[], levels: string[] | null | undefined) => ({
  errors: levels ? faults.filter((one) => levels.includes(one.level)) : faults,
});

function checkVersions(store: Store, changes: { id: string; version: Workflow['version'] }[]): void {
  for (const { id, version } of changes) {
    const current = store.workflows.get(id)?.version;
    if (current && (current.id !== version.id || current.versionNumber !== version.versionNumber)) {
      throw conflict('Workflow version and version token must match the latest workflow version.');
    }
  }
}

/** Whether a project uses the workflow for one of its work types, or as the fallback of its scheme. */
const isActive = ({ projects, workflowSchemes }: Store, workflow: Workflow): boolean =>
  projects.all().some((project) => {
    const scheme = existing(workflowSchemes, project.workflowSchemeId);
    return scheme.defaultWorkflowId === workflow.id || Object.values(scheme.mappings).includes(workflow.id);
  });

const SORT: Record<string, (a: Workflow, b: Workflow) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  '-name': (a, b) => b.name.localeCompare(a.name),
  created: (a, b) => a.created - b.created,
  '-created': (a, b) => b.created - a.created,
  updated: (a, b) => a.updated - b.updated,
  '-updated': (a, b) => b.updated - a.updated,
};

const RULE_TYPES = { validator: 'Validator', condition: 'Condition', action: 'Function', screen: 'Screen' } as const;

const capabilities = (jira: Jira) => ({
  editorScope: 'GLOBAL',
  projectTypes: ['software', 'business', 'service_desk'],
  connectRules: [],
  forgeRules: jira.rules.rules().map(({ id, name, description, ruleKey }) => ({
    id,
    name,
    description,
    ruleKey,
    ruleType: RULE_TYPES[FORGE_RULES[ruleKey] ?? 'action'],
  })),
  systemRules: Object.entries(SYSTEM_RULES)
    .filter(([, rule]) => !rule.teamManagedOnly)
    .map(([ruleKey, rule]) => ({
      ruleKey,
      ruleType: RULE_TYPES[rule.kind],
      name: rule.name,
      description: rule.description,
      incompatibleRuleKeys: [],
      isAvailableForInitialTransition: rule.onCreate === true,
      isVisible: true,
    })),
  triggerRules: [{ ruleKey: TRIGGER_KEY, availableTypes: TRIGGERS }],
});

const refusal = 'Only Jira administrators can access the workflow configuration.';

/** The document has 401, not 403, for people without the permission. */
const workflowOperations: Operation[] = administratorsOnly(
  () => new RestError(401, [refusal]),
  [
    operation('createWorkflows', 'POST', `${path}/create`, createSchema, ({ jira, body }) => {
      const { store } = jira;
      refuse(checkCreate(siteOf(jira), body));
      const ids = settleStatuses(store, body.statuses);
      const now = jira.clock.now().getTime();
      const workflows = body.workflows.map((input) =>
        store.workflows.put({
          id: randomUUID(),
          name: input.name,
          version: { id: randomUUID(), versionNumber: 0 },
          scope: { type: 'GLOBAL' },
          isEditable: true,
          ...contentOf(input, ids),
          created: now,
          updated: now,
        }),
      );
      return ok(answer(store, workflows));
    }),
    operation('validateCreateWorkflows', 'POST', `${path}/create/validation`, createValidationSchema, ({ jira, body }) => {
      if (breaksValidation(body.payload.workflows)) throw new RestError(500, ['Internal server error']);
      return ok(asked(checkCreate(siteOf(jira), body.payload), body.validationOptions?.levels));
    }),
    operation('updateWorkflows', 'POST', `${path}/update`, updateSchema, (call) => {
      const { jira, body } = call;
      const { store } = jira;
      refuseWhileRunning(store, 'workflows');
      refuse(checkUpdate(siteOf(jira), body));
      checkVersions(store, body.workflows);
      const known = new Map(body.statuses.flatMap((one) => [[one.statusReference, statusMeant(store, one)?.id ?? one.statusReference]] as const));
      refuse(body.workflows.flatMap((one) => planMoves(jira, one, known).faults));
      const ids = settleStatuses(store, body.statuses);
      const moves = body.workflows.flatMap((one) => planMoves(jira, one, ids).moves);
      for (const input of body.statuses) {
        const status = existing(store.statuses, ids.get(input.statusReference) ?? '');
        store.statuses.put({ ...status, name: input.name, category: input.statusCategory, description: input.description ?? status.description });
      }
      const workflows = body.workflows.map((input) => {
        const { startPointLayout: _layout, ...old } = existing(store.workflows, input.id);
        const version = { id: randomUUID(), versionNumber: old.version.versionNumber + 1 };
        return store.workflows.put({ ...old, ...contentOf(input, ids), version, updated: jira.clock.now().getTime() });
      });
      const person = requirePerson(call);
      carryOut(jira, moves, person.id);
      const task = moves.length > 0 ? finishedTask(jira, person.id, 'Migrate statuses of work items') : undefined;
      return ok({ ...answer(store, workflows), ...(task && { taskId: task.id }) });
    }),
    operation('validateUpdateWorkflows', 'POST', `${path}/update/validation`, updateValidationSchema, ({ jira, body }) => {
      if (breaksValidation(body.payload.workflows)) throw new RestError(500, ['Internal server error']);
      const known = new Map(
        body.payload.statuses.map((one) => [one.statusReference, statusMeant(jira.store, one)?.id ?? one.statusReference] as const),
      );
      const structure = checkUpdate(siteOf(jira), body.payload);
      const faults = structure.length > 0 ? structure : body.payload.workflows.flatMap((one) => planMoves(jira, one, known).faults);
      return ok(asked(faults, body.validationOptions?.levels));
    }),
    operation('readWorkflows', 'POST', path, readSchema, ({ jira, body }) => {
      const { store } = jira;
      const found = [
        ...(body.workflowIds ?? []).map((id) => store.workflows.get(id)),
        ...(body.workflowNames ?? []).map((name) => store.workflows.find((one) => one.name === name)),
        ...(body.projectAndIssueTypes ?? []).map(({ projectId, issueTypeId }) =>
          store.projects.get(projectId) && store.workTypes.get(issueTypeId) ? workflowFor(store, projectId, issueTypeId) : undefined,
        ),
      ];
      if (found.length === 0) throw badRequest('At least one workflow has to be named.');
      if (found.includes(undefined)) throw notFound('One or more workflows were not found.');
      return ok(answer(store, [...new Set(found.flatMap((one) => one ?? []))]));
    }),
    operation('searchWorkflows', 'GET', `${path}/search`, ({ jira, query }) => {
      const { store } = jira;
      const expand = listOf(query, 'expand');
      if (expand.some((one) => one !== 'values.transitions')) throw badRequest(`The expand parameter is not valid: ${expand.join(', ')}`);
      const active = query.get('isActive');
      const scope = query.get('scope');
      const order = query.get('orderBy');
      if (order && !SORT[order]) throw badRequest(`The orderBy parameter is not valid: ${order}`);
      const rows = namedLike(query, 'queryString', store.workflows.all())
        .filter((one) => active === null || String(isActive(store, one)) === active)
        .filter((one) => scope === null || one.scope.type === scope.toUpperCase())
        .sort(SORT[order ?? 'name']);
      const { values, ...rest } = page(query, rows);
      const { workflows, statuses } = answer(store, values, expand.length > 0);
      return ok({ self: `${jira.baseUrl}${path}/search`, ...rest, values: workflows, statuses });
    }),
    operation('workflowCapabilities', 'GET', `${path}/capabilities`, ({ jira, query }) => {
      const { store } = jira;
      const [workflowId, projectId, typeId] = [query.get('workflowId'), query.get('projectId'), query.get('issueTypeId')];
      const known = workflowId
        ? store.workflows.get(workflowId)
        : projectId && typeId && store.projects.get(projectId) && store.workTypes.get(typeId);
      if (!known) throw badRequest('Either the id of a workflow or the ids of a project and an issue type have to be provided.');
      return ok(capabilities(jira));
    }),
  ],
);

const deletion: Operation[] = administratorsOnly(refusal, [
  operation('deleteInactiveWorkflow', 'DELETE', '/rest/api/3/workflow/{entityId}', ({ jira, params }) => {
    const { store } = jira;
    const workflow = store.workflows.get(params.entityId ?? '');
    if (!workflow) throw notFound('The workflow was not found.');
    if (isActive(store, workflow)) throw badRequest('Cannot delete an active workflow.');
    if (!workflow.isEditable) throw badRequest('Cannot delete a system workflow.');
    const scheme = store.workflowSchemes.find((one) => [one.defaultWorkflowId, ...Object.values(one.mappings)].includes(workflow.id));
    if (scheme) throw badRequest(`The workflow is used in the workflow scheme "${scheme.name}".`);
    store.workflows.delete(workflow.id);
    return noContent();
  }),
]);

export const bulkOperations: Operation[] = [...workflowOperations, ...deletion];
