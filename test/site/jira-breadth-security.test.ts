/** Security levels: people outside one meet a work item nowhere. */
import {
  getIssue,
  getIssueSecurityLevel,
  getIssueSecurityScheme,
  getIssueSecuritySchemes,
  getProjectIssueSecurityScheme,
  getSecurityLevelsForProject,
} from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../sandbox/jira/store';
import { world, type World } from './jiraWorld';
import { settle } from './support/settle';

const path = '/rest/api/3/issuesecurityschemes';

interface Member {
  type: string;
  parameter?: string;
}

/** A scheme with a level, put on the project. Answers the ids of both. */
async function secure(w: World, members: Member[], more: { isDefault?: boolean } = {}): Promise<{ schemeId: string; levelId: string }> {
  const answer = await w.send(w.admin, 'POST', path, { name: 'Secret', levels: [{ name: 'Inner circle', members, ...more }] });
  const { id: schemeId } = (await answer.json()) as { id: string };
  const associated = await w.send(w.admin, 'PUT', `${path}/project`, { schemeId, projectId: w.store.project('DEMO')?.id ?? '' });
  expect(associated.status).toBe(303);
  await settle(w.clock);
  return { schemeId, levelId: w.store.securitySchemes.get(schemeId)?.levels[0]?.id ?? '' };
}

function close(w: World, key: string, levelId: string): void {
  const issue = w.store.issue(key);
  if (issue) issue.fields.security = levelId;
}

const found = async (w: World, by: string): Promise<string[]> => {
  const answer = await w.send(by, 'GET', '/rest/api/3/search/jql?jql=project%3DDEMO&fields=summary');
  return ((await answer.json()) as { issues: { key: string }[] }).issues.map((one) => one.key);
};

describe('a security level', () => {
  it('hides a work item from whoever is not in it: on reading, searching, linking, moving and in bulk', async () => {
    const w = world();
    const { levelId } = await secure(w, [{ type: 'user', parameter: w.ann }]);
    const [secret, open] = [await w.item(), await w.item()];
    close(w, secret, levelId);
    expect((await getIssue(w.client(w.ann), { issueIdOrKey: secret })).fields).toMatchObject({ security: { id: levelId, name: 'Inner circle' } });
    for (const call of ['', '/transitions', '/comment', '/changelog', '/properties', '/watchers']) {
      expect([call, (await w.send(w.bob, 'GET', `/rest/api/3/issue/${secret}${call}`)).status]).toEqual([call, 404]);
    }
    expect((await w.send(w.bob, 'PUT', `/rest/api/3/issue/${secret}`, { fields: { summary: 'Mine' } })).status).toBe(404);
    expect(await found(w, w.bob)).toEqual([open]);
    expect((await found(w, w.ann)).sort()).toEqual([secret, open]);
    const link = { type: { name: 'Relates' }, inwardIssue: { key: open }, outwardIssue: { key: secret } };
    expect((await w.send(w.bob, 'POST', '/rest/api/3/issueLink', link)).status).toBe(404);
    expect((await w.send(w.ann, 'POST', '/rest/api/3/issueLink', link)).status).toBe(201);
    expect((await getIssue(w.client(w.bob), { issueIdOrKey: open, fields: ['issuelinks'] })).fields).toEqual({ issuelinks: [] });
    const bulk = { bulkTransitionInputs: [{ selectedIssueIdsOrKeys: [secret], transitionId: '31' }] };
    expect((await w.send(w.bob, 'POST', '/rest/api/3/bulk/issues/transition', bulk)).status).toBe(400);
    expect(w.store.issue(secret)?.fields.summary).toBe('A thing to do');
  });

  it('lets in by role, group, reporter and assignee; administrators have no key of their own', async () => {
    const w = world();
    const role = w.store.roles.put({ id: w.store.nextId('role'), name: 'Trusted', description: '' });
    const { schemeId, levelId } = await secure(w, [{ type: 'reporter' }]);
    const key = await w.item();
    close(w, key, levelId);
    const sees = async (by: string): Promise<boolean> => (await w.send(by, 'GET', `/rest/api/3/issue/${key}`)).status === 200;
    expect([await sees(w.ann), await sees(w.bob), await sees(w.admin)]).toEqual([true, false, false]);
    const project = w.store.project('DEMO');
    if (project) project.roleActors[role.id] = { users: [w.bob], groups: [] };
    const add = (member: Member) => w.send(w.admin, 'PUT', `${path}/${schemeId}/level/${levelId}/member`, { members: [member] });
    expect((await add({ type: 'projectrole', parameter: role.id })).status).toBe(204);
    expect((await add({ type: 'group', parameter: 'jira-administrators' })).status).toBe(204);
    expect((await add({ type: 'group', parameter: 'nobody' })).status).toBe(400);
    expect((await add({ type: 'anyone' })).status).toBe(400);
    expect([await sees(w.bob), await sees(w.admin)]).toEqual([true, true]);
    const members: unknown = await (await w.send(w.admin, 'GET', `${path}/level/member?levelId=${levelId}`)).json();
    expect(members).toMatchObject({
      total: 3,
      values: [{ holder: { type: 'reporter' } }, { holder: { type: 'projectRole', value: role.id } }, { holder: { type: 'group' } }],
    });
    const [, second] = (members as { values: { id: string }[] }).values;
    expect((await w.send(w.admin, 'DELETE', `${path}/${schemeId}/level/${levelId}/member/${second?.id ?? ''}`)).status).toBe(204);
    expect(await sees(w.bob)).toBe(false);
  });

  it('is set by those who may, where the field is on the screen, and only from the scheme of the project', async () => {
    const w = world();
    const { levelId } = await secure(w, [{ type: 'user', parameter: w.ann }]);
    const set = (by: string, key: string, security: Json) => w.send(by, 'PUT', `/rest/api/3/issue/${key}`, { fields: { security } });
    const key = await w.item();
    expect((await set(w.ann, key, { id: levelId })).status).toBe(400);
    w.store.screens.get('1')?.tabs[0]?.fieldIds.push('security');
    expect((await set(w.ann, key, { id: levelId })).status).toBe(400);
    w.store.permissionSchemes.all()[0]?.grants.push({ permission: 'SET_ISSUE_SECURITY', holder: { type: 'applicationRole' } });
    expect((await set(w.ann, key, { id: '999' })).status).toBe(400);
    expect((await set(w.ann, key, { id: levelId })).status).toBe(204);
    expect(w.store.issue(key)?.changes.at(-1)?.items).toMatchObject([{ field: 'security', from: null, to: levelId, toText: 'Inner circle' }]);
    expect((await getSecurityLevelsForProject(w.client(w.ann), { projectKeyOrId: 'DEMO' })).levels).toMatchObject([{ id: levelId }]);
    expect((await getIssueSecurityLevel(w.client(w.ann), { id: levelId })).name).toBe('Inner circle');
  });

  it('is given to new work items when it is the default, and goes when the scheme goes', async () => {
    const w = world();
    const { schemeId, levelId } = await secure(w, [{ type: 'reporter' }], { isDefault: true });
    const key = await w.item();
    expect(w.store.issue(key)?.fields.security).toBe(levelId);
    expect((await w.send(w.admin, 'DELETE', `${path}/${schemeId}`)).status).toBe(400);
    expect(await getIssueSecurityScheme(w.client(w.admin), { id: Number(schemeId) })).toMatchObject({
      defaultSecurityLevelId: Number(levelId),
      levels: [{ id: levelId }],
    });
    expect((await getProjectIssueSecurityScheme(w.client(w.admin), { projectKeyOrId: 'DEMO' })).name).toBe('Secret');
    expect((await getIssueSecuritySchemes(w.client(w.admin))).issueSecuritySchemes).toHaveLength(1);
    const projectId = w.store.project('DEMO')?.id ?? '';
    expect((await w.send(w.admin, 'PUT', `${path}/project`, { schemeId: null, projectId })).status).toBe(303);
    expect((await w.send(w.admin, 'PUT', `${path}/project`, { schemeId: null, projectId })).status).toBe(409);
    await settle(w.clock);
    expect(w.store.issue(key)?.fields.security).toBeUndefined();
    expect(w.store.issue(key)?.changes.at(-1)?.items).toMatchObject([{ field: 'security', fromText: 'Inner circle', to: null }]);
    expect((await w.send(w.admin, 'DELETE', `${path}/${schemeId}`)).status).toBe(204);
  });
});

describe('levels', () => {
  it('are renamed, made the default and replaced, with the work items that bear them', async () => {
    const w = world();
    const { schemeId, levelId } = await secure(w, [{ type: 'user', parameter: w.ann }]);
    const level = `${path}/${schemeId}/level`;
    expect((await w.send(w.admin, 'PUT', level, { levels: [{ name: 'Outer circle', members: [{ type: 'applicationRole' }] }] })).status).toBe(204);
    const outer = w.store.securitySchemes.get(schemeId)?.levels[1]?.id ?? '';
    expect((await w.send(w.admin, 'PUT', `${level}/${outer}`, { name: 'inner CIRCLE' })).status).toBe(400);
    expect((await w.send(w.admin, 'PUT', `${level}/${outer}`, { description: 'Everybody' })).status).toBe(204);
    const defaults = (defaultLevelId: string | null) =>
      w.send(w.admin, 'PUT', `${path}/level/default`, { defaultValues: [{ issueSecuritySchemeId: schemeId, defaultLevelId }] });
    expect((await defaults('999')).status).toBe(404);
    expect((await defaults(levelId)).status).toBe(204);
    const key = await w.item();
    expect((await w.send(w.bob, 'GET', `/rest/api/3/issue/${key}`)).status).toBe(404);
    expect((await w.send(w.admin, 'DELETE', `${level}/${levelId}?replaceWith=${levelId}`)).status).toBe(400);
    expect((await w.send(w.admin, 'DELETE', `${level}/${levelId}?replaceWith=${outer}`)).status).toBe(303);
    await settle(w.clock);
    expect((await w.send(w.bob, 'GET', `/rest/api/3/issue/${key}`)).status).toBe(200);
    expect(w.store.securitySchemes.get(schemeId)).toMatchObject({ levels: [{ id: outer, description: 'Everybody' }] });
    expect(w.store.securitySchemes.get(schemeId)?.defaultLevelId).toBeUndefined();
  });
});

describe('security schemes', () => {
  it('refuse names in use, two defaults and people without the right, and store nothing then', async () => {
    const w = world();
    const ask = async (by: string, body: Json) => (await w.send(by, 'POST', path, body)).status;
    expect(await ask(w.ann, { name: 'Secret' })).toBe(403);
    expect(
      await ask(w.admin, {
        name: 'Secret',
        levels: [
          { name: 'A', isDefault: true },
          { name: 'B', isDefault: true },
        ],
      }),
    ).toBe(400);
    expect(await ask(w.admin, { name: 'Secret', levels: [{ name: 'A' }, { name: 'a' }] })).toBe(400);
    expect(await ask(w.admin, { name: 'Secret', levels: [{ name: 'A', members: [{ type: 'user', parameter: 'nobody' }] }] })).toBe(400);
    expect(w.store.securitySchemes.size).toBe(0);
    expect(await ask(w.admin, { name: 'Secret' })).toBe(201);
    expect(await ask(w.admin, { name: 'SECRET' })).toBe(400);
  });
});
