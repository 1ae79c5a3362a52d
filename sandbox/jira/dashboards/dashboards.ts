import { z } from 'zod';
import { userBean } from '../beans';
import { namedLike, personsOnly } from '../configure';
import { existing } from '../lookups';
import { badRequest, noContent, ok, operation, page, requirePerson, type Call, type Jira, type Operation } from '../rest';
import { shareBean, shareInput, sharesOf } from '../shares/share';
import type { Dashboard, User } from '../store';
import { editableDashboard, mayEdit, maySee, visibleDashboard } from './access';

const path = '/rest/api/3/dashboard';

const details = z.looseObject({
  name: z.string().trim().min(1),
  description: z.string().optional(),
  sharePermissions: z.array(shareInput),
  editPermissions: z.array(shareInput),
});

function dashboardBean(jira: Jira, person: User | undefined, one: Dashboard) {
  const { accountId, displayName, active, self, avatarUrls } = userBean(jira, existing(jira.store.users, one.ownerId));
  return {
    id: one.id,
    name: one.name,
    description: one.description,
    isFavourite: person !== undefined && one.favouriteOf.includes(person.id),
    isWritable: mayEdit(jira, person, one),
    owner: { self, displayName, active, accountId, avatarUrls },
    popularity: one.favouriteOf.length,
    rank: 0,
    self: `${jira.baseUrl}${path}/${one.id}`,
    view: `/jira/dashboards/${one.id}`,
    sharePermissions: one.shares.map((share) => shareBean(jira, person, share)),
    editPermissions: one.editShares.map((share) => shareBean(jira, person, share)),
    systemDashboard: false,
  };
}

const visible = ({ jira, person }: Call): Dashboard[] => jira.store.dashboards.filter((one) => maySee(jira, person, one));

const ORDERS: Record<string, (a: Dashboard, b: Dashboard) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  '-name': (a, b) => b.name.localeCompare(a.name),
  id: (a, b) => Number(a.id) - Number(b.id),
  '-id': (a, b) => Number(b.id) - Number(a.id),
};

/** OpenAPI: getAllDashboards, default of maxResults. */
const PAGE = 20;

/** Of its creator nobody may have two with one name. */
function checkName({ store }: Jira, owner: string, name: string, ownId?: string): void {
  const same = store.dashboards.find((one) => one.ownerId === owner && one.id !== ownId && one.name.toLowerCase() === name.toLowerCase());
  if (same) throw badRequest('You already have a dashboard with this name.');
}

export const dashboardOperations: Operation[] = [
  operation('getAllDashboards', 'GET', path, (call) => {
    const { jira, person, query } = call;
    const filter = query.get('filter');
    if (filter !== null && filter !== 'my' && filter !== 'favourite') throw badRequest(`The filter '${filter}' is not valid.`);
    const rows = visible(call)
      .filter((one) => filter !== 'my' || one.ownerId === person?.id)
      .filter((one) => filter !== 'favourite' || one.favouriteOf.includes(person?.id ?? ''));
    const { startAt, maxResults, total, values } = page(query, rows, PAGE);
    return ok({ startAt, maxResults, total, dashboards: values.map((one) => dashboardBean(jira, person, one)) });
  }),
  operation('getDashboardsPaginated', 'GET', `${path}/search`, (call) => {
    const { jira, person, query } = call;
    const owner = query.get('accountId');
    const group = query.get('groupId');
    const project = query.get('projectId');
    const rows = namedLike(query, 'dashboardName', visible(call))
      .filter((one) => owner === null || one.ownerId === owner)
      .filter((one) => group === null || one.shares.some(({ with: holder }) => holder.type === 'group' && holder.groupId === group))
      .filter((one) => project === null || one.shares.some(({ with: holder }) => holder.type === 'project' && holder.projectId === project))
      .sort(ORDERS[query.get('orderBy') ?? 'name'] ?? ORDERS.name);
    const { values, ...paging } = page(query, rows);
    return ok({ self: `${jira.baseUrl}${path}/search`, ...paging, values: values.map((one) => dashboardBean(jira, person, one)) });
  }),
  operation('getDashboard', 'GET', `${path}/{id}`, (call) => ok(dashboardBean(call.jira, call.person, visibleDashboard(call, call.params.id)))),
  ...personsOnly([
    operation('createDashboard', 'POST', path, details, (call) => {
      const { jira, body } = call;
      const person = requirePerson(call);
      checkName(jira, person.id, body.name);
      const shares = sharesOf(jira, person, body.sharePermissions);
      const editShares = sharesOf(jira, person, body.editPermissions);
      const row = jira.store.dashboards.put({
        id: jira.store.nextId('dashboard'),
        name: body.name,
        description: body.description ?? '',
        ownerId: person.id,
        shares,
        editShares,
        gadgets: [],
        favouriteOf: [person.id],
      });
      return ok(dashboardBean(jira, person, row));
    }),
    operation('updateDashboard', 'PUT', `${path}/{id}`, details, (call) => {
      const { jira, body } = call;
      const person = requirePerson(call);
      const row = editableDashboard(call, call.params.id);
      checkName(jira, row.ownerId, body.name, row.id);
      const shares = sharesOf(jira, person, body.sharePermissions);
      const editShares = sharesOf(jira, person, body.editPermissions);
      Object.assign(row, { name: body.name, description: body.description ?? '', shares, editShares });
      return ok(dashboardBean(jira, person, row));
    }),
    operation('deleteDashboard', 'DELETE', `${path}/{id}`, (call) => {
      const row = call.jira.store.dashboards.get(call.params.id ?? '');
      // the document has no 404 here
      if (row?.ownerId !== requirePerson(call).id) throw badRequest('The dashboard does not exist or you are not its owner.');
      call.jira.store.dashboards.delete(row.id);
      return noContent();
    }),
  ]),
];
