/** /issue/properties: properties of many work items, set and deleted in a task. */
import { z } from 'zod';
import { type entityProperty } from '../comments/comment';
import { may } from '../issues/access';
import { badRequest, operation, requirePerson, type Answer, type Call, type Operation } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { Issue, Json } from '../store';
import { seeTask, startTask } from '../tasks';
import { checkProperties, checkProperty, setProperty } from './property';

/** OpenAPI: bulkSetIssuesPropertiesList, bulkSetIssuePropertiesByIssue. */
const ISSUES = 10_000;
const PROPERTIES = 10;
const ISSUES_EACH = 100;

const PATH = '/rest/api/3/issue/properties';

const ids = z.array(z.union([z.string(), z.int()]));
const listInput = z.looseObject({ entitiesIds: ids.min(1).max(ISSUES), properties: z.record(z.string(), z.json()) });
const eachInput = z.looseObject({
  issues: z
    .array(z.looseObject({ issueID: z.union([z.string(), z.int()]), properties: z.record(z.string(), z.json()) }))
    .min(1)
    .max(ISSUES_EACH),
});
const filterInput = z.looseObject({ entityIds: ids.nullish(), currentValue: z.json().optional(), hasProperty: z.boolean().nullish() });

const editable = ({ jira, person }: Call, issue: Issue): boolean =>
  may(jira, person, 'EDIT_ISSUES', issue) && may(jira, person, 'BROWSE_PROJECTS', issue);

/** Does something to each work item in a task; those that the caller may not edit are left out. */
function inTask(call: Call, description: string, rows: { issue: Issue | undefined; act(issue: Issue): void }[]): Answer {
  const { jira } = call;
  const task = startTask(jira, {
    submittedBy: requirePerson(call).id,
    kind: 'properties',
    description,
    work: () => {
      for (const { issue, act } of rows) {
        if (!issue || !editable(call, issue)) continue;
        aboutToChange(jira, issue);
        act(issue);
      }
      return undefined;
    },
  });
  return seeTask(jira, task);
}

const issueOf = ({ jira }: Call, id: string | number): Issue | undefined => jira.store.issues.get(String(id));

const put =
  (properties: Record<string, Json>) =>
  (issue: Issue): void => {
    for (const [key, value] of Object.entries(properties)) setProperty(issue, key, value);
  };

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The work items that a filter leaves: by id, by having the property at all, by its value. */
function filtered(call: Call, key: string, { entityIds, currentValue, hasProperty }: z.infer<typeof filterInput>): Issue[] {
  const rows = entityIds ? entityIds.flatMap((id) => issueOf(call, id) ?? []) : call.jira.store.issues.all();
  return rows
    .filter(({ properties }) => hasProperty === undefined || hasProperty === null || Object.hasOwn(properties, key) === hasProperty)
    .filter(({ properties }) => currentValue === undefined || same(properties[key], currentValue));
}

const setInput = z.looseObject({ value: z.json().optional(), expression: z.string().nullish(), filter: filterInput.nullish() });
const entries = (properties: Record<string, Json>): z.infer<typeof entityProperty>[] =>
  Object.entries(properties).map(([key, value]) => ({ key, value }));

function check(properties: Record<string, Json>): void {
  if (Object.keys(properties).length === 0 || Object.keys(properties).length > PROPERTIES) {
    throw badRequest(`Between 1 and ${PROPERTIES} properties are required.`);
  }
  checkProperties(entries(properties));
}

export const manyPropertiesOperations: Operation[] = [
  operation('bulkSetIssuesPropertiesList', 'POST', PATH, listInput, (call) => {
    const { entitiesIds, properties } = call.body;
    check(properties);
    return inTask(
      call,
      'Set issue properties',
      entitiesIds.map((id) => ({ issue: issueOf(call, id), act: put(properties) })),
    );
  }),
  operation('bulkSetIssuePropertiesByIssue', 'POST', `${PATH}/multi`, eachInput, (call) => {
    for (const { properties } of call.body.issues) check(properties);
    return inTask(
      call,
      'Set issue properties',
      call.body.issues.map(({ issueID, properties }) => ({ issue: issueOf(call, issueID), act: put(properties) })),
    );
  }),
  operation('bulkSetIssueProperty', 'PUT', `${PATH}/{propertyKey}`, setInput, (call) => {
    const { value, expression, filter } = call.body;
    const key = call.params.propertyKey ?? '';
    if (expression) throw badRequest('Values by Jira expressions are not supported by this site.');
    if (value === undefined) throw badRequest('A value has to be provided.');
    checkProperty(key, value);
    return inTask(
      call,
      'Set issue property',
      filtered(call, key, filter ?? {}).map((issue) => ({ issue, act: put({ [key]: value }) })),
    );
  }),
  operation('bulkDeleteIssueProperty', 'DELETE', `${PATH}/{propertyKey}`, filterInput, (call) => {
    const key = call.params.propertyKey ?? '';
    const act = (issue: Issue): void => {
      delete issue.properties[key];
    };
    return inTask(
      call,
      'Delete issue property',
      filtered(call, key, call.body).map((issue) => ({ issue, act })),
    );
  }),
];
