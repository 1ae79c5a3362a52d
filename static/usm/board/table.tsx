/** The same hand-offs as a table, in any order: for whoever reads or listens line by line. */
import { classes } from '../../shared/classes';
import { SortHead } from '../../setup/ui/sort-head';
import table from '../../setup/ui/table.module.css';
import styles from './board.module.css';
import { HandoffLine } from './line';
import { grouped, inOrder } from './list';
import type { HandoffBoard } from '../../../src/contract';
import type { Acting } from './use-acts';
import { orderingOf, SORTS, type SortKey, sortedBy, type View } from './view';
import { nameOf } from './words';

const HEADS: Record<SortKey, string> = {
  item: 'Work item',
  what: 'What is asked',
  mover: 'Waits for',
  service: 'Service',
  ready: 'Ready by',
  age: 'Age',
  state: 'State',
};

interface TableProps extends Acting {
  rows: HandoffBoard['rows'];
  view: View;
  now: number;
  change: (part: Partial<View>) => void;
}

function Head({ by, view, change }: Pick<TableProps, 'view' | 'change'> & { by: SortKey }) {
  const ordering = orderingOf(view.sort);
  return (
    <SortHead
      name={HEADS[by]}
      direction={ordering?.by === by ? ordering.direction : undefined}
      number={by === 'age'}
      onSort={() => change({ sort: sortedBy(by, view.sort) })}
    />
  );
}

export const Table = ({ rows, view, now, change, ...acting }: TableProps) => (
  <div className={table['scroll']} role="region" aria-label={`Hand-offs: ${nameOf(view.list, view)}`} tabIndex={0}>
    <table className={classes(table['table'], styles['table'])}>
      <thead>
        <tr>
          {SORTS.map((by) => (
            <Head key={by} by={by} view={view} change={change} />
          ))}
        </tr>
      </thead>
      {grouped(inOrder(rows, view.sort), view.group).map((part) => (
        <tbody key={part.name}>
          {part.name !== '' && (
            <tr>
              <th scope="colgroup" colSpan={SORTS.length} className={table['section']}>
                {part.name} ({part.rows.length})
              </th>
            </tr>
          )}
          {part.rows.map((row) => (
            <HandoffLine key={row.id} row={row} now={now} {...acting} />
          ))}
        </tbody>
      ))}
    </table>
  </div>
);
