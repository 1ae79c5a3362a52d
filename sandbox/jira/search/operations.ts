/** /search/jql and /search/approximate-count */
import { z } from 'zod';
import { may } from '../issues/access';
import { namesOf, schemasOf, viewOf, type IssueView } from '../issues/beans';
import { fullBean } from '../issues/operations';
import { badRequest, ok, operation, type Answer, type Call, type Operation } from '../rest';
import type { Issue } from '../store';
import { indexedIssues } from './freshness';
import { parseJql } from './jql';

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

/** All that the caller may see of what a query finds, in its order. */
function find({ jira, person }: Call, jql: string, reconcile: string[] = []): Issue[] {
  const query = parseJql(jira, person, jql);
  if (!query.bounded) throw badRequest('Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
  return indexedIssues(jira.store, new Set(reconcile))
    .filter((issue) => query.matches(issue) && may(jira, person, 'BROWSE_PROJECTS', issue))
    .sort(query.compare);
}

const tokenOf = (start: number): string => Buffer.from(`from:${start}`).toString('base64url');

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start === undefined) throw badRequest('The provided next page token is invalid.');
  return Number(start);
}

function search(call: Call, { jql, token, maxResults, view, reconcile }: Search): Answer {
  if (reconcile.length > RECONCILE_LIMIT) throw badRequest(`At most ${RECONCILE_LIMIT} issues can be reconciled.`);
  const found = find(call, jql, reconcile);
  const start = startOf(token);
  const rows = found.slice(start, start + Math.min(Math.max(1, maxResults), PAGE_LIMIT));
  const end = start + rows.length;
  const isLast = end >= found.length;
  // without `fields` this operation answers ids alone, unlike GET issue
  const onlyId = view.fields.length === 0 || view.fields.every((one) => one === 'id');
  const beans = rows.map((issue) => (onlyId && view.expand.length === 0 ? { id: issue.id } : fullBean(call, issue, view)));
  const shown = view.fields.includes('*all') || view.fields.includes('*navigable') ? call.jira.store.fields.all().map((one) => one.id) : view.fields;
  return ok({
    issues: beans,
    ...(!isLast && { nextPageToken: tokenOf(end) }),
    isLast,
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
    ok({ count: find(call, call.body.jql ?? '').length }),
  ),
];
