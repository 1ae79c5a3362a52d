/** Evaluate and close: how it went in figures, then five answers. A field opens only on the answer that needs it. */
import { useEffect, useState } from 'react';
import type { DeedForm, Evaluation } from '../../src/contract';
import { close } from '../shared/close';
import { Dialog } from '../shared/dialog';
import { RefusalMessage } from '../shared/refusal';
import { Unmet } from '../shared/unmet';
import styles from './deed.module.css';
import { type Answer, answersAtFirst, asksFollowUps, type NewFollowUp, openQuestion, optionsOf, wordless, wordsOf } from './evaluation';
import { Figures } from './figures';
import { FollowUpList, summaryId } from './follow-up-list';
import { Question } from './question';
import { focusOn, useDeed } from './use-deed';

const questionId = (index: number): string => `question-${String(index + 1)}`;
const wordsId = (index: number): string => `${questionId(index)}-words`;

const fresh = (): NewFollowUp => ({ id: crypto.randomUUID(), type: 'improvement', summary: '' });

interface EvaluateProps {
  form: DeedForm;
  evaluation: Evaluation;
  onReadAgain: () => void;
}

export function Evaluate({ form, evaluation, onReadAgain }: EvaluateProps) {
  const { key, fields } = form;
  const state = useDeed([]);
  const [answers, setAnswers] = useState(() => answersAtFirst(evaluation));
  const [words, setWords] = useState<readonly string[]>(() => evaluation.questions.map(() => ''));
  const [followUps, setFollowUps] = useState<NewFollowUp[]>(() => [fresh()]);
  const [first] = useState(() => questionId(openQuestion(answers) ?? 0));
  useEffect(() => focusOn(first), [first]);

  const wanted = answers.some((one, index) => one === 'other' && asksFollowUps(evaluation, index)) ? followUps : [];
  const answer = (index: number, value: Answer): void => setAnswers((before) => before.map((one, at) => (at === index ? value : one)));

  const gaps = (): string[] => {
    const open = openQuestion(answers);
    const unsaid = wordless(evaluation, answers, words);
    const unnamed = wanted.find((one) => one.summary.trim().length < 3);
    return [
      ...(open === undefined ? [] : [questionId(open)]),
      ...(unsaid === undefined ? [] : [wordsId(unsaid)]),
      ...(unnamed ? [summaryId(unnamed.id)] : []),
    ];
  };
  const onSend = (): void => {
    const text = wordsOf(evaluation, answers, words, wanted);
    const chosen = optionsOf(
      evaluation,
      answers,
      fields.find((one) => one.key === 'evaluation'),
    );
    void state.send(
      {
        request: {
          ...(form.step && { transition: form.step.transition }),
          values: { evaluation: chosen, evaluationText: text },
          followUps: wanted.map((one) => ({ ...one, summary: one.summary.trim() })),
        },
        told: `${key} is evaluated and Closed.`,
        nothing: `${key} is not closed`,
      },
      gaps(),
    );
  };

  return (
    <Dialog
      title={`Evaluate and close ${key}`}
      text="Five questions. Two minutes now save the next call."
      leave="Leave without closing"
      typed={words.some((one) => one !== '') || followUps.some((one) => one.summary !== '')}
      sending={state.sending}
      primary={`Close ${key}`}
      consequence={
        wanted.length === 0
          ? `Closing ends ${key}. What comes later is new work that follows from it.`
          : `Closing ends ${key}. ${wanted.length === 1 ? 'The follow-up does' : `The ${String(wanted.length)} follow-ups do`} not hold it.`
      }
      onSend={onSend}
      onClose={() => close()}
    >
      {state.refusal && <RefusalMessage refusal={state.refusal} onReadAgain={onReadAgain} />}
      <Figures evaluation={evaluation} />
      <Unmet step="Close" rules={form.unmet} />
      <ol className={styles['questions']}>
        {evaluation.questions.map((question, index) => (
          <li key={question.text}>
            <Question
              id={questionId(index)}
              number={index + 1}
              question={question}
              answer={answers[index]}
              open={state.tried && answers[index] === undefined}
              onAnswer={(value) => answer(index, value)}
            />
            {answers[index] === 'other' && !asksFollowUps(evaluation, index) && (
              <Question.Words
                id={wordsId(index)}
                label={question.ask}
                value={words[index] ?? ''}
                missing={state.tried && (words[index] ?? '').trim() === ''}
                onChange={(value) => setWords((before) => before.map((one, at) => (at === index ? value : one)))}
              />
            )}
            {answers[index] === 'other' && asksFollowUps(evaluation, index) && (
              <FollowUpList form={form} list={followUps} onChange={setFollowUps} onAdd={() => setFollowUps((before) => [...before, fresh()])} />
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
