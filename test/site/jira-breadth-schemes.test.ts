/** Workflow schemes changed under way, with the work items that stand in them; and contexts of fields that must stay. */
import { getRequiredWorkflowSchemeMappings, getTask, readWorkflowSchemes } from 'jira.js/cloud';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, Workflow, WorkflowScheme } from '../../sandbox/jira/store';
import { world, type World } from './jiraWorld';
import { settle } from './support/settle';

let w: World;
/** Waiting and Done; To Do and In Progress are missing in it. */
let short: Workflow;
let scheme: WorkflowScheme;
let waiting: string;

beforeEach(() => {
  w = world();
  const [old] = w.store.workflows.all();
  const initial = old?.transitions[0];
  if (!old || !initial) throw new Error('no workflow');
  waiting = w.store.statuses.put({ id: w.store.nextId('status'), name: 'Waiting', description: '', category: 'TODO' }).id;
  short = w.store.workflows.put({
    ...old,
    id: 'short',
    name: 'Short',
    statuses: [waiting, w.done].map((statusId) => ({ statusId, properties: {} })),
    transitions: [{ ...initial, toStatusId: waiting }],
  });
  scheme = w.store.workflowSchemes.put({
    id: w.store.nextId('workflowScheme'),
    name: 'Short ones',
    description: '',
    defaultWorkflowId: short.id,
    mappings: {},
  });
});

const project = () => w.store.project('DEMO');
const typeIds = (): string[] => ['Task', 'Bug', 'Story', 'Epic', 'Sub-task'].map((name) => w.typeId(name));
const everyType = () =>
  typeIds().map((issueTypeId) => ({
    issueTypeId,
    statusMappings: [
      { oldStatusId: w.todo, newStatusId: waiting },
      { oldStatusId: w.doing, newStatusId: waiting },
    ],
  }));
const change = (body: Json) => w.send(w.admin, 'POST', '/rest/api/3/workflowscheme/project/switch', body);

describe('switching a project to another workflow scheme', () => {
  it('is a task that moves the work items by the mappings and tells it in their changelog', async () => {
    w.transitions({ id: '31', name: 'Close', toStatusId: w.done });
    const [open, closed] = [await w.item(), await w.item()];
    await w.move(w.ann, closed, '31');
    w.events.length = 0;
    const answer = await change({ projectId: project()?.id ?? '', targetSchemeId: scheme.id, mappingsByIssueTypeOverride: everyType() });
    const task = (await answer.json()) as { id: string; status: string };
    expect([answer.status, answer.headers.get('Location'), task.status]).toEqual([303, `http://site.test/rest/api/3/task/${task.id}`, 'ENQUEUED']);
    expect(project()?.workflowSchemeId).not.toBe(scheme.id);
    await settle(w.clock);
    expect(await getTask(w.client(w.admin), { taskId: task.id })).toMatchObject({ status: 'COMPLETE', progress: 100 });
    expect(project()?.workflowSchemeId).toBe(scheme.id);
    expect([open, closed].map((key) => w.store.issue(key)?.statusId)).toEqual([waiting, w.done]);
    expect(w.store.issue(open)?.changes).toMatchObject([{ authorId: w.admin, items: [{ field: 'status', fromText: 'To Do', toText: 'Waiting' }] }]);
    expect(w.store.issue(closed)?.changes).toHaveLength(1);
    expect(w.events).toEqual([]);
  });

  it('waits for no second one: 409 with the task that is under way', async () => {
    const body = { projectId: project()?.id ?? '', targetSchemeId: scheme.id, mappingsByIssueTypeOverride: everyType() };
    const { id } = (await (await change(body)).json()) as { id: string };
    const second = await change(body);
    expect(second.status).toBe(409);
    expect(await second.json()).toEqual({
      errorMessages: ['Another task is currently running, please try again later.'],
      errors: { conflictingTaskId: id },
    });
    const update = {
      statuses: [],
      workflows: [
        {
          id: short.id,
          version: short.version,
          statuses: [{ statusReference: waiting, properties: {} }],
          transitions: [{ id: '1', name: 'Create', type: 'INITIAL', toStatusReference: waiting, links: [] }],
        },
      ],
    };
    expect((await w.send(w.admin, 'POST', '/rest/api/3/workflows/update', update)).status).toBe(409);
    await settle(w.clock);
    expect((await change(body)).status).toBe(400);
  });

  it('refuses a mapping that is missing or leads nowhere, strangers, and what is not there', async () => {
    const key = await w.item();
    const before = w.stateOf(key);
    const projectId = project()?.id ?? '';
    const incomplete = everyType().slice(1);
    const astray = everyType().map((one) => ({ ...one, statusMappings: one.statusMappings.map((each) => ({ ...each, newStatusId: w.doing })) }));
    for (const mappingsByIssueTypeOverride of [incomplete, astray, []]) {
      expect((await change({ projectId, targetSchemeId: scheme.id, mappingsByIssueTypeOverride })).status).toBe(400);
    }
    expect((await change({ projectId, targetSchemeId: '999' })).status).toBe(400);
    expect((await change({ projectId: '999', targetSchemeId: scheme.id })).status).toBe(400);
    expect((await w.send(w.ann, 'POST', '/rest/api/3/workflowscheme/project/switch', { projectId, targetSchemeId: scheme.id })).status).toBe(401);
    await settle(w.clock);
    expect(w.stateOf(key)).toBe(before);
    expect(w.store.tasks.size).toBe(0);
  });

  it('fails and changes nothing when what it needs has gone before it runs', async () => {
    const key = await w.item();
    const answer = await change({ projectId: project()?.id ?? '', targetSchemeId: scheme.id, mappingsByIssueTypeOverride: everyType() });
    const { id } = (await answer.json()) as { id: string };
    w.store.workflowSchemes.delete(scheme.id);
    await settle(w.clock);
    expect(await getTask(w.client(w.admin), { taskId: id })).toMatchObject({
      status: 'FAILED',
      message: `The workflow scheme with id ${scheme.id} was not found.`,
    });
    expect(w.store.issue(key)).toMatchObject({ statusId: w.todo, changes: [] });
    expect(project()?.workflowSchemeId).not.toBe(scheme.id);
  });
});

describe('updating a workflow scheme', () => {
  const version = async () => (await readWorkflowSchemes(w.client(w.admin), { workflowSchemeIds: [scheme.id] }))[0]?.version;
  const update = async (more: { [key: string]: Json }) =>
    w.send(w.admin, 'POST', '/rest/api/3/workflowscheme/update', {
      id: scheme.id,
      name: 'Short ones',
      description: 'Few statuses',
      version: await version(),
      defaultWorkflowId: short.id,
      ...more,
    });
  const jiraFlow = () => w.store.workflows.find((one) => one.name === 'jira')?.id ?? '';

  it('answers 200 where no work item has to move', async () => {
    const answer = await update({ workflowsForIssueTypes: [{ issueTypeIds: [w.typeId('Bug')], workflowId: jiraFlow() }] });
    expect(answer.status).toBe(200);
    expect(w.store.workflowSchemes.get(scheme.id)).toMatchObject({ description: 'Few statuses', mappings: { [w.typeId('Bug')]: jiraFlow() } });
  });

  it('tells which mappings it needs, and takes them by workflow, those by work type first', async () => {
    const used = project();
    if (used) used.workflowSchemeId = w.store.workflowSchemes.put({ ...scheme, defaultWorkflowId: jiraFlow() }).id;
    const [task, bug] = [await w.item(), await w.item({ issuetype: { name: 'Bug' } })];
    const required = await getRequiredWorkflowSchemeMappings(w.client(w.admin), {
      id: scheme.id,
      defaultWorkflowId: short.id,
      workflowsForIssueTypes: [],
    });
    expect(required.statusMappingsByWorkflows).toEqual([{ sourceWorkflowId: jiraFlow(), targetWorkflowId: short.id, statusIds: [w.todo, w.doing] }]);
    expect(required.statusMappingsByIssueTypes?.map((one) => one.issueTypeId).sort()).toEqual(typeIds().sort());
    expect(required.statusesPerWorkflow).toContainEqual({ workflowId: short.id, initialStatusId: waiting, statuses: [waiting, w.done] });

    expect((await update({})).status).toBe(400);
    const answer = await update({
      statusMappingsByWorkflows: [
        {
          oldWorkflowId: jiraFlow(),
          newWorkflowId: short.id,
          statusMappings: [w.todo, w.doing].map((oldStatusId) => ({ oldStatusId, newStatusId: waiting })),
        },
      ],
      statusMappingsByIssueTypeOverride: [{ issueTypeId: w.typeId('Bug'), statusMappings: [{ oldStatusId: w.todo, newStatusId: w.done }] }],
    });
    expect(answer.status).toBe(303);
    await settle(w.clock);
    expect([task, bug].map((key) => w.store.issue(key)?.statusId)).toEqual([waiting, w.done]);
    expect(w.store.workflowSchemes.get(scheme.id)?.defaultWorkflowId).toBe(short.id);
  });

  it('refuses a stale version, a name in use, unknown workflows, the default scheme and strangers', async () => {
    expect((await update({ version: { id: 'old', versionNumber: 1 } })).status).toBe(409);
    expect((await update({ name: 'Default Workflow Scheme' })).status).toBe(400);
    expect((await update({ defaultWorkflowId: 'none' })).status).toBe(400);
    expect((await update({ id: '0' })).status).toBe(400);
    const twice = { issueTypeIds: [w.typeId('Bug')], workflowId: short.id };
    expect((await update({ workflowsForIssueTypes: [twice, twice] })).status).toBe(400);
    expect((await w.send(w.ann, 'POST', '/rest/api/3/workflowscheme/update/mappings', { id: scheme.id, workflowsForIssueTypes: [] })).status).toBe(
      401,
    );
    expect(w.store.workflowSchemes.get(scheme.id)).toEqual(scheme);
  });
});

describe('contexts of a custom field', () => {
  it('keep the global one; a context that loses its last project would become a second one', async () => {
    const type = 'com.atlassian.jira.plugin.system.customfieldtypes:select';
    const { id: field } = (await (await w.send(w.admin, 'POST', '/rest/api/3/field', { name: 'Colour', type })).json()) as { id: string };
    const path = `/rest/api/3/field/${field}/context`;
    const projectId = project()?.id ?? '';
    const contexts = () => w.store.fields.get(field)?.contexts ?? [];
    const [global] = contexts();
    expect((await w.send(w.admin, 'DELETE', `${path}/${global?.id ?? ''}`)).status).toBe(400);
    expect(contexts()).toHaveLength(1);
    const answer = await w.send(w.admin, 'POST', path, { name: 'Own', projectIds: [projectId], issueTypeIds: [w.typeId('Bug')] });
    const { id } = (await answer.json()) as { id: string };
    expect((await w.send(w.admin, 'POST', `${path}/${id}/project/remove`, { projectIds: [projectId] })).status).toBe(400);
    expect((await w.send(w.admin, 'POST', `${path}/${id}/issuetype/remove`, { issueTypeIds: [w.typeId('Task')] })).status).toBe(400);
    expect((await w.send(w.admin, 'POST', `${path}/${id}/issuetype/remove`, { issueTypeIds: [w.typeId('Bug')] })).status).toBe(204);
    expect(contexts()[1]).toMatchObject({ projectIds: [projectId], workTypeIds: [] });
    expect((await w.send(w.admin, 'DELETE', `${path}/${id}`)).status).toBe(204);
    expect(contexts()).toHaveLength(1);
  });
});
