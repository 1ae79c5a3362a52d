/** Random tests start from the clock, or from FC_SEED to repeat a run; the seed is told when a test fails. */
import fc from 'fast-check';
import { afterEach } from 'vitest';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 0x7fffffff);
if (!Number.isInteger(seed)) throw new Error(`FC_SEED takes a whole number, not "${process.env['FC_SEED'] ?? ''}".`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });

let told = false;
afterEach(({ task }) => {
  if (task.result?.state !== 'fail' || told) return;
  told = true;
  console.error(`Random tests of this file started from FC_SEED=${seed}`);
});
