/** Every scenario, one after the other, on a site of its own that delivers its news in one way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../../sandbox/demo/world';
import { checkCast, playOne } from '../../scenarios/run';
import { SCENARIOS } from '../../scenarios/scenarios';
import { type FreshSite, freshSite } from '../../scenarios/site';

type Delivery = NonNullable<NonNullable<Parameters<typeof freshSite>[0]>['delivery']>;

export const playAll = (name: string, delivery: Delivery) =>
  describe(`acceptance scenarios, ${name}`, () => {
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
