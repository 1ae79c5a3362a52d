/** /issuetype/{issueTypeId}/properties */
import { administratorsOnly, personsOnly, rowOr404 } from '../configure';
import { badRequest, noContent, notFound, ok, operation, type Call, type Operation } from '../rest';
import { checkProperty } from '../properties/property';
import type { Json, WorkType } from '../store';

const PATH = '/rest/api/3/issuetype/{issueTypeId}/properties';
const ONE = `${PATH}/{propertyKey}`;

const typeOf = ({ jira, params }: Call): WorkType => rowOr404(jira.store.workTypes, params.issueTypeId, 'The issue type was not found.');

function propertyOf(call: Call): { properties: Record<string, Json>; key: string } {
  const { properties = {} } = typeOf(call);
  const key = call.params.propertyKey ?? '';
  if (!Object.hasOwn(properties, key)) throw notFound(`The property with the key '${key}' does not exist.`);
  return { properties, key };
}

export const propertyOperations: Operation[] = [
  ...personsOnly([
    operation('getIssueTypePropertyKeys', 'GET', PATH, (call) => {
      const type = typeOf(call);
      const self = (key: string) => `${call.jira.baseUrl}/rest/api/3/issuetype/${type.id}/properties/${encodeURIComponent(key)}`;
      return ok({ keys: Object.keys(type.properties ?? {}).map((key) => ({ self: self(key), key })) });
    }),
    operation('getIssueTypeProperty', 'GET', ONE, (call) => {
      const { properties, key } = propertyOf(call);
      return ok({ key, value: properties[key] });
    }),
  ]),
  ...administratorsOnly('Only Jira administrators can change properties of issue types.', [
    operation('setIssueTypeProperty', 'PUT', ONE, (call) => {
      const type = typeOf(call);
      if (call.body === undefined) throw badRequest('The property value must be a valid, non-empty JSON value.');
      const key = call.params.propertyKey ?? '';
      const value = call.body as Json;
      checkProperty(key, value);
      const isNew = !Object.hasOwn(type.properties ?? {}, key);
      type.properties = { ...type.properties, [key]: value };
      return { status: isNew ? 201 : 200, body: {} };
    }),
    operation('deleteIssueTypeProperty', 'DELETE', ONE, (call) => {
      const { properties, key } = propertyOf(call);
      delete properties[key];
      return noContent();
    }),
  ]),
];
