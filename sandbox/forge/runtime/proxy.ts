/** Answers what functions ask for through `__forge_fetch__`: Jira, storage, SQL, queues. What is not here says so with 501. */
import { z } from 'zod';
import type { JiraSite } from '../../contract';
import type { Json } from '../../jira/store';
import { PERSONAL_DATA_ACCOUNTS } from '../limits';
import type { Manifest } from '../manifest';
import { parseJson, serviceError, type ServiceAnswer } from '../service';
import { nestedDepth } from './depth';
import type { Invocation, RequestKind } from './invocation';
import type { RequestMessage, ResponseMessage } from './messages';
import { scopesFor } from './scopes';

export type ProxyResponse = Omit<ResponseMessage, 'type' | 'request'>;

export interface ProxyParts {
  manifest: Manifest;
  /** Undefined until the site is connected. */
  jira(): { site: JiraSite; appAccountId: string } | undefined;
  kvs(path: string, body: string): ServiceAnswer;
  sql(path: string, body: string): Promise<ServiceAnswer>;
  queue(path: string, body: string, invocation: Invocation): ServiceAnswer;
  /** Whether the app may act for this person. */
  agreed(accountId: string): boolean;
}

/** What a request counts as. */
export function kindOf({ descriptor, path }: RequestMessage): RequestKind {
  if (descriptor.type === 'kvs' || descriptor.type === 'sql') return descriptor.type;
  if (descriptor.type === 'fpp' && descriptor.remote === 'jira') return 'jira';
  return path.startsWith('/webhook/queue/') ? 'queue' : 'other';
}

export async function answerRequest(parts: ProxyParts, invocation: Invocation, message: RequestMessage): Promise<ProxyResponse> {
  const { descriptor, path } = message;
  switch (kindOf(message)) {
    case 'jira':
      return answerJira(parts, invocation, message);
    case 'kvs':
      return rendered(parts.manifest.scopes.includes('storage:app') ? parts.kvs(path, textOf(message)) : scopeMismatch());
    case 'sql':
      return rendered(await parts.sql(path, textOf(message)));
    case 'queue':
      return rendered(parts.queue(path, textOf(message), invocation));
    case 'other':
      if (descriptor.remote === 'stargate' && path === '/app/report-accounts') return rendered(reportAccounts(parts, textOf(message)));
      return rendered(notHere(`${descriptor.type}/${descriptor.remote ?? ''} ${message.method} ${path}`));
  }
}

async function answerJira(parts: ProxyParts, invocation: Invocation, message: RequestMessage): Promise<ProxyResponse> {
  const jira = parts.jira();
  if (!jira) return rendered(serviceError(503, 'NOT_CONNECTED', 'The app is not installed on a site yet.'));
  const { descriptor, path, method } = message;
  if (!path.startsWith('/rest/')) return rendered(notHere(`${method} ${path}`));
  const acting = actor(parts, invocation, descriptor.provider, descriptor.accountId, jira.appAccountId);
  if (acting === 'nobody') return needsAuthentication();
  const missing = scopesFor(method, path).filter((scope) => !parts.manifest.scopes.includes(scope));
  if (missing.length > 0) {
    invocation.warn(`${method} ${path} needs ${missing.join(' and ')}, which the manifest does not ask for.`);
    return rendered(scopeMismatch());
  }
  const init = { method, headers: Object.fromEntries(message.headers), ...(message.body === undefined ? {} : { body: message.body }) };
  const response = await nestedDepth.run(invocation.depth + 1, () =>
    jira.site.request({ accountId: acting.accountId, viaApp: true, appId: parts.manifest.appId }, path, init),
  );
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** As whom Jira is asked. A person who did not start the invocation may be named only under an impersonation scope. */
function actor(
  parts: ProxyParts,
  invocation: Invocation,
  provider: string | undefined,
  named: string | undefined,
  app: string,
): { accountId: string | undefined } | 'nobody' {
  if (provider === 'app') return { accountId: app };
  if (provider !== 'user') return { accountId: undefined };
  if (named && named !== invocation.accountId) return parts.manifest.impersonation ? { accountId: named } : 'nobody';
  return invocation.accountId && parts.agreed(invocation.accountId) ? { accountId: invocation.accountId } : 'nobody';
}

const needsAuthentication = (): ProxyResponse => ({
  ...rendered(serviceError(401, 'UNAUTHORIZED', 'Nobody has authorised this request.')),
  headers: [
    ['content-type', 'application/json'],
    ['forge-proxy-error', 'NEEDS_AUTHENTICATION_ERR'],
  ],
});

/** The gateway's answer where a token lacks the scope; many public reports quote it. */
const scopeMismatch = (): ServiceAnswer => ({ status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } });

const notHere = (what: string): ServiceAnswer => serviceError(501, 'NOT_IMPLEMENTED', `The local site has no ${what}.`);

const accountsSchema = z.object({ accounts: z.array(z.object({ accountId: z.string(), updatedAt: z.string() })).max(PERSONAL_DATA_ACCOUNTS) });

/** Personal data reports: accounts the site does not know are closed, the others need nothing. */
function reportAccounts(parts: ProxyParts, text: string): ServiceAnswer {
  const body = accountsSchema.safeParse(parseJson(text));
  if (!body.success) return serviceError(400, 'INVALID_REQUEST', 'The body is not {accounts: [{accountId, updatedAt}]}.');
  const closed = body.data.accounts.filter(({ accountId }) => parts.jira()?.site.userExists(accountId) === false);
  return closed.length === 0
    ? { status: 204 }
    : { status: 200, body: { accounts: closed.map(({ accountId }) => ({ accountId, status: 'closed' })) } };
}

const textOf = ({ body }: RequestMessage): string => (body === undefined ? '' : typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));

const REASONS: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
};

/** A service's answer as a response; also used for the runtime's own faults. */
export function rendered({ status, body }: ServiceAnswer): ProxyResponse {
  const content = body === undefined ? null : new TextEncoder().encode(JSON.stringify(body satisfies Json));
  return { status, statusText: REASONS[status] ?? '', headers: content ? [['content-type', 'application/json']] : [], body: content };
}
