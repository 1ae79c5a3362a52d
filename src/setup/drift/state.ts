/** What drift remembers: the last reading, and what was decided about it. */
import { z } from 'zod';
import { drift, type DriftReport, moment, person } from '../../contract';
import type { Setting, Versioned } from '../../platform/kvs';
import type { Installed } from '../model';
import type { RuleState } from '../rules/model';
import type { Clients } from '../site';

/** A deviation as the page shows it, without what was decided about it. */
const seenDrift = drift.omit({ accepted: true });
export type SeenDrift = z.infer<typeof seenDrift>;

export const reading = z.object({
  asOf: moment,
  items: z.array(seenDrift),
  unread: z.string().optional(),
});
export type StoredReading = z.infer<typeof reading>;

const acceptance = z.object({ reason: z.string(), review: z.iso.date(), by: person, at: moment });
export type Acceptance = z.infer<typeof acceptance>;

export const decisions = z.object({
  /** By the deviation's id. */
  accepted: z.record(z.string(), acceptance),
  repaired: z.array(z.object({ sentence: z.string(), by: z.string(), at: moment })),
});
export type Decisions = z.infer<typeof decisions>;
export const NO_DECISIONS: Decisions = { accepted: {}, repaired: [] };

/** What drift works with; a test gives its own. */
export interface DriftTools {
  clients: Clients;
  environmentId: string;
  installed: Setting<Installed>;
  reading: Setting<StoredReading>;
  decisions: Versioned<Decisions>;
  rules: {
    read(): Promise<Pick<RuleState, 'levels' | 'paused' | 'removed'> | undefined>;
    /** Rules of ours were put back into workflows. */
    putIn(by: string): Promise<void>;
  };
}

const DAY_MS = 86_400_000;
/** Repairs are told so long, and a decision is kept so long after its review was due. */
const REMEMBERED_MS = 30 * DAY_MS;
/** A value in the store has at most 240 KiB (Forge docs: key-value store limits). */
const READING_BYTES = 200_000;

/** Dates without a time are days in UTC, as everywhere in USM. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Accepted until its review date has passed. */
const isInForce = ({ review }: Acceptance, at: number): boolean => review >= dayOf(at);

/** As much of a reading as the store takes, the gravest first; the page gets all of a fresh one. */
export function fitting(whole: StoredReading): StoredReading {
  let left = READING_BYTES;
  const items = whole.items.filter((one) => (left -= Buffer.byteLength(JSON.stringify(one))) > 0);
  return { ...whole, items };
}

export const withRepairs = (state: Decisions, sentences: readonly string[], by: string, at: number): Decisions => ({
  ...state,
  repaired: [...sentences.map((sentence) => ({ sentence, by, at })), ...state.repaired].filter((one) => one.at > at - REMEMBERED_MS),
});

export const withAcceptance = (state: Decisions, id: string, given: Acceptance): Decisions => ({
  ...state,
  accepted: Object.fromEntries(
    [...Object.entries(state.accepted), [id, given] as const].filter(([, one]) => one.review >= dayOf(given.at - REMEMBERED_MS)),
  ),
});

export function withoutAcceptance(state: Decisions, id: string): Decisions {
  const { [id]: taken, ...accepted } = state.accepted;
  return taken ? { ...state, accepted } : state;
}

/** What the page sees. */
export function reportOf(read: StoredReading | undefined, { accepted, repaired }: Decisions, upgrade: boolean, at: number): DriftReport {
  return {
    state: 'ok',
    ...(read && { asOf: read.asOf }),
    ...(read?.unread !== undefined && { unread: read.unread }),
    items: (read?.items ?? []).map((one) => {
      const given = accepted[one.id];
      return given && isInForce(given, at) ? { ...one, accepted: given } : one;
    }),
    repaired: repaired.filter((one) => one.at > at - REMEMBERED_MS),
    upgrade,
  };
}
