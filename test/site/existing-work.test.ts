/** Work that was there before USM is moved to its work types by the deployed app: previewed, in bulk, through faults, and usable afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  assessment,
  type MoveOffer,
  moveOffer,
  type MovePreview,
  movePreview,
  type MoveProgress,
  moveProgress,
  type MoveTarget,
  processAnswer,
} from '../../src/contract';
import { idle, move } from '../../sandbox/demo/acts';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type FreshSite, freshSite } from '../scenarios/site';

let fresh: FreshSite;
let world: World;
/** Names of what Jira has: id by name. */
let types: ReadonlyMap<string, string>;

const CUSTOMARY = { Bug: 120, Task: 110, Story: 30 } as const;

const rows = <T>(jql: string, fields: string[]): Promise<T[]> =>
  world.admin.ask<{ issues: T[] }>('POST', '/rest/api/3/search/jql', { jql, fields, maxResults: 1000 }).then(({ issues }) => issues);

interface Row {
  id: string;
  key: string;
  fields: { issuetype: { name: string }; status: { name: string }; summary: string };
}
const all = (space: string): Promise<Row[]> => rows<Row>(`project = ${space} ORDER BY key ASC`, ['issuetype', 'status', 'summary']);

async function makeSpace(key: string, counts: Readonly<Record<string, number>>): Promise<void> {
  const { admin } = world;
  const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await admin.ask('POST', '/rest/api/3/project', { key, name: `Space ${key}`, projectTypeKey: 'software', leadAccountId: accountId });
  const items = Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, at) => ({
      fields: { project: { key }, issuetype: { id: types.get(name) }, summary: `${name} ${String(at)}` },
    })),
  );
  // Jira makes at most 50 at once (OpenAPI: createIssues).
  for (let at = 0; at < items.length; at += 50) await admin.ask('POST', '/rest/api/3/issue/bulk', { issueUpdates: items.slice(at, at + 50) });
}

/** Some of what a space holds goes on in its old workflow. */
async function goOn(space: string, status: string, every: number): Promise<void> {
  const { admin } = world;
  const some = (await all(space)).filter((_, at) => at % every === 0);
  const { transitions } = await admin.ask<{ transitions: { id: string; to: { name: string } }[] }>(
    'GET',
    `/rest/api/3/issue/${some[0]?.key ?? ''}/transitions`,
  );
  const way = transitions.find((one) => one.to.name === status)?.id;
  for (const { key } of some) await admin.ask('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: way } });
}

const offer = async (from: string): Promise<MoveOffer> => moveOffer.parse(await world.admin.invoke('usm-setup', 'existing.offer', { from }));
const preview = async (target: MoveTarget): Promise<MovePreview> =>
  movePreview.parse(await world.admin.invoke('usm-setup', 'existing.preview', target));
const step = async (target: MoveTarget, hash: string): Promise<MoveProgress> =>
  moveProgress.parse(await world.admin.invoke('usm-setup', 'existing.step', { target, hash }));
const status = async (): Promise<MoveProgress> => moveProgress.parse(await world.admin.invoke('usm-setup', 'existing.status'));

const targetOf = (from: string, wanted: Readonly<Record<string, string>>): MoveTarget => ({
  from,
  to: 'NSS',
  types: Object.fromEntries(Object.entries(wanted).map(([name, to]) => [types.get(name) ?? '', to])) as MoveTarget['types'],
});

/** Steps as the page does, until the move does not go on by itself. */
async function follow(target: MoveTarget, hash: string): Promise<MoveProgress> {
  for (let steps = 0; steps < 100; steps += 1) {
    const progress = await step(target, hash);
    if (progress.phase !== 'running') return progress;
  }
  throw new Error('The move did not end.');
}

beforeAll(async () => {
  fresh = await freshSite();
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  types = world.workTypes;
});
afterAll(() => fresh.stop());
beforeEach(() => {
  fresh.site.faults.set({});
});

const WANTED = { Bug: 'incident', Task: 'serviceRequest', Story: 'improvement' } as const;

describe('260 work items of three work types', () => {
  let before: Row[];

  beforeAll(async () => {
    await makeSpace('OPS', CUSTOMARY);
    await goOn('OPS', 'In Progress', 3);
    before = await all('OPS');
  });

  it('are offered with a guess', async () => {
    const { types: offered, into } = await offer('OPS');
    expect(into.map((one) => one.key)).toEqual(['NSS']);
    expect(offered.map(({ name, count, suggested }) => [name, count, suggested])).toEqual([
      ['Bug', 120, 'incident'],
      ['Task', 110, 'serviceRequest'],
      ['Story', 30, 'improvement'],
    ]);
  });

  it('are previewed without being touched', async () => {
    const { total, rows: shown, warnings } = await preview(targetOf('OPS', WANTED));
    expect(total).toBe(260);
    for (const row of shown) expect(row.statuses.reduce((sum, one) => sum + one.count, 0)).toBe(row.count);
    expect(warnings.join('\n')).toContain('OPS-… becomes NSS-…');
    expect(await all('OPS')).toEqual(before);
  });

  it('are moved, each once, each to the place the preview showed', async () => {
    const target = targetOf('OPS', WANTED);
    const { hash, rows: shown } = await preview(target);
    expect(await follow(target, hash)).toMatchObject({ phase: 'done', moved: 260, total: 260, failures: [] });
    await idle(world);
    expect(await all('OPS')).toEqual([]);
    const after = new Map((await all('NSS')).map((one) => [one.id, one.fields]));
    expect(after.size).toBe(260);
    for (const { id, fields } of before) {
      const row = shown.find((one) => one.typeName === fields.issuetype.name);
      const place = row?.statuses.find((one) => one.name === fields.status.name);
      expect(after.get(id)).toMatchObject({ summary: fields.summary, issuetype: { name: row?.toName }, status: { name: place?.toName } });
    }
    expect(await status()).toMatchObject({ phase: 'done', moved: 260 });
  });

  it('answer in the process panel, and take the next step of the method', async () => {
    const after = await all('NSS');
    const places = new Map(after.map((one) => [`${one.fields.issuetype.name} in ${one.fields.status.name}`, one.key]));
    expect([...places.keys()].sort()).toEqual([
      'Improvement in Analysing',
      'Improvement in Registered',
      'Incident in Analysing',
      'Incident in Registered',
      'Service Request in Realising',
      'Service Request in Registered',
    ]);
    for (const [place, key] of places) {
      const panel = processAnswer.parse(await world.people.amira.invoke('usm-process', 'work.process', {}, key));
      expect(panel, place).toMatchObject({ state: 'ok', key });
    }
    const key = places.get('Incident in Registered') ?? '';
    await world.admin.ask('PUT', `/rest/api/3/issue/${key}`, {
      fields: {
        [world.fields.get('Customer') ?? '']: { value: 'Sint Lucas Ziekenhuis' },
        [world.fields.get('Service') ?? '']: { value: 'Ward network' },
        [world.fields.get('Observed') ?? '']: {
          type: 'doc',
          version: 1,
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Nothing connects.' }] }],
        },
        [world.fields.get('Agreed') ?? '']: {
          type: 'doc',
          version: 1,
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Every bed does.' }] }],
        },
      },
    });
    await move(world, world.people.amira, key, 'Accept');
    await idle(world);
    const { fields } = await world.admin.ask<{ fields: Record<string, unknown> & { created: string; status: { name: string } } }>(
      'GET',
      `/rest/api/3/issue/${key}`,
    );
    expect(fields.status.name).toBe('Accepted');
    // Accept fills what the move could not: the moment it was created.
    expect(Date.parse(String(fields[world.fields.get('Report time') ?? '']))).toBe(Date.parse(fields.created));
  });
});

describe('a process that is killed', () => {
  /** Moves two work items of a new space, killed after its request number `at`; answers which request that was. */
  async function killedAfter(at: number): Promise<string | undefined> {
    const space = `K${String(at)}`;
    await makeSpace(space, { Bug: 2 });
    const target = targetOf(space, { Bug: 'incident' });
    const { hash } = await preview(target);
    const ids = (await all(space)).map((one) => one.id);
    fresh.site.faults.set({ functions: [{ match: { module: 'usm-setup' }, killAfterRequests: at, performed: true }] });
    const unharmed = await follow(target, hash).catch(() => undefined);
    const killed = fresh.site.faults.pending().functions.length === 0;
    fresh.site.faults.set({});
    const endedAt = fresh.site.forge.invocations().findLast((one) => one.endedAt)?.endedAt;
    if (!unharmed) {
      // Longer than a lease, and than a submission nobody heard of is waited for.
      await world.admin.ask('POST', '/_sandbox/clock', { advanceMs: 61_000 });
      expect(await follow(target, hash), endedAt).toMatchObject({ phase: 'done', moved: 2, total: 2, failures: [] });
    }
    await idle(world);
    expect(await all(space), endedAt).toEqual([]);
    for (const id of ids) {
      const { values } = await world.admin.ask<{ values: { items: { field: string }[] }[] }>('GET', `/rest/api/3/issue/${id}/changelog`);
      // Its work type changed once in its life.
      expect(
        values.flatMap((one) => one.items).filter((item) => item.field === 'issuetype'),
        endedAt,
      ).toHaveLength(1);
    }
    return killed ? endedAt : undefined;
  }

  it('after any request: everything is moved once all the same', async () => {
    const requests: string[] = [];
    for (let at = 1; ; at += 1) {
      const request = await killedAfter(at);
      if (request === undefined) break;
      requests.push(request);
    }
    // Between the submission and the first look at its task, among them.
    expect(requests.filter((one) => one === 'POST /rest/api/3/bulk/issues/move')).toHaveLength(1);
    expect(requests.some((one) => one.startsWith('GET /rest/api/3/bulk/queue/'))).toBe(true);
  }, 600_000);
});

describe('two administrators at once', () => {
  it('move everything once', async () => {
    await makeSpace('DUO', { Bug: 40 });
    const target = targetOf('DUO', { Bug: 'incident' });
    const { hash } = await preview(target);
    const outcomes = await Promise.all([follow(target, hash), follow(target, hash)]);
    expect(outcomes).toMatchObject([
      { phase: 'done', moved: 40, failures: [] },
      { phase: 'done', moved: 40, failures: [] },
    ]);
    expect(await all('DUO')).toEqual([]);
  });
});

describe('the answer to', () => {
  it('an old preview is that the spaces have changed', async () => {
    await makeSpace('OLD', { Bug: 1 });
    const { hash } = await preview(targetOf('OLD', { Bug: 'incident' }));
    expect(await world.admin.invoke('usm-setup', 'existing.step', { target: targetOf('OLD', { Bug: 'rfc' }), hash })).toMatchObject({
      state: 'changed',
    });
    expect(await all('OLD')).toHaveLength(1);
  });

  it('the assessment is where USM works, with nothing in the way', async () => {
    const { findings, spaces } = assessment.parse(await world.admin.invoke('usm-setup', 'setup.assess'));
    expect(findings.filter((one) => one.level === 'blocks' || one.level === 'decide')).toEqual([]);
    expect(findings.find((one) => one.id === 'installed')?.title).toContain('USM has worked in NSS since');
    expect(spaces.find((one) => one.key === 'NSS')).toMatchObject({ ours: true });
  });

  it('somebody who does not administer Jira is no', async () => {
    expect(await world.people.amira.invoke('usm-setup', 'existing.offer', {})).toMatchObject({ state: 'forbidden' });
  });
});
