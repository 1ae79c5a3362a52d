/** How a surface of the REST API is written down: operations with Jira's own ids, answers as data, errors in Jira's shape. */
import { type z } from 'zod';
import type { Clock } from '../clock';
import type { IndexedProperty, JiraEvent, RuleHost } from '../contract';
import type { Store, User } from './store';

/** What every operation works on. One per site. */
export interface Jira {
  readonly store: Store;
  readonly clock: Clock;
  /** Origin of the site, e.g. http://localhost:8090, used in every `self`. */
  readonly baseUrl: string;
  /** Where Forge's workflow rules are judged. */
  readonly rules: RuleHost;
  /** What apps ask to be indexed of entity properties. Absent: everything is. */
  readonly propertyAliases?: () => IndexedProperty[];
  /** Product events, delivered to apps later, as the platform does. */
  emit(event: JiraEvent): void;
}

export interface Call<Body = unknown> {
  jira: Jira;
  /** Who calls; undefined = anonymous. An app calling as itself is its own user of accountType app. */
  person: User | undefined;
  /** True when a Forge app asks, as itself or for a person. */
  viaApp?: boolean;
  /** Which app asks, where one does. */
  appId?: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: Body;
  /** A body that is no JSON: the bytes of a picture. */
  file?: File;
  /** The parts named "file" of a form. */
  files?: (File & { name: string })[];
}

/** Bytes and what they are. */
export interface File {
  type: string;
  bytes: Uint8Array;
}

export interface Answer {
  status: number;
  body?: unknown;
  /** In the place of a body: an answer that is no JSON. */
  file?: File;
  headers?: Record<string, string>;
}

export interface Operation {
  /** operationId of Jira's OpenAPI document. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As in the document, e.g. /rest/api/3/issue/{issueIdOrKey} */
  path: string;
  handle(call: Call): Answer | Promise<Answer>;
}

/** An operation whose body is checked by zod first; a body that does not fit is a 400 in Jira's shape. */
export function operation<Schema extends z.ZodType>(
  id: string,
  method: Operation['method'],
  path: string,
  input: Schema,
  handle: (call: Call<z.infer<Schema>>) => Answer | Promise<Answer>,
): Operation;
export function operation(id: string, method: Operation['method'], path: string, handle: (call: Call) => Answer | Promise<Answer>): Operation;
export function operation(
  id: string,
  method: Operation['method'],
  path: string,
  ...rest: [z.ZodType, (call: Call<never>) => Answer | Promise<Answer>] | [(call: Call) => Answer | Promise<Answer>]
): Operation {
  if (rest.length === 1) return { id, method, path, handle: rest[0] };
  const [input, handle] = rest;
  return {
    id,
    method,
    path,
    handle(call) {
      const parsed = input.safeParse(call.body ?? {});
      if (!parsed.success) {
        const errors = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message]));
        throw new RestError(400, ['Invalid request payload. Refer to the REST API documentation and try again.'], errors);
      }
      return handle({ ...call, body: parsed.data as never });
    },
  };
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });

/** Jira's ErrorCollection: `{errorMessages, errors}`. */
export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly errorMessages: string[],
    readonly errors: Record<string, string> = {},
  ) {
    super(errorMessages.join(' ') || JSON.stringify(errors));
  }
}

export const badRequest = (message: string): RestError => new RestError(400, [message]);
export const fieldErrors = (errors: Record<string, string>): RestError => new RestError(400, [], errors);
export const notFound = (message: string): RestError => new RestError(404, [message]);
export const forbidden = (message: string): RestError => new RestError(403, [message]);
export const conflict = (message: string): RestError => new RestError(409, [message]);

/** The caller, or 401 for an anonymous call. */
export function requirePerson(call: Call): User {
  if (!call.person) throw new RestError(401, ['Client must be authenticated to access this resource.']);
  return call.person;
}

/** Jira's rendering of a moment: 2026-11-24T09:10:00.000+0000 */
export const jiraDate = (moment: number): string => new Date(moment).toISOString().replace('Z', '+0000');

export interface Page<T> {
  self?: string;
  startAt: number;
  maxResults: number;
  total: number;
  isLast: boolean;
  values: T[];
}

/** Classic offset paging (`startAt`, `maxResults`) over a list. */
export function page<T>(query: URLSearchParams, rows: T[], defaultSize = 50): Page<T> {
  const startAt = Math.max(0, Number(query.get('startAt') ?? 0) || 0);
  const maxResults = Math.max(1, Number(query.get('maxResults') ?? defaultSize) || defaultSize);
  const values = rows.slice(startAt, startAt + maxResults);
  return { startAt, maxResults, total: rows.length, isLast: startAt + values.length >= rows.length, values };
}
