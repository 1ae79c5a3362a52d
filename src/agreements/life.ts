/**
 * What the dates and the deeds make of a version: its status at a moment, when it was in force, what may be done with it. Nothing here is stored; days
 * are those of the agreement's time zone, the last day counts wholly. Pure.
 */
import type { AgreementStatus, AgreementVersion, AgreementDeed, AgreementDeedKind } from '../contract';
import { addMonths, dayAt, dayEnd, dayStart } from './days';
import { dayText, type Finding } from './model';

type Of<Kind extends AgreementDeedKind> = Extract<AgreementDeed, { kind: Kind }>;
type Version = Pick<AgreementVersion, 'number' | 'terms' | 'deeds'>;

const all = <Kind extends AgreementDeedKind>({ deeds }: Version, kind: Kind): Of<Kind>[] => deeds.filter((one): one is Of<Kind> => one.kind === kind);
const first = <Kind extends AgreementDeedKind>(version: Version, kind: Kind): Of<Kind> | undefined => all(version, kind)[0];

/** Silent renewals looked at: more than anybody will live to see. */
const MOST_PERIODS = 1_000;

/** The last day as things stand, without its ending before; undefined while it has no end, as with silent renewal that nobody has stopped. */
function lastDay(version: Version): string | undefined {
  const { terms } = version;
  const agreed = all(version, 'renew').at(-1)?.until ?? terms.validUntil;
  if (agreed === undefined || terms.renewal?.kind !== 'silent') return agreed;
  const notice = first(version, 'notice');
  if (!notice) return undefined;
  const given = dayAt(terms.timeZone, notice.at);
  for (let period = 0; period < MOST_PERIODS; period += 1) {
    const end = addMonths(agreed, period * terms.renewal.months);
    if (addMonths(end, -terms.noticeMonths) >= given) return end;
  }
  return undefined;
}

/** The last day of the period that runs at a moment, and whether it will go on after it. */
export function periodEnd(version: Version, at: number): { lastDay: string | undefined; renews: boolean } {
  const { terms } = version;
  const last = lastDay(version);
  const { renewal } = terms;
  const agreed = all(version, 'renew').at(-1)?.until ?? terms.validUntil;
  if (last !== undefined || agreed === undefined || renewal?.kind !== 'silent') {
    return { lastDay: last, renews: renewal?.kind === 'byAgreement' && !first(version, 'notice') };
  }
  const today = dayAt(terms.timeZone, at);
  let end = agreed;
  for (let period = 1; end < today && period < MOST_PERIODS; period += 1) end = addMonths(agreed, period * renewal.months);
  return { lastDay: end, renews: true };
}

/** The last day by which notice stops what would follow the running period. */
export function noticeBy(version: Version, at: number): string | undefined {
  const { lastDay: end } = periodEnd(version, at);
  return end === undefined ? undefined : addMonths(end, -version.terms.noticeMonths);
}

/** Ended by somebody, from this moment on. */
export function endedAt(version: Version): number | undefined {
  const ends = all(version, 'end').map(({ at, on }) => (on === undefined ? at : dayEnd(version.terms.timeZone, on)));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

export interface InForce<V extends Version = Version> {
  version: V;
  from: number;
  /** The first moment after it; absent: no end is known. */
  until?: number;
  /** Why it ends, or will. */
  why?: 'expired' | 'ended' | 'replaced';
}

/** When each version of one agreement was, is or will be in force: never two at once, the newer takes the place of the older. In order of time. */
export function inForceOf<V extends Version>(versions: readonly V[]): InForce<V>[] {
  const found: InForce<V>[] = [];
  let next = Infinity;
  for (const version of [...versions].sort((a, b) => b.number - a.number)) {
    const { terms } = version;
    const confirmed = first(version, 'confirm')?.at;
    if (confirmed === undefined || terms.validFrom === undefined) continue;
    const from = Math.max(confirmed, dayStart(terms.timeZone, terms.validFrom));
    const last = lastDay(version);
    const ends = [
      { why: 'ended' as const, at: endedAt(version) ?? Infinity },
      { why: 'expired' as const, at: last === undefined ? Infinity : dayEnd(terms.timeZone, last) },
      { why: 'replaced' as const, at: next },
    ].reduce((a, b) => (b.at < a.at ? b : a));
    // What was over before it could begin takes nobody's place.
    if (ends.at <= from) continue;
    next = Math.min(next, from);
    found.push({ version, from, ...(Number.isFinite(ends.at) && { until: ends.at, why: ends.why }) });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The status of a version at a moment. `others`: the versions of its agreement, itself among them or not. */
export function statusAt(version: Version, at: number, others: readonly Version[] = []): AgreementStatus {
  const ended = endedAt(version);
  if (ended !== undefined && ended <= at) return 'ended';
  const by = (kind: AgreementDeedKind): boolean => version.deeds.some((one) => one.kind === kind && one.at <= at);
  if (!by('agree')) return by('offer') ? 'offered' : 'draft';
  const newer = inForceOf(others.filter(({ number }) => number > version.number));
  if (newer.some(({ from }) => from <= at)) return 'ended';
  const last = lastDay(version);
  if (last !== undefined && dayEnd(version.terms.timeZone, last) <= at) return 'expired';
  const start = version.terms.validFrom;
  if (!by('confirm') || start === undefined || dayStart(version.terms.timeZone, start) > at) return 'agreed';
  const review = version.deeds.findLast((one) => (one.kind === 'review' || one.kind === 'reviewed') && one.at <= at);
  return review?.kind === 'review' ? 'underReview' : 'inForce';
}

/** The next day on which the agreement is to be reviewed; undefined when none is set. */
export function nextReview(version: Version): string | undefined {
  const { reviewOn, reviewMonths, timeZone } = version.terms;
  const last = all(version, 'reviewed').at(-1);
  if (!last) return reviewOn;
  if (last.next !== undefined) return last.next;
  if (reviewMonths === undefined) return undefined;
  const held = dayAt(timeZone, last.at);
  return addMonths(reviewOn !== undefined && reviewOn > held ? reviewOn : held, reviewMonths);
}

export interface Due {
  kind: 'review' | 'notice' | 'expiry';
  on: string;
  overdue: boolean;
}

/** What has to be seen to within so many days, and what should have been: nothing lapses in silence. Nearest first. */
export function dueOf(version: Version, at: number, days: number, others: readonly Version[] = []): Due[] {
  const status = statusAt(version, at, others);
  if (status !== 'inForce' && status !== 'underReview') return [];
  const { timeZone } = version.terms;
  const [today, until] = [dayAt(timeZone, at), dayAt(timeZone, at + days * 86_400_000)];
  const { lastDay: end, renews } = periodEnd(version, at);
  const due: Due[] = [];
  const add = (kind: Due['kind'], on: string | undefined): void => {
    if (on !== undefined && on <= until) due.push({ kind, on, overdue: on < today });
  };
  add('review', nextReview(version));
  // Once the day has passed no notice stops this period any more.
  const notice = noticeBy(version, at);
  if (renews && notice !== undefined && notice >= today) add('notice', notice);
  const silent = renews && version.terms.renewal?.kind === 'silent';
  if (!silent) add('expiry', end);
  return due.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** From which statuses a deed leads on. */
export const DEED_FROM: Readonly<Record<AgreementDeedKind, readonly AgreementStatus[]>> = {
  offer: ['draft'],
  accept: ['offered'],
  agree: ['offered'],
  confirm: ['agreed'],
  review: ['inForce'],
  reviewed: ['underReview'],
  renew: ['inForce', 'underReview', 'expired'],
  notice: ['inForce', 'underReview'],
  end: ['draft', 'offered', 'agreed', 'inForce', 'underReview', 'expired'],
};

export const DEED_NAMES: Readonly<Record<AgreementDeedKind, string>> = {
  offer: 'Offer it',
  accept: 'Accept it',
  agree: 'Agree it',
  confirm: 'Put it in force',
  review: 'Start the review',
  reviewed: 'End the review',
  renew: 'Extend it',
  notice: 'Give notice',
  end: 'End it',
};

export const STATUS_NAMES: Readonly<Record<AgreementStatus, string>> = {
  draft: 'Draft',
  offered: 'Offered',
  agreed: 'Agreed',
  inForce: 'In force',
  underReview: 'Under review',
  expired: 'Expired',
  ended: 'Ended',
};

/** Whether the customer has accepted this version. */
export const isAccepted = (version: Version): boolean => all(version, 'accept').some(({ side }) => side === 'customer');

/** A text that was offered is what people accept: another text is another version. */
export const mayEdit = (version: Version): boolean => version.deeds.length === 0;

export type DeedRefusal = Finding<'status' | 'order' | 'acceptance' | 'start' | 'until' | 'notice'>;

/** What stands against a deed by status, dates and acceptance; what the records say besides (V17, V18, V45) is asked elsewhere. */
export function againstDeed(version: Version, next: AgreementDeed, others: readonly Version[] = []): DeedRefusal | undefined {
  const { terms, deeds } = version;
  const status = statusAt(version, next.at, others);
  const latest = deeds.at(-1);
  if (latest && next.at < latest.at) return { kind: 'order', text: 'Something was done with this version after that moment. Choose a later one.' };
  if (!DEED_FROM[next.kind].includes(status)) {
    const from = DEED_FROM[next.kind].map((one) => STATUS_NAMES[one]).join(' or ');
    return { kind: 'status', text: `This version is ${STATUS_NAMES[status]}. "${DEED_NAMES[next.kind]}" is for one that is ${from}.` };
  }
  if (next.kind === 'agree' && !isAccepted(version)) {
    return { kind: 'acceptance', text: `The customer has not accepted version ${String(version.number)} yet. Ask a representative to accept it.` };
  }
  if (next.kind === 'confirm') {
    if (terms.validFrom === undefined) return { kind: 'start', text: 'It has no first day. Draft a version that has one.' };
    if (next.at < dayStart(terms.timeZone, terms.validFrom)) {
      return { kind: 'start', text: `It starts on ${dayText(terms.validFrom)}; put it in force from then.` };
    }
  }
  if (next.kind === 'renew') {
    const { lastDay: end } = periodEnd(version, next.at);
    if (end === undefined) return { kind: 'until', text: 'It has no last day, so there is nothing to extend.' };
    if (next.until <= end) return { kind: 'until', text: `It is valid until ${dayText(end)} already. Choose a later day.` };
  }
  if (next.kind === 'notice' && first(version, 'notice')) return { kind: 'notice', text: 'Notice has been given already.' };
  return undefined;
}

/** The version with a deed more, or why not. */
export function withDeed<V extends Version>(
  version: V,
  next: AgreementDeed,
  others: readonly Version[] = [],
): { version: V } | { refused: DeedRefusal } {
  const refused = againstDeed(version, next, others);
  return refused ? { refused } : { version: { ...version, deeds: [...version.deeds, next] } };
}

export interface LifeStep {
  status: AgreementStatus;
  /** When it was entered, or, planned, when it will be. */
  at?: number;
  planned: boolean;
}

/** The line of life as a page shows it: what was, and what the dates foresee. `drafted`: when the draft was begun. */
export function lifeLine(version: Version, at: number, drafted: number, others: readonly Version[] = []): LifeStep[] {
  const { terms } = version;
  const step = (status: AgreementStatus, moment: number | undefined): LifeStep => ({
    status,
    ...(moment !== undefined && { at: moment }),
    planned: moment === undefined || moment > at,
  });
  const own = inForceOf([...others.filter(({ number }) => number !== version.number), version]).find((one) => one.version === version);
  const start = terms.validFrom === undefined ? undefined : dayStart(terms.timeZone, terms.validFrom);
  const { lastDay: last } = periodEnd(version, at);
  const review = version.deeds.findLast((one) => one.kind === 'review')?.at;
  const next = nextReview(version);
  const end = own?.until ?? endedAt(version) ?? (last === undefined ? undefined : dayEnd(terms.timeZone, last));
  return [
    step('draft', drafted),
    step('offered', first(version, 'offer')?.at),
    step('agreed', first(version, 'agree')?.at),
    step('inForce', own?.from ?? (start !== undefined && start > at ? start : undefined)),
    step('underReview', review ?? (next === undefined ? undefined : dayStart(terms.timeZone, next))),
    step(own?.why === 'expired' ? 'expired' : 'ended', end),
  ];
}
