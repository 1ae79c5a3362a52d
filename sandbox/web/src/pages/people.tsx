import { useState, type FormEvent } from 'react';
import SearchIcon from '@atlaskit/icon/core/search';
import Textfield from '@atlaskit/textfield';
import { api, refusal } from '../api';
import type { SitePerson } from '../schemas';
import { switchTo } from '../shell/person-menu';
import { EmptyState } from '../ui/empty-state';
import { Face } from '../ui/person';
import { useLive } from '../use-live';
import styles from './pages.module.css';

const matches = (person: SitePerson, text: string): boolean =>
  [person.displayName, person.emailAddress, ...person.roles].join(' ').toLowerCase().includes(text.trim().toLowerCase());

/** Who one can be on this site. */
export function PeoplePage({ current }: { current: string | undefined }) {
  const people = useLive('people', api.people);
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const found = (people.data ?? []).filter((person) => matches(person, text));
  const choose = (accountId: string): void => void switchTo(accountId).catch((failure: unknown) => setError(refusal(failure).messages.join(' ')));

  if (people.error && !people.data) return <EmptyState title="The people did not load" text={people.error.message} />;
  return (
    <div className={styles['narrow']}>
      <h1 className={styles['title']}>Switch person</h1>
      <p className={styles['lead']}>This site runs on this computer and asks for no password. Choose who you are.</p>
      <Textfield
        type="search"
        aria-label="Search people"
        placeholder="Search by name, address or role"
        value={text}
        autoFocus
        onChange={(event: FormEvent<HTMLInputElement>) => setText(event.currentTarget.value)}
        elemBeforeInput={
          <span className={styles['searchIcon']}>
            <SearchIcon label="" color="var(--ds-icon-subtle)" />
          </span>
        }
      />
      <p role="alert" className={styles['error']}>
        {error}
      </p>
      <ul className={styles['people']}>
        {found.map((person) => (
          <li key={person.accountId}>
            <button
              type="button"
              className={styles['personButton']}
              aria-current={person.accountId === current ? 'true' : undefined}
              onClick={() => choose(person.accountId)}
            >
              <Face name={person.displayName} size="large" />
              <span className={styles['personText']}>
                <span className={styles['personName']}>{person.displayName}</span>
                <span className={styles['quiet']}>{person.emailAddress}</span>
              </span>
              <span className={styles['roles']}>{person.accountId === current ? 'You' : [...new Set(person.roles)].join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {people.data && found.length === 0 && <p className={styles['quiet']}>Nobody matches.</p>}
    </div>
  );
}
