/** Which present work types become which of USM's, while somebody chooses; and how far a move is. Pure. */
import type { MoveOffer, MovePreview, MoveProgress, MoveTarget } from '../../../src/contract';
import { workTypeKey } from '../../../src/contract/common';
import type { WorkTypeKey } from '../../shared/kinds';
import { WORK_TYPE_NAMES } from '../../shared/work-types';
import { counted } from '../ui/words';

export const WORK_TYPES = workTypeKey.options.map((key) => ({ value: key, name: WORK_TYPE_NAMES[key] }));

/** Id of a present work type -> USM's, or stays. */
export type Choices = Readonly<Record<string, WorkTypeKey | undefined>>;

/** What the names suggest. */
export const suggestions = ({ types }: MoveOffer): Choices => Object.fromEntries(types.map(({ id, suggested }) => [id, suggested]));

export const isWorkType = (value: string): value is WorkTypeKey => workTypeKey.safeParse(value).success;

export function toTarget(from: string, to: string, choices: Choices): MoveTarget {
  const types = Object.entries(choices).flatMap(([id, type]): [string, WorkTypeKey][] => (type === undefined ? [] : [[id, type]]));
  return { from, to, types: Object.fromEntries(types) };
}

/** Work items that would move. */
export const movingCount = ({ types }: MoveOffer, choices: Choices): number =>
  types.filter(({ id }) => choices[id] !== undefined).reduce((sum, { count }) => sum + count, 0);

export const workItems = (count: number): string => counted(count, 'work item');

/** Two present statuses that become one are told together: "To Do and Open". */
export function statusLines({ statuses }: MovePreview['rows'][number]): { to: string; from: string; count: number }[] {
  const byTarget = new Map<string, { from: string[]; count: number }>();
  for (const { name, count, toName } of statuses) {
    const known = byTarget.get(toName) ?? { from: [], count: 0 };
    byTarget.set(toName, { from: [...known.from, name], count: known.count + count });
  }
  return [...byTarget].map(([to, { from, count }]) => ({ to, from: from.join(', '), count }));
}

export function headline({ phase, moved, total, failures }: MoveProgress): string {
  switch (phase) {
    case 'none':
      return 'Nothing is being moved';
    case 'running':
      return total === 0 ? 'Finding the work items' : `${String(moved)} of ${workItems(total)} moved`;
    case 'failed':
      return `Stopped after ${workItems(moved)}`;
    case 'done':
      return failures.length === 0 ? `All ${workItems(moved)} moved` : `${workItems(moved)} moved, ${String(failures.length)} stayed`;
  }
}
