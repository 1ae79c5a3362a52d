/** The apps of a site, each with its runtime, its frames on an origin of their own, and its addresses. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../clock';
import type { JiraSite } from '../contract';
import {
  createForge,
  readManifest,
  type DeliveryOptions,
  type Forge,
  type ForgeOptions,
  type LogEntry,
  type Manifest,
  type SqlServer,
} from '../forge';
import { createFrameServer, forgeUiRoutes, pagePermissions, type ForgeUiHandler } from '../forge/ui';
import type { Json } from '../jira/store';
import type { Faults } from './faults';
import { AppStanding, standingSchema, type Consent, type LicenceState } from './standing';

export interface AppSource {
  /** Folder with manifest.yml; resource paths in it are relative to it. */
  appDir: string;
  /** The bundle of the app's functions. */
  functionsFile: string;
}

/** Forge docs: storage of an uninstalled app is kept for 28 days. */
const STORAGE_KEPT_MS = 28 * 24 * 3_600_000;

export const keptAppSchema = z.object({
  installed: z.boolean(),
  installation: z.number(),
  left: z.array(z.object({ installationId: z.string(), until: z.string(), forge: z.json() })),
  forge: z.json(),
  standing: standingSchema.default(standingSchema.parse({})),
});
export type KeptApp = z.infer<typeof keptAppSchema>;

export interface HostedApp {
  appId: string;
  appName: string;
  /** Origin of its frames. */
  url: string;
  /** An app that is not installed shows nothing, hears nothing and has no rules. */
  installed: boolean;
  /** How often it was installed before. */
  installation: number;
  /** Storage of earlier installations; never given back. */
  left: KeptApp['left'];
  /** The runtime of the present installation, or of the last one. */
  forge: Forge;
  /** Its version, its licence, and who agreed to its use. */
  standing: AppStanding;
  /** Puts a new major version in the place of this one, and tells the app. */
  upgrade(accountId: string): void;
  /** Installs it. `met` is Jira as the app's functions meet it; the pages ask `jira` itself. */
  connect(jira: JiraSite, met: JiraSite): void;
  /** Calls its preUninstall functions, then takes it away. */
  uninstall(): Promise<void>;
  /** Installs it again, with empty storage. */
  install(): Promise<void>;
  /** Throws storage away that was kept long enough. */
  purge(): Promise<void>;
  /** What a later start of the site needs. */
  keep(): KeptApp;
  hasModule(moduleKey: string): boolean;
  /** Answers on its own origin. */
  frames(request: Request): Promise<Response>;
  /** Answers under /_forge/ of the site. */
  ui: ForgeUiHandler;
}

export interface HostingOptions {
  clock: Clock;
  sql: SqlServer;
  siteUrl: string;
  faults: Faults;
  delivery?: DeliveryOptions | 'instant' | undefined;
  log?: ((entry: LogEntry) => void) | undefined;
  checkManifest?: boolean | undefined;
  limitRates?: boolean | undefined;
  environment?: ForgeOptions['environment'] | undefined;
  /** What all apps begin with. */
  licence?: LicenceState | undefined;
  consent?: Consent | undefined;
}

const resourcesSchema = z.array(z.looseObject({ key: z.string(), path: z.string(), entry: z.record(z.string(), z.string()).optional() }));

const manifestFile = ({ appDir }: AppSource): string => join(appDir, 'manifest.yml');

/** What the apps are: another bundle or manifest means that kept state may not fit. */
export async function fingerprint(sources: readonly AppSource[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((one) => [manifestFile(one), one.functionsFile])) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/** Reads the manifests of apps that are to share a site. Throws where they cannot. */
export async function readApps(sources: readonly AppSource[]): Promise<Manifest[]> {
  const manifests = await Promise.all(sources.map((one) => readManifest(manifestFile(one), { check: false })));
  refuseTwice('app id', manifests, ({ appId }) => [appId]);
  refuseTwice('app name', manifests, ({ appName }) => [appName]);
  return manifests;
}

function refuseTwice(what: string, manifests: readonly Manifest[], keysOf: (manifest: Manifest) => string[]): void {
  const owners = new Map<string, Manifest>();
  for (const manifest of manifests) {
    for (const key of keysOf(manifest)) {
      const other = owners.get(key);
      if (other && other !== manifest)
        throw new Error(`Two apps of the site, ${other.appName} and ${manifest.appName}, have the same ${what} "${key}".`);
      owners.set(key, manifest);
    }
  }
}

/** Starts the runtimes of apps, one origin for each. `kept` by app id. */
export async function hostApps(
  sources: readonly AppSource[],
  manifests: readonly Manifest[],
  origins: readonly string[],
  kept: Record<string, KeptApp>,
  options: HostingOptions,
): Promise<HostedApp[]> {
  const apps: HostedApp[] = [];
  for (const [index, source] of sources.entries()) {
    const [manifest, origin] = [manifests[index], origins[index]];
    if (manifest && origin !== undefined) apps.push(await hostApp(source, manifest, origin, kept[manifest.appId], options));
  }
  return apps;
}

/** Starts the runtime of an app. It is installed by `connect`. */
async function hostApp(
  source: AppSource,
  { appId, appName, resources, raw, scopes }: Manifest,
  url: string,
  kept: KeptApp | undefined,
  { clock, sql, siteUrl, faults, delivery, log, checkManifest, limitRates, environment, licence, consent }: HostingOptions,
): Promise<HostedApp> {
  const who = { appId, appName };
  const standing = new AppStanding(appId, clock, scopes, kept?.standing ?? { licence, licenceSince: clock.now().toISOString(), consent });
  const start = (installation: number, snapshot?: Json): Promise<Forge> =>
    createForge({
      manifestFile: manifestFile(source),
      functionsFile: source.functionsFile,
      clock,
      sql: faults.sql(sql, who),
      siteUrl,
      installation,
      ending: faults.ending(who),
      standing,
      ...(environment && { environment }),
      ...(limitRates !== undefined && { limitRates }),
      ...(delivery && { delivery }),
      ...(log && { log }),
      ...(checkManifest !== undefined && { checkManifest }),
      ...(snapshot !== undefined && { snapshot }),
    });
  const frames = createFrameServer({
    resources: resourcesSchema.parse(resources).map((one) => ({ ...one, path: resolve(source.appDir, one.path) })),
    siteOrigin: siteUrl,
    ...pagePermissions(raw.permissions),
  });
  let connected: [jira: JiraSite, met: JiraSite] | undefined;
  let ui: ForgeUiHandler = async () => undefined;
  const app: HostedApp = {
    ...who,
    url,
    standing,
    installed: kept?.installed ?? true,
    installation: kept?.installation ?? 0,
    left: kept?.left ?? [],
    forge: await start(kept?.installation ?? 0, kept?.installed ? kept.forge : undefined),
    connect(jira, met) {
      connected = [jira, met];
      if (!app.installed) return;
      app.forge.connect(faults.jira(met, who));
      // The pages ask for a person, not for the app: faults are none of theirs.
      ui = forgeUiRoutes({ forge: app.forge, jira, frameOrigin: url, siteUrl });
    },
    upgrade(accountId) {
      standing.upgrade();
      if (app.installed) app.forge.announceUpgrade(accountId);
    },
    async uninstall() {
      if (!app.installed) return;
      await app.forge.uninstall();
      app.installed = false;
      const until = new Date(clock.now().getTime() + STORAGE_KEPT_MS).toISOString();
      app.left.push({ installationId: app.forge.ids.installationId, until, forge: app.forge.snapshot() });
    },
    async install() {
      if (app.installed || !connected) return;
      app.installation += 1;
      app.forge = await start(app.installation);
      app.installed = true;
      app.connect(...connected);
    },
    async purge() {
      const over = app.left.filter(({ until }) => Date.parse(until) <= clock.now().getTime());
      app.left = app.left.filter((one) => !over.includes(one));
      for (const { installationId } of over) await sql.drop(installationId);
    },
    keep: () => ({
      installed: app.installed,
      installation: app.installation,
      left: app.left,
      forge: app.forge.snapshot(),
      standing: standing.keep(),
    }),
    hasModule: (moduleKey) => app.forge.manifest.moduleByKey(moduleKey) !== undefined,
    frames: (request) => frames.fetch(request),
    ui: (request, accountId) => ui(request, accountId),
  };
  return app;
}
