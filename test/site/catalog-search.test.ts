/** A catalog of 10,000 items: what is agreed for somebody is found by its words, counted and read to the end, whatever else there is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { ask, type Catalog, catalogSite, inForce, ok, records } from './support/catalog-world';
import { manyId, manyItems, manyTitle, openDatabase, type OpenDatabase } from './support/many-items';

const SIZE = 10_000;
/** An agreement lists at most so many. */
const LISTED = 500;
const listed = Array.from({ length: LISTED }, (_, index) => index * (SIZE / LISTED));

const clock = new ManualClock(new Date('2026-11-20T10:15:00Z'));
let database: OpenDatabase;
let catalog: Catalog;
beforeAll(async () => {
  database = await openDatabase(clock);
  catalog = await catalogSite(clock, { sql: database.sql });
  await records(catalog);
  await manyItems(database, SIZE);
  await inForce(catalog, listed.map(manyId));
});
afterAll(async () => {
  await catalog.fresh.stop();
  await database.stop();
});

const browse = async (asked: Parameters<typeof ask<'catalog.browse'>>[2]) => ok(await ask(catalog.world.people.sofia, 'catalog.browse', asked));

it('is read to the end, each item once and in order', async () => {
  const titles: string[] = [];
  let after: string | undefined;
  for (let part = 0; part < 20; part += 1) {
    const answer = await browse({ ...(after !== undefined && { after }) });
    expect([answer.total, answer.services[0]?.n]).toEqual([LISTED, LISTED]);
    titles.push(...answer.items.map(({ title }) => title));
    after = answer.after;
    if (after === undefined) break;
  }
  expect(titles).toEqual(listed.map(manyTitle).sort((a, b) => a.localeCompare(b)));
});

it('is found by its words; what is not agreed is not found by any', async () => {
  const [, second = 0] = listed;
  expect((await browse({ query: `${String(second).padStart(5, '0')}` })).items.map(({ id }) => id)).toEqual([manyId(second)]);
  expect((await browse({ query: manyTitle(second + 1) })).items).toEqual([]);
  const wanted = listed.filter((n) => manyTitle(n).includes('desk') && manyTitle(n).includes('ward'));
  const found = await browse({ query: 'WARD desk' });
  expect([found.total, wanted.length > 20]).toEqual([wanted.length, true]);
  const soon = await browse({ query: 'desk ward', ready: 'day' });
  expect(soon.total).toBeLessThan(found.total);
  expect(soon.items.every(({ ready }) => ready === 'Within 1 working day')).toBe(true);
});

it('whoever keeps them pages through all', async () => {
  const { lotte } = catalog.world.people;
  const first = ok(await ask(lotte, 'catalog.items', { search: 'laboratory' }));
  const all = Array.from({ length: SIZE }, (_, n) => manyTitle(n)).filter((title) => title.includes('laboratory'));
  expect([first.total, first.rows.length]).toEqual([all.length, 100]);
  const second = ok(await ask(lotte, 'catalog.items', { search: 'laboratory', ...(first.after !== undefined && { after: first.after }) }));
  const titles = [...first.rows, ...second.rows].map(({ title }) => title);
  expect(titles).toEqual(all.sort((a, b) => a.localeCompare(b)).slice(0, 200));
});
