/** With whom dashboards are shared, as short texts that a list of choices can hold: `loggedin`, `group:<id>`, `project:<id>`. */
import { z } from 'zod';
import type { Project } from '../schemas';

const share = z.object({
  type: z.string(),
  group: z.object({ groupId: z.string().nullish(), name: z.string() }).optional(),
  project: z.object({ id: z.string(), name: z.string() }).optional(),
  role: z.object({ id: z.coerce.string(), name: z.string() }).optional(),
  user: z.object({ accountId: z.string(), displayName: z.string().optional() }).optional(),
});
export type Share = z.infer<typeof share>;
export const shares = z.array(share).default([]);

export interface Holder {
  value: string;
  label: string;
}

/** Who holds a share; undefined for a share with a space that the person does not see. */
export function holderOf({ type, group, project, role, user }: Share): Holder | undefined {
  if (group) return { value: `group:${group.groupId ?? group.name}`, label: `Group: ${group.name}` };
  if (project && role) return { value: `projectRole:${project.id}:${role.id}`, label: `Space: ${project.name}, ${role.name}` };
  if (project) return { value: `project:${project.id}`, label: `Space: ${project.name}` };
  if (user) return { value: `user:${user.accountId}`, label: user.displayName ?? 'Somebody' };
  if (type === 'loggedin') return EVERYONE;
  return type === 'global' ? { value: 'global', label: 'Public' } : undefined;
}

const EVERYONE: Holder = { value: 'loggedin', label: 'Everyone who is logged in' };

/** Those with whom a person may share, and those who hold a share already. */
export function holders(projects: Project[], groups: { groupId: string; name: string }[], held: Share[]): Holder[] {
  const offered = [
    EVERYONE,
    ...groups.map(({ groupId, name }) => ({ value: `group:${groupId}`, label: `Group: ${name}` })),
    ...projects.map(({ id, name }) => ({ value: `project:${id}`, label: `Space: ${name}` })),
  ];
  const others = held.flatMap((one) => holderOf(one) ?? []).filter(({ value }) => !offered.some((one) => one.value === value));
  return [...offered, ...new Map(others.map((one) => [one.value, one])).values()];
}

export const valuesOf = (held: Share[]): string[] => held.flatMap((one) => holderOf(one)?.value ?? []);

/** In the words of a request. */
export const toShares = (values: string[]): object[] =>
  values.map((value) => {
    const [type = '', id = '', roleId = ''] = value.split(':');
    if (type === 'group') return { type, group: { groupId: id } };
    if (type === 'user') return { type, user: { accountId: value.slice('user:'.length) } };
    if (type === 'project') return { type, project: { id } };
    return type === 'projectRole' ? { type, project: { id }, role: { id: roleId } } : { type };
  });

/** "Private", or who sees it. */
export const sharedWith = (held: Share[]): string =>
  held.length === 0 ? 'Private' : held.map((one) => holderOf(one)?.label ?? 'A space that you do not see').join(', ');
