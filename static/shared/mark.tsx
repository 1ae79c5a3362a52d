/** The shape of a verdict: red diamond, orange triangle, circle, green check, dashed ring where there is nothing. Shape and name carry what the colour says. */
import type { ReactNode } from 'react';
import type { MarkKind } from './kinds';
import styles from './mark.module.css';

const sign = { className: styles['sign'], strokeWidth: 1.7, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const SHAPES: Record<MarkKind, ReactNode> = {
  unmet: (
    <>
      <rect x="3" y="3" width="10" height="10" rx="1.5" transform="rotate(45 8 8)" className={styles['danger']} />
      <path d="M8 5v3.4M8 10.8v.1" {...sign} />
    </>
  ),
  later: (
    <>
      <path d="M8 2.2L14.4 13.5H1.6z" strokeWidth="1.6" strokeLinejoin="round" className={styles['warning']} />
      <path d="M8 6v3.2M8 11.6v.1" {...sign} className={styles['warningSign']} />
    </>
  ),
  open: <circle cx="8" cy="8" r="6" strokeWidth="1.5" className={styles['open']} />,
  nothing: <circle cx="8" cy="8" r="6" strokeWidth="1.5" strokeDasharray="2.4 2.3" className={styles['open']} />,
  met: (
    <>
      <circle cx="8" cy="8" r="7" className={styles['success']} />
      <path d="M4.9 8.3l2.2 2.2 4-4.4" {...sign} />
    </>
  ),
  information: (
    <>
      <circle cx="8" cy="8" r="7" className={styles['information']} />
      <path d="M8 7.6v3.6M8 4.8v.1" {...sign} />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="6" strokeWidth="1.5" className={styles['running']} />
      <path d="M4.8 8h6M8.3 5.5L10.8 8l-2.5 2.5" {...sign} className={styles['running']} strokeWidth="1.5" />
    </>
  ),
};

/** `name`: what it says; without one the words beside it say the same. */
export const Mark = ({ kind, name }: { kind: MarkKind; name?: string }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" {...(name === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}>
    {SHAPES[kind]}
  </svg>
);
