import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
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
    expect(await site.call('kvsTransact', { keys: ['t5', 't5'], value: 1 })).toMatchObject({ status: 400 });
    expect(await site.call('kvsTransact', { keys: Array.from({ length: 26 }, (_, n) => `many${n}`), value: 1 })).toMatchObject({ status: 400 });
  });

  it('of entities are honestly not there', async () => {
    expect(await site.call('entity')).toMatchObject({ status: 501 });
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
