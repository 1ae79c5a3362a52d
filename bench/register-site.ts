/**
 * The list of a register of 100,000 items and 500,000 relations on the site: first page, search, filters over relations, the hundredth part of the list, counts, one item.
 * `node --import tsx bench/register-site.ts [items] [relations]`. Times are of a whole call, and of the SQL in it; SQL requests are counted.
 */
import { performance } from 'node:perf_hooks';
import { systemClock } from '../sandbox/clock';
import { makeWorld } from '../sandbox/demo/world';
import { registerCalls } from '../src/contract';
import { freshSite } from '../test/scenarios/site';
import { openDatabase } from '../test/site/support/many-items';
import { loadRegister, makeRegister } from '../test/site/support/register-world';

const ITEMS = Number(process.argv[2] ?? 100_000);
const RELATIONS = Number(process.argv[3] ?? ITEMS * 5);
const SEARCH_BUDGET_MS = 200;
const RUNS = 7;

const database = await openDatabase(systemClock);
let asked: { text: string; ms: number }[] = [];
const counting: typeof database.sql = {
  ...database.sql,
  async execute(installation, text, ...rest) {
    const from = performance.now();
    try {
      return await database.sql.execute(installation, text, ...rest);
    } finally {
      asked.push({ text, ms: performance.now() - from });
    }
  },
};
const fresh = await freshSite({ limitRates: false, sql: counting });
const { people } = await makeWorld(fresh.site.url, fresh.site.administrator.email);
const { lotte } = people;
await lotte.invoke('usm', 'register.list', {});

const began = performance.now();
const world = makeRegister({ items: ITEMS, relations: RELATIONS });
const made = performance.now();
await loadRegister(database, world);
console.log(
  `${String(ITEMS)} items and ${String(world.relations.length)} relations: made in ${((made - began) / 1_000).toFixed(1)} s, loaded in ${((performance.now() - made) / 1_000).toFixed(1)} s`,
);

const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
let over = false;

async function measure(name: string, call: keyof typeof registerCalls, payload: object, budget?: number): Promise<unknown> {
  const [whole, sql]: [number[], number[]] = [[], []];
  let answer: { state: string; total?: number } = { state: '' };
  let requests = 0;
  for (let run = 0; run < RUNS; run += 1) {
    asked = [];
    const from = performance.now();
    answer = await lotte.invoke('usm', call, payload);
    whole.push(performance.now() - from);
    const own = asked.filter(({ text }) => /mi_|agreement/.test(text));
    requests = own.length;
    sql.push(own.reduce((longest, { ms }) => longest + ms, 0));
    if (answer.state !== 'ok') throw new Error(`${name}: ${JSON.stringify(answer).slice(0, 500)}`);
  }
  const ms = median(whole);
  const late = budget !== undefined && ms > budget;
  over ||= late;
  const found = answer.total === undefined ? '' : `, ${String(answer.total)} found`;
  const told = budget === undefined ? '' : ` of ${String(budget)}`;
  console.log(
    `${late ? 'OVER  ' : '      '} ${name.padEnd(34)} ${ms.toFixed(0).padStart(5)}${told} ms, ${String(requests)} SQL requests of ${median(sql).toFixed(0)} ms together${found}`,
  );
  if (process.env['BENCH_SQL'])
    for (const { text, ms: each } of asked) console.log(`          ${each.toFixed(0).padStart(5)} ms ${text.replace(/\s+/g, ' ').slice(0, 160)}`);
  return answer;
}

const after = (answer: unknown): string | undefined => (answer as { after?: string }).after;

try {
  const hub = world.items[(world.hubs[3] ?? 1) - 1]?.item.key ?? '';
  const { location } = world.items.find(({ item }) => item.location !== undefined)?.item ?? {};
  await measure('first page', 'register.list', {}, SEARCH_BUDGET_MS);
  await measure('search: beginning of a key', 'register.list', { filters: { search: 'NET-04' } }, SEARCH_BUDGET_MS);
  await measure('search: words', 'register.list', { filters: { search: 'switch 3B' } }, SEARCH_BUDGET_MS);
  await measure('search: nothing like it', 'register.list', { filters: { search: 'zeppelin' } }, SEARCH_BUDGET_MS);
  await measure('search: one word in a class', 'register.list', { filters: { search: 'printer', classes: ['hardware'] } }, SEARCH_BUDGET_MS);
  await measure('by class and life', 'register.list', { filters: { classes: ['network'], lives: ['inUse'] } }, SEARCH_BUDGET_MS);
  await measure('by keeper', 'register.list', { filters: { keeper: 't1' } }, SEARCH_BUDGET_MS);
  await measure('by location', 'register.list', { filters: { location } }, SEARCH_BUDGET_MS);
  await measure('by service, over relations', 'register.list', { filters: { service: 's7' } }, SEARCH_BUDGET_MS);
  await measure('by customer and words', 'register.list', { filters: { customer: 'c3', search: 'ward' } }, SEARCH_BUDGET_MS);
  await measure('verified long ago', 'register.list', { filters: { verified: ['due', 'never'] } }, SEARCH_BUDGET_MS);
  await measure('sorted by name', 'register.list', { sort: { by: 'name' } }, SEARCH_BUDGET_MS);
  await measure('sorted by location', 'register.list', { sort: { by: 'location' } });
  await measure('sorted by who keeps it', 'register.list', { sort: { by: 'keeper' } });
  let place = after(await lotte.invoke('usm', 'register.list', { columns: ['class'] }));
  for (let part = 2; part < Math.min(100, ITEMS / 100); part += 1)
    place = after(await lotte.invoke('usm', 'register.list', { columns: ['class'], after: place }));
  await measure('the hundredth part', 'register.list', { after: place }, SEARCH_BUDGET_MS);
  await measure('counts of everything', 'register.facets', {});
  await measure('counts of a search', 'register.facets', { filters: { search: 'switch 3B' } });
  await measure('one item', 'register.get', { key: world.items[77]?.item.key });
  await measure('a hub', 'register.get', { key: hub });
  await measure('choices of items', 'register.choices', { kind: 'item', text: 'scanner' });
  await measure('what nobody uses', 'register.unused', {});
  if (over) process.exitCode = 1;
} finally {
  await fresh.stop();
  await database.stop();
}
