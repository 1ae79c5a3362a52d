/** The specification as two by two: facility and support, what and how well. */
import type { Card, Cell } from '../../../../src/contract';
import { Mark } from '../../../shared/mark';
import styles from './card.module.css';
import { CARD, CELL_ASKS, COLUMNS } from './words';

const isEmpty = ({ text, lines }: Cell): boolean => text === '' && lines.length === 0;

function CardCell({ name, cell, ask }: { name: string; cell: Cell; ask: string }) {
  if (isEmpty(cell))
    return (
      <td className={styles['empty']}>
        <h3>{name}</h3>
        <p>
          <Mark kind="nothing" name="Missing" /> {ask}
        </p>
      </td>
    );
  return (
    <td>
      <h3>{name}</h3>
      {cell.text !== '' && <p>{cell.text}</p>}
      {cell.lines.length > 0 && (
        <dl>
          {cell.lines.map(({ label, value }, index) => (
            <div key={index}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </td>
  );
}

export const SpecificationCard = ({ card }: { card: Card }) => (
  <div className={styles['frame']}>
    <table className={styles['card']}>
      <thead>
        <tr>
          <td />
          {COLUMNS.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {CARD.map(({ row, cells }) => (
          <tr key={row}>
            <th scope="row">
              <span>{row}</span>
            </th>
            {cells.map(({ key, name }) => (
              <CardCell key={key} name={name} cell={card[key]} ask={CELL_ASKS[key]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
