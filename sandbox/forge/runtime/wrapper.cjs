'use strict';
/**
 * Runs in a child process and holds one app bundle: gives it the globals that @forge/api expects and passes its requests to the site.
 * Plain CommonJS, because the child starts without a loader. argv: the bundle's file, then the handlers that the manifest names.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname } = require('node:path');
const { format } = require('node:util');

const [file, ...handlers] = process.argv.slice(2);
const invocation = new AsyncLocalStorage();
const waiting = new Map();
const RealDate = Date;
let requests = 0;
let timeOffsetMs = 0;

const send = (message) => process.connected && process.send(message);
const failureOf = (error) =>
  error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { name: 'Error', message: format(error) };
const stray = (what, error) => send({ type: 'stray', id: invocation.getStore()?.id, what, failure: failureOf(error) });

/** The site's time, so that what an app stamps agrees with what the site stamps. */
function followSiteTime() {
  const now = () => RealDate.now() + timeOffsetMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}

/** The store of the invocation that is running, or an error for work that outlived its invocation. */
function current(doing) {
  const store = invocation.getStore();
  if (store && !store.over) return store;
  const error = new Error(`${doing} outside a running invocation: a promise was not awaited`);
  stray('request', error);
  throw error;
}

async function forgeFetch(descriptor, path, init = {}) {
  const store = current(`Request to ${path}`);
  const method = (init.method ?? 'GET').toUpperCase();
  // Request does for bodies and headers what fetch would do (forms, buffers, content types).
  const plain = init.body === undefined || init.body === null || typeof init.body === 'string';
  const source = plain ? undefined : new Request('http://forge.invalid', { method, headers: init.headers, body: init.body, duplex: 'half' });
  const headers = [...(source ? source.headers : new Headers(init.headers))];
  const body = source ? new Uint8Array(await source.arrayBuffer()) : (init.body ?? undefined);
  const request = ++requests;
  const answer = new Promise((resolve) => waiting.set(request, resolve));
  send({ type: 'request', id: store.id, request, descriptor: JSON.parse(JSON.stringify(descriptor)), path: String(path), method, headers, body });
  const { status, statusText, headers: answered, body: content } = await answer;
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : content, { status, statusText, headers: answered });
}

const nothing = () => undefined;
const metrics = {
  counter: () => ({ incr: nothing, incrBy: nothing, decr: nothing, decrBy: nothing }),
  timing: () => ({ measure: () => ({ stop: nothing }) }),
  gauge: () => ({ set: nothing }),
};

function runtimeOf(message) {
  const deadline = performance.now() + message.limitMs;
  return {
    ...message.runtime,
    proxy: { token: 'none', url: 'http://forge.invalid' },
    container: { appCodeDir: dirname(file) },
    lambdaContext: { awsRequestId: message.id, getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())) },
    tracing: { traceId: message.id, spanId: message.id },
    realtime: {},
    externalAuth: [],
    featureFlags: () => false,
    metrics,
  };
}

function handlerOf(bundle, handler) {
  const at = handler.lastIndexOf('.');
  const [part, name] = [handler.slice(0, at), handler.slice(at + 1)];
  const found = bundle?.[part]?.[name] ?? bundle?.[name];
  return typeof found === 'function' ? found : undefined;
}

async function invoke(bundle, message) {
  timeOffsetMs = message.timeOffsetMs;
  const store = { id: message.id, over: false, runtime: runtimeOf(message) };
  await invocation.run(store, async () => {
    let answer;
    try {
      const result = await handlerOf(bundle, message.handler)(...message.args);
      answer = { type: 'answer', id: message.id, json: JSON.stringify(result) };
    } catch (error) {
      answer = { type: 'failure', id: message.id, failure: failureOf(error) };
    }
    store.over = true;
    send({ ...answer, memoryMB: Math.round(process.memoryUsage().rss / 1_048_576) });
  });
}

function captureConsole() {
  for (const [name, level] of Object.entries({ debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error', trace: 'debug' })) {
    console[name] = (...args) => send({ type: 'log', id: invocation.getStore()?.id, level, message: format(...args) });
  }
}

/** Compiled by hand: the file's extension does not matter, and nothing outside the bundle resolves, as on the platform. */
function load() {
  const module = new Module(file);
  module.filename = file;
  module.paths = [];
  module._compile(readFileSync(file, 'utf8'), file);
  return module.exports;
}

Object.defineProperty(globalThis, '__forge_runtime__', { get: () => invocation.getStore()?.runtime, configurable: false });
globalThis.__forge_fetch__ = forgeFetch;
globalThis.fetch = async (input) => {
  throw new Error(`The local site lets no request out of an app: ${typeof input === 'string' ? input : (input?.url ?? input)}`);
};
followSiteTime();
captureConsole();
process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', (error) => stray('exception', error));
process.on('unhandledRejection', (error) => stray('rejection', error));

try {
  const bundle = load();
  new Response('');
  process.on('message', (message) => {
    if (message.type === 'invoke') void invoke(bundle, message);
    if (message.type === 'response') {
      waiting.get(message.request)?.(message);
      waiting.delete(message.request);
    }
  });
  send({ type: 'ready', handlers: handlers.filter((handler) => handlerOf(bundle, handler)) });
} catch (error) {
  send({ type: 'unloadable', failure: failureOf(error) });
}
