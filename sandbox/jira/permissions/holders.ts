/** Who holds a right: as requests name them, as the store keeps them, as answers show them. */
import { existing, groupNamed } from '../lookups';
import { badRequest } from '../rest';
import type { PermissionGrant, Store } from '../store';

export type Holder = PermissionGrant['holder'];

export function holderBean(store: Store, holder: Holder) {
  switch (holder.type) {
    case 'projectRole':
      return { type: holder.type, parameter: holder.roleId, value: holder.roleId, expand: 'projectRole' };
    case 'group':
      return { type: holder.type, parameter: existing(store.groups, holder.groupId).name, value: holder.groupId, expand: 'group' };
    case 'user':
      return { type: holder.type, parameter: holder.accountId, value: holder.accountId, expand: 'user' };
    default:
      return { type: holder.type };
  }
}

interface Named {
  type: string;
  parameter?: string | null | undefined;
  value?: string | null | undefined;
}

/** A holder as the store keeps it; 400 for one that there is not. */
export function holderOf(store: Store, { type, parameter, value: given }: Named): Holder {
  const value = given ?? parameter ?? '';
  switch (type) {
    case 'anyone':
    case 'applicationRole':
    case 'reporter':
    case 'assignee':
    case 'projectLead':
      return { type };
    case 'projectRole':
      if (!store.roles.get(value)) throw badRequest(`The project role ${value} was not found.`);
      return { type: 'projectRole', roleId: value };
    case 'group': {
      const group = store.groups.get(value) ?? groupNamed(store, parameter ?? '');
      if (!group) throw badRequest(`The group ${value} was not found.`);
      return { type: 'group', groupId: group.id };
    }
    case 'user':
      if (!store.users.get(value)) throw badRequest(`The user ${value} was not found.`);
      return { type: 'user', accountId: value };
    default:
      throw badRequest(`The holder type ${type} is not supported.`);
  }
}
