/** Makes the work item a receipt asks for, exactly once, however often and wherever it is tried. */
import { carriedTo, field, FIELDS, type FieldKey, isImprove, LINK_TYPES, type LinkTypeKey, summaryOf, workType, type WorkTypeKey } from '../method';
import { JiraError } from '../jira/client';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { pathRootOf } from './facts';
import { followAsked } from './follow';
import { asMoment, asUserValue, carry, createItem, madeFor, type NewItem, readItem } from './jira';
import { requesterOf, type WorkItem } from './model';
import { chainOf, isAsked, type Receipt, type ReceiptKind, recordChild, releaseLease, takeLease, voidReceipt } from './receipts';
import { createAtSupplier, findAtSupplier, linkToSupplier } from './supplier';

/** Jira refuses a field that work of this type does not have. */
const carried = (parent: WorkItem, to: WorkTypeKey, keys: readonly FieldKey[]): Partial<Record<FieldKey, unknown>> =>
  Object.fromEntries(keys.flatMap((key) => (key in parent.raw && field(key).on.includes(to) ? [[key, carry(key, parent.raw[key])]] : [])));

/** Only what blocks is a hand-off in Jira; what the parent need not wait for is a follow-up. */
function linkTypeOf({ kind, blocks }: Receipt): LinkTypeKey {
  if (kind !== 'handOff') return kind;
  return blocks ? 'handOff' : 'followUp';
}

async function pathRootKey(receipt: Receipt, parent: WorkItem): Promise<string> {
  const chain = receipt.rootId === parent.id ? [] : await chainOf(parent.id);
  const rootId = pathRootOf(parent.id, chain);
  return chain.find((one) => one.parentId === rootId)?.parentKey ?? parent.key;
}

/** The asked side takes over everything, so that nobody types twice. */
async function handedOver(receipt: Receipt, parent: WorkItem, site: Installed): Promise<NewItem> {
  const root = receipt.blocks ? await pathRootKey(receipt, parent) : undefined;
  const requester = parent.values.requester ?? parent.reporter?.accountId;
  return {
    projectId: parent.projectId,
    typeId: site.workTypes[receipt.type],
    summary: summaryOf(receipt.what),
    description: receipt.what,
    reporter: receipt.askedBy,
    priorityId: parent.priorityId,
    fields: {
      ...carried(parent, receipt.type, carriedTo(receipt.type)),
      reportTime: parent.raw.reportTime ?? asMoment(parent.created),
      askedBy: asUserValue(receipt.askedBy),
      ...(typeof requester === 'string' && { requester: asUserValue(requester) }),
      ...(receipt.team && { solutionTeam: { id: receipt.team.id } }),
      ...(receipt.readyBy !== undefined && { dueBy: asMoment(receipt.readyBy) }),
    },
    link: { typeName: LINK_TYPES[linkTypeOf(receipt)].name, from: parent.key },
    property: { v: 1, receipt: receipt.id, ...(root !== undefined && { root }), handoff: 'asked', waits: 'none', line: 'Asked' },
  };
}

const [FROM_EVALUATION] = FIELDS.source.options;

/** What the clocks of the one it follows from promise is not promised here. */
const NOT_FOLLOWED: readonly FieldKey[] = ['reportTime', 'dueBy'];

/** A call of its own, begun by whoever saw the need: what is known goes along, its clocks are new. */
function followedUp(receipt: Receipt, former: WorkItem, site: Installed): NewItem {
  const [summary = former.summary, ...text] = receipt.what.split('\n');
  const evaluated = former.status === 'fulfilled' && isImprove(receipt.type);
  return {
    projectId: former.projectId,
    typeId: site.workTypes[receipt.type],
    summary,
    description: text.length === 0 ? summary : text.join('\n'),
    reporter: receipt.askedBy,
    priorityId: undefined,
    fields: {
      ...carried(
        former,
        receipt.type,
        carriedTo(receipt.type).filter((key) => !NOT_FOLLOWED.includes(key)),
      ),
      requester: asUserValue(receipt.askedBy),
      askedBy: asUserValue(receipt.askedBy),
      reportTime: asMoment(receipt.preparedAt),
      ...(evaluated && { source: { value: FROM_EVALUATION } }),
    },
    link: { typeName: LINK_TYPES[linkTypeOf(receipt)].name, from: former.key },
    property: { v: 1, receipt: receipt.id },
  };
}

/** The same call under its right name: same data, original report time, same people. */
function reclassified(receipt: Receipt, former: WorkItem, site: Installed): NewItem {
  const keys: readonly FieldKey[] = ['customer', 'service', 'category', 'impact', 'urgency', 'itemsConcerned'];
  const asked = requesterOf(former);
  return {
    projectId: former.projectId,
    typeId: site.workTypes[receipt.type],
    summary: former.summary,
    description: receipt.what,
    reporter: former.reporter?.accountId,
    priorityId: former.priorityId,
    fields: {
      ...carried(former, receipt.type, keys),
      reportTime: former.raw.reportTime ?? asMoment(former.created),
      ...(asked && { askedBy: asUserValue(asked.accountId) }),
    },
    link: { typeName: LINK_TYPES[linkTypeOf(receipt)].name, from: former.key },
    property: { v: 1, receipt: receipt.id },
  };
}

const BLANKS: Record<Exclude<ReceiptKind, 'supplier'>, (receipt: Receipt, parent: WorkItem, site: Installed) => NewItem | Promise<NewItem>> = {
  handOff: handedOver,
  reclassification: reclassified,
  followUp: followedUp,
};

/** An earlier run may have died after making it: then the link is there, and the property says for which receipt. */
async function findMade(receipt: Receipt, parent: WorkItem, site: Installed): Promise<{ id: string; key: string } | undefined> {
  if (receipt.kind === 'supplier') return findAtSupplier(receipt);
  const linkTypeId = site.linkTypes[linkTypeOf(receipt)];
  const linked = parent.links.filter((one) => one.typeId === linkTypeId && one.direction === 'outward');
  // A copy of it may carry the same property and the same link; the one that was made is older.
  for (const link of linked.sort((a, b) => Number(a.id) - Number(b.id))) {
    if ((await madeFor(link.key)) === receipt.id) return { id: link.id, key: link.key };
  }
  return undefined;
}

const create = async (receipt: Receipt, parent: WorkItem, site: Installed): Promise<{ id: string; key: string }> =>
  receipt.kind === 'supplier' ? createAtSupplier(receipt, parent) : createItem(await BLANKS[receipt.kind](receipt, parent, site), site);

/** Jira said no, or the person may not: nothing was made. An error of Jira's own may have come after the work was done. */
export const isRefusal = (thrown: unknown): boolean =>
  (thrown instanceof JiraError && thrown.status < 500) || (thrown instanceof Fault && thrown.code === 'person.refused');

async function record(receipt: Receipt, child: { id: string; key: string }): Promise<void> {
  if (isAsked(receipt)) await followAsked(receipt, now());
  await recordChild(receipt, child);
}

/** `parent` was read before the lease was taken; a second attempt reads it again. */
export async function make(receipt: Receipt, parent: WorkItem, site: Installed): Promise<void> {
  const turn = receipt.state === 'prepared' ? await takeLease(receipt) : undefined;
  if (!turn) return;
  const fresh = turn === 'again' ? await readItem('app', parent.id, site) : parent;
  const found = turn === 'again' ? await findMade(receipt, fresh, site) : undefined;
  const child = found ?? (await created(receipt, fresh, site));
  // Elsewhere the link comes with the work item.
  if (receipt.kind === 'supplier') await linkToSupplier(fresh, child);
  await record(receipt, child);
  log.info('receipt.made', { receipt: receipt.id, kind: receipt.kind, parent: parent.key, child: child.key, type: workType(receipt.type).name });
}

/** After a refusal the next try need not wait; after silence the lease runs out by itself, and whoever comes then looks first. */
const created: typeof create = (receipt, parent, site) =>
  create(receipt, parent, site).catch(async (thrown: unknown) => {
    if (isRefusal(thrown)) await releaseLease(receipt);
    throw thrown;
  });

/** Takes back what will not be made any more. What an earlier run made before it died is remembered instead. */
export async function giveUp(receipt: Receipt, parent: WorkItem, site: Installed): Promise<void> {
  const turn = await takeLease(receipt);
  if (!turn) return;
  const child = turn === 'again' ? await findMade(receipt, parent, site) : undefined;
  await (child ? record(receipt, child) : voidReceipt(receipt));
}
