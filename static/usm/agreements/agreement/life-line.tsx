/** The life of a version: what was, and what its dates foresee. */
import type { AgreementDetail } from '../../../../src/contract';
import { Hidden } from '../../../shared/hidden';
import { classes } from '../../../shared/classes';
import { momentDay, STATUSES } from '../words';
import styles from './life-line.module.css';

export const LifeLine = ({ life, status, timeZone }: Pick<AgreementDetail, 'life' | 'status'> & { timeZone: string }) => (
  <ol className={styles['life']} aria-label="Life cycle">
    {life.map((step, index) => {
      const here = step.status === status;
      const { name } = STATUSES[step.status];
      return (
        <li
          key={index}
          className={classes(step.planned && styles['planned'], here && styles['here'])}
          {...(here && { 'aria-current': 'step' as const })}
        >
          <span className={styles['dot']} />
          <span className={styles['name']}>{name}</span>
          <small>
            {step.at === undefined ? (
              <>
                <Hidden>not yet</Hidden>
                <span aria-hidden>–</span>
              </>
            ) : (
              `${step.planned ? 'planned ' : ''}${momentDay(step.at, timeZone)}`
            )}
          </small>
        </li>
      );
    })}
  </ol>
);
