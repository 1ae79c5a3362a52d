/** Work items that name an item, newest first. */
import { z } from 'zod';
import { statusKey, TIE_ROLES, type TieRole, workTypeKey } from '../contract';
import type { StatusKey, WorkTypeKey } from '../method';
import { select, sqlMoment, sqlNumber } from '../platform/sql';

export interface WorkTie {
  id: string;
  role: TieRole;
  type: WorkTypeKey;
  status: StatusKey;
  reportedAt: number;
  windowStart: number | undefined;
}

const row = z.object({
  work_id: z.string(),
  role: sqlNumber,
  type: workTypeKey,
  status: statusKey,
  reported_at: sqlMoment,
  window_start: sqlMoment.nullable(),
});

/** More than a page shows, since not everybody may see every one. */
const MOST = 30;

/** A work item that names it in two ways is told once, with what it does more. */
export async function workOn(key: string): Promise<{ rows: WorkTie[]; total: number }> {
  const [rows, counted] = await Promise.all([
    select(
      row,
      `SELECT work_id, MAX(role) AS role, type, status, reported_at, MIN(window_start) AS window_start FROM mi_tie WHERE item_key = ?
       GROUP BY work_id, type, status, reported_at ORDER BY reported_at DESC, work_id DESC LIMIT ${String(MOST)}`,
      key,
    ),
    select(z.object({ n: sqlNumber }), 'SELECT COUNT(DISTINCT work_id) AS n FROM mi_tie WHERE item_key = ?', key),
  ]);
  return {
    rows: rows.map(({ work_id: id, role, type, status, reported_at: reportedAt, window_start: start }) => ({
      id,
      role: TIE_ROLES[role] ?? 'concerned',
      type,
      status,
      reportedAt,
      windowStart: start ?? undefined,
    })),
    total: counted[0]?.n ?? 0,
  };
}
