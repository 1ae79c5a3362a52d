import { defineConfig } from 'vitest/config';

const shared = { environment: 'node' as const, setupFiles: ['test/setup.ts'], testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/site/**', 'test/scenarios/**', 'test/e2e/**'] } },
      { test: { ...shared, name: 'site', globalSetup: ['test/built.ts'], include: ['test/site/**/*.test.ts', 'test/scenarios/**/*.test.ts'] } },
    ],
  },
});
