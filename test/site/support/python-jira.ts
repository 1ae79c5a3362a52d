/** Debian's python3-jira: on this machine, or unpacked from its packages without root. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE } from '../../../scripts/paths';

const run = promisify(execFile);
const PYTHON = '/usr/bin/python3';
const FOLDER = join(CACHE, 'python-jira');
const MODULES = join('usr', 'lib', 'python3', 'dist-packages');
const FETCH_MS = 60_000;
const PACKAGES = [
  'jira',
  'defusedxml',
  'packaging',
  'requests',
  'requests-oauthlib',
  'requests-toolbelt',
  'typing-extensions',
  'oauthlib',
  'urllib3',
  'certifi',
  'chardet',
  'charset-normalizer',
  'idna',
].map((name) => `python3-${name}`);

type Python = (script: string, ...args: string[]) => Promise<string>;

/** Runs a script that may import jira; undefined, and one line that says why, where that is not to be had. */
export async function pythonWithJira(): Promise<Python | undefined> {
  const unpacked = join(FOLDER, 'root', MODULES);
  for (const path of ['', unpacked]) if (await imports(path)) return python(path);
  try {
    await unpack();
    if (await imports(unpacked)) return python(unpacked);
    throw new Error('what was unpacked cannot be imported');
  } catch (error) {
    console.warn(`Skipped: no python3-jira here (${String(error instanceof Error ? error.message : error).split('\n')[0] ?? ''}).`);
    return undefined;
  }
}

const environment = (path: string) => ({ env: { ...process.env, PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: '1' } });

const imports = (path: string): Promise<boolean> =>
  run(PYTHON, ['-c', 'import jira'], environment(path)).then(
    () => true,
    () => false,
  );

const python =
  (path: string): Python =>
  async (script, ...args) =>
    (await run(PYTHON, [script, ...args], environment(path))).stdout;

async function unpack(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  // Aside, and moved into place at the end: what is broken off leaves nothing half done.
  const work = await mkdtemp(join(FOLDER, 'unpack-'));
  try {
    await run('apt-get', ['download', ...PACKAGES], { cwd: work, timeout: FETCH_MS });
    for (const file of await readdir(work)) if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', join(work, file), join(work, 'root')]);
    await rename(join(work, 'root'), join(FOLDER, 'root'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
