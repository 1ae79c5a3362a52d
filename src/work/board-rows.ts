/** Receipts as lines of the hand-off board, from what this person may see. Pure. */
import { z } from 'zod';
import type { HandoffBoard, HandoffRow } from '../contract';
import { PROCESSES, STATUSES, type StatusKey, workType } from '../method';
import type { Followed, Foreign, WorkItem } from './model';
import { type Note, seenOf } from './receipt-notes';
import type { Receipt } from './receipts';
import { acceptByOf, byRecord, mayDo, standingReturn, standsForAsker } from './record';
import { namesIn, ownerOf, visibleState } from './view';

/** What this person may see: work that follows USM, and work that does not. */
interface Seen {
  visible: ReadonlyMap<string, Followed>;
  foreign: ReadonlyMap<string, Foreign>;
}

const chosen = z.object({ id: z.string(), value: z.string() });

const teamOf = (item: WorkItem): HandoffRow['team'] => {
  const { data } = chosen.safeParse(item.raw.solutionTeam);
  return data && { id: data.id, name: data.value };
};

const textOf = (item: WorkItem | undefined, key: 'service' | 'customer' | 'reasonText'): string | undefined => {
  const value = item?.values[key];
  return typeof value === 'string' ? value : undefined;
};

/** Whoever asked has gone on without it. */
const goneOn = (status: StatusKey): boolean => status === 'reviewing' || STATUSES[status].category === 'DONE';

const asking = ({ item, type }: Followed, held: boolean): HandoffRow['from'] => ({
  key: item.key,
  typeName: workType(type).name,
  verb: PROCESSES[workType(type).process],
  held,
  team: teamOf(item),
  customer: textOf(item, 'customer'),
  dueBy: typeof item.values.dueBy === 'number' ? item.values.dueBy : undefined,
});

interface Sides {
  parent: Followed | undefined;
  child: Followed | undefined;
  /** A supplier's work item. */
  there: Foreign | undefined;
}

/** Where a hand-off stands. `hidden`: this person may not see it. `over`: nobody has to move any more; the record follows Jira. */
function standing(receipt: Receipt, notes: readonly Note[], { parent, child, there }: Sides, seen: Seen): HandoffRow['state'] | 'hidden' | 'over' {
  // Of a supplier's work whoever sees our side may know that it waits there.
  const sees = receipt.kind === 'supplier' ? (parent ?? child ?? there) : receipt.childId === undefined ? parent : child;
  if (!sees) return 'hidden';
  const state = byRecord({ ...receipt, state: visibleState(receipt, seen) }, notes);
  if (state === 'fulfilled' || state === 'void') return 'over';
  if (state !== 'failed') return state;
  // How it goes on is for the asking side to decide.
  if (!parent) return 'hidden';
  return receipt.blocks && !goneOn(parent.item.status) ? state : 'over';
}

const isMine = (side: Followed | undefined, me: string): boolean => side !== undefined && ownerOf(side.item)?.accountId === me;

const supplierOf = ({ kind, place }: Receipt): HandoffRow['supplier'] =>
  kind === 'supplier' ? { speaker: place?.speaker, unseen: place?.unseen ?? false } : undefined;

/** What is asked for, as far as this person may see it. */
function askedItem(
  { type, what }: Receipt,
  child: Sides['child'],
  there: Sides['there'],
): Pick<HandoffRow, 'key' | 'typeName' | 'summary' | 'status'> {
  const seen = child?.item ?? there;
  return { key: seen?.key, typeName: there?.typeName ?? workType(type).name, summary: seen?.summary ?? what, status: child?.item.status };
}

interface Reader {
  names: ReadonlyMap<string, string>;
  me: string;
  now: number;
}

const returnedView = (note: Note | undefined): HandoffRow['returned'] =>
  note?.reason && {
    at: note.at,
    reason: note.reason,
    ...(note.readyBy !== undefined && { readyBy: note.readyBy }),
    ...(note.team && { team: note.team }),
    ...(note.type && { typeName: workType(note.type).name }),
  };

/** In the words of whoever ended it; of a work item that was deleted, the record's. */
const whyFailed = (child: Followed | undefined, notes: readonly Note[]): string | undefined =>
  textOf(child?.item, 'reasonText') ?? notes.findLast((one) => one.kind === 'failed')?.text;

function lineOf(
  receipt: Receipt,
  notes: readonly Note[],
  state: HandoffRow['state'],
  { parent, child, there }: Sides,
  { names, me, now }: Reader,
): HandoffRow {
  const back = state === 'returned' ? standingReturn(notes) : undefined;
  const asks = parent !== undefined && standsForAsker(receipt, parent.item, me);
  const { process } = workType(receipt.type);
  return {
    id: receipt.id,
    state,
    type: receipt.type,
    process,
    verb: PROCESSES[process],
    ...askedItem(receipt, child, there),
    what: receipt.what,
    askedBy: { accountId: receipt.askedBy, name: names.get(receipt.askedBy) ?? 'Somebody' },
    askedAt: receipt.askedAt ?? receipt.preparedAt,
    readyBy: receipt.readyBy,
    team: receipt.team,
    supplier: supplierOf(receipt),
    owner: child && ownerOf(child.item),
    service: textOf((child ?? parent)?.item, 'service'),
    reason: back?.text ?? (state === 'failed' ? whyFailed(child, notes) : undefined),
    returned: returnedView(back),
    acceptBy: acceptByOf(child),
    acceptedAt: receipt.acceptedAt,
    seen: seenOf(notes),
    from: parent && asking(parent, receipt.blocks),
    mine: { asked: isMine(child, me), asks: receipt.askedBy === me || isMine(parent, me) },
    may: mayDo({ kind: receipt.kind, state, notes, child, asks, now }),
  };
}

export function boardRows(
  receipts: readonly Receipt[],
  records: ReadonlyMap<string, readonly Note[]>,
  seen: Seen,
  me: string,
  now: number,
): Pick<HandoffBoard, 'rows' | 'hidden'> {
  const { visible, foreign } = seen;
  const reader = { names: namesIn(visible), me, now };
  const board: Pick<HandoffBoard, 'rows' | 'hidden'> = { rows: [], hidden: 0 };
  for (const receipt of receipts) {
    const childId = receipt.childId ?? '';
    const sides = { parent: visible.get(receipt.parentId), child: visible.get(childId), there: foreign.get(childId) };
    const notes = records.get(receipt.id) ?? [];
    const state = standing(receipt, notes, sides, seen);
    if (state === 'hidden') board.hidden += 1;
    else if (state !== 'over') board.rows.push(lineOf(receipt, notes, state, sides, reader));
  }
  return board;
}
