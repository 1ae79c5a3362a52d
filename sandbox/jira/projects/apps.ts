/** The role that app users hold in every project. */
import { APP_ROLE } from '../lookups';
import type { Project, Store } from '../store';

/** Puts every app user into the project's app role. */
export function admitApps(store: Store, project: Project): void {
  const role = store.roles.find((one) => one.name === APP_ROLE);
  if (!role) return;
  const actors = (project.roleActors[role.id] ??= { users: [], groups: [] });
  actors.users = [...new Set([...actors.users, ...store.users.filter((one) => one.accountType === 'app').map(({ id }) => id)])];
}
