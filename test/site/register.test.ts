/** The register on the site: items and their versions, editing under the rules, two who write at once, relations, classes, and who may do what. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ManualClock } from '../../sandbox/clock';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type ItemDetail, registerCalls } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { type OpenDatabase, openDatabase } from './support/many-items';

const DAY = 86_400_000;
const clock = new ManualClock(new Date('2026-11-20T22:15:00Z'));
/** Days before the site's now, as a column holds it. */
const ago = (days: number): string => new Date(clock.now().getTime() - days * DAY).toISOString().replace('T', ' ').replace('Z', '');
let database: OpenDatabase;
let fresh: FreshSite;
let world: World;

type Calls = typeof registerCalls;
type Answer<Name extends keyof Calls> = z.infer<Calls[Name]['answer']>;

async function ask<Name extends keyof Calls>(who: Visitor, name: Name, payload: z.input<Calls[Name]['request']>): Promise<Answer<Name>> {
  return registerCalls[name].answer.parse(await who.invoke('usm', name, payload)) as Answer<Name>;
}
function ok<T extends { state: string }>(answer: T): Extract<T, { state: 'ok' }> {
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer as Extract<T, { state: 'ok' }>;
}
const wrong = (answer: { state: string; wrong?: readonly { kind: string }[]; text?: string }): string[] =>
  answer.state === 'refused' ? (answer.wrong ?? []).map(({ kind }) => kind) : [`not refused: ${answer.state} ${answer.text ?? ''}`];

type NewItem = z.input<Calls['register.new']['request']>['item'];
const made = async (item: Partial<NewItem> & { class: string }): Promise<ItemDetail> =>
  ok(await ask(world.people.lotte, 'register.new', { request: randomUUID(), item: { name: `Thing of ${item.class}`, life: 'inUse', ...item } }));
const get = async (key: string, who: Visitor = world.people.lotte): Promise<ItemDetail> => ok(await ask(who, 'register.get', { key }));
const save = (item: ItemDetail['item'], version: number, why?: string, who: Visitor = world.people.lotte) =>
  ask(who, 'register.save', { item, version, ...(why !== undefined && { why }) });
const history = async (key: string) => ok(await ask(world.people.lotte, 'register.history', { key }));

beforeAll(async () => {
  database = await openDatabase(clock);
  fresh = await freshSite({ clock, limitRates: false, sql: database.sql });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  for (const [id, name] of [
    ['network', 'Network'],
    ['workplace', 'Workplace'],
  ] as const) {
    const record = { id, name, kind: 'team', inside: true, representatives: [], requesters: [] };
    await world.people.lotte.invoke('usm', 'records.saveParty', { record, rowVersion: 0 });
  }
  await world.people.lotte.invoke('usm', 'records.saveService', {
    record: { id: 'wifi', name: 'Ward network', state: 'inUse', blocks: [], value: '', readiness: '' },
    rowVersion: 0,
  });
});
afterAll(async () => {
  await fresh.stop();
  await database.stop();
});

describe('an item', () => {
  it('gets the next key of its class, and the same request is the same item', async () => {
    const request = randomUUID();
    const item = { class: 'network', name: 'Core switch', life: 'inUse' as const, keeper: 'network' };
    const [first, again] = await Promise.all([
      ask(world.people.lotte, 'register.new', { request, item }),
      ask(world.people.lotte, 'register.new', { request, item }),
    ]);
    const { key } = ok(first).item;
    expect(key).toMatch(/^NET-\d{4}$/);
    const third = ok(await ask(world.people.lotte, 'register.new', { request, item }));
    expect(third.item.key).toBe(key);
    expect(third).toMatchObject({ version: 1, keeper: { name: 'Network' }, class: { name: 'Network' }, verified: { state: 'never' }, keeps: true });
    expect(ok(await ask(world.people.lotte, 'register.list', { filters: { search: 'Core switch' } })).total).toBe(1);
    expect(ok(again).item.key).toBe(key);
  });

  it('is refused with what is wrong of it', async () => {
    const refusal = async (item: Partial<NewItem>) =>
      wrong(
        await ask(world.people.lotte, 'register.new', {
          request: randomUUID(),
          item: { class: 'network', name: 'Switch', life: 'inUse', ...item },
        }),
      );
    await made({ class: 'network', key: 'SW-3B-02' });
    expect(await refusal({ key: 'sw-3b-02' })).toEqual(['duplicate']);
    expect(await refusal({ class: 'nothing' })).toEqual(['class']);
    expect(await refusal({ attributes: { colour: 'red', model: 'N1' } })).toEqual(['attribute']);
    expect(await refusal({ keeper: 'nobody' })).toEqual(['notThere']);
    const malformed = await world.people.lotte.invoke<{ state: string; code: string }>('usm', 'register.new', {
      request: randomUUID(),
      item: { class: 'network', key: 'two words', name: '', life: 'alive' },
    });
    expect(malformed).toMatchObject({ state: 'error', code: 'person.input' });
  });

  it('tells of each attribute what it says, what it said, and by whom', async () => {
    const { item } = await made({ class: 'network', attributes: { model: 'Norrax 2448' }, life: 'planned' });
    ok(await save({ ...item, life: 'inUse', attributes: { model: 'Norrax 4848' } }, 1, 'The old one burnt.'));
    const now = await get(item.key.toLowerCase());
    const rows = new Map(now.attributes.map((one) => [one.key, one]));
    expect(rows.get('model')).toMatchObject({ now: 'Norrax 4848', before: 'Norrax 2448', cause: 'unauthorised', why: 'The old one burnt.' });
    expect(rows.get('model')?.by).toMatchObject({ name: 'Lotte Smit' });
    expect(rows.get('name')).toMatchObject({ cause: 'registered' });
    expect(rows.get('life')).toMatchObject({ now: 'In use', before: 'Planned' });
    expect(rows.get('location')).not.toHaveProperty('changedAt');
    expect(now.life.map(({ life }) => life)).toEqual(['planned', 'inUse']);
    expect(now.unauthorised).toBe(1);
    expect((await history(item.key)).versions.map(({ number, cause }) => [number, cause])).toEqual([
      [2, 'unauthorised'],
      [1, 'registered'],
    ]);
  });

  it('is not in the register, in words', async () => {
    expect(await ask(world.people.lotte, 'register.get', { key: 'NO-0001' })).toMatchObject({ state: 'error', code: 'person.notFound' });
  });
});

describe('a direct edit', () => {
  /** Of a person everything may be written by hand that is not life, keeper or function. */
  const person = () => made({ class: 'person', name: 'Joris' });

  it('of what nobody manages needs no reason; of what is managed it does, and is recorded as unauthorised', async () => {
    const { item } = await person();
    expect(ok(await save({ ...item, location: 'Room 3.002' }, 1)).version).toBe(2);
    const managed = { ...item, location: 'Room 3.002', attributes: { function: 'Operator' } };
    expect(wrong(await save(managed, 2))).toEqual(['why']);
    expect((await get(item.key)).version).toBe(2);
    ok(await save(managed, 2, 'He said so.'));
    expect((await history(item.key)).versions.map(({ cause, why }) => [cause, why])).toEqual([
      ['unauthorised', 'He said so.'],
      ['direct', undefined],
      ['registered', undefined],
    ]);
  });

  it('is refused altogether where the register is set so', async () => {
    const { item } = await person();
    const settings = ok(await ask(world.people.lotte, 'register.settings', {}));
    const blocked = ok(await ask(world.people.lotte, 'register.saveSettings', { directEdit: 'block', version: settings.version }));
    expect(wrong(await save({ ...item, life: 'retired' }, 1, 'Gone.'))).toEqual(['managed']);
    ok(await save({ ...item, location: 'Room 1' }, 1));
    expect(await ask(world.people.lotte, 'register.saveSettings', { directEdit: 'warn', version: settings.version })).toMatchObject({
      state: 'stale',
    });
    ok(await ask(world.people.lotte, 'register.saveSettings', { directEdit: 'warn', version: blocked.version }));
    ok(await save({ ...item, location: 'Room 1', life: 'retired' }, 2, 'Gone.'));
  });

  it('of two at once keeps one, and shows the other what became of it', async () => {
    const { item } = await person();
    const answers = await Promise.all([1, 2, 3].map((room) => save({ ...item, location: `Room ${String(room)}` }, 1)));
    expect(answers.map(({ state }) => state).sort()).toEqual(['ok', 'stale', 'stale']);
    const now = await get(item.key);
    expect(now.version).toBe(2);
    const late = answers.find(({ state }) => state === 'stale');
    expect(late).toMatchObject({ now: { item: { location: now.item.location } } });
    // The same once more is no change, whatever version it was made on.
    expect(ok(await save(now.item, 1)).version).toBe(2);
  });

  it('of somebody who died after the copy of the version was made is done by the next one, and nothing is told twice', async () => {
    const { item } = await person();
    await database.write(
      `INSERT INTO mi_version (item, version, at, cause, run, changes) SELECT id, version, at, cause, run, changes FROM mi_item WHERE item_key = ?`,
      [item.key],
    );
    expect((await history(item.key)).versions.map(({ number }) => number)).toEqual([1]);
    ok(await save({ ...item, location: 'Room 9' }, 1));
    const seen = await history(item.key);
    expect(seen.versions.map(({ number, changes }) => [number, changes.length])).toEqual([
      [2, 1],
      [1, 0],
    ]);
    expect(seen.total).toBe(2);
  });

  it('of managed attributes waits for the change that is running, which the item tells', async () => {
    const { item } = await made({ class: 'network' });
    const issue = await world.admin.ask<{ id: string; key: string }>('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'NSS' }, issuetype: { id: world.workTypes.get('Request for Change') }, summary: 'Replace power module' },
    });
    const tie = async (status: string, isOpen: number) =>
      database.write(
        `INSERT INTO mi_tie (work_id, item_key, role, work_key, type, status, is_open, reported_at) VALUES (?, ?, 1, ?, 'rfc', ?, ?, '2026-11-20 08:00:00.000')
         ON DUPLICATE KEY UPDATE status = VALUES(status), is_open = VALUES(is_open)`,
        [issue.id, item.key, issue.key, status, isOpen],
      );
    const changed = { ...item, attributes: { model: 'N2' } };
    await tie('planning', 1);
    const refused = await save(changed, 1, 'Because.');
    expect(wrong(refused)).toEqual(['locked']);
    expect(refused).toMatchObject({ wrong: [{ workItem: issue.key }] });
    const seen = await get(item.key);
    expect(seen.lock).toMatchObject({ shown: true, summary: 'Replace power module', workItem: { key: issue.key }, status: 'planning' });
    expect(seen.workItems).toMatchObject({ total: 1, rows: [{ key: issue.key, role: 'toChange', type: 'rfc' }] });
    const listed = ok(await ask(world.people.lotte, 'register.list', { filters: { changing: true }, columns: ['change'] }));
    expect(listed.rows).toEqual([{ key: item.key, name: item.name, change: { key: issue.key, status: 'planning' } }]);
    // Nobody has taken it on yet; and later it is over.
    await tie('registered', 1);
    expect(wrong(await save(changed, 1))).toEqual(['why']);
    await tie('fulfilled', 0);
    expect((await get(item.key)).lock).toBeUndefined();
    ok(await save(changed, 1, 'Because.'));
  });

  it('moves no item to another class', async () => {
    const { item } = await person();
    expect(wrong(await save({ ...item, class: 'network' }, 1))).toEqual(['class']);
  });
});

describe('many at once', () => {
  it('are marked as verified, once for one request', async () => {
    const keys = (await Promise.all([1, 2, 3].map(() => made({ class: 'tool' })))).map(({ item }) => item.key);
    const asked = { request: randomUUID(), keys: [...keys, 'NO-0002'], how: 'onSite' as const };
    expect(ok(await ask(world.people.lotte, 'register.verify', asked))).toMatchObject({ done: 3, left: [{ kind: 'notThere', key: 'NO-0002' }] });
    expect(ok(await ask(world.people.lotte, 'register.verify', asked))).toMatchObject({ done: 3 });
    const seen = await get(keys[0] ?? '');
    expect(seen).toMatchObject({ version: 2, verified: { state: 'inTime', how: 'onSite' }, verifiedBy: { name: 'Lotte Smit' } });
    await database.write('UPDATE mi_item SET verified_at = ? WHERE item_key = ?', [ago(370), keys[0] ?? '']);
    expect((await get(keys[0] ?? '')).verified.state).toBe('due');
    const tooMany = { ...asked, keys: Array.from({ length: 1_001 }, (_, index) => `T-${String(index)}`) };
    expect(await ask(world.people.lotte, 'register.verify', tooMany)).toMatchObject({ state: 'error', code: 'person.input' });
  });

  it('change their keeper where nobody manages that, and are refused where it is managed', async () => {
    const list = ok(await ask(world.people.lotte, 'register.classes', {}));
    const classes = list.classes.map((one) => (one.key === 'document' ? { ...one, managed: one.managed.filter((key) => key !== 'keeper') } : one));
    ok(await ask(world.people.lotte, 'register.saveClasses', { classes, version: list.version }));
    const [free, bound] = [await made({ class: 'document' }), await made({ class: 'routine' })];
    const asked = { request: randomUUID(), keys: [free.item.key, bound.item.key], keeper: 'workplace' };
    const answer = ok(await ask(world.people.lotte, 'register.setKeeper', asked));
    expect(answer).toMatchObject({ done: 1, left: [{ kind: 'managed', key: bound.item.key }] });
    expect((await get(free.item.key)).keeper).toEqual({ id: 'workplace', name: 'Workplace' });
    expect((await get(bound.item.key)).keeper).toBeUndefined();
    expect(wrong(await ask(world.people.lotte, 'register.setKeeper', { ...asked, keeper: 'nobody' }))).toEqual(['notThere']);
  });
});

describe('relations', () => {
  it('are told from both ends, and twice is once', async () => {
    const [part, whole] = [await made({ class: 'network', name: 'Part' }), await made({ class: 'network', name: 'Whole' })];
    const add = [
      { from: part.item.key, kind: 'partOf' as const, to: whole.item.key },
      { from: part.item.key, kind: 'supports' as const, to: 'wifi' },
      { from: part.item.key, kind: 'usedBy' as const, to: 'network' },
    ];
    for (let times = 0; times < 2; times += 1) ok(await ask(world.people.lotte, 'register.relate', { key: part.item.key, add }));
    const seen = await get(part.item.key);
    expect(seen.relations.map(({ words, first }) => [words, first.map(({ name }) => name)])).toEqual([
      ['is part of', ['Whole']],
      ['is used by', ['Network']],
      ['supports', ['Ward network']],
    ]);
    expect(seen.relationsInAll).toBe(3);
    expect((await get(whole.item.key)).relations).toMatchObject([
      { direction: 'back', words: 'has as part', count: 1, first: [{ id: part.item.key }] },
    ]);
    const all = ok(await ask(world.people.lotte, 'register.relations', { key: whole.item.key, kind: 'partOf', direction: 'back' }));
    expect(all).toMatchObject({ total: 1, rows: [{ id: part.item.key, class: 'network', life: 'inUse' }] });
    // Over the part the whole's trouble reaches nothing; the part's trouble reaches the whole.
    const reach = ok(await ask(world.people.lotte, 'register.list', { filters: { service: 'wifi' }, columns: ['services', 'agreements'] }));
    expect(reach.rows).toEqual([{ key: part.item.key, name: 'Part', services: 1, agreements: 0 }]);
    ok(await ask(world.people.lotte, 'register.relate', { key: part.item.key, remove: add }));
    expect((await get(part.item.key)).relations).toEqual([]);
  });

  it('to itself, to nothing, elsewhere or in a circle are refused, and nothing is half-written', async () => {
    const [a, b, c] = (await Promise.all([1, 2, 3].map(() => made({ class: 'facility' })))).map(({ item }) => item.key) as [string, string, string];
    const partOf = (from: string, to: string) => ({ from, kind: 'partOf' as const, to });
    const add = (key: string, ...relations: z.input<Calls['register.relate']['request']>['add'] & object) =>
      ask(world.people.lotte, 'register.relate', { key, add: relations });
    expect(wrong(await add(a, partOf(a, a.toLowerCase())))).toEqual(['self']);
    expect(wrong(await add(a, partOf(a, 'NO-0003')))).toEqual(['notThere']);
    expect(wrong(await add(a, { from: a, kind: 'supports', to: 'nothing' }))).toEqual(['notThere']);
    expect(wrong(await add(a, partOf(b, c)))).toEqual(['elsewhere']);
    expect(wrong(await add(a, { from: a, kind: 'dependsOn', to: b, need: 2 }))).toEqual(['group']);
    ok(await add(a, partOf(a, b)));
    ok(await add(b, partOf(b, c)));
    const round = await add(c, { from: c, kind: 'dependsOn', to: a }, partOf(c, a));
    expect(wrong(round)).toEqual(['circle']);
    for (const key of [a, b, c]) expect(JSON.stringify(round)).toContain(key);
    expect((await get(c)).relations.map(({ kind, direction }) => [kind, direction])).toEqual([['partOf', 'back']]);
  });
});

describe('classes', () => {
  it('in use stay, say what contradicts itself, and keep what an attribute said when it goes', async () => {
    const { lotte } = world.people;
    const { item } = await made({ class: 'team', name: 'Nights' });
    const list = ok(await ask(lotte, 'register.classes', {}));
    const without = list.classes.filter(({ key }) => key !== 'team');
    expect(wrong(await ask(lotte, 'register.saveClasses', { classes: without, version: list.version }))).toEqual(['inUse']);
    const with1 = (change: (one: (typeof list.classes)[number]) => (typeof list.classes)[number]) =>
      list.classes.map((one) => (one.key === 'team' ? change(one) : one));
    const shift = { key: 'shift', name: 'Shift', kind: 'choice' as const, choices: ['early', 'late'] };
    const refusal = async (classes: typeof list.classes) => wrong(await ask(lotte, 'register.saveClasses', { classes, version: list.version }));
    expect(await refusal(with1((one) => ({ ...one, managed: ['colour'] })))).toEqual(['attribute']);
    expect(await refusal(with1((one) => ({ ...one, prefix: 'NET' })))).toEqual(['twice']);
    expect(await refusal(with1((one) => ({ ...one, attributes: [{ ...shift, choices: [] }] })))).toEqual(['choices']);
    expect(await refusal(with1((one) => ({ ...one, attributes: [{ ...shift, key: 'name' }] })))).toEqual(['common']);
    const richer = with1((one) => ({ ...one, attributes: [shift], managed: [], verifyMonths: 1 }));
    const saved = ok(await ask(lotte, 'register.saveClasses', { classes: richer, version: list.version }));
    expect(await ask(lotte, 'register.saveClasses', { classes: list.classes, version: list.version })).toMatchObject({ state: 'stale' });
    expect(wrong(await save({ ...item, attributes: { shift: 'never' } }, 1))).toEqual(['value']);
    // The dial: what nobody manages any more is written by hand.
    ok(await save({ ...item, attributes: { shift: 'late' } }, 1));
    ok(await ask(lotte, 'register.saveClasses', { classes: list.classes, version: saved.version }));
    expect((await get(item.key)).attributes.map(({ key }) => key)).not.toContain('shift');
    expect((await history(item.key)).versions[0]).toMatchObject({ cause: 'direct', changes: [{ attribute: 'shift', to: 'late' }] });
  });
});

describe('what nobody uses', () => {
  it('is suggested after 12 months without a relation, a work item or a look', async () => {
    const [lonely, related, named, looked, retired] = await Promise.all([
      made({ class: 'profile', name: 'Lonely' }),
      made({ class: 'profile' }),
      made({ class: 'profile' }),
      made({ class: 'profile' }),
      made({ class: 'profile', life: 'retired' }),
    ]);
    ok(
      await ask(world.people.lotte, 'register.relate', {
        key: related.item.key,
        add: [{ from: related.item.key, kind: 'supports', to: 'wifi' }],
      }),
    );
    const unused = async (): Promise<string[]> => ok(await ask(world.people.lotte, 'register.unused', {})).rows.map(({ key }) => key);
    expect(await unused()).not.toContain(lonely.item.key);
    await database.write(`UPDATE mi_item SET created_at = ? WHERE class = 'profile'`, [ago(370)]);
    await database.write(
      `INSERT INTO mi_tie (work_id, item_key, role, work_key, type, status, is_open, reported_at) VALUES ('77', ?, 0, 'NSS-77', 'incident', 'closed', 0, ?)`,
      [named.item.key, ago(30)],
    );
    ok(await ask(world.people.lotte, 'register.verify', { request: randomUUID(), keys: [looked.item.key], how: 'remote' }));
    const found = await unused();
    expect(found).toContain(lonely.item.key);
    for (const { item } of [related, named, looked, retired]) expect(found).not.toContain(item.key);
  });
});

describe('each person', () => {
  const view = {
    id: randomUUID(),
    name: 'My wards',
    filters: { search: '3B' },
    sort: { by: 'name' as const },
    columns: ['class' as const, 'own.model'],
  };

  it('keeps views and columns of their own', async () => {
    const { amira, joris } = world.people;
    ok(await ask(amira, 'register.saveView', { view }));
    expect(ok(await ask(amira, 'register.saveView', { view: { ...view, sort: { by: 'life' } } })).views).toMatchObject([{ sort: { by: 'life' } }]);
    expect(wrong(await ask(amira, 'register.saveView', { view: { ...view, id: randomUUID(), name: 'MY WARDS' } }))).toEqual(['twice']);
    expect(ok(await ask(amira, 'register.keepColumns', { columns: ['life'] })).columns).toEqual(['life']);
    expect(ok(await ask(joris, 'register.views', {})).views).toEqual([]);
    expect(ok(await ask(amira, 'register.removeView', { id: view.id })).views).toEqual([]);
    expect(ok(await ask(amira, 'register.views', {})).columns).toEqual(['life']);
  });

  it('reads where they may see the space, and writes only as its keeper', async () => {
    const { item } = await made({ class: 'tool' });
    const { sofia, amira } = world.people;
    for (const who of [sofia, amira]) {
      expect(await get(item.key, who)).toMatchObject({ keeps: false });
      const list = ok(await ask(who, 'register.classes', {}));
      const request = randomUUID();
      for (const [call, payload] of [
        ['register.new', { request, item: { class: 'tool', name: 'Mine', life: 'inUse' } }],
        ['register.save', { item: { ...item, name: 'Mine' }, version: 1, why: 'Because.' }],
        ['register.relate', { key: item.key, add: [] }],
        ['register.verify', { request, keys: [item.key], how: 'remote' }],
        ['register.setKeeper', { request, keys: [item.key] }],
        ['register.saveClasses', { classes: list.classes, version: list.version }],
        ['register.saveSettings', { directEdit: 'block', version: 0 }],
        ['register.unused', {}],
      ] as const) {
        expect([call, await who.invoke('usm', call, payload)]).toMatchObject([
          call,
          { state: 'forbidden', text: expect.stringContaining('register') as string },
        ]);
      }
    }
    expect((await get(item.key)).version).toBe(1);
  });

  it('chooses from what is there', async () => {
    const ids = async (kind: 'party' | 'service' | 'item' | 'location', text: string) =>
      ok(await ask(world.people.amira, 'register.choices', { kind, text })).choices.map(({ id }) => id);
    const { item } = await made({ class: 'tool', name: 'Torque wrench', location: 'Store 7' });
    const { item: old } = await made({ class: 'tool', name: 'Torque meter', life: 'retired' });
    expect(await ids('party', 'netw')).toEqual(['network']);
    expect(await ids('service', 'ward')).toEqual(['wifi']);
    expect(await ids('location', 'store')).toEqual(['Store 7']);
    expect(await ids('item', 'torque')).toEqual([item.key]);
    expect(await ids('item', old.key)).toEqual([]);
  });
});
