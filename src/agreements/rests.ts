/** What one promise rests on: its legs with their times, and whether they can keep it. */
import type { AgreementStatus, FitState } from '../contract';
import { legsOf, OWN, type WorkTypeKey } from '../method';
import { promiseKey } from './chain';
import { type Calendars, judge, load } from './judge';
import { inForceOf, periodEnd, statusAt } from './life';
import { hoursText, targetFor } from './model';
import { momentOf, promisedTo, type Stored, storedOf } from './store';
import { namesOfKind } from './records';

export interface Rests {
  status: AgreementStatus;
  customer: string;
  /** The last day, of the period that runs. */
  until: string | undefined;
  /** Of the promise to deliver or restore; absent where none is a time. */
  legs?: { id?: string; name: string; minutes?: number }[];
  /** Minutes that all of them take. */
  sum?: number;
  state?: FitState;
  text?: string;
}

interface Wanted {
  id: string;
  version: number;
  type: WorkTypeKey;
  rank: number | undefined;
}

const span = (minutes: number): string => `${hoursText(minutes)} h`;

export async function restsOn({ id, version: number, type, rank }: Wanted, calendars: Calendars): Promise<Rests | undefined> {
  const loaded = await load(id);
  const version = loaded?.stored.versions.find((one) => one.number === number);
  if (!loaded || !version) return undefined;
  const at = momentOf(loaded.stored.versions);
  const about: Rests = {
    status: statusAt(version, at, loaded.stored.versions),
    customer: loaded.parties.get(loaded.stored.agreement.customer)?.name ?? loaded.stored.agreement.customer,
    until: periodEnd(version, at).lastDay,
  };
  const target = targetFor(version.terms.targets, type, { rank });
  if (!target || typeof target.deliver !== 'number') return about;
  const key = promiseKey(target, 'deliver');
  const { chain, fit } = judge(loaded, version, calendars, at);
  const line = fit.lines.find((one) => one.key === key);
  const legs = legsOf(chain).flatMap((leg) => {
    const minutes = leg.minutes[key];
    if (minutes === null) return [];
    const name = leg.id === OWN ? 'Own handling' : (loaded.legs.get(leg.id)?.agreement.name ?? leg.name);
    return [{ ...(leg.id !== OWN && { id: leg.id }), name, ...(minutes !== undefined && { minutes }) }];
  });
  if (!line) return { ...about, legs };
  const { sum, left } = line;
  const text =
    sum === undefined || left === undefined
      ? 'Not calculated: not everything has a time.'
      : `Together ${span(sum)} of the ${span(target.deliver)}, ${left < 0 ? `${span(-left)} too much` : `${span(left)} to spare`}.`;
  return { ...about, legs, ...(sum !== undefined && { sum }), state: line.state, text };
}

export interface Choosable {
  agreement: Stored['agreement'];
  version: Stored['versions'][number];
}

const inForceAt = ({ versions }: Stored, at: number) => inForceOf(versions).find(({ from, until = Infinity }) => from <= at && at < until)?.version;

/** What may be chosen for a work item: an SA that was in force at its report, or is now. */
export async function choosable(id: string, moments: readonly number[]): Promise<Choosable | undefined> {
  const stored = (await storedOf([id])).get(id);
  const version = stored?.agreement.kind === 'SA' ? moments.map((at) => inForceAt(stored, at)).find((one) => one !== undefined) : undefined;
  return stored && version && { agreement: stored.agreement, version };
}

/** Of the customer that people name so, in order of their ids. */
export async function choicesFor(customer: string, moments: readonly number[]): Promise<Choosable[]> {
  const parties = [...(await namesOfKind('party'))].filter(([, { name }]) => name === customer);
  const units = parties.flatMap(([id, { parent }]) => [id, ...(parent === undefined ? [] : [parent])]);
  const stored = (await Promise.all([...new Set(units)].map((id) => promisedTo(id)))).flat();
  return stored.flatMap((one) => {
    const version = moments.map((at) => inForceAt(one, at)).find((found) => found !== undefined);
    return version ? [{ agreement: one.agreement, version }] : [];
  });
}
