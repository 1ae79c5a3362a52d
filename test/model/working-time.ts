/** Working time from the text of the method, the slow way: every minute is looked at on the wall of the calendar's zone. Moments are whole minutes. */

export interface Hours {
  timeZone: string;
  week: readonly (readonly { from: string; to: string }[])[];
  holidays: readonly { date: string }[];
}

const MINUTE = 60_000;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const walls = new Map<string, Intl.DateTimeFormat>();

function wall(timeZone: string, moment: number): { day: number; date: string; clock: string } {
  let format = walls.get(timeZone);
  if (!format) {
    const shape = { weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...shape });
    walls.set(timeZone, format);
  }
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(moment)) part[type] = value;
  return {
    day: DAYS.indexOf(part['weekday'] ?? ''),
    date: `${part['year'] ?? ''}-${part['month'] ?? ''}-${part['day'] ?? ''}`,
    clock: `${part['hour'] ?? ''}:${part['minute'] ?? ''}`,
  };
}

export function isOpen(hours: Hours, moment: number): boolean {
  const { day, date, clock } = wall(hours.timeZone, moment);
  if (hours.holidays.some((one) => one.date === date)) return false;
  return (hours.week[day] ?? []).some(({ from, to }) => from <= clock && clock < to);
}

/** Minutes in which the calendar is open. */
export function openMinutes(hours: Hours, from: number, to: number): number {
  let minutes = 0;
  for (let at = from; at < to; at += MINUTE) if (isOpen(hours, at)) minutes += 1;
  return minutes;
}

/** The first moment at which so many open minutes have gone by; undefined when that is not within so many days. */
export function afterOpenMinutes(hours: Hours, from: number, minutes: number, days: number): number | undefined {
  let left = minutes;
  for (let at = from; at <= from + days * 1_440 * MINUTE; at += MINUTE) {
    if (left === 0) return at;
    if (isOpen(hours, at)) left -= 1;
  }
  return undefined;
}

/** Minutes in which one is open and the other is not, and the first of them. */
export function uncoveredMinutes(asked: Hours, given: Hours, from: number, to: number): { minutes: number; first: number | undefined } {
  let [minutes, first]: [number, number | undefined] = [0, undefined];
  for (let at = from; at < to; at += MINUTE) {
    if (!isOpen(asked, at) || isOpen(given, at)) continue;
    minutes += 1;
    first ??= at;
  }
  return { minutes, first };
}
