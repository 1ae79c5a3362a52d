/** The trash and deleting: a field in it is nowhere to be seen, keeps its values and its places on screens, and comes back with them. */
import { administratorsOnly, chosenBy } from '../configure';
import { badRequest, notFound, ok, operation, page, requirePerson, type Jira, type Operation } from '../rest';
import type { Field, TrashedField } from '../store';
import { finishedTask, seeTask } from '../tasks';
import { customField, fieldSearchBean } from './fields';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Days that a field stays in the trash. */
const KEPT_DAYS = 60;

/** Takes a field and its values off the site for good, from the trash or from where it is used. */
function deleteField({ store }: Jira, field: Field): void {
  for (const screen of store.screens.all()) for (const tab of screen.tabs) tab.fieldIds = tab.fieldIds.filter((id) => id !== field.id);
  for (const issue of store.issues.all()) delete issue.fields[field.id];
  store.fields.delete(field.id);
  store.trashedFields.delete(field.id);
}

/** Fields in the trash; what has been there too long is gone. */
function trashed(jira: Jira): TrashedField[] {
  const oldest = jira.clock.now().getTime() - KEPT_DAYS * DAY_MS;
  for (const field of jira.store.trashedFields.filter((one) => one.trashed < oldest)) deleteField(jira, field);
  return jira.store.trashedFields.all();
}

const ORDERS: Record<string, (a: TrashedField, b: TrashedField) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  trashDate: (a, b) => a.trashed - b.trashed,
  plannedDeletionDate: (a, b) => a.trashed - b.trashed,
};

export const trashOperations: Operation[] = administratorsOnly('Only Jira administrators can access the trash.', [
  operation('getTrashedFieldsPaginated', 'GET', '/rest/api/3/field/search/trashed', ({ jira, query }) => {
    const text = query.get('query')?.toLowerCase() ?? '';
    const order = query.get('orderBy') ?? 'name';
    const compare = ORDERS[order.replace(/^[-+]/, '')];
    if (!compare) throw badRequest(`The orderBy parameter is not valid: ${order}`);
    const rows = chosenBy(query, 'id', trashed(jira), ({ id }) => id)
      .filter((one) => one.name.toLowerCase().includes(text) || one.description.toLowerCase().includes(text))
      .sort((a, b) => (order.startsWith('-') ? compare(b, a) : compare(a, b)));
    return ok(
      page(
        query,
        rows.map((one) => fieldSearchBean(jira, one, [])),
      ),
    );
  }),
  operation('trashCustomField', 'POST', '/rest/api/3/field/{id}/trash', (call) => {
    const { store, clock } = call.jira;
    const field = customField(call.jira, call.params.id);
    store.fields.delete(field.id);
    store.trashedFields.put({ ...field, trashedBy: requirePerson(call).id, trashed: clock.now().getTime() });
    return ok({});
  }),
  operation('restoreCustomField', 'POST', '/rest/api/3/field/{id}/restore', ({ jira, params }) => {
    const row = trashed(jira).find((one) => one.id === params.id);
    if (!row) throw notFound('The custom field was not found in the trash.');
    const { trashedBy: _by, trashed: _at, ...field } = row;
    jira.store.trashedFields.delete(row.id);
    jira.store.fields.put(field);
    return ok({});
  }),
  operation('deleteCustomField', 'DELETE', '/rest/api/3/field/{id}', (call) => {
    if (!/^customfield_\d+$/.test(call.params.id ?? '')) throw badRequest('The custom field ID format is incorrect.');
    const field = trashed(call.jira).find(({ id }) => id === call.params.id) ?? customField(call.jira, call.params.id);
    deleteField(call.jira, field);
    return seeTask(call.jira, finishedTask(call.jira, requirePerson(call).id, `Delete custom field ${field.name}`));
  }),
]);
