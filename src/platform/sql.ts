/**
 * Forge SQL. Rows are checked by zod; people's values are parameters, never text. Forge SQL is TiDB: no foreign keys, one statement a call,
 * BIGINT, DECIMAL and every aggregate arrive as strings, dates as strings without a zone (Forge docs: SQL data types).
 */
import { errorCodes, ForgeSQLAPIError, migrationRunner, sql, type UpdateQueryResponse } from '@forge/sql';
import { z } from 'zod';
import { remainingMs } from './environment';
import { platformFault } from './errors';

export type SqlValue = string | number | null;

export interface Migration {
  /** Never changes once shipped; the runner keeps a list of what it has run. */
  name: string;
  statement: string;
}

const failed = (thrown: unknown): never => {
  if (thrown instanceof ForgeSQLAPIError && thrown.code === errorCodes.INVALID_SQL_QUERY) throw platformFault('ours.fault', thrown);
  throw platformFault('platform.unavailable', thrown);
};

/** Forge SQL takes 150 changes a second and a minute's worth of running time (Forge docs: SQL limits); what is refused for that was not run. */
const TOO_MANY = 429;
const PAUSES_MS = [250, 500, 1_000, 1_500, 2_000];
/** Kept back so that the handler can still answer. */
const RESERVE_MS = 3_000;

const isTooMany = (thrown: unknown): boolean =>
  thrown instanceof ForgeSQLAPIError && (thrown.responseDetails.status === TOO_MANY || thrown.code === 'RATE_LIMIT_EXCEEDED');

/** Of two statements that wait for each other the database gives one up; a statement is a transaction of its own, so nothing of it has run. */
const GIVEN_UP: readonly number[] = [
  // A deadlock, in MySQL's way and TiDB's.
  1213,
  // TiDB: somebody else wrote what was read.
  9007,
];
const told = z.object({ debug: z.object({ errno: z.number() }) });

const isGivenUp = (thrown: unknown): boolean =>
  thrown instanceof ForgeSQLAPIError && GIVEN_UP.includes(told.safeParse(thrown.context).data?.debug.errno ?? 0);

/** A flood of news from Jira must not fail the person who works meanwhile: whoever comes too early waits a little, each a little differently. */
async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await run();
    } catch (thrown) {
      const pause = (PAUSES_MS[attempt] ?? Infinity) * (0.5 + Math.random());
      if (!(isTooMany(thrown) || isGivenUp(thrown)) || pause > remainingMs() - RESERVE_MS) return failed(thrown);
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

/** Rows of a SELECT. */
export async function select<T>(row: z.ZodType<T>, text: string, ...params: SqlValue[]): Promise<T[]> {
  const answer = await patiently(() =>
    sql
      .prepare<unknown>(text)
      .bindParams(...params)
      .execute(),
  );
  const parsed = z.array(row).safeParse(answer.rows);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return parsed.data;
}

/** Rows of a question are JSON objects in one column `body` (`jsonOf`), so that questions of different tables can be asked together. */
export interface Question {
  text: string;
  params: readonly SqlValue[];
}

/** name -> column or expression. */
export const jsonOf = (columns: Readonly<Record<string, string>>): string =>
  `CAST(JSON_OBJECT(${Object.entries(columns)
    .map(([name, expression]) => `'${name}', ${expression}`)
    .join(', ')}) AS CHAR) AS body`;

const partRow = z.object({ part: z.string(), body: z.string() });

/** Several questions in one statement: rows by the name of their question, in no order. */
export async function together<Name extends string>(questions: Readonly<Record<Name, Question>>): Promise<Record<Name, unknown[]>> {
  const names = Object.keys(questions) as Name[];
  const text = names.map((name) => `SELECT '${name}' AS part, q.body FROM (${questions[name].text}) AS q`).join(' UNION ALL ');
  const rows = await select(partRow, text, ...names.flatMap((name) => questions[name].params));
  const of = (name: Name): unknown[] => rows.flatMap(({ part, body }) => (part === name ? [JSON.parse(body) as unknown] : []));
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, unknown[]>;
}

/** What `together` answered to one question, checked. */
export function answered<T>(row: z.ZodType<T>, rows: readonly unknown[]): T[] {
  const parsed = z.array(row).safeParse(rows);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return parsed.data;
}

/** Runs INSERT, UPDATE or DELETE; answers how many rows it touched, which decides every compare-and-set. */
export async function change(text: string, ...params: SqlValue[]): Promise<number> {
  const answer = await patiently(() =>
    sql
      .prepare<UpdateQueryResponse>(text)
      .bindParams(...params)
      .execute(),
  );
  return z.object({ affectedRows: z.coerce.number() }).parse(answer.rows).affectedRows;
}

/** Whether all of it has run. Asked by a plain SELECT: the runner's own questions count as DDL, of which a minute has 25 (Forge docs: SQL limits). */
export async function isUpToDate(migrations: readonly Migration[]): Promise<boolean> {
  const answer = await sql
    .prepare<unknown>('SELECT name FROM __migrations')
    .execute()
    // Before the first run there is no such table.
    .catch(() => undefined);
  const rows = z.array(z.object({ name: z.string() })).safeParse(answer?.rows).data ?? [];
  return migrations.every(({ name }) => rows.some((row) => row.name === name));
}

/** Somebody else may be at it at the same moment: the event of the installation, and whoever opens setup. */
const RUNS = 3;
const RUN_AGAIN_MS = 1_500;

/** Brings the schema up to date; safe to run twice, and at once. Answers the names of what it ran. */
export async function migrate(migrations: readonly Migration[]): Promise<string[]> {
  for (const { name, statement } of migrations) migrationRunner.enqueue(name, statement);
  for (let run = 1; !(await isUpToDate(migrations)); run += 1) {
    try {
      return await migrationRunner.run();
    } catch (thrown) {
      if (run === RUNS) throw platformFault('platform.unavailable', thrown);
      await new Promise((done) => setTimeout(done, RUN_AGAIN_MS));
    }
  }
  return [];
}

/** UTC text for DATETIME(3): the ISO form with T and Z is refused in strict mode. */
export const toSql = (moment: number): string => new Date(moment).toISOString().replace('T', ' ').replace('Z', '');

/** A DATETIME(3) column as ms since the epoch. */
export const sqlMoment = z.string().transform((text, context) => {
  const moment = Date.parse(`${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(moment)) context.addIssue({ code: 'custom', message: 'not a DATETIME' });
  return moment;
});

/** INT columns arrive as numbers, wider ones and aggregates as strings. */
export const sqlNumber = z.coerce.number();
export const sqlFlag = z.coerce.number().transform((value) => value === 1);

/** A statement with thousands of parameters costs the database more memory than what it writes. */
const ROWS_A_STATEMENT = 20;
export async function inPortions<T>(all: readonly T[], run: (some: readonly T[]) => Promise<number>, atOnce = ROWS_A_STATEMENT): Promise<number> {
  let touched = 0;
  for (let from = 0; from < all.length; from += atOnce) touched += await run(all.slice(from, from + atOnce));
  return touched;
}

export const inList = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
