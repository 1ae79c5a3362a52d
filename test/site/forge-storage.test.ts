import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { KvsRates } from '../../sandbox/forge/kvs/rates';
import { buildApp, start, type Started, withFields } from './forge.helpers';

const DAY = 86_400_000;
const clock = new ManualClock('2026-11-24T09:00:00.000Z');
let app: Awaited<ReturnType<typeof buildApp>>;
let site: Started;

beforeAll(async () => {
  app = await buildApp();
  site = await start(app.functionsFile, { clock });
});
afterAll(async () => {
  await site?.forge.stop();
  await app?.remove();
});

const kvs = (call: string, ...args: unknown[]) => site.call<{ value?: unknown; code?: string; status?: number }>('kvs', { call, args } as never);

describe('keys and values', () => {
  it('are set, read and deleted; a missing one is undefined', async () => {
    expect(await kvs('get', 'a')).toEqual({});
    await kvs('set', 'a', { n: [1, 'two', null] });
    expect(await kvs('get', 'a')).toEqual({ value: { n: [1, 'two', null] } });
    await kvs('delete', 'a');
    expect(await kvs('get', 'a')).toEqual({});
    expect(await kvs('delete', 'a')).toEqual({});
  });

  it('can be claimed once', async () => {
    expect(await kvs('set', 'claim', 1, { keyPolicy: 'FAIL_IF_EXISTS' })).toEqual({});
    expect(await kvs('set', 'claim', 2, { keyPolicy: 'FAIL_IF_EXISTS' })).toMatchObject({ code: 'KEY_CONFLICT', status: 409 });
    expect(await kvs('get', 'claim')).toEqual({ value: 1 });
  });

  it('give the previous value back when asked', async () => {
    await kvs('set', 'counter', 1);
    expect(await kvs('set', 'counter', 2, { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS' })).toMatchObject({ value: { key: 'counter', value: 1 } });
  });

  it('are deleted late when they expire, and block a claim until then', async () => {
    await kvs('set', 'lease', 1, { keyPolicy: 'FAIL_IF_EXISTS', ttl: { value: 1, unit: 'HOURS' } });
    clock.advance(DAY);
    expect(await kvs('set', 'lease', 2, { keyPolicy: 'FAIL_IF_EXISTS' })).toMatchObject({ code: 'KEY_CONFLICT' });
    expect(await kvs('get', 'lease', { metadataFields: ['EXPIRE_TIME'] })).toMatchObject({
      value: { value: 1, expireTime: '2026-11-24T10:00:00.000Z' },
    });
    clock.advance(2 * DAY);
    expect(await kvs('get', 'lease')).toEqual({});
  });

  it.each([
    ['', 1, 'EMPTY_KEY'],
    ['a/b', 1, 'INVALID_KEY'],
    ['k'.repeat(501), 1, 'KEY_TOO_LONG'],
    ['big', 'x'.repeat(240 * 1024), 'MAX_SIZE'],
    ['deep', Array.from({ length: 31 }).reduce((inner: unknown) => [inner], []), 'MAX_DEPTH'],
  ])('have limits: %.10s', async (key, value, code) => {
    expect(await kvs('set', key, value)).toMatchObject({ code, status: 400 });
  });

  it('may be 31 levels deep', async () => {
    expect(
      await kvs(
        'set',
        'deep',
        Array.from({ length: 30 }).reduce((inner: unknown) => [inner], []),
      ),
    ).toEqual({});
  });

  it('keep secrets apart', async () => {
    await kvs('setSecret', 'token', 'hush');
    expect(await kvs('get', 'token')).toEqual({});
    expect(await kvs('getSecret', 'token')).toEqual({ value: 'hush' });
  });

  it('are found by the beginning of their key, page by page', async () => {
    for (const n of [1, 2, 3]) await kvs('set', `page:${n}`, n);
    interface Page {
      value: { results: { key: string }[]; nextCursor?: string };
    }
    const first = await site.call<Page>('kvsQuery', { prefix: 'page:', limit: 2 });
    expect(first.value.results.map(({ key }) => key)).toEqual(['page:1', 'page:2']);
    const second = await site.call<Page>('kvsQuery', { prefix: 'page:', limit: 2, cursor: first.value.nextCursor ?? null });
    expect(second.value).toEqual({ results: [withFields({ key: 'page:3', value: 3 })] });
    expect(await site.call('kvsQuery', { prefix: 'page:', limit: 101 })).toMatchObject({ status: 400 });
  });

  it('are written in batches, each for itself', async () => {
    expect(
      await kvs('batchSet', [
        { key: 'b1', value: 1 },
        { key: 'b/2', value: 2 },
      ]),
    ).toEqual({
      value: { successfulKeys: [{ key: 'b1' }], failedKeys: [{ key: 'b/2', error: withFields({ code: 'INVALID_KEY' }) }] },
    });
    expect(await kvs('batchGet', [{ key: 'b1' }, { key: 'b3' }])).toMatchObject({
      value: { successfulKeys: [{ key: 'b1', value: 1 }], failedKeys: [{ key: 'b3', error: { code: 'KEY_NOT_FOUND' } }] },
    });
  });

  it('are written in transactions, all or none, 25 at most, each key once', async () => {
    expect(await site.call('kvsTransact', { keys: ['t1', 't2'], value: 1 })).toEqual({});
    expect(await site.call('kvsTransact', { keys: ['t3', 't/4'], value: 1 })).toMatchObject({ code: 'INVALID_KEY' });
    expect(await kvs('get', 't3')).toEqual({});
    expect(await site.call('kvsTransact', { keys: ['t5', 't5'], value: 1 })).toMatchObject({ status: 400, code: 'KEY_DUPLICATION_ERROR' });
    expect(await site.call('kvsTransact', { keys: Array.from({ length: 26 }, (_, n) => `many${n}`), value: 1 })).toMatchObject({
      status: 422,
      code: 'UNPROCESSABLE_ENTITY',
    });
    expect(await site.call('kvsTransact', { keys: [], value: 1 })).toMatchObject({ code: 'INVALID_TRANSACTION_REQUEST' });
  });

  it.each([
    [[], 'INVALID_REQUEST'],
    [Array.from({ length: 26 }, (_, n) => ({ key: `b${n}`, value: n })), 'TOO_MANY_BATCH_ENTITIES'],
    [
      [
        { key: 'twin', value: 1 },
        { key: 'twin', value: 2 },
      ],
      'KEY_DUPLICATION_ERROR',
    ],
  ])('fail as a batch when it is empty, too long or names a key twice: %#', async (items, code) => {
    expect(await kvs('batchSet', items)).toMatchObject({ status: 400, code });
    expect(await kvs('get', 'twin')).toEqual({});
  });

  it.each([
    [{ ttl: { value: 0, unit: 'SECONDS' } }, 'INVALID_TTL'],
    [{ ttl: { value: 1.5, unit: 'DAYS' } }, 'INVALID_TTL'],
    [{ ttl: { value: 366, unit: 'DAYS' } }, 'INVALID_TTL'],
    [{ keyPolicy: 'FAIL_IF_EXISTS', returnValue: 'LATEST' }, 'INVALID_KEY_POLICY_RETURN_VALUE_COMBINATION'],
  ])('are not set with options that make no sense: %j', async (options, code) => {
    expect(await kvs('set', 'odd', 1, options)).toMatchObject({ status: 400, code });
  });

  it('may live a year', async () => {
    expect(await kvs('set', 'year', 1, { ttl: { value: 365, unit: 'DAYS' } })).toEqual({});
  });

  it('come back from a snapshot', async () => {
    await kvs('set', 'kept', 'yes');
    const again = await start(app.functionsFile, { clock, snapshot: site.forge.snapshot() });
    try {
      expect(await again.call('kvs', { call: 'get', args: ['kept'] })).toEqual({ value: 'yes' });
    } finally {
      await again.forge.stop();
    }
  });
});

interface Person {
  name: string;
  age?: number | string;
  height?: number;
  team?: string;
  active?: boolean;
}
interface Found {
  value: { results: { key: string; value: Person }[]; nextCursor?: string };
}

describe('custom entities', () => {
  const entity = (call: string, key: string, more: Record<string, unknown> = {}) =>
    site.call<{ value?: unknown; code?: string; status?: number; message?: string }>('entity', { call, key, ...more });
  const persons = (query: Record<string, unknown>) => site.call<Found>('persons', query as never);
  const keysOf = async (query: Record<string, unknown>) => (await persons(query)).value.results.map(({ key }) => key);

  beforeAll(async () => {
    const people: Record<string, Person> = {
      ann: { name: 'Ann', age: 30, team: 'red', active: true },
      ben: { name: 'Ben', age: 25, team: 'red', active: false },
      cat: { name: 'Cat', age: 41, team: 'blue', active: true },
      dan: { name: 'Dan', age: 30, team: 'blue' },
      eve: { name: 'Eve', team: 'red' },
    };
    for (const [key, value] of Object.entries(people)) await entity('set', key, { value });
  });

  it('are set, read and deleted apart from plain keys', async () => {
    await entity('set', 'gone', { value: { name: 'Gone' } });
    expect(await entity('get', 'gone')).toEqual({ value: { name: 'Gone' } });
    expect(await kvs('get', 'gone')).toEqual({});
    await entity('delete', 'gone');
    expect(await entity('get', 'gone')).toEqual({});
    expect(await entity('delete', 'gone')).toEqual({});
  });

  it('must be declared in the manifest', async () => {
    expect(await entity('set', 'x', { entity: 'stranger', value: {} })).toMatchObject({ status: 404, code: 'SCHEMA_NOT_FOUND' });
    expect(await entity('get', 'x', { entity: 'stranger' })).toMatchObject({ status: 404, code: 'SCHEMA_NOT_FOUND' });
  });

  it.each([
    [{ name: 1 }, 'INCORRECT_PROPERTY_TYPE'],
    [{ age: '5' }, 'INCORRECT_PROPERTY_TYPE'],
    [{ age: 1.5 }, 'INCORRECT_PROPERTY_TYPE'],
    [{ age: 2 ** 31 }, 'INCORRECT_PROPERTY_TYPE'],
    [{ active: 'yes' }, 'INCORRECT_PROPERTY_TYPE'],
    ['text', 'INVALID_ENTITY_VALUE'],
    [[1], 'INVALID_ENTITY_VALUE'],
  ])('keep to the types of their attributes: %j', async (value, code) => {
    expect(await entity('set', 'typed', { value })).toMatchObject({ status: 400, code });
    expect(await entity('get', 'typed')).toEqual({});
  });

  it('take the whole range of an integer, and attributes that nobody declared', async () => {
    const value = { age: 2 ** 31 - 1, height: 1.5, shoe: 42 };
    expect(await entity('set', 'typed', { value })).toEqual({});
    expect(await entity('get', 'typed')).toEqual({ value });
    await entity('delete', 'typed');
  });

  it('can be claimed once', async () => {
    const claim = { value: { name: 'Claim' }, options: { keyPolicy: 'FAIL_IF_EXISTS' } };
    expect(await entity('set', 'claim', claim)).toEqual({});
    expect(await entity('set', 'claim', claim)).toMatchObject({ status: 409, code: 'KEY_CONFLICT' });
    await entity('delete', 'claim');
  });

  it('are found along an index, in its order; those without its attribute are not in it', async () => {
    expect(await keysOf({ index: 'age' })).toEqual(['ben', 'ann', 'dan', 'cat']);
    expect(await keysOf({ index: 'age', descending: true })).toEqual(['cat', 'dan', 'ann', 'ben']);
    expect(await keysOf({ index: 'by-key' })).toEqual(['ann', 'ben', 'cat', 'dan', 'eve']);
    expect(await keysOf({ index: 'by-key', where: ['beginsWith', 'e'] })).toEqual(['eve']);
  });

  it.each([
    [
      ['equalTo', 30],
      ['ann', 'dan'],
    ],
    [['greaterThan', 30], ['cat']],
    [
      ['greaterThanEqualTo', 30],
      ['ann', 'dan', 'cat'],
    ],
    [['lessThan', 30], ['ben']],
    [
      ['lessThanEqualTo', 30],
      ['ben', 'ann', 'dan'],
    ],
    [
      ['between', 26, 41],
      ['ann', 'dan', 'cat'],
    ],
  ])('are found where the index is %j', async (where, keys) => {
    expect(await keysOf({ index: 'age', where })).toEqual(keys);
  });

  it('are found within a partition', async () => {
    expect(await keysOf({ index: 'by-team', partition: ['red'] })).toEqual(['ben', 'ann']);
    expect(await keysOf({ index: 'by-team', partition: ['blue'], where: ['greaterThan', 30] })).toEqual(['cat']);
  });

  it.each([
    [[['active', 'equalTo', true]], ['ann', 'cat']],
    [[['active', 'notEqualTo', true]], ['ben', 'dan']],
    [[['active', 'exists']], ['ben', 'ann', 'cat']],
    [[['active', 'notExists']], ['dan']],
    [[['name', 'contains', 'an']], ['dan']],
    [[['name', 'notContains', 'n']], ['cat']],
    [[['name', 'beginsWith', 'A']], ['ann']],
    [
      [
        ['team', 'equalTo', 'red'],
        ['age', 'greaterThan', 26],
      ],
      ['ann'],
    ],
  ])('are filtered: %j', async (filters, keys) => {
    expect(await keysOf({ index: 'age', filters })).toEqual(keys);
  });

  it('are filtered by one of several conditions', async () => {
    const filters = [
      ['name', 'equalTo', 'Ben'],
      ['team', 'equalTo', 'blue'],
    ];
    expect(await keysOf({ index: 'age', filters, either: true })).toEqual(['ben', 'dan', 'cat']);
  });

  it('come in pages, which a filter may leave short or empty', async () => {
    const first = await persons({ index: 'age', limit: 3 });
    expect(first.value.results.map(({ key }) => key)).toEqual(['ben', 'ann', 'dan']);
    const { nextCursor } = first.value;
    expect(nextCursor).toBeDefined();
    expect((await persons({ index: 'age', limit: 3, cursor: nextCursor })).value).toEqual({ results: [withFields({ key: 'cat' })] });

    const filtered = await persons({ index: 'age', limit: 1, filters: [['name', 'equalTo', 'Cat']] });
    expect(filtered.value.results).toEqual([]);
    expect(filtered.value.nextCursor).toBeDefined();
    // The same with getOne: nothing, though there is one behind.
    expect(await site.call('persons', { index: 'age', one: true, filters: [['name', 'equalTo', 'Cat']] })).toEqual({});
  });

  it('come ten at a time unless asked otherwise', async () => {
    for (let n = 0; n < 12; n += 1) await entity('set', `many:${String(n)}`, { value: { name: 'Many', team: 'many', age: n } });
    const many = { index: 'by-team', partition: ['many'] };
    expect(await keysOf(many)).toHaveLength(10);
    expect(await keysOf({ ...many, limit: 100 })).toHaveLength(12);
    for (let n = 0; n < 12; n += 1) await entity('delete', `many:${String(n)}`);
  });

  it.each([
    [{ index: 'shoe' }, 'INVALID_ENTITY_INDEX'],
    [{ index: 'by-team' }, 'INVALID_PARTITION'],
    [{ index: 'age', limit: 0 }, 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE'],
    [{ index: 'age', limit: 101 }, 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE'],
    [{ index: 'age', cursor: 'nonsense' }, 'INVALID_CURSOR'],
  ])('are not asked for wrongly: %j', async (query, code) => {
    expect(await persons(query)).toMatchObject({ status: 400, code });
  });

  it('are changed in transactions only where the conditions hold, all or none', async () => {
    const transact = (steps: Record<string, unknown>) => site.call<{ code?: string; status?: number }>('transact', steps as never);
    const version = (name: string) => ({ entity: 'person', when: [['name', 'equalTo', name]] });
    await entity('set', 'hal', { value: { name: 'one' } });

    const won = {
      set: [
        { key: 'hal', value: { name: 'two' }, ...version('one') },
        { key: 'note', value: 'plain' },
      ],
    };
    expect(await transact(won)).toEqual({});
    expect([await entity('get', 'hal'), await kvs('get', 'note')]).toEqual([{ value: { name: 'two' } }, { value: 'plain' }]);
    // The same again finds another version, and leaves all of it.
    await kvs('delete', 'note');
    expect(await transact(won)).toMatchObject({ status: 400, code: 'CONDITIONAL_CHECK_FAILED' });
    expect(await kvs('get', 'note')).toEqual({});

    const checked = { check: [{ key: 'hal', ...version('two') }], remove: [{ key: 'hal2', entity: 'person' }], set: [{ key: 'note', value: 1 }] };
    expect(await transact(checked)).toEqual({});
    expect(await transact({ check: [{ key: 'nobody', ...version('two') }] })).toMatchObject({ code: 'CONDITIONAL_CHECK_FAILED' });
    expect(await transact({ set: [{ key: 'typed', value: { age: 'x' }, entity: 'person' }] })).toMatchObject({ code: 'INCORRECT_PROPERTY_TYPE' });
    expect(await transact({ remove: [{ key: 'hal', ...version('two') }] })).toEqual({});
    expect(await entity('get', 'hal')).toEqual({});
  });

  it('may have a key in common with another entity or none in one transaction', async () => {
    const both = {
      set: [
        { key: 'same', value: { name: 'a' }, entity: 'person' },
        { key: 'same', value: 'b' },
      ],
    };
    expect(await site.call('transact', both as never)).toEqual({});
    expect([await entity('get', 'same'), await kvs('get', 'same')]).toEqual([{ value: { name: 'a' } }, { value: 'b' }]);
    await entity('delete', 'same');
  });

  it('are written and read in batches, and survive a snapshot', async () => {
    const items = [
      { key: 'batched', entityName: 'person', value: { name: 'Batched' } },
      { key: 'batched', value: 'plain' },
      { key: 'bad', entityName: 'person', value: { age: 'x' } },
    ];
    expect(await kvs('batchSet', items)).toMatchObject({
      value: {
        successfulKeys: [{ key: 'batched', entityName: 'person' }, { key: 'batched' }],
        failedKeys: [{ key: 'bad', entityName: 'person', error: { code: 'INCORRECT_PROPERTY_TYPE' } }],
      },
    });
    const again = await start(app.functionsFile, { clock, snapshot: site.forge.snapshot() });
    try {
      expect(await again.call('entity', { call: 'get', key: 'batched' })).toEqual({ value: { name: 'Batched' } });
    } finally {
      await again.forge.stop();
    }
    expect(await kvs('batchDelete', [{ key: 'batched', entityName: 'person' }])).toMatchObject({
      value: { successfulKeys: [{ key: 'batched', entityName: 'person' }] },
    });
    expect(await kvs('get', 'batched')).toEqual({ value: 'plain' });
  });
});

describe('queries of the platform as it is', () => {
  it('see a write only some time later; reading by key sees it at once', async () => {
    const late = await start(app.functionsFile, { clock, delivery: { minMs: 0, maxMs: 0, doubled: 0, seed: 1 } });
    const found = async (prefix: string) => (await late.call<Found>('kvsQuery', { prefix, limit: 10 })).value.results.map(({ value }) => value);
    const write = (call: string, ...args: unknown[]) => late.call('kvs', { call, args } as never);
    try {
      await write('set', 'late:1', 'first');
      expect(await late.call('kvs', { call: 'get', args: ['late:1'] })).toEqual({ value: 'first' });
      expect(await found('late:')).toEqual([]);
      clock.advance(10_000);
      expect(await found('late:')).toEqual(['first']);
      await write('set', 'late:1', 'second');
      await write('set', 'late:1', 'third');
      await write('delete', 'late:1');
      expect(await found('late:')).toEqual(['first']);
      clock.advance(10_000);
      expect(await found('late:')).toEqual([]);
    } finally {
      await late.forge.stop();
    }
  });
});

describe('rates', () => {
  // A clock that stands still keeps every request in one window.
  const write = async (what: { times: number; bytes: number; key?: string }, options: { limitRates?: boolean } = {}) => {
    const still = new ManualClock('2026-11-24T09:00:00.000Z');
    const one = await start(app.functionsFile, { clock: still, ...options });
    try {
      // What the app writes when it is installed is in a window of its own.
      await one.forge.idle();
      still.advance(60_000);
      return await one.call<{ count: number; code?: string; status?: number }>('kvsMany', what);
    } finally {
      await one.forge.stop();
    }
  };

  it('allow 1 MB a second for one key', async () => {
    expect(await write({ bytes: 200 * 1024, times: 10, key: 'hot' })).toEqual({ count: 5, status: 429, code: 'REQUEST_THROTTLED' });
  });

  it('are lifted on demand', async () => {
    expect(await write({ bytes: 200 * 1024, times: 10, key: 'hot' }, { limitRates: false })).toEqual({ count: 10 });
  });

  it('allow 1000 requests a second', () => {
    const still = new ManualClock('2026-11-24T09:00:00.000Z');
    const rates = new KvsRates(still);
    for (let n = 0; n < 1000; n += 1) expect(rates.request()).toBeUndefined();
    expect(rates.request()).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    still.advance(1000);
    expect(rates.request()).toBeUndefined();
  });

  it('allow 4000 units of 10 KB a minute each way', () => {
    const still = new ManualClock('2026-11-24T09:00:00.000Z');
    const rates = new KvsRates(still);
    // 24 units each, under keys of their own.
    const write = (n: number) => rates.traffic({ kind: 'write', bytes: 235 * 1024, parts: [{ name: String(n), bytes: 235 * 1024 }] });
    for (let n = 0; n < 166; n += 1) expect(write(n)).toBeUndefined();
    expect(write(166)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    expect(rates.traffic({ kind: 'read', bytes: 1, parts: [] })).toBeUndefined();
    still.advance(60_000);
    expect(write(166)).toBeUndefined();
  });
});
