/** How much JavaScript a surface makes a person wait for, as it ships: what its page names, zipped. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { STATIC_DIR } from '../../scripts/paths';

/** Bytes, zipped (architecture: budgets). */
const LIMIT = 130 * 1024;

const weight = (folder: string, page: string): number => {
  const named = readFileSync(join(folder, page), 'utf8').matchAll(/(?:src|href)="([^"]+\.js)"/g);
  return [...new Set([...named].map((one) => one[1] ?? ''))].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
};

it.each(['panel.html', 'handover.html', 'deed.html', 'history.html', 'catalog.html', 'usm.html'])('%s stays within its budget', (page) => {
  const bytes = weight(STATIC_DIR, page);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(LIMIT);
});

it('a page that grew too heavy is seen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  writeFileSync(join(folder, 'page.html'), '<script type="module" src="./a.js"></script><link rel="modulepreload" href="./b.js">');
  for (const file of ['a.js', 'b.js']) writeFileSync(join(folder, file), randomBytes(LIMIT / 2 + 1_000));
  expect(weight(folder, 'page.html')).toBeGreaterThan(LIMIT);
  rmSync(folder, { recursive: true });
});
