/** One question with its answers, each with what it means. */
import { useId } from 'react';
import type { TriageForm } from '../../../src/contract';
import styles from './question.module.css';

interface QuestionProps {
  number: number;
  question: TriageForm['questions'][number];
  value: string | undefined;
  onAnswer: (value: string) => void;
}

export function Question({ number, question, value, onAnswer }: QuestionProps) {
  const id = useId();
  return (
    <fieldset className={styles['question']} aria-describedby={`${id}-help`}>
      <legend>
        <span aria-hidden className={styles['number']}>
          {number}
        </span>
        {question.text}
      </legend>
      <p id={`${id}-help`}>{question.help}</p>
      <div className={styles['answers']}>
        {question.answers.map((one) => (
          <label key={one.value}>
            <input type="radio" name={id} checked={value === one.value} onChange={() => onAnswer(one.value)} />
            <span>
              <strong>{one.name}</strong>
              <small>{one.help}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
