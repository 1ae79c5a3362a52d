/** Takes a whole site out, and puts one in. */
import type { AdvancingClock } from '../clock';
import type { SqlServer } from '../forge';
import type { Store } from '../jira/store';
import type { HostedApp } from './apps';
import { fitted, readTransfer, TransferRefused, writeTransfer } from './transfer';

interface Parts {
  url: string;
  store: Store;
  clock: AdvancingClock;
  sql: SqlServer;
  apps: readonly HostedApp[];
}

/** The file of this site as it is now. */
export async function exportSite({ url, store, clock, sql, apps }: Parts): Promise<string> {
  const taken = apps.map(async ({ appId, appName, forge }) => ({
    appId,
    appName,
    ids: forge.ids,
    forge: forge.snapshot() as never,
    sql: await sql.dump(forge.ids.installationId),
  }));
  return writeTransfer({ now: clock.now().toISOString(), url, store: store.toJSON(), apps: await Promise.all(taken) });
}

/** Puts a file in the place of a site on which nothing has been made yet. Throws TransferRefused, and then nothing has changed. */
export async function importSite({ url, store, clock, sql, apps }: Parts, text: string): Promise<void> {
  const content = fitted(readTransfer(text), { url, apps: apps.map(({ appId, forge }) => ({ appId, ids: forge.ids })) });
  const stranger = content.apps.find(({ appId }) => !apps.some((app) => app.appId === appId));
  if (stranger) throw new TransferRefused(`The file has the app ${stranger.appName}, which this site does not host.`);
  if (store.projects.size + store.issues.size > 0) throw new TransferRefused('This site is not empty; a file goes into a fresh one only.');

  const coming = apps.flatMap((app) => {
    const state = content.apps.find(({ appId }) => appId === app.appId);
    return state ? [{ ...app, state }] : [];
  });
  const before = apps.map(({ forge }) => forge.snapshot());
  for (const { forge } of apps) await forge.pause();
  const tables = await Promise.all(coming.map(({ forge }) => sql.dump(forge.ids.installationId)));
  try {
    for (const { forge, state } of coming) await sql.load(forge.ids.installationId, state.sql);
  } catch (error) {
    for (const [index, { forge }] of coming.entries()) await sql.load(forge.ids.installationId, tables[index] ?? []);
    for (const [index, { forge }] of apps.entries()) forge.resume(before[index] ?? null);
    throw new TransferRefused(`The tables of the file cannot be made: ${error instanceof Error ? error.message : String(error)}.`);
  }
  store.load(content.store);
  clock.advance(Math.max(0, Date.parse(content.now) - clock.now().getTime()));
  for (const [index, { appId, forge }] of apps.entries()) {
    forge.resume(coming.find((one) => one.appId === appId)?.state.forge ?? before[index] ?? null);
  }
}
