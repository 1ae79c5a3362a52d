/** From a work item and its receipts to the facts the rules judge. Pure. */
import {
  type Acting,
  type AgreedFact,
  FIELD_KEYS,
  FIELDS,
  type FieldKey,
  type FieldValue,
  type FieldValues,
  type Facts,
  type Offer,
  type PriorityTables,
  type ProfileKey,
  type RegisterFact,
  type Remote,
  stateByChild,
  stateByRemote,
  type TrendRule,
  type WorkTypeKey,
} from '../method';
import type { Calendar } from '../contract';
import { approvalsOf, type Said } from './approvals';
import type { Binding } from '../setup/model';
import { decodeValue, entry, givenSinceEntry, requesterOf, type WorkItem } from './model';
import { isAsked, type Receipt } from './receipts';

/** What a validator is told about the fields of this very transition, by field id in GET-issue form. */
export type ModifiedFields = Readonly<Record<string, unknown>>;

/** State of a receipt by what Jira says of its child now; the record may be behind, Jira is not. */
export function currentState(receipt: Receipt, item: Pick<WorkItem, 'links'>): Receipt['state'] {
  const child = item.links.find((link) => link.id === receipt.childId);
  return child ? stateOf(receipt, child) : receipt.state;
}

/** What a hand-off is to the path of its chain: what a supplier does alters nothing of ours by itself, so it is as routine work of Operate. */
export const pathType = ({ kind, type }: Receipt): WorkTypeKey => (kind === 'supplier' ? 'serviceRequest' : type);

/** Where the path of a work item begins: with whoever asked for it and waits, and so on. What nobody waits for goes a way of its own (3.2, A11). */
export function pathRootOf(itemId: string, chain: readonly Receipt[]): string {
  const up = chain.find((one) => one.childId === itemId && one.blocks);
  return up ? pathRootOf(up.parentId, chain) : itemId;
}

/** The hand-offs that the path of a root is made of. What failed, and what it had asked for in turn, is not on the way. */
export const onPath = (rootId: string, chain: readonly Receipt[]): Receipt[] =>
  chain
    .filter((one) => one.parentId === rootId && one.blocks && one.state !== 'failed')
    .flatMap((one) => [one, ...(one.childId === undefined ? [] : onPath(one.childId, chain))]);

/** State of a receipt by how its child stands. */
export function stateOf({ kind, state }: Receipt, child: Remote): Receipt['state'] {
  if (kind === 'supplier') return stateByRemote(state, child);
  return child.status ? stateByChild(state, child.status) : state;
}

/** When this stay in Realising began; waiting in between does not end it. */
const stayBegan = (item: Pick<WorkItem, 'changes'>): number =>
  item.changes.findLast(({ status }) => status?.to === 'realising' && status.from !== 'waiting')?.at ?? 0;

/**
 * Hand-offs that block, with their state now. The newest round is this round, with what was still open when it began; what had ended before the work item
 * came into Realising belongs to an earlier one, else a reopened work item would return at once.
 */
export function blocking(item: Pick<WorkItem, 'id' | 'links' | 'changes'>, receipts: readonly Receipt[]) {
  const asked = receipts.filter((one) => one.parentId === item.id && isAsked(one) && one.blocks);
  const round = Math.max(0, ...asked.map((one) => one.round));
  const began = stayBegan(item);
  return asked.map((one) => ({
    type: one.type,
    state: currentState(one, item),
    thisRound: one.round === round && (one.endedAt ?? began) >= began,
    ...(one.childKey !== undefined && { key: one.childKey }),
    ...(one.kind === 'supplier' && { supplier: one.team?.name ?? 'a supplier' }),
  }));
}

/** What the rules have to know of the site's settings. */
export interface Terms {
  tables: PriorityTables;
  /** Until when a work item that was fulfilled at that moment can be reopened; undefined: for ever. */
  reopenUntil(fulfilled: number): number | undefined;
  calendars: readonly Calendar[];
  trend: TrendRule;
}

/** The work item it was handed over from. Its link tells how it stands; who it is, the receipt. */
function parentOf(item: WorkItem, receipts: readonly Receipt[]): Pick<Facts, 'parent'> {
  const receipt = receipts.find((one) => one.childId === item.id && one.kind === 'handOff' && one.blocks);
  if (!receipt) return {};
  const link = item.links.find((one) => one.id === receipt.parentId);
  return { parent: { key: link?.key ?? 'The work item that asked for this', status: link?.status } };
}

function reopenEnded(item: WorkItem, terms: Terms, now: number): Pick<Facts, 'reopenEnded'> {
  const until = item.status === 'fulfilled' ? terms.reopenUntil(entry(item).at) : undefined;
  return until !== undefined && now > until ? { reopenEnded: until } : {};
}

/** Somebody, and what is known of them in the space of the work item. */
export interface Actor {
  accountId: string;
  profiles?: ReadonlySet<ProfileKey>;
}

/** What a work item tells of somebody's part in it. */
export const actingOf = (actor: Actor, item: Pick<WorkItem, 'assignee' | 'changes' | 'values'>): Acting => ({
  ...actor,
  assignee: item.assignee?.accountId,
  moves: item.changes.flatMap(({ status, by }) => (status ? [{ ...status, by: by?.accountId }] : [])),
  fields: item.values,
});

interface Given {
  modified?: ModifiedFields;
  /** Absent at the gate, which is not told. */
  actor?: Actor | undefined;
  /** What was said of the plan; absent where nobody is asked. */
  said?: readonly Said[] | undefined;
  /** Absent where no rule that is asked looks at them. */
  terms?: Terms | undefined;
  /** Absent where no rule that is asked looks at it, or nothing has ever been agreed. */
  agreed?: AgreedFact | undefined;
  /** What is drafted for a Wish; absent where no rule asks it. */
  offer?: Offer | undefined;
  /** What the register says of what it names; absent where no rule asks it, or it holds nothing yet. */
  register?: RegisterFact | undefined;
  now: number;
}

/** As the rules see them, with what is given in this very transition. */
export function valuesWith(item: Pick<WorkItem, 'values'>, modified: ModifiedFields, binding: Binding, keys: readonly FieldKey[]): FieldValues {
  const given = keys.filter((key) => Object.hasOwn(modified, binding.fields[key]));
  return { ...item.values, ...Object.fromEntries(given.map((key) => [key, decodeValue(key, modified[binding.fields[key]])])) };
}

/** `receipts`: of what it handed over, and the one it was made for. */
export function factsOf(
  item: WorkItem,
  type: WorkTypeKey,
  receipts: readonly Receipt[],
  binding: Binding,
  { modified = {}, actor, said, terms, agreed, offer, register, now }: Given,
): Facts {
  const values: Partial<Record<FieldKey, FieldValue>> = { ...item.values };
  const given = givenSinceEntry(item);
  const changed = new Set<FieldKey>();
  for (const key of FIELD_KEYS) {
    const id = binding.fields[key];
    if (!Object.hasOwn(modified, id)) continue;
    const value = decodeValue(key, modified[id]);
    // Jira's screen opens with the words of the last round and sends them along: those were not said anew. A choice may be made again.
    if (FIELDS[key].kind === 'paragraph' && value === item.values[key] && !given.has(key)) continue;
    changed.add(key);
    if (value === undefined) delete values[key];
    else values[key] = value;
  }
  return {
    key: item.key,
    type,
    status: item.status,
    fields: values,
    changed,
    fresh: new Set([...given, ...changed]),
    handoffs: blocking(item, receipts),
    requester: requesterOf(item)?.name ?? 'the requester',
    assigned: item.assignee !== undefined,
    ...(item.assignee && { assignee: item.assignee }),
    ...(said && { approvals: approvalsOf(item, said) }),
    ...(agreed && { agreed }),
    ...(register && { register }),
    ...(actor && { acting: actingOf(actor, item) }),
    now,
    linked: item.links.map((one) => one.type),
    ...parentOf(item, receipts),
    ...(offer && { offer }),
    ...(terms && { tables: terms.tables, ...reopenEnded(item, terms, now) }),
  };
}
