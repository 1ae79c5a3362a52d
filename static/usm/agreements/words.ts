/** What agreements are called, and how times, percent and days are written. Pure. */
import type { AgreementKind, AgreementStatus, FitState } from '../../../src/contract';
import type { MarkKind, Tone } from '../../shared/kinds';

/** The four marks; what nobody has agreed to and what lacks a value are both "nothing there". */
export const VERDICTS: Readonly<Record<FitState, { name: string; mark: MarkKind }>> = {
  cannot: { name: 'Cannot be kept', mark: 'unmet' },
  missing: { name: 'A leg is missing', mark: 'nothing' },
  unknown: { name: 'Not calculated', mark: 'nothing' },
  tight: { name: 'Tight', mark: 'later' },
  holds: { name: 'Holds', mark: 'met' },
};

export const STATUSES: Readonly<Record<AgreementStatus, { name: string; tone: Tone }>> = {
  draft: { name: 'Draft', tone: 'neutral' },
  offered: { name: 'Offered', tone: 'information' },
  agreed: { name: 'Agreed', tone: 'information' },
  inForce: { name: 'In force', tone: 'success' },
  underReview: { name: 'Under review', tone: 'warning' },
  expired: { name: 'Expired', tone: 'danger' },
  ended: { name: 'Ended', tone: 'neutral' },
};

export const KINDS: Readonly<Record<AgreementKind, string>> = { SA: 'Service agreement', OLA: 'Internal agreement', UC: 'Supplier agreement' };

/** 4:30; below zero: −0:30. */
export const hours = (minutes: number): string =>
  `${minutes < 0 ? '−' : ''}${String(Math.floor(Math.abs(minutes) / 60))}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;

/** 99.55 %, to three places. */
export const percent = (value: number): string => `${String(Math.round(value * 1_000) / 1_000)} %`;

/** What a person may write: 2:30, 2.5, 2,5, 150 min. Undefined: it says no time. */
export function parseHours(text: string): number | undefined {
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(text.trim());
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const minutes = /^(\d{1,6})\s*min$/.exec(text.trim());
  if (minutes) return Number(minutes[1]);
  const decimal = /^(\d{1,4}(?:[.,]\d{1,2})?)\s*h?$/.exec(text.trim());
  return decimal ? Math.round(Number((decimal[1] ?? '').replace(',', '.')) * 60) : undefined;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** 31 Dec 2027 */
export const dayWords = (day: string): string => DAY.format(Date.parse(`${day}T00:00:00Z`)).replace('Sept', 'Sep');

/** The day of a moment, in a zone or that of the browser: 31 Dec 2027. */
export const momentDay = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', ...(timeZone !== undefined && { timeZone }) })
    .format(at)
    .replace('Sept', 'Sep');

/** in 72 days, today, 20 days ago */
export function inDays(days: number): string {
  if (days === 0) return 'today';
  const count = `${String(Math.abs(days))} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0 ? `in ${count}` : `${count} ago`;
}
