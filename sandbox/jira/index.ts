/** A local Jira Cloud site: its state, its REST API, its door. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { Identity, IndexedProperty, JiraEvent, JiraSite, RuleHost } from '../contract';
import { API } from './api';
import { attachmentOperations } from './attachments/operations';
import { authenticate } from './auth';
import { bulkOperations } from './bulk/operations';
import { commentOperations } from './comments/operations';
import { configurationOperations } from './configuration';
import { expressionOperations } from './expressions/operations';
import { issueOperations } from './issues/operations';
import { linkOperations } from './links/operations';
import { USERS_GROUP, groupNamed } from './lookups';
import { matchOperation, matchPath } from './match';
import { admitApps } from './projects/apps';
import { propertyOperations } from './properties/operations';
import { RestError, type Answer, type Call, type File, type Jira, type Operation } from './rest';
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

/** Everything that this site does. */
export const OPERATIONS: readonly Operation[] = [
  ...configurationOperations,
  ...issueOperations,
  ...transitionOperations,
  ...linkOperations,
  ...bulkOperations,
  ...watcherOperations,
  ...attachmentOperations,
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
  file?: File;
  files?: Call['files'];
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
      const bytes = new Uint8Array(await request.arrayBuffer());
      const type = request.headers.get('content-type');
      return respond(await answer(jira, identity, { method: request.method, path: url.pathname + url.search, ...(await contentOf(type, bytes)) }));
    },
    request: async (identity, path, { method, headers, body }) =>
      respond(await answer(jira, identity, { method, path, ...(await contentOf(new Headers(headers).get('content-type'), body)) })),
    userExists: (accountId) => store.users.get(accountId) !== undefined,
    installAppUser: (appName) => installAppUser(store, appName),
  };
}

/** The files of a form. */
async function filesOf(type: string, bytes: Uint8Array): Promise<NonNullable<Call['files']>> {
  const form = await new Response(Buffer.from(bytes), { headers: { 'content-type': type } }).formData();
  return Promise.all(
    form
      .getAll('file')
      .flatMap((part) => (typeof part === 'string' ? [] : [part]))
      .map(async (part) => ({ name: part.name, type: part.type, bytes: new Uint8Array(await part.arrayBuffer()) })),
  );
}

/** What came with a request: a picture stays as it is, a form is its files, everything else is text. */
async function contentOf(type: string | null, content: string | Uint8Array | undefined): Promise<Pick<Asked, 'body' | 'file' | 'files'>> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : (content ?? new Uint8Array());
  if (type?.startsWith('image/')) return { body: undefined, file: { type, bytes } };
  if (type?.startsWith('multipart/form-data')) return { body: undefined, files: await filesOf(type, bytes) };
  return { body: new TextDecoder().decode(bytes) || undefined };
}

/** Older clients name no version in places. */
const LATEST = /^\/rest\/api\/latest\//;

async function answer(jira: Jira, identity: Identity, { method, path, body, file, files }: Asked): Promise<Answer> {
  try {
    const url = new URL(path, jira.baseUrl);
    const asked = url.pathname.replace(LATEST, '/rest/api/3/');
    const match = matchOperation(OPERATIONS, method.toUpperCase(), asked);
    if (!match) throw notHere(method.toUpperCase(), asked);
    const person = identity.accountId === undefined ? undefined : jira.store.users.get(identity.accountId);
    const { viaApp, appId } = identity;
    const call = {
      jira,
      person,
      viaApp,
      ...(appId !== undefined && { appId }),
      params: match.params,
      query: url.searchParams,
      body: parseBody(body),
    };
    return await match.operation.handle({ ...call, ...(file && { file }), ...(files && { files }) });
  } catch (error) {
    return errorAnswer(error);
  }
}

/** Jira has it and this site has not: 501, with its name. Jira has no such thing: 404 and 405, as there. */
function notHere(method: string, path: string): RestError {
  const known = matchOperation(API, method, path);
  if (known) return new RestError(501, [`${known.operation.id} (${method} ${known.operation.path}) is not implemented by this site.`]);
  if (API.some((one) => matchPath(one.path, path))) return new RestError(405, [`${path} does not take ${method}.`]);
  // other APIs of Jira, such as that of boards
  if (!path.startsWith('/rest/api/')) return new RestError(501, [`${method} ${path} is not implemented by this site.`]);
  return new RestError(404, [`Jira's API has no ${method} ${path}.`]);
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

function respond({ status, body, file, headers }: Answer): Response {
  if (file) return new Response(Buffer.from(file.bytes), { status, headers: { 'Content-Type': file.type, ...headers } });
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
