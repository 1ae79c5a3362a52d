/**
 * What setting up a space costs: platform requests by kind for each of plan, apply, verify, drift, a second plan and apply, and undo, by the deployed bundle.
 * Run: node --import tsx bench/setup.ts
 */
import { performance } from 'node:perf_hooks';
import { Visitor } from '../sandbox/demo/client';
import { freshSite } from '../test/scenarios/site';

const TARGET = { spaces: { kind: 'new', key: 'NSS', name: 'Noordhaven Shared Services' }, begin: 'warn' };
/** A step may take so long (Forge docs: invocation limits). */
const STEP_LIMIT_MS = 25_000;
const KINDS = ['jira', 'kvs', 'sql'] as const;

const { site, stop } = await freshSite();
const admin = new Visitor(site.url, site.administrator.email);
interface Progress {
  phase: string;
  writes: number;
}
const ask = <T>(call: string, payload: object = {}): Promise<T> => admin.invoke<T>('usm-setup', call, payload);

let seen = 0;
/** Runs `act`; prints what its invocations asked of the platform, and the longest of them. */
async function counted<T>(name: string, act: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const answer = await act();
  const took = performance.now() - from;
  const calls = site.forge.invocations().slice(seen);
  seen += calls.length;
  const sum = (kind: (typeof KINDS)[number]): number => calls.reduce((total, one) => total + one.requests[kind], 0);
  const longest = Math.max(...calls.map((one) => one.ms));
  const figures = KINDS.map((kind) => `${kind} ${String(sum(kind))}`).join(', ');
  console.log(
    `${name.padEnd(16)} ${String(calls.length).padStart(3)} calls, ${figures}; ${took.toFixed(0)} ms, longest ${(longest / STEP_LIMIT_MS).toFixed(3)} of its limit`,
  );
  return answer;
}

async function through(call: string, payload: object, going: string): Promise<Progress> {
  for (;;) {
    const progress = await ask<Progress>(call, payload);
    if (progress.phase !== going) return progress;
  }
}

try {
  await counted('assess', () => ask('setup.assess'));
  const { hash } = await counted('plan', () => ask<{ hash: string }>('setup.plan', TARGET));
  const first = await counted('apply', () => through('setup.step', { target: TARGET, hash }, 'running'));
  await counted('verify', () => ask('setup.verify'));
  await counted('drift, read', () => ask('drift.read', { fresh: true }));
  const again = await counted('plan again', () => ask<{ hash: string }>('setup.plan', TARGET));
  const second = await counted('apply again', () => through('setup.step', { target: TARGET, hash: again.hash }, 'running'));
  console.log(`Writes in Jira: ${String(first.writes)}, the second time ${String(second.writes)}`);
} finally {
  await stop();
}
