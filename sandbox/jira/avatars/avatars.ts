/** The pictures of work types, projects and priorities: Jira's own, drawn here, and those that people upload. */
import type { Jira } from '../rest';
import type { Avatar, Store } from '../store';
import { priorityIcon, projectAvatar, workTypeIcon } from './pictures';

export type AvatarType = Avatar['type'];

/** Ids of Jira's own pictures: the first one, how many, and the one of whoever has none. */
const SYSTEM: Record<AvatarType | 'user', { first: number; count: number; fallback: string }> = {
  issuetype: { first: 10_300, count: 24, fallback: '10300' },
  project: { first: 10_400, count: 28, fallback: '10400' },
  user: { first: 10_330, count: 24, fallback: '10330' },
  priority: { first: 10_540, count: 12, fallback: '10540' },
};

/** Pictures that people upload come after Jira's own. */
export const FIRST_OWN_AVATAR = 10_600;

export const isAvatarType = (type: string): type is AvatarType => type === 'issuetype' || type === 'project' || type === 'priority';

export const systemAvatarIds = (type: keyof typeof SYSTEM): string[] =>
  Array.from({ length: SYSTEM[type].count }, (_, index) => String(SYSTEM[type].first + index));

/** The avatar that a work type, project or priority shows; undefined where there is no such thing. */
export function shownAvatar(store: Store, type: AvatarType, ownerId: string): string | undefined {
  switch (type) {
    case 'issuetype':
      return store.workTypes.get(ownerId)?.avatarId;
    case 'project':
      return store.projects.get(ownerId) && (store.projects.get(ownerId)?.avatarId ?? SYSTEM.project.fallback);
    case 'priority':
      return store.priorities.get(ownerId) && (store.priorities.get(ownerId)?.avatarId ?? SYSTEM.priority.fallback);
  }
}

/** Whether a work type, project or priority may show this avatar: one of Jira's own, or one uploaded for it. */
export function mayShow(store: Store, type: AvatarType, ownerId: string, avatarId: string): boolean {
  const own = store.avatars.get(avatarId);
  return own ? own.type === type && own.ownerId === ownerId : systemAvatarIds(type).includes(avatarId);
}

const SIZES = { '16x16': 'xsmall', '24x24': 'small', '32x32': 'medium', '48x48': undefined };

/** An avatar as lists show it. */
export function avatarBean({ store, baseUrl }: Jira, type: AvatarType | 'user', id: string, isSelected = false) {
  const own = store.avatars.get(id);
  const url = `${baseUrl}/rest/api/3/universal_avatar/view/type/${type}/avatar/${id}`;
  return {
    id,
    ...(own && { owner: own.ownerId }),
    isSystemAvatar: own === undefined,
    isSelected,
    isDeletable: own !== undefined,
    ...(own === undefined && { fileName: `${id}.svg` }),
    urls: Object.fromEntries(Object.entries(SIZES).map(([size, name]) => [size, name ? `${url}?size=${name}` : url])),
  };
}

function drawn(store: Store, type: AvatarType, id: string): string {
  switch (type) {
    case 'issuetype':
      return workTypeIcon(id, store.workTypes.find((one) => one.avatarId === id)?.name ?? id);
    case 'project':
      return projectAvatar(store.projects.find((one) => one.avatarId === id)?.name ?? id);
    case 'priority':
      return priorityIcon(store.priorities.find((one) => one.avatarId === id)?.name ?? id);
  }
}

/** The picture itself; undefined where there is none. */
export function pictureOf(store: Store, type: AvatarType, id: string) {
  const own = store.avatars.get(id);
  if (own) return own.type === type ? { type: own.contentType, bytes: new Uint8Array(Buffer.from(own.content, 'base64')) } : undefined;
  if (!systemAvatarIds(type).includes(id)) return undefined;
  return { type: 'image/svg+xml', bytes: new TextEncoder().encode(drawn(store, type, id)) };
}

export const fallbackAvatar = (type: AvatarType): string => SYSTEM[type].fallback;
