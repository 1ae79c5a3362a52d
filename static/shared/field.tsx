/** Label, input, hint and what is missing, tied together for screen readers. */
import type { ReactNode } from 'react';
import { classes } from './classes';
import control from './control.module.css';
import { Mark } from './mark';
import styles from './field.module.css';

interface Aria {
  id: string;
  required?: true;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true;
}

interface FieldProps {
  label: string;
  id: string;
  hint?: string;
  problem?: string | undefined;
  /** May be left empty. */
  optional?: boolean;
  children: (aria: Aria) => ReactNode;
}

export const Problem = ({ id, text }: { id: string; text: string | undefined }) =>
  text === undefined ? null : (
    <p id={id} className={styles['problem']}>
      <Mark kind="unmet" />
      {text}
    </p>
  );

/** The star beside what must be given; the input itself says "required". */
export const Star = () => (
  <span aria-hidden className={styles['star']}>
    *
  </span>
);

export function Field({ label, id, hint, problem, optional = false, children }: FieldProps) {
  const described = [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter((one) => one !== false).join(' ');
  return (
    <div className={classes(styles['field'], control['control'])}>
      <label htmlFor={id}>
        {label} {!optional && <Star />}
      </label>
      {children({
        id,
        ...(!optional && { required: true }),
        'aria-describedby': described || undefined,
        ...(problem !== undefined && { 'aria-invalid': true }),
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </p>
      )}
      <Problem id={`${id}-problem`} text={problem} />
    </div>
  );
}
