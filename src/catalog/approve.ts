/** Somebody on the customer's side says yes or not yet to what was asked for (V38): kept per item and work item, by whoever the item names. */
import { randomUUID } from 'node:crypto';
import * as agreements from '../agreements/service';
import type { CatalogApprover } from '../contract';
import { words } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import * as work from '../work/service';
import { accepted } from './accept';
import { itemCalled } from './items';
import type { Looking } from './looking';
import { approvalOf } from './model';
import { orderOf, recordAnswered } from './orders';

export const mayApprove = async (approver: CatalogApprover, customer: string, accountId: string): Promise<boolean> =>
  approver.kind === 'person' ? approver.accountId === accountId : (await agreements.representativesOf(customer)).has(accountId);

interface Asked {
  key?: string | undefined;
  item: string;
  verdict: 'approve' | 'notYet';
  words?: string | undefined;
}

/** `itemId`: of the page's work item. The work item is read as the person first: whoever may not see it approves nothing. */
export async function approve(asked: Asked, itemId: string | undefined, looking: Looking): Promise<{ state: 'ok'; accepted: boolean }> {
  const place = itemId ?? asked.key;
  if (place === undefined) throw new Fault('person.input', 'Say which request this is about.');
  const item = await work.readItem('person', place, looking.site);
  const title = words(item.values, 'catalogItem');
  const stored = title === '' ? undefined : await itemCalled(title);
  const approver = stored?.approved?.approver;
  if (!stored || stored.item.id !== asked.item || !approver)
    throw new Fault('person.conflict', `${item.key} asks for no approval of this. Load the page again.`);
  if (item.status !== 'registered') throw new Fault('person.conflict', `${item.key} has been taken on already, so nobody is asked any more.`);
  if (!(await mayApprove(approver, words(item.values, 'customer'), looking.accountId)))
    throw new Fault('person.forbidden', `Only the ${approver.role} can approve ${item.key}. Ask them.`);
  const version = approvalOf(stored.item.id);
  const said = await work.saidOf(item.id, 'item', version);
  await work.recordApproval({
    id: randomUUID(),
    itemId: item.id,
    subject: 'item',
    version,
    person: looking.accountId,
    verdict: asked.verdict,
    words: asked.words,
    manager: false,
    // Two servers may tell different times; the newest word counts.
    at: Math.max(now(), (said.at(-1)?.at ?? 0) + 1),
  });
  if (asked.verdict === 'notYet') return { state: 'ok', accepted: false };
  const order = await orderOf(item.id);
  await recordAnswered(item.id);
  return { state: 'ok', accepted: order?.accepts === true && (await accepted(item)) };
}
