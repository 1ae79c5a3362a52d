/**
 * What a failure reaches and what hangs together, on a register of 100,000 items and 500,000 relations, as pages ask for it.
 * `node --import tsx bench/register-impact.ts [items] [relations]`. The middle of several runs, of an ordinary item and of hubs; statements are counted.
 */
import { performance } from 'node:perf_hooks';
import { ManualClock } from '../sandbox/clock';
import { catalogSite, ok } from '../test/site/support/catalog-world';
import { openDatabase } from '../test/site/support/many-items';
import { loadRegister, makeRegister } from '../test/site/support/register-world';
import { registerImpactCalls } from '../src/contract';

const ITEMS = Number(process.argv[2] ?? 100_000);
const RELATIONS = Number(process.argv[3] ?? 500_000);
const RUNS = 5;
const median = (all: number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

const clock = new ManualClock(new Date());
const database = await openDatabase(clock);
let statements = 0;
const sql: typeof database.sql = {
  ...database.sql,
  execute: (...asked) => {
    statements += 1;
    return database.sql.execute(...asked);
  },
};
const catalog = await catalogSite(clock, { sql });
const { karel } = catalog.world.people;
// The app speaks once before, so that its tables are known.
await karel.invoke('usm', 'register.path', { from: 'A', to: 'B' });
const world = makeRegister({ items: ITEMS, relations: RELATIONS });
await loadRegister(database, world);
const keyOf = (id: number | undefined): string => world.items[(id ?? 1) - 1]?.item.key ?? '';
const live = (ids: readonly number[]): number[] => ids.filter((id) => world.items[id - 1]?.item.life === 'inUse');
const [hub, busiest] = live(world.hubs);
const [plain, other] = live([Math.floor(ITEMS * 0.77), Math.floor(ITEMS * 0.61), Math.floor(ITEMS * 0.43), Math.floor(ITEMS * 0.21)]);

interface Figure {
  name: string;
  budget: number;
  run: () => Promise<string>;
}
const impact = async (key: string, more: object = {}): Promise<string> => {
  const told = ok(registerImpactCalls['register.impact'].answer.parse(await karel.invoke('usm', 'register.impact', { key, ...more })));
  return `${String(told.total)} items, ${String(told.boxes.length)} boxes${told.truncated ? ', and more' : ''}`;
};
const near = async (key: string, more: object = {}): Promise<string> => {
  const told = ok(registerImpactCalls['register.neighbourhood'].answer.parse(await karel.invoke('usm', 'register.neighbourhood', { key, ...more })));
  return `${String(told.nodes.length)} nodes, ${String(told.edges.length)} relations`;
};
const way = async (from: string, to: string): Promise<string> => {
  const told = ok(registerImpactCalls['register.path'].answer.parse(await karel.invoke('usm', 'register.path', { from, to })));
  return `${String(told.edges.length)} steps, ${String(told.looked)} looked at`;
};
const figures: Figure[] = [
  { name: 'impact, 3 levels, an ordinary item', budget: 1_000, run: () => impact(keyOf(plain)) },
  { name: 'impact, 3 levels, a hub', budget: 1_000, run: () => impact(keyOf(hub)) },
  { name: 'impact, 3 levels, another hub', budget: 1_000, run: () => impact(keyOf(busiest)) },
  { name: 'impact, 5 levels, an ordinary item', budget: 2_500, run: () => impact(keyOf(plain), { steps: 5 }) },
  { name: 'causes, 3 levels, an ordinary item', budget: 1_000, run: () => impact(keyOf(plain), { direction: 'back' }) },
  { name: 'neighbourhood, an ordinary item', budget: 300, run: () => near(keyOf(plain)) },
  { name: 'neighbourhood, a hub, 500 nodes', budget: 300, run: () => near(keyOf(hub)) },
  { name: 'around one more', budget: 300, run: () => near(keyOf(other), { steps: 1 }) },
  { name: 'the way between two items', budget: 1_000, run: () => way(keyOf(plain), keyOf(other)) },
];

try {
  console.log(`${String(world.items.length)} items, ${String(world.relations.length)} relations`);
  for (const { name, budget, run } of figures) {
    const times: number[] = [];
    let told = '';
    const before = statements;
    for (let left = RUNS; left > 0; left -= 1) {
      const from = performance.now();
      told = await run();
      times.push(performance.now() - from);
    }
    const ms = median(times);
    if (ms > budget) process.exitCode = 1;
    console.log(
      `${name.padEnd(38)} ${ms.toFixed(0).padStart(5)} ms of ${String(budget)}, best ${Math.min(...times).toFixed(0)}, ${String((statements - before) / RUNS)} statements: ${told}`,
    );
  }
} finally {
  await catalog.fresh.stop();
  await database.stop();
}
