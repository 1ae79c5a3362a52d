/** Use cases that begin what is drafted for a Wish, and show it. */
import type { Terms, TriedTime, WishDrafting, WishOffer, WishStart } from '../contract';
import { terms as termsSchema } from '../contract';
import { Fault } from '../platform/errors';
import { promiseKey } from './chain';
import { dayStart } from './days';
import type { Looking } from './detail';
import { begin, newVersion, refused, type Refused, save } from './draft';
import { load } from './judge';
import { statusAt } from './life';
import { cardOf } from './model';
import { loaded, shownDetail, versionOf } from './read';
import { listRecords, recordsNamed, recordsWith } from './records';
import { madeBy, momentOf, promisedTo, type Stored } from './store';
import { bind, claim, claimAnew, release, type Tie, tieOf, tiesOf } from './wish-ties';

/** A Wish as its draft begins with it. */
export interface Wish {
  id: string;
  key: string;
  summary: string;
  customer: string;
  service: string;
  /** Something can be drafted for it yet. */
  open: boolean;
}

const NAME = 200;
const OVER = ['expired', 'ended'];
const named = ({ id, name }: { id: string; name: string }): { id: string; name: string } => ({ id, name });

/** Whoever provides most of what this customer was promised. */
function usualProvider(promised: readonly Stored[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { agreement } of promised) counts.set(agreement.provider, (counts.get(agreement.provider) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

async function startOf({ summary, customer: taker, service: about }: Wish): Promise<WishStart> {
  const [customers, services, teams] = await Promise.all([
    recordsNamed('party', taker),
    recordsNamed('service', about),
    listRecords('party', { search: '' }),
  ]);
  const [customer, service] = [customers[0], services[0]];
  const promised = customer ? await promisedTo(customer.id) : [];
  const providers = teams.rows.flatMap(({ record }) => (record.inside && record.kind !== 'customer' ? [named(record)] : []));
  const usual = usualProvider(promised) ?? (providers.length === 1 ? providers[0]?.id : undefined);
  const [provider] = usual === undefined ? [] : [...(await recordsWith('party', [usual])).values()];
  const taken = new Set(
    (await tiesOf(promised.map(({ agreement }) => agreement.id))).map(({ drafted }) => `${drafted?.agreement ?? ''} ${String(drafted?.version)}`),
  );
  const drafts = promised.flatMap(({ agreement, versions }) =>
    versions
      .filter((one) => statusAt(one, momentOf(versions), versions) === 'draft' && !taken.has(`${agreement.id} ${String(one.number)}`))
      .map(({ number }) => ({ ...named(agreement), version: number })),
  );
  const agreed = promised.filter(({ versions }) => versions.some((one) => one.deeds.some(({ kind }) => kind === 'agree')));
  return {
    name: summary.slice(0, NAME),
    ...(customer && { customer: named(customer) }),
    ...(service && { service: named(service) }),
    ...(provider && { provider: named(provider) }),
    providers,
    agreements: agreed.map(({ agreement }) => named(agreement)),
    drafts,
  };
}

/** Its version as it stands; undefined: there is none any more that could still come about. */
async function draftedNow(tie: Tie | undefined): Promise<{ id: string; version: number; over: boolean } | undefined> {
  if (!tie?.drafted) return undefined;
  const { agreement: id, version } = tie.drafted;
  const from = await load(id);
  const found = from?.stored.versions.find(({ number }) => number === version);
  if (!from || !found) return undefined;
  return { id, version, over: OVER.includes(statusAt(found, momentOf(from.stored.versions), from.stored.versions)) };
}

export async function offered(wish: Wish, looking: Looking): Promise<WishOffer> {
  const tie = await tieOf(wish.id);
  const drafted = await draftedNow(tie);
  const from = drafted && (await loaded(drafted.id));
  const start = wish.open && looking.keeps && (!drafted || drafted.over);
  return {
    state: 'ok',
    key: wish.key,
    ...(from && { drafted: await shownDetail(from, versionOf(from, drafted.version), looking) }),
    ...(start && { start: await startOf(wish) }),
    // What is only under way is done in a moment, or by the next round.
    ...(tie?.owes?.why !== undefined && { owes: { deed: tie.owes.deed, why: tie.owes.why } }),
  };
}

/** What Change is asked for once it is agreed, and by when: by its first day. */
export async function realisation(itemId: string): Promise<{ what: string; readyBy?: number } | undefined> {
  const drafted = await draftedNow(await tieOf(itemId));
  if (!drafted || drafted.over) return undefined;
  const from = await loaded(drafted.id);
  const { validFrom, timeZone } = versionOf(from, drafted.version).terms;
  const what = `Realise ${drafted.id} ${from.stored.agreement.name}, version ${String(drafted.version)}.`;
  return { what, ...(validFrom !== undefined && { readyBy: dayStart(timeZone, validFrom) }) };
}

/** With the times that were tried: of the promise, and of the own handling behind it. What others should do differently is theirs to agree. Pure. */
export function withTimes(terms: Terms, times: readonly TriedTime[]): Terms {
  const tried = new Map(times.map((one) => [one.key, one]));
  const minutes = (value: number | undefined): number | undefined => (value === undefined ? undefined : Math.max(1, Math.round(value)));
  const targets = terms.targets.map((target) => {
    const respond = minutes(tried.get(promiseKey(target, 'respond'))?.promised);
    const deliver = minutes(tried.get(promiseKey(target, 'deliver'))?.promised);
    return { ...target, ...(respond !== undefined && { respond }), ...(deliver !== undefined && { deliver }) };
  });
  const handling = [...terms.own.handling];
  for (const { type, for: measure } of terms.targets) {
    const [respond, deliver] = (['respond', 'deliver'] as const).map((side) => tried.get(promiseKey({ type, for: measure }, side))?.own);
    if (respond === undefined && deliver === undefined) continue;
    const index = handling.findIndex((one) => one.type === type && one.for === measure);
    const general = handling.find((one) => one.type === type && one.for === 'all');
    const own = {
      ...(handling[index] ?? general),
      type,
      for: measure,
      ...(respond !== undefined && { respond: Math.round(respond) }),
      ...(deliver !== undefined && { deliver: Math.round(deliver) }),
    };
    if (index < 0) handling.push(own);
    else handling[index] = own;
  }
  const available = tried.get('availability');
  return {
    ...terms,
    targets,
    own: { ...terms.own, handling, ...(available?.own !== undefined && { availability: Math.min(100, available.own) }) },
    ...(terms.availability &&
      available?.promised !== undefined && { availability: { ...terms.availability, percent: Math.min(100, available.promised) } }),
  };
}

/** Writes a draft once; what somebody has written since stays. */
async function fill(id: string, version: number, untouched: Terms, next: Terms, looking: Looking): Promise<void> {
  const { stored } = await loaded(id);
  const there = stored.versions.find(({ number }) => number === version);
  if (!there || JSON.stringify(there.terms) !== JSON.stringify(untouched)) return;
  const { name, provider, customer, owner } = stored.agreement;
  await save({ id, version, rowVersion: stored.rowVersion, header: { name, provider, customer, owner }, terms: next }, looking);
}

const chooseOne = (kind: string, text: string, path: string): Refused => refused([{ kind, text, path }]);

async function beginNew(
  wish: Wish,
  request: string,
  chosen: Extract<WishDrafting, { how: 'new' }>,
  looking: Looking,
): Promise<{ id: string; version: number } | Refused> {
  const start = await startOf(wish);
  const provider = chosen.provider ?? start.provider?.id;
  const customer = chosen.customer ?? start.customer?.id;
  if (customer === undefined) {
    const text = `No party is called ${wish.customer === '' ? 'as its Customer, which is empty' : `"${wish.customer}"`}. Set Customer on the Wish, or add that party.`;
    return chooseOne('noParty', text, 'customer');
  }
  if (provider === undefined) return chooseOne('noParty', 'Choose which team provides it.', 'provider');
  const timeZone = looking.calendars[0]?.timeZone ?? 'UTC';
  const header = { name: start.name, provider, customer };
  const begun = await begin({ request, kind: 'SA', header, timeZone }, looking);
  if (begun.state === 'refused') return begun;
  const blank = termsSchema.parse({ timeZone });
  const { id } = begun.agreement;
  if (start.service) {
    const service = (await recordsWith('service', [start.service.id])).get(start.service.id);
    const blocks = await recordsWith('block', service?.blocks ?? []);
    const carried = service && { card: cardOf(service, blocks), readiness: service.readiness, ...(service.price && { price: service.price }) };
    await fill(id, 1, blank, { ...blank, ...carried, services: [start.service.id] }, looking);
  }
  return { id, version: 1 };
}

async function begun(wish: Wish, request: string, drafting: WishDrafting, looking: Looking): Promise<{ id: string; version: number } | Refused> {
  if (drafting.how === 'new') return beginNew(wish, request, drafting, looking);
  const { agreement: id } = drafting;
  if (drafting.how === 'take') {
    const from = await loaded(id);
    const version = versionOf(from, drafting.version);
    if (statusAt(version, momentOf(from.stored.versions), from.stored.versions) === 'draft') return { id, version: version.number };
    return chooseOne(
      'status',
      `${id} version ${String(drafting.version)} is no draft any more. Choose another, or draft its next version.`,
      'agreement',
    );
  }
  const { version, terms } = await newVersion({ id }, looking);
  await fill(id, version, terms, withTimes(terms, drafting.times), looking);
  return { id, version };
}

/** A draft that a Wish has already is the one; of two who begin at once one does. */
export async function draftFor(
  wish: Wish,
  { request: asked, drafting }: { request: string; drafting: WishDrafting },
  looking: Looking,
): Promise<WishOffer | Refused> {
  if (!wish.open) throw new Fault('person.refused', `${wish.key} has ended, so nothing is drafted for it any more. Register another Wish.`);
  const former = await tieOf(wish.id);
  const drafted = await draftedNow(former);
  if (drafted && !drafted.over) return offered(wish, looking);
  if (former?.drafted) await claimAnew(former, asked);
  else await claim(wish.id, wish.key, asked);
  const request = (await tieOf(wish.id))?.request ?? asked;
  // Begun by somebody who died before it was tied to the Wish.
  const left = await madeBy(request);
  const draft = left === undefined ? await begun(wish, request, drafting, looking) : { id: left, version: 1 };
  if ('state' in draft) {
    await release(wish.id, request);
    return draft;
  }
  if (!(await bind(wish.id, request, draft.id, draft.version))) {
    await release(wish.id, request);
    return chooseOne(
      'taken',
      `${draft.id} version ${String(draft.version)} is drafted for another Wish. Finish that one first, or end it.`,
      'agreement',
    );
  }
  return offered(wish, looking);
}
