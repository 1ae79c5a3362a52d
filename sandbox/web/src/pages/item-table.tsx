import { useState } from 'react';
import Button from '@atlaskit/button/new';
import { api, refusal } from '../api';
import { Link, navigate } from '../router';
import type { FoundItem } from '../schemas';
import { EmptyState } from '../ui/empty-state';
import { Moment } from '../ui/moment';
import { PersonName } from '../ui/person';
import { StatusLozenge } from '../ui/status-lozenge';
import { TypeIcon } from '../ui/type-icon';
import { useLive } from '../use-live';
import styles from './pages.module.css';

const LOOK_MS = 5000;

function Row({ item }: { item: FoundItem }) {
  const { summary, status, issuetype, assignee, reporter, updated } = item.fields;
  const address = `/browse/${item.key}`;
  return (
    <tr className={styles['row']} onClick={(event) => !event.defaultPrevented && navigate(address)}>
      <td>
        <span className={styles['workCell']}>
          <TypeIcon type={issuetype} />
          <Link href={address} className={styles['key']}>
            {item.key}
          </Link>
          <span className={styles['summary']} title={summary}>
            {summary}
          </span>
        </span>
      </td>
      <td>
        <StatusLozenge status={status} />
      </td>
      <td>{assignee ? <PersonName person={assignee} /> : <span className={styles['quiet']}>Unassigned</span>}</td>
      <td>{reporter ? <PersonName person={reporter} /> : <span className={styles['quiet']}>None</span>}</td>
      <td>
        <Moment at={updated} />
      </td>
    </tr>
  );
}

interface ItemTableProps {
  jql: string;
  label: string;
  empty: { title: string; text: string };
}

/** Work items a query finds; the first page is watched, further pages are fetched on demand. */
export function ItemTable({ jql, label, empty }: ItemTableProps) {
  const first = useLive(`search:${jql}`, () => api.search(jql), { everyMs: LOOK_MS });
  const [more, setMore] = useState<{ jql: string; items: FoundItem[]; next: string | null | undefined }>();

  if (first.error && !first.data)
    return <EmptyState title="The list did not load" text={refusal(first.error).messages.join(' ') || first.error.message} />;
  if (!first.data) return <div className={styles['loading']} aria-busy="true" />;

  const further = more?.jql === jql ? more : undefined;
  const next = further ? further.next : first.data.nextPageToken;
  const known = new Set(first.data.issues.map((item) => item.id));
  const items = [...first.data.issues, ...(further?.items ?? []).filter((item) => !known.has(item.id))];
  const loadMore = async (): Promise<void> => {
    const page = await api.search(jql, next ?? undefined);
    setMore({ jql, items: [...(further?.items ?? []), ...page.issues], next: page.nextPageToken });
  };

  if (items.length === 0) return <EmptyState {...empty} />;
  return (
    <div className={styles['tableFrame']}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Work</th>
            <th scope="col">Status</th>
            <th scope="col">Assignee</th>
            <th scope="col">Reporter</th>
            <th scope="col">Updated</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </tbody>
      </table>
      {next && (
        <div className={styles['tableFoot']}>
          <Button appearance="subtle" onClick={() => void loadMore()}>
            Load more
          </Button>
        </div>
      )}
    </div>
  );
}
