/** Every item, for whoever keeps them: what is approved, what was written since, what is over. */
import Button from '@atlaskit/button/new';
import { useCallback, useEffect, useState } from 'react';
import type { CatalogRow, CatalogStatus } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Lozenge } from '../../../shared/lozenge';
import { Skeleton } from '../../../shared/skeleton';
import type { Trouble } from '../../../../src/contract';
import type { Tone } from '../../../shared/kinds';
import { WORK_TYPE_NAMES } from '../../../shared/work-types';
import { useAddress } from '../../../setup/ui/address';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { Search } from '../../../setup/ui/search';
import { Select } from '../../../setup/ui/select';
import table from '../../../setup/ui/table.module.css';
import { Crumbs } from '../../agreements/crumbs';
import { Instead } from '../../instead';
import { BROWSE, editPath, NEW } from '../address';
import { call } from '../call';
import { countWords, dayWords } from '../words';
import styles from './keep.module.css';

export const STATUSES: Readonly<Record<CatalogStatus, { name: string; tone: Tone }>> = {
  draft: { name: 'Draft', tone: 'neutral' },
  approved: { name: 'Approved', tone: 'success' },
  withdrawn: { name: 'Withdrawn', tone: 'neutral' },
};

const CHOICES: readonly { value: CatalogStatus | ''; name: string }[] = [
  { value: '', name: 'Any status' },
  { value: 'draft', name: 'Draft' },
  { value: 'approved', name: 'Approved' },
  { value: 'withdrawn', name: 'Withdrawn' },
];

const PAUSE_MS = 250;

interface Listed {
  rows: readonly CatalogRow[];
  total: number;
  after?: string | undefined;
}

function useItems(search: string, status: CatalogStatus | '') {
  const [listed, setListed] = useState<Listed>();
  const [trouble, setTrouble] = useState<Trouble>();
  const read = useCallback(
    async (before?: Listed): Promise<void> => {
      const answer = await call('catalog.items', {
        search,
        ...(status !== '' && { status }),
        ...(before?.after !== undefined && { after: before.after }),
      });
      if (isTrouble(answer)) return setTrouble(answer);
      setTrouble(undefined);
      setListed({ rows: [...(before?.rows ?? []), ...answer.rows], total: answer.total, after: answer.after });
    },
    [search, status],
  );
  useEffect(() => {
    const timer = window.setTimeout(() => void read(), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [read]);
  return { listed, trouble, read };
}

const Line = ({ row }: { row: CatalogRow }) => (
  <tr>
    <th scope="row" className={styles['title']}>
      <PageLink to={editPath(row.id)}>{row.title}</PageLink>
      <small>{row.id}</small>
    </th>
    <td>{row.service.name}</td>
    <td>{WORK_TYPE_NAMES[row.type]}</td>
    <td>
      <Lozenge tone={STATUSES[row.status].tone}>{STATUSES[row.status].name}</Lozenge>
      {row.changed && <small>written anew since</small>}
    </td>
    <td>
      {row.validUntil === undefined ? <span className={table['quiet']}>no end</span> : dayWords(row.validUntil)}
      {row.expired && <small>over</small>}
    </td>
  </tr>
);

export function KeepList() {
  const { go } = useAddress();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<CatalogStatus | ''>('');
  const { listed, trouble, read } = useItems(search, status);
  return (
    <div className={layout['page']}>
      <Crumbs way={[{ to: BROWSE, name: 'Catalog' }]} here="Items" />
      <PageHead
        title="Items of the catalog"
        text="What people may be offered. An agreement lists which of them, and only then they can be asked for."
      >
        <Button appearance="primary" onClick={() => go(NEW)}>
          New item
        </Button>
      </PageHead>
      <div className={layout['row']} role="search" aria-label="Filter items">
        <Search label="Title, words" value={search} onChange={setSearch} />
        <Select label="Status" value={status} options={CHOICES} onChange={setStatus} />
      </div>
      {trouble && <Instead trouble={trouble} subject="The items" retry={() => void read()} />}
      {!listed && !trouble && <Skeleton subject="the items" lines={[{ height: 240, width: '100%' }]} />}
      {listed &&
        (listed.rows.length === 0 ? (
          <div className={layout['empty']}>
            <h2>{search === '' && status === '' ? 'The catalog has no items yet' : 'No item fits'}</h2>
            <p>An item says in the customer’s words what they get, when, and what is made of it.</p>
          </div>
        ) : (
          <>
            <div className={table['scroll']} role="region" aria-label="Items" tabIndex={0}>
              <table className={table['table']}>
                <thead>
                  <tr>
                    <th scope="col">Item</th>
                    <th scope="col">Service</th>
                    <th scope="col">Makes a</th>
                    <th scope="col">Status</th>
                    <th scope="col">Valid until</th>
                  </tr>
                </thead>
                <tbody>
                  {listed.rows.map((row) => (
                    <Line key={row.id} row={row} />
                  ))}
                </tbody>
              </table>
            </div>
            <div className={layout['row']}>
              <span className={layout['small']}>{countWords(listed.rows.length, listed.total)}</span>
              {listed.after !== undefined && (
                <Button spacing="compact" onClick={() => void read(listed)}>
                  Show more items
                </Button>
              )}
            </div>
          </>
        ))}
    </div>
  );
}
