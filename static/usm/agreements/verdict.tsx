/** Whether a promise can be kept: mark, word, and the one reason under it. */
import type { FitState } from '../../../src/contract';
import { Mark } from '../../shared/mark';
import styles from './verdict.module.css';
import { VERDICTS } from './words';

/** `words` in place of the word of the state, where they say more. */
export const Verdict = ({ state, words = VERDICTS[state].name, reason }: { state: FitState; words?: string; reason?: string | undefined }) => (
  <span className={styles['verdict']}>
    <Mark kind={VERDICTS[state].mark} />
    <span>
      {words}
      {reason !== undefined && reason !== '' && <small>{reason}</small>}
    </span>
  </span>
);

/** The mark alone, where words stand elsewhere; it says its name itself. */
export const VerdictMark = ({ state }: { state: FitState }) => <Mark kind={VERDICTS[state].mark} name={VERDICTS[state].name} />;
