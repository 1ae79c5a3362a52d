/** Builds the fixture app with the real SDK and starts it over a stand-in for Jira (the real one is another part of the site). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect } from 'vitest';
import type { Identity, JiraSite } from '../../sandbox/contract';
import { createForge, type Forge, type ForgeOptions, type LogEntry, type SqlServer } from '../../sandbox/forge';
import type { Json } from '../../sandbox/jira/store';

const HERE = dirname(fileURLToPath(import.meta.url));
export const APP = join(HERE, 'fixtures', 'forge-app');
export const CACHE = join(HERE, '..', '..', '.cache', 'mariadb');

export async function buildApp(): Promise<{ functionsFile: string; folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'forge-app-'));
  const functionsFile = join(folder, 'index.js');
  await build({
    entryPoints: [join(APP, 'src', 'index.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile: functionsFile,
    logLevel: 'error',
  });
  return { functionsFile, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Takes SQL away from tests that do not need a server. */
export const noSql: SqlServer = {
  execute: () => Promise.reject(new Error('no SQL in this test')),
  drop: async () => undefined,
  dump: async () => [],
  load: async () => undefined,
  fill: async () => undefined,
  stop: async () => undefined,
};

export interface JiraStandIn extends JiraSite {
  asked: { identity: Identity; path: string; method: string; body: string | Uint8Array | undefined }[];
  /** Answers instead of the usual echo. */
  answer: ((path: string) => Promise<Response>) | undefined;
}

export function jiraStandIn(): JiraStandIn {
  const site: JiraStandIn = {
    asked: [],
    answer: undefined,
    async request(identity, path, { method, body }) {
      site.asked.push({ identity, path, method, body });
      return site.answer ? site.answer(path) : method === 'PUT' ? new Response(null, { status: 204 }) : Response.json({ path }, { status: 200 });
    },
    userExists: (accountId) => accountId !== 'gone',
    installAppUser: () => 'app-user',
  };
  return site;
}

export interface Started {
  forge: Forge;
  jira: JiraStandIn;
  log: LogEntry[];
  /** Calls a resolver function of the panel. */
  call<T = Json>(functionKey: string, payload?: Json, accountId?: string | undefined): Promise<T>;
}

export async function start(functionsFile: string, options: Partial<ForgeOptions> = {}): Promise<Started> {
  const log: LogEntry[] = [];
  const forge = await createForge({
    manifestFile: join(APP, 'manifest.yml'),
    functionsFile,
    sql: noSql,
    siteUrl: 'http://site.test',
    delivery: 'instant',
    checkManifest: false,
    log: (entry) => log.push(entry),
    ...options,
  });
  const jira = jiraStandIn();
  forge.connect(jira);
  return {
    forge,
    jira,
    log,
    call: async <T>(functionKey: string, payload?: Json, ...rest: [(string | undefined)?]) =>
      (await forge.invoke({
        moduleKey: 'panel',
        functionKey,
        payload: payload ?? {},
        accountId: rest.length > 0 ? rest[0] : 'ann',
        extension: { type: 'jira:issuePanel' },
      })) as T,
  };
}

/** Values that the app wrote under `log:{name}:`. */
export async function logged<T = Record<string, Json>>({ forge }: { forge: Forge }, name: string): Promise<T[]> {
  const { kvs } = forge.snapshot() as { kvs: { plain: { key: string; value: Json }[] } };
  return kvs.plain.filter(({ key }) => key.startsWith(`log:${name}:`)).map(({ value }) => value as T);
}

/** Matchers of Vitest as unknown instead of any. */
export const including = (part: string): unknown => expect.stringContaining(part);
export const withFields = (fields: Record<string, unknown>): unknown => expect.objectContaining(fields);
