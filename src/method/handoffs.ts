/** The hand-off matrix (4.5): which process may ask which other, and what becomes of it. */
import type { FieldKey } from './fields';
import type { StatusKey } from './statuses';
import { isImprove, type WorkTypeKey } from './work-types';

export const LINK_TYPES = {
  handOff: { name: 'USM hand-off', outward: 'hands over to', inward: 'is handed over from' },
  followUp: { name: 'USM follow-up', outward: 'leads to', inward: 'follows from' },
  group: { name: 'USM group', outward: 'groups', inward: 'is grouped under' },
  reclassification: { name: 'USM reclassification', outward: 'was reclassified as', inward: 'was reclassified from' },
  supplier: { name: 'USM supplier', outward: 'is passed to supplier as', inward: 'is received from' },
} as const;

export type LinkTypeKey = keyof typeof LINK_TYPES;

export interface HandoffRule {
  from: WorkTypeKey;
  to: WorkTypeKey;
  blocks: boolean;
  /** What the asked side does, said to the person who chooses. */
  purpose: string;
}

const CHANGE = 'Something in the register changes. Change plans it, has it tested and accepted, and asks Operate to put it in place.';
const OPERATE = 'Agreed routine work; nothing in the register changes.';
const AGREE = 'What was agreed has to change first. Agree specifies it, makes an offer and agrees it with the customer.';
const IMPROVE_PURPOSE = 'The cause stays. Improve finds it and takes a measure; this work item need not wait for it.';

const IMPROVE_TYPES: readonly WorkTypeKey[] = ['improvement', 'preventiveAction', 'optimization'];

export const HANDOFFS: readonly HandoffRule[] = [
  { from: 'wish', to: 'rfc', blocks: true, purpose: CHANGE },
  { from: 'rfc', to: 'serviceRequest', blocks: true, purpose: 'Operate puts the change in place, as the deployment plan says.' },
  { from: 'incident', to: 'rfc', blocks: true, purpose: CHANGE },
  { from: 'incident', to: 'serviceRequest', blocks: true, purpose: OPERATE },
  { from: 'complaint', to: 'wish', blocks: true, purpose: AGREE },
  { from: 'complaint', to: 'serviceRequest', blocks: true, purpose: OPERATE },
  ...IMPROVE_TYPES.map((to): HandoffRule => ({ from: 'complaint', to, blocks: false, purpose: IMPROVE_PURPOSE })),
  ...IMPROVE_TYPES.flatMap((from): HandoffRule[] => [
    { from, to: 'wish', blocks: true, purpose: AGREE },
    { from, to: 'rfc', blocks: true, purpose: CHANGE },
    { from, to: 'serviceRequest', blocks: true, purpose: OPERATE },
  ]),
];

export const handoffsFrom = (from: WorkTypeKey): HandoffRule[] => HANDOFFS.filter((rule) => rule.from === from);

/** Fields the asked side takes over, so that nobody types twice. */
export const CARRIED: readonly FieldKey[] = [
  'customer',
  'service',
  'requester',
  'reportTime',
  'category',
  'impact',
  'urgency',
  'dueBy',
  'itemsConcerned',
  'itemsToChange',
];

/** What the asked side takes over when it becomes an RFC or a Service Request: the latter changes nothing registered, so it only concerns the items. */
export const carriedTo = (to: WorkTypeKey): readonly FieldKey[] =>
  to === 'rfc' || isImprove(to) ? CARRIED : CARRIED.filter((key) => key !== 'itemsToChange');

/**
 * The life of one ask. prepared: written before the parent moves. asked: the child exists. returned: sent back with a reason, to be asked again.
 * fulfilled, failed: the child ended. void: never came to be, or was taken back.
 */
export type HandoffState = 'prepared' | 'asked' | 'accepted' | 'returned' | 'fulfilled' | 'failed' | 'void';

/** What is still expected of the other side. */
export const isOpen = (state: HandoffState): boolean => state === 'prepared' || state === 'asked' || state === 'accepted' || state === 'returned';

/** Counts as a hand-over for V10: everything but what failed or never came to be. */
export const counts = (state: HandoffState): boolean => state !== 'failed' && state !== 'void';

/** What the state of a receipt becomes by the status of its child. A child that has not been accepted leaves the receipt as it is. */
export function stateByChild(current: HandoffState, child: StatusKey): HandoffState {
  if (child === 'cancelled') return 'failed';
  if (child === 'fulfilled' || child === 'closed') return 'fulfilled';
  if (child === 'registered') return current === 'returned' ? 'returned' : 'asked';
  return 'accepted';
}

/** What a parent in Realising does about its hand-offs of this round. */
export type Settlement = { move: 'none' } | { move: 'workReturned' } | { move: 'workFailed'; failed: number };

/** T11 when nothing is open and something of this round came back; T12 as soon as one of this round is cancelled. */
export function settlement(status: StatusKey, receipts: readonly { state: HandoffState; thisRound: boolean }[]): Settlement {
  if (status !== 'realising') return { move: 'none' };
  const round = receipts.filter((one) => one.thisRound);
  const failed = round.filter((one) => one.state === 'failed').length;
  if (failed > 0) return { move: 'workFailed', failed };
  if (receipts.some((one) => isOpen(one.state))) return { move: 'none' };
  return round.some((one) => one.state === 'fulfilled') ? { move: 'workReturned' } : { move: 'none' };
}

/** First sentence of what is asked, as the summary of the child. */
export function summaryOf(ask: string, limit = 120): string {
  const line = ask.trim().split('\n')[0] ?? '';
  const sentence = /^(.+?[.!?])(\s|$)/.exec(line)?.[1]?.replace(/[.!?]$/, '') ?? line;
  return sentence.length <= limit ? sentence : `${sentence.slice(0, limit - 1).trimEnd()}…`;
}
