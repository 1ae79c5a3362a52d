/** What stands on a dashboard, and where. */
import { z } from 'zod';
import { chosenBy, personsOnly } from '../configure';
import { badRequest, noContent, ok, operation, type Operation } from '../rest';
import type { Dashboard, Gadget } from '../store';
import { editableDashboard, gadgetOf, visibleDashboard } from './access';
import { closeUp, columnCount, columnOf, put, type Place } from './places';

const path = '/rest/api/3/dashboard/{dashboardId}/gadget';

/** Jira's own default of what a dashboard can hold. */
const GADGETS = 20;

const COLORS = ['blue', 'red', 'yellow', 'green', 'cyan', 'purple', 'gray', 'white'] as const;

/** A few of Jira's own; those of apps are named by the ARI of their module. */
const OWN_GADGETS = [
  {
    title: 'Activity Stream',
    uri: 'rest/gadgets/1.0/g/com.atlassian.streams.streams-jira-plugin:activitystream-gadget/gadgets/activitystream-gadget.xml',
  },
  { title: 'Filter Results', moduleKey: 'com.atlassian.jira.gadgets:filter-results-dashboard-item' },
  { title: 'Pie Chart', moduleKey: 'com.atlassian.jira.gadgets:pie-chart-dashboard-item' },
  { title: 'Assigned to Me', moduleKey: 'com.atlassian.jira.gadgets:assigned-to-me-dashboard-item' },
];
const FORGE_MODULE = /^ari:cloud:ecosystem::extension\//;

const place = z.looseObject({ row: z.int().min(0), column: z.int().min(0) });
const settings = z.looseObject({
  moduleKey: z.string().min(1).nullish(),
  uri: z.string().min(1).nullish(),
  color: z.enum(COLORS).nullish(),
  title: z.string().min(1).nullish(),
  position: place.nullish(),
  ignoreUriAndModuleKeyValidation: z.boolean().nullish(),
});
const changes = z.looseObject({ color: z.enum(COLORS).nullish(), title: z.string().min(1).nullish(), position: place.nullish() });

// The document's schema names the two by their descriptions; its examples have row and column.
const gadgetBean = ({ id, moduleKey, uri, color, title, row, column }: Gadget) => ({
  id: Number(id),
  ...(moduleKey !== undefined && { moduleKey }),
  ...(uri !== undefined && { uri }),
  color,
  title,
  position: { row, column },
});

function checkPlace(dashboard: Dashboard, { row, column }: Place): void {
  if (column >= columnCount(dashboard)) {
    throw badRequest('The gadget cannot be placed in the selected column. The selected column does not exist on the dashboard.');
  }
  if (row > columnOf(dashboard, column).length) {
    throw badRequest('The gadget cannot be placed in the selected row. The selected row does not exist on the dashboard.');
  }
}

/** What kind of gadget a request means; 400 for one that the site does not have. */
function kindOf({ moduleKey, uri, title, ignoreUriAndModuleKeyValidation }: z.infer<typeof settings>): Pick<Gadget, 'title' | 'moduleKey' | 'uri'> {
  if (moduleKey && uri) throw badRequest('Only one of the module key and the URI may be provided.');
  if (!moduleKey && !uri) throw badRequest('Either the module key or the URI has to be provided.');
  const known = OWN_GADGETS.find((one) => (moduleKey ? one.moduleKey === moduleKey : one.uri === uri));
  const isApp = moduleKey !== undefined && moduleKey !== null && FORGE_MODULE.test(moduleKey);
  if (!known && !isApp && ignoreUriAndModuleKeyValidation !== true) throw badRequest('The gadget was not found.');
  return { title: title ?? known?.title ?? 'Gadget', ...(moduleKey && { moduleKey }), ...(uri && { uri }) };
}

export const gadgetOperations: Operation[] = [
  operation('getAllGadgets', 'GET', path, (call) => {
    const { query } = call;
    const all = visibleDashboard(call, call.params.dashboardId).gadgets;
    const rows = chosenBy(query, 'gadgetId', all, ({ id }) => id)
      .filter((one) => !query.get('moduleKey') || query.getAll('moduleKey').includes(one.moduleKey ?? ''))
      .filter((one) => !query.get('uri') || query.getAll('uri').includes(one.uri ?? ''));
    return ok({ gadgets: rows.map(gadgetBean) });
  }),
  ...personsOnly([
    operation('getAllAvailableDashboardGadgets', 'GET', '/rest/api/3/dashboard/gadgets', () => ok({ gadgets: OWN_GADGETS })),
    operation('addGadget', 'POST', path, settings, (call) => {
      const { body, jira } = call;
      const dashboard = editableDashboard(call, call.params.dashboardId);
      if (dashboard.gadgets.length >= GADGETS) {
        throw badRequest('Cannot add another gadget. The maximum number of gadgets the dashboard can hold has been reached.');
      }
      const kind = kindOf(body);
      const target = body.position ?? { row: 0, column: 0 };
      checkPlace(dashboard, target);
      const gadget: Gadget = { id: jira.store.nextId('gadget'), color: body.color ?? 'blue', ...kind, ...target, properties: {} };
      dashboard.gadgets.push(gadget);
      put(dashboard, gadget, target);
      return ok(gadgetBean(gadget));
    }),
    operation('updateGadget', 'PUT', `${path}/{gadgetId}`, changes, (call) => {
      const { body } = call;
      const dashboard = editableDashboard(call, call.params.dashboardId);
      const gadget = gadgetOf(dashboard, call.params.gadgetId);
      if (body.position) checkPlace(dashboard, body.position);
      gadget.title = body.title ?? gadget.title;
      gadget.color = body.color ?? gadget.color;
      if (body.position) put(dashboard, gadget, body.position);
      return noContent();
    }),
    operation('removeGadget', 'DELETE', `${path}/{gadgetId}`, (call) => {
      const dashboard = editableDashboard(call, call.params.dashboardId);
      const gadget = gadgetOf(dashboard, call.params.gadgetId);
      dashboard.gadgets = dashboard.gadgets.filter((one) => one !== gadget);
      closeUp(dashboard, gadget.column);
      return noContent();
    }),
  ]),
];
