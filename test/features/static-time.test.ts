import { describe, expect, it } from 'vitest';
import { fromInputs, MINUTE, moment, momentToTheMinute, remaining, span, toInputs, wholeMoment } from '../../static/shared/time';
import { at } from './fixtures/process-panel';

const ZONE = 'Europe/Amsterdam';
const now = at('11:35');
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('moments', () => {
  it('are a time today, a day in this year, and a day with its year otherwise', () => {
    expect(moment(at('13:30'), now, ZONE)).toBe('13:30');
    expect(moment(now + 2 * DAY, now, ZONE)).toBe('26 Nov');
    expect(moment(now + 365 * DAY, now, ZONE)).toBe('24 Nov 2027');
  });

  it('are today by the clock on the wall, not by the last 24 hours', () => {
    expect(moment(at('00:05') - 10 * MINUTE, now, ZONE)).toBe('23 Nov');
    // 23:30 in Amsterdam is the next day in Kolkata.
    expect(moment(at('23:30'), at('23:00'), ZONE)).toBe('23:30');
    expect(moment(at('23:30'), at('11:00'), 'Asia/Kolkata')).toBe('25 Nov');
  });

  it('keep the time on other days where it has to be met', () => {
    expect(momentToTheMinute(at('12:15'), now, ZONE)).toBe('12:15');
    expect(momentToTheMinute(at('12:15') + 2 * DAY, now, ZONE)).toBe('26 Nov, 12:15');
    expect(wholeMoment(at('09:05'), ZONE)).toBe('24 Nov 2026, 09:05');
  });
});

describe('spans', () => {
  it.each([
    [0, 'under 1 min'],
    [-5 * MINUTE, 'under 1 min'],
    [18 * MINUTE, '18 min'],
    [HOUR, '1 h 00'],
    [2 * HOUR + 5 * MINUTE, '2 h 05'],
    [DAY - 1, '23 h 59'],
    [DAY, '1 day'],
    [DAY + 3 * HOUR, '1 day 3 h'],
    [12 * DAY + 3 * HOUR, '12 days'],
  ])('of %i ms read "%s"', (ms, words) => {
    expect(span(ms)).toBe(words);
  });
});

describe('what is left', () => {
  it('turns late with the first whole minute', () => {
    expect(remaining(at('12:15'), now)).toEqual({ late: false, text: '40 min left' });
    expect(remaining(now, now)).toEqual({ late: false, text: 'under 1 min left' });
    expect(remaining(at('11:32'), now)).toEqual({ late: true, text: '3 min late' });
  });
});

describe('inputs', () => {
  it('show a moment in its zone', () => {
    expect(toInputs(at('09:05'), ZONE)).toEqual({ date: '2026-11-24', time: '09:05' });
  });

  it('give back the moment they show', () => {
    const { date, time } = toInputs(at('12:15'));
    expect(fromInputs(date, time)).toBe(at('12:15'));
  });

  it('give nothing while one is empty or no date', () => {
    expect(fromInputs('', '12:15')).toBeUndefined();
    expect(fromInputs('2026-11-24', '')).toBeUndefined();
    expect(fromInputs('2026-13-41', '12:15')).toBeUndefined();
  });
});
