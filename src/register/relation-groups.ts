/** The relations of one item as its page shows them: by what they mean, how many, the first by name, and all of one meaning in parts. */
import { z } from 'zod';
import { agreementNames, namesOfKind } from '../agreements/service';
import { type Direction, DIRECTIONS, type RelationEndRow, type RelationGroup, RELATIONS_A_PAGE, RELATIONS_NAMED } from '../contract';
import { RELATION_KINDS, type RelationEnd, type RelationKind, RELATIONS } from '../method';
import { fromPlace, toPlace } from '../platform/place';
import { select, sqlNumber, type SqlValue } from '../platform/sql';
import { kindAt } from './relations';
import { lifeColumn } from './store';

const row = z.object({
  kind: sqlNumber,
  direction: z.enum(DIRECTIONS),
  id: z.string(),
  name: z.string(),
  class: z.string().nullable(),
  life: lifeColumn.nullable(),
  path: z.string().nullable(),
  need: sqlNumber.nullable(),
});
type Row = z.infer<typeof row>;

const endOf = (kind: RelationKind): RelationEnd => RELATIONS[kind].to;

/** Ends of one meaning, in their order. Parameters: the item, then those of `more`. */
function endsSql(kind: RelationKind, direction: Direction, most: number, more = ''): string {
  const shared = `${String(kindAt(kind))} AS kind, '${direction}' AS direction`;
  const limit = String(Math.trunc(most));
  if (endOf(kind) !== 'item') {
    return `(SELECT ${shared}, r.ref AS id, r.ref AS name, NULL AS class, NULL AS life, r.path, r.need FROM mi_relation r
      WHERE r.src = ? AND r.kind = ${String(kindAt(kind))} ${more} ORDER BY r.ref LIMIT ${limit})`;
  }
  const [here, there] = direction === 'there' ? ['src', 'dst'] : ['dst', 'src'];
  return `(SELECT ${shared}, i.item_key AS id, i.name, i.class, i.life, r.path, r.need FROM mi_relation r JOIN mi_item i ON i.id = r.${there}
    WHERE r.${here} = ? AND r.kind = ${String(kindAt(kind))} ${more} ORDER BY i.name, i.item_key LIMIT ${limit})`;
}

/** Names of parties, services and agreements; an end that is no longer there has its id for a name. */
async function namesFor(rows: readonly Row[]): Promise<(end: RelationEnd, id: string) => string> {
  const ids = (end: RelationEnd): string[] => rows.flatMap(({ kind, id }) => (endOf(RELATION_KINDS[kind] ?? 'partOf') === end ? [id] : []));
  const [party, service, agreement] = await Promise.all([
    namesOfKind('party', ids('party')),
    namesOfKind('service', ids('service')),
    agreementNames(ids('agreement')),
  ]);
  return (end, id) => (end === 'party' ? party.get(id)?.name : end === 'service' ? service.get(id)?.name : agreement.get(id)) ?? id;
}

const shown = (
  { id, name, class: of, life, path, need }: Row,
  kind: RelationKind,
  nameOf: (end: RelationEnd, id: string) => string,
): RelationEndRow => ({
  id,
  name: endOf(kind) === 'item' ? name : nameOf(endOf(kind), id),
  ...(of !== null && { class: of }),
  ...(life !== null && { life }),
  ...(path !== null && { group: path }),
  ...(need !== null && { need }),
});

const counts = z.object({ kind: sqlNumber, direction: z.enum(DIRECTIONS), n: sqlNumber });

export async function groupsOf(id: number): Promise<RelationGroup[]> {
  const found = await select(
    counts,
    `SELECT kind, 'there' AS direction, COUNT(*) AS n FROM mi_relation WHERE src = ? GROUP BY kind
     UNION ALL SELECT kind, 'back', COUNT(*) FROM mi_relation WHERE dst = ? GROUP BY kind`,
    id,
    id,
  );
  const groups = found
    .flatMap(({ kind, direction, n }) => {
      const known = RELATION_KINDS[kind];
      return known === undefined ? [] : [{ kind: known, direction, count: n }];
    })
    .sort((a, b) => kindAt(a.kind) - kindAt(b.kind) || DIRECTIONS.indexOf(a.direction) - DIRECTIONS.indexOf(b.direction));
  if (groups.length === 0) return [];
  const rows = await select(
    row,
    groups.map(({ kind, direction }) => endsSql(kind, direction, RELATIONS_NAMED)).join(' UNION ALL '),
    ...groups.map((): SqlValue => id),
  );
  const nameOf = await namesFor(rows);
  return groups.map(({ kind, direction, count }) => ({
    kind,
    direction,
    count,
    words: RELATIONS[kind][direction],
    first: rows.filter((one) => one.kind === kindAt(kind) && one.direction === direction).map((one) => shown(one, kind, nameOf)),
  }));
}

const place = z.tuple([z.string(), z.string()]);

export async function endsAt(
  id: number,
  kind: RelationKind,
  direction: Direction,
  after: string | undefined,
): Promise<{ rows: RelationEndRow[]; total: number; after?: string }> {
  const from = after === undefined ? undefined : fromPlace(place, after);
  const byName = endOf(kind) === 'item';
  const more = byName ? 'AND (i.name > ? OR (i.name = ? AND i.item_key > ?))' : 'AND r.ref > ?';
  const params = from === undefined ? [] : byName ? [from[0], from[0], from[1]] : [from[1]];
  const [rows, counted] = await Promise.all([
    select(row, endsSql(kind, direction, RELATIONS_A_PAGE + 1, from && more), id, ...params),
    select(
      z.object({ n: sqlNumber }),
      `SELECT COUNT(*) AS n FROM mi_relation WHERE ${direction === 'there' ? 'src' : 'dst'} = ? AND kind = ${String(kindAt(kind))}`,
      id,
    ),
  ]);
  const part = rows.slice(0, RELATIONS_A_PAGE);
  const last = part.at(-1);
  const nameOf = await namesFor(part);
  return {
    rows: part.map((one) => shown(one, kind, nameOf)),
    total: counted[0]?.n ?? 0,
    ...(rows.length > RELATIONS_A_PAGE && last && { after: toPlace([last.name, last.id]) }),
  };
}
