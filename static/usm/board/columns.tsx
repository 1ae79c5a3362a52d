/** The hand-offs in four columns. Arrows lead from card to card; what has been dealt with gives its place, and the focus, to the next. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { HandoffBoard } from '../../../src/contract';
import { Icon } from '../../shared/icons';
import { Card } from './card';
import styles from './columns.module.css';
import { folded, foldWords, isLate, type Lists } from './list';
import type { Acting } from './use-acts';
import { LISTS, type ListKey, type View } from './view';
import { nearest, type Spot, walk } from './walk';
import { about, emptyOf, nameOf, whoWeAre } from './words';

interface ColumnsProps extends Acting {
  rows: HandoffBoard['rows'];
  lists: Lists;
  view: View;
  now: number;
}

const nameOfSpot = ({ column, index }: Spot): string => `${String(column)}.${String(index)}`;

function Head({ list, lists, view, now, who }: Pick<ColumnsProps, 'lists' | 'view' | 'now'> & { list: ListKey; who: string | undefined }) {
  const rows = lists[list];
  const late = rows.filter((row) => isLate(row, now)).length;
  return (
    <header className={styles['head']}>
      <h2>
        {nameOf(list, view)} <span className={styles['count']}>{rows.length}</span>
        {late > 0 && list !== 'oldest' && <span className={styles['late']}>{late} late</span>}
      </h2>
      <p>{about(list, who)}</p>
    </header>
  );
}

export function Columns({ rows, lists, view, now, ...acting }: ColumnsProps) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<ListKey>>(new Set());
  const [here, setHere] = useState<Spot>({ column: 0, index: 0 });
  const cards = useRef(new Map<string, HTMLDivElement>());
  const acted = useRef(false);
  const drawn = useRef(rows);
  const who = whoWeAre(rows, view);

  const columns = LISTS.map((list) => {
    const { open, rest } = folded(list, lists[list], now);
    const all = unfolded.has(list);
    return { list, shown: all ? [...open, ...rest] : open, rest, all };
  });
  const counts = columns.map(({ shown }) => shown.length);
  const stop = nearest(counts, here);
  const focus = (spot: Spot | undefined): void => {
    if (spot) cards.current.get(nameOfSpot(spot))?.focus();
  };

  // The button that was pressed may be gone, with its card or without.
  useEffect(() => {
    if (drawn.current === rows) return;
    drawn.current = rows;
    if (!acted.current) return;
    acted.current = false;
    if (document.activeElement === null || document.activeElement === document.body) focus(stop);
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!stop || event.ctrlKey || event.metaKey || event.altKey || event.target !== cards.current.get(nameOfSpot(stop))) return;
    const to = walk(counts, stop, event.key);
    if (to || event.key.startsWith('Arrow')) event.preventDefault();
    focus(to);
  };

  return (
    <>
      <p className={styles['keys']} id="board-keys">
        On a card: <kbd>arrows</kbd> go to the next, <kbd>Enter</kbd> opens the work item, <kbd>A</kbd> accepts or answers, <kbd>R</kbd> returns or
        reminds.
      </p>
      <div className={styles['board']} onKeyDown={onKeyDown}>
        {columns.map(({ list, shown, rest, all }, column) => (
          <section key={list} aria-label={nameOf(list, view)} aria-describedby="board-keys" className={styles['column']}>
            <Head {...{ list, lists, view, now, who }} />
            {lists[list].length === 0 ? (
              <Nothing {...emptyOf(list, rows, view, now)} />
            ) : (
              <ul>
                {shown.map((row, index) => (
                  <li key={row.id}>
                    <Card
                      ref={(element) => {
                        const name = nameOfSpot({ column, index });
                        if (element) cards.current.set(name, element);
                        else cards.current.delete(name);
                      }}
                      row={row}
                      now={now}
                      tabbable={stop?.column === column && stop.index === index}
                      onFocus={() => setHere({ column, index })}
                      {...acting}
                      onRenewed={(id, renewed) => {
                        acted.current = true;
                        acting.onRenewed(id, renewed);
                      }}
                    />
                  </li>
                ))}
              </ul>
            )}
            {rest.length > 0 && (
              <button
                type="button"
                aria-expanded={all}
                className={styles['fold']}
                onClick={() => setUnfolded((before) => new Set(all ? [...before].filter((one) => one !== list) : [...before, list]))}
              >
                <Icon name={all ? 'chevronUp' : 'chevronDown'} />
                {all ? 'Show fewer' : foldWords(rest, now)}
              </button>
            )}
          </section>
        ))}
      </div>
    </>
  );
}

const Nothing = ({ title, text }: { title: string; text: string }) => (
  <div className={styles['nothing']}>
    <p>{title}</p>
    <p>{text}</p>
  </div>
);
