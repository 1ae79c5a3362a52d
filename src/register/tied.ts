/** Ties as they are read: by work items, by an item, and what failed. */
import { z } from 'zod';
import { TIE_OUTCOMES, TIE_ROLES, tiePlan, type TieRole } from '../contract';
import { STATUS_KEYS, WORK_TYPE_KEYS } from '../method';
import { select, sqlFlag, sqlMoment, sqlNumber, toSql } from '../platform/sql';
import { FAILED, roleOf } from './ties';

const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined);

const row = z
  .object({
    work_id: z.string(),
    work_key: z.string(),
    type: z.enum(WORK_TYPE_KEYS),
    status: z.enum(STATUS_KEYS),
    is_open: sqlFlag,
    reported_at: sqlMoment,
    item_key: z.string(),
    role: sqlNumber.transform((place): TieRole => TIE_ROLES[place] ?? 'concerned'),
    plan: maybe(z.string().transform((text) => tiePlan.parse(JSON.parse(text)))),
    outcome: maybe(z.enum(TIE_OUTCOMES)),
    outcome_why: maybe(z.string()),
  })
  .transform((one) => ({
    workId: one.work_id,
    workKey: one.work_key,
    type: one.type,
    status: one.status,
    open: one.is_open,
    reportedAt: one.reported_at,
    key: one.item_key,
    role: one.role,
    plan: one.plan,
    outcome: one.outcome,
    why: one.outcome_why,
  }));
export type Tie = z.infer<typeof row>;

const COLUMNS = Object.keys(row.in.shape).join(', ');

/** What these Requests for Change are to change, in the order in which they were reported. */
export const changesOf = (workIds: readonly string[]): Promise<Tie[]> =>
  workIds.length === 0
    ? Promise.resolve([])
    : select(
        row,
        `SELECT ${COLUMNS} FROM mi_tie WHERE work_id IN (${workIds.map(() => '?').join(', ')}) AND type = 'rfc' AND item_key <> ''
           AND role IN (${String(roleOf('toChange'))}, ${String(roleOf('toAdd'))}) ORDER BY reported_at, work_id, role, item_key`,
        ...workIds,
      );

export interface Page {
  at: number;
  id: string;
}

/** Work items that have to do with an item, the newest first; one of each. */
export const workOf = (key: string, after: Page | undefined, limit: number): Promise<Tie[]> =>
  select(
    row,
    `SELECT ${COLUMNS} FROM mi_tie AS t WHERE item_key = ? AND role = (SELECT MAX(role) FROM mi_tie AS s WHERE s.work_id = t.work_id AND s.item_key = t.item_key)
       AND (reported_at < ? OR (reported_at = ? AND work_id < ?))
     ORDER BY reported_at DESC, work_id DESC LIMIT ${String(Math.trunc(limit))}`,
    key,
    toSql(after?.at ?? FAR),
    toSql(after?.at ?? FAR),
    after?.id ?? '',
  );
const FAR = Date.parse('9999-01-01T00:00:00Z');

export async function countWork(key: string): Promise<number> {
  const [found] = await select(z.object({ n: sqlNumber }), 'SELECT COUNT(DISTINCT work_id) AS n FROM mi_tie WHERE item_key = ?', key);
  return found?.n ?? 0;
}

const work = z.object({ work_id: z.string(), work_key: z.string(), reported_at: sqlMoment }).transform((one) => ({
  id: one.work_id,
  key: one.work_key,
  reportedAt: one.reported_at,
}));
export type TiedWork = z.infer<typeof work>;

/** Incidents on an item since then, the oldest first. */
export const failuresOf = (key: string, since: number): Promise<TiedWork[]> =>
  select(
    work,
    `SELECT DISTINCT work_id, work_key, reported_at FROM mi_tie WHERE item_key = ? AND ${FAILED} AND reported_at >= ? ORDER BY reported_at, work_id`,
    key,
    toSql(since),
  );

/** The newest Preventive Action about an item that is under way, or was begun since then. */
export async function preventionOf(key: string, since: number): Promise<TiedWork | undefined> {
  const rows = await select(
    work,
    `SELECT DISTINCT work_id, work_key, reported_at FROM mi_tie WHERE item_key = ? AND type = 'preventiveAction' AND status <> 'cancelled'
       AND (is_open = 1 OR reported_at >= ?) ORDER BY reported_at DESC LIMIT 1`,
    key,
    toSql(since),
  );
  return rows[0];
}

/** Services that these items support, by id, and how many parties use the items. */
export async function carriedBy(ids: readonly number[], supports: number): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await select(
    z.object({ ref: z.string() }),
    `SELECT DISTINCT ref FROM mi_relation WHERE src IN (${ids.map(() => '?').join(', ')}) AND kind = ? ORDER BY ref LIMIT 50`,
    ...ids,
    supports,
  );
  return rows.map(({ ref }) => ref);
}

/** Items in use that support a service. */
export async function supporting(service: string, supports: number, limit: number): Promise<number[]> {
  const rows = await select(
    z.object({ src: sqlNumber }),
    `SELECT src FROM mi_relation WHERE ref = ? AND kind = ? AND dst = 0 ORDER BY src LIMIT ${String(Math.trunc(limit))}`,
    service,
    supports,
  );
  return rows.map(({ src }) => src);
}
