/** Services by customers: one cell each, gone through by arrows, opened by Enter. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { classes } from '../../shared/classes';
import styles from './coverage.module.css';
import { StateMark } from './mark';
import { type Grid, movedBy, type Place, sentenceOf, STATES } from './model';

interface MapProps {
  grid: Grid;
  counted: boolean;
  at: Place;
  /** What a finding is about. */
  shown: readonly Place[];
  onMove: (place: Place) => void;
  onOpen: (place: Place) => void;
}

const isAt = (one: Place, row: number, column: number): boolean => one.row === row && one.column === column;

export function CoverageGrid({ grid: { groups, columns, rows }, counted, at, shown, onMove, onOpen }: MapProps) {
  const table = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    table.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return onOpen(at);
    }
    const next = movedBy(event.key, event.ctrlKey || event.metaKey, at, rows.length, columns.length);
    if (!next) return;
    event.preventDefault();
    moved.current = true;
    onMove(next);
  };
  // Where one customer ends and the next begins.
  const ends = new Set(groups.map((_, index) => groups.slice(0, index + 1).reduce((sum, { span }) => sum + span, 0) - 1));
  const edge = (column: number): string | undefined => (ends.has(column) && column < columns.length - 1 ? styles['edge'] : undefined);
  const traded = rows.some(({ trade }) => trade !== '');
  return (
    <div className={styles['frame']}>
      <table ref={table} role="grid" aria-label="Coverage: services by customers" className={styles['map']} onKeyDown={onKeyDown}>
        <thead>
          {groups.some(({ name }) => name !== '') && (
            <tr>
              <td colSpan={traded ? 2 : 1} />
              {groups.map(({ name, span }, index) => (
                <th key={index} scope="colgroup" colSpan={span} className={classes(styles['whole'], index < groups.length - 1 && styles['edge'])}>
                  {name}
                </th>
              ))}
            </tr>
          )}
          <tr>
            {traded && <td />}
            <th scope="col" className={styles['service']}>
              Service
            </th>
            {columns.map(({ id, name }, column) => (
              <th key={id} scope="col" className={classes(styles['unit'], edge(column))}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id}>
              {traded && <td className={styles['trade']}>{rows[index - 1]?.trade === row.trade ? '' : row.trade}</td>}
              <th scope="row" className={styles['service']}>
                {row.name}
              </th>
              {row.cells.map((cell, column) => {
                const here = isAt(at, index, column);
                return (
                  <td
                    key={columns[column]?.id ?? column}
                    role="gridcell"
                    tabIndex={here ? 0 : -1}
                    aria-selected={shown.some((one) => isAt(one, index, column))}
                    aria-label={sentenceOf(row, columns[column] ?? { name: '' }, cell, counted)}
                    className={classes(styles['cell'], STATES[cell.state].gap && styles[cell.state], edge(column))}
                    onClick={() => {
                      onMove({ row: index, column });
                      onOpen({ row: index, column });
                    }}
                  >
                    <span>
                      <StateMark state={cell.state} />
                      {counted && cell.state !== 'empty' && cell.calls.toLocaleString('en-GB')}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
