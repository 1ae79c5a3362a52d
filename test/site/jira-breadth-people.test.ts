/** Pickers of people and groups, watchers, priorities and their order, and workflows as people of a project see them. */
import {
  createPriority,
  findBulkAssignableUsers,
  findGroups,
  findUsersAndGroups,
  findUsersForPicker,
  getIssueWatchers,
  getPriority,
  getUserGroups,
  getUsersFromGroup,
  movePriorities,
  readWorkflowPreviews,
  removeWatcher,
  searchPriorities,
  setDefaultPriority,
  updatePriority,
} from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import { groupNamed } from '../../sandbox/jira/lookups';
import { refusal, world } from './jiraWorld';

describe('pickers', () => {
  it('find groups by a part of their name, by case, with what was found in bold', async () => {
    const w = world();
    const found = await findGroups(w.client(w.ann), { query: 'jira-a' });
    expect(found).toMatchObject({
      header: 'Showing 1 of 1 matching groups',
      total: 1,
      groups: [{ name: 'jira-administrators', html: '<b>jira-a</b>dministrators' }],
    });
    expect((await findGroups(w.client(w.ann), { query: 'JIRA' })).total).toBe(0);
    expect((await findGroups(w.client(w.ann), { query: 'JIRA', caseInsensitive: true })).total).toBe(2);
    expect((await findGroups(w.client(w.ann), { query: 'jira', excludeId: [groupNamed(w.store, 'jira-users')?.id ?? ''] })).total).toBe(1);
    expect((await findGroups(w.client(w.ann), { maxResults: 1 })).header).toBe('Showing 1 of 2 matching groups');
    w.store.groups.put({ id: 'g', name: '<b>old</b>', members: [] });
    expect((await findGroups(w.client(w.ann), { query: 'old' })).groups?.[0]?.html).toBe('&lt;b&gt;<b>old</b>&lt;/b&gt;');
  });

  it('find people and groups at once, for those who may browse them', async () => {
    const w = world();
    const found = await findUsersAndGroups(w.client(w.ann), { query: 'bob' });
    expect(found.users).toMatchObject({
      total: 1,
      users: [{ accountId: w.bob, displayName: 'Bob', html: '<strong>Bob</strong> - <strong>bob</strong>@site.example' }],
    });
    expect(found.groups).toMatchObject({ total: 0, groups: [] });
    expect((await findUsersForPicker(w.client(w.ann), { query: 'an', excludeAccountIds: [w.ann] })).users).toEqual([]);
    expect((await w.send(w.ann, 'GET', '/rest/api/3/groupuserpicker')).status).toBe(400);
    const bob = w.store.users.get(w.bob);
    if (bob) w.store.users.put({ ...bob, accountType: 'customer' });
    expect((await w.send(w.bob, 'GET', '/rest/api/3/groupuserpicker?query=a')).status).toBe(403);
    expect((await findGroups(w.client(w.bob), { query: 'jira' })).total).toBe(0);
    expect((await findGroups(w.client(w.bob), { query: 'jira-users' })).total).toBe(1);
  });

  it('read groups and their members without being an administrator', async () => {
    const w = world();
    const users = groupNamed(w.store, 'jira-users')?.id ?? '';
    expect(await (await w.send(w.ann, 'GET', `/rest/api/3/group/bulk?groupId=${users}`)).json()).toMatchObject({
      values: [{ name: 'jira-users', groupId: users }],
    });
    expect((await getUsersFromGroup(w.client(w.ann), { groupId: users })).values?.map((one) => one.displayName)).toEqual([
      'Site administrator',
      'Ann',
      'Bob',
    ]);
    expect((await getUserGroups(w.client(w.ann), { accountId: w.bob })).map((one) => one.name)).toEqual(['jira-users']);
    expect((await refusal(getUserGroups(w.client(w.ann), { accountId: 'nobody' }))).status).toBe(404);
    expect((await refusal(getUsersFromGroup(w.client(undefined), { groupId: users }))).status).toBe(401);
  });

  it('find who can be assigned in every one of several projects', async () => {
    const w = world();
    const [first] = w.store.projects.all();
    const [scheme] = w.store.permissionSchemes.all();
    if (!first || !scheme) throw new Error('no project');
    const grants = scheme.grants.map((one) =>
      one.permission === 'ASSIGNABLE_USER' ? { ...one, holder: { type: 'user' as const, accountId: w.bob } } : one,
    );
    const own = w.store.permissionSchemes.put({ ...scheme, id: '77', name: 'Own', grants });
    w.store.projects.put({ ...first, id: '88', key: 'OTHER', name: 'Other', permissionSchemeId: own.id });
    const names = async (projectKeys: string) => (await findBulkAssignableUsers(w.client(w.ann), { projectKeys })).map((one) => one.displayName);
    expect(await names('DEMO')).toContain('Ann');
    expect(await names('DEMO,OTHER')).toEqual(['Bob']);
    expect((await refusal(findBulkAssignableUsers(w.client(w.ann), { projectKeys: 'DEMO,NONE' }))).status).toBe(404);
  });
});

describe('watchers', () => {
  it('add and remove themselves; others are managed by those who may', async () => {
    const w = world();
    const issueIdOrKey = await w.item();
    expect((await w.send(w.bob, 'POST', `/rest/api/3/issue/${issueIdOrKey}/watchers`)).status).toBe(204);
    // jira.js knows no text for a body
    expect((await w.send(w.ann, 'POST', `/rest/api/3/issue/${issueIdOrKey}/watchers`, JSON.stringify(w.ann))).status).toBe(204);
    expect(await getIssueWatchers(w.client(w.bob), { issueIdOrKey })).toMatchObject({ isWatching: true, watchCount: 2 });
    const [scheme] = w.store.permissionSchemes.all();
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'MANAGE_WATCHERS' && one.permission !== 'VIEW_VOTERS_AND_WATCHERS');
    expect((await refusal(removeWatcher(w.client(w.bob), { issueIdOrKey, accountId: w.ann }))).status).toBe(403);
    const seen = await getIssueWatchers(w.client(w.bob), { issueIdOrKey });
    expect([seen.watchCount, seen.watchers?.map((one) => one.accountId)]).toEqual([2, [w.bob]]);
    await removeWatcher(w.client(w.bob), { issueIdOrKey, accountId: w.bob });
    expect(await getIssueWatchers(w.client(w.bob), { issueIdOrKey })).toMatchObject({ isWatching: false, watchCount: 1 });
    expect(w.store.issue(issueIdOrKey)?.changes).toEqual([]);
  });
});

describe('priorities', () => {
  const iconUrl = '/images/icons/priorities/major.png';
  const order = async (w: ReturnType<typeof world>) => (await searchPriorities(w.client(w.ann), {})).values.map((one) => one.name);

  it('are made, changed, put in order and made the default', async () => {
    const w = world();
    const admin = w.client(w.admin);
    const { id } = await createPriority(admin, { name: 'Now', statusColor: '#ff0000', iconUrl });
    await updatePriority(admin, { id, description: 'Drop everything' });
    expect(await getPriority(w.client(w.ann), { id })).toMatchObject({
      name: 'Now',
      description: 'Drop everything',
      iconUrl: `http://site.test${iconUrl}`,
    });
    await movePriorities(admin, { ids: [id], position: 'First' });
    expect(await order(w)).toEqual(['Now', 'Highest', 'High', 'Medium', 'Low', 'Lowest']);
    await movePriorities(admin, { ids: ['1', '5'], after: '3' });
    expect(await order(w)).toEqual(['Now', 'High', 'Medium', 'Highest', 'Lowest', 'Low']);
    await setDefaultPriority(admin, { id });
    expect(w.store.issue(await w.item())?.fields.priority).toBe(id);
    expect((await w.send(w.admin, 'PUT', '/rest/api/3/priority/default', { id: null })).status).toBe(204);
    expect(w.store.issue(await w.item())?.fields.priority).toBeUndefined();
  });

  it('refuse what does not fit, and stay as they were', async () => {
    const w = world();
    const before = JSON.stringify(w.store.priorities.all());
    const ask = async (by: string, method: string, path: string, body: object) =>
      (await w.send(by, method, `/rest/api/3/priority${path}`, body)).status;
    expect(await ask(w.ann, 'POST', '', { name: 'Now', statusColor: '#ff0000', iconUrl })).toBe(403);
    expect(await ask(w.admin, 'POST', '', { name: 'high', statusColor: '#ff0000', iconUrl })).toBe(400);
    expect(await ask(w.admin, 'POST', '', { name: 'Now', statusColor: '#ff0000' })).toBe(400);
    expect(await ask(w.admin, 'POST', '', { name: 'Now', statusColor: '#ff0000', iconUrl, avatarId: 1 })).toBe(400);
    expect(await ask(w.admin, 'POST', '', { name: 'Now', statusColor: 'red', iconUrl })).toBe(400);
    expect(await ask(w.admin, 'PUT', '/1', {})).toBe(400);
    expect(await ask(w.admin, 'PUT', '/99', { name: 'Now' })).toBe(404);
    expect(await ask(w.admin, 'PUT', '/move', { ids: ['1'], after: '1' })).toBe(400);
    expect(await ask(w.admin, 'PUT', '/move', { ids: ['1', '99'], after: '2' })).toBe(404);
    expect(await ask(w.admin, 'PUT', '/move', { ids: ['1'] })).toBe(400);
    expect(await ask(w.admin, 'PUT', '/default', { id: '99' })).toBe(404);
    expect(JSON.stringify(w.store.priorities.all())).toBe(before);
  });
});

describe('previews of workflows', () => {
  it('show people of a project its workflows, and nothing else', async () => {
    const w = world();
    const projectId = w.store.project('DEMO')?.id ?? '';
    const preview = await readWorkflowPreviews(w.client(w.ann), { projectId, issueTypeIds: [w.typeId('Bug')] });
    expect(preview.workflows).toMatchObject([{ name: 'jira', queryContext: [{ project: projectId }], statuses: [{}, {}, {}] }]);
    expect(preview.statuses?.map((one) => one.rawName)).toEqual(['To Do', 'In Progress', 'Done']);
    const ask = async (by: string, body: object) => (await w.send(by, 'POST', '/rest/api/3/workflows/preview', { projectId, ...body })).status;
    expect(await ask(w.ann, { workflowNames: ['jira'] })).toBe(200);
    expect(await ask(w.ann, {})).toBe(400);
    expect(await ask(w.ann, { workflowNames: ['other'] })).toBe(404);
    expect(await ask(w.ann, { workflowIds: Array.from({ length: 26 }, () => 'x') })).toBe(400);
    const [scheme] = w.store.permissionSchemes.all();
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'VIEW_READONLY_WORKFLOW');
    expect(await ask(w.ann, { workflowNames: ['jira'] })).toBe(401);
    expect(await ask(w.admin, { workflowNames: ['jira'] })).toBe(200);
  });
});
