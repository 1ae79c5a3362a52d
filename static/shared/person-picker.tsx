/** Finds a person by name. Arrows choose, Enter takes, Escape gives up. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Person } from '../../src/contract';
import { classes } from './classes';
import control from './control.module.css';
import { Face } from './face';
import { Hidden } from './hidden';
import { report } from './report';
import { findPeople } from './find-people';
import styles from './person-picker.module.css';

/** A person types faster than Jira needs to be asked. */
const PAUSE = 250;

type Found = { state: 'none' } | { state: 'failed' } | { state: 'ok'; people: readonly Person[] };

export function PersonPicker({ label, onPick, onCancel }: { label: string; onPick: (person: Person) => void; onCancel: () => void }) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found>({ state: 'none' });
  const [at, setAt] = useState(0);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);

  useEffect(() => {
    const words = query.trim();
    if (words === '') return undefined;
    let mine = true;
    const timer = window.setTimeout(() => {
      findPeople(words).then(
        (people) => {
          if (!mine) return;
          setAt(0);
          setFound({ state: 'ok', people });
        },
        (error: unknown) => {
          report('People could not be searched', error);
          if (mine) setFound({ state: 'failed' });
        },
      );
    }, PAUSE);
    return () => {
      mine = false;
      window.clearTimeout(timer);
    };
  }, [query]);

  const people = found.state === 'ok' && query.trim() !== '' ? found.people : [];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      return onCancel();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((before) => Math.min(Math.max(0, before + (event.key === 'ArrowDown' ? 1 : -1)), Math.max(0, people.length - 1)));
    }
    const person = people[at];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (person) onPick(person);
    }
  };
  const told =
    query.trim() === ''
      ? ''
      : found.state === 'failed'
        ? 'Jira did not answer. Type again.'
        : found.state === 'ok' && people.length === 0
          ? `Nobody is called “${query.trim()}”.`
          : '';
  return (
    <span className={classes(styles['picker'], control['control'], control['compact'])}>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={people.length > 0}
        aria-controls={list}
        aria-activedescendant={people.length > 0 ? `${list}-${String(at)}` : undefined}
        placeholder="Type a name"
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onCancel}
      />
      <ul id={list} role="listbox" aria-label="People" hidden={people.length === 0}>
        {people.map((person, index) => (
          <li
            key={person.accountId}
            id={`${list}-${String(index)}`}
            role="option"
            aria-selected={index === at}
            // The input keeps the focus until the click is through.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(person)}
          >
            <Face id={person.accountId} name={person.name} small />
            {person.name}
          </li>
        ))}
      </ul>
      <span role="status">{told !== '' && <small>{told}</small>}</span>
      <Hidden>{people.length > 0 ? `${String(people.length)} found` : ''}</Hidden>
    </span>
  );
}
