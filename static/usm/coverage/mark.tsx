/** The mark of a cell. The shape alone tells; half a disc and a barred square are of the map only. */
import { Mark } from '../../shared/mark';
import type { MarkKind } from '../../shared/kinds';
import styles from './coverage.module.css';
import type { State } from './model';

const SHARED: Partial<Record<State, MarkKind>> = {
  cannot: 'unmet',
  missing: 'nothing',
  notAgreed: 'nothing',
  tight: 'later',
  unknown: 'nothing',
  unused: 'open',
  holds: 'met',
};

export function StateMark({ state }: { state: State }) {
  const kind = SHARED[state];
  if (kind !== undefined) return <Mark kind={kind} />;
  if (state === 'empty') return null;
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
      {state === 'lapses' && (
        <>
          <circle cx="8" cy="8" r="6" strokeWidth="1.6" className={styles['lapses']} />
          <path d="M8 2a6 6 0 0 1 0 12z" className={styles['half']} />
        </>
      )}
      {state === 'expired' && (
        <>
          <rect x="2.5" y="2.5" width="11" height="11" rx="1" strokeWidth="1.6" className={styles['expired']} />
          <path d="M5 8h6" strokeWidth="1.8" className={styles['expired']} />
        </>
      )}
      {state === 'draft' && <circle cx="8" cy="8" r="2.5" className={styles['draft']} />}
    </svg>
  );
}
