import type { ReactNode } from 'react';
import styles from './ui.module.css';

/** What stands where there is nothing to show, and what to do about it. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <h1 className={styles['emptyTitle']}>{title}</h1>
      <p className={styles['emptyText']}>{text}</p>
      {children}
    </div>
  );
}
