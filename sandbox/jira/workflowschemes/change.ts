/** Changes of workflow schemes that projects use: the work items are moved along in a task. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { administratorsOnly, idSchema, nameSchema, nameTaken } from '../configure';
import { DEFAULTS, existing } from '../lookups';
import { badRequest, conflict, ok, operation, requirePerson, RestError, type Answer, type Call, type Jira, type Operation } from '../rest';
import type { Project, Store, WorkflowScheme } from '../store';
import { refuseWhileRunning, seeTask, startTask } from '../tasks';
import { initialTransition } from '../transitions/engine';
import { carryOut } from '../workflows/migrate';
import { byTypeSchema, byWorkflowSchema, checkMapped, gaps, movesOf, type Assignment, type Mappings } from './plan';

const NAME_LENGTH = 255;
const path = '/rest/api/3/workflowscheme';

/** The store counts no versions of schemes; a digest of what a scheme says changes exactly when it does. */
export function versionOf(scheme: WorkflowScheme) {
  const digest = createHash('sha256').update(JSON.stringify(scheme)).digest('hex');
  const id = [digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-');
  return { id, versionNumber: 1 };
}

const associations = z.array(z.looseObject({ issueTypeIds: z.array(idSchema), workflowId: z.string() }));

const mappingsSchema = z.looseObject({ id: idSchema, defaultWorkflowId: z.string().nullish(), workflowsForIssueTypes: associations });

const updateSchema = z.looseObject({
  id: idSchema,
  name: nameSchema(NAME_LENGTH),
  description: z.string(),
  version: z.looseObject({ id: z.string(), versionNumber: z.number().int() }),
  defaultWorkflowId: z.string().nullish(),
  workflowsForIssueTypes: associations.nullish(),
  statusMappingsByIssueTypeOverride: byTypeSchema.nullish(),
  statusMappingsByWorkflows: byWorkflowSchema.nullish(),
});

const switchSchema = z.looseObject({ projectId: idSchema, targetSchemeId: idSchema, mappingsByIssueTypeOverride: byTypeSchema.nullish() });

const projectsOf = (store: Store, scheme: WorkflowScheme): Project[] => store.projects.filter((one) => one.workflowSchemeId === scheme.id);

function schemeNamed(store: Store, id: string): WorkflowScheme {
  return targetScheme(store, id === DEFAULTS.workflowScheme ? '' : id);
}

function targetScheme(store: Store, id: string): WorkflowScheme {
  const scheme = store.workflowSchemes.get(id);
  if (!scheme) throw badRequest(`The workflow scheme with id ${id} was not found.`);
  return scheme;
}

/** The assignment that a request asks for; without a default workflow it is Jira's own. */
function assignmentOf(store: Store, given: Pick<z.infer<typeof updateSchema>, 'defaultWorkflowId' | 'workflowsForIssueTypes'>): Assignment {
  const defaultWorkflowId = given.defaultWorkflowId ?? existing(store.workflowSchemes, DEFAULTS.workflowScheme).defaultWorkflowId;
  const pairs = (given.workflowsForIssueTypes ?? []).flatMap(({ issueTypeIds, workflowId }) => issueTypeIds.map((id) => [id, workflowId] as const));
  for (const id of [defaultWorkflowId, ...pairs.map(([, workflowId]) => workflowId)]) {
    if (!store.workflows.get(id)) throw badRequest(`The workflow with id ${id} was not found.`);
  }
  for (const [id] of pairs) if (!store.workTypes.get(id)) throw badRequest(`The issue type with id ${id} was not found.`);
  const mappings = Object.fromEntries(pairs);
  if (Object.keys(mappings).length < pairs.length) throw badRequest('An issue type can have only one workflow in a scheme.');
  return { defaultWorkflowId, mappings };
}

interface Migration {
  description: string;
  projects: Project[];
  from: Assignment;
  /** Asked again when the task runs: what it names may be gone by then. */
  to(): Assignment;
  mappings: Mappings;
  /** Puts the new assignment into force. */
  apply(): void;
}

/** Moves the work items and puts the new assignment into force: in one go, or, where something has no place to go, not at all. */
function migrate(jira: Jira, authorId: string, { projects, from, to, mappings, apply }: Migration): void {
  const ids = new Set(projects.map((one) => one.id));
  const issues = jira.store.issues.filter((one) => ids.has(one.projectId));
  const found = gaps(jira.store, projects, from, to());
  checkMapped(found, mappings);
  const moves = movesOf(issues, found, mappings);
  carryOut(jira, moves, authorId);
  apply();
}

function start(call: Call, migration: Migration): Answer {
  const { jira } = call;
  const { id: submittedBy } = requirePerson(call);
  checkMapped(gaps(jira.store, migration.projects, migration.from, migration.to()), migration.mappings);
  const task = startTask(jira, {
    submittedBy,
    kind: 'workflows',
    description: migration.description,
    work: () => {
      migrate(jira, submittedBy, migration);
      return undefined;
    },
  });
  return seeTask(jira, task);
}

function update(call: Call<z.infer<typeof updateSchema>>): Answer {
  const { jira, body } = call;
  const { store } = jira;
  const scheme = schemeNamed(store, body.id);
  refuseWhileRunning(store, 'workflows');
  if (versionOf(scheme).id !== body.version.id) throw conflict('The version of the workflow scheme must match its latest version.');
  if (nameTaken(store.workflowSchemes, body.name, scheme.id)) throw badRequest('A workflow scheme with this name already exists.');
  const to = assignmentOf(store, body);
  const apply = (): void => {
    store.workflowSchemes.put({ ...scheme, ...to, name: body.name, description: body.description });
  };
  const projects = projectsOf(store, scheme);
  if (gaps(store, projects, scheme, to).length === 0) {
    apply();
    return ok({});
  }
  const mappings = { byType: body.statusMappingsByIssueTypeOverride ?? [], byWorkflow: body.statusMappingsByWorkflows ?? [] };
  return start(call, {
    description: `Update workflow scheme ${scheme.name}`,
    projects,
    from: scheme,
    to: () => assignmentOf(store, body),
    mappings,
    apply,
  });
}

function switchScheme(call: Call<z.infer<typeof switchSchema>>): Answer {
  const { jira, body } = call;
  const { store } = jira;
  const project = store.projects.get(body.projectId);
  if (!project) throw badRequest(`The project with id ${body.projectId} was not found.`);
  const target = targetScheme(store, body.targetSchemeId);
  refuseWhileRunning(store, 'workflows');
  if (project.workflowSchemeId === target.id) throw badRequest('The project uses this workflow scheme already.');
  return start(call, {
    description: `Switch workflow scheme of ${project.key}`,
    projects: [project],
    from: existing(store.workflowSchemes, project.workflowSchemeId),
    to: () => targetScheme(store, body.targetSchemeId),
    mappings: { byType: body.mappingsByIssueTypeOverride ?? [], byWorkflow: [] },
    apply: () => {
      project.workflowSchemeId = target.id;
    },
  });
}

function required({ jira, body }: Call<z.infer<typeof mappingsSchema>>): Answer {
  const { store } = jira;
  const scheme = schemeNamed(store, body.id);
  const to = assignmentOf(store, body);
  const found = gaps(store, projectsOf(store, scheme), scheme, to);
  const pairs = new Map(found.map((one) => [`${one.from.id} ${one.to.id}`, one]));
  const ids = new Set([scheme, to].flatMap((one) => [one.defaultWorkflowId, ...Object.values(one.mappings)]));
  const workflows = [...ids].map((id) => existing(store.workflows, id));
  const statusIds = new Set(workflows.flatMap((one) => one.statuses.map(({ statusId }) => statusId)));
  return ok({
    statusMappingsByIssueTypes: found.map((one) => ({ issueTypeId: one.workTypeId, statusIds: one.statusIds })),
    statusMappingsByWorkflows: [...pairs.values()].map((one) => ({
      sourceWorkflowId: one.from.id,
      targetWorkflowId: one.to.id,
      statusIds: one.statusIds,
    })),
    statuses: [...statusIds].map((id) => existing(store.statuses, id)).map(({ id, name, category }) => ({ id, name, category })),
    statusesPerWorkflow: workflows.map((one) => ({
      workflowId: one.id,
      initialStatusId: initialTransition(one)?.toStatusId,
      statuses: one.statuses.map(({ statusId }) => statusId),
    })),
  });
}

/** The document has 401, not 403, for people without the permission. */
const refuse = () => new RestError(401, ['Only Jira administrators can change workflow schemes.']);

export const changeOperations: Operation[] = administratorsOnly(refuse, [
  operation('updateSchemes', 'POST', `${path}/update`, updateSchema, update),
  operation('getRequiredWorkflowSchemeMappings', 'POST', `${path}/update/mappings`, mappingsSchema, required),
  operation('switchWorkflowSchemeForProject', 'POST', `${path}/project/switch`, switchSchema, switchScheme),
]);
