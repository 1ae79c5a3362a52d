/** The method's tables (4.1, 4.2, 4.3, 4.5) as they stand there, by the names people read. */

/** In the order of 4.1. */
export const STATUSES = [
  'Registered',
  'Accepted',
  'Specifying',
  'Analysing',
  'Negotiating',
  'Planning',
  'Preparing',
  'Testing',
  'Realising',
  'Waiting',
  'Reviewing',
  'Fulfilled',
  'Closed',
  'Cancelled',
] as const;
export type Status = (typeof STATUSES)[number];

export const TYPES = [
  'Wish',
  'Request for Change',
  'Incident',
  'Service Request',
  'Complaint',
  'Improvement',
  'Preventive Action',
  'Optimization',
] as const;
export type Type = (typeof TYPES)[number];

export const IMPROVE: readonly Type[] = ['Improvement', 'Preventive Action', 'Optimization'];
export const isImprove = (type: Type): boolean => IMPROVE.includes(type);

/** Which status appears where (4.1): what a type has beside Registered, Accepted, Realising, Waiting, Reviewing, Fulfilled, Closed and Cancelled. */
const CORE: Record<Type, readonly Status[]> = {
  Wish: ['Specifying', 'Negotiating'],
  'Request for Change': ['Planning', 'Preparing', 'Testing'],
  Incident: ['Analysing', 'Preparing'],
  'Service Request': ['Planning'],
  Complaint: ['Analysing', 'Negotiating'],
  Improvement: ['Analysing', 'Preparing'],
  'Preventive Action': ['Analysing', 'Preparing'],
  Optimization: ['Analysing', 'Preparing'],
};

const EVERYWHERE: readonly Status[] = ['Registered', 'Accepted', 'Realising', 'Waiting', 'Reviewing', 'Fulfilled', 'Closed', 'Cancelled'];
export const statusesOf = (type: Type): Status[] => STATUSES.filter((one) => EVERYWHERE.includes(one) || CORE[type].includes(one));

/** From `first` to `last` in the order of 4.1, those this type has; Waiting is none of a way. */
const between = (type: Type, first: Status, last: Status): Status[] =>
  statusesOf(type).filter(
    (one) => one !== 'Waiting' && STATUSES.indexOf(one) >= STATUSES.indexOf(first) && STATUSES.indexOf(one) <= STATUSES.indexOf(last),
  );

/** Actors of 4.2. `asked`: whoever asked for it and nobody else. */
export type Actor = 'REQ' | 'asked' | 'SM' | 'CO' | 'PM' | 'OP' | 'approver' | 'acceptor' | 'APP';

export type Resolution = 'Delivered' | 'Answered' | 'Risk accepted' | 'Declined' | 'Withdrawn' | 'Not agreed' | 'Reclassified';

export interface Transition {
  name: string;
  from: readonly Status[];
  to: Status;
  who: readonly Actor[];
  rules: readonly string[];
  /** Set on arrival; null: cleared. */
  resolution?: Resolution | null;
  /** The fork of the method: the prepared hand-offs are realised. */
  fork?: true;
  /** Only for what is paused from there: one Resume a possible origin. */
  origin?: Status;
}

type Row = [name: string, from: readonly Status[], to: Status, who: string, rules: string, more?: Pick<Transition, 'resolution' | 'fork' | 'origin'>];

const words = (text: string): string[] => text.split(' ').filter((one) => one !== '');
const toTransition = ([name, from, to, who, rules, more]: Row): Transition => ({
  name,
  from,
  to,
  who: words(who) as Actor[],
  rules: words(rules),
  ...more,
});

const ACCEPT: Partial<Record<Type, string>> = {
  'Request for Change': 'V07 V08',
  Incident: 'V49',
  'Service Request': 'V05 V06 V38',
  Complaint: 'V27 V39 V40',
  Improvement: 'V53',
  'Preventive Action': 'V53',
  Optimization: 'V53',
};

const CONFIRM: Partial<Record<Type, string>> = {
  Wish: 'V45',
  'Request for Change': 'V12 V30',
  Incident: 'V36',
  Improvement: 'V42',
  'Preventive Action': 'V42 V54',
  Optimization: 'V42',
};

/** Where Rework leads (the end of each table in 4.3; of a change it is silent: where its work failed leads, decision 0013). The first is the usual one. */
const REWORK: Record<Type, readonly Status[]> = {
  Wish: ['Realising', 'Specifying'],
  'Request for Change': ['Preparing'],
  Incident: ['Analysing'],
  'Service Request': ['Realising'],
  Complaint: ['Negotiating'],
  Improvement: ['Preparing'],
  'Preventive Action': ['Preparing'],
  Optimization: ['Preparing'],
};

/** T10. */
const REOPEN: Partial<Record<Type, readonly Status[]>> = { Incident: ['Realising', 'Analysing'], 'Service Request': ['Realising', 'Planning'] };

/** Back to parent when a child is Cancelled (4.5); a Service Request hands nothing over. */
const FAILED: Record<Type, Status> = {
  Wish: 'Negotiating',
  'Request for Change': 'Preparing',
  Incident: 'Analysing',
  'Service Request': 'Planning',
  Complaint: 'Negotiating',
  Improvement: 'Preparing',
  'Preventive Action': 'Preparing',
  Optimization: 'Preparing',
};

const REGISTERED: readonly Status[] = ['Registered'];

/** 4.2. T8 is carried twice (decision 0001). */
function common(type: Type): Row[] {
  const early = between(type, 'Registered', 'Accepted');
  const later = between(type, 'Specifying', 'Preparing');
  const open = between(type, 'Registered', 'Realising');
  const pausable = between(type, 'Accepted', 'Reviewing');
  const reviewing: readonly Status[] = ['Reviewing'];
  const confirmed = { resolution: type === 'Complaint' ? 'Answered' : 'Delivered' } as const;
  const confirm = `V09 V11 ${CONFIRM[type] ?? ''}`;
  const way = (name: string, to: Status, usual: Status | undefined): string => (to === usual ? name : `${name} to ${to}`);
  const reopen = REOPEN[type] ?? ['Realising'];
  return [
    ['Accept', REGISTERED, 'Accepted', 'CO', `V01 V02 V03 ${ACCEPT[type] ?? ''}`],
    ['Reclassify', early, 'Cancelled', 'CO', 'V29', { resolution: 'Reclassified' }],
    ['Decline', early, 'Cancelled', 'CO', 'V15 V34', { resolution: 'Declined' }],
    ['Decline', later, 'Cancelled', 'PM', 'V15 V34', { resolution: 'Declined' }],
    ['Withdraw', [...open, 'Waiting'], 'Cancelled', 'REQ CO', 'V15 V34', { resolution: 'Withdrawn' }],
    ['Pause', pausable, 'Waiting', 'CO OP', 'V16'],
    ...pausable.map((origin): Row => [`Resume to ${origin}`, ['Waiting'], origin, 'CO OP REQ APP', '', { origin }]),
    ...REWORK[type].map((to): Row => [way('Rework', to, REWORK[type][0]), reviewing, to, 'REQ CO', 'V44']),
    ['Confirm', reviewing, 'Fulfilled', 'asked', confirm, confirmed],
    ['Confirm for the requester', reviewing, 'Fulfilled', 'CO APP', confirm, confirmed],
    ['Close', ['Fulfilled'], 'Closed', 'CO APP', 'V14'],
    ...reopen.map((to): Row => [way('Reopen', to, reopen[0]), ['Fulfilled'], to, 'REQ CO', 'V33', { resolution: null }]),
    ['Work returned', ['Realising'], 'Reviewing', 'APP CO', 'V09 V10'],
    ['Work failed', ['Realising'], FAILED[type], 'APP', ''],
  ];
}

const improve = (type: Type): Row[] => [
  ['Find cause', ['Accepted'], 'Analysing', 'CO', 'V04'],
  ['Cause known', ['Analysing'], 'Preparing', 'OP CO', type === 'Optimization' ? 'V24 V43' : 'V24'],
  ['Deploy measure', ['Preparing'], 'Realising', 'CO PM', 'V25 V32 V10', { fork: true }],
  ['Accept risk', ['Preparing', 'Accepted'], 'Fulfilled', 'CO PM', 'V09 V26', { resolution: 'Risk accepted' }],
];

/** 4.3. */
const SPECIFIC: Record<Type, Row[]> = {
  Wish: [
    ['Specify', ['Accepted'], 'Specifying', 'CO', 'V04'],
    ['Draft offer', ['Specifying'], 'Negotiating', 'CO SM', 'V17 V35 V18'],
    ['Revise offer', ['Negotiating'], 'Specifying', 'SM', 'V44'],
    ['Agree', ['Negotiating'], 'Realising', 'SM', 'V10 V18 V19', { fork: true }],
    ['No agreement', ['Negotiating'], 'Cancelled', 'SM', 'V15 V34', { resolution: 'Not agreed' }],
  ],
  'Request for Change': [
    ['Plan', ['Accepted'], 'Planning', 'CO', 'V04 V46'],
    ['Start standard change', ['Accepted'], 'Preparing', 'CO', 'V04 V47'],
    ['Agree plan', ['Planning'], 'Preparing', 'approver', 'V20 V21 V48'],
    ['Offer for test', ['Preparing'], 'Testing', 'OP', 'V22'],
    ['Test failed', ['Testing'], 'Preparing', 'OP CO', 'V44'],
    ['Release', ['Testing'], 'Realising', 'acceptor', 'V10 V13 V23 V20', { fork: true }],
    ['Roll back', ['Realising'], 'Preparing', 'CO', 'V34 V44'],
  ],
  Incident: [
    ['Analyse', ['Accepted'], 'Analysing', 'CO', 'V04'],
    ['Fix on the spot', ['Accepted', 'Analysing'], 'Reviewing', 'OP', 'V04 V06 V50'],
    ['Solution found', ['Analysing'], 'Preparing', 'OP', 'V51'],
    ['Recover', ['Preparing'], 'Realising', 'CO OP', 'V10 V52', { fork: true }],
  ],
  'Service Request': [
    ['Plan', ['Accepted'], 'Planning', 'CO', 'V04'],
    ['Start now', ['Accepted'], 'Realising', 'CO OP APP', 'V04 V37'],
    ['Start', ['Planning'], 'Realising', 'OP', 'V37'],
    ['Deliver', ['Realising'], 'Reviewing', 'OP', 'V50 V09'],
  ],
  Complaint: [
    ['Investigate', ['Accepted'], 'Analysing', 'CO', 'V04'],
    ['Draft answer', ['Analysing'], 'Negotiating', 'CO SM', 'V41'],
    ['Back to investigation', ['Negotiating'], 'Analysing', 'CO', 'V44'],
    ['Agree remedy', ['Negotiating'], 'Realising', 'SM', 'V19 V10', { fork: true }],
    ['Answer only', ['Negotiating'], 'Reviewing', 'SM', 'V28'],
    ['Escalate dispute', ['Negotiating'], 'Negotiating', 'REQ CO', ''],
  ],
  Improvement: improve('Improvement'),
  'Preventive Action': improve('Preventive Action'),
  Optimization: improve('Optimization'),
};

export const WORKFLOWS = Object.fromEntries(TYPES.map((type) => [type, [...common(type), ...SPECIFIC[type]].map(toTransition)])) as unknown as Record<
  Type,
  readonly Transition[]
>;

/** The hand-off matrix (4.5): what may be asked for, and whether the asking work item waits for it. What is not in it is forbidden. */
const HANDS_OVER: Partial<Record<Type, { blocking: readonly Type[]; besides?: readonly Type[] }>> = {
  Wish: { blocking: ['Request for Change'] },
  'Request for Change': { blocking: ['Service Request'] },
  Incident: { blocking: ['Request for Change', 'Service Request'] },
  Complaint: { blocking: ['Wish', 'Service Request'], besides: IMPROVE },
  Improvement: { blocking: ['Wish', 'Request for Change', 'Service Request'] },
  'Preventive Action': { blocking: ['Wish', 'Request for Change', 'Service Request'] },
  Optimization: { blocking: ['Wish', 'Request for Change', 'Service Request'] },
};

export const blockingFrom = (from: Type): readonly Type[] => HANDS_OVER[from]?.blocking ?? [];
export const besidesFrom = (from: Type): readonly Type[] => HANDS_OVER[from]?.besides ?? [];

export const ended = (status: Status): boolean => status === 'Fulfilled' || status === 'Closed' || status === 'Cancelled';
