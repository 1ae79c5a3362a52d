/** Which fields answer a rule, and the button that asks for them. Rules that only hand-overs, links, people or registers answer have none. */
import { EVALUATION, field, type FieldKey } from './fields';
import type { RuleId } from './rule-ids';
import type { Transition } from './transitions';
import type { WorkTypeKey } from './work-types';

interface Remedy {
  /** Verb and object. */
  button: string;
  asks: readonly FieldKey[];
  /** Of `asks`: needed in some cases only, so that the rule itself tells. */
  perhaps?: readonly FieldKey[];
  /** Answered in the dialog of the step itself and nowhere else. */
  inStep?: true;
  /** Somebody has to be named as well. */
  assignee?: true;
}

const PLAN = ['plan', 'windowStart', 'windowEnd', 'impact', 'backOut', 'solutionTeam'] as const satisfies readonly FieldKey[];
const TESTED = ['testResult', 'testReason'] as const satisfies readonly FieldKey[];

const REMEDIES: Readonly<Partial<Record<RuleId, Remedy>>> = {
  V01: { button: 'Name who asks', asks: ['requester', 'customer'], perhaps: ['customer'] },
  V02: { button: 'Choose the service', asks: ['service'] },
  V03: { button: 'Set customer and service', asks: ['customer', 'service'] },
  V04: { button: 'Set category and priority', asks: ['category', 'impact', 'urgency', 'effect', 'likelihood'] },
  V05: { button: 'Choose what it is', asks: ['catalogItem'] },
  V07: { button: 'Name the items', asks: ['itemsToChange', 'itemsToAdd'], perhaps: ['itemsToChange', 'itemsToAdd'] },
  V08: { button: 'Choose what it is', asks: ['catalogItem'] },
  V11: { button: 'Record confirmation', asks: ['confirmedHow', 'confirmedAt', 'confirmedWords'], inStep: true },
  V12: { button: 'Record the register update', asks: ['registerUpdate', 'registerReason'], perhaps: ['registerReason'] },
  V14: { button: 'Evaluate', asks: ['evaluation', 'evaluationText'], perhaps: ['evaluationText'], inStep: true },
  V20: { button: 'Complete the plan', asks: PLAN, perhaps: ['solutionTeam'] },
  V21: { button: 'Move the window', asks: ['windowStart', 'windowEnd'] },
  V22: { button: 'Write the plans', asks: ['testPlan', 'deploymentPlan'] },
  V23: { button: 'Record the test result', asks: TESTED, perhaps: ['testReason'] },
  V24: { button: 'Describe the cause', asks: ['cause', 'causeCategory'] },
  V25: { button: 'Choose the measure', asks: ['measure', 'businessCase', 'residualEffect', 'residualLikelihood'] },
  V27: { button: 'Say when it happened', asks: ['timing'] },
  V28: { button: 'Write the answer', asks: ['answer'] },
  V30: {
    button: 'Complete the emergency',
    asks: [...PLAN, 'testPlan', 'deploymentPlan', ...TESTED],
    perhaps: ['solutionTeam', 'testReason'],
  },
  V35: { button: 'Name the team', asks: ['solutionTeam'] },
  V36: { button: 'Say why not', asks: ['whyNoPrevention'] },
  V37: { button: 'Set who and when', asks: ['plannedDate'], assignee: true },
  V40: { button: 'Choose the service', asks: ['service'] },
  V41: { button: 'Record the finding', asks: ['finding', 'findingText'] },
  V42: { button: 'Record the result', asks: ['baseline', 'achieved', 'notMeasurable'], perhaps: ['baseline', 'achieved', 'notMeasurable'] },
  V43: { button: 'Give the values', asks: ['baseline', 'target', 'unit'] },
  V46: { button: 'Choose the change category', asks: ['changeCategory'] },
  V47: { button: 'Choose the standard', asks: ['catalogItem'] },
  V49: { button: 'Describe the failure', asks: ['observed', 'agreed'] },
  V50: { button: 'Write what was done', asks: ['result'] },
  V51: { button: 'Choose the solution', asks: ['solution', 'recoveryRoute', 'workaround'] },
  V53: { button: 'Say where it comes from', asks: ['source', 'layer'] },
  V54: { button: 'Rate the remaining risk', asks: ['residualEffect', 'residualLikelihood'] },
};

/** What answers a rule on a work item of this type; undefined when no field does. */
export function remedyOf(rule: RuleId, type: WorkTypeKey): Remedy | undefined {
  const remedy = REMEDIES[rule];
  const asks = remedy?.asks.filter((key) => field(key).on.includes(type)) ?? [];
  return remedy && asks.length > 0 ? { ...remedy, asks } : undefined;
}

/** Whether the rule is answered on the way of this step, not before it. */
export const answeredInStep = (rule: RuleId, { screen = [] }: Pick<Transition, 'screen'>): boolean => {
  const remedy = REMEDIES[rule];
  return remedy !== undefined && (remedy.inStep === true || remedy.asks.some((key) => screen.includes(key)));
};

/** Fields whose answer counts for one stay in a status only: an older one is not offered again. */
export const ASKED_ANEW: readonly FieldKey[] = [
  'confirmedHow',
  'confirmedAt',
  'confirmedWords',
  'difference',
  'reason',
  'reasonText',
  'reclassifyAs',
  'result',
  'waitingFor',
  'waitingUntil',
];

interface EvaluationQuestion {
  text: string;
  /** Which of the two answers in EVALUATION a yes is. */
  yes: 0 | 1;
  /** Asked when the answer is not the usual one. */
  ask: string;
}

/** The questions of the evaluation as people read them, in the order of EVALUATION. */
export const EVALUATION_QUESTIONS: readonly (EvaluationQuestion & { usual: string; other: string })[] = (
  [
    { text: 'Was it handled properly, from report to confirmation?', yes: 0, ask: 'What was not?' },
    { text: 'Is it recorded well enough to report on and to find again?', yes: 0, ask: 'What is missing?' },
    { text: 'Is there something to learn?', yes: 1, ask: 'The lesson' },
    { text: 'Can this be a standard next time?', yes: 1, ask: 'Which standard' },
    { text: 'Is an improvement needed elsewhere?', yes: 1, ask: 'What has to improve' },
  ] as const
).map((question, index) => {
  const [usual, other] = EVALUATION[index] ?? ['', ''];
  return { ...question, usual, other };
});

/** What any work item may lead to without waiting for it (4.5). */
export const FOLLOW_UPS: readonly WorkTypeKey[] = ['incident', 'preventiveAction', 'improvement', 'optimization'];
