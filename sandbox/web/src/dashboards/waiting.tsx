import shared from '../pages/pages.module.css';
import { saidBy } from './said';
import styles from './dashboards.module.css';

/** What stands in a gadget until the site has answered, or what it said instead. */
export function Waiting({ error }: { error: Error | undefined }) {
  if (!error) return <div className={styles['waiting']} aria-busy="true" />;
  return (
    <p role="alert" className={shared['error']}>
      {saidBy(error)}
    </p>
  );
}
