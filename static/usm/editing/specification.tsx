/** The specification card while it is written: facility and support, what and how well; each a sentence for people, and what can be measured. */
import { COLUMNS, CARD, CELL_ASKS } from '../agreements/agreement/words';
import card from '../agreements/agreement/card.module.css';
import { Text, Rows, BareText } from './fields';
import styles from './editing.module.css';

/** Sentence and lines at a place. */
export const CellFields = ({ path, name, ask }: { path: string; name: string; ask: string }) => (
  <div className={styles['group']}>
    <Text path={`${path}.text`} label={name} rows={3} placeholder={ask} />
    <Rows path={`${path}.lines`} label={`${name}, measured`} one="a line" begin={() => ({ row: { label: '', value: '' }, focus: 'label' })}>
      {(place, row) => (
        <>
          <BareText path={`${place}.label`} label={`${row}, what`} placeholder="What is measured" className={styles['grow']} />
          <BareText path={`${place}.value`} label={`${row}, value`} placeholder="Value" className={styles['value']} />
        </>
      )}
    </Rows>
  </div>
);

export const SpecificationFields = ({ path }: { path: string }) => (
  <div className={card['frame']}>
    <table className={card['card']}>
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
              <td key={key}>
                <CellFields path={`${path}.${key}`} name={name} ask={CELL_ASKS[key]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
