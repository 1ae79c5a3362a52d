/** Persons and groups. */
import { groupBean, userBean } from '../beans';
import { hasPermission } from '../lookups';
import type { Json, Project, Store } from '../store';
import { FieldError, isObject, listOf, type Codec } from './codec';

/** The account id that a REST form names, without asking whether somebody has it. */
export function accountIdOf(input: Json): string {
  const id = isObject(input) ? (input.accountId ?? input.id) : undefined;
  if (typeof id !== 'string' || id === '') throw new FieldError("Specify a valid 'accountId' or 'id' in an object");
  return id;
}

export const userpicker: Codec = {
  type: 'user',
  parse(input, { jira }) {
    const id = accountIdOf(input);
    if (!jira.store.users.get(id)) throw new FieldError(`User with account ID '${id}' was not found.`);
    return id;
  },
  render(stored, { jira }) {
    const user = jira.store.users.get(String(stored));
    return user ? userBean(jira, user) : null;
  },
  id: (stored) => String(stored),
  text: (stored, { jira }) => jira.store.users.get(String(stored))?.displayName ?? String(stored),
  words: (stored, { jira }) => {
    const user = jira.store.users.get(String(stored));
    return [String(stored), ...(user ? [user.displayName, user.emailAddress] : [])];
  },
  rank: (stored, { jira }) => jira.store.users.get(String(stored))?.displayName.toLowerCase() ?? '',
};

export const multiuserpicker: Codec = listOf(userpicker);

/** Who gets a work item that is to be assigned automatically. */
export const defaultAssignee = (project: Project): string | null => (project.assigneeType === 'PROJECT_LEAD' ? project.leadAccountId : null);

/** Account id that stands for the default assignee (OpenAPI: assignIssue). */
const AUTOMATIC = '-1';

export const assignee: Codec = {
  ...userpicker,
  parse(input, setting) {
    if (isObject(input) && input.accountId === null) return null;
    const { store } = setting.jira;
    const project = store.projects.get(setting.projectId);
    if (!project) throw new FieldError('Assignee is not allowed without a project.');
    if (accountIdOf(input) === AUTOMATIC) return defaultAssignee(project);
    const id = userpicker.parse(input, setting);
    const user = store.users.get(String(id));
    if (!isAssignable(store, project, String(id))) throw new FieldError(`User '${user?.displayName ?? String(id)}' cannot be assigned issues.`);
    return id;
  },
};

/** Whether somebody may be the assignee in a project. */
export const isAssignable = (store: Store, project: Project, accountId: string): boolean =>
  hasPermission(store, store.users.get(accountId), 'ASSIGNABLE_USER', project);

export const grouppicker: Codec = {
  type: 'group',
  parse(input, { jira }) {
    const { groupId, name } = isObject(input) ? input : {};
    const group = jira.store.groups.find((one) => (groupId ? one.id === groupId : one.name === name));
    if (!group) throw new FieldError(`Group '${String(groupId ?? name)}' was not found.`);
    return group.id;
  },
  render(stored, { jira }) {
    const group = jira.store.groups.get(String(stored));
    return group ? groupBean(jira, group) : null;
  },
  id: (stored) => String(stored),
  text: (stored, { jira }) => jira.store.groups.get(String(stored))?.name ?? String(stored),
  words: (stored, { jira }) => [String(stored), jira.store.groups.get(String(stored))?.name ?? ''],
};

export const multigrouppicker: Codec = listOf(grouppicker);
