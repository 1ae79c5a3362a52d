/** One field of Jira's as a control, by its kind. */
import type { DeedField } from '../../src/contract';
import { Field, Problem, Star } from '../shared/field';
import styles from './deed.module.css';
import type { Input } from './draft';
import { fieldId } from './use-deed';
import { People, Who } from './who';

interface FieldInputProps {
  field: DeedField;
  input: Input;
  problem: string | undefined;
  label?: string;
  hint?: string | undefined;
  onChange: (input: Input) => void;
}

function Several({ field, input, problem, onChange }: FieldInputProps) {
  const id = fieldId(field.key);
  const chosen = typeof input === 'string' ? [] : input;
  return (
    <fieldset id={id} className={styles['several']} {...(problem !== undefined && { 'aria-describedby': `${id}-problem` })}>
      <legend>
        {field.name} {field.required && <Star />}
      </legend>
      {field.options?.map(({ value, name }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ target }) => onChange(target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))}
          />
          {name}
        </label>
      ))}
      <Problem id={`${id}-problem`} text={problem} />
    </fieldset>
  );
}

export function FieldInput(props: FieldInputProps) {
  const { field, input, problem, label = field.name, hint, onChange } = props;
  if (field.kind === 'options') return <Several {...props} />;
  if (field.kind === 'user') return <Who {...props} />;
  if (field.kind === 'users') return <People {...props} />;
  const value = typeof input === 'string' ? input : '';
  const asText = { value, onChange: ({ target }: { target: { value: string } }) => onChange(target.value) };
  return (
    <Field label={label} id={fieldId(field.key)} problem={problem} {...(hint !== undefined && { hint })} optional={!field.required}>
      {(aria) => {
        switch (field.kind) {
          case 'paragraph':
            return <textarea {...aria} rows={3} {...asText} />;
          case 'option':
          case 'cascade':
            return (
              <select {...aria} {...asText}>
                <option value="">Choose</option>
                {field.options?.map((one) => (
                  <option key={one.value} value={one.value}>
                    {one.name}
                  </option>
                ))}
              </select>
            );
          case 'moment':
            return <input {...aria} type="datetime-local" {...asText} />;
          case 'date':
            return <input {...aria} type="date" {...asText} />;
          case 'number':
            return <input {...aria} type="text" inputMode="decimal" {...asText} />;
          default:
            return <input {...aria} type="text" {...asText} />;
        }
      }}
    </Field>
  );
}
