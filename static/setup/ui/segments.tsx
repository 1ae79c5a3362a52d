/** One of a few, all in sight: radio buttons in the looks of pills, of one joined control, or of tabs. Arrows move as in any radio group. */
import { useId } from 'react';
import { classes } from '../../shared/classes';
import { Hidden } from '../../shared/hidden';
import styles from './segments.module.css';

export interface Segment<Value extends string> {
  value: Value;
  name: string;
  count?: number;
}

interface SegmentsProps<Value extends string> {
  /** Of the group, for screen readers. */
  label: string;
  looks?: 'pills' | 'joined' | 'tabs';
  segments: readonly Segment<Value>[];
  value: Value;
  disabled?: boolean;
  onChange: (value: Value) => void;
}

export function Segments<Value extends string>({ label, looks = 'pills', segments, value, disabled = false, onChange }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className={classes(styles['segments'], styles[looks])}>
      <legend>
        <Hidden>{label}</Hidden>
      </legend>
      {segments.map((one) => (
        <label key={one.value}>
          <input type="radio" name={name} checked={value === one.value} disabled={disabled} onChange={() => onChange(one.value)} />
          <span>
            {one.name}
            {one.count !== undefined && <span className={styles['count']}>{one.count}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
