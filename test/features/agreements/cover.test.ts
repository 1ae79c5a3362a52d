/** Working time and the cover of hours against the slow reference that looks at every minute (test/model/working-time). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingTime, coverFrom, startOfDay, type WorkingCalendar, workingTime } from '../../../src/method';
import { afterOpenMinutes, isOpen, openMinutes, uncoveredMinutes } from '../../model/working-time';
import { ALWAYS, DAY, DAYTIME, HOUR, MINUTE, OFFICE, scenes } from './arbitrary';

const RUNS = 20;
/** Whoever is to be found out is looked at longer; it ends with the first mistake. */
const TWIN = 500;
/** Zones that were somewhere else before: a twin that never moves its clock. */
const fixed = (calendar: WorkingCalendar): WorkingCalendar => ({ ...calendar, timeZone: 'Etc/GMT-1' });

type Time = typeof workingTime;
const timeAgrees = (time: Time, numRuns = RUNS): void =>
  fc.assert(
    fc.property(scenes, fc.integer({ min: 0, max: 4 * 1_440 }), ({ one: calendar, moment: from }, minutes) => {
      const to = from + minutes * MINUTE;
      expect(time(calendar, from, to) / MINUTE).toBe(openMinutes(calendar, from, to));
    }),
    { numRuns },
  );

type Add = typeof addWorkingTime;
const addAgrees = (add: Add, numRuns = RUNS): void =>
  fc.assert(
    fc.property(scenes, fc.integer({ min: 1, max: 2_000 }), ({ one: calendar, moment: from }, minutes) => {
      const slow = afterOpenMinutes(calendar, from, minutes, 6);
      const found = add(calendar, from, minutes * MINUTE);
      expect(found !== undefined && found <= from + 6 * DAY ? found : undefined).toBe(slow);
    }),
    { numRuns },
  );

type Outside = (asked: WorkingCalendar, given: WorkingCalendar, from: number, to: number) => { ms: number; first?: { from: number; to: number } };
const outside: Outside = (a, b, from, to) => coverFrom({ a, b }, from).outside('a', 'b', from, to) ?? { ms: NaN };
const coverAgrees = (cover: Outside, numRuns = 2 * RUNS): void =>
  fc.assert(
    fc.property(scenes, fc.integer({ min: 0, max: 3 * 1_440 }), ({ one: asked, other: given, moment: from }, minutes) => {
      const to = from + minutes * MINUTE;
      const slow = uncoveredMinutes(asked, given, from, to);
      const found = cover(asked, given, from, to);
      expect({ minutes: found.ms / MINUTE, first: found.first?.from }).toEqual(slow);
    }),
    { numRuns },
  );

describe('working time is what a minute-by-minute count says', () => {
  it('between two moments', () => {
    timeAgrees(workingTime);
  });
  it('after so many minutes', () => {
    addAgrees(addWorkingTime);
  });
  it('and a twin that knows no summer time, or no holidays, is found out', () => {
    expect(() => timeAgrees((calendar, from, to) => workingTime(fixed(calendar), from, to), TWIN)).toThrow();
    expect(() => timeAgrees((calendar, from, to) => workingTime({ ...calendar, holidays: [] }, from, to), TWIN)).toThrow();
    expect(() => addAgrees((calendar, from, ms) => addWorkingTime(fixed(calendar), from, ms), TWIN)).toThrow();
  });
});

describe('hours are covered when every minute is', () => {
  it('over zones, changes of the clock and holidays', () => {
    coverAgrees(outside);
  });
  it('and a twin that looks at the weeks alone is found out', () => {
    expect(() => coverAgrees((asked, given, from, to) => outside(asked, { ...given, holidays: [] }, from, to), TWIN)).toThrow();
    expect(() => coverAgrees((asked, given, from, to) => outside(asked, { ...given, timeZone: asked.timeZone }, from, to), TWIN)).toThrow();
  });

  const from = Date.parse('2026-11-20T08:00Z');
  it('names the first time in which nobody is there', () => {
    expect(outside(ALWAYS, DAYTIME, from, from + 7 * DAY).first).toEqual({
      from: Date.parse('2026-11-20T21:00Z'),
      to: Date.parse('2026-11-21T06:00Z'),
    });
    expect(outside(DAYTIME, ALWAYS, from, from + 366 * DAY)).toEqual({ ms: 0 });
    expect(outside(OFFICE, DAYTIME, from, from + 366 * DAY)).toEqual({ ms: 0 });
  });
  it('the same hours in another zone are other hours', () => {
    const london = { ...OFFICE, timeZone: 'Europe/London' };
    expect(outside(OFFICE, london, from, from + 4 * DAY).ms).toBe(2 * HOUR);
  });
  it('a holiday of theirs that is none of ours is a gap, also one far ahead', () => {
    const christmas = { ...OFFICE, holidays: [{ date: '2027-11-15' }] };
    expect(outside(OFFICE, christmas, from, from + 366 * DAY)).toEqual({
      ms: 8 * HOUR,
      first: { from: Date.parse('2027-11-15T08:00Z'), to: Date.parse('2027-11-15T16:00Z') },
    });
  });
  it('asks within the window alone, whatever was worked out before', () => {
    const christmas = { ...OFFICE, holidays: [{ date: '2026-12-25' }] };
    const cover = coverFrom({ a: OFFICE, b: christmas }, from);
    expect(cover.outside('a', 'b', from, from + 400 * DAY)?.ms).toBe(8 * HOUR);
    expect(cover.outside('a', 'b', from, from + 20 * DAY)).toEqual({ ms: 0 });
    expect(cover.outside('a', 'b', from + 20 * DAY, from + 40 * DAY)?.ms).toBe(8 * HOUR);
    expect(cover.outside('a', 'b', from + 40 * DAY, from + 60 * DAY)).toEqual({ ms: 0 });
    // Beyond the year that it keeps, and before it.
    expect(cover.outside('a', 'b', from + 360 * DAY, from + 700 * DAY)).toEqual({ ms: 0 });
    expect(cover.outside('a', 'b', from - 365 * DAY, from)).toEqual({ ms: 0 });
    expect(cover.outside('a', 'c', from, from + DAY)).toBeUndefined();
  });
});

describe('the first moment of a day', () => {
  it.each([
    ['Europe/Amsterdam', '2026-11-20', '2026-11-19T23:00Z'],
    ['Europe/Amsterdam', '2026-03-29', '2026-03-28T23:00Z'],
    ['Europe/Amsterdam', '2026-03-30', '2026-03-29T22:00Z'],
    // Midnight was left out: the clock went from 24:00 to 01:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00Z'],
    // Midnight came twice.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00Z'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00Z'],
    ['Pacific/Apia', '2011-12-29', '2011-12-29T10:00Z'],
  ])('%s %s is %s', (zone, date, moment) => {
    expect(new Date(startOfDay(zone, date)).toISOString()).toBe(new Date(moment).toISOString());
  });

  it('is the first minute whose date it is', () => {
    fc.assert(
      fc.property(scenes, ({ one: { timeZone }, moment }) => {
        const date = new Date(moment).toISOString().slice(0, 10);
        const start = startOfDay(timeZone, date);
        const open = { timeZone, week: ALWAYS.week, holidays: [{ date }] };
        // With that day as the only holiday, the minute before is open, and the first one is not: unless the zone left the day out.
        if (timeZone === 'Pacific/Apia' && date === '2011-12-30') return;
        expect(isOpen(open, start - MINUTE)).toBe(true);
        expect(isOpen(open, start)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
