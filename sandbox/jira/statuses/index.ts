import { z } from 'zod';
import { statusBean, statusCategoryBean, STATUS_CATEGORIES } from '../beans';
import { administratorsOnly, idSchema, listOf, merged, nameSchema, nameTaken, namedLike, personsOnly, sameName } from '../configure';
import { badRequest, noContent, notFound, ok, operation, page, type Operation } from '../rest';
import type { Status, StatusCategory, Store } from '../store';
import { usageOperations } from './usages';

/** OpenAPI: createStatuses, "maxSize=255". */
export const STATUS_NAME_LENGTH = 255;
/** OpenAPI: getStatusesById and deleteStatusesById, "Max items 50"; no such figure stands at creating or changing them. */
const STATUSES_AT_ONCE = 50;

export const statusCategorySchema = z.enum(['TODO', 'IN_PROGRESS', 'DONE']);

const newStatus = z.object({ name: nameSchema(STATUS_NAME_LENGTH), statusCategory: statusCategorySchema, description: z.string().optional() });
const scopeSchema = z.object({ type: z.enum(['GLOBAL', 'PROJECT']), project: z.object({ id: idSchema }).nullish() });

/** A status as the newer operations write it. */
export const jiraStatusBean = (status: Status) => ({
  id: status.id,
  name: status.name,
  statusCategory: status.category,
  description: status.description,
  scope: { type: 'GLOBAL' },
});

/** Adds a status; whether its name is free is the caller's to check. */
export const addStatus = (store: Store, name: string, category: StatusCategory, description = ''): Status =>
  store.statuses.put({ id: store.nextId('status'), name, description, category });

function statusesOf(store: Store, query: URLSearchParams): Status[] {
  const ids = listOf(query, 'id');
  if (ids.length === 0 || ids.length > STATUSES_AT_ONCE) throw badRequest(`Between 1 and ${STATUSES_AT_ONCE} status ids have to be provided.`);
  const missing = ids.filter((id) => !store.statuses.get(id));
  if (missing.length > 0) throw badRequest(`Statuses with these ids were not found: ${missing.join(', ')}`);
  return ids.flatMap((id) => store.statuses.get(id) ?? []);
}

const notUnique = (name: string) => badRequest(`A status named ${name} already exists in this scope.`);

export const operations: Operation[] = [
  ...usageOperations,
  ...personsOnly([
    operation('getStatuses', 'GET', '/rest/api/3/status', ({ jira }) => ok(jira.store.statuses.all().map((one) => statusBean(jira, one)))),
    operation('getStatus', 'GET', '/rest/api/3/status/{idOrName}', ({ jira, params }) => {
      const wanted = params.idOrName ?? '';
      const status = jira.store.statuses.get(wanted) ?? jira.store.statuses.find((one) => sameName(one.name, wanted));
      if (!status) throw notFound('The status was not found.');
      return ok(statusBean(jira, status));
    }),
    operation('getStatusCategories', 'GET', '/rest/api/3/statuscategory', ({ jira }) =>
      ok(Object.keys(STATUS_CATEGORIES).map((one) => statusCategoryBean(jira, statusCategorySchema.parse(one)))),
    ),
    operation('getStatusCategory', 'GET', '/rest/api/3/statuscategory/{idOrKey}', ({ jira, params }) => {
      const wanted = params.idOrKey ?? '';
      const found = Object.entries(STATUS_CATEGORIES).find(
        ([, one]) => String(one.id) === wanted || one.key === wanted || sameName(one.name, wanted),
      );
      if (!found) throw notFound('The status category was not found.');
      return ok(statusCategoryBean(jira, statusCategorySchema.parse(found[0])));
    }),
    operation('search', 'GET', '/rest/api/3/statuses/search', ({ jira, query }) => {
      const category = query.get('statusCategory');
      const rows = namedLike(query, 'searchString', jira.store.statuses.all()).filter((one) => !category || one.category === category);
      return ok(page(query, rows.map(jiraStatusBean), 200));
    }),
  ]),
  ...administratorsOnly('Only Jira administrators can manage statuses.', [
    operation('getStatusesById', 'GET', '/rest/api/3/statuses', ({ jira, query }) => ok(statusesOf(jira.store, query).map(jiraStatusBean))),
    operation('getStatusesByName', 'GET', '/rest/api/3/statuses/byNames', ({ jira, query }) => {
      const names = query.getAll('name');
      return ok(jira.store.statuses.filter((one) => names.some((name) => sameName(name, one.name))).map(jiraStatusBean));
    }),
    operation(
      'createStatuses',
      'POST',
      '/rest/api/3/statuses',
      z.object({ scope: scopeSchema, statuses: z.array(newStatus).min(1) }),
      ({ jira, body }) => {
        if (body.scope.type === 'PROJECT') throw badRequest('Statuses of a project can only be made in team-managed projects.');
        const seen = new Set<string>();
        for (const { name } of body.statuses) {
          if (nameTaken(jira.store.statuses, name) || seen.has(name.toLowerCase())) throw notUnique(name);
          seen.add(name.toLowerCase());
        }
        return ok(body.statuses.map((one) => jiraStatusBean(addStatus(jira.store, one.name, one.statusCategory, one.description))));
      },
    ),
    operation(
      'updateStatuses',
      'PUT',
      '/rest/api/3/statuses',
      z.object({
        statuses: z
          .array(newStatus.extend({ id: idSchema }))
          .min(1)
          .max(STATUSES_AT_ONCE),
      }),
      ({ jira, body }) => {
        const changed = body.statuses.map(({ id, name, statusCategory, description }) => {
          const status = jira.store.statuses.get(id);
          if (!status) throw badRequest(`Statuses with these ids were not found: ${id}`);
          if (nameTaken(jira.store.statuses, name, id)) throw notUnique(name);
          return merged(status, { name, category: statusCategory, description });
        });
        for (const status of changed) jira.store.statuses.put(status);
        return noContent();
      },
    ),
    operation('deleteStatusesById', 'DELETE', '/rest/api/3/statuses', ({ jira, query }) => {
      const doomed = statusesOf(jira.store, query);
      const used = doomed.filter(({ id }) => jira.store.workflows.find((one) => one.statuses.some(({ statusId }) => statusId === id)));
      if (used.length > 0) throw badRequest(`These statuses are used in workflows: ${used.map((one) => one.name).join(', ')}`);
      for (const { id } of doomed) jira.store.statuses.delete(id);
      return noContent();
    }),
  ]),
];
