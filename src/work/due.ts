/** The five-minute round: finishes what died half-way and brings back what nobody heard of. Bounded, so that it never costs the customer's budget. */
import { owing } from '../agreements/service';
import { STATUSES } from '../method';
import { now } from '../platform/clock';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { readItem } from './jira';
import { takeAlong } from './along';
import { alongLeft } from './along-records';
import { giveUp, make } from './make';
import type { Manners } from './manners';
import type { WorkItem } from './model';
import { plannedRound } from './planned';
import { leftUndone } from './receipt-notes';
import { lateReceipts, parentsToCheck, type Receipt, type ReceiptKind } from './receipts';
import { finishTurn } from './receiving';
import { readParent, settle } from './settle';
import { tellLate } from './tell';
import { followAgreement } from './wish';

/** Prepared longer ago than this is late; the step it belongs to is over. */
const LATE_MS = 60_000;
/** After this, a receipt whose step never happened is taken back. */
const ABANDONED_MS = 15 * 60_000;
const RECEIPTS_A_ROUND = 50;
const PARENTS_A_ROUND = 20;
const ALONG_A_ROUND = 40;
const WISHES_A_ROUND = 20;

/** Whether the step that a prepared receipt belongs to was taken: only then is there something to make. */
const HAPPENED: Record<ReceiptKind, (parent: WorkItem, place: Receipt['place']) => boolean> = {
  handOff: ({ status }) => status === 'realising' || status === 'waiting',
  reclassification: ({ status }) => status === 'cancelled',
  // No step belongs to it.
  followUp: () => true,
  supplier: (parent, place) => (place?.stepless ? STATUSES[parent.status].category !== 'DONE' : HAPPENED.handOff(parent, place)),
};
const happened = ({ kind, place }: Receipt, parent: WorkItem): boolean => HAPPENED[kind](parent, place);

async function finish(receipt: Receipt, site: Installed): Promise<void> {
  const parent = await readParent(receipt.parentId, site);
  if (!parent) return;
  if (happened(receipt, parent)) await make(receipt, parent, site);
  else if (receipt.preparedAt < now() - ABANDONED_MS) await giveUp(receipt, parent, site);
}

/** One work item that cannot be read must not keep the others waiting. */
async function each<T>(what: string, all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  for (const one of all) await act(one).catch((thrown: unknown) => log.error(what, thrown));
}

export async function dueRound(site: Installed, manners: () => Promise<Manners>): Promise<void> {
  await each('due.receipt', await lateReceipts(now() - LATE_MS, RECEIPTS_A_ROUND), (receipt) => finish(receipt, site));
  await each('due.turn', await leftUndone(now() - LATE_MS, RECEIPTS_A_ROUND), (note) => finishTurn(note, { site, manners }));
  await each('due.along', await alongLeft(ALONG_A_ROUND), (one) => takeAlong(one, site));
  await each('due.parent', await parentsToCheck(PARENTS_A_ROUND), ({ id }) => settle(id, site, manners));
  await each('due.agreement', await owing(WISHES_A_ROUND), async (id) =>
    followAgreement(await readItem('app', id, site), site, (await manners()).calendars),
  );
  await plannedRound({ site, manners: await manners() });
  await tellLate();
}

/** What a person's "Try again" does for one work item. */
export async function retry(itemId: string, receipts: readonly Receipt[], site: Installed, manners: () => Promise<Manners>): Promise<void> {
  const parent = await readItem('app', itemId, site);
  for (const receipt of receipts.filter((one) => happened(one, parent))) await make(receipt, parent, site);
  await followAgreement(parent, site, (await manners()).calendars);
  await settle(itemId, site, manners);
}
