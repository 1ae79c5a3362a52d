/** Six counts side by side, each with what it means; where they can be chosen, one is. */
import type { MarkKind } from '../../../shared/kinds';
import { Mark } from '../../../shared/mark';
import { number } from '../words';
import styles from './import.module.css';

export interface Count<Value extends string = string> {
  value: Value;
  name: string;
  count: number;
  text?: string;
  mark?: MarkKind;
}

export function Counts<Value extends string>({
  counts,
  chosen,
  onChoose,
}: {
  counts: readonly Count<Value>[];
  chosen?: Value;
  onChoose?: (value: Value) => void;
}) {
  return (
    <div className={styles['counts']}>
      {counts.map(({ value, name, count, text, mark }) => {
        const inside = (
          <>
            <span className={styles['head']}>
              {mark && <Mark kind={mark} />}
              {name}
            </span>
            <strong>{number(count)}</strong>
            {text !== undefined && <small>{text}</small>}
          </>
        );
        return onChoose ? (
          <button key={value} type="button" aria-pressed={chosen === value} onClick={() => onChoose(value)}>
            {inside}
          </button>
        ) : (
          <div key={value}>{inside}</div>
        );
      })}
    </div>
  );
}
