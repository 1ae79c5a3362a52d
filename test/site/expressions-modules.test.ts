/** Expressions outside of workflows: guards of edits, filters of events, display conditions, and how manifests carry them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { GuardedAction } from '../../sandbox/contract';
import { actionValidatorsOf, rulesOf } from '../../sandbox/forge/events/rules';
import { reach } from '../../sandbox/forge/events/triggers';
import { readManifest, type Manifest } from '../../sandbox/forge/manifest';
import { displays } from '../../sandbox/forge/ui/conditions';
import { viewedIssue } from '../../sandbox/forge/ui/site';
import type { Json } from '../../sandbox/jira/store';
import { rule, world, type World } from './jiraWorld';

const doc = (text: string): Json => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

describe('an action validator', () => {
  const guard = (w: World, action: GuardedAction, expression: string): void => {
    w.rules.guards.push({ id: `ari:${action}`, action, expression, errorMessage: `No ${action}.` });
  };
  const send = async (w: World, method: string, path: string, body?: object): Promise<string[] | undefined> => {
    const response = await w.send(w.ann, method, `/rest/api/3/issue/${path}`, body);
    return response.ok ? undefined : ((await response.json()) as { errorMessages: string[] }).errorMessages;
  };

  it('guards edits, with the work item as it would be and as it is', async () => {
    const w = world();
    const key = await w.item();
    guard(w, 'workItemEdited', "issue.summary != 'Bad' && originalIssue.summary != 'Frozen' && user.displayName == 'Ann' && project.key == 'DEMO'");
    const before = w.stateOf(key);
    expect(await send(w, 'PUT', key, { fields: { summary: 'Bad' } })).toEqual(['No workItemEdited.']);
    expect(w.stateOf(key)).toBe(before);
    expect(await send(w, 'PUT', key, { update: { comment: [{ add: { body: doc('A word') } }] } })).toBeUndefined();
    expect(await send(w, 'PUT', key, { fields: { summary: 'Frozen' } })).toBeUndefined();
    expect(await send(w, 'PUT', key, { fields: { summary: 'Good' } })).toEqual(['No workItemEdited.']);
  });

  it('guards the assignee, by edit and by assignment, and leaves other edits alone', async () => {
    const w = world();
    const key = await w.item();
    guard(w, 'workItemAssigned', "issue.assignee == null || issue.assignee.displayName != 'Bob'");
    expect(await send(w, 'PUT', `${key}/assignee`, { accountId: w.bob })).toEqual(['No workItemAssigned.']);
    expect(await send(w, 'PUT', key, { fields: { assignee: { accountId: w.bob } } })).toEqual(['No workItemAssigned.']);
    expect(await send(w, 'PUT', `${key}/assignee`, { accountId: w.ann })).toBeUndefined();
    expect(await send(w, 'PUT', key, { fields: { summary: 'Other' } })).toBeUndefined();
  });

  it('guards the work type by the id of the new one', async () => {
    const w = world();
    const key = await w.item();
    const [bug, story] = [w.typeId('Bug'), w.typeId('Story')];
    guard(w, 'workItemTypeChanged', `newIssueType != '${bug}' && issue.issueType.name == 'Task' && newIssueTypeData.name == 'Story'`);
    expect(await send(w, 'PUT', key, { fields: { issuetype: { id: bug } } })).toEqual(['No workItemTypeChanged.']);
    expect(await send(w, 'PUT', key, { fields: { issuetype: { id: story } } })).toBeUndefined();
  });

  it('guards deletion, subtasks included, and refuses when it fails', async () => {
    const w = world();
    const key = await w.item();
    const child = await w.item({ issuetype: { name: 'Sub-task' }, parent: { key }, summary: 'Keep me' });
    w.store.permissionSchemes.get(w.project.permissionSchemeId)?.grants.push({ permission: 'DELETE_ISSUES', holder: { type: 'applicationRole' } });
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    guard(w, 'workItemDeleted', "issue.summary != 'Keep me'");
    expect(await send(w, 'DELETE', `${key}?deleteSubtasks=true`)).toEqual(['No workItemDeleted.']);
    expect([w.store.issue(key), w.store.issue(child)].every(Boolean)).toBe(true);
    guard(w, 'workItemDeleted', 'issue.nothing.at.all');
    const other = await w.item({ summary: 'Keep me' });
    expect(await send(w, 'DELETE', other)).toEqual(['No workItemDeleted.', 'No workItemDeleted.']);
    expect(warn.mock.calls.flat().join()).toMatch(/ari:workItemDeleted failed.*Cannot read property "at" of null/);
    warn.mockRestore();
    w.rules.guards.length = 0;
    expect(await send(w, 'DELETE', other)).toBeUndefined();
  });
});

async function manifestOf(modules: string): Promise<Manifest> {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  const file = join(folder, 'manifest.yml');
  await writeFile(file, `app:\n  id: ari:cloud:ecosystem::app/7b2c1f9e-1111-4222-8333-944455556666\nmodules:\n${modules}`);
  const manifest = await readManifest(file, { check: false });
  await rm(folder, { recursive: true });
  return manifest;
}

describe('the manifest', () => {
  it('carries expressions and their words to the rules', async () => {
    const manifest = await manifestOf(`
  jira:workflowValidator:
    - { key: a, name: A, description: a, expression: 'true', errorMessage: { expression: "'x'" } }
    - { key: b, name: B, description: b, function: f, errorMessage: No }
    - { key: c, name: C, description: c, expression: 'true', errorMessage: { i18n: some.key } }
  jira:workflowCondition:
    - { key: d, name: D, description: d, expression: 'false' }
  jira:actionValidator:
    - { key: e, action: workItemEdited, expression: 'true', errorMessage: Frozen }
    - { key: f, action: workItemCloned, expression: 'true' }`);
    const rules = rulesOf(manifest, 'env');
    expect(rules.map(({ moduleKey, expression, errorMessage }) => [moduleKey, expression, errorMessage])).toEqual([
      ['a', 'true', { expression: "'x'" }],
      ['b', undefined, 'No'],
      ['c', 'true', undefined],
      ['d', 'false', undefined],
    ]);
    expect(actionValidatorsOf(manifest, 'env')).toEqual([
      {
        id: 'ari:cloud:ecosystem::extension/7b2c1f9e-1111-4222-8333-944455556666/env/static/e',
        action: 'workItemEdited',
        expression: 'true',
        errorMessage: 'Frozen',
      },
    ]);
  });
});

describe('the filter of a trigger', () => {
  const event = {
    eventType: 'avi:jira:updated:issue',
    atlassianId: 'ann',
    payload: { issue: { key: 'A-1', fields: { issuetype: { name: 'Bug' } } } },
  };
  const receiver = { appAccountId: 'app', cloudId: 'cloud', now: 0 };
  async function reached(expression: string, onError?: string) {
    const filter = JSON.stringify({ expression, ...(onError && { onError }) });
    const manifest = await manifestOf(`  trigger:\n    - { key: t, function: f, events: [avi:jira:updated:issue], filter: ${filter} }`);
    const { tasks, faults } = reach(manifest, event, receiver);
    return [tasks.length, faults.length];
  }

  it('lets pass what it is true for', async () => {
    expect(
      await reached("event.issue.fields.issuetype.name == 'Bug' && event.eventType == 'avi:jira:updated:issue' && event.atlassianId == 'ann'"),
    ).toEqual([1, 0]);
    expect(await reached("event.issue.fields?.issuetype?.name == 'Task'")).toEqual([0, 0]);
  });

  it.each([
    [undefined, 0, 1],
    ['IGNORE_AND_LOG', 0, 1],
    ['IGNORE', 0, 0],
    ['RECEIVE', 1, 0],
    ['RECEIVE_AND_LOG', 1, 1],
  ])('that fails does as onError %s says', async (onError, tasks, faults) => {
    expect(await reached('event.nothing.name == 1', onError)).toEqual([tasks, faults]);
    expect(await reached("'no boolean'", onError)).toEqual([tasks, faults]);
    expect(await reached(`true || '${'x'.repeat(10_000)}' == ''`, onError)).toEqual([tasks, faults]);
  });
});

describe('the event of a failed expression', () => {
  it('reaches the trigger of the app that asks for it', async () => {
    const w = world();
    const key = await w.item();
    const id = w.rules.install('forge:expression-condition', 'Condition', { expression: 'nobody.name' });
    const conditions = [rule('forge:expression-condition', { key: id, config: '{}' })];
    w.transitions({ id: '21', name: 'Start', toStatusId: w.doing, conditions: { operation: 'ALL', conditions, conditionGroups: [] } });
    expect(await w.offered(w.ann, key)).toEqual([]);
    const failed = w.events.find((one) => one.eventType === 'avi:jira:failed:expression');
    const manifest = await manifestOf(`  trigger:\n    - { key: t, function: f, events: [avi:jira:failed:expression] }`);
    expect(failed && reach(manifest, failed, { appAccountId: 'app', cloudId: 'cloud', now: 0 }).tasks).toMatchObject([
      {
        functionKey: 'f',
        argument: { extensionId: id, expression: 'nobody.name', errorMessages: ['Evaluation failed: "nobody" - Unrecognized variable: "nobody"'] },
      },
    ]);
  });
});

describe('a display condition', () => {
  it('is an expression judged as the person who looks', async () => {
    const w = world();
    const key = await w.item({ assignee: { accountId: w.bob } });
    const shows = async (jiraExpression: string, accountId = w.bob): Promise<boolean> => {
      const issue = await viewedIssue(w.site, accountId, key);
      return displays({ jiraExpression }, { jira: w.site, accountId, ...(issue && { issue, project: issue.fields.project }) }, () => undefined);
    };
    expect(await shows('issue.assignee == user && project.key == "DEMO"')).toBe(true);
    expect(await shows('issue.assignee == user', w.ann)).toBe(false);
    expect(await shows('issue.nothing.name')).toBe(false);
    expect(await shows('1')).toBe(false);
  });
});
