/** Runs functions of the app and keeps account of every invocation. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { Json } from '../../jira/store';
import { AppInvalid, InvokeError, type InvokeErrorCode } from '../errors';
import type { SiteIds } from '../ids';
import { INVOCATION, LOG } from '../limits';
import type { Log, LogEntry } from '../log';
import { timeLimitMs, type FunctionModule, type Manifest } from '../manifest';
import { serviceError } from '../service';
import { licenceJson, type Standing } from '../standing';
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
  /** The request at which it was ended on demand. */
  endedAt?: string;
  /** Promises that nobody awaited, errors that nobody caught. */
  strays: string[];
  /** Lines of its console, those among them that the platform dropped, and the bytes of the rest. */
  log: { lines: number; dropped: number; bytes: number };
}

export interface InvokeOptions {
  functionKey: string;
  moduleType: string;
  moduleKey: string;
  /** Builds the arguments; gets the runtime's second argument (who calls, which installation). */
  args: (backend: Json) => Json[];
  accountId?: string | undefined;
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
  standing: Standing;
  /** Asked once for each invocation: whether it ends before it answers. */
  ending?: Ending | undefined;
  answer(invocation: Invocation, message: RequestMessage): Promise<ProxyResponse>;
}

/** What is asked whether an invocation of this function ends before it answers: once at its start, and then at each of its requests. */
export type Ending = (called: {
  functionKey: string;
  moduleKey: string;
}) => (request?: RequestKind) => { how: SuddenEnd; performed: boolean } | undefined;

const RECORDS_KEPT = 1000;

interface Running extends Invocation {
  record: InvocationRecord;
  ending: ReturnType<Ending>;
  /** Requests that are being performed. */
  performing: Set<Promise<unknown>>;
  /** Set at the request that ends it; those that come later are not performed. */
  ended?: Promise<SuddenEnd>;
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
        log: ({ id, level, message }) => this.keepLog(level, message, id),
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
      const end = running.ending();
      if (end) throw end.how === 'kill' ? crashed('SIGKILL') : timedOut(timeLimitMs(options.moduleType, definition.timeoutSeconds));
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

  lastInvocation(): string | undefined {
    return this.records.at(-1)?.id;
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
      log: { lines: 0, dropped: 0, bytes: 0 },
    };
    this.records = [...this.records.slice(1 - RECORDS_KEPT), record];
    const warn = (message: string): void => this.say('warn', 'platform', message, id);
    const ending = this.parts.ending?.({ functionKey, moduleKey }) ?? (() => undefined);
    const running: Running = { id, functionKey, accountId, depth, cycle, record, ending, performing: new Set(), warn };
    this.running.set(id, running);
    return running;
  }

  private message(running: Running, definition: FunctionModule, options: InvokeOptions) {
    const { clock } = this.parts;
    const args = options.args(this.backend(options));
    if (Buffer.byteLength(JSON.stringify(args)) > INVOCATION.requestBytes)
      throw new InvokeError('PAYLOAD_TOO_LARGE', 'What the function is called with is larger than 5 MB.');
    return {
      type: 'invoke' as const,
      id: running.id,
      handler: definition.handler,
      args,
      runtime: this.describe(running, options),
      limitMs: timeLimitMs(options.moduleType, definition.timeoutSeconds),
      timeOffsetMs: siteOffset(clock),
    };
  }

  /** What the platform hands to every function beside its payload. */
  private backend({ accountId }: InvokeOptions): Json {
    return {
      ...(accountId ? { principal: { accountId } } : {}),
      installContext: this.parts.ids.contextAri,
      installation: this.installation(),
      ...this.license(),
    };
  }

  private license(): { license?: Json } {
    const licence = this.parts.standing.licence();
    return licence ? { license: licenceJson(licence) } : {};
  }

  private installation(): Json {
    const { ids } = this.parts;
    return {
      ari: { installationId: ids.installationId },
      contexts: [{ cloudId: ids.cloudId }],
    };
  }

  private describe(running: Running, { moduleType, moduleKey }: InvokeOptions): RuntimeDescription {
    const { manifest, ids, environmentType, standing } = this.parts;
    return {
      contextAri: ids.contextAri,
      appContext: {
        appId: manifest.appId,
        appVersion: standing.version(),
        environmentId: ids.environmentId,
        environmentType,
        invocationId: running.id,
        installationId: ids.installationId,
        functionKey: running.functionKey,
        moduleType: moduleType.includes(':') ? moduleType : `core:${moduleType}`,
        moduleKey,
        installation: this.installation(),
        permissions: { scopes: [...manifest.scopes], external: {} },
        ...this.license(),
      },
      ...(running.accountId ? { aaid: running.accountId } : {}),
    };
  }

  private answer(message: RequestMessage): Promise<ProxyResponse | SuddenEnd> {
    const running = this.running.get(message.id);
    if (!running) return Promise.resolve(rendered(serviceError(410, 'INVOCATION_OVER', 'The invocation has ended.')));
    if (running.ended) return running.ended;
    const kind = kindOf(message);
    running.record.requests[kind] += 1;
    const end = running.ending(kind);
    if (!end) return this.perform(running, message);
    running.record.endedAt = `${message.method} ${message.path}`;
    if (end.performed) void this.perform(running, message);
    // What was under way is finished first: then it is certain what has happened and what has not.
    running.ended = Promise.all(running.performing).then(() => end.how);
    return running.ended;
  }

  private perform(running: Running, message: RequestMessage): Promise<ProxyResponse> {
    const performed = this.performOrFail(running, message).finally(() => running.performing.delete(performed));
    running.performing.add(performed);
    return performed;
  }

  /** Answers in any case. */
  private async performOrFail(running: Running, message: RequestMessage): Promise<ProxyResponse> {
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

  /** Passes a line of the app's console on, as far as the platform takes it; what is more is dropped. */
  private keepLog(level: LogEntry['level'], message: string, id: string | undefined): void {
    const record = this.record(id);
    if (!record) return this.say(level, 'app', message, id);
    const { log } = record;
    log.lines += 1;
    const bytes = Buffer.byteLength(message);
    const minutes = Math.ceil((this.parts.manifest.functions.get(record.functionKey)?.timeoutSeconds ?? 60) / 60);
    if (log.lines <= LOG.linesPerMinute * minutes && log.bytes + bytes <= LOG.bytes) {
      log.bytes += bytes;
      return this.say(level, 'app', message, id);
    }
    log.dropped += 1;
    if (log.dropped === 1) this.say('warn', 'platform', 'The function logs more than the platform keeps; the rest of its lines is dropped.', id);
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
