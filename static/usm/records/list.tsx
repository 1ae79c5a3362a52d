/** Records of one kind, found by words, part by part. */
import Button from '@atlaskit/button/new';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Trouble } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { Live } from '../../shared/hidden';
import { Skeleton } from '../../shared/skeleton';
import { useAddress } from '../../setup/ui/address';
import { Failed } from '../../setup/ui/failed';
import layout from '../../setup/ui/layout.module.css';
import { PageLink } from '../../setup/ui/page-link';
import { Search } from '../../setup/ui/search';
import table from '../../setup/ui/table.module.css';
import { counted } from '../../setup/ui/words';
import type { Json } from '../agreements/edit/merge';
import { Instead } from '../instead';
import { newPath, recordPath } from './address';
import type { Page, Spec } from './spec';
import { plural } from './words';

const PAUSE_MS = 250;
const LINES = [{ height: 32, width: '40%' }, ...Array.from({ length: 6 }, () => ({ height: 40, width: '100%' }))];

export function RecordList<Row extends { id: string; name: string }, Form extends Json>({ spec }: { spec: Spec<Row, Form> }) {
  const { path, list, one, bare, many, none, heads, cells } = spec;
  const { search, show, go } = useAddress();
  const words = new URLSearchParams(search).get('words') ?? '';
  const [page, setPage] = useState<Page<Row>>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const latest = useRef(0);

  const ask = useCallback(
    async (before?: Page<Row>): Promise<void> => {
      latest.current += 1;
      const own = latest.current;
      setBusy(before !== undefined);
      const found = await list({ search: words, ...(before?.after !== undefined && { after: before.after }) });
      if (own !== latest.current) return;
      setBusy(false);
      if (isTrouble(found)) return setTrouble(found);
      setTrouble(undefined);
      setPage(before ? { ...found, rows: [...before.rows, ...found.rows], people: [...before.people, ...found.people] } : found);
    },
    [list, words],
  );
  useEffect(() => {
    const timer = window.setTimeout(() => void ask(), words === '' ? 0 : PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [ask, words]);

  if (!page)
    return trouble ? (
      <Instead trouble={trouble} subject={`The ${plural(spec)}`} retry={() => void ask()} />
    ) : (
      <Skeleton subject={`the ${plural(spec)}`} lines={LINES} />
    );
  const { rows, total, after, people, keeps } = page;
  const names = new Map([
    ...rows.map(({ record }) => [record.id, record.name] as const),
    ...people.map(({ accountId, name }) => [accountId, name] as const),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  const said = `${counted(total, bare, plural(spec))}`;
  if (total === 0 && words === '')
    return (
      <div className={layout['empty']}>
        <h2>There is no {bare} yet</h2>
        <p>{none}</p>
        {keeps && (
          <div>
            <Button appearance="primary" onClick={() => go(newPath(path))}>
              Write {one}
            </Button>
          </div>
        )}
      </div>
    );
  return (
    <>
      {trouble && <Failed trouble={trouble} title={`The ${plural(spec)} could not be read`} retry={() => void ask()} />}
      <div className={layout['row']} role="search" aria-label={`Find ${plural(spec)}`}>
        <Search
          label="Name or id"
          value={words}
          onChange={(next) => show(next === '' ? '' : `?${new URLSearchParams({ words: next }).toString()}`)}
        />
        <span className={layout['small']}>{said}</span>
        {keeps && (
          <span className={layout['end']}>
            <Button appearance="primary" onClick={() => go(newPath(path))}>
              Write {one}
            </Button>
          </span>
        )}
      </div>
      {total === 0 ? (
        <p>No {bare} is called so.</p>
      ) : (
        <div className={table['scroll']} role="region" aria-label={many} tabIndex={0}>
          <table className={table['table']}>
            <thead>
              <tr>
                {['Name', ...heads].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ record }) => (
                <tr key={record.id}>
                  <th scope="row">
                    <PageLink to={recordPath(path, record.id)}>{record.name}</PageLink>
                    <small>{record.id}</small>
                  </th>
                  {cells(record, nameOf).map((cell, index) => (
                    <td key={index}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={layout['row']}>
        <span className={layout['small']}>{rows.length < total ? `Rows 1 to ${String(rows.length)} of ${String(total)}` : ''}</span>
        {after !== undefined && (
          <Button spacing="compact" isLoading={busy} onClick={() => void ask(page)}>
            Show more {plural(spec)}
          </Button>
        )}
      </div>
      <Live>{said}</Live>
    </>
  );
}
