/** The way through the questions of triage, as far as it has been answered. Pure. */
import type { TriageForm } from '../../../src/contract';

/** Of the form only what decides. */
export type TriageWays = Pick<TriageForm, 'questions' | 'outcomes'>;
export type Answers = Readonly<Record<string, string>>;
type Question = TriageForm['questions'][number];
type Outcome = TriageForm['outcomes'][number];

export interface Way {
  /** Answered ones and the one to answer next, in their order. */
  questions: Question[];
  outcome?: Outcome;
}

const fits = (outcome: Outcome, answers: Answers): boolean =>
  Object.entries(answers).every(([key, value]) => outcome.answers[key] === undefined || outcome.answers[key] === value);

/** The questions that decide; answers to questions that are idle by now are left out. */
export function wayOf({ questions, outcomes }: TriageWays, given: Answers): Way {
  const asked: Question[] = [];
  let answers: Answers = {};
  for (const question of questions) {
    const open = outcomes.filter((one) => fits(one, answers));
    if (!open.every((one) => one.answers[question.key] !== undefined)) continue;
    asked.push(question);
    const value = given[question.key];
    if (value === undefined) return { questions: asked };
    answers = { ...answers, [question.key]: value };
  }
  const outcome = outcomes.find((one) => fits(one, answers));
  return { questions: asked, ...(outcome && { outcome }) };
}

/** What the other work types would have been. */
export const others = ({ outcomes }: Pick<TriageWays, 'outcomes'>, chosen: Outcome): Outcome[] => outcomes.filter((one) => one.type !== chosen.type);

export const article = (name: string): string => (/^[AEIOU]/.test(name) ? 'an' : 'a');

/** Answers as an address keeps them, and back. */
export const toSearch = (answers: Answers): string => {
  const text = new URLSearchParams(answers).toString();
  return text === '' ? '' : `?${text}`;
};
export const toAnswers = (search: string): Answers => Object.fromEntries(new URLSearchParams(search));
