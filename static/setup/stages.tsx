/** Where the administrator is: done, here, to come. */
import { Hidden } from '../shared/hidden';
import { Icon } from '../shared/icons';
import styles from './stages.module.css';

const STAGES = [
  { key: 'space', name: 'Space' },
  { key: 'plan', name: 'Plan' },
  { key: 'apply', name: 'Apply' },
  { key: 'work', name: 'Work' },
] as const;

export type Stage = (typeof STAGES)[number]['key'];

export function Stages({ at }: { at: Stage }) {
  const here = STAGES.findIndex((stage) => stage.key === at);
  const place = (index: number): string => (index < here ? 'done' : index === here ? 'here' : 'ahead');
  return (
    <ol className={styles['stages']} aria-label="Steps of setup">
      {STAGES.map(({ key, name }, index) => (
        <li key={key} className={styles[place(index)]} {...(index === here && { 'aria-current': 'step' as const })}>
          <span className={styles['dot']}>{index < here ? <Icon name="check" /> : index + 1}</span>
          {name}
          {index < here && <Hidden>, done</Hidden>}
        </li>
      ))}
    </ol>
  );
}
