/** Bulk transitions, moves and edits: what is submitted, what becomes of each work item, and that a refusal leaves no half-written thing. */
import { getAvailableTransitions, getBulkOperationProgress, submitBulkMove, submitBulkTransition } from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import { Store, type Json, type WorkflowTransition } from '../../sandbox/jira/store';
import { refusal, rule, world, type World } from './jiraWorld';
import { settle } from './support/settle';

const directed = (w: World): Partial<WorkflowTransition> => ({ type: 'DIRECTED', toStatusId: w.doing, links: [{ fromStatusId: w.todo }] });

/** Submits transitions and answers what has become of them. */
async function transition(w: World, by: string, ids: string[], transitionId: string) {
  const { taskId } = await submitBulkTransition(w.client(by), {
    bulkTransitionInputs: [{ selectedIssueIdsOrKeys: ids, transitionId }],
    sendBulkNotification: false,
  });
  await settle(w.clock);
  return getBulkOperationProgress(w.client(by), { taskId: taskId ?? '' });
}

const idOf = (w: World, key: string): number => Number(w.store.issue(key)?.id);
const messages = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: { message: string }[] }).errors.map((one) => one.message);

describe('a bulk transition', () => {
  it('is a task that moves each work item through its workflow, with changelog and event', async () => {
    const w = world();
    w.transitions({ id: '21', name: 'Start', ...directed(w) });
    const keys = [await w.item(), await w.item()];
    w.events.length = 0;
    const { taskId = '' } = await submitBulkTransition(w.client(w.ann), {
      bulkTransitionInputs: [{ selectedIssueIdsOrKeys: keys, transitionId: '21' }],
    });
    expect(await getBulkOperationProgress(w.client(w.ann), { taskId })).toMatchObject({ status: 'ENQUEUED', progressPercent: 0 });
    expect(keys.map((key) => w.store.issue(key)?.statusId)).toEqual([w.todo, w.todo]);
    await settle(w.clock);
    expect(await getBulkOperationProgress(w.client(w.ann), { taskId })).toMatchObject({
      status: 'COMPLETE',
      progressPercent: 100,
      totalIssueCount: 2,
      processedAccessibleIssues: keys.map((key) => idOf(w, key)),
      invalidOrInaccessibleIssueCount: 0,
      submittedBy: { accountId: w.ann },
    });
    for (const key of keys) expect(w.store.issue(key)).toMatchObject({ statusId: w.doing, changes: [{ items: [{ field: 'status' }] }] });
    expect(w.events.map((one) => one.eventType)).toEqual(['avi:jira:updated:issue', 'avi:jira:updated:issue']);
  });

  it('succeeds in part: conditions, validators of apps and permissions speak for each work item, and what is refused stays as it was', async () => {
    const w = world();
    const key = w.rules.install('forge:expression-validator', 'Validator');
    w.rules.verdict = ({ issue }) => Promise.resolve(issue.key === 'DEMO-2' ? { result: false, errorMessage: 'Set the impact.' } : { result: true });
    const onlyAssignee = {
      operation: 'ALL' as const,
      conditions: [rule('system:restrict-issue-transition', { accountIds: 'allow-assignee' })],
      conditionGroups: [],
    };
    w.transitions({ id: '21', name: 'Start', ...directed(w), conditions: onlyAssignee, validators: [rule('forge:expression-validator', { key })] });
    const mine = { assignee: { accountId: w.ann } };
    const keys = [await w.item(mine), await w.item(mine), await w.item({}), await w.item(mine)];
    const [good = '', refused = '', notMine = ''] = keys;
    const before = [refused, notMine].map((one) => w.stateOf(one));
    const progress = await transition(w, w.ann, keys, '21');
    expect(progress).toMatchObject({ status: 'COMPLETE', totalIssueCount: 4, processedAccessibleIssues: [idOf(w, good), idOf(w, keys[3] ?? '')] });
    expect(progress.failedAccessibleIssues).toEqual({
      [idOf(w, refused)]: ['Set the impact.'],
      [idOf(w, notMine)]: [expect.stringContaining('(Start)')],
    });
    expect([refused, notMine].map((one) => w.stateOf(one))).toEqual(before);
  });

  it('does not take a transition with a screen, nor one that does not start here', async () => {
    const w = world();
    w.transitions(
      { id: '21', name: 'Start', ...directed(w) },
      { id: '31', name: 'Close', toStatusId: w.done, transitionScreen: w.screen(['resolution']) },
    );
    const key = await w.item();
    expect((await transition(w, w.ann, [key], '31')).failedAccessibleIssues).toEqual({ [idOf(w, key)]: [expect.stringContaining('has a screen')] });
    expect((await transition(w, w.ann, [key], '99')).failedAccessibleIssues).toEqual({ [idOf(w, key)]: [expect.stringContaining('not valid')] });
    expect(w.store.issue(key)?.changes).toEqual([]);
  });

  it('refuses the request for work items that are not there, none, too many, and people without the right', async () => {
    const w = world();
    const key = await w.item();
    const ask = (by: string | undefined, ids: string[]) =>
      w.send(by, 'POST', '/rest/api/3/bulk/issues/transition', { bulkTransitionInputs: [{ selectedIssueIdsOrKeys: ids, transitionId: '21' }] });
    const unknown = await ask(w.ann, [key, 'DEMO-99']);
    expect([unknown.status, await messages(unknown)]).toEqual([400, ['Some of the issues in the issueIdsOrKeys are not valid']]);
    expect((await ask(w.ann, [])).status).toBe(400);
    expect((await ask(undefined, [key])).status).toBe(401);
    const customer = w.store.users.get(w.bob);
    if (customer) w.store.users.put({ ...customer, accountType: 'customer' });
    expect((await ask(w.bob, [key])).status).toBe(403);
    expect((await w.send(w.ann, 'POST', '/rest/api/3/bulk/issues/transition', { bulkTransitionInputs: [] })).status).toBe(400);
    expect(w.store.tasks.size).toBe(0);
  });

  it('tells its progress to nobody else, and leaves out what has gone since', async () => {
    const w = world();
    w.transitions({ id: '21', name: 'Start', ...directed(w) });
    const keys = [await w.item(), await w.item()];
    const { taskId = '' } = await submitBulkTransition(w.client(w.ann), {
      bulkTransitionInputs: [{ selectedIssueIdsOrKeys: keys, transitionId: '21' }],
    });
    const gone = w.store.issue(keys[0] ?? '');
    if (gone) w.store.deleteIssue(gone);
    await settle(w.clock);
    expect(await getBulkOperationProgress(w.client(w.ann), { taskId })).toMatchObject({ totalIssueCount: 2, invalidOrInaccessibleIssueCount: 1 });
    expect((await refusal(getBulkOperationProgress(w.client(w.bob), { taskId }))).status).toBe(400);
    const other = w.store.tasks.put({ id: '1', description: '', status: 'COMPLETE', progress: 100, submittedBy: w.ann, submitted: 0 });
    const response = await w.send(w.ann, 'GET', `/rest/api/3/bulk/queue/${other.id}`);
    expect([response.status, await messages(response)]).toEqual([400, ['The task associated with this taskId is not a bulk operation task']]);
  });

  it('offers what is common to the work items of a workflow', async () => {
    const w = world();
    w.transitions(
      { id: '21', name: 'Start', ...directed(w) },
      { id: '31', name: 'Close', toStatusId: w.done },
      { id: '41', name: 'Ask', toStatusId: w.done, transitionScreen: w.screen(['resolution']) },
    );
    const keys = [await w.item(), await w.item()];
    await w.move(w.ann, keys[1] ?? '', '21');
    const offered = await getAvailableTransitions(w.client(w.ann), { issueIdsOrKeys: keys.join(',') });
    expect(offered.availableTransitions).toMatchObject([
      { issues: keys, isTransitionsFiltered: true, transitions: [{ transitionId: 31, transitionName: 'Close', to: { statusId: Number(w.done) } }] },
    ]);
    expect(offered.startingAfter).toBeUndefined();
  });
});

/** A second project with a workflow of its own: New and Done. */
function otherProject(w: World) {
  const [first] = w.store.projects.all();
  if (!first) throw new Error('no project');
  const fresh = w.store.statuses.put({ id: w.store.nextId('status'), name: 'New', description: '', category: 'TODO' });
  const old = w.store.workflows.all()[0];
  if (!old) throw new Error('no workflow');
  const [initial] = old.transitions;
  const workflow = w.store.workflows.put({
    ...old,
    id: 'other',
    name: 'Other',
    statuses: [fresh.id, w.done].map((statusId) => ({ statusId, properties: {} })),
    transitions: initial ? [{ ...initial, toStatusId: fresh.id }] : [],
  });
  const scheme = w.store.workflowSchemes.put({
    id: w.store.nextId('workflowScheme'),
    name: 'Other',
    description: '',
    defaultWorkflowId: workflow.id,
    mappings: {},
  });
  const project = w.store.projects.put({
    ...first,
    id: w.store.nextId('project'),
    key: 'OTHER',
    name: 'Other',
    workflowSchemeId: scheme.id,
    issueCounter: 0,
  });
  return { project, fresh: fresh.id };
}

const inferring = { inferClassificationDefaults: true, inferFieldDefaults: true, inferStatusDefaults: true, inferSubtaskTypeDefault: true };

describe('a bulk move', () => {
  it('takes work items to another project: new key, mapped status, one entry in the changelog, the old key goes on working', async () => {
    const w = world();
    const { project, fresh } = otherProject(w);
    const bug = w.typeId('Bug');
    const key = await w.item();
    w.events.length = 0;
    const { taskId = '' } = await submitBulkMove(w.client(w.ann), {
      targetToSourcesMapping: {
        [`OTHER,${bug}`]: { ...inferring, inferStatusDefaults: false, issueIdsOrKeys: [key], targetStatus: [{ statuses: { [fresh]: [w.todo] } }] },
      },
    });
    await settle(w.clock);
    expect(await getBulkOperationProgress(w.client(w.ann), { taskId })).toMatchObject({ status: 'COMPLETE', totalIssueCount: 1 });
    const issue = w.store.issue('OTHER-1');
    expect(issue).toMatchObject({ projectId: project.id, workTypeId: bug, statusId: fresh });
    expect(issue?.changes.map((one) => one.items.map((item) => item.field))).toEqual([['project', 'Key', 'status', 'issuetype']]);
    expect(issue?.changes[0]?.items[1]).toMatchObject({ fromText: 'DEMO-1', toText: 'OTHER-1' });
    expect(w.store.issue('DEMO-1')).toBe(issue);
    expect(w.events.map((one) => one.eventType)).toEqual(['avi:jira:updated:issue']);
    const copy = new Store();
    copy.load(JSON.parse(JSON.stringify(w.store.toJSON())) as Json);
    expect(copy.issue('DEMO-1')?.key).toBe('OTHER-1');
  });

  it('puts what has no status in the new workflow into its initial one, and keeps what has', async () => {
    const w = world();
    const { fresh } = otherProject(w);
    w.transitions({ id: '31', name: 'Close', toStatusId: w.done });
    const keys = [await w.item(), await w.item()];
    await w.move(w.ann, keys[1] ?? '', '31');
    await submitBulkMove(w.client(w.ann), { targetToSourcesMapping: { [`OTHER,${w.typeId('Task')}`]: { ...inferring, issueIdsOrKeys: keys } } });
    await settle(w.clock);
    expect(keys.map((key) => w.store.issue(key)?.statusId)).toEqual([fresh, w.done]);
  });

  it('refuses mappings that are missing or contradict themselves, and writes nothing', async () => {
    const w = world();
    otherProject(w);
    const key = await w.item();
    const before = w.stateOf(key);
    const task = w.typeId('Task');
    const ask = async (target: string, more: Record<string, Json>) => {
      const body = { targetToSourcesMapping: { [target]: { ...inferring, issueIdsOrKeys: [key], ...more } } };
      const response = await w.send(w.ann, 'POST', '/rest/api/3/bulk/issues/move', body);
      return [response.status, ((await messages(response)) as string[])[0]];
    };
    expect(await ask(`OTHER,${task}`, { inferStatusDefaults: false })).toEqual([400, expect.stringContaining('A target status is required')]);
    expect(await ask(`OTHER,${task}`, { targetStatus: [{ statuses: {} }] })).toEqual([400, expect.stringContaining('targetStatus')]);
    expect(await ask(`NONE,${task}`, {})).toEqual([400, expect.stringContaining('destination project')]);
    expect(await ask('OTHER,1', {})).toEqual([400, expect.stringContaining('issue type')]);
    expect(await ask(`OTHER,${w.typeId('Sub-task')}`, {})).toEqual([400, expect.stringContaining('parent')]);
    expect(w.store.tasks.size).toBe(0);
    expect(w.stateOf(key)).toBe(before);
  });

  it('takes subtasks along where asked to, and leaves the family where not', async () => {
    const w = world();
    const { project, fresh } = otherProject(w);
    const parent = await w.item();
    const child = await w.item({ issuetype: { name: 'Sub-task' }, parent: { key: parent } });
    const target = `OTHER,${w.typeId('Task')}`;
    const move = async (inferSubtaskTypeDefault: boolean) => {
      const { taskId = '' } = await submitBulkMove(w.client(w.ann), {
        targetToSourcesMapping: { [target]: { ...inferring, inferSubtaskTypeDefault, issueIdsOrKeys: [parent] } },
      });
      await settle(w.clock);
      return getBulkOperationProgress(w.client(w.ann), { taskId });
    };
    expect((await move(false)).failedAccessibleIssues).toEqual({ [idOf(w, parent)]: [expect.stringContaining('subtasks')] });
    expect(w.store.issue(parent)?.key).toBe('DEMO-1');
    expect((await move(true)).processedAccessibleIssues).toEqual([idOf(w, parent)]);
    expect(w.store.issue(child)).toMatchObject({
      projectId: project.id,
      statusId: fresh,
      key: 'OTHER-2',
      fields: { parent: w.store.issue(parent)?.id },
    });
  });

  it('empties a value whose field has other options in the new project, unless the request gives one', async () => {
    const w = world();
    const { project } = otherProject(w);
    const colour = w.field('Colour', 'select', ['Red']);
    const keys = [await w.item({ [colour]: { value: 'Red' } }), await w.item({ [colour]: { value: 'Red' } })];
    const field = w.store.fields.get(colour);
    field?.contexts.push({
      id: 'own',
      name: '',
      description: '',
      projectIds: [project.id],
      workTypeIds: [],
      options: [{ id: '77', value: 'Crimson', disabled: false }],
    });
    const task = w.typeId('Task');
    await submitBulkMove(w.client(w.ann), { targetToSourcesMapping: { [`OTHER,${task}`]: { ...inferring, issueIdsOrKeys: [keys[0] ?? ''] } } });
    await submitBulkMove(w.client(w.ann), {
      targetToSourcesMapping: {
        [`OTHER,${task}`]: {
          ...inferring,
          inferFieldDefaults: false,
          issueIdsOrKeys: [keys[1] ?? ''],
          targetMandatoryFields: [{ fields: { [colour]: { retain: false, type: 'raw', value: ['77'] } } }],
        },
      },
    });
    await settle(w.clock);
    expect(keys.map((key) => w.store.issue(key)?.fields[colour])).toEqual([undefined, '77']);
  });
});
