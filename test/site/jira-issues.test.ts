/** Work items over REST: creating, reading, editing, deleting, and what hangs on them. */
import {
  addComment,
  assignIssue,
  bulkFetchIssues,
  createIssue,
  createIssues,
  deleteComment,
  deleteIssue,
  editIssue,
  getBulkChangelogs,
  getChangeLogs,
  getComments,
  getCreateIssueMetaIssueTypeId,
  getCreateIssueMetaIssueTypes,
  getEditIssueMeta,
  getIssue,
  getIssueLink,
  getIssuePropertyKeys,
  linkIssues,
  updateComment,
} from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import { refusal, world } from './jiraWorld';

const doc = (text: string) => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });
const MISSING = 'Issue does not exist or you do not have permission to see it.';

describe('creating', () => {
  it('answers id, key and self, and stores every kind of field in its REST form', async () => {
    const w = world();
    const ids = {
      line: w.field('Line', 'textfield'),
      area: w.field('Area', 'textarea'),
      select: w.field('Colour', 'select', ['Red', 'Blue']),
      radio: w.field('Size', 'radiobuttons', ['S', 'L']),
      multi: w.field('Places', 'multiselect', ['Here', 'There']),
      boxes: w.field('Boxes', 'multicheckboxes', ['One', 'Two']),
      user: w.field('Coordinator', 'userpicker'),
      users: w.field('Team', 'multiuserpicker'),
      group: w.field('Group', 'grouppicker'),
      date: w.field('Day', 'datepicker'),
      moment: w.field('Moment', 'datetime'),
      number: w.field('Effort', 'float'),
      labels: w.field('Tags', 'labels'),
      url: w.field('Link', 'url'),
      cascade: w.field('Category', 'cascadingselect', ['Hardware']),
    };
    const context = w.store.fields.get(ids.cascade)?.contexts[0];
    context?.options.push({ id: '99', value: 'Printer', disabled: false, parentId: context.options[0]?.id ?? '' });
    const group = w.store.groups.all()[0];

    const created = await createIssue(w.client(w.ann), {
      fields: {
        project: { key: 'DEMO' },
        issuetype: { name: 'Task' },
        summary: 'Printer is out of paper',
        description: doc('It blinks.'),
        labels: ['paper'],
        duedate: '2026-12-01',
        [ids.line]: 'a line',
        [ids.area]: doc('an area'),
        [ids.select]: { value: 'Red' },
        [ids.radio]: { value: 'L' },
        [ids.multi]: [{ value: 'Here' }, { value: 'There' }],
        [ids.boxes]: [{ value: 'Two' }],
        [ids.user]: { accountId: w.bob },
        [ids.users]: [{ accountId: w.ann }, { id: w.bob }],
        [ids.group]: { groupId: group?.id ?? '' },
        [ids.date]: '2026-11-30',
        [ids.moment]: '2026-11-30T10:00:00.000+0100',
        [ids.number]: 3.5,
        [ids.labels]: ['b', 'a'],
        [ids.url]: 'https://example.com/x',
        [ids.cascade]: { value: 'Hardware', child: { value: 'Printer' } },
      } as never,
    });
    expect(created).toMatchObject({ key: 'DEMO-1', self: `http://site.test/rest/api/3/issue/${created.id}` });

    const { fields = {} } = await getIssue(w.client(w.bob), { issueIdOrKey: 'demo-1' });
    expect(fields).toMatchObject({
      summary: 'Printer is out of paper',
      description: doc('It blinks.'),
      status: { name: 'To Do', statusCategory: { key: 'new' } },
      reporter: { accountId: w.ann },
      creator: { accountId: w.ann },
      assignee: null,
      resolution: null,
      priority: { name: 'Medium' },
      labels: ['paper'],
      duedate: '2026-12-01',
      created: '2026-11-24T09:00:00.000+0000',
      issuelinks: [],
      subtasks: [],
      [ids.line]: 'a line',
      [ids.area]: doc('an area'),
      [ids.select]: { value: 'Red' },
      [ids.radio]: { value: 'L' },
      [ids.multi]: [{ value: 'Here' }, { value: 'There' }],
      [ids.boxes]: [{ value: 'Two' }],
      [ids.user]: { accountId: w.bob },
      [ids.users]: [{ accountId: w.ann }, { accountId: w.bob }],
      [ids.group]: { name: group?.name },
      [ids.date]: '2026-11-30',
      [ids.moment]: '2026-11-30T09:00:00.000+0000',
      [ids.number]: 3.5,
      [ids.labels]: ['a', 'b'],
      [ids.url]: 'https://example.com/x',
      [ids.cascade]: { value: 'Hardware', child: { value: 'Printer' } },
    });
    expect(w.events.map((one) => one.eventType)).toEqual(['avi:jira:created:issue']);
    expect(w.events[0]?.payload).toMatchObject({ issue: { key: 'DEMO-1' }, atlassianId: w.ann, timestamp: '1795510800000' });
  });

  it('reads an unset custom field as null, lists too, and leaves out fields without a context', async () => {
    const w = world();
    const empty = w.field('Places', 'multiselect', ['Here']);
    const elsewhere = w.field('Elsewhere', 'textfield');
    const context = w.store.fields.get(elsewhere)?.contexts[0];
    if (context) context.projectIds = ['4711'];
    const { fields = {} } = await getIssue(w.client(w.ann), { issueIdOrKey: await w.item() });
    expect(fields[empty]).toBeNull();
    expect(fields).not.toHaveProperty(elsewhere);
    expect((await refusal(w.item({ [elsewhere]: 'x' }))).body.errors).toHaveProperty(elsewhere);
  });

  it('tells everything that is wrong at once and creates nothing', async () => {
    const w = world();
    const hidden = w.field('Hidden', 'textfield', [], false);
    const colour = w.field('Colour', 'select', ['Red']);
    const number = w.field('Effort', 'float');
    const refused = await refusal(
      w.item({
        summary: '',
        [hidden]: 'x',
        customfield_1: 'y',
        [colour]: { value: 'Green' },
        [number]: '3',
        labels: ['a b'],
        description: 'text',
        duedate: 'soon',
      }),
    );
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      errorMessages: [],
      errors: {
        summary: 'You must specify a summary of the issue.',
        [hidden]: `Field '${hidden}' cannot be set. It is not on the appropriate screen, or unknown.`,
        customfield_1: "Field 'customfield_1' cannot be set. It is not on the appropriate screen, or unknown.",
        [colour]: "Option value 'Green' is not valid",
        [number]: "'3' is an invalid number",
        labels: "The label 'a b' contains spaces which is invalid.",
        description: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
        duedate: 'Error parsing date string: soon',
      },
    });
    expect(w.store.issues.size).toBe(0);
    expect(w.events).toEqual([]);
  });

  it('needs a project, a work type it offers, and the right to create', async () => {
    const w = world();
    const create = (fields: object) => refusal(createIssue(w.client(w.ann), { fields: fields as never }));
    expect((await create({ summary: 'x' })).body.errors).toHaveProperty('project');
    expect((await create({ summary: 'x', project: { key: 'DEMO' } })).body.errors).toHaveProperty('issuetype');
    expect((await create({ summary: 'x', project: { key: 'DEMO' }, issuetype: { name: 'Unheard of' } })).body.errors).toHaveProperty('issuetype');
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'CREATE_ISSUES');
    expect((await refusal(w.item())).body.errors).toHaveProperty('project');
    expect((await refusal(createIssue(w.client(undefined), { fields: {} as never }))).status).toBe(401);
  });

  it('lets only those who may modify the reporter name somebody else', async () => {
    const w = world();
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'MODIFY_REPORTER');
    await w.item({ reporter: { id: w.ann } });
    expect((await refusal(w.item({ reporter: { id: w.bob } }))).body.errors?.reporter).toMatch(/cannot be set/);
    scheme?.grants.push({ permission: 'MODIFY_REPORTER', holder: { type: 'user', accountId: w.ann } });
    const key = await w.item({ reporter: { id: w.bob } });
    expect(w.store.issue(key)?.fields.reporter).toBe(w.bob);
  });

  it('sets properties and links in the one request, and takes the default assignee of the project', async () => {
    const w = world();
    w.project.assigneeType = 'PROJECT_LEAD';
    const first = await w.item();
    const { key } = await createIssue(w.client(w.ann), {
      fields: { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'Second' } as never,
      update: { issuelinks: [{ add: { type: { name: 'Blocks' }, outwardIssue: { key: first } } }] } as never,
      properties: [{ key: 'usm', value: { mir: 7 } }],
    });
    const { fields = {}, properties } = await getIssue(w.client(w.ann), { issueIdOrKey: key ?? '', properties: ['usm'] });
    expect(properties).toEqual({ usm: { mir: 7 } });
    expect(fields.assignee).toMatchObject({ accountId: w.admin });
    expect(fields.issuelinks).toMatchObject([{ type: { outward: 'blocks' }, outwardIssue: { key: first } }]);
    expect(w.events.map((one) => one.eventType)).toEqual(['avi:jira:created:issue', 'avi:jira:created:issue', 'avi:jira:created:issuelink']);
  });

  it('refuses a link in a create whose other end nobody sees, and creates nothing', async () => {
    const w = world();
    const refused = await refusal(
      createIssue(w.client(w.ann), {
        fields: { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'x' } as never,
        update: { issuelinks: [{ add: { type: { name: 'Blocks' }, outwardIssue: { key: 'DEMO-99' } } }] } as never,
      }),
    );
    expect(refused.body.errors).toEqual({ issuelinks: MISSING });
    expect(w.store.issues.size).toBe(0);
  });

  it('makes subtasks under a parent of the right level in the same project', async () => {
    const w = world();
    const parent = await w.item();
    expect((await refusal(w.item({ issuetype: { name: 'Sub-task' } }))).body.errors).toHaveProperty('issuetype');
    const child = await w.item({ issuetype: { name: 'Sub-task' }, parent: { key: parent } });
    expect((await refusal(w.item({ issuetype: { name: 'Sub-task' }, parent: { key: child } }))).body.errors).toHaveProperty('parent');
    const { fields = {} } = await getIssue(w.client(w.ann), { issueIdOrKey: parent });
    expect(fields.subtasks).toMatchObject([{ key: child, fields: { status: { name: 'To Do' } } }]);
    expect((await getIssue(w.client(w.ann), { issueIdOrKey: child })).fields?.parent).toMatchObject({ key: parent });

    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    expect((await refusal(deleteIssue(w.client(w.ann), { issueIdOrKey: parent }))).status).toBe(403);
    scheme?.grants.push({ permission: 'DELETE_ISSUES', holder: { type: 'user', accountId: w.ann } });
    expect((await refusal(deleteIssue(w.client(w.ann), { issueIdOrKey: parent }))).status).toBe(400);
    await deleteIssue(w.client(w.ann), { issueIdOrKey: parent, deleteSubtasks: 'true' });
    expect(w.store.issues.size).toBe(0);
  });

  it('creates many and tells which failed', async () => {
    const w = world();
    const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Task' } };
    const answer = await createIssues(w.client(w.ann), {
      issueUpdates: [{ fields: { ...fields, summary: 'one' } }, { fields }, { fields: { ...fields, summary: 'three' } }] as never,
    });
    expect(answer.issues?.map((one) => one.key)).toEqual(['DEMO-1', 'DEMO-2']);
    expect(answer.errors).toMatchObject([
      { failedElementNumber: 1, status: 400, elementErrors: { errors: { summary: 'You must specify a summary of the issue.' } } },
    ]);
    expect((await refusal(createIssues(w.client(w.ann), { issueUpdates: [{ fields }] as never }))).status).toBe(400);
  });

  it('tells forms what can be set', async () => {
    const w = world();
    const colour = w.field('Colour', 'select', ['Red', 'Blue']);
    const types = await getCreateIssueMetaIssueTypes(w.client(w.ann), { projectIdOrKey: 'DEMO' });
    expect(types.issueTypes?.map((one) => one.name)).toContain('Task');
    const { fields = [] } = await getCreateIssueMetaIssueTypeId(w.client(w.ann), { projectIdOrKey: 'DEMO', issueTypeId: w.typeId('Task') });
    const byId = new Map(fields.map((one) => [one.fieldId, one]));
    expect(byId.get('summary')).toMatchObject({ required: true, schema: { type: 'string', system: 'summary' } });
    expect(byId.get(colour)).toMatchObject({ required: false, operations: ['set'], allowedValues: [{ value: 'Red' }, { value: 'Blue' }] });
    const edit = await getEditIssueMeta(w.client(w.ann), { issueIdOrKey: await w.item() });
    expect(edit.fields).toHaveProperty(colour);
  });
});

describe('reading', () => {
  it('shows nothing to those who may not browse', async () => {
    const w = world();
    const key = await w.item();
    const refused = await refusal(getIssue(w.client(undefined), { issueIdOrKey: key }));
    expect([refused.status, refused.body]).toEqual([404, { errorMessages: [MISSING], errors: {} }]);
    expect((await refusal(getIssue(w.client(w.ann), { issueIdOrKey: 'DEMO-99' }))).body.errorMessages).toEqual([MISSING]);
  });

  it('gives the fields that are asked for', async () => {
    const w = world();
    const key = await w.item();
    const ask = async (fields: string[]) => Object.keys((await getIssue(w.client(w.ann), { issueIdOrKey: key, fields })).fields ?? {});
    expect(await ask(['summary', 'status'])).toEqual(['status', 'summary']);
    expect(await ask(['*all', '-comment'])).not.toContain('comment');
    expect(await ask(['*navigable'])).not.toContain('comment');
    expect(await ask(['*all'])).toContain('comment');
    const issue = await getIssue(w.client(w.ann), {
      issueIdOrKey: key,
      fields: ['summary'],
      expand: ['names', 'schema', 'changelog', 'transitions'] as never,
    });
    expect(issue.names).toEqual({ summary: 'Summary' });
    expect(issue.changelog?.total).toBe(0);
    expect(issue.transitions?.length).toBeGreaterThan(0);
  });

  it('fetches many in the order of ids, without what the caller may not see', async () => {
    const w = world();
    const [a, b] = [await w.item(), await w.item()];
    const answer = await bulkFetchIssues(w.client(w.ann), { issueIdsOrKeys: [b, a, 'DEMO-99'], fields: ['summary'] });
    expect(answer.issues?.map((one) => one.key)).toEqual([a, b]);
  });
});

describe('editing', () => {
  it('is refused where the workflow makes a status read-only; talking and linking are not', async () => {
    const w = world();
    const [key, other] = [await w.item({}), await w.item({})];
    const { id } = await addComment(w.client(w.ann), { issueIdOrKey: key, body: doc('Before') });
    const statusId = w.store.issue(key)?.statusId;
    for (const workflow of w.store.workflows.all())
      for (const status of workflow.statuses) if (status.statusId === statusId) status.properties = { 'jira.issue.editable': 'false' };

    expect(Object.keys((await getEditIssueMeta(w.client(w.ann), { issueIdOrKey: key })).fields ?? {})).toEqual([]);
    expect((await refusal(editIssue(w.client(w.ann), { issueIdOrKey: key, fields: { summary: 'Afterwards' } as never }))).status).toBe(400);
    expect((await refusal(updateComment(w.client(w.ann), { issueIdOrKey: key, id: id ?? '', body: doc('Other') }))).status).toBe(400);
    expect(w.store.issue(key)?.changes).toEqual([]);

    await addComment(w.client(w.ann), { issueIdOrKey: key, body: doc('After') });
    await linkIssues(w.client(w.ann), { type: { name: 'Relates' }, inwardIssue: { key }, outwardIssue: { key: other } });
    expect((await getComments(w.client(w.ann), { issueIdOrKey: key })).total).toBe(2);
  });

  it('is one changelog entry with an item per field, and one event', async () => {
    const w = world();
    const colour = w.field('Colour', 'select', ['Red', 'Blue']);
    const key = await w.item({ [colour]: { value: 'Red' } });
    w.clock.advance(60_000);
    w.events.length = 0;
    await editIssue(w.client(w.bob), {
      issueIdOrKey: key,
      fields: { summary: 'Renamed', [colour]: { value: 'Blue' } } as never,
      update: { labels: [{ add: 'new' }] } as never,
    });
    const log = await getChangeLogs(w.client(w.ann), { issueIdOrKey: key });
    const [red, blue] = w.store.fields.get(colour)?.contexts[0]?.options ?? [];
    expect(log).toMatchObject({
      total: 1,
      values: [
        {
          author: { accountId: w.bob },
          created: new Date('2026-11-24T09:01:00Z'),
          items: expect.arrayContaining([
            { field: 'summary', fieldtype: 'jira', fieldId: 'summary', from: null, fromString: 'A thing to do', to: null, toString: 'Renamed' },
            { field: 'Colour', fieldtype: 'custom', fieldId: colour, from: red?.id, fromString: 'Red', to: blue?.id, toString: 'Blue' },
            { field: 'labels', fieldtype: 'jira', fieldId: 'labels', from: '', fromString: '', to: '', toString: 'new' },
          ]) as unknown,
        },
      ],
    });
    expect(w.events.map((one) => one.eventType)).toEqual(['avi:jira:updated:issue']);
    expect(w.events[0]?.payload).toMatchObject({ changelog: { id: w.store.issue(key)?.changes[0]?.id }, atlassianId: w.bob });
    expect(w.events[0]?.payload).not.toHaveProperty('associatedStatuses');
    expect(await (await w.send(w.ann, 'GET', `/rest/api/3/issue/${key}/changelog`)).text()).toContain('"created":"2026-11-24T09:01:00.000+0000"');
  });

  it('that changes nothing leaves no trace', async () => {
    const w = world();
    const key = await w.item();
    const before = w.stateOf(key);
    w.events.length = 0;
    await editIssue(w.client(w.ann), { issueIdOrKey: key, fields: { summary: 'A thing to do' } as never });
    expect(w.stateOf(key)).toBe(before);
    expect(w.events).toEqual([]);
  });

  it('refuses fields off the screen, fields given twice and people without the right, changing nothing', async () => {
    const w = world();
    const hidden = w.field('Hidden', 'textfield', [], false);
    const key = await w.item();
    const before = w.stateOf(key);
    const edit = (fields: object, update?: object, by = w.ann) =>
      refusal(editIssue(w.client(by), { issueIdOrKey: key, fields: fields as never, update: update as never }));
    expect((await edit({ summary: 'new', [hidden]: 'x' })).body.errors).toEqual({
      [hidden]: `Field '${hidden}' cannot be set. It is not on the appropriate screen, or unknown.`,
    });
    expect((await edit({ labels: ['a'] }, { labels: [{ add: 'b' }] })).body.errors).toHaveProperty('labels');
    expect((await edit({ status: { name: 'Done' } })).body.errors).toHaveProperty('status');
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'EDIT_ISSUES');
    expect((await edit({ summary: 'new' })).status).toBe(400);
    expect(w.stateOf(key)).toBe(before);
  });

  it('passes by the screen only for an app with Administer Jira', async () => {
    const w = world();
    const hidden = w.field('Hidden', 'textfield', [], false);
    const key = await w.item();
    const path = `/rest/api/3/issue/${key}?overrideScreenSecurity=true`;
    const put = (accountId: string, viaApp: boolean) =>
      w.site.request({ accountId, viaApp }, path, { method: 'PUT', body: JSON.stringify({ fields: { [hidden]: 'x' } }) });
    expect((await put(w.admin, false)).status).toBe(403);
    expect((await put(w.ann, true)).status).toBe(403);
    expect((await put(w.admin, true)).status).toBe(204);
    expect(w.store.issue(key)?.fields[hidden]).toBe('x');
  });

  it('assigning is told twice: assigned and updated', async () => {
    const w = world();
    const key = await w.item();
    w.events.length = 0;
    await assignIssue(w.client(w.ann), { issueIdOrKey: key, accountId: w.bob });
    expect(w.events.map((one) => one.eventType).sort()).toEqual(['avi:jira:assigned:issue', 'avi:jira:updated:issue']);
    expect(w.store.issue(key)?.changes.at(-1)?.items).toEqual([
      { field: 'assignee', fieldtype: 'jira', fieldId: 'assignee', from: null, fromText: null, to: w.bob, toText: 'Bob' },
    ]);
    expect((await refusal(assignIssue(w.client(w.ann), { issueIdOrKey: key, accountId: 'nobody' }))).body.errors).toHaveProperty('assignee');
    await assignIssue(w.client(w.ann), { issueIdOrKey: key, accountId: null as never });
    expect(w.store.issue(key)?.fields).not.toHaveProperty('assignee');
  });

  it('tells the changes of many work items, filtered by field', async () => {
    const w = world();
    const [a, b] = [await w.item(), await w.item()];
    for (const [key, fields] of [
      [a, { summary: 'x' }],
      [b, { summary: 'y' }],
      [b, { labels: ['l'] }],
    ] as const) {
      w.clock.advance(1000);
      await editIssue(w.client(w.ann), { issueIdOrKey: key, fields: fields as never });
    }
    const page = await getBulkChangelogs(w.client(w.ann), { issueIdsOrKeys: [a, b], fieldIds: ['summary'], maxResults: 1 });
    expect(page.issueChangeLogs).toMatchObject([{ issueId: w.store.issue(a)?.id, changeHistories: [{ items: [{ field: 'summary' }] }] }]);
    const next = await getBulkChangelogs(w.client(w.ann), {
      issueIdsOrKeys: [a, b],
      fieldIds: ['summary'],
      maxResults: 1,
      nextPageToken: page.nextPageToken ?? '',
    });
    expect(next.issueChangeLogs?.[0]?.issueId).toBe(w.store.issue(b)?.id);
    expect(next).not.toHaveProperty('nextPageToken');
  });

  it('deletes with links and tells the apps', async () => {
    const w = world();
    const [a, b] = [await w.item(), await w.item()];
    await linkIssues(w.client(w.ann), { type: { name: 'Blocks' }, inwardIssue: { key: a }, outwardIssue: { key: b } });
    w.events.length = 0;
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    scheme?.grants.push({ permission: 'DELETE_ISSUES', holder: { type: 'user', accountId: w.ann } });
    await deleteIssue(w.client(w.ann), { issueIdOrKey: a });
    expect(w.store.issue(a)).toBeUndefined();
    expect(w.store.links.size).toBe(0);
    expect(w.events.map((one) => one.eventType)).toEqual(['avi:jira:deleted:issuelink', 'avi:jira:deleted:issue']);
  });
});

describe('links', () => {
  it('read the same from both ends: the inward issue performs the outward verb', async () => {
    const w = world();
    const [blocker, blocked] = [await w.item(), await w.item()];
    await linkIssues(w.client(w.ann), { type: { name: 'Blocks' }, inwardIssue: { key: blocker }, outwardIssue: { key: blocked } });
    const links = async (key: string) =>
      (await getIssue(w.client(w.ann), { issueIdOrKey: key, fields: ['issuelinks'] })).fields?.issuelinks as object[];
    expect(await links(blocker)).toMatchObject([
      { type: { outward: 'blocks' }, outwardIssue: { key: blocked, fields: { summary: 'A thing to do', status: {}, priority: {}, issuetype: {} } } },
    ]);
    expect(await links(blocked)).toMatchObject([{ type: { inward: 'is blocked by' }, inwardIssue: { key: blocker } }]);
    expect((await links(blocker))[0]).not.toHaveProperty('inwardIssue');

    const [link] = w.store.links.all();
    expect(await getIssueLink(w.client(w.ann), { linkId: link?.id ?? '' })).toMatchObject({
      inwardIssue: { key: blocker },
      outwardIssue: { key: blocked },
    });
    expect(w.store.issue(blocker)?.changes[0]?.items).toMatchObject([{ field: 'Link', to: blocked, toText: `This issue blocks ${blocked}` }]);
    expect(w.store.issue(blocked)?.changes[0]?.items).toMatchObject([{ field: 'Link', to: blocker, toText: `This issue is blocked by ${blocker}` }]);
    expect(w.events.at(-1)).toMatchObject({
      eventType: 'avi:jira:created:issuelink',
      payload: { id: link?.id, sourceIssueId: w.store.issue(blocker)?.id, destinationIssueId: w.store.issue(blocked)?.id },
    });

    expect((await w.send(w.ann, 'DELETE', `/rest/api/3/issueLink/${link?.id}`)).status).toBe(204);
    expect(w.store.links.size).toBe(0);
    expect(w.store.issue(blocker)?.changes.at(-1)?.items).toMatchObject([{ field: 'Link', from: blocked, to: null }]);
    expect(w.events.at(-1)?.eventType).toBe('avi:jira:deleted:issuelink');
  });

  it('are refused without the right, with an unknown type or end', async () => {
    const w = world();
    const [a, b] = [await w.item(), await w.item()];
    const link = (type: string, inward: string, by = w.ann) =>
      refusal(linkIssues(w.client(by), { type: { name: type }, inwardIssue: { key: inward }, outwardIssue: { key: b } }));
    expect((await link('Unheard of', a)).status).toBe(404);
    expect((await link('Blocks', 'DEMO-99')).status).toBe(404);
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'LINK_ISSUES');
    expect((await link('Blocks', a)).status).toBe(404);
    expect(w.store.links.size).toBe(0);
  });
});

describe('comments', () => {
  it('are added, edited and deleted, each with its event, and never a changelog entry', async () => {
    const w = world();
    const key = await w.item();
    const comment = await addComment(w.client(w.bob), { issueIdOrKey: key, body: doc('Looking into it.') });
    expect(comment).toMatchObject({ author: { accountId: w.bob }, body: doc('Looking into it.') });
    await updateComment(w.client(w.bob), { issueIdOrKey: key, id: comment.id ?? '', body: { body: doc('Found it.') } });
    expect((await getComments(w.client(w.ann), { issueIdOrKey: key })).comments).toMatchObject([{ body: doc('Found it.') }]);
    await deleteComment(w.client(w.bob), { issueIdOrKey: key, id: comment.id ?? '' });
    expect((await getComments(w.client(w.ann), { issueIdOrKey: key })).total).toBe(0);
    expect(w.events.slice(1).map((one) => one.eventType)).toEqual([
      'avi:jira:commented:issue',
      'avi:jira:commented:issue',
      'avi:jira:deleted:comment',
    ]);
    expect(w.store.issue(key)?.changes).toEqual([]);
  });

  it('take documents only', async () => {
    const w = world();
    const key = await w.item();
    const refused = await w.send(w.ann, 'POST', `/rest/api/3/issue/${key}/comment`, { body: 'plain' });
    expect(refused.status).toBe(400);
    expect(w.store.issue(key)?.comments).toEqual([]);
  });
});

describe('properties', () => {
  it('answer 201 when new, 200 when replaced, 404 when gone, and are silent', async () => {
    const w = world();
    const key = await w.item();
    const events = w.events.length;
    const path = `/rest/api/3/issue/${key}/properties/usm`;
    expect((await w.send(w.ann, 'PUT', path, { a: 1 })).status).toBe(201);
    expect((await w.send(w.ann, 'PUT', path, { a: 2 })).status).toBe(200);
    expect(await (await w.send(w.ann, 'GET', path)).json()).toEqual({ key: 'usm', value: { a: 2 } });
    expect((await getIssuePropertyKeys(w.client(w.ann), { issueIdOrKey: key })).keys).toMatchObject([{ key: 'usm' }]);
    expect((await w.send(w.ann, 'DELETE', path)).status).toBe(204);
    expect((await w.send(w.ann, 'GET', path)).status).toBe(404);
    expect(w.events.length).toBe(events);
    expect(w.store.issue(key)?.changes).toEqual([]);
  });

  it('hold at most 32,768 characters', async () => {
    const w = world();
    const key = await w.item();
    const put = async (length: number) =>
      (await w.send(w.ann, 'PUT', `/rest/api/3/issue/${key}/properties/p`, JSON.stringify('x'.repeat(length)))).status;
    expect(await put(32_766)).toBe(201);
    expect(await put(32_767)).toBe(400);
  });
});

describe('the door', () => {
  it('knows the token, the cookie and nobody', async () => {
    const w = world();
    const key = await w.item();
    const ask = async (headers: Record<string, string>) =>
      (await w.site.fetch(new Request(`http://site.test/rest/api/3/issue/${key}`, { headers }))).status;
    const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    expect(await ask(basic('ann@site.example:sandbox'))).toBe(200);
    expect(await ask(basic('ann@site.example:wrong'))).toBe(401);
    expect(await ask(basic('nobody@site.example:sandbox'))).toBe(401);
    expect(await ask({ Cookie: `site_person=${encodeURIComponent(w.ann)}` })).toBe(200);
    expect(await ask({})).toBe(404);
  });

  it('answers what it does not know, cannot read or cannot do in the shape of Jira', async () => {
    const w = world();
    const unknown = await w.send(w.ann, 'GET', '/rest/api/3/unheard/of');
    expect([unknown.status, await unknown.json()]).toEqual([404, { errorMessages: ["Jira's API has no GET /rest/api/3/unheard/of."], errors: {} }]);
    const garbled = await w.send(w.ann, 'POST', '/rest/api/3/issue', '{');
    expect([garbled.status, Object.keys((await garbled.json()) as object)]).toEqual([400, ['errorMessages', 'errors']]);
  });
});
