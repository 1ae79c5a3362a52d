/**
 * Working time: what lies between two moments by a calendar's hours, and when so much of it will be over. A moment is working time when the clock on
 * the wall of the calendar's zone shows one of its hours on a day that is no holiday. So a night that the zone makes an hour longer counts an hour
 * more where the calendar works through it, an hour that is left out counts nothing, and parts of a time always add up to the whole.
 */

export interface WorkingCalendar {
  /** IANA name. */
  timeZone: string;
  /** Monday to Sunday; hours as 09:00, the end of a day as 24:00. */
  week: readonly (readonly { from: string; to: string }[])[];
  holidays: readonly { date: string }[];
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** 1 January 1970 was a Thursday. */
const EPOCH_WEEKDAY = 3;
/** Looking further ahead than this finds nothing that a promise could be about. */
const HORIZON_DAYS = 3_660;

/** The clock on the wall, as ms since the epoch if the wall stood in UTC. */
type Wall = number;
export type Interval = readonly [from: number, to: number];

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

/** What the zone adds to UTC at a moment; whole seconds. */
function offsetAt(timeZone: string, moment: number): number {
  const second = Math.floor(moment / 1_000) * 1_000;
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

/** The moment within at which the zone's offset becomes another one. */
function changeIn(timeZone: string, [from, to]: Interval, before: number): number {
  let [low, high] = [Math.floor(from / 1_000), Math.ceil(to / 1_000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle * 1_000) === before) low = middle;
    else high = middle;
  }
  return high * 1_000;
}

/** A time in pieces of one offset each. A zone changes its offset at most once a day. */
function* pieces(timeZone: string, from: number, to: number): Generator<{ from: number; to: number; offset: number }> {
  let offset = offsetAt(timeZone, from);
  for (let at = from; at < to; at += DAY) {
    const end = Math.min(at + DAY, to);
    const after = offsetAt(timeZone, end);
    if (after === offset) {
      yield { from: at, to: end, offset };
      continue;
    }
    const change = Math.min(changeIn(timeZone, [at, end], offset), end);
    yield { from: at, to: change, offset };
    if (change < end) yield { from: change, to: end, offset: after };
    offset = after;
  }
}

/** The first moment of a day (2026-11-20) by the clock of a zone; of a day that the zone left out, the first moment after it. */
export function startOfDay(timeZone: string, date: string): number {
  const wall: Wall = Date.parse(`${date}T00:00:00Z`);
  const [before, after] = [offsetAt(timeZone, wall - DAY), offsetAt(timeZone, wall + DAY)];
  const first = wall - before;
  if (before === after) return first;
  const change = changeIn(timeZone, [wall - DAY, wall + DAY], before);
  return first < change ? first : Math.max(change, wall - after);
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Hours of a day in order, each minute once. */
function merged(hours: readonly { from: string; to: string }[]): Interval[] {
  const sorted = hours.map(({ from, to }): Interval => [minutesOf(from) * MINUTE, minutesOf(to) * MINUTE]).sort(([a], [b]) => a - b);
  const all: Interval[] = [];
  for (const [from, to] of sorted) {
    const last = all.at(-1);
    if (last && from <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], to)];
    else if (from < to) all.push([from, to]);
  }
  return all;
}

/** The working hours of a day on the wall. */
function hoursBy({ week, holidays }: WorkingCalendar): (day: Wall) => readonly Interval[] {
  const days = week.map(merged);
  const closed = new Set(holidays.map(({ date }) => Date.parse(`${date}T00:00:00Z`)));
  return (day) => (closed.has(day) ? [] : (days[(((day / DAY + EPOCH_WEEKDAY) % 7) + 7) % 7] ?? []));
}

/** The working time between two moments, in its pieces. */
function* working(calendar: WorkingCalendar, from: number, to: number): Generator<Interval> {
  const hours = hoursBy(calendar);
  for (const piece of pieces(calendar.timeZone, from, to)) {
    const [start, end]: [Wall, Wall] = [piece.from + piece.offset, piece.to + piece.offset];
    for (let day = Math.floor(start / DAY) * DAY; day < end; day += DAY) {
      for (const [opens, closes] of hours(day)) {
        const [first, last] = [Math.max(day + opens, start), Math.min(day + closes, end)];
        if (first < last) yield [first - piece.offset, last - piece.offset];
      }
    }
  }
}

/** The working hours between two moments, in order, each as long as it goes on. */
export function workingHours(calendar: WorkingCalendar, from: number, to: number): Interval[] {
  const all: [number, number][] = [];
  for (const [start, end] of working(calendar, from, to)) {
    const last = all.at(-1);
    if (last && last[1] === start) last[1] = end;
    else all.push([start, end]);
  }
  return all;
}

/** ms of working time from one moment to another; negative when the other is earlier. */
export function workingTime(calendar: WorkingCalendar, from: number, to: number): number {
  if (to < from) return 0 - workingTime(calendar, to, from);
  let sum = 0;
  for (const [start, end] of working(calendar, from, to)) sum += end - start;
  return sum;
}

/** The first moment at which so many ms of working time have passed; undefined when the calendar does not hold them within ten years. */
export function addWorkingTime(calendar: WorkingCalendar, from: number, ms: number): number | undefined {
  if (ms <= 0) return from;
  let left = ms;
  for (const [start, end] of working(calendar, from, from + HORIZON_DAYS * DAY)) {
    if (end - start >= left) return start + left;
    left -= end - start;
  }
  return undefined;
}

/** The end of the last working hours of the so-maniest working day after the day of a moment; undefined when the calendar does not hold so many. */
export function addWorkingDays(calendar: WorkingCalendar, from: number, days: number): number | undefined {
  const dayOf = (moment: number): number => Math.floor((moment + offsetAt(calendar.timeZone, moment)) / DAY);
  let [day, left, end] = [dayOf(from), days, from];
  for (const [start, stop] of working(calendar, from, from + HORIZON_DAYS * DAY)) {
    if (dayOf(start) !== day) {
      if (left === 0) return end;
      left -= 1;
      day = dayOf(start);
    }
    end = stop;
  }
  return undefined;
}
