/** What the asked side takes over, as facts. What is wrong here is corrected on the work item itself. */
import type { HandOverForm } from '../../src/contract';
import { Icon } from '../shared/icons';
import { partyOf, type Draft } from './draft';
import styles from './goes-along.module.css';

interface AlongProps {
  title: string;
  note: string;
  facts: HandOverForm['carried'];
}

const Along = ({ title, note, facts }: AlongProps) => (
  <section className={styles['along']} aria-label={title}>
    <h2>
      {title}
      <span>{note}</span>
    </h2>
    <dl>
      {facts.map(({ label, value }) => (
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

const namesOf = (form: HandOverForm, drafts: readonly Draft[]): string[] => [...new Set(drafts.flatMap((draft) => partyOf(form, draft) ?? []))];

export function GoesAlong({ form, drafts }: { form: HandOverForm; drafts: readonly Draft[] }) {
  const suppliers = drafts.filter((draft) => draft.type === 'supplier');
  const own = drafts.filter((draft) => draft.type !== 'supplier');
  const [names, asked] = [namesOf(form, own), namesOf(form, suppliers)];
  return (
    <>
      {own.length > 0 && form.carried.length > 0 && (
        <Along
          title="Goes along"
          note={`${names.length === 0 ? 'Nobody needs to' : `${names.join(' and ')} need not`} ask or type this again.`}
          facts={form.carried}
        />
      )}
      {suppliers.length > 0 && (
        <Along
          title="What the supplier is told"
          note={`With what is asked and by when, this is all that ${asked.length === 0 ? 'the supplier' : asked.join(' and ')} can read.`}
          facts={form.shared}
        />
      )}
    </>
  );
}
