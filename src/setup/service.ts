/** Setup's use cases. Whoever calls administers Jira: the entry has checked it, and the plan checks it again. */
import { z } from 'zod';
import type { Assessment, Person, PlanChanged, SetupPlan, SetupProgress, SetupTarget } from '../contract';
import { jira } from '../jira/client';
import { environmentId } from '../platform/environment';
import { setting } from '../platform/kvs';
import { lease } from '../platform/lease';
import { select } from '../platform/sql';
import { nextStep, stepNames } from './apply';
import { assess as assessSite } from './assess';
import { type Installed, installed } from './model';
import { nodesToKeep, planSetup } from './plan';
import { rulesPutIn } from './rules/state';
import { plannedNodes, progressOf, setupState, type Tools } from './state';
import { undoNames, undoStep } from './undo';

const progress = setting('setup', setupState);
const planned = setting('setup.planned', plannedNodes);
const site = setting('installed', installed);

/** Who asks, as the platform says. */
export type By = Person;

/** Waits that Jira asks for are counted over both. */
function clients() {
  let waited = 0;
  const onWait = (ms: number): void => void (waited += ms);
  return { clients: { person: jira('person', onWait), app: jira('app', onWait) }, waited: () => waited };
}

const tools = (rest: Pick<Tools, 'migrate' | 'straighten' | 'rulesPutIn' | 'by'>): Tools => ({
  ...clients(),
  environmentId: environmentId(),
  lease: lease('setup'),
  progress,
  planned,
  installed: site,
  ...rest,
});

/** What setup has left on this site; undefined before it has run. */
export const installedSite = (): Promise<Installed | undefined> => site.read();

/** What is on the site, as findings; only reads. */
export function assess(): Promise<Assessment> {
  const { clients: asked, waited } = clients();
  return assessSite(asked, environmentId(), { installed: installedSite, progress: status, store: () => select(z.unknown(), 'SELECT 1'), waited });
}

/** How far setup has come. */
export async function status(): Promise<SetupProgress> {
  const state = await progress.read();
  if (!state) return progressOf(undefined, []);
  return progressOf(state, state.phase.startsWith('und') ? undoNames(state) : stepNames(state.target));
}

/** What setup would do; only reads. */
export async function plan(target: SetupTarget): Promise<SetupPlan> {
  const made = await planSetup(clients().clients, target, environmentId());
  await planned.write(nodesToKeep(made));
  return made;
}

/** Runs the next step of the plan with this hash. `migrate` brings the app's tables up to date, `straighten` what is there to the blueprint. */
export const step = (
  target: SetupTarget,
  hash: string,
  { skip, ...rest }: Pick<Tools, 'migrate' | 'straighten' | 'by'> & { skip: boolean },
): Promise<SetupProgress | PlanChanged> => nextStep(tools({ ...rest, rulesPutIn: () => rulesPutIn(target.begin, rest.by.name) }), target, hash, skip);

const NOTHING = { migrate: () => Promise.resolve(), straighten: () => Promise.resolve(0), rulesPutIn: () => Promise.resolve() };

/** Takes back what the run with this hash has made, one step a call. */
export const undo = (hash: string, by: By): Promise<SetupProgress | PlanChanged> => undoStep(tools({ by, ...NOTHING }), hash);

/** Choices of fields follow the app's records; whoever keeps those need not be an administrator, so the app writes them. */
export { choicesOf, offerChoices } from './settings/choices';
