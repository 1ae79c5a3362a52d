import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const shared = { environment: 'node' as const, setupFiles: ['test/setup.ts'], testTimeout: 60_000, hookTimeout: 120_000 };

/** The files that take longest, the longest first. Vitest begins with the largest, but a small one may play for minutes, and alone at the end it would leave a core idle. */
const LONGEST = [
  'receipt',
  'scenarios-late',
  'work',
  'existing-work',
  'model-walk',
  'groups',
  'register-scenarios-late',
  'rules-judged',
  'scenarios',
  'notices',
  'suppliers',
  'register-scenarios',
  'rules',
  'chaos',
  'setup-faults',
  'setup-kill',
].map((name) => `/test/site/${name}.test.ts`);

function rank({ moduleId }: TestSpecification): number {
  const found = LONGEST.findIndex((end) => moduleId.endsWith(end));
  return found < 0 ? LONGEST.length : found;
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    // A site waits for clocks, deliveries and its database much of the time: three at once fill two cores.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...shared, name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/site/**', 'test/scenarios/**', 'test/e2e/**'] } },
      { test: { ...shared, name: 'site', globalSetup: ['test/built.ts'], include: ['test/site/**/*.test.ts', 'test/scenarios/**/*.test.ts'] } },
    ],
  },
});
