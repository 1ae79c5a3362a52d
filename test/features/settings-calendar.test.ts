/** Working time: the laws any calendar keeps, in any zone, on the days whose length changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, addWorkingTime, type WorkingCalendar, workingTime } from '../../src/method';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

const ALWAYS = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);
const OFFICE = [...Array.from({ length: 5 }, () => [{ from: '09:00', to: '17:00' }]), [], []];
const calendar = (timeZone: string, week: WorkingCalendar['week'], ...holidays: string[]): WorkingCalendar => ({
  timeZone,
  week,
  holidays: holidays.map((date) => ({ date })),
});

const numRuns = 150;
const holds = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>): void => fc.assert(property, { numRuns });

/** Zones with whole and broken hours, with and without summer time, on both halves of the globe, and one that left a day out. */
const ZONES = [
  'UTC',
  'Europe/Amsterdam',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Asia/Tehran',
];
/** Moments at which one of them changed its clock: moments near them are drawn more often than chance would. */
const CHANGES = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-11-01T06:00Z',
  '2011-12-30T10:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
  '2018-11-04T03:00Z',
].map(at);

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 1_440 }), { minLength: 2, maxLength: 6 })
  .map((edges) => edges.sort((a, b) => a - b))
  .map((edges) =>
    edges.flatMap((edge, index) =>
      index % 2 === 0 && edges[index + 1] !== undefined ? [{ from: clock(edge), to: clock(edges[index + 1] ?? 0) }] : [],
    ),
  );
const calendars: fc.Arbitrary<WorkingCalendar> = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  week: fc.array(fc.oneof(fc.constant([]), hours), { minLength: 7, maxLength: 7 }),
  holidays: fc.array(
    fc.integer({ min: at('2011-12-01T00:00Z'), max: at('2027-01-01T00:00Z') }).map((ms) => ({ date: new Date(ms).toISOString().slice(0, 10) })),
    { maxLength: 20 },
  ),
});
const moments = fc.oneof(
  fc.integer({ min: at('2011-12-01T00:00Z'), max: at('2027-01-01T00:00Z') }),
  fc.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -30 * HOUR, max: 30 * HOUR })).map(([change, by]) => change + by),
);
const spans = fc.oneof(fc.integer({ min: 0, max: 30 * HOUR }), fc.integer({ min: 0, max: 60 * 24 * HOUR }));

describe('working time', () => {
  it('adds up: the parts of a time are the whole, in any order', () => {
    holds(
      fc.property(calendars, moments, spans, spans, (one, from, first, second) => {
        const [middle, to] = [from + first, from + first + second];
        expect(workingTime(one, from, middle) + workingTime(one, middle, to)).toBe(workingTime(one, from, to));
        expect(workingTime(one, to, from)).toBe(0 - workingTime(one, from, to));
      }),
    );
  });

  it('is never negative and never more than the time itself', () => {
    holds(
      fc.property(calendars, moments, spans, (one, from, span) => {
        const worked = workingTime(one, from, from + span);
        expect(worked).toBeGreaterThanOrEqual(0);
        expect(worked).toBeLessThanOrEqual(span);
      }),
    );
  });

  it('is what is there again after adding it, and no earlier moment holds as much', () => {
    holds(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 200 * HOUR }), (one, from, ms) => {
        const to = addWorkingTime(one, from, ms);
        if (to === undefined) return;
        expect(workingTime(one, from, to)).toBe(ms);
        expect(workingTime(one, from, to - 1)).toBe(ms - 1);
      }),
    );
  });

  it('added twice is added once', () => {
    holds(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 60 * HOUR }), fc.integer({ min: 1, max: 60 * HOUR }), (one, from, a, b) => {
        const first = addWorkingTime(one, from, a);
        if (first === undefined) return;
        expect(addWorkingTime(one, first, b)).toBe(addWorkingTime(one, from, a + b));
      }),
    );
  });

  it('counts a moment by the clock on the wall', () => {
    holds(
      fc.property(calendars, moments, (one, moment) => {
        const second = Math.floor(moment / 1_000) * 1_000;
        const parts = Object.fromEntries(
          new Intl.DateTimeFormat('en-CA', {
            timeZone: one.timeZone,
            hourCycle: 'h23',
            weekday: 'short',
            year: 'numeric',
            month: '2-digit',
            day: '2-digit',
            hour: '2-digit',
            minute: '2-digit',
          })
            .formatToParts(second)
            .map(({ type, value }) => [type, value]),
        );
        const { weekday = '', year, month, day, hour, minute } = parts;
        const wall = `${String(hour)}:${String(minute)}`;
        const today = one.week[['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(weekday)] ?? [];
        const open =
          !one.holidays.some(({ date }) => date === `${String(year)}-${String(month)}-${String(day)}`) &&
          today.some(({ from, to }) => from <= wall && wall < to);
        expect(workingTime(one, second, second + 1_000)).toBe(open ? 1_000 : 0);
      }),
    );
  });
});

describe('the days whose length changes', () => {
  it.each([
    ['Europe/Amsterdam', '2026-03-28T23:00Z', '2026-03-29T22:00Z', 23],
    ['Europe/Amsterdam', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 25],
    ['Australia/Lord_Howe', '2026-10-03T13:30Z', '2026-10-04T13:00Z', 23.5],
    ['America/New_York', '2026-11-01T04:00Z', '2026-11-02T05:00Z', 25],
  ])('%s from %s: %s, %f hours', (zone, from, to, expected) => {
    expect(workingTime(calendar(zone, ALWAYS), at(from), at(to)) / HOUR).toBe(expected);
  });

  it('a night shift works an hour less in spring and an hour more in autumn', () => {
    const night = calendar(
      'Europe/Amsterdam',
      Array.from({ length: 7 }, () => [{ from: '01:00', to: '04:00' }]),
    );
    expect(workingTime(night, at('2026-03-28T23:00Z'), at('2026-03-29T22:00Z')) / HOUR).toBe(2);
    expect(workingTime(night, at('2026-10-24T22:00Z'), at('2026-10-25T23:00Z')) / HOUR).toBe(4);
  });

  it('office hours stay office hours', () => {
    const office = calendar('Europe/Amsterdam', OFFICE, '2026-03-30');
    // Friday half past four, four hours: half an hour today, none on the holiday, the rest on Tuesday in summer time.
    expect(new Date(addWorkingTime(office, at('2026-03-27T16:30+01:00'), 4 * HOUR) ?? 0).toISOString()).toBe('2026-03-31T10:30:00.000Z');
  });

  it('a day that a zone left out holds nothing', () => {
    const apia = calendar('Pacific/Apia', ALWAYS, '2011-12-29');
    expect(workingTime(apia, at('2011-12-28T10:00Z'), at('2012-01-01T10:00Z')) / HOUR).toBe(72);
  });
});

describe('odd calendars', () => {
  it('without hours never get there', () => {
    const closed = calendar(
      'UTC',
      Array.from({ length: 7 }, () => []),
    );
    expect(addWorkingTime(closed, at('2026-01-01T00:00Z'), 1)).toBeUndefined();
    expect(workingTime(closed, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'))).toBe(0);
  });

  it('count hours that overlap once', () => {
    const doubled = calendar(
      'UTC',
      Array.from({ length: 7 }, () => [
        { from: '10:00', to: '14:00' },
        { from: '09:00', to: '12:00' },
      ]),
    );
    expect(workingTime(doubled, at('2026-01-01T00:00Z'), at('2026-01-02T00:00Z')) / HOUR).toBe(5);
  });

  it('close a day at its end, and an end at the end of the hours, not at the next beginning', () => {
    const office = calendar('UTC', OFFICE);
    expect(new Date(addWorkingTime(office, at('2026-11-23T09:00Z'), 8 * HOUR) ?? 0).toISOString()).toBe('2026-11-23T17:00:00.000Z');
    const always = calendar('UTC', ALWAYS);
    expect(workingTime(always, at('2026-11-23T23:00Z'), at('2026-11-24T01:00Z')) / HOUR).toBe(2);
  });
});

describe('working days', () => {
  it.each([
    ['over a weekend', '2026-11-20T10:00Z', 5, '2026-11-27T17:00Z'],
    ['none: the same day', '2026-11-20T10:00Z', 0, '2026-11-20T17:00Z'],
    ['from a Sunday', '2026-11-22T10:00Z', 1, '2026-11-23T17:00Z'],
    ['past a holiday', '2026-12-24T10:00Z', 1, '2026-12-28T17:00Z'],
  ])('end with the hours of the last of them, %s', (_name, from, days, end) => {
    expect(addWorkingDays(calendar('UTC', OFFICE, '2026-12-25'), at(from), days)).toBe(at(end));
  });

  it('never end by a calendar without hours', () => {
    const closed = Array.from({ length: 7 }, () => []);
    expect(addWorkingDays(calendar('UTC', closed), at('2026-11-20T10:00Z'), 1)).toBeUndefined();
  });
});
