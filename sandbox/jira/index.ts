/** A local Jira Cloud site: its state, its REST API, its door. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { Identity, IndexedProperty, JiraEvent, JiraSite, RuleHost } from '../contract';
import { authenticate } from './auth';
import { bulkOperations } from './bulk/operations';
import { commentOperations } from './comments/operations';
import { configurationOperations } from './configuration';
import { expressionOperations } from './expressions/operations';
import { issueOperations } from './issues/operations';
import { linkOperations } from './links/operations';
import { USERS_GROUP, groupNamed } from './lookups';
import { matchOperation } from './match';
import { admitApps } from './projects/apps';
import { propertyOperations } from './properties/operations';
import { RestError, type Answer, type Jira, type Operation } from './rest';
import { lagSearch } from './search/freshness';
import { searchOperations } from './search/operations';
import type { Store } from './store';
import { transitionOperations } from './transitions/operations';
import { watcherOperations } from './watchers/operations';

export { SITE_TOKEN } from './auth';

export interface JiraOptions {
  store: Store;
  clock: Clock;
  baseUrl: string;
  rules: RuleHost;
  emit(event: JiraEvent): void;
  /** How long after its last change a search still sees a work item as it was; 0 = at once. */
  searchDelayMs?: number;
  /** Paths in entity properties that apps ask to be indexed; without this every path is. */
  propertyAliases?: () => IndexedProperty[];
}

const OPERATIONS: readonly Operation[] = [
  ...configurationOperations,
  ...issueOperations,
  ...transitionOperations,
  ...linkOperations,
  ...bulkOperations,
  ...watcherOperations,
  ...commentOperations,
  ...propertyOperations,
  ...searchOperations,
  ...expressionOperations,
];

interface Asked {
  method: string;
  /** Path and query. */
  path: string;
  body: string | undefined;
}

/** Opens a site over a store. */
export function createJira(options: JiraOptions): JiraSite & { jira: Jira; fetch(request: Request): Promise<Response> } {
  const { store, clock, baseUrl, rules, searchDelayMs = 0, propertyAliases } = options;
  const jira: Jira = { store, clock, baseUrl, rules, emit: (event) => options.emit(event), ...(propertyAliases && { propertyAliases }) };
  lagSearch(store, searchDelayMs);

  return {
    jira,
    async fetch(request) {
      const identity = authenticate(store, request.headers);
      if (!identity) return respond(errorAnswer(new RestError(401, ['Client must be authenticated to access this resource.'])));
      const url = new URL(request.url);
      const body = await request.text();
      return respond(await answer(jira, identity, { method: request.method, path: url.pathname + url.search, body: body || undefined }));
    },
    request: async (identity, path, { method, body }) => respond(await answer(jira, identity, { method, path, body })),
    userExists: (accountId) => store.users.get(accountId) !== undefined,
    installAppUser: (appName) => installAppUser(store, appName),
  };
}

/** Older clients name no version in places. */
const LATEST = /^\/rest\/api\/latest\//;

async function answer(jira: Jira, identity: Identity, { method, path, body }: Asked): Promise<Answer> {
  try {
    const url = new URL(path, jira.baseUrl);
    const match = matchOperation(OPERATIONS, method.toUpperCase(), url.pathname.replace(LATEST, '/rest/api/3/'));
    if (!match) throw new RestError(501, [`${method.toUpperCase()} ${url.pathname} is not implemented by this site.`]);
    const person = identity.accountId === undefined ? undefined : jira.store.users.get(identity.accountId);
    const call = { jira, person, viaApp: identity.viaApp, params: match.params, query: url.searchParams, body: parseBody(body) };
    return await match.operation.handle(call);
  } catch (error) {
    return errorAnswer(error);
  }
}

function parseBody(body: string | undefined): unknown {
  if (!body) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new RestError(400, ['There was an error parsing JSON. Check that your request body is valid.']);
  }
}

function errorAnswer(error: unknown): Answer {
  if (error instanceof RestError) return { status: error.status, body: { errorMessages: error.errorMessages, errors: error.errors } };
  const reference = randomUUID();
  console.error(`Internal error ${reference}:`, error);
  return { status: 500, body: { errorMessages: [`Internal server error. Reference: ${reference}`], errors: {} } };
}

function respond({ status, body, headers }: Answer): Response {
  const text = body === undefined ? null : JSON.stringify(body);
  return new Response(status === 204 || status === 304 ? null : text, {
    status,
    headers: { ...(text !== null && { 'Content-Type': 'application/json;charset=UTF-8' }), ...headers },
  });
}

/** Apps have a user of their own; every project gives it the role that app users hold. */
function installAppUser(store: Store, appName: string): string {
  const found = store.users.find((one) => one.accountType === 'app' && one.displayName === appName);
  const user = found ?? store.users.put(appUser(appName));
  const users = groupNamed(store, USERS_GROUP);
  if (users && !users.members.includes(user.id)) users.members.push(user.id);
  for (const project of store.projects.all()) admitApps(store, project);
  return user.id;
}

const appUser = (displayName: string) => ({
  id: `712020:${randomUUID()}`,
  displayName,
  emailAddress: '',
  accountType: 'app' as const,
  active: true,
  timeZone: 'Etc/UTC',
});
