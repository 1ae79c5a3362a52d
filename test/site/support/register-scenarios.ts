/** The scenarios of the register, on a site whose register holds as many items as the largest that is meant. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../../sandbox/demo/world';
import { REGISTER_SCENARIOS } from '../../scenarios/register';
import { checkCast, playOne } from '../../scenarios/run';
import { type FreshSite, freshSite } from '../../scenarios/site';
import { openDatabase, type OpenDatabase } from './many-items';
import { loadItems } from './register-items';

const SIZE = { items: 100_000, relations: 500_000 };

type Delivery = NonNullable<NonNullable<Parameters<typeof freshSite>[0]>['delivery']>;

export const playOnRegister = (name: string, delivery: Delivery) =>
  describe(`acceptance scenarios on a register of ${String(SIZE.items)} items, ${name}`, () => {
    let database: OpenDatabase;
    let fresh: FreshSite;
    let world: World;

    beforeAll(async () => {
      database = await openDatabase();
      fresh = await freshSite({ delivery, sql: database.sql });
      world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
      await checkCast(world);
      await loadItems(database, SIZE);
    }, 240_000);
    afterAll(async () => {
      await fresh.stop();
      await database.stop();
    });

    it.each(REGISTER_SCENARIOS.map((one) => [one.id, one.title, one] as const))('%s %s', async (_id, _title, scenario) => {
      const report = await playOne(scenario, world, () => undefined);
      expect(report.steps.filter((step) => !step.passed)).toEqual([]);
      expect(report.passed).toBe(true);
    });

    it('left no work behind an answer', () => {
      expect(fresh.site.forge.invocations().filter((one) => one.strays.length > 0)).toEqual([]);
    });
  });
