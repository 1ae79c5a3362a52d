/** Moments as people read them. */
import { moment } from '../fields/kinds';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const dayForm = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const exactForm = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

const written = (form: Intl.DateTimeFormat, value: string): string => {
  const at = moment(value);
  return Number.isNaN(at.getTime()) ? value : form.format(at);
};

/** 24 Nov 2026 */
export const day = (value: string): string => written(dayForm, value);
/** 24 Nov 2026, 09:10 */
export const exact = (value: string): string => written(exactForm, value);

const count = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'} ago`;

/** In words below a day, as a date above. */
export function ago(value: string, now: number): string {
  const passed = now - moment(value).getTime();
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return count(Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return count(Math.floor(passed / HOUR), 'hour');
  return exact(value);
}
