/**
 * Agreements and their versions in SQL. A version holds what is agreed and what was done with it; the agreement's row holds its header and what lists ask
 * (columns.ts). Every change of a version and its row is one statement that compares `row_version`, so that nothing is half-written.
 */
import { z } from 'zod';
import {
  agreement,
  type Agreement,
  agreementDeed,
  type AgreementDeed,
  type AgreementVersion,
  agreementKind,
  AGREEMENT_STATUSES,
  FIT_STATES,
  type FitState,
  terms,
  type Terms,
} from '../contract';
import { now } from '../platform/clock';
import { platformFault } from '../platform/errors';
import { answered, change, jsonOf, type Migration, select, sqlFlag, sqlMoment, sqlNumber, type SqlValue, toSql } from '../platform/sql';
import { type Columns, columnsOf } from './columns';
import { ID, inList, inPortions, likeText, TURN, WORDS } from './records';

export const NUMBERED = 'VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin';
const IDS = 'CHARACTER SET ascii COLLATE ascii_bin NOT NULL';

export const agreementMigrations: readonly Migration[] = [
  {
    name: 'v041_agreement',
    statement: `CREATE TABLE IF NOT EXISTS agreement (
      id ${NUMBERED} NOT NULL PRIMARY KEY,
      kind VARCHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      number INT NOT NULL,
      name VARCHAR(200) ${WORDS} NOT NULL,
      provider ${ID} NOT NULL,
      customer ${ID} NOT NULL,
      owner VARCHAR(128),
      request VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      row_version INT NOT NULL,
      shown INT NOT NULL,
      status VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      expires_at DATETIME(3),
      ends_at DATETIME(3),
      valid_until VARCHAR(10),
      lapses_at DATETIME(3),
      next_review VARCHAR(10),
      review_late_at DATETIME(3),
      open_version INT,
      open_status VARCHAR(12),
      waiting TINYINT NOT NULL,
      services VARCHAR(2200) ${IDS},
      legs VARCHAR(1600) ${IDS},
      search VARCHAR(2000) ${WORDS} NOT NULL,
      verdict VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      reason VARCHAR(500) NOT NULL,
      binding VARCHAR(40),
      targets INT NOT NULL,
      underpinned INT NOT NULL,
      calculated_at DATETIME(3),
      refresh_at DATETIME(3) NOT NULL,
      spread TINYINT NOT NULL,
      UNIQUE KEY agreement_request (request),
      KEY agreement_number (kind, number),
      KEY agreement_customer (customer, kind),
      KEY agreement_refresh (refresh_at)
    )`,
  },
  {
    name: 'v042_agreement_version',
    statement: `CREATE TABLE IF NOT EXISTS agreement_version (
      agreement ${NUMBERED} NOT NULL,
      number INT NOT NULL,
      drafted_at DATETIME(3) NOT NULL,
      services VARCHAR(2200) ${IDS},
      terms LONGTEXT NOT NULL,
      deeds LONGTEXT NOT NULL,
      PRIMARY KEY (agreement, number)
    )`,
  },
];

export interface StoredVersion extends AgreementVersion {
  draftedAt: number;
}

export interface Verdict {
  state: FitState;
  reason: string;
}

export interface Stored {
  agreement: Agreement;
  versions: readonly StoredVersion[];
  rowVersion: number;
  verdict: Verdict;
  /** The version that the row knows to be negotiated. */
  open: number | undefined;
  /** Whether what leans on it has to be calculated anew. */
  spread: boolean;
  refreshAt: number;
}

/** Now, and never before what was done already: the clocks of two servers are not one. */
export const momentOf = (versions: readonly Pick<AgreementVersion, 'deeds'>[]): number =>
  versions.reduce((latest, { deeds }) => Math.max(latest, deeds.at(-1)?.at ?? 0), now());

/** Ids as a column holds them, each between commas. */
export const idsIn = (text: string): string[] => text.split(',').filter((id) => id !== '');
const list = (ids: readonly string[]): string => (ids.length === 0 ? '' : `,${ids.join(',')},`);

export const row = z
  .object({
    id: agreement.shape.id,
    kind: agreementKind,
    name: z.string(),
    provider: z.string(),
    customer: z.string(),
    owner: z.string().nullable(),
    row_version: sqlNumber,
    open_version: sqlNumber.nullable(),
    verdict: z.enum(FIT_STATES),
    reason: z.string(),
    spread: sqlFlag,
    refresh_at: sqlMoment,
    version: sqlNumber,
    drafted_at: sqlMoment,
    terms: z.string(),
    deeds: z.string(),
  })
  .transform((one) => ({
    ...one,
    terms: terms.parse(JSON.parse(one.terms)),
    deeds: z.array(agreementDeed).parse(JSON.parse(one.deeds)),
  }));

/** What the arithmetic does not ask, so that many fit into one answer. */
const LEAN = ['card', 'clauses', 'documents', 'duties', 'exclusions', 'scope', 'consequences', 'standards', 'volumes', 'readiness'];
const termsWithout = (keys: readonly string[]): string => `CAST(JSON_REMOVE(v.terms, ${keys.map((key) => `'$.${key}'`).join(', ')}) AS CHAR)`;
const leanTerms = termsWithout(LEAN);
/** Which standard calls are in it is asked of a single work item. */
export const TERMS_OF_WORK = termsWithout(LEAN.filter((key) => key !== 'standards'));

export function grouped(rows: readonly z.infer<typeof row>[]): Stored[] {
  const found = new Map<string, Stored & { versions: StoredVersion[] }>();
  for (const one of rows) {
    const { id, kind, name, provider, customer, owner, verdict, reason, spread } = one;
    const stored = found.get(id) ?? {
      agreement: { id, kind, name, provider, customer, ...(owner !== null && { owner }) },
      versions: [],
      rowVersion: one.row_version,
      verdict: { state: verdict, reason },
      open: one.open_version ?? undefined,
      spread,
      refreshAt: one.refresh_at,
    };
    stored.versions.push({ agreement: id, number: one.version, terms: one.terms, deeds: one.deeds, draftedAt: one.drafted_at });
    found.set(id, stored);
  }
  for (const { versions } of found.values()) versions.sort((a, b) => a.number - b.number);
  return [...found.values()].sort((a, b) => (a.agreement.id < b.agreement.id ? -1 : 1));
}

const COLUMNS = {
  id: 'a.id',
  kind: 'a.kind',
  name: 'a.name',
  provider: 'a.provider',
  customer: 'a.customer',
  owner: 'a.owner',
  row_version: 'a.row_version',
  open_version: 'a.open_version',
  verdict: 'a.verdict',
  reason: 'a.reason',
  spread: 'a.spread',
  refresh_at: 'a.refresh_at',
  version: 'v.number',
  drafted_at: 'v.drafted_at',
};
/** In the order of `row`. */
const columns = (terms: string) => ({ ...COLUMNS, terms, deeds: 'v.deeds' });

export const fields = (terms: string): string =>
  Object.entries(columns(terms))
    .map(([name, expression]) => `${expression} AS ${name}`)
    .join(', ');

/** Of agreements `a` with their versions `v`, for a question that is asked together with others. */
export const versionBodies = (lean: boolean): string => jsonOf(columns(lean ? leanTerms : 'v.terms'));
export const storedFrom = (bodies: readonly unknown[]): Stored[] => grouped(answered(row, bodies));

/** Put in order here: a database that sorts whole texts needs more memory than Forge SQL grants (Forge docs: 16 MiB a query). */
const reading = async (lean: boolean, where: string, ...params: SqlValue[]): Promise<Stored[]> =>
  grouped(
    await select(
      row,
      `SELECT ${fields(lean ? leanTerms : 'v.terms')} FROM agreement a JOIN agreement_version v ON v.agreement = a.id WHERE ${where}`,
      ...params,
    ),
  );

export const storedWith = async (id: string): Promise<Stored | undefined> => (await reading(false, 'a.id = ?', id))[0];

export async function storedOf(ids: readonly string[], { lean }: { lean: boolean } = { lean: true }): Promise<Map<string, Stored>> {
  if (ids.length === 0) return new Map();
  const found = await reading(lean, `a.id IN (${inList(ids.length)})`, ...ids);
  return new Map(found.map((one) => [one.agreement.id, one]));
}

/** Everything that is promised to a customer. */
export const promisedTo = (customer: string): Promise<Stored[]> => reading(true, `a.customer = ? AND a.kind = 'SA'`, customer);

/** What is promised to these customers, or under which this person may ask; with the card and the list of standard calls. */
export async function promised(customers: readonly string[], accountId: string): Promise<Stored[]> {
  const to = customers.length === 0 ? '' : `a.customer IN (${inList(customers.length)}) OR `;
  return reading(
    false,
    `a.kind = 'SA' AND (${to}EXISTS (SELECT 1 FROM agreement_version w WHERE w.agreement = a.id AND w.terms LIKE ?))`,
    ...customers,
    likeText(JSON.stringify(accountId)),
  );
}

/** What is promised about these services, and these agreements whatever they are about: so many, SAs alone. */
export const promising = (services: readonly string[], agreements: readonly string[], most: number): Promise<Stored[]> => {
  const ways = [...services.map(() => 'b.services LIKE ?'), ...(agreements.length === 0 ? [] : [`b.id IN (${inList(agreements.length)})`])];
  if (ways.length === 0) return Promise.resolve([]);
  return reading(
    true,
    `a.id IN (SELECT id FROM (SELECT b.id FROM agreement b WHERE b.kind = 'SA' AND (${ways.join(' OR ')}) ORDER BY b.id LIMIT ${String(Math.trunc(most))}) AS some)`,
    ...services.map((id) => `%,${id.replace(/[\\%_]/g, (sign) => `\\${sign}`)},%`),
    ...agreements,
  );
};

/** What leans on a leg, by id. */
export async function leanersOf(
  legs: readonly string[],
  most: number,
): Promise<{ id: string; name: string; customer: string; legs: string[]; verdict: Verdict }[]> {
  if (legs.length === 0) return [];
  return select(
    z
      .object({ id: z.string(), name: z.string(), customer: z.string(), legs: z.string(), verdict: z.enum(FIT_STATES), reason: z.string() })
      .transform((one) => ({
        id: one.id,
        name: one.name,
        customer: one.customer,
        legs: idsIn(one.legs),
        verdict: { state: one.verdict, reason: one.reason },
      })),
    `SELECT a.id, a.name, COALESCE(c.name, a.customer) AS customer, a.legs, a.verdict, a.reason FROM agreement a
     LEFT JOIN agreement_record c ON c.kind = 'party' AND c.id = a.customer
     WHERE ${legs.map(() => 'a.legs LIKE ?').join(' OR ')} ORDER BY a.kind DESC, a.number LIMIT ${String(Math.trunc(most))}`,
    ...legs.map((leg) => `%,${leg},%`),
  );
}

/** What every agreement leans on: ids alone, so that ten thousand fit. */
export async function underAll(): Promise<Map<string, readonly string[]>> {
  const rows = await select(z.object({ id: z.string(), legs: z.string() }), 'SELECT id, legs FROM agreement ORDER BY id LIMIT 20000');
  return new Map(rows.map(({ id, legs }) => [id, idsIn(legs)]));
}

const coveredRow = z
  .object({
    id: z.string(),
    kind: agreementKind,
    name: z.string(),
    provider: z.string(),
    customer: z.string(),
    status_now: z.enum(AGREEMENT_STATUSES),
    services: z.string(),
    legs: z.string(),
    lapses_at: sqlMoment.nullable(),
    verdict: z.enum(FIT_STATES),
    binding: z.string().nullable(),
    targets: sqlNumber,
    underpinned: sqlNumber,
  })
  .transform(({ services, legs, ...rest }) => ({ ...rest, services: idsIn(services), legs: idsIn(legs) }));
export type CoveredRow = z.infer<typeof coveredRow>;

/** What the map of coverage asks of every agreement; ids, dates and the stored verdict alone, so that ten thousand fit. */
export const coveredRows = (at: number): Promise<CoveredRow[]> =>
  select(
    coveredRow,
    `SELECT id, kind, name, provider, customer, IF(kind = 'SA', services, '') AS services, IF(kind = 'SA', legs, '') AS legs, lapses_at, verdict, binding,
       targets, underpinned, CASE WHEN ends_at <= ? THEN 'ended' WHEN expires_at <= ? THEN 'expired' ELSE status END AS status_now
     FROM agreement ORDER BY id LIMIT 20000`,
    toSql(at),
    toSql(at),
  );

const moment = (at: number | undefined): string | null => (at === undefined ? null : toSql(at));

const derived = (columns: Columns): [column: string, value: SqlValue][] => [
  ['shown', columns.shown],
  ['status', columns.status],
  ['expires_at', moment(columns.expiresAt)],
  ['ends_at', moment(columns.endsAt)],
  ['valid_until', columns.validUntil ?? null],
  ['lapses_at', moment(columns.lapsesAt)],
  ['next_review', columns.nextReview ?? null],
  ['review_late_at', moment(columns.reviewLateAt)],
  ['open_version', columns.open?.version ?? null],
  ['open_status', columns.open?.status ?? null],
  ['waiting', columns.waiting ? 1 : 0],
  ['services', list(columns.services)],
  ['legs', list(columns.legs)],
  ['search', columns.search],
];

const header = ({ name, provider, customer, owner }: Agreement): [column: string, value: SqlValue][] => [
  ['name', name],
  ['provider', provider],
  ['customer', customer],
  ['owner', owner ?? null],
];

/** The row of an agreement with these versions; one without a version cannot be. */
function columnsFor(of: Agreement, versions: readonly AgreementVersion[], at: number): Columns {
  const columns = columnsOf(of, versions, at);
  if (!columns) throw platformFault('ours.fault', new Error(`${of.id} has no version`));
  return columns;
}

const placed = (all: [column: string, value: SqlValue][], table = ''): string => all.map(([column]) => `${table}${column} = ?`).join(', ');
const values = (all: [column: string, value: SqlValue][]): SqlValue[] => all.map(([, value]) => value);

export interface Next {
  agreement: Agreement;
  version: { number: number; terms: Terms; deeds: readonly AgreementDeed[] };
  /** The turn that was looked at, where this brings a version into force. */
  turn?: number;
}

/** What the versions of an agreement are with one of them as it will be. */
export const withVersion = (stored: Stored, { version }: Pick<Next, 'version'>): StoredVersion[] =>
  stored.versions.map((one) => (one.number === version.number ? { ...one, terms: version.terms, deeds: [...version.deeds] } : one));

/** One statement: all of it or nothing. `false`: the agreement, or what is in force on the site, is another one than was looked at. */
export async function write(stored: Stored, next: Next): Promise<boolean> {
  const { version } = next;
  const versions = withVersion(stored, next);
  const at = momentOf(versions);
  const columns = columnsFor(next.agreement, versions, at);
  const own: [string, SqlValue][] = [...header(next.agreement), ...derived(columns), ['refresh_at', toSql(now())], ['spread', 1]];
  const taking = next.turn !== undefined;
  const touched = await change(
    `UPDATE agreement a JOIN agreement_version v ON v.agreement = a.id AND v.number = ?
       ${taking ? 'JOIN agreement_record t ON t.kind = ? AND t.id = ?' : ''}
     SET ${placed(own, 'a.')}, a.row_version = a.row_version + 1, v.services = ?, v.terms = ?, v.deeds = ? ${taking ? ', t.version = t.version + 1' : ''}
     WHERE a.id = ? AND a.row_version = ? ${taking ? 'AND t.version = ?' : ''}`,
    version.number,
    ...(taking ? [TURN.kind, TURN.id] : []),
    ...values(own),
    list(version.terms.services),
    JSON.stringify(version.terms),
    JSON.stringify(version.deeds),
    stored.agreement.id,
    stored.rowVersion,
    ...(next.turn === undefined ? [] : [next.turn]),
  );
  return touched > 0;
}

/** Only the header, of an agreement whose text is not touched. */
export async function writeHeader(stored: Stored, next: Agreement): Promise<boolean> {
  const at = momentOf(stored.versions);
  const own: [string, SqlValue][] = [...header(next), ...derived(columnsFor(next, stored.versions, at)), ['refresh_at', toSql(now())]];
  const touched = await change(
    `UPDATE agreement SET ${placed(own)}, row_version = row_version + 1 WHERE id = ? AND row_version = ?`,
    ...values(own),
    stored.agreement.id,
    stored.rowVersion,
  );
  return touched === 1;
}

const insertVersion = (of: Pick<StoredVersion, 'agreement' | 'number' | 'terms' | 'deeds'>, at: number): Promise<number> =>
  change(
    'INSERT IGNORE INTO agreement_version (agreement, number, drafted_at, services, terms, deeds) VALUES (?, ?, ?, ?, ?, ?)',
    of.agreement,
    of.number,
    toSql(at),
    list(of.terms.services),
    JSON.stringify(of.terms),
    JSON.stringify(of.deeds),
  );

/** A version more, as a draft. The row follows; whoever dies between the two leaves a version that the next run finds. */
export async function addVersion(stored: Stored, number: number, of: Terms): Promise<void> {
  const at = now();
  const version = { agreement: stored.agreement.id, number, terms: of, deeds: [], draftedAt: at };
  await insertVersion(version, at);
  const there = await storedWith(stored.agreement.id);
  if (there) await followVersions(there);
}

/** The row says what the versions say. */
export async function followVersions(stored: Stored): Promise<void> {
  const at = momentOf(stored.versions);
  const own: [string, SqlValue][] = [...derived(columnsFor(stored.agreement, stored.versions, at)), ['refresh_at', toSql(now())], ['spread', 1]];
  await change(
    `UPDATE agreement SET ${placed(own)}, row_version = row_version + 1 WHERE id = ? AND row_version = ?`,
    ...values(own),
    stored.agreement.id,
    stored.rowVersion,
  );
}

export const madeBy = async (request: string): Promise<string | undefined> =>
  (await select(z.object({ id: z.string() }), 'SELECT id FROM agreement WHERE request = ?', request))[0]?.id;

const TRIES = 30;
const idOf = (kind: Agreement['kind'], number: number): string => `${kind}-${String(number).padStart(3, '0')}`;

/** The version first: a row without one could be opened by nobody. Many who make one at once take the next number each. */
export async function make(request: string, of: Omit<Agreement, 'id'>, drafted: Terms): Promise<string> {
  const made = await madeBy(request);
  if (made !== undefined) return made;
  const [most] = await select(z.object({ n: sqlNumber.nullable() }), 'SELECT MAX(number) AS n FROM agreement WHERE kind = ?', of.kind);
  const at = now();
  for (let number = (most?.n ?? 0) + 1, left = TRIES; left > 0; number += 1, left -= 1) {
    const whole = { ...of, id: idOf(of.kind, number) };
    const version = { agreement: whole.id, number: 1, terms: drafted, deeds: [] };
    if ((await insertVersion(version, at)) === 0) continue;
    if ((await insertAgreements([fresh(request, whole, [version], at)])) === 1) return whole.id;
    const other = await madeBy(request);
    if (other !== undefined) return other;
  }
  throw platformFault('platform.busy');
}

const fresh = (request: string, of: Agreement, versions: readonly AgreementVersion[], at: number): [column: string, value: SqlValue][] => [
  ['id', of.id],
  ['kind', of.kind],
  ['number', Number(of.id.slice(of.kind.length + 1))],
  ['request', request],
  ['row_version', 1],
  ...header(of),
  ...derived(columnsFor(of, versions, at)),
  ['verdict', 'unknown'],
  ['reason', ''],
  ['targets', 0],
  ['underpinned', 0],
  ['refresh_at', toSql(at)],
  ['spread', 1],
];

const insertAgreements = (rows: readonly [column: string, value: SqlValue][][]): Promise<number> =>
  inPortions(rows, (all) =>
    change(
      `INSERT IGNORE INTO agreement (${(all[0] ?? []).map(([column]) => column).join(', ')}) VALUES ${all.map((one) => `(${inList(one.length)})`).join(', ')}`,
      ...all.flatMap(values),
    ),
  );

/** Whole agreements of a file, where there are none yet: versions first, so that their rows make them visible in one go. */
export async function bringAll(all: readonly { agreement: Agreement; versions: readonly AgreementVersion[] }[]): Promise<void> {
  const here = await storedOf(all.map(({ agreement: { id } }) => id));
  const fresher = all.filter(({ agreement: { id } }) => !here.has(id));
  const at = now();
  if (fresher.length === 0) return;
  // What somebody left who died before the row was written.
  await change(`DELETE FROM agreement_version WHERE agreement IN (${inList(fresher.length)})`, ...fresher.map(({ agreement: { id } }) => id));
  await inPortions(
    fresher.flatMap((one) => one.versions),
    (versions) =>
      change(
        `INSERT IGNORE INTO agreement_version (agreement, number, drafted_at, services, terms, deeds) VALUES ${versions.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
        ...versions.flatMap((one) => [
          one.agreement,
          one.number,
          toSql(one.deeds[0]?.at ?? at),
          list(one.terms.services),
          JSON.stringify(one.terms),
          JSON.stringify(one.deeds),
        ]),
      ),
  );
  await insertAgreements(fresher.map((one) => fresh(one.agreement.id, one.agreement, one.versions, at)));
}

/** By id, so many after one; whole. */
export const storedAfter = async (id: string, most: number): Promise<Stored[]> => {
  const ids = await select(z.object({ id: z.string() }), `SELECT id FROM agreement WHERE id > ? ORDER BY id LIMIT ${String(Math.trunc(most))}`, id);
  return [
    ...(
      await storedOf(
        ids.map((one) => one.id),
        { lean: false },
      )
    ).values(),
  ];
};

/** What has to be calculated anew, longest waiting first. */
export const toRefresh = async (most: number): Promise<string[]> =>
  (
    await select(
      z.object({ id: z.string() }),
      `SELECT id FROM agreement WHERE refresh_at <= ? ORDER BY refresh_at LIMIT ${String(Math.trunc(most))}`,
      toSql(now()),
    )
  ).map(({ id }) => id);

export async function askToRefresh(leaningOn?: string): Promise<void> {
  if (leaningOn === undefined) await change('UPDATE agreement SET refresh_at = ?', toSql(now()));
  else await change('UPDATE agreement SET refresh_at = ? WHERE legs LIKE ?', toSql(now()), `%,${leaningOn},%`);
}

export interface Calculated extends Verdict {
  binding: string | undefined;
  targets: number;
  underpinned: number;
  /** When what it was calculated from changes by its dates. */
  changesAt: number;
}

/** Kept only for what it was calculated from, and while nobody has asked anew since; editors are not disturbed by it. */
export async function keepVerdict(stored: Stored, { state, reason, binding, targets, underpinned, changesAt }: Calculated): Promise<void> {
  const at = momentOf(stored.versions);
  const columns = columnsFor(stored.agreement, stored.versions, at);
  const own: [string, SqlValue][] = [
    ...derived(columns),
    ['verdict', state],
    ['reason', reason.slice(0, 500)],
    ['binding', binding?.slice(0, 40) ?? null],
    ['targets', targets],
    ['underpinned', underpinned],
    ['calculated_at', toSql(at)],
    ['refresh_at', toSql(Math.min(changesAt, columns.changesAt ?? Infinity))],
    ['spread', 0],
  ];
  await change(
    `UPDATE agreement SET ${placed(own)} WHERE id = ? AND row_version = ? AND refresh_at = ?`,
    ...values(own),
    stored.agreement.id,
    stored.rowVersion,
    toSql(stored.refreshAt),
  );
}
