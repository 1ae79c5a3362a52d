/** Who is to be brought along with its group, and how far that is, in SQL. The links say who belongs to a group; these rows, what was decided at its end. */
import { z } from 'zod';
import { now } from '../platform/clock';
import { change, type Migration, select, sqlNumber, toSql } from '../platform/sql';

export const alongMigrations: Migration[] = [
  {
    name: 'v031_group_along',
    statement: `CREATE TABLE IF NOT EXISTS group_along (
      item_id VARCHAR(20) NOT NULL,
      main_id VARCHAR(20) NOT NULL,
      item_key VARCHAR(40) NOT NULL,
      main_key VARCHAR(40) NOT NULL,
      state VARCHAR(12) NOT NULL,
      message TEXT NOT NULL,
      why VARCHAR(1000),
      tries INT NOT NULL,
      asked_by VARCHAR(128) NOT NULL,
      asked_at DATETIME(3) NOT NULL,
      lease_until DATETIME(3),
      PRIMARY KEY (main_id, item_id),
      KEY group_along_state (state, asked_at)
    )`,
  },
];

const row = z
  .object({
    item_id: z.string(),
    main_id: z.string(),
    item_key: z.string(),
    main_key: z.string(),
    state: z.enum(['going', 'done', 'left']),
    message: z.string(),
    why: z.string().nullish(),
    tries: sqlNumber,
    asked_by: z.string(),
  })
  .transform((one) => ({
    itemId: one.item_id,
    mainId: one.main_id,
    itemKey: one.item_key,
    mainKey: one.main_key,
    state: one.state,
    message: one.message,
    why: one.why ?? undefined,
    tries: one.tries,
    askedBy: one.asked_by,
  }));
export type Along = z.infer<typeof row>;

const LEASE_MS = 60_000;
const WHY_MOST = 1_000;

export const alongOf = (mainId: string): Promise<Along[]> =>
  select(row, 'SELECT * FROM group_along WHERE main_id = ? ORDER BY asked_at, item_id', mainId);

/** Decided, and not carried out yet; the oldest first. */
export const alongLeft = (limit: number): Promise<Along[]> =>
  select(
    row,
    `SELECT * FROM group_along WHERE state = 'going' AND (lease_until IS NULL OR lease_until < ?) ORDER BY asked_at, item_id LIMIT ${String(Math.trunc(limit))}`,
    toSql(now()),
  );

/** One write for all. What is on its way already stays as it was asked; what had ended or could not go is asked anew. */
export async function askAlong(
  main: { id: string; key: string },
  items: readonly { id: string; key: string }[],
  message: string,
  by: string,
): Promise<void> {
  if (items.length === 0) return;
  await change(
    `INSERT INTO group_along (item_id, main_id, item_key, main_key, state, message, tries, asked_by, asked_at)
     VALUES ${items.map(() => "(?, ?, ?, ?, 'going', ?, 0, ?, ?)").join(', ')}
     ON DUPLICATE KEY UPDATE message = IF(state = 'going', message, VALUES(message)), why = NULL, state = 'going'`,
    ...items.flatMap((one) => [one.id, main.id, one.key, main.key, message, by, toSql(now())]),
  );
}

/** Takes the right to bring it along. `false`: another run is at it, or it is done. */
export async function claimAlong({ mainId, itemId }: Along): Promise<boolean> {
  const at = now();
  const touched = await change(
    `UPDATE group_along SET lease_until = ?, tries = tries + 1
     WHERE main_id = ? AND item_id = ? AND state = 'going' AND (lease_until IS NULL OR lease_until < ?)`,
    toSql(at + LEASE_MS),
    mainId,
    itemId,
    toSql(at),
  );
  return touched === 1;
}

export async function endAlong({ mainId, itemId }: Along, state: 'done' | 'left', why?: string): Promise<void> {
  await change(
    `UPDATE group_along SET state = ?, why = ?, lease_until = NULL WHERE main_id = ? AND item_id = ?`,
    state,
    why?.slice(0, WHY_MOST) ?? null,
    mainId,
    itemId,
  );
}
