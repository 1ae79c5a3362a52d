/** One of a few, each with what it means. */
import type { ReactNode } from 'react';
import { Problem, Star } from '../shared/field';
import styles from './deed.module.css';

interface CardsProps {
  id: string;
  question: string;
  cards: readonly { value: string; name: ReactNode; help?: string }[];
  chosen: string;
  problem?: string | undefined;
  onChoose: (value: string) => void;
}

export const Cards = ({ id, question, cards, chosen, problem, onChoose }: CardsProps) => (
  <fieldset id={id} className={styles['cards']} {...(problem !== undefined && { 'aria-describedby': `${id}-problem` })}>
    <legend>
      {question} <Star />
    </legend>
    <div>
      {cards.map(({ value, name, help }) => (
        <label key={value}>
          <input type="radio" name={id} required checked={value === chosen} onChange={() => onChoose(value)} />
          <span>
            <strong>{name}</strong>
            {help !== undefined && <small>{help}</small>}
          </span>
        </label>
      ))}
    </div>
    <Problem id={`${id}-problem`} text={problem} />
  </fieldset>
);
