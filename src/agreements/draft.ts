/** Use cases that make and write drafts. What was offered is never written again. */
import type { Agreement, AgreementDetail, AgreementFinding, Terms } from '../contract';
import { terms } from '../contract';
import { frozenFindings, partyFindings } from './checks';
import type { Looking } from './detail';
import { settle } from './judge';
import { mayEdit, statusAt } from './life';
import { groundsOf, loaded, shownDetail, versionOf } from './read';
import { recordsWith } from './records';
import { addVersion, followVersions, make, momentOf, write, writeHeader } from './store';

export interface Refused {
  state: 'refused';
  wrong: AgreementFinding[];
}
export interface Stale {
  state: 'stale';
  text: string;
  now: AgreementDetail;
}
export type Changed = AgreementDetail | Stale | Refused;

type Header = Pick<Agreement, 'name' | 'provider' | 'customer' | 'owner'>;

export const refused = (wrong: AgreementFinding[]): Refused => ({ state: 'refused', wrong });

/** As it is after a change: what follows from it was calculated, as far as there was time. */
export async function afterwards(id: string, version: number | undefined, looking: Looking): Promise<AgreementDetail> {
  await settle(id, looking.calendars);
  const from = await loaded(id);
  return shownDetail(from, versionOf(from, version), looking);
}

export const stale = async (id: string, version: number | undefined, looking: Looking): Promise<Stale> => ({
  state: 'stale',
  text: 'Somebody has changed this agreement since you opened it. Nothing of yours was kept or lost: it is still in front of you. Look at theirs, then decide.',
  now: await loaded(id).then((from) => shownDetail(from, versionOf(from, version), looking)),
});

async function endsFindings(kind: Agreement['kind'], { provider, customer }: Header): Promise<AgreementFinding[]> {
  return partyFindings({ kind, provider, customer }, await recordsWith('party', [provider, customer]));
}

/** The same request again is the same agreement. */
export async function begin(
  { request, kind, header, timeZone }: { request: string; kind: Agreement['kind']; header: Header; timeZone: string },
  looking: Looking,
): Promise<AgreementDetail | Refused> {
  const wrong = await endsFindings(kind, header);
  if (wrong.length > 0) return refused(wrong);
  const id = await make(request, { kind, owner: looking.accountId, ...header }, terms.parse({ timeZone }));
  return afterwards(id, 1, looking);
}

const undated = ({ validFrom: _from, validUntil: _until, reviewOn: _on, ...rest }: Terms): Terms => rest;

export async function clone(
  { request, id, version, name, customer }: { request: string; id: string; version: number; name: string; customer?: string | undefined },
  looking: Looking,
): Promise<AgreementDetail | Refused> {
  const from = await loaded(id);
  const { kind, provider, customer: former } = from.stored.agreement;
  const header = { name, provider, customer: customer ?? former, owner: looking.accountId };
  const wrong = await endsFindings(kind, header);
  if (wrong.length > 0) return refused(wrong);
  return afterwards(await make(request, { kind, ...header }, undated(versionOf(from, version).terms)), 1, looking);
}

/** A draft that is open already is the one: whoever asks twice gets the same. */
export async function newVersion({ id }: { id: string }, looking: Looking): Promise<AgreementDetail> {
  const { stored } = await loaded(id);
  const at = momentOf(stored.versions);
  const open = stored.versions.find((one) => statusAt(one, at, stored.versions) === 'draft');
  if (open) {
    if (stored.open !== open.number && stored.versions.length > 1) await followVersions(stored);
    return afterwards(id, open.number, looking);
  }
  const newest = stored.versions.reduce((most, one) => (one.number > most.number ? one : most));
  await addVersion(stored, newest.number + 1, newest.terms);
  return afterwards(id, newest.number + 1, looking);
}

/** What a header may say: the ends stand still once anything was offered. */
const movedEnds = (former: Agreement, { provider, customer }: Header): AgreementFinding[] =>
  former.provider === provider && former.customer === customer
    ? []
    : [
        {
          kind: 'frozen',
          text: 'A version of it has been offered, so who provides it and whom it is for stay. Clone it for somebody else.',
          path: 'customer',
        },
      ];

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export async function save(
  asked: { id: string; version: number; rowVersion: number; header: Header; terms?: Terms | undefined },
  looking: Looking,
): Promise<Changed> {
  const { id, version: number, header } = asked;
  const from = await loaded(id);
  const { stored } = from;
  const version = versionOf(from, number);
  const { owner, ...rest } = header;
  const next: Agreement = { id, kind: stored.agreement.kind, ...rest, ...(owner !== undefined && { owner }) };
  const text = asked.terms ?? version.terms;
  const unchanged = same(headerOf(next), headerOf(stored.agreement)) && same(text, version.terms);
  // The same once more, after an answer that was lost, or without a change: it is kept already.
  if (unchanged) return shownDetail(from, version, looking);
  if (stored.rowVersion !== asked.rowVersion) return stale(id, number, looking);
  const offered = stored.versions.some((one) => !mayEdit(one));
  const wrong = [
    ...frozenFindings(version, { terms: text }),
    ...(offered ? movedEnds(stored.agreement, header) : await endsFindings(next.kind, header)),
  ];
  if (wrong.length > 0) return refused(wrong);
  const grounds = await groundsOf(from, { ...version, terms: text }, looking, momentOf(stored.versions), false);
  // A draft may be incomplete or contradict itself for a while, but a circle would not end.
  const circle = grounds.terms.filter(({ kind }) => kind === 'circle');
  if (circle.length > 0) return refused(circle);
  const kept = mayEdit(version)
    ? await write(stored, { agreement: next, version: { number, terms: text, deeds: version.deeds } })
    : await writeHeader(stored, next);
  return kept ? afterwards(id, number, looking) : stale(id, number, looking);
}

const headerOf = ({ name, provider, customer, owner }: Agreement): unknown => [name, provider, customer, owner];
