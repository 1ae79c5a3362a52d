/** Why nothing happened, in a dialog: Jira's or a rule's words, told at once. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef } from 'react';
import styles from './dialog.module.css';
import { Message } from './message';
import { Reference } from './reference';

export interface Refusal {
  title: string;
  text: string;
  reference?: string;
  /** Somebody else was quicker: the form has to be read again. */
  conflict: boolean;
}

export function RefusalMessage({ refusal, onReadAgain }: { refusal: Refusal; onReadAgain: () => void }) {
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => alert.current?.focus(), [refusal]);
  return (
    <Message ref={alert} alert tone="danger" title={refusal.title}>
      <span className={styles['lines']}>{refusal.text}</span>
      {refusal.reference !== undefined && <Reference value={refusal.reference} />}
      {refusal.conflict && (
        <Button spacing="compact" onClick={onReadAgain}>
          Read again
        </Button>
      )}
    </Message>
  );
}
