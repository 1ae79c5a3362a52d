/** Comments that only a role of the project or a group may read. */
import { existing, groupNamed, rolesOfUser } from '../lookups';
import { badRequest, type Jira } from '../rest';
import type { Comment, Issue, Json, User } from '../store';

type Visibility = NonNullable<Comment['visibility']>;

/** Whether somebody is among those that a comment is for. */
function isIn({ store }: Jira, person: User | undefined, projectId: string, visibility: Visibility): boolean {
  if (!person) return false;
  return visibility.type === 'role'
    ? rolesOfUser(store, existing(store.projects, projectId), person.id).includes(visibility.roleId)
    : (store.groups.get(visibility.groupId)?.members.includes(person.id) ?? false);
}

/** The comments of a work item that somebody may read. */
export const readableComments = (jira: Jira, person: User | undefined, issue: Issue): Comment[] =>
  issue.comments.every((one) => one.visibility === undefined)
    ? issue.comments
    : issue.comments.filter(({ visibility }) => visibility === undefined || isIn(jira, person, issue.projectId, visibility));

/** As requests name it. */
export interface NamedVisibility {
  type?: 'role' | 'group' | undefined;
  value?: string | null | undefined;
  identifier?: string | null | undefined;
}

/** Who a comment is to be for; 400 for a role or a group that its author is not in. */
export function visibilityOf(jira: Jira, person: User | undefined, projectId: string, { type, value, identifier }: NamedVisibility): Visibility {
  const { store } = jira;
  const name = value ?? identifier ?? '';
  if (type === 'role') {
    const role = store.roles.get(identifier ?? '') ?? store.roles.find((one) => one.name === value);
    const visibility = { type, roleId: role?.id ?? '' };
    if (!role || !isIn(jira, person, projectId, visibility)) throw badRequest(`You are currently not a member of the project role: ${name}.`);
    return visibility;
  }
  if (type !== 'group') throw badRequest("The visibility has to be of type 'role' or 'group'.");
  const group = store.groups.get(identifier ?? '') ?? groupNamed(store, value ?? '');
  const visibility = { type, groupId: group?.id ?? '' };
  if (!group || !isIn(jira, person, projectId, visibility)) throw badRequest(`You are currently not a member of the group: ${name}.`);
  return visibility;
}

/** As answers show it; nothing for a role or a group that is gone. */
export function visibilityBean({ store }: Jira, { visibility }: Comment): { [key: string]: Json } {
  if (!visibility) return {};
  const [identifier, row] =
    visibility.type === 'role' ? [visibility.roleId, store.roles.get(visibility.roleId)] : [visibility.groupId, store.groups.get(visibility.groupId)];
  return { visibility: { type: visibility.type, value: row?.name ?? '', identifier } };
}
