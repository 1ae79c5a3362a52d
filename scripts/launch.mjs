/** What runs before any package is there: installs the packages, then hands over to TypeScript. Uses nothing but Node itself. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEFAULT_PORT = 8090;

/** Said to the person in one line; anything else that is thrown is a fault of ours and keeps its stack. */
class Trouble extends Error {}

/** `npm start`: packages, database and builds, then the site. */
export function start(argv) {
  return told(async () => {
    const { port, flags } = startOptions(argv);
    await portsAreFree(port, port + 1);
    await install('.');
    await prepare();
    await handOver('scripts/serve.ts', ['--port', String(port), ...flags]);
  });
}

/** `npm test`: the same, with the packages that only the checks need, then every stage. */
export function test(argv) {
  return told(async () => {
    await install('.');
    await Promise.all([wantsForgeTools(argv) && install('checks'), prepare()]);
    await handOver('scripts/stages.ts', argv);
  });
}

/** `npm run scenario -- A4`: one story of the method played on the site. */
export function scenario(argv) {
  return told(async () => {
    await install('.');
    await prepare();
    await handOver('test/scenarios/run.ts', argv);
  });
}

/** A run of some stages installs Forge's tools only for the stages that use them. */
function wantsForgeTools(argv) {
  return !argv.some((arg) => arg.startsWith('--only')) || argv.some((arg) => arg.includes('forge'));
}

async function told(work) {
  try {
    await work();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    console.error(trouble.message);
    process.exitCode = 1;
  }
}

function startOptions(argv) {
  const usage = 'Usage: npm start -- [--port N] [--empty] [--fresh] [--import FILE]';
  try {
    const options = { port: { type: 'string' }, empty: { type: 'boolean' }, fresh: { type: 'boolean' }, import: { type: 'string' } };
    const { values } = parseArgs({ args: argv, options });
    const port = Number(values.port ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 1 || port > 65534) throw new Trouble(`--port takes a number from 1 to 65534. ${usage}`);
    const file = values.import === undefined ? [] : ['--import', resolve(values.import)];
    return { port, flags: [...['empty', 'fresh'].filter((name) => values[name]).map((name) => `--${name}`), ...file] };
  } catch (error) {
    if (error instanceof Trouble || !String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new Trouble(`${error.message.split('.')[0]}. ${usage}`);
  }
}

async function portsAreFree(...ports) {
  for (const port of ports) {
    if (!(await isFree(port))) {
      throw new Trouble(
        `Port ${port} is in use (the site takes ${ports.join(' and ')}). Stop what uses it, or choose another: npm start -- --port 9000`,
      );
    }
  }
}

function isFree(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (['EADDRINUSE', 'EACCES'].includes(error.code) ? resolve(false) : reject(error)));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}

/** Runs `npm ci` in a folder of the project unless what stands there is what its lock file asks for. */
async function install(folder) {
  const at = join(ROOT, folder);
  const name = folder === '.' ? 'Packages' : `Packages of ${folder}/`;
  if (isInstalled(at)) return;
  const from = performance.now();
  console.log(`${name}: installing (about a minute)`);
  const args = ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const code = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: at, shell: process.platform === 'win32' });
  if (code !== 0) throw new Trouble(`${name}: npm ci ended with ${code}. Its own words stand above.`);
  console.log(`${name}: ready  ${((performance.now() - from) / 1000).toFixed(1)} s`);
}

/** npm keeps a lock file of its own in node_modules, written at the end of an install: the same versions there mean the install is whole and current. */
function isInstalled(folder) {
  const hidden = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const there = packagesOf(hidden);
  return Object.entries(wanted).every(([path, entry]) => path === '' || there[path]?.version === entry.version || (!there[path] && entry.optional));
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

async function prepare() {
  const code = await run(process.execPath, ['--import', 'tsx', 'scripts/prepare.ts'], { cwd: ROOT });
  if (code !== 0) throw new Trouble('Preparing failed; the reason stands above.');
}

async function handOver(script, args) {
  process.exitCode = await run(process.execPath, ['--import', 'tsx', script, ...args], { cwd: ROOT });
}

/** Runs a child with our terminal; passes on the signals we get, so that it can end in its own way. */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    const watch = whenNpmDies(() => pass('SIGTERM'));
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(watch);
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(code ?? 1);
    });
  });
}

/** npm starts us through a shell, and that shell keeps npm's signals to itself: it dies of them and we would be left behind. */
function whenNpmDies(stop) {
  const parent = process.ppid;
  return process.env.npm_lifecycle_event ? setInterval(() => process.ppid !== parent && stop(), 500).unref() : undefined;
}
