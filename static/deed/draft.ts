/** What has been filled in, what is missing, and what is sent. Pure. */
import type { DeedField, DeedRequest } from '../../src/contract';
import { fromInputs, toInputs } from '../shared/time';

type Value = NonNullable<DeedField['value']>;

/** As the controls hold it: words, or several choices. */
export type Input = string | readonly string[];
export type Inputs = Readonly<Record<string, Input>>;
export type Problems = Readonly<Record<string, string>>;

/** A moment as its control holds it. */
export const momentInput = (at: number): string => {
  const { date, time } = toInputs(at);
  return `${date}T${time}`;
};

export const momentOf = (input: string): number | undefined => {
  const [date = '', time = ''] = input.split('T');
  return fromInputs(date, time);
};

/** Held as a list. */
const SEVERAL: ReadonlySet<DeedField['kind']> = new Set(['options', 'users']);

function toInput({ kind, value }: DeedField): Input {
  if (value === undefined) return SEVERAL.has(kind) ? [] : '';
  if (typeof value === 'number') return kind === 'moment' ? momentInput(value) : String(value);
  return typeof value === 'string' ? value : SEVERAL.has(kind) ? value : value.join(' ');
}

export const inputsOf = (fields: readonly DeedField[]): Inputs => Object.fromEntries(fields.map((field) => [field.key, toInput(field)]));

const isEmpty = (input: Input | undefined): boolean => input === undefined || (typeof input === 'string' ? input.trim() === '' : input.length === 0);

const VERBS: Partial<Record<DeedField['kind'], string>> = {
  option: 'Choose',
  options: 'Choose',
  cascade: 'Choose',
  user: 'Choose',
  users: 'Choose',
  paragraph: 'Write',
  text: 'Write',
};

function problemOf(field: DeedField, input: Input | undefined): string | undefined {
  if (isEmpty(input)) return field.required ? `${VERBS[field.kind] ?? 'Set'} ${field.name.toLowerCase()}.` : undefined;
  if (field.kind === 'moment' && momentOf(String(input)) === undefined) return 'Set the day and the time.';
  if (field.kind === 'number' && Number.isNaN(Number(input))) return 'Write a number.';
  return undefined;
}

export const problemsOf = (fields: readonly DeedField[], inputs: Inputs): Problems =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const problem = problemOf(field, inputs[field.key]);
      return problem === undefined ? [] : [[field.key, problem]];
    }),
  );

function toValue({ kind }: DeedField, input: Input): Value | undefined {
  if (typeof input !== 'string') return [...input];
  const text = input.trim();
  if (text === '') return '';
  if (kind === 'moment') return momentOf(text);
  if (kind === 'number') return Number(text);
  if (kind === 'labels') return text.split(/\s+/);
  return text;
}

const same = (a: Input | undefined, b: Input): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what is different from what is recorded; a person or moment that was proposed is not recorded yet. */
export function valuesOf(fields: readonly DeedField[], inputs: Inputs): NonNullable<DeedRequest['values']> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const input = inputs[field.key];
      if (input === undefined || (field.key !== 'assignee' && same(toInput(field), input))) return [];
      const value = toValue(field, input);
      return value === undefined ? [] : [[field.key, value]];
    }),
  );
}
