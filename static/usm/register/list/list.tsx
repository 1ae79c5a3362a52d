/** The managed items: found by words, facets and filters, which are all in the address. The counts come by a question of their own. */
import Button from '@atlaskit/button/new';
import { useCallback, useMemo, useState } from 'react';
import type { ClassList, RegisterColumn, RegisterFacets, RegisterList, RegisterRow } from '../../../../src/contract';
import { DEFAULT_COLUMNS, registerColumn } from '../../../../src/contract/register-calls';
import { classes } from '../../../shared/classes';
import { Live } from '../../../shared/hidden';
import { Mark } from '../../../shared/mark';
import { Message } from '../../../shared/message';
import { Skeleton } from '../../../shared/skeleton';
import { useNow } from '../../../shared/use-now';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { Search } from '../../../setup/ui/search';
import { SortHead } from '../../../setup/ui/sort-head';
import table from '../../../setup/ui/table.module.css';
import { counted } from '../../../setup/ui/words';
import { Instead } from '../../instead';
import { itemPagePath, itemPath, pagePath } from '../address';
import { call } from '../call';
import type { Done } from '../done';
import { useOpen } from '../open';
import { Pages } from '../pages';
import { usePaged } from '../use-paged';
import { useRead } from '../use-read';
import { Verify } from '../verify';
import { number } from '../words';
import { Bulk, ChangeKeeper } from './bulk';
import { ColumnChooser } from './column-chooser';
import { type Column, columnsOf, shownOf } from './columns';
import { Facets } from './facets';
import { FilterPick } from './filter-pick';
import styles from './list.module.css';
import { Nothing } from './nothing';
import { useColumns } from './use-columns';
import { EVERYTHING, filtersOf, NAMED, narrows, ordering, sortedBy, toSearch, toView, type View, viewOf } from './view';
import { Views } from './views';

const LINES = [{ height: 32, width: '80%' }, ...Array.from({ length: 10 }, () => ({ height: 46, width: '100%' }))];
/** Whoever types asks once they pause. */
const PAUSE_MS = 250;
/** So many the list takes. */
const COLUMNS_AT_MOST = 20;

interface RowsProps {
  rows: readonly RegisterRow[];
  view: View;
  columns: readonly Column[];
  change: (part: Partial<View>) => void;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

interface LineProps {
  row: RegisterRow;
  columns: readonly Column[];
  now: number;
  chosen: boolean;
  onChoose: () => void;
}

const Line = ({ row, columns, now, chosen, onChoose }: LineProps) => (
  <tr className={classes(chosen && styles['chosen'])}>
    <td className={styles['choose']}>
      <input type="checkbox" aria-label={`Choose ${row.key}`} checked={chosen} onChange={onChoose} />
    </td>
    <th scope="row" className={styles['named']}>
      <PageLink to={itemPath(row.key)} className={styles['name']}>
        {row.name}
      </PageLink>
      <small>{row.key}</small>
    </th>
    {columns.map(({ key, number: figures, Cell }) => (
      <td key={key} className={figures && table['number']}>
        <Cell row={row} now={now} />
      </td>
    ))}
  </tr>
);

function Head({ name, short, number: figures, by, view, change }: Omit<Column, 'key' | 'Cell'> & Pick<RowsProps, 'view' | 'change'>) {
  const now = ordering(view.sort);
  if (by === undefined)
    return (
      <th scope="col" className={figures && table['number']}>
        {short === undefined ? name : <abbr title={name}>{short}</abbr>}
      </th>
    );
  return (
    <SortHead
      name={name}
      direction={now.by === by && view.sort !== EVERYTHING.sort ? (now.down ? 'descending' : 'ascending') : undefined}
      onSort={() => change({ sort: sortedBy(by, view.sort) })}
    />
  );
}

function Rows({ rows, view, columns, change, chosen, onChoose }: RowsProps) {
  const now = useNow();
  const all = rows.every(({ key }) => chosen.has(key));
  const ticked = (key: string): ReadonlySet<string> => new Set(chosen.has(key) ? [...chosen].filter((one) => one !== key) : [...chosen, key]);
  return (
    <div className={table['scroll']} role="region" aria-label="Items" tabIndex={0}>
      <table className={classes(table['table'], styles['table'])}>
        <thead>
          <tr>
            <td className={styles['choose']}>
              <input
                type="checkbox"
                aria-label="Choose all rows shown"
                checked={all}
                onChange={() => onChoose(new Set(all ? [] : rows.map(({ key }) => key)))}
              />
            </td>
            <Head name="Key and name" by="name" view={view} change={change} />
            {columns.map(({ key, Cell: _, ...column }) => (
              <Head key={key} {...column} view={view} change={change} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.key} row={row} columns={columns} now={now} chosen={chosen.has(row.key)} onChoose={() => onChoose(ticked(row.key))} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ToldProps {
  done: Done;
}

const Told = ({ done }: ToldProps) => (
  <Message tone={done.left.length > 0 ? 'warning' : 'success'} title={done.text}>
    {done.left.length > 0 && (
      <ul className={layout['bullets']}>
        {done.left.slice(0, 20).map((text, index) => (
          <li key={index}>{text}</li>
        ))}
        {done.left.length > 20 && <li>and {number(done.left.length - 20)} more</li>}
      </ul>
    )}
  </Message>
);

const Legend = () => (
  <span className={styles['legend']}>
    <Mark kind="met" /> looked at in time <Mark kind="later" /> due <Mark kind="unmet" /> never
  </span>
);

type Asked = 'verify' | 'keeper';

/** `again`: reads the list and the counts anew. */
function useItems(view: View, keys: readonly RegisterColumn[]) {
  // Of the address only what is asked for: the same view asks once.
  const here = toSearch(view);
  const wanted = keys.join(' ');
  const read = useCallback(
    (after: string | undefined) => {
      const asked = toView(here);
      const columns = wanted.split(' ').flatMap((key) => registerColumn.safeParse(key).data ?? []);
      return call('register.list', { filters: filtersOf(asked), sort: ordering(asked.sort), columns, ...(after !== undefined && { after }) });
    },
    [here, wanted],
  );
  const { again: readAgain, ...listing } = usePaged<RegisterList>(read, PAUSE_MS);
  const narrowed = toSearch({ ...view, sort: EVERYTHING.sort });
  const count = useCallback(() => call('register.facets', { filters: filtersOf(toView(narrowed)) }), [narrowed]);
  const { answer: facets, trouble: uncounted, again: countAgain } = useRead<RegisterFacets>(count, PAUSE_MS);
  const again = useCallback(() => {
    readAgain();
    countAgain();
  }, [readAgain, countAgain]);
  return { ...listing, facets, uncounted, again };
}

const askClasses = () => call('register.classes', {});

export function List() {
  const { page, ofItem } = useOpen();
  const { search, show, go } = useAddress();
  const view = toView(search);
  const { columns: keys, choose, views, saveView, removeView } = useColumns();
  const { answer, trouble, busy, facets, uncounted, again, more } = useItems(view, keys);
  const begun = answer !== undefined && answer.inAll > 0;
  const { answer: known } = useRead<ClassList>(begun ? askClasses : undefined);
  const all = useMemo(() => columnsOf(known?.classes ?? []), [known]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked>();
  const [done, setDone] = useState<Done>();
  const change = (part: Partial<View>): void => show(toSearch({ ...view, ...part }));
  const keysChosen = [...chosen];
  const acts = {
    keys: keysChosen,
    onKeep: () => setAsked(undefined),
    onDone: (what: Done) => {
      setAsked(undefined);
      setChosen(new Set());
      setDone(what);
      again();
    },
  };

  const filters = () => (
    <div className={styles['filters']} role="search" aria-label="Filter items">
      <Search label="Key or name" value={view.words} onChange={(words) => change({ words })} />
      {NAMED.map((filter) => (
        <FilterPick key={filter} filter={filter} value={view[filter]} onChange={(id) => change({ [filter]: id })} />
      ))}
      {narrows(view) && (
        <Button appearance="subtle" onClick={() => change({ ...EVERYTHING, sort: view.sort })}>
          Clear all
        </Button>
      )}
      <span className={styles['end']}>
        <Views
          {...{ views, view }}
          columns={keys}
          onOpen={(saved) => {
            choose(saved.columns);
            show(toSearch(viewOf(saved)));
          }}
          onSave={saveView}
          onRemove={removeView}
        />
        <ColumnChooser
          all={all}
          shown={keys}
          most={COLUMNS_AT_MOST}
          onChange={(next) => choose(next.flatMap((key) => registerColumn.safeParse(key).data ?? []))}
          onReset={() => choose(DEFAULT_COLUMNS)}
        />
      </span>
    </div>
  );

  const found = ({ rows, total, inAll, keeps, after }: RegisterList) => (
    <>
      <div className={layout['row']}>
        <span className={layout['small']}>
          <strong>{number(total)}</strong>
          {total < inAll && ` of ${number(inAll)}`} {total === 1 ? 'item' : 'items'}
        </span>
        {chosen.size > 0 && (
          <Bulk
            chosen={keysChosen}
            keeps={keeps}
            onVerify={() => setAsked('verify')}
            onKeeper={() => setAsked('keeper')}
            onImpact={ofItem('impact') ? () => go(itemPagePath(keysChosen[0] ?? '', 'impact')) : undefined}
            onNone={() => setChosen(new Set())}
          />
        )}
      </div>
      {asked === 'verify' && <Verify {...acts} />}
      {asked === 'keeper' && <ChangeKeeper {...acts} />}
      <Rows rows={rows} columns={shownOf(all, keys)} {...{ view, change, chosen }} onChoose={setChosen} />
      <div className={layout['row']}>
        <span className={layout['small']}>
          Rows 1 to {number(rows.length)} of {number(total)}
        </span>
        {after !== undefined && (
          <Button spacing="compact" isLoading={busy === 'more'} onClick={more}>
            Show more items
          </Button>
        )}
        <span className={classes(layout['end'], layout['small'])}>
          <Legend />
        </span>
      </div>
    </>
  );

  const body = () => {
    if (!answer) return trouble ? <Instead trouble={trouble} subject="The items" retry={again} /> : <Skeleton subject="the items" lines={LINES} />;
    if (!begun) return <Nothing {...{ answer, view, change }} />;
    return (
      <>
        {filters()}
        {trouble && <Failed trouble={trouble} title="The items could not be read again" retry={again} />}
        {done && <Told done={done} />}
        <div className={styles['two']}>
          <div className={styles['facets']}>
            <Facets {...{ facets, view, change }} trouble={uncounted} />
          </div>
          <div className={layout['page']}>{answer.rows.length === 0 ? <Nothing {...{ answer, view, change }} /> : found(answer)}</div>
        </div>
        <Live>{busy === undefined && counted(answer.total, 'item')}</Live>
      </>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Register of managed items">
        {answer?.keeps === true && begun && (
          <>
            {page('import') && <Button onClick={() => go(pagePath('import'))}>Import items</Button>}
            <Button appearance="primary" onClick={() => go(pagePath('new'))}>
              Register an item
            </Button>
          </>
        )}
      </PageHead>
      <Pages />
      {body()}
    </div>
  );
}
