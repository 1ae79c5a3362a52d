/** Taking away what a site was set up with: each delete refuses what is in use, and then does what it is for. */
import { describe, expect, it } from 'vitest';
import { DEFAULTS, existing } from '../../sandbox/jira/lookups';
import { Store, type Json } from '../../sandbox/jira/store';
import { world, type World } from './jiraWorld';

const API = '/rest/api/3';

/** A client of a person: the status and the body of each answer. */
const asker =
  (w: World, by: string = w.admin) =>
  async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown>; text: string }> => {
    const response = await w.send(by, method, API + path, body);
    const text = await response.text();
    return { status: response.status, text, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };

const idOf = (answer: { body: Record<string, unknown> }): string => String(answer.body.id);

describe('deleting a work type', () => {
  it('needs an alternative while it is in use, and one that fits', async () => {
    const w = world();
    const ask = asker(w);
    const [task, bug, epic] = [w.typeId('Task'), w.typeId('Bug'), w.typeId('Epic')];
    const key = await w.item({ issuetype: { name: 'Bug' } });
    expect((await ask('DELETE', `/issuetype/${bug}`)).status).toBe(404);
    expect((await ask('DELETE', `/issuetype/${bug}?alternativeIssueTypeId=${bug}`)).status).toBe(409);
    expect((await ask('DELETE', `/issuetype/${bug}?alternativeIssueTypeId=${w.subtask.id}`)).status).toBe(409);
    const names = async () => (JSON.parse((await ask('GET', `/issuetype/${bug}/alternatives`)).text) as { id: string }[]).map((one) => one.id);
    expect(await names()).toEqual(expect.arrayContaining([task, epic]));
    // another workflow for Epic: what is a Bug cannot become one as it is
    const scheme = w.store.workflowSchemes.get(DEFAULTS.workflowScheme);
    const own = w.store.workflows.put({ ...existing(w.store.workflows, w.workflow), id: 'own', name: 'Own' });
    if (scheme) scheme.mappings[epic] = own.id;
    expect(await names()).not.toContain(epic);
    expect((await ask('DELETE', `/issuetype/${bug}?alternativeIssueTypeId=${epic}`)).status).toBe(400);
    expect(w.store.issue(key)?.workTypeId).toBe(bug);
    expect((await ask('DELETE', `/issuetype/${bug}?alternativeIssueTypeId=${task}`)).status).toBe(204);
    expect(w.store.issue(key)?.workTypeId).toBe(task);
    expect(w.store.workTypeSchemes.all().some((one) => one.workTypeIds.includes(bug))).toBe(false);
  });
});

describe('deleting statuses', () => {
  it('refuses all of them when one is in a workflow, which the site can tell beforehand', async () => {
    const w = world();
    const ask = asker(w);
    const made = await ask('POST', '/statuses', { scope: { type: 'GLOBAL' }, statuses: [{ name: 'Free', statusCategory: 'TODO' }] });
    const free = String((JSON.parse(made.text) as { id: string }[])[0]?.id);
    const refused = await ask('DELETE', `/statuses?id=${free}&id=${w.todo}`);
    expect([refused.status, refused.body.errorMessages]).toEqual([400, ['These statuses are used in workflows: To Do']]);
    expect(w.store.statuses.get(free)).toBeDefined();
    expect((await ask('GET', `/statuses/${w.todo}/workflowUsages`)).body).toMatchObject({ workflows: { values: [{ id: w.workflow }] } });
    expect((await ask('GET', `/statuses/${w.todo}/projectUsages`)).body).toMatchObject({ projects: { values: [{ id: w.project.id }] } });
    const types = await ask('GET', `/statuses/${w.todo}/project/${w.project.id}/issueTypeUsages?maxResults=2`);
    expect(types.body).toMatchObject({ issueTypes: { values: [{ id: w.typeId('Task') }, {}], nextPageToken: '2' } });
    expect((await ask('GET', `/statuses/${free}/workflowUsages`)).body).toEqual({ statusId: free, workflows: { values: [] } });
    expect((await ask('DELETE', `/statuses?id=${free}`)).status).toBe(204);
  });
});

describe('the trash of custom fields', () => {
  it('hides a field with its values and gives both back', async () => {
    const w = world();
    const ask = asker(w);
    const text = w.field('Cause', 'textfield');
    const key = await w.item({ [text]: 'lightning' });
    const fields = async () => (await ask('GET', `/issue/${key}`)).body.fields as Record<string, unknown>;
    expect((await ask('POST', `/field/${text}/trash`)).status).toBe(200);
    expect(Object.keys(await fields())).not.toContain(text);
    expect((await ask('POST', `/field/${text}/trash`)).status).toBe(404);
    expect((await ask('PUT', `/issue/${key}`, { fields: { [text]: 'x' } })).status).toBe(400);
    expect((await ask('PUT', `/issue/${key}`, { fields: { summary: 'Changed meanwhile' } })).status).toBe(204);
    expect((await ask('GET', '/field/search/trashed')).body).toMatchObject({ total: 1, values: [{ id: text }] });
    expect((await ask('POST', `/field/${text}/restore`)).status).toBe(200);
    expect((await fields())[text]).toBe('lightning');
    expect((await ask('PUT', `/issue/${key}`, { fields: { [text]: 'a mouse' } })).status).toBe(204);
    expect((await ask('POST', `/field/${text}/restore`)).status).toBe(404);
  });

  it('keeps a field sixty days, and deleting goes by it', async () => {
    const w = world();
    const ask = asker(w);
    const [first, second] = [w.field('First', 'textfield'), w.field('Second', 'textfield')];
    await ask('POST', `/field/${first}/trash`);
    await ask('POST', `/field/${second}/trash`);
    expect((await ask('DELETE', `/field/${first}`)).status).toBe(303);
    w.clock.advance(61 * 24 * 3_600_000);
    expect((await ask('POST', `/field/${second}/restore`)).status).toBe(404);
    expect(w.store.screens.get(DEFAULTS.screen)?.tabs[0]?.fieldIds).not.toContain(second);
  });
});

describe('the recycle bin of projects', () => {
  it('takes a project with its work items and links, and gives them back', async () => {
    const w = world();
    const ask = asker(w);
    const [one, two] = [await w.item(), await w.item()];
    await ask('POST', '/issueLink', { type: { name: 'Blocks' }, inwardIssue: { key: one }, outwardIssue: { key: two } });
    expect((await asker(w, w.ann)('DELETE', '/project/DEMO')).status).toBe(404);
    expect((await ask('DELETE', '/project/DEMO')).status).toBe(204);
    expect((await ask('GET', `/issue/${one}`)).status).toBe(404);
    expect((await ask('GET', '/project/DEMO')).status).toBe(404);
    const again = { key: 'DEMO', name: 'Other', projectTypeKey: 'software', leadAccountId: w.admin };
    expect((await ask('POST', '/project', again)).body).toMatchObject({ errors: { projectKey: "Project 'Demo' uses this project key." } });
    const copy = new Store();
    copy.load(JSON.parse(JSON.stringify(w.store.toJSON())) as Json);
    expect(copy.deletedProjects.get(w.project.id)?.issues).toHaveLength(2);
    expect((await ask('POST', '/project/DEMO/restore')).body).toMatchObject({ key: 'DEMO' });
    expect((await ask('GET', `/issue/${one}`)).body).toMatchObject({ fields: { issuelinks: [{ outwardIssue: { key: two } }] } });
    expect((await ask('POST', '/project/DEMO/restore')).status).toBe(404);
  });

  it('is passed by when asked to, and empties itself after sixty days', async () => {
    const w = world();
    const ask = asker(w);
    expect((await ask('DELETE', '/project/DEMO?enableUndo=false')).status).toBe(204);
    expect((await ask('POST', '/project/DEMO/restore')).status).toBe(404);
    const made = await ask('POST', '/project', { key: 'NEXT', name: 'Next', projectTypeKey: 'software', leadAccountId: w.admin });
    expect(made.status).toBe(201);
    await ask('DELETE', '/project/NEXT');
    w.clock.advance(61 * 24 * 3_600_000);
    expect((await ask('POST', '/project/NEXT/restore')).status).toBe(404);
  });

  it('does not hold what was deleted in the background', async () => {
    const w = world();
    const ask = asker(w);
    await w.item();
    const task = await ask('POST', '/project/DEMO/delete');
    expect(task.status).toBe(303);
    w.clock.advance(1);
    await expect.poll(async () => (await ask('GET', `/task/${idOf(task)}`)).body.status).toBe('COMPLETE');
    expect([w.store.projects.size, w.store.issues.size, w.store.deletedProjects.size]).toEqual([0, 0, 0]);
  });
});

describe('deleting a role', () => {
  it('counts permission schemes, security levels and workflow rules as use, and swaps them', async () => {
    const w = world();
    const ask = asker(w);
    const [role, other] = [idOf(await ask('POST', '/role', { name: 'Agents' })), idOf(await ask('POST', '/role', { name: 'Helpers' }))];
    const conditions = { operation: 'ALL' as const, conditions: [], conditionGroups: [] };
    const restricted = { id: 'r', ruleKey: 'system:restrict-issue-transition', parameters: { roleIds: `${role},${other}` } };
    w.transitions({ id: '5', name: 'Go', toStatusId: w.done, conditions: { ...conditions, conditions: [restricted] } });
    expect((await ask('DELETE', `/role/${role}`)).status).toBe(409);
    expect((await ask('DELETE', `/role/${role}?swap=1`)).status).toBe(400);
    const level = { name: 'Closed', members: [{ type: 'projectrole', parameter: role }] };
    await ask('POST', '/issuesecurityschemes', { name: 'Circles', levels: [level] });
    expect((await ask('DELETE', `/role/${role}?swap=${other}`)).status).toBe(204);
    expect(restricted.parameters.roleIds).toBe(other);
    expect(w.store.securitySchemes.all()[0]?.levels[0]?.members[0]?.holder).toEqual({ type: 'projectRole', roleId: other });
    expect((await ask('DELETE', `/role/${role}`)).status).toBe(404);
  });

  it('is renamed in two ways', async () => {
    const w = world();
    const ask = asker(w);
    const role = idOf(await ask('POST', '/role', { name: 'Agents', description: 'Old' }));
    expect((await ask('POST', `/role/${role}`, { name: 'Team', description: 'ignored' })).body).toMatchObject({ name: 'Team', description: 'Old' });
    expect((await ask('PUT', `/role/${role}`, { name: 'Team' })).status).toBe(400);
    expect((await ask('PUT', `/role/${role}`, { name: 'Crew', description: 'New' })).body).toMatchObject({ name: 'Crew', description: 'New' });
    expect((await ask('POST', `/role/${role}`, { name: 'Administrators' })).status).toBe(400);
  });
});

describe('permission schemes', () => {
  it('lose one grant by its id, which stays the same, or all by a new list', async () => {
    const w = world();
    const ask = asker(w);
    const group = (permission: string) => ({ permission, holder: { type: 'group', parameter: 'jira-users' } });
    const made = await ask('POST', '/permissionscheme?expand=permissions', {
      name: 'Own',
      permissions: [group('BROWSE_PROJECTS'), group('EDIT_ISSUES')],
    });
    const scheme = idOf(made);
    const grants = async () => (await ask('GET', `/permissionscheme/${scheme}/permission`)).body.permissions as { id: number; permission: string }[];
    const [browse, edit] = await grants();
    expect((await ask('DELETE', `/permissionscheme/${scheme}/permission/${String(browse?.id)}`)).status).toBe(204);
    expect(await grants()).toMatchObject([{ id: edit?.id, permission: 'EDIT_ISSUES' }]);
    expect((await ask('GET', `/permissionscheme/${scheme}/permission/${String(edit?.id)}`)).body).toMatchObject({ permission: 'EDIT_ISSUES' });
    expect((await ask('DELETE', `/permissionscheme/${scheme}/permission/${String(browse?.id)}`)).status).toBe(400);
    const changed = await ask('PUT', `/permissionscheme/${scheme}`, { name: 'Ours', permissions: [group('ADD_COMMENTS')] });
    expect(changed.body).toMatchObject({ name: 'Ours', permissions: [{ permission: 'ADD_COMMENTS' }] });
    expect((await ask('PUT', `/permissionscheme/${scheme}`, { name: 'Still' })).body).not.toHaveProperty('permissions');
    expect(await grants()).toHaveLength(1);
  });
});

describe('deleting other things', () => {
  it('keeps the default priority and gives its place to those that go', async () => {
    const w = world();
    const ask = asker(w);
    const key = await w.item({ priority: { name: 'High' } });
    expect((await ask('DELETE', '/priority/3')).status).toBe(400);
    expect((await ask('DELETE', '/priority/2')).status).toBe(303);
    expect((await ask('GET', `/issue/${key}?fields=priority`)).body).toMatchObject({ fields: { priority: { name: 'Medium' } } });
  });

  it('orders resolutions and names the default', async () => {
    const w = world();
    const ask = asker(w);
    const ids = w.store.resolutions.all().map(({ id }) => id);
    expect((await ask('PUT', '/resolution/move', { ids: [ids[2]], position: 'First' })).status).toBe(204);
    expect((await ask('PUT', '/resolution/move', { ids: [ids[0]], after: ids[1], position: 'First' })).status).toBe(400);
    expect((await ask('PUT', '/resolution/default', { id: ids[1] })).status).toBe(204);
    expect((await ask('GET', '/resolution/search')).body).toMatchObject({
      values: [{ id: ids[2], default: false }, { id: ids[0] }, { id: ids[1], default: true }],
    });
  });

  it('replaces an option before it goes', async () => {
    const w = world();
    const ask = asker(w);
    const [one, many] = [w.field('Impact', 'select', ['Low', 'High']), w.field('Places', 'multiselect', ['Here', 'There'])];
    const options = (id: string) => w.store.fields.get(id)?.contexts[0];
    const key = await w.item({ [one]: { value: 'Low' }, [many]: [{ value: 'Here' }, { value: 'There' }] });
    for (const [field, name] of [
      [one, 'High'],
      [many, 'There'],
    ] as const) {
      const context = options(field);
      const [gone, stays] = context?.options ?? [];
      const path = `/field/${field}/context/${context?.id ?? ''}/option/${gone?.id ?? ''}`;
      expect((await ask('DELETE', path)).status).toBe(400);
      expect((await ask('DELETE', `${path}/issue?replaceWith=${stays?.id ?? ''}`)).status).toBe(303);
      expect((await ask('DELETE', path)).status).toBe(204);
      expect(stays?.value).toBe(name);
    }
    expect((await ask('GET', `/issue/${key}`)).body).toMatchObject({ fields: { [one]: { value: 'High' }, [many]: [{ value: 'There' }] } });
  });

  it('changes and deletes filters of one’s own', async () => {
    const w = world();
    const [ask, bob] = [asker(w, w.ann), asker(w, w.bob)];
    const filter = idOf(await ask('POST', '/filter', { name: 'Mine', jql: 'project = DEMO', sharePermissions: [{ type: 'authenticated' }] }));
    expect((await bob('PUT', `/filter/${filter}`, { name: 'Theirs' })).status).toBe(400);
    expect((await ask('PUT', `/filter/${filter}`, { name: 'Ours', jql: 'project = NO' })).status).toBe(400);
    expect((await ask('PUT', `/filter/${filter}`, { name: 'Ours', jql: 'status = Done' })).body).toMatchObject({
      name: 'Ours',
      jql: 'status = Done',
    });
    expect((await bob('PUT', `/filter/${filter}/favourite`)).body).toMatchObject({ favourite: true, favouritedCount: 1 });
    expect((await bob('GET', '/filter/search?expand=favourite&filterName=our')).body).toMatchObject({
      total: 1,
      values: [{ name: 'Ours', favourite: true }],
    });
    expect((await bob('DELETE', `/filter/${filter}`)).status).toBe(401);
    expect((await ask('PUT', `/filter/${filter}/owner`, { accountId: w.bob })).status).toBe(204);
    expect((await bob('DELETE', `/filter/${filter}`)).status).toBe(204);
  });

  it('takes a group out of all that names it, and a person out of their groups', async () => {
    const w = world();
    const ask = asker(w);
    const group = String((await ask('POST', '/group', { name: 'desk' })).body.groupId);
    const grant = { permission: 'BROWSE_PROJECTS', holder: { type: 'group', parameter: 'desk' } };
    await ask('POST', `/permissionscheme/${DEFAULTS.permissionScheme}/permission`, grant);
    expect((await ask('DELETE', '/group?groupname=jira-users')).status).toBe(400);
    expect((await ask('DELETE', `/group?groupId=${group}`)).status).toBe(200);
    expect((await ask('GET', `/permissionscheme/${DEFAULTS.permissionScheme}?expand=all`)).text).not.toContain('desk');
    expect((await ask('DELETE', `/user?accountId=${w.admin}`)).status).toBe(400);
    expect((await ask('DELETE', `/user?accountId=${w.bob}`)).status).toBe(204);
    expect([w.store.users.get(w.bob)?.active, (await asker(w, w.bob)('GET', '/myself')).status]).toEqual([false, 401]);
  });
});
