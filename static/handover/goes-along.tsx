/** What the asked side takes over, as facts. What is wrong here is corrected on the work item itself. */
import type { HandOverForm } from '../../src/contract';
import { Icon } from '../shared/icons';
import type { Draft } from './draft';
import styles from './goes-along.module.css';

export function GoesAlong({ form, drafts }: { form: HandOverForm; drafts: readonly Draft[] }) {
  if (form.carried.length === 0) return null;
  const names = [...new Set(drafts.flatMap((draft) => form.teams.find((team) => team.id === draft.team)?.name ?? []))];
  return (
    <section className={styles['along']}>
      <h2>
        Goes along
        <span>
          {names.length === 0 ? 'Nobody' : names.join(' and ')} {names.length === 0 ? 'needs to' : 'need not'} ask or type this again.
        </span>
      </h2>
      <dl>
        {form.carried.map(({ label, value }) => (
          <div key={label}>
            <dt>
              <Icon name="check" />
              {label}
            </dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
