/** Users and roles. */
import { userBean } from '../../beans';
import { isAdministrator, rolesOfUser } from '../../lookups';
import type { User } from '../../store';
import { Thing, fromJson, typeFault, type Value } from '../language';
import { missing, numberOf, propertiesOf, type View } from './view';

/** A user, null for nobody. */
export function userThing(view: View, accountId: unknown): Value {
  const user = typeof accountId === 'string' ? view.jira.store.users.get(accountId) : undefined;
  return user ? thingOf(view, user) : null;
}

function thingOf(view: View, user: User): Thing {
  const { jira, budget, person } = view;
  const { store } = jira;
  /** Loads something about this person. */
  const costly = <T>(what: string, value: () => T): T => {
    budget.expend(`User.${user.id}.${what}`);
    return value();
  };
  const groups = (what: string) =>
    costly(what, () => {
      if (person?.id !== user.id && !isAdministrator(store, person)) throw typeFault("Only administrators can see others' groups.");
      return store.groups.filter((one) => one.members.includes(user.id));
    });
  return new Thing({
    type: 'User',
    identity: user.id,
    members: {
      accountId: () => user.id,
      displayName: () => costly('profile', () => user.displayName),
      active: () => costly('profile', () => user.active),
      timeZone: () => costly('profile', () => user.timeZone),
      locale: () => costly('profile', () => 'en_US'),
      avatarUrls: () => costly('profile', () => fromJson(userBean(jira, user).avatarUrls)),
      groups: () => groups('groups').map((one) => one.name),
      groupIds: () => groups('groupIds').map((one) => one.id),
      properties: () => propertiesOf(view, `User.${user.id}`, {}),
      ...missing('User', ['permissions']),
    },
    methods: {
      getProjectRoles([of]) {
        const project = of instanceof Thing && of.type === 'Project' ? store.projects.get(of.parts.identity) : undefined;
        if (!project) throw typeFault('getProjectRoles needs a Project');
        const ids = costly(`roles.${project.id}`, () => rolesOfUser(store, project, user.id));
        return ids.flatMap((id) => store.roles.get(id) ?? []).map(roleThing);
      },
    },
    bean: () => userBean(jira, user),
  });
}

const roleThing = ({ id, name, description }: { id: string; name: string; description: string }): Thing =>
  new Thing({
    type: 'ProjectRole',
    identity: id,
    members: { id: () => numberOf(id), name: () => name, description: () => description },
    bean: () => ({ id: Number(id), name, description }),
  });
