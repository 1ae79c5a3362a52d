/** Grouped work items (link "USM group", A26): one main work item does the work, those grouped under it follow its end. */
import { type StatusKey, STATUSES } from './statuses';
import { type Transition, transitionOf, transitionsFrom } from './transitions';
import { workType, type WorkTypeKey } from './work-types';

const ended = (status: StatusKey | undefined): boolean => status !== undefined && STATUSES[status].category === 'DONE';

/** One side of a group, as far as grouping has to know it. */
export interface Groupable {
  key: string;
  type: WorkTypeKey | undefined;
  status: StatusKey | undefined;
  /** Keys of the work items it is grouped under, and of those it groups. */
  under: readonly string[];
  groups: readonly string[];
}

/** Why this one cannot be grouped under that one; undefined: it can. */
export function notGroupable(item: Groupable, main: Groupable): string | undefined {
  if (item.key === main.key) return 'A work item is not grouped under itself. Choose another one.';
  if (!main.type || main.type !== item.type)
    return `${main.key} is ${main.type ? `another work type (${workType(main.type).name})` : 'not part of USM'}. Only work of the same type is grouped.`;
  if (ended(main.status)) return `${main.key} has ended. Group it under one that is still worked on.`;
  if (ended(item.status)) return `${item.key} has ended, so there is nothing left to group.`;
  if (item.groups.length > 0) return `${item.key} groups others itself. A group holds no groups; ungroup ${item.groups.join(', ')} first.`;
  if (main.under.length > 0) return `${main.key} is grouped under ${main.under.join(', ')} itself. Group it under that one instead.`;
  const other = item.under.find((key) => key !== main.key);
  return other === undefined ? undefined : `${item.key} is grouped under ${other} already. Ungroup it there first.`;
}

/** The steps by which a work item follows its group to its end: those the method has, that need nobody else. Otherwise why there are none. */
export function stepsAlong(type: WorkTypeKey, status: StatusKey): readonly Transition[] | string {
  const confirm = transitionOf(type, 'confirmFor');
  if (confirm.from.includes(status)) return [confirm];
  const fix = transitionsFrom(type, status).find((one) => one.key === 'fixOnTheSpot');
  if (fix) return [fix, confirm];
  const here = `It stands in ${STATUSES[status].name}.`;
  if (status === 'registered') return `${here} Accept it first, then bring it along again.`;
  if (status === 'waiting') return `${here} Resume it first, then bring it along again.`;
  return `${here} It has gone its own way; bring it to Reviewing yourself, then bring it along again.`;
}
