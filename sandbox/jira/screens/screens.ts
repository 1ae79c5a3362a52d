import { z } from 'zod';
import { administratorsOnly, chosenBy, merged, nameSchema, nameTaken, namedLike, rowOr404 } from '../configure';
import { DEFAULTS, existing } from '../lookups';
import { badRequest, created, noContent, notFound, ok, operation, page, type Call, type Operation } from '../rest';
import type { Field, Screen } from '../store';

const NAME_LENGTH = 255;
/** The tab that Jira puts on a new screen. */
const FIRST_TAB = 'Field Tab';
const path = '/rest/api/3/screens';

/** Jira's own fields that stand on no screen. */
const UNSCREENABLE = ['created', 'updated', 'resolutiondate', 'statuscategorychangedate', 'creator', 'status', 'project'];

const unknown = 'The screen was not found.';
const details = z.object({ name: nameSchema(NAME_LENGTH), description: z.string().optional() });

const screenBean = ({ id, name, description }: Screen) => ({ id: Number(id), name, description });
const tabBean = ({ id, name }: Screen['tabs'][number]) => ({ id: Number(id), name });
const fieldBean = ({ id, name }: Field) => ({ id, name });

const screenOf = ({ jira, params }: Call): Screen => rowOr404(jira.store.screens, params.screenId, unknown);

function tabOf(call: Call): { screen: Screen; tab: Screen['tabs'][number] } {
  const screen = screenOf(call);
  const tab = screen.tabs.find(({ id }) => id === call.params.tabId);
  if (!tab) throw notFound('The screen tab was not found.');
  return { screen, tab };
}

const usedFields = (screen: Screen): string[] => screen.tabs.flatMap(({ fieldIds }) => fieldIds);

/** Whether a field may be put on a screen at all. */
export const isScreenable = (field: Field): boolean => field.kind !== 'system' || !UNSCREENABLE.includes(field.id);

const moveInput = z.looseObject({ after: z.string().nullish(), position: z.enum(['Earlier', 'Later', 'First', 'Last']).nullish() });

/** Where among the others a field goes; undefined where the request does not say, or names a field that is not there. */
function placeOf({ after, position }: z.infer<typeof moveInput>, others: string[], index: number): number | undefined {
  if (after) return others.includes(after) ? others.indexOf(after) + 1 : undefined;
  return { First: 0, Last: others.length, Earlier: index - 1, Later: index + 1, none: undefined }[position ?? 'none'];
}

export const screenOperations: Operation[] = administratorsOnly('Only Jira administrators can manage screens.', [
  operation('getScreens', 'GET', path, ({ jira, query }) => {
    const rows = namedLike(
      query,
      'queryString',
      chosenBy(query, 'id', jira.store.screens.all(), ({ id }) => id),
    );
    return ok(page(query, rows.map(screenBean), 100));
  }),
  operation('createScreen', 'POST', path, details, ({ jira, body }) => {
    const { store } = jira;
    if (nameTaken(store.screens, body.name)) throw badRequest('The name is used by another screen.');
    const tabs = [{ id: store.nextId('screenTab'), name: FIRST_TAB, fieldIds: [] }];
    return created(screenBean(store.screens.put({ id: store.nextId('screen'), name: body.name, description: body.description ?? '', tabs })));
  }),
  operation('updateScreen', 'PUT', `${path}/{screenId}`, details.partial(), (call) => {
    const screen = screenOf(call);
    const { store } = call.jira;
    if (call.body.name && nameTaken(store.screens, call.body.name, screen.id)) throw badRequest('The name is used by another screen.');
    return ok(screenBean(store.screens.put(merged(screen, call.body))));
  }),
  operation('deleteScreen', 'DELETE', `${path}/{screenId}`, (call) => {
    const screen = screenOf(call);
    const { store } = call.jira;
    if (screen.id === DEFAULTS.screen) throw badRequest('The default screen cannot be deleted.');
    if (store.screenSchemes.find(({ screens }) => Object.values(screens).includes(screen.id)))
      throw badRequest('The screen is used in a screen scheme.');
    const onTransition = store.workflows.find(({ transitions }) =>
      transitions.some((one) => one.transitionScreen?.parameters.screenId === screen.id),
    );
    if (onTransition) throw badRequest('The screen is used in a workflow.');
    store.screens.delete(screen.id);
    return noContent();
  }),
  operation('getAvailableScreenFields', 'GET', `${path}/{screenId}/availableFields`, (call) => {
    const used = usedFields(screenOf(call));
    return ok(call.jira.store.fields.filter((one) => isScreenable(one) && !used.includes(one.id)).map(fieldBean));
  }),
  operation('getBulkScreenTabs', 'GET', `${path}/tabs`, ({ jira, query }) => {
    const screens = chosenBy(query, 'screenId', jira.store.screens.all(), ({ id }) => id);
    const rows = screens.flatMap((screen) => screen.tabs.map(({ id, name }) => ({ screenId: Number(screen.id), tabId: Number(id), tabName: name })));
    const chosen = chosenBy(query, 'tabId', rows, ({ tabId }) => String(tabId));
    return ok(page(query, chosen, 100));
  }),
  operation('getAllScreenTabs', 'GET', `${path}/{screenId}/tabs`, (call) => ok(screenOf(call).tabs.map(tabBean))),
  operation('addScreenTab', 'POST', `${path}/{screenId}/tabs`, z.object({ name: nameSchema(NAME_LENGTH) }), (call) => {
    const screen = screenOf(call);
    if (screen.tabs.some(({ name }) => name === call.body.name)) throw badRequest('A tab with this name is already on the screen.');
    const tab = { id: call.jira.store.nextId('screenTab'), name: call.body.name, fieldIds: [] };
    screen.tabs.push(tab);
    return ok(tabBean(tab));
  }),
  operation('deleteScreenTab', 'DELETE', `${path}/{screenId}/tabs/{tabId}`, (call) => {
    const { screen, tab } = tabOf(call);
    screen.tabs = screen.tabs.filter((one) => one !== tab);
    return noContent();
  }),
  operation('getAllScreenTabFields', 'GET', `${path}/{screenId}/tabs/{tabId}/fields`, (call) =>
    ok(
      tabOf(call)
        .tab.fieldIds.flatMap((id) => call.jira.store.fields.get(id) ?? [])
        .map(fieldBean),
    ),
  ),
  operation('addScreenTabField', 'POST', `${path}/{screenId}/tabs/{tabId}/fields`, z.object({ fieldId: z.string().min(1) }), (call) => {
    const { screen, tab } = tabOf(call);
    const field = rowOr404(call.jira.store.fields, call.body.fieldId, 'The field was not found.');
    if (!isScreenable(field)) throw badRequest(`The field with id ${field.id} cannot be put on a screen.`);
    if (usedFields(screen).includes(field.id)) throw badRequest(`The field with id ${field.id} is already on the screen.`);
    tab.fieldIds.push(field.id);
    return ok(fieldBean(field));
  }),
  operation('renameScreenTab', 'PUT', `${path}/{screenId}/tabs/{tabId}`, z.looseObject({ name: nameSchema(NAME_LENGTH) }), (call) => {
    const { screen, tab } = tabOf(call);
    if (screen.tabs.some((one) => one !== tab && one.name === call.body.name)) throw badRequest('A tab with this name is already on the screen.');
    tab.name = call.body.name;
    return ok(tabBean(tab));
  }),
  operation('moveScreenTab', 'POST', `${path}/{screenId}/tabs/{tabId}/move/{pos}`, (call) => {
    const { screen, tab } = tabOf(call);
    const at = Number(call.params.pos);
    if (!Number.isInteger(at) || at < 0 || at >= screen.tabs.length) throw notFound('The position is not valid.');
    screen.tabs = screen.tabs.filter((one) => one !== tab).toSpliced(at, 0, tab);
    return noContent();
  }),
  operation('moveScreenTabField', 'POST', `${path}/{screenId}/tabs/{tabId}/fields/{id}/move`, moveInput, (call) => {
    const { tab } = tabOf(call);
    const id = call.params.id ?? '';
    const index = tab.fieldIds.indexOf(id);
    if (index < 0) throw notFound('The field was not found on the tab.');
    const others = tab.fieldIds.filter((one) => one !== id);
    const at = placeOf(call.body, others, index);
    if (at === undefined || at < 0 || at > others.length) throw notFound("The field can't be moved to the requested position.");
    tab.fieldIds = others.toSpliced(at, 0, id);
    return noContent();
  }),
  operation('getScreensForField', 'GET', '/rest/api/3/field/{fieldId}/screens', ({ jira, params, query }) => {
    const id = params.fieldId ?? '';
    const rows = jira.store.screens.all().flatMap((screen) => {
      const tab = screen.tabs.find(({ fieldIds }) => fieldIds.includes(id));
      return tab ? [{ ...screenBean(screen), ...(query.get('expand') === 'tab' && { tab: tabBean(tab) }) }] : [];
    });
    return ok(page(query, rows, 100));
  }),
  operation('addFieldToDefaultScreen', 'POST', `${path}/addToDefault/{fieldId}`, (call) => {
    const screen = existing(call.jira.store.screens, DEFAULTS.screen);
    const field = rowOr404(call.jira.store.fields, call.params.fieldId, 'The field was not found.');
    if (!isScreenable(field)) throw badRequest(`The field with id ${field.id} cannot be put on a screen.`);
    if (usedFields(screen).includes(field.id)) throw notFound(`The field with id ${field.id} is already on the screen.`);
    screen.tabs[0]?.fieldIds.push(field.id);
    return ok({});
  }),
  operation('removeScreenTabField', 'DELETE', `${path}/{screenId}/tabs/{tabId}/fields/{id}`, (call) => {
    const { tab } = tabOf(call);
    if (!tab.fieldIds.includes(call.params.id ?? '')) throw notFound('The field was not found on the tab.');
    tab.fieldIds = tab.fieldIds.filter((id) => id !== call.params.id);
    return noContent();
  }),
]);
