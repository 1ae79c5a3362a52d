/**
 * Packages the functions with Forge's own bundler and calls them.
 * Twice: as the manifest says, which is what ships; and from the sources, the way back should the platform refuse a ready-made bundle.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import forgeBundler from '@forge/bundler';
import cliShared from '@forge/cli-shared';

const require = createRequire(import.meta.url);
const NO_SUCH_KEY = 'checks.noSuchFunction';

export async function checkBundle() {
  mkdirSync('.cache', { recursive: true });
  const work = mkdtempSync(resolve('.cache', 'bundle-'));
  try {
    useStubRuntime(work);
    const manifest = await new cliShared.ConfigFile(new cliShared.FileSystemReader(), new cliShared.FileSystemWriter()).readConfig();
    const handlers = manifest.modules.function.map(({ key, handler }) => ({ key, module: handler.split('.')[0], name: handler.split('.')[1] }));
    const asManifestSays = await bundle(process.cwd(), manifest.app.package, handlers);
    const fromSources = await bundle(sourcesFolder(work), undefined, handlers);
    return [
      ...(await tryOut('as the manifest says', unpack(asManifestSays, join(work, 'ships')), manifest, handlers)),
      ...(await tryOut('from the sources', unpack(fromSources, join(work, 'sources')), manifest, handlers)),
    ];
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The platform's wrapper comes from a network; the bundler takes a local one when it is told where. */
function useStubRuntime(work) {
  mkdirSync(join(work, 'runtime', 'dist'), { recursive: true });
  for (const script of ['wrapper.js', 'loader.js']) writeFileSync(join(work, 'runtime', 'dist', script), '// stands in for the runtime\n');
  process.env.FORGE_RUNTIME_PATH = join(work, 'runtime');
}

/** webpack compiles TypeScript by the tsconfig.json of the app's folder; without one it would ask packages for CommonJS. */
function sourcesFolder(work) {
  const options = { extends: resolve('tsconfig.base.json'), compilerOptions: { noEmit: false, types: ['node'] }, include: [resolve('src/**/*')] };
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify(options));
  return work;
}

async function bundle(appDirectory, packaging, handlers) {
  const silent = () => undefined;
  const logger = { debug: silent, trace: silent, info: silent, warn: console.warn, error: console.error };
  const provider = forgeBundler.getWrapperProvider({ fileSystemReader: new cliShared.FileSystemReader() });
  const config = { readConfig: async () => ({ app: { package: packaging } }) };
  return forgeBundler.getNodeBundler(logger, provider, config).bundle({ appDirectory, entryPoints: forgeBundler.getEntryPoints(handlers) });
}

/** Lays the archive out in a folder of its own, far from the sources. */
function unpack({ outputDir, additionalOutputs }, folder) {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(outputDir)) copyFileSync(join(outputDir, file), join(folder, file));
  for (const [name, content] of additionalOutputs)
    Buffer.isBuffer(content) ? writeFileSync(join(folder, name), content) : copyFileSync(content, join(folder, name));
  return folder;
}

/** Every handler must be an exported function, and the first resolver must answer a call. */
async function tryOut(way, folder, manifest, handlers) {
  giveGlobals();
  const loaded = new Map([...new Set(handlers.map(({ module }) => module))].map((module) => [module, require(join(folder, `${module}.cjs`))]));
  const faults = handlers
    .filter(({ module, name }) => typeof loaded.get(module)[name] !== 'function')
    .map(({ key, module, name }) => `${way}: function "${key}" has no handler ${name} in ${module}.cjs`);
  const key = Object.values(manifest.modules)
    .flat()
    .find((module) => module.resolver?.function)?.resolver.function;
  const resolver = handlers.find((handler) => handler.key === key);
  if (!resolver) return [...faults, `${way}: no module of the manifest names a resolver function.`];
  const answer = await Promise.resolve()
    .then(() =>
      loaded
        .get(resolver.module)
        [resolver.name]({ call: { functionKey: NO_SUCH_KEY, payload: {} }, context: {} }, { principal: { accountId: 'check' } }),
    )
    .catch((error) => error);
  // @forge/resolver names the function it does not know: so it was loaded, and it looked.
  if (!String(answer?.message ?? JSON.stringify(answer)).includes(NO_SUCH_KEY)) {
    faults.push(`${way}: the resolver answered something unexpected to an unknown function: ${String(answer?.message ?? JSON.stringify(answer))}`);
  }
  if (faults.length === 0) console.log(`The bundle made ${way} loads, has its ${handlers.length} functions, and its resolver answers.`);
  return faults;
}

/** What @forge/api finds on the platform before an app is loaded. */
function giveGlobals() {
  const metric = { incr() {}, decr() {}, set() {}, measure: () => ({ stop() {} }) };
  globalThis.__forge_runtime__ = {
    proxy: { token: 'none', url: 'http://localhost' },
    contextAri: 'ari:cloud:jira::site/check',
    appContext: { appId: 'check', environmentId: 'check', environmentType: 'DEVELOPMENT', invocationId: 'check', installationId: 'check' },
    lambdaContext: { getRemainingTimeInMillis: () => 25_000 },
    tracing: { traceId: 'check', spanId: 'check' },
    metrics: { counter: () => metric, timing: () => metric, gauge: () => metric },
  };
  globalThis.__forge_fetch__ = async (_target, path) => {
    throw new Error(`The check has no platform to ask: ${path}`);
  };
}
