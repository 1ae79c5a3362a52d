/** Forge SQL over a real server: one database per installation, the platform's limits in front of it. */
import { createPool, type ConnectionOptions, type Pool, type PoolConnection, type QueryError } from 'mysql2';
import { createConnection as connectOnce, type Connection } from 'mysql2/promise';
import { z } from 'zod';
import { systemClock, type Clock } from '../../clock';
import type { Json } from '../../jira/store';
import { SQL } from '../limits';
import { RateLimit, WindowLimit } from '../rate';
import { dumpTables, loadTables, type SqlTables } from './dump';
import { startMariaDb } from './mariadb';
import { definesTable, isRecursive, judgeStatement, SqlError, type SqlKind, type Verb } from './statement';

export interface SqlResult {
  /** Rows of a reading statement; of a writing one the platform's `UpdateQueryResponse`. */
  rows: Json[] | { [key: string]: Json };
  metadata?: { [key: string]: Json };
}

export interface SqlServer {
  /** Runs one statement in the installation's database. Throws SqlError. */
  execute(installation: string, query: string, params: Json[], kind: SqlKind): Promise<SqlResult>;
  /** Throws the installation's data away. */
  drop(installation: string): Promise<void>;
  /** All tables of the installation with their rows. */
  dump(installation: string): Promise<SqlTables>;
  /** Puts such tables in the place of all that the installation has. */
  load(installation: string, tables: SqlTables): Promise<void>;
  /** Statements one after the other, beside the app's ways and their limits: for more rows than an app could write. */
  fill(installation: string, statements: Iterable<string>): Promise<void>;
  stop(): Promise<void>;
}

export interface SqlServerOptions {
  /** Unpacked server and data template, kept between starts. */
  cacheDir: string;
  /** Where the data live; filled when empty. Not used with SANDBOX_SQL_URL. */
  dataDir: string;
  onProgress?: (line: string) => void;
  /** The site's time: NOW() and the limits on rates follow it. */
  clock?: Clock;
  /** false lifts the limits on rates: DDL a minute, DML a second, running time a minute. */
  limitRates?: boolean;
}

const LIMIT_MS: Record<Verb, number> = { select: SQL.selectMs, dml: SQL.dmlMs, ddl: SQL.ddlMs };

/** What differs between the servers that can stand behind the site. */
interface Dialect {
  /** Statements for a new connection. */
  session: string[];
  /** The statement with its time limit and the site's time (where it is not the machine's), as far as the server can. */
  limited(query: string, verb: Verb, siteSeconds: string | undefined): string;
}

const MARIADB: Dialect = {
  session: [
    `SET SESSION max_session_mem_used=${SQL.memoryBytes}, group_concat_max_len=${SQL.groupConcatBytes}, max_recursive_iterations=${SQL.recursions}`,
  ],
  limited: (query, verb, siteSeconds) =>
    `SET STATEMENT max_statement_time=${LIMIT_MS[verb] / 1000}${siteSeconds ? `, timestamp=${siteSeconds}` : ''} FOR ${query}`,
};
const MYSQL: Dialect = {
  session: [
    `SET SESSION max_execution_time=${SQL.selectMs}, group_concat_max_len=${SQL.groupConcatBytes}, cte_max_recursion_depth=${SQL.recursions}`,
  ],
  limited: (query) => query,
};
const TIDB: Dialect = { ...MYSQL, session: [...MYSQL.session, `SET SESSION tidb_mem_quota_query=${SQL.memoryBytes}`] };

/** Types of the answers as the platform's page on data types has them: BIGINT, DECIMAL and dates are text. */
const TYPES: ConnectionOptions = {
  dateStrings: true,
  supportBigNumbers: true,
  bigNumberStrings: true,
  decimalNumbers: false,
  multipleStatements: false,
  charset: 'utf8mb4_bin',
  timezone: 'Z',
  flags: ['-IGNORE_SPACE'],
  // What is kept ready counts towards the memory of a session here; the platform's quota is each query's own.
  maxPreparedStatements: 40,
};

/** A server from SANDBOX_SQL_URL, else a MariaDB of this machine, else one unpacked from packages; PlatformMissing where all fails. */
export async function startSqlServer(options: SqlServerOptions): Promise<SqlServer> {
  const url = process.env['SANDBOX_SQL_URL'];
  if (url) return connectSqlServer({ uri: url }, options, async () => undefined);
  const onProgress = options.onProgress ?? (() => undefined);
  const own = await startMariaDb({ cacheDir: options.cacheDir, dataDir: options.dataDir, onProgress });
  try {
    return await connectSqlServer({ socketPath: own.socketPath, user: 'root' }, options, own.stop);
  } catch (error) {
    await own.stop();
    throw error;
  }
}

/** Nothing is kept ready on a connection that was cut off: it went with it. */
function forget(connection: Pick<PoolConnection, 'unprepare'>, text: string): void {
  try {
    connection.unprepare(text);
  } catch (thrown) {
    if (!(thrown instanceof Error && thrown.message.includes('closed state'))) throw thrown;
  }
}

async function connectSqlServer(address: ConnectionOptions, options: SqlServerOptions, stop: () => Promise<void>): Promise<SqlServer> {
  const dialect = await dialectOf(address);
  const clock = options.clock ?? systemClock;
  const pools = new Map<string, Promise<Pool>>();
  const limited = options.limitRates !== false;
  const ddl = new Map<string, RateLimit>();
  const dml = new WindowLimit(clock, SQL.dmlPerSecond, 1000);
  const running = new WindowLimit(clock, SQL.runningMsPerMinute, 60_000);

  const poolOf = (installation: string): Promise<Pool> => {
    const known = pools.get(installation);
    if (known) return known;
    const opened = openPool(address, databaseName(installation), dialect);
    pools.set(installation, opened);
    return opened;
  };
  /** Throws where the installation asks too often, or has let the server work too long. */
  const takeTurn = (installation: string, kind: SqlKind): void => {
    if (!limited) return;
    const ddlOfIt = ddl.get(installation) ?? new RateLimit(clock, SQL.ddlPerMinute, 60_000);
    ddl.set(installation, ddlOfIt);
    if (kind === 'ddl' && !ddlOfIt.take()) throw tooMany(`More than ${SQL.ddlPerMinute} DDL requests in a minute.`);
    if (kind === 'dml' && !dml.take(installation)) throw tooMany(`More than ${SQL.dmlPerSecond} DML requests in a second.`);
    if (!running.allows(installation, 0)) throw tooMany(`Statements ran for more than ${SQL.runningMsPerMinute / 1000} s in a minute.`);
  };

  const drop = async (installation: string): Promise<void> => {
    const pool = pools.get(installation);
    pools.delete(installation);
    if (pool) await closePool(await pool);
    const connection = await connectOnce(address);
    await connection.query(`DROP DATABASE IF EXISTS \`${databaseName(installation)}\``);
    await connection.end();
  };
  /** Beside the app's own ways, without their limits. */
  const aside = async <T>(installation: string, work: (connection: Connection) => Promise<T>): Promise<T> => {
    await poolOf(installation);
    const connection = await connectOnce({ ...address, ...TYPES, database: databaseName(installation) });
    try {
      return await work(connection);
    } finally {
      await connection.end();
    }
  };

  return {
    async execute(installation, query, params, kind) {
      if (Buffer.byteLength(JSON.stringify({ query, params })) > SQL.requestBytes)
        throw new SqlError('SQL_EXECUTION_ERROR', 'The request is larger than 1 MiB.', 413);
      const verb = judgeStatement(query, kind);
      takeTurn(installation, kind);
      const pool = await poolOf(installation);
      const seconds = siteSeconds(clock);
      const sql = dialect.limited(query.trim().replace(/;\s*$/, ''), verb, seconds);
      return withConnection(pool, async (connection) => {
        if (definesTable(query)) await refuseOneTableMore(connection);
        const began = performance.now();
        try {
          const result = await collect(connection, sql, params, verb);
          if (isRecursive(query)) await refuseCutRecursion(connection);
          return result;
        } finally {
          running.add(installation, performance.now() - began);
          // Its text never comes again, and what stays prepared counts as memory of the session.
          if (seconds !== undefined) forget(connection, sql);
        }
      });
    },
    drop,
    dump: (installation) => aside(installation, dumpTables),
    async load(installation, tables) {
      await drop(installation);
      await aside(installation, (connection) => loadTables(connection, tables));
    },
    fill: (installation, statements) =>
      aside(installation, async (connection) => {
        await connection.query('START TRANSACTION');
        for (const statement of statements) await connection.query(statement);
        await connection.query('COMMIT');
      }),
    async stop() {
      await Promise.all([...pools.values()].map(async (pool) => closePool(await pool)));
      await stop();
    },
  };
}

const tooMany = (message: string): SqlError => new SqlError('RATE_LIMIT_EXCEEDED', message, 429);

async function refuseOneTableMore(connection: PoolConnection): Promise<void> {
  const { rows } = await collect(connection, 'SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE()', [], 'select');
  const count = z.array(z.object({ n: z.coerce.number() })).parse(rows)[0]?.n ?? 0;
  if (count >= SQL.tables) throw new SqlError('SQL_EXECUTION_ERROR', `A database has at most ${SQL.tables} tables.`);
}

async function dialectOf(address: ConnectionOptions): Promise<Dialect> {
  const connection = await connectOnce(address);
  const [rows] = await connection.query('SELECT VERSION() AS version');
  await connection.end();
  const version = JSON.stringify(rows);
  return /tidb/i.test(version) ? TIDB : /mariadb/i.test(version) ? MARIADB : MYSQL;
}

/** The site's time for NOW(), where it is not the machine's: an unchanging text keeps the prepared statement. */
function siteSeconds(clock: Clock): string | undefined {
  const now = clock.now().getTime();
  return Math.abs(now - Date.now()) < 1000 ? undefined : (now / 1000).toFixed(3);
}

const databaseName = (installation: string): string => `forge_${installation.replace(/[^A-Za-z0-9]/g, '_')}`.slice(0, 60);

async function openPool(address: ConnectionOptions, database: string, dialect: Dialect): Promise<Pool> {
  const connection = await connectOnce(address);
  await connection.query(`CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  await connection.end();
  const pool = createPool({ ...address, ...TYPES, database, connectionLimit: 4 });
  pool.on('connection', (one: PoolConnection) => {
    // Queued before the statement that the connection was opened for.
    for (const statement of dialect.session) one.query(statement);
  });
  return pool;
}

const closePool = (pool: Pool): Promise<void> => new Promise((resolve) => pool.end(() => resolve()));

async function withConnection<T>(pool: Pool, work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await new Promise<PoolConnection>((resolve, reject) => {
    pool.getConnection((error, one) => (error ? reject(failureOf(error)) : resolve(one)));
  });
  try {
    return await work(connection);
  } finally {
    connection.release();
  }
}

/** Numbers of the server's errors that mean "took too long" (MariaDB 1969, MySQL 3024). */
const TIMED_OUT = new Set([1969, 3024]);
/** MariaDB 1295: not available as a prepared statement. */
const NOT_PREPARABLE = 1295;
/** MariaDB 1931: a recursion was cut and the answer is short; TiDB makes an error of that. */
const RECURSION_CUT = 1931;

/** Runs the statement with server-side parameters and gathers the rows, as far as the response may be long. */
function collect(connection: PoolConnection, sql: string, params: Json[], verb: Verb): Promise<SqlResult> {
  return new Promise((resolve, reject) => {
    const rows: Json[] = [];
    let header: SqlResult | undefined;
    let bytes = 0;
    let done = false;
    const fail = (error: SqlError): void => {
      if (done) return;
      done = true;
      connection.destroy();
      reject(error);
    };
    const listen = (command: ReturnType<PoolConnection['query']>): void => {
      command.on('result', (row: unknown) => {
        if (isHeader(row)) return void (header = { rows: updateResponse(row) });
        bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
        if (bytes > SQL.responseBytes) return fail(new SqlError('SQL_EXECUTION_ERROR', 'The response is larger than 4 MiB.', 413));
        rows.push(row as Json);
      });
      command.on('error', (error: QueryError) => {
        if (done) return;
        if (error.errno === NOT_PREPARABLE && params.length === 0) return listen(connection.query({ sql, timeout: LIMIT_MS[verb] * 2 }));
        done = true;
        reject(failureOf(error));
      });
      command.on('end', () => {
        if (done) return;
        done = true;
        resolve(header ?? { rows });
      });
    };
    listen(connection.execute({ sql, values: params, timeout: LIMIT_MS[verb] * 2 }));
  });
}

interface Header {
  affectedRows: number;
  fieldCount: number;
  info: string;
  insertId: number;
  serverStatus: number;
  warningStatus: number;
}

const isHeader = (row: unknown): row is Header => typeof row === 'object' && row !== null && row.constructor.name === 'ResultSetHeader';

const updateResponse = ({ affectedRows, fieldCount, info, insertId, serverStatus, warningStatus }: Header): { [key: string]: Json } => ({
  affectedRows,
  fieldCount,
  info: info ?? '',
  insertId,
  serverStatus,
  warningStatus,
});

function refuseCutRecursion(connection: PoolConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query('SHOW WARNINGS', (error: QueryError | null, rows: unknown) => {
      if (error) return reject(failureOf(error));
      const cut = (rows as { Code: number; Message: string }[]).find((one) => one.Code === RECURSION_CUT);
      if (!cut) return resolve();
      const message = `Recursive query aborted after ${SQL.recursions + 1} iterations.`;
      reject(new SqlError('SQL_EXECUTION_ERROR', 'The query could not be executed.', 400, { errno: 3636, sqlMessage: message }));
    });
  });
}

function failureOf(error: NodeJS.ErrnoException & { sqlState?: string; sqlMessage?: string }): SqlError {
  const debug = {
    code: error.code ?? '',
    errno: error.errno ?? 0,
    sqlState: error.sqlState ?? '',
    sqlMessage: error.sqlMessage ?? error.message,
    message: error.message,
  };
  if (TIMED_OUT.has(error.errno ?? 0) || error.code === 'PROTOCOL_SEQUENCE_TIMEOUT')
    return new SqlError('QUERY_TIMED_OUT', 'The query took too long.', 408, debug);
  return new SqlError('SQL_EXECUTION_ERROR', 'The query could not be executed.', 400, debug);
}
