/** Every promise leg by leg: how it adds up, what is left, and which leg binds. */
import type { AgreementChain } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import { PageLink } from '../../../setup/ui/page-link';
import table from '../../../setup/ui/table.module.css';
import { pathOf } from '../address';
import { Verdict } from '../verdict';
import styles from './chain.module.css';
import type { Names } from './names';
import { type Beside, columnsOf, groupsOf, rowsOf, totalWords } from './table';

const GROUPS = { row: 'in a row', side: 'side by side' } as const;

const Party = ({ id, names }: { id: string; names: Names }) => {
  const { party, id: agreement } = names(id);
  return (
    <>
      {agreement !== undefined && <PageLink to={pathOf(agreement)}>{agreement}</PageLink>}
      <small>{party}</small>
    </>
  );
};

export function ChainTable({ answer, names, beside }: { answer: AgreementChain; names: Names; beside: Beside }) {
  const { chain, lines } = answer;
  const columns = columnsOf(chain.legs);
  const rows = rowsOf(chain, lines, columns, beside);
  const words = new Map(lines.map((line) => [line.key, line]));
  return (
    <>
      <div className={table['scroll']} role="region" aria-label="The chain as a table" tabIndex={0}>
        <table className={classes(table['table'], styles['chain'])}>
          <thead>
            {columns.length > 0 && (
              <tr>
                <td colSpan={3} />
                {groupsOf(columns).map(({ group, span }, index) => (
                  <th key={index} scope="colgroup" colSpan={span} className={styles['group']}>
                    {GROUPS[group]}
                  </th>
                ))}
                <td colSpan={3} />
              </tr>
            )}
            <tr>
              <th scope="col">Promise about</th>
              <th scope="col" className={table['number']}>
                Promised
              </th>
              <th scope="col" className={table['number']}>
                Own
              </th>
              {columns.map(({ id }, index) => (
                <th key={index} scope="col" className={table['number']}>
                  <Party id={id} names={names} />
                </th>
              ))}
              <th scope="col" className={table['number']}>
                Comes to
              </th>
              <th scope="col">Can it be kept?</th>
              <th scope="col">Binding leg</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, promise, own, cells, formula, sum, left }) => (
              <tr key={line.key}>
                <th scope="row" className={styles['about']}>
                  {words.get(line.key)?.label}
                </th>
                <td className={table['number']}>{promise}</td>
                <td className={classes(table['number'], styles['soft'])}>{own}</td>
                {cells.map(({ text, binds }, index) => (
                  <td
                    key={index}
                    className={classes(table['number'], binds && styles['binding'], binds && line.state === 'cannot' && styles['bindingCannot'])}
                  >
                    {text}
                  </td>
                ))}
                <td className={table['number']}>
                  <strong>{sum}</strong>
                  <small>{formula}</small>
                </td>
                <td className={styles[line.state]}>
                  <Verdict state={line.state} reason={left === '' ? words.get(line.key)?.text : left} />
                </td>
                <td>{line.binding !== undefined && <Party id={line.binding} names={names} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['under']}>
        Hours and minutes in the hours of the agreement. A framed cell is the leg that binds: make that one shorter first. {totalWords(lines)}
      </p>
    </>
  );
}
