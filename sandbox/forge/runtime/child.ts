/** One child process with the app's bundle loaded. Runs one invocation at a time. */
import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { InvokeError } from '../errors';
import { childMessageSchema, type ChildMessage, type HostMessage, type InvokeMessage, type RequestMessage, type ResponseMessage } from './messages';

const WRAPPER = createRequire(import.meta.url).resolve('./wrapper.cjs');

export interface Bundle {
  file: string;
  /** `file.name` of every function of the manifest. */
  handlers: string[];
  variables: Record<string, string>;
}

/** Where a child reports what is not an answer. */
export interface ChildEvents {
  /** Answers a request of the app, or says how its process ends instead; must not reject. */
  request(message: RequestMessage): Promise<Omit<ResponseMessage, 'type' | 'request'> | SuddenEnd>;
  /** What the process held when an invocation ended. */
  used(id: string, memoryMB: number): void;
  log(message: Extract<ChildMessage, { type: 'log' }>): void;
  stray(message: Extract<ChildMessage, { type: 'stray' }>): void;
  exit(child: Child): void;
}

/** What can end a function before it answers. */
export type SuddenEnd = 'kill' | 'timeout';

export const timedOut = (limitMs: number): InvokeError =>
  new InvokeError('FUNCTION_TIME_OUT', `The function took longer than its ${limitMs / 1000} s.`);
export const crashed = (how: string): InvokeError => new InvokeError('FUNCTION_CRASHED', `The process ended (${how}).`);

const outOfMemory = (memoryMB: number): InvokeError => new InvokeError('FUNCTION_OUT_OF_MEMORY', `The function used more than its ${memoryMB} MB.`);

/** How often the memory of a process is looked at while it works. */
const MEMORY_WATCH_MS = 200;
/** What Node needs for itself before an app does anything; not taken from the app here. */
const RUNTIME_MB = 64;
const PAGE_BYTES = 4096;

/** Resident memory of a process, 0 where this system does not tell. */
function residentMB(pid: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ')[1];
    return (Number(pages) * PAGE_BYTES) / 1_048_576;
  } catch {
    return 0;
  }
}

interface Running {
  id: string;
  limitMs: number;
  settle(outcome: { json: string | undefined } | InvokeError): void;
}

export class Child {
  /** Handlers that the bundle exports; known once started. */
  handlers: string[] = [];
  alive = true;
  private readonly process: ChildProcess;
  private running: Running | undefined;
  private output = '';

  private constructor(
    bundle: Bundle,
    readonly memoryMB: number,
    private readonly events: ChildEvents,
    started: (error?: Error) => void,
  ) {
    this.process = fork(WRAPPER, [bundle.file, ...bundle.handlers], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${memoryMB}`],
      // Nothing of the site's own environment; UTC as on Lambda.
      env: { NODE_ENV: 'production', TZ: 'UTC', ...bundle.variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.process.stderr?.on('data', (data: Buffer) => (this.output = (this.output + data.toString()).slice(-2000)));
    this.process.stdout?.resume();
    this.process.on('message', (message) => this.receive(message, started));
    this.process.on('error', (error) => started(error));
    this.process.on('exit', (code, signal) => {
      this.alive = false;
      started(new Error(`The process ended before it was ready: ${this.output}`));
      const memory = /heap out of memory|invalid array length allocation/i.test(this.output) || signal === 'SIGABRT';
      this.running?.settle(memory ? outOfMemory(memoryMB) : crashed(String(signal ?? code)));
      this.events.exit(this);
    });
  }

  /** Starts a process and waits until the bundle is loaded in it. */
  static async start(bundle: Bundle, memoryMB: number, events: ChildEvents): Promise<Child> {
    const { promise, resolve, reject } = deferred<void>();
    const child = new Child(bundle, memoryMB, events, (error) => (error ? reject(error) : resolve()));
    try {
      await promise;
      return child;
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  /** Runs one invocation; kills the process at the limit, whatever it does. Answers the JSON of the result. */
  async invoke(message: InvokeMessage): Promise<string | undefined> {
    if (this.running) throw new Error('One invocation at a time');
    const { promise, resolve } = deferred<{ json: string | undefined } | InvokeError>();
    this.running = { id: message.id, limitMs: message.limitMs, settle: resolve };
    const timer = setTimeout(() => this.end('timeout'), message.limitMs);
    const memory = setInterval(() => this.watchMemory(), MEMORY_WATCH_MS);
    this.tell(message);
    const outcome = await promise;
    clearTimeout(timer);
    clearInterval(memory);
    this.running = undefined;
    if (outcome instanceof InvokeError) throw outcome;
    return outcome.json;
  }

  kill(): void {
    this.alive = false;
    this.process.kill('SIGKILL');
  }

  /** The heap has a ceiling of its own; this is for what lies outside of it, buffers above all. */
  private watchMemory(): void {
    if (residentMB(this.process.pid) <= this.memoryMB + RUNTIME_MB) return;
    this.running?.settle(outOfMemory(this.memoryMB));
    this.kill();
  }

  private end(how: SuddenEnd): void {
    if (how === 'timeout' && this.running) this.running.settle(timedOut(this.running.limitMs));
    this.kill();
  }

  private tell(message: HostMessage): void {
    if (this.process.connected) this.process.send(message);
  }

  private receive(raw: unknown, started: (error?: Error) => void): void {
    const parsed = childMessageSchema.safeParse(raw);
    // Only the wrapper speaks to the site; an app that uses the channel itself gets no further.
    if (!parsed.success) return this.kill();
    const message = parsed.data;
    switch (message.type) {
      case 'ready':
        this.handlers = message.handlers;
        return started();
      case 'unloadable':
        return started(new Error(`${message.failure.message}\n${message.failure.stack ?? ''}`));
      case 'request':
        return void this.events
          .request(message)
          .then((response) =>
            typeof response === 'string' ? this.end(response) : this.tell({ type: 'response', request: message.request, ...response }),
          );
      case 'answer':
        this.events.used(message.id, message.memoryMB);
        return this.settle(message.id, { json: message.json });
      case 'failure':
        this.events.used(message.id, message.memoryMB);
        return this.settle(message.id, failed(message.failure));
      case 'log':
        return this.events.log(message);
      case 'stray':
        return this.events.stray(message);
    }
  }

  private settle(id: string, outcome: { json: string | undefined } | InvokeError): void {
    if (this.running?.id === id) this.running.settle(outcome);
  }
}

/** An error that the app threw. That of @forge/api for a missing person keeps its own code: the front end may ask for consent then. */
function failed({ name, message, stack }: { name: string; message: string; stack?: string | undefined }): InvokeError {
  const code = name === 'NEEDS_AUTHENTICATION_ERR' ? 'NEEDS_AUTHENTICATION' : 'FUNCTION_FAILED';
  return new InvokeError(code, message, stack ?? `${name}: ${message}`);
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
