/** Where the administrator is: done, here, to come. What is done can be opened again for reading. */
import { Hidden } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { PageLink } from '../ui/page-link';
import styles from './stages.module.css';

const STAGES = [
  { key: 'assess', name: 'Assess' },
  { key: 'plan', name: 'Plan' },
  { key: 'apply', name: 'Apply' },
  { key: 'verify', name: 'Verify' },
] as const;

export type Stage = (typeof STAGES)[number]['key'];
export const STAGE_KEYS: readonly Stage[] = STAGES.map(({ key }) => key);

interface StagesProps {
  at: Stage;
  /** How far setup has come on this site. */
  reached: Stage;
  /** What may be opened now. */
  open: readonly Stage[];
  onGo: (stage: Stage) => void;
}

export function Stages({ at, reached, open, onGo }: StagesProps) {
  const end = STAGE_KEYS.indexOf(reached);
  return (
    <ol className={styles['stages']} aria-label="Steps of setup">
      {STAGES.map(({ key, name }, index) => {
        const here = key === at;
        const done = index < end || (reached === 'verify' && key === 'verify' && !here);
        const inside = (
          <>
            <span className={styles['dot']}>{done && !here ? <Icon name="check" /> : index + 1}</span>
            {name}
            {done && !here && <Hidden>, done</Hidden>}
          </>
        );
        return (
          <li
            key={key}
            className={here ? styles['here'] : done ? styles['done'] : styles['ahead']}
            {...(here && { 'aria-current': 'step' as const })}
          >
            {!here && open.includes(key) ? (
              <button type="button" onClick={() => onGo(key)}>
                {inside}
              </button>
            ) : (
              <span className={styles['stage']}>{inside}</span>
            )}
          </li>
        );
      })}
      <li className={styles['ahead']}>
        {reached === 'verify' ? (
          <PageLink to="/drift" className={styles['stage']}>
            <span className={styles['dot']}>5</span>
            Watch
          </PageLink>
        ) : (
          <span className={styles['stage']}>
            <span className={styles['dot']}>5</span>
            Watch
          </span>
        )}
      </li>
    </ol>
  );
}
