/**
 * jira.js's endpoint functions over Forge's fetch. The transport guards paths, waits when Jira says so and time allows, and checks answers by jira.js's schemas.
 */
import { asApp, asUser, assumeTrustedRoute, getAppContext, isForgePlatformError } from '@forge/api';
import type { Client, SendRequestOptions } from 'jira.js/core';
import { Fault, platformFault } from '../platform/errors';
import { log } from '../platform/log';

/** app: the app's own user. person: who invoked the resolver; there is none in validators, post functions and triggers. */
export type As = 'app' | 'person';

/** Jira refused. `messages` are Jira's own words: errorMessages, then errors by field. */
export class JiraError extends Error {
  constructor(
    readonly status: number,
    readonly messages: readonly string[],
    readonly fields: Readonly<Record<string, string>>,
    readonly request: string,
  ) {
    super(`${request}: ${String(status)} ${[...messages, ...Object.entries(fields).map(([name, text]) => `${name}: ${text}`)].join(' ')}`);
    this.name = 'JiraError';
  }
}

/** Waiting longer than this inside one invocation helps nobody. */
const MAX_ATTEMPTS = 4;
/** Kept back so that the handler can still answer. */
const RESERVE_MS = 2_000;

const FORBIDDEN_IN_PATH = /\.\.|[?#\\]|%2e|%2f|%5c/i;

/** jira.js puts ids into the path as they are, and assumeTrustedRoute switches Forge's own check off: so the path is checked here. */
function assertSafePath(path: string): void {
  if (!/^\/rest\/(api\/3|agile\/1\.0)\//.test(path) || FORBIDDEN_IN_PATH.test(path)) {
    throw new Fault('ours.fault', 'The app asked Jira in a way it must not. Nothing was changed.', { cause: new Error(`unsafe path ${path}`) });
  }
}

function withQuery(path: string, query: Record<string, unknown> | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const wordsOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : JSON.stringify(error);

/** Jira's refusal, from the body it came with. */
export function asJiraError(status: number, body: unknown, request: string): JiraError {
  const { errorMessages, errors } = (typeof body === 'object' && body !== null ? body : {}) as { errorMessages?: unknown; errors?: unknown };
  const messages = Array.isArray(errorMessages) ? errorMessages.filter((one) => typeof one === 'string') : [];
  // Bulk operations answer a list instead (OpenAPI: BulkOperationErrorResponse).
  if (Array.isArray(errors)) return new JiraError(status, [...messages, ...errors.map(wordsOf)], {}, request);
  const fields =
    typeof errors === 'object' && errors !== null ? Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, String(text)])) : {};
  return new JiraError(status, messages, fields, request);
}

const parse = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** On a production site an answer that no longer fits is logged and passed on: a gate must not fail because Atlassian added an enum value. */
const isStrict = (): boolean => getAppContext().environmentType !== 'PRODUCTION';

/** `onWait`: told of every wait that Jira asked for, in ms. */
export function jira(as: As, onWait: (ms: number) => void = () => undefined): Client {
  const request = as === 'app' ? asApp().requestJira : asUser().requestJira;
  return {
    async sendRequest<T>(options: SendRequestOptions<T>): Promise<T> {
      const method = options.method ?? 'GET';
      assertSafePath(options.url);
      const route = assumeTrustedRoute(withQuery(options.url, options.searchParams));
      const init = {
        method,
        headers: { Accept: 'application/json', ...(options.body !== undefined && { 'Content-Type': 'application/json' }), ...options.headers },
        ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      };
      for (let attempt = 1; ; attempt += 1) {
        const response = await request(route, init).catch((thrown: unknown) => {
          if (thrown instanceof Error && isForgePlatformError(thrown)) throw platformFault('platform.unavailable', thrown);
          throw thrown;
        });
        if (response.status === 429) {
          const wait = Number(response.headers.get('Retry-After') ?? 1) * 1_000;
          if (attempt >= MAX_ATTEMPTS || wait > getAppContext().invocationRemainingTimeInMillis() - RESERVE_MS) throw platformFault('platform.busy');
          onWait(wait);
          await sleep(wait);
          continue;
        }
        const body = parse(await response.text());
        if (response.status >= 500) throw platformFault('platform.unavailable', asJiraError(response.status, body, `${method} ${options.url}`));
        if (!response.ok && response.status !== 303) throw asJiraError(response.status, body, `${method} ${options.url}`);
        if (!options.schema || body === undefined) return body as T;
        const checked = options.schema.safeParse(body);
        if (checked.success) return checked.data;
        if (isStrict()) throw platformFault('platform.answer', new Error(`${method} ${options.url}: ${checked.error.message}`));
        log.warn('jira.shape', { request: `${method} ${options.url}`, issues: checked.error.message.slice(0, 1_000) });
        return body as T;
      }
    },
  };
}
