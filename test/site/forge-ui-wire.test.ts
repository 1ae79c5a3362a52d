/** The codec between a frame and the page, and the addresses an app's history may reach. */
import { describe, expect, it } from 'vitest';
import { isWireMessage, Wire } from '../../sandbox/forge/ui/frame/wire';
import { EventBus } from '../../sandbox/forge/ui/host/events';
import { resolveTo } from '../../sandbox/forge/ui/host/history';

/** Two ends joined the way windows are: by clones, later. */
function joined(commands: Record<string, (data: unknown) => unknown>): { frame: Wire; page: Wire } {
  const frame: Wire = new Wire(
    (message) => deliver(structuredClone(message), (clone) => page.receive(clone)),
    () => undefined,
  );
  const page: Wire = new Wire(
    (message) => deliver(structuredClone(message), (clone) => frame.receive(clone)),
    (name, data) => commands[name]?.(data),
  );
  return { frame, page };
}

const deliver = <T>(clone: T, receive: (clone: T) => void): void => queueMicrotask(() => receive(clone));

type Call = (...args: unknown[]) => Promise<unknown>;

describe('the wire', () => {
  it('carries data there and back', async () => {
    const { frame } = joined({ echo: (data) => data });
    const data = { list: [1, null, { deep: 'x' }], when: new Date(0), nothing: undefined };
    expect(await frame.request('echo', data)).toEqual(data);
  });

  it('carries functions inside arguments and results, in both directions', async () => {
    const heard: unknown[] = [];
    const { frame } = joined({
      on: (data) => {
        const { callback } = data as { callback: Call };
        return { fire: (value: unknown) => callback({ value, twice: (x: number) => x * 2 }) };
      },
    });
    const handle = (await frame.request('on', {
      callback: async (payload: { value: string; twice: Call }) => {
        heard.push(payload.value, await payload.twice(21));
        return 'thanks';
      },
    })) as { fire: Call };
    expect(await handle.fire('event')).toBe('thanks');
    expect(heard).toEqual(['event', 42]);
  });

  it('rejects with the message of the other side', async () => {
    const { frame } = joined({
      fail: () => {
        throw new TypeError('No.');
      },
    });
    await expect(frame.request('fail')).rejects.toMatchObject({ name: 'TypeError', message: 'No.' });
  });

  it('rejects what cannot be sent, at either end', async () => {
    const { frame } = joined({ symbol: () => Symbol('x') });
    await expect(frame.request('echo', Symbol('x'))).rejects.toThrow('could not be cloned');
    await expect(frame.request('symbol')).rejects.toThrow('could not be cloned');
  });

  it('fails what still waits when the other end goes', async () => {
    const { frame } = joined({ never: () => new Promise(() => undefined) });
    const waiting = frame.request('never');
    frame.close('The frame is gone.');
    await expect(waiting).rejects.toThrow('The frame is gone.');
  });

  it.each([
    [null],
    ['text'],
    [{ t: 'cmd', id: 1, name: 'x' }],
    [{ forgeBridge: 1, t: 'cmd', id: 1 }],
    [{ forgeBridge: 1, t: 'res', id: 1, ok: false }],
  ])('does not take %j for a message', (data) => {
    expect(isWireMessage(data)).toBe(false);
  });
});

describe('events', () => {
  it('reach every listener until it unsubscribes, and only those of their name', () => {
    const bus = new EventBus();
    const heard: unknown[] = [];
    const first = bus.on('a', (payload) => heard.push(['first', payload]));
    bus.on('a', (payload) => heard.push(['second', payload]));
    bus.on('b', () => heard.push('never'));
    bus.emit('a', 1);
    first.unsubscribe();
    bus.emit('a', 2);
    expect(heard).toEqual([
      ['first', 1],
      ['second', 1],
      ['second', 2],
    ]);
  });
});

describe('paths of an app', () => {
  const base = '/jira/apps/a/e';
  it.each([
    ['/steps/2?x=1#top', '/jira/apps/a/e/steps/2?x=1#top'],
    ['/', '/jira/apps/a/e'],
    ['next', '/jira/apps/a/e/steps/next'],
    [{ search: '?q=1' }, '/jira/apps/a/e/steps/1?q=1'],
    [{ pathname: '/done', hash: '#x' }, '/jira/apps/a/e/done#x'],
    ['/../../../admin', '/jira/apps/a/e/admin'],
    ['//evil.example/x', '/jira/apps/a/e/evil.example/x'],
    ['https://evil.example/x', '/jira/apps/a/e/x'],
  ])('%j is %s', (to, expected) => {
    expect(resolveTo(base, '/steps/1', to)).toBe(expected);
  });
});
