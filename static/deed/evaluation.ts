/** The five questions as they are answered, and what is recorded of them. Pure. */
import type { DeedField, Evaluation, FollowUp } from '../../src/contract';

export type Answer = 'usual' | 'other';
export type Answers = readonly (Answer | undefined)[];
export type NewFollowUp = Pick<FollowUp, 'id' | 'type' | 'summary'>;

/** Words beside each answer that is not the usual one. */
export type Words = readonly string[];

/** The last question asks for follow-ups instead of words. */
export const asksFollowUps = (evaluation: Evaluation, index: number): boolean => index === evaluation.questions.length - 1;

export const answersAtFirst = ({ questions }: Evaluation): Answers => questions.map((one) => one.preset);

/** The first question that is open; undefined when all are answered. */
export const openQuestion = (answers: Answers): number | undefined => {
  const index = answers.findIndex((one) => one === undefined);
  return index < 0 ? undefined : index;
};

/** The first answer that lacks its words. */
export function wordless(evaluation: Evaluation, answers: Answers, words: Words): number | undefined {
  const index = answers.findIndex((one, at) => one === 'other' && !asksFollowUps(evaluation, at) && (words[at] ?? '').trim() === '');
  return index < 0 ? undefined : index;
}

/** The options of the field Evaluation that were chosen. */
export const optionsOf = ({ questions }: Evaluation, answers: Answers, field: DeedField | undefined): string[] =>
  questions.flatMap((question, index) => {
    const name = answers[index] && question[answers[index]];
    return field?.options?.find((one) => one.name === name)?.value ?? [];
  });

/** Evaluation in words: a line for each answer that is not the usual one. */
export const wordsOf = (evaluation: Evaluation, answers: Answers, words: Words, followUps: readonly NewFollowUp[]): string =>
  evaluation.questions
    .flatMap(({ other }, index) => {
      if (answers[index] !== 'other') return [];
      const said = asksFollowUps(evaluation, index) ? followUps.map((one) => one.summary.trim()).join('; ') : (words[index] ?? '').trim();
      return [`${other}: ${said}`];
    })
    .join('\n');
