import { z } from 'zod';
import { userBean } from '../beans';
import { chosenBy, listOf, merged, namedLike, personsOnly, sameName } from '../configure';
import { existing, isAdministrator } from '../lookups';
import {
  badRequest,
  forbidden,
  noContent,
  notFound,
  ok,
  operation,
  page,
  requirePerson,
  RestError,
  type Call,
  type Jira,
  type Operation,
} from '../rest';
import { parseJql } from '../search/jql';
import { isShared, shareBean, shareInput, sharesOf } from '../shares/share';
import type { Filter, User } from '../store';
import { maySee, visibleFilters } from './visible';

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

const visible = ({ jira, person }: Call, test: (filter: Filter) => boolean) =>
  ok(
    visibleFilters(jira, person)
      .filter(test)
      .map((one) => filterBean(jira, person, one)),
  );

/** The filter of the path, or 400: the document has no 404 here. */
function visibleFilter({ jira, person, params }: Call): Filter {
  const filter = jira.store.filters.get(params.id ?? '');
  if (!filter || !maySee(jira, person, filter))
    throw badRequest('The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.');
  return filter;
}

const mayChange = (jira: Jira, person: User, filter: Filter): boolean => filter.ownerId === person.id || isShared(jira, person, filter.editShares);

function checkName({ store }: Jira, ownerId: string, name: string, ownId?: string): void {
  if (store.filters.find((one) => one.id !== ownId && one.ownerId === ownerId && sameName(one.name, name))) {
    throw badRequest('Filter with same name already exists.');
  }
}

/** Puts or takes away the star of the caller. */
function star(call: Call, marked: boolean) {
  const filter = visibleFilter(call);
  const { id } = requirePerson(call);
  filter.favouriteOf = [...filter.favouriteOf.filter((one) => one !== id), ...(marked ? [id] : [])];
  return ok(filterBean(call.jira, call.person, filter));
}

const searchBean = (jira: Jira, person: User | undefined, filter: Filter, expand: string[]) => {
  const { self, id, name, ...rest } = filterBean(jira, person, filter);
  const shown = Object.entries(rest).filter(([key]) => expand.includes(key));
  return {
    expand: 'description,owner,jql,viewUrl,searchUrl,favourite,favouritedCount,sharePermissions,editPermissions,subscriptions',
    self,
    id,
    name,
    ...Object.fromEntries(shown),
  };
};

export const operations: Operation[] = [
  operation('getFilter', 'GET', `${path}/{id}`, (call) => ok(filterBean(call.jira, call.person, visibleFilter(call)))),
  operation('getFiltersPaginated', 'GET', `${path}/search`, ({ jira, person, query }) => {
    const accountId = query.get('accountId');
    const rows = namedLike(
      query,
      'filterName',
      chosenBy(query, 'id', jira.store.filters.all(), ({ id }) => id),
    ).filter((one) => maySee(jira, person, one) && (accountId === null || one.ownerId === accountId));
    return ok(
      page(
        query,
        rows.map((one) => searchBean(jira, person, one, listOf(query, 'expand'))),
      ),
    );
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
      checkName(jira, person.id, body.name);
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
    operation('updateFilter', 'PUT', `${path}/{id}`, details, (call) => {
      const { jira, body } = call;
      const person = requirePerson(call);
      const filter = visibleFilter(call);
      if (!mayChange(jira, person, filter)) throw badRequest('You do not have permission to edit this filter.');
      checkName(jira, filter.ownerId, body.name, filter.id);
      if (body.jql !== undefined) parseJql(jira, person, body.jql);
      const changed = merged(filter, {
        name: body.name,
        description: body.description,
        jql: body.jql,
        shares: body.sharePermissions && sharesOf(jira, person, body.sharePermissions),
        editShares: body.editPermissions && sharesOf(jira, person, body.editPermissions),
      });
      return ok(filterBean(jira, person, jira.store.filters.put(changed)));
    }),
    operation('deleteFilter', 'DELETE', `${path}/{id}`, (call) => {
      const { jira } = call;
      const person = requirePerson(call);
      const filter = jira.store.filters.get(call.params.id ?? '');
      if (!filter) throw badRequest('The filter was not found.');
      // the document answers 401 to people who may not
      if (filter.ownerId !== person.id && !isAdministrator(jira.store, person))
        throw new RestError(401, ['You do not have permission to delete this filter.']);
      jira.store.filters.delete(filter.id);
      return noContent();
    }),
    operation('setFavouriteForFilter', 'PUT', `${path}/{id}/favourite`, (call) => star(call, true)),
    operation('deleteFavouriteForFilter', 'DELETE', `${path}/{id}/favourite`, (call) => star(call, false)),
    operation('changeFilterOwner', 'PUT', `${path}/{id}/owner`, z.looseObject({ accountId: z.string() }), (call) => {
      const { jira, body } = call;
      const person = requirePerson(call);
      const filter = jira.store.filters.get(call.params.id ?? '');
      if (!filter) throw notFound('The filter was not found.');
      if (filter.ownerId !== person.id && !isAdministrator(jira.store, person))
        throw forbidden('You do not have permission to change the owner of this filter.');
      const owner = jira.store.users.get(body.accountId);
      if (!owner?.active) throw badRequest('The new owner was not found.');
      checkName(jira, owner.id, filter.name, filter.id);
      filter.ownerId = owner.id;
      return noContent();
    }),
  ]),
];
