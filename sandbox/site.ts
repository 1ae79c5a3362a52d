/** One local Jira Cloud site with Forge apps on it: composes jira/, forge/ and the pages, and opens a door for the site and one for each app's own origin. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { z } from 'zod';
import { AdvancingClock, systemClock, type Clock } from './clock';
import { type DeliveryOptions, type Forge, type ForgeOptions, type LogEntry, type SqlServer, startSqlServer } from './forge';
import { fingerprint, type AppSource, type HostedApp, hostApps, keptAppSchema, readApps } from './hosting/apps';
import { Faults, intercepted, type Intercept } from './hosting/faults';
import { exportSite, importSite } from './hosting/move';
import { routesOfAll } from './hosting/routes';
import { rulesOfAll } from './hosting/rules';
import type { Consent, LicenceState } from './hosting/standing';
import { authenticate } from './jira/auth';
import { createJira } from './jira';
import { seed } from './jira/seed';
import { Store } from './jira/store';
import { indexedProperties } from './site-properties';
import { siteRoutes } from './site-routes';
import { createPages } from './web-server';

export type { AppSource, HostedApp } from './hosting/apps';
export type { Intercept } from './hosting/faults';
export { readTransfer, TransferRefused } from './hosting/transfer';

export interface SiteOptions extends AppSource {
  /** Port of the site; the apps' own origins take the next ones. 0 = any free ones. */
  port: number;
  /** Apps of the site in the place of the one in `appDir`; none is a site without any. */
  apps?: readonly AppSource[];
  /** Built pages of the site. */
  pagesDir: string;
  /** Program and data template of the database, kept between starts. */
  databaseCache: string;
  /** Where the site's state is kept; the site goes on where it stopped, unless the app has changed. */
  dataDir: string;
  clock?: Clock;
  /** How late and how often events come; 'instant' delivers at once, and lets searches and queries see every write at once too. */
  delivery?: DeliveryOptions | 'instant';
  /** How long a search does not see a write. */
  searchDelayMs?: number;
  /** false lifts the platform's limits on rates, for much work at once. */
  limitRates?: boolean;
  /** Where the apps are installed; without it a development environment. */
  environment?: ForgeOptions['environment'];
  /** Licence of every app at its first start; without it `none`. */
  licence?: LicenceState;
  /** Whether every person is asked before an app acts for them; without it as the app's scopes demand. */
  consent?: Consent;
  /** A database that is there already; the site then leaves it running. */
  sql?: SqlServer;
  checkManifest?: boolean;
  /** Stands between the app and Jira: a test loses, delays or spoils an answer here. */
  intercept?: Intercept;
  log?: (entry: LogEntry) => void;
  onProgress?: (line: string) => void;
}

export interface Site {
  url: string;
  /** Origin of the first app's frames. */
  appUrl: string;
  /** True when nothing was kept from an earlier start. */
  fresh: boolean;
  administrator: { accountId: string; email: string };
  /** The runtime of the first app. */
  forge: Forge;
  apps: readonly HostedApp[];
  faults: Faults;
  /** The site's time; it can be set forward. */
  clock: AdvancingClock;
  /** Everything on its way has arrived. */
  idle(): Promise<void>;
  /** Writes the state down now. */
  save(): Promise<void>;
  /** The whole site as one file. */
  exportFile(): Promise<string>;
  /** Puts such a file into a site on which nothing has been made yet. Throws TransferRefused. */
  importFile(text: string): Promise<void>;
  stop(): Promise<void>;
}

/** Jira Cloud docs: searches are eventually consistent; how far behind they usually are is not said. */
const SEARCH_DELAY_MS = 2000;

const STATE_VERSION = 2;
const kept = z.object({
  version: z.literal(STATE_VERSION),
  apps: z.string(),
  url: z.string(),
  aheadMs: z.number(),
  store: z.json(),
  forges: z.record(z.string(), keptAppSchema),
});

async function readKept(file: string, apps: string, url: string): Promise<z.infer<typeof kept> | undefined> {
  try {
    const found = kept.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return found.success && found.data.apps === apps && found.data.url === url ? found.data : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Listens on this machine alone; `port` 0 takes a free one. */
function listen(fetch: (request: Request) => Response | Promise<Response>, port: number): Promise<{ server: Server; port: number }> {
  const server = createAdaptorServer({ fetch }) as Server;
  // On a busy machine the usual five seconds close a connection just as the next request takes it.
  server.keepAliveTimeout = 60_000;
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      done({ server, port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

const close = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });

/** The database of a site whose apps ask for none. */
const NO_SQL: SqlServer = {
  execute: () => Promise.reject(new Error('No app of the site has an sql module.')),
  drop: async () => undefined,
  dump: async () => [],
  load: async () => undefined,
  fill: async () => undefined,
  stop: async () => undefined,
};

type Answering = (request: Request) => Promise<Response>;

/** A door that says that the site is starting until `answer` is set. */
interface Door {
  server: Server;
  url: string;
  answer: Answering;
}

/** Opens a row of doors on ports that follow each other, or on any free ones where the first is 0; all or none. */
async function openDoors(count: number, port: number): Promise<Door[]> {
  const opened: Door[] = [];
  try {
    for (let i = 0; i < count; i += 1) {
      const door = { answer: (async () => new Response('The site is starting.', { status: 503 })) as Answering };
      const { server, port: taken } = await listen((request) => door.answer(request), port === 0 ? 0 : port + i);
      opened.push(Object.assign(door, { server, url: `http://localhost:${String(taken)}` }));
    }
    return opened;
  } catch (error) {
    await Promise.all(opened.map(({ server }) => close(server)));
    throw error;
  }
}

/** Waits until no app has work: what one does may be news for another. */
async function allIdle(forges: readonly Forge[]): Promise<void> {
  for (;;) {
    const before = forges.map((forge) => forge.lastInvocation());
    await Promise.all(forges.map((forge) => forge.idle()));
    if (forges.every((forge, index) => forge.lastInvocation() === before[index])) return;
  }
}

export async function startSite(options: SiteOptions): Promise<Site> {
  const { dataDir } = options;
  const sources = options.apps ?? [{ appDir: options.appDir, functionsFile: options.functionsFile }];
  const stateFile = join(dataDir, 'site.json');
  const manifests = await readApps(sources);
  const marks = await fingerprint(sources);

  // The doors come first: every `self` and every frame needs their addresses.
  const [siteDoor, ...appDoors] = await openDoors(1 + sources.length, options.port);
  if (!siteDoor) throw new Error('A site has an address.');
  const { url } = siteDoor;

  const state = await readKept(stateFile, marks, url);
  if (!state) await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const clock = new AdvancingClock(options.clock ?? systemClock, state?.aheadMs);

  const sql =
    options.sql ??
    (manifests.some((one) => one.modulesOf('sql').length > 0)
      ? await startSqlServer({
          cacheDir: options.databaseCache,
          dataDir: join(dataDir, 'sql'),
          clock,
          ...(options.limitRates !== undefined && { limitRates: options.limitRates }),
          ...(options.onProgress && { onProgress: options.onProgress }),
        })
      : NO_SQL);
  const store = new Store();
  if (state) store.load(state.store);
  else seed(store, clock.now().getTime());

  const faults = new Faults(clock);
  const hosting = { ...options, clock, sql, siteUrl: url, faults };
  const origins = appDoors.map((door) => door.url);
  const apps = await hostApps(sources, manifests, origins, state?.forges ?? {}, hosting);
  const installed = (): HostedApp[] => apps.filter((app) => app.installed);
  const forges = (): Forge[] => installed().map(({ forge }) => forge);
  const first = (): HostedApp => {
    if (!apps[0]) throw new Error('The site has no app.');
    return apps[0];
  };
  const jira = createJira({
    store,
    clock,
    baseUrl: url,
    rules: rulesOfAll(forges),
    emit: (event) => {
      for (const one of forges()) one.deliver(event);
    },
    propertyAliases: () => forges().flatMap(({ manifest }) => indexedProperties(manifest.modulesOf('jira:entityProperty'))),
    searchDelayMs: options.searchDelayMs ?? (options.delivery === 'instant' ? 0 : SEARCH_DELAY_MS),
  });
  const met = options.intercept ? intercepted(jira, options.intercept) : jira;
  for (const app of apps) app.connect(jira, met);

  const ui = routesOfAll(installed);
  const pages = createPages({ distDir: options.pagesDir });
  const idle = (): Promise<void> => allIdle(forges());
  const parts = () => ({ url, store, clock, sql, apps: installed() });
  const importFile = async (text: string): Promise<void> => {
    await importSite(parts(), text);
    await save();
  };
  const own = siteRoutes({ url, store, apps, clock, faults, idle, exportFile: () => exportSite(parts()), importFile });

  for (const [index, door] of appDoors.entries())
    door.answer = (request) => apps[index]?.frames(request) ?? Promise.resolve(new Response(null, { status: 404 }));
  siteDoor.answer = async (request) => {
    const { pathname } = new URL(request.url);
    const person = authenticate(store, request.headers)?.accountId;
    if (pathname.startsWith('/_forge/')) return (await ui(request, person)) ?? new Response('Not found', { status: 404 });
    return (await own(request, person)) ?? (await pages(request)) ?? jira.fetch(request);
  };

  const save = async (): Promise<void> => {
    for (const app of apps) await app.purge();
    const text = JSON.stringify({
      version: STATE_VERSION,
      apps: marks,
      url,
      aheadMs: clock.aheadMs,
      store: store.toJSON(),
      forges: Object.fromEntries(apps.map((one) => [one.appId, one.keep()])),
    });
    await writeFile(`${stateFile}.new`, text);
    await rename(`${stateFile}.new`, stateFile);
  };
  const administrator = store.users.find((one) => one.emailAddress === 'admin@site.example');
  if (!administrator) throw new Error('The site has no administrator.');
  if (!state) await save();

  return {
    url,
    get appUrl() {
      return first().url;
    },
    fresh: !state,
    administrator: { accountId: administrator.id, email: administrator.emailAddress },
    get forge() {
      return first().forge;
    },
    apps,
    faults,
    clock,
    idle,
    save,
    exportFile: () => exportSite(parts()),
    importFile,
    async stop() {
      await Promise.all([siteDoor, ...appDoors].map(({ server }) => close(server)));
      await save();
      await Promise.all(apps.map((one) => one.forge.stop()));
      if (!options.sql) await sql.stop();
    },
  };
}
