/** Finds a MariaDB server on this machine, or unpacks one from the distribution's packages without root. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, realpath, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PlatformMissing } from '../errors';

const run = promisify(execFile);

export interface Binaries {
  /** Folder that holds bin/, sbin/ and share/. */
  basedir: string;
  server: string;
  /** Folder with the messages and the SQL files that make a new data folder. */
  share: string;
  /** For libraries that came with the unpacked packages. */
  env: Record<string, string>;
}

const SERVER_PACKAGES = ['mariadb-server-core', 'mariadb-server-core-10.6', 'mariadb-server-core-10.5'];
/** Libraries the server needs beside those of any system, by the names of different releases. */
const LIBRARY_PACKAGES = ['libaio1', 'libaio1t64', 'liburing2', 'libnuma1', 'libpmem1', 'libsnappy1v5'];

const HINT = 'Install MariaDB (Debian/Ubuntu: apt-get install mariadb-server-core) or set SANDBOX_SQL_URL=mysql://user:password@host:port.';

const exists = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/** PATH, and where distributions put servers that ordinary people have not on theirs. */
const searched = (): string[] => [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** The server in one of `folders`, or in `cacheDir`, or freshly unpacked there; PlatformMissing says what to do where none of it works. */
export async function findMariaDb(cacheDir: string, onProgress: (line: string) => void, folders = searched()): Promise<Binaries> {
  return (await installed(folders)) ?? (await unpacked(join(cacheDir, 'root'))) ?? (await unpack(cacheDir, onProgress));
}

async function shareOf(basedir: string): Promise<string | undefined> {
  for (const name of ['mysql', 'mariadb']) {
    const share = join(basedir, 'share', name);
    if ((await readdir(share).catch(() => [])).some((file) => file.endsWith('_system_tables.sql'))) return share;
  }
  return undefined;
}

async function installed(folders: readonly string[]): Promise<Binaries | undefined> {
  for (const folder of folders) {
    const server = join(folder, 'mariadbd');
    if (!(await exists(server))) continue;
    const basedir = dirname(dirname(await realpath(server)));
    const share = await shareOf(basedir);
    if (share) return { basedir, server, share, env: {} };
  }
  return undefined;
}

async function unpacked(root: string): Promise<Binaries | undefined> {
  const basedir = join(root, 'usr');
  const server = join(basedir, 'sbin', 'mariadbd');
  const share = await shareOf(basedir);
  if (!share || !(await exists(server))) return undefined;
  const folders = [join(basedir, 'lib'), join(root, 'lib')];
  const libraries = await Promise.all(folders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))));
  const path = libraries.flat().filter((one) => one.includes('-linux-'));
  return { basedir, server, share, env: { LD_LIBRARY_PATH: path.join(delimiter) } };
}

async function unpack(cacheDir: string, onProgress: (line: string) => void): Promise<Binaries> {
  const tools = await Promise.all(
    ['apt-get', 'apt-cache', 'dpkg-deb'].map((tool) =>
      run(tool, ['--version']).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (tools.includes(false)) throw new PlatformMissing(`No MariaDB server found. ${HINT}`);
  if (!(await known(SERVER_PACKAGES)).length) await updateLists(onProgress);
  const [server] = await known(SERVER_PACKAGES);
  if (!server) throw new PlatformMissing(`The package lists name no MariaDB server. ${HINT}`);

  await mkdir(cacheDir, { recursive: true });
  // Unpacked aside and moved into place at the end: a start that is broken off, or two at once, leave nothing half done.
  const work = await mkdtemp(join(cacheDir, 'unpack-'));
  try {
    onProgress('Fetching MariaDB (8 MB, once) ...');
    await run('apt-get', ['download', server, ...(await known(LIBRARY_PACKAGES))], { cwd: work });
    const root = join(work, 'root');
    for (const file of await readdir(work)) if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', join(work, file), root]);
    await rename(root, join(cacheDir, 'root')).catch(() => undefined);
  } catch (error) {
    throw new PlatformMissing(`MariaDB could not be fetched (${firstLine(error)}). ${HINT}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const binaries = await unpacked(join(cacheDir, 'root'));
  if (!binaries) throw new PlatformMissing(`The unpacked packages hold no server. ${HINT}`);
  return binaries;
}

/** Those of the packages that the package lists offer. */
async function known(names: string[]): Promise<string[]> {
  const found = await Promise.all(
    names.map((name) =>
      run('apt-cache', ['show', name]).then(
        ({ stdout }) => stdout.includes('Filename:'),
        () => false,
      ),
    ),
  );
  return names.filter((_, index) => found[index]);
}

async function updateLists(onProgress: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0) throw new PlatformMissing(`The package lists are missing: run "sudo apt-get update" once. ${HINT}`);
  onProgress('Updating the package lists ...');
  await run('apt-get', ['update']).catch((error: unknown) => {
    throw new PlatformMissing(`The package lists could not be updated (${firstLine(error)}). ${HINT}`);
  });
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .split('\n')
    .filter(Boolean)
    .slice(0, 2)
    .join(' ');
