/** Receipts as lines of the hand-off board, from what this person may see. Pure. */
import { z } from 'zod';
import type { HandoffBoard, HandoffRow } from '../contract';
import { PROCESSES, STATUSES, type StatusKey, workType } from '../method';
import type { Followed, WorkItem } from './model';
import type { Receipt } from './receipts';
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
function standing(receipt: Receipt, { parent, child }: Sides, visible: Visible): HandoffRow['state'] | 'hidden' | 'over' {
  if (receipt.childId === undefined ? !parent : !child) return 'hidden';
  const state = visibleState(receipt, visible);
  if (state === 'fulfilled' || state === 'void') return 'over';
  if (state !== 'failed') return state;
  // How it goes on is for the asking side to decide.
  if (!parent) return 'hidden';
  return receipt.blocks && !goneOn(parent.item.status) ? state : 'over';
}

const isMine = (side: Followed | undefined, me: string): boolean => side !== undefined && ownerOf(side.item)?.accountId === me;

function lineOf(receipt: Receipt, state: HandoffRow['state'], { parent, child }: Sides, names: ReadonlyMap<string, string>, me: string): HandoffRow {
  const { name, process } = workType(receipt.type);
  const cameBack = state === 'returned' || state === 'failed';
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
    reason: cameBack ? textOf(child?.item, 'reasonText') : undefined,
    from: parent && asking(parent, receipt.blocks),
    mine: { asked: isMine(child, me), asks: receipt.askedBy === me || isMine(parent, me) },
  };
}

export function boardRows(receipts: readonly Receipt[], visible: Visible, me: string): Pick<HandoffBoard, 'rows' | 'hidden'> {
  const names = namesIn(visible);
  const board: Pick<HandoffBoard, 'rows' | 'hidden'> = { rows: [], hidden: 0 };
  for (const receipt of receipts) {
    const sides = { parent: visible.get(receipt.parentId), child: visible.get(receipt.childId ?? '') };
    const state = standing(receipt, sides, visible);
    if (state === 'hidden') board.hidden += 1;
    else if (state !== 'over') board.rows.push(lineOf(receipt, state, sides, names, me));
  }
  return board;
}
