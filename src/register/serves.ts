/** What items serve: services that they carry, themselves or through what depends on them, and the agreements in force for these. */
import { type PromiseReached, promisesReached } from '../agreements/service';
import type { Calendar, NamedEnd, ServedAgreement } from '../contract';
import { refsBeyond } from './reach';

/** Trouble is followed so far. */
const STEPS = 3;

export interface Serves {
  services: NamedEnd[];
  agreements: ServedAgreement[];
  /** There are more than are told. */
  more: boolean;
}

export const asServed = ({ customer, ...promise }: PromiseReached): ServedAgreement => ({ ...promise, customer: customer.name });

/** `itemIds`: of mi_item. Three SELECTs or so, whatever the number. */
export async function serves(itemIds: readonly number[], calendars: readonly Calendar[], at: number): Promise<Serves> {
  const beyond = await refsBeyond(itemIds, STEPS);
  const { services, promises, more } = await promisesReached(beyond, calendars, at);
  return { services: [...services].map(([id, name]) => ({ id, name })), agreements: promises.map(asServed), more };
}
