/** Service agreements that hold at a moment: ids alone, so that lists can count them. */
import { z } from 'zod';
import { now } from '../platform/clock';
import { select, type SqlValue, toSql } from '../platform/sql';
import { inList } from './records';
import { idsIn } from './store';

export interface LiveAgreement {
  id: string;
  services: string[];
}

const row = z.object({ id: z.string(), services: z.string() }).transform(({ id, services }): LiveAgreement => ({ id, services: idsIn(services) }));
const MOST = 20_000;

/** Of these customers, or with these ids; of all where neither is said. */
export function liveAgreements({ customers, ids }: { customers?: readonly string[]; ids?: readonly string[] } = {}): Promise<LiveAgreement[]> {
  const at = toSql(now());
  const among = (column: string, wanted: readonly string[] | undefined): { sql: string; params: SqlValue[] } =>
    wanted === undefined ? { sql: '', params: [] } : { sql: `AND ${column} IN (${inList(wanted.length)})`, params: [...wanted] };
  if (customers?.length === 0 || ids?.length === 0) return Promise.resolve([]);
  const [of, named] = [among('customer', customers), among('id', ids)];
  return select(
    row,
    `SELECT id, services FROM agreement WHERE kind = 'SA' AND status IN ('inForce', 'underReview') AND (ends_at IS NULL OR ends_at > ?)
       AND (expires_at IS NULL OR expires_at > ?) ${of.sql} ${named.sql} ORDER BY id LIMIT ${String(MOST)}`,
    at,
    at,
    ...of.params,
    ...named.params,
  );
}
