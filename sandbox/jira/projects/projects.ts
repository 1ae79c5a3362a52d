import { z } from 'zod';
import { projectBean, statusBean, userBean, workTypeBean } from '../beans';
import { administratorsOnly, chosenBy, idSchema, listOf, nameSchema, nameTaken, personsOnly } from '../configure';
import { ADMINISTRATORS_GROUP, DEFAULTS, existing, groupNamed, hasPermission, isAdministrator, workflowFor, workTypesOf } from '../lookups';
import { badRequest, created, fieldErrors, jiraDate, ok, operation, page, type Jira, type Operation } from '../rest';
import type { Project, Store } from '../store';
import { admitApps } from './apps';
import { administeredProject, visibleProject } from './find';

/** OpenAPI: CreateProjectDetails; the key's form is the one a new site asks for. */
const NAME_LENGTH = 80;
export const KEY_LENGTH = 10;
const KEY_FORM = /^[A-Z][A-Z0-9]+$/;

const EXPANDABLE = 'description,lead,issueTypes,url,projectKeys,permissions,insight';

const keySchema = z.string().min(1);
const assigneeSchema = z.enum(['PROJECT_LEAD', 'UNASSIGNED']);
const typeSchema = z.enum(['software', 'service_desk', 'business']);

const changeSchema = z.object({
  name: nameSchema(NAME_LENGTH).optional(),
  key: keySchema.optional(),
  description: z.string().optional(),
  leadAccountId: z.string().optional(),
  assigneeType: assigneeSchema.optional(),
  permissionScheme: idSchema.optional(),
});

const newSchema = changeSchema.extend({
  name: nameSchema(NAME_LENGTH),
  key: keySchema,
  projectTypeKey: typeSchema.optional(),
  projectTemplateKey: z.string().optional(),
  issueTypeScheme: idSchema.optional(),
  workflowScheme: idSchema.optional(),
  issueTypeScreenScheme: idSchema.optional(),
});

const TEMPLATE_TYPES: Record<string, z.infer<typeof typeSchema>> = {
  'com.pyxis.greenhopper.jira': 'software',
  'com.atlassian.servicedesk': 'service_desk',
  'com.atlassian.jira-core-project-templates': 'business',
};

function searchBean(jira: Jira, project: Project, expand: string[]) {
  return {
    expand: EXPANDABLE,
    ...projectBean(jira, project),
    style: 'classic',
    isPrivate: false,
    properties: {},
    ...(expand.includes('description') && { description: project.description }),
    ...(expand.includes('lead') && { lead: userBean(jira, existing(jira.store.users, project.leadAccountId)) }),
    ...(project.archived && {
      archived: true,
      archivedDate: jiraDate(project.archived.at),
      archivedBy: userBean(jira, existing(jira.store.users, project.archived.by)),
    }),
    ...(expand.includes('issueTypes') && { issueTypes: workTypesOf(jira.store, project.id).map((one) => workTypeBean(jira, one)) }),
  };
}

export function projectDetailsBean(jira: Jira, project: Project) {
  return {
    ...searchBean(jira, project, ['description', 'lead', 'issueTypes']),
    components: [],
    versions: [],
    assigneeType: project.assigneeType,
    roles: Object.fromEntries(jira.store.roles.all().map((role) => [role.name, `${jira.baseUrl}/rest/api/3/project/${project.id}/role/${role.id}`])),
  };
}

/** What is wrong with a key, a name and a lead, by the names that Jira gives these fields in its refusals. */
export function faults(
  store: Store,
  given: { key?: string | undefined; name?: string | undefined; leadAccountId?: string | undefined },
  ownId?: string,
) {
  const errors: Record<string, string> = {};
  if (given.key !== undefined) {
    const owner = [...store.projects.all(), ...store.deletedProjects.all().map(({ project }) => project)].find(
      (one) => one.key === given.key && one.id !== ownId,
    );
    if (owner) errors.projectKey = `Project '${owner.name}' uses this project key.`;
    else if (!KEY_FORM.test(given.key)) {
      errors.projectKey = 'Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters.';
    } else if (given.key.length > KEY_LENGTH) errors.projectKey = `The project key must not exceed ${KEY_LENGTH} characters in length.`;
  }
  if (given.name !== undefined && nameTaken(store.projects, given.name, ownId)) errors.projectName = 'A project with that name already exists.';
  if (given.leadAccountId !== undefined) {
    const lead = store.users.get(given.leadAccountId);
    if (!lead?.active || lead.accountType === 'customer') errors.projectLead = 'The specified user is not a valid project lead.';
  }
  return errors;
}

function refuse(errors: Record<string, string>): void {
  if (Object.keys(errors).length > 0) throw fieldErrors(errors);
}

/** The actors every role of a new project begins with. */
function firstActors(store: Store): Project['roleActors'] {
  const administrators = groupNamed(store, ADMINISTRATORS_GROUP);
  return Object.fromEntries(
    store.roles.all().map((role) => [role.id, { users: [], groups: role.name === 'Administrators' && administrators ? [administrators.id] : [] }]),
  );
}

function rename(store: Store, project: Project, key: string): void {
  project.key = key;
  for (const issue of store.issues.filter((one) => one.projectId === project.id)) {
    issue.key = `${key}-${issue.key.slice(issue.key.lastIndexOf('-') + 1)}`;
    store.putIssue(issue);
  }
}

const ACTIONS: Record<string, string> = { view: 'BROWSE_PROJECTS', browse: 'BROWSE_PROJECTS', edit: 'ADMINISTER_PROJECTS', create: 'CREATE_ISSUES' };

const ORDERS: Record<string, (a: Project, b: Project) => number> = {
  key: (a, b) => a.key.localeCompare(b.key),
  '-key': (a, b) => b.key.localeCompare(a.key),
  name: (a, b) => a.name.localeCompare(b.name),
  '-name': (a, b) => b.name.localeCompare(a.name),
};

export const projectOperations: Operation[] = [
  // Deprecated, and what older clients ask for: the projects a person may browse or administer, all at once.
  operation('getAllProjects', 'GET', '/rest/api/3/project', ({ jira, person }) => {
    const { store } = jira;
    const seen = store.projects.filter(
      (one) => !one.archived && (hasPermission(store, person, 'BROWSE_PROJECTS', one) || isAdministrator(store, person)),
    );
    return ok(seen.map((one) => searchBean(jira, one, [])));
  }),
  operation('searchProjects', 'GET', '/rest/api/3/project/search', ({ jira, query, person }) => {
    const { store } = jira;
    const text = query.get('query')?.toLowerCase() ?? '';
    const types = listOf(query, 'typeKey');
    const asked = listOf(query, 'status');
    const states = asked.length === 0 ? ['live'] : asked;
    const permission = ACTIONS[query.get('action') ?? 'view'];
    if (!permission) throw badRequest('The action is unknown.');
    const may = (one: Project) => hasPermission(store, person, permission, one) || (permission !== 'CREATE_ISSUES' && isAdministrator(store, person));
    const rows = chosenBy(
      query,
      'keys',
      chosenBy(query, 'id', store.projects.all(), ({ id }) => id),
      ({ key }) => key,
    )
      .filter((one) => states.includes(one.archived ? 'archived' : 'live') && may(one) && (types.length === 0 || types.includes(one.projectTypeKey)))
      .filter((one) => one.name.toLowerCase().includes(text) || one.key.toLowerCase().includes(text))
      .sort(ORDERS[query.get('orderBy') ?? 'key'] ?? ORDERS.key);
    const expand = listOf(query, 'expand');
    return ok({
      self: `${jira.baseUrl}/rest/api/3/project/search`,
      ...page(
        query,
        rows.map((one) => searchBean(jira, one, expand)),
      ),
    });
  }),
  operation('getProject', 'GET', '/rest/api/3/project/{projectIdOrKey}', (call) => ok(projectDetailsBean(call.jira, visibleProject(call)))),
  operation('getAllStatuses', 'GET', '/rest/api/3/project/{projectIdOrKey}/statuses', (call) => {
    const { store } = call.jira;
    const project = visibleProject(call);
    return ok(
      workTypesOf(store, project.id).map((type) => ({
        self: `${call.jira.baseUrl}/rest/api/3/issuetype/${type.id}`,
        id: type.id,
        name: type.name,
        subtask: type.hierarchyLevel === -1,
        statuses: workflowFor(store, project.id, type.id).statuses.map((one) => statusBean(call.jira, existing(store.statuses, one.statusId))),
      })),
    );
  }),
  ...personsOnly([
    operation('updateProject', 'PUT', '/rest/api/3/project/{projectIdOrKey}', changeSchema, (call) => {
      const { store } = call.jira;
      const project = administeredProject(call);
      const { key, permissionScheme, ...rest } = call.body;
      refuse(faults(store, call.body, project.id));
      if (permissionScheme !== undefined && !store.permissionSchemes.get(permissionScheme)) throw badRequest('The permission scheme was not found.');
      project.name = rest.name ?? project.name;
      project.description = rest.description ?? project.description;
      project.leadAccountId = rest.leadAccountId ?? project.leadAccountId;
      project.assigneeType = rest.assigneeType ?? project.assigneeType;
      project.permissionSchemeId = permissionScheme ?? project.permissionSchemeId;
      if (key !== undefined && key !== project.key) rename(store, project, key);
      return ok(projectDetailsBean(call.jira, project));
    }),
  ]),
  ...administratorsOnly('You do not have permission to create projects.', [
    operation('createProject', 'POST', '/rest/api/3/project', newSchema, ({ jira, body }) => {
      const { store } = jira;
      const errors = faults(store, body);
      if (body.leadAccountId === undefined) errors.projectLead = 'You must specify a valid project lead.';
      const projectTypeKey = body.projectTypeKey ?? TEMPLATE_TYPES[body.projectTemplateKey?.split(':')[0] ?? ''];
      if (!projectTypeKey) errors.projectType = 'A project type or a project template has to be provided.';
      const schemes = {
        workTypeSchemeId: body.issueTypeScheme ?? DEFAULTS.workTypeScheme,
        workflowSchemeId: body.workflowScheme ?? DEFAULTS.workflowScheme,
        workTypeScreenSchemeId: body.issueTypeScreenScheme ?? DEFAULTS.workTypeScreenScheme,
        permissionSchemeId: body.permissionScheme ?? DEFAULTS.permissionScheme,
      };
      if (!store.workTypeSchemes.get(schemes.workTypeSchemeId)) errors.issueTypeScheme = 'The issue type scheme was not found.';
      if (!store.workflowSchemes.get(schemes.workflowSchemeId)) errors.workflowScheme = 'The workflow scheme was not found.';
      if (!store.workTypeScreenSchemes.get(schemes.workTypeScreenSchemeId))
        errors.issueTypeScreenScheme = 'The issue type screen scheme was not found.';
      if (!store.permissionSchemes.get(schemes.permissionSchemeId)) errors.permissionScheme = 'The permission scheme was not found.';
      refuse(errors);
      const project = store.projects.put({
        id: store.nextId('project'),
        key: body.key,
        name: body.name,
        description: body.description ?? '',
        projectTypeKey: projectTypeKey ?? 'software',
        leadAccountId: body.leadAccountId ?? '',
        assigneeType: body.assigneeType ?? 'UNASSIGNED',
        ...schemes,
        roleActors: firstActors(store),
        properties: {},
        issueCounter: 0,
      });
      admitApps(store, project);
      return created({ self: `${jira.baseUrl}/rest/api/3/project/${project.id}`, id: Number(project.id), key: project.key });
    }),
  ]),
];
