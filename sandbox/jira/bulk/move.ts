/** Many work items into another project or work type: no workflow rule is asked, statuses and fields are carried over by the mappings of the request. */
import { z } from 'zod';
import { may, projectOf } from '../issues/access';
import { subtasksOf } from '../issues/beans';
import { change, settingOf } from '../issues/change';
import { nextKey } from '../issues/create';
import { issueChanged } from '../issues/events';
import { existing, fieldContextFor, hasPermission, workflowFor, workTypesOf } from '../lookups';
import { badRequest, requirePerson, type Answer, type Call, type Jira } from '../rest';
import type { Field, Issue, Json, Project, WorkType } from '../store';
import { initialTransition } from '../transitions/engine';
import { FieldError, parseValue } from '../values';
import { defaultLevel } from '../values/security';
import { selected, submit, type Step } from './select';

const mapping = z.looseObject({
  inferClassificationDefaults: z.boolean(),
  inferFieldDefaults: z.boolean(),
  inferStatusDefaults: z.boolean(),
  inferSubtaskTypeDefault: z.boolean(),
  issueIdsOrKeys: z.array(z.string()).optional(),
  targetStatus: z.array(z.looseObject({ statuses: z.record(z.string(), z.array(z.string())) })).nullish(),
  targetMandatoryFields: z
    .array(z.looseObject({ fields: z.record(z.string(), z.looseObject({ retain: z.boolean().nullish(), value: z.json().optional() })) }))
    .nullish(),
});
type Mapping = z.infer<typeof mapping>;

export const moveInput = z.looseObject({
  targetToSourcesMapping: z.record(z.string(), mapping),
  sendBulkNotification: z.boolean().optional(),
});

/** Where work items go, and how their statuses and fields are translated. */
interface Target {
  project: Project;
  type: WorkType;
  parent: Issue | undefined;
  /** Old status id -> new one. */
  statuses: Map<string, string>;
  infersStatus: boolean;
  values: Map<string, Json>;
}

const levelOf = (jira: Jira, workTypeId: string): number => existing(jira.store.workTypes, workTypeId).hierarchyLevel;

function parentOf({ jira, person }: Call, key: string | undefined, project: Project, type: WorkType): Issue | undefined {
  if (!key) {
    if (type.hierarchyLevel < 0) throw badRequest('A destination parent is required for subtasks.');
    return undefined;
  }
  const parent = jira.store.issue(key);
  if (!parent || !may(jira, person, 'BROWSE_PROJECTS', parent)) throw badRequest('The destination parent is not valid.');
  if (levelOf(jira, parent.workTypeId) !== type.hierarchyLevel + 1) throw badRequest('The destination parent has the wrong level.');
  if (type.hierarchyLevel < 0 && parent.projectId !== project.id) throw badRequest('Subtasks have to be in the project of their parent.');
  return parent;
}

function targetOf(call: Call, key: string, given: Mapping): Target {
  const { jira, person } = call;
  const [projectKey = '', typeId = '', parentKey] = key.split(',').map((one) => one.trim());
  const project = jira.store.project(projectKey);
  if (!project || !hasPermission(jira.store, person, 'CREATE_ISSUES', project)) {
    throw badRequest(`The destination project ${projectKey} does not exist or you cannot create issues in it.`);
  }
  const type = workTypesOf(jira.store, project.id).find((one) => one.id === typeId);
  if (!type) throw badRequest(`The issue type ${typeId} is not available in the destination project.`);
  const parent = parentOf(call, parentKey, project, type);
  if (given.inferStatusDefaults && given.targetStatus?.length) throw badRequest('targetStatus may only be given when inferStatusDefaults is false.');
  if (given.inferFieldDefaults && given.targetMandatoryFields?.length) {
    throw badRequest('targetMandatoryFields may only be given when inferFieldDefaults is false.');
  }
  const pairs = (given.targetStatus ?? []).flatMap(({ statuses }) =>
    Object.entries(statuses).flatMap(([to, from]) => from.map((one) => [one, to] as const)),
  );
  const values = (given.targetMandatoryFields ?? []).flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([id, { retain, value }]) => (retain === true || value === undefined ? [] : [[id, value] as const])),
  );
  return { project, type, parent, statuses: new Map(pairs), infersStatus: given.inferStatusDefaults, values: new Map(values) };
}

/** The status a work item has in its new workflow; 400 where the request does not say. */
function statusIn({ store }: Jira, issue: Issue, { project, type, statuses, infersStatus }: Target): string {
  const workflow = workflowFor(store, project.id, type.id);
  const has = (id: string | undefined): boolean => workflow.statuses.some((one) => one.statusId === id);
  if (has(issue.statusId)) return issue.statusId;
  const wanted = infersStatus ? initialTransition(workflow)?.toStatusId : statuses.get(issue.statusId);
  if (wanted === undefined || !has(wanted)) {
    throw badRequest(`A target status is required for the status ${issue.statusId}, which the destination workflow does not have.`);
  }
  return wanted;
}

/** Values that cannot stay: those of a field whose options are others in the new place. */
function replacedValues(jira: Jira, issue: Issue, { project, type, values }: Target): Map<string, Json> {
  const edits = new Map<string, Json>();
  for (const fieldId of Object.keys(issue.fields)) {
    const field = jira.store.fields.get(fieldId);
    if (!field || field.kind === 'system') continue;
    const now = fieldContextFor(field, issue.projectId, issue.workTypeId);
    const then = fieldContextFor(field, project.id, type.id);
    if (!then || now?.id === then.id || now?.options.length === 0) continue;
    edits.set(fieldId, read(jira, field, values.get(fieldId), project, type));
  }
  return edits;
}

/** A raw value of the request: ids of options, or what the field takes otherwise. */
function read(jira: Jira, field: Field, value: Json | undefined, project: Project, type: WorkType): Json {
  if (value === undefined) return null;
  const setting = settingOf(jira, field, { projectId: project.id, workTypeId: type.id });
  const options = (Array.isArray(value) ? value : [value]).map((one) => ({ id: String(one) }));
  try {
    return parseValue(setting, field.kind === 'multiselect' || field.kind === 'multicheckboxes' ? options : (options[0] ?? null));
  } catch (error) {
    if (error instanceof FieldError) throw badRequest(`${field.id}: ${error.message}`);
    throw error;
  }
}

function parentAfter(jira: Jira, issue: Issue, { project, type, parent }: Target): string | undefined {
  if (parent) return parent.id;
  const old = typeof issue.fields.parent === 'string' ? jira.store.issues.get(issue.fields.parent) : undefined;
  const fits = old && levelOf(jira, old.workTypeId) === type.hierarchyLevel + 1 && (type.hierarchyLevel >= 0 || old.projectId === project.id);
  return fits ? old.id : undefined;
}

/** Moves one work item; everything is known to be possible before anything is written. */
function moveOne(jira: Jira, authorId: string, issue: Issue, target: Target): void {
  const statusId = statusIn(jira, issue, target);
  const edits = replacedValues(jira, issue, target);
  const parent = parentAfter(jira, issue, target);
  const sameScheme = projectOf(jira, issue).securitySchemeId === target.project.securitySchemeId;
  const security = sameScheme ? issue.fields.security : defaultLevel(jira.store, target.project);
  const entry = change(jira, authorId, issue, () => {
    if (issue.projectId !== target.project.id) issue.key = nextKey(target.project);
    issue.projectId = target.project.id;
    issue.workTypeId = target.type.id;
    issue.statusId = statusId;
    for (const [id, value] of edits) {
      if (value === null) delete issue.fields[id];
      else issue.fields[id] = value;
    }
    if (security === undefined) delete issue.fields.security;
    else issue.fields.security = security;
    if (parent === undefined) delete issue.fields.parent;
    else issue.fields.parent = parent;
  });
  issueChanged(jira, issue, entry);
}

/** The subtasks go with their parent, as the first subtask type of the project they come to. */
function subtaskTarget(jira: Jira, parent: Issue, project: Project): Target {
  const type = workTypesOf(jira.store, project.id).find((one) => one.hierarchyLevel < 0);
  if (!type) throw badRequest('The destination project has no issue type for subtasks.');
  return { project, type, parent, statuses: new Map(), infersStatus: true, values: new Map() };
}

function step(call: Call, issue: Issue, target: Target, withSubtasks: boolean): Step {
  const { jira, person } = call;
  const authorId = requirePerson(call).id;
  return {
    issue,
    act() {
      if (!may(jira, person, 'MOVE_ISSUES', issue)) throw badRequest('You do not have permission to move issues in this project.');
      const subtasks = subtasksOf(jira.store, issue);
      const leaves = subtasks.length > 0 && issue.projectId !== target.project.id;
      if (leaves && !withSubtasks) throw badRequest('The issue has subtasks, which have to be moved with it.');
      const below = leaves ? subtaskTarget(jira, issue, target.project) : undefined;
      // asked before anything is written, so that a family moves as a whole or not at all
      for (const one of below ? subtasks : []) statusIn(jira, one, below ?? target);
      moveOne(jira, authorId, issue, target);
      if (below) for (const one of subtasks) moveOne(jira, authorId, one, below);
    },
  };
}

/** Submits moves. A mapping that is missing refuses the request; what goes wrong with one work item later does not stop the others. */
export function moveMany(call: Call<z.infer<typeof moveInput>>): Answer {
  const { jira } = call;
  const mappings = Object.entries(call.body.targetToSourcesMapping);
  const all = selected(
    call,
    mappings.flatMap(([, one]) => one.issueIdsOrKeys ?? []),
  );
  const steps = mappings.flatMap(([key, given]) => {
    const target = targetOf(call, key, given);
    const issues = selected(call, given.issueIdsOrKeys ?? []);
    for (const issue of issues) {
      statusIn(jira, issue, target);
      replacedValues(jira, issue, target);
    }
    return issues.map((issue) => step(call, issue, target, given.inferSubtaskTypeDefault));
  });
  if (steps.length > all.length) throw badRequest('An issue can be moved only once in a request.');
  return submit(call, 'Bulk move', steps);
}
