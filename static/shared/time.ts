/** Moments and spans in words: today as 13:30, other days as 26 Nov, spans as 18 min or 2 h 05. The zone is the browser's unless given. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

interface Parts {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string | undefined): Intl.DateTimeFormat {
  const key = timeZone ?? '';
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...(timeZone !== undefined && { timeZone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formatters.set(key, made);
  return made;
}

const partsOf = (at: number, timeZone: string | undefined): Parts =>
  Object.fromEntries(
    formatter(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  ) as unknown as Parts;

const clockOf = (parts: Parts): string => `${parts.hour}:${parts.minute}`;
const dayOf = (parts: Parts): string => `${String(Number(parts.day))} ${MONTHS[Number(parts.month) - 1] ?? ''}`;

/** "13:30" today, "26 Nov" in this year, "26 Nov 2027" otherwise. */
export function moment(at: number, now: number, timeZone?: string): string {
  const [then, today] = [partsOf(at, timeZone), partsOf(now, timeZone)];
  if (then.year !== today.year) return `${dayOf(then)} ${then.year}`;
  return dayOf(then) === dayOf(today) ? clockOf(then) : dayOf(then);
}

/** As `moment`, with the time on other days too: "26 Nov, 12:15". For what has to be met to the minute. */
export function momentToTheMinute(at: number, now: number, timeZone?: string): string {
  const short = moment(at, now, timeZone);
  const clock = clockOf(partsOf(at, timeZone));
  return short === clock ? short : `${short}, ${clock}`;
}

/** Everything, for a tooltip: "24 Nov 2026, 13:30". */
export function wholeMoment(at: number, timeZone?: string): string {
  const parts = partsOf(at, timeZone);
  return `${dayOf(parts)} ${parts.year}, ${clockOf(parts)}`;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${String(count)} days`);

/** "under 1 min", "18 min", "2 h 05", "1 day 3 h", "12 days". */
export function span(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE);
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (ms < DAY) return `${String(hours)} h ${String(minutes % 60).padStart(2, '0')}`;
  const rest = hours % 24;
  return ms < 7 * DAY && rest > 0 ? `${days(Math.floor(hours / 24))} ${String(rest)} h` : days(Math.floor(hours / 24));
}

export interface Remaining {
  late: boolean;
  text: string;
}

/** "40 min left" or "3 min late". Late from the first whole minute on. */
export function remaining(due: number, now: number): Remaining {
  const late = now - due >= MINUTE;
  return { late, text: late ? `${span(now - due)} late` : `${span(due - now)} left` };
}

/** A moment as the values of a date and a time input. */
export function toInputs(at: number, timeZone?: string): { date: string; time: string } {
  const parts = partsOf(at, timeZone);
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: clockOf(parts) };
}

/** The moment two inputs name, in the browser's zone; undefined while one of them is empty. */
export function fromInputs(date: string, time: string): number | undefined {
  const at = date && time ? new Date(`${date}T${time}`).getTime() : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
