/** Wakes a parent: brings it to Reviewing when what it handed over has come back, or back to work when some of it was cancelled. Idempotent. */
import {
  isOpen,
  type Remote,
  settlement,
  stateByChild,
  type StatusKey,
  type Transition,
  transitionOf,
  transitionsFrom,
  WAITING_FOR_SUPPLIER,
  type WorkTypeKey,
  workType,
} from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { blocking, stateOf } from './facts';
import { followGoneParent, followState } from './follow';
import type { Manners } from './manners';
import { move, readItem, readItems } from './jira';
import { mirror } from './mirror';
import { entry, type Followed, typeWithId, type WorkItem } from './model';
import { notifyFailed } from './notify';
import { isAsked, type Receipt, receiptsOf, recordSettled, recordUnseen, waitingFor } from './receipts';
import { remotes, seesSpace } from './supplier';

export const typeOf = (item: Pick<WorkItem, 'typeId'>, site: Pick<Installed, 'workTypes'>): WorkTypeKey | undefined => typeWithId(site, item.typeId);

/** Work items that follow USM with their work type, by id. */
export function followers(items: ReadonlyMap<string, WorkItem>, site: Pick<Installed, 'workTypes'>): Map<string, Followed> {
  const known = new Map<string, Followed>();
  for (const item of items.values()) {
    const type = typeOf(item, site);
    if (type) known.set(item.id, { item, type });
  }
  return known;
}

/** Deleting a link does not end a hand-off: a child that is no longer linked is asked itself. One that is nowhere was deleted. */
async function withUnlinked(
  parent: WorkItem,
  receipts: readonly Receipt[],
  site: Installed,
): Promise<{ parent: WorkItem; receipts: readonly Receipt[] }> {
  const missing = receipts.filter(
    (one) => one.kind === 'handOff' && one.childId !== undefined && isOpen(one.state) && !parent.links.some((link) => link.id === one.childId),
  );
  if (missing.length === 0) return { parent, receipts };
  const ids = missing.flatMap((one) => one.childId ?? []);
  const { items, foreign } = await readItems('app', ids, site);
  const links = [...items.values()].map(({ id, key, summary, status, typeId }) => ({
    typeId: site.linkTypes.handOff,
    direction: 'outward' as const,
    id,
    key,
    summary,
    status,
    type: typeWithId(site, typeId),
  }));
  const gone = missing.filter(({ childId = '' }) => !items.has(childId) && !foreign.has(childId));
  for (const receipt of gone) await followState(receipt, 'failed', { text: `${receipt.childKey ?? 'It'} was deleted.` });
  return {
    parent: { ...parent, links: [...parent.links, ...links] },
    receipts: gone.length === 0 ? receipts : (await receiptsOf(parent.id)).filter(isAsked),
  };
}

/** Records how everything asked stands now; answers the receipts with it. */
async function follow(parent: WorkItem, receipts: readonly Receipt[], site: Installed): Promise<Receipt[]> {
  const suppliers = receipts.filter((one) => one.kind === 'supplier' && one.childId !== undefined);
  const elsewhere = await remotes(
    suppliers.flatMap((one) => one.childId ?? []),
    site,
  );
  const followed: Receipt[] = [];
  for (const receipt of receipts) {
    const supplier = receipt.kind === 'supplier';
    const child: Remote | undefined = supplier ? elsewhere.get(receipt.childId ?? '') : parent.links.find((link) => link.id === receipt.childId);
    const lost = supplier && receipt.childId !== undefined && !child && isOpen(receipt.state);
    const gone = lost && (await seesSpace(receipt));
    await recordUnseen(receipt, lost && !gone);
    const state = gone ? 'failed' : child ? stateOf(receipt, child) : receipt.state;
    await followState(receipt, state, gone ? { text: `${receipt.childKey ?? 'It'} was deleted.` } : {});
    const ended = state === 'fulfilled' || state === 'failed';
    followed.push(state === receipt.state ? receipt : { ...receipt, state, endedAt: ended ? now() : undefined });
  }
  return followed;
}

/** Where a work item that waits for its supplier goes on, once nothing is open there any more. */
function resumes(parent: WorkItem, type: WorkTypeKey, receipts: readonly Receipt[]): Transition | undefined {
  const passed = receipts.filter((one) => one.kind === 'supplier');
  if (parent.status !== 'waiting' || parent.values.waitingFor !== WAITING_FOR_SUPPLIER) return undefined;
  const since = entry(parent).at;
  if (passed.some((one) => isOpen(one.state)) || !passed.some((one) => (one.endedAt ?? 0) >= since)) return undefined;
  const origin = parent.changes.findLast((change) => change.status?.to === 'waiting')?.status?.from;
  return transitionsFrom(type, 'waiting').find((one) => one.kind === 'resume' && one.to === origin);
}

const PATIENCE = { tries: 3, pauseMs: 400 };

/** Takes the step as the app. `false`: somebody else moved it first, so nothing is left to do. */
async function returned(parent: WorkItem, transition: Transition, site: Installed): Promise<boolean> {
  for (let attempt = 1; attempt <= PATIENCE.tries; attempt += 1) {
    const outcome = await move('app', parent.key, transition.id);
    if (outcome.moved) return true;
    // The same news may be handled twice at once: then the other one is under way.
    await new Promise((done) => setTimeout(done, PATIENCE.pauseMs));
    if ((await readItem('app', parent.id, site)).status !== parent.status) return false;
    log.warn('settle.refused', { key: parent.key, transition: transition.key, attempt, text: outcome.text });
  }
  throw new Fault('platform.unavailable', `${parent.key} could not return from its hand-over yet. It is tried again.`);
}

/** The parent as the app reads it; nothing when it is gone, which its children are told. */
export async function readParent(id: string, site: Installed): Promise<WorkItem | undefined> {
  try {
    return await readItem('app', id, site);
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'person.notFound') throw thrown;
    await followGoneParent(id);
    return undefined;
  }
}

interface Settling {
  /** The work item, where it was read just now. */
  given?: WorkItem | undefined;
  /** Whoever asks writes the property of the work item that stays, with more. */
  mirrors?: boolean;
}

interface Settled {
  /** By this run or by another. */
  moved: boolean;
  /** As it was found, with the children it is no longer linked to. */
  parent: WorkItem;
  /** Nothing of what has ended is left to follow from. */
  over: boolean;
}

/** Brings the parent back, if everything it waits for says so. */
async function bringBack(
  read: WorkItem,
  type: WorkTypeKey,
  asked: readonly Receipt[],
  site: Installed,
  manners: () => Promise<Manners>,
): Promise<Settled> {
  const { parent, receipts: known } = await withUnlinked(read, asked, site);
  const receipts = await follow(parent, known, site);
  const resume = resumes(parent, type, receipts);
  if (resume) {
    // What follows in Realising follows from this step.
    if (await returned(parent, resume, site)) log.info('settle.resumed', { key: parent.key, transition: resume.key });
    return { moved: true, parent, over: false };
  }
  const decision = settlement(parent.status, blocking(parent, receipts));
  // Whoever waits is brought back once the waiting is over.
  if (decision.move === 'none') return { moved: false, parent, over: parent.status !== 'waiting' };
  const transition = transitionOf(type, decision.move);
  if (!(await returned(parent, transition, site))) return { moved: true, parent, over: true };
  log.info('settle.moved', { key: parent.key, transition: transition.key });
  if (decision.move === 'workFailed') {
    const failed = blocking(parent, receipts).filter((one) => one.thisRound && one.state === 'failed');
    const keys = failed.map((one) => `${one.key ?? workType(one.type).name}${one.supplier === undefined ? '' : ` at ${one.supplier}`}`).join(', ');
    // A work item fails once, so the first of them names the round.
    await notifyFailed({ id: `${parent.id}:${failed[0]?.key ?? ''}`, item: parent, type, by: undefined }, keys, transition.to, site, await manners());
  }
  return { moved: true, parent, over: true };
}

/** Answers whether it was moved, by this run or by another: what follows from that, its property too, comes with the news of that step. */
export async function settle(
  parentId: string,
  site: Installed,
  manners: () => Promise<Manners>,
  { given, mirrors = true }: Settling = {},
): Promise<boolean> {
  const [read, all] = [given ?? (await readParent(parentId, site)), await receiptsOf(parentId)];
  const type = read && typeOf(read, site);
  const asked = all.filter(isAsked);
  const { moved, parent, over } =
    type && asked.length > 0 ? await bringBack(read, type, asked, site, manners) : { moved: false, parent: read, over: true };
  if (type && parent && !moved && mirrors) await mirror(parent, type, site);
  if (over && asked.some((one) => one.settledAt === undefined)) await recordSettled(parentId);
  return moved;
}

/** Under way before and after: whoever waits for it has nothing to do, and is looked at by the round anyway. */
const goesOn = (receipt: Receipt, to: StatusKey | undefined): boolean =>
  to !== undefined &&
  to !== 'accepted' &&
  receipt.kind === 'handOff' &&
  receipt.state === 'accepted' &&
  stateByChild(receipt.state, to) === 'accepted';

/** A child ended or moved: its parent, if it has one, is looked at. `to`: where it came to, if that is a status of USM. */
export async function wakeParentOf(childId: string, site: Installed, manners: () => Promise<Manners>, to?: StatusKey): Promise<void> {
  const receipt = await waitingFor(childId);
  if (receipt && !goesOn(receipt, to)) await settle(receipt.parentId, site, manners);
}
