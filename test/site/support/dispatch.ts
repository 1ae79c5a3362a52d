/** Calls the operations that set a site up, in-process and without a router; every answer is checked twice, by jira.js and against Jira's document. */
import type { Client } from 'jira.js/core';
import { createCloudClient } from 'jira.js/cloud';
import { ManualClock } from '../../../sandbox/clock';
import type { ForgeRule } from '../../../sandbox/contract';
import { configurationOperations } from '../../../sandbox/jira/configuration';
import { matchOperation } from '../../../sandbox/jira/match';
import { RestError, type Answer, type Jira } from '../../../sandbox/jira/rest';
import { seed } from '../../../sandbox/jira/seed';
import { Store } from '../../../sandbox/jira/store';
import { checkAnswer } from '../openapi';

export const BASE_URL = 'http://site.test';

/** Refusals that a live site gives and the document forgets. */
const UNDOCUMENTED = [/^\w+ \S* 403$/, /^POST \/rest\/api\/3\/workflows 404$/, /^POST \S*validation 500$/];

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: { errorMessages: string[]; errors: Record<string, string> },
  ) {
    super(`${status} ${JSON.stringify(body)}`);
  }
}

/** The refusal of a call that must fail. */
export async function refusal(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('The call was expected to be refused.');
}

export interface Asker {
  accountId?: string | undefined;
  viaApp?: boolean;
}

async function dispatch(jira: Jira, asker: Asker, method: string, path: string, body: unknown): Promise<Answer> {
  const url = new URL(path, BASE_URL);
  const match = matchOperation(configurationOperations, method, url.pathname);
  if (!match) throw new Error(`No operation answers ${method} ${url.pathname}.`);
  const person = jira.store.users.get(asker.accountId ?? '');
  try {
    return await match.operation.handle({ jira, person, viaApp: asker.viaApp ?? false, params: match.params, query: url.searchParams, body });
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { status: error.status, body: { errorMessages: error.errorMessages, errors: error.errors } };
  }
}

/** A fresh site, its parts, and clients for its people. */
export function freshSite() {
  const clock = new ManualClock('2026-11-24T09:00:00Z');
  const store = new Store();
  const admin = seed(store, clock.now().getTime());
  const forgeRules: ForgeRule[] = [];
  const jira: Jira = {
    store,
    clock,
    baseUrl: BASE_URL,
    rules: { rules: () => forgeRules, validate: () => Promise.resolve({ result: true }), runPostFunction: () => undefined },
    emit: () => undefined,
  };

  const send = async (asker: Asker, method: string, path: string, body?: unknown): Promise<Answer> => {
    // As over the wire: what cannot be said in JSON does not arrive.
    const sent: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
    const answer = await dispatch(jira, asker, method, path, sent);
    const known = UNDOCUMENTED.some((one) => one.test(`${method} ${path.split('?')[0]} ${answer.status}`));
    const text = answer.body === undefined || answer.status === 204 ? null : JSON.stringify(answer.body);
    if (!known) await checkAnswer(method, path, new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } }));
    return { ...answer, body: text === null ? undefined : JSON.parse(text) };
  };

  /** The body of an answer; a refusal is thrown. */
  const ask = async (asker: Asker, method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await send(asker, method, path, body);
    if (answer.status >= 400) throw new Refused(answer.status, answer.body as Refused['body']);
    return answer.body;
  };

  /** Screens can be made and deleted over REST, but jira.js has no words for it. */
  const screens = {
    create: async (name: string) => (await ask({ accountId: admin }, 'POST', '/rest/api/3/screens', { name })) as { id: number },
    remove: (id: number) => ask({ accountId: admin }, 'DELETE', `/rest/api/3/screens/${id}`),
  };

  const as = (asker: Asker) => {
    const client = {
      async sendRequest(config: {
        url: string;
        method?: string;
        searchParams?: Record<string, unknown>;
        body?: unknown;
        schema?: { parse(data: unknown): unknown };
      }) {
        const query = new URLSearchParams();
        for (const [key, value] of Object.entries(config.searchParams ?? {})) {
          for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(key, String(one));
        }
        const body = await ask(asker, config.method ?? 'GET', `${config.url}${query.size > 0 ? `?${query}` : ''}`, config.body);
        return config.schema ? config.schema.parse(body) : body;
      },
    };
    return createCloudClient(client as unknown as Client);
  };

  /** Somebody with a licence. */
  const person = async (displayName: string): Promise<string> => {
    const emailAddress = `${displayName.toLowerCase()}@site.example`;
    // Jira itself takes the display name no more, and jira.js has no word for it; the site does, so that tests can tell people apart.
    const user = await ask({ accountId: admin }, 'POST', '/rest/api/3/user', { emailAddress, displayName, products: ['jira-software'] });
    return (user as { accountId: string }).accountId;
  };

  return { clock, store, jira, admin, forgeRules, send, ask, screens, as, asAdmin: as({ accountId: admin }), person };
}

export type Site = ReturnType<typeof freshSite>;
