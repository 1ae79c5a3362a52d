/** What stands in which day of a month: days of the browser's own zone, weeks from Monday. Pure. */
import type { Freeze, Overlap, PlannedChange } from '../../../../src/contract/register-calendar';

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export interface Span {
  from: number;
  until: number;
}

/** "2026-11" as it stands in the address; anything else is the month of `now`. */
export function monthOf(text: string | null, now: number): { year: number; month: number } {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text ?? '') ?? [];
  if (year !== undefined && month !== undefined) return { year: Number(year), month: Number(month) - 1 };
  const today = new Date(now);
  return { year: today.getFullYear(), month: today.getMonth() };
}

export const monthText = (year: number, month: number): string => {
  const first = new Date(year, month, 1);
  return `${String(first.getFullYear())}-${String(first.getMonth() + 1).padStart(2, '0')}`;
};

export const monthName = (year: number, month: number): string =>
  new Date(year, month, 1).toLocaleDateString('en-GB', { month: 'long', year: 'numeric' });

/** The days of whole weeks that hold the month; a day is as long as the clocks make it. */
export function daysOf(year: number, month: number): Span[] {
  const first = new Date(year, month, 1);
  const before = (first.getDay() + 6) % 7;
  const length = new Date(year, month + 1, 0).getDate();
  const weeks = Math.ceil((before + length) / 7);
  return Array.from({ length: weeks * 7 }, (_none, n) => ({
    from: new Date(year, month, 1 - before + n).getTime(),
    until: new Date(year, month, 2 - before + n).getTime(),
  }));
}

export const touches = (one: Span, other: Span): boolean => one.from < other.until && other.from < one.until;

export interface Day extends Span {
  /** Of the month that is shown. */
  inside: boolean;
  today: boolean;
  changes: readonly PlannedChange[];
  freezes: readonly Freeze[];
}

export function weeksOf(
  { year, month }: { year: number; month: number },
  { changes, freezes }: { changes: readonly PlannedChange[]; freezes: readonly Freeze[] },
  now: number,
): Day[][] {
  const days = daysOf(year, month).map((day): Day => ({
    ...day,
    inside: new Date(day.from).getMonth() === month,
    today: now >= day.from && now < day.until,
    changes: changes.filter(({ window }) => touches(window, day)),
    freezes: freezes.filter((one) => touches(one, day)),
  }));
  return Array.from({ length: days.length / 7 }, (_none, week) => days.slice(week * 7, week * 7 + 7));
}

/** Keys of changes that something overlaps. */
export const overlapping = (overlaps: readonly Overlap[]): ReadonlySet<string> =>
  new Set(overlaps.flatMap((one) => [one.change, ...(one.with.kind === 'change' ? [one.with.key] : [])]));

export const dayName = (at: number): string => new Date(at).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

const clock = (at: number): string => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
const shortDay = (at: number): string => new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });

/** "28 Nov, 06:00 to 07:00", "28 Nov 22:00 to 29 Nov 02:00". */
export const spanText = ({ from, until }: Span): string =>
  shortDay(from) === shortDay(until)
    ? `${shortDay(from)}, ${clock(from)} to ${clock(until)}`
    : `${shortDay(from)} ${clock(from)} to ${shortDay(until)} ${clock(until)}`;

/** When it begins on this day, or that it goes on. */
export const beginText = ({ from }: Span, day: Span): string => (from >= day.from ? clock(from) : 'goes on');

const counted = (n: number, one: string): string => (n === 1 ? `1 ${one}` : `${String(n)} ${one}s`);

/** What a day says to whoever does not see it. */
export const daySentence = (day: Day, clash: ReadonlySet<string>): string => {
  const overlaps = day.changes.filter(({ key }) => clash.has(key)).length;
  return [
    dayName(day.from),
    day.changes.length === 0 ? 'no changes' : counted(day.changes.length, 'change'),
    ...(overlaps > 0 ? [`${String(overlaps)} overlapping`] : []),
    ...day.freezes.map(({ name }) => `frozen: ${name}`),
  ].join(', ');
};

/** What a freeze is about, in words; `nameOf` tells classes and parties by name. */
export function scopeText({ scope }: Pick<Freeze, 'scope'>, nameOf: (id: string) => string): string {
  if (scope.kind === 'everything') return 'Everything';
  const parts = [
    ...scope.classes.map((one) => `all of class ${nameOf(one)}`),
    ...scope.keepers.map((one) => `what ${nameOf(one)} keeps`),
    ...scope.locations,
    ...scope.items,
  ];
  return parts.join(', ');
}

/** Words between commas or lines. */
export const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n;]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];
