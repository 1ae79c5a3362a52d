/** What people are told as work moves on (post functions of 4.2, 4.3): one comment that mentions them, each kind switchable. */
import { type FieldValues, words } from './fields';
import { STATUSES, type StatusKey } from './statuses';
import { workType, type WorkTypeKey } from './work-types';

export const NOTICES = {
  accepted: { name: 'It is taken on', told: 'Whoever asked reads who coordinates it.' },
  waiting: { name: 'We wait for the customer', told: 'Whoever asked reads that their answer is waited for, and until when.' },
  woken: { name: 'The date waited for has come', told: 'Coordinator and assignee read that it goes on.' },
  delivered: { name: 'It is delivered', told: 'Whoever asked reads what was done, and how to confirm it or send it back.' },
  sentBack: { name: 'It is not right yet', told: 'Coordinator and assignee read what has to be different.' },
  silent: { name: 'Silence counted as a yes', told: 'Whoever asked reads that it is confirmed without an answer, and how long it can be reopened.' },
  reopened: { name: 'It is open again', told: 'Coordinator and assignee read it.' },
  ended: { name: 'It ends without delivery', told: 'Whoever asked, coordinator and assignee read why.' },
  failed: { name: 'Handed-over work failed', told: 'The coordinator of the asking side reads which, and decides how it goes on.' },
  causeKnown: { name: 'The cause is known', told: 'Owners of the linked incidents read the cause that a Preventive Action found.' },
  returned: { name: 'What was asked comes back', told: 'The coordinator of the asking side reads why, and answers it.' },
  askedAgain: { name: 'It is asked again', told: 'Whoever sent it back reads what is different now.' },
  reminded: { name: 'Somebody is reminded', told: 'Whoever has handed-over work in hand reads that it is waited for, at most once an hour.' },
  atRisk: { name: 'A promise is at risk', told: 'Coordinator and assignee read that a quarter of the promised time is left.' },
  late: { name: 'A promise is late', told: 'Coordinator and assignee read that the promised time is over.' },
  disputed: { name: 'An answer is disputed', told: 'The process manager of Agree reads that the decision is theirs.' },
} as const;

export type NoticeKind = keyof typeof NOTICES;
export const NOTICE_KINDS = Object.keys(NOTICES) as NoticeKind[];

/** Who is mentioned, by what they are to the work item. */
export type Recipient = 'asker' | 'coordinator' | 'assignee' | 'incidentOwners' | 'accountable';

export interface Notice {
  kind: NoticeKind;
  to: readonly Recipient[];
  text: string;
}

export interface Step {
  key: string;
  type: WorkTypeKey;
  from: StatusKey;
  to: StatusKey;
  fields: FieldValues;
  /** By name, once known. */
  coordinator?: string | undefined;
  /** Moments in words, in the time zone of the site's calendar. */
  until?: string | undefined;
  /** After this day silence counts as a yes. */
  silentFrom?: string | undefined;
}

const HANDLERS: readonly Recipient[] = ['coordinator', 'assignee'];
/** As much of what somebody wrote as a notice repeats. */
const QUOTED = 280;

const quote = (fields: FieldValues, key: Parameters<typeof words>[1]): string => {
  const text = words(fields, key);
  return text.length <= QUOTED ? text : `${text.slice(0, QUOTED - 1).trimEnd()}…`;
};
const said = (before: string, text: string, otherwise = ''): string => (text === '' ? otherwise : `${before} ${text}`);

const ended = ({ key, fields }: Step): string => {
  const as = words(fields, 'reclassifyAs');
  const why = quote(fields, 'reasonText');
  return as === '' ? `${key} ends without delivery. ${why}`.trim() : `${key} goes on as a ${as}, with its data and report time. ${why}`.trim();
};

const isOpen = (status: StatusKey): boolean => STATUSES[status].category !== 'DONE';

/** Steps that may concern somebody, or after which something comes by itself: only they cost a reading. */
export const concerns = (from: StatusKey, to: StatusKey): boolean =>
  to === 'cancelled' ||
  to === 'waiting' ||
  (to === 'fulfilled' && from !== 'reviewing') ||
  (from !== 'waiting' && (to === 'reviewing' || from === 'registered' || from === 'reviewing' || from === 'fulfilled' || from === 'analysing'));

/** What a step is told about; undefined: nobody has to know. Waiting in between is no step of its own, so Resume tells nothing. */
export function noticeOf(step: Step): Notice | undefined {
  const { key, type, from, to, fields, coordinator, until, silentFrom } = step;
  if (to === 'cancelled') return { kind: 'ended', to: ['asker', ...HANDLERS], text: ended(step) };
  if (to === 'waiting') {
    if (words(fields, 'waitingFor') !== 'Customer') return undefined;
    return {
      kind: 'waiting',
      to: ['asker'],
      text: `${key} waits for your answer${until === undefined ? '' : ` until ${until}`}. Write it here as a comment; then it goes on.`,
    };
  }
  if (from === 'waiting') return undefined;
  if (from === 'registered' && to === 'accepted') {
    return {
      kind: 'accepted',
      to: ['asker'],
      text: `${key} is accepted.${coordinator === undefined ? '' : ` ${coordinator} coordinates it until it is closed.`}`,
    };
  }
  if (to === 'reviewing') {
    const silence = silentFrom === undefined ? '' : ` Without an answer it counts as confirmed from ${silentFrom}.`;
    return {
      kind: 'delivered',
      to: ['asker'],
      text: `${key} is delivered.${said('', quote(fields, 'result'))} Is it right? Choose Confirm, or Rework with what has to be different.${silence}`,
    };
  }
  if (from === 'reviewing' && isOpen(to)) {
    return { kind: 'sentBack', to: HANDLERS, text: `${key} is not right yet.${said('', quote(fields, 'difference'))}` };
  }
  if (from === 'fulfilled' && isOpen(to)) return { kind: 'reopened', to: HANDLERS, text: `${key} is open again, in ${STATUSES[to].name}.` };
  if (type === 'preventiveAction' && from === 'analysing' && to === 'preparing') {
    return { kind: 'causeKnown', to: ['incidentOwners'], text: `${workType(type).name} ${key} knows the cause.${said('', quote(fields, 'cause'))}` };
  }
  return undefined;
}

/** What stays true however late it is told; anything else is told only while the work item still stands there. */
export const outlastsItsStatus = (kind: NoticeKind): boolean => kind !== 'waiting' && kind !== 'delivered';

/** The notices that no change of status tells by itself. */
export const NOTICE_TEXTS = {
  woken: (key: string, status: StatusKey) => `The date ${key} waited for has come, so it goes on in ${STATUSES[status].name}.`,
  silent: (key: string, days: number, until: string | undefined) =>
    `Nobody answered within ${String(days)} working ${days === 1 ? 'day' : 'days'}, so ${key} counts as confirmed.${
      until === undefined ? '' : ` If it is not right, reopen it until ${until}.`
    }`,
  failed: (keys: string, status: StatusKey) =>
    `${keys} ended without delivery, so this work item is back in ${STATUSES[status].name}. Decide how it goes on.`,
  atRisk: (key: string, what: 'answer' | 'result', due: string | undefined) =>
    `The promise of ${key} is at risk: the ${what} is due${due === undefined ? ' soon' : ` ${due}`}. Go on with it, or tell whoever asked.`,
  late: (key: string, what: 'answer' | 'result', due: string | undefined) =>
    `${key} is late: the ${what} was due${due === undefined ? '' : ` ${due}`}. Tell whoever asked when it comes.`,
  disputed: (key: string) => `The answer of ${key} is disputed. How it goes on is decided by the process manager now.`,
} as const;
