/**
 * What every step brings about beside its own effects: whoever waits for it is looked at, people are told, moments are kept. The post function and the
 * event hear of the same step; whoever has done all of it says so in the ledger, and the other asks Jira nothing.
 */
import { concerns, hasEffect, type StatusKey, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import type { Installed } from '../setup/model';
import { readItem } from './jira';
import { isFollowed } from './ledger';
import type { Manners } from './manners';
import type { WorkItem } from './model';
import { notifyStep } from './notify';
import { planFor, silentFrom } from './planned';
import { typeOf, wakeParentOf } from './settle';
import { followAgreement } from './wish';

export interface Taken {
  /** Of its entry in the changelog: the same step is told once, however often it is heard of. */
  id: string;
  itemId: string;
  from: StatusKey | undefined;
  to: StatusKey;
  by: string | undefined;
}

/** Both from one reading. `given`: the work item, where it was read after the step. */
async function tellAndPlan({ id, itemId, from, to, by }: Taken, given: WorkItem | undefined, site: Installed, manners: Manners): Promise<void> {
  if (!from || !concerns(from, to)) return;
  const item = given ?? (await readItem('app', itemId, site));
  const type = typeOf(item, site);
  if (!type) return;
  const silent = await silentFrom(item, type, manners);
  await planFor(item, silent);
  await notifyStep({ id, item, type, by }, from, to, silent, site, manners);
}

export async function followStep(taken: Taken, given: WorkItem | undefined, site: Installed, manners: () => Promise<Manners>): Promise<void> {
  await wakeParentOf(taken.itemId, site, manners, taken.to);
  const how = await manners();
  // Without a reading it has moved on, and what follows comes with the news of that.
  if (given) await followAgreement(given, site, how.calendars);
  await tellAndPlan(taken, given, site, how);
}

/** A step older than this was left by its post function. */
const AT_WORK_MS = 5_000;
const PATIENCE = { tries: 12, pauseMs: 250 };

/** Whether the step has been worked through, once its post function has had the time to: it is under way in the moment in which the event comes. */
export async function isWorkedThrough(
  { id, itemId, from, to }: Pick<Taken, 'id' | 'itemId' | 'from'> & { to: StatusKey | undefined },
  type: WorkTypeKey | undefined,
  at: number,
): Promise<boolean> {
  const waits = from && to && type && hasEffect(type, from, to);
  for (let attempt = 1; ; attempt += 1) {
    if (await isFollowed(itemId, id)) return true;
    if (!waits || attempt === PATIENCE.tries || now() - at > AT_WORK_MS) return false;
    await new Promise((done) => setTimeout(done, PATIENCE.pauseMs));
  }
}
