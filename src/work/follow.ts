/** The record follows what becomes of the child, whoever moved it and however often we hear of it. The line comes first, then the state. */
import { randomUUID } from 'node:crypto';
import { type HandoffState, isOpen } from '../method';
import { now } from '../platform/clock';
import { append } from './receipt-notes';
import { type Receipt, receiptOfChild, receiptsOf, recordAccepted, recordState, voidReceipt } from './receipts';

/** A child is accepted once, so its acceptance has one name. */
export async function followAccepted(childId: string, at: number, who: string | undefined): Promise<void> {
  const receipt = await receiptOfChild(childId);
  if (!receipt || receipt.acceptedAt !== undefined) return;
  await append({ act: `${receipt.id}:accepted`, receiptId: receipt.id, kind: 'accepted', at, who });
  await recordAccepted(childId, at, who);
}

export interface Ending {
  who?: string | undefined;
  text?: string | undefined;
}

/** Fulfilled, failed, or open again. */
export async function followState(receipt: Receipt, state: HandoffState, { who, text }: Ending = {}): Promise<void> {
  if (state === receipt.state) return;
  const line = { act: randomUUID(), receiptId: receipt.id, at: now(), who, text };
  if (state === 'fulfilled' || state === 'failed') await append({ ...line, kind: state }, { notAfter: state });
  else if (!isOpen(receipt.state)) await append({ ...line, kind: 'reopened' }, { notAfter: 'reopened' });
  await recordState(receipt, state);
}

/** The work item that asked does not exist any more: what was not made yet is taken back, what is under way stays the asked side's own. */
export async function followGoneParent(parentId: string, who?: string): Promise<void> {
  for (const receipt of await receiptsOf(parentId)) {
    if (receipt.state === 'prepared') await voidReceipt(receipt);
    else if (isOpen(receipt.state)) {
      await append({ act: `${receipt.id}:askerGone`, receiptId: receipt.id, kind: 'askerGone', at: now(), who });
    }
  }
}

/** What was asked, as the first line. */
export async function followAsked(receipt: Receipt, at: number): Promise<void> {
  const { id, askedBy, what, readyBy, team, type } = receipt;
  await append({ act: `${id}:asked`, receiptId: id, kind: 'asked', at, who: askedBy, text: what, readyBy, team, type });
}
