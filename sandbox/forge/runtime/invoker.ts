/** Runs functions of the app and keeps account of every invocation. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { Json } from '../../jira/store';
import { AppInvalid, InvokeError, type InvokeErrorCode } from '../errors';
import type { SiteIds } from '../ids';
import { INVOCATION } from '../limits';
import type { Log, LogEntry } from '../log';
import { timeLimitMs, type FunctionModule, type Manifest } from '../manifest';
import { serviceError } from '../service';
import { crashed, timedOut, type SuddenEnd } from './child';
import type { Invocation, RequestKind } from './invocation';
import type { RequestMessage, RuntimeDescription } from './messages';
import { Pool } from './pool';
import { kindOf, rendered, type ProxyResponse } from './proxy';

/** One line of the account: what an invocation was and what it cost. */
export interface InvocationRecord {
  id: string;
  at: string;
  functionKey: string;
  moduleType: string;
  moduleKey: string;
  ms: number;
  /** Memory of the process when it answered; absent where it did not. */
  memoryMB?: number;
  requests: Record<RequestKind, number>;
  error?: { code: InvokeErrorCode; message: string };
  /** Promises that nobody awaited, errors that nobody caught. */
  strays: string[];
}

export interface InvokeOptions {
  functionKey: string;
  moduleType: string;
  moduleKey: string;
  /** Builds the arguments; gets the runtime's second argument (who calls, which installation). */
  args: (backend: Json) => Json[];
  accountId?: string | undefined;
  license?: Json | undefined;
  depth?: number;
  cycle?: number;
}

export interface InvokerParts {
  bundleFile: string;
  variables: Record<string, string>;
  manifest: Manifest;
  ids: SiteIds;
  clock: Clock;
  log: Log;
  environmentType: string;
  /** Asked once for each invocation: whether it ends before it answers. */
  ending?: Ending | undefined;
  answer(invocation: Invocation, message: RequestMessage): Promise<ProxyResponse>;
}

/** How an invocation of this function ends, and at which of its requests: 0 = before it has done anything; that request is not performed. */
export type Ending = (functionKey: string) => { how: SuddenEnd; atRequest: number } | undefined;

const RECORDS_KEPT = 1000;

interface Running extends Invocation {
  record: InvocationRecord;
  ending: ReturnType<Ending>;
}

export class Invoker {
  private readonly pool: Pool;
  private readonly running = new Map<string, Running>();
  private records: InvocationRecord[] = [];

  constructor(private readonly parts: InvokerParts) {
    const handlers = [...new Set([...parts.manifest.functions.values()].map((one) => one.handler))];
    this.pool = new Pool(
      { file: parts.bundleFile, handlers, variables: parts.variables },
      {
        request: (message) => this.answer(message),
        used: (id, memoryMB) => {
          const record = this.record(id);
          if (record) record.memoryMB = memoryMB;
        },
        log: ({ id, level, message }) => this.say(level, 'app', message, id),
        stray: ({ id, what, failure }) => {
          this.record(id)?.strays.push(`${what}: ${failure.message}`);
          this.say('error', 'platform', `Late ${what}: ${failure.stack ?? failure.message}`, id);
        },
      },
    );
  }

  /** Loads the bundle once; AppInvalid where it does not load or lacks a handler of the manifest. */
  async start(): Promise<void> {
    const exported = await this.pool.warm(this.parts.manifest.memoryMB).catch((error: unknown) => {
      throw new AppInvalid('BUNDLE_INVALID', [error instanceof Error ? error.message : String(error)]);
    });
    const missing = [...this.parts.manifest.functions.values()].filter((one) => !exported.includes(one.handler));
    if (missing.length === 0) return;
    await this.stop();
    throw new AppInvalid(
      'BUNDLE_INVALID',
      missing.map((one) => `The bundle does not export ${one.handler} of function ${one.key}`),
    );
  }

  /** Runs a function. Answers what it answered, through JSON; throws InvokeError. */
  async run(options: InvokeOptions): Promise<Json | undefined> {
    const { manifest } = this.parts;
    const definition = manifest.functions.get(options.functionKey);
    if (!definition) throw new InvokeError('MODULE_NOT_FOUND', `The manifest has no function ${options.functionKey}.`);
    const running = this.begin(options);
    let started = performance.now();
    const message = () => {
      started = performance.now();
      return this.message(running, definition, options);
    };
    try {
      if (running.ending?.atRequest === 0) {
        throw running.ending.how === 'kill' ? crashed('SIGKILL') : timedOut(timeLimitMs(options.moduleType, definition.timeoutSeconds));
      }
      const json = await this.pool.run(message, definition.runtime?.memoryMB ?? manifest.memoryMB, running.depth);
      if (json === undefined) return undefined;
      if (Buffer.byteLength(json) > INVOCATION.responseBytes) throw new InvokeError('RESPONSE_TOO_LARGE', 'The result is larger than 5 MB.');
      return JSON.parse(json) as Json;
    } catch (error) {
      if (error instanceof InvokeError) running.record.error = { code: error.code, message: error.message };
      throw error;
    } finally {
      running.record.ms = Math.round((performance.now() - started) * 10) / 10;
      this.running.delete(running.id);
    }
  }

  invocations(): InvocationRecord[] {
    return structuredClone(this.records);
  }

  stop(): Promise<void> {
    return this.pool.stop();
  }

  private begin({ functionKey, moduleType, moduleKey, accountId, depth = 0, cycle = 0 }: InvokeOptions): Running {
    const id = randomUUID();
    const record: InvocationRecord = {
      id,
      at: this.parts.clock.now().toISOString(),
      functionKey,
      moduleType,
      moduleKey,
      ms: 0,
      requests: { jira: 0, kvs: 0, sql: 0, queue: 0, other: 0 },
      strays: [],
    };
    this.records = [...this.records.slice(1 - RECORDS_KEPT), record];
    const warn = (message: string): void => this.say('warn', 'platform', message, id);
    const running: Running = { id, functionKey, accountId, depth, cycle, record, ending: this.parts.ending?.(functionKey), warn };
    this.running.set(id, running);
    return running;
  }

  private message(running: Running, definition: FunctionModule, options: InvokeOptions) {
    const { clock } = this.parts;
    return {
      type: 'invoke' as const,
      id: running.id,
      handler: definition.handler,
      args: options.args(this.backend(options)),
      runtime: this.describe(running, options),
      limitMs: timeLimitMs(options.moduleType, definition.timeoutSeconds),
      timeOffsetMs: siteOffset(clock),
    };
  }

  /** What the platform hands to every function beside its payload. */
  private backend({ accountId, license }: InvokeOptions): Json {
    return {
      ...(accountId ? { principal: { accountId } } : {}),
      installContext: this.parts.ids.contextAri,
      installation: this.installation(),
      ...(license === undefined ? {} : { license }),
    };
  }

  private installation(): Json {
    const { ids } = this.parts;
    return {
      ari: { installationId: ids.installationId },
      contexts: [{ cloudId: ids.cloudId }],
    };
  }

  private describe(running: Running, { moduleType, moduleKey, license }: InvokeOptions): RuntimeDescription {
    const { manifest, ids, environmentType } = this.parts;
    return {
      contextAri: ids.contextAri,
      appContext: {
        appId: manifest.appId,
        appVersion: '1.0.0',
        environmentId: ids.environmentId,
        environmentType,
        invocationId: running.id,
        installationId: ids.installationId,
        functionKey: running.functionKey,
        moduleType: moduleType.includes(':') ? moduleType : `core:${moduleType}`,
        moduleKey,
        installation: this.installation(),
        permissions: { scopes: [...manifest.scopes], external: {} },
        ...(license === undefined ? {} : { license }),
      },
      ...(running.accountId ? { aaid: running.accountId } : {}),
    };
  }

  private async answer(message: RequestMessage): Promise<ProxyResponse | SuddenEnd> {
    const running = this.running.get(message.id);
    if (!running) return rendered(serviceError(410, 'INVOCATION_OVER', 'The invocation has ended.'));
    running.record.requests[kindOf(message)] += 1;
    const asked = Object.values(running.record.requests).reduce((sum, one) => sum + one, 0);
    if (running.ending && asked === running.ending.atRequest) return running.ending.how;
    try {
      return await this.parts.answer(running, message);
    } catch (error) {
      // A fault of the site, not of the app: said loudly, and answered as the proxy answers its own faults.
      this.say(
        'error',
        'platform',
        `${message.method} ${message.path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        message.id,
      );
      const response = rendered(serviceError(500, 'SITE_FAULT', 'The local site failed to answer.'));
      return { ...response, headers: [...response.headers, ['forge-proxy-error', 'SITE_FAULT']] };
    }
  }

  private record(id: string | undefined): InvocationRecord | undefined {
    return this.records.find((one) => one.id === id);
  }

  private say(level: LogEntry['level'], source: LogEntry['source'], message: string, id?: string): void {
    const functionKey = this.record(id)?.functionKey;
    this.parts.log({
      at: this.parts.clock.now().toISOString(),
      level,
      source,
      message,
      ...(id ? { invocationId: id } : {}),
      ...(functionKey ? { functionKey } : {}),
    });
  }
}

/** The site's time against the machine's; small differences are none, so that the app's clock runs smoothly. */
function siteOffset(clock: Clock): number {
  const offset = clock.now().getTime() - Date.now();
  return Math.abs(offset) < 1000 ? 0 : offset;
}
