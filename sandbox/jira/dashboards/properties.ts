/** Properties of a dashboard item: what an app keeps with its gadget. */
import { checkProperty } from '../properties/property';
import { badRequest, noContent, notFound, ok, operation, type Call, type Operation } from '../rest';
import type { Gadget, Json } from '../store';
import { editableDashboard, gadgetOf, visibleDashboard } from './access';

const path = '/rest/api/3/dashboard/{dashboardId}/items/{itemId}/properties';
const one = `${path}/{propertyKey}`;

const readable = (call: Call): Gadget => gadgetOf(visibleDashboard(call, call.params.dashboardId), call.params.itemId);
const writable = (call: Call): Gadget => gadgetOf(editableDashboard(call, call.params.dashboardId, 403), call.params.itemId);

function keyIn(gadget: Gadget, key = ''): string {
  if (!(key in gadget.properties)) throw notFound(`The property with the key '${key}' does not exist.`);
  return key;
}

/** A gadget without a module of its own keeps in `config` only texts by name. */
function checkConfig(gadget: Gadget, key: string, value: Json): void {
  if (key !== 'config' || gadget.moduleKey !== undefined) return;
  const flat = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((each) => typeof each === 'string');
  if (!flat) throw badRequest('The JSON data provided for the property must be an object with all keys and values as strings.');
}

export const itemPropertyOperations: Operation[] = [
  operation('getDashboardItemPropertyKeys', 'GET', path, (call) => {
    const { dashboardId = '', itemId = '' } = call.params;
    const self = `${call.jira.baseUrl}/rest/api/3/dashboard/${dashboardId}/items/${itemId}/properties`;
    return ok({ keys: Object.keys(readable(call).properties).map((key) => ({ self: `${self}/${encodeURIComponent(key)}`, key })) });
  }),
  operation('getDashboardItemProperty', 'GET', one, (call) => {
    const gadget = readable(call);
    const key = keyIn(gadget, call.params.propertyKey);
    return ok({ key, value: gadget.properties[key] });
  }),
  operation('setDashboardItemProperty', 'PUT', one, (call) => {
    const gadget = writable(call);
    if (call.body === undefined) throw badRequest('The property value must be a valid, non-empty JSON value.');
    const { propertyKey: key = '' } = call.params;
    const value = call.body as Json;
    checkProperty(key, value);
    checkConfig(gadget, key, value);
    const status = key in gadget.properties ? 200 : 201;
    gadget.properties[key] = value;
    return { status };
  }),
  operation('deleteDashboardItemProperty', 'DELETE', one, (call) => {
    const gadget = writable(call);
    delete gadget.properties[keyIn(gadget, call.params.propertyKey)];
    return noContent();
  }),
];
