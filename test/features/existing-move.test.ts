import type { Client } from 'jira.js/core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MoveProgress, MoveTarget } from '../../src/contract';
import { JiraError } from '../../src/jira/client';
import { holdClock } from '../../src/platform/clock';
import type { Setting } from '../../src/platform/kvs';
import { type Batch, moveProgressOf, type MoveState, nextMove, type Tools } from '../../src/setup/existing/move';
import { offerOf } from '../../src/setup/existing/offer';
import { previewOf } from '../../src/setup/existing/preview';
import { mappingOf, requireMover } from '../../src/setup/existing/read';
import type { Installed } from '../../src/setup/model';
import { freshSite, type FreshSite, memory } from './support/site';
import { withUsm } from './support/usm';

let site: FreshSite;
let usm: Installed;
let at: number;
let release: () => void;

/** Does something else instead of one request, or before it, or after it. */
type Fault = (request: { method: string; url: string }, next: () => Promise<unknown>) => Promise<unknown>;
let fault: Fault;
let asked: string[];

const watched = (client: Client): Client => ({
  async sendRequest(options) {
    const method = options.method ?? 'GET';
    asked.push(`${method} ${options.url}`);
    return (await fault({ method, url: options.url }, async () => {
      const answer = await client.sendRequest(options);
      // Tasks of the site run when its clock moves.
      site.clock.advance(1);
      await new Promise((done) => setImmediate(done));
      return answer;
    })) as never;
  },
});

const typeId = (name: string): string => site.store.workTypes.find((one) => one.name === name)?.id ?? '';
const inSpace = (key: string) => site.store.issues.all().filter((one) => one.projectId === site.store.project(key)?.id);

const post = <T>(url: string, body: unknown) => site.person.sendRequest<T>({ url, method: 'POST', body });

async function make(type: string, count: number, status?: string, fields: Record<string, unknown> = {}): Promise<string[]> {
  const keys: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { key } = await post<{ key: string }>('/rest/api/3/issue', {
      fields: { project: { key: 'OPS' }, issuetype: { id: typeId(type) }, summary: `${type} ${String(index)}`, ...fields },
    });
    if (status !== undefined) {
      const answer = await site.person.sendRequest<{ transitions: { id: string; to: { name: string } }[] }>({
        url: `/rest/api/3/issue/${key}/transitions`,
        method: 'GET',
      });
      const way = answer.transitions.find((one) => one.to.name === status);
      await post(`/rest/api/3/issue/${key}/transitions`, { transition: { id: way?.id } });
    }
    keys.push(key);
  }
  return keys;
}

function toolsOf(): Tools & { state: Setting<MoveState> } {
  const batches = new Map<number, Setting<Batch>>();
  let held = false;
  return {
    person: watched(site.person),
    site: usm,
    lease: {
      take: () => {
        const free = !held;
        held = true;
        return Promise.resolve(free);
      },
      release: () => {
        held = false;
        return Promise.resolve();
      },
    },
    state: memory<MoveState>(),
    batch(number) {
      const kept = batches.get(number) ?? memory<Batch>();
      batches.set(number, kept);
      return kept;
    },
  };
}

const target = (types: Record<string, MoveTarget['types'][string]>, from = 'OPS'): MoveTarget => ({
  from,
  to: 'NSS',
  types: Object.fromEntries(Object.entries(types).map(([name, to]) => [typeId(name), to])),
});

async function hashFor(tools: Tools, wanted: MoveTarget): Promise<string> {
  return (await mappingOf(tools.person, wanted, usm, (await tools.state.read())?.run ?? '')).hash;
}

const one = async (tools: Tools, wanted: MoveTarget, hash: string): Promise<MoveProgress> => {
  const progress = await nextMove(tools, wanted, hash);
  if (progress.state !== 'ok') throw new Error(progress.text);
  return progress;
};

/** Steps until it does not go on by itself. */
async function run(tools: Tools, wanted: MoveTarget, hash?: string): Promise<MoveProgress> {
  const of = hash ?? (await hashFor(tools, wanted));
  for (let steps = 0; steps < 200; steps += 1) {
    const progress = await one(tools, wanted, of);
    if (progress.phase !== 'running') return progress;
    at += 1_000;
  }
  throw new Error('The move did not end.');
}

/** A site with a USM space and another one; every test begins with a copy of it. */
let begin: () => FreshSite;
let usmAtFirst: Installed;

beforeAll(async () => {
  const first = freshSite();
  site = first;
  usmAtFirst = await withUsm(first);
  await post('/rest/api/3/project', { key: 'OPS', name: 'Operations', projectTypeKey: 'software', leadAccountId: first.admin });
  const filled = first.store.toJSON();
  begin = () => {
    const copy = freshSite();
    copy.store.load(filled);
    const { admin, appUser } = first;
    return { ...copy, admin, appUser, person: copy.as({ accountId: admin, viaApp: true }), app: copy.as({ accountId: appUser, viaApp: true }) };
  };
});
beforeEach(() => {
  fault = (_request, next) => next();
  asked = [];
  site = begin();
  usm = structuredClone(usmAtFirst);
  at = Date.parse('2026-11-24T09:00:00Z');
  release = holdClock(() => at);
});
afterEach(() => {
  release();
});

const isMove = ({ method, url }: { method: string; url: string }): boolean => method === 'POST' && url.endsWith('/bulk/issues/move');
const isTask = ({ url }: { url: string }): boolean => url.includes('/bulk/queue/');
const moves = () => asked.filter((line) => line.endsWith('/bulk/issues/move')).length;

describe('the offer', () => {
  it('names spaces, and what one of them holds, with a guess', async () => {
    await make('Bug', 3);
    await make('Task', 5);
    const offer = await offerOf(site.person, 'OPS', usm);
    expect(offer.spaces.map((space) => space.key)).toEqual(['NSS', 'OPS']);
    expect(offer.into).toEqual([{ key: 'NSS', name: 'Noordhaven' }]);
    expect(offer.types.map(({ name, count, suggested }) => [name, count, suggested])).toEqual([
      ['Task', 5, 'serviceRequest'],
      ['Bug', 3, 'incident'],
    ]);
  });

  it('leaves out what is USM’s already', async () => {
    expect((await offerOf(site.person, 'NSS', usm)).types).toEqual([]);
  });

  it('says which space it does not find', async () => {
    await expect(offerOf(site.person, 'GONE', usm)).rejects.toMatchObject({ code: 'person.notFound' });
  });
});

describe('the preview', () => {
  it('counts by status, shows examples, and says what is lost', async () => {
    await make('Bug', 2);
    await make('Bug', 3, 'In Progress');
    await make('Task', 1, 'Done');
    const wanted = target({ Bug: 'incident', Task: 'serviceRequest' });
    const preview = await previewOf(site.person, wanted, await mappingOf(site.person, wanted, usm, ''), usm);
    expect(preview.total).toBe(6);
    const bug = preview.rows.find((row) => row.typeName === 'Bug');
    expect(bug).toMatchObject({ to: 'incident', toName: 'Incident', count: 5 });
    expect(bug?.statuses).toEqual([
      { name: 'To Do', count: 2, to: 'registered', toName: 'Registered' },
      { name: 'In Progress', count: 3, to: 'analysing', toName: 'Analysing' },
    ]);
    expect(bug?.examples).toHaveLength(3);
    const task = preview.rows.find((row) => row.typeName === 'Task');
    expect(task?.statuses).toEqual([{ name: 'Done', count: 1, to: 'closed', toName: 'Closed' }]);
    expect(preview.warnings.join('\n')).toContain('Keys change: OPS-… becomes NSS-…');
    expect(inSpace('OPS')).toHaveLength(6);
  });

  it('tells fields whose values are lost from those that stay', async () => {
    const fieldOf = async (name: string): Promise<string> =>
      (
        await post<{ id: string }>('/rest/api/3/field', {
          name,
          type: 'com.atlassian.jira.plugin.system.customfieldtypes:textfield',
          searcherKey: 'com.atlassian.jira.plugin.system.customfieldtypes:textsearcher',
        })
      ).id;
    const [everywhere, here] = [await fieldOf('Room'), await fieldOf('Floor')];
    const [key] = await make('Task', 1);
    const issue = site.store.issue(key ?? '');
    const floor = site.store.fields.get(here);
    if (!issue || !floor) throw new Error('nothing to fill in');
    issue.fields[everywhere] = 'B12';
    issue.fields[here] = '3';
    for (const context of floor.contexts) context.projectIds = [issue.projectId];
    const wanted = target({ Task: 'serviceRequest' });
    const { warnings } = await previewOf(site.person, wanted, await mappingOf(site.person, wanted, usm, ''), usm);
    expect(warnings).toContainEqual(expect.stringMatching(/values are lost: Floor\.$/));
    expect(warnings).toContainEqual(expect.stringMatching(/Their values stay and can be searched: Room\.$/));
  });

  it('is refused without the permissions, by name', async () => {
    const { accountId } = await post<{ accountId: string }>('/rest/api/3/user', {
      emailAddress: 'guest@site.example',
      displayName: 'Guest',
      products: ['jira-software'],
    });
    const scheme = site.store.permissionSchemes.get(site.store.project('OPS')?.permissionSchemeId ?? '');
    if (!scheme) throw new Error('no scheme');
    scheme.grants = scheme.grants.filter((one) => one.permission !== 'MOVE_ISSUES');
    await expect(requireMover(site.as({ accountId, viaApp: true }), target({}))).rejects.toMatchObject({
      code: 'person.refused',
      text: expect.stringContaining('do not have: Move work items in OPS.') as unknown,
    });
    await expect(requireMover(site.person, target({}))).rejects.toMatchObject({ code: 'person.refused' });
  });

  it.each([
    ['a space without USM', { from: 'NSS', to: 'OPS', types: { '10000': 'incident' } }],
    ['no work types', { from: 'OPS', to: 'NSS', types: {} }],
    ['a work type the space does not have', { from: 'OPS', to: 'NSS', types: { '99999': 'incident' } }],
  ] as const)('refuses %s', async (_name, wanted) => {
    await expect(mappingOf(site.person, wanted, usm, '')).rejects.toMatchObject({ code: 'person.input' });
  });

  it('refuses epics', async () => {
    await expect(mappingOf(site.person, target({ Epic: 'wish' }), usm, '')).rejects.toMatchObject({ code: 'person.input' });
  });
});

describe('moving', () => {
  it('moves everything once, in one request a USM work type', async () => {
    const keys = [...(await make('Bug', 4)), ...(await make('Story', 3, 'In Progress')), ...(await make('Task', 2, 'Done'))];
    const epics = await make('Epic', 1);
    const tools = toolsOf();
    const progress = await run(tools, target({ Bug: 'incident', Story: 'incident', Task: 'rfc' }));
    expect(progress).toMatchObject({ phase: 'done', moved: 9, total: 9, failures: [] });
    expect(moves()).toBe(2);
    const moved = keys.map((key) => site.store.issue(key));
    expect(new Set(moved.map((issue) => issue?.projectId))).toEqual(new Set([usm.projects[0]?.id]));
    expect(moved.map((issue) => issue?.workTypeId)).toEqual([
      ...Array<string>(7).fill(usm.workTypes.incident),
      ...Array<string>(2).fill(usm.workTypes.rfc),
    ]);
    expect(moved.map((issue) => issue?.statusId)).toEqual([
      ...Array<string>(4).fill(usm.statuses.registered),
      ...Array<string>(3).fill(usm.statuses.analysing),
      ...Array<string>(2).fill(usm.statuses.closed),
    ]);
    expect(inSpace('OPS').map((issue) => issue.key)).toEqual(epics);
  });

  it('moves within one space too', async () => {
    await make('Bug', 2);
    usm.projects.push({ id: site.store.project('OPS')?.id ?? '', key: 'OPS', name: 'Operations', existing: true });
    const ops = site.store.project('OPS');
    const nss = site.store.project('NSS');
    if (!ops || !nss) throw new Error('no spaces');
    // As setup leaves an existing space: its own work types and USM's, each on its workflow.
    const both = site.store.workTypeSchemes.get(ops.workTypeSchemeId);
    const theirs = site.store.workTypeSchemes.get(nss.workTypeSchemeId);
    ops.workTypeSchemeId = site.store.workTypeSchemes.put({
      id: '88001',
      name: 'Both',
      description: '',
      workTypeIds: [...(both?.workTypeIds ?? []), ...(theirs?.workTypeIds ?? [])],
    }).id;
    ops.workflowSchemeId = nss.workflowSchemeId;
    const wanted = { ...target({ Bug: 'incident' }), to: 'OPS' };
    const keys = inSpace('OPS').map((issue) => issue.key);
    expect(await run(toolsOf(), wanted)).toMatchObject({ phase: 'done', moved: 2 });
    expect(inSpace('OPS').map((issue) => [issue.key, issue.workTypeId])).toEqual(keys.map((key) => [key, usm.workTypes.incident]));
  });

  it('says so when the spaces have changed since the preview', async () => {
    await make('Bug', 1);
    const tools = toolsOf();
    const wanted = target({ Bug: 'incident' });
    const hash = await hashFor(tools, wanted);
    expect(await nextMove(tools, target({ Bug: 'rfc' }), hash)).toMatchObject({ state: 'changed' });
    expect(moves()).toBe(0);
    expect(moveProgressOf(await tools.state.read()).phase).toBe('none');
  });

  it('a second preview of the same mapping is another move; a late step of the first does nothing', async () => {
    await make('Bug', 1);
    const tools = toolsOf();
    const wanted = target({ Bug: 'incident' });
    const hash = await hashFor(tools, wanted);
    await run(tools, wanted, hash);
    await make('Bug', 2);
    expect(await one(tools, wanted, hash)).toMatchObject({ phase: 'done', moved: 1, total: 1 });
    expect(inSpace('OPS')).toHaveLength(2);
    expect(await hashFor(tools, wanted)).not.toBe(hash);
    expect(await run(tools, wanted)).toMatchObject({ phase: 'done', moved: 2, total: 2 });
  });

  it('lists what has changed since it was found, and moves the rest', async () => {
    const [first, second] = await make('Bug', 4);
    const tools = toolsOf();
    const wanted = target({ Bug: 'incident' });
    const hash = await hashFor(tools, wanted);
    await one(tools, wanted, hash);
    await one(tools, wanted, hash);
    // Found, and before it is moved one is deleted, another one becomes something else.
    const other = site.store.issue(second ?? '');
    if (!other) throw new Error('nothing to change');
    site.store.issues.delete(site.store.issue(first ?? '')?.id ?? '');
    other.workTypeId = typeId('Task');
    const progress = await run(tools, wanted, hash);
    expect(progress).toMatchObject({ phase: 'done', moved: 2, total: 4 });
    expect(progress.failures).toEqual([
      { key: first, text: 'It does not exist any more, or you may not see it.' },
      { key: second, text: 'Somebody moved it or gave it another work type meanwhile, so it was left alone.' },
    ]);
    expect(other.key).toBe(second);
  });

  it('leaves families in their space when the other one has no work type for subtasks', async () => {
    const task = site.store.workTypes.get(typeId('Task'));
    if (!task) throw new Error('no Task');
    const sub = site.store.workTypes.put({ ...task, id: '77001', name: 'Sub-task', hierarchyLevel: -1 });
    const scheme = site.store.workTypeSchemes.get(site.store.project('OPS')?.workTypeSchemeId ?? '');
    scheme?.workTypeIds.push(sub.id);
    const [family, alone] = await make('Task', 2);
    await make('Sub-task', 1, undefined, { parent: { key: family } });
    const wanted = target({ Task: 'serviceRequest' });
    const preview = await previewOf(site.person, wanted, await mappingOf(site.person, wanted, usm, ''), usm);
    expect(preview.warnings).toContainEqual(expect.stringContaining('NSS has no work type for subtasks'));
    const progress = await run(toolsOf(), wanted);
    expect(progress).toMatchObject({
      phase: 'done',
      moved: 1,
      total: 2,
      failures: [{ key: family, text: expect.stringContaining('Make them work items of their own') as unknown }],
    });
    expect(site.store.issue(alone ?? '')?.key).toMatch(/^NSS-/);
  });
});

describe('faults', () => {
  const begun = async (count: number) => {
    await make('Bug', count);
    const tools = toolsOf();
    const wanted = target({ Bug: 'incident' });
    return { tools, wanted, hash: await hashFor(tools, wanted) };
  };

  it('a submission whose answer is lost is not sent again: what came over is seen', async () => {
    const { tools, wanted, hash } = await begun(5);
    let lost = false;
    fault = async (request, next) => {
      const answer = await next();
      if (!isMove(request) || lost) return answer;
      lost = true;
      throw new Error('lost');
    };
    expect(await run(tools, wanted, hash)).toMatchObject({ phase: 'failed', moved: 0 });
    expect(await run(tools, wanted, hash)).toMatchObject({ phase: 'done', moved: 5, failures: [] });
    expect(moves()).toBe(1);
  });

  it('a submission that never reached Jira is sent again, once it surely did not', async () => {
    const { tools, wanted, hash } = await begun(5);
    let lost = false;
    fault = (request, next) => {
      if (!isMove(request) || lost) return next();
      lost = true;
      throw new Error('lost');
    };
    expect(await run(tools, wanted, hash)).toMatchObject({ phase: 'failed' });
    expect(await one(tools, wanted, hash)).toMatchObject({ phase: 'running', moved: 0 });
    expect(moves()).toBe(1);
    at += 61_000;
    expect(await run(tools, wanted, hash)).toMatchObject({ phase: 'done', moved: 5, failures: [] });
    expect(moves()).toBe(2);
  });

  it('a task that died half-way is finished by the next try', async () => {
    const { tools, wanted, hash } = await begun(4);
    let dead = true;
    fault = async (request, next) => {
      const answer = await next();
      if (!isTask(request) || !dead) return answer;
      dead = false;
      return { taskId: '1', status: 'DEAD', progressPercent: 50, processedAccessibleIssues: [] };
    };
    // Two of the four had come over when it died: here all four did, and are not sent again.
    expect(await run(tools, wanted, hash)).toMatchObject({ phase: 'done', moved: 4, failures: [] });
    expect(moves()).toBe(1);
  });

  it('a task that ended without doing anything fails, and the next try moves', async () => {
    const { tools, wanted, hash } = await begun(4);
    let dead = true;
    fault = async (request, next) => {
      // This task stays failed, however often it is asked about.
      if (request.url.endsWith('/queue/4711')) return { taskId: '4711', status: 'FAILED' };
      if (!isMove(request) || !dead) return next();
      dead = false;
      return { taskId: '4711' };
    };
    const failed = await run(tools, wanted, hash);
    expect(failed).toMatchObject({ phase: 'failed', moved: 0 });
    expect(failed.failed?.text).toContain('4 work items of it have not moved');
    expect(await run(tools, wanted, hash)).toMatchObject({ phase: 'done', moved: 4 });
  });

  it('the one work item that Jira refuses a whole batch for is found and listed', async () => {
    const { tools, wanted, hash } = await begun(20);
    const poison = inSpace('OPS')[12];
    const person = tools.person;
    tools.person = {
      sendRequest(options) {
        if (isMove({ method: options.method ?? 'GET', url: options.url }) && JSON.stringify(options.body).includes(`"${poison?.id ?? ''}"`)) {
          asked.push('POST /bulk/issues/move');
          return Promise.reject(new JiraError(400, ['A mandatory field is empty.'], {}, 'POST /bulk/issues/move'));
        }
        return person.sendRequest(options);
      },
    };
    expect(await run(tools, wanted, hash)).toMatchObject({
      phase: 'done',
      moved: 19,
      total: 20,
      failures: [{ key: poison?.key, text: 'A mandatory field is empty.' }],
    });
  });

  it('what Jira refuses for every work item ends soon, with Jira’s words', async () => {
    const { tools, wanted, hash } = await begun(60);
    fault = (request, next) => (isMove(request) ? Promise.reject(new JiraError(400, ['Not today.'], {}, 'POST')) : next());
    const progress = await run(tools, wanted, hash);
    expect(progress.phase).toBe('failed');
    expect(progress.failed?.text).toContain('Not today.');
    expect(moves()).toBeLessThan(30);
    expect(inSpace('OPS')).toHaveLength(60);
  });

  it('two administrators at once move everything once', async () => {
    const { tools, wanted, hash } = await begun(6);
    const [a, b] = await Promise.all([run(tools, wanted, hash), run(tools, wanted, hash)]);
    expect([a, b]).toMatchObject([
      { phase: 'done', moved: 6 },
      { phase: 'done', moved: 6 },
    ]);
    expect(moves()).toBe(1);
  });

  it('another move has to wait for the one under way, until that was left', async () => {
    const { tools, wanted, hash } = await begun(1);
    await one(tools, wanted, hash);
    const other = target({ Task: 'rfc' });
    await expect(run(tools, other)).rejects.toMatchObject({ code: 'person.conflict' });
    at += 11 * 60_000;
    expect(await run(tools, other)).toMatchObject({ phase: 'done', total: 0 });
  });
});
