/** Every transition of the eight workflows (4.2, 4.3), declared once. Workflows, screens, gates, panels and conformance are derived from here. */
import type { ActorKey } from './profiles';
import type { FieldKey } from './fields';
import type { RuleId } from './rule-ids';
import { type ResolutionKey, STATUS_KEYS, STATUSES, type StatusKey } from './statuses';
import { isImprove, WORK_TYPE_KEYS, workType, type WorkTypeKey } from './work-types';

export interface Transition {
  /** Unique within its workflow. */
  key: string;
  /** The method's own id where it has one: T1 ... T12. */
  ref?: string;
  /** Jira's transition id: chosen here, kept for ever. */
  id: number;
  name: string;
  from: readonly StatusKey[];
  to: StatusKey;
  who: readonly ActorKey[];
  rules: readonly RuleId[];
  /** Of these: told here and never refused. */
  warns?: readonly RuleId[];
  /** What the person is asked on the way. Without it the transition has no screen, so that Jira's bulk change offers it. */
  screen?: readonly FieldKey[];
  /** Resolution set on arrival, or cleared. */
  resolution?: ResolutionKey | 'clear';
  /** Fields emptied by the step, so that the next time they are asked nothing old answers. */
  clears?: readonly FieldKey[];
  /** What the app does after the step, besides writing it into the ledger. */
  after: readonly Effect[];
  /** onward: the way to fulfilment. auto: the app takes it. back, pause, resume, end: ways beside it. */
  kind: 'onward' | 'auto' | 'back' | 'pause' | 'resume' | 'end';
  /** Where the work is handed over (the fork of the method). */
  forks?: true;
}

/**
 * accept: inherit, fill Coordinator, Asked by, Report time and Priority. reclassify: create the work item it really is. fork: make the children asked for.
 * settle: see whether what was handed over has come back. wake: tell the parent that this child ended. operateHere: note that no hand-over was needed.
 * approve: where nobody is named to approve, whoever took the step has approved. dispute: whoever answers for the process decides from now on.
 * agreement: what is drafted for a Wish goes along: offered, revised, agreed, in force, or ended. template: the plan of the standard fills what nobody has
 * written.
 */
export type Effect = 'accept' | 'reclassify' | 'fork' | 'settle' | 'wake' | 'operateHere' | 'approve' | 'dispute' | 'agreement' | 'template';

/** What a person gives when work is handed over by the native screen instead of the dialog. */
export const HAND_OVER_FIELDS = ['handOverTo', 'solutionTeam', 'whatIsAsked', 'readyBy'] as const satisfies readonly FieldKey[];

const REASON = ['reason', 'reasonText'] as const;
const DIFFERENCE = ['difference'] as const;
const WAITING = ['waitingFor', 'waitingUntil'] as const;
/** A confirmation belongs to one delivery: what is sent back or opened again is confirmed anew. */
const CONFIRMATION = ['confirmedHow', 'confirmedAt', 'confirmedWords'] as const;

/** Ids of the twelve common transitions leave room below 200; those of one work type begin at 200, Resume at 600. */
const RESUME_BASE = 600;

const before = (path: readonly StatusKey[], status: StatusKey): StatusKey[] => path.slice(0, path.indexOf(status));

const ACCEPT_RULES: Record<WorkTypeKey, readonly RuleId[]> = {
  wish: [],
  rfc: ['V07', 'V08'],
  incident: ['V49'],
  serviceRequest: ['V05', 'V06', 'V38'],
  complaint: ['V27', 'V39', 'V40'],
  improvement: ['V53'],
  preventiveAction: ['V53'],
  optimization: ['V53'],
};

const CONFIRM_RULES: Record<WorkTypeKey, readonly RuleId[]> = {
  wish: ['V45'],
  rfc: ['V12', 'V30'],
  incident: ['V36'],
  serviceRequest: [],
  complaint: [],
  improvement: ['V42'],
  preventiveAction: ['V42', 'V54'],
  optimization: ['V42'],
};

/** The agreement that a Wish brings about ends, or comes into force, with the Wish. */
const ending = (type: WorkTypeKey): Effect[] => (type === 'wish' ? ['wake', 'agreement'] : ['wake']);
/** What was offered is drafted anew where it has to be specified anew. */
const goingBack = (type: WorkTypeKey, target: StatusKey): Effect[] => (type === 'wish' && target === 'specifying' ? ['agreement'] : []);

const toward = (name: string, targets: readonly StatusKey[], target: StatusKey): string =>
  target === targets[0] ? name : `${name} to ${STATUSES[target].name}`;

function common(type: WorkTypeKey): Transition[] {
  const { path, reworkTo, reopenTo, failTo } = workType(type);
  const beforeReview = before(path, 'reviewing');
  const pausable = [...beforeReview.filter((status) => status !== 'registered'), 'reviewing'] as const;
  const core = beforeReview.filter((status) => status !== 'registered' && status !== 'accepted' && status !== 'realising');
  const confirm = {
    ref: 'T8',
    from: ['reviewing'],
    to: 'fulfilled',
    resolution: type === 'complaint' ? 'answered' : 'delivered',
    rules: ['V09', 'V11', ...CONFIRM_RULES[type]],
    after: ending(type),
    kind: 'onward',
  } as const;
  return [
    {
      key: 'accept',
      ref: 'T1',
      id: 10,
      name: 'Accept',
      from: ['registered'],
      to: 'accepted',
      who: type === 'serviceRequest' ? ['coordinator', 'app'] : ['coordinator'],
      rules: ['V01', 'V02', 'V03', ...ACCEPT_RULES[type]],
      after: ['accept'],
      kind: 'onward',
    },
    {
      key: 'reclassify',
      ref: 'T2',
      id: 20,
      name: 'Reclassify',
      from: ['registered', 'accepted'],
      to: 'cancelled',
      who: ['coordinator'],
      rules: ['V29'],
      screen: ['reclassifyAs', 'reasonText'],
      resolution: 'reclassified',
      after: ['reclassify', ...ending(type)],
      kind: 'end',
    },
    {
      key: 'decline',
      ref: 'T3',
      id: 30,
      name: 'Decline',
      from: ['registered', 'accepted'],
      to: 'cancelled',
      who: ['coordinator'],
      rules: ['V15', 'V34'],
      screen: REASON,
      resolution: 'declined',
      after: ending(type),
      kind: 'end',
    },
    {
      key: 'declineLater',
      ref: 'T3',
      id: 31,
      name: 'Decline',
      from: core.filter((status) => status !== 'testing'),
      to: 'cancelled',
      who: ['processManager'],
      rules: ['V15', 'V34'],
      screen: REASON,
      resolution: 'declined',
      after: ending(type),
      kind: 'end',
    },
    {
      key: 'withdraw',
      ref: 'T4',
      id: 40,
      name: 'Withdraw',
      from: [...beforeReview, 'waiting'],
      to: 'cancelled',
      who: ['requester', 'coordinator', 'app'],
      rules: ['V15', 'V34'],
      screen: REASON,
      resolution: 'withdrawn',
      after: ending(type),
      kind: 'end',
    },
    {
      key: 'pause',
      ref: 'T5',
      id: 50,
      name: 'Pause',
      from: pausable,
      to: 'waiting',
      who: ['coordinator', 'operator'],
      rules: ['V16'],
      screen: WAITING,
      after: [],
      kind: 'pause',
    },
    ...pausable.map((origin): Transition => ({
      key: `resume.${origin}`,
      ref: 'T6',
      id: RESUME_BASE + STATUS_KEYS.indexOf(origin),
      name: `Resume to ${STATUSES[origin].name}`,
      from: ['waiting'],
      to: origin,
      who: ['coordinator', 'operator', 'requester', 'app'],
      rules: [],
      clears: WAITING,
      after: origin === 'realising' ? ['settle'] : [],
      kind: 'resume',
    })),
    ...reworkTo.map((target, index): Transition => ({
      key: index === 0 ? 'rework' : `rework.${target}`,
      ref: 'T7',
      id: 70 + index,
      name: toward('Rework', reworkTo, target),
      from: ['reviewing'],
      to: target,
      who: ['requester', 'coordinator'],
      rules: ['V44'],
      screen: DIFFERENCE,
      clears: CONFIRMATION,
      after: goingBack(type, target),
      kind: 'back',
    })),
    { ...confirm, key: 'confirm', id: 80, name: 'Confirm', who: ['askedBy'] },
    { ...confirm, key: 'confirmFor', id: 81, name: 'Confirm for the requester', who: ['coordinator', 'app'] },
    {
      key: 'close',
      ref: 'T9',
      id: 90,
      name: 'Close',
      from: ['fulfilled'],
      to: 'closed',
      who: ['coordinator', 'app'],
      rules: ['V14'],
      after: [],
      kind: 'onward',
    },
    ...reopenTo.map((target, index): Transition => ({
      key: index === 0 ? 'reopen' : `reopen.${target}`,
      ref: 'T10',
      id: 100 + index,
      name: toward('Reopen', reopenTo, target),
      from: ['fulfilled'],
      to: target,
      who: ['requester', 'coordinator'],
      rules: ['V33'],
      resolution: 'clear',
      clears: CONFIRMATION,
      after: goingBack(type, target),
      kind: 'back',
    })),
    {
      key: 'workReturned',
      ref: 'T11',
      id: 110,
      name: 'Work returned',
      from: ['realising'],
      to: 'reviewing',
      who: ['app', 'coordinator'],
      rules: ['V09', 'V10'],
      after: [],
      kind: 'auto',
    },
    {
      key: 'workFailed',
      ref: 'T12',
      id: 120,
      name: 'Work failed',
      from: ['realising'],
      to: failTo,
      who: ['app'],
      rules: [],
      after: [],
      kind: 'auto',
    },
  ];
}

type Draft = Omit<Transition, 'after' | 'kind' | 'id'> & Partial<Pick<Transition, 'after' | 'kind'>>;

/** Transitions of one work type, numbered from 200 in steps of ten in the order written here. */
const specific = (drafts: Draft[]): Transition[] =>
  drafts.map((draft, index) => ({ after: draft.forks ? ['fork', 'settle'] : [], kind: 'onward', ...draft, id: 200 + index * 10 }));

const IMPROVE_TRANSITIONS = (type: WorkTypeKey): Draft[] => [
  { key: 'findCause', name: 'Find cause', from: ['accepted'], to: 'analysing', who: ['coordinator'], rules: ['V04'] },
  {
    key: 'causeKnown',
    name: 'Cause known',
    from: ['analysing'],
    to: 'preparing',
    who: ['operator', 'coordinator'],
    rules: type === 'optimization' ? ['V24', 'V43'] : ['V24'],
    screen: type === 'optimization' ? ['cause', 'causeCategory', 'baseline', 'target', 'unit'] : ['cause', 'causeCategory'],
  },
  {
    key: 'deployMeasure',
    name: 'Deploy measure',
    from: ['preparing'],
    to: 'realising',
    who: ['coordinator', 'processManager'],
    rules: ['V25', 'V32', 'V10'],
    screen: HAND_OVER_FIELDS,
    forks: true,
  },
  {
    key: 'acceptRisk',
    name: 'Accept risk',
    from: ['preparing', 'accepted'],
    to: 'fulfilled',
    who: ['processManager', 'coordinator'],
    rules: ['V09', 'V26'],
    screen: ['reasonText', 'reviewDate'],
    resolution: 'riskAccepted',
    after: ['wake'],
    kind: 'end',
  },
];

const SPECIFIC: Record<Exclude<WorkTypeKey, 'improvement' | 'preventiveAction' | 'optimization'>, Draft[]> = {
  wish: [
    { key: 'specify', name: 'Specify', from: ['accepted'], to: 'specifying', who: ['coordinator'], rules: ['V04'] },
    {
      key: 'draftOffer',
      name: 'Draft offer',
      from: ['specifying'],
      to: 'negotiating',
      who: ['coordinator', 'serviceManager'],
      rules: ['V17', 'V35', 'V18'],
      warns: ['V18'],
      after: ['agreement'],
    },
    {
      key: 'reviseOffer',
      name: 'Revise offer',
      from: ['negotiating'],
      to: 'specifying',
      who: ['serviceManager'],
      rules: ['V44'],
      screen: DIFFERENCE,
      after: ['agreement'],
      kind: 'back',
    },
    {
      key: 'agree',
      name: 'Agree',
      from: ['negotiating'],
      to: 'realising',
      who: ['serviceManager'],
      rules: ['V10', 'V18', 'V19'],
      screen: HAND_OVER_FIELDS,
      forks: true,
      after: ['fork', 'settle', 'agreement'],
    },
    {
      key: 'noAgreement',
      name: 'No agreement',
      from: ['negotiating'],
      to: 'cancelled',
      who: ['serviceManager'],
      rules: ['V15', 'V34'],
      screen: REASON,
      resolution: 'notAgreed',
      after: ['wake', 'agreement'],
      kind: 'end',
    },
  ],
  rfc: [
    { key: 'plan', name: 'Plan', from: ['accepted'], to: 'planning', who: ['coordinator'], rules: ['V04', 'V46'] },
    {
      key: 'startStandardChange',
      name: 'Start standard change',
      from: ['accepted'],
      to: 'preparing',
      who: ['coordinator'],
      rules: ['V04', 'V47'],
      after: ['template'],
    },
    {
      key: 'agreePlan',
      name: 'Agree plan',
      from: ['planning'],
      to: 'preparing',
      who: ['approver'],
      rules: ['V20', 'V21', 'V48'],
      after: ['approve'],
    },
    {
      key: 'offerForTest',
      name: 'Offer for test',
      from: ['preparing'],
      to: 'testing',
      who: ['operator'],
      rules: ['V22'],
      clears: ['testResult', 'testReason'],
    },
    {
      key: 'testFailed',
      name: 'Test failed',
      from: ['testing'],
      to: 'preparing',
      who: ['operator', 'coordinator'],
      rules: ['V44'],
      screen: DIFFERENCE,
      kind: 'back',
    },
    {
      key: 'release',
      name: 'Release',
      from: ['testing'],
      to: 'realising',
      who: ['acceptor'],
      rules: ['V10', 'V13', 'V23', 'V20'],
      forks: true,
    },
    {
      key: 'rollBack',
      name: 'Roll back',
      from: ['realising'],
      to: 'preparing',
      who: ['coordinator'],
      rules: ['V34', 'V44'],
      screen: DIFFERENCE,
      kind: 'back',
    },
  ],
  incident: [
    { key: 'analyse', name: 'Analyse', from: ['accepted'], to: 'analysing', who: ['coordinator'], rules: ['V04'] },
    {
      key: 'fixOnTheSpot',
      name: 'Fix on the spot',
      from: ['accepted', 'analysing'],
      to: 'reviewing',
      // The app only for what is grouped under a work item that was confirmed.
      who: ['operator', 'app'],
      rules: ['V04', 'V06', 'V50'],
      screen: ['result'],
      after: ['operateHere'],
    },
    {
      key: 'solutionFound',
      name: 'Solution found',
      from: ['analysing'],
      to: 'preparing',
      who: ['operator'],
      rules: ['V51'],
      screen: ['solution', 'recoveryRoute', 'workaround'],
    },
    {
      key: 'recover',
      name: 'Recover',
      from: ['preparing'],
      to: 'realising',
      who: ['coordinator', 'operator'],
      rules: ['V10', 'V52'],
      screen: HAND_OVER_FIELDS,
      forks: true,
    },
  ],
  serviceRequest: [
    { key: 'plan', name: 'Plan', from: ['accepted'], to: 'planning', who: ['coordinator'], rules: ['V04'] },
    { key: 'startNow', name: 'Start now', from: ['accepted'], to: 'realising', who: ['coordinator', 'operator', 'app'], rules: ['V04', 'V37'] },
    { key: 'start', name: 'Start', from: ['planning'], to: 'realising', who: ['operator'], rules: ['V37'] },
    { key: 'deliver', name: 'Deliver', from: ['realising'], to: 'reviewing', who: ['operator'], rules: ['V50', 'V09'] },
  ],
  complaint: [
    { key: 'investigate', name: 'Investigate', from: ['accepted'], to: 'analysing', who: ['coordinator'], rules: ['V04'] },
    {
      key: 'draftAnswer',
      name: 'Draft answer',
      from: ['analysing'],
      to: 'negotiating',
      who: ['coordinator', 'serviceManager'],
      rules: ['V41'],
      screen: ['finding', 'findingText'],
    },
    {
      key: 'backToInvestigation',
      name: 'Back to investigation',
      from: ['negotiating'],
      to: 'analysing',
      who: ['coordinator'],
      rules: ['V44'],
      screen: DIFFERENCE,
      kind: 'back',
    },
    {
      key: 'agreeRemedy',
      name: 'Agree remedy',
      from: ['negotiating'],
      to: 'realising',
      who: ['serviceManager'],
      rules: ['V19', 'V10'],
      screen: HAND_OVER_FIELDS,
      forks: true,
    },
    {
      key: 'answerOnly',
      name: 'Answer only',
      from: ['negotiating'],
      to: 'reviewing',
      who: ['serviceManager'],
      rules: ['V28'],
      screen: ['answer'],
    },
    {
      key: 'escalateDispute',
      name: 'Escalate dispute',
      from: ['negotiating'],
      to: 'negotiating',
      who: ['requester', 'coordinator'],
      rules: [],
      after: ['dispute'],
      kind: 'back',
    },
  ],
};

export interface Workflow {
  type: WorkTypeKey;
  name: string;
  statuses: readonly StatusKey[];
  transitions: readonly Transition[];
}

function build(type: WorkTypeKey): Workflow {
  const drafts = isImprove(type) ? IMPROVE_TRANSITIONS(type) : SPECIFIC[type as keyof typeof SPECIFIC];
  return {
    type,
    name: `USM ${workType(type).name}`,
    statuses: STATUS_KEYS.filter((status) => status === 'waiting' || status === 'cancelled' || workType(type).path.includes(status)),
    transitions: [...common(type), ...specific(drafts)],
  };
}

export const WORKFLOWS = Object.fromEntries(WORK_TYPE_KEYS.map((type) => [type, build(type)])) as Record<WorkTypeKey, Workflow>;

export function transitionOf(type: WorkTypeKey, key: string): Transition {
  const found = WORKFLOWS[type].transitions.find((one) => one.key === key);
  if (!found) throw new Error(`${WORKFLOWS[type].name} has no transition ${key}`);
  return found;
}

export const transitionsFrom = (type: WorkTypeKey, status: StatusKey): Transition[] =>
  WORKFLOWS[type].transitions.filter((one) => one.from.includes(status));

/** Ways out stay open when the rules of a step cannot be judged: an outage never traps a work item. Reclassify leads on, so it is none. */
export const isWayOut = ({ kind, to, after }: Pick<Transition, 'kind' | 'to' | 'after'>): boolean =>
  kind === 'end' && to === 'cancelled' && !after.includes('reclassify');

/** Whether the app does something at once after the step that leads from here to there. */
export const hasEffect = (type: WorkTypeKey, from: StatusKey, to: StatusKey): boolean =>
  WORKFLOWS[type].transitions.some((one) => one.after.length > 0 && one.to === to && one.from.includes(from));

/** Where the work type hands over, if it does. */
export const forkOf = (type: WorkTypeKey): Transition | undefined => WORKFLOWS[type].transitions.find((one) => one.forks);
