/** Reads what an agreement stands on, and calculates whether it can be kept. */
import type { Agreement, AgreementVersion, Calendar, Party, Terms } from '../contract';
import { type Chain, coverFrom, type Fit, fit, legsOf, OWN } from '../method';
import { remainingMs } from '../platform/environment';
import { chainOf, type Lying, reasonText } from './chain';
import { legIds } from './checks';
import { shownOf } from './columns';
import { foresee } from './foreseen';
import { recordsWith } from './records';
import { askToRefresh, type Calculated, keepVerdict, leanersOf, momentOf, type Stored, storedOf, storedWith, toRefresh, type Verdict } from './store';

export interface Loaded {
  stored: Stored;
  legs: ReadonlyMap<string, Stored>;
  parties: ReadonlyMap<string, Party>;
}

/** An agreement with all that its versions lean on, in three reads. */
export async function load(id: string): Promise<Loaded | undefined> {
  const stored = await storedWith(id);
  if (!stored) return undefined;
  const legs = await storedOf([...new Set(stored.versions.flatMap(({ terms }) => legIds(terms.under)))]);
  const ends = [stored, ...legs.values()].flatMap(({ agreement }) => [agreement.provider, agreement.customer]);
  return { stored, legs, parties: await recordsWith('party', ends) };
}

export type Calendars = readonly Calendar[];
export const calendarsById = (calendars: Calendars): Record<string, Calendar> => Object.fromEntries(calendars.map((one) => [one.id, one]));

const nameOf = (id: string, parties: ReadonlyMap<string, Party>): string => parties.get(id)?.name ?? id;

export interface Judged {
  chain: Chain;
  fit: Fit;
  verdict: Verdict;
}

/** What lies under nothing promises by itself; it is judged by what it says alone. */
const standsAlone = ({ kind }: Agreement, { under }: Terms): boolean => kind !== 'SA' && under === undefined;

export function judge(
  { stored, legs, parties }: Loaded,
  version: Pick<AgreementVersion, 'number' | 'terms' | 'deeds'>,
  calendars: Calendars,
  at: number,
): Judged {
  const { agreement } = stored;
  const lying = (id: string): Lying | undefined => {
    const leg = legs.get(id);
    return leg && { agreement: leg.agreement, name: nameOf(leg.agreement.provider, parties), versions: leg.versions };
  };
  const chain = chainOf(version, { lying, provider: nameOf(agreement.provider, parties), calendars: calendarsById(calendars), at });
  if (standsAlone(agreement, version.terms)) {
    const empty = version.terms.targets.length === 0;
    const alone: Fit = { state: empty ? 'unknown' : 'holds', lines: [], missing: [] };
    return { chain, fit: alone, verdict: { state: alone.state, reason: empty ? 'no times are agreed' : '' } };
  }
  const found = fit(chain, at, coverFrom(chain.calendars, Math.max(at, chain.from)));
  const reason = found.lines.length === 0 ? 'no times are agreed' : reasonText(found, version.terms);
  const state = found.lines.length === 0 && found.missing.length === 0 ? 'unknown' : found.state;
  return { chain, fit: { ...found, state }, verdict: { state, reason } };
}

/** So long a verdict counts at most, since days go by in it. */
const AGAIN_MS = 30 * 86_400_000;

export function calculated(loaded: Loaded, calendars: Calendars, at: number): Calculated | undefined {
  const shown = shownOf(loaded.stored.versions, at);
  if (!shown) return undefined;
  const { chain, fit: found, verdict } = judge(loaded, shown, calendars, at);
  const times = found.lines.filter(({ kind }) => kind === 'respond' || kind === 'deliver');
  const moments = legsOf(chain).flatMap(({ from, until }) => [from ?? 0, until ?? 0]);
  return {
    ...verdict,
    binding: found.worst?.binding === OWN ? undefined : found.worst?.binding,
    targets: times.length,
    underpinned: times.filter(({ state }) => state === 'holds' || state === 'tight').length,
    changesAt: Math.min(at + AGAIN_MS, ...moments.filter((one) => one > at)),
  };
}

/** One agreement anew; first those are asked for that lean on it, so that dying in between forgets none. */
async function refresh(id: string, calendars: Calendars): Promise<void> {
  const loaded = await load(id);
  if (!loaded) return;
  if (loaded.stored.spread) await askToRefresh(id);
  // Another server may be ahead of this one: what was done with a leg has happened, also where it is not yet that late here.
  const at = momentOf([loaded.stored, ...loaded.legs.values()].flatMap(({ versions }) => versions));
  const verdict = calculated(loaded, calendars, at);
  // Before the verdict: while that is not kept, the agreement is asked for again.
  await foresee(loaded.stored, momentOf(loaded.stored.versions));
  if (verdict) await keepVerdict(loaded.stored, verdict);
}

/** Kept back so that the handler can still answer. */
const RESERVE_MS = 8_000;

const LEANERS_AT_ONCE = 20;

/** What was changed just now and some of what leans on it; the rest comes with the next round. */
export async function settle(id: string, calendars: Calendars): Promise<void> {
  await refresh(id, calendars);
  for (const leaner of await leanersOf([id], LEANERS_AT_ONCE)) {
    if (remainingMs() < RESERVE_MS) return;
    await refresh(leaner.id, calendars);
  }
}

/** What changed and what leans on it, as far as the time allows; the rest comes with the next round. */
export async function refreshDue(calendars: Calendars, most: number): Promise<number> {
  let done = 0;
  const seen = new Set<string>();
  while (done < most && remainingMs() > RESERVE_MS) {
    const ids = (await toRefresh(Math.min(most - done, 50))).filter((id) => !seen.has(id));
    if (ids.length === 0) break;
    for (const id of ids) {
      if (remainingMs() < RESERVE_MS) return done;
      seen.add(id);
      await refresh(id, calendars);
      done += 1;
    }
  }
  return done;
}
