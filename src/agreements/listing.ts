/** The list of agreements in SQL: statuses of the moment from what is stored (columns.ts), filters, counts, and paging by the keys it is sorted by. */
import { z } from 'zod';
import {
  type AgreementFilters,
  agreementKind,
  type AgreementList,
  AGREEMENTS_A_PAGE,
  type AgreementSort,
  AGREEMENT_STATUSES,
  FIT_STATES,
  LAPSES_WITHIN_DAYS,
  type QuickFilter,
} from '../contract';
import { fromPlace, toPlace } from '../platform/place';
import { select, sqlFlag, sqlMoment, sqlNumber, type SqlValue, toSql } from '../platform/sql';
import { inList, likeText } from './records';

const DAY = 86_400_000;
const status = z.enum(AGREEMENT_STATUSES);
const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

interface Clause {
  sql: string;
  params: SqlValue[];
}
const clause = (sql: string, ...params: SqlValue[]): Clause => ({ sql, params });
const anyOf = (column: string, all: readonly string[]): Clause[] =>
  all.length === 0 ? [] : [clause(`${column} IN (${inList(all.length)})`, ...all)];
const both = (clauses: readonly Clause[]): Clause =>
  clause(clauses.length === 0 ? '1 = 1' : clauses.map(({ sql }) => `(${sql})`).join(' AND '), ...clauses.flatMap(({ params }) => params));

const QUICK: Readonly<Record<QuickFilter, string>> = {
  cannot: `verdict = 'cannot' AND going = 1`,
  lapses: 'lapses = 1',
  reviewOverdue: 'review_late = 1',
  missing: `verdict = 'missing' AND going = 1`,
  notAccepted: 'waiting = 1',
};

/** What needs somebody first; what is over comes last. */
const ATTENTION = `CASE WHEN status_now = 'ended' THEN 9 WHEN verdict = 'cannot' AND going = 1 THEN 0 WHEN status_now = 'expired' THEN 1
  WHEN review_late = 1 THEN 2 WHEN lapses = 1 THEN 3 WHEN verdict = 'missing' THEN 4 WHEN verdict = 'tight' THEN 5 WHEN waiting = 1 THEN 6
  WHEN verdict = 'unknown' THEN 7 ELSE 8 END`;
const KIND = `FIELD(kind, 'SA', 'OLA', 'UC')`;
const named = (all: readonly string[]): string => all.map((one) => `'${one}'`).join(', ');

interface Key {
  sql: string;
  down?: boolean;
}

/** In what order; every order ends with what no two share. */
function keysOf({ by, down }: AgreementSort): Key[] {
  const last: Key[] = [{ sql: KIND }, { sql: 'number' }, { sql: 'id' }];
  const maybe = (column: string): Key[] => [{ sql: `${column} IS NULL` }, { sql: `COALESCE(${column}, '')`, down }];
  switch (by) {
    case 'attention':
      return [{ sql: KIND, down }, { sql: ATTENTION }, { sql: 'number' }, { sql: 'id' }];
    case 'name':
      return [{ sql: 'name', down }, ...last];
    case 'party':
      return [{ sql: 'with_name', down }, ...last];
    case 'status':
      return [{ sql: `FIELD(status_now, ${named(AGREEMENT_STATUSES)})`, down }, ...last];
    case 'validUntil':
      return [...maybe('valid_until'), ...last];
    case 'nextReview':
      return [...maybe('next_review'), ...last];
    case 'verdict':
      return [{ sql: `FIELD(verdict, ${named(FIT_STATES)})`, down }, ...last];
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

const place = z.object({
  asOf: z.number().int(),
  keys: z
    .array(z.union([z.string(), z.number()]))
    .min(3)
    .max(6),
});

/** Whoever it is with: the customer of an SA, the provider of what lies under. */
const INNER = `SELECT a.id, a.kind, a.number, a.name, a.provider, a.customer, a.owner, a.shown, a.valid_until, a.lapses_at, a.next_review, a.review_late_at,
    a.open_version, a.open_status, a.waiting, a.services, a.search, a.verdict, a.reason, a.calculated_at, COALESCE(p.name, a.provider) AS provider_name, COALESCE(c.name, a.customer) AS customer_name,
    CASE WHEN a.kind = 'SA' THEN COALESCE(c.name, a.customer) ELSE COALESCE(p.name, a.provider) END AS with_name,
    CASE WHEN a.ends_at <= ? THEN 'ended' WHEN a.expires_at <= ? THEN 'expired' ELSE a.status END AS status_now
  FROM agreement a
  LEFT JOIN agreement_record p ON p.kind = 'party' AND p.id = a.provider
  LEFT JOIN agreement_record c ON c.kind = 'party' AND c.id = a.customer`;
const MARKED = `SELECT i.*, i.status_now NOT IN ('expired', 'ended') AS going,
    i.status_now IN ('inForce', 'underReview') AND i.lapses_at > ? AND i.lapses_at <= ? AS lapses,
    i.status_now IN ('inForce', 'underReview') AND COALESCE(i.review_late_at <= ?, 0) AS review_late
  FROM (${INNER}) AS i`;

function filtered(filters: AgreementFilters): Clause {
  const { search, kinds, statuses, verdicts, party, service, owner, untilFrom, untilTo } = filters;
  const words = likeText(search);
  return both([
    ...(search === '' ? [] : [clause('search LIKE ? OR provider_name LIKE ? OR customer_name LIKE ?', words, words, words)]),
    ...anyOf('kind', kinds),
    ...anyOf('status_now', statuses),
    ...anyOf('verdict', verdicts),
    ...(party === undefined ? [] : [clause('provider = ? OR customer = ?', party, party)]),
    ...(service === undefined ? [] : [clause('services LIKE ?', `%,${service.replace(/[\\%_]/g, (sign) => `\\${sign}`)},%`)]),
    ...(owner === undefined ? [] : [clause('owner = ?', owner)]),
    ...(untilFrom === undefined ? [] : [clause('valid_until >= ?', untilFrom)]),
    ...(untilTo === undefined ? [] : [clause('valid_until <= ?', untilTo)]),
  ]);
}

const row = z.object({
  id: z.string(),
  kind: agreementKind,
  name: z.string(),
  shown: sqlNumber,
  status_now: status,
  provider: z.string(),
  provider_name: z.string(),
  customer: z.string(),
  customer_name: z.string(),
  services: z.string(),
  owner: optional(z.string()),
  valid_until: optional(z.string()),
  next_review: optional(z.string()),
  verdict: z.enum(FIT_STATES),
  reason: z.string(),
  open_version: optional(sqlNumber),
  open_status: optional(status),
  lapses_at: optional(sqlMoment),
  review_late_at: optional(sqlMoment),
  lapses: optional(sqlFlag),
  review_late: optional(sqlFlag),
});
export type ListedRow = z.infer<typeof row>;

const keyed = z.object({ id: z.string() }).loose();

/** Of one kind. */
const counts = z.object({
  kind: agreementKind,
  total: sqlNumber,
  in_all: sqlNumber,
  cannot: sqlNumber,
  lapses: sqlNumber,
  review_overdue: sqlNumber,
  missing: sqlNumber,
  not_accepted: sqlNumber,
  calculated_at: optional(sqlMoment),
});
type Counts = z.infer<typeof counts>;
type Counted = Exclude<keyof Counts, 'kind' | 'calculated_at'>;

export interface Listed extends Pick<AgreementList, 'total' | 'kinds' | 'quick' | 'after' | 'calculatedAt' | 'asOf'> {
  rows: ListedRow[];
}

/** Three SELECTs, whatever the number of agreements: which ones in which order, beside it the counts, then the rows of the page. */
export async function listed(filters: AgreementFilters, sort: AgreementSort, at: number, after?: string): Promise<Listed> {
  const from = after === undefined ? undefined : fromPlace(place, after);
  const asOf = from?.asOf ?? at;
  const [now, soon] = [toSql(asOf), toSql(asOf + LAPSES_WITHIN_DAYS * DAY)];
  // In the order in which MARKED asks for them.
  const moments = [now, soon, now, now, now];
  const kept = filtered(filters);
  const quick = filters.quick === undefined ? '1 = 1' : QUICK[filters.quick];
  const keys = keysOf(sort);
  const beyond = from ? afterKeys(keys, from.keys) : clause('1 = 1');
  const [ordered, sums] = await Promise.all([
    // Ids and what they are sorted by alone: sorting whole rows needs more memory than Forge SQL grants (Forge docs: 16 MiB a query).
    select(
      keyed,
      `SELECT m.id, ${keys.map(({ sql }, index) => `${sql} AS key_${String(index)}`).join(', ')} FROM (${MARKED}) AS m
       WHERE (${kept.sql}) AND (${quick}) AND (${beyond.sql})
       ORDER BY ${keys.map(({ sql, down }) => `${sql}${down ? ' DESC' : ''}`).join(', ')} LIMIT ${String(AGREEMENTS_A_PAGE + 1)}`,
      ...moments,
      ...kept.params,
      ...beyond.params,
    ),
    select(
      counts,
      `SELECT kind, SUM(${quick}) AS total, COUNT(*) AS in_all, SUM(${QUICK.cannot}) AS cannot, SUM(COALESCE(${QUICK.lapses}, 0)) AS lapses,
         SUM(${QUICK.reviewOverdue}) AS review_overdue, SUM(${QUICK.missing}) AS missing, SUM(${QUICK.notAccepted}) AS not_accepted,
         MAX(calculated_at) AS calculated_at
       FROM (${MARKED}) AS m WHERE ${kept.sql} GROUP BY kind`,
      ...moments,
      ...kept.params,
    ),
  ]);
  const ids = ordered.slice(0, AGREEMENTS_A_PAGE);
  const last = ids.at(-1);
  const found =
    ids.length === 0
      ? []
      : await select(row, `SELECT m.* FROM (${MARKED}) AS m WHERE m.id IN (${inList(ids.length)})`, ...moments, ...ids.map(({ id }) => id));
  const byId = new Map(found.map((one) => [one.id, one]));
  const shown = ids.flatMap(({ id }) => byId.get(id) ?? []);
  const sum = (of: Counted): number => sums.reduce((all, one) => all + one[of], 0);
  const totalOf = (kind: Counts['kind']): number => sums.find((one) => one.kind === kind)?.total ?? 0;
  const calculated = sums.flatMap(({ calculated_at: moment }) => moment ?? []);
  const next =
    ordered.length > AGREEMENTS_A_PAGE && last ? toPlace({ asOf, keys: keys.map((_key, index) => last[`key_${String(index)}`]) }) : undefined;
  return {
    rows: shown,
    total: sum('total'),
    kinds: { SA: totalOf('SA'), OLA: totalOf('OLA'), UC: totalOf('UC') },
    quick: {
      all: sum('in_all'),
      cannot: sum('cannot'),
      lapses: sum('lapses'),
      reviewOverdue: sum('review_overdue'),
      missing: sum('missing'),
      notAccepted: sum('not_accepted'),
    },
    ...(next !== undefined && { after: next }),
    ...(calculated.length > 0 && { calculatedAt: Math.max(...calculated) }),
    asOf,
  };
}
