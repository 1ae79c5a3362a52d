/** Numbers and moments. */
import { jiraDate } from '../rest';
import type { Json } from '../store';
import { FieldError, type Codec } from './codec';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** A moment as REST writes it, or undefined: 2026-11-24T09:10:00.000+0000 */
export function momentOf(text: string): number | undefined {
  if (!MOMENT.test(text)) return undefined;
  const moment = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(moment) ? undefined : moment;
}

const dayExists = (text: string): boolean => DAY.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

function isDay(text: string): boolean {
  try {
    return dayExists(text);
  } catch {
    return false; // toISOString of an impossible date throws
  }
}

export const float: Codec = {
  type: 'number',
  parse(input) {
    if (typeof input !== 'number' || !Number.isFinite(input)) throw new FieldError(`'${shown(input)}' is an invalid number`);
    return input;
  },
  render: (stored) => stored,
  id: () => null,
  text: String,
  words: (stored) => [String(stored)],
  rank: Number,
};

export const datepicker: Codec = {
  type: 'date',
  parse(input) {
    if (input === '') return null;
    if (typeof input !== 'string' || !isDay(input)) throw new FieldError(`Error parsing date string: ${shown(input)}`);
    return input;
  },
  render: (stored) => stored,
  id: (stored) => String(stored),
  text: (stored) => `${String(stored)} 00:00:00.0`,
  words: (stored) => [String(stored)],
  rank: (stored) => Date.parse(String(stored)),
};

export const datetime: Codec = {
  type: 'datetime',
  parse(input) {
    if (input === '') return null;
    const moment = typeof input === 'string' ? momentOf(input) : undefined;
    if (moment === undefined) throw new FieldError(`Error parsing time: ${shown(input)}`);
    return moment;
  },
  render: (stored) => jiraDate(Number(stored)),
  id: (stored) => jiraDate(Number(stored)),
  text: (stored) => jiraDate(Number(stored)),
  words: (stored) => [jiraDate(Number(stored))],
  rank: Number,
};

function shown(input: Json): string {
  return typeof input === 'string' ? input : JSON.stringify(input);
}
