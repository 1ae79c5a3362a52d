import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { AppInvalid, createForge, InvokeError } from '../../sandbox/forge';
import { RateLimits } from '../../sandbox/forge/runtime/rates';
import { readManifest, timeLimitMs } from '../../sandbox/forge/manifest';
import { APP, buildApp, logged, noSql, start, type Started, including } from './forge.helpers';

const START = '2026-11-24T09:00:00.000Z';

let app: Awaited<ReturnType<typeof buildApp>>;
let site: Started;
const clock = new ManualClock(START);

beforeAll(async () => {
  app = await buildApp();
  site = await start(app.functionsFile, { clock, variables: { COLOUR: 'green' } });
  await site.forge.idle();
});
afterAll(async () => {
  await site?.forge.stop();
  await app?.remove();
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof InvokeError ? error.code : String(error)),
  );

describe('manifest', () => {
  it('is read with its modules, functions and scopes', async () => {
    const manifest = await readManifest(join(APP, 'manifest.yml'));
    expect(manifest.appId).toBe('7b2c1f9e-1111-4222-8333-944455556666');
    expect(manifest.modulesOf('trigger').map(({ key }) => key)).toEqual(['issues', 'comments', 'picky', 'installed', 'paying']);
    expect(manifest.resolverOf('panel')).toBe('resolve');
    expect(manifest.scopes).toContain('storage:app');
  });

  it("is refused with the findings of the platform's own validator", async () => {
    const folder = join(app.folder, 'bad');
    await mkdir(folder, { recursive: true });
    const text = (await import('node:fs')).readFileSync(join(APP, 'manifest.yml'), 'utf8').replace('interval: hour', 'interval: minute');
    await writeFile(join(folder, 'manifest.yml'), text);
    await expect(readManifest(join(folder, 'manifest.yml'))).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      findings: expect.arrayContaining([including("'minute'")]) as unknown,
    });
  });

  it('gives the time limits of the module kinds', () => {
    expect(timeLimitMs('jira:issuePanel', undefined)).toBe(25_000);
    expect(timeLimitMs('jira:issuePanel', 900)).toBe(25_000);
    expect(timeLimitMs('consumer', undefined)).toBe(55_000);
    expect(timeLimitMs('consumer', 900)).toBe(900_000);
    expect(timeLimitMs('webtrigger', undefined)).toBe(55_000);
  });
});

describe('bundle', () => {
  it('is refused when it lacks a handler', async () => {
    const file = join(app.folder, 'empty.js');
    await writeFile(file, 'exports.resolve = () => 1;');
    const made = createForge({ manifestFile: join(APP, 'manifest.yml'), functionsFile: file, sql: noSql, siteUrl: 'http://site.test' });
    await expect(made).rejects.toBeInstanceOf(AppInvalid);
    await expect(made).rejects.toMatchObject({ code: 'BUNDLE_INVALID', findings: expect.arrayContaining([including('index.judge')]) as unknown });
  });

  it('is refused when it does not load, for instance because a package is not bundled', async () => {
    const file = join(app.folder, 'unbundled.js');
    await writeFile(file, "exports.resolve = require('@forge/resolver');");
    const made = createForge({ manifestFile: join(APP, 'manifest.yml'), functionsFile: file, sql: noSql, siteUrl: 'http://site.test' });
    await expect(made).rejects.toMatchObject({ code: 'BUNDLE_INVALID', findings: [including('@forge/resolver')] });
  });
});

describe('invocations', () => {
  it('hand payload and context to the resolver, the person from the platform and not from the page', async () => {
    const { payload, context } = await site.call<{ payload: unknown; context: Record<string, unknown> }>('echo', { accountId: 'eve', n: 1 });
    expect(payload).toEqual({ accountId: 'eve', n: 1 });
    expect(context).toMatchObject({ accountId: 'ann', moduleKey: 'panel', cloudId: site.forge.ids.cloudId, extension: { type: 'jira:issuePanel' } });
    expect(context['installContext']).toBe(site.forge.ids.contextAri);
  });

  it('pass results through JSON', async () => {
    expect(await site.call('date')).toMatchObject({ date: including('2026-11-24T09:') });
    expect(await site.call('nothing')).toBeUndefined();
  });

  it('live in the time of the site', async () => {
    clock.advance(1_800_000);
    const { date, now } = await site.call<{ date: string; now: number }>('date');
    // The site's clock stands still, the function's runs on from it.
    expect(Date.parse(date) - clock.now().getTime()).toBeLessThan(60_000);
    expect(Date.parse(date)).toBeGreaterThanOrEqual(clock.now().getTime());
    expect(Math.abs(now)).toBeLessThan(1000);
  });

  it('see their own context before and after waiting', async () => {
    const seen = await site.call<Record<string, unknown>>('context');
    expect(seen).toMatchObject({
      same: true,
      environment: `ari:cloud:ecosystem::environment/${site.forge.manifest.appId}/${site.forge.ids.environmentId}`,
      environmentType: 'DEVELOPMENT',
      module: 'panel',
    });
    expect(seen['left']).toBeGreaterThan(0);
    expect(seen['left']).toBeLessThanOrEqual(3000);
  });

  it('find a warm process with its state, and nothing of the environment of the site', async () => {
    const first = await site.call<{ life: number; pid: number; env: string[] }>('life');
    const second = await site.call<{ life: number; pid: number }>('life');
    expect(second).toMatchObject({ life: first.life + 1, pid: first.pid });
    expect(first.env).toEqual(
      ['COLOUR', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'NODE_ENV', 'TZ'].filter((name) => first.env.includes(name)),
    );
    expect(first.env).toContain('COLOUR');
  });

  it('run beside each other in processes of their own', async () => {
    const lives = await Promise.all(Array.from({ length: 8 }, () => site.call<{ pid: number }>('life')));
    expect(new Set(lives.map(({ pid }) => pid)).size).toBeLessThanOrEqual(4);
    expect(lives).toHaveLength(8);
  });

  it('fail with the error of the app', async () => {
    await expect(site.call('fail')).rejects.toMatchObject({
      code: 'FUNCTION_FAILED',
      message: 'as asked',
      appStack: including('TypeError'),
    });
    await expect(site.call('unheard')).rejects.toMatchObject({ code: 'FUNCTION_FAILED', message: including('unheard') });
  });

  it('are killed at their limit, and the next one works', async () => {
    expect(await codeOf(site.call('endless'))).toBe('FUNCTION_TIME_OUT');
    expect(await site.call('nothing')).toBeUndefined();
  });

  it('are ended when they leave, and the next one works', async () => {
    expect(await codeOf(site.call('exit'))).toBe('FUNCTION_CRASHED');
    expect(await site.call('nothing')).toBeUndefined();
  });

  it('are ended at the memory ceiling of their function, and the next one works', { timeout: 60_000 }, async () => {
    expect(await codeOf(site.forge.runSchedule('heavy'))).toBe('FUNCTION_OUT_OF_MEMORY');
    expect(await site.call('nothing')).toBeUndefined();
  });

  it('need a module with a resolver and a payload of at most 500 KB', async () => {
    expect(await codeOf(site.forge.invoke({ moduleKey: 'gate', functionKey: 'x', accountId: 'ann', extension: {} }))).toBe('MODULE_NOT_FOUND');
    expect(await codeOf(site.call('echo', { text: 'x'.repeat(600_000) }))).toBe('PAYLOAD_TOO_LARGE');
  });

  it('report what goes on after the answer, with the invocation it came from', async () => {
    expect(await site.call('stray')).toBe('answered');
    const record = () => site.forge.invocations().findLast(({ strays }) => strays.length > 0);
    await expect.poll(() => record()?.strays.length).toBe(2);
    expect(record()?.strays).toEqual([including('request: '), 'exception: nobody is there']);
    expect(site.log.find(({ message }) => message.includes('nobody is there'))?.invocationId).toBe(record()?.id);
  });

  it('have their console captured', async () => {
    await site.call('say');
    const id = site.forge.invocations().at(-1)?.id;
    expect(site.log.find(({ invocationId, source }) => source === 'app' && invocationId === id)).toMatchObject({
      level: 'warn',
      message: 'look { at: 1 }',
      functionKey: 'resolve',
    });
  });

  it('have the lines of their console dropped beyond 100', async () => {
    await site.call('chatter', { lines: 120, length: 1 });
    const record = site.forge.invocations().at(-1);
    expect(record?.log).toEqual({ lines: 120, dropped: 20, bytes: 100 });
    const said = site.log.filter(({ invocationId }) => invocationId === record?.id);
    expect(said.filter(({ source }) => source === 'app')).toHaveLength(100);
    expect(said.filter(({ source }) => source === 'platform')).toMatchObject([{ level: 'warn', message: including('dropped') }]);
  });

  it('have the lines of their console dropped beyond 200 KB', async () => {
    await site.call('chatter', { lines: 3, length: 90 * 1024 });
    expect(site.forge.invocations().at(-1)?.log).toEqual({ lines: 3, dropped: 1, bytes: 180 * 1024 });
  });

  it('are ended for memory outside of the heap too', async () => {
    expect(await codeOf(site.call('buffers', { megabytes: 400 }))).toBe('FUNCTION_OUT_OF_MEMORY');
    expect(await site.call('nothing')).toBeUndefined();
  });

  it('are not begun with more than 5 MB', async () => {
    const argument = { text: 'x'.repeat(6 * 1_048_576) };
    expect(await codeOf(site.forge.call({ moduleKey: 'panel', functionKey: 'onInstalled', argument, accountId: 'ann' }))).toBe('PAYLOAD_TOO_LARGE');
  });

  it('are counted by what they ask for', async () => {
    await site.call('kvs', { call: 'get', args: ['a'] });
    expect(site.forge.invocations().at(-1)).toMatchObject({
      functionKey: 'resolve',
      moduleType: 'jira:issuePanel',
      moduleKey: 'panel',
      requests: { jira: 0, kvs: 1, sql: 0, queue: 0, other: 0 },
    });
    await site.call('push', { events: [{ body: {} }] });
    await site.forge.idle();
    const [push, job] = site.forge.invocations().slice(-2);
    expect(push?.requests).toMatchObject({ kvs: 0, queue: 1 });
    expect(job).toMatchObject({ functionKey: 'consume', moduleType: 'consumer', moduleKey: 'worker', requests: { kvs: 1, queue: 0 } });
    expect(push?.memoryMB).toBeGreaterThan(0);
    expect(push?.ms).toBeGreaterThan(0);
  });

  it('let nothing out of the site', async () => {
    expect(await site.call('egress')).toMatchObject({ message: including('lets no request out') });
  });
});

describe('requests to Jira', () => {
  it('act as the app, or as the person who started the invocation', async () => {
    await site.call('jira', { what: 'issue' });
    expect(site.jira.asked.at(-1)).toMatchObject({ identity: { accountId: 'app-user', viaApp: true }, path: '/rest/api/3/issue', method: 'GET' });
    await site.call('jira', { what: 'issue', as: 'user' });
    expect(site.jira.asked.at(-1)?.identity).toEqual({ accountId: 'ann', viaApp: true, appId: site.forge.manifest.appId });
  });

  it('cannot act as a person where there is none', async () => {
    expect(await site.call('jira', { what: 'issue', as: 'user' }, undefined)).toMatchObject({ name: 'NEEDS_AUTHENTICATION_ERR' });
  });

  it('need the scope of the operation', async () => {
    const before = site.jira.asked.length;
    const answer = await site.call<{ value: { status: number; text: string } }>('jira', { what: 'issue', method: 'POST', body: {} });
    expect(answer.value.status).toBe(401);
    expect(answer.value.text).toContain('scope does not match');
    expect(site.jira.asked.length).toBe(before);
  });

  it('carry bodies and answers without content', async () => {
    const answer = await site.call<{ value: { status: number; text: string } }>('jira', { what: 'statuses', method: 'PUT', body: { a: 1 } });
    expect(answer.value).toEqual({ status: 204, text: '' });
    expect(site.jira.asked.at(-1)?.body).toBe('{"a":1}');
  });

  it('are counted', async () => {
    await site.call('jira', { what: 'issue' });
    expect(site.forge.invocations().at(-1)).toMatchObject({ functionKey: 'resolve', moduleKey: 'panel', requests: { jira: 1, kvs: 0 } });
  });
});

describe('rates of invocations', () => {
  // A clock that stands still keeps all calls in one window; a module without a resolver fails at once, but counts.
  const codes = async (people: string[], options: { limitRates?: boolean } = {}) => {
    const one = await start(app.functionsFile, { clock: new ManualClock(START), ...options });
    try {
      const call = (accountId: string) => one.forge.invoke({ moduleKey: 'gate', functionKey: 'x', accountId, extension: {} });
      return await Promise.all(people.map((accountId) => codeOf(call(accountId))));
    } finally {
      await one.forge.stop();
    }
  };
  const people = Array.from({ length: 301 }, (_, n) => `person ${String(n)}`);

  it('are 300 a second of all people', async () => {
    const all = await codes(people);
    expect(all.slice(0, 300)).not.toContain('RATE_LIMITED');
    expect(all[300]).toBe('RATE_LIMITED');
  });

  it('are 1200 a minute of one person', () => {
    const still = new ManualClock(START);
    const limits = new RateLimits(still);
    for (let n = 0; n < 1200; n += 1) {
      if (n % 300 === 0) still.advance(1000);
      limits.take('ann');
    }
    still.advance(1000);
    expect(() => limits.take('ann')).toThrow(InvokeError);
    expect(() => limits.take('ben')).not.toThrow();
    still.advance(60_000);
    expect(() => limits.take('ann')).not.toThrow();
  });

  it('are lifted on demand', async () => {
    expect(await codes(people, { limitRates: false })).not.toContain('RATE_LIMITED');
  });
});

describe('validators', () => {
  const rule = () => site.forge.rules().find(({ ruleType }) => ruleType === 'Validator');
  const judge = (what: string) =>
    site.forge.validate(rule()?.id ?? '', {
      issue: { key: 'A-1' },
      configuration: { do: what },
      transition: { from: { id: '1' }, to: { id: '2' }, modifiedFields: {} },
    });
  const unchecked = { result: false, errorMessage: including('"Gate"') };

  it('are offered under the id of the environment', () => {
    expect(rule()).toEqual({
      id: `ari:cloud:ecosystem::extension/${site.forge.manifest.appId}/${site.forge.ids.environmentId}/static/gate`,
      ruleKey: 'forge:expression-validator',
      ruleType: 'Validator',
      name: 'Gate',
      description: 'Judges a move',
      errorMessage: 'The gate is closed.',
    });
    expect(site.forge.rules().map(({ ruleKey }) => ruleKey)).toContain('forge:workflow-post-function');
  });

  it('allow and refuse', async () => {
    expect(await judge('allow')).toEqual({ result: true });
    expect(await judge('refuse')).toEqual({ result: false, errorMessage: 'No.' });
    expect(await judge('silent')).toEqual({ result: false, errorMessage: 'The gate is closed.' });
  });

  it.each(['extra', 'truthy', 'throw', 'asUser', 'endless'])(
    'refuse when the function answers wrongly, throws or takes too long: %s',
    async (what) => {
      const before = site.log.length;
      expect(await judge(what)).toEqual(unchecked);
      expect(site.log.slice(before).some(({ level }) => level === 'error')).toBe(true);
    },
  );

  it('refuse when there is no such rule', async () => {
    expect(
      await site.forge.validate('nothing', {
        issue: { key: 'A-1' },
        configuration: {},
        transition: { from: { id: '1' }, to: { id: '2' }, modifiedFields: {} },
      }),
    ).toMatchObject({ result: false });
  });

  it('are judged even when every process waits for one', async () => {
    site.jira.answer = async () => Response.json(await judge('allow'));
    try {
      const moves = await Promise.all(Array.from({ length: 6 }, () => site.call<{ value: { text: string } }>('jira', { what: 'issue' })));
      expect(moves.map(({ value }) => value.text)).toEqual(Array.from({ length: 6 }, () => '{"result":true}'));
    } finally {
      site.jira.answer = undefined;
    }
  });
});

describe('installation', () => {
  it('is told to the app once', async () => {
    expect(await logged(site, 'installed')).toMatchObject([{ eventType: 'avi:forge:installed:app', app: { name: 'Probe' } }]);
  });
});
