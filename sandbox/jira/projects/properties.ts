import { badRequest, noContent, notFound, ok, operation, type Call, type Operation } from '../rest';
import { personsOnly } from '../configure';
import type { Json } from '../store';
import { administeredProject, visibleProject } from './find';

/** OpenAPI: setProjectProperty, "The maximum length is 32768 characters"; property keys have at most 255. */
const VALUE_LENGTH = 32_768;
const KEY_LENGTH = 255;

const path = '/rest/api/3/project/{projectIdOrKey}/properties';

const keyOf = ({ params }: Call): string => params.propertyKey ?? '';
const missing = (key: string) => notFound(`The property ${key} does not exist.`);

export const projectPropertyOperations: Operation[] = personsOnly([
  operation('getProjectPropertyKeys', 'GET', path, (call) => {
    const project = visibleProject(call);
    const self = (key: string) => `${call.jira.baseUrl}/rest/api/3/project/${project.id}/properties/${encodeURIComponent(key)}`;
    return ok({ keys: Object.keys(project.properties).map((key) => ({ self: self(key), key })) });
  }),
  operation('getProjectProperty', 'GET', `${path}/{propertyKey}`, (call) => {
    const { properties } = visibleProject(call);
    const key = keyOf(call);
    if (!Object.hasOwn(properties, key)) throw missing(key);
    return ok({ key, value: properties[key] });
  }),
  operation('setProjectProperty', 'PUT', `${path}/{propertyKey}`, (call) => {
    const { properties } = administeredProject(call);
    const key = keyOf(call);
    if (key.length > KEY_LENGTH) throw badRequest(`The property key must not exceed ${KEY_LENGTH} characters.`);
    if (call.body === undefined) throw badRequest('The value of the property has to be provided.');
    if (JSON.stringify(call.body).length > VALUE_LENGTH) throw badRequest(`The value must not exceed ${VALUE_LENGTH} characters.`);
    const status = Object.hasOwn(properties, key) ? 200 : 201;
    // The router hands on what JSON.parse gave, so this is JSON.
    properties[key] = call.body as Json;
    return { status };
  }),
  operation('deleteProjectProperty', 'DELETE', `${path}/{propertyKey}`, (call) => {
    const { properties } = administeredProject(call);
    const key = keyOf(call);
    if (!Object.hasOwn(properties, key)) throw missing(key);
    delete properties[key];
    return noContent();
  }),
]);
