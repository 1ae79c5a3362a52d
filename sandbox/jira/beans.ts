/** How Jira writes down, wherever they turn up in an answer, the things that several surfaces share. */
import type { Group, LinkType, Priority, Project, Resolution, Role, SecurityLevel, Status, StatusCategory, User, WorkType } from './store';
import { fallbackAvatar } from './avatars/avatars';
import type { Jira } from './rest';

const api = (jira: Jira, path: string): string => `${jira.baseUrl}/rest/api/3/${path}`;

const AVATAR_SIZES = { '48x48': '', '24x24': '?size=small', '16x16': '?size=xsmall', '32x32': '?size=medium' };

const avatarUrls = (jira: Jira, type: 'user' | 'project', avatarId: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(AVATAR_SIZES).map(([size, query]) => [size, api(jira, `universal_avatar/view/type/${type}/avatar/${avatarId}${query}`)]),
  );

export const STATUS_CATEGORIES: Record<StatusCategory, { id: number; key: string; colorName: string; name: string }> = {
  TODO: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  IN_PROGRESS: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  DONE: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
};

/** A status category as it stands inside a status. */
export function statusCategoryBean(jira: Jira, category: StatusCategory) {
  const bean = STATUS_CATEGORIES[category];
  return { self: api(jira, `statuscategory/${bean.id}`), ...bean };
}

/** A status as it stands in a work item, a transition and the older status operations. */
export function statusBean(jira: Jira, status: Status) {
  return {
    self: api(jira, `status/${status.id}`),
    description: status.description,
    iconUrl: `${jira.baseUrl}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: statusCategoryBean(jira, status.category),
  };
}

/** A person or an app. */
export function userBean(jira: Jira, user: User) {
  return {
    self: api(jira, `user?accountId=${encodeURIComponent(user.id)}`),
    accountId: user.id,
    accountType: user.accountType,
    emailAddress: user.emailAddress,
    avatarUrls: avatarUrls(jira, 'user', 'default'),
    displayName: user.displayName,
    active: user.active,
    timeZone: user.timeZone,
  };
}

/** A group's name card. */
export function groupBean(jira: Jira, group: Group) {
  return { name: group.name, groupId: group.id, self: api(jira, `group?groupId=${group.id}`) };
}

/** A work type, in Jira's words an issue type. */
export function workTypeBean(jira: Jira, type: WorkType) {
  return {
    self: api(jira, `issuetype/${type.id}`),
    id: type.id,
    description: type.description,
    iconUrl: api(jira, `universal_avatar/view/type/issuetype/avatar/${type.avatarId}?size=medium`),
    name: type.name,
    subtask: type.hierarchyLevel === -1,
    avatarId: Number(type.avatarId),
    hierarchyLevel: type.hierarchyLevel,
  };
}

/** A project as it stands inside a work item; getProject tells more. */
export function projectBean(jira: Jira, project: Project) {
  return {
    self: api(jira, `project/${project.id}`),
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: project.projectTypeKey,
    simplified: false,
    avatarUrls: avatarUrls(jira, 'project', project.avatarId ?? fallbackAvatar('project')),
  };
}

/** A priority. */
export function priorityBean(jira: Jira, priority: Priority) {
  return {
    self: api(jira, `priority/${priority.id}`),
    statusColor: priority.statusColor,
    description: priority.description,
    iconUrl: priority.avatarId
      ? api(jira, `universal_avatar/view/type/priority/avatar/${priority.avatarId}?size=medium`)
      : `${jira.baseUrl}${priority.iconUrl ?? `/images/icons/priorities/${priority.name.toLowerCase()}.svg`}`,
    name: priority.name,
    id: priority.id,
  };
}

/** A resolution. */
export function resolutionBean(jira: Jira, resolution: Resolution) {
  return { self: api(jira, `resolution/${resolution.id}`), id: resolution.id, description: resolution.description, name: resolution.name };
}

/** A link type. */
export function linkTypeBean(jira: Jira, type: LinkType) {
  return { id: type.id, name: type.name, inward: type.inward, outward: type.outward, self: api(jira, `issueLinkType/${type.id}`) };
}

/** A project role without its actors. */
export function roleBean(jira: Jira, role: Role) {
  return { self: api(jira, `role/${role.id}`), name: role.name, id: Number(role.id), description: role.description };
}

/** A security level as it stands in a work item. */
export function securityLevelBean(jira: Jira, level: SecurityLevel) {
  return { self: api(jira, `securitylevel/${level.id}`), id: level.id, description: level.description, name: level.name };
}
