/** Pure reads over the store that every surface needs: which workflow, screen, field context, role and right apply where. */
import type {
  Field,
  FieldContext,
  Group,
  Issue,
  PermissionGrant,
  Project,
  Screen,
  SecurityLevel,
  Store,
  Table,
  User,
  Workflow,
  WorkType,
} from './store';

export const ADMINISTRATORS_GROUP = 'jira-administrators';
/** Being a member is having a licence. */
export const USERS_GROUP = 'jira-users';
export const APP_ROLE = 'atlassian-addons-project-access';

/** Ids of the rows that every site is born with. */
export const DEFAULTS = {
  workTypeScheme: '10000',
  workflowScheme: '0',
  workTypeScreenScheme: '1',
  screenScheme: '1',
  screen: '1',
  permissionScheme: '0',
} as const;

/** The row a reference points at. A dangling reference is a fault of the site itself, never of a caller. */
export function existing<T extends { id: string }>(table: Table<T>, id: string): T {
  const row = table.get(id);
  if (!row) throw new Error(`The site holds a reference to ${id}, which does not exist.`);
  return row;
}

export const groupNamed = (store: Store, name: string): Group | undefined =>
  store.groups.find((one) => one.name.toLowerCase() === name.toLowerCase());

const memberOf = (store: Store, user: User, groupName: string): boolean => groupNamed(store, groupName)?.members.includes(user.id) ?? false;

/** The workflow that work items of this type follow in this project. */
export function workflowFor(store: Store, projectId: string, workTypeId: string): Workflow {
  const scheme = existing(store.workflowSchemes, existing(store.projects, projectId).workflowSchemeId);
  return existing(store.workflows, scheme.mappings[workTypeId] ?? scheme.defaultWorkflowId);
}

/** The screen shown for an operation on work items of this type in this project. */
export function screenFor(store: Store, projectId: string, workTypeId: string, operation: 'create' | 'edit' | 'view'): Screen {
  const byType = existing(store.workTypeScreenSchemes, existing(store.projects, projectId).workTypeScreenSchemeId);
  const { screens } = existing(store.screenSchemes, byType.mappings[workTypeId] ?? byType.defaultScreenSchemeId);
  return existing(store.screens, screens[operation] ?? screens.default);
}

/** The fields of a screen in the order of its tabs. */
export const fieldsOf = (store: Store, screen: Screen): Field[] =>
  screen.tabs.flatMap((tab) => tab.fieldIds).flatMap((id) => store.fields.get(id) ?? []);

/** The work types a project offers, in the order of its scheme. */
export const workTypesOf = (store: Store, projectId: string): WorkType[] =>
  existing(store.workTypeSchemes, existing(store.projects, projectId).workTypeSchemeId).workTypeIds.map((id) => existing(store.workTypes, id));

/** Whether somebody holds Administer Jira. An app's own user counts: its scopes are judged before the request reaches Jira. */
export const isAdministrator = (store: Store, user: User | undefined): boolean =>
  !!user?.active && (user.accountType === 'app' || memberOf(store, user, ADMINISTRATORS_GROUP));

/** Whether somebody may use Jira at all, which is what the permission holder "application role" asks. */
export const isLicensed = (store: Store, user: User): boolean =>
  user.active && user.accountType !== 'customer' && (user.accountType === 'app' || memberOf(store, user, USERS_GROUP));

/** Ids of the roles somebody holds in a project, directly or through a group. */
export const rolesOfUser = (store: Store, project: Project, accountId: string): string[] =>
  Object.entries(project.roleActors)
    .filter(([, { users, groups }]) => users.includes(accountId) || groups.some((id) => store.groups.get(id)?.members.includes(accountId)))
    .map(([roleId]) => roleId);

function holds(store: Store, user: User | undefined, holder: PermissionGrant['holder'], project: Project, issue: Issue | undefined): boolean {
  if (holder.type === 'anyone') return true;
  if (!user?.active) return false;
  switch (holder.type) {
    case 'applicationRole':
      return isLicensed(store, user);
    case 'reporter':
    case 'assignee':
      return issue?.fields[holder.type] === user.id;
    case 'projectLead':
      return project.leadAccountId === user.id;
    case 'projectRole':
      return rolesOfUser(store, project, user.id).includes(holder.roleId);
    case 'group':
      return store.groups.get(holder.groupId)?.members.includes(user.id) ?? false;
    case 'user':
      return holder.accountId === user.id;
  }
}

/** The level that closes a work item to everybody outside it. */
function securityLevelOf(store: Store, project: Project, issue: Issue): SecurityLevel | undefined {
  const id = issue.fields.security;
  if (id === undefined || project.securitySchemeId === undefined) return undefined;
  return existing(store.securitySchemes, project.securitySchemeId).levels.find((one) => one.id === id);
}

/** Whether somebody is in the security level of a work item; one without a level is open to all. */
const isInLevel = (store: Store, user: User | undefined, project: Project, issue: Issue): boolean =>
  securityLevelOf(store, project, issue)?.members.some(({ holder }) => holds(store, user, holder, project, issue)) ?? true;

/**
 * Whether the project's permission scheme gives somebody (or, without a user, everybody) a project permission.
 * Nobody has any on a work item whose security level they are not in.
 */
export const hasPermission = (store: Store, user: User | undefined, permission: string, project: Project, issue?: Issue): boolean =>
  (project.archived === undefined || permission === 'BROWSE_PROJECTS') &&
  (issue === undefined || isInLevel(store, user, project, issue)) &&
  existing(store.permissionSchemes, project.permissionSchemeId).grants.some(
    (grant) => grant.permission === permission && holds(store, user, grant.holder, project, issue),
  );

/** The context of a custom field that applies to a work type in a project; one made for the project goes before a global one. */
export function fieldContextFor(field: Field, projectId: string, workTypeId: string): FieldContext | undefined {
  const own = field.contexts.find((one) => one.projectIds.includes(projectId));
  const context = own ?? field.contexts.find((one) => one.projectIds.length === 0);
  return context && (context.workTypeIds.length === 0 || context.workTypeIds.includes(workTypeId)) ? context : undefined;
}
