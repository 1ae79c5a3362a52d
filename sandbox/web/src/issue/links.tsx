import type { ItemLink } from '../schemas';
import { Link } from '../router';
import { StatusLozenge } from '../ui/status-lozenge';
import { TypeIcon } from '../ui/type-icon';
import { byVerb } from './by-verb';
import styles from './issue.module.css';

export function LinkedItems({ links }: { links: ItemLink[] }) {
  const groups = byVerb(links);
  if (groups.length === 0) return null;
  return (
    <section aria-label="Linked work items">
      <h2 className={styles['heading']}>Linked work items</h2>
      {groups.map(([verb, items]) => (
        <div key={verb} className={styles['linkGroup']}>
          <h3 className={styles['verb']}>{verb}</h3>
          <ul className={styles['links']}>
            {items.map((item) => (
              <li key={item.id} className={styles['link']}>
                {item.fields.issuetype && <TypeIcon type={item.fields.issuetype} />}
                <Link href={`/browse/${item.key}`} className={styles['linkKey']}>
                  {item.key}
                </Link>
                <span className={styles['linkSummary']} title={item.fields.summary}>
                  {item.fields.summary}
                </span>
                <StatusLozenge status={item.fields.status} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
