/** Work items by a query. */
import { useEffect, useState, type FormEvent, type KeyboardEvent } from 'react';
import Button, { LinkButton } from '@atlaskit/button/new';
import TextArea from '@atlaskit/textarea';
import { refusal } from '../api';
import shared from '../pages/pages.module.css';
import { Link, navigate } from '../router';
import { EmptyState } from '../ui/empty-state';
import { Moment } from '../ui/moment';
import { PersonName } from '../ui/person';
import { StatusLozenge } from '../ui/status-lozenge';
import { TypeIcon } from '../ui/type-icon';
import { useLive } from '../use-live';
import * as site from './api';
import { bulkAddress, RECENT, searchAddress } from './query';
import styles from './search.module.css';

const COLUMNS = ['Key', 'Type', 'Summary', 'Status', 'Assignee', 'Reporter', 'Created', 'Updated'];

function QueryField({ jql, error }: { jql: string; error: string | undefined }) {
  const [text, setText] = useState(jql);
  useEffect(() => setText(jql), [jql]);
  const search = (): void => navigate(searchAddress(text.trim()));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    search();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    search();
  };
  return (
    <form className={styles['query']} onSubmit={submit}>
      <div className={styles['queryText']}>
        <TextArea
          aria-label="JQL query"
          aria-describedby="query-error"
          isMonospaced
          isInvalid={error !== undefined}
          minimumRows={1}
          resize="smart"
          spellCheck={false}
          value={text}
          onChange={(event: FormEvent<HTMLTextAreaElement>) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <Button type="submit" appearance="primary">
        Search
      </Button>
      <p id="query-error" role="alert" className={styles['error']}>
        {error}
      </p>
    </form>
  );
}

function ResultRow({ item }: { item: site.Row }) {
  const { summary, status, issuetype, assignee, reporter, created, updated } = item.fields;
  return (
    <tr>
      <td>
        <Link href={`/browse/${item.key}`}>{item.key}</Link>
      </td>
      <td>
        <TypeIcon type={issuetype} />
      </td>
      <td className={styles['cut']} title={summary}>
        <Link href={`/browse/${item.key}`} className={styles['summary']}>
          {summary}
        </Link>
      </td>
      <td>
        <StatusLozenge status={status} />
      </td>
      <td className={styles['cut']}>{assignee ? <PersonName person={assignee} /> : <span className={shared['quiet']}>Unassigned</span>}</td>
      <td className={styles['cut']}>{reporter ? <PersonName person={reporter} /> : <span className={shared['quiet']}>None</span>}</td>
      <td>
        <Moment at={created} />
      </td>
      <td>
        <Moment at={updated} />
      </td>
    </tr>
  );
}

/** One query's pages: a token leads only forwards, so those of the pages before are kept. */
function Results({ jql, onError }: { jql: string; onError: (message: string | undefined) => void }) {
  const [tokens, setTokens] = useState<string[]>([]);
  const [shownBefore, setShownBefore] = useState<number[]>([]);
  const page = useLive(`search:${jql}:${tokens.length}`, () => site.search(jql, tokens.at(-1)));
  const total = useLive(`count:${jql}`, () => site.count(jql));
  const message = page.error && refusal(page.error).messages.join(' ');
  useEffect(() => onError(message), [message, onError]);

  if (page.error) return null;
  if (!page.data) return <div className={shared['loading']} aria-busy="true" />;
  const { issues, nextPageToken } = page.data;
  if (issues.length === 0 && tokens.length === 0)
    return <EmptyState title="No work items match" text="Change the query, or take a condition away." />;
  const first = shownBefore.reduce((sum, one) => sum + one, 0);
  return (
    <>
      <div className={styles['foot']}>
        <p className={styles['count']} role="status">
          {first + 1} to {first + issues.length} of {total.data ?? '...'} work items
        </p>
        <LinkButton href={bulkAddress(jql)} spacing="compact">
          Change in bulk
        </LinkButton>
      </div>
      <div className={styles['frame']}>
        <table className={styles['table']} aria-label="Found work items">
          <thead>
            <tr>
              {COLUMNS.map((one) => (
                <th key={one} scope="col">
                  {one}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {issues.map((item) => (
              <ResultRow key={item.id} item={item} />
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles['pages']}>
        <Button
          isDisabled={tokens.length === 0}
          onClick={() => {
            setTokens(tokens.slice(0, -1));
            setShownBefore(shownBefore.slice(0, -1));
          }}
        >
          Previous
        </Button>
        <Button
          isDisabled={!nextPageToken}
          onClick={() => {
            setTokens([...tokens, nextPageToken ?? '']);
            setShownBefore([...shownBefore, issues.length]);
          }}
        >
          Next
        </Button>
      </div>
    </>
  );
}

export function IssuesPage({ jql = RECENT }: { jql?: string | undefined }) {
  const [error, setError] = useState<string>();
  return (
    <div className={shared['page']}>
      <h1 className={shared['title']}>Search work items</h1>
      <QueryField jql={jql} error={error} />
      <Results key={jql} jql={jql} onError={setError} />
    </div>
  );
}
