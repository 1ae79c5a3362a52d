/** A site behind a socket, jira.js in front of it, and a note of every operation that was asked for. */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createCloudClient, type CloudClient } from 'jira.js/cloud';
import { SITE_TOKEN } from '../../../sandbox/jira';
import { OPERATIONS } from '../../../sandbox/jira';
import { API } from '../../../sandbox/jira/api';
import { matchOperation } from '../../../sandbox/jira/match';
import { checkAnswer, checkRequest } from '../openapi';
import { world, type World } from '../jiraWorld';

/** How an operation was asked for: by jira.js, or by plain requests where jira.js has no function for it. */
export type Way = 'jira.js' | 'plain';

const PLAIN = 'x-plain-request';

export interface Driver {
  w: World;
  /** jira.js as the administrator; an answer that its schemas do not know is an error. */
  admin: CloudClient;
  as(accountId: string): CloudClient;
  /** A plain request as the administrator, for what jira.js lacks. Answers the body; anything but success is an error. */
  ask<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  /** Successful calls by operationId. */
  asked: ReadonlyMap<string, ReadonlySet<Way>>;
  /** What does not fit Jira's OpenAPI document. */
  faults: readonly string[];
  stop(): Promise<void>;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export async function drive(): Promise<Driver> {
  const w = world();
  const asked = new Map<string, Set<Way>>();
  const faults: string[] = [];
  const note = async (check: () => Promise<void> | void): Promise<void> => {
    try {
      await check();
    } catch (error) {
      faults.push(messageOf(error));
    }
  };

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const [path, type] = [url.pathname + url.search, request.headers.get('content-type')];
    const body = type !== null && /^(image|multipart)\//.test(type) ? undefined : await request.clone().text();
    const response = await w.site.fetch(request);
    if (response.status < 400) {
      await note(() => checkRequest(request.method, path, body));
      const found = matchOperation(API, request.method, url.pathname);
      if (found) {
        const ways = asked.get(found.operation.id) ?? new Set<Way>();
        asked.set(found.operation.id, ways.add(request.headers.has(PLAIN) ? 'plain' : 'jira.js'));
      }
    }
    await note(() => checkAnswer(request.method, path, response.clone()));
    // what goes on in the background begins at the next tick
    w.clock.advance(1);
    // the site knows itself by a name that leads nowhere
    const location = response.headers.get('location');
    if (location) response.headers.set('location', location.replace('http://site.test', host));
    return response;
  };
  let host = '';
  const server = createAdaptorServer({ fetch: answer });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const emailOf = (accountId: string): string => w.store.users.get(accountId)?.emailAddress ?? '';
  const as = (accountId: string): CloudClient =>
    createCloudClient({ host, auth: { type: 'basic', email: emailOf(accountId), apiToken: SITE_TOKEN }, onSchemaMismatch: 'throw' });

  return {
    w,
    admin: as(w.admin),
    as,
    async ask<Body>(method: string, path: string, body?: unknown) {
      const response = await fetch(host + path, {
        method,
        redirect: 'manual',
        headers: {
          Authorization: `Basic ${Buffer.from(`${emailOf(w.admin)}:${SITE_TOKEN}`).toString('base64')}`,
          'Content-Type': 'application/json',
          [PLAIN]: '1',
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status >= 400) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return (text ? JSON.parse(text) : undefined) as Body;
    },
    asked,
    faults,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

/** Ids of what this site does of Jira's API. */
export const implemented: string[] = OPERATIONS.map((one) => one.id).filter((id) => API.some((one) => one.id === id));
