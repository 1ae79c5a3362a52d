/**
 * The clocks of a work item from section 6 of the method, minute by minute: gross is every open minute from the report on in which the work item is not
 * delivered, net the same without those in which it waits for the customer. Moments are whole minutes.
 */
import { type Hours, isOpen } from './working-time';

export interface Stay {
  status: string;
  from: number;
  forCustomer: boolean;
}

const MINUTE = 60_000;
const DELIVERED = ['fulfilled', 'closed', 'cancelled'];

/** Before the first stay it is registered. */
const stayAt = (stays: readonly Stay[], moment: number): Stay =>
  stays.filter(({ from }) => from <= moment).at(-1) ?? { status: 'registered', from: moment, forCustomer: false };

const isWaiting = ({ status, forCustomer }: Stay): boolean => status === 'waiting' && forCustomer;
const isDelivered = ({ status }: Stay): boolean => DELIVERED.includes(status);

/** Minutes of both kinds up to a moment. */
export function counted(hours: Hours, reported: number, stays: readonly Stay[], now: number): { gross: number; net: number } {
  let [gross, net] = [0, 0];
  for (let at = reported; at < now; at += MINUTE) {
    const stay = stayAt(stays, at);
    if (isDelivered(stay) || !isOpen(hours, at)) continue;
    gross += 1;
    if (!isWaiting(stay)) net += 1;
  }
  return { gross, net };
}

/** When so many minutes of net are used up, if after now it stays as it is; undefined when not within so many days. */
export function usedUp(hours: Hours, reported: number, stays: readonly Stay[], now: number, promised: number, days: number): number | undefined {
  const known = stays.filter(({ from }) => from <= now);
  let net = 0;
  for (let at = reported; at <= now + days * 1_440 * MINUTE; at += MINUTE) {
    if (net === promised) return at;
    const stay = stayAt(known, at);
    if (!isDelivered(stay) && !isWaiting(stay) && isOpen(hours, at)) net += 1;
  }
  return undefined;
}

/** When it was taken on, if it was. */
export const acceptedAt = (reported: number, stays: readonly Stay[], now: number): number | undefined =>
  stays.filter(({ from, status }) => from <= now && !['registered', 'cancelled'].includes(status)).map(({ from }) => Math.max(from, reported))[0];
