/** Reclassify: the questions of triage, the reason, and what is kept. */
import { useEffect, useState } from 'react';
import type { DeedForm } from '../../src/contract';
import { close } from '../shared/close';
import { Dialog } from '../shared/dialog';
import { Live } from '../shared/hidden';
import { RefusalMessage } from '../shared/refusal';
import { momentToTheMinute } from '../shared/time';
import { article, type Answers, type TriageWays, wayOf } from '../shared/triage/answers';
import { OutcomeWords, WhyNot } from '../shared/triage/outcome';
import { Question } from '../shared/triage/question';
import { useNow } from '../shared/use-now';
import styles from './deed.module.css';
import { valuesOf } from './draft';
import { Fields } from './fields';
import { focusOn, useDeed } from './use-deed';

const questionId = (key: string): string => `triage-${key}`;

export function Reclassify({ form, triage, onReadAgain }: { form: DeedForm; triage: TriageWays; onReadAgain: () => void }) {
  const { key, typeName, fields } = form;
  const now = useNow();
  const state = useDeed(fields);
  const [given, setGiven] = useState<Answers>({});
  const { questions, outcome } = wayOf(triage, given);
  const same = outcome?.typeName === typeName;
  useEffect(() => focusOn(questionId('agreed')), []);

  const choice = fields.find((one) => one.key === 'reclassifyAs')?.options;
  const answer = (question: string, value: string): void => {
    const next = { ...given, [question]: value };
    setGiven(next);
    const name = wayOf(triage, next).outcome?.typeName;
    state.set('reclassifyAs', choice?.find((one) => one.name === name)?.value ?? '');
  };
  const open = questions.find((one) => given[one.key] === undefined);
  const onSend = (): void => {
    void state.send(
      {
        request: { ...(form.step && { transition: form.step.transition }), values: valuesOf(fields, state.inputs) },
        told: `${key} goes on as ${outcome?.typeName ?? 'another work type'}.`,
        nothing: 'It was not reclassified',
      },
      open ? [questionId(open.key)] : same ? [questionId('agreed')] : [],
    );
  };

  return (
    <Dialog
      title={`Reclassify ${key}`}
      text={form.summary}
      leave="Leave without reclassifying"
      typed={state.typed}
      sending={state.sending}
      primary={outcome && !same ? `Reclassify as ${outcome.typeName}` : 'Reclassify'}
      consequence={`Report time ${momentToTheMinute(form.reportedAt, now)} is kept. ${key} is Cancelled and leads to the new work item.`}
      onSend={onSend}
      onClose={() => close()}
    >
      {state.refusal && <RefusalMessage refusal={state.refusal} onReadAgain={onReadAgain} />}
      {questions.map((question, index) => (
        <div
          key={question.key}
          id={questionId(question.key)}
          tabIndex={-1}
          data-open={state.tried && given[question.key] === undefined ? true : undefined}
        >
          <Question number={index + 1} question={question} value={given[question.key]} onAnswer={(value) => answer(question.key, value)} />
        </div>
      ))}
      <Live>{outcome && `This is ${article(outcome.typeName)} ${outcome.typeName}.`}</Live>
      {outcome && (
        <section className={styles['outcome']} aria-label="The work type">
          <OutcomeWords outcome={outcome} />
          {same && (
            <p className={styles['bad']}>
              It is registered as {article(typeName)} {typeName} already. Change an answer, or leave it as it is.
            </p>
          )}
          <details>
            <summary>What the others would be</summary>
            <WhyNot ways={triage} outcome={outcome} />
          </details>
        </section>
      )}
      <Fields state={state} fields={fields.filter((one) => one.key === 'reasonText')} />
    </Dialog>
  );
}
