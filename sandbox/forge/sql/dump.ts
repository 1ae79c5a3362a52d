/** The tables of an installation as data, and back. */
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

/** Text as the server writes it; bytes that are no text in base64. */
const cellSchema = z.union([z.null(), z.number(), z.string(), z.strictObject({ base64: z.string() })]);

export const sqlTablesSchema = z.array(
  z.strictObject({ name: z.string(), create: z.string(), columns: z.array(z.string()), rows: z.array(z.array(cellSchema)) }),
);
export type SqlTables = z.infer<typeof sqlTablesSchema>;
type Cell = z.infer<typeof cellSchema>;

/** So many rows go into one INSERT, which stays far below the largest packet. */
const ROWS_AT_ONCE = 200;

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

async function rowsOf(connection: Connection, query: string, params: string[] = []): Promise<Record<string, unknown>[]> {
  const [rows] = await connection.query<RowDataPacket[]>(query, params);
  return rows;
}

function cellOf(value: unknown): Cell {
  if (Buffer.isBuffer(value)) return { base64: value.toString('base64') };
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  // A JSON column of a server that hands out values.
  return JSON.stringify(value);
}

const valueOf = (cell: Cell): unknown => (cell !== null && typeof cell === 'object' ? Buffer.from(cell.base64, 'base64') : cell);

/** ER_TABLE_DEF_CHANGED: a table was altered since the snapshot was taken (MariaDB docs: error codes). */
const TABLE_CHANGED = 1412;
const SNAPSHOTS = 5;
const wasAltered = (thrown: unknown): boolean => thrown instanceof Error && 'errno' in thrown && thrown.errno === TABLE_CHANGED;

/** Tables first, views after them; generated columns are left to the server. While an app alters its tables another snapshot is taken. */
export async function dumpTables(connection: Connection): Promise<SqlTables> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await snapshot(connection);
    } catch (thrown) {
      if (!wasAltered(thrown) || attempt === SNAPSHOTS) throw thrown;
      await connection.query('ROLLBACK');
    }
  }
}

async function snapshot(connection: Connection): Promise<SqlTables> {
  await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
  const listed = await rowsOf(
    connection,
    'SELECT table_name AS name, table_type AS type FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  const ordered = listed
    .map(({ name, type }) => ({ name: String(name), view: type === 'VIEW' }))
    .sort((a, b) => Number(a.view) - Number(b.view) || (a.name < b.name ? -1 : 1));
  const tables: SqlTables = [];
  for (const { name, view } of ordered) {
    const [shown] = await rowsOf(connection, `SHOW CREATE ${view ? 'VIEW' : 'TABLE'} ${quoted(name)}`);
    const create = String(shown?.[view ? 'Create View' : 'Create Table']);
    tables.push({ name, create, ...(view ? { columns: [], rows: [] } : await contentOf(connection, name)) });
  }
  await connection.query('COMMIT');
  return tables;
}

async function contentOf(connection: Connection, name: string): Promise<Pick<SqlTables[number], 'columns' | 'rows'>> {
  const described = await rowsOf(
    connection,
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? AND extra NOT LIKE '%GENERATED%' ORDER BY ordinal_position`,
    [name],
  );
  const columns = described.map((one) => String(one['name']));
  const rows = await rowsOf(connection, `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(name)}`);
  return { columns, rows: rows.map((row) => columns.map((column) => cellOf(row[column]))) };
}

/** Into an empty database. */
export async function loadTables(connection: Connection, tables: SqlTables): Promise<void> {
  // An id of 0 stays 0.
  await connection.query("SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')");
  for (const { name, create, columns, rows } of tables) {
    await connection.query(create);
    const insert = `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(', ')}) VALUES ?`;
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await connection.query(insert, [rows.slice(at, at + ROWS_AT_ONCE).map((row) => row.map(valueOf))]);
    }
  }
}
