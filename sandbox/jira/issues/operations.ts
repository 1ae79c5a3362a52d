/** /issue and what hangs on it, but for transitions, comments and properties. */
import { z } from 'zod';
import { badRequest, created, ok, operation, RestError, type Answer, type Call, type Operation } from '../rest';
import type { Issue } from '../store';
import { transitionBeans } from '../transitions/operations';
import { may, visibleIssue } from './access';
import { issueBean, viewOf, type IssueView } from './beans';
import { bulkChangelogInput, bulkChangelogs, changelogIdsInput, getChangelog, getChangelogByIds } from './changelog';
import { createIssue } from './create';
import { assign, deleteIssue, editIssue } from './edit';
import { issueBody, type IssueBody } from './input';
import { createMetaFields, createMetaTypes, editFields, editMeta } from './meta';
import { renderedFields } from './rendered';

/** OpenAPI: createIssues, bulkFetchIssues. */
const BULK_CREATE = 50;
const BULK_FETCH = 100;

const createdBean = ({ jira }: Call, issue: Issue) => ({ id: issue.id, key: issue.key, self: `${jira.baseUrl}/rest/api/3/issue/${issue.id}` });

const bulkInput = z.looseObject({ issueUpdates: z.array(issueBody) });

async function createMany(call: Call<z.infer<typeof bulkInput>>): Promise<Answer> {
  const { issueUpdates } = call.body;
  if (issueUpdates.length === 0 || issueUpdates.length > BULK_CREATE) throw badRequest(`Between 1 and ${BULK_CREATE} issues can be created at once.`);
  const issues: ReturnType<typeof createdBean>[] = [];
  const errors: unknown[] = [];
  for (const [failedElementNumber, update] of issueUpdates.entries()) {
    try {
      issues.push(createdBean(call, await createIssue(call, update)));
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      errors.push({ status: error.status, elementErrors: { errorMessages: error.errorMessages, errors: error.errors }, failedElementNumber });
    }
  }
  return { status: issues.length > 0 ? 201 : 400, body: { issues, errors } };
}

/** A work item with every expansion. */
export function fullBean(call: Call, issue: Issue, view: IssueView) {
  const { jira, person } = call;
  const expand = new Set(view.expand);
  const bean = issueBean(jira, person, issue, view);
  return {
    ...bean,
    ...(expand.has('renderedFields') && { renderedFields: renderedFields(jira, person, issue, bean.fields) }),
    ...(expand.has('editmeta') && { editmeta: { fields: editFields(call, issue) } }),
    // each representation under its number; Jira has one of every field
    ...(expand.has('versionedRepresentations') && {
      versionedRepresentations: Object.fromEntries(Object.entries(bean.fields).map(([id, value]) => [id, { '1': value }])),
    }),
    ...((expand.has('transitions') || expand.has('transitions.fields')) && {
      transitions: transitionBeans(jira, person, issue, { withFields: expand.has('transitions.fields') }),
    }),
  };
}

const fetchInput = z.looseObject({
  issueIdsOrKeys: z.array(z.union([z.string(), z.number()])),
  fields: z.array(z.string()).optional(),
  expand: z.array(z.string()).optional(),
  properties: z.array(z.string()).optional(),
});

function bulkFetch(call: Call<z.infer<typeof fetchInput>>): Answer {
  const { jira, person, body } = call;
  const { issueIdsOrKeys, fields = [], expand = [], properties = [] } = body;
  if (issueIdsOrKeys.length === 0 || issueIdsOrKeys.length > BULK_FETCH)
    throw badRequest(`Between 1 and ${BULK_FETCH} issue ids or keys are required.`);
  const issues = new Set(issueIdsOrKeys.flatMap((one) => jira.store.issue(String(one)) ?? []));
  const visible = [...issues].filter((one) => may(jira, person, 'BROWSE_PROJECTS', one)).sort((a, b) => Number(a.id) - Number(b.id));
  return ok({ issues: visible.map((one) => fullBean(call, one, { fields, expand, properties })), issueErrors: [] });
}

function edit(call: Call<IssueBody>): Answer {
  const issue = editIssue(call);
  if (call.query.get('returnIssue') !== 'true') return { status: 204 };
  return ok(fullBean(call, issue, { fields: [], properties: [], expand: viewOf(call.query).expand }));
}

const PATH = '/rest/api/3/issue';
const ONE = `${PATH}/{issueIdOrKey}`;

export const issueOperations: Operation[] = [
  operation('createIssue', 'POST', PATH, issueBody, async (call) => created(createdBean(call, await createIssue(call, call.body)))),
  operation('createIssues', 'POST', `${PATH}/bulk`, bulkInput, createMany),
  operation('bulkFetchIssues', 'POST', `${PATH}/bulkfetch`, fetchInput, bulkFetch),
  operation('getCreateIssueMetaIssueTypes', 'GET', `${PATH}/createmeta/{projectIdOrKey}/issuetypes`, createMetaTypes),
  operation('getCreateIssueMetaIssueTypeId', 'GET', `${PATH}/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}`, createMetaFields),
  operation('getIssue', 'GET', ONE, (call) => ok(fullBean(call, visibleIssue(call, call.params.issueIdOrKey), viewOf(call.query)))),
  operation('editIssue', 'PUT', ONE, issueBody, edit),
  operation('deleteIssue', 'DELETE', ONE, deleteIssue),
  operation('getEditIssueMeta', 'GET', `${ONE}/editmeta`, editMeta),
  operation('assignIssue', 'PUT', `${ONE}/assignee`, z.looseObject({ accountId: z.string().nullish() }), assign),
  operation('getChangeLogs', 'GET', `${ONE}/changelog`, getChangelog),
  operation('getChangeLogsByIds', 'POST', `${ONE}/changelog/list`, changelogIdsInput, getChangelogByIds),
  operation('getBulkChangelogs', 'POST', '/rest/api/3/changelog/bulkfetch', bulkChangelogInput, bulkChangelogs),
];
