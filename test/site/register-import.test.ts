/** Files on their way into the register, by the deployed app: looked at, decided, written in portions, killed and gone on with, read back, undone. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../sandbox/demo/world';
import type { ExportedItem, ImportProgress } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { ask, broughtIn, fine, looked, mappingOf, send, type Table, through } from './support/register-file';

let fresh: FreshSite;
let world: World;

beforeAll(async () => {
  fresh = await freshSite();
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());

const lotte = () => world.people.lotte;

async function everything(): Promise<ExportedItem[]> {
  const items: ExportedItem[] = [];
  let after: string | undefined;
  for (let calls = 0; calls < 100; calls += 1) {
    const answer = fine(await ask(lotte(), 'register.export', after === undefined ? {} : { after }));
    items.push(...answer.items);
    after = answer.after;
    if (after === undefined) return items;
  }
  throw new Error('It never ends.');
}
const withPrefix = async (prefix: string): Promise<ExportedItem[]> => (await everything()).filter(({ key }) => key.startsWith(prefix));

const columns = [
  ['tag', 'key'],
  ['descr', 'name'],
  ['cat', 'class'],
  ['stat', 'life'],
  ['room', 'location'],
  ['serial', 'own.serialNumber'],
  ['needs', 'rel.dependsOn'],
  ['parent', 'rel.partOf'],
] as const;
const row = (key: string, more: Partial<Record<(typeof columns)[number][0], string>> = {}): string[] =>
  columns.map(
    ([header]) =>
      ({ tag: key, descr: `Item ${key}`, cat: 'Network', stat: 'In use', room: '3N-002', serial: '', needs: '', parent: '', ...more })[header],
  );
const table = (rows: string[][]): Table => ({ columns, rows });

const report = async ({ run }: ImportProgress) => fine(await ask(lotte(), 'register.importReport', { run: run.id })).rows;

describe('a file', () => {
  it('makes items with their relations, read back and compared; the same file once more changes nothing', async () => {
    const file = table([row('AA-1', { needs: 'AA-2; AA-3' }), row('AA-2', { parent: 'AA-3', serial: 'S1' }), row('AA-3', { stat: 'retired' })]);
    const mapping = mappingOf(file);
    const before = await looked(lotte(), file, mapping);
    expect(before.counts).toMatchObject({ create: 3, update: 0, leave: 0, decide: 0, wrong: 0, vanished: 0 });
    expect(await withPrefix('AA-')).toEqual([]);
    fine(await ask(lotte(), 'register.importApply', { run: before.run.id, vanished: 'mark' }));
    const done = await through(lotte(), before.run.id);
    expect(done).toMatchObject({ run: { phase: 'done' }, written: { created: 3, updated: 0 }, compared: { same: 3, other: 0 }, undoable: 3 });
    const items = await withPrefix('AA-');
    expect(items).toEqual([
      expect.objectContaining({
        key: 'AA-1',
        class: 'network',
        name: 'Item AA-1',
        life: 'inUse',
        location: '3N-002',
        relations: [
          { kind: 'dependsOn', to: 'AA-2' },
          { kind: 'dependsOn', to: 'AA-3' },
        ],
      }),
      expect.objectContaining({ key: 'AA-2', attributes: { serialNumber: 'S1' }, relations: [{ kind: 'partOf', to: 'AA-3' }] }),
      expect.objectContaining({ key: 'AA-3', life: 'retired', relations: [] }),
    ]);

    const again = await broughtIn(lotte(), file, mapping, { vanished: 'mark' });
    expect(again).toMatchObject({ counts: { create: 0, update: 0, leave: 3, vanished: 0 }, written: { created: 0, updated: 0 }, undoable: 0 });
    expect(await withPrefix('AA-')).toEqual(items);
  });

  it('is refused line by line, with what to do; the other lines are written', async () => {
    const file = table([
      row('BB-1'),
      row('', { serial: 'no key' }),
      row('BB-2', { cat: 'NWX' }),
      row('bb-1', { descr: 'Twice' }),
      row('BB-3', { needs: 'BB-3' }),
      row('BB-4', { parent: 'BB-5' }),
      row('BB-5', { parent: 'BB-6' }),
      row('BB-6', { parent: 'BB-4' }),
      row('BB-7', { needs: 'NOWHERE-1' }),
      row('BB-8', { needs: 'BB-2' }),
      row('BB-9', { descr: 'Nul\0' }),
      row('BB-10', { descr: 'x'.repeat(3_000).slice(0, 2_001) }),
      row('BB-11', { stat: 'S' }),
      row('BB 12'),
      row('BB-13', { descr: '' }),
      row('BB-14', { descr: '=HYPERLINK("x")', room: 'a "quoted"; place' }),
    ]);
    const done = await broughtIn(lotte(), file);
    const refused = new Map((await report(done)).map(({ line, wrong }) => [line, wrong[0]?.why ?? '']));
    expect(Object.fromEntries(refused)).toMatchObject({
      3: 'Column tag is empty',
      4: 'Class “NWX” is not known',
      5: 'The same item stands in line 2 already',
      6: 'It would have a relation with itself',
      10: 'It depends on NOWHERE-1, which is neither in the register nor to be written',
      11: 'It depends on BB-2, which is neither in the register nor to be written',
      12: 'descr has a sign that is no letter (NUL)',
      13: 'descr holds more than 2000 letters',
      14: '“S” is no part of a life cycle',
      15: '“BB 12” is no key',
      16: 'It is new and has no name',
    });
    expect([7, 8, 9].filter((line) => refused.get(line) === 'It would be a part of itself')).toHaveLength(3);
    expect(done.written).toEqual({ created: 16 - refused.size, updated: 0 });
    const keys = (await withPrefix('BB-')).map(({ key }) => key);
    expect(keys).toContain('BB-1');
    expect(keys).toContain('BB-14');
    expect(keys).toHaveLength(16 - refused.size);
  });
});

describe('what both sides changed', () => {
  it('is decided attribute by attribute; managed ones under a Request for Change; what the file did not change stays the register’s', async () => {
    const file = table([row('CC-1'), row('CC-2'), row('CC-3'), row('CC-4')]);
    const mapping = mappingOf(file);
    await broughtIn(lotte(), file, mapping);
    // Somebody else's file moves CC-1 and CC-2.
    const key = await changeRequest();
    const moved = await broughtIn(
      lotte(),
      table([row('CC-1', { room: '4A' }), row('CC-2', { room: '4A' }), row('CC-4', { room: '4A' })]),
      mappingOf(file, { right: 'file' }),
      {
        workItem: key,
      },
    );
    expect(moved.written.updated).toBe(3);
    // The first file: CC-1 as it was, the others to another room.
    const next = table([row('CC-1'), row('CC-2', { room: '5B' }), row('CC-3', { room: '5B' }), row('CC-4', { room: '5B' })]);
    const seen = await looked(lotte(), next, mapping);
    expect(seen.counts).toMatchObject({ create: 0, update: 1, managed: 1, leave: 1, decide: 2 });
    const { rows } = fine(await ask(lotte(), 'register.importPreview', { run: seen.run.id, filter: 'decide' }));
    expect(rows.map(({ key: item, conflicts }) => [item, conflicts[0]?.register, conflicts[0]?.file, conflicts[0]?.last?.workItem])).toEqual([
      ['CC-2', '4A', '5B', key],
      ['CC-4', '4A', '5B', key],
    ]);
    const run = seen.run.id;
    const without = await ask(lotte(), 'register.importApply', { run, vanished: 'leave' });
    expect(without).toMatchObject({ state: 'error', code: 'person.input' });
    const decided = fine(await ask(lotte(), 'register.importDecide', { run, line: 3, attribute: 'location', decision: 'file' }));
    expect(decided.counts).toMatchObject({ update: 2, decide: 1 });
    fine(await ask(lotte(), 'register.importDecide', { run, all: 'register' }));
    const all = await through(lotte(), run);
    expect(all.counts).toMatchObject({ update: 2, decide: 0 });
    expect(await ask(lotte(), 'register.importApply', { run, vanished: 'leave', workItem: 'NSS-9999' })).toMatchObject({
      state: 'error',
      code: 'person.notFound',
    });
    fine(await ask(lotte(), 'register.importApply', { run, vanished: 'leave', workItem: key }));
    const done = await through(lotte(), run);
    expect(done).toMatchObject({ written: { created: 0, updated: 2 }, compared: { same: 2, other: 0 } });
    expect((await withPrefix('CC-')).map(({ location }) => location)).toEqual(['4A', '5B', '5B', '4A']);
    // What was decided is remembered: nothing is asked twice.
    expect((await looked(lotte(), next, mapping)).counts).toMatchObject({ leave: 4, decide: 0, update: 0 });
  });
});

async function changeRequest(): Promise<string> {
  const types = await lotte().ask<{ id: string; name: string }[]>('GET', '/rest/api/3/issuetype');
  const type = types.find(({ name }) => name === 'Request for Change');
  const { key } = await lotte().ask<{ key: string }>('POST', '/rest/api/3/issue', {
    fields: { project: { key: 'NSS' }, issuetype: { id: type?.id ?? '' }, summary: 'Yearly stock count' },
  });
  return key;
}

describe('a run', () => {
  const many = (prefix: string, count: number) =>
    table(
      Array.from({ length: count }, (_, index) => row(`${prefix}-${String(index)}`, { needs: index === 0 ? '' : `${prefix}-${String(index - 1)}` })),
    );

  it('killed at requests drawn at random goes on, and writes nothing twice', async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));
    console.info(`seed ${String(seed)}`);
    const draws = fc.sample(fc.record({ killAfterRequests: fc.integer({ min: 6, max: 45 }), performed: fc.boolean() }), { numRuns: 30, seed });
    const file = many('DD', 1_000);
    const mapping = mappingOf(file);
    const run = randomUUID();
    let kills = 0;
    const kill = async (payload: 'step' | 'send'): Promise<void> => {
      const at = draws.pop();
      if (!at) return;
      fresh.site.faults.set({ functions: [{ match: { module: 'usm' }, ...at }] });
      await (payload === 'step' ? ask(lotte(), 'register.importStep', { run }) : send(lotte(), run, file.rows)).catch((thrown: unknown) => {
        if (!String(thrown).includes('process ended')) throw thrown;
        kills += 1;
      });
      fresh.site.faults.set({});
      await world.admin.ask('POST', '/_sandbox/clock', { advanceMs: 30_000 });
    };
    const manyTimes = async (): Promise<void> => {
      for (let time = 0; time < 4; time += 1) await kill('step');
    };
    fine(
      await ask(lotte(), 'register.importBegin', {
        run,
        file: { name: 'many.csv', rows: 1_000, columns: 8, encoding: 'UTF-8', fingerprint: 'many' },
        mapping,
      }),
    );
    await kill('send');
    await send(lotte(), run, file.rows);
    const seen = await through(lotte(), run, manyTimes);
    expect(seen.counts).toMatchObject({ create: 1_000, wrong: 0 });
    fine(await ask(lotte(), 'register.importApply', { run, vanished: 'leave' }));
    const done = await through(lotte(), run, manyTimes);
    expect(kills).toBeGreaterThan(5);
    expect(done).toMatchObject({
      run: { phase: 'done' },
      written: { created: 1_000, updated: 0 },
      compared: { same: 1_000, other: 0 },
      undoable: 1_000,
    });
    const items = await withPrefix('DD-');
    expect(items).toHaveLength(1_000);
    expect(items.every(({ relations }, index) => relations.length === (index === 0 ? 0 : 1))).toBe(true);
    // Written once: every item has one version.
    const again = await broughtIn(lotte(), file, mapping);
    expect(again).toMatchObject({ counts: { leave: 1_000, create: 0, update: 0, decide: 0 } });
  }, 240_000);

  it('stopped stays as it is, and goes on; undone, what nobody touched is set back', async () => {
    const file = many('EE', 40);
    const mapping = mappingOf(file);
    const seen = await looked(lotte(), file, mapping);
    const run = seen.run.id;
    fine(await ask(lotte(), 'register.importApply', { run, vanished: 'leave' }));
    fine(await ask(lotte(), 'register.importStop', { run, stopped: true }));
    expect(await through(lotte(), run)).toMatchObject({ run: { stopped: true }, written: { created: 0 } });
    fine(await ask(lotte(), 'register.importStop', { run, stopped: false }));
    expect(await through(lotte(), run)).toMatchObject({ run: { phase: 'done' }, written: { created: 40 } });

    // Two are changed by somebody else since.
    const key = await changeRequest();
    await broughtIn(lotte(), table([row('EE-3', { room: 'attic' }), row('EE-4', { room: 'attic' })]), mappingOf(file, { right: 'file' }), {
      workItem: key,
    });
    fine(await ask(lotte(), 'register.importUndo', { run }));
    const undone = await through(lotte(), run);
    expect(undone).toMatchObject({ run: { phase: 'undone' } });
    const left = (await withPrefix('EE-')).map((item) => item.key);
    expect(left).toEqual(expect.arrayContaining(['EE-3', 'EE-4']));
    // EE-2 stays too: EE-3, which somebody touched, needs it.
    expect(left.sort()).toEqual(['EE-2', 'EE-3', 'EE-4']);
    expect(undone.undone).toEqual({ back: 37, kept: 3 });
  });

  it('that changed items is undone to what they said before; and the same file asks for the same again', async () => {
    const file = table([row('FF-1'), row('FF-2')]);
    const mapping = mappingOf(file);
    await broughtIn(lotte(), file, mapping);
    const before = await withPrefix('FF-');
    const key = await changeRequest();
    const next = table([row('FF-1', { room: 'cellar', serial: 'X9' }), row('FF-2', { needs: 'FF-1' })]);
    const done = await broughtIn(lotte(), next, mapping, { workItem: key });
    expect(done.written.updated).toBe(2);
    fine(await ask(lotte(), 'register.importUndo', { run: done.run.id }));
    expect(await through(lotte(), done.run.id)).toMatchObject({ undone: { back: 2, kept: 0 } });
    expect(await withPrefix('FF-')).toEqual(before);
    expect((await looked(lotte(), next, mapping)).counts).toMatchObject({ update: 2, decide: 0 });
  });

  it('marks what the file no longer names, and takes the mark away when it does', async () => {
    const file = table([row('GG-1'), row('GG-2')]);
    const mapping = mappingOf(file);
    await broughtIn(lotte(), file, mapping);
    const less = await broughtIn(lotte(), table([row('GG-1')]), mapping, { vanished: 'mark' });
    expect(less.counts).toMatchObject({ vanished: 1, leave: 1 });
    const { rows } = fine(await ask(lotte(), 'register.importPreview', { run: less.run.id, filter: 'vanished' }));
    expect(rows.map((one) => one.key)).toEqual(['GG-2']);
    expect((await looked(lotte(), table([row('GG-1')]), mapping)).counts.vanished).toBe(0);
    const back = await broughtIn(lotte(), file, mapping);
    expect(back.counts).toMatchObject({ leave: 2, vanished: 0 });
  });

  it('goes on by itself when the page is left', async () => {
    const seen = await looked(lotte(), many('HH', 20));
    fine(await ask(lotte(), 'register.importApply', { run: seen.run.id, vanished: 'leave' }));
    for (let rounds = 0; rounds < 3; rounds += 1) await world.admin.ask('POST', '/_sandbox/schedule');
    expect(await withPrefix('HH-')).toHaveLength(20);
  });

  it('recognises items by what they are, and gives new ones keys', async () => {
    const own = { columns: columns.slice(1), rows: [] as string[][] };
    const without = (serial: string, room: string) => row('', { serial, room }).slice(1);
    const file = { ...own, rows: [without('SER-1', '1A'), without('SER-2', '1A'), without('', '1A'), without('ser-1', '1A')] };
    const mapping = mappingOf(file, { recognise: 'identity' });
    const done = await broughtIn(lotte(), file, mapping);
    expect(done.counts).toMatchObject({ create: 2, wrong: 2 });
    const made = (await withPrefix('NET-')).filter(({ attributes }) => attributes['serialNumber']?.startsWith('SER-'));
    expect(made).toHaveLength(2);
    expect((await broughtIn(lotte(), file, mapping)).counts).toMatchObject({ create: 0, leave: 2, wrong: 2 });
  });
});

describe('whoever does not keep the register', () => {
  it('neither brings in nor takes out', async () => {
    for (const [name, payload] of [
      ['register.importSetup', {}],
      ['register.importStep', { run: randomUUID() }],
      ['register.export', {}],
    ] as const)
      expect(await ask(world.people.sofia, name, payload)).toMatchObject({ state: 'forbidden' });
  });
});
