/** Asks once before something that is not undone by a click. It stands where the button was, since a dialog would be lost in a page that scrolls inside another. */
import Button from '@atlaskit/button/new';
import { useEffect, useId, useRef, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { classes } from '../../shared/classes';
import styles from './confirm.module.css';

interface ConfirmProps {
  title: string;
  /** What happens, and fields where something has to be given. */
  children: ReactNode;
  /** Verb and object. */
  action: string;
  /** Verb and object of not doing it. */
  keep: string;
  danger?: boolean;
  busy?: boolean;
  /** Leaves the focus where it is: for a choice by arrows that is not at its end yet. */
  quiet?: boolean;
  onConfirm: () => void;
  onKeep: () => void;
}

const FIRST = 'input:enabled, textarea:enabled, select:enabled';

export function Confirm({ title, children, action, keep, danger = false, busy = false, quiet = false, onConfirm, onKeep }: ConfirmProps) {
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  // What has to be given first, else the question itself; when it goes, the focus goes back to where it came from.
  useEffect(() => {
    const before = document.activeElement;
    if (!quiet) (form.current?.querySelector<HTMLElement>(FIRST) ?? heading.current)?.focus();
    form.current?.scrollIntoView({ block: 'nearest' });
    return () => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [quiet]);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy) onConfirm();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onKeep();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event);
  };
  return (
    <form
      ref={form}
      role="alertdialog"
      aria-labelledby={id}
      noValidate
      className={classes(styles['confirm'], danger && styles['danger'])}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
    >
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
      <div className={styles['buttons']}>
        <Button appearance="subtle" onClick={onKeep}>
          {keep}
        </Button>
        <Button appearance={danger ? 'danger' : 'primary'} type="submit" isLoading={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
