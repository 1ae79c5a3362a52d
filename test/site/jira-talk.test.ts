/** What people and apps say about work items beside their fields: comments for some, rendered texts, saved searches, and creating in one go. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../sandbox/jira/store';
import { rule, world, type World } from './jiraWorld';

const API = '/rest/api/3';

const doc = (text: string, marks: Json[] = []): Json => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text, ...(marks.length > 0 && { marks }) }] }],
});

const asker =
  (w: World, by: string) =>
  async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await w.send(by, method, API + path, body);
    const text = await response.text();
    return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };

describe('a comment for a group or a role', () => {
  it('is there for its members alone: in the list, in the work item, in searches, by id', async () => {
    const w = world();
    const [ann, bob, admin] = [asker(w, w.ann), asker(w, w.bob), asker(w, w.admin)];
    const key = await w.item();
    await admin('POST', '/group', { name: 'desk' });
    const visibility = { type: 'group', value: 'desk' };
    const refused = await ann('POST', `/issue/${key}/comment`, { body: doc('hidden word'), visibility });
    expect([refused.status, refused.body.errorMessages]).toEqual([400, ['You are currently not a member of the group: desk.']]);
    await admin('POST', '/group/user?groupname=desk', { accountId: w.ann });
    const { body: comment } = await ann('POST', `/issue/${key}/comment`, { body: doc('hidden word'), visibility });
    expect(comment.visibility).toMatchObject(visibility);
    const id = String(comment.id);
    for (const [ask, seen] of [
      [ann, 1],
      [bob, 0],
    ] as const) {
      expect((await ask('GET', `/issue/${key}/comment`)).body.total).toBe(seen);
      expect((await ask('GET', `/issue/${key}`)).body).toMatchObject({ fields: { comment: { total: seen } } });
      expect((await ask('POST', '/search/approximate-count', { jql: 'comment ~ hidden' })).body.count).toBe(seen);
      expect((await ask('POST', '/search/approximate-count', { jql: 'text ~ hidden' })).body.count).toBe(seen);
      expect((await ask('GET', `/issue/${key}/comment/${id}`)).status).toBe(seen ? 200 : 404);
      expect((await ask('POST', '/comment/list', { ids: [Number(id)] })).body.total).toBe(seen);
      expect((await ask('GET', `/comment/${id}/properties`)).status).toBe(seen ? 200 : 404);
    }
    await ann('PUT', `/issue/${key}/comment/${id}`, { body: doc('hidden word'), visibility: null });
    expect((await bob('GET', `/issue/${key}/comment`)).body.total).toBe(1);
  });

  it('comes with an edit, and asks for a role by name', async () => {
    const w = world();
    const key = await w.item();
    const role = w.store.roles.find((one) => one.name === 'Administrators');
    w.project.roleActors[role?.id ?? ''] = { users: [w.ann], groups: [] };
    const add = { body: doc('closed'), visibility: { type: 'role', value: 'Administrators' } };
    expect((await asker(w, w.bob)('PUT', `/issue/${key}`, { update: { comment: [{ add }] } })).status).toBe(400);
    expect((await asker(w, w.ann)('PUT', `/issue/${key}`, { update: { comment: [{ add }] } })).status).toBe(204);
    expect((await asker(w, w.bob)('GET', `/issue/${key}/comment`)).body.total).toBe(0);
    expect((await asker(w, w.ann)('GET', `/issue/${key}/comment`)).body).toMatchObject({
      comments: [{ visibility: { type: 'role', identifier: role?.id } }],
    });
  });

  it('has properties that only those who may edit it change', async () => {
    const w = world();
    const [ann, bob] = [asker(w, w.ann), asker(w, w.bob)];
    const key = await w.item();
    const id = String((await ann('POST', `/issue/${key}/comment`, { body: doc('Hello') })).body.id);
    const property = `/comment/${id}/properties/sd.public.comment`;
    expect((await ann('PUT', property, { internal: true })).status).toBe(201);
    expect((await ann('PUT', property, { internal: false })).status).toBe(200);
    expect((await bob('PUT', property, { internal: true })).status).toBe(403);
    expect((await bob('GET', property)).body).toEqual({ key: 'sd.public.comment', value: { internal: false } });
    expect((await ann('DELETE', property)).status).toBe(204);
    expect([(await ann('GET', property)).status, (await ann('GET', '/comment/x/properties')).status]).toEqual([404, 400]);
  });
});

describe('creating with a transition', () => {
  it('ends in the status of the transition, with created before updated', async () => {
    const w = world();
    w.transitions({ id: '21', name: 'Start', toStatusId: w.doing });
    const body = { fields: { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'At once' }, transition: { id: '21' } };
    const made = await asker(w, w.ann)('POST', '/issue', body);
    expect(made.status).toBe(201);
    expect(w.store.issue(String(made.body.key))).toMatchObject({ statusId: w.doing, changes: [{ items: [{ field: 'status' }] }] });
    expect(w.events.map((one) => one.eventType)).toEqual(['avi:jira:created:issue', 'avi:jira:updated:issue']);
  });

  it('leaves nothing behind when the transition is refused', async () => {
    const w = world();
    const never = rule('system:validate-field-value', { ruleType: 'fieldRequired', fieldsRequired: 'duedate', errorMessage: 'When?' });
    w.transitions({ id: '21', name: 'Start', toStatusId: w.doing, validators: [never] });
    const body = { fields: { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'Never' }, transition: { id: '21' } };
    expect((await asker(w, w.ann)('POST', '/issue', body)).status).toBe(400);
    expect((await asker(w, w.ann)('POST', '/issue', { ...body, transition: { id: '99' } })).status).toBe(400);
    expect([w.store.issues.size, w.events]).toEqual([0, []]);
  });
});

describe('expand of a work item', () => {
  it('renders texts as HTML that runs nothing, and moments for people', async () => {
    const w = world();
    const description = doc('<b>bold</b>', [{ type: 'strong' }, { type: 'link', attrs: { href: 'javascript:alert(1)' } }]);
    const key = await w.item({ description, duedate: '2026-12-01' });
    await asker(w, w.ann)('POST', `/issue/${key}/comment`, { body: doc('Said') });
    const { body } = await asker(w, w.ann)('GET', `/issue/${key}?expand=renderedFields,editmeta,versionedRepresentations`);
    expect(body.renderedFields).toMatchObject({
      description: '<p><a href="" rel="nofollow noreferrer"><b>&lt;b&gt;bold&lt;/b&gt;</b></a></p>',
      created: '24/Nov/26 9:00 AM',
      duedate: '01/Dec/26',
      summary: null,
      comment: { comments: [{ body: '<p>Said</p>' }] },
    });
    expect(body).toMatchObject({
      editmeta: { fields: { summary: { required: true } } },
      versionedRepresentations: { summary: { '1': 'A thing to do' } },
    });
    expect((await asker(w, w.ann)('GET', `/issue/${key}/comment?expand=renderedBody`)).body).toMatchObject({
      comments: [{ renderedBody: '<p>Said</p>' }],
    });
  });
});

describe('filter = x', () => {
  const found = async (w: World, by: string, jql: string): Promise<string[]> =>
    ((await asker(w, by)('POST', '/search/jql', { jql, fields: ['summary'] })).body.issues as { key: string }[]).map((one) => one.key).sort();

  it('reads the saved query as the one who searches, by name and by id, and its contrary', async () => {
    const w = world();
    const [mine, other] = [await w.item({}, w.ann), await w.item({}, w.bob)];
    const share = { sharePermissions: [{ type: 'authenticated' }] };
    const { body } = await asker(w, w.ann)('POST', '/filter', { name: 'Reported by me', jql: 'reporter = currentUser() ORDER BY key', ...share });
    expect(await found(w, w.ann, 'filter = "reported by me"')).toEqual([mine]);
    expect(await found(w, w.bob, `filter = ${String(body.id)} AND project = DEMO`)).toEqual([other]);
    expect(await found(w, w.ann, 'filter != "Reported by me"')).toEqual([other]);
    expect(await found(w, w.ann, 'NOT filter in ("Reported by me")')).toEqual([other]);
    expect(await found(w, w.ann, 'filter not in ("Reported by me") OR summary ~ nothing')).toEqual([other]);
  });

  it('refuses filters that are not there, not shared, or lead back to themselves', async () => {
    const w = world();
    const ask = asker(w, w.ann);
    const { body } = await ask('POST', '/filter', { name: 'Round', jql: 'project = DEMO' });
    await ask('POST', '/filter', { name: 'About', jql: 'filter = Round' });
    expect((await ask('PUT', `/filter/${String(body.id)}`, { name: 'Round', jql: 'filter = About' })).status).toBe(200);
    const words = async (by: string, jql: string) => (await asker(w, by)('POST', '/search/jql', { jql })).body.errorMessages;
    expect(await words(w.ann, 'filter = Round')).toEqual([expect.stringContaining('cyclical reference')]);
    expect(await words(w.bob, 'filter = Round')).toEqual(["The value 'Round' does not exist for the field 'filter'."]);
    expect(await words(w.ann, 'filter = 99999')).toEqual(["A value with ID '99999' does not exist for the field 'filter'."]);
    expect(await words(w.ann, 'filter ~ Round')).toEqual(["The operator '~' is not supported by the 'filter' field."]);
    expect(await words(w.ann, 'filter = EMPTY')).toEqual([expect.stringContaining('only takes names and ids')]);
  });
});

describe('suggestions while a query is typed', () => {
  it.each<[string, string[]]>([
    ['fieldName=status&fieldValue=do', ['"To Do"', 'Done']],
    ['fieldName=project', ['DEMO']],
    ['fieldName=reporter&fieldValue=ann', ['712020:ann']],
    ['fieldName=labels&fieldValue=o', ['one', 'two']],
    ['fieldName=Impact', ['High', 'Low']],
    ['fieldName=status&predicateName=from&predicateValue=prog', ['"In Progress"']],
    ['fieldName=status&predicateName=by&predicateValue=bob', ['712020:bob']],
    ['fieldName=summary', []],
  ])('for %s', async (query, expected) => {
    const w = world();
    w.field('Impact', 'select', ['Low', 'High']);
    await w.item({ labels: ['one', 'two', 'three-x'] });
    const { body } = await asker(w, w.ann)('GET', `/jql/autocompletedata/suggestions?${query}`);
    const values = (body.results as { value: string }[]).map((one) => one.value).filter((one) => one !== 'three-x');
    expect(values.sort()).toEqual([...expected].sort());
  });

  it('mark what was typed, and want a field', async () => {
    const w = world();
    const ask = asker(w, w.ann);
    const { body } = await ask('GET', '/jql/autocompletedata/suggestions?fieldName=status&fieldValue=prog');
    expect(body.results).toEqual([{ value: '"In Progress"', displayName: 'In <b>Prog</b>ress' }]);
    expect((await ask('GET', '/jql/autocompletedata/suggestions')).status).toBe(400);
  });
});

describe('many work items', () => {
  it('are watched, no longer watched, and deleted with their subtasks', async () => {
    const w = world();
    const ask = asker(w, w.ann);
    const [parent, other] = [await w.item(), await w.item()];
    const child = await w.item({ issuetype: { name: 'Sub-task' }, parent: { key: parent } });
    const many = { selectedIssueIdsOrKeys: [parent, other] };
    const done = async (what: string) => {
      const { body } = await ask('POST', `/bulk/issues/${what}`, many);
      w.clock.advance(1);
      await expect.poll(async () => (await ask('GET', `/bulk/queue/${String(body.taskId)}`)).body.status).toBe('COMPLETE');
    };
    await done('watch');
    expect(w.store.issue(other)?.watchers).toEqual([w.ann]);
    await done('unwatch');
    expect(w.store.issue(other)?.watchers).toEqual([]);
    expect((await ask('POST', '/bulk/issues/delete', many)).status).toBe(403);
    w.store.permissionSchemes.all()[0]?.grants.push({ permission: 'DELETE_ISSUES', holder: { type: 'applicationRole' } });
    await done('delete');
    expect([parent, other, child].map((key) => w.store.issue(key))).toEqual([undefined, undefined, undefined]);
  });

  it('get properties in a task, those that the caller may edit', async () => {
    const w = world();
    const ask = asker(w, w.ann);
    const [one, two] = [w.store.issue(await w.item())?.id ?? '', w.store.issue(await w.item())?.id ?? ''];
    const values = () => [one, two].map((id) => w.store.issues.get(id)?.properties.a);
    const run = async (method: string, path: string, body: unknown) => {
      expect((await ask(method, path, body)).status).toBe(303);
      w.clock.advance(1);
      await expect.poll(() => w.store.tasks.all().every((task) => task.status === 'COMPLETE')).toBe(true);
    };
    await run('POST', '/issue/properties', { entitiesIds: [Number(one), 1], properties: { a: 1 } });
    expect(values()).toEqual([1, undefined]);
    await run('PUT', '/issue/properties/a', { value: 2, filter: { hasProperty: false } });
    expect(values()).toEqual([1, 2]);
    await run('POST', '/issue/properties/multi', { issues: [{ issueID: Number(two), properties: { a: 3 } }] });
    await run('DELETE', '/issue/properties/a', { currentValue: 1 });
    expect(values()).toEqual([undefined, 3]);
    w.store.permissionSchemes.all().forEach((scheme) => (scheme.grants = scheme.grants.filter((grant) => grant.permission !== 'EDIT_ISSUES')));
    await run('DELETE', '/issue/properties/a', { entityIds: [Number(two)] });
    expect(values()).toEqual([undefined, 3]);
  });
});

describe('finding people', () => {
  it('by what they may do and by what they did', async () => {
    const w = world();
    const ask = asker(w, w.admin);
    const key = await w.item({ assignee: { accountId: w.bob } });
    const ids = (body: unknown) => (body as { accountId: string }[]).map((one) => one.accountId).sort();
    const query = async (text: string) => ids((await ask('GET', `/user/search/query?query=${encodeURIComponent(text)}`)).body.values);
    expect([await query('is assignee of DEMO'), await query(`is reporter of (${key})`), await query('involves DEMO')]).toEqual([
      [w.bob],
      [w.ann],
      [w.ann, w.bob].sort(),
    ]);
    expect((await ask('GET', '/user/search/query?query=nonsense')).status).toBe(400);
    const may = async (permission: string) => ids((await ask('GET', `/user/permission/search?permissions=${permission}&projectKey=DEMO`)).body);
    expect([await may('EDIT_ISSUES'), await may('DELETE_ISSUES')]).toEqual([[w.ann, w.bob, w.admin].sort(), []]);
    expect(ids((await ask('GET', `/user/viewissue/search?issueKey=${key}&query=bob`)).body)).toEqual([w.bob]);
    expect((await ask('GET', '/user/viewissue/search')).status).toBe(400);
  });
});
