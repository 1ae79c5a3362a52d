/** The use cases of agreements/, for entry/ and for the rules of work. */
import { z } from 'zod';
import { NOTHING_ALONG } from './candidates';
import { upkeepMigrations } from './foreseen';
import { type Calendars, refreshDue } from './judge';
import { ofWork } from './of-work';
import { namesOfKind, recordMigrations, recordsNamed } from './records';
import { now } from '../platform/clock';
import { forgetOldRows } from '../platform/import-rows';
import { agreementMigrations, askToRefresh, underAll } from './store';
import { type MakeWork, upkeepRound } from './upkeep';
import { wishMigrations } from './wish-ties';

export { accept, deed } from './act';
export { hasBegun } from './candidates';
export { AT_RISK, type Clock, type Clocks, clocksOf, soonBefore, type Span } from './clock';
export { coverage } from './coverage-map';
export type { Looking } from './detail';
export { begin, clone, newVersion, save } from './draft';
export { type Entitled, entitledTo, type Entitlement, namesInUse, type Promised, promisedFor, representativesOf, representedBy } from './entitled';
export { exported } from './export';
export { bring, check, take } from './import';
export { choicesAmongRecords } from './choose';
export { agreementNames, type LiveAgreement, liveAgreements } from './live';
export { blocks, choices, complete, parties, saveRecord, services } from './keep';
export { chain, compare, get, list } from './read';
export { targetFor as targetOf } from './model';
export { partiesReached, type PartyReached, type PromiseReached, promisesReached, type PromisesReached } from './reached';
export { choicesFor, choosable, type Rests, restsOn } from './rests';
export { type TeamLeg, teamLeg } from './team-leg';
export { type Chosen, ofWork, type OfWork } from './of-work';
export { namesOfKind } from './records';
export { draftFor, offered, realisation, type Wish } from './wish-draft';
export { followWish, type WishNow } from './wish-follow';
export { offerFrom, offerQuestions } from './wish-offer';
export { type Owed, owing } from './wish-ties';

export const migrations = [...recordMigrations, ...agreementMigrations, ...upkeepMigrations, ...wishMigrations];

/** So many in one round of five minutes; what is left comes with the next. */
const A_ROUND = 200;

/** Calculates what has changed, then has work registered for what is due. */
export async function round(calendars: Calendars, make: MakeWork): Promise<void> {
  await refreshDue(calendars, A_ROUND);
  await upkeepRound((ids) => namesOfKind('service', ids), make);
}
export const idsOfAgreements = async (): Promise<ReadonlySet<string>> => new Set((await underAll()).keys());
/** Once a day. */
export const forget = forgetOldRows;
/** The id of the service that people call so. */
export const serviceCalled = async (name: string): Promise<string | undefined> =>
  name === '' ? undefined : (await recordsNamed('service', name))[0]?.id;

/** Something that everything is calculated from has changed. */
export const recalculate = (): Promise<void> => askToRefresh();

const nothing = z.unknown().transform(() => ({ chosen: undefined }));

/** Which agreement applies to a service and a customer as people name them, at a moment; or why none does (V03). */
export async function appliesTo({ service, customer, at = now() }: { service: string; customer: string; at?: number | undefined }) {
  const { applies, none = '' } = await ofWork({ service, customer, at }, NOTHING_ALONG, nothing);
  if (!applies) return { state: 'ok' as const, text: none };
  const { agreement, version } = applies;
  const text = `${agreement.id}, ${agreement.name}, version ${String(version.number)} applies.`;
  return { state: 'ok' as const, applies: { id: agreement.id, name: agreement.name, version: version.number }, text };
}
