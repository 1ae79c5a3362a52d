/** News from Jira, the five-minute round, and the app's own life cycle. */
import type { InvocationError } from '@forge/events';
import * as agreements from '../agreements/service';
import * as catalog from '../catalog/service';
import * as register from '../register/service';
import * as drift from '../setup/drift/service';
import * as rules from '../setup/rules/service';
import { installedSite } from '../setup/service';
import * as settings from '../setup/settings/service';
import * as work from '../work/service';
import { orAgain } from './rules';
import { bringTables } from './tables';

export async function issueChanged(event: unknown): Promise<InvocationError | undefined> {
  return orAgain('issueChanged.failed', async () => {
    const site = await installedSite();
    if (site) await work.onIssueChanged(work.issueChanged.parse(event), site, settings.priorities, settings.manners);
  });
}

export async function issueCreated(event: unknown): Promise<InvocationError | undefined> {
  return orAgain('issueCreated.failed', async () => {
    const site = await installedSite();
    if (site) await work.onIssueCreated(work.issueCreated.parse(event), site, settings.manners);
  });
}

export async function issueDeleted(event: unknown): Promise<InvocationError | undefined> {
  return orAgain('issueDeleted.failed', async () => {
    const site = await installedSite();
    if (site) await work.onIssueDeleted(work.issueDeleted.parse(event), site, settings.manners);
  });
}

export async function due(): Promise<void> {
  await orAgain('due.failed', async () => {
    const site = await installedSite();
    if (!site) return;
    await work.dueRound(site, settings.manners);
    await rules.round(site);
  });
  await orAgain('agreements.failed', async () => {
    const site = await installedSite();
    if (site) await agreements.round(await settings.calendars(), (due, since) => work.registerUpkeep(due, since, site));
  });
  await orAgain('register.failed', async () => {
    if (await installedSite()) await register.importing.round();
  });
  await orAgain('catalog.failed', async () => {
    if (await installedSite()) await catalog.round();
  });
}

/** Once a day: whether the site still follows the method, whether the ledger has heard of everything; and what is old is forgotten. */
export async function daily(): Promise<void> {
  await orAgain('drift.failed', drift.daily);
  await orAgain('reconcile.failed', async () => {
    const site = await installedSite();
    if (site) await work.reconcile(site);
  });
  await orAgain('choices.failed', async () => {
    const site = await installedSite();
    if (site) await catalog.followRecords(site);
  });
  await orAgain('forget.failed', async () => {
    await rules.forget();
    await work.forgetOldNotices();
    await agreements.forget();
    await register.importing.forget();
  });
}

/** The app is about to be uninstalled: rules left in workflows would refuse every step. */
export const leaving = (): Promise<void> => rules.leaving();

/** Installed or upgraded: the schema follows before anybody needs it. */
export async function lifecycle(): Promise<InvocationError | undefined> {
  return orAgain('lifecycle.failed', async () => {
    await bringTables();
  });
}
