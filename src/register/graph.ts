/** What hangs together with an item, in any direction: a bounded piece of the graph, and the way from one item to another. */
import { z } from 'zod';
import { namesOfKind } from '../agreements/service';
import type { GraphEdge, GraphNode, RegisterNeighbourhood, RegisterPath } from '../contract';
import { RELATION_KINDS, RELATIONS, type RelationKind } from '../method';
import { select, sqlNumber } from '../platform/sql';
import { type FoundItem, inChunks, itemsById, itemsByKey, marks, placesOf } from './reach';
import { noSuchItem } from './known';

const row = z
  .object({ a: sqlNumber, k: sqlNumber, b: sqlNumber, r: z.string(), p: z.string().nullable(), n: sqlNumber.nullable() })
  .transform(({ a, k, b, r, p, n }) => ({
    src: a,
    kind: RELATION_KINDS[k] ?? 'connectedTo',
    dst: b,
    ref: r,
    path: p ?? undefined,
    need: n ?? undefined,
  }));
type Row = z.infer<typeof row>;
const COLUMNS = 'src AS a, kind AS k, dst AS b, ref AS r, path AS p, need AS n';

/** Of these items, whichever end they are. */
const around = (ids: readonly number[], kinds: readonly RelationKind[], most: number): Promise<Row[]> =>
  inChunks(ids, (some) =>
    select(
      row,
      `(SELECT ${COLUMNS} FROM mi_relation WHERE src IN (${marks(some)}) AND kind IN (${placesOf(kinds)}) LIMIT ${String(most)})
       UNION ALL (SELECT ${COLUMNS} FROM mi_relation WHERE dst IN (${marks(some)}) AND src NOT IN (${marks(some)}) AND kind IN (${placesOf(kinds)}) LIMIT ${String(most)})`,
      ...some,
      ...some,
      ...some,
    ),
  );

/** How many relations items have in all, by id. */
async function degrees(ids: readonly number[], kinds: readonly RelationKind[]): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const rows = await inChunks(ids, (some) =>
    select(
      z.object({ id: sqlNumber, n: sqlNumber }),
      `SELECT src AS id, COUNT(*) AS n FROM mi_relation WHERE src IN (${marks(some)}) AND kind IN (${placesOf(kinds)}) GROUP BY src
       UNION ALL SELECT dst AS id, COUNT(*) AS n FROM mi_relation WHERE dst IN (${marks(some)}) AND kind IN (${placesOf(kinds)}) GROUP BY dst`,
      ...some,
      ...some,
    ),
  );
  for (const { id, n } of rows) found.set(id, (found.get(id) ?? 0) + n);
  return found;
}

export interface Looked {
  key: string;
  steps: number;
  kinds?: readonly RelationKind[] | undefined;
  classes: readonly string[];
  limit: number;
}

const refName = (kind: RelationKind, ref: string): string => `${RELATIONS[kind].to} ${ref}`;

/** Names of what stands at the other ends and is no item: by `refName`. */
async function namesOfRefs(rows: readonly Row[]): Promise<Map<string, string>> {
  const of = (to: 'service' | 'party'): string[] => [...new Set(rows.flatMap(({ kind, ref }) => (RELATIONS[kind].to === to ? [ref] : [])))];
  const [services, parties] = await Promise.all([namesOfKind('service', of('service')), namesOfKind('party', of('party'))]);
  return new Map([
    ...[...services].map(([id, { name }]): [string, string] => [`service ${id}`, name]),
    ...[...parties].map(([id, { name }]): [string, string] => [`party ${id}`, name]),
  ]);
}

interface Near {
  items: Map<number, FoundItem>;
  depths: Map<number, number>;
  truncated: boolean;
}

/** Level by level, until it is far enough or there are enough. */
async function nearTo(
  first: FoundItem,
  { steps, kinds, classes, limit }: Required<Omit<Looked, 'key'>> & { kinds: readonly RelationKind[] },
): Promise<Near> {
  const depths = new Map<number, number>([[first.id, 0]]);
  const items = new Map<number, FoundItem>([[first.id, first]]);
  let truncated = false;
  let front = [first.id];
  // Of some classes alone many are read that are not shown.
  const most = (classes.length === 0 ? 2 : 4) * limit;
  for (let depth = 1; depth <= steps && front.length > 0; depth += 1) {
    if (items.size >= limit) return { items, depths, truncated: true };
    const rows = await around(front, kinds, most);
    const near = [...new Set(rows.flatMap(({ src, dst }) => [src, dst]))].filter((id) => id > 0 && !items.has(id));
    const room = limit - items.size;
    const read = await itemsById(near.slice(0, classes.length === 0 ? room + 1 : most));
    const found = read.filter((one) => classes.length === 0 || classes.includes(one.class));
    truncated ||= found.length > room || near.length > most || rows.length >= most;
    front = found.slice(0, room).map(({ id }) => id);
    for (const one of found.slice(0, room)) {
      depths.set(one.id, depth);
      items.set(one.id, one);
    }
  }
  return { items, depths, truncated };
}

/** Relations between what is shown, and what is no item at their ends. What is no item takes the room that items leave. */
async function drawn(
  rows: readonly Row[],
  { items, depths }: Near,
  limit: number,
): Promise<{ edges: GraphEdge[]; refs: GraphNode[]; ends: Map<number, number> }> {
  const names = await namesOfRefs(rows);
  const keyOf = (id: number): string => items.get(id)?.key ?? '';
  const ends = new Map<number, number>();
  const edges: GraphEdge[] = [];
  const refs = new Map<string, GraphNode>();
  for (const { src, kind, dst, ref, path, need } of rows) {
    const { to } = RELATIONS[kind];
    const id = refName(kind, ref);
    if (dst === 0 && to !== 'item') {
      if (!refs.has(id) && items.size + refs.size >= limit) continue;
      refs.set(id, refs.get(id) ?? { id, kind: to, name: names.get(id) ?? ref, depth: (depths.get(src) ?? 0) + 1, more: 0 });
    }
    for (const end of dst === 0 ? [src] : [src, dst]) ends.set(end, (ends.get(end) ?? 0) + 1);
    edges.push({
      from: keyOf(src),
      kind,
      to: dst === 0 ? id : keyOf(dst),
      ...(path !== undefined && { group: path }),
      ...(need !== undefined && { need }),
    });
  }
  return { edges, refs: [...refs.values()], ends };
}

export async function neighbourhood({ key, kinds = RELATION_KINDS, ...looked }: Looked): Promise<Omit<RegisterNeighbourhood, 'classes'>> {
  const [first] = await itemsByKey([key]);
  if (!first) throw noSuchItem(key);
  const near = await nearTo(first, { kinds, ...looked });
  const { items, depths, truncated } = near;
  const ids = [...items.keys()];
  const [rows, all] = await Promise.all([
    inChunks(ids, (some) =>
      select(row, `SELECT ${COLUMNS} FROM mi_relation WHERE src IN (${marks(some)}) AND kind IN (${placesOf(kinds)}) LIMIT 20000`, ...some),
    ),
    degrees(ids, kinds),
  ]);
  const shown = rows.filter(({ dst }) => dst === 0 || items.has(dst));
  const { edges, refs, ends } = await drawn(shown, near, looked.limit);
  const nodes = [...items.values()].map(({ id, key: of, name, class: kind, life, place }): GraphNode => ({
    id: of,
    kind: 'item',
    name,
    class: kind,
    life,
    ...(place !== undefined && { place }),
    depth: depths.get(id) ?? 0,
    more: Math.max(0, (all.get(id) ?? 0) - (ends.get(id) ?? 0)),
  }));
  return { state: 'ok', nodes: [...nodes, ...refs], edges, truncated };
}

/** Both ends look for each other; so many items are looked at, so far. */
const MOST_LOOKED = 20_000;
const FARTHEST = 8;
const A_LEVEL = 20_000;

interface Side {
  from: Map<number, Row | undefined>;
  front: number[];
}

export async function pathBetween({
  from,
  to,
  kinds = RELATION_KINDS,
}: {
  from: string;
  to: string;
  kinds?: readonly RelationKind[] | undefined;
}): Promise<RegisterPath> {
  const found = await itemsByKey([from, to]);
  const idOf = (key: string): number => {
    const item = found.find((one) => one.key.toLowerCase() === key.toLowerCase());
    if (!item) throw noSuchItem(key);
    return item.id;
  };
  const between = kinds.filter((kind) => RELATIONS[kind].to === 'item');
  const sides = [from, to].map((key): Side => ({ from: new Map([[idOf(key), undefined]]), front: [idOf(key)] })) as [Side, Side];
  const meeting = (): number | undefined => [...sides[0].from.keys()].find((id) => sides[1].from.has(id));
  const looked = (): number => sides[0].from.size + sides[1].from.size;
  let met = meeting();
  let cut = false;
  for (let step = 0; met === undefined && step < FARTHEST && looked() < MOST_LOOKED; step += 1) {
    const [near] = [...sides].sort((a, b) => a.front.length - b.front.length) as [Side, Side];
    if (near.front.length === 0) break;
    const rows = await around(near.front, between, A_LEVEL);
    cut ||= rows.length >= A_LEVEL;
    const here = new Set(near.front);
    const next: number[] = [];
    for (const one of rows) {
      if (one.dst === 0) continue;
      for (const [here1, there] of [
        [one.src, one.dst],
        [one.dst, one.src],
      ] as const) {
        if (!here.has(here1) || near.from.has(there)) continue;
        near.from.set(there, one);
        next.push(there);
      }
    }
    near.front = next;
    met = meeting();
  }
  const exhausted = sides.some(({ front }) => front.length === 0);
  if (met === undefined) return { state: 'ok', items: [], edges: [], looked: looked(), givenUp: cut || !exhausted };
  const walk = (side: Side): { ids: number[]; rows: Row[] } => {
    const ids: number[] = [];
    const rows: Row[] = [];
    for (let id = met ?? 0, row = side.from.get(id); row !== undefined; row = side.from.get(id)) {
      id = row.src === id ? row.dst : row.src;
      rows.push(row);
      ids.push(id);
    }
    return { ids, rows };
  };
  const [back, on] = [walk(sides[0]), walk(sides[1])];
  const ids = [...back.ids.reverse(), met, ...on.ids];
  const rows = [...back.rows.reverse(), ...on.rows];
  const items = new Map((await itemsById(ids)).map((one) => [one.id, one]));
  const keyOf = (id: number): string => items.get(id)?.key ?? '';
  return {
    state: 'ok',
    items: ids.flatMap((id) => items.get(id) ?? []).map(({ key, name, class: of }) => ({ key, name, class: of })),
    edges: rows.map(({ src, kind, dst }) => ({ from: keyOf(src), kind, to: keyOf(dst) })),
    looked: looked(),
    givenUp: false,
  };
}
