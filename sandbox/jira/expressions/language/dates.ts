/** What a Date and a CalendarDate can do. */
import { typeFault } from './errors';
import type { Members, Parameters } from './parameters';
import { Day, Moment, textOf, wallClock, type Value } from './values';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What a JavaScript date can hold. */
const FARTHEST = 8.64e15;

const two = (number: number): string => String(number).padStart(2, '0');

/** The day of some months later; the last one of the month where the day does not exist. */
function monthsLater(ms: number, months: number): number {
  const date = new Date(ms);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return Date.UTC(
    date.getUTCFullYear(),
    date.getUTCMonth() + months,
    Math.min(date.getUTCDate(), last),
    ...([date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()] as const),
  );
}

const within = (ms: number): number => {
  if (Number.isFinite(ms) && Math.abs(ms) <= FARTHEST) return ms;
  throw typeFault('The date is out of range');
};

export const dayAt = (ms: number): Day => new Day(new Date(within(ms)).toISOString().slice(0, 10));
const startOf = (day: Day): number => Date.parse(`${day.text}T00:00:00Z`);

/** The day that a moment falls on where its person is. */
export function dayOf(moment: Moment): Day {
  const [year, month, day] = wallClock(moment);
  return new Day(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`);
}

type Shift = (ms: number, count: number) => number;
const DAYS: Record<string, Shift> = { Days: (ms, count) => ms + count * DAY, Months: monthsLater };
const TIMES: Record<string, Shift> = { ...DAYS, Hours: (ms, count) => ms + count * HOUR, Minutes: (ms, count) => ms + count * MINUTE };

function shifts<T>(units: Record<string, Shift>, read: (self: T) => number, write: (ms: number, self: T) => Value): Members<T>['methods'] {
  const make = (shift: Shift, sign: 1 | -1) => (self: T, parameters: Parameters) =>
    write(within(shift(read(self), sign * Math.trunc(parameters.number(0)))), self);
  return Object.fromEntries(
    Object.entries(units).flatMap(([unit, shift]) => [
      [`plus${unit}`, make(shift, 1)],
      [`minus${unit}`, make(shift, -1)],
    ]),
  );
}

export const MOMENT: Members<Moment> = {
  properties: {},
  methods: {
    ...shifts<Moment>(
      TIMES,
      ({ ms }) => ms,
      (ms, { zone }) => new Moment(ms, zone),
    ),
    getTime: ({ ms }) => ms,
    getFullYear: (self) => wallClock(self)[0],
    getMonth: (self) => wallClock(self)[1] - 1,
    getDate: (self) => wallClock(self)[2],
    getDay: (self) => new Date(startOf(dayOf(self))).getUTCDay(),
    getHours: (self) => wallClock(self)[3],
    getMinutes: (self) => wallClock(self)[4],
    getSeconds: (self) => wallClock(self)[5],
    toISOString: ({ ms }) => new Date(ms).toISOString(),
    toString: textOf,
    toCalendarDate: dayOf,
    toCalendarDateUTC: ({ ms }) => dayAt(ms),
  },
};

export const CALENDAR_DAY: Members<Day> = {
  properties: {},
  methods: {
    ...shifts<Day>(DAYS, startOf, dayAt),
    getFullYear: (self) => Number(self.text.slice(0, 4)),
    getMonth: (self) => Number(self.text.slice(5, 7)) - 1,
    getDate: (self) => Number(self.text.slice(8, 10)),
    getDay: (self) => new Date(startOf(self)).getUTCDay(),
    toISOString: (self) => self.text,
    toString: (self: Day) => self.text,
  },
};

/** `new Date(text)`; a moment needs its offset from UTC, as Jira itself writes it. */
export function momentFrom(text: string, zone: string): Moment {
  const ms = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : NaN;
  if (Number.isNaN(ms)) throw typeFault(`Cannot parse date: ${text}`);
  return new Moment(ms, zone);
}

/** `new CalendarDate(text)` */
export function dayFrom(text: string): Day {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(ms) || dayAt(ms).text !== text) throw typeFault(`Cannot parse calendar date: ${text}`);
  return new Day(text);
}
