/** Browser tests. They use the machine's own Chromium: nothing is downloaded. */
import { defineConfig, devices } from '@playwright/test';

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Which scenarios a run clicks. Set here, so that every worker draws the same; a run can be repeated by it. */
process.env['CLICK_SEED'] ??= String(Math.floor(Date.now() / 1_000));
if (process.env['TEST_WORKER_INDEX'] === undefined) console.log(`Scenarios to click are drawn by CLICK_SEED=${process.env['CLICK_SEED']}`);

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  // A page waits for its site most of the time: two browsers fill two cores (8 instead of 12 minutes). Files are shared out, each worker has its own sites.
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1440, height: 900 },
        locale: 'en-GB',
        actionTimeout: 10_000,
        screenshot: 'only-on-failure',
        launchOptions: {
          executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
          args: [...asRoot, '--disable-dev-shm-usage', '--disable-gpu', ...quiet],
        },
      },
    },
  ],
});
