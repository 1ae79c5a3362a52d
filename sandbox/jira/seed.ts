/** What a Jira Cloud site holds on its first day. */
import { randomUUID } from 'node:crypto';
import { ADMINISTRATORS_GROUP, APP_ROLE, DEFAULTS, USERS_GROUP } from './lookups';
import { PROJECT_PERMISSIONS, ROLE_ONLY_PERMISSIONS } from './permissions/catalogue';
import type { Moment, PermissionGrant, StatusCategory, Store, WorkflowTransition } from './store';

const SITE_ADMINISTRATOR = { displayName: 'Site administrator', emailAddress: 'admin@site.example' };

const STATUSES: [name: string, category: StatusCategory][] = [
  ['To Do', 'TODO'],
  ['In Progress', 'IN_PROGRESS'],
  ['Done', 'DONE'],
];

const WORK_TYPES: [name: string, hierarchyLevel: number, avatarId: string, description: string][] = [
  ['Task', 0, '10318', 'A small, distinct piece of work.'],
  ['Bug', 0, '10303', 'A problem or error.'],
  ['Story', 0, '10315', 'Functionality expressed as a user goal.'],
  ['Epic', 1, '10307', 'A big piece of work that holds smaller ones.'],
];

const SYSTEM_FIELDS: [id: string, name: string][] = [
  ['summary', 'Summary'],
  ['description', 'Description'],
  ['issuetype', 'Issue Type'],
  ['status', 'Status'],
  ['priority', 'Priority'],
  ['resolution', 'Resolution'],
  ['assignee', 'Assignee'],
  ['reporter', 'Reporter'],
  ['creator', 'Creator'],
  ['labels', 'Labels'],
  ['security', 'Security Level'],
  ['duedate', 'Due date'],
  ['created', 'Created'],
  ['updated', 'Updated'],
  ['resolutiondate', 'Resolved'],
  ['statuscategorychangedate', 'Status Category Changed'],
  ['issuelinks', 'Linked Issues'],
  ['attachment', 'Attachment'],
  ['comment', 'Comment'],
  ['parent', 'Parent'],
  ['project', 'Project'],
];

const SCREEN_FIELDS = [
  'summary',
  'issuetype',
  'reporter',
  'description',
  'priority',
  'labels',
  'assignee',
  'duedate',
  'issuelinks',
  'attachment',
  'parent',
];

const PRIORITIES: [name: string, statusColor: string, description: string][] = [
  ['Highest', '#d04437', 'This problem will block progress.'],
  ['High', '#f15C75', 'Serious problem that could block progress.'],
  ['Medium', '#f79232', 'Has the potential to affect progress.'],
  ['Low', '#707070', 'Minor problem or easily worked around.'],
  ['Lowest', '#999999', 'Trivial problem with little or no impact on progress.'],
];

const DEFAULT_PRIORITY = 'Medium';

const RESOLUTIONS: [name: string, description: string][] = [
  ['Done', 'Work has been completed.'],
  ["Won't Do", 'This will not be acted upon.'],
  ['Duplicate', 'The same is asked for elsewhere.'],
];

const LINK_TYPES: [name: string, inward: string, outward: string][] = [
  ['Blocks', 'is blocked by', 'blocks'],
  ['Cloners', 'is cloned by', 'clones'],
  ['Duplicate', 'is duplicated by', 'duplicates'],
  ['Relates', 'relates to', 'relates to'],
];

/** Fills an empty store. Answers the administrator's account id. */
export function seed(store: Store, now: Moment): string {
  const admin = store.users.put({ id: `712020:${randomUUID()}`, ...SITE_ADMINISTRATOR, accountType: 'atlassian', active: true, timeZone: 'Etc/UTC' });
  for (const name of [ADMINISTRATORS_GROUP, USERS_GROUP]) store.groups.put({ id: randomUUID(), name, members: [admin.id] });

  for (const [name, category] of STATUSES) store.statuses.put({ id: store.nextId('status'), name, description: '', category });
  for (const [id, name] of SYSTEM_FIELDS) store.fields.put({ id, name, description: '', kind: 'system', contexts: [] });
  for (const [name, statusColor, description] of PRIORITIES)
    store.priorities.put({ id: store.nextId('priority', 1), name, description, statusColor, ...(name === DEFAULT_PRIORITY && { isDefault: true }) });
  for (const [name, description] of RESOLUTIONS) store.resolutions.put({ id: store.nextId('resolution'), name, description });
  for (const [name, inward, outward] of LINK_TYPES) store.linkTypes.put({ id: store.nextId('linkType'), name, inward, outward });
  for (const [name, hierarchyLevel, avatarId, description] of WORK_TYPES) {
    store.workTypes.put({ id: store.nextId('workType'), name, description, hierarchyLevel, avatarId });
  }

  seedWorkflow(store, now);
  seedSchemes(store);
  seedPermissions(store);
  return admin.id;
}

function seedWorkflow(store: Store, now: Moment): void {
  const statuses = store.statuses.all();
  const transition = (id: string, type: 'INITIAL' | 'GLOBAL', name: string, toStatusId: string | undefined): WorkflowTransition => ({
    id,
    type,
    name,
    description: '',
    ...(toStatusId && { toStatusId }),
    links: [],
    validators: [],
    actions: [],
    triggers: [],
    properties: {},
  });
  const workflow = store.workflows.put({
    id: randomUUID(),
    name: 'jira',
    description: 'The default Jira workflow.',
    version: { id: randomUUID(), versionNumber: 0 },
    scope: { type: 'GLOBAL' },
    isEditable: false,
    statuses: statuses.map(({ id }) => ({ statusId: id, properties: {} })),
    transitions: [
      transition('1', 'INITIAL', 'Create', statuses[0]?.id),
      ...statuses.map((status, index) => transition(String(index + 1) + '1', 'GLOBAL', status.name, status.id)),
    ],
    created: now,
    updated: now,
  });
  store.workflowSchemes.put({
    id: DEFAULTS.workflowScheme,
    name: 'Default Workflow Scheme',
    description: 'The workflow scheme of a project that was given none.',
    defaultWorkflowId: workflow.id,
    mappings: {},
  });
}

function seedSchemes(store: Store): void {
  const workTypeIds = store.workTypes.all().map((one) => one.id);
  store.workTypeSchemes.put({
    id: store.nextId('workTypeScheme', Number(DEFAULTS.workTypeScheme)),
    name: 'Default Issue Type Scheme',
    description: 'Default issue type scheme is the list of global issue types.',
    ...(workTypeIds[0] && { defaultWorkTypeId: workTypeIds[0] }),
    workTypeIds,
  });
  const tab = { id: store.nextId('screenTab'), name: 'Field Tab', fieldIds: [...SCREEN_FIELDS] };
  store.screens.put({ id: DEFAULTS.screen, name: 'Default Screen', description: 'The screen shown where nothing else was chosen.', tabs: [tab] });
  store.screenSchemes.put({
    id: DEFAULTS.screenScheme,
    name: 'Default Screen Scheme',
    description: 'Default Screen Scheme',
    screens: { default: DEFAULTS.screen },
  });
  store.workTypeScreenSchemes.put({
    id: DEFAULTS.workTypeScreenScheme,
    name: 'Default Issue Type Screen Scheme',
    description: 'The default issue type screen scheme',
    defaultScreenSchemeId: DEFAULTS.screenScheme,
    mappings: {},
  });
}

function seedPermissions(store: Store): void {
  const role = (name: string, description: string): string => store.roles.put({ id: store.nextId('role', 10_002), name, description }).id;
  const administrators = role('Administrators', 'People who administer a space.');
  const apps = role(APP_ROLE, 'Held by the apps of the site in every space.');
  const grant = (permission: string, holder: PermissionGrant['holder']): PermissionGrant => ({ permission, holder });
  store.permissionSchemes.put({
    id: DEFAULTS.permissionScheme,
    name: 'Default Permission Scheme',
    description: 'The permission scheme of a project that was given none.',
    grants: PROJECT_PERMISSIONS.flatMap((key) => [
      grant(key, ROLE_ONLY_PERMISSIONS.includes(key) ? { type: 'projectRole', roleId: administrators } : { type: 'applicationRole' }),
      grant(key, { type: 'projectRole', roleId: apps }),
    ]),
  });
}
