/** By when something is there: the promise of an item, counted in a calendar, and the first day that somebody can have it. Pure. */
import type { Calendar, Delivery } from '../contract';
import { addWorkingDays, addWorkingTime, startOfDay } from '../method';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** The local day of a moment. */
export const dayIn = (timeZone: string, moment: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/** The moment that is promised to whoever asks now; undefined: it is agreed with each request, or the calendar never holds so much. */
export function promisedBy(delivery: Delivery, calendar: Calendar, at: number): number | undefined {
  switch (delivery.kind) {
    case 'days':
      return addWorkingDays(calendar, at, delivery.days);
    case 'hours':
      return addWorkingTime(calendar, at, delivery.hours * HOUR);
    case 'agreedDate':
      return undefined;
  }
}

/** The first day that can be chosen; the end of a working day belongs to it. */
export function firstDay(delivery: Delivery, calendar: Calendar, at: number): string | undefined {
  const by = promisedBy(delivery, calendar, at);
  return by === undefined ? undefined : dayIn(calendar.timeZone, delivery.kind === 'days' ? by - 1 : by);
}

/** When a chosen day is over. */
export const endOf = (calendar: Calendar, day: string): number => startOfDay(calendar.timeZone, dayAfter(day)) - 1;
