/** Requests of the catalog in SQL: kept before anything is made, so that the same one again makes nothing twice. */
import { z } from 'zod';
import { now } from '../platform/clock';
import { change, type Migration, select, sqlFlag, sqlMoment, toSql } from '../platform/sql';

const SIGNS = 'CHARACTER SET ascii COLLATE ascii_bin';

export const orderMigrations: readonly Migration[] = [
  {
    name: 'v061_catalog_order',
    // person: who asked by the page. requester: for whom. approval: who says whether, while nobody has; accepts: the app is to accept it.
    statement: `CREATE TABLE IF NOT EXISTS catalog_order (
      id VARCHAR(36) ${SIGNS} NOT NULL PRIMARY KEY,
      item VARCHAR(40) ${SIGNS} NOT NULL,
      person VARCHAR(128) NOT NULL,
      requester VARCHAR(128) NOT NULL,
      customer VARCHAR(40) ${SIGNS} NOT NULL,
      begun_at DATETIME(3) NOT NULL,
      lease_until DATETIME(3),
      issue_id VARCHAR(20),
      issue_key VARCHAR(40),
      due_at DATETIME(3),
      approver VARCHAR(128),
      waits TINYINT NOT NULL,
      accepts TINYINT NOT NULL,
      KEY catalog_order_issue (issue_id),
      KEY catalog_order_waits (waits, begun_at),
      KEY catalog_order_accepts (accepts, begun_at)
    )`,
  },
];

const row = z
  .object({
    id: z.string(),
    item: z.string(),
    person: z.string(),
    requester: z.string(),
    customer: z.string(),
    begun_at: sqlMoment,
    lease_until: sqlMoment.nullable(),
    issue_id: z.string().nullable(),
    issue_key: z.string().nullable(),
    due_at: sqlMoment.nullable(),
    approver: z.string().nullable(),
    waits: sqlFlag,
    accepts: sqlFlag,
  })
  .transform((one) => ({
    id: one.id,
    item: one.item,
    person: one.person,
    requester: one.requester,
    customer: one.customer,
    begunAt: one.begun_at,
    leaseUntil: one.lease_until ?? undefined,
    made: one.issue_id === null || one.issue_key === null ? undefined : { id: one.issue_id, key: one.issue_key },
    dueAt: one.due_at ?? undefined,
    /** By name; absent: whoever represents the customer. */
    approver: one.approver ?? undefined,
    waits: one.waits,
    accepts: one.accepts,
  }));
export type Order = z.infer<typeof row>;

export interface NewOrder {
  id: string;
  item: string;
  person: string;
  requester: string;
  customer: string;
  dueAt: number | undefined;
  approver: string | undefined;
  waits: boolean;
  accepts: boolean;
}

export const orderWith = async (id: string): Promise<Order | undefined> => (await select(row, 'SELECT * FROM catalog_order WHERE id = ?', id))[0];
export const orderOf = async (issueId: string): Promise<Order | undefined> =>
  (await select(row, 'SELECT * FROM catalog_order WHERE issue_id = ?', issueId))[0];

export const begin = (one: NewOrder): Promise<number> =>
  change(
    `INSERT IGNORE INTO catalog_order (id, item, person, requester, customer, begun_at, due_at, approver, waits, accepts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    one.id,
    one.item,
    one.person,
    one.requester,
    one.customer,
    toSql(now()),
    one.dueAt === undefined ? null : toSql(one.dueAt),
    one.approver ?? null,
    one.waits ? 1 : 0,
    one.accepts ? 1 : 0,
  );

/** The platform ends an invocation after 25 s (Forge docs: invocation limits). */
const LEASE_MS = 26_000;

/** Whoever has the turn makes it. again: somebody was at it before and may have made it. */
export async function takeTurn(order: Order): Promise<'first' | 'again' | undefined> {
  const at = now();
  const taken = await change(
    'UPDATE catalog_order SET lease_until = ? WHERE id = ? AND issue_id IS NULL AND (lease_until IS NULL OR lease_until < ?)',
    toSql(at + LEASE_MS),
    order.id,
    toSql(at),
  );
  if (taken !== 1) return undefined;
  return order.leaseUntil === undefined ? 'first' : 'again';
}

/** After a refusal nothing was made, and another try need not wait. */
export const giveTurnBack = (id: string): Promise<number> =>
  change('UPDATE catalog_order SET lease_until = NULL WHERE id = ? AND issue_id IS NULL', id);

export const recordMade = (id: string, made: { id: string; key: string }): Promise<number> =>
  change('UPDATE catalog_order SET issue_id = ?, issue_key = ?, lease_until = NULL WHERE id = ? AND issue_id IS NULL', made.id, made.key, id);

export const recordAccepted = (issueId: string): Promise<number> => change('UPDATE catalog_order SET accepts = 0 WHERE issue_id = ?', issueId);
export const recordAnswered = (issueId: string): Promise<number> => change('UPDATE catalog_order SET waits = 0 WHERE issue_id = ?', issueId);

const OPEN_READ = 200;
/** What waits for somebody on the customer's side, oldest first. */
export const waitingOrders = (): Promise<Order[]> =>
  select(row, `SELECT * FROM catalog_order WHERE waits = 1 AND issue_id IS NOT NULL ORDER BY begun_at LIMIT ${String(OPEN_READ)}`);

/** What the app is to accept and nobody has to approve any more. */
export const ordersToAccept = (most: number): Promise<Order[]> =>
  select(
    row,
    `SELECT * FROM catalog_order WHERE accepts = 1 AND waits = 0 AND issue_id IS NOT NULL ORDER BY begun_at LIMIT ${String(Math.trunc(most))}`,
  );

const YEAR = 365 * 86_400_000;

/** Of these the ones that were asked for most in a year, most first. */
export async function usedMost(items: readonly string[], most: number): Promise<string[]> {
  if (items.length === 0) return [];
  const rows = await select(
    z.object({ item: z.string() }),
    `SELECT item, COUNT(*) AS n FROM catalog_order WHERE begun_at >= ? AND item IN (${items.map(() => '?').join(', ')})
     GROUP BY item ORDER BY n DESC, item LIMIT ${String(Math.trunc(most))}`,
    toSql(now() - YEAR),
    ...items,
  );
  return rows.map(({ item }) => item);
}
