/** Local dates (2026-11-20) as they stand in an agreement. Pure. */
import { startOfDay } from '../method';

const DAY = 86_400_000;
const parse = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => text(parse(day) + days * DAY);

/** A month later is the same day, or the last one of a month that is shorter. */
export function addMonths(day: string, months: number): string {
  const date = new Date(parse(day));
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return text(first + (Math.min(date.getUTCDate(), last) - 1) * DAY);
}

/** The same few days are asked for again and again; a zone's rules are costly to read. */
const known = new Map<string, number>();
const MOST_KNOWN = 10_000;

/** When a day begins in a zone. */
export function dayStart(timeZone: string, day: string): number {
  const key = `${timeZone} ${day}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const start = startOfDay(timeZone, day);
  known.set(key, start);
  return start;
}

/** The first moment after a day. */
export const dayEnd = (timeZone: string, day: string): number => dayStart(timeZone, addDays(day, 1));

/** The day of a moment in a zone. */
export function dayAt(timeZone: string, moment: number): string {
  const guess = text(moment);
  if (moment < dayStart(timeZone, guess)) return addDays(guess, -1);
  return moment < dayEnd(timeZone, guess) ? guess : addDays(guess, 1);
}
