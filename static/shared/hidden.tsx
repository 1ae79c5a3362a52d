/** Words for screen readers only, and the place where changes are told. */
import type { ReactNode } from 'react';
import styles from './hidden.module.css';

export const Hidden = ({ children }: { children: ReactNode }) => <span className={styles['hidden']}>{children}</span>;

/** Told once its text changes, without moving the focus. Stays mounted, or nothing is told. */
export const Live = ({ children }: { children: ReactNode }) => (
  <div role="status" className={styles['hidden']}>
    {children}
  </div>
);
