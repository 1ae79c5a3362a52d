/**
 * The list of items in SQL: filters, counts that add up, and paging by the keys it is sorted by. Which items come is asked first, of what is sorted and
 * filtered alone; what a page shows of them is read for its hundred rows.
 */
import { z } from 'zod';
import { liveAgreements, namesOfKind } from '../agreements/service';
import { FRESHNESS, type Freshness, type ItemClass, ITEMS_A_PAGE, type RegisterFacets, type RegisterFilters, type RegisterSort } from '../contract';
import { LIFE_KEYS, RELATION_KINDS, type RelationKind, RELATIONS } from '../method';
import { fromPlace, toPlace } from '../platform/place';
import { select, sqlNumber, type SqlValue } from '../platform/sql';
import { freshnessAt, freshnessColumn } from './freshness';
import { LOCKING } from './locks';
import { kindAt } from './relations';
import { lifeColumn, marks } from './store';

interface Clause {
  sql: string;
  params: SqlValue[];
}
const clause = (sql: string, ...params: SqlValue[]): Clause => ({ sql, params });
const EVERYTHING = '1 = 1';
const all = (clauses: readonly Clause[]): Clause =>
  clause(clauses.length === 0 ? EVERYTHING : clauses.map(({ sql }) => `(${sql})`).join(' AND '), ...clauses.flatMap(({ params }) => params));
const anyOf = (column: string, wanted: readonly SqlValue[]): Clause[] =>
  wanted.length === 0 ? [] : [clause(`${column} IN (${marks(wanted.length)})`, ...wanted)];
const literal = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Words beyond these say nothing more. */
const WORDS_ASKED = 8;

/** The beginning of a key, or every word somewhere in the name. */
export function searched(search: string): Clause[] {
  const words = search
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS_ASKED);
  if (words.length === 0) return [];
  const named = words.map((word) => clause('i.name LIKE ?', `%${literal(word)}%`));
  const inName = all(named);
  return [words.length === 1 ? clause(`i.item_key LIKE ? OR ${inName.sql}`, `${literal(search)}%`, ...inName.params) : inName];
}

/** What a filter leads to at the far end of relations. */
interface Ends {
  kind: RelationKind;
  refs: readonly string[];
}

const kindsWhere = (fits: (kind: RelationKind) => boolean): string => RELATION_KINDS.filter(fits).map(kindAt).join(', ');
/** Trouble with the end that is named goes to the one that names it; the other way round. */
export const COMES_BACK = kindsWhere((kind) => RELATIONS[kind].to === 'item' && RELATIONS[kind].trouble === 'to');
export const GOES_ON = kindsWhere((kind) => RELATIONS[kind].to === 'item' && RELATIONS[kind].trouble === 'from');

/** Items that reach one of these ends directly, or over one item along which their trouble travels. */
function reaching(ends: readonly Ends[], name: string): Clause | undefined {
  const parts = ends.filter(({ refs }) => refs.length > 0);
  if (parts.length === 0) return undefined;
  const led = all([clause(parts.map(({ refs }) => `s.ref IN (${marks(refs.length)}) AND s.kind = ?`).join(' OR '))]).sql;
  const params = parts.flatMap(({ kind, refs }): SqlValue[] => [...refs, kindAt(kind)]);
  return clause(
    `JOIN (SELECT s.src AS id FROM mi_relation s WHERE ${led}
       UNION SELECT r.dst FROM mi_relation s JOIN mi_relation r ON r.src = s.src AND r.kind IN (${COMES_BACK}) WHERE ${led}
       UNION SELECT r.src FROM mi_relation s JOIN mi_relation r ON r.dst = s.src AND r.kind IN (${GOES_ON}) WHERE ${led}) ${name} ON ${name}.id = i.id`,
    ...params,
    ...params,
    ...params,
  );
}

const NOBODY = clause('JOIN (SELECT 0 AS id) nobody ON nobody.id = i.id');

/** A party and whatever is a part of it. */
async function withParts(party: string): Promise<string[]> {
  const known = await namesOfKind('party');
  const within = new Set([party]);
  for (const one of within) for (const [id, { parent }] of known) if (parent === one) within.add(id);
  return [...within];
}

/** Filters that lead over relations. */
async function joinsOf({ customer, service, agreement }: RegisterFilters): Promise<Clause[]> {
  const found: Clause[] = [];
  if (service !== undefined) found.push(reaching([{ kind: 'supports', refs: [service] }], 'by_service') ?? NOBODY);
  if (agreement !== undefined) {
    const [live] = await liveAgreements({ ids: [agreement] });
    const ends: Ends[] = [
      { kind: 'coveredBy', refs: [agreement] },
      { kind: 'supports', refs: live?.services ?? [] },
    ];
    found.push(reaching(ends, 'by_agreement') ?? NOBODY);
  }
  if (customer !== undefined) {
    const parties = await withParts(customer);
    const live = await liveAgreements({ customers: parties });
    const ends: Ends[] = [
      { kind: 'usedBy', refs: parties },
      { kind: 'coveredBy', refs: live.map(({ id }) => id) },
      { kind: 'supports', refs: [...new Set(live.flatMap(({ services }) => services))] },
    ];
    found.push(reaching(ends, 'by_customer') ?? NOBODY);
  }
  return found;
}

export interface Filtered {
  /** After FROM mi_item i. */
  joins: Clause;
  where: Clause;
}

export async function filtered(filters: RegisterFilters, classes: readonly ItemClass[], at: number): Promise<Filtered> {
  const { search, classes: wanted, lives, verified, keeper, location, changing, gone } = filters;
  const fresh = freshnessColumn(classes, at);
  const joins = await joinsOf(filters);
  return {
    joins: clause(joins.map(({ sql }) => sql).join(' '), ...joins.flatMap(({ params }) => params)),
    where: all([
      ...searched(search),
      ...anyOf('i.class', wanted),
      ...anyOf(
        'i.life',
        lives.map((life) => LIFE_KEYS.indexOf(life)),
      ),
      ...(verified.length === 0
        ? []
        : [clause(`${fresh.sql} IN (${marks(verified.length)})`, ...fresh.params, ...verified.map((one) => FRESHNESS.indexOf(one)))]),
      ...(keeper === undefined ? [] : [clause('i.keeper = ?', keeper)]),
      ...(location === undefined ? [] : [clause('i.location = ?', location)]),
      ...(changing === undefined
        ? []
        : [clause(`${changing ? '' : 'NOT '}EXISTS (SELECT 1 FROM mi_tie t WHERE t.item_key = i.item_key AND ${LOCKING})`)]),
      ...(gone === undefined ? [] : [clause(`i.gone_at IS ${gone ? 'NOT ' : ''}NULL`)]),
    ]),
  };
}

interface Key {
  sql: string;
  down?: boolean;
}

/** In what order; every order ends with what no two share. What has no value comes last, either way. */
function keysOf({ by, down }: RegisterSort, classes: readonly ItemClass[]): Key[] {
  const last: Key[] = [{ sql: 'i.item_key' }];
  const maybe = (column: string, text: string): Key[] => [{ sql: `${column} IS NULL` }, { sql: text, down }, ...last];
  switch (by) {
    case 'key':
      return [{ sql: 'i.item_key', down }];
    case 'name':
      return [
        { sql: 'i.name', down },
        { sql: 'i.item_key', down },
      ];
    case 'class': {
      const named = [...classes].sort((a, b) => a.name.localeCompare(b.name, 'en')).map(({ key }) => `'${key}'`);
      return [{ sql: `FIELD(i.class, ${named.join(', ')})`, down }, ...last];
    }
    case 'life':
      return [{ sql: 'i.life', down }, ...last];
    case 'keeper':
      return maybe('i.keeper', `COALESCE((SELECT k.name FROM agreement_record k WHERE k.kind = 'party' AND k.id = i.keeper), i.keeper, '')`);
    case 'location':
      return maybe('i.location', `COALESCE(i.location, '')`);
    case 'criticality':
      return maybe('i.criticality', 'COALESCE(i.criticality, -1)');
    case 'verified':
      return maybe('i.verified_at', `COALESCE(CAST(i.verified_at AS CHAR), '')`);
  }
}

/** After these values: the first key that differs decides. */
const afterKeys = (keys: readonly Key[], values: readonly SqlValue[]): Clause => {
  const ways = keys.map(({ sql, down }, index): Clause => {
    const same = keys.slice(0, index).map((key) => `${key.sql} = ?`);
    return clause([...same, `${sql} ${down ? '<' : '>'} ?`].join(' AND '), ...values.slice(0, index + 1));
  });
  return clause(ways.map(({ sql }) => `(${sql})`).join(' OR '), ...ways.flatMap(({ params }) => params));
};

/** The counts of the first part go along, so that they are counted once. */
const place = z.object({
  asOf: z.number().int(),
  total: z.number().int(),
  inAll: z.number().int(),
  keys: z
    .array(z.union([z.string(), z.number()]))
    .min(1)
    .max(4),
});

const keyed = z.object({ id: sqlNumber }).loose();
const counts = z.object({ n: sqlNumber });

export interface Listed {
  ids: number[];
  total: number;
  inAll: number;
  asOf: number;
  after: string | undefined;
}

const countAll = async (): Promise<number> => (await select(counts, 'SELECT COUNT(*) AS n FROM mi_item'))[0]?.n ?? 0;
const countOf = async ({ joins, where }: Filtered): Promise<number> =>
  (await select(counts, `SELECT COUNT(*) AS n FROM mi_item i ${joins.sql} WHERE ${where.sql}`, ...joins.params, ...where.params))[0]?.n ?? 0;

/** Which items come, in their order, and how many there are: two or three SELECTs, whatever the number of items. What fits on one page is not counted again. */
export async function listed(
  { filters, sort, after }: { filters: RegisterFilters; sort: RegisterSort; after?: string | undefined },
  classes: readonly ItemClass[],
  at: number,
): Promise<Listed> {
  const from = after === undefined ? undefined : fromPlace(place, after);
  const asOf = from?.asOf ?? at;
  const wanted = await filtered(filters, classes, asOf);
  const { joins, where } = wanted;
  const keys = keysOf(sort, classes);
  const beyond = from ? afterKeys(keys, from.keys) : clause('1 = 1');
  const [rows, inAll] = await Promise.all([
    select(
      keyed,
      `SELECT i.id, ${keys.map(({ sql }, index) => `${sql} AS key_${String(index)}`).join(', ')} FROM mi_item i ${joins.sql}
       WHERE ${where.sql} AND (${beyond.sql})
       ORDER BY ${keys.map(({ sql, down }) => `${sql}${down ? ' DESC' : ''}`).join(', ')} LIMIT ${String(ITEMS_A_PAGE + 1)}`,
      ...joins.params,
      ...where.params,
      ...beyond.params,
    ),
    from?.inAll ?? countAll(),
  ]);
  const more = rows.length > ITEMS_A_PAGE;
  const everything = joins.sql === '' && where.sql === EVERYTHING;
  const total = from?.total ?? (everything ? inAll : more ? await countOf(wanted) : rows.length);
  const shown = rows.slice(0, ITEMS_A_PAGE);
  const last = shown.at(-1);
  return {
    ids: shown.map(({ id }) => id),
    total,
    inAll,
    asOf,
    after: more && last ? toPlace({ asOf, total, inAll, keys: keys.map((_key, index) => last[`key_${String(index)}`]) }) : undefined,
  };
}

const facet = z.object({ class: z.string(), life: lifeColumn, fresh: sqlNumber, n: sqlNumber });

/** One SELECT. Each of the three adds up to the total. */
export async function counted(filters: RegisterFilters, classes: readonly ItemClass[], at: number): Promise<Omit<RegisterFacets, 'state'>> {
  const { joins, where } = await filtered(filters, classes, at);
  const fresh = freshnessColumn(classes, at);
  const rows = await select(
    facet,
    `SELECT i.class, i.life, ${fresh.sql} AS fresh, COUNT(*) AS n FROM mi_item i ${joins.sql} WHERE ${where.sql} GROUP BY i.class, i.life, fresh`,
    ...fresh.params,
    ...joins.params,
    ...where.params,
  );
  const sums = <K extends string>(of: (row: (typeof rows)[number]) => K): Map<K, number> => {
    const sum = new Map<K, number>();
    for (const row of rows) sum.set(of(row), (sum.get(of(row)) ?? 0) + row.n);
    return sum;
  };
  const names = new Map(classes.map(({ key, name }) => [key, name]));
  const byClass = [...sums((row) => row.class)].map(([key, count]) => ({ key, name: names.get(key) ?? key, count }));
  const byLife = sums((row) => row.life);
  const byFreshness = sums((row): Freshness => freshnessAt(row.fresh));
  return {
    total: rows.reduce((sum, { n }) => sum + n, 0),
    classes: byClass.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    lives: LIFE_KEYS.flatMap((key) => (byLife.has(key) ? [{ key, count: byLife.get(key) ?? 0 }] : [])),
    verified: FRESHNESS.map((key) => ({ key, count: byFreshness.get(key) ?? 0 })),
  };
}

const reached = z.object({ item: sqlNumber, kind: sqlNumber, ref: z.string() });

/** Services and agreements that items reach directly or over one item, by item. */
export async function endsOf(ids: readonly number[]): Promise<Map<number, { services: Set<string>; agreements: Set<string> }>> {
  const found = new Map(ids.map((id) => [id, { services: new Set<string>(), agreements: new Set<string>() }]));
  if (ids.length === 0) return found;
  const ends = `s.kind IN (${String(kindAt('supports'))}, ${String(kindAt('coveredBy'))})`;
  const among = marks(ids.length);
  const rows = await select(
    reached,
    `SELECT s.src AS item, s.kind, s.ref FROM mi_relation s WHERE s.src IN (${among}) AND ${ends}
     UNION SELECT r.dst, s.kind, s.ref FROM mi_relation r JOIN mi_relation s ON s.src = r.src AND ${ends} WHERE r.dst IN (${among}) AND r.kind IN (${COMES_BACK})
     UNION SELECT r.src, s.kind, s.ref FROM mi_relation r JOIN mi_relation s ON s.src = r.dst AND ${ends} WHERE r.src IN (${among}) AND r.kind IN (${GOES_ON})`,
    ...ids,
    ...ids,
    ...ids,
  );
  for (const { item, kind, ref } of rows) found.get(item)?.[kind === kindAt('supports') ? 'services' : 'agreements'].add(ref);
  return found;
}
