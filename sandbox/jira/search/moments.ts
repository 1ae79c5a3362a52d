/** Moments and days as queries write them, in somebody's time zone. */

export const DAY = 86_400_000;

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY };

/** Wall clock of a moment in a zone. */
interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...numeric });
  formats.set(zone, format);
  return format;
}

function wallOf(moment: number, zone: string): Wall {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

const asUtc = ({ year, month, day, hour, minute, second }: Wall): number => Date.UTC(year, month - 1, day, hour, minute, second);

/** The moment when the clocks of a zone show this; parts may overflow (day 0, month 13). */
function momentAt(zone: string, year: number, month: number, day: number, hour = 0, minute = 0): number {
  const shown = Date.UTC(year, month - 1, day, hour, minute);
  const offset = (moment: number): number => asUtc(wallOf(moment, zone)) - Math.floor(moment / 1000) * 1000;
  const guess = shown - offset(shown);
  return shown - offset(guess);
}

/** 2026-11-24 of a moment in a zone. */
export function dayOf(moment: number, zone: string): string {
  const { year, month, day } = wallOf(moment, zone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The first moment of the day that a moment is in. */
export function startOfDay(moment: number, zone: string): number {
  const { year, month, day } = wallOf(moment, zone);
  return momentAt(zone, year, month, day);
}

/** The first moment of the day after the one a moment is in. */
export function nextDay(moment: number, zone: string): number {
  const { year, month, day } = wallOf(moment, zone);
  return momentAt(zone, year, month, day + 1);
}

export interface Calendar {
  zone: string;
  now: number;
}

const PERIOD = /^([+-]?)(\d+[wdhm](?:\s+\d+[wdhm])*)$/;
const WRITTEN = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/;

/** "-1w 2d", "2026/11/24 10:00", or milliseconds since 1970; undefined for anything else. */
export function readMoment(text: string, { zone, now }: Calendar): number | undefined {
  const trimmed = text.trim();
  const period = PERIOD.exec(trimmed);
  if (period) {
    const length = (period[2] ?? '').split(/\s+/).reduce((sum, part) => sum + Number(part.slice(0, -1)) * (UNITS[part.slice(-1)] ?? 0), 0);
    return now + (period[1] === '-' ? -length : length);
  }
  if (/^-?\d+$/.test(trimmed)) return Number(trimmed);
  const written = WRITTEN.exec(trimmed);
  if (!written) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = written.slice(1).map((part) => Number(part ?? 0));
  const exists = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month <= 12 && hour < 24 && minute < 60;
  return exists ? momentAt(zone, year, month, day, hour, minute) : undefined;
}

const SPANS = { day: 'd', week: 'w', month: 'M', year: 'y' } as const;
export type Span = keyof typeof SPANS;

/** First or last millisecond of a day, week, month or year; `offset` as in startOfMonth("-1M"), its unit by default the function's own. */
export function edgeOf(side: 'start' | 'end', span: Span, offset: string | undefined, { zone, now }: Calendar): number | undefined {
  const parsed = /^([+-]?\d+)([yMwdhm]?)$/.exec((offset ?? '0').trim());
  if (!parsed) return undefined;
  const amount = Number(parsed[1]);
  const unit = parsed[2] || SPANS[span];
  const { year, month, day, hour, minute } = wallOf(now, zone);
  const at = {
    year: year + (unit === 'y' ? amount : 0),
    month: month + (unit === 'M' ? amount : 0),
    day: day + (unit === 'd' ? amount : 0) + (unit === 'w' ? 7 * amount : 0),
  };
  // A day that the month does not have becomes its last one: a month before 31 March is the end of February.
  const length = new Date(Date.UTC(at.year, at.month, 0)).getUTCDate();
  if ((unit === 'M' || unit === 'y') && at.day > length) at.day = length;
  const moved = momentAt(zone, at.year, at.month, at.day, hour + (unit === 'h' ? amount : 0), minute + (unit === 'm' ? amount : 0));
  return side === 'start' ? startOf(span, moved, zone, 0) : startOf(span, moved, zone, 1) - 1;
}

function startOf(span: Span, moment: number, zone: string, later: 0 | 1): number {
  const { year, month, day } = wallOf(moment, zone);
  if (span === 'year') return momentAt(zone, year + later, 1, 1);
  if (span === 'month') return momentAt(zone, year, month + later, 1);
  if (span === 'day') return momentAt(zone, year, month, day + later);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay(); // the site speaks American English: weeks begin on Sunday
  return momentAt(zone, year, month, day - weekday + 7 * later);
}
