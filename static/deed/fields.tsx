/** The fields of a deed in their order, and where the focus goes first. */
import { useEffect, useState } from 'react';
import type { DeedField } from '../../src/contract';
import { FieldInput } from './field-input';
import { type DeedState, fieldId, focusOn } from './use-deed';

export const Fields = ({ state, fields }: { state: Pick<DeedState, 'inputs' | 'problems' | 'set'>; fields: readonly DeedField[] }) => (
  <>
    {fields.map((field) => (
      <FieldInput
        key={field.key}
        field={field}
        hint={field.help}
        input={state.inputs[field.key] ?? ''}
        problem={state.problems[field.key]}
        onChange={(input) => state.set(field.key, input)}
      />
    ))}
  </>
);

/** The first empty required field, when the form is first shown: later the focus belongs to the person. */
export function useFirstFocus(fields: readonly DeedField[], otherwise?: string): void {
  const [first] = useState(() => {
    const gap = fields.find(({ required, value }) => required && value === undefined) ?? fields[0];
    return otherwise ?? (gap && fieldId(gap.key));
  });
  useEffect(() => {
    if (first !== undefined) focusOn(first);
  }, [first]);
}
