/** One question of the evaluation: yes or no, in a line. */
import type { Evaluation } from '../../src/contract';
import { Field } from '../shared/field';
import { Mark } from '../shared/mark';
import styles from './deed.module.css';
import type { Answer } from './evaluation';

interface QuestionProps {
  id: string;
  number: number;
  question: Evaluation['questions'][number];
  answer: Answer | undefined;
  /** Closing was tried, and this is not answered. */
  open: boolean;
  onAnswer: (answer: Answer) => void;
}

export function Question({ id, number, question: { text, yesIsUsual }, answer, open, onAnswer }: QuestionProps) {
  const choices: { name: string; value: Answer }[] = [
    { name: 'Yes', value: yesIsUsual ? 'usual' : 'other' },
    { name: 'No', value: yesIsUsual ? 'other' : 'usual' },
  ];
  return (
    <fieldset id={id} className={styles['question']} {...(open && { 'data-open': true })}>
      <legend>
        <span className={styles['number']}>{open ? <Mark kind="unmet" name="Not answered" /> : number}</span>
        {text}
      </legend>
      {choices.map(({ name, value }) => (
        <label key={name}>
          <input type="radio" name={id} required checked={answer === value} onChange={() => onAnswer(value)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

interface WordsProps {
  id: string;
  label: string;
  value: string;
  missing: boolean;
  onChange: (value: string) => void;
}

Question.Words = function Words({ id, label, value, missing, onChange }: WordsProps) {
  return (
    <div className={styles['words']}>
      <Field label={label} id={id} problem={missing ? 'Write a sentence.' : undefined}>
        {(aria) => <input {...aria} type="text" maxLength={1000} value={value} onChange={({ target }) => onChange(target.value)} />}
      </Field>
    </div>
  );
};
