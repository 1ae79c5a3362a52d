/** What every page of the settings gets, and small inputs that know their place in the document. */
import type { ReactNode } from 'react';
import type { SettingsView, UsmSettings } from '../../../src/contract';
import { classes } from '../../shared/classes';
import control from '../../shared/control.module.css';
import { Problem } from '../../shared/field';
import type { Wrong } from './draft';
import { numberOf, textOf } from './draft';
import styles from './settings.module.css';

export interface PartProps {
  draft: UsmSettings;
  view: SettingsView;
  wrong: Wrong;
  onChange: (part: Partial<UsmSettings>) => void;
}

interface InputProps {
  /** In the document: names the element and finds what is wrong with it. */
  path: string;
  label: string;
  wrong: Wrong;
  className?: string | undefined;
}

/** `id` of the element that holds this place, so that the focus can go there. */
export const idOf = (path: string): string => `setting-${path.replaceAll('.', '-')}`;

const aria = (path: string, label: string, problem: string | undefined) => ({
  id: idOf(path),
  'aria-label': label,
  ...(problem !== undefined && { 'aria-invalid': true as const, 'aria-describedby': `${idOf(path)}-problem` }),
});

function Held({ path, wrong, className, children }: Omit<InputProps, 'label'> & { children: ReactNode }) {
  return (
    <span className={classes(control['control'], control['compact'], className)}>
      {children}
      <Problem id={`${idOf(path)}-problem`} text={wrong.get(path)} />
    </span>
  );
}

interface TextProps extends InputProps {
  value: string;
  type?: 'text' | 'date';
  list?: string;
  placeholder?: string;
  onChange: (value: string) => void;
}

export const TextInput = ({ path, label, wrong, className, value, type = 'text', list, placeholder, onChange }: TextProps) => (
  <Held path={path} wrong={wrong} className={className}>
    <input
      {...aria(path, label, wrong.get(path))}
      type={type}
      list={list}
      placeholder={placeholder}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </Held>
);

interface NumberProps extends InputProps {
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

export const NumberInput = ({ path, label, wrong, className = styles['number'], value, min, max, onChange }: NumberProps) => (
  <Held path={path} wrong={wrong} className={className}>
    <input
      {...aria(path, label, wrong.get(path))}
      type="number"
      min={min}
      max={max}
      value={textOf(value)}
      onChange={(event) => onChange(numberOf(event.target.value))}
    />
  </Held>
);

interface SelectProps extends InputProps {
  value: string;
  options: readonly { value: string; name: string }[];
  onChange: (value: string) => void;
}

export const SelectInput = ({ path, label, wrong, className, value, options, onChange }: SelectProps) => (
  <Held path={path} wrong={wrong} className={className}>
    <select {...aria(path, label, wrong.get(path))} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.name}
        </option>
      ))}
    </select>
  </Held>
);
