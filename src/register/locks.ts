/** Which change is running on an item: a Request for Change that names it among the items to change, and that somebody has taken on. */
import { z } from 'zod';
import { statusKey, TIE_ROLES } from '../contract';
import type { StatusKey } from '../method';
import { select, sqlMoment } from '../platform/sql';
import { folded, inParts, marks } from './store';

export interface Lock {
  workItem: { id: string; key: string };
  status: StatusKey;
  windowStart?: number;
  windowEnd?: number;
}

/** Of ties `t`: those that lock. */
export const LOCKING = `t.is_open = 1 AND t.role = ${String(TIE_ROLES.indexOf('toChange'))} AND t.type = 'rfc' AND t.status <> 'registered'`;

const row = z.object({
  item_key: z.string(),
  work_id: z.string(),
  work_key: z.string(),
  status: statusKey,
  window_start: sqlMoment.nullable(),
  window_end: sqlMoment.nullable(),
});

const KEYS_A_QUESTION = 500;

/** By folded key; of several the one that comes first. */
export async function locksOf(keys: readonly string[]): Promise<Map<string, Lock>> {
  const rows = await inParts([...new Set(keys.map(folded))], KEYS_A_QUESTION, (some) =>
    select(
      row,
      `SELECT t.item_key, t.work_id, t.work_key, t.status, t.window_start, t.window_end FROM mi_tie t WHERE t.item_key IN (${marks(some.length)}) AND ${LOCKING}
       ORDER BY t.window_start IS NULL, t.window_start, t.work_id`,
      ...some,
    ),
  );
  const locks = new Map<string, Lock>();
  for (const { item_key: key, work_id: id, work_key: workKey, status, window_start: start, window_end: end } of rows) {
    if (locks.has(folded(key))) continue;
    locks.set(folded(key), {
      workItem: { id, key: workKey },
      status,
      ...(start !== null && { windowStart: start }),
      ...(end !== null && { windowEnd: end }),
    });
  }
  return locks;
}
