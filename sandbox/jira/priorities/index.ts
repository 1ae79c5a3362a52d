import { z } from 'zod';
import { mayShow } from '../avatars/avatars';
import { priorityBean } from '../beans';
import {
  administratorsOnly,
  chosenBy,
  idSchema,
  nameSchema,
  nameTaken,
  namedLike,
  personsOnly,
  placeSchema,
  reordered,
  rowOr404,
} from '../configure';
import { badRequest, created, noContent, ok, operation, page, requirePerson, type Jira, type Operation } from '../rest';
import type { Priority, Store } from '../store';
import { finishedTask, seeTask } from '../tasks';

/** OpenAPI: CreatePriorityDetails; ReorderIssuePriorities. */
const NAME_LENGTH = 60;
const DESCRIPTION_LENGTH = 255;
const AT_ONCE = 1000;

const path = '/rest/api/3/priority';
const REFUSED = 'You are not authorized to perform this action. Administrator privileges are required.';

const details = z.looseObject({
  name: nameSchema(NAME_LENGTH),
  description: z.string().max(DESCRIPTION_LENGTH).optional(),
  statusColor: z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i),
  iconUrl: z
    .string()
    .regex(/^\/images\/icons\/priorities\/\w+\.png$/)
    .nullish(),
  avatarId: z.number().int().nullish(),
});

const order = z.looseObject({ ids: z.array(idSchema).min(1).max(AT_ONCE), ...placeSchema });

const withDefault = (jira: Jira, priority: Priority) => ({ ...priorityBean(jira, priority), isDefault: priority.isDefault === true });

const priorityOr404 = ({ store }: Jira, id: string | undefined): Priority =>
  rowOr404(store.priorities, id, `Priority with ID ${id ?? ''} not found.`);

function avatarOf(store: Store, ownerId: string, avatarId: number): string {
  if (!mayShow(store, 'priority', ownerId, String(avatarId))) throw badRequest(`The avatar ${avatarId} is not associated with this priority.`);
  return String(avatarId);
}

const readOperations = personsOnly([
  operation('getPriorities', 'GET', path, ({ jira }) => ok(jira.store.priorities.all().map((one) => priorityBean(jira, one)))),
  operation('searchPriorities', 'GET', `${path}/search`, ({ jira, query }) => {
    const rows = namedLike(
      query,
      'priorityName',
      chosenBy(query, 'id', jira.store.priorities.all(), ({ id }) => id),
    );
    const chosen = query.get('onlyDefault') === 'true' ? rows.filter((one) => one.isDefault) : rows;
    return ok(
      page(
        query,
        chosen.map((one) => withDefault(jira, one)),
      ),
    );
  }),
  operation('getPriority', 'GET', `${path}/{id}`, ({ jira, params }) => ok(withDefault(jira, priorityOr404(jira, params.id)))),
]);

const writeOperations = administratorsOnly(REFUSED, [
  operation('createPriority', 'POST', path, details, ({ jira, body }) => {
    const { store } = jira;
    const { name, description = '', statusColor, iconUrl, avatarId } = body;
    if (nameTaken(store.priorities, name)) throw badRequest('A priority with this name already exists.');
    if (!iconUrl === (avatarId === undefined || avatarId === null)) throw badRequest('Either iconUrl or avatarId has to be provided, but not both.');
    const row = store.priorities.put({
      id: store.nextId('priority'),
      name,
      description,
      statusColor,
      ...(iconUrl && { iconUrl }),
      ...(avatarId && { avatarId: avatarOf(store, '', avatarId) }),
    });
    return created({ id: row.id });
  }),
  operation('setDefaultPriority', 'PUT', `${path}/default`, z.object({ id: idSchema.nullable() }), ({ jira, body }) => {
    const chosen = body.id === null ? undefined : priorityOr404(jira, body.id);
    for (const one of jira.store.priorities.all()) delete one.isDefault;
    if (chosen) chosen.isDefault = true;
    return noContent();
  }),
  operation('movePriorities', 'PUT', `${path}/move`, order, ({ jira, body }) => {
    const { priorities } = jira.store;
    const moved = body.ids.map((id) => priorityOr404(jira, id));
    const after = body.after ? priorityOr404(jira, body.after) : undefined;
    priorities.load(reordered(priorities.all(), moved, { after, position: body.position }));
    return noContent();
  }),
  operation('updatePriority', 'PUT', `${path}/{id}`, details.partial(), ({ jira, params, body }) => {
    const row = priorityOr404(jira, params.id);
    const { name, description, statusColor, iconUrl, avatarId } = body;
    if ([name, description, statusColor, iconUrl, avatarId].every((one) => one === undefined || one === null)) {
      throw badRequest('At least one parameter has to be provided.');
    }
    if (iconUrl && avatarId) throw badRequest('Only one of iconUrl and avatarId may be provided.');
    if (name && nameTaken(jira.store.priorities, name, row.id)) throw badRequest('A priority with this name already exists.');
    row.name = name ?? row.name;
    row.description = description ?? row.description;
    row.statusColor = statusColor ?? row.statusColor;
    if (iconUrl) {
      row.iconUrl = iconUrl;
      delete row.avatarId;
    }
    if (avatarId) row.avatarId = avatarOf(jira.store, row.id, avatarId);
    return noContent();
  }),
  operation('deletePriority', 'DELETE', `${path}/{id}`, (call) => {
    const { store } = call.jira;
    const row = priorityOr404(call.jira, call.params.id);
    const fallback = store.priorities.find((one) => one.isDefault === true && one !== row);
    if (!fallback) throw badRequest('The default priority cannot be deleted. Choose another default first.');
    for (const issue of store.issues.filter((one) => one.fields.priority === row.id)) {
      issue.fields.priority = fallback.id;
      store.putIssue(issue);
    }
    store.priorities.delete(row.id);
    return seeTask(call.jira, finishedTask(call.jira, requirePerson(call).id, `Delete priority ${row.name}`));
  }),
]);

export const operations: Operation[] = [...readOperations, ...writeOperations];
