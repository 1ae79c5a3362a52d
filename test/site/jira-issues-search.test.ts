/** Searching over REST: what queries find, pages, what a searcher may see, and an index that lags. What JQL means in detail stands in jql*.test.ts. */
import { countIssues, searchAndReconsileIssuesUsingJql, searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import { refusal, world, type World } from './jiraWorld';

async function keys(w: World, jql: string, client = w.client(w.ann)): Promise<string[]> {
  const { issues = [] } = await searchAndReconsileIssuesUsingJqlPost(client, { jql, fields: ['summary'] });
  return issues.map((one) => one.key ?? '');
}

describe('JQL', () => {
  it('finds by every supported field and operator', async () => {
    const w = world();
    const colour = w.field('Colour', 'select', ['Red', 'Blue']);
    const effort = w.field('Effort', 'float');
    const one = await w.item({ summary: 'The printer blinks', labels: ['paper'], [colour]: { value: 'Red' }, [effort]: 3, assignee: { id: w.bob } });
    w.clock.advance(86_400_000);
    const two = await w.item({ summary: 'A new laptop', issuetype: { name: 'Bug' }, [colour]: { value: 'Blue' }, duedate: '2026-12-01' }, w.bob);
    await w.send(w.ann, 'PUT', `/rest/api/3/issue/${two}/properties/usm`, { mir: { group: 'G1', level: 2 } });
    await w.move(w.ann, two, '31');
    const cases: [string, string[]][] = [
      ['project = DEMO', [two, one]],
      ['project = demo ORDER BY key ASC', [one, two]],
      [`key in (${one}, ${two}) AND issuetype = Bug`, [two]],
      ['status = "To Do"', [one]],
      ['statusCategory != Done', [one]],
      ['assignee = currentUser()', []],
      [`assignee = "${w.bob}"`, [one]],
      ['assignee is EMPTY', [two]],
      ['reporter = currentUser()', [one]],
      ['labels = paper', [one]],
      ['labels != other', [one]],
      ['Colour in (Red, Blue) ORDER BY Colour DESC', [two, one]],
      [`cf[${colour.replace('customfield_', '')}] = Blue`, [two]],
      ['Effort >= 3', [one]],
      ['Effort > 3', []],
      ['summary ~ "print*"', [one]],
      ['text ~ laptop', [two]],
      ['created >= 2026-11-25', [two]],
      ['created < -1h', [one]],
      ['duedate <= 2026-12-01', [two]],
      ['issue.property[usm].mir.group = G1', [two]],
      ['issue.property[usm].mir.level > 1', [two]],
      ['project = DEMO AND labels not in (paper)', []],
    ];
    for (const [jql, found] of cases) expect([jql, await keys(w, jql)]).toEqual([jql, found]);
    expect((await keys(w, 'project = DEMO', w.client(undefined))).length).toBe(0);
    expect((await countIssues(w.client(w.ann), { jql: 'project = DEMO' })).count).toBe(2);
  });

  it('refuses what it does not know as Jira does', async () => {
    const w = world();
    await w.item();
    const said = async (jql: string) => (await refusal(keys(w, jql))).body.errorMessages?.[0];
    expect(await said('colour = Red')).toBe("Field 'colour' does not exist or you do not have permission to view it.");
    expect(await said('project = NOPE')).toBe("The value 'NOPE' does not exist for the field 'project'.");
    expect(await said('order by created')).toMatch(/Unbounded/);
    expect(await said('project =')).toMatch(/before the end of the query/);
  });
});

describe('pages', () => {
  it('follow tokens to the last one, which has none', async () => {
    const w = world();
    for (let n = 0; n < 5; n += 1) await w.item();
    const seen: string[] = [];
    let nextPageToken: string | undefined;
    do {
      const page = await searchAndReconsileIssuesUsingJql(w.client(w.ann), {
        jql: 'project = DEMO order by key',
        maxResults: 2,
        fields: ['summary'],
        ...(nextPageToken !== undefined && { nextPageToken }),
      });
      seen.push(...(page.issues ?? []).map((one) => one.key ?? ''));
      nextPageToken = page.nextPageToken ?? undefined;
      expect(page.isLast).toBe(nextPageToken === undefined);
      expect(page).not.toHaveProperty('total');
    } while (nextPageToken !== undefined);
    expect(seen).toEqual(['DEMO-1', 'DEMO-2', 'DEMO-3', 'DEMO-4', 'DEMO-5']);
  });

  it('stay in step when work items come and go between them', async () => {
    const w = world();
    for (let n = 0; n < 6; n += 1) await w.item({ summary: `Thing ${n}` });
    const page = (nextPageToken?: string) =>
      searchAndReconsileIssuesUsingJql(w.client(w.ann), {
        jql: 'project = DEMO order by summary desc, key',
        maxResults: 2,
        fields: ['summary'],
        ...(nextPageToken !== undefined && { nextPageToken }),
      });
    const first = await page();
    expect(first.issues?.map((one) => one.key)).toEqual(['DEMO-6', 'DEMO-5']);
    await w.item({ summary: 'Thing 9' });
    w.project.roleActors[w.store.roles.find((one) => one.name === 'Administrators')?.id ?? ''] = { users: [w.admin], groups: [] };
    expect((await w.send(w.admin, 'DELETE', '/rest/api/3/issue/DEMO-5')).status).toBe(204);
    const second = await page(first.nextPageToken ?? '');
    expect(second.issues?.map((one) => one.key)).toEqual(['DEMO-4', 'DEMO-3']);
    const last = await page(second.nextPageToken ?? '');
    expect(last.issues?.map((one) => one.key)).toEqual(['DEMO-2', 'DEMO-1']);
    expect(last.isLast).toBe(true);
    expect((await refusal(page('bm90IGEgdG9rZW4'))).status).toBe(400);
  });

  it('hold what is asked for: fields, expansions, properties', async () => {
    const w = world();
    const key = await w.item({ summary: 'A thing' });
    await w.send(w.ann, 'PUT', `/rest/api/3/issue/${key}/properties/note`, { a: 1 });
    await w.move(w.ann, key, '21');
    const { issues, names } = await searchAndReconsileIssuesUsingJqlPost(w.client(w.ann), {
      jql: `key = ${key}`,
      fields: ['summary'],
      expand: 'names,changelog',
      properties: ['note'],
    });
    expect(names).toEqual({ summary: 'Summary' });
    expect(issues?.[0]?.fields).toEqual({ summary: 'A thing' });
    expect(issues?.[0]?.properties).toEqual({ note: { a: 1 } });
    expect(issues?.[0]?.changelog?.histories).toHaveLength(1);
  });

  it('hold ids alone unless fields are asked for', async () => {
    const w = world();
    const key = await w.item();
    const { issues } = await searchAndReconsileIssuesUsingJql(w.client(w.ann), { jql: 'project = DEMO' });
    expect(issues).toEqual([{ id: w.store.issue(key)?.id }]);
  });
});

describe('a lagging index', () => {
  it('sees a work item as it was until a while after its last change, unless told to reconcile', async () => {
    const w = world({ searchDelayMs: 3000 });
    const key = await w.item();
    expect(await keys(w, 'project = DEMO')).toEqual([]);
    w.clock.advance(3000);
    expect(await keys(w, 'status = "To Do"')).toEqual([key]);
    await w.move(w.ann, key, '31');
    w.clock.advance(2000);
    await w.send(w.ann, 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Later' } });
    w.clock.advance(2000);
    expect(await keys(w, 'status = "To Do"')).toEqual([key]);
    const id = Number(w.store.issue(key)?.id);
    const reconciled = await searchAndReconsileIssuesUsingJqlPost(w.client(w.ann), {
      jql: 'status = Done',
      fields: ['summary'],
      reconcileIssues: [id],
    });
    expect(reconciled.issues?.map((one) => one.key)).toEqual([key]);
    w.clock.advance(1000);
    expect(await keys(w, 'status = Done')).toEqual([key]);
  });
});
