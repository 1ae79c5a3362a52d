/** Finds one of many by words. Arrows choose, Enter takes, Escape gives up. */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classes } from './classes';
import control from './control.module.css';
import { Hidden } from './hidden';
import { report } from './report';
import styles from './finder.module.css';

/** A person types faster than anybody needs to be asked. */
const PAUSE = 250;

type Found<T> = { state: 'none' } | { state: 'failed' } | { state: 'ok'; all: readonly T[] };

interface FinderProps<T> {
  label: string;
  /** Of what is found: People. */
  all: string;
  placeholder: string;
  /** A function that stays the same. */
  find: (words: string) => Promise<readonly T[]>;
  keyOf: (one: T) => string;
  show: (one: T) => ReactNode;
  nothing: (words: string) => string;
  failed: string;
  /** Shows some before anything is typed. */
  browse?: boolean;
  onPick: (one: T) => void;
  onCancel: () => void;
}

export function Finder<T>({ label, all, placeholder, find, keyOf, show, nothing, failed, browse = false, onPick, onCancel }: FinderProps<T>) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found<T>>({ state: 'none' });
  const [at, setAt] = useState(0);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const words = query.trim();
  const asked = words !== '' || browse;

  useEffect(() => {
    if (!asked) return undefined;
    let mine = true;
    const timer = window.setTimeout(
      () => {
        find(words).then(
          (some) => {
            if (!mine) return;
            setAt(0);
            setFound({ state: 'ok', all: some });
          },
          (error: unknown) => {
            report(`${label} could not be searched`, error);
            if (mine) setFound({ state: 'failed' });
          },
        );
      },
      words === '' ? 0 : PAUSE,
    );
    return () => {
      mine = false;
      window.clearTimeout(timer);
    };
  }, [words, asked, find, label]);

  const some = found.state === 'ok' && asked ? found.all : [];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      return onCancel();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((before) => Math.min(Math.max(0, before + (event.key === 'ArrowDown' ? 1 : -1)), Math.max(0, some.length - 1)));
    }
    const one = some[at];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (one) onPick(one);
    }
  };
  const told = !asked ? '' : found.state === 'failed' ? failed : found.state === 'ok' && some.length === 0 ? nothing(words) : '';
  return (
    <span className={classes(styles['picker'], control['control'], control['compact'])}>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={some.length > 0}
        aria-controls={list}
        aria-activedescendant={some.length > 0 ? `${list}-${String(at)}` : undefined}
        placeholder={placeholder}
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onCancel}
      />
      <ul id={list} role="listbox" aria-label={all} hidden={some.length === 0}>
        {some.map((one, index) => (
          <li
            key={keyOf(one)}
            id={`${list}-${String(index)}`}
            role="option"
            aria-selected={index === at}
            // The input keeps the focus until the click is through.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(one)}
          >
            {show(one)}
          </li>
        ))}
      </ul>
      <span role="status">{told !== '' && <small>{told}</small>}</span>
      <Hidden>{some.length > 0 ? `${String(some.length)} found` : ''}</Hidden>
    </span>
  );
}
