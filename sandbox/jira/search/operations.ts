/** /search/jql and /search/approximate-count */
import { z } from 'zod';
import { namesOf, schemasOf, viewOf, type IssueView } from '../issues/beans';
import { fullBean } from '../issues/operations';
import { badRequest, ok, operation, type Answer, type Call, type Operation } from '../rest';
import { findIssues } from './find';
import { jqlOperations } from './jqlOperations';
import { parseJql, type Query } from './jql';
import { pageOf } from './order';
import { pickerOperations } from './picker';

/** OpenAPI: searchAndReconsileIssuesUsingJql. */
const DEFAULT_PAGE = 50;
const PAGE_LIMIT = 5000;
const RECONCILE_LIMIT = 50;

const ids = z.array(z.union([z.string(), z.number()]));

const searchInput = z.looseObject({
  jql: z.string().optional(),
  nextPageToken: z.string().nullish(),
  maxResults: z.int().optional(),
  fields: z.array(z.string()).optional(),
  expand: z.string().optional(),
  properties: z.array(z.string()).optional(),
  reconcileIssues: ids.optional(),
});

interface Search {
  jql: string;
  token: string | undefined;
  maxResults: number;
  view: IssueView;
  reconcile: string[];
}

function bounded({ jira, person }: Call, jql: string): Query {
  const query = parseJql(jira, person, jql);
  if (query.bounded) return query;
  throw badRequest('Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
}

const count = (call: Call, jql: string): number => [...findIssues(call.jira, call.person, bounded(call, jql))].length;

function search(call: Call, { jql, token, maxResults, view, reconcile }: Search): Answer {
  if (reconcile.length > RECONCILE_LIMIT) throw badRequest(`At most ${RECONCILE_LIMIT} issues can be reconciled.`);
  const query = bounded(call, jql);
  const found = findIssues(call.jira, call.person, query, new Set(reconcile));
  const { issues, nextPageToken } = pageOf(found, query.ordering, token, Math.min(Math.max(1, maxResults), PAGE_LIMIT));
  // without `fields` this operation answers ids alone, unlike GET issue
  const onlyId = view.fields.length === 0 || view.fields.every((one) => one === 'id');
  const beans = issues.map((issue) => (onlyId && view.expand.length === 0 ? { id: issue.id } : fullBean(call, issue, view)));
  const shown = view.fields.includes('*all') || view.fields.includes('*navigable') ? call.jira.store.fields.all().map((one) => one.id) : view.fields;
  return ok({
    issues: beans,
    ...(nextPageToken !== undefined && { nextPageToken }),
    isLast: nextPageToken === undefined,
    ...(view.expand.includes('names') && { names: namesOf(call.jira, shown) }),
    ...(view.expand.includes('schema') && { schema: schemasOf(call.jira, shown) }),
  });
}

const get = (call: Call): Answer =>
  search(call, {
    jql: call.query.get('jql') ?? '',
    token: call.query.get('nextPageToken') ?? undefined,
    maxResults: Number(call.query.get('maxResults') ?? DEFAULT_PAGE) || DEFAULT_PAGE,
    view: viewOf(call.query),
    reconcile: call.query.getAll('reconcileIssues').flatMap((one) => one.split(',')),
  });

function post(call: Call<z.infer<typeof searchInput>>): Answer {
  const { jql = '', nextPageToken, maxResults = DEFAULT_PAGE, fields = [], expand = '', properties = [], reconcileIssues = [] } = call.body;
  return search(call, {
    jql,
    token: nextPageToken ?? undefined,
    maxResults,
    view: { fields, expand: expand.split(',').filter((one) => one !== ''), properties },
    reconcile: reconcileIssues.map(String),
  });
}

export const searchOperations: Operation[] = [
  operation('searchAndReconsileIssuesUsingJql', 'GET', '/rest/api/3/search/jql', get),
  operation('searchAndReconsileIssuesUsingJqlPost', 'POST', '/rest/api/3/search/jql', searchInput, post),
  operation('countIssues', 'POST', '/rest/api/3/search/approximate-count', z.looseObject({ jql: z.string().optional() }), (call) =>
    ok({ count: count(call, call.body.jql ?? '') }),
  ),
  ...jqlOperations,
  ...pickerOperations,
];
