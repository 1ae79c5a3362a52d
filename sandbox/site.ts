/** One local Jira Cloud site with one Forge app on it: composes jira/, forge/ and the pages, and opens two doors, the site's and the app's own origin. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { z } from 'zod';
import { systemClock, type Clock } from './clock';
import type { JiraSite, RuleHost } from './contract';
import { createForge, type DeliveryOptions, type Forge, type LogEntry, type SqlServer, startSqlServer } from './forge';
import { createFrameServer, forgeUiRoutes, pagePermissions } from './forge/ui';
import { authenticate } from './jira/auth';
import { createJira } from './jira';
import { seed } from './jira/seed';
import { Store } from './jira/store';
import { siteRoutes } from './site-routes';
import { createPages } from './web-server';

export interface SiteOptions {
  /** Port of the site; the app's own origin takes the next one. 0 = any two free ones. */
  port: number;
  /** Folder with manifest.yml; resource paths in it are relative to it. */
  appDir: string;
  /** The bundle of the app's functions. */
  functionsFile: string;
  /** Built pages of the site. */
  pagesDir: string;
  /** Program and data template of the database, kept between starts. */
  databaseCache: string;
  /** Where the site's state is kept; the site goes on where it stopped, unless the app has changed. */
  dataDir: string;
  clock?: Clock;
  delivery?: DeliveryOptions | 'instant';
  searchDelayMs?: number;
  /** A database that is there already; the site then leaves it running. */
  sql?: SqlServer;
  checkManifest?: boolean;
  /** Stands between the app and Jira: a test loses, delays or spoils an answer here. */
  intercept?: Intercept;
  log?: (entry: LogEntry) => void;
  onProgress?: (line: string) => void;
}

export type Intercept = (request: { method: string; path: string }, next: () => Promise<Response>) => Promise<Response>;

export interface Site {
  url: string;
  appUrl: string;
  /** True when nothing was kept from an earlier start. */
  fresh: boolean;
  administrator: { accountId: string; email: string };
  forge: Forge;
  /** Everything on its way has arrived. */
  idle(): Promise<void>;
  /** Writes the state down now. */
  save(): Promise<void>;
  stop(): Promise<void>;
}

const STATE_VERSION = 1;
const kept = z.object({ version: z.literal(STATE_VERSION), app: z.string(), url: z.string(), store: z.json(), forge: z.json() });

const resources = z.array(z.looseObject({ key: z.string(), path: z.string(), entry: z.record(z.string(), z.string()).optional() }));

/** What the app is: another bundle or manifest means the kept state may not fit it. */
async function fingerprint(...files: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

async function readKept(file: string, app: string, url: string): Promise<z.infer<typeof kept> | undefined> {
  try {
    const found = kept.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return found.success && found.data.app === app && found.data.url === url ? found.data : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Listens on this machine alone; `port` 0 takes a free one. */
function listen(fetch: (request: Request) => Response | Promise<Response>, port: number): Promise<{ server: Server; port: number }> {
  const server = createAdaptorServer({ fetch }) as Server;
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

/** The rules of an app that is still starting: none, and nothing passes. */
const NO_RULES: RuleHost = {
  rules: () => [],
  validate: () => Promise.resolve({ result: false, errorMessage: 'The app is starting.' }),
  runPostFunction: () => undefined,
};

const intercepted = (jira: JiraSite, intercept: Intercept): JiraSite => ({
  userExists: (accountId) => jira.userExists(accountId),
  installAppUser: (appName) => jira.installAppUser(appName),
  request: (identity, path, init) => intercept({ method: init.method, path }, () => jira.request(identity, path, init)),
});

export async function startSite(options: SiteOptions): Promise<Site> {
  const { appDir, functionsFile, dataDir } = options;
  const clock = options.clock ?? systemClock;
  const manifestFile = join(appDir, 'manifest.yml');
  const stateFile = join(dataDir, 'site.json');

  // The doors come first: every `self` and every frame needs their addresses.
  const doors: { site: (request: Request) => Promise<Response>; app: (request: Request) => Promise<Response> } = {
    site: async () => new Response('The site is starting.', { status: 503 }),
    app: async () => new Response('The site is starting.', { status: 503 }),
  };
  const siteDoor = await listen((request) => doors.site(request), options.port);
  const appDoor = await listen((request) => doors.app(request), options.port === 0 ? 0 : options.port + 1).catch(async (error: unknown) => {
    await close(siteDoor.server);
    throw error;
  });
  const url = `http://localhost:${String(siteDoor.port)}`;
  const appUrl = `http://localhost:${String(appDoor.port)}`;

  const app = await fingerprint(manifestFile, functionsFile);
  const state = await readKept(stateFile, app, url);
  if (!state) await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });

  const sql =
    options.sql ??
    (await startSqlServer({
      cacheDir: options.databaseCache,
      dataDir: join(dataDir, 'sql'),
      clock,
      ...(options.onProgress && { onProgress: options.onProgress }),
    }));
  const store = new Store();
  if (state) store.load(state.store);
  else seed(store, clock.now().getTime());

  let rules = NO_RULES;
  const forge = await createForge({
    manifestFile,
    functionsFile,
    clock,
    sql,
    siteUrl: url,
    ...(options.delivery && { delivery: options.delivery }),
    ...(options.log && { log: options.log }),
    ...(options.checkManifest !== undefined && { checkManifest: options.checkManifest }),
    ...(state && { snapshot: state.forge }),
  });
  rules = forge;
  const jira = createJira({
    store,
    clock,
    baseUrl: url,
    rules: {
      rules: () => rules.rules(),
      validate: (id, event) => rules.validate(id, event),
      runPostFunction: (id, event) => rules.runPostFunction(id, event),
    },
    emit: (event) => forge.deliver(event),
    ...(options.searchDelayMs !== undefined && { searchDelayMs: options.searchDelayMs }),
  });
  forge.connect(options.intercept ? intercepted(jira, options.intercept) : jira);

  const frames = createFrameServer({
    resources: resources.parse(forge.manifest.resources).map((one) => ({ ...one, path: resolve(appDir, one.path) })),
    siteOrigin: url,
    ...pagePermissions(forge.manifest.raw.permissions),
  });
  const ui = forgeUiRoutes({ forge, jira, frameOrigin: appUrl, siteUrl: url });
  const own = siteRoutes({ store, forge });
  const pages = createPages({ distDir: options.pagesDir });

  doors.app = (request) => frames.fetch(request);
  doors.site = async (request) => {
    const { pathname } = new URL(request.url);
    const person = authenticate(store, request.headers)?.accountId;
    if (pathname.startsWith('/_forge/')) return (await ui(request, person)) ?? new Response('Not found', { status: 404 });
    return (await own(request, person)) ?? (await pages(request)) ?? jira.fetch(request);
  };

  const save = async (): Promise<void> => {
    const text = JSON.stringify({ version: STATE_VERSION, app, url, store: store.toJSON(), forge: forge.snapshot() });
    await writeFile(`${stateFile}.new`, text);
    await rename(`${stateFile}.new`, stateFile);
  };
  const administrator = store.users.find((one) => one.emailAddress === 'admin@site.example');
  if (!administrator) throw new Error('The site has no administrator.');
  if (!state) await save();

  return {
    url,
    appUrl,
    fresh: !state,
    administrator: { accountId: administrator.id, email: administrator.emailAddress },
    forge,
    idle: () => forge.idle(),
    save,
    async stop() {
      await Promise.all([close(siteDoor.server), close(appDoor.server)]);
      await save();
      await forge.stop();
      if (!options.sql) await sql.stop();
    },
  };
}
