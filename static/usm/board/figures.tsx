/** How many wait where, on top; choosing a figure shows its lines. */
import { useId } from 'react';
import type { HandoffRow } from '../../../src/contract';
import { Hidden } from '../../shared/hidden';
import { span } from '../../shared/time';
import styles from './board.module.css';
import { everybody, isLate, type ListKey, type Lists, LISTS, type View } from './list';

const NAMES: Record<ListKey, string> = { us: 'Waiting on us', others: 'Waiting on others', returned: 'Returned', oldest: 'Oldest' };

export function nameOf(list: ListKey, view: View): string {
  if (list !== 'us' || view.team !== '') return NAMES[list];
  return everybody(view) ? 'Waiting' : 'Waiting on me';
}

const lateWords = (rows: readonly HandoffRow[], now: number): string => {
  const late = rows.filter((row) => isLate(row, now)).length;
  return late === 0 ? 'none late' : `${String(late)} late`;
};

interface FiguresProps {
  lists: Lists;
  view: View;
  now: number;
  onChange: (list: ListKey) => void;
}

export function Figures({ lists, view, now, onChange }: FiguresProps) {
  const group = useId();
  const [eldest] = lists.oldest;
  const figure = (list: ListKey): string => (list === 'oldest' ? (eldest ? span(now - eldest.askedAt) : '–') : String(lists[list].length));
  const below = (list: ListKey): string => {
    if (list === 'returned') return 'to be answered';
    if (list === 'others' && everybody(view)) return 'choose who we are';
    return list === 'oldest' ? (eldest?.key ?? 'nothing open') : lateWords(lists[list], now);
  };
  return (
    <fieldset className={styles['figures']}>
      <legend>
        <Hidden>What to show</Hidden>
      </legend>
      {LISTS.map((list) => (
        <label key={list}>
          <input type="radio" name={group} checked={view.list === list} onChange={() => onChange(list)} />
          <span>
            <span className={styles['name']}>{nameOf(list, view)}</span> <strong>{figure(list)}</strong>{' '}
            <span className={styles['below']}>{below(list)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
