/** Functions whose process is killed at one of their requests: what they did until then has happened, the rest has not. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Visitor } from '../../sandbox/demo/client';
import type { Json } from '../../sandbox/jira/store';
import type { FaultsInput } from '../../sandbox/hosting/faults';
import { type FreshSite, freshSite } from '../scenarios/site';
import { buildChecklist, makeIssue, makeProject } from './support/two-apps';

let built: Awaited<ReturnType<typeof buildChecklist>>;
let fresh: FreshSite;
let admin: Visitor;
let issue: { id: string; key: string };

beforeAll(async () => {
  built = await buildChecklist();
  fresh = await freshSite({ apps: [built.app] });
  admin = new Visitor(fresh.site.url, fresh.site.administrator.email);
  await makeProject(admin);
});
afterAll(async () => {
  await fresh.stop();
  built.remove();
});
beforeEach(async () => {
  fresh.site.faults.set({});
  issue = await makeIssue(admin, 'Killed');
});

const ask = (faults: FaultsInput): Promise<unknown> => admin.ask('POST', '/_sandbox/faults', faults);
const call = <T = Json>(functionKey: string, payload: unknown = {}): Promise<T> => admin.invoke<T>('checklist', functionKey, payload, issue.key);

describe('functions', () => {
  const pending = () => fresh.site.faults.pending().functions;
  const boxes = () => call<Json[] | null>('get', { key: `boxes:${issue.id}` });
  const property = async () => (await admin.send('GET', `/rest/api/3/issue/${issue.key}/properties/checklist`)).status;

  // `add` asks for: the boxes (KVS), the boxes with one more (KVS), the property (Jira).
  it.each([
    [1, false, null, 404],
    [1, true, null, 404],
    [2, false, null, 404],
    [2, true, 1, 404],
    [3, false, 1, 404],
    [3, true, 1, 200],
  ])('are killed at their request %i, performed: %s', async (killAfterRequests, performed, kept, status) => {
    await ask({ functions: [{ match: { module: 'checklist' }, killAfterRequests, performed }] });
    await expect(call('add', { text: 'Box' })).rejects.toThrow('The process ended');
    expect(pending()).toEqual([]);
    expect((await boxes())?.length ?? null).toBe(kept);
    expect(await property()).toBe(status);
    expect(fresh.site.forge.invocations().findLast(({ error }) => error)?.endedAt).toBe(
      ['POST /api/v1/get', 'POST /api/v1/set', `PUT /rest/api/3/issue/${issue.id}/properties/checklist`][killAfterRequests - 1],
    );
  });

  it('are killed at a request counted over several invocations, and again after as many', async () => {
    await ask({ functions: [{ match: { app: 'Checklist' }, killAfterRequests: 5, times: 2 }] });
    const outcomes: number[] = [];
    for (let i = 0; i < 4; i += 1)
      outcomes.push(
        await call<Json[]>('add', { text: 'Box' }).then(
          (all) => all.length,
          () => 0,
        ),
      );
    // The second falls at its write, the fourth at its write too: 3 + 2, then 3 + 2.
    expect(outcomes).toEqual([1, 0, 2, 0]);
  });

  it('are killed at requests of the kinds asked for only', async () => {
    await ask({ functions: [{ killAfterRequests: 1, kinds: ['jira'] }] });
    await expect(call('add', { text: 'Box' })).rejects.toThrow('The process ended');
    expect([(await boxes())?.length, await property()]).toEqual([1, 404]);
  });

  it('are left alone where they ask for less, and the fault stays', async () => {
    await ask({ functions: [{ match: { function: 'resolve' }, killAfterRequests: 4 }] });
    await call('add', { text: 'Box' });
    expect(pending()).toMatchObject([{ killAfterRequests: 4, counted: 3, times: 1 }]);
  });

  it('have done no more than they were let, also where they ask for many things at once', async () => {
    await ask({ functions: [{ killAfterRequests: 3, performed: true }] });
    await expect(call('spread', { count: 6 })).rejects.toThrow('The process ended');
    expect((await call<string[]>('keys')).filter((key) => key.startsWith(`spread:${issue.id}`))).toHaveLength(3);
  });
});
