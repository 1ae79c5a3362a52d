/** Lets the tasks of a site run that stands still otherwise. */
import type { ManualClock } from '../../../sandbox/clock';

export async function settle(clock: ManualClock): Promise<void> {
  clock.advance(0);
  // the work of a task waits for validators; none of the tests' own takes longer than this
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
