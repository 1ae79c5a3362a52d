/**
 * What hangs together with items, asked of the database: up to three steps in one statement, further ones level by level up to a bound. Reads alone; who
 * judges what was read is impact.ts.
 */
import { z } from 'zod';
import { LIFE_KEYS, LIFE_OVER, RELATION_KINDS, RELATIONS, type RelationKind } from '../method';
import { select, sqlMoment, sqlNumber, type SqlValue } from '../platform/sql';
import { type ItemRelation, type Link, linkOf } from './impact';

/** onwards: what depends on it. back: what it depends on. */
export type Direction = 'onwards' | 'back';

/** So many items of three steps, so many of more; so many relations of them. */
export const MOST_REACHED = 10_000;
export const MOST_FAR = 2_000;
const MOST_LINKS = 40_000;
const STEPS_AT_ONCE = 3;
/** Ids in one statement. */
const A_CHUNK = 1_000;

const placeOf = (kind: RelationKind): number => RELATION_KINDS.indexOf(kind);
/** As a statement lists them. */
export const placesOf = (kinds: readonly RelationKind[]): string => (kinds.length === 0 ? '-1' : kinds.map(placeOf).join(', '));
const kindAt = (place: number): RelationKind | undefined => RELATION_KINDS[place];
export const marks = (all: readonly (string | number)[]): string => all.map(() => '?').join(', ');

/** Relations between items along which trouble travels. */
export const CARRYING = RELATION_KINDS.filter((kind) => RELATIONS[kind].to === 'item' && RELATIONS[kind].trouble !== undefined);
/** An item whose life is over carries nothing and holds nothing up. */
const ALIVE = `life NOT IN (${LIFE_OVER.map((life) => String(LIFE_KEYS.indexOf(life))).join(', ')})`;

const carrying = (kinds: readonly RelationKind[], end: 'from' | 'to'): number[] =>
  CARRYING.filter((kind) => kinds.includes(kind) && RELATIONS[kind].trouble === end).map(placeOf);
/** No kind at all: no relation has it. */
const inKinds = (column: string, places: readonly number[]): string => `${column} IN (${places.length === 0 ? '-1' : places.join(', ')})`;

/** Every way of `r.src` with the name of this one, whatever the page asks for. */
const WAYS = `IF(r.path IS NULL, NULL, (SELECT COUNT(*) FROM mi_relation g JOIN mi_item o ON o.id = g.dst AND o.${ALIVE}
  WHERE g.src = r.src AND g.path = r.path AND g.dst <> g.src AND ${inKinds('g.kind', carrying(CARRYING, 'to'))}))`;
const COLUMNS = `r.src AS a, r.kind AS k, r.dst AS b, r.ref AS r, r.path AS p, r.need AS n`;

const relationRow = z.object({
  a: sqlNumber,
  k: sqlNumber,
  b: sqlNumber,
  r: z.string(),
  p: z.string().nullable(),
  n: sqlNumber.nullable(),
  w: sqlNumber.nullable(),
});
type RelationRow = z.infer<typeof relationRow>;

const itemRow = z
  .object({
    id: sqlNumber,
    item_key: z.string(),
    name: z.string(),
    class: z.string(),
    location: z.string().nullable(),
    keeper: z.string().nullable(),
    life: sqlNumber,
  })
  .transform(({ id, item_key: key, name, class: of, location, keeper, life }) => ({
    id,
    key,
    name,
    class: of,
    place: location ?? undefined,
    keeper: keeper ?? undefined,
    life: LIFE_KEYS[life] ?? LIFE_KEYS[0],
  }));
export type FoundItem = z.infer<typeof itemRow>;
const ITEM = 'i.id, i.item_key, i.name, i.class, i.location, i.keeper, i.life';

export interface Reach {
  items: Map<number, FoundItem>;
  links: Link[];
  /** From items to what is no item: a party, a service, an agreement. */
  refs: { src: number; kind: RelationKind; ref: string }[];
  /** There is more than was read. */
  truncated: boolean;
}

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / A_CHUNK) }, (_, part) => all.slice(part * A_CHUNK, (part + 1) * A_CHUNK));
export const inChunks = async <T, R>(all: readonly T[], ask: (some: readonly T[]) => Promise<R[]>): Promise<R[]> =>
  (await Promise.all(chunks(all).map(ask))).flat();

export const itemsById = (ids: readonly number[]): Promise<FoundItem[]> =>
  inChunks(ids, (some) => select(itemRow, `SELECT ${ITEM} FROM mi_item i WHERE i.id IN (${marks(some)})`, ...some));

export const itemsByKey = (keys: readonly string[]): Promise<FoundItem[]> =>
  keys.length === 0 ? Promise.resolve([]) : select(itemRow, `SELECT ${ITEM} FROM mi_item i WHERE i.item_key IN (${marks(keys)})`, ...keys);

/** Towards whoever names it, by the kinds that hurt whoever names; the other way by the others. */
function sidesOf(kinds: readonly RelationKind[], direction: Direction): { named: number[]; naming: number[] } {
  const [to, from] = [carrying(kinds, 'to'), carrying(kinds, 'from')];
  return direction === 'onwards' ? { named: to, naming: from } : { named: from, naming: to };
}

/** What is reached from items within so many steps, whatever holds: depth by id, and again by another way with another depth. */
function reachSql(
  start: readonly number[],
  steps: number,
  kinds: readonly RelationKind[],
  direction: Direction,
): { text: string; params: SqlValue[] } {
  const { named, naming } = sidesOf(kinds, direction);
  return {
    text: `WITH RECURSIVE reach (id, depth) AS (
      SELECT id, 0 FROM mi_item WHERE id IN (${marks(start)})
      UNION SELECT r.src, c.depth + 1 FROM reach c JOIN mi_relation r ON r.dst = c.id AND ${inKinds('r.kind', named)} WHERE c.depth < ${String(steps)}
      UNION SELECT r.dst, c.depth + 1 FROM reach c JOIN mi_relation r ON r.src = c.id AND ${inKinds('r.kind', naming)} WHERE r.dst > 0 AND c.depth < ${String(steps)})`,
    params: [...start],
  };
}

const REFS = RELATION_KINDS.filter((kind) => RELATIONS[kind].to !== 'item');
const links = (rows: readonly RelationRow[], known: ReadonlyMap<number, FoundItem>): Link[] =>
  rows.flatMap(({ a, k, b, p, n, w }) => {
    const kind = kindAt(k);
    const alive = (id: number): boolean => !LIFE_OVER.includes(known.get(id)?.life ?? 'disposed');
    if (kind === undefined || b === 0 || !alive(a) || !alive(b)) return [];
    const relation: ItemRelation = {
      src: a,
      dst: b,
      kind,
      ...(p !== null && { path: p, ...(n !== null && { need: n }), ...(w !== null && { ways: w }) }),
    };
    return linkOf(relation) ?? [];
  });
const refs = (rows: readonly RelationRow[], known: ReadonlyMap<number, FoundItem>): Reach['refs'] =>
  rows.flatMap(({ a, k, b, r }) => {
    const kind = kindAt(k);
    return kind !== undefined && b === 0 && known.has(a) ? [{ src: a, kind, ref: r }] : [];
  });

interface Asked {
  start: readonly number[];
  steps: number;
  kinds: readonly RelationKind[];
  direction: Direction;
}

/** Three statements, whatever is reached. Not one: tables made on the way cost the database more memory than Forge SQL grants a query. */
async function near({ start, steps, kinds, direction }: Asked): Promise<Reach> {
  const { text, params } = reachSql(start, steps, kinds, direction);
  const inner = `SELECT id, MIN(depth) AS depth FROM reach GROUP BY id`;
  const { named, naming } = sidesOf(kinds, direction);
  const refKinds = direction === 'onwards' ? REFS : [];
  const [items, ...found] = await Promise.all([
    select(
      itemRow,
      `${text} SELECT ${ITEM} FROM (${inner} ORDER BY depth, id LIMIT ${String(MOST_REACHED + 1)}) AS m JOIN mi_item i ON i.id = m.id`,
      ...params,
    ),
    select(
      relationRow,
      `${text} SELECT ${COLUMNS}, ${WAYS} AS w FROM (${inner}) AS m JOIN mi_relation r ON r.dst = m.id AND ${inKinds('r.kind', named)}
       WHERE m.depth < ${String(steps)} LIMIT ${String(MOST_LINKS + 1)}`,
      ...params,
    ),
    select(
      relationRow,
      `${text} SELECT ${COLUMNS}, ${WAYS} AS w FROM (${inner}) AS m JOIN mi_relation r ON r.src = m.id
         AND (m.depth < ${String(steps)} AND ${inKinds('r.kind', naming)} OR ${inKinds('r.kind', refKinds.map(placeOf))})
       LIMIT ${String(MOST_LINKS + 1)}`,
      ...params,
    ),
  ]);
  const relations = found.flat();
  const known = new Map(items.slice(0, MOST_REACHED).map((one) => [one.id, one]));
  return {
    items: known,
    links: links(relations, known),
    refs: refs(relations, known),
    truncated: items.length > MOST_REACHED || found.some(({ length }) => length > MOST_LINKS),
  };
}

/** One level after the other, until there is nothing more or enough. */
async function far({ start, steps, kinds, direction }: Asked): Promise<Reach> {
  const { named, naming } = sidesOf(kinds, direction);
  const known = new Set(start);
  const relations: RelationRow[] = [];
  let truncated = false;
  let front = [...known];
  const level = (some: readonly number[]): Promise<RelationRow[]> =>
    select(
      relationRow,
      `SELECT ${COLUMNS}, ${WAYS} AS w FROM mi_relation r WHERE r.dst IN (${marks(some)}) AND ${inKinds('r.kind', named)}
       UNION ALL SELECT ${COLUMNS}, ${WAYS} AS w FROM mi_relation r WHERE r.src IN (${marks(some)}) AND r.dst > 0 AND ${inKinds('r.kind', naming)}
       LIMIT ${String(MOST_LINKS + 1)}`,
      ...some,
      ...some,
    );
  for (let step = 0; step < steps && front.length > 0 && !truncated; step += 1) {
    const rows = await inChunks(front, level);
    const here = new Set(front);
    const next = new Set<number>();
    for (const row of rows) {
      relations.push(row);
      for (const end of [row.a, row.b]) if (!here.has(end) && !known.has(end) && known.size + next.size <= MOST_FAR) next.add(end);
    }
    truncated = known.size + next.size > MOST_FAR || relations.length > MOST_LINKS;
    front = [...next];
    for (const id of next) known.add(id);
  }
  const ids = [...known].slice(0, MOST_FAR);
  const [items, beside] = await Promise.all([
    itemsById(ids),
    inChunks(ids, (some) =>
      select(
        relationRow,
        `SELECT ${COLUMNS}, NULL AS w FROM mi_relation r WHERE r.src IN (${marks(some)}) AND ${inKinds('r.kind', REFS.map(placeOf))} LIMIT ${String(MOST_LINKS + 1)}`,
        ...some,
      ),
    ),
  ]);
  const of = new Map(items.map((one) => [one.id, one]));
  return { items: of, links: links(relations, of), refs: refs(beside, of), truncated };
}

export const reachOf = (asked: Asked): Promise<Reach> => (asked.steps > STEPS_AT_ONCE ? far(asked) : near(asked));

/** Services that items carry, over so many steps, and agreements that cover them. */
export async function refsBeyond(start: readonly number[], steps: number): Promise<{ services: string[]; agreements: string[] }> {
  if (start.length === 0) return { services: [], agreements: [] };
  const { text, params } = reachSql(start, steps, CARRYING, 'onwards');
  const rows = await select(
    z.object({ k: sqlNumber, r: z.string() }),
    `${text} SELECT DISTINCT r.kind AS k, r.ref AS r FROM (SELECT DISTINCT id FROM reach) AS m JOIN mi_relation r ON r.src = m.id
       AND ${inKinds('r.kind', [placeOf('supports'), placeOf('coveredBy')])} ORDER BY k, r LIMIT 500`,
    ...params,
  );
  const of = (kind: RelationKind): string[] => rows.flatMap(({ k, r }) => (k === placeOf(kind) ? [r] : []));
  return { services: of('supports'), agreements: of('coveredBy') };
}

/** How many items support each service, whatever happens to them. */
export async function supportersOf(services: readonly string[]): Promise<Map<string, number>> {
  const rows = await inChunks(services, (some) =>
    select(
      z.object({ r: z.string(), n: sqlNumber }),
      `SELECT r.ref AS r, COUNT(*) AS n FROM mi_relation r JOIN mi_item i ON i.id = r.src AND i.${ALIVE}
       WHERE r.ref IN (${marks(some)}) AND r.kind = ? GROUP BY r.ref`,
      ...some,
      placeOf('supports'),
    ),
  );
  return new Map(rows.map(({ r, n }) => [r, n]));
}

const workRow = z
  .object({
    work_id: z.string(),
    work_key: z.string(),
    item_key: z.string(),
    role: sqlNumber,
    window_start: sqlMoment.nullable(),
    window_end: sqlMoment.nullable(),
  })
  .transform((one) => ({
    id: one.work_id,
    key: one.work_key,
    item: one.item_key,
    role: one.role,
    start: one.window_start ?? undefined,
    end: one.window_end ?? undefined,
  }));
export type WorkTie = z.infer<typeof workRow>;
const MOST_TIES = 2_000;

/** Open work on items, by the keys of the items. */
export const openWorkOn = (keys: readonly string[]): Promise<WorkTie[]> =>
  inChunks(keys, (some) =>
    select(
      workRow,
      `SELECT work_id, work_key, item_key, role, window_start, window_end FROM mi_tie WHERE item_key IN (${marks(some)}) AND is_open = 1
       ORDER BY reported_at DESC LIMIT ${String(MOST_TIES)}`,
      ...some,
    ),
  );
