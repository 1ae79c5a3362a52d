/**
 * What a list asks of an agreement, as the columns it is stored in: read from its versions, never the truth. A status changes by a deed, which writes them
 * anew, or by a date, which is stored beside it: so SQL knows the status of any later moment. Pure.
 */
import type { Agreement, AgreementStatus, AgreementVersion } from '../contract';
import { legIds } from './checks';
import { dayEnd } from './days';
import { endedAt, isAccepted, nextReview, periodEnd, statusAt } from './life';

export interface Columns {
  shown: number;
  /** At the moment of writing; ends_at and expires_at tell what becomes of it. */
  status: AgreementStatus;
  expiresAt: number | undefined;
  endsAt: number | undefined;
  /** The last day, of the period that runs. */
  validUntil: string | undefined;
  /** The first moment after it, where the agreement does not go on by itself. */
  lapsesAt: number | undefined;
  nextReview: string | undefined;
  /** The first moment after the day of the review. */
  reviewLateAt: number | undefined;
  open: { version: number; status: AgreementStatus } | undefined;
  /** A version was offered and the customer has not accepted it. */
  waiting: boolean;
  services: readonly string[];
  /** Of every version that is not over. */
  legs: readonly string[];
  search: string;
  /** When the dates alone change one of these. */
  changesAt: number | undefined;
}

const OVER: readonly AgreementStatus[] = ['expired', 'ended'];
const LIVE: readonly AgreementStatus[] = ['inForce', 'underReview'];

/** The one in force; else the newest that is not over; else the newest. */
export function shownOf<V extends AgreementVersion>(versions: readonly V[], at: number): V | undefined {
  const newest = [...versions].sort((a, b) => b.number - a.number);
  return (
    newest.find((one) => LIVE.includes(statusAt(one, at, versions))) ?? newest.find((one) => !OVER.includes(statusAt(one, at, versions))) ?? newest[0]
  );
}

const SEARCHED = 2_000;
const earliest = (...moments: (number | undefined)[]): number | undefined => {
  const known = moments.flatMap((one) => one ?? []);
  return known.length === 0 ? undefined : Math.min(...known);
};

export function columnsOf({ id, name }: Agreement, versions: readonly AgreementVersion[], at: number): Columns | undefined {
  const shown = shownOf(versions, at);
  if (!shown) return undefined;
  const { terms } = shown;
  const status = statusAt(shown, at, versions);
  const { lastDay, renews } = periodEnd(shown, at);
  const last = lastDay === undefined ? undefined : dayEnd(terms.timeZone, lastDay);
  const silent = renews && terms.renewal?.kind === 'silent';
  const agreed = shown.deeds.some(({ kind }) => kind === 'agree');
  const expiresAt = silent || !agreed ? undefined : last;
  const endsAt = endedAt(shown);
  const review = nextReview(shown);
  const statuses = versions.map((version) => ({ version, status: statusAt(version, at, versions) }));
  const open = statuses
    .filter((one) => one.version.number > shown.number && !OVER.includes(one.status))
    .sort((a, b) => b.version.number - a.version.number)[0];
  const counting = statuses.filter((one) => one.version === shown || !OVER.includes(one.status)).map(({ version }) => version);
  const ends = versions.map(endedAt).filter((one) => one !== undefined && one > at);
  return {
    shown: shown.number,
    status,
    expiresAt,
    endsAt,
    validUntil: lastDay,
    lapsesAt: LIVE.includes(status) ? earliest(expiresAt, endsAt) : undefined,
    nextReview: review,
    reviewLateAt: review === undefined ? undefined : dayEnd(terms.timeZone, review),
    open: open && { version: open.version.number, status: open.status },
    waiting: statuses.some((one) => one.status === 'offered' && !isAccepted(one.version)),
    services: terms.services,
    legs: [...new Set(counting.flatMap((version) => legIds(version.terms.under)))],
    search: [id, name, terms.scope.slice(0, 500), ...terms.clauses.map(({ title }) => title)].join(' ').slice(0, SEARCHED),
    changesAt: earliest(...[expiresAt, endsAt, last, ...ends].map((one) => (one !== undefined && one > at ? one : undefined))),
  };
}
