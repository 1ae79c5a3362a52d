import { z } from 'zod';
import { mayShow } from '../avatars/avatars';
import { workTypeBean } from '../beans';
import { administratorsOnly, merged, nameSchema, nameTaken, personsOnly, rowOr404 } from '../configure';
import { DEFAULTS, existing, hasPermission, isAdministrator, screenFor, workflowFor, workTypesOf } from '../lookups';
import { badRequest, conflict, created, noContent, notFound, ok, operation, requirePerson, type Operation } from '../rest';
import type { Store, WorkType } from '../store';

/** OpenAPI: createIssueType, "the issue type name exceeds 60 characters". */
const NAME_LENGTH = 60;
const DEFAULT_AVATAR = { standard: '10300', subtask: '10316' };

const unknown = 'The issue type was not found.';
const taken = () => conflict('An issue type with this name already exists.');

const newType = z.object({
  name: nameSchema(NAME_LENGTH),
  description: z.string().optional(),
  type: z.enum(['standard', 'subtask']).optional(),
  /** Levels above the standard one need Jira Premium's own settings page. */
  hierarchyLevel: z.union([z.literal(0), z.literal(-1)]).optional(),
});

const change = z.object({ name: nameSchema(NAME_LENGTH).optional(), description: z.string().optional(), avatarId: z.number().int().optional() });

/** Whether a project offers the other type with the workflow and the screens of this one: work items can then change from one to the other as they are. */
function isAlternative(store: Store, projectId: string, type: WorkType, other: WorkType): boolean {
  const screens = (one: WorkType) => (['create', 'edit', 'view'] as const).map((what) => screenFor(store, projectId, one.id, what).id).join();
  return (
    workTypesOf(store, projectId).includes(other) &&
    workflowFor(store, projectId, type.id) === workflowFor(store, projectId, other.id) &&
    screens(type) === screens(other)
  );
}

/** The types that may take the place of a type everywhere it is offered. */
function alternativesOf(store: Store, type: WorkType): WorkType[] {
  const offering = store.projects.filter((one) => workTypesOf(store, one.id).includes(type));
  return store.workTypes.filter(
    (other) =>
      other !== type &&
      (other.hierarchyLevel === -1) === (type.hierarchyLevel === -1) &&
      offering.every((project) => isAlternative(store, project.id, type, other)),
  );
}

/** Takes a work type out of every scheme that names it. */
function forget(store: Store, type: WorkType): void {
  for (const scheme of store.workTypeSchemes.all()) {
    scheme.workTypeIds = scheme.workTypeIds.filter((id) => id !== type.id);
    if (scheme.defaultWorkTypeId === type.id) delete scheme.defaultWorkTypeId;
  }
  for (const scheme of [...store.workflowSchemes.all(), ...store.workTypeScreenSchemes.all()]) delete scheme.mappings[type.id];
  for (const field of store.fields.all()) {
    for (const context of field.contexts) context.workTypeIds = context.workTypeIds.filter((id) => id !== type.id);
  }
  for (const one of store.avatars.filter(({ type: kind, ownerId }) => kind === 'issuetype' && ownerId === type.id)) store.avatars.delete(one.id);
  store.workTypes.delete(type.id);
}

export const typeOperations: Operation[] = [
  ...personsOnly([
    operation('getIssueAllTypes', 'GET', '/rest/api/3/issuetype', (call) => {
      const { store } = call.jira;
      const person = requirePerson(call);
      const seen = store.projects.filter((one) => hasPermission(store, person, 'BROWSE_PROJECTS', one)).flatMap((one) => workTypesOf(store, one.id));
      const types = isAdministrator(store, person) ? store.workTypes.all() : store.workTypes.filter((one) => seen.includes(one));
      return ok(types.map((one) => workTypeBean(call.jira, one)));
    }),
    operation('getIssueType', 'GET', '/rest/api/3/issuetype/{id}', ({ jira, params }) =>
      ok(workTypeBean(jira, rowOr404(jira.store.workTypes, params.id, unknown))),
    ),
    operation('getAlternativeIssueTypes', 'GET', '/rest/api/3/issuetype/{id}/alternatives', ({ jira, params }) =>
      ok(alternativesOf(jira.store, rowOr404(jira.store.workTypes, params.id, unknown)).map((one) => workTypeBean(jira, one))),
    ),
    operation('getIssueTypesForProject', 'GET', '/rest/api/3/issuetype/project', (call) => {
      const { store } = call.jira;
      const projectId = call.query.get('projectId');
      if (!projectId) throw badRequest('The ID of a project has to be provided.');
      const project = rowOr404(store.projects, projectId, 'The project was not found.');
      if (!hasPermission(store, call.person, 'BROWSE_PROJECTS', project)) throw notFound('The project was not found.');
      const level = call.query.get('level');
      const types = workTypesOf(store, project.id).filter((one) => level === null || one.hierarchyLevel === Number(level));
      return ok(types.map((one) => workTypeBean(call.jira, one)));
    }),
  ]),
  ...administratorsOnly('Only Jira administrators can manage issue types.', [
    operation('createIssueType', 'POST', '/rest/api/3/issuetype', newType, ({ jira, body }) => {
      if (nameTaken(jira.store.workTypes, body.name)) throw taken();
      const hierarchyLevel = body.hierarchyLevel ?? (body.type === 'subtask' ? -1 : 0);
      const type = jira.store.workTypes.put({
        id: jira.store.nextId('workType'),
        name: body.name,
        description: body.description ?? '',
        hierarchyLevel,
        avatarId: hierarchyLevel === -1 ? DEFAULT_AVATAR.subtask : DEFAULT_AVATAR.standard,
      });
      existing(jira.store.workTypeSchemes, DEFAULTS.workTypeScheme).workTypeIds.push(type.id);
      return created(workTypeBean(jira, type));
    }),
    operation('updateIssueType', 'PUT', '/rest/api/3/issuetype/{id}', change, ({ jira, params, body }) => {
      const type = rowOr404(jira.store.workTypes, params.id, unknown);
      if (Object.values(body).every((one) => one === undefined)) throw badRequest('No content was sent.');
      if (body.name && nameTaken(jira.store.workTypes, body.name, type.id)) throw taken();
      const { avatarId, ...rest } = body;
      if (avatarId !== undefined && !mayShow(jira.store, 'issuetype', type.id, String(avatarId))) {
        throw badRequest('The avatar is not associated with this issue type.');
      }
      return ok(workTypeBean(jira, jira.store.workTypes.put(merged(type, { ...rest, avatarId: avatarId?.toString() }))));
    }),
    operation('deleteIssueType', 'DELETE', '/rest/api/3/issuetype/{id}', ({ jira, params, query }) => {
      const { store } = jira;
      const type = rowOr404(store.workTypes, params.id, unknown);
      const alternative = query.get('alternativeIssueTypeId') ?? undefined;
      const users = store.issues.filter((one) => one.workTypeId === type.id);
      if (users.length > 0 || alternative !== undefined) {
        const other = rowOr404(store.workTypes, alternative, 'The issue type is in use and no alternative was found.');
        if (other === type || (other.hierarchyLevel === -1) !== (type.hierarchyLevel === -1))
          throw conflict('The alternative issue type does not fit.');
        if (users.some((issue) => !isAlternative(store, issue.projectId, type, other))) {
          throw badRequest(
            'Some issues cannot be given the alternative issue type: their projects do not offer it with the same workflow and screens.',
          );
        }
        for (const issue of users) {
          issue.workTypeId = other.id;
          store.putIssue(issue);
        }
      }
      forget(store, type);
      return noContent();
    }),
  ]),
];
