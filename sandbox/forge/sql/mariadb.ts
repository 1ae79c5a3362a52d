/** Starts a MariaDB server of our own on a socket, as a child that cannot outlive this process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findMariaDb, type Binaries } from './find';

/** As near to TiDB as MariaDB goes: its SQL mode, binary collation, UTC. */
const TIDB_LIKE = [
  '--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_bin',
  '--default-time-zone=+00:00',
  '--max-allowed-packet=16M',
];
const SMALL = ['--innodb-log-file-size=16M', '--innodb-flush-log-at-trx-commit=0', '--innodb-buffer-pool-size=64M', '--performance-schema=OFF'];

/**
 * Keeps the server while our end of the pipe on descriptor 3 is open. The kernel closes that end when this process ends, also on SIGKILL;
 * then `cat` ends and the server is told to stop.
 */
const KEEPER = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill -TERM $server 2>/dev/null) &
wait $server
`;

export interface MariaDb {
  socketPath: string;
  stop(): Promise<void>;
}

/** Starts the server over `dataDir`; an empty or missing folder is filled from a template kept in `cacheDir`. */
export async function startMariaDb(options: { cacheDir: string; dataDir: string; onProgress: (line: string) => void }): Promise<MariaDb> {
  const binaries = await findMariaDb(options.cacheDir, options.onProgress);
  await prepareData(binaries, options);
  // The name of a socket may have 107 characters, so it does not live in the data folder.
  const folder = await mkdtemp(join(tmpdir(), 'site-sql-'));
  const socketPath = join(folder, 's');
  const keeper = spawn('sh', ['-c', KEEPER, 'keeper', binaries.server, ...serverArguments(binaries, options.dataDir, folder)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, ...binaries.env },
    // Its own group: a Ctrl-C meant for the site must not stop the server before the site has ended its work.
    detached: true,
  });
  let output = '';
  keeper.stderr.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-4000)));
  const stop = async (): Promise<void> => {
    await ended(keeper);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(keeper, socketPath, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  return { socketPath, stop };
}

function serverArguments(binaries: Binaries, dataDir: string, folder: string): string[] {
  return [
    '--no-defaults',
    `--basedir=${binaries.basedir}`,
    `--datadir=${dataDir}`,
    `--socket=${join(folder, 's')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--tmpdir=${folder}`,
    `--lc-messages-dir=${binaries.share}`,
    '--skip-networking',
    ...asRoot(),
    ...TIDB_LIKE,
    ...SMALL,
  ];
}

/** MariaDB refuses to run as root unless told so. */
const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--user=root'] : []);

async function prepareData(
  binaries: Binaries,
  { cacheDir, dataDir, onProgress }: { cacheDir: string; dataDir: string; onProgress: (line: string) => void },
) {
  const present = await readdir(dataDir).catch(() => []);
  if (present.length > 0) return;
  const template = join(cacheDir, 'data-template');
  if (!existsSync(template)) await makeTemplate(binaries, cacheDir, template, onProgress);
  await mkdir(dirname(dataDir), { recursive: true });
  await cp(template, dataDir, { recursive: true });
}

/** What mariadb-install-db does, without the shell tools it wants: feeds the server's own SQL files to it in bootstrap mode. */
async function makeTemplate(binaries: Binaries, cacheDir: string, template: string, onProgress: (line: string) => void): Promise<void> {
  onProgress('Preparing an empty database ...');
  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, 'data-'));
  const data = join(work, 'data');
  try {
    await mkdir(data);
    await bootstrap(binaries, data, await systemTables(binaries.share));
    await rename(data, template).catch((error: unknown) => {
      if (!existsSync(template)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** SQL that makes the system tables and a root without password: only this machine's user reaches the socket. */
async function systemTables(share: string): Promise<string> {
  const files = await readdir(share);
  const parts = ['_system_tables.sql', '_performance_tables.sql', '_system_tables_data.sql', 'maria_add_gis_sp_bootstrap.sql'];
  const names = parts.map((part) => files.find((file) => file.endsWith(part))).filter((name) => name !== undefined);
  const texts = await Promise.all(names.map((name) => readFile(join(share, name), 'utf8')));
  return ['CREATE DATABASE IF NOT EXISTS mysql;', 'USE mysql;', 'SET @auth_root_socket=NULL;', ...texts].join('\n');
}

function bootstrap(binaries: Binaries, data: string, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = spawn(
      binaries.server,
      [
        '--no-defaults',
        '--bootstrap',
        `--basedir=${binaries.basedir}`,
        `--datadir=${data}`,
        `--lc-messages-dir=${binaries.share}`,
        ...SMALL,
        ...asRoot(),
      ],
      { stdio: ['pipe', 'ignore', 'pipe'], env: { ...process.env, ...binaries.env } },
    );
    let output = '';
    server.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2000)));
    server.on('error', reject);
    server.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The empty database could not be made: ${output}`))));
    server.stdin.end(sql);
  });
}

const READY_MS = 30_000;

async function ready(keeper: ChildProcess, socketPath: string, output: () => string): Promise<void> {
  const until = Date.now() + READY_MS;
  while (!(await accepts(socketPath))) {
    if (keeper.exitCode !== null || keeper.signalCode !== null) throw new Error(`The SQL server did not start: ${output()}`);
    if (Date.now() > until) throw new Error(`The SQL server is not ready after ${READY_MS / 1000} s: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether somebody takes connections there. The file alone says nothing: a server makes it before it listens, and a killed one leaves it. */
export function accepts(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Closes the pipe, which stops the server, and waits for the end. */
function ended(keeper: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (keeper.exitCode !== null || keeper.signalCode !== null) return resolve();
    keeper.once('exit', () => resolve());
    keeper.stdin?.end();
  });
}
