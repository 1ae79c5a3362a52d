/** Relations in SQL, by the numbers of items. */
import { z } from 'zod';
import type { Relation } from '../contract';
import { RELATION_KINDS, type RelationKind, RELATIONS } from '../method';
import { change, select, sqlNumber, type SqlValue } from '../platform/sql';
import { folded, inParts, marks } from './store';

export const kindAt = (kind: RelationKind): number => RELATION_KINDS.indexOf(kind);

/** dst: an item; 0 where ref names a party, service or agreement. */
export interface StoredRelation {
  src: number;
  kind: RelationKind;
  dst: number;
  ref: string;
  group: string | undefined;
  need: number | undefined;
}

const row = z
  .object({ src: sqlNumber, kind: sqlNumber, dst: sqlNumber, ref: z.string(), path: z.string().nullable(), need: sqlNumber.nullable() })
  .transform(({ src, kind, dst, ref, path, need }, context): StoredRelation => {
    const known = RELATION_KINDS[kind];
    if (known === undefined) {
      context.addIssue({ code: 'custom', message: `no such relation: ${String(kind)}` });
      return z.NEVER;
    }
    return { src, kind: known, dst, ref, group: path ?? undefined, need: need ?? undefined };
  });

const IDS_A_QUESTION = 500;
/** Enough for any page; a hub has more. */
const MOST = 20_000;

/** there: from these items. back: towards them. */
export const relationsOf = (ids: readonly number[], direction: 'there' | 'back', most = MOST): Promise<StoredRelation[]> =>
  inParts([...new Set(ids)], IDS_A_QUESTION, (some) =>
    select(
      row,
      `SELECT src, kind, dst, ref, path, need FROM mi_relation WHERE ${direction === 'there' ? 'src' : 'dst'} IN (${marks(some.length)}) LIMIT ${String(Math.trunc(most))}`,
      ...some,
    ),
  );

/** As it is stored; undefined: an end is not in the register. `ids`: by folded key. */
export function stored({ from, kind, to, group, need }: Relation, ids: ReadonlyMap<string, number>): StoredRelation | undefined {
  const src = ids.get(folded(from));
  const toItem = RELATIONS[kind].to === 'item';
  const dst = toItem ? ids.get(folded(to)) : 0;
  return src === undefined || dst === undefined ? undefined : { src, kind, dst, ref: toItem ? '' : to, group, need };
}

const ROWS_A_STATEMENT = 100;

/** The same once more is the same; another group or need replaces what was said. */
export const putRelations = (all: readonly StoredRelation[]): Promise<never[]> =>
  inParts(all, ROWS_A_STATEMENT, async (some) => {
    await change(
      `INSERT INTO mi_relation (src, kind, dst, ref, path, need) VALUES ${some.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}
       ON DUPLICATE KEY UPDATE path = VALUES(path), need = VALUES(need)`,
      ...some.flatMap(({ src, kind, dst, ref, group, need }): SqlValue[] => [src, kindAt(kind), dst, ref, group ?? null, need ?? null]),
    );
    return [];
  });

export const removeRelations = (all: readonly Pick<StoredRelation, 'src' | 'kind' | 'dst' | 'ref'>[]): Promise<never[]> =>
  inParts(all, ROWS_A_STATEMENT, async (some) => {
    await change(
      `DELETE FROM mi_relation WHERE ${some.map(() => '(src = ? AND kind = ? AND dst = ? AND ref = ?)').join(' OR ')}`,
      ...some.flatMap(({ src, kind, dst, ref }): SqlValue[] => [src, kindAt(kind), dst, ref]),
    );
    return [];
  });

const part = z.object({ src: sqlNumber, dst: sqlNumber });

/** What these items are part of, and that of, up to the last whole: by part. */
export async function wholesAbove(ids: readonly number[]): Promise<Map<number, number[]>> {
  if (ids.length === 0) return new Map();
  const kind = String(kindAt('partOf'));
  const rows = await inParts([...new Set(ids)], IDS_A_QUESTION, (some) =>
    select(
      part,
      `WITH RECURSIVE up (src, dst) AS (
         SELECT src, dst FROM mi_relation WHERE src IN (${marks(some.length)}) AND kind = ${kind}
         UNION SELECT r.src, r.dst FROM up JOIN mi_relation r ON r.src = up.dst AND r.kind = ${kind}
       ) SELECT src, dst FROM up`,
      ...some,
    ),
  );
  const above = new Map<number, number[]>();
  for (const { src, dst } of rows) above.set(src, [...new Set([...(above.get(src) ?? []), dst])]);
  return above;
}
