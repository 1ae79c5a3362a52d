/** How ratings become a priority of 1 to 5, and which of the site's priorities that is. */
import type { UsmSettings } from '../../../src/contract';
import layout from '../ui/layout.module.css';
import table from '../ui/table.module.css';
import { SelectInput, type PartProps } from './part';
import styles from './settings.module.css';

const EXTENTS = ['High', 'Medium', 'Low', 'Nil'] as const;
const RATINGS = ['High', 'Medium', 'Low'] as const;
const RANKS = ['1', '2', '3', '4', '5'] as const;
const RANK_OPTIONS = RANKS.map((value) => ({ value, name: value }));

type Tables = UsmSettings['priority'];

const TABLES: readonly { key: keyof Tables; title: string; rows: string; columns: string }[] = [
  { key: 'calls', title: 'Calls: impact by urgency', rows: 'Impact', columns: 'Urgency' },
  { key: 'risks', title: 'Risks: effect by likelihood', rows: 'Effect', columns: 'Likelihood' },
];

export function Priority({ draft, view, wrong, onChange }: PartProps) {
  const { priority, priorities } = draft;
  return (
    <section className={styles['section']}>
      <p>People rate, the priority follows. 1 is the highest. A change counts for work that is rated from now on.</p>
      <div className={styles['tables']}>
        {TABLES.map(({ key, title, rows, columns }) => (
          <section key={key} className={layout['lines']} aria-label={title}>
            <h2 className={layout['subhead']}>{title}</h2>
            <table className={`${table['table'] ?? ''} ${styles['grid'] ?? ''}`}>
              <thead>
                <tr>
                  <th scope="col">
                    {rows} / {columns}
                  </th>
                  {RATINGS.map((rating) => (
                    <th key={rating} scope="col">
                      {rating}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {EXTENTS.map((extent) => (
                  <tr key={extent}>
                    <th scope="row">{extent}</th>
                    {RATINGS.map((rating) => (
                      <td key={rating}>
                        <SelectInput
                          path={`priority.${key}.${extent}.${rating}`}
                          label={`${title}: ${rows} ${extent}, ${columns} ${rating}`}
                          wrong={wrong}
                          className={styles['rank']}
                          value={String(priority[key][extent][rating])}
                          options={RANK_OPTIONS}
                          onChange={(value) =>
                            onChange({
                              priority: { ...priority, [key]: { ...priority[key], [extent]: { ...priority[key][extent], [rating]: Number(value) } } },
                            })
                          }
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
      <h2 className={layout['subhead']}>Priorities of this site</h2>
      <p>Jira shows its own priority on a work item. Name the one that each rank sets; a rank without one leaves Jira’s as it is.</p>
      <table className={`${table['table'] ?? ''} ${styles['grid'] ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">Rank</th>
            <th scope="col">Jira’s priority</th>
          </tr>
        </thead>
        <tbody>
          {RANKS.map((rank) => (
            <tr key={rank}>
              <th scope="row">{rank}</th>
              <td>
                <SelectInput
                  path={`priorities.${rank}`}
                  label={`Jira’s priority for rank ${rank}`}
                  wrong={wrong}
                  className={styles['named']}
                  value={priorities[rank] ?? ''}
                  options={[{ value: '', name: 'Leave as it is' }, ...view.sitePriorities.map(({ id, name }) => ({ value: id, name }))]}
                  onChange={(id) => {
                    const { [rank]: _, ...others } = priorities;
                    onChange({ priorities: id === '' ? others : { ...others, [rank]: id } });
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
