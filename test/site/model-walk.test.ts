/**
 * People act on the site and on an independent model of the method, side by side: legal and illegal steps over all eight machines and their hand-offs, with
 * answers given and forgotten. After every step both say the same of status, resolution, children, what is offered, and which rules refused.
 * MODEL_STEPS walks longer, MODEL_SEED elsewhere.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { JUDGED } from '../model/rules';
import { TYPES, WORKFLOWS } from '../model/tables';
import { type FreshSite, freshSite } from '../scenarios/site';
import { allTransitions, noCoverage, people, Sides } from './support/sides';
import { Tour } from './support/tour';
import { Dice, missingRules, Wanderer } from './support/wanderer';

const SEED = Number(process.env['MODEL_SEED'] ?? 20);
const STEPS = Number(process.env['MODEL_STEPS'] ?? 150);
const WALK = 45;
/** No tour is longer. */
const TOUR = 900;

let fresh: FreshSite;
let world: World;

beforeAll(async () => {
  fresh = await freshSite({ clock: new ManualClock(new Date()), limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());

function table({ coverage }: Sides, seconds: number): string {
  const rows = TYPES.map((type) => {
    const names = [...new Set(WORKFLOWS[type].map((one) => `${type}: ${one.name}`))].filter((one) => allTransitions().includes(one));
    const seen = names.filter((one) => coverage.taken.has(one));
    const times = names.reduce((sum, one) => sum + (coverage.taken.get(one) ?? 0), 0);
    const not = names.filter((one) => !coverage.taken.has(one)).map((one) => one.split(': ')[1]);
    return `${type.padEnd(20)} ${String(seen.length).padStart(3)} of ${String(names.length).padStart(3)} transitions, ${String(times).padStart(5)} times${not.length > 0 ? `  not yet: ${not.join(', ')}` : ''}`;
  });
  const refused = JUDGED.map((id) => `${id} ${String(coverage.refused.get(id) ?? 0)}`).join('  ');
  return [
    `seed ${String(SEED)}: ${String(coverage.steps)} steps in ${seconds.toFixed(0)} s, ${String(coverage.made)} children made, ${String(coverage.notOffered)} steps asked for unoffered`,
    ...rows,
    `refusals by rule: ${refused}`,
  ].join('\n');
}

it(
  'site and model never differ, and every transition and every refusal was met',
  async () => {
    const sides = new Sides(fresh, world, noCoverage());
    const began = performance.now();
    try {
      const dice = new Dice(SEED);
      const wanderer = new Wanderer(sides, dice);
      const { coverage } = sides;
      const left = (): string[] => allTransitions().filter((one) => !coverage.taken.has(one));
      while (coverage.steps < STEPS) {
        const weights = TYPES.map((what) => ({ what, weight: 0.2 + left().filter((one) => one.startsWith(`${what}:`)).length }));
        await wanderer.begin(dice.weighted(weights));
        const end = coverage.steps + WALK;
        for (let acts = 0; coverage.steps < end && acts < 3 * WALK; acts += 1) if (!(await wanderer.act())) break;
        await sides.paths();
      }
      wanderer.sure = true;
      const tour = new Tour(wanderer);
      await tour.transitions(() => coverage.steps > STEPS + TOUR);
      await tour.refusals();
      expect(left()).toEqual([]);
      expect(missingRules(sides)).toEqual([]);
    } finally {
      console.log(table(sides, (performance.now() - began) / 1000));
    }
    expect(fresh.site.forge.invocations().filter((one) => one.error !== undefined)).toEqual([]);
  },
  (STEPS + TOUR) * 500,
);

it('whoever may not take the step that hands over may not ask for more by the dialog either', async () => {
  const sides = new Sides(fresh, world, noCoverage());
  const wanderer = new Wanderer(sides, new Dice(SEED));
  wanderer.sure = true;
  const item = await wanderer.begin('Incident');
  expect(await new Tour(wanderer).goTo(item, 'Realising')).toBe(true);
  for (const profile of ['customer', 'service manager', 'line manager', 'operator', 'coordinator']) {
    const person = people.find((one) => one.profile === profile);
    if (person) await sides.handOver(item, person, ['Service Request']);
  }
  expect(sides.trail.filter((one) => one.includes('in the dialog')).map((one) => /: (\w+)/.exec(one)?.[1])).toEqual([
    'forbidden',
    'forbidden',
    'forbidden',
    'done',
    'done',
  ]);
  expect(sides.trail.join()).toContain(`Coordinator or operator can hand over more of ${item.name}.`);
}, 60_000);

it('what nobody waits for goes a way of its own, and so does everything below it', async () => {
  const sides = new Sides(fresh, world, noCoverage());
  const wanderer = new Wanderer(sides, new Dice(SEED));
  wanderer.sure = true;
  const tour = new Tour(wanderer);
  const complaint = await wanderer.begin('Complaint');
  expect(await tour.goTo(complaint, 'Realising')).toBe(true);
  const person = people.find((one) => one.profile === 'service manager');
  if (person) await sides.handOver(complaint, person, ['Optimization']);
  const measure = complaint.handoffs.find(({ child }) => child.type === 'Optimization')?.child;
  expect(measure).toBeDefined();
  await sides.paths();
  if (measure) expect(await tour.goTo(measure, 'Realising')).toBe(true);
  await sides.paths();
}, 60_000);
