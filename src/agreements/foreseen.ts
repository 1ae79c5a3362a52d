/** What will have to be seen to of an agreement, written down whenever it is calculated: reviews, notices, last days. The round of upkeep.ts reads it. */
import { z } from 'zod';
import { change, type Migration, select, toSql } from '../platform/sql';
import { dayStart } from './days';
import { type Due, dueOf, statusAt } from './life';
import type { Stored } from './store';

const IDS = 'CHARACTER SET ascii COLLATE ascii_bin NOT NULL';

export const upkeepMigrations: readonly Migration[] = [
  {
    name: 'v050_agreement_due',
    statement: `CREATE TABLE IF NOT EXISTS agreement_due (
      agreement VARCHAR(14) ${IDS},
      kind VARCHAR(8) ${IDS},
      due_on VARCHAR(10) ${IDS},
      tell_at DATETIME(3) NOT NULL,
      first_try DATETIME(3),
      lease_until DATETIME(3),
      item_id VARCHAR(20),
      item_key VARCHAR(255),
      PRIMARY KEY (agreement, kind, due_on),
      KEY agreement_due_tell (item_id, tell_at)
    )`,
  },
];

export const DUE_KINDS = ['review', 'notice', 'expiry'] as const;
type Kind = Due['kind'];

const DAY = 86_400_000;
/** So many days before its day somebody is asked to see to it: agreeing anew takes longer than a review. */
const AHEAD: Readonly<Record<Kind, number>> = { review: 30, notice: 30, expiry: 90 };
/** Foreseen so far; an agreement is calculated again at least every 30 days. */
const FORESEEN_DAYS = 150;

const told = (kind: Kind, timeZone: string, on: string): number => dayStart(timeZone, on) - AHEAD[kind] * DAY;

export interface Foreseen extends Due {
  timeZone: string;
}

/** What has to be seen to of an agreement, of the version that is in force. Pure. */
export function foreseen({ versions }: Pick<Stored, 'versions'>, at: number): Foreseen[] {
  const live = versions.find((one) => ['inForce', 'underReview'].includes(statusAt(one, at, versions)));
  return live ? dueOf(live, at, FORESEEN_DAYS, versions).map((one) => ({ ...one, timeZone: live.terms.timeZone })) : [];
}

/** Writes down what is foreseen and forgets what is not any more; what became work stays. */
export async function foresee(stored: Stored, at: number): Promise<void> {
  const { id } = stored.agreement;
  const all = foreseen(stored, at);
  const there = await select(
    z.object({ kind: z.enum(DUE_KINDS), due_on: z.string(), made: z.union([z.string(), z.null()]) }),
    'SELECT kind, due_on, item_id AS made FROM agreement_due WHERE agreement = ?',
    id,
  );
  const fresh = all.filter(({ kind, on }) => !there.some((one) => one.kind === kind && one.due_on === on));
  const gone = there.filter(({ kind, due_on: on, made }) => made === null && !all.some((one) => one.kind === kind && one.on === on));
  if (fresh.length > 0) {
    await change(
      `INSERT IGNORE INTO agreement_due (agreement, kind, due_on, tell_at) VALUES ${fresh.map(() => '(?, ?, ?, ?)').join(', ')}`,
      ...fresh.flatMap(({ kind, on, timeZone }) => [id, kind, on, toSql(told(kind, timeZone, on))]),
    );
  }
  for (const { kind, due_on: on } of gone) {
    // One that is being made right now stays until that has ended.
    await change('DELETE FROM agreement_due WHERE agreement = ? AND kind = ? AND due_on = ? AND first_try IS NULL', id, kind, on);
  }
}

/** The work items that see to what is due of an agreement: key by kind and day. */
export async function itemsSeeingTo(id: string): Promise<Map<string, string>> {
  const rows = await select(
    z.object({ kind: z.enum(DUE_KINDS), due_on: z.string(), item_key: z.string() }),
    'SELECT kind, due_on, item_key FROM agreement_due WHERE agreement = ? AND item_key IS NOT NULL',
    id,
  );
  return new Map(rows.map(({ kind, due_on: on, item_key: key }) => [`${kind} ${on}`, key]));
}
