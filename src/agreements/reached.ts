/** What is agreed about services that something reaches: in force at a moment, with what is promised when everything stands still. */
import type { Calendar, FitState } from '../contract';
import { upwards } from './applies';
import { inForceOf } from './life';
import { targetFor } from './model';
import { namesOfKind, recordsWith } from './records';
import { promising } from './store';

export interface PromiseReached {
  id: string;
  name: string;
  customer: { id: string; name: string };
  /** Of the services that were asked about; empty where the agreement itself was named. */
  services: { id: string; name: string }[];
  /** Minutes to restore at P1, and the name of the hours they are counted in. */
  restore?: number;
  hours?: string;
  verdict: FitState;
}

export interface PartyReached {
  id: string;
  name: string;
  representatives: readonly string[];
  /** Account ids of everybody whom the party names. */
  people: readonly string[];
  /** Whoever may use Jira belongs to it. */
  anyone: boolean;
}

export interface PromisesReached {
  /** By id, as they are called; a service that is no longer there has its id for a name. */
  services: ReadonlyMap<string, string>;
  promises: PromiseReached[];
  /** There are more than are told. */
  more: boolean;
}

/** Wholes of wholes are looked at so deep. */
const DEEPEST = 6;
const MOST_SERVICES = 200;
const MOST_AGREEMENTS = 300;

/** Services with what they are a part of, so many levels up. */
async function withWholes(ids: readonly string[]): Promise<Map<string, { name: string; parent: string | undefined }>> {
  const known = new Map<string, { name: string; parent: string | undefined }>();
  let asked = [...new Set(ids)];
  for (let depth = 0; depth < DEEPEST && asked.length > 0; depth += 1) {
    for (const [id, one] of await namesOfKind('service', asked)) known.set(id, one);
    asked = [...new Set([...known.values()].flatMap(({ parent }) => (parent === undefined || known.has(parent) ? [] : [parent])))];
  }
  return known;
}

/** An agreement about a whole is one about its parts. `agreements`: named in themselves. */
export async function promisesReached(
  asked: { services: readonly string[]; agreements: readonly string[] },
  calendars: readonly Calendar[],
  at: number,
): Promise<PromisesReached> {
  const ids = [...new Set(asked.services)].slice(0, MOST_SERVICES);
  const named = [...new Set(asked.agreements)].slice(0, MOST_SERVICES);
  const wholes = await withWholes(ids);
  const partsOf = new Map<string, string[]>();
  for (const id of ids) for (const one of upwards(id, wholes)) partsOf.set(one, [...(partsOf.get(one) ?? []), id]);
  const stored = await promising([...partsOf.keys()], named, MOST_AGREEMENTS + 1);
  const customers = await namesOfKind('party', [...new Set(stored.map(({ agreement }) => agreement.customer))]);
  const nameOf = (id: string): string => wholes.get(id)?.name ?? id;
  const promises = stored.slice(0, MOST_AGREEMENTS).flatMap(({ agreement, versions, verdict }): PromiseReached[] => {
    const version = inForceOf(versions).find(({ from, until = Infinity }) => from <= at && at < until)?.version;
    const services = [...new Set(version?.terms.services.flatMap((id) => partsOf.get(id) ?? []))];
    if (!version || (services.length === 0 && !named.includes(agreement.id))) return [];
    const target = targetFor(version.terms.targets, 'incident', { rank: 1 });
    const hours = calendars.find(({ id }) => id === target?.calendar)?.name;
    return [
      {
        id: agreement.id,
        name: agreement.name,
        customer: { id: agreement.customer, name: customers.get(agreement.customer)?.name ?? agreement.customer },
        services: services.map((id) => ({ id, name: nameOf(id) })),
        ...(typeof target?.deliver === 'number' && { restore: target.deliver, ...(hours !== undefined && { hours }) }),
        verdict: verdict.state,
      },
    ];
  });
  return {
    services: new Map(ids.map((id) => [id, nameOf(id)])),
    promises: promises.sort((a, b) => (a.restore ?? Infinity) - (b.restore ?? Infinity) || (a.id < b.id ? -1 : 1)),
    more: stored.length > MOST_AGREEMENTS || asked.services.length > ids.length || asked.agreements.length > named.length,
  };
}

/** Whom to tell; a party that is no longer there is left out. */
export async function partiesReached(ids: readonly string[]): Promise<Map<string, PartyReached>> {
  const found = await recordsWith('party', ids);
  return new Map(
    [...found].map(([id, { name, representatives, requesters, anyone }]) => [
      id,
      { id, name, representatives, people: [...new Set([...representatives, ...requesters])], anyone },
    ]),
  );
}
