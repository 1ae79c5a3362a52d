/** Makes a test of each acceptance scenario: the same definition as over HTTP, played by clicking. */
import { SCENARIOS } from '../scenarios/scenarios';
import { ClickingPlay } from './clicking';
import { expect, type test } from './support';

/** A refusal of Jira's is no fault of the page, yet the browser writes it down. */
const REFUSED = /the server responded with a status of 400 /;

/**
 * So many of them, other ones in every run; which, the run's seed says (playwright.config.ts). All of them are played over HTTP each time, and by clicking
 * with CLICK=all.
 */
export function drawn(ids: readonly string[], most: number): readonly string[] {
  if (process.env['CLICK'] === 'all') return ids;
  const seed = Number(process.env['CLICK_SEED'] ?? 0);
  return Array.from({ length: Math.min(most, ids.length) }, (_none, n) => ids[(seed + n * STRIDE) % ids.length] ?? '');
}
/** Shares no divisor with how many there are to draw from, so that each draw is another one. */
const STRIDE = 3;

export function clickThrough(on: typeof test, ids: readonly string[]): void {
  for (const scenario of SCENARIOS.filter(({ id }) => ids.includes(id))) {
    on(`${scenario.id} ${scenario.title}`, async ({ page, world, as, problems }) => {
      on.setTimeout(180_000);
      const play = new ClickingPlay(world, () => undefined, page, as);
      await scenario.play(play);
      console.log(`${scenario.id}: ${String(play.clicked)} steps clicked, ${String(play.overRest)} over REST`);
      expect(problems.filter((one) => !REFUSED.test(one))).toEqual([]);
    });
  }
}
