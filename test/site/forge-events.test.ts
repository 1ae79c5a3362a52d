import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import type { DeliveryOptions, Licence } from '../../sandbox/forge';
import { buildApp, logged, start, type Started, including, withFields } from './forge.helpers';

const MINUTE = 60_000;
const QUICK: DeliveryOptions = { minMs: 1000, maxMs: 10_000, doubled: 0, seed: 7 };

let app: Awaited<ReturnType<typeof buildApp>>;
const started: Started[] = [];
let clock: ManualClock;

beforeAll(async () => {
  app = await buildApp();
});
afterAll(() => app?.remove());
afterEach(async () => {
  for (const { forge } of started.splice(0)) await forge.stop();
});

async function open(options: Parameters<typeof start>[1] = {}): Promise<Started> {
  clock = new ManualClock('2026-11-24T09:00:00.000Z');
  const site = await start(app.functionsFile, { clock, ...options });
  started.push(site);
  return site;
}

const updated = (key: string, atlassianId = 'ann') => ({ eventType: 'avi:jira:updated:issue', atlassianId, payload: { issue: { id: '1', key } } });
const settled = <T>(read: () => Promise<T[]>, count: number) => expect.poll(async () => (await read()).length, { timeout: 5000 }).toBe(count);

describe('product events', () => {
  it('reach the triggers that subscribe to them, with payload and context', async () => {
    const site = await open();
    site.forge.deliver(updated('A-1'));
    site.forge.deliver({ eventType: 'avi:jira:deleted:issue', atlassianId: 'ann', payload: {} });
    await site.forge.idle();
    expect(await logged(site, 'event')).toEqual([
      {
        eventType: 'avi:jira:updated:issue',
        atlassianId: 'ann',
        issue: { id: '1', key: 'A-1' },
        context: { cloudId: site.forge.ids.cloudId, moduleKey: 'issues' },
      },
    ]);
  });

  it('of the app itself are marked, and kept from triggers that ignore them', async () => {
    const site = await open();
    site.forge.deliver(updated('A-1', 'app-user'));
    site.forge.deliver({ eventType: 'avi:jira:commented:issue', atlassianId: 'app-user', payload: {} });
    await site.forge.idle();
    expect(await logged(site, 'event')).toMatchObject([{ eventType: 'avi:jira:commented:issue', selfGenerated: true }]);
  });

  it('are dropped with a word where the expression of the filter fails, and pass where it is true', async () => {
    const site = await open();
    site.forge.deliver({ eventType: 'avi:jira:created:issue', atlassianId: 'ann', payload: {} });
    await site.forge.idle();
    expect(await logged(site, 'event')).toEqual([]);
    expect(site.log).toContainEqual(withFields({ level: 'warn', message: including('picky') }));
    site.forge.deliver({ eventType: 'avi:jira:created:issue', atlassianId: 'ann', payload: { issue: { fields: { summary: 'New' } } } });
    await site.forge.idle();
    expect(await logged(site, 'event')).toHaveLength(1);
  });

  it('come late and in any order, the same for the same seed', async () => {
    const keys = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6'];
    const order = async (): Promise<string[]> => {
      const site = await open({ delivery: QUICK });
      for (const key of keys) site.forge.deliver(updated(key));
      clock.advance(999);
      expect(await logged(site, 'event')).toEqual([]);
      const { work } = site.forge.snapshot() as { work: { due: number; body: { argument: { issue?: { key: string } } } }[] };
      clock.advance(9001);
      await site.forge.idle();
      expect(await logged(site, 'event')).toHaveLength(keys.length);
      const inTime = [...work].sort((a, b) => a.due - b.due);
      return inTime.flatMap(({ body }) => body.argument.issue?.key ?? []);
    };
    const first = await order();
    expect(first).not.toEqual(keys);
    expect([...first].sort()).toEqual(keys);
    expect(await order()).toEqual(first);
  });

  it('come twice by share', async () => {
    const site = await open({ delivery: { ...QUICK, doubled: 1 } });
    site.forge.deliver(updated('A-1'));
    clock.advance(10_000);
    await site.forge.idle();
    expect(await logged(site, 'event')).toHaveLength(2);
  });

  it('are tried again when the app asks, four times at most, after the time it asks for', async () => {
    const site = await open({ delivery: { minMs: 0, maxMs: 0, doubled: 0, seed: 1 } });
    clock.advance(0);
    site.forge.deliver(updated('RETRY-1'));
    clock.advance(0);
    await settled(() => logged(site, 'event'), 1);
    const pending = () => (site.forge.snapshot() as { work: { retryCount: number }[] }).work.map(({ retryCount }) => retryCount);
    for (const tries of [2, 3, 4, 5]) {
      await expect.poll(pending).toEqual([tries - 1]);
      clock.advance(59_000);
      expect(await logged(site, 'event')).toHaveLength(tries - 1);
      clock.advance(1000);
      await settled(() => logged(site, 'event'), tries);
    }
    await site.forge.idle();
    expect((await logged<{ retryContext?: unknown }>(site, 'event')).at(-1)?.retryContext).toEqual({
      retryCount: 4,
      retryReason: 'FUNCTION_RETRY_REQUEST',
      retryData: { seen: true },
    });
    expect(site.log).toContainEqual(withFields({ message: including('given up after 5 tries') }));
  });

  it('are not tried again when the app throws', async () => {
    const site = await open();
    site.forge.deliver(updated('THROW-1'));
    await site.forge.idle();
    expect(await logged(site, 'event')).toHaveLength(1);
    expect(site.log).toContainEqual(withFields({ level: 'error', message: including('broken') }));
  });

  it('reach triggers for licensed apps only where the app is licensed', async () => {
    let active = false;
    const licence = () => ({ active }) as Licence;
    const site = await open({ standing: { version: () => '1.0.0', licence, agreed: () => true } });
    const assigned = { eventType: 'avi:jira:assigned:issue', atlassianId: 'ann', payload: {} };
    site.forge.deliver(assigned);
    await site.forge.idle();
    expect(await logged(site, 'event')).toEqual([]);
    active = true;
    site.forge.deliver(assigned);
    await site.forge.idle();
    expect(await logged(site, 'event')).toMatchObject([{ context: { moduleKey: 'paying' } }]);
  });

  it('have no person to act for', async () => {
    const site = await open();
    site.forge.deliver(updated('USER-1'));
    await site.forge.idle();
    expect(await logged(site, 'asUser')).toMatchObject([{ name: 'NEEDS_AUTHENTICATION_ERR' }]);
    expect(site.jira.asked).toEqual([]);
  });

  it('wait in the snapshot', async () => {
    const site = await open({ delivery: QUICK });
    clock.advance(20_000);
    await site.forge.idle();
    site.forge.deliver(updated('A-1'));
    const again = await open({ delivery: QUICK, snapshot: site.forge.snapshot() });
    clock.advance(60_000);
    await again.forge.idle();
    expect(await logged(again, 'event')).toHaveLength(1);
    expect(await logged(again, 'installed')).toHaveLength(1);
  });
});

describe('post functions', () => {
  it('run after the move', async () => {
    const site = await open();
    const rule = site.forge.rules().find(({ ruleType }) => ruleType === 'PostFunction');
    site.forge.runPostFunction(rule?.id ?? '', {
      issue: { id: '1', key: 'A-1' },
      configuration: { x: 1 },
      transition: { id: '11', name: 'Go', executionId: 'e', from: { id: '1' }, to: { id: '2' } },
      workflow: { id: 'w', name: 'W' },
      atlassianId: 'ann',
    });
    expect(await logged(site, 'after')).toEqual([]);
    await site.forge.idle();
    expect(await logged(site, 'after')).toMatchObject([{ issue: { key: 'A-1' }, configuration: { x: 1 }, context: { moduleKey: 'afterwards' } }]);
  });
});

describe('queues', () => {
  it('bring events to the consumer, one argument each', async () => {
    const site = await open();
    const pushed = await site.call<{ value: { jobId: string } }>('push', { events: [{ body: { n: 1 } }, { body: { n: 2 }, delayInSeconds: 900 }] });
    await site.forge.idle();
    const jobs = await logged<{ args: number; event: { body: { n: number }; jobId: string; queueName: string; eventId: string } }>(site, 'job');
    expect(jobs.map(({ args, event }) => [args, event.body.n, event.jobId, event.queueName]).sort()).toEqual([
      [1, 1, pushed.value.jobId, 'work'],
      [1, 2, pushed.value.jobId, 'work'],
    ]);
    expect(await site.call('stats', { jobId: pushed.value.jobId })).toEqual({ value: { success: 2, inProgress: 0, failed: 0 } });
    expect(await site.call('stats', { jobId: 'unknown' })).toMatchObject({ message: including('unknown') });
  });

  it('keep the delay and the retry that the app asks for', async () => {
    const site = await open({ delivery: { minMs: 0, maxMs: 0, doubled: 0, seed: 1 } });
    await site.call('push', { events: [{ body: { again: true }, delayInSeconds: 60 }] });
    clock.advance(59_000);
    expect(await logged(site, 'job')).toEqual([]);
    clock.advance(1000);
    await settled(() => logged(site, 'job'), 1);
    await expect.poll(() => (site.forge.snapshot() as { work: { retryCount: number }[] }).work.at(-1)?.retryCount).toBe(1);
    clock.advance(30_000);
    await site.forge.idle();
    const contexts = (await logged<{ event: { retryContext?: { retryCount: number } } }>(site, 'job')).map(({ event }) => event.retryContext);
    expect(contexts).toEqual([undefined, withFields({ retryCount: 1, retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED' })]);
  });

  it('are tried again when the app throws', async () => {
    const site = await open();
    await site.call('push', { events: [{ body: { broken: true } }] });
    await site.forge.idle();
    expect(await logged(site, 'job')).toMatchObject([{ event: { body: { broken: true } } }, { event: { retryContext: { retryCount: 1 } } }]);
  });

  it('take 500 events a minute', async () => {
    const site = await open();
    const events = Array.from({ length: 50 }, () => ({ body: {}, delayInSeconds: 1 }));
    for (let push = 0; push < 10; push += 1) expect(await site.call('push', { events })).toHaveProperty('value');
    expect(await site.call('push', { events })).toMatchObject({ message: including('Too many requests') });
  });
});

describe('scheduled triggers', () => {
  it('run in their interval on the clock of the site', async () => {
    const site = await open();
    clock.advance(59 * MINUTE);
    expect(await logged(site, 'tick')).toEqual([]);
    clock.advance(MINUTE);
    await settled(() => logged(site, 'tick'), 1);
    clock.advance(2 * 60 * MINUTE);
    await settled(() => logged(site, 'tick'), 3);
  });

  it('run on demand', async () => {
    const site = await open();
    await site.forge.runSchedule('hourly');
    expect(await logged(site, 'tick')).toMatchObject([{ context: { moduleKey: 'hourly' } }]);
    await expect(site.forge.runSchedule('never')).rejects.toMatchObject({ code: 'MODULE_NOT_FOUND' });
  });
});
