/** The question and its suggestions. Arrows choose, Enter takes; the last one is always one's own words. */
import { useId, useState, type KeyboardEvent } from 'react';
import type { CatalogCard } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import control from '../../../shared/control.module.css';
import { Icon } from '../../../shared/icons';
import styles from './browse.module.css';

const SUGGESTED = 5;

interface SearchBoxProps {
  words: string;
  found: readonly CatalogCard[];
  onWords: (words: string) => void;
  onOpen: (id: string) => void;
  onOwnWords: () => void;
}

export function SearchBox({ words, found, onWords, onOpen, onOwnWords }: SearchBoxProps) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const list = useId();
  const shown = words.trim() === '' ? [] : found.slice(0, SUGGESTED);
  const expanded = open && words.trim() !== '';
  const last = shown.length;
  const take = (index: number): void => {
    setOpen(false);
    const item = shown[index];
    if (item) onOpen(item.id);
    else onOwnWords();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setAt((before) => (before + (event.key === 'ArrowDown' ? 1 : last + 1)) % (last + 1));
    } else if (event.key === 'Enter' && expanded && at >= 0) {
      event.preventDefault();
      take(Math.min(at, last));
    }
  };
  const option = (index: number) => ({
    id: `${list}-${String(index)}`,
    role: 'option',
    'aria-selected': index === at,
    // The input keeps the focus until the click is through.
    onMouseDown: (event: { preventDefault: () => void }) => event.preventDefault(),
    onClick: () => take(index),
  });
  return (
    <div className={classes(styles['ask'], control['control'])}>
      <Icon name="search" />
      <input
        type="text"
        role="combobox"
        aria-label="What do you need?"
        aria-autocomplete="list"
        aria-expanded={expanded}
        aria-controls={list}
        aria-activedescendant={expanded && at >= 0 ? `${list}-${String(Math.min(at, last))}` : undefined}
        placeholder="Say it in your own words"
        autoComplete="off"
        value={words}
        onChange={(event) => {
          setOpen(true);
          setAt(-1);
          onWords(event.target.value);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <ul id={list} role="listbox" aria-label="Suggestions" hidden={!expanded}>
        {shown.map((item, index) => (
          <li key={item.id} {...option(index)}>
            <span>
              {item.title}
              <small>{item.what}</small>
            </span>
            <small>{item.ready}</small>
          </li>
        ))}
        <li {...option(last)}>
          <span>None of these: describe it in your own words</span>
        </li>
      </ul>
    </div>
  );
}
