/** Faults asked for on a site, and how an app meets them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setUp } from '../../sandbox/demo/world';
import type { Json } from '../../sandbox/jira/store';
import type { FaultsInput } from '../../sandbox/hosting/faults';
import { buildChecklist, makeIssue, makeProject, startTwoApps, type TwoApps } from './support/two-apps';

let built: Awaited<ReturnType<typeof buildChecklist>>;
let two: TwoApps;
let issue: { id: string; key: string };

beforeAll(async () => {
  built = await buildChecklist();
  two = await startTwoApps(built.app);
  await makeProject(two.admin);
  await setUp(two.admin);
});
afterAll(async () => {
  await two.stop();
  built.remove();
});
beforeEach(async () => {
  two.site.faults.set({});
  issue = await makeIssue(two.admin, 'Faulty');
});

const ask = (faults: FaultsInput): Promise<unknown> => two.admin.ask('POST', '/_sandbox/faults', faults);
const call = <T = Json>(functionKey: string, payload: unknown = {}): Promise<T> => two.admin.invoke<T>('checklist', functionKey, payload, issue.key);
const comments = async (): Promise<number> => (await two.admin.ask<{ total: number }>('GET', `/rest/api/3/issue/${issue.key}/comment`)).total;

describe('too many requests', () => {
  it.each([
    ['jira-burst-based', '100'],
    ['jira-quota-global-based', '65000'],
    ['jira-quota-tenant-based', '100000'],
    ['jira-per-issue-on-write', '20'],
  ] as const)('%s: the app learns when to come back, and succeeds then', async (reason, limit) => {
    await ask({ rules: [{ match: { method: 'get', path: '^/rest/api/3/issue/' }, answer: { rateLimit: reason, retryAfter: 0 }, times: 2 }] });
    const told = { after: '0', reason, limit };
    expect(await call('read')).toMatchObject({ status: 200, waited: [told, told] });
    expect(await two.admin.ask('GET', '/_sandbox/faults')).toEqual({ rules: [], sql: [], functions: [] });
  });

  it('our app waits as long as it is told, and shows its panel', async () => {
    await ask({ rules: [{ match: { app: 'USM for Jira' }, answer: { rateLimit: 'jira-burst-based' }, times: 1 }] });
    const before = two.site.forge.invocations().length;
    expect(await two.admin.invoke('usm-process', 'work.process', {}, issue.key)).toMatchObject({
      state: expect.not.stringMatching('error') as unknown,
    });
    expect(two.site.faults.pending().rules).toEqual([]);
    expect(two.site.forge.invocations().slice(before)[0]?.ms).toBeGreaterThanOrEqual(1000);
  });
});

describe('Jira out of order', () => {
  it('answers with the status asked for, so many times, to the app asked for', async () => {
    await ask({ rules: [{ match: { app: 'Checklist', path: '/comment$' }, answer: { status: 503 }, times: 2 }] });
    expect([await call('comment'), await call('comment'), await call('comment')]).toEqual([503, 503, 201]);
    expect(await comments()).toBe(1);
  });

  it('leaves other apps, other paths and people alone', async () => {
    await ask({ rules: [{ match: { app: 'USM for Jira' }, answer: { status: 500 }, times: 9 }] });
    expect(await call('read')).toMatchObject({ status: 200, waited: [] });
    expect((await two.admin.send('GET', `/rest/api/3/issue/${issue.key}`)).status).toBe(200);
    expect(two.site.faults.pending().rules[0]?.times).toBe(9);
  });

  it('does what it was asked and loses the answer', async () => {
    await ask({ rules: [{ match: { method: 'POST' }, answer: { lostAfter: true } }] });
    expect(await call('comment')).toBe(504);
    expect(await comments()).toBe(1);
  });

  it('answers late', async () => {
    await ask({ rules: [{ answer: { delayMs: 60 } }] });
    expect(await call('read')).toMatchObject({ status: 200 });
    expect(two.checklist.invocations().at(-1)?.ms).toBeGreaterThanOrEqual(55);
  });

  it('makes our app say so in words of its own', async () => {
    await ask({ rules: [{ match: { app: 'USM for Jira' }, answer: { status: 502 }, times: 9 }] });
    expect(await two.admin.invoke('usm-process', 'work.process', {}, issue.key)).toMatchObject({ state: 'error', code: 'platform.unavailable' });
  });
});

describe('a person who has not agreed that the app acts for them', () => {
  it('is asked for, and the app itself goes on', async () => {
    await ask({ rules: [{ match: { app: 'Checklist' }, answer: { needsAuthentication: true } }] });
    expect(await call('rename', { summary: 'By the app' })).toBe(204);
    await expect(call('comment')).rejects.toThrow();
    expect(two.checklist.invocations().at(-1)?.error?.code).toBe('NEEDS_AUTHENTICATION');
    expect(await call('comment')).toBe(201);
  });
});

describe('the database out of order', () => {
  it('refuses with the code asked for', async () => {
    await ask({ sql: [{ match: { app: 'Checklist', statement: '^INSERT' }, answer: { code: 'QUERY_TIMED_OUT' } }] });
    await expect(call('note', { note: 'a' })).rejects.toThrow();
    expect(await call('note', { note: 'b' })).toMatchObject([{ text: 'b' }]);
  });

  it('writes and loses the answer', async () => {
    await ask({ sql: [{ match: { statement: '^INSERT' }, answer: { lostAfter: true } }] });
    await expect(call('note', { note: 'lost' })).rejects.toThrow();
    expect(JSON.stringify(await call('notes'))).toContain('lost');
  });
});

describe('functions that end', () => {
  it('die before they do anything', async () => {
    await ask({ functions: [{ match: { function: 'resolve' }, end: 'kill' }] });
    await expect(call('comment')).rejects.toThrow('The process ended');
    expect(await comments()).toBe(0);
    expect(await call('comment')).toBe(201);
  });

  it('die at one of their requests, which is not performed', async () => {
    await ask({ functions: [{ match: { function: 'resolve' }, end: 'kill', atRequest: 3 }] });
    await expect(call('add', { text: 'Kept, not told' })).rejects.toThrow('The process ended');
    expect(await call('get', { key: `boxes:${issue.id}` })).toHaveLength(1);
    expect((await two.admin.send('GET', `/rest/api/3/issue/${issue.key}/properties/checklist`)).status).toBe(404);
  });

  it('run into their limit without anybody waiting for it', async () => {
    await ask({ functions: [{ match: { function: 'resolve' }, end: 'timeout', atRequest: 1 }] });
    await expect(call('comment')).rejects.toThrow('took longer than its 25 s');
    expect(two.checklist.invocations().at(-1)?.error?.code).toBe('FUNCTION_TIME_OUT');
  });

  it('are tried again by the platform where it does so', async () => {
    await ask({ functions: [{ match: { function: 'count' }, end: 'kill' }] });
    await call('push');
    await two.site.idle();
    expect(await call('get', { key: 'counted' })).toBe(1);
  });
});

describe('what is asked for wrongly', () => {
  it.each([
    ['an unknown reason', { rules: [{ answer: { rateLimit: 'too-much' } }] }],
    ['a status that is no fault', { rules: [{ answer: { status: 404 } }] }],
    ['a path that is no expression', { rules: [{ match: { path: '(' }, answer: { status: 500 } }] }],
    ['a word nobody knows', { faults: [] }],
    ['nothing', undefined],
  ])('is refused and changes nothing: %s', async (_name, faults) => {
    await ask({ rules: [{ match: { path: 'never' }, answer: { status: 500 } }] });
    expect((await two.admin.send('POST', '/_sandbox/faults', faults)).status).toBe(400);
    expect(two.site.faults.pending().rules).toHaveLength(1);
  });

  it('and pages of other origins ask for nothing', async () => {
    const answer = await fetch(`${two.site.url}/_sandbox/faults`, { method: 'POST', headers: { origin: two.site.appUrl }, body: '{}' });
    expect(answer.status).toBe(403);
  });
});
