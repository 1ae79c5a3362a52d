/** The site's time set forward, and what follows it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdvancingClock, ManualClock } from '../../sandbox/clock';
import type { Json } from '../../sandbox/jira/store';
import { buildChecklist, makeIssue, makeProject, startTwoApps, type TwoApps } from './support/two-apps';

const START = '2026-11-24T09:00:00.000Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a clock that can be set forward', () => {
  it('runs what falls due, in the order of its moments, and leaves the rest to wait less long', () => {
    const base = new ManualClock(START);
    const clock = new AdvancingClock(base);
    const ran: string[] = [];
    clock.after(300, () => ran.push('c'));
    clock.after(100, () => ran.push('a'));
    clock.after(200, () => ran.push('b'));
    clock.after(1000, () => ran.push('d'));
    clock.advance(400);
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(clock.now().toISOString()).toBe('2026-11-24T09:00:00.400Z');
    base.advance(599);
    expect(ran).toEqual(['a', 'b', 'c']);
    base.advance(1);
    expect(ran).toEqual(['a', 'b', 'c', 'd']);
  });

  it('runs nothing twice and nothing that was taken back', () => {
    const base = new ManualClock(START);
    const clock = new AdvancingClock(base, DAY);
    const ran: string[] = [];
    const cancel = clock.after(20, () => ran.push('never'));
    clock.after(10, () => {
      ran.push('once');
      cancel();
    });
    clock.advance(100);
    base.advance(100);
    clock.advance(100);
    expect(ran).toEqual(['once']);
    expect(clock.aheadMs).toBe(DAY + 200);
  });
});

describe('a site whose time is set forward', () => {
  const base = new ManualClock(START);
  const delivery = { minMs: 1000, maxMs: 1000, doubled: 0, seed: 1 };
  const dataDir = mkdtempSync(join(tmpdir(), 'site-clock-'));
  let built: Awaited<ReturnType<typeof buildChecklist>>;
  let two: TwoApps;
  let port = 0;

  beforeAll(async () => {
    built = await buildChecklist();
    two = await startTwoApps(built.app, { clock: base, delivery, dataDir });
    port = Number(new URL(two.site.url).port);
    await makeProject(two.admin);
  });
  afterAll(async () => {
    await two.stop();
    built.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const clock = (body: unknown) => two.admin.send('POST', '/_sandbox/clock', body);
  const now = async (): Promise<string> => (await two.admin.ask<{ now: string }>('GET', '/_sandbox/clock')).now;
  const value = (key: string): Json | undefined => {
    const { kvs } = two.checklist.snapshot() as { kvs: { plain: { key: string; value: Json }[] } };
    return kvs.plain.find((one) => one.key === key)?.value;
  };

  it('stamps with it', async () => {
    expect(await now()).toBe(START);
    await clock({ advanceMs: DAY });
    const { key } = await makeIssue(two.admin, 'Tomorrow');
    const { fields } = await two.admin.ask<{ fields: { created: string } }>('GET', `/rest/api/3/issue/${key}?fields=created`);
    expect(fields.created).toBe('2026-11-25T09:00:00.000+0000');
    const { body } = await clock({ to: '2026-11-26T10:00:00+01:00' });
    expect(body).toMatchObject({ now: '2026-11-26T09:00:00.000Z', aheadMs: 2 * DAY });
  });

  it('brings what waited: events and queue jobs', async () => {
    const { id, key } = await makeIssue(two.admin, 'Waits');
    await two.admin.ask('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Waits longer' } });
    await two.admin.invoke('checklist', 'push', {}, key);
    await clock({ advanceMs: 900 });
    expect([value(`seen:${id}`), value('counted')]).toEqual([undefined, undefined]);
    await clock({ advanceMs: 100 });
    await two.site.idle();
    expect([value(`seen:${id}`), value('counted')]).toEqual([1, 1]);
  });

  it('starts what is scheduled', async () => {
    const before = Number(value('tidied') ?? 0);
    await clock({ advanceMs: HOUR });
    await two.site.idle();
    expect(Number(value('tidied'))).toBeGreaterThan(before);
  });

  it('refuses to go back, and what it does not understand', async () => {
    const before = await now();
    expect((await clock({ to: START })).status).toBe(400);
    expect((await clock({ advanceMs: -1 })).status).toBe(400);
    expect((await clock({ forward: 1 })).status).toBe(400);
    expect(await now()).toBe(before);
  });

  it('is still ahead after a stop and a start', async () => {
    const before = await now();
    await two.site.stop();
    two = await startTwoApps(built.app, { clock: base, delivery, dataDir, port });
    expect(two.site.fresh).toBe(false);
    expect(await now()).toBe(before);
    expect(value('counted')).toBe(1);
  });
});
