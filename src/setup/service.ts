/** Setup's use cases. Whoever calls administers Jira: the entry has checked it, and the plan checks it again. */
import type { z } from 'zod';
import type { planChanged, SetupPlan, SetupProgress, SetupTarget } from '../contract';
import { jira } from '../jira/client';
import { environmentId } from '../platform/environment';
import { setting } from '../platform/kvs';
import { nextStep, progressOf, setupState } from './apply';
import { type Installed, installed } from './model';
import { planSetup } from './plan';

const progress = setting('setup', setupState);
const site = setting('installed', installed);

const clients = () => ({ person: jira('person'), app: jira('app') });

/** What setup has left on this site; undefined before it has run. */
export const installedSite = (): Promise<Installed | undefined> => site.read();

/** How far setup has come. */
export const status = async (): Promise<SetupProgress> => progressOf(await progress.read());

/** What setup would do; only reads. */
export const plan = (target: SetupTarget): Promise<SetupPlan> => planSetup(clients(), target, environmentId());

/** Runs the next step of the plan with this hash. `migrate` brings the app's tables up to date. */
export const step = (
  target: SetupTarget,
  hash: string,
  { migrate }: { migrate(): Promise<void> },
): Promise<SetupProgress | z.infer<typeof planChanged>> =>
  nextStep({ clients: clients(), environmentId: environmentId(), migrate, progress, installed: site }, target, hash);
