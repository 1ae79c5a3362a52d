/** The objects of a plan under what they are, as a tree grid: arrows open and close, letters find. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { classes } from '../../shared/classes';
import { Icon } from '../../shared/icons';
import { Lozenge } from '../../shared/lozenge';
import { ACTION_KEYS, ACTIONS, KIND_NAMES, onKey, onType, type PlanRow } from './plan';
import styles from './plan-tree.module.css';

interface PlanTreeProps {
  rows: readonly PlanRow[];
  selected: string | undefined;
  onTurn: (id: string) => void;
  onSelect: (id: string) => void;
}

/** How long letters typed one after the other belong together. */
const TYPE_AHEAD = 700;

function Cells({ row }: { row: PlanRow }) {
  if (row.level === 1)
    return (
      <span role="gridcell" className={styles['counts']}>
        {ACTION_KEYS.filter((action) => row.counts[action] > 0).map((action) => (
          <span key={action} className={action === 'conflict' ? styles['danger'] : undefined}>
            <strong>{row.counts[action]}</strong> {ACTIONS[action].name.toLowerCase()}
          </span>
        ))}
      </span>
    );
  if (row.level === 3) return null;
  const { node } = row;
  const detail = node.detail ?? KIND_NAMES[node.kind];
  return (
    <>
      <span role="gridcell" className={styles['detail']} title={detail}>
        {detail}
      </span>
      <span role="gridcell" className={styles['action']}>
        <Lozenge tone={ACTIONS[node.action].tone}>{ACTIONS[node.action].name}</Lozenge>
      </span>
    </>
  );
}

export function PlanTree({ rows, selected, onTurn, onSelect }: PlanTreeProps) {
  const [at, setAt] = useState<string>();
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const here = rows.some((row) => row.id === at) ? at : rows.some((row) => row.id === selected) ? selected : rows[0]?.id;

  const element = (id: string): HTMLElement | undefined =>
    [...(tree.current?.querySelectorAll<HTMLElement>('[role="row"]') ?? [])].find((row) => row.dataset['id'] === id);
  const focus = (id: string): void => {
    setAt(id);
    element(id)?.focus();
  };

  // What somebody came to decide is in sight.
  useEffect(() => {
    if (selected !== undefined)
      [...(tree.current?.querySelectorAll<HTMLElement>('[role="row"]') ?? [])]
        .find((row) => row.dataset['id'] === selected)
        ?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const act = (row: PlanRow): void => {
    if (row.level === 2 && row.node.choices !== undefined) onSelect(row.id);
    else if (row.open !== undefined) onTurn(row.id);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (here === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows.find((one) => one.id === here);
    if (row && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      return act(row);
    }
    const { focus: next, turn } = onKey(rows, here, event.key);
    if (next !== undefined || turn !== undefined || event.key.startsWith('Arrow')) event.preventDefault();
    if (turn !== undefined) onTurn(turn);
    if (next !== undefined) focus(next);
    if (event.key.length !== 1 || event.key === ' ') return;
    const late = event.timeStamp - typed.current.at > TYPE_AHEAD;
    typed.current = { text: late ? event.key : typed.current.text + event.key, at: event.timeStamp };
    const found = onType(rows, here, typed.current.text);
    if (found !== undefined) focus(found);
  };

  return (
    <div ref={tree} role="treegrid" aria-label="Objects of the plan" className={styles['tree']} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <div
          key={row.id}
          role="row"
          data-id={row.id}
          tabIndex={row.id === here ? 0 : -1}
          aria-level={row.level}
          aria-posinset={row.place}
          aria-setsize={row.size}
          aria-expanded={row.open}
          aria-selected={row.id === selected}
          className={classes(
            styles['row'],
            styles[`level${String(row.level)}`],
            row.open === true && styles['open'],
            row.open !== undefined && styles['turnable'],
            row.id === selected && styles['selected'],
          )}
          onClick={() => {
            setAt(row.id);
            act(row);
          }}
        >
          <span role="gridcell" className={styles['name']} title={row.name}>
            <span className={styles['chevron']}>{row.open !== undefined && <Icon name="chevronRight" />}</span>
            <span>{row.name}</span>
          </span>
          <Cells row={row} />
        </div>
      ))}
    </div>
  );
}
