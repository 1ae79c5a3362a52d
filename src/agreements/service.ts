/** The use cases of agreements/, for entry/ and for the rules of work. */
import { agreed, type Applying, noneText } from './applies';
import { forgetOldRows, importMigrations } from './import-rows';
import { type Calendars, refreshDue } from './judge';
import { recordMigrations } from './records';
import { now } from '../platform/clock';
import { agreementMigrations, askToRefresh, candidates } from './store';

export { accept, deed } from './act';
export { coverage } from './coverage-map';
export type { Looking } from './detail';
export { begin, clone, newVersion, save } from './draft';
export { type Entitled, entitledTo, type Entitlement, namesInUse, type Promised, promisedFor, representativesOf, representedBy } from './entitled';
export { exported } from './export';
export { bring, check, take } from './import';
export { blocks, parties, saveRecord, services } from './keep';
export { chain, compare, get, list } from './read';
export { namesOfKind } from './records';

export const migrations = [...recordMigrations, ...agreementMigrations, ...importMigrations];

/** So many in one round of five minutes; what is left comes with the next. */
const A_ROUND = 200;

export const round = (calendars: Calendars): Promise<number> => refreshDue(calendars, A_ROUND);
/** Once a day. */
export const forget = forgetOldRows;
/** Something that everything is calculated from has changed. */
export const recalculate = (): Promise<void> => askToRefresh();

/** The agreement of a service and a customer as people name them, at a moment, in one read; or why there is none, and that in words (V03). */
export async function applying(service: string, customer: string, at: number): Promise<Applying & { text?: string }> {
  const found = await candidates(service, customer);
  const applies = agreed({ kept: found.kept, services: found.services, parties: found.parties }).at(found.service ?? '', found.customer ?? '', at);
  return 'none' in applies ? { ...applies, text: noneText(applies.none, service, customer) } : applies;
}

export async function appliesTo({ service, customer, at = now() }: { service: string; customer: string; at?: number | undefined }) {
  const found = await applying(service, customer, at);
  if ('none' in found) return { state: 'ok' as const, text: found.text ?? '' };
  const { agreement, version } = found;
  const text = `${agreement.id}, ${agreement.name}, version ${String(version.number)} applies.`;
  return { state: 'ok' as const, applies: { id: agreement.id, name: agreement.name, version: version.number }, text };
}
