/** What the site needs beside the packages: the database program and the three builds, side by side, each skipped when it is there. */
import { findMariaDb } from '../sandbox/forge/sql/find';
import { BUILDS } from './build';
import { DATABASE_CACHE } from './paths';
import { buildIfStale } from './stamp';
import { step } from './steps';

async function database(): Promise<string> {
  if (process.env['SANDBOX_SQL_URL']) return 'the one that SANDBOX_SQL_URL names';
  const { server } = await findMariaDb(DATABASE_CACHE, (line) => console.log(`Database: ${line}`));
  return `ready (${server.startsWith(DATABASE_CACHE) ? 'unpacked beside the project' : 'of this machine'})`;
}

const steps = [
  step('Database', database),
  step('Functions', () => buildIfStale(BUILDS.functions)),
  step('Surfaces', () => buildIfStale(BUILDS.static)),
  step('Pages of the site', () => buildIfStale(BUILDS.pages)),
];

for (const outcome of await Promise.allSettled(steps)) {
  if (outcome.status === 'fulfilled') continue;
  console.error(outcome.reason instanceof Error ? outcome.reason.message : outcome.reason);
  process.exitCode = 1;
}
