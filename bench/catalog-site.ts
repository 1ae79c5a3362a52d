/**
 * The catalog with 10,000 items on the site: the first page, a search, one item, and the gate's own read.
 * `node --import tsx bench/catalog-site.ts [items]`. Times are told beside those of ten items.
 */
import { performance } from 'node:perf_hooks';
import { ManualClock } from '../sandbox/clock';
import { ask, catalogSite, inForce, ok, records } from '../test/site/support/catalog-world';
import { manyId, manyItems, manyTitle, openDatabase } from '../test/site/support/many-items';

const SIZE = Number(process.argv[2] ?? 10_000);
const BUDGET_MS = 300;
const RUNS = 9;

const median = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

async function measured(size: number): Promise<Record<string, number>> {
  const clock = new ManualClock(new Date());
  const database = await openDatabase(clock);
  const catalog = await catalogSite(clock, { sql: database.sql });
  await records(catalog);
  await manyItems(database, size);
  const listed = Array.from({ length: Math.min(500, size) }, (_, index) => Math.floor(index * (size / Math.min(500, size))));
  await inForce(catalog, listed.map(manyId));
  const { sofia } = catalog.world.people;
  const took = async (run: () => Promise<unknown>): Promise<number> => {
    const all: number[] = [];
    for (let left = RUNS; left > 0; left -= 1) {
      const from = performance.now();
      await run();
      all.push(performance.now() - from);
    }
    return median(all);
  };
  const figures = {
    'first page': await took(async () => ok(await ask(sofia, 'catalog.browse', {}))),
    search: await took(async () => ok(await ask(sofia, 'catalog.browse', { query: 'ward desk' }))),
    'one item': await took(async () => ok(await ask(sofia, 'catalog.item', { id: manyId(listed[0] ?? 0) }))),
    'items of the keeper': await took(async () => ok(await ask(catalog.world.people.lotte, 'catalog.items', { search: manyTitle(1) }))),
  };
  await catalog.fresh.stop();
  await database.stop();
  return figures;
}

const [few, many] = [await measured(10), await measured(SIZE)];
for (const [name, ms] of Object.entries(many)) {
  console.log(`${name.padEnd(20)} ${ms.toFixed(0).padStart(5)} ms with ${String(SIZE)} items, ${(few[name] ?? 0).toFixed(0)} ms with 10`);
}
if (Object.values(many).some((ms) => ms > BUDGET_MS)) process.exitCode = 1;
