/** What bringing in a file asks of the tables of the register, besides items and relations themselves. */
import { z } from 'zod';
import { change, inList, inPortions, select, sqlNumber, type SqlValue, toSql } from '../platform/sql';
import { inParts } from './store';
import type { Filtered } from './listing';

const AT_ONCE = 500;

export async function keysOfIds(ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await inParts([...new Set(ids)], AT_ONCE, (some) =>
    select(z.object({ id: sqlNumber, item_key: z.string() }), `SELECT id, item_key FROM mi_item WHERE id IN (${inList(some.length)})`, ...some),
  );
  return new Map(rows.map(({ id, item_key: key }) => [id, key]));
}

const idRow = z.object({ id: sqlNumber });
/** In the order in which they came. */
export const idsAfter = async (after: number, most: number): Promise<number[]> =>
  (await select(idRow, `SELECT id FROM mi_item WHERE id > ? ORDER BY id LIMIT ${String(Math.trunc(most))}`, after)).map(({ id }) => id);
export const filteredIds = async ({ joins, where }: Filtered, after: number, most: number): Promise<number[]> =>
  (
    await select(
      idRow,
      `SELECT DISTINCT i.id FROM mi_item i ${joins.sql} WHERE ${where.sql} AND i.id > ? ORDER BY i.id LIMIT ${String(Math.trunc(most))}`,
      ...joins.params,
      ...where.params,
      after,
    )
  ).map(({ id }) => id);
/** Of items that this file named, those that are not gone. */
export const idsFrom = async (source: string, after: number, most: number): Promise<number[]> =>
  (
    await select(
      idRow,
      `SELECT id FROM mi_item WHERE source = ? AND gone_at IS NULL AND id > ? ORDER BY id LIMIT ${String(Math.trunc(most))}`,
      source,
      after,
    )
  ).map(({ id }) => id);
/** Whose newest version this run wrote. */
export const idsWritten = async (run: string, after: number, most: number): Promise<number[]> =>
  (
    await select(
      idRow,
      `SELECT id FROM mi_item WHERE run = ? AND cause = 'import' AND id > ? ORDER BY id LIMIT ${String(Math.trunc(most))}`,
      run,
      after,
    )
  ).map(({ id }) => id);

const counted = async (text: string, ...params: SqlValue[]): Promise<number> =>
  (await select(z.object({ n: sqlNumber }), text, ...params))[0]?.n ?? 0;
export const countItems = (): Promise<number> => counted('SELECT COUNT(*) AS n FROM mi_item');
export const countWritten = (run: string): Promise<number> => counted(`SELECT COUNT(*) AS n FROM mi_item WHERE run = ? AND cause = 'import'`, run);

export interface Noted {
  id: number;
  source: string;
  said: Readonly<Record<string, string>>;
}
const NOTED_AT_ONCE = 40;
/** What a file said is remembered, and that the item is not gone; nothing of the item itself changes. */
export const noteAll = (all: readonly Noted[], at: number): Promise<number> =>
  inPortions(
    all,
    (some) =>
      change(
        `UPDATE mi_item i JOIN (${some.map(() => 'SELECT CAST(? AS SIGNED) AS id, ? AS source, ? AS said').join(' UNION ALL ')}) n ON n.id = i.id
         SET i.source = n.source, i.said = n.said, i.seen_at = ?, i.gone_at = NULL`,
        ...some.flatMap(({ id, source, said }): SqlValue[] => [id, source, JSON.stringify(said)]),
        toSql(at),
      ),
    NOTED_AT_ONCE,
  );

export const markGone = (ids: readonly number[], source: string, at: number): Promise<number> =>
  change(`UPDATE mi_item SET gone_at = ? WHERE source = ? AND gone_at IS NULL AND id IN (${inList(ids.length)})`, toSql(at), source, ...ids);
export const unmarkGone = (ids: readonly number[], at: number): Promise<number> =>
  change(`UPDATE mi_item SET gone_at = NULL WHERE gone_at = ? AND id IN (${inList(ids.length)})`, toSql(at), ...ids);

/** Of these new items, those that somebody else has named since: another item by a relation, or a work item. */
export async function touched(ids: readonly number[], keys: readonly string[], run: string): Promise<Set<number>> {
  const [named, tied] = await Promise.all([
    select(
      idRow,
      `SELECT DISTINCT r.dst AS id FROM mi_relation r JOIN mi_item i ON i.id = r.src WHERE r.dst IN (${inList(ids.length)}) AND (i.run IS NULL OR i.run <> ?)`,
      ...ids,
      run,
    ),
    select(idRow, `SELECT i.id AS id FROM mi_item i JOIN mi_tie t ON t.item_key = i.item_key WHERE i.item_key IN (${inList(keys.length)})`, ...keys),
  ]);
  return new Set([...named, ...tied].map(({ id }) => id));
}

/** Items that a run made and nobody touched: they have never been. */
export async function unmake(ids: readonly number[], run: string): Promise<void> {
  if (ids.length === 0) return;
  await change(`DELETE FROM mi_relation WHERE src IN (${inList(ids.length)})`, ...ids);
  await change(`DELETE FROM mi_relation WHERE dst IN (${inList(ids.length)})`, ...ids);
  await change(`DELETE FROM mi_item WHERE version = 1 AND run = ? AND id IN (${inList(ids.length)})`, run, ...ids);
}

/** What is part of what, by number. */
export async function wholes(use: (part: number, whole: number) => void): Promise<void> {
  const most = 20_000;
  const row = z.object({ src: sqlNumber, dst: sqlNumber });
  for (let src = -1, dst = -1, more = true; more;) {
    const rows = await select(
      row,
      `SELECT src, dst FROM mi_relation WHERE kind = 0 AND (src > ? OR (src = ? AND dst > ?)) ORDER BY src, dst LIMIT ${String(most)}`,
      src,
      src,
      dst,
    );
    for (const one of rows) use(one.src, one.dst);
    const last = rows.at(-1);
    [src, dst] = [last?.src ?? src, last?.dst ?? dst];
    more = rows.length === most;
  }
}
