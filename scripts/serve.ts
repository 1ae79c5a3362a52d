/** The site in the foreground: starts it, fills it on the first day, tells where to look, and ends cleanly on SIGINT and SIGTERM. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { loadDemo } from '../sandbox/demo';
import { readTransfer, type Site, type SiteOptions, startSite, TransferRefused } from '../sandbox/site';
import { DATABASE_CACHE, FUNCTIONS_DIR, PAGES_DIR, ROOT, SITE_DATA_DIR } from './paths';
import { seconds, step } from './steps';

/** A site that does not stop by itself within this time is left behind. */
const STOP_WITHIN_MS = 10_000;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    empty: { type: 'boolean' },
    fresh: { type: 'boolean' },
    import: { type: 'string' },
  },
});

/** A site from a file takes the place of the last one, so the file is read and judged first. */
function fileToImport(): string | undefined {
  if (values.import === undefined) return undefined;
  try {
    const text = readFileSync(values.import, 'utf8');
    readTransfer(text);
    return text;
  } catch (error) {
    const known = error instanceof TransferRefused || (error as NodeJS.ErrnoException).code !== undefined;
    if (!known) throw error;
    console.error(`${values.import}: ${(error as Error).message}`);
    process.exit(1);
  }
}
const imported = fileToImport();

/** An empty site and a filled one are kept apart. */
const dataDir = join(SITE_DATA_DIR, values.empty ? 'empty' : 'demo');
if (values.fresh || imported !== undefined) rmSync(dataDir, { recursive: true, force: true });

let site: Site | undefined;
let stopping = false;

async function open(delivery?: SiteOptions['delivery']): Promise<Site> {
  site = await startSite({
    port: Number(values.port),
    appDir: ROOT,
    functionsFile: join(FUNCTIONS_DIR, 'index.cjs'),
    pagesDir: PAGES_DIR,
    databaseCache: DATABASE_CACHE,
    dataDir,
    checkManifest: false,
    ...(delivery && { delivery }),
    log: (entry) => {
      if (entry.level === 'error' || process.env['SITE_LOG']) console.error(`${entry.source}: ${entry.message}`);
    },
  });
  return site;
}

async function stop(): Promise<void> {
  // A terminal and the parent process may both tell us.
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await site?.stop();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());

const from = performance.now();
// The first day is told at once; after it, events come late and doubled as on the platform.
let running = await open(values.empty || imported !== undefined ? undefined : 'instant');
console.log(`Site: ${imported !== undefined ? 'from a file' : running.fresh ? 'new' : 'goes on where it stopped'}  ${seconds(from)}`);

if (imported !== undefined) {
  await running.importFile(imported).catch(async (error: unknown) => {
    if (!(error instanceof TransferRefused)) throw error;
    console.error(error.message);
    await running.stop();
    process.exit(1);
  });
} else if (!values.empty) {
  if (running.fresh) {
    await step('Demonstration data', async () => {
      const { look } = await loadDemo(running.url, running.administrator.email, (line) => console.log(`  ${line}`));
      return `loaded, ${String(look.length)} places to look at`;
    });
  }
  await running.stop();
  running = await open();
}

console.log(`
Open ${running.url} and choose who you are; the picture at the top right switches.
${
  imported !== undefined
    ? `The people of the file are there; ${running.administrator.email} administers the site.`
    : values.empty
      ? `The app is installed and not set up: as ${running.administrator.email}, Settings > Administration > USM setup.`
      : `  ${running.url}/browse/NSS-1   an incident handed over to a change
  Sofia Rossi asks for a customer, Amira Haddad coordinates, Pieter Bakker and Fatima Amrani do the work, Henk de Wit manages the process.
  ${running.administrator.email} administers the site.`
}
Ctrl+C stops it; the next start goes on from there (--fresh begins anew).`);
