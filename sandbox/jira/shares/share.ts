/** With whom dashboards and filters are shared: as requests say it, as the store keeps it, as answers show it. */
import { z } from 'zod';
import { groupBean, projectBean, roleBean, userBean } from '../beans';
import { idSchema } from '../configure';
import { existing, groupNamed, hasPermission, rolesOfUser } from '../lookups';
import { hasGlobal } from '../permissions/check';
import { badRequest, type Jira } from '../rest';
import type { ProjectShare, Share, Store, User } from '../store';

export const shareInput = z.looseObject({
  type: z.enum(['user', 'group', 'project', 'projectRole', 'global', 'loggedin', 'authenticated']),
  group: z.looseObject({ groupId: z.string().nullish(), name: z.string().nullish() }).nullish(),
  project: z.looseObject({ id: idSchema }).nullish(),
  role: z.looseObject({ id: idSchema }).nullish(),
  user: z.looseObject({ accountId: z.string() }).nullish(),
});

function projectShare(store: Store, projectId = '', roleId: string | undefined): ProjectShare {
  if (!store.projects.get(projectId)) throw badRequest('The project to share with was not found.');
  if (roleId !== undefined && !store.roles.get(roleId)) throw badRequest('The project role to share with was not found.');
  return { type: 'project', projectId, ...(roleId !== undefined && { roleId }) };
}

function holderOf(store: Store, { type, group, project, role, user }: z.infer<typeof shareInput>): Share['with'] {
  switch (type) {
    case 'global':
      return { type };
    case 'loggedin':
    case 'authenticated':
      return { type: 'authenticated' };
    case 'group': {
      const row = group?.groupId ? store.groups.get(group.groupId) : groupNamed(store, group?.name ?? '');
      if (!row) throw badRequest('The group to share with was not found.');
      return { type, groupId: row.id };
    }
    case 'user':
      if (!user || !store.users.get(user.accountId)) throw badRequest('The user to share with was not found.');
      return { type, accountId: user.accountId };
    case 'project':
    case 'projectRole':
      return projectShare(store, project?.id, type === 'projectRole' ? (role?.id ?? '') : role?.id);
  }
}

/** The shares of a request; 400 for somebody who may share nothing, and for what is not there. */
export function sharesOf(jira: Jira, person: User, given: z.infer<typeof shareInput>[]): Share[] {
  if (given.length > 0 && !hasGlobal(jira.store, person, 'CREATE_SHARED_OBJECTS')) throw badRequest('You do not have permission to share.');
  const holders = given.map((one) => holderOf(jira.store, one));
  return holders.map((holder) => ({ id: jira.store.nextId('share'), with: holder }));
}

/** Whether one of the shares lets somebody in. */
export const isShared = ({ store }: Jira, person: User | undefined, shares: Share[]): boolean =>
  shares.some(({ with: holder }) => {
    switch (holder.type) {
      case 'global':
        return true;
      case 'authenticated':
        return person !== undefined;
      case 'group':
        return person !== undefined && (store.groups.get(holder.groupId)?.members.includes(person.id) ?? false);
      case 'user':
        return holder.accountId === person?.id;
      case 'project': {
        const project = store.projects.get(holder.projectId);
        if (!project || !hasPermission(store, person, 'BROWSE_PROJECTS', project)) return false;
        return holder.roleId === undefined || (person !== undefined && rolesOfUser(store, project, person.id).includes(holder.roleId));
      }
    }
  });

/** A share as the reader may see it. */
export function shareBean(jira: Jira, person: User | undefined, { id, with: holder }: Share) {
  const { store } = jira;
  const common = { id: Number(id) };
  switch (holder.type) {
    case 'global':
      return { ...common, type: 'global' };
    case 'authenticated':
      return { ...common, type: 'loggedin' };
    case 'group': {
      const group = store.groups.get(holder.groupId);
      return { ...common, type: 'group', ...(group && { group: groupBean(jira, group) }) };
    }
    case 'user': {
      const { accountId, displayName, active, self, avatarUrls } = userBean(jira, existing(store.users, holder.accountId));
      return { ...common, type: 'user', user: { accountId, displayName, active, self, avatarUrls } };
    }
    case 'project': {
      const project = store.projects.get(holder.projectId);
      if (!project || !hasPermission(store, person, 'BROWSE_PROJECTS', project)) return { ...common, type: 'project-unknown' };
      const role = holder.roleId === undefined ? undefined : store.roles.get(holder.roleId);
      return { ...common, type: 'project', project: projectBean(jira, project), ...(role && { role: roleBean(jira, role) }) };
    }
  }
}
