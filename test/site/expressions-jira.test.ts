/** Expressions over the site's own data: the semantics recorded live, the types of Jira, what loading costs, and the two REST operations. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../sandbox/jira/store';
import { world, type World } from './jiraWorld';

const doc = (text: string): Json => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

/** A verdict as the recorder of the semantics saw it: true, false, or an error (which a rule takes for false). */
type Verdict = boolean | 'error';

async function ask(w: World, expression: string, context: object = {}, by: string | null = w.ann) {
  const response = await w.send(by ?? undefined, 'POST', '/rest/api/3/expression/evaluate?expand=meta.complexity', { expression, context });
  const body = (await response.json()) as { value: Json; meta: { complexity: Record<string, { value: number }> }; errorMessages?: string[] };
  return { status: response.status, ...body };
}

function fullWorld() {
  const w = world();
  const ids = {
    text: w.field('Text', 'textfield'),
    url: w.field('Address', 'url'),
    date: w.field('Day', 'datepicker'),
    moment: w.field('Moment', 'datetime'),
    number: w.field('Number', 'float'),
    area: w.field('Area', 'textarea'),
    select: w.field('Select', 'select', ['Red', 'Blue']),
    radio: w.field('Radio', 'radiobuttons', ['Yes', 'No']),
    cascade: w.field('Cascade', 'cascadingselect', ['One']),
    user: w.field('User', 'userpicker'),
    multi: w.field('Multi', 'multiselect', ['A', 'B']),
    boxes: w.field('Boxes', 'multicheckboxes', ['C', 'D']),
    users: w.field('Users', 'multiuserpicker'),
    tags: w.field('Tags', 'labels'),
    group: w.field('Group', 'grouppicker'),
    groups: w.field('Groups', 'multigrouppicker'),
  };
  const values: Record<string, Json> = {
    [ids.text]: 'Hello World',
    [ids.url]: 'https://site.example/a',
    [ids.date]: '2026-12-01',
    [ids.moment]: '2026-12-01T10:00:00.000+0000',
    [ids.number]: 5,
    [ids.area]: doc('Some words'),
    [ids.select]: { value: 'Red' },
    [ids.radio]: { value: 'Yes' },
    [ids.cascade]: { value: 'One' },
    [ids.user]: { accountId: w.bob },
    [ids.multi]: [{ value: 'A' }, { value: 'B' }],
    [ids.boxes]: [{ value: 'C' }],
    [ids.users]: [{ accountId: w.bob }],
    [ids.tags]: ['x', 'y'],
  };
  return { w, ids, values };
}

/** Expression over `f` (ids by kind, as the configuration of a rule carries them), verdict with values, verdict with all fields empty. */
const RECORDED: [expression: string, filled: Verdict, empty: Verdict][] = [
  ["issue[f.text] == 'Hello World'", true, false],
  ["issue[f.text].toLowerCase() == 'hello world'", true, 'error'],
  ["issue[f.text].match('W[a-z]+') != null", true, 'error'],
  ["issue[f.text].includes('World')", true, 'error'],
  ['issue[f.text] == null', false, true],
  ["issue[f.url] == 'https://site.example/a'", true, false],
  ["issue[f.date] == '2026-12-01'", true, false],
  ["typeof issue[f.date] == 'String'", true, false],
  ['issue[f.number] == 5', true, false],
  ['issue[f.number] == five', true, false],
  ["issue[f.number] == '5'", 'error', false],
  ["issue[f.number] != '5'", 'error', true],
  ['issue[f.number].length > 0', 'error', 'error'],
  ["issue[f.select].value == 'Red'", true, 'error'],
  ["issue[f.select]?.value == 'Red'", true, false],
  ["issue[f.select] == 'Red'", 'error', false],
  ["issue[f.radio]?.value == 'Yes'", true, false],
  ["issue[f.cascade]?.value == 'One'", true, false],
  ['issue[f.user]?.accountId == bob', true, false],
  ["typeof issue[f.area] == 'RichText'", true, false],
  ["issue[f.area].plainText == 'Some words'", true, 'error'],
  ["issue[f.area] == 'Some words'", 'error', false],
  ['issue[f.area].length > 0', 'error', 'error'],
  ['issue[f.multi] == null', false, true],
  ['issue[f.multi].length == 2', true, 'error'],
  ["issue[f.multi].some(o => o.value == 'B')", true, 'error'],
  ["issue[f.multi] != null && issue[f.multi].map(o => o.value).includes('A')", true, false],
  ["issue[f.boxes] == null || issue[f.boxes][0].value == 'C'", true, true],
  ['issue[f.users] == null', false, true],
  ['issue[f.users].map(u => u.accountId).includes(bob)', true, 'error'],
  ['issue[f.tags] == null', false, true],
  ["issue[f.tags].includes('x')", true, 'error'],
  ['issue[f.group] == null && issue[f.groups] == null', true, true],
  ['issue[f.text] == null ? true : issue[f.text].length > 3', true, true],
  ["issue[f.number] == null ? 1 == '1' : issue[f.number] > 3", true, 'error'],
  ['issue.dueDate == null', true, true],
  ['issue.duedate == null && issue.issuetype == null && issue.nonsense == null', true, true],
  ["issue.issueType.name == 'Task'", true, true],
  ["issue['customfield_99999'] == null", true, true],
  ["issue.properties?.['none'] == null", true, true],
  ["issue.properties?.['flow'].round == 2", true, true],
];

describe('the semantics recorded live, by kind of field', () => {
  const { w, ids, values } = fullWorld();
  const custom = {
    f: { type: 'json', value: ids },
    five: { type: 'json', value: 5 },
    bob: { type: 'json', value: w.bob },
  };
  const made = (async () => {
    const keys = [await w.item(values), await w.item()];
    for (const key of keys) await w.send(w.ann, 'PUT', `/rest/api/3/issue/${key}/properties/flow`, { round: 2 });
    return keys;
  })();

  it.each(RECORDED)('%s', async (expression, filled, empty) => {
    const verdicts = (await made).map(async (key) => {
      const { status, value } = await ask(w, expression, { issue: { key }, custom });
      return status === 400 ? 'error' : value;
    });
    expect(await Promise.all(verdicts)).toEqual([filled, empty]);
  });
});

describe('the types of Jira', () => {
  it('read a work item, its people and its surroundings', async () => {
    const w = world();
    const parent = await w.item({ summary: 'The whole' });
    const key = await w.item({
      issuetype: { name: 'Sub-task' },
      parent: { key: parent },
      labels: ['b', 'a'],
      assignee: { accountId: w.bob },
      duedate: '2026-12-24',
    });
    const said = async (expression: string, by = w.ann) => (await ask(w, expression, { issue: { key }, project: { key: 'DEMO' } }, by)).value;
    expect(await said('[issue.key, issue.summary, issue.status.name, issue.status.category.key, issue.issueType.hierarchyLevel]')).toEqual([
      ...[key, 'A thing to do', 'To Do', 'new', -1],
    ]);
    expect(await said('[issue.assignee.displayName, issue.reporter.accountId == user.accountId, issue.resolution, issue.priority.name]')).toEqual([
      ...['Bob', true, null, 'Medium'],
    ]);
    expect(await said('[issue.parent.summary, issue.labels.join("+"), issue.dueDate, issue.dueDate < new CalendarDate("2027-01-01")]')).toEqual([
      ...['The whole', 'a+b', '2026-12-24', true],
    ]);
    expect(await said(`new Issue('${parent}').subtasks.map(i => i.key)`)).toEqual([key]);
    expect(await said('new Issue(issue.id) == issue && new Issue("NONE-1") == null')).toBe(true);
    expect(await said('[project.style, project.lead.accountId, issue.project == project, typeof issue.id, typeof project]')).toEqual([
      ...['classic', w.admin, true, 'Number', 'Project'],
    ]);
    expect(await said('user.groups.includes("jira-users") && !user.groups.includes("jira-administrators")')).toBe(true);
    expect(await said(`new User('${w.bob}').displayName`)).toBe('Bob');
    expect(await said('issue.created <= new Date() && issue.created > new Date().minusDays(1)')).toBe(true);
  });

  it('read links from both ends, comments oldest first, and the changelog newest first', async () => {
    const w = world();
    const [one, two] = [await w.item(), await w.item()];
    const type = { name: w.store.linkTypes.all()[0]?.name ?? '' };
    await w.send(w.ann, 'POST', '/rest/api/3/issueLink', { type, inwardIssue: { key: one }, outwardIssue: { key: two } });
    for (const text of ['First', 'Second']) await w.send(w.bob, 'POST', `/rest/api/3/issue/${one}/comment`, { body: doc(text) });
    for (const summary of ['B', 'C']) await w.send(w.bob, 'PUT', `/rest/api/3/issue/${one}`, { fields: { summary } });
    const said = async (key: string, expression: string) => (await ask(w, expression, { issue: { key } })).value;
    const link = 'issue.links.map(l => [l.direction, l.linkedIssue.key, l.outwardIssue?.key, l.inwardIssue?.key, l.type[l.direction]])';
    const { inward = '', outward = '' } = w.store.linkTypes.all()[0] ?? {};
    expect(await said(one, link)).toEqual([['outward', two, two, null, outward]]);
    expect(await said(two, link)).toEqual([['inward', one, null, one, inward]]);
    expect(await said(one, 'issue.comments.map(c => [c.body.plainText, c.author.displayName])')).toEqual([
      ['First', 'Bob'],
      ['Second', 'Bob'],
    ]);
    expect(await said(one, 'issue.changelogs[0].items[0]')).toMatchObject({ field: 'summary', fromString: 'B', toString: 'C' });
    expect(await said(one, "issue.changelogs.filter(c => c.items.some(i => i.fieldId == 'summary' && i.toString == 'C')).length")).toBe(1);
    expect(
      await said(
        one,
        "issue.getNewestChangelog('summary').items[0].toString + issue.getNewestChangelog('summary', { toString: 'B' }).author.displayName",
      ),
    ).toBe('CBob');
    expect(await said(one, "issue.getNewestChangelog('priority')")).toBeNull();
  });

  it('show a person only what the person may see', async () => {
    const w = world();
    const key = await w.item();
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'BROWSE_PROJECTS');
    expect((await ask(w, `new Issue('${key}')`)).value).toBeNull();
    expect((await ask(w, 'issue.key', { issue: { key } })).status).toBe(404);
    expect((await ask(w, 'user', {}, null)).value).toBeNull();
    expect((await ask(w, `new User('${w.admin}').groups`)).errorMessages?.[0]).toMatch(/Only administrators/);
  });

  it('say so where Jira has something that this site has not', async () => {
    const w = world();
    const key = await w.item();
    expect((await ask(w, 'issue.sprint', { issue: { key } })).errorMessages).toEqual([
      'Evaluation failed: "issue.sprint" - Issue.sprint is not supported by this site yet',
    ]);
    expect((await ask(w, 'issue.key', { sprint: 1 })).status).toBe(501);
  });
});

describe('POST /expression/evaluate', () => {
  it('answers the value, what it cost, and the page of a query', async () => {
    const w = world();
    const keys = [await w.item(), await w.item(), await w.item()];
    const first = await ask(w, 'issues.map(i => i.key)', { issues: { jql: { query: 'project = DEMO ORDER BY key ASC', maxResults: 2 } } });
    expect(first.value).toEqual(keys.slice(0, 2));
    expect(first.meta).toMatchObject({ issues: { jql: { isLast: false, nextPageToken: expect.any(String) as unknown } } });
    const { nextPageToken } = (first.meta as unknown as { issues: { jql: { nextPageToken: string } } }).issues.jql;
    const second = await ask(w, 'issues.map(i => i.key)', {
      issues: { jql: { query: 'project = DEMO ORDER BY key ASC', maxResults: 2, nextPageToken } },
    });
    expect([second.value, second.meta]).toMatchObject([keys.slice(2), { issues: { jql: { isLast: true } } }]);
    const { complexity } = (await ask(w, '[issue.assignee, issue.reporter.accountId, issue.reporter.accountId]', { issue: { key: keys[0] } })).meta;
    expect(complexity).toMatchObject({
      expensiveOperations: { value: 2, limit: 10 },
      beans: { value: 0, limit: 1000 },
      primitiveValues: { value: 3, limit: 10_000 },
    });
  });

  it('takes variables of the request, and knows work items as such', async () => {
    const w = world();
    const [one, two] = [await w.item(), await w.item()];
    const custom = {
      config: { type: 'json', value: { userId: w.bob } },
      list: [
        { type: 'issue', key: one },
        { type: 'user', accountId: w.bob },
      ],
      me: { type: 'user', accountId: w.bob },
      nothing: { type: 'json' },
    };
    const expression =
      '{ has: list.includes(issue), hasNot: list.includes(new Issue("' + two + '")), me: me.accountId == config.userId, nothing: nothing }';
    expect((await ask(w, expression, { issue: { key: one }, custom })).value).toEqual({ has: true, hasNot: false, me: true, nothing: null });
    expect((await ask(w, 'x', { custom: { x: { type: 'issue', key: 'NONE-1' } } })).status).toBe(404);
    expect((await ask(w, 'issue', { issue: { key: one, id: 10000 } })).status).toBe(400);
  });

  it('refuses more than ten expensive operations, and says what failed', async () => {
    const w = world();
    const keys: string[] = [];
    for (let i = 0; i < 11; i += 1) keys.push(await w.item());
    const jql = { query: 'project = DEMO' };
    const costly = await ask(w, 'issues.map(i => i.changelogs.length)', { issues: { jql } });
    expect(costly).toMatchObject({ status: 400, errorMessages: [expect.stringMatching(/too many expensive operations, limit: 10/)] });
    expect((await ask(w, 'issues.map(i => i.comments.length).length', { issues: { jql } })).value).toBe(11);
    expect((await ask(w, "user['a' + 'b']")).errorMessages).toEqual([
      expect.stringMatching(
        /^Evaluation failed: "user\['a' \+ 'b'\]" - Unrecognized property of `user`: "ab".*Available properties of type 'User' are: 'accountId'/,
      ),
    ]);
    expect((await ask(w, 'issue.')).status).toBe(400);
  });
});

describe('POST /expression/analyse', () => {
  it('tells errors with their place, limits, and complexity', async () => {
    const w = world();
    const analyse = async (query: string, expressions: string[]) => {
      const response = await w.send(w.ann, 'POST', `/rest/api/3/expression/analyse${query}`, { expressions });
      return { status: response.status, results: ((await response.json()) as { results?: object[] }).results };
    };
    const long = Array(150).fill('100000').join('+');
    const { results } = await analyse('', ['issue.key', '1 + >', long]);
    expect(results).toMatchObject([
      { expression: 'issue.key', valid: true },
      { valid: false, errors: [{ line: 1, column: 5, type: 'syntax', message: expect.stringMatching(/> encountered\.$/) as unknown }] },
      {
        valid: false,
        errors: [
          { message: `Jira expression is too long (${long.length}), limit: 1000 characters`, type: 'other' },
          { message: 'Jira expression has too many nodes (150), limit: 100 leaves', type: 'other' },
        ],
      },
    ]);
    expect((await analyse('?check=complexity', ['issues.map(i => i.comments)'])).results).toMatchObject([
      { valid: true, complexity: { expensiveOperations: 'N', variables: { N: 'issues' } } },
    ]);
    expect((await analyse('?check=nonsense', [])).status).toBe(400);
  });
});
