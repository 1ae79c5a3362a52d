/** Somebody else saved first: what they changed, field by field, and whose words stay. */
import Button from '@atlaskit/button/new';
import { useEffect, useId, useRef } from 'react';
import { Option } from '../../setup/ui/option';
import { counted } from '../../setup/ui/words';
import layout from '../../setup/ui/layout.module.css';
import { type Difference, type Json, keyOfPath, type Side } from '../agreements/edit/merge';
import styles from './editing.module.css';

interface QuestionsProps {
  text: string;
  questions: readonly Difference[];
  chosen: ReadonlyMap<string, Side>;
  /** How many only a person can answer, and nobody did yet. */
  open: number;
  busy: boolean;
  labelOf: (path: readonly string[]) => string;
  wordsOf: (value: Json | undefined, path: readonly string[]) => string;
  onChoose: (path: readonly string[], side: Side) => void;
  onSave: () => void;
}

export function Questions({ text, questions, chosen, open, busy, labelOf, wordsOf, onChoose, onSave }: QuestionsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => heading.current?.focus(), [text]);
  return (
    <section role="alert" className={styles['questions']} aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        Somebody else saved before you
      </h2>
      <p>{text}</p>
      {questions.length === 0 && <p>What they changed is the same as yours. Save, and nothing is lost.</p>}
      {questions.map((one, index) => {
        const { path, base, mine, theirs, both } = one;
        const side = chosen.get(keyOfPath(path)) ?? (both ? undefined : 'theirs');
        return (
          <fieldset key={keyOfPath(path)}>
            <legend>{labelOf(path)}</legend>
            <small className={styles['words']}>Before: {wordsOf(base, path)}</small>
            <Option
              type="radio"
              name={`${id}-${String(index)}`}
              title={<span className={styles['words']}>Theirs: {wordsOf(theirs, path)}</span>}
              checked={side === 'theirs'}
              onChange={() => onChoose(path, 'theirs')}
            />
            <Option
              type="radio"
              name={`${id}-${String(index)}`}
              title={<span className={styles['words']}>Mine: {wordsOf(mine, path)}</span>}
              text={both ? undefined : 'You did not change it.'}
              checked={side === 'mine'}
              onChange={() => onChoose(path, 'mine')}
            />
          </fieldset>
        );
      })}
      <div className={layout['row']}>
        <span role="status" className={layout['small']}>
          {open > 0
            ? `${counted(open, 'field')} changed by both ${open === 1 ? 'waits' : 'wait'} for your choice.`
            : 'What you changed elsewhere stays as you typed it.'}
        </span>
        <span className={layout['end']}>
          <Button appearance="primary" isDisabled={open > 0} isLoading={busy} onClick={onSave}>
            Save on top of theirs
          </Button>
        </span>
      </div>
    </section>
  );
}
