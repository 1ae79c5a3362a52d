/** Which work type a call is (1.3): is it agreed, is it now, does it alter what is managed. At most three answers decide, and the reason is shown. */
import type { WorkTypeKey } from './work-types';

export interface TriageAnswer {
  name: string;
  help: string;
}

interface TriageQuestion {
  text: string;
  help: string;
  answers: Readonly<Record<string, TriageAnswer>>;
}

/** In the order in which they are asked; one that the answers before it make idle is not asked. */
export const TRIAGE_QUESTIONS = {
  agreed: {
    text: 'Is it agreed?',
    help: 'Did we promise this to this customer, in an agreement that is in force?',
    answers: {
      yes: { name: 'Yes', help: 'An agreement names the service, and this customer may use it.' },
      no: { name: 'No', help: 'Nothing is agreed yet, or what is agreed is to be different.' },
      nobody: { name: 'Nobody asks', help: 'We see a risk or a chance ourselves; no customer waits for it.' },
    },
  },
  now: {
    text: 'Is it now?',
    help: 'Does the service do less than was agreed? A mistake in using it is not a failure: the service did what was agreed.',
    answers: {
      less: { name: 'Yes, now', help: 'It does less than agreed, or will at any moment.' },
      past: { name: 'No, it was', help: 'It is over; somebody is dissatisfied about how it went.' },
      works: { name: 'No, it works', help: 'It works as agreed, and something is asked for.' },
    },
  },
  managed: {
    text: 'Is it managed?',
    help: 'Does it lastingly alter something that stands in the register of managed items?',
    answers: {
      yes: { name: 'Yes', help: 'An item comes, goes, or is different afterwards.' },
      no: { name: 'No', help: 'Routine work; the register stays as it is.' },
    },
  },
  aim: {
    text: 'What is the aim?',
    help: 'Of what we want to do about it.',
    answers: {
      threat: { name: 'Keep something from happening', help: 'A threat should not become an incident.' },
      better: { name: 'Work better', help: 'A better structure, way of working or tool.' },
      less: { name: 'Spend less', help: 'The same result with less time, money or effort.' },
    },
  },
} as const satisfies Record<string, TriageQuestion>;

export type TriageKey = keyof typeof TRIAGE_QUESTIONS;
export const TRIAGE_KEYS = Object.keys(TRIAGE_QUESTIONS) as TriageKey[];

export type TriageAnswers = { readonly [Key in TriageKey]?: keyof (typeof TRIAGE_QUESTIONS)[Key]['answers'] };

export interface TriageOutcome {
  /** All that has to be answered, and nothing more. */
  answers: TriageAnswers;
  type: WorkTypeKey;
  because: string;
}

export const TRIAGE_OUTCOMES: readonly TriageOutcome[] = [
  { answers: { agreed: 'no' }, type: 'wish', because: 'It is not agreed, so what is agreed has to change first.' },
  { answers: { agreed: 'yes', now: 'less' }, type: 'incident', because: 'It is agreed, the service does less than that, and it happens now.' },
  {
    answers: { agreed: 'yes', now: 'past' },
    type: 'complaint',
    because: 'It is agreed, and it is about the past: nothing is left to recover, but it should not happen again.',
  },
  {
    answers: { agreed: 'yes', now: 'works', managed: 'yes' },
    type: 'rfc',
    because: 'It is agreed, the service works, and something in the register changes.',
  },
  {
    answers: { agreed: 'yes', now: 'works', managed: 'no' },
    type: 'serviceRequest',
    because: 'It is agreed, the service works, and nothing in the register changes.',
  },
  {
    answers: { agreed: 'nobody', aim: 'threat' },
    type: 'preventiveAction',
    because: 'No customer asks, and a threat should not become an incident.',
  },
  { answers: { agreed: 'nobody', aim: 'better' }, type: 'improvement', because: 'No customer asks, and something can work better.' },
  { answers: { agreed: 'nobody', aim: 'less' }, type: 'optimization', because: 'No customer asks, and the same can be had for less.' },
];

/** The work type, or the question that has to be answered next. */
export function triage(answers: TriageAnswers): TriageOutcome | { ask: TriageKey } {
  const open = TRIAGE_OUTCOMES.filter((one) =>
    TRIAGE_KEYS.every((key) => one.answers[key] === undefined || answers[key] === undefined || one.answers[key] === answers[key]),
  );
  const ask = TRIAGE_KEYS.find((key) => answers[key] === undefined && open.every((one) => one.answers[key] !== undefined));
  if (ask !== undefined) return { ask };
  const [outcome] = open;
  if (!outcome) throw new Error(`no outcome for ${JSON.stringify(answers)}`);
  return outcome;
}
