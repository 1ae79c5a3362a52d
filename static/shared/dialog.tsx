/** The frame of a dialog that is a page of its own: head, foot, keyboard, and the question before typed words are lost. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import styles from './dialog.module.css';
import { Icon } from './icons';

interface DialogProps {
  title: string;
  text: ReactNode;
  /** What leaving means: "Leave without handing over". */
  leave: string;
  /** Whether somebody would lose words by closing. */
  typed: boolean;
  sending: boolean;
  /** What the one button does, and what follows from it. */
  primary: string;
  consequence: ReactNode;
  /** A second way, at the left of the foot; equal in rank. */
  aside?: ReactNode;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ title, text, leave, typed, sending, primary, consequence, aside, onSend, onClose, children }: DialogProps) {
  const [leaving, setLeaving] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  /** Where somebody was when they were asked whether to leave. */
  const before = useRef<Element | null>(null);

  const stay = (): void => {
    setLeaving(false);
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  const onLeave = (): void => {
    if (sending) return;
    if (leaving) return stay();
    if (!typed) return onClose();
    before.current = document.activeElement;
    setLeaving(true);
  };

  useEffect(() => {
    if (leaving) keep.current?.focus();
  }, [leaving]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // A list that is open inside takes its own Escape.
      if (event.defaultPrevented) return;
      if (event.key === 'Escape') {
        // The host would close the dialog over typed words.
        event.preventDefault();
        onLeave();
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onSend();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onSend();
  };

  return (
    <main>
      <form className={styles['dialog']} aria-labelledby="title" noValidate onSubmit={onSubmit}>
        <header className={styles['head']}>
          <div>
            <h1 id="title">{title}</h1>
            <p>{text}</p>
          </div>
          <button type="button" aria-label="Close" title="Close" className={styles['close']} onClick={onLeave}>
            <Icon name="cross" />
          </button>
        </header>

        <div className={styles['body']}>{children}</div>

        <footer className={styles['foot']}>
          {leaving ? (
            <div role="alertdialog" aria-label={leave} className={styles['leaving']}>
              <p>What you wrote is lost when you leave.</p>
              <Button ref={keep} appearance="subtle" onClick={stay}>
                Keep writing
              </Button>
              <Button appearance="danger" onClick={onClose}>
                {leave}
              </Button>
            </div>
          ) : (
            <>
              {aside}
              <p>{consequence}</p>
              <Button appearance="subtle" onClick={onLeave}>
                Cancel
              </Button>
              <Button appearance="primary" type="submit" isLoading={sending}>
                {primary}
              </Button>
            </>
          )}
        </footer>
      </form>
    </main>
  );
}
