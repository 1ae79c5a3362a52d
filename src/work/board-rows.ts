/** Receipts as lines of the hand-off board, from what this person may see. Pure. */
import { z } from 'zod';
import type { HandoffBoard, HandoffRow } from '../contract';
import { PROCESSES, STATUSES, type StatusKey, workType } from '../method';
import type { Followed, WorkItem } from './model';
import { type Note, seenOf } from './receipt-notes';
import type { Receipt } from './receipts';
import { acceptByOf, byRecord, mayDo, standingReturn, standsForAsker } from './record';
import { namesIn, ownerOf, visibleState } from './view';

type Visible = ReadonlyMap<string, Followed>;

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
}

/** Where a hand-off stands. `hidden`: this person may not see it. `over`: nobody has to move any more; the record follows Jira. */
function standing(receipt: Receipt, notes: readonly Note[], { parent, child }: Sides, visible: Visible): HandoffRow['state'] | 'hidden' | 'over' {
  if (receipt.childId === undefined ? !parent : !child) return 'hidden';
  const seen = visibleState(receipt, visible);
  const state = byRecord({ ...receipt, state: seen }, notes);
  if (state === 'fulfilled' || state === 'void') return 'over';
  if (state !== 'failed') return state;
  // How it goes on is for the asking side to decide.
  if (!parent) return 'hidden';
  return receipt.blocks && !goneOn(parent.item.status) ? state : 'over';
}

const isMine = (side: Followed | undefined, me: string): boolean => side !== undefined && ownerOf(side.item)?.accountId === me;

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
  { parent, child }: Sides,
  { names, me, now }: Reader,
): HandoffRow {
  const back = state === 'returned' ? standingReturn(notes) : undefined;
  const asks = parent !== undefined && standsForAsker(receipt, parent.item, me);
  const { name, process } = workType(receipt.type);
  return {
    id: receipt.id,
    state,
    key: child?.item.key,
    type: receipt.type,
    typeName: name,
    process,
    verb: PROCESSES[process],
    summary: child?.item.summary ?? receipt.what,
    status: child?.item.status,
    what: receipt.what,
    askedBy: { accountId: receipt.askedBy, name: names.get(receipt.askedBy) ?? 'Somebody' },
    askedAt: receipt.askedAt ?? receipt.preparedAt,
    readyBy: receipt.readyBy,
    team: receipt.team,
    owner: child && ownerOf(child.item),
    service: textOf((child ?? parent)?.item, 'service'),
    reason: back?.text ?? (state === 'failed' ? whyFailed(child, notes) : undefined),
    returned: returnedView(back),
    acceptBy: acceptByOf(child),
    acceptedAt: receipt.acceptedAt,
    seen: seenOf(notes),
    from: parent && asking(parent, receipt.blocks),
    mine: { asked: isMine(child, me), asks: receipt.askedBy === me || isMine(parent, me) },
    may: mayDo({ state, notes, child, asks, now }),
  };
}

export function boardRows(
  receipts: readonly Receipt[],
  records: ReadonlyMap<string, readonly Note[]>,
  visible: Visible,
  me: string,
  now: number,
): Pick<HandoffBoard, 'rows' | 'hidden'> {
  const reader = { names: namesIn(visible), me, now };
  const board: Pick<HandoffBoard, 'rows' | 'hidden'> = { rows: [], hidden: 0 };
  for (const receipt of receipts) {
    const sides = { parent: visible.get(receipt.parentId), child: visible.get(receipt.childId ?? '') };
    const notes = records.get(receipt.id) ?? [];
    const state = standing(receipt, notes, sides, visible);
    if (state === 'hidden') board.hidden += 1;
    else if (state !== 'over') board.rows.push(lineOf(receipt, notes, state, sides, reader));
  }
  return board;
}
