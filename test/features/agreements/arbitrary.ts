/** Random calendars and moments, drawn more often than chance would near the nights in which a clock is changed. Whole minutes throughout. */
import fc from 'fast-check';
import type { WorkingCalendar } from '../../../src/method';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const ZONES = ['UTC', 'Europe/Amsterdam', 'America/New_York', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'] as const;
/** Moments at which one of them changed its clock. */
const CHANGES = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z', '2011-12-30T10:00Z', '2026-10-03T15:30Z'].map(
  (text) => Date.parse(text),
);

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const hours = fc.oneof(
  fc.constant([{ from: '00:00', to: '24:00' }]),
  fc.constant([]),
  fc
    .uniqueArray(fc.integer({ min: 0, max: 288 }), { minLength: 2, maxLength: 4 })
    .map((edges) => edges.sort((a, b) => a - b).map((edge) => edge * 5))
    .map(([a = 0, b = 0, c, d]) => [
      { from: clock(a), to: clock(b) },
      ...(c !== undefined && d !== undefined ? [{ from: clock(c), to: clock(d) }] : []),
    ]),
);

/** Holidays lie among the days that are looked at. */
const near = (change: number): fc.Arbitrary<WorkingCalendar> =>
  fc.record({
    timeZone: fc.constantFrom(...ZONES),
    week: fc.array(hours, { minLength: 7, maxLength: 7 }),
    holidays: fc.array(
      fc.integer({ min: -3, max: 4 }).map((days) => ({ date: new Date(change + days * DAY).toISOString().slice(0, 10) })),
      { maxLength: 3 },
    ),
  });

/** Two calendars, and a moment within 40 hours of a change of the clock. */
export const scenes: fc.Arbitrary<{ one: WorkingCalendar; other: WorkingCalendar; moment: number }> = fc.constantFrom(...CHANGES).chain((change) =>
  fc.record({
    one: near(change),
    other: near(change),
    moment: fc.integer({ min: -40 * 60, max: 40 * 60 }).map((minutes) => change + minutes * MINUTE),
  }),
);

const always = [{ from: '00:00', to: '24:00' }];
export const ALWAYS: WorkingCalendar = { timeZone: 'Europe/Amsterdam', week: Array.from({ length: 7 }, () => always), holidays: [] };
const day = [{ from: '07:00', to: '22:00' }];
/** Monday to Saturday, 07 to 22. */
export const DAYTIME: WorkingCalendar = { timeZone: 'Europe/Amsterdam', week: [day, day, day, day, day, day, []], holidays: [] };
const office = [{ from: '09:00', to: '17:00' }];
export const OFFICE: WorkingCalendar = { timeZone: 'Europe/Amsterdam', week: [office, office, office, office, office, [], []], holidays: [] };
