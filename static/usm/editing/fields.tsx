/** Inputs of an editor, bound to their place: labelled ones for forms, bare ones for tables and rows. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { classes } from '../../shared/classes';
import control from '../../shared/control.module.css';
import { Field, Problem } from '../../shared/field';
import { Add, Remove } from '../../setup/ui/rows';
import type { Json } from '../agreements/edit/merge';
import { useDrafting } from './drafting';
import styles from './editing.module.css';
import { idOf, listAt, textAt } from './places';

interface PlaceProps {
  path: string;
  label: string;
}

interface TextProps extends PlaceProps {
  hint?: string;
  optional?: boolean;
  /** Of a text of several lines. */
  rows?: number;
  type?: 'text' | 'date';
  list?: string;
  placeholder?: string;
}

export function Text({ path, label, hint, optional = true, rows, type = 'text', list, placeholder }: TextProps) {
  const { form, wrong, set } = useDrafting();
  const value = textAt(form, path);
  return (
    <Field id={idOf(path)} label={label} problem={wrong.get(path)} optional={optional} {...(hint !== undefined && { hint })}>
      {(aria) =>
        rows === undefined ? (
          <input
            {...aria}
            type={type}
            list={list}
            placeholder={placeholder}
            autoComplete="off"
            value={value}
            onChange={(event) => set(path, event.target.value)}
          />
        ) : (
          <textarea {...aria} rows={rows} placeholder={placeholder} value={value} onChange={(event) => set(path, event.target.value)} />
        )
      }
    </Field>
  );
}

export interface Option {
  value: string;
  name: string;
}

interface ChoiceProps extends PlaceProps {
  options: readonly Option[];
  optional?: boolean;
  hint?: string;
}

/** What is chosen and not offered any more stays to be seen. */
const withOwn = (options: readonly Option[], value: string): readonly Option[] =>
  value === '' || options.some((one) => one.value === value) ? options : [...options, { value, name: `${value} (not there any more)` }];

const Options = ({ options, value }: { options: readonly Option[]; value: string }) =>
  withOwn(options, value).map((one) => (
    <option key={one.value} value={one.value}>
      {one.name}
    </option>
  ));

export function Choice({ path, label, options, optional = true, hint }: ChoiceProps) {
  const { form, wrong, set } = useDrafting();
  const value = textAt(form, path);
  return (
    <Field id={idOf(path)} label={label} problem={wrong.get(path)} optional={optional} {...(hint !== undefined && { hint })}>
      {(aria) => (
        <select {...aria} value={value} onChange={(event) => set(path, event.target.value)}>
          <Options options={options} value={value} />
        </select>
      )}
    </Field>
  );
}

function Bare({ path, className, children }: { path: string; className?: string | undefined; children: ReactNode }) {
  const { wrong } = useDrafting();
  return (
    <span className={classes(control['control'], control['compact'], styles['bare'], className)}>
      {children}
      <Problem id={`${idOf(path)}-problem`} text={wrong.get(path)} />
    </span>
  );
}

const ariaOf = ({ path, label }: PlaceProps, problem: string | undefined) => ({
  id: idOf(path),
  'aria-label': label,
  ...(problem !== undefined && { 'aria-invalid': true as const, 'aria-describedby': `${idOf(path)}-problem` }),
});

interface BareTextProps extends PlaceProps {
  className?: string | undefined;
  list?: string;
  placeholder?: string;
  rows?: number;
  onKeyDown?: (event: KeyboardEvent) => void;
}

export function BareText({ path, label, className, list, placeholder, rows, onKeyDown }: BareTextProps) {
  const { form, wrong, set } = useDrafting();
  const aria = ariaOf({ path, label }, wrong.get(path));
  const value = textAt(form, path);
  return (
    <Bare path={path} className={className}>
      {rows === undefined ? (
        <input
          {...aria}
          list={list}
          placeholder={placeholder}
          autoComplete="off"
          value={value}
          onChange={(event) => set(path, event.target.value)}
          onKeyDown={onKeyDown}
        />
      ) : (
        <textarea
          {...aria}
          rows={rows}
          placeholder={placeholder}
          value={value}
          onChange={(event) => set(path, event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
    </Bare>
  );
}

export function BareChoice({ path, label, options, className }: PlaceProps & { options: readonly Option[]; className?: string | undefined }) {
  const { form, wrong, set } = useDrafting();
  const value = textAt(form, path);
  return (
    <Bare path={path} className={className}>
      <select {...ariaOf({ path, label }, wrong.get(path))} value={value} onChange={(event) => set(path, event.target.value)}>
        <Options options={options} value={value} />
      </select>
    </Bare>
  );
}

/** A list at a place, and what can be done with its rows. What is added gets the focus. */
export function useRows(path: string): { rows: Json[]; add: (row: Json, focus?: string) => void; remove: (index: number) => void } {
  const { form, set } = useDrafting();
  const rows = listAt(form, path);
  const next = useRef<string>();
  useEffect(() => {
    if (next.current === undefined) return;
    document.getElementById(next.current)?.focus();
    next.current = undefined;
  });
  return {
    rows,
    add: (row, focus = '') => {
      next.current = idOf(`${path}.${String(rows.length)}${focus === '' ? '' : `.${focus}`}`);
      set(path, [...rows, row]);
    },
    remove: (index) => {
      next.current = rows.length > 1 ? idOf(`${path}.${String(Math.max(0, index - 1))}${focusOf(rows[index])}`) : `${idOf(path)}-add`;
      set(
        path,
        rows.filter((_, at) => at !== index),
      );
    },
  };
}

/** The first field of a row. */
function focusOf(row: Json | undefined): string {
  const [first] = typeof row === 'object' && row !== null && !Array.isArray(row) ? Object.keys(row) : [];
  return first === undefined ? '' : `.${first}`;
}

interface LinesProps extends PlaceProps {
  /** One of them: "a duty". */
  one: string;
  none: string;
}

/** Sentences, each in a line of its own; Enter begins the next. */
export function Lines({ path, label, one, none }: LinesProps) {
  const { wrong } = useDrafting();
  const { rows, add, remove } = useRows(path);
  return (
    <section className={styles['group']} aria-label={label}>
      <h3>{label}</h3>
      {rows.length === 0 && <p className={styles['none']}>{none}</p>}
      {rows.map((_, index) => (
        <div key={index} className={styles['row']}>
          <BareText
            path={`${path}.${String(index)}`}
            label={`${label}, line ${String(index + 1)}`}
            className={styles['grow']}
            rows={2}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              add('');
            }}
          />
          <Remove what={`line ${String(index + 1)} of ${label}`} onRemove={() => remove(index)} />
        </div>
      ))}
      <Problem id={`${idOf(path)}-problem`} text={wrong.get(path)} />
      <Add id={`${idOf(path)}-add`} what={one} onAdd={() => add('')} />
    </section>
  );
}

interface RowsProps extends PlaceProps {
  one: string;
  none?: string;
  /** A row as it begins, and the field that gets the focus. */
  begin: () => { row: Json; focus: string };
  children: (path: string, name: string) => ReactNode;
}

/** Rows of several fields. */
export function Rows({ path, label, one, none, begin, children }: RowsProps) {
  const { wrong } = useDrafting();
  const { rows, add, remove } = useRows(path);
  return (
    <div className={styles['group']} role="group" aria-label={label}>
      {rows.length === 0 && none !== undefined && <p className={styles['none']}>{none}</p>}
      {rows.map((_, index) => {
        const place = `${path}.${String(index)}`;
        const name = `${label} ${String(index + 1)}`;
        return (
          <div key={index} className={styles['row']}>
            {children(place, name)}
            <Remove what={name} onRemove={() => remove(index)} />
            <Problem id={`${idOf(place)}-problem`} text={wrong.get(place)} />
          </div>
        );
      })}
      <Problem id={`${idOf(path)}-problem`} text={wrong.get(path)} />
      <Add
        id={`${idOf(path)}-add`}
        what={one}
        onAdd={() => {
          const { row, focus } = begin();
          add(row, focus);
        }}
      />
    </div>
  );
}

/** A yes or no; what is typed is text everywhere else. */
export function Check({ path, label, hint }: PlaceProps & { hint?: string }) {
  const { form, set } = useDrafting();
  const checked = textAt(form, path) === 'yes';
  return (
    <label className={styles['check']} htmlFor={idOf(path)}>
      <input id={idOf(path)} type="checkbox" checked={checked} onChange={(event) => set(path, event.target.checked ? 'yes' : '')} />
      <span>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
    </label>
  );
}
