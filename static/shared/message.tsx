/** A box that says what happened and what to do. Alerts (refusals) are told at once; the others are read in their place. */
import { forwardRef, type ReactNode } from 'react';
import type { MarkKind } from './kinds';
import { Mark } from './mark';
import styles from './message.module.css';

const TONES = { danger: 'unmet', warning: 'later', information: 'information', success: 'met' } as const satisfies Record<string, MarkKind>;

interface MessageProps {
  tone: keyof typeof TONES;
  title: string;
  children?: ReactNode;
  alert?: boolean;
}

export const Message = forwardRef<HTMLDivElement, MessageProps>(function Message({ tone, title, children, alert = false }, ref) {
  return (
    <div ref={ref} className={`${styles['message'] ?? ''} ${styles[tone] ?? ''}`} {...(alert && { role: 'alert', tabIndex: -1 })}>
      <Mark kind={TONES[tone]} />
      <div className={styles['body']}>
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  );
});
