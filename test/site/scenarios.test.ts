import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { checkCast, playOne } from '../scenarios/run';
import { SCENARIOS } from '../scenarios/scenarios';
import { type FreshSite, freshSite } from '../scenarios/site';

/** At once, and as the platform does it: late, in any order, every piece of news twice. */
const DELIVERIES = {
  'delivered at once': 'instant',
  'delivered late, unordered and every time twice': { minMs: 5, maxMs: 250, doubled: 1, seed: 7 },
} as const;

describe.each(Object.entries(DELIVERIES))('acceptance scenarios, %s', (_name, delivery) => {
  let fresh: FreshSite;
  let world: World;

  beforeAll(async () => {
    fresh = await freshSite({ delivery });
    world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
    await checkCast(world);
  });
  afterAll(() => fresh.stop());

  it.each(SCENARIOS.map((one) => [one.id, one.title, one] as const))('%s %s', async (_id, _title, scenario) => {
    const report = await playOne(scenario, world, () => undefined);
    expect(report.steps.filter((step) => !step.passed)).toEqual([]);
    expect(report.passed).toBe(true);
  });

  it('left no work behind an answer', () => {
    expect(fresh.site.forge.invocations().filter((one) => one.strays.length > 0)).toEqual([]);
  });
});
