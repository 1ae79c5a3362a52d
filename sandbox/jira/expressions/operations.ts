/** POST /expression/evaluate and /expression/analyse. */
import { z } from 'zod';
import { may, NOT_VISIBLE } from '../issues/access';
import { hasPermission } from '../lookups';
import { badRequest, notFound, ok, operation, RestError, type Answer, type Call, type Operation } from '../rest';
import { searchOperations } from '../search/operations';
import type { Issue, Project } from '../store';
import { complexityOf } from './analyse';
import { ExpressionError, LIMITS, excesses, fromJson, parse, toJson, type Budget, type Counted, type Value } from './language';
import { evaluateFor } from './surroundings';
import { projectThing } from './things/configuration';
import { userThing } from './things/people';
import type { View } from './things/view';

const reference = z.object({ id: z.number().int().optional(), key: z.string().optional() });
const variable = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user'), accountId: z.string() }),
  z.object({ type: z.literal('issue'), id: z.number().int().optional(), key: z.string().optional() }),
  z.object({ type: z.literal('json'), value: z.json().optional() }),
]);
type Variable = z.infer<typeof variable>;

const evaluateInput = z.object({
  expression: z.string(),
  context: z
    .looseObject({
      issue: reference.optional(),
      project: reference.optional(),
      issues: z
        .object({ jql: z.object({ query: z.string(), maxResults: z.number().int().optional(), nextPageToken: z.string().nullish() }).optional() })
        .optional(),
      // the schema of the document says a list, its example shows names; names it must be
      custom: z.record(z.string(), z.union([variable, z.array(variable)])).optional(),
    })
    .optional(),
});

/** Context variables of Jira Software and Jira Service Management. */
const NOT_HERE = ['board', 'sprint', 'serviceDesk', 'customerRequest'];

function named({ id, key }: z.infer<typeof reference>): string {
  if ((id === undefined) === (key === undefined)) throw badRequest('Specify either an ID or a key, not both.');
  return key ?? String(id);
}

function issueNamed({ jira, person }: Call, given: z.infer<typeof reference>): Issue {
  const issue = jira.store.issue(named(given));
  if (!issue || !may(jira, person, 'BROWSE_PROJECTS', issue)) throw notFound(NOT_VISIBLE);
  return issue;
}

function projectNamed({ jira, person }: Call, given: z.infer<typeof reference>): Project {
  const name = named(given);
  const project = jira.store.project(name);
  if (!project || !hasPermission(jira.store, person, 'BROWSE_PROJECTS', project)) throw notFound(`No project could be found with key '${name}'.`);
  return project;
}

const found = z.object({ issues: z.array(z.object({ id: z.string() })), nextPageToken: z.string().optional(), isLast: z.boolean().optional() });
type Found = z.infer<typeof found>;

/** The page of work items that a query finds, as the enhanced search answers it. */
async function search(
  call: Call,
  jql: { query: string; maxResults?: number | undefined; nextPageToken?: string | null | undefined },
): Promise<Found> {
  const { query, maxResults = LIMITS.beans, nextPageToken } = jql;
  const searching = searchOperations.find((one) => one.id === 'searchAndReconsileIssuesUsingJqlPost');
  const body = { jql: query, maxResults: Math.min(maxResults, LIMITS.beans), fields: ['id'], ...(nextPageToken && { nextPageToken }) };
  return found.parse((await searching?.handle({ ...call, body }))?.body);
}

/** A variable of the request; what it names is looked up before anything is evaluated. */
function customVariable(call: Call, given: Variable): (view: View) => Value {
  if (given.type === 'json') return () => fromJson(given.value ?? null);
  if (given.type === 'user') {
    if (!call.jira.store.users.get(given.accountId)) throw notFound(`The user with account ID '${given.accountId}' was not found.`);
    return (view) => userThing(view, given.accountId);
  }
  const issue = issueNamed(call, given);
  return (view) => view.issue(issue);
}

async function evaluateExpression(call: Call<z.infer<typeof evaluateInput>>): Promise<Answer> {
  const { jira, person, body, query } = call;
  const { context = {}, expression } = body;
  for (const name of NOT_HERE) if (name in context) throw new RestError(501, [`The context variable '${name}' is not supported by this site yet.`]);
  const issue = context.issue && issueNamed(call, context.issue);
  const project = context.project && projectNamed(call, context.project);
  const page = context.issues?.jql && (await search(call, context.issues.jql));
  const custom = Object.entries(context.custom ?? {}).map(([name, given]) => {
    const parts = Array.isArray(given) ? given.map((one) => customVariable(call, one)) : customVariable(call, given);
    return [name, parts] as const;
  });
  const outcome = evaluateFor(jira, person, expression, (view) => ({
    ...(issue && { issue: view.issue(issue) }),
    ...(project && { project: projectThing(view, project) }),
    ...(page && { issues: page.issues.flatMap(({ id }) => jira.store.issues.get(id) ?? []).map((one) => view.issue(one)) }),
    ...Object.fromEntries(custom.map(([name, make]) => [name, Array.isArray(make) ? make.map((one) => one(view)) : make(view)])),
  }));
  if (!outcome.ok) throw badRequest(outcome.reason);
  const counted: Counted = { beans: 0, primitiveValues: 0 };
  const value = toJson(outcome.value, counted);
  for (const kind of ['beans', 'primitiveValues'] as const) {
    if (counted[kind] > LIMITS[kind])
      throw badRequest(`The result of the expression has too many ${kind} (${counted[kind]}), limit: ${LIMITS[kind]}`);
  }
  const meta = {
    ...((query.get('expand') ?? '').split(',').includes('meta.complexity') && { complexity: complexityBean(outcome.budget, counted) }),
    ...(page && { issues: { jql: { nextPageToken: page.nextPageToken ?? null, isLast: page.isLast ?? true } } }),
  };
  return ok({ value, ...(Object.keys(meta).length > 0 && { meta }) });
}

const complexityBean = ({ steps, expensiveOperations }: Budget, counted: Counted) =>
  Object.fromEntries(
    Object.entries({ steps, expensiveOperations, ...counted }).map(([name, value]) => [name, { value, limit: LIMITS[name as keyof typeof LIMITS] }]),
  );

const analyseInput = z.object({ expressions: z.array(z.string()), contextVariables: z.record(z.string(), z.string()).optional() });
const CHECKS = ['syntax', 'type', 'complexity'];

function analysis(expression: string, check: string) {
  try {
    const node = parse(expression);
    const errors = excesses(expression).map((message) => ({ message, type: 'other' }));
    if (errors.length > 0) return { expression, errors, valid: false };
    return { expression, valid: true, ...(check === 'complexity' && { complexity: complexityOf(expression, node) }) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { message, at, kind } = error;
    return { expression, errors: [{ ...at, message, type: kind === 'syntax' ? 'syntax' : 'other' }], valid: false };
  }
}

export const expressionOperations: Operation[] = [
  operation('evaluateJSISJiraExpression', 'POST', '/rest/api/3/expression/evaluate', evaluateInput, evaluateExpression),
  operation('analyseExpression', 'POST', '/rest/api/3/expression/analyse', analyseInput, ({ body, query }) => {
    const check = query.get('check') ?? 'syntax';
    if (!CHECKS.includes(check)) throw badRequest(`The check must be one of ${CHECKS.join(', ')}.`);
    return ok({ results: body.expressions.map((one) => analysis(one, check)) });
  }),
];
