/** /jql: what queries mean, what they can say, and which work items they match. */
import { RESERVED_WORDS } from '@atlaskit/jql-ast';
import { z } from 'zod';
import { ok, operation, RestError, type Answer, type Call, type Operation } from '../rest';
import type { Field } from '../store';
import { codecOf } from '../values';
import { COLLAPSED, customField } from './customFields';
import type { Asker, JqlField, Kind } from './field';
import { visibility } from './find';
import { FUNCTIONS, type JqlFunction } from './functions';
import { askerOf, parseJql } from './jql';
import { propertyAlias } from './propertyFields';
import { structureBean } from './structure';
import { suggestions } from './suggestions';
import { encoded, readTree } from './syntax';
import { SYSTEM_FIELDS } from './systemFields';

const PATH = '/rest/api/3/jql';

/** Java classes by which Jira tells what fields and functions have in common; the last one of each is what functions of that kind give. */
const TYPES: Record<Kind, string> = {
  project: 'com.atlassian.jira.project.Project',
  issue: 'com.atlassian.jira.issue.Issue',
  type: 'com.atlassian.jira.issue.issuetype.IssueType',
  status: 'com.atlassian.jira.issue.status.Status',
  priority: 'com.atlassian.jira.issue.priority.Priority',
  user: 'com.atlassian.jira.user.ApplicationUser',
  option: 'com.atlassian.jira.issue.customfields.option.Option',
  plain: 'java.lang.String',
  link: 'java.lang.String',
  day: 'java.util.Date',
  moment: 'java.util.Date',
  number: 'java.lang.Number',
  text: 'java.lang.String',
};

const fieldBean = (field: JqlField, value: string, displayName: string) => ({
  value,
  displayName,
  orderable: String(field.sortable),
  searchable: 'true',
  auto: String(field.named !== undefined),
  operators: [...field.operators],
  types: [TYPES[field.kind]],
});

function customBeans(asker: Asker, field: Field) {
  if (field.kind === 'system' || !codecOf(field)) return [];
  const known = customField(asker, { ...field, kind: field.kind });
  const cfid = `cf[${field.id.replace('customfield_', '')}]`;
  return [{ ...fieldBean(known, encoded(field.name), `${field.name} - ${cfid}`), cfid }];
}

function collapsedBeans(asker: Asker, field: Field) {
  if (field.kind === 'system') return [];
  const name = `${field.name}[${COLLAPSED[field.kind]}]`;
  return [fieldBean(customField(asker, { ...field, kind: field.kind }), `"${name}"`, `${field.name} - ${name}`)];
}

const functionBean = ({ name, list, kinds }: JqlFunction) => ({
  value: `${name}()`,
  displayName: `${name}()`,
  ...(list && { isList: 'true' }),
  types: [...new Set(kinds.map((kind) => TYPES[kind]))],
});

function autocomplete({ jira, person }: Call, collapsed = false): Answer {
  const asker = askerOf(jira, person);
  const custom = jira.store.fields.filter((field) => field.kind !== 'system');
  const aliases = new Set((jira.propertyAliases?.() ?? []).flatMap((one) => one.alias ?? []));
  return ok({
    visibleFieldNames: [
      ...Object.entries(SYSTEM_FIELDS).map(([name, make]) => {
        const field = make(asker);
        const value = field.name.toLowerCase() === name ? field.name : name;
        return fieldBean(field, value, value);
      }),
      ...[...aliases].flatMap((alias) => propertyAlias(asker, alias).map((field) => fieldBean(field, encoded(alias), alias))),
      ...custom.flatMap((field) => customBeans(asker, field)),
      ...(collapsed ? custom.flatMap((field) => collapsedBeans(asker, field)) : []),
    ],
    visibleFunctionNames: FUNCTIONS.map(functionBean),
    jqlReservedWords: [...RESERVED_WORDS],
  });
}

const messagesOf = (error: unknown): string[] => {
  if (error instanceof RestError && error.status === 400) return error.errorMessages;
  throw error;
};

/** Values that do not exist are errors when validation is strict and warnings when it is not. */
const isAboutValue = (message: string): boolean => /^(The value|A value with ID|An issue with key) .* does not exist for /.test(message);

function parseOne({ jira, person, query }: Call, jql: string) {
  const validation = query.get('validation') ?? 'strict';
  let structure: ReturnType<typeof structureBean>;
  try {
    structure = structureBean(readTree(jql));
  } catch (error) {
    return { query: jql, errors: messagesOf(error) };
  }
  if (validation === 'none') return { query: jql, structure };
  try {
    parseJql(jira, person, jql);
  } catch (error) {
    const messages = messagesOf(error);
    if (validation === 'warn' && messages.every(isAboutValue)) return { query: jql, structure, warnings: messages };
    return { query: jql, errors: messages };
  }
  return { query: jql, structure };
}

const matchInput = z.object({ issueIds: z.array(z.int()).min(1), jqls: z.array(z.string()).min(1) });

function match(call: Call<z.infer<typeof matchInput>>): Answer {
  const { jira, person, body } = call;
  const visible = visibility(jira, person);
  const issues = [...new Set(body.issueIds)].flatMap((id) => jira.store.issues.get(String(id)) ?? []).filter(visible);
  const matches = body.jqls.map((jql) => {
    try {
      const query = parseJql(jira, person, jql);
      return { matchedIssues: issues.filter((issue) => query.matches(issue)).map((issue) => Number(issue.id)), errors: [] };
    } catch (error) {
      return { matchedIssues: [], errors: messagesOf(error) };
    }
  });
  return ok({ matches });
}

const parseInput = z.object({ queries: z.array(z.string()).min(1) });
const filterInput = z.object({ projectIds: z.array(z.union([z.int(), z.string()])).optional(), includeCollapsedFields: z.boolean().optional() });

export const jqlOperations: Operation[] = [
  operation('parseJqlQueries', 'POST', `${PATH}/parse`, parseInput, (call) => ok({ queries: call.body.queries.map((jql) => parseOne(call, jql)) })),
  operation('getAutoComplete', 'GET', `${PATH}/autocompletedata`, (call) => autocomplete(call)),
  operation('getAutoCompletePost', 'POST', `${PATH}/autocompletedata`, filterInput, (call) => autocomplete(call, call.body.includeCollapsedFields)),
  operation('getFieldAutoCompleteForQueryString', 'GET', `${PATH}/autocompletedata/suggestions`, suggestions),
  operation('matchIssues', 'POST', `${PATH}/match`, matchInput, match),
];
