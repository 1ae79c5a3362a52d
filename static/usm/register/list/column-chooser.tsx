/** Which columns are shown, and in which order: by a tick, by dragging, or by Alt and the arrow keys. */
import { type KeyboardEvent, useState } from 'react';
import { classes } from '../../../shared/classes';
import { Live } from '../../../shared/hidden';
import { Icon } from '../../../shared/icons';
import { Search } from '../../../setup/ui/search';
import { matches } from '../../../setup/ui/words';
import styles from './column-chooser.module.css';
import { moved, stepped, ticked } from './order';
import { Popover } from './popover';

interface ChooserProps {
  all: readonly { key: string; name: string }[];
  /** Keys, in their order. */
  shown: readonly string[];
  /** So many at once. */
  most: number;
  onChange: (shown: readonly string[]) => void;
  onReset: () => void;
}

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowDown: 1 };

function Choices({ all, shown, most, onChange, onReset }: ChooserProps) {
  const [words, setWords] = useState('');
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<string>();
  const [told, setTold] = useState('');
  const ordered = [...shown.flatMap((key) => all.filter((one) => one.key === key)), ...all.filter(({ key }) => !shown.includes(key))];
  const found = ordered.filter(({ name }) => words.trim() === '' || matches(words.trim(), name));
  const onKeyDown = (event: KeyboardEvent, key: string, name: string): void => {
    const by = STEPS[event.key];
    if (!event.altKey || by === undefined || !shown.includes(key)) return;
    event.preventDefault();
    const next = stepped(shown, key, by);
    onChange(next);
    setTold(`${name} is column ${String(next.indexOf(key) + 1)} of ${String(next.length)}`);
  };
  const drop = (key: string): void => {
    if (dragged !== undefined && dragged !== key) onChange(moved(shown, dragged, shown.indexOf(key)));
    setDragged(undefined);
    setOver(undefined);
  };
  return (
    <>
      <div className={styles['head']}>
        <strong>Columns in this view</strong>
        <button type="button" className={styles['reset']} onClick={onReset}>
          Reset
        </button>
      </div>
      <Search label="Find a column" value={words} onChange={setWords} />
      <ul className={styles['list']} aria-label="Columns">
        <li>
          <label>
            <input type="checkbox" checked disabled /> Key and name
          </label>
          <small>always</small>
        </li>
        {found.map(({ key, name }) => {
          const here = shown.includes(key);
          return (
            <li
              key={key}
              draggable={here}
              className={classes(over === key && dragged !== key && styles['over'])}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                setDragged(key);
              }}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={(event) => {
                if (dragged === undefined || !here) return;
                event.preventDefault();
                setOver(key);
              }}
              onDrop={(event) => {
                event.preventDefault();
                drop(key);
              }}
            >
              <label>
                <input
                  type="checkbox"
                  checked={here}
                  disabled={!here && shown.length >= most}
                  onChange={() => onChange(ticked(shown, key))}
                  onKeyDown={(event) => onKeyDown(event, key, name)}
                />{' '}
                {name}
              </label>
              {here && (
                <span className={styles['grip']} title="Drag to another place">
                  <Icon name="grip" />
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p>No column is called so.</p>}
      <small>Order by dragging, or Alt + arrow keys.{shown.length >= most && ` No more than ${String(most)} at once.`}</small>
      <Live>{told}</Live>
    </>
  );
}

export const ColumnChooser = (props: ChooserProps) => (
  <Popover
    label="Columns in this view"
    name={
      <>
        <Icon name="columns" />
        Columns
        <span className={styles['count']}>{props.shown.length + 1}</span>
      </>
    }
  >
    {() => <Choices {...props} />}
  </Popover>
);
