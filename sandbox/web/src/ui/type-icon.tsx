import type { WorkType } from '../schemas';
import styles from './ui.module.css';

export function TypeIcon({ type }: { type: Pick<WorkType, 'name' | 'iconUrl'> }) {
  return <img src={type.iconUrl} alt={type.name} title={type.name} width={16} height={16} className={styles['typeIcon']} />;
}
