/**
 * How fast a site is there, and how fast it reads: start without any app, and one work item through REST over its socket.
 * Run: npx tsx bench/site.ts [reads, default 2000]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Visitor } from '../sandbox/demo/client';
import { startSite } from '../sandbox/site';
import { DATABASE_CACHE, FUNCTIONS_DIR, PAGES_DIR, ROOT } from '../scripts/paths';

const START_BUDGET_MS = 3000;
const READ_BUDGET_MS = 5;

const reads = Number(process.argv[2] ?? 2000);
const dataDir = mkdtempSync(join(tmpdir(), 'bench-site-'));
const rounded = (ms: number): string => ms.toFixed(2);
const verdict = (ms: number, budget: number): string => `${rounded(ms)} ms, ${rounded(ms / budget)} of its ${budget} ms`;

const from = performance.now();
const site = await startSite({
  port: 0,
  appDir: ROOT,
  functionsFile: join(FUNCTIONS_DIR, 'index.cjs'),
  apps: [],
  pagesDir: PAGES_DIR,
  databaseCache: DATABASE_CACHE,
  dataDir,
  delivery: 'instant',
});
const started = performance.now() - from;
console.log(`Start without any app: ${verdict(started, START_BUDGET_MS)}`);

const admin = new Visitor(site.url, site.administrator.email);
const { accountId } = site.administrator;
await admin.ask('POST', '/rest/api/3/project', { key: 'BENCH', name: 'Bench', projectTypeKey: 'software', leadAccountId: accountId });
const fields = { project: { key: 'BENCH' }, issuetype: { name: 'Task' }, summary: 'Read me' };
const { key } = await admin.ask<{ key: string }>('POST', '/rest/api/3/issue', { fields });

/** Milliseconds of each of so many requests, one after the other, sorted. */
async function times(path: string): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < reads; i += 1) {
    const began = performance.now();
    await admin.ask('GET', path);
    taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b);
}
const at = (sorted: number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

// The cheapest answer there is tells what the socket costs on this machine.
const floor = await times('/_sandbox/clock');
const read = await times(`/rest/api/3/issue/${key}`);
console.log(`Read of a work item, ${reads} times: median ${verdict(at(read, 0.5), READ_BUDGET_MS)}; p95 ${rounded(at(read, 0.95))} ms`);
console.log(
  `Against the cheapest answer of the site (median ${rounded(at(floor, 0.5))} ms): ${rounded(at(read, 0.5) / at(floor, 0.5))} times as long`,
);

await site.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(started <= START_BUDGET_MS && at(read, 0.5) <= READ_BUDGET_MS ? 0 : 1);
