/** What the fields that pick people and groups ask: short lists with the text that was found set in bold. */
import { groupBean, userBean } from '../beans';
import { chosenBy, listOf } from '../configure';
import { hasPermission } from '../lookups';
import { hasGlobal } from '../permissions/check';
import { badRequest, forbidden, notFound, ok, operation, page, requirePerson, type Answer, type Call, type Jira, type Operation } from '../rest';
import type { Group, User } from '../store';
import { matches } from './matches';

/** OpenAPI: findUsersAndGroups and findUsersForPicker, default of maxResults; for findGroups the system property that it names. */
const SHOWN = 50;
const GROUPS_SHOWN = 20;

const mayBrowse = ({ jira, person }: Call): boolean => hasGlobal(jira.store, person, 'USER_PICKER');

/** Operations for people with the global permission to browse users and groups. */
export const browsersOnly = (operations: Operation[]): Operation[] =>
  operations.map((one) => ({
    ...one,
    handle(call) {
      requirePerson(call);
      if (!mayBrowse(call)) throw forbidden('You do not have permission to browse users and groups.');
      return one.handle(call);
    },
  }));

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** A text with the first occurrence of what was looked for in bold. */
function marked(text: string, query: string, tag: string): string {
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return escaped(text);
  const end = at + query.length;
  return `${escaped(text.slice(0, at))}<${tag}>${escaped(text.slice(at, end))}</${tag}>${escaped(text.slice(end))}`;
}

const limitOf = (query: URLSearchParams, usual: number): number => Math.max(1, Number(query.get('maxResults') ?? usual) || usual);

const header = (shown: number, total: number, what: 'groups' | 'users'): string => `Showing ${shown} of ${total} matching ${what}`;

function foundGroups(call: Call, usual: number) {
  const { jira, query } = call;
  const text = query.get('query') ?? '';
  const anyCase = query.get('caseInsensitive') === 'true';
  const fits = ({ name }: Group): boolean => (anyCase ? name.toLowerCase().includes(text.toLowerCase()) : name.includes(text));
  const [names, ids] = [query.getAll('exclude'), listOf(query, 'excludeId')];
  if (names.length > 0 && ids.length > 0) throw badRequest('Only one of exclude and excludeId may be provided.');
  const rows = jira.store.groups
    .filter((one) => (mayBrowse(call) ? fits(one) : one.name === text))
    .filter((one) => !names.includes(one.name) && !ids.includes(one.id))
    .sort((a, b) => a.name.localeCompare(b.name));
  const groups = rows.slice(0, limitOf(query, usual)).map((one) => ({
    name: one.name,
    html: marked(one.name, text, 'b'),
    labels: [],
    groupId: one.id,
  }));
  return { header: header(groups.length, rows.length, 'groups'), total: rows.length, groups };
}

function pickerBean(jira: Jira, user: User, text: string) {
  const address = user.emailAddress === '' ? '' : ` - ${marked(user.emailAddress, text, 'strong')}`;
  return {
    accountId: user.id,
    accountType: user.accountType,
    html: marked(user.displayName, text, 'strong') + address,
    displayName: user.displayName,
    avatarUrl: userBean(jira, user).avatarUrls['16x16'],
  };
}

function foundUsers(call: Call) {
  const { jira, query } = call;
  const text = query.get('query') ?? '';
  const excluded = listOf(query, 'excludeAccountIds');
  const rows = jira.store.users
    .filter((one) => one.active && !excluded.includes(one.id))
    .filter((one) => (mayBrowse(call) ? matches(one, text) : one.displayName === text));
  const users = rows.slice(0, limitOf(query, SHOWN)).map((one) => pickerBean(jira, one, text));
  return { header: header(users.length, rows.length, 'users'), total: rows.length, users };
}

function requireQuery({ query }: Call): void {
  if (!query.has('query')) throw badRequest('The query parameter has to be provided.');
}

/** Those who may be assigned work items in every one of the projects. */
function assignableEverywhere({ jira, person, query }: Call): Answer {
  const keys = listOf(query, 'projectKeys');
  if (keys.length === 0) throw badRequest('At least one project key has to be provided.');
  const projects = keys.map((key) => {
    const project = jira.store.project(key);
    if (!project || !hasPermission(jira.store, person, 'BROWSE_PROJECTS', project)) throw notFound(`No project could be found with key '${key}'.`);
    return project;
  });
  const text = query.get('query');
  const rows = chosenBy(query, 'accountId', jira.store.users.all(), ({ id }) => id)
    .filter((one) => one.accountType === 'atlassian' && (text === null || matches(one, text)))
    .filter((one) => projects.every((project) => hasPermission(jira.store, one, 'ASSIGNABLE_USER', project)));
  return ok(page(query, rows).values.map((one) => userBean(jira, one)));
}

export const pickerOperations: Operation[] = [
  operation('findGroups', 'GET', '/rest/api/3/groups/picker', (call) => ok(foundGroups(call, GROUPS_SHOWN))),
  operation('findUsersForPicker', 'GET', '/rest/api/3/user/picker', (call) => {
    requireQuery(call);
    return ok(foundUsers(call));
  }),
  operation('findBulkAssignableUsers', 'GET', '/rest/api/3/user/assignable/multiProjectSearch', assignableEverywhere),
  ...browsersOnly([
    operation('findUsersAndGroups', 'GET', '/rest/api/3/groupuserpicker', (call) => {
      requireQuery(call);
      return ok({ users: foundUsers(call), groups: foundGroups(call, SHOWN) });
    }),
    operation('getUserGroups', 'GET', '/rest/api/3/user/groups', ({ jira, query }) => {
      const user = jira.store.users.get(query.get('accountId') ?? '');
      if (!user) throw notFound('Specified user does not exist or you do not have required permissions');
      return ok(jira.store.groups.filter((one) => one.members.includes(user.id)).map((one) => groupBean(jira, one)));
    }),
  ]),
];
