/** Reads and checks an app's manifest.yml; typed access to what the site needs of it. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppInvalid } from './errors';
import { entitiesSchema, type EntityDefinition } from './kvs/entities';
import { INVOCATION } from './limits';

const runtimeSchema = z.object({ memoryMB: z.number().optional() });

const functionSchema = z.object({
  key: z.string(),
  handler: z.string().regex(/^.+\..+$/),
  timeoutSeconds: z.number().min(1).max(900).optional(),
  runtime: runtimeSchema.optional(),
});
export type FunctionModule = z.infer<typeof functionSchema>;

const moduleSchema = z.looseObject({ key: z.string() });
/** A module as written, whatever its type. */
export type ManifestModule = z.infer<typeof moduleSchema>;

const filterSchema = z.object({
  ignoreSelf: z.boolean().optional(),
  expression: z.string().optional(),
  onError: z.string().optional(),
  appIsLicensed: z.boolean().optional(),
});
export type EventFilter = z.infer<typeof filterSchema>;

export const triggerSchema = z.object({
  key: z.string(),
  function: z.string(),
  events: z.array(z.union([z.string(), z.object({ eventType: z.string(), filter: filterSchema.optional() })])),
  filter: filterSchema.optional(),
});
export const consumerSchema = z.object({ key: z.string(), queue: z.string(), function: z.string() });
export const scheduledTriggerSchema = z.object({
  key: z.string(),
  function: z.string(),
  interval: z.enum(['fiveMinute', 'hour', 'day', 'week']),
  filter: z.object({ appIsLicensed: z.boolean().optional() }).optional(),
});
const resolverSchema = z.object({ resolver: z.object({ function: z.string() }) });
const namedSchema = z.object({ name: z.union([z.string(), z.record(z.string(), z.string())]), description: z.unknown().optional() });

const resourceSchema = z.looseObject({ key: z.string(), path: z.string() });

const scopesSchema = z.union([z.array(z.string()), z.record(z.string(), z.object({ allowImpersonation: z.boolean().optional() }).nullable())]);

const manifestSchema = z.looseObject({
  app: z.looseObject({
    id: z.string().regex(/^ari:cloud:ecosystem::app\/[0-9a-f-]+$/),
    name: z.string().optional(),
    runtime: runtimeSchema.optional(),
    storage: z.looseObject({ entities: entitiesSchema.default([]) }).optional(),
  }),
  modules: z.record(z.string(), z.array(moduleSchema)),
  resources: z.array(resourceSchema).default([]),
  permissions: z.looseObject({ scopes: scopesSchema.default([]) }).optional(),
});

export interface Manifest {
  /** The uuid in app.id. */
  readonly appId: string;
  readonly appName: string;
  readonly scopes: readonly string[];
  /** Scopes under which the app may act for a person who is not there. */
  readonly impersonation: boolean;
  readonly functions: ReadonlyMap<string, FunctionModule>;
  readonly resources: readonly z.infer<typeof resourceSchema>[];
  readonly memoryMB: number;
  /** Custom entities of its storage. */
  readonly entities: readonly EntityDefinition[];
  /** Everything else, as written. */
  readonly raw: z.infer<typeof manifestSchema>;
  modulesOf(type: string): ManifestModule[];
  /** The module with this key, with its type; functions are not modules here. */
  moduleByKey(key: string): { type: string; module: ManifestModule } | undefined;
  /** Key of the function that resolves calls of this module's frames. */
  resolverOf(moduleKey: string): string | undefined;
}

/** Reads a manifest; throws AppInvalid with every finding. `check: false` skips the platform's own validator. */
export async function readManifest(file: string, options: { check?: boolean } = {}): Promise<Manifest> {
  const path = resolve(file);
  if (options.check !== false) {
    const findings = await validateManifest(path);
    if (findings.length > 0) throw new AppInvalid('MANIFEST_INVALID', findings);
  }
  const parsed = manifestSchema.safeParse(parse(await readFile(path, 'utf8')));
  if (!parsed.success)
    throw new AppInvalid(
      'MANIFEST_INVALID',
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  return manifestOf(parsed.data);
}

/** The errors that @forge/manifest finds (the validator behind `forge lint` and `forge deploy`), with line and column. */
export async function validateManifest(file: string): Promise<string[]> {
  const { validate } = await import('@forge/manifest');
  // The declared parameter type is the parsed form, the first step of the processor takes the file's name.
  const result = await (validate as (basic: boolean, file: string) => ReturnType<typeof validate>)(false, file);
  return (result.errors ?? []).filter((one) => one.level === 'error').map((one) => `${one.line}:${one.column} ${one.message}`);
}

function manifestOf(raw: z.infer<typeof manifestSchema>): Manifest {
  const scopes = raw.permissions?.scopes ?? [];
  const { function: functionModules = [], ...modules } = raw.modules;
  const functions = functionModules.map((one) => functionSchema.parse(one));
  const moduleByKey = (key: string) => {
    for (const [type, list] of Object.entries(modules)) {
      const module = list.find((one) => one.key === key);
      if (module) return { type, module };
    }
    return undefined;
  };
  return {
    appId: raw.app.id.split('/')[1] ?? '',
    appName: raw.app.name ?? 'App',
    scopes: Array.isArray(scopes) ? scopes : Object.keys(scopes),
    impersonation: !Array.isArray(scopes) && Object.values(scopes).some((one) => one?.allowImpersonation === true),
    functions: new Map(functions.map((one) => [one.key, one])),
    resources: raw.resources,
    memoryMB: raw.app.runtime?.memoryMB ?? INVOCATION.memoryMB,
    entities: raw.app.storage?.entities ?? [],
    raw,
    modulesOf: (type) => modules[type] ?? [],
    moduleByKey,
    resolverOf: (moduleKey) => resolverSchema.safeParse(moduleByKey(moduleKey)?.module).data?.resolver.function,
  };
}

/** Name and description of a rule module, as text. */
export function namesOf(module: ManifestModule): { name: string; description: string } {
  const { name, description } = namedSchema.parse(module);
  return { name: textOf(name), description: textOf(description) };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

const LONG = new Set(['webtrigger', 'action', 'preUninstall']);
const LONGEST = new Set(['consumer', 'scheduledTrigger']);

/** How long an invocation of this function may take, called by a module of this type. */
export function timeLimitMs(moduleType: string, timeoutSeconds: number | undefined): number {
  const most = LONGEST.has(moduleType) ? INVOCATION.longestMs : LONG.has(moduleType) ? INVOCATION.longMs : INVOCATION.defaultMs;
  const usual = LONGEST.has(moduleType) ? INVOCATION.longMs : most;
  return timeoutSeconds === undefined ? usual : Math.min(most, timeoutSeconds * 1000);
}
