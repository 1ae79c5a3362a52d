/** When a database counts as ready. The file of its socket is there before anybody listens on it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accepts } from '../../sandbox/forge/sql/mariadb';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ready-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('nothing there: not ready', async () => {
  expect(await accepts(join(folder, 's'))).toBe(false);
});

test('a socket that nobody listens on: its file is there, and it is not ready', async () => {
  const path = join(folder, 's');
  const server = spawn(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`]);
  await once(server.stdout, 'data');
  expect(await accepts(path)).toBe(true);
  server.kill('SIGKILL');
  await once(server, 'exit');
  expect(existsSync(path)).toBe(true);
  expect(await accepts(path)).toBe(false);
});

test('somebody listens: ready, and left in peace afterwards', async () => {
  const path = join(folder, 's');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  expect(await accepts(path)).toBe(true);
  await new Promise((resolve) => server.close(resolve));
});
