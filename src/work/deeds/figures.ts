/** How it went, as far as the history of the work item tells. Pure. */
import type { Evaluation } from '../../contract';
import { pathOf, type WorkTypeKey } from '../../method';
import { entry, type WorkItem } from '../model';
import type { ItemRecord, Receipt } from '../receipts';

/** Time in Waiting between two moments. */
function waitedIn({ changes }: Pick<WorkItem, 'changes'>, from: number, to: number): number {
  const moves = changes.filter((one) => one.status);
  return moves.reduce((sum, move, index) => {
    if (move.status?.to !== 'waiting') return sum;
    const until = moves[index + 1]?.at ?? to;
    return sum + Math.max(0, Math.min(until, to) - Math.max(move.at, from));
  }, 0);
}

export function figuresOf(item: WorkItem, type: WorkTypeKey, chain: readonly Receipt[], record: ItemRecord): Evaluation['figures'] {
  const reported = typeof item.values.reportTime === 'number' ? item.values.reportTime : item.created;
  const fulfilled = entry(item).at;
  const { dueBy } = item.values;
  const live = chain.filter((one) => one.blocks && one.state !== 'failed');
  const went = (from: string, ...not: string[]): number =>
    item.changes.filter(({ status }) => status?.from === from && status.to !== undefined && !not.includes(status.to)).length;
  return {
    gross: Math.max(0, fulfilled - reported),
    waited: waitedIn(item, reported, fulfilled),
    ...(typeof dueBy === 'number' && { late: fulfilled - dueBy }),
    reworks: went('reviewing', 'fulfilled', 'waiting'),
    reopens: went('fulfilled', 'closed'),
    path: pathOf(
      type,
      live.map((one) => one.type),
      record.operateHere,
    ),
    handoffs: chain.length,
  };
}
