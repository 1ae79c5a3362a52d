/** A choice among few, in a row of filters. */
import { classes } from '../../shared/classes';
import control from '../../shared/control.module.css';
import styles from './select.module.css';

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; name: string }[];
  onChange: (value: Value) => void;
}

export const Select = <Value extends string = string>({ label, value, options, onChange }: SelectProps<Value>) => (
  <span className={classes(control['control'], control['compact'], styles['select'])}>
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        const chosen = options.find((one) => one.value === target.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.name}
        </option>
      ))}
    </select>
  </span>
);
