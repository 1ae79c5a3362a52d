/** The month of changes and freezes: whole weeks, days without gap, each entry in every day it touches. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginText, daysOf, monthOf, monthText, scopeText, spanText, touches, weeksOf, wordsIn } from '../../static/usm/register/calendar/model';

const HOUR = 3_600_000;
const month = fc.record({ year: fc.integer({ min: 2020, max: 2040 }), month: fc.integer({ min: 0, max: 11 }) });

describe('the days of a month', () => {
  it('are whole weeks from Monday, each day where the one before ended, and hold the month', () => {
    fc.assert(
      fc.property(month, ({ year, month: of }) => {
        const days = daysOf(year, of);
        expect(days.length % 7).toBe(0);
        expect(new Date(days[0]?.from ?? 0).getDay()).toBe(1);
        for (const [n, day] of days.entries()) {
          expect(day.until).toBe(days[n + 1]?.from ?? day.until);
          // 23 and 25 hours where the clocks change.
          expect([23, 24, 25]).toContain((day.until - day.from) / HOUR);
        }
        const inside = days.filter(({ from }) => new Date(from).getMonth() === of);
        expect(inside).toHaveLength(new Date(year, of + 1, 0).getDate());
      }),
    );
  });

  it('show an entry in the days it touches and in no other', () => {
    const window = fc.tuple(fc.integer({ min: -40, max: 900 }), fc.integer({ min: 1, max: 200 }));
    fc.assert(
      fc.property(month, window, (at, [after, long]) => {
        const from = new Date(at.year, at.month, 1).getTime() + after * HOUR;
        const change = { id: '1', key: 'NSS-1', summary: 's', open: true, window: { from, until: from + long * HOUR }, items: [] };
        const days = weeksOf(at, { changes: [change], freezes: [] }, 0).flat();
        for (const day of days) {
          const minutes = Array.from({ length: 25 }, (_none, hour) => day.from + hour * HOUR).filter((minute) => minute < day.until);
          // Windows stand on whole hours here, so an hour that begins in both is one they share.
          const shared = minutes.some((minute) => minute >= change.window.from && minute < change.window.until);
          expect(day.changes.length > 0).toBe(shared);
        }
      }),
    );
  });

  it('are those of the month in the address, else of now', () => {
    const now = new Date(2026, 10, 20).getTime();
    expect(monthOf('2027-02', now)).toEqual({ year: 2027, month: 1 });
    for (const other of [null, '', '2027-13', 'soon']) expect(monthOf(other, now)).toEqual({ year: 2026, month: 10 });
    expect(monthText(2026, 12)).toBe('2027-01');
    expect(monthText(2026, -1)).toBe('2025-12');
  });
});

describe('words of an entry', () => {
  const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();
  it('say the day once where it is one', () => {
    expect(spanText({ from: at(28, 6), until: at(28, 7) })).toBe('28 Nov, 06:00 to 07:00');
    expect(spanText({ from: at(28, 22), until: at(29, 2) })).toBe('28 Nov 22:00 to 29 Nov 02:00');
  });
  it('say when it begins on a day, or that it goes on', () => {
    const window = { from: at(28, 22), until: at(29, 2) };
    expect(beginText(window, { from: at(28, 0), until: at(29, 0) })).toBe('22:00');
    expect(beginText(window, { from: at(29, 0), until: at(30, 0) })).toBe('goes on');
    expect(touches(window, { from: at(29, 2), until: at(30, 0) })).toBe(false);
  });
  it('say what is frozen', () => {
    const some = { kind: 'some' as const, classes: ['network'], keepers: ['t-net'], locations: ['Ward 3B'], items: ['NET-1'] };
    expect(scopeText({ scope: some }, (id) => ({ network: 'Network', 't-net': 'the Network team' })[id] ?? id)).toBe(
      'all of class Network, what the Network team keeps, Ward 3B, NET-1',
    );
    expect(scopeText({ scope: { kind: 'everything' } }, String)).toBe('Everything');
  });
  it('are taken apart at commas and lines, each once', () => {
    expect(wordsIn(' NET-1, NET-2\nNET-1;  ,')).toEqual(['NET-1', 'NET-2']);
  });
});
