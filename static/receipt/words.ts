/** What a receipt says, in words. Pure. */
import type { ReceiptNote, ReceiptView, ReturnReason } from '../../src/contract';
import type { MarkKind, Tone } from '../shared/kinds';
import { momentToTheMinute, remaining, span } from '../shared/time';

export const REASONS: Record<ReturnReason, { name: string; help: string; short: string }> = {
  missing: { name: 'Something is missing', help: 'Say what you need to start.', short: 'something is missing' },
  notReadyByThen: { name: 'Not ready by then', help: 'Propose a time you can keep.', short: 'not ready by then' },
  notOurs: { name: 'Not ours', help: 'Name who should get it.', short: 'not ours' },
  anotherKind: { name: 'Another kind of work', help: 'Say what it really is.', short: 'another kind of work' },
};

type Kind = ReceiptNote['kind'];
const VERBS: Record<Kind, string> = {
  asked: 'Asked',
  accepted: 'Accepted',
  returned: 'Returned',
  askedAgain: 'Asked again',
  withdrawn: 'Withdrawn',
  reminded: 'Reminded',
  fulfilled: 'Fulfilled',
  failed: 'Ended undone',
  reopened: 'Open again',
  askerGone: 'The asking work item was deleted',
};
const MARKS: Partial<Record<Kind, MarkKind>> = {
  accepted: 'met',
  fulfilled: 'met',
  returned: 'unmet',
  failed: 'unmet',
  withdrawn: 'unmet',
  askerGone: 'later',
};

export interface Line {
  mark: MarkKind;
  verb: string;
  rest: string;
  quote: string | undefined;
  detail: string | undefined;
}

const proposed = ({ readyBy, team, typeName }: ReceiptNote, now: number): string | undefined => {
  if (readyBy !== undefined) return `Proposes ${momentToTheMinute(readyBy, now)}.`;
  const what = team?.name ?? typeName;
  return what === undefined ? undefined : `Proposes ${what}.`;
};

const changed = ({ readyBy, team }: ReceiptNote, now: number): string =>
  [team && `of ${team.name}`, readyBy !== undefined && `ready by ${momentToTheMinute(readyBy, now)}`]
    .filter((one) => typeof one === 'string')
    .join(', ');

/** One line of the record. */
export function lineOf(note: ReceiptNote, now: number): Line {
  const { kind, by, reason, text } = note;
  const who = by ? `by ${by.name}` : '';
  const rest = kind === 'asked' || kind === 'askedAgain' ? [changed(note, now), who].filter(Boolean).join(', ') : who;
  return {
    mark: MARKS[kind] ?? 'information',
    verb: VERBS[kind],
    rest: reason ? `${rest}: ${REASONS[reason].short}` : rest,
    quote: kind === 'asked' ? undefined : text,
    detail: kind === 'returned' ? proposed(note, now) : undefined,
  };
}

/** The newest return, as long as nothing has answered it. */
export const standingReturn = ({ state, notes }: Pick<ReceiptView, 'state' | 'notes'>): ReceiptNote | undefined =>
  state === 'returned' ? notes.findLast((one) => one.kind === 'returned') : undefined;

/** When its present turn began. */
const turnedAt = ({ notes, askedAt }: ReceiptView): number => notes.findLast((one) => one.kind !== 'reminded')?.at ?? askedAt;

const endWords = ({ endedAt, readyBy }: ReceiptView): string => {
  if (endedAt === undefined || readyBy === undefined) return 'Fulfilled';
  const gap = span(Math.abs(readyBy - endedAt));
  return `Fulfilled, ${gap} ${endedAt <= readyBy ? 'early' : 'late'}`;
};

/** The state in a few words, with its colour: "Waiting for you, 3 min". */
export function headline(view: ReceiptView, now: number): { text: string; tone: Tone } {
  const age = span(now - turnedAt(view));
  switch (view.state) {
    case 'asked': {
      const late = view.acceptBy !== undefined && remaining(view.acceptBy, now).late;
      const whom = view.may.accept ? 'Waiting for you' : `Waiting for ${view.team?.name ?? view.toVerb}`;
      return late ? { text: `${remaining(view.acceptBy ?? now, now).text} to accept`, tone: 'danger' } : { text: `${whom}, ${age}`, tone: 'warning' };
    }
    case 'returned':
      return { text: `Returned, ${age} ago`, tone: 'danger' };
    case 'accepted':
      return { text: 'Accepted', tone: 'information' };
    case 'fulfilled':
      return { text: endWords(view), tone: 'success' };
    case 'failed':
      return { text: 'Ended undone', tone: 'danger' };
    case 'prepared':
    case 'void':
      return { text: 'Being made', tone: 'neutral' };
  }
}

/** What a proposed time does to what was asked and to the customer's moment. */
export function effect(
  proposal: number,
  asked: number | undefined,
  due: { key: string; at: number } | undefined,
  now: number,
): { late: boolean; text: string } {
  const side = (at: number): string => {
    if (proposal === at) return 'exactly at';
    return `${span(Math.abs(proposal - at))} ${proposal > at ? 'after' : 'before'}`;
  };
  const parts = [
    asked !== undefined && `${side(asked)} what was asked, ${momentToTheMinute(asked, now)}`,
    due && `${side(due.at)} ${due.key} is due, ${momentToTheMinute(due.at, now)}`,
  ].filter((one) => typeof one === 'string');
  if (parts.length === 0) return { late: false, text: 'No time was asked for.' };
  return { late: due !== undefined && proposal > due.at, text: `${momentToTheMinute(proposal, now)} is ${parts.join(', and ')}.` };
}

/** A record that needs nobody stays folded. */
export const needsSomebody = (view: ReceiptView): boolean =>
  view.state === 'returned' || (view.side === 'asked' && (view.state === 'asked' || (view.gone && view.state !== 'fulfilled')));
