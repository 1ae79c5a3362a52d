/** The apps of a site, each with its runtime, its frames on an origin of their own, and its addresses. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../clock';
import type { JiraSite } from '../contract';
import { createForge, readManifest, type DeliveryOptions, type Forge, type LogEntry, type Manifest, type SqlServer } from '../forge';
import { createFrameServer, forgeUiRoutes, pagePermissions, type ForgeUiHandler } from '../forge/ui';
import type { Json } from '../jira/store';
import type { Faults } from './faults';

export interface AppSource {
  /** Folder with manifest.yml; resource paths in it are relative to it. */
  appDir: string;
  /** The bundle of the app's functions. */
  functionsFile: string;
}

export interface HostedApp {
  appId: string;
  appName: string;
  /** Origin of its frames. */
  url: string;
  forge: Forge;
  /** Installs it. Called once. */
  connect(jira: JiraSite): void;
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
}

const resources = z.array(z.looseObject({ key: z.string(), path: z.string(), entry: z.record(z.string(), z.string()).optional() }));
const framed = z.looseObject({ key: z.string(), resource: z.string() });

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
  refuseTwice('module key', manifests, framedKeys);
  return manifests;
}

const framedKeys = ({ raw }: Manifest): string[] =>
  Object.values(raw.modules).flatMap((modules) => modules.flatMap((one) => framed.safeParse(one).data?.key ?? []));

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

/** Starts the runtime of an app. It is installed by `connect`. */
export async function hostApp(
  source: AppSource,
  { appId, appName }: Manifest,
  url: string,
  snapshot: Json | undefined,
  { clock, sql, siteUrl, faults, delivery, log, checkManifest }: HostingOptions,
): Promise<HostedApp> {
  const who = { appId, appName };
  const forge = await createForge({
    manifestFile: manifestFile(source),
    functionsFile: source.functionsFile,
    clock,
    sql: faults.sql(sql, who),
    siteUrl,
    ending: faults.ending(who),
    ...(delivery && { delivery }),
    ...(log && { log }),
    ...(checkManifest !== undefined && { checkManifest }),
    ...(snapshot !== undefined && { snapshot }),
  });
  const frames = createFrameServer({
    resources: resources.parse(forge.manifest.resources).map((one) => ({ ...one, path: resolve(source.appDir, one.path) })),
    siteOrigin: siteUrl,
    ...pagePermissions(forge.manifest.raw.permissions),
  });
  let ui: ForgeUiHandler = async () => undefined;
  return {
    ...who,
    url,
    forge,
    connect(jira) {
      forge.connect(faults.jira(jira, who));
      // The pages ask for a person, not for the app: faults are none of theirs.
      ui = forgeUiRoutes({ forge, jira, frameOrigin: url, siteUrl });
    },
    hasModule: (moduleKey) => forge.manifest.moduleByKey(moduleKey) !== undefined,
    frames: (request) => frames.fetch(request),
    ui: (request, accountId) => ui(request, accountId),
  };
}
