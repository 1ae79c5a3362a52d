/** Acceptance scenarios of the method, the same ones as over HTTP, played by clicking. */
import { SCENARIOS } from '../scenarios/scenarios';
import { ClickingPlay } from './clicking';
import { expect, test } from './support';

/** Different in what they exercise; all of them are played over HTTP. */
const CLICKED = new Set(['A2', 'A3', 'A8', 'A12', 'A15', 'A16', 'A19', 'A20', 'A23', 'A24', 'A29']);

/** A refusal of Jira's is no fault of the page, yet the browser writes it down. */
const REFUSED = /the server responded with a status of 400 /;

for (const scenario of SCENARIOS.filter(({ id }) => CLICKED.has(id))) {
  test(`${scenario.id} ${scenario.title}`, async ({ page, world, as, problems }) => {
    test.setTimeout(120_000);
    const play = new ClickingPlay(world, () => undefined, page, as);
    await scenario.play(play);
    console.log(`${scenario.id}: ${String(play.clicked)} steps clicked, ${String(play.overRest)} over REST`);
    expect(problems.filter((one) => !REFUSED.test(one))).toEqual([]);
  });
}
