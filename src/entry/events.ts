/** News from Jira, the five-minute round, and the app's own life cycle. */
import type { InvocationError } from '@forge/events';
import { migrate } from '../platform/sql';
import { installedSite } from '../setup/service';
import * as work from '../work/service';
import { orAgain } from './rules';

export async function issueChanged(event: unknown): Promise<InvocationError | undefined> {
  return orAgain('issueChanged.failed', async () => {
    const site = await installedSite();
    if (site) await work.onIssueChanged(work.issueChanged.parse(event), site);
  });
}

export async function due(): Promise<void> {
  await orAgain('due.failed', async () => {
    const site = await installedSite();
    if (site) await work.dueRound(site);
  });
}

/** Installed or upgraded: the schema follows before anybody needs it. */
export async function lifecycle(): Promise<InvocationError | undefined> {
  return orAgain('lifecycle.failed', async () => {
    await migrate(work.migrations);
  });
}
