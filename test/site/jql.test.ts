/** What queries mean: fields, operators, functions, order, and what Jira says to a query it cannot take. */
import { searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import { refusal, world, type World } from './jiraWorld';

const search = async (w: World, jql: string, who: string | undefined = w.ann): Promise<string[]> => {
  const { issues = [] } = await searchAndReconsileIssuesUsingJqlPost(w.client(who), { jql, fields: ['summary'] });
  return issues.map((one) => one.key ?? '');
};
const said = async (w: World, jql: string, who: string | undefined = w.ann): Promise<string | undefined> =>
  (await refusal(search(w, jql, who))).body.errorMessages?.[0];

/** Each query finds these work items of DEMO, in any order. */
async function finds(w: World, cases: Record<string, number[]>): Promise<void> {
  const found: Record<string, number[]> = {};
  for (const jql of Object.keys(cases)) {
    found[jql] = (await search(w, jql)).map((key) => Number(key.split('-')[1])).sort((a, b) => a - b);
  }
  expect(found).toEqual(cases);
}

const HOUR = 3_600_000;
const doc = (text: string) => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

/** Four work items that differ in everything. */
async function desk() {
  const w = world();
  const team = w.field('Team', 'select', ['North', 'South']);
  const effort = w.field('Effort', 'float');
  const owners = w.field('Owners', 'multiuserpicker');
  const place = w.field('Place', 'textfield');
  await w.item({ summary: 'Printer blinks red', labels: ['Paper', 'urgent'], [team]: { value: 'North' }, [effort]: 3, assignee: { id: w.bob } });
  w.clock.advance(24 * HOUR);
  await w.item({ summary: 'New laptop', issuetype: { name: 'Bug' }, [team]: { value: 'South' }, [effort]: 8, duedate: '2026-12-01' }, w.bob);
  w.clock.advance(24 * HOUR);
  await w.item({
    summary: 'Lost password',
    description: doc('The printer asks for it'),
    [owners]: [{ id: w.ann }, { id: w.bob }],
    priority: { name: 'High' },
  });
  w.clock.advance(24 * HOUR);
  await w.item({ summary: 'Desk lamp', [place]: 'Second floor, red door', parent: { key: 'DEMO-1' }, issuetype: { name: 'Sub-task' } });
  await w.move(w.ann, 'DEMO-2', '31');
  await w.send(w.ann, 'POST', '/rest/api/3/issueLink', {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'DEMO-1' },
    outwardIssue: { key: 'DEMO-3' },
  });
  return { w, team, effort };
}

describe('clauses', () => {
  it('join by precedence, parentheses and NOT', async () => {
    const { w } = await desk();
    await finds(w, {
      'key = DEMO-1 OR key = DEMO-2 AND status = Done': [1, 2],
      '(key = DEMO-1 OR key = DEMO-2) AND status = Done': [2],
      'NOT (status = Done OR assignee is EMPTY)': [1],
      'project = DEMO AND NOT Team = North': [2],
      'project = DEMO AND NOT NOT Team = North': [1],
      'project = DEMO && (Team = North || Effort > 5)': [1, 2],
      'project = DEMO AND NOT status changed': [1, 3, 4],
    });
  });

  it('leave out empty fields unless they are asked for', async () => {
    const { w } = await desk();
    await finds(w, {
      'project = DEMO AND Team != North': [2],
      'Team not in (North)': [2],
      'Team not in (North) OR Team is EMPTY': [2, 3, 4],
      'Team in (North, EMPTY)': [1, 3, 4],
      'Team = null': [3, 4],
      'assignee is not EMPTY': [1],
      'description !~ lamp': [3],
      'Effort != 3': [2],
      'resolution = Unresolved': [1, 2, 3, 4],
    });
  });
});

describe('fields', () => {
  it('are compared by what they hold', async () => {
    const { w, team } = await desk();
    await finds(w, {
      'project = Demo AND type = Bug': [2],
      'issuetype in subTaskIssueTypes()': [4],
      'statusCategory = "To Do"': [1, 3, 4],
      'statusCategory != Done': [1, 3, 4],
      'labels = PAPER': [1],
      'labels in (urgent, nothing)': [1],
      'priority > Medium': [3],
      'priority = high': [3],
      'Effort >= 3 AND Effort < 8': [1],
      'Effort in (3, 8)': [1, 2],
      [`cf[${team.slice(12)}] = South`]: [2],
      '"Team[Dropdown]" = South': [2],
      'Owners = Ann AND Owners = "bob@site.example"': [3],
      'creator = Bob': [2],
      'parent = DEMO-1': [4],
      'parent is EMPTY': [1, 2, 3],
      'key > DEMO-2': [3, 4],
      'key in (demo-1, DEMO-4)': [1, 4],
      'issueLinkType = blocks': [1],
      'issueLinkType = "is blocked by"': [3],
      'issueLinkType not in (blocks)': [3],
      'issueLinkType in (Cloners, "is blocked by")': [3],
      'issueLinkType is EMPTY': [2, 4],
      'resolution is EMPTY AND due is not EMPTY': [2],
    });
  });

  it('of the same name are searched together', async () => {
    const { w } = await desk();
    const other = w.field('Team', 'select', ['East', 'South']);
    await w.item({ [other]: { value: 'South' } });
    await finds(w, { 'Team = South': [2, 5], 'Team = East': [], 'Team is EMPTY': [3, 4], 'Team is not EMPTY': [1, 2, 5] });
    expect(await said(w, 'Team = West')).toBe("The value 'West' does not exist for the field 'Team'.");
  });

  it('hold text that is found by words, phrases, wildcards and without words', async () => {
    const { w } = await desk();
    await w.send(w.ann, 'POST', '/rest/api/3/issue/DEMO-4/comment', { body: doc('Ask the printer people') });
    await finds(w, {
      'summary ~ printer': [1],
      'summary ~ print': [],
      'summary ~ "print*"': [1],
      'summary ~ "l?ptop"': [2],
      'summary ~ "red printer"': [1],
      'summary ~ "\\"blinks red\\""': [1],
      'summary ~ "\\"red blinks\\""': [],
      'summary ~ "lamp OR laptop"': [2, 4],
      'summary !~ printer': [2, 3, 4],
      'text ~ printer': [1, 3, 4],
      'text ~ "printer -red"': [3, 4],
      'text ~ "second door"': [4],
      'comment ~ people': [4],
      'Place ~ floor': [4],
    });
  });

  it('of dates are compared in the zone of who asks', async () => {
    const { w } = await desk();
    const ann = w.store.users.get(w.ann);
    const cases = {
      'created >= "2026/11/25 09:00" AND created < 2026-11-26': [2],
      'created < "2026-11-24 09:01"': [1],
      'created >= -1d': [3, 4],
      'created >= startOfDay(-1d) AND created <= endOfDay("-1d")': [3],
      'created < startOfDay()': [1, 2, 3],
      'created >= startOfWeek() AND created <= endOfMonth()': [1, 2, 3, 4],
      'due = 2026-12-01': [2],
      'due < now()': [],
      'due <= endOfDay("4d")': [2],
      'created = "2026-11-24 09:00"': [1],
    };
    await finds(w, cases);
    if (ann) ann.timeZone = 'Asia/Tokyo';
    await finds(w, {
      'created >= "2026/11/25 18:00" AND created < 2026-11-26': [2],
      'created < "2026-11-24 18:01"': [1],
      'created >= startOfDay()': [4],
    });
  });
});

describe('functions', () => {
  it('give values of the kind that the field takes', async () => {
    const { w } = await desk();
    await w.send(w.admin, 'POST', '/rest/api/3/group', { name: 'helpers' });
    w.store.groups.find((one) => one.name === 'helpers')?.members.push(w.bob);
    await finds(w, {
      'reporter = currentUser()': [1, 3, 4],
      'assignee in membersOf(helpers)': [1],
      'reporter not in (membersOf(helpers), currentUser())': [],
      'issue in linkedIssues(DEMO-1)': [3],
      'issue in linkedIssues(DEMO-1, blocks)': [3],
      'issue in linkedIssues(DEMO-1, "is blocked by")': [],
      'issue in updatedBy(Bob)': [2],
      'project in projectsLeadByUser()': [],
      'project in projectsWhereUserHasPermission("Edit Issues")': [1, 2, 3, 4],
    });
    expect(await search(w, 'assignee = currentUser()', w.bob)).toEqual(['DEMO-1']);
  });

  it('are refused where Jira refuses them, and where this site keeps nothing for them', async () => {
    const { w } = await desk();
    expect(await said(w, 'assignee = nobody()')).toBe("Unable to find JQL function 'nobody()'.");
    expect(await said(w, 'created > now(1)')).toBe("Function 'now' expected '0' arguments but received '1'.");
    expect(await said(w, 'assignee = membersOf(x)')).toMatch(/^Operator '=' does not support the list value/);
    expect(await said(w, 'assignee in membersOf(x)')).toBe(
      "Function 'membersOf' can not generate a list of usernames for group 'x'; the group does not exist.",
    );
    expect(await said(w, 'status = currentUser()')).toBe("A value provided by the function 'currentUser' is invalid for the field 'status'.");
    expect(await said(w, 'issue in linkedIssues(DEMO-99)')).toMatch(/could not be found in function 'linkedIssues'/);
    expect(await said(w, 'issue in votedIssues()')).toBe("The function 'votedIssues()' is not supported by this site.");
    expect(await said(w, 'sprint in openSprints()')).toBe("The field 'sprint' is not supported by this site.");
  });
});

describe('order', () => {
  it('goes by several fields, each with its own direction, empty values last when ascending', async () => {
    const { w } = await desk();
    const ordered = async (by: string) => (await search(w, `project = DEMO ORDER BY ${by}`)).map((key) => Number(key.split('-')[1]));
    expect(await ordered('key')).toEqual([1, 2, 3, 4]);
    expect(await ordered('key DESC')).toEqual([4, 3, 2, 1]);
    expect(await ordered('created')).toEqual([4, 3, 2, 1]);
    expect(await ordered('created ASC')).toEqual([1, 2, 3, 4]);
    expect(await ordered('priority, key')).toEqual([3, 1, 2, 4]);
    expect(await ordered('priority ASC, key DESC')).toEqual([4, 2, 1, 3]);
    expect(await ordered('Team, key')).toEqual([1, 2, 3, 4]);
    expect(await ordered('Team DESC, key')).toEqual([3, 4, 2, 1]);
    expect(await ordered('status DESC, summary ASC')).toEqual([2, 4, 3, 1]);
    expect(await search(w, 'project = DEMO')).toEqual(['DEMO-4', 'DEMO-3', 'DEMO-2', 'DEMO-1']);
    expect(await said(w, 'project = DEMO ORDER BY bogus')).toBe("Not able to sort using field 'bogus'.");
  });
});

describe('refusals', () => {
  it('name the place, the field or the value', async () => {
    const { w } = await desk();
    const cases: Record<string, string | RegExp> = {
      'invalid query':
        "Error in the JQL Query: Expecting operator but got 'query'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 9)",
      'summary = test': "The operator '=' is not supported by the 'summary' field.",
      'summary in test': "Operator 'in' does not support the non-list value '\"test\"' for field 'summary'.",
      'project = INVALID': "The value 'INVALID' does not exist for the field 'project'.",
      'universe = 42': "Field 'universe' does not exist or you do not have permission to view it.",
      'x is y': /Expecting 'EMPTY' or 'NULL' but got 'y'/,
      'status not Done': /Expecting 'IN' but got 'Done'/,
      'text !~ x': "The operator '!~' is not supported by the 'text' field.",
      'text ~ ""': "The field 'text' does not support searching for an empty string.",
      'text ~ "AND"': "Unable to parse the text 'AND' for field 'text'.",
      'issuetype = 123': "A value with ID '123' does not exist for the field 'issuetype'.",
      'key = DEMO-99': "An issue with key 'DEMO-99' does not exist for field 'key'.",
      'status = Blocked': "The value 'Blocked' does not exist for the field 'status'.",
      'created > yesterday': /^Date value 'yesterday' for field 'created' is invalid. Valid formats include:/,
      'created > "2026-02-30"': /is invalid/,
      'Effort > many': /not a valid number/,
      'labels was x': "History searches do not support the 'labels' field.",
      'project = DEMO status = Done': /Expecting either 'OR' or 'AND' but got 'status'. \(line 1, character 16\)/,
      'labels = and': /'and' is a reserved JQL word/,
      'project = ': /Expecting either a value, list or function before the end of the query/,
      '(project = DEMO': /before the end of the query/,
    };
    for (const [jql, text] of Object.entries(cases)) {
      const found = await said(w, jql);
      if (typeof text === 'string') expect([jql, found]).toEqual([jql, text]);
      else expect(`${jql}: ${found ?? ''}`).toMatch(text.source.startsWith('^') ? new RegExp(text.source.slice(1)) : text);
    }
  });

  it('hide what somebody may not see as if it did not exist', async () => {
    const { w } = await desk();
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    if (!scheme) throw new Error('no scheme');
    scheme.grants = scheme.grants.map((one) =>
      one.permission === 'BROWSE_PROJECTS' ? { ...one, holder: { type: 'user' as const, accountId: w.ann } } : one,
    );
    expect(await said(w, 'project = DEMO', w.bob)).toBe("The value 'DEMO' does not exist for the field 'project'.");
    expect(await said(w, 'key = DEMO-1', w.bob)).toMatch(/^An issue with key 'DEMO-1' does not exist/);
    expect(await search(w, 'status = "To Do"', w.bob)).toEqual([]);
    scheme.grants.push({ permission: 'BROWSE_PROJECTS', holder: { type: 'reporter' } });
    expect(await search(w, 'created < now() OR created >= now()', w.bob)).toEqual(['DEMO-2']);
    expect(await search(w, 'project = DEMO', w.ann)).toHaveLength(4);
  });

  it('hide work items in a closed circle from those who are not in it', async () => {
    const { w } = await desk();
    const level = { id: '10000', name: 'Secret', description: '', members: [{ id: '1', holder: { type: 'user' as const, accountId: w.bob } }] };
    w.store.securitySchemes.put({ id: '10000', name: 'Circles', description: '', levels: [level] });
    w.project.securitySchemeId = '10000';
    const issue = w.store.issue('DEMO-2');
    if (!issue) throw new Error('no DEMO-2');
    issue.fields.security = level.id;
    w.store.putIssue(issue);
    expect(await search(w, 'project = DEMO ORDER BY key')).toEqual(['DEMO-1', 'DEMO-3', 'DEMO-4']);
    expect(await search(w, 'level = secret', w.bob)).toEqual(['DEMO-2']);
    expect(await said(w, 'key = DEMO-2')).toMatch(/does not exist/);
  });
});
