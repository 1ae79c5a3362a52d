/** Reads how many tests ran from the reports of the test runners. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

export const add = (a: Counts, b: Counts): Counts => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** A test file that did not load holds no test and counts as one failure. */
export function vitestCounts(report: string): Counts {
  const r = vitestReport.parse(JSON.parse(readFileSync(report, 'utf8')));
  const unloadable = r.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  return { passed: r.numPassedTests, failed: r.numFailedTests + unloadable, skipped: r.numPendingTests + r.numTodoTests };
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** A test that passed only on a second try is a failure: nothing here may depend on luck. */
export function playwrightCounts(report: string): Counts {
  const { stats, errors } = playwrightReport.parse(JSON.parse(readFileSync(report, 'utf8')));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}
