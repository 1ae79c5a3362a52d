/** Work passed to a supplier (P10, last line of the matrix 4.5): their space need not follow the method, so Jira's own words say how it stands. */
import type { FIELDS } from './fields';
import type { HandoffState } from './handoffs';
import type { StatusCategory, StatusKey } from './statuses';
import { forkOf } from './transitions';
import { workType, type WorkTypeKey } from './work-types';

export const WAITING_FOR_SUPPLIER = 'Supplier' satisfies (typeof FIELDS.waitingFor.options)[number];

/** Statuses and resolutions that end work without delivery, as sites name them. */
const UNDELIVERED = new Set([
  'abandoned',
  'cancelled',
  'canceled',
  'cannot reproduce',
  'declined',
  'duplicate',
  'incomplete',
  'invalid',
  'not agreed',
  'not done',
  'obsolete',
  'reclassified',
  'rejected',
  'superseded',
  'withdrawn',
  "won't do",
  "won't fix",
]);

/** Whether a status or a resolution of this name says that nothing was delivered. */
export const isUndelivered = (name: string | undefined): boolean =>
  name !== undefined && UNDELIVERED.has(name.trim().toLowerCase().replaceAll('\u2019', "'"));

/** How work stands at a supplier. */
export interface Remote {
  /** Of the status, where it is one of the method's own. */
  status?: StatusKey | undefined;
  category?: StatusCategory | undefined;
  /** It ended without delivery; undefined: nobody has asked, since that costs a read of its own. */
  undelivered?: boolean | undefined;
}

/** What the state of a receipt becomes by the supplier's work item. What has ended is told by the record until somebody has asked how it ended. */
export function stateByRemote(current: HandoffState, { status, category, undelivered }: Remote): HandoffState {
  if (status === 'cancelled') return 'failed';
  if (status === 'accepted') return 'accepted';
  switch (category) {
    case 'TODO':
      return current === 'returned' ? 'returned' : 'asked';
    case 'IN_PROGRESS':
      return 'accepted';
    case 'DONE':
      return undelivered === undefined ? current : undelivered ? 'failed' : 'fulfilled';
    case undefined:
      return current;
  }
}

/** Statuses in which work can wait for a supplier: taken on, and not delivered yet. */
export function passableIn(type: WorkTypeKey): readonly StatusKey[] {
  const { path } = workType(type);
  return path.slice(1, path.indexOf('reviewing'));
}

/** Passing work on leaves it in this status; where the work type forks, it takes that step. */
export const staysPassing = (type: WorkTypeKey, status: StatusKey): boolean =>
  passableIn(type).includes(status) && !(forkOf(type)?.from.includes(status) ?? false);
