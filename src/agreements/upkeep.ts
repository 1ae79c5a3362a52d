/**
 * Reviews, notices and last days become work for the service manager in time, each once, so that nothing lapses in silence (docs/decisions/0019). When the
 * moment of what was foreseen comes, the agreement is looked at again: what has been seen to meanwhile is left alone.
 */
import { z } from 'zod';
import type { Agreement, Party } from '../contract';
import { now } from '../platform/clock';
import { log } from '../platform/log';
import { change, select, sqlMoment, toSql } from '../platform/sql';
import { dayEnd } from './days';
import { DUE_KINDS, foreseen, type Foreseen } from './foreseen';
import { load, type Loaded } from './judge';
import { type Due, statusAt } from './life';
import { dayText } from './model';
import { momentOf, type Stored } from './store';

type Kind = Due['kind'];

/** A work item for the service manager, in words. */
export interface UpkeepWork {
  /** Names it for ever: the same one is never made twice. */
  stamp: string;
  summary: string;
  description: string;
  owner: string | undefined;
  dueBy: number;
  customer: string;
  service: string | undefined;
}

/** Makes the work item. `since`: when it was first tried, if it was: it may be there already. */
export type MakeWork = (work: UpkeepWork, since: number | undefined) => Promise<{ id: string; key: string }>;

const TITLE: Readonly<Record<Kind, (of: Agreement, customer: string, day: string) => string>> = {
  review: ({ id, name }, customer, day) => `Review ${id}, ${name}, with ${customer} by ${day}`,
  notice: ({ id, name }, customer, day) => `Decide by ${day} whether ${id}, ${name}, with ${customer} goes on`,
  expiry: ({ id, name }, customer, day) => `${id}, ${name}, with ${customer} ends on ${day}: decide what follows`,
};
const TEXT: Readonly<Record<Kind, (of: Agreement, day: string) => string>> = {
  review: ({ id }, day) =>
    `The review of ${id} is due on ${day}. Start and end it on the page of the agreement. What should be different becomes a new version of it; if nothing does, withdraw this Wish.`,
  notice: ({ id }, day) =>
    `${id} goes on by itself unless notice is given; ${day} is the last day for it. Give notice on the page of the agreement, or withdraw this Wish and let it go on.`,
  expiry: ({ id }, day) =>
    `After ${day} nobody can report or ask for anything under ${id} any more. Extend it on the page of the agreement, agree on a new version with this Wish, or tell the customer that it ends.`,
};

export function workOf(
  { agreement }: Pick<Stored, 'agreement'>,
  due: Foreseen,
  { parties, services }: { parties: ReadonlyMap<string, Pick<Party, 'name'>>; services: readonly string[] },
): UpkeepWork {
  const customer = parties.get(agreement.customer)?.name ?? agreement.customer;
  const day = dayText(due.on);
  return {
    stamp: `${agreement.id} ${due.kind} ${due.on}`,
    summary: TITLE[due.kind](agreement, customer, day).slice(0, 250),
    description: TEXT[due.kind](agreement, day),
    owner: agreement.owner,
    dueBy: dayEnd(due.timeZone, due.on) - 1,
    customer,
    service: services[0],
  };
}

const A_ROUND = 10;
/** Whoever dies while making one is gone by then, and search knows what was made. */
const LEASE_MS = 10 * 60_000;

const waiting = z.object({ agreement: z.string(), kind: z.enum(DUE_KINDS), due_on: z.string(), first_try: sqlMoment.nullable() });
type Waiting = z.infer<typeof waiting>;

const due = (at: number): Promise<Waiting[]> =>
  select(
    waiting,
    `SELECT agreement, kind, due_on, first_try FROM agreement_due
     WHERE item_id IS NULL AND tell_at <= ? AND (lease_until IS NULL OR lease_until < ?) ORDER BY tell_at LIMIT ${String(A_ROUND)}`,
    toSql(at),
    toSql(at),
  );

const KEY = 'agreement = ? AND kind = ? AND due_on = ?';
const keyOf = ({ agreement, kind, due_on: on }: Waiting): string[] => [agreement, kind, on];

const leased = async (one: Waiting, at: number): Promise<boolean> =>
  (await change(
    `UPDATE agreement_due SET lease_until = ?, first_try = COALESCE(first_try, ?)
     WHERE ${KEY} AND item_id IS NULL AND (lease_until IS NULL OR lease_until < ?)`,
    toSql(at + LEASE_MS),
    toSql(at),
    ...keyOf(one),
    toSql(at),
  )) > 0;

async function see(one: Waiting, loaded: Loaded, names: ReadonlyMap<string, { name: string }>, make: MakeWork, at: number): Promise<void> {
  const { stored, parties } = loaded;
  const found = foreseen(stored, momentOf(stored.versions)).find(({ kind, on }) => kind === one.kind && on === one.due_on);
  const since = one.first_try ?? undefined;
  // Seen to meanwhile. What an earlier try may have made is left to whoever has it.
  if (!found) {
    if (since === undefined) await change(`DELETE FROM agreement_due WHERE ${KEY} AND item_id IS NULL`, ...keyOf(one));
    return;
  }
  if (!(await leased(one, at))) return;
  const live = stored.versions.find((version) => ['inForce', 'underReview'].includes(statusAt(version, at, stored.versions)));
  const services = (live?.terms.services ?? []).flatMap((id) => names.get(id)?.name ?? []);
  const made = await make(workOf(stored, found, { parties, services }), since);
  await change(`UPDATE agreement_due SET item_id = ?, item_key = ? WHERE ${KEY} AND item_id IS NULL`, made.id, made.key, ...keyOf(one));
  log.info('agreements.upkeep', { agreement: one.agreement, kind: one.kind, on: one.due_on, key: made.key });
}

/** Whoever cannot be asked now is asked again when the lease is over; one that fails keeps no other waiting. */
export async function upkeepRound(names: (ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>, make: MakeWork): Promise<void> {
  const at = now();
  for (const one of await due(at)) {
    try {
      const loaded = await load(one.agreement);
      if (loaded) await see(one, loaded, await names(loaded.stored.versions.flatMap(({ terms }) => terms.services)), make, at);
    } catch (thrown) {
      log.error('agreements.upkeepFailed', thrown, { agreement: one.agreement, kind: one.kind });
    }
  }
}
