import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFunctions } from '../../scripts/build';
import { playwrightCounts, vitestCounts } from '../../scripts/counts';
import { CACHE, ROOT } from '../../scripts/paths';
import { filesUnder, hashOf } from '../../scripts/stamp';
import { findMariaDb } from '../../sandbox/forge/sql/find';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tooling-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('the closing line of npm test', () => {
  it('counts a file that did not load as a failure', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ];
    expect(vitestCounts(file('v.json', JSON.stringify({ ...report, testResults })))).toEqual({ passed: 3, failed: 2, skipped: 3 });
  });

  it('counts luck and errors outside of tests as failures', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
    expect(playwrightCounts(file('p.json', JSON.stringify(report)))).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });
});

describe('the hash of a build', () => {
  it('follows names and contents, and takes a missing input as empty', () => {
    const inputs = ['scripts/node-version.mjs', 'scripts/none-such'];
    expect(hashOf(inputs)).toBe(hashOf(['scripts/node-version.mjs']));
    expect(hashOf(inputs)).not.toBe(hashOf(['scripts/start.mjs']));
    expect(filesUnder(join(ROOT, 'scripts'))).toContain(join(ROOT, 'scripts/node-version.mjs'));
  });
});

describe('the bundle of the functions', () => {
  it('brings one language of zod and keeps the names of functions', async () => {
    mkdirSync(CACHE, { recursive: true });
    const outDir = mkdtempSync(join(CACHE, 'tooling-'));
    try {
      const entry = join(outDir, 'entry.ts');
      writeFileSync(entry, `import { z } from 'zod';\nexport function answer(input: unknown) { return z.object({ a: z.string() }).parse(input); }\n`);
      await buildFunctions({ entry, outDir });
      const code = readFileSync(join(outDir, 'index.cjs'), 'utf8');
      expect(code).not.toContain('ungültig');
      expect(code.length).toBeLessThan(400_000);
      expect(code).toContain('"answer"');
    } finally {
      rmSync(outDir, { recursive: true });
    }
  });
});

describe('npm start', () => {
  const start = (...args: string[]): Promise<{ code: unknown; stderr: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, ['scripts/start.mjs', ...args], { cwd: ROOT }, (error, _stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stderr }),
      );
    });

  it('says in one line that a port is in use', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => taken.listen(0, '127.0.0.1', () => resolve(portOf(taken))));
    try {
      const { code, stderr } = await start('--port', String(port));
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`^Port ${port} is in use .*\\n$`));
    } finally {
      taken.close();
    }
  });

  it('says in one line that Node is too old', async () => {
    const older = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.19.0"})';
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile(process.execPath, ['--import', older, 'scripts/start.mjs'], { cwd: ROOT }, (error, _stdout, text) =>
        resolve({ code: error?.code ?? 0, stderr: text }),
      );
    });
    expect(code).toBe(1);
    expect(stderr).toBe('This needs Node.js 20.18.1 or newer; found 18.19.0.\n');
  });

  it('says in one line what to install where no database can be had', async () => {
    const path = process.env['PATH'];
    try {
      process.env['PATH'] = folder;
      await expect(findMariaDb(folder, () => undefined, [])).rejects.toThrow(
        /^No MariaDB server found\. Install MariaDB .* or set SANDBOX_SQL_URL=.*\.$/,
      );
    } finally {
      process.env['PATH'] = path;
    }
  });

  it.each([
    [['--port', 'eighty'], '--port takes a number'],
    [['--bogus'], "Unknown option '--bogus'"],
  ])('says in one line what is wrong with %j', async (args, words) => {
    const { code, stderr } = await start(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The probe listens on no port.');
  return address.port;
}
