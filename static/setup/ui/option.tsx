/** A radio button or a checkbox with what it means under it. */
import type { ReactNode } from 'react';
import styles from './option.module.css';

interface OptionProps {
  type: 'radio' | 'checkbox';
  name: string;
  title: ReactNode;
  text?: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

export const Option = ({ type, name, title, text, checked, disabled = false, onChange }: OptionProps) => (
  <label className={styles['option']}>
    <input type={type} name={name} checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    <span>
      {title}
      {text !== undefined && <small>{text}</small>}
    </span>
  </label>
);
