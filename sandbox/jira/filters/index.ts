import { z } from 'zod';
import { userBean } from '../beans';
import { personsOnly } from '../configure';
import { existing } from '../lookups';
import { badRequest, ok, operation, requirePerson, type Call, type Jira, type Operation } from '../rest';
import { parseJql } from '../search/jql';
import { isShared, shareBean, shareInput, sharesOf } from '../shares/share';
import type { Filter, User } from '../store';

const path = '/rest/api/3/filter';

const details = z.looseObject({
  name: z.string().trim().min(1),
  description: z.string().optional(),
  jql: z.string().optional(),
  favourite: z.boolean().optional(),
  sharePermissions: z.array(shareInput).optional(),
  editPermissions: z.array(shareInput).optional(),
});

const list = <T>(items: T[]) => ({ size: items.length, items, 'max-results': 1000, 'start-index': 0, 'end-index': Math.max(0, items.length - 1) });

function filterBean(jira: Jira, person: User | undefined, filter: Filter) {
  const search = `jql=${encodeURIComponent(filter.jql)}`;
  return {
    self: `${jira.baseUrl}${path}/${filter.id}`,
    id: filter.id,
    name: filter.name,
    description: filter.description,
    owner: userBean(jira, existing(jira.store.users, filter.ownerId)),
    jql: filter.jql,
    viewUrl: `${jira.baseUrl}/issues/?filter=${filter.id}`,
    searchUrl: `${jira.baseUrl}/rest/api/3/search?${search}`,
    favourite: person !== undefined && filter.favouriteOf.includes(person.id),
    favouritedCount: filter.favouriteOf.length,
    sharePermissions: filter.shares.map((one) => shareBean(jira, person, one)),
    editPermissions: filter.editShares.map((one) => shareBean(jira, person, one)),
    sharedUsers: list([]),
    subscriptions: list([]),
  };
}

const maySee = (jira: Jira, person: User | undefined, filter: Filter): boolean =>
  filter.ownerId === person?.id || isShared(jira, person, filter.shares) || isShared(jira, person, filter.editShares);

const visible = ({ jira, person }: Call, test: (filter: Filter) => boolean) =>
  ok(jira.store.filters.filter((one) => test(one) && maySee(jira, person, one)).map((one) => filterBean(jira, person, one)));

export const operations: Operation[] = [
  operation('getFilter', 'GET', `${path}/{id}`, ({ jira, person, params }) => {
    const filter = jira.store.filters.get(params.id ?? '');
    // the document has no 404 here
    if (!filter || !maySee(jira, person, filter))
      throw badRequest('The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.');
    return ok(filterBean(jira, person, filter));
  }),
  operation('getFavouriteFilters', 'GET', `${path}/favourite`, (call) => visible(call, (one) => one.favouriteOf.includes(call.person?.id ?? ''))),
  ...personsOnly([
    operation('getMyFilters', 'GET', `${path}/my`, (call) => {
      const { id } = requirePerson(call);
      const favourites = call.query.get('includeFavourites') === 'true';
      return visible(call, (one) => one.ownerId === id || (favourites && one.favouriteOf.includes(id)));
    }),
    operation('createFilter', 'POST', path, details, (call) => {
      const { jira, body } = call;
      const { store } = jira;
      const person = requirePerson(call);
      if (store.filters.find((one) => one.ownerId === person.id && one.name.toLowerCase() === body.name.toLowerCase())) {
        throw badRequest('Filter with same name already exists.');
      }
      parseJql(jira, person, body.jql ?? '');
      const shares = sharesOf(jira, person, body.sharePermissions ?? []);
      const editShares = sharesOf(jira, person, body.editPermissions ?? []);
      const filter = store.filters.put({
        id: store.nextId('filter'),
        name: body.name,
        description: body.description ?? '',
        jql: body.jql ?? '',
        ownerId: person.id,
        shares,
        editShares,
        favouriteOf: body.favourite === true ? [person.id] : [],
      });
      return ok(filterBean(jira, person, filter));
    }),
  ]),
];
