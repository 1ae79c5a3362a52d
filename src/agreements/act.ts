/** Deeds: what somebody does with a version, kept for ever with who and when. */
import type { AgreementDeed, DeedAsked } from '../contract';
import { now } from '../platform/clock';
import { Fault, platformFault } from '../platform/errors';
import { fingerprint, type Looking, sidesOf } from './detail';
import { afterwards, type Changed, refused, stale } from './draft';
import { against, takesTurn } from './possible';
import { groundsOf, loaded, versionOf } from './read';
import { isHeld, turn } from './records';
import { momentOf, write } from './store';

/** Others may bring agreements into force at the same moment; each time it is looked at anew. */
const TRIES = 8;

/** The same deed once more, after an answer that was lost: by the same person, the latest of all. */
function isRepeated(latest: AgreementDeed | undefined, asked: DeedAsked, by: string): boolean {
  if (!latest || latest.kind !== asked.kind || latest.by !== by) return false;
  const { at: _at, by: _by, ...said } = latest;
  return JSON.stringify(Object.entries(said).sort()) === JSON.stringify(Object.entries(asked).sort());
}

/** Judges and writes a deed on what is there now. `seen`: only if the agreement is still the one that was looked at. */
export async function take(
  id: string,
  number: number,
  deedOf: (done: { at: number; by: string }) => AgreementDeed,
  looking: Looking,
  seen?: number,
): Promise<Changed> {
  for (let left = TRIES; left > 0; left -= 1) {
    // The turn before what is in force: whatever comes into force after this is noticed.
    const taken = await turn();
    const from = await loaded(id);
    const { stored } = from;
    if (seen !== undefined && stored.rowVersion !== seen) return stale(id, number, looking);
    const version = versionOf(from, number);
    const deed = deedOf({ at: momentOf(stored.versions), by: looking.accountId });
    const bringing = takesTurn(deed, stored.agreement);
    if (bringing && isHeld(taken, now())) {
      throw new Fault('person.conflict', 'A file with agreements is being brought in. Nothing was done; try again in a minute.');
    }
    const grounds = await groundsOf(from, version, looking, deed.at, bringing);
    const { refused: wrong } = against(grounds, deed);
    if (wrong.length > 0) return refused(wrong);
    const written = await write(stored, {
      agreement: stored.agreement,
      version: { number, terms: version.terms, deeds: [...version.deeds, deed] },
      ...(bringing && { turn: taken.version }),
    });
    if (written) return afterwards(id, number, looking);
  }
  throw platformFault('platform.busy');
}

export async function deed(
  { id, version, rowVersion, deed: asked }: { id: string; version: number; rowVersion: number; deed: DeedAsked },
  looking: Looking,
): Promise<Changed> {
  const from = await loaded(id);
  const latest = versionOf(from, version).deeds.at(-1);
  if (from.stored.rowVersion !== rowVersion && isRepeated(latest, asked, looking.accountId)) return afterwards(id, version, looking);
  return take(id, version, (done) => ({ ...asked, ...done }), looking, rowVersion);
}

/** By a representative; accepted is the text that was read, whatever else has happened to the agreement since. */
export async function accept(
  asked: { id: string; version: number; side: 'customer' | 'provider'; fingerprint: string },
  looking: Looking,
): Promise<Changed> {
  const { id, version: number, side } = asked;
  const from = await loaded(id);
  const version = versionOf(from, number);
  const party = from.parties.get(from.stored.agreement[side]);
  if (!sidesOf(looking.accountId, from).includes(side)) {
    const whom = party?.name ?? 'this side';
    throw new Fault('person.forbidden', `Only a representative of ${whom} can accept for it. Ask one of them, or have yourself named as one.`);
  }
  if (fingerprint(version.terms) !== asked.fingerprint) {
    return stale(id, number, looking);
  }
  const done = version.deeds.some((one) => one.kind === 'accept' && one.side === side && one.by === looking.accountId);
  if (done) return afterwards(id, number, looking);
  return take(id, number, (done) => ({ kind: 'accept', side, ...done }), looking);
}
