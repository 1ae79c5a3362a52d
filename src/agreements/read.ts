/** Use cases that only read: the list, one agreement, its chain, two versions compared. */
import type { AgreementChain, AgreementDetail, AgreementFilters, AgreementList, AgreementRow, AgreementSort, AgreementStatus } from '../contract';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { termsFindings } from './checks';
import { shownOf } from './columns';
import { calendarNames, chainOfDetail, detailOf, diffOf, LEANERS_READ, type Looking, peopleOf } from './detail';
import { judge, load, type Loaded } from './judge';
import { statusAt } from './life';
import { itemsSeeingTo } from './foreseen';
import { listed, type ListedRow } from './listing';
import type { Grounds } from './possible';
import { namesOfKind } from './records';
import { tiesOf } from './wish-ties';
import { idsIn, leanersOf, momentOf, promisedTo, type StoredVersion, underAll } from './store';

const DAY = 86_400_000;
const SERVICES_SHOWN = 3;
const LIVE: readonly AgreementStatus[] = ['inForce', 'underReview'];

export async function list(
  { filters, sort, after }: { filters: AgreementFilters; sort: AgreementSort; after?: string | undefined },
  looking: Looking,
): Promise<AgreementList> {
  const { rows, ...rest } = await listed(filters, sort, now(), after);
  const shown = rows.flatMap(({ services }) => idsIn(services).slice(0, SERVICES_SHOWN));
  const [services, people] = await Promise.all([
    namesOfKind('service', [...new Set(shown)]),
    looking.names(rows.flatMap(({ owner }) => owner ?? [])),
  ]);
  const rowOf = (one: ListedRow): AgreementRow => {
    const ids = idsIn(one.services);
    const name = one.owner === undefined ? undefined : people.get(one.owner);
    const days = (moment: number): number => Math.round((moment - DAY - rest.asOf) / DAY);
    return {
      id: one.id,
      kind: one.kind,
      name: one.name,
      version: one.shown,
      status: one.status_now,
      provider: { id: one.provider, name: one.provider_name },
      customer: { id: one.customer, name: one.customer_name },
      services: ids.slice(0, SERVICES_SHOWN).map((id) => ({ id, name: services.get(id)?.name ?? id })),
      servicesInAll: ids.length,
      ...(one.owner !== undefined && { owner: { accountId: one.owner, name: name ?? one.owner } }),
      ...(one.valid_until !== undefined && { validUntil: one.valid_until }),
      ...(one.next_review !== undefined && { nextReview: one.next_review }),
      ...(one.lapses === true && one.lapses_at !== undefined && { lapsesIn: days(one.lapses_at) }),
      ...(one.review_late === true && one.review_late_at !== undefined && { reviewIn: days(one.review_late_at) }),
      verdict: { state: one.verdict, reason: one.reason },
      ...(one.open_version !== undefined && one.open_status !== undefined && { open: { version: one.open_version, status: one.open_status } }),
    };
  };
  return { state: 'ok', rows: rows.map(rowOf), ...rest, keeps: looking.keeps };
}

export const gone = (id: string): Fault => new Fault('person.notFound', `${id} is not there. Look for it in the list of agreements.`);

export async function loaded(id: string): Promise<Loaded> {
  const found = await load(id);
  if (!found) throw gone(id);
  return found;
}

export function versionOf({ stored }: Loaded, number: number | undefined): StoredVersion {
  const found = number === undefined ? shownOf(stored.versions, momentOf(stored.versions)) : stored.versions.find((one) => one.number === number);
  if (!found) throw new Fault('person.notFound', `${stored.agreement.id} has no version ${String(number)}. Choose one that is there.`);
  return found;
}

/** Everything a deed on a version is judged on. `bringing`: a deed that may bring it into force. */
export async function groundsOf(from: Loaded, version: StoredVersion, looking: Looking, at: number, bringing: boolean): Promise<Grounds> {
  const { agreement } = from.stored;
  // Who leans on whom is asked for only where this one leans on somebody.
  const leans = version.terms.under !== undefined;
  const live = LIVE.includes(statusAt(version, at, from.stored.versions));
  const [services, under, promised, open] = await Promise.all([
    namesOfKind('service', version.terms.services),
    leans ? underAll() : Promise.resolve(new Map<string, readonly string[]>()),
    bringing && agreement.kind === 'SA' ? promisedTo(agreement.customer) : Promise.resolve([]),
    // Only who keeps it may end it.
    live && looking.keeps ? (looking.openWork?.(agreement.id) ?? []) : [],
  ]);
  const known = { calendars: new Set(looking.calendars.map(({ id }) => id)), services: new Set(services.keys()), under };
  return {
    ...from,
    version,
    judged: judge(from, version, looking.calendars, at),
    terms: termsFindings(agreement.id, version.terms, known),
    promised: [...promised],
    open,
  };
}

/** What the page shows, from what was read already. */
export async function shownDetail(from: Loaded, version: StoredVersion, looking: Looking): Promise<AgreementDetail> {
  const at = momentOf(from.stored.versions);
  const agreed = statusAt(version, at, from.stored.versions) === 'agreed';
  const [grounds, services, people, upkeep, ties] = await Promise.all([
    groundsOf(from, version, looking, at, agreed),
    namesOfKind('service', [...new Set(from.stored.versions.flatMap(({ terms }) => terms.services))]),
    looking.names(peopleOf(from, version)),
    itemsSeeingTo(from.stored.agreement.id),
    tiesOf([from.stored.agreement.id]),
  ]);
  const wish = ties.find(({ drafted }) => drafted && drafted.since <= version.number && version.number <= drafted.version)?.key;
  return { ...detailOf({ grounds, services, people, upkeep, at }, looking), ...(wish !== undefined && { wish }) };
}

export async function get({ id, version }: { id: string; version?: number | undefined }, looking: Looking): Promise<AgreementDetail> {
  const from = await loaded(id);
  return shownDetail(from, versionOf(from, version), looking);
}

export async function chain({ id, version }: { id: string; version?: number | undefined }, looking: Looking): Promise<AgreementChain> {
  const from = await loaded(id);
  const at = momentOf(from.stored.versions);
  const chosen = versionOf(from, version);
  const leaners = await leanersOf([...from.legs.keys()], LEANERS_READ);
  return chainOfDetail(from, chosen, judge(from, chosen, looking.calendars, at), leaners, looking.calendars, at);
}

export async function compare({ id, from, to }: { id: string; from: number; to: number }, looking: Looking) {
  const read = await loaded(id);
  const [before, after] = [versionOf(read, from), versionOf(read, to)];
  const services = await namesOfKind('service', [...new Set([...before.terms.services, ...after.terms.services])]);
  return { state: 'ok' as const, diff: diffOf(before, after, calendarNames(looking.calendars), services) };
}
