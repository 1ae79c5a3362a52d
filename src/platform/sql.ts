/**
 * Forge SQL. Rows are checked by zod; people's values are parameters, never text. Forge SQL is TiDB: no foreign keys, one statement a call,
 * BIGINT, DECIMAL and every aggregate arrive as strings, dates as strings without a zone (Forge docs: SQL data types).
 */
import { errorCodes, ForgeSQLAPIError, migrationRunner, sql, type UpdateQueryResponse } from '@forge/sql';
import { z } from 'zod';
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

/** Rows of a SELECT. */
export async function select<T>(row: z.ZodType<T>, text: string, ...params: SqlValue[]): Promise<T[]> {
  const answer = await sql
    .prepare<unknown>(text)
    .bindParams(...params)
    .execute()
    .catch(failed);
  const parsed = z.array(row).safeParse(answer.rows);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return parsed.data;
}

/** Runs INSERT, UPDATE or DELETE; answers how many rows it touched, which decides every compare-and-set. */
export async function change(text: string, ...params: SqlValue[]): Promise<number> {
  const answer = await sql
    .prepare<UpdateQueryResponse>(text)
    .bindParams(...params)
    .execute()
    .catch(failed);
  return z.object({ affectedRows: z.coerce.number() }).parse(answer.rows).affectedRows;
}

/** Brings the schema up to date; safe to run twice. Answers the names of what it ran. */
export async function migrate(migrations: readonly Migration[]): Promise<string[]> {
  for (const { name, statement } of migrations) migrationRunner.enqueue(name, statement);
  return migrationRunner.run();
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
