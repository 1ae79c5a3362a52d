/** Whether somebody is there whenever it is promised: what of the hours of one calendar lies outside those of another. */
import { type Interval, type WorkingCalendar, workingHours } from './calendar';

export interface Outside {
  /** ms of the asked hours in which the other calendar is closed. */
  ms: number;
  /** The first time of them. */
  first?: { from: number; to: number };
}

const NOTHING: Outside = { ms: 0 };
const DAY = 86_400_000;
/** Every weekday, both changes of the clock and each holiday come by in so many days. */
export const COVER_DAYS = 366;

/** Two ordered lists, read once each. */
function compare(asked: readonly Interval[], given: readonly Interval[], [start, end]: Interval): Outside {
  let ms = 0;
  let first: Outside['first'];
  const miss = (from: number, to: number): void => {
    if (from >= to) return;
    ms += to - from;
    first ??= { from, to };
  };
  let next = 0;
  for (const [opens, closes] of asked) {
    let at = Math.max(opens, start);
    const until = Math.min(closes, end);
    for (let there = given[next]; at < until && there !== undefined && there[0] < until; there = given[next]) {
      if (there[1] > at) {
        miss(at, there[0]);
        at = there[1];
      }
      // The last one may go on into the next of the asked hours.
      if (there[1] > until) break;
      next += 1;
    }
    miss(at, until);
  }
  return first ? { ms, first } : NOTHING;
}

export interface Cover {
  /** By ids of the calendars, within two moments; at most a year is looked at. Undefined when a calendar is not known. */
  outside(asked: string, given: string, from: number, to: number): Outside | undefined;
}

/** Compares calendars for the year after a moment; keeps what it has worked out, so that thousands of chains share it. */
export function coverFrom(calendars: Readonly<Record<string, WorkingCalendar>>, start: number): Cover {
  const end = start + COVER_DAYS * DAY;
  const hours = new Map<string, readonly Interval[]>();
  /** What lies outside over the whole year, by the asked calendar and the other. */
  const whole = new Map<string, Map<string, Outside>>();
  const hoursOf = (id: string, calendar: WorkingCalendar): readonly Interval[] => {
    const known = hours.get(id) ?? workingHours(calendar, start, end);
    hours.set(id, known);
    return known;
  };
  return {
    outside(asked, given, from, to) {
      const [one, other] = [calendars[asked], calendars[given]];
      if (!one || !other) return undefined;
      const until = Math.min(to, from + COVER_DAYS * DAY);
      if (asked === given || until <= from) return NOTHING;
      if (from < start || until > end) return compare(workingHours(one, from, until), workingHours(other, from, until), [from, until]);
      const others = whole.get(asked) ?? new Map<string, Outside>();
      whole.set(asked, others);
      const ever = others.get(given) ?? compare(hoursOf(asked, one), hoursOf(given, other), [start, end]);
      others.set(given, ever);
      if (ever.ms === 0 || (from === start && until === end)) return ever;
      return compare(hoursOf(asked, one), hoursOf(given, other), [from, until]);
    },
  };
}
