/** A site of its own, empty, with the app that would be deployed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Site, type SiteOptions, startSite } from '../../sandbox/site';
import { DATABASE_CACHE, FUNCTIONS_DIR, PAGES_DIR, ROOT } from '../../scripts/paths';

export interface FreshSite {
  site: Site;
  stop(): Promise<void>;
}

/** Delivers at once unless told otherwise. */
export async function freshSite(options: Partial<SiteOptions> = {}): Promise<FreshSite> {
  const dataDir = mkdtempSync(join(tmpdir(), 'usm-site-'));
  const site = await startSite({
    port: 0,
    appDir: ROOT,
    functionsFile: join(FUNCTIONS_DIR, 'index.cjs'),
    pagesDir: PAGES_DIR,
    databaseCache: DATABASE_CACHE,
    dataDir,
    delivery: 'instant',
    checkManifest: false,
    log: (entry) => {
      if (process.env['SITE_LOG']) console.error(JSON.stringify(entry));
    },
    ...options,
  });
  return {
    site,
    async stop() {
      await site.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
