/** Rules of a real app in a workflow of a whole site: the pages that set them up, how they judge, who hears of failures, and how they are switched off. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlacedModule } from '../../sandbox/contract';
import { Visitor } from '../../sandbox/demo/client';
import type { Json } from '../../sandbox/jira/store';
import { buildChecklist, makeIssue, startTwoApps, type TwoApps } from './support/two-apps';

const LABELLED = '6f1a0c1e-0000-4000-8000-000000000001';
const MINE = '6f1a0c1e-0000-4000-8000-000000000002';
const ADD = '6f1a0c1e-0000-4000-8000-000000000003';
const GATE = '6f1a0c1e-0000-4000-8000-000000000004';
const BROKEN = '6f1a0c1e-0000-4000-8000-000000000005';

const START = { id: '11', name: 'Start' };
const FINISH = { id: '21', name: 'Finish' };
const CLAIM = { id: '31', name: 'Claim' };
const BREAK = { id: '41', name: 'Break' };

let built: Awaited<ReturnType<typeof buildChecklist>>;
let two: TwoApps;
let workflowId: string;
let stranger: Visitor;

/** A rule of an app, by the name that its manifest gives it. */
function ruleOf(app: number, name: string, id: string, config: Json) {
  const { id: key, ruleKey } = two.site.apps[app]?.forge.rules().find((one) => one.name === name) ?? expect.fail(`no rule ${name}`);
  return { ruleKey, id, parameters: { key, id, config: JSON.stringify(config), disabled: 'false' } };
}

async function makeWorkflow(): Promise<void> {
  const { admin } = two;
  const to = (id: string) => ({ toStatusReference: id });
  const links = [{ fromStatusReference: 'a' }];
  const made = await admin.ask<{ workflows: { id: string }[] }>('POST', '/rest/api/3/workflows/create', {
    scope: { type: 'GLOBAL' },
    statuses: [
      { statusReference: 'a', name: 'Unticked', statusCategory: 'TODO' },
      { statusReference: 'b', name: 'Ticked', statusCategory: 'DONE' },
    ],
    workflows: [
      {
        name: 'Ruled',
        statuses: ['a', 'b'].map((statusReference) => ({ statusReference, properties: {} })),
        transitions: [
          { id: '1', type: 'INITIAL', name: 'Create', ...to('a'), links: [] },
          { ...START, type: 'DIRECTED', ...to('b'), links, validators: [ruleOf(1, 'Has a label', LABELLED, { word: 'ready' })] },
          { ...FINISH, type: 'DIRECTED', ...to('b'), links, actions: [ruleOf(1, 'Add a box', ADD, { word: 'Sweep' })] },
          {
            ...CLAIM,
            type: 'DIRECTED',
            ...to('b'),
            links,
            conditions: { operation: 'ALL', conditions: [ruleOf(1, 'Is mine', MINE, {})] },
          },
          {
            ...BREAK,
            type: 'GLOBAL',
            ...to('b'),
            links: [],
            validators: [ruleOf(1, 'Has a label', BROKEN, { expression: 'issue.assignee.nothing' }), ruleOf(0, 'USM gate', GATE, {})],
          },
        ],
      },
    ],
  });
  workflowId = made.workflows[0]?.id ?? expect.fail('no workflow');
  const scheme = await admin.ask<{ id: number }>('POST', '/rest/api/3/workflowscheme', { name: 'Ruled', defaultWorkflow: 'Ruled' });
  const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  const project = { key: 'RULE', name: 'Ruled', projectTypeKey: 'software', leadAccountId: accountId, workflowScheme: scheme.id };
  await admin.ask('POST', '/rest/api/3/project', project);
}

beforeAll(async () => {
  built = await buildChecklist();
  two = await startTwoApps(built.app);
  await two.admin.ask('POST', '/rest/api/3/user', { emailAddress: 'stranger@site.example', displayName: 'Stranger', products: ['jira-software'] });
  stranger = new Visitor(two.site.url, 'stranger@site.example');
  await makeWorkflow();
});
afterAll(async () => {
  await two.stop();
  built.remove();
});

const item = (summary: string): Promise<{ id: string; key: string }> => makeIssue(two.admin, summary, 'RULE');
const move = (key: string, { id }: { id: string }, by = two.admin) => by.send('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id } });
const offered = async (key: string): Promise<string[]> =>
  (await two.admin.ask<{ transitions: { name: string }[] }>('GET', `/rest/api/3/issue/${key}/transitions`)).transitions.map(({ name }) => name);
const stateOf = async (key: string): Promise<unknown> => two.admin.ask('GET', `/rest/api/3/issue/${key}?expand=changelog`);
const call = <T>(functionKey: string, payload: unknown, key: string): Promise<T> => two.admin.invoke<T>('checklist', functionKey, payload, key);

describe('the pages of a rule', () => {
  const context = (moduleKey: string, entryPoint: string, workflowRule: object, by = two.admin) =>
    by.send('POST', '/_forge/context', { moduleKey, extension: { entryPoint, workflowRule } });

  it('are offered to administrators alone, each on its own origin', async () => {
    const modules = await two.admin.ask<PlacedModule[]>('GET', '/_forge/modules?location=workflow');
    const page = `${two.site.apps[1]?.url ?? ''}/r/rule/index.html`;
    expect(modules).toEqual([
      expect.objectContaining({
        moduleKey: 'checklist-labelled',
        type: 'jira:workflowValidator',
        title: 'Has a label',
        extensionId: ruleOf(1, 'Has a label', LABELLED, {}).parameters.key,
        rulePages: { create: page, edit: page, view: page },
      }),
      expect.objectContaining({ moduleKey: 'checklist-add', type: 'jira:workflowPostFunction' }),
    ]);
    expect(await (await fetch(page)).text()).toContain('/__bridge.js');
    expect(await stranger.ask('GET', '/_forge/modules?location=workflow')).toEqual([]);
  });

  it('learn of the transition, and of what was saved before', async () => {
    const place = { workflowId, transitionId: START.id };
    const extension = async (moduleKey: string, entryPoint: string, rule: object) =>
      ((await context(moduleKey, entryPoint, rule)).body as { extension: object }).extension;
    const common = { type: 'jira:workflowValidator', isNewEditor: true, workflowId };
    const way = { id: START.id, from: { name: 'Unticked', statusCategory: 'TODO' }, to: { name: 'Ticked', statusCategory: 'DONE' } };
    const fresh = await extension('checklist-labelled', 'create', place);
    expect(fresh).toMatchObject({ ...common, entryPoint: 'create', transitionContext: way });
    expect(fresh).not.toHaveProperty('validatorConfig');
    expect(await extension('checklist-labelled', 'edit', { ...place, ruleId: LABELLED })).toMatchObject({
      ...common,
      entryPoint: 'edit',
      validatorConfig: '{"word":"ready"}',
    });
    const added = await extension('checklist-add', 'view', { workflowId, transitionId: FINISH.id, ruleId: ADD });
    expect(added).toMatchObject({ type: 'jira:workflowPostFunction', entryPoint: 'view', postFunctionConfig: '{"word":"Sweep"}' });
    const broken = (await extension('checklist-labelled', 'view', { workflowId, transitionId: BREAK.id, ruleId: BROKEN })) as {
      transitionContext: object;
    };
    expect(Object.keys(broken.transitionContext)).toEqual(['id', 'to']);
  });

  it('learn nothing where there is no such workflow, transition or rule, or for people who may not see workflows', async () => {
    const place = { workflowId, transitionId: START.id };
    const status = async (rule: object, by = two.admin) => (await context('checklist-labelled', 'edit', rule, by)).status;
    expect(await status({ ...place, ruleId: LABELLED })).toBe(200);
    expect(await status({ ...place, ruleId: LABELLED }, stranger)).toBe(404);
    expect(await status({ ...place, ruleId: ADD })).toBe(404);
    expect(await status({ ...place, transitionId: '99' })).toBe(404);
    expect(await status({ ...place, workflowId: 'none' })).toBe(404);
  });

  it('may call their app, which is told the same', async () => {
    const invoke = (by: Visitor) =>
      by.send('POST', '/_forge/invoke', {
        moduleKey: 'checklist-labelled',
        functionKey: 'get',
        payload: { key: 'nothing' },
        extension: { workflowRule: { workflowId, transitionId: START.id } },
      });
    expect(await invoke(two.admin)).toMatchObject({ status: 200, body: { ok: true, value: null } });
    expect((await invoke(stranger)).status).toBe(404);
  });
});

describe('rules that are expressions', () => {
  it('refuse in the words that their manifest finds, and let pass what they ask for', async () => {
    const { key } = await item('Labelled');
    const before = await stateOf(key);
    expect(await move(key, START)).toMatchObject({ status: 400, body: { errorMessages: ['The label ready is missing.'] } });
    expect(await stateOf(key)).toEqual(before);
    await two.admin.ask('PUT', `/rest/api/3/issue/${key}`, { fields: { labels: ['ready'] } });
    expect((await move(key, START)).status).toBe(204);
  });

  it('hide a transition, and refuse it all the same', async () => {
    const { key } = await item('Mine');
    expect(await offered(key)).not.toContain(CLAIM.name);
    expect((await move(key, CLAIM)).status).toBe(400);
    const { accountId } = await two.admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
    await two.admin.ask('PUT', `/rest/api/3/issue/${key}/assignee`, { accountId });
    expect(await offered(key)).toContain(CLAIM.name);
    expect((await move(key, CLAIM)).status).toBe(204);
  });

  it('that fail refuse, and their app hears of it', async () => {
    const { key } = await item('Broken');
    expect((await move(key, BREAK)).status).toBe(400);
    await two.site.idle();
    const failed = await call<{ errorMessages: string[] }[]>('get', { key: 'failed' }, key);
    expect(failed.at(-1)).toMatchObject({
      eventType: 'avi:jira:failed:expression',
      validatorId: BROKEN,
      workflowId,
      expression: 'issue.assignee.nothing',
      context: { issue: { key }, transition: { id: BREAK.id } },
    });
    expect(failed.at(-1)?.errorMessages).toEqual([expect.stringContaining('Cannot read property "nothing" of null')]);
  });

  it('guard edits, one by one and in bulk', async () => {
    const [one, other] = [await item('Guarded'), await item('Forbidden for a start')];
    const refusal = { status: 400, body: { errorMessages: ['A checklist must not be called that.'] } };
    const rename = (summary: string) => two.admin.send('PUT', `/rest/api/3/issue/${one.key}`, { fields: { summary } });
    expect(await rename('Forbidden')).toMatchObject(refusal);
    expect((await rename('Allowed')).status).toBe(204);
    const { taskId } = await two.admin.ask<{ taskId: string }>('POST', '/rest/api/3/bulk/issues/fields', {
      selectedIssueIdsOrKeys: [one.key, other.key],
      selectedActions: ['labels'],
      editedFieldsInput: { labelsFields: [{ fieldId: 'labels', bulkEditMultiSelectFieldOption: 'ADD', labels: [{ name: 'bulk' }] }] },
    });
    await expect
      .poll(() => two.admin.ask('GET', `/rest/api/3/bulk/queue/${taskId}`), { timeout: 20_000 })
      .toMatchObject({
        status: 'COMPLETE',
        processedAccessibleIssues: [Number(one.id)],
        failedAccessibleIssues: { [other.id]: ['A checklist must not be called that.'] },
      });
    const labels = async (key: string) => (await two.admin.ask<{ fields: { labels: string[] } }>('GET', `/rest/api/3/issue/${key}`)).fields.labels;
    expect([await labels(one.key), await labels(other.key)]).toEqual([['bulk'], []]);
  });
});

describe('a post function of an app', () => {
  it('runs after the transition with what its page saved', async () => {
    const { id, key } = await item('Swept');
    expect((await move(key, FINISH)).status).toBe(204);
    await two.site.idle();
    expect(await call('get', { key: `boxes:${id}` }, key)).toEqual([{ text: 'Sweep', done: false }]);
  });
});

describe('an app looking after its own rules', () => {
  interface Page {
    status: number;
    body: { values: { workflowId: { name: string }; validators: { id: string; configuration: { value: string; disabled: boolean } }[] }[] };
  }
  const workflowName = { name: 'Ruled', draft: false };

  it('sees no rule of another app, and changes none', async () => {
    const { key } = await item('Own');
    const { status, body } = await call<Page>('ruleConfig', { method: 'GET', query: '?types=validator' }, key);
    expect(status).toBe(200);
    expect(body.values.map(({ workflowId: { name } }) => name)).toEqual(['Ruled']);
    expect(body.values[0]?.validators.map(({ id }) => id)).toEqual([LABELLED, BROKEN]);
    const change = { id: GATE, key: 'usm-gate', configuration: { value: '{}', disabled: true } };
    const put = { method: 'PUT', body: { workflows: [{ workflowId: workflowName, validators: [change] }] } };
    expect((await call<{ body: unknown }>('ruleConfig', put, key)).body).toMatchObject({
      updateResults: [{ ruleUpdateErrors: { [GATE]: [`The rule with this id does not exist: ${GATE}`] } }],
    });
  });

  it('switches one off and on again, and the next transition knows', async () => {
    const { key } = await item('Off and on');
    const set = async (disabled: boolean): Promise<void> => {
      const change = { id: LABELLED, key: 'checklist-labelled', configuration: { value: '{"word":"ready"}', disabled } };
      const put = { method: 'PUT', body: { workflows: [{ workflowId: workflowName, validators: [change] }] } };
      expect(await call('ruleConfig', put, key)).toMatchObject({ status: 200, body: { updateResults: [{ ruleUpdateErrors: {} }] } });
    };
    expect((await move(key, START)).status).toBe(400);
    await set(true);
    expect((await move(key, START)).status).toBe(204);
    await set(false);
    const other = await item('On again');
    expect((await move(other.key, START)).status).toBe(400);
  });
});

describe('a rule whose app is gone', () => {
  it('blocks, and does no more once the app is back', async () => {
    const { key } = await item('Orphan');
    const checklist = two.site.apps[1] ?? expect.fail('no app');
    await checklist.uninstall();
    expect(await move(key, START)).toMatchObject({ status: 400, body: { errorMessages: [expect.stringContaining('not installed')] } });
    expect(await offered(key)).not.toContain(CLAIM.name);
    expect(await two.admin.ask('GET', '/_forge/modules?location=workflow')).toEqual([]);
    await checklist.install();
    await two.admin.ask('PUT', `/rest/api/3/issue/${key}`, { fields: { labels: ['ready'] } });
    expect(await two.admin.ask<PlacedModule[]>('GET', '/_forge/modules?location=workflow')).toHaveLength(2);
  });
});
