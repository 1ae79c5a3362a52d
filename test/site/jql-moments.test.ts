/** Days and moments as queries write them, in the zone of who asks. */
import { describe, expect, it } from 'vitest';
import { dayOf, edgeOf, readMoment, type Calendar, type Span } from '../../sandbox/jira/search/moments';

const at = (text: string): number => Date.parse(text);
const iso = (moment: number | undefined): string | undefined => (moment === undefined ? undefined : new Date(moment).toISOString());

/** Summer time ended in Berlin on 25 October 2026, at 03:00. */
const berlin: Calendar = { zone: 'Europe/Berlin', now: at('2026-10-26T22:30:00Z') };
const utc: Calendar = { zone: 'Etc/UTC', now: at('2026-03-31T12:00:00Z') };

describe('written moments', () => {
  it('are read in a zone, with its summer time', () => {
    expect(iso(readMoment('2026/10/24 10:00', berlin))).toBe('2026-10-24T08:00:00.000Z');
    expect(iso(readMoment('2026-10-26 10:00', berlin))).toBe('2026-10-26T09:00:00.000Z');
    expect(iso(readMoment('2026-10-25', berlin))).toBe('2026-10-24T22:00:00.000Z');
    expect(iso(readMoment('-1w 2d 3h', utc))).toBe('2026-03-22T09:00:00.000Z');
    expect(iso(readMoment('4h', utc))).toBe('2026-03-31T16:00:00.000Z');
    expect(readMoment('1774958400000', utc)).toBe(1_774_958_400_000);
    for (const wrong of ['2026-02-29', '2026-13-01', '2026-01-01 25:00', 'soon', '1x', '', '-1M']) expect(readMoment(wrong, utc)).toBeUndefined();
  });

  it('belong to the day that the clocks of the zone show', () => {
    expect(dayOf(berlin.now, 'Europe/Berlin')).toBe('2026-10-26');
    expect(dayOf(berlin.now, 'Asia/Tokyo')).toBe('2026-10-27');
    expect(dayOf(berlin.now, 'America/New_York')).toBe('2026-10-26');
  });
});

describe('starts and ends', () => {
  const cases: [side: 'start' | 'end', span: Span, offset: string | undefined, calendar: Calendar, moment: string | undefined][] = [
    ['start', 'day', undefined, berlin, '2026-10-25T23:00:00.000Z'],
    ['start', 'day', '-1', berlin, '2026-10-24T22:00:00.000Z'],
    ['end', 'day', '-1d', berlin, '2026-10-25T22:59:59.999Z'],
    ['start', 'week', undefined, utc, '2026-03-29T00:00:00.000Z'],
    ['end', 'week', '+1', utc, '2026-04-11T23:59:59.999Z'],
    ['start', 'month', '-1', utc, '2026-02-01T00:00:00.000Z'],
    ['end', 'month', '-1M', utc, '2026-02-28T23:59:59.999Z'],
    ['end', 'month', '1', utc, '2026-04-30T23:59:59.999Z'],
    ['start', 'year', '-1y', utc, '2025-01-01T00:00:00.000Z'],
    ['start', 'month', '-2d', { ...utc, now: at('2026-03-01T10:00:00Z') }, '2026-02-01T00:00:00.000Z'],
    ['start', 'day', 'x', utc, undefined],
  ];
  it('of days, weeks, months and years move by offsets', () => {
    for (const [side, span, offset, calendar, moment] of cases) {
      expect([side, span, offset, iso(edgeOf(side, span, offset, calendar))]).toEqual([side, span, offset, moment]);
    }
  });
});
