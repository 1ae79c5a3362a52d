import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { SqlError, startSqlServer, type SqlServer } from '../../sandbox/forge';
import { buildApp, CACHE, start, type Started, including } from './forge.helpers';

const clock = new ManualClock('2026-11-24T09:00:00.000Z');
let folder: string;
let server: SqlServer;
let app: Awaited<ReturnType<typeof buildApp>>;
let site: Started;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forge-sql-'));
  [server, app] = await Promise.all([startSqlServer({ cacheDir: CACHE, dataDir: join(folder, 'data'), clock }), buildApp()]);
  site = await start(app.functionsFile, { clock, sql: server });
}, 120_000);
afterAll(async () => {
  await site?.forge.stop();
  await server?.stop();
  await app?.remove();
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  value?: { rows: unknown };
  code?: string;
  status?: number;
  context?: { debug?: { errno: number; sqlMessage: string } };
}
const sql = (query: string, ...params: unknown[]) => site.call<Outcome>('sql', { query, params } as never);
const ddl = (query: string) => site.call<Outcome>('ddl', { query });

describe('through @forge/sql', () => {
  it('migrations run once', async () => {
    expect(await site.call('migrate')).toEqual({ value: { ran: ['v1', 'v2'], listed: ['v1', 'v2'] } });
    expect(await site.call('migrate')).toEqual({ value: { ran: [], listed: ['v1', 'v2'] } });
  });

  it('rows are written and read', async () => {
    expect(await sql('INSERT INTO item (id, name, size) VALUES (?, ?, ?)', 1, 'one', '9007199254740993')).toEqual({
      value: { rows: { affectedRows: 1, fieldCount: 0, info: '', insertId: 0, serverStatus: 2, warningStatus: 0 } },
    });
    expect(await sql('SELECT * FROM item WHERE name = ?', 'one')).toEqual({ value: { rows: [{ id: 1, name: 'one', size: '9007199254740993' }] } });
    expect(await sql("SELECT id FROM item WHERE name = 'ONE'")).toEqual({ value: { rows: [] } });
  });

  it('numbers beyond INT and dates are text, and NOW() is the time of the site', async () => {
    const { value } = await sql('SELECT COUNT(*) AS n, SUM(size) AS s, 1.50 AS d, NOW() AS t FROM item');
    expect(value?.rows).toEqual([{ n: '1', s: '9007199254740993', d: '1.50', t: including('2026-11-24 09:') }]);
  });

  it('errors carry what the server says', async () => {
    expect(await sql("INSERT INTO item (id, name) VALUES (1, 'again')")).toMatchObject({
      code: 'SQL_EXECUTION_ERROR',
      status: 400,
      context: { debug: { code: 'ER_DUP_ENTRY', errno: 1062, sqlMessage: including('Duplicate entry') } },
    });
  });
});

describe('limits', () => {
  it.each([
    'SELECT 1; SELECT 2',
    'SHOW TABLES',
    'REPLACE INTO item (id, name) VALUES (1, 2)',
    'SET @a = 1',
    'CREATE TABLE x (id INT)',
    "INSERT INTO item (id, name) VALUES (7, 'x') RETURNING id",
    'SELECT * FROM seq_1_to_10',
    'SELECT /*! 1 */ 2',
  ])('refuse on the endpoint for data: %s', async (query) => {
    expect(await sql(query)).toMatchObject({ code: 'INVALID_SQL_QUERY', status: 400 });
  });

  it.each([
    'CREATE TABLE child (id INT, item INT, FOREIGN KEY (item) REFERENCES item (id))',
    'CREATE SEQUENCE s',
    'CREATE DATABASE other',
    "INSERT INTO item (id, name) VALUES (7, 'x')",
  ])('refuse on the endpoint for definitions: %s', async (query) => {
    expect(await ddl(query)).toMatchObject({ code: 'INVALID_SQL_QUERY' });
  });

  it('do not mistake text for keywords', async () => {
    expect(await sql("SELECT 'a; foreign key references returning' AS text -- ; SELECT 2")).toEqual({
      value: { rows: [{ text: 'a; foreign key references returning' }] },
    });
  });

  it('end a recursion that goes too deep with an error', async () => {
    const query = 'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < ?) SELECT COUNT(*) AS n FROM r';
    expect(await sql(query, 900)).toEqual({ value: { rows: [{ n: '900' }] } });
    expect(await sql(query, 5000)).toMatchObject({ code: 'SQL_EXECUTION_ERROR' });
  });

  it('cut answers over 4 MiB and requests over 1 MiB', async () => {
    const many = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 900) SELECT REPEAT('y', ?) AS z FROM r";
    expect(await sql(many, 6000)).toMatchObject({ status: 413 });
    expect(await sql('SELECT ? AS z', 'x'.repeat(1_100_000)).catch((error: unknown) => error)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(server.execute('direct', 'SELECT ? AS z', ['x'.repeat(1_100_000)], 'dml')).rejects.toMatchObject({ status: 413 });
  });

  it('end a SELECT at 5 s', { timeout: 15_000 }, async () => {
    await expect(server.execute('direct', 'SELECT SLEEP(8)', [], 'dml')).rejects.toMatchObject({ code: 'QUERY_TIMED_OUT' });
  });

  it('allow 25 definitions a minute of the site', async () => {
    clock.advance(60_000);
    for (let n = 0; n < 25; n += 1) await server.execute('rate', 'SELECT 1', [], 'ddl');
    await expect(server.execute('rate', 'SELECT 1', [], 'ddl')).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED', status: 429 });
    clock.advance(60_000);
    await expect(server.execute('rate', 'SELECT 1', [], 'ddl')).resolves.toBeDefined();
  });

  it('keep installations apart', async () => {
    await server.execute('other', 'CREATE TABLE mine (id INT)', [], 'ddl');
    await expect(server.execute('rate', 'SELECT * FROM mine', [], 'dml')).rejects.toMatchObject({ debug: { errno: 1146 } });
  });
});

describe('the server', () => {
  const running = (dataDir: string): boolean => execFileSync('ps', ['-eo', 'args']).toString().includes(`--datadir=${dataDir}`);

  it.skipIf(process.env['SANDBOX_SQL_URL'] || !existsSync('/bin/ps'))(
    'ends when the process that started it is killed',
    { timeout: 60_000 },
    async () => {
      const dataDir = join(folder, 'orphan');
      const script = `import('${fileURLToPath(new URL('../../sandbox/forge/sql/server.ts', import.meta.url))}')
      .then(({ startSqlServer }) => startSqlServer({ cacheDir: '${CACHE}', dataDir: '${dataDir}' })).then(() => { console.log('up'); setInterval(() => 0, 1000); });`;
      const owner = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(() => void owner.kill('SIGKILL'));
      await new Promise<void>((resolve) => owner.stdout.on('data', (data: Buffer) => data.toString().includes('up') && resolve()));
      expect(running(dataDir)).toBe(true);
      owner.kill('SIGKILL');
      await expect.poll(() => running(dataDir), { timeout: 20_000, interval: 100 }).toBe(false);
    },
  );
});

describe('rates', () => {
  // The clock stands still, so everything falls into one window; each test takes an installation of its own.
  const codeOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof SqlError ? `${String(error.status)} ${error.code}` : String(error)),
    );

  it('allow 150 DML a second', async () => {
    clock.advance(60_000);
    const select = () => codeOf(server.execute('dml-rate', 'SELECT 1', [], 'dml'));
    const outcomes = await Promise.all(Array.from({ length: 151 }, select));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(150);
    expect(outcomes.at(-1)).toBe('429 RATE_LIMIT_EXCEEDED');
    clock.advance(1000);
    expect(await select()).toBe('done');
  });

  it('allow 62.5 s of running in a minute', async () => {
    clock.advance(60_000);
    const sleep = () => codeOf(server.execute('running-rate', 'SELECT SLEEP(3)', [], 'dml'));
    // Side by side, four at a time.
    expect(new Set(await Promise.all(Array.from({ length: 22 }, sleep)))).toEqual(new Set(['done']));
    expect(await sleep()).toBe('429 RATE_LIMIT_EXCEEDED');
    clock.advance(60_000);
    expect(await codeOf(server.execute('running-rate', 'SELECT 1', [], 'dml'))).toBe('done');
  });

  it('allow 200 tables', async () => {
    const define = (n: number) => {
      clock.advance(60_000);
      return codeOf(server.execute('tables', `CREATE TABLE t${String(n)} (id INT PRIMARY KEY)`, [], 'ddl'));
    };
    for (let n = 0; n < 200; n += 1) expect(await define(n)).toBe('done');
    expect(await define(200)).toBe('400 SQL_EXECUTION_ERROR');
  });
});
