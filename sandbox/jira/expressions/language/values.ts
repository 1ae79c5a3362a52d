/** The values of the language, and what holds for all of them: type, truth, sameness, order, text. */
import type { Json } from '../../store';
import { typeFault } from './errors';

export type Value = null | boolean | number | string | readonly Value[] | Dict | Bag | Moment | Day | Callable | Thing;

/** `Map` of the language. Never changed: `set` answers a new one. */
export class Dict {
  constructor(readonly entries: ReadonlyMap<string, Value>) {}
}

/** `Set` of the language. */
export class Bag {
  constructor(readonly items: readonly Value[]) {}
}

/** `Date` of the language: a moment, looked at from somebody's time zone. */
export class Moment {
  constructor(
    readonly ms: number,
    readonly zone: string,
  ) {}
}

/** `CalendarDate` of the language: 2026-11-24 */
export class Day {
  constructor(readonly text: string) {}
}

export class Callable {
  constructor(readonly apply: (parameters: readonly Value[]) => Value) {}
}

export interface ThingParts {
  type: string;
  /** Two things of one type and identity are the same. */
  identity: string;
  /** Properties by name, read when they are asked for. */
  members: Record<string, () => Value>;
  methods?: Record<string, (parameters: readonly Value[]) => Value>;
  /** Asked for names that are not among the members; undefined = there is no such property. */
  other?: (name: string) => Value | undefined;
  /** What it is in an answer of the REST API. */
  bean: () => Json;
}

/** An object of Jira: Issue, User, Project, ... */
export class Thing {
  readonly type: string;

  constructor(readonly parts: ThingParts) {
    this.type = parts.type;
  }
}

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** The name of a value's type, as `typeof` tells it. */
export function typeOf(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'number') return 'Number';
  if (typeof value === 'string') return 'String';
  if (value instanceof Dict) return 'Map';
  if (value instanceof Bag) return 'Set';
  if (value instanceof Moment) return 'Date';
  if (value instanceof Day) return 'CalendarDate';
  if (value instanceof Callable) return 'Function';
  return value instanceof Thing ? value.type : 'List';
}

/** Whether a value counts as true: as in JavaScript. */
export const truthy = (value: Value): boolean => value !== null && value !== false && value !== 0 && value !== '' && !Number.isNaN(value);

/** Whether two values are the same, whatever they are. */
export function same(a: Value, b: Value): boolean {
  if (a instanceof Moment && b instanceof Moment) return a.ms === b.ms;
  if (a instanceof Day && b instanceof Day) return a.text === b.text;
  if (a instanceof Thing && b instanceof Thing) return a.type === b.type && a.parts.identity === b.parts.identity;
  if (a instanceof Bag && b instanceof Bag) return a.items.length === b.items.length && a.items.every((one) => includes(b.items, one));
  if (a instanceof Dict && b instanceof Dict) {
    return a.entries.size === b.entries.size && [...a.entries].every(([key, value]) => b.entries.has(key) && same(value, b.entries.get(key) ?? null));
  }
  if (isList(a) && isList(b)) return a.length === b.length && a.every((one, index) => same(one, b[index] ?? null));
  return a === b;
}

export const includes = (list: readonly Value[], value: Value): boolean => list.some((one) => same(one, value));

/** `==`: strict. Values of two types cannot be compared at all, but everything can be compared to null. */
export function equal(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b;
  if (typeOf(a) !== typeOf(b)) throw cannotCompare(a, b);
  return same(a, b);
}

const rankOf = (value: Value): number | string | undefined => {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Moment) return value.ms;
  return value instanceof Day ? value.text : undefined;
};

/** How a value stands to another of its type: below, at or above zero; NaN where a number is none. */
export function order(a: Value, b: Value): number {
  const [first, second] = [rankOf(a), rankOf(b)];
  if (first === undefined || second === undefined || typeOf(a) !== typeOf(b)) throw cannotCompare(a, b);
  if (Number.isNaN(first) || Number.isNaN(second)) return NaN;
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Jira's own words (OpenAPI: example of analyseExpression). */
const cannotCompare = (a: Value, b: Value) => typeFault(`Can't compare ${typeOf(a)} to ${typeOf(b)}.`);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The calendar and the clock where somebody is: year, month 1-12, day, hour, minute, second. */
export function wallClock({ ms, zone }: Moment): [year: number, month: number, day: number, hour: number, minute: number, second: number] {
  const shown = new Date(ms).toLocaleString('sv-SE', { timeZone: zone });
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = shown.split(/[- :]/).map(Number);
  return [year, month, day, hour, minute, second];
}

/** A moment as Jira shows it to people: 29/Jun/18 10:16 PM */
function shownMoment(moment: Moment): string {
  const [year, month, day, hour, minute] = wallClock(moment);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(day)}/${MONTHS[month - 1] ?? ''}/${two(year % 100)} ${hour % 12 || 12}:${two(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** What a value becomes where a text is built from it. */
export function textOf(value: Value): string {
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Moment) return shownMoment(value);
  if (value instanceof Day) return value.text;
  if (value instanceof Dict) return `{${[...value.entries].map(([key, one]) => `${key}: ${textOf(one)}`).join(', ')}}`;
  if (value instanceof Bag) return textOf(value.items);
  if (isList(value)) return `[${value.map(textOf).join(', ')}]`;
  return `[${typeOf(value)}]`;
}
