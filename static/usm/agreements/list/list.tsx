/** The agreements: what needs somebody first. Filters and order are in the address. */
import Button from '@atlaskit/button/new';
import { lazy, Suspense, useState } from 'react';
import type { AgreementList, AgreementRow, Trouble } from '../../../../src/contract';
import { Hidden, Live } from '../../../shared/hidden';
import { Mark } from '../../../shared/mark';
import { Skeleton } from '../../../shared/skeleton';
import { momentToTheMinute } from '../../../shared/time';
import { useNow } from '../../../shared/use-now';
import { classes } from '../../../shared/classes';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { SortHead } from '../../../setup/ui/sort-head';
import table from '../../../setup/ui/table.module.css';
import { counted } from '../../../setup/ui/words';
import { Instead } from '../../instead';
import { IMPORT, pathOf } from '../address';
import { KindTag } from '../tag';
import { STATUSES } from '../words';
import { type Column, COLUMNS, useColumns } from './columns';
import { Filters } from './filters';
import { First } from './first';
import styles from './list.module.css';
import { useList } from './use-list';
import { EVERYTHING, narrows, ordering, sortedBy, toSearch, toView, type View } from './view';
import { countWords, number, QUICK, sortWords } from './words';

const NewAgreement = lazy(() => import('../edit/begin').then((one) => ({ default: one.NewAgreement })));

const LINES = [{ height: 32, width: '80%' }, ...Array.from({ length: 8 }, () => ({ height: 46, width: '100%' }))];

interface PartProps {
  answer: AgreementList;
  view: View;
  change: (part: Partial<View>) => void;
}

const QuickFilters = ({ answer, view, change }: PartProps) => (
  <div className={styles['quick']} role="group" aria-label="What needs attention">
    {QUICK.map(({ value, name, mark, count }) => (
      <button key={value} type="button" aria-pressed={view.quick === value} onClick={() => change({ quick: view.quick === value ? '' : value })}>
        {mark && <Mark kind={mark} />}
        {name}
        <span className={styles['count']}>{number(answer.quick[count])}</span>
      </button>
    ))}
  </div>
);

interface LineProps {
  row: AgreementRow;
  columns: readonly Column[];
  chosen: boolean;
  onChoose: () => void;
}

const Line = ({ row, columns, chosen, onChoose }: LineProps) => {
  const { id, kind, name, version, open } = row;
  return (
    <tr>
      <td className={styles['choose']}>
        <input type="checkbox" aria-label={`Choose ${id}`} checked={chosen} onChange={onChoose} />
      </td>
      <th scope="row" className={styles['agreement']}>
        <div className={styles['named']}>
          <KindTag kind={kind} />
          <div>
            <PageLink to={pathOf(id)} className={styles['cut']}>
              {name}
            </PageLink>
            <small>
              {id}, version {version}
              {open && `; version ${String(open.version)} is ${STATUSES[open.status].name.toLowerCase()}`}
            </small>
          </div>
        </div>
      </th>
      {columns.map(({ key, day, Cell }) => (
        <td key={key} className={day && styles['day']}>
          <Cell row={row} />
        </td>
      ))}
    </tr>
  );
};

const NAMED = { key: 'name', name: 'Agreement', by: 'name' } as const;

interface RowsProps extends PartProps {
  columns: readonly Column[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

function Rows({ answer, view, change, columns, chosen, onChoose }: RowsProps) {
  const { by, down } = ordering(view.sort);
  const all = answer.rows.every(({ id }) => chosen.has(id));
  const ticked = (id: string): ReadonlySet<string> => new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]);
  return (
    <div className={table['scroll']} role="region" aria-label="Agreements" tabIndex={0}>
      <table className={classes(table['table'], styles['table'])}>
        <thead>
          <tr>
            <td className={styles['choose']}>
              <input
                type="checkbox"
                aria-label="Choose all rows shown"
                checked={all}
                onChange={() => onChoose(new Set(all ? [] : answer.rows.map(({ id }) => id)))}
              />
            </td>
            {[NAMED, ...columns].map((head: Pick<Column, 'key' | 'name' | 'by' | 'quiet'>) => {
              const { by: sort } = head;
              return sort === undefined ? (
                <th key={head.key} scope="col">
                  {head.quiet ? <Hidden>{head.name}</Hidden> : head.name}
                </th>
              ) : (
                <SortHead
                  key={head.key}
                  name={head.name}
                  direction={by === sort ? (down ? 'descending' : 'ascending') : undefined}
                  onSort={() => change({ sort: sortedBy(sort, view.sort) })}
                />
              );
            })}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <Line key={row.id} row={row} columns={columns} chosen={chosen.has(row.id)} onChoose={() => onChoose(ticked(row.id))} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Which columns this person wants to see. */
const Columns = ({ columns, tick }: ReturnType<typeof useColumns>) => (
  <details className={styles['columns']}>
    <summary>Columns</summary>
    <div role="group" aria-label="Columns">
      {COLUMNS.map(({ key, name }) => (
        <label key={key}>
          <input type="checkbox" checked={columns.some((one) => one.key === key)} onChange={() => tick(key)} /> {name}
        </label>
      ))}
    </div>
  </details>
);

/** Nothing is agreed yet, or the filters leave nothing. */
function Nothing({ answer, view, change }: PartProps) {
  if (!narrows(view))
    return (
      <div className={layout['empty']}>
        <h2>Nothing is agreed yet</h2>
        <p>
          {answer.keeps
            ? 'Agreements say what is promised to whom, and by whom it is kept. Once they are imported or drafted they stand here.'
            : 'Agreements say what is promised to whom. A service manager writes them down; they then stand here.'}
        </p>
        {answer.keeps && <First />}
      </div>
    );
  return (
    <div className={layout['empty']}>
      <h2>No agreement fits</h2>
      <p>{answer.quick.all > 0 ? `${number(answer.quick.all)} fit without the quick filter.` : 'No agreement is left by these filters.'}</p>
      <div>
        <Button onClick={() => change(EVERYTHING)}>Show all agreements</Button>
      </div>
    </div>
  );
}

export function List() {
  const { search, show, go } = useAddress();
  const { answer, trouble, busy, again, more } = useList(search);
  const now = useNow();
  const [drafting, setDrafting] = useState(false);
  const columns = useColumns();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [exporting, setExporting] = useState<number>();
  const [notExported, setNotExported] = useState<Trouble>();
  const exportAs = async (ids: ReadonlySet<string>): Promise<void> => {
    setNotExported(undefined);
    setExporting(0);
    const { exportFile } = await import('../files/export');
    setNotExported(await exportFile(ids, setExporting));
    setExporting(undefined);
  };
  const view = toView(search);
  const change = (part: Partial<View>): void => show(toSearch({ ...view, ...part }));

  const body = () => {
    if (!answer)
      return trouble ? <Instead trouble={trouble} subject="The agreements" retry={again} /> : <Skeleton subject="the agreements" lines={LINES} />;
    const { by, down } = ordering(view.sort);
    const shown = answer.rows.length;
    return (
      <>
        {trouble && <Failed trouble={trouble} title="The agreements could not be read again" retry={again} />}
        <QuickFilters {...{ answer, view, change }} />
        <Filters {...{ answer, view, change }} />
        {shown === 0 ? (
          <Nothing {...{ answer, view, change }} />
        ) : (
          <>
            <div className={layout['row']}>
              <span className={layout['small']}>
                {chosen.size > 0 ? counted(chosen.size, 'agreement chosen', 'agreements chosen') : countWords(answer)}
              </span>
              {chosen.size > 0 && answer.keeps && (
                <>
                  <Button spacing="compact" isLoading={exporting !== undefined} onClick={() => void exportAs(chosen)}>
                    Export chosen
                  </Button>
                  <Button spacing="compact" appearance="subtle" onClick={() => setChosen(new Set())}>
                    Choose none
                  </Button>
                </>
              )}
              <span className={classes(layout['end'], layout['small'])}>
                {sortWords(by, down)}
                <Columns {...columns} />
              </span>
            </div>
            <Rows {...{ answer, view, change, chosen }} columns={columns.columns} onChoose={setChosen} />
            <div className={layout['row']}>
              <span className={layout['small']}>
                Rows 1 to {number(shown)} of {number(answer.total)}
              </span>
              {answer.after !== undefined && (
                <Button spacing="compact" isLoading={busy === 'more'} onClick={more}>
                  Show more agreements
                </Button>
              )}
              {answer.calculatedAt !== undefined && (
                <span className={classes(layout['end'], layout['small'])}>
                  Calculated {momentToTheMinute(answer.calculatedAt, now)}, again after each change to an agreement
                </span>
              )}
            </div>
          </>
        )}
        <Live>{busy === undefined && countWords(answer)}</Live>
      </>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Agreements" text="What is promised to whom, and whether it can be kept.">
        {answer?.keeps === true && (
          <>
            {exporting !== undefined && <span>{number(exporting)} rows read</span>}
            <Button onClick={() => go(IMPORT)}>Import agreements</Button>
            {answer.quick.all > 0 && (
              <Button isLoading={exporting !== undefined} onClick={() => void exportAs(new Set())}>
                Export agreements
              </Button>
            )}
          </>
        )}
        {answer?.keeps === true && !drafting && (
          <Button appearance="primary" onClick={() => setDrafting(true)}>
            Draft an agreement
          </Button>
        )}
      </PageHead>
      {notExported && <Failed trouble={notExported} title="The agreements were not exported" />}
      <Live>{exporting !== undefined && exporting > 0 && `${number(exporting)} rows read`}</Live>
      {drafting && (
        <Suspense>
          <NewAgreement onKeep={() => setDrafting(false)} />
        </Suspense>
      )}
      {body()}
    </div>
  );
}
