/** Makes a test of each acceptance scenario: the same definition as over HTTP, played by clicking. */
import { SCENARIOS } from '../scenarios/scenarios';
import { ClickingPlay } from './clicking';
import { expect, type test } from './support';

/** A refusal of Jira's is no fault of the page, yet the browser writes it down. */
const REFUSED = /the server responded with a status of 400 /;

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
