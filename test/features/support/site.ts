/** A fresh Jira site in this process, with the app's user and rules, and clients that speak to it as the app's transport would. */
import { randomUUID } from 'node:crypto';
import type { Client } from 'jira.js/core';
import { ManualClock } from '../../../sandbox/clock';
import type { ForgeRule, Identity } from '../../../sandbox/contract';
import { createJira } from '../../../sandbox/jira';
import { seed } from '../../../sandbox/jira/seed';
import { Store } from '../../../sandbox/jira/store';
import { asJiraError } from '../../../src/jira/client';
import type { Setting } from '../../../src/platform/kvs';
import { AFTER_MODULE, GATE_MODULE, WHO_MODULE } from '../../../src/setup/model';

export const ENVIRONMENT = randomUUID();
const APP = randomUUID();

const rule = (module: string, environment: string, ruleKey: ForgeRule['ruleKey'], ruleType: ForgeRule['ruleType']): ForgeRule => ({
  id: `ari:cloud:ecosystem::extension/${APP}/${environment}/static/${module}`,
  ruleKey,
  ruleType,
  name: module,
  description: '',
});

/** The app is installed twice: from another environment, and from ours. */
const RULES = [randomUUID(), ENVIRONMENT].flatMap((environment) => [
  rule(GATE_MODULE, environment, 'forge:expression-validator', 'Validator'),
  rule(WHO_MODULE, environment, 'forge:expression-validator', 'Validator'),
  rule(AFTER_MODULE, environment, 'forge:workflow-post-function', 'PostFunction'),
]);

export interface Request {
  method: string;
  path: string;
}

export type FreshSite = ReturnType<typeof freshSite>;

export function freshSite() {
  const clock = new ManualClock('2026-11-24T09:00:00Z');
  const store = new Store();
  const admin = seed(store, clock.now().getTime());
  const rules = [...RULES];
  const site = createJira({
    store,
    clock,
    baseUrl: 'http://site.test',
    rules: { rules: () => rules, validate: () => Promise.resolve({ result: true }), runPostFunction: () => undefined },
    emit: () => undefined,
  });
  const appUser = site.installAppUser('USM for Jira');

  const as = (identity: Identity): Client => ({
    async sendRequest({ url, method = 'GET', searchParams, body, schema }) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(searchParams ?? {})) {
        for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) if (one !== undefined) query.append(name, String(one));
      }
      // Jira's work in the background goes on while somebody waits for it.
      if (url.startsWith('/rest/api/3/task/')) clock.advance(1_000);
      const path = query.size > 0 ? `${url}?${query.toString()}` : url;
      const response = await site.request(identity, path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
      const text = await response.text();
      const answer: unknown = text === '' ? undefined : JSON.parse(text);
      if (!response.ok && response.status !== 303) throw asJiraError(response.status, answer, `${method} ${url}`);
      if (!schema || answer === undefined) return answer as never;
      const checked = schema.safeParse(answer);
      if (!checked.success) throw new Error(`${method} ${url}: ${checked.error.message}`);
      return checked.data;
    },
  });

  return { clock, store, admin, appUser, rules, person: as({ accountId: admin, viaApp: true }), app: as({ accountId: appUser, viaApp: true }), as };
}

/** A setting in memory that keeps what JSON keeps. */
export function memory<T>(): Setting<T> {
  let text: string | undefined;
  return {
    read: () => Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as T)),
    write: (value) => {
      text = JSON.stringify(value);
      return Promise.resolve();
    },
    remove: () => {
      text = undefined;
      return Promise.resolve();
    },
  };
}
