/**
 * What is drafted for a Wish goes along with it: where the Wish stands says what has to be done with the version, so that a step which is heard of twice,
 * late or not at all changes nothing of the outcome. What the records refuse stays owed, with the reason, and is tried again.
 */
import type { AgreementDeed, AgreementStatus, Calendar } from '../contract';
import { type StatusKey, STATUSES } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { log } from '../platform/log';
import { take } from './act';
import type { Looking } from './detail';
import { newVersion } from './draft';
import { load } from './judge';
import { statusAt } from './life';
import { momentOf, type Stored } from './store';
import { moveTie, type Owed, owe, type Tie, tieOf } from './wish-ties';

/** How a Wish stands, and who took the step to there. */
export interface WishNow {
  id: string;
  key: string;
  status: StatusKey;
  /** It was further already: what was offered is to be different. */
  wentBack: boolean;
  /** Whoever took the step that asks for this deed. */
  by(deed: Owed): string;
  /** Why it ended. */
  why: string;
}

const isOver = (status: AgreementStatus): boolean => status === 'expired' || status === 'ended';

/** What is to be done next with a version, by where its Wish stands. Pure. */
export function owed({ status, wentBack }: Pick<WishNow, 'status' | 'wentBack'>, version: AgreementStatus): Owed | undefined {
  if (isOver(version)) return undefined;
  if (status === 'cancelled') return version === 'inForce' || version === 'underReview' ? undefined : 'end';
  if (status === 'specifying') return wentBack && version !== 'draft' ? 'revise' : undefined;
  const onward = ['negotiating', 'realising', 'reviewing', 'fulfilled', 'closed'].includes(status);
  if (onward && version === 'draft') return 'offer';
  if (onward && status !== 'negotiating' && version === 'offered') return 'agree';
  return STATUSES[status].category === 'DONE' && version === 'agreed' ? 'confirm' : undefined;
}

/** As whoever took the step; Jira has let them take it, so that nothing else is asked of them. */
const lookingAs = (accountId: string, calendars: readonly Calendar[]): Looking => ({
  accountId,
  keeps: true,
  calendars,
  names: () => Promise.resolve(new Map()),
});

interface Going {
  tie: Tie & { drafted: NonNullable<Tie['drafted']> };
  stored: Stored;
  owes: Owed | undefined;
}

async function goingOf(wish: WishNow): Promise<Going | undefined> {
  const tie = await tieOf(wish.id);
  if (!tie?.drafted) return undefined;
  const from = await load(tie.drafted.agreement);
  const version = from?.stored.versions.find(({ number }) => number === tie.drafted?.version);
  if (!from || !version) return undefined;
  const { stored } = from;
  return { tie: { ...tie, drafted: tie.drafted }, stored, owes: owed(wish, statusAt(version, momentOf(stored.versions), stored.versions)) };
}

const endOf =
  (why: string) =>
  (done: { at: number; by: string }): AgreementDeed => ({ kind: 'end', why: why.slice(0, 1_000), ...done });

/** What was offered before for the same Wish counts no more: nobody should accept it. */
async function endFormer({ tie, stored }: Going, wish: WishNow, calendars: readonly Calendar[]): Promise<void> {
  const { since, version } = tie.drafted;
  const at = momentOf(stored.versions);
  const former = stored.versions.filter((one) => one.number >= since && one.number < version && statusAt(one, at, stored.versions) === 'offered');
  for (const { number } of former) {
    await take(
      stored.agreement.id,
      number,
      endOf(`${wish.key} was revised: version ${String(version)} is in its place.`),
      lookingAs(wish.by('revise'), calendars),
    );
  }
}

/** Why it could not be done; undefined: it was. */
async function act(deed: Owed, going: Going, wish: WishNow, calendars: readonly Calendar[]): Promise<string | undefined> {
  const { tie, stored } = going;
  const looking = lookingAs(wish.by(deed), calendars);
  const { id } = stored.agreement;
  if (deed === 'revise') {
    const { version } = await newVersion({ id }, looking);
    await moveTie(tie, version);
    const there = (await tieOf(wish.id))?.drafted?.version === version;
    return there ? undefined : `Version ${String(version)} of ${id} is drafted for another Wish. Finish that one first, or end it.`;
  }
  const deedOf = deed === 'end' ? endOf(wish.why) : (done: { at: number; by: string }): AgreementDeed => ({ kind: deed, ...done });
  const answer = await take(id, tie.drafted.version, deedOf, looking);
  return answer.state === 'refused' ? answer.wrong.map(({ text }) => text).join(' ') : undefined;
}

/** More than any way through a Wish has. */
const MOST_DEEDS = 6;
/** What died in between is looked at by the next round; what was refused changes by somebody's doing, or with a day. */
const AGAIN_MS = 60_000;
const REFUSED_MS = 3_600_000;

export async function followWish(wish: WishNow, calendars: readonly Calendar[]): Promise<void> {
  for (let left = MOST_DEEDS; left > 0; left -= 1) {
    const going = await goingOf(wish);
    if (!going) return;
    const { tie, owes } = going;
    if (!owes) {
      if (!tie.owes) return;
      await endFormer(going, wish, calendars);
      return owe(wish.id, undefined, undefined);
    }
    await owe(wish.id, owes, now() + AGAIN_MS, tie.owes?.deed === owes ? tie.owes.why : undefined);
    const why = await act(owes, going, wish, calendars);
    if (why === undefined) continue;
    // Somebody may have done it meanwhile: then nothing is owed any more.
    if ((await goingOf(wish))?.owes !== owes) continue;
    log.warn('wish.owed', { key: wish.key, deed: owes });
    return owe(wish.id, owes, now() + REFUSED_MS, why);
  }
  throw new Fault('platform.busy', `The agreement of ${wish.key} is being changed by others. It is tried again.`);
}
