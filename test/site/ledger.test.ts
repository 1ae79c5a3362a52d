/** The ledger against Jira's changelogs: whatever was lost, doubled, late or killed, and what is seen from it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ManualClock } from '../../sandbox/clock';
import { create, idle, move, tryMove } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import {
  handOverAnswer,
  handOverFormAnswer,
  historyCalls,
  type HistoryFilter,
  type HistoryLine,
  ledgerCalls,
  type LedgerRebuild,
  type LedgerStatus,
} from '../../src/contract';
import { STATUSES } from '../../src/method';
import { ROOT } from '../../scripts/paths';
import { type FreshSite, freshSite } from '../scenarios/site';

let fresh: FreshSite;
let world: World;
const clock = new ManualClock(new Date('2026-11-24T09:00:00Z'));

beforeAll(async () => {
  // Its clock stands still, and rates are measured by it.
  fresh = await freshSite({ clock, limitRates: false, searchDelayMs: 0 });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  clock.advance(60_000);
});
afterAll(() => fresh.stop());
beforeEach(() => {
  fresh.site.faults.set({});
});

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};
const SOLVED = { Solution: 'Known.', 'Recovery route': 'Operate', Workaround: 'No' };

const registered = () => create(world, world.people.sofia, 'Incident', 'No network', FAILURE);

async function prepared() {
  const { amira, daan } = world.people;
  const item = await registered();
  await move(world, amira, item.key, 'Accept');
  clock.advance(60_000);
  await move(world, amira, item.key, 'Analyse');
  clock.advance(60_000);
  await move(world, daan, item.key, 'Solution found', SOLVED);
  await idle(world);
  return item;
}

async function handOver(key: string): Promise<string> {
  const { amira } = world.people;
  const form = handOverFormAnswer.parse(await amira.invoke('usm-process', 'work.handOverForm', {}, key));
  if (form.state !== 'ok') throw new Error(JSON.stringify(form));
  const team = form.teams.find((one) => one.name === 'Workplace')?.id;
  const asks = [{ type: 'serviceRequest', team, what: 'Reset the sensor. It works again.' }];
  const answer = handOverAnswer.parse(await amira.invoke('usm-process', 'work.handOver', { asks, version: form.version }, key));
  await idle(world);
  return answer.state === 'done' ? (answer.made[0]?.key ?? '') : '';
}

async function history(key: string, kind?: HistoryFilter, who: Visitor = world.people.karel): Promise<HistoryLine[]> {
  const lines: HistoryLine[] = [];
  let after: { at: number; id: string } | undefined;
  do {
    const answer = historyCalls['work.history'].answer.parse(await who.invoke('usm-history', 'work.history', { kind, after }, key));
    if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
    lines.push(...answer.lines);
    after = answer.after;
  } while (after);
  return lines;
}

interface Entry {
  id: string;
  created: string;
  author: { accountId: string };
  items: { fieldId?: string; fromString?: string; toString?: string }[];
}

const keyOfStatus = (name: unknown): string | undefined => Object.entries(STATUSES).find(([, status]) => status.name === name)?.[0];

/** What Jira's own changelog tells of the steps of a work item. */
async function changelog(key: string) {
  const { id } = await world.admin.ask<{ id: string }>('GET', `/rest/api/3/issue/${key}`);
  const { values } = await world.admin.ask<{ values: Entry[] }>('GET', `/rest/api/3/issue/${key}/changelog`);
  return values.flatMap((entry) => {
    const moved = entry.items.find((item) => item.fieldId === 'status');
    if (!moved) return [];
    const [from, to] = [keyOfStatus(moved.fromString), keyOfStatus(Object.getOwnPropertyDescriptor(moved, 'toString')?.value)];
    return [{ id: `${id}:${entry.id}`, at: Date.parse(entry.created), from, to, by: entry.author.accountId }];
  });
}

async function ledger(key: string) {
  const lines = (await history(key, 'status')).flatMap((line) => (line.kind === 'status' && !line.id.endsWith(':registered') ? [line] : []));
  return lines.map(({ id, at, from, to, by }) => ({ id, at, from, to, by: by?.accountId })).reverse();
}

async function expectEqual(keys: readonly string[]): Promise<number> {
  let steps = 0;
  for (const key of keys) {
    const told = await changelog(key);
    steps += told.length;
    const byId = (a: { at: number; id: string }, b: { at: number; id: string }) => a.at - b.at || (a.id < b.id ? -1 : 1);
    expect((await ledger(key)).sort(byId), key).toEqual(told.sort(byId));
  }
  return steps;
}

const status = async (): Promise<LedgerStatus> => {
  const answer = ledgerCalls['ledger.status'].answer.parse(await world.admin.invoke('usm-setup', 'ledger.status'));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
};

async function step(begin: boolean): Promise<LedgerRebuild> {
  const answer = ledgerCalls['ledger.step'].answer.parse(await world.admin.invoke('usm-setup', 'ledger.step', { begin }));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.rebuild;
}

/** As the page does: one call after the other until it does not go on by itself. */
async function rebuild(begin = true): Promise<LedgerRebuild> {
  let progress = await step(begin);
  for (let calls = 0; calls < 50 && progress.phase === 'running'; calls += 1) progress = await step(false);
  return progress;
}

const daily = (): Promise<unknown> => world.admin.ask('POST', '/_sandbox/schedule');

/** News that never arrive: whatever hears of them dies before it does anything. */
const deaf = (): void =>
  fresh.site.faults.set({
    functions: ['issue-changed', 'after'].map((name) => ({ match: { function: name }, end: 'kill' as const, times: 1_000 })),
  });

describe('the history of a work item', () => {
  it('tells every step with who and when, as the changelog has it', async () => {
    const { key } = await prepared();
    expect(await expectEqual([key])).toBe(3);
    const lines = await history(key, 'status');
    expect(lines.map((line) => line.kind === 'status' && [line.from, line.to, line.by?.name])).toEqual([
      ['analysing', 'preparing', 'Daan Visser'],
      ['accepted', 'analysing', 'Amira Haddad'],
      ['registered', 'accepted', 'Amira Haddad'],
      [undefined, 'registered', 'Sofia Rossi'],
    ]);
  });

  it('tells a hand-off on both sides, and refusals without the person', async () => {
    const { amira, joris } = world.people;
    const { key } = await prepared();
    await tryMove(world, amira, key, 'Recover');
    const child = await handOver(key);
    clock.advance(60_000);
    await move(world, joris, child, 'Accept');
    await idle(world);
    clock.advance(60_000);
    await move(world, joris, child, 'Decline', { Reason: 'Not our service', 'Reason in words': 'It belongs to the library.' });
    await idle(world);
    const told = (lines: HistoryLine[]) =>
      lines.map((line) => line.kind === 'handoff' && [line.happened, line.side, line.key, line.team, line.by?.name]);
    expect(told(await history(key, 'handoff'))).toEqual([
      ['failed', 'asks', child, 'Workplace', undefined],
      ['accepted', 'asks', child, 'Workplace', 'Joris van Dam'],
      ['asked', 'asks', child, 'Workplace', 'Amira Haddad'],
    ]);
    expect(told(await history(child, 'handoff')).map((line) => line && line.slice(0, 3))).toEqual([
      ['failed', 'asked', key],
      ['accepted', 'asked', key],
      ['asked', 'asked', key],
    ]);
    const [refusal] = await history(key, 'refusal');
    expect(refusal).toMatchObject({ kind: 'refusal', transition: 'Recover', rules: [{ rule: 'V10' }] });
    expect(JSON.stringify(refusal)).not.toContain('Amira');
    // Every part, and nothing twice.
    const all = await history(key);
    expect(all.map((line) => line.at)).toEqual(all.map((line) => line.at).toSorted((a, b) => b - a));
    expect(new Set(all.map((line) => line.id)).size).toBe(all.length);
    expect(await expectEqual([key, child])).toBeGreaterThan(5);
  });

  it('comes in parts', async () => {
    const { amira } = world.people;
    const { key } = await prepared();
    for (let round = 0; round < 18; round += 1) {
      const until = new Date(clock.now().getTime() + 3_600_000);
      clock.advance(1_000);
      await move(world, amira, key, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': until });
      clock.advance(1_000);
      await move(world, amira, key, 'Resume to Preparing');
    }
    await idle(world);
    const first = historyCalls['work.history'].answer.parse(await amira.invoke('usm-history', 'work.history', {}, key));
    expect(first).toMatchObject({ state: 'ok', after: { at: expect.any(Number) as number } });
    expect(await expectEqual([key])).toBe(39);
  });

  it('is for those who may see the work item, and is asked for well', async () => {
    const { key } = await registered();
    const { accountId } = await world.admin.ask<{ accountId: string }>('POST', '/rest/api/3/user', {
      emailAddress: 'nobody@site.example',
      displayName: 'Nico Nobody',
      products: [],
    });
    expect(accountId).toEqual(expect.any(String));
    const nobody = new (world.admin.constructor as typeof Visitor)(world.url, 'nobody@site.example');
    await expect(nobody.invoke('usm-history', 'work.history', {}, key)).rejects.toThrow();
    const wrong = await world.people.amira.invoke('usm-history', 'work.history', { kind: 'everything' }, key);
    expect(wrong).toMatchObject({ state: 'error', code: 'person.input' });
    expect(await history(key)).toMatchObject([{ kind: 'status', to: 'registered', by: { name: 'Sofia Rossi' } }]);
  });
});

describe('rebuilding', () => {
  it('is for administrators', async () => {
    const { amira } = world.people;
    expect(await amira.invoke('usm', 'ledger.step', { begin: true })).toMatchObject({ state: 'forbidden' });
    expect(await amira.invoke('usm', 'ledger.status')).toMatchObject({ state: 'forbidden' });
  });

  it('finds everything nobody heard of, and the second time nothing', async () => {
    deaf();
    const { key } = await prepared();
    fresh.site.faults.set({});
    expect(await ledger(key)).toEqual([]);
    const done = await rebuild();
    expect(done).toMatchObject({ phase: 'done', strays: 0 });
    expect(done.added).toBeGreaterThanOrEqual(3);
    expect(await expectEqual([key])).toBe(3);
    const before = await status();
    expect(await rebuild()).toMatchObject({ phase: 'done', added: 0, strays: 0 });
    const after = await status();
    expect([after.steps, after.handoffs, after.anomalies]).toEqual([before.steps, before.handoffs, before.anomalies]);
    expect(after.complete).toBeGreaterThanOrEqual(clock.now().getTime());
  });

  it('killed at any of its requests and run again is the same ledger', async () => {
    const keys: string[] = [];
    let kills = 0;
    for (const request of [1, 2, 4, 6, 8, 10, 12, 14, 16, 19, 22, 26, 40]) {
      deaf();
      const { key } = await registered();
      await move(world, world.people.amira, key, 'Accept');
      await idle(world);
      keys.push(key);
      fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, killAfterRequests: request, performed: request % 4 === 0 }] });
      const killed = await rebuild().then(
        () => false,
        () => true,
      );
      fresh.site.faults.set({});
      if (killed) kills += 1;
      // A kill leaves the lease to run out.
      clock.advance(30_000);
      expect(await rebuild()).toMatchObject({ phase: 'done', strays: 0 });
      await expectEqual([key]);
      if (!killed) break;
    }
    expect(kills).toBeGreaterThan(6);
    await expectEqual(keys);
    expect(await rebuild()).toMatchObject({ phase: 'done', added: 0, strays: 0 });
  }, 300_000);

  it('goes on after Jira was busy', async () => {
    deaf();
    const { key } = await registered();
    await move(world, world.people.amira, key, 'Accept');
    await idle(world);
    fresh.site.faults.set({ rules: [{ match: { path: 'changelog/bulkfetch' }, answer: { status: 503 }, times: 1 }] });
    expect(await rebuild()).toMatchObject({ phase: 'failed', failed: { reference: expect.any(String) as string } });
    expect(await rebuild(false)).toMatchObject({ phase: 'done' });
    await expectEqual([key]);
  });
});

describe('the daily comparison', () => {
  it('adds what was lost, and mends the property', async () => {
    await daily();
    await idle(world);
    clock.advance(3_600_000);
    deaf();
    const { key } = await registered();
    await move(world, world.people.amira, key, 'Accept');
    await idle(world);
    fresh.site.faults.set({});
    expect(await ledger(key)).toEqual([]);
    await daily();
    await idle(world);
    expect(await expectEqual([key])).toBe(1);
    const { value } = await world.admin.ask<{ value: unknown }>('GET', `/rest/api/3/issue/${key}/properties/usm`);
    expect(value).toMatchObject({ line: 'Next: Analysing' });
    expect((await status()).daily).toMatchObject({ added: expect.any(Number) as number, strays: 0 });
  });
});

describe('what the method does not know', () => {
  const anomalies = async (key: string) => (await history(key, 'anomaly')).map((line) => line.kind === 'anomaly' && line.happened);

  async function moveInBulk(key: string, project: string, type: string): Promise<void> {
    const { admin } = world;
    const { id } = await admin.ask<{ id: string }>('GET', `/rest/api/3/issue/${key}`);
    const where = await admin.ask<{ id: string }>('GET', `/rest/api/3/project/${project}`);
    const { taskId } = await admin.ask<{ taskId: string }>('POST', '/rest/api/3/bulk/issues/move', {
      sendBulkNotification: false,
      targetToSourcesMapping: {
        [`${where.id},${world.workTypes.get(type) ?? ''}`]: {
          issueIdsOrKeys: [id],
          inferClassificationDefaults: true,
          inferFieldDefaults: true,
          inferStatusDefaults: true,
          inferSubtaskTypeDefault: true,
        },
      },
    });
    for (let looks = 0, done = false; looks < 50 && !done; looks += 1) {
      clock.advance(100);
      done = (await admin.ask<{ status: string }>('GET', `/rest/api/3/bulk/queue/${taskId}`)).status === 'COMPLETE';
    }
    await idle(world);
  }

  it('is found when the work type was changed by hand, and not while it is only registered', async () => {
    const { key } = await registered();
    await move(world, world.people.amira, key, 'Accept');
    await idle(world);
    await moveInBulk(key, 'NSS', 'Service Request');
    expect(await anomalies(key)).toEqual(['typeChanged']);
    const early = await registered();
    await moveInBulk(early.key, 'NSS', 'Service Request');
    expect(await anomalies(early.key)).toEqual([]);
  });

  it('is found when it left the spaces of USM, with its history', async () => {
    const { admin } = world;
    const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
    await admin.ask('POST', '/rest/api/3/project', { key: 'AWAY', name: 'Away', projectTypeKey: 'software', leadAccountId: accountId });
    const { id, key } = await registered();
    await move(world, world.people.amira, key, 'Accept');
    await idle(world);
    await moveInBulk(key, 'AWAY', 'Task');
    const moved = await admin.ask<{ key: string }>('GET', `/rest/api/3/issue/${id}`);
    expect(moved.key).toMatch(/^AWAY-/);
    expect(await history(moved.key, undefined, admin)).toMatchObject([
      { kind: 'anomaly', happened: 'leftSpace' },
      { kind: 'status', to: 'accepted' },
      { kind: 'status', to: 'registered' },
    ]);
    const { found } = await status();
    expect(found.find((one) => one.key === moved.key)).toMatchObject({ happened: 'leftSpace' });
  });

  it('is found by the daily comparison when nobody heard of it', async () => {
    const { key } = await registered();
    await move(world, world.people.amira, key, 'Accept');
    await idle(world);
    deaf();
    await moveInBulk(key, 'NSS', 'Service Request');
    fresh.site.faults.set({});
    expect(await anomalies(key)).toEqual([]);
    await daily();
    await idle(world);
    expect(await anomalies(key)).toEqual(['typeChanged']);
  });

  it('is a copy of a work item that was handed over: it answers nothing', async () => {
    const { admin } = world;
    const { key } = await prepared();
    const child = await handOver(key);
    const { fields, properties } = await admin.ask<{ fields: { summary: string }; properties: { usm: unknown } }>(
      'GET',
      `/rest/api/3/issue/${child}?properties=usm`,
    );
    // As a clone that takes properties and links along.
    const copy = await admin.ask<{ id: string; key: string }>('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'NSS' }, issuetype: { id: world.workTypes.get('Service Request') }, summary: `CLONE - ${fields.summary}` },
      update: { issuelinks: [{ add: { type: { name: 'USM hand-off' }, inwardIssue: { key } } }] },
      properties: [{ key: 'usm', value: properties.usm }],
    });
    await daily();
    await idle(world);
    expect(await anomalies(copy.key)).toEqual(['cloned']);
    expect(await anomalies(child)).toEqual([]);
    const { value } = await admin.ask<{ value: Record<string, unknown> }>('GET', `/rest/api/3/issue/${copy.key}/properties/usm`);
    expect(value).toMatchObject({ handoff: 'none' });
    expect(Object.keys(value)).not.toContain('receipt');
  });
});

describe('the work type', () => {
  const SENTENCE = 'USM keeps the work type once work has begun';
  /** Jira changes by an edit only what shares a workflow, and only where the field is on the screen; its own pages need neither. */
  const types: string[] = [];

  beforeAll(async () => {
    const { admin } = world;
    const { id } = await admin.ask<{ id: string }>('GET', '/rest/api/3/project/NSS');
    const schemes = await admin.ask<{ values: { issueTypeScheme: { id: string } }[] }>('GET', `/rest/api/3/issuetypescheme/project?projectId=${id}`);
    for (const name of ['Errand', 'Favour']) types.push((await admin.ask<{ id: string }>('POST', '/rest/api/3/issuetype', { name })).id);
    await admin.ask('PUT', `/rest/api/3/issuetypescheme/${schemes.values[0]?.issueTypeScheme.id ?? ''}/issuetype`, { issueTypeIds: types });
    const screens = await admin.ask<{ values: { id: number }[] }>('GET', '/rest/api/3/screens?maxResults=100');
    for (const screen of screens.values) {
      const path = `/rest/api/3/screens/${String(screen.id)}/tabs`;
      const [tab] = await admin.ask<{ id: number }[]>('GET', path);
      await admin.send('POST', `${path}/${String(tab?.id)}/fields`, { fieldId: 'issuetype' });
    }
  });

  const errand = () =>
    world.admin.ask<{ id: string; key: string }>('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'NSS' }, issuetype: { id: types[0] }, summary: 'Fetch it' },
    });
  const change = (key: string) => world.admin.send('PUT', `/rest/api/3/issue/${key}`, { fields: { issuetype: { id: types[1] } } });

  it('may be changed where work has not begun', async () => {
    const { key } = await errand();
    expect(await change(key)).toMatchObject({ status: 204 });
  });

  it('is kept once work has begun, with a sentence that says what to do', async () => {
    const begun = await registered();
    await move(world, world.people.amira, begun.key, 'Accept');
    await idle(world);
    const { value } = await world.admin.ask<{ value: unknown }>('GET', `/rest/api/3/issue/${begun.key}/properties/usm`);
    const { key } = await errand();
    await world.admin.ask('PUT', `/rest/api/3/issue/${key}/properties/usm`, value);
    const answer = await change(key);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(SENTENCE);
    expect(JSON.stringify(answer.body)).toContain('Use Reclassify');
  });

  it('is judged alike for every work item by the expression of the manifest', async () => {
    const [, expression = ''] = /action: workItemTypeChanged\n\s+expression: (.+)/.exec(readFileSync(join(ROOT, 'manifest.yml'), 'utf8')) ?? [];
    const allows = async (key: string) =>
      (await world.admin.ask<{ value: unknown }>('POST', '/rest/api/3/expression/evaluate', { expression, context: { issue: { key } } })).value;
    const { key } = await registered();
    await idle(world);
    expect(await allows(key)).toBe(true);
    await move(world, world.people.amira, key, 'Accept');
    await idle(world);
    expect(await allows(key)).toBe(false);
  });
});

describe('the law', () => {
  /** What somebody does next, and whether anybody hears of it. */
  const deed = fc.record({ item: fc.nat(3), way: fc.nat(9), lost: fc.boolean(), later: fc.nat(120_000) });
  const WAYS = ['Accept', 'Analyse', 'Solution found', 'Pause', 'Resume to Preparing', 'Resume to Analysing', 'Withdraw', 'Decline'];

  async function act(key: string, way: number): Promise<void> {
    const { amira, daan, joris } = world.people;
    const name = WAYS[way % WAYS.length] ?? '';
    const until = new Date(clock.now().getTime() + 3_600_000);
    const given: Record<string, Record<string, unknown>> = {
      'Solution found': SOLVED,
      Pause: { 'Waiting for': 'Customer', 'Waiting until': until },
      Withdraw: { Reason: 'Other', 'Reason in words': 'Enough.' },
      Decline: { Reason: 'Other', 'Reason in words': 'Not ours.' },
    };
    for (const who of [amira, daan, joris]) {
      const answer = await tryMove(world, who, key, name, given[name]).catch(() => undefined);
      if (answer?.status === 204) return;
    }
  }

  it('however news were lost, doubled, late and out of order: compared, the ledger is what the changelogs say', async () => {
    let lost = 0;
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 14 }), async (deeds) => {
        fresh.site.faults.set({});
        const keys = [];
        for (let number = 0; number < 3; number += 1) keys.push((await registered()).key);
        for (const one of deeds) {
          if (one.lost) deaf();
          // What was heard of is left to come when it comes, between the deeds that follow.
          await act(keys[one.item % keys.length] ?? '', one.way % 3 === 0 ? one.way : one.item + one.way);
          if (one.lost) {
            await idle(world);
            fresh.site.faults.set({});
            lost += 1;
          }
          clock.advance(one.later);
        }
        await idle(world);
        await daily();
        await idle(world);
        steps += await expectEqual(keys);
        expect((await status()).daily).toMatchObject({ strays: 0 });
      }),
      { numRuns: 3 },
    );
    // A walk on which nothing was lost proves nothing.
    expect(lost).toBeGreaterThan(3);
    expect(steps).toBeGreaterThan(5);
  }, 300_000);
});
