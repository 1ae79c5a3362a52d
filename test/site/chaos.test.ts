/**
 * People work while news comes late, twice, out of order or never, functions die between two writes, the database is down, Jira is busy, two act at once and
 * children are deleted. Then the trouble ends, the five-minute round runs until nothing changes, and the promises of the method are asked for.
 * CHAOS_STEPS goes on longer, CHAOS_SEED elsewhere. A day later the ledger has to know every move, too.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { TYPES } from '../model/tables';
import { type FreshSite, freshSite } from '../scenarios/site';
import { type Aftermath, notInLedger, PROMISES, readAftermath } from './support/aftermath';
import { Chaos } from './support/chaos';
import { Dice } from './support/wanderer';

const SEED = Number(process.env['CHAOS_SEED'] ?? 1);
const STEPS = Number(process.env['CHAOS_STEPS'] ?? 300);
/** Enough for the work of a long run: a round brings twenty parents home. */
const ROUNDS = 60 + Math.ceil(STEPS / 20);

let fresh: FreshSite;
let world: World;

beforeAll(async () => {
  const delivery = { minMs: 0, maxMs: 20_000, doubled: 0.3, seed: SEED };
  fresh = await freshSite({ clock: new ManualClock(new Date()), limitRates: false, delivery, searchDelayMs: 0 });
  // Setting up waits for events like everything else, so its time goes on by itself.
  const ticking = setInterval(() => fresh.site.clock.advance(250), 20);
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  clearInterval(ticking);
});
afterAll(() => fresh.stop());

const look = async (): Promise<Aftermath> => readAftermath(await fresh.site.exportFile(), TYPES);

/** What may still change: where everything stands, and what the app expects. */
const standing = ({ items, receipts }: Aftermath): string => JSON.stringify([items.map((one) => [one.key, one.status]), receipts]);

it(
  'every promise holds once the trouble is over',
  async () => {
    const chaos = new Chaos(fresh, world, new Dice(SEED));
    await chaos.begin();
    const began = performance.now();
    while (chaos.told.steps < STEPS) await chaos.act();
    const worked = performance.now();
    const rounds = await chaos.untilQuiet(ROUNDS, async () => standing(await look()));
    // The daily comparison of ledger and changelogs.
    const moves = notInLedger(await look()).length;
    await chaos.aDayLater();
    const all = await look();
    const broken = Object.entries(PROMISES).map(([promise, ask]) => ({ promise, by: ask(all) }));
    const missing = notInLedger(all);
    const { told } = chaos;
    console.log(
      [
        `seed ${String(SEED)}: ${String(told.steps)} steps in ${((worked - began) / 1000).toFixed(0)} s, quiet after ${String(rounds)} rounds in ${((performance.now() - worked) / 1000).toFixed(0)} s`,
        `${String(told.taken)} steps taken, ${String(told.refused)} refused, ${String(told.failed)} calls failed, ${String(told.dialogs)} dialogs, ${String(told.atOnce)} times two at once`,
        `${String(all.items.length)} work items (${String(told.created)} by people), ${String(told.deleted)} deleted, ${String(all.receipts.length)} receipts, ${String(all.links.length)} hand-offs`,
        `faults: ${[...told.faults].map(([name, times]) => `${name} ${String(times)}`).join(', ')}`,
        `statuses: ${[...new Set(all.items.map((one) => one.status))].map((status) => `${status} ${String(all.items.filter((one) => one.status === status).length)}`).join(', ')}`,
        ...broken.map(
          ({ promise, by }) => `${promise}: ${by.length === 0 ? 'kept' : `BROKEN ${String(by.length)} times\n  ${by.slice(0, 20).join('\n  ')}`}`,
        ),
        `moves missing in the ledger: ${String(moves)} before the daily comparison, ${String(missing.length)} after it, of ${String(all.items.reduce((sum, one) => sum + one.moves.length, 0))}`,
      ].join('\n'),
    );
    expect(broken.filter(({ by }) => by.length > 0)).toEqual([]);
    expect(missing).toEqual([]);
    // Trouble that never came proves nothing.
    expect(told.faults.size).toBeGreaterThan(STEPS >= 300 ? 4 : 0);
    expect(all.links.length).toBeGreaterThan(STEPS / 30);
  },
  Math.max(300_000, STEPS * 400),
);
