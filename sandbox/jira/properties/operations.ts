/** /issue/{issueIdOrKey}/properties */
import { may, visibleIssue } from '../issues/access';
import { badRequest, forbidden, noContent, notFound, ok, operation, type Answer, type Call, type Operation } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { Issue, Json } from '../store';
import { manyPropertiesOperations } from './many';
import { checkProperty, setProperty } from './property';

const PATH = '/rest/api/3/issue/{issueIdOrKey}/properties';
const ONE = `${PATH}/{propertyKey}`;

function editable(call: Call): Issue {
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  if (!may(call.jira, call.person, 'EDIT_ISSUES', issue)) throw forbidden('You do not have permission to edit issues in this project.');
  return issue;
}

function getKeys(call: Call): Answer {
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const self = `${call.jira.baseUrl}/rest/api/3/issue/${issue.key}/properties`;
  return ok({ keys: Object.keys(issue.properties).map((key) => ({ self: `${self}/${encodeURIComponent(key)}`, key })) });
}

function keyOf(call: Call, issue: Issue): string {
  const key = call.params.propertyKey ?? '';
  if (!(key in issue.properties)) throw notFound(`The property with the key '${key}' does not exist.`);
  return key;
}

function getOne(call: Call): Answer {
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const key = keyOf(call, issue);
  return ok({ key, value: issue.properties[key] });
}

function putOne(call: Call): Answer {
  const issue = editable(call);
  if (call.body === undefined) throw badRequest('The property value must be a valid, non-empty JSON value.');
  const key = call.params.propertyKey ?? '';
  const value = call.body as Json;
  checkProperty(key, value);
  aboutToChange(call.jira, issue);
  return { status: setProperty(issue, key, value) ? 201 : 200 };
}

function deleteOne(call: Call): Answer {
  const issue = editable(call);
  const key = keyOf(call, issue);
  aboutToChange(call.jira, issue);
  delete issue.properties[key];
  return noContent();
}

export const propertyOperations: Operation[] = [
  ...manyPropertiesOperations,
  operation('getIssuePropertyKeys', 'GET', PATH, getKeys),
  operation('getIssueProperty', 'GET', ONE, getOne),
  operation('setIssueProperty', 'PUT', ONE, putOne),
  operation('deleteIssueProperty', 'DELETE', ONE, deleteOne),
];
