/** The operations around JQL: parsing, what can be said, matching, choosing work items; and what apps have indexed. */
import { matchIssues, parseJqlQueries, searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { createJira } from '../../sandbox/jira';
import { indexedProperties } from '../../sandbox/site-properties';
import { Rules, world, type World } from './jiraWorld';

async function json<T>(w: World, method: string, path: string, body?: unknown): Promise<T> {
  const response = await w.send(w.ann, method, path, body);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

describe('POST /jql/parse', () => {
  const queries = [
    'project = DEMO AND (labels in (x, "b c") OR reporter = currentUser()) AND status changed after -5d order by updated DESC',
    'project = NOPE',
    'oops',
  ];

  it('answers the tree of each query, or what is wrong with it', async () => {
    const w = world();
    const { queries: parsed = [] } = await parseJqlQueries(w.client(w.ann), { queries, validation: 'strict' });
    expect(parsed[0]?.errors).toBeUndefined();
    expect(parsed[0]?.structure).toMatchObject({
      where: {
        operator: 'and',
        clauses: [
          { field: { name: 'project', encodedName: 'project' }, operator: '=', operand: { value: 'DEMO', encodedValue: 'DEMO' } },
          {
            operator: 'or',
            clauses: [
              { operator: 'in', operand: { values: [{ value: 'x' }, { value: 'b c', encodedValue: '"b c"' }], encodedOperand: '(x, "b c")' } },
              { operator: '=', operand: { function: 'currentUser', arguments: [], encodedOperand: 'currentUser()' } },
            ],
          },
          { field: { name: 'status' }, operator: 'changed', predicates: [{ operator: 'after', operand: { value: '-5d' } }] },
        ],
      },
      orderBy: { fields: [{ field: { name: 'updated' }, direction: 'desc' }] },
    });
    expect(parsed[1]).toEqual({ query: 'project = NOPE', errors: ["The value 'NOPE' does not exist for the field 'project'."] });
    expect(parsed[2]?.errors?.[0]).toMatch(/Expecting operator/);
  });

  it('warns of missing values, or does not look for them, when asked to', async () => {
    const w = world();
    const ask = (validation: string) =>
      json<{ queries: { warnings?: string[]; errors?: string[]; structure?: unknown }[] }>(
        w,
        'POST',
        `/rest/api/3/jql/parse?validation=${validation}`,
        {
          queries: [...queries, 'universe = 42'],
        },
      );
    const warned = (await ask('warn')).queries;
    expect(warned[1]?.warnings).toHaveLength(1);
    expect(warned[1]?.structure).toBeDefined();
    expect(warned[3]?.errors).toHaveLength(1);
    const plain = (await ask('none')).queries;
    expect(plain[1]).not.toHaveProperty('warnings');
    expect(plain[3]).not.toHaveProperty('errors');
    expect(plain[2]?.errors).toHaveLength(1);
  });
});

describe('autocompletedata', () => {
  it('names fields, functions and reserved words; every name it gives can be used', async () => {
    const w = world();
    w.field('Main team', 'select', ['North']);
    w.field('Effort', 'float');
    interface Data {
      visibleFieldNames: { value: string; displayName: string; operators: string[]; orderable: string; cfid?: string }[];
      visibleFunctionNames: { value: string; isList?: string }[];
      jqlReservedWords: string[];
    }
    const data = await json<Data>(w, 'GET', '/rest/api/3/jql/autocompletedata');
    expect(data.jqlReservedWords).toContain('empty');
    expect(data.visibleFunctionNames).toContainEqual(expect.objectContaining({ value: 'membersOf()', isList: 'true' }));
    expect(data.visibleFieldNames).toContainEqual(
      expect.objectContaining({ value: '"Main team"', cfid: 'cf[10050]', displayName: 'Main team - cf[10050]' }),
    );
    const collapsed = await json<Data>(w, 'POST', '/rest/api/3/jql/autocompletedata', { includeCollapsedFields: true });
    expect(collapsed.visibleFieldNames.map((one) => one.value)).toContain('"Main team[Dropdown]"');
    const usable = collapsed.visibleFieldNames.flatMap(({ value, operators, orderable }) => [
      ...(operators.includes('is') ? [`${value} is EMPTY`] : []),
      ...(orderable === 'true' ? [`key in () ORDER BY ${value}`.replace('key in ()', 'created < now()')] : []),
    ]);
    const { queries: parsed = [] } = await parseJqlQueries(w.client(w.ann), { queries: usable, validation: 'strict' });
    expect(parsed.filter((one) => one.errors !== undefined)).toEqual([]);
    expect(parsed.length).toBeGreaterThan(30);
  });
});

describe('POST /jql/match', () => {
  it('tells which of the work items each query matches', async () => {
    const w = world();
    const [one, two] = [await w.item({ labels: ['x'] }), await w.item()];
    const ids = [one, two].map((key) => Number(w.store.issue(key)?.id));
    const { matches } = await matchIssues(w.client(w.ann), { issueIds: [...ids, 1], jqls: ['project = DEMO', 'labels = x', 'broken = value'] });
    expect(matches).toEqual([
      { matchedIssues: ids, errors: [] },
      { matchedIssues: [ids[0]], errors: [] },
      { matchedIssues: [], errors: [expect.stringContaining("Field 'broken' does not exist")] },
    ]);
  });
});

describe('GET /issue/picker', () => {
  it('suggests work items by words of key and summary, without the current one', async () => {
    const w = world();
    await w.item({ summary: 'Printer <one>' });
    await w.item({ summary: 'A second printer' });
    await w.item({ summary: 'Lamp' });
    interface Picked {
      sections: { issues: { key: string; summary: string; summaryText: string }[]; sub?: string; msg?: string }[];
    }
    const picked = async (query: string) => (await json<Picked>(w, 'GET', `/rest/api/3/issue/picker?${query}`)).sections[0];
    expect((await picked('query=print'))?.issues.map((one) => one.key)).toEqual(['DEMO-2', 'DEMO-1']);
    expect((await picked('query=print&currentIssueKey=DEMO-2'))?.issues).toEqual([
      expect.objectContaining({ key: 'DEMO-1', summary: '<b>Print</b>er &#60;one&#62;', summaryText: 'Printer <one>' }),
    ]);
    expect((await picked('query=demo-3'))?.issues.map((one) => one.key)).toEqual(['DEMO-3']);
    expect((await picked(`query=demo&currentJQL=${encodeURIComponent('summary ~ lamp')}`))?.issues.map((one) => one.key)).toEqual(['DEMO-3']);
    expect((await picked('query=nothing'))?.msg).toMatch(/No matching/);
  });
});

describe('entity properties', () => {
  it('are found by the paths and names that an app declares, and by no others', async () => {
    const w = world();
    const declared = indexedProperties([
      {
        key: 'index',
        propertyKey: 'usm',
        values: [
          { path: 'level', type: 'number', searchAlias: 'usmLevel' },
          { path: 'chain.owner', type: 'user', searchAlias: 'usmOwner' },
          { path: 'chain.due', type: 'date', searchAlias: 'usmDue' },
          { path: 'tags', type: 'string', searchAlias: 'usm.tag' },
          { path: 'note', type: 'text' },
        ],
      },
      { key: 'people', entityType: 'user', propertyKey: 'who', values: [{ path: 'x', type: 'string', searchAlias: 'nobody' }] },
    ]);
    expect(declared).toHaveLength(5);
    const site = createJira({
      store: w.store,
      clock: new ManualClock('2026-11-24T09:00:00Z'),
      baseUrl: 'http://site.test',
      rules: new Rules(),
      emit: () => undefined,
      propertyAliases: () => declared,
    });
    const key = await w.item();
    await w.item();
    await w.send(w.ann, 'PUT', `/rest/api/3/issue/${key}/properties/usm`, {
      level: 3,
      chain: { owner: w.bob, due: '2026-12-01T10:00:00.000+0000' },
      tags: ['one', 'two'],
      note: 'Red door',
      hidden: 'x',
    });
    const search = async (jql: string): Promise<{ status: number; keys: string[]; said: string | undefined }> => {
      const response = await site.request({ accountId: w.ann, viaApp: true }, '/rest/api/3/search/jql', {
        method: 'POST',
        body: JSON.stringify({ jql, fields: ['summary'] }),
      });
      const answer = (await response.json()) as { issues?: { key: string }[]; errorMessages?: string[] };
      return { status: response.status, keys: answer.issues?.map((one) => one.key) ?? [], said: answer.errorMessages?.[0] };
    };
    for (const jql of [
      'usmLevel > 2',
      'usmLevel in (1, 3)',
      'issue.property[usm].level = 3',
      'usmOwner = Bob',
      'usmDue < "2026/12/02" AND usmDue > startOfDay()',
      'usm.tag = two',
      'issue.property[usm].note ~ door',
    ]) {
      expect([jql, (await search(jql)).keys]).toEqual([jql, [key]]);
    }
    expect((await search('usm.tag != two')).keys).toEqual([]);
    expect((await search('project = DEMO ORDER BY usmLevel DESC')).keys).toHaveLength(2);
    expect((await search('issue.property[usm].hidden = x')).keys).toEqual([]);
    expect((await search('nobody = x')).said).toMatch(/Field 'nobody' does not exist/);
    expect((await search('usmLevel ~ x')).said).toBe("The operator '~' is not supported by the 'usmLevel' field.");
    // a site that tells nothing of indexes finds every path
    const { issues } = await searchAndReconsileIssuesUsingJqlPost(w.client(w.ann), { jql: 'issue.property[usm].hidden = x', fields: ['summary'] });
    expect(issues?.map((one) => one.key)).toEqual([key]);
  });
});
