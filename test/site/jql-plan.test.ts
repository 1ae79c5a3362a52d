/** Indexes change how fast a query is answered, never what the answer is: random sites, random changes, random queries. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { findIssues } from '../../sandbox/jira/search/find';
import { parseJql } from '../../sandbox/jira/search/jql';
import { firstOf } from '../../sandbox/jira/search/order';
import { candidates, indexPlanner, scanPlanner, type Planner } from '../../sandbox/jira/search/plan';
import type { Issue, Json } from '../../sandbox/jira/store';
import { world, type World } from './jiraWorld';

const DAY = 86_400_000;
const START = Date.parse('2026-11-24T09:00:00Z');

let w: World;
let team: string;
let effort: string;
let tags: string;
let options: string[];

beforeAll(() => {
  w = world();
  team = w.field('Team', 'select', ['North', 'South', 'East']);
  effort = w.field('Effort', 'float');
  tags = w.field('Tags', 'labels');
  options = w.store.fields.get(team)?.contexts[0]?.options.map((one) => one.id) ?? [];
});

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const values = fc.record({
  status: fc.nat(2),
  type: fc.nat(3),
  age: fc.integer({ min: 0, max: 40 * DAY }),
  assignee: some(fc.nat(1)),
  team: some(fc.nat(2)),
  effort: some(fc.integer({ min: -2, max: 3 })),
  tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
  due: some(fc.integer({ min: -5, max: 5 })),
  priority: some(fc.integer({ min: 1, max: 5 })),
  resolved: fc.boolean(),
  level: some(fc.nat(3)),
  text: fc.constantFrom('red lamp', 'blue door', 'red door'),
  was: fc.array(fc.nat(2), { maxLength: 3 }),
});
type Values = typeof values extends fc.Arbitrary<infer T> ? T : never;

function put(id: string, given: Values): Issue {
  const statuses = [w.todo, w.doing, w.done];
  const status = (n: number): string => statuses[n] ?? w.todo;
  const created = START - given.age;
  const path = [...given.was, given.status].map(status);
  const changes = path.slice(1).map((to, at) => ({
    id: `${id}-${at}`,
    authorId: at % 2 === 0 ? w.ann : w.bob,
    created: created + (at + 1) * 3_600_000,
    items: [{ field: 'status', fieldtype: 'jira' as const, fieldId: 'status', from: path[at] ?? null, fromText: null, to, toText: null }],
  }));
  const fields: Record<string, Json | undefined> = {
    summary: given.text,
    reporter: w.ann,
    assignee: given.assignee === undefined ? undefined : [w.ann, w.bob][given.assignee],
    [team]: given.team === undefined ? undefined : options[given.team],
    [effort]: given.effort,
    [tags]: given.tags.length > 0 ? given.tags : undefined,
    priority: given.priority === undefined ? undefined : String(given.priority),
    duedate: given.due === undefined ? undefined : new Date(START + given.due * DAY).toISOString().slice(0, 10),
  };
  return {
    id,
    key: `DEMO-${id}`,
    projectId: w.project.id,
    workTypeId: w.store.workTypes.all()[given.type]?.id ?? '',
    statusId: status(given.status),
    creatorId: w.bob,
    created,
    updated: created + 3_600_000,
    statusChanged: created,
    ...(given.resolved && { resolved: created + DAY }),
    fields: Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined)),
    properties: given.level === undefined ? {} : { usm: { level: given.level, path: [given.text] } },
    changes,
    comments: [],
  };
}

const comparison = fc.constantFrom('<', '<=', '>', '>=', '=', '!=');
const clause = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('status', 'issuetype', 'Team', 'assignee', 'priority', 'Tags', 'reporter', 'due', 'Effort', 'resolved'),
      fc.constantFrom('is', 'is not'),
    )
    .map(([field, is]) => `${field} ${is} EMPTY`),
  fc.tuple(fc.constantFrom('=', '!='), fc.constantFrom('"To Do"', 'Done', '"In Progress"')).map(([sign, value]) => `status ${sign} ${value}`),
  fc
    .tuple(fc.constantFrom('in', 'not in'), fc.subarray(['North', 'South', 'EMPTY'], { minLength: 1 }))
    .map(([sign, list]) => `Team ${sign} (${list.join(', ')})`),
  fc
    .tuple(fc.constantFrom('in', 'not in'), fc.subarray(['a', 'b', 'z'], { minLength: 1 }))
    .map(([sign, list]) => `Tags ${sign} (${list.join(', ')})`),
  fc.tuple(comparison, fc.integer({ min: -2, max: 3 })).map(([sign, value]) => `Effort ${sign} ${value}`),
  fc.tuple(comparison, fc.integer({ min: -40, max: 1 })).map(([sign, value]) => `created ${sign} "${value}d"`),
  fc.tuple(comparison, fc.integer({ min: -6, max: 6 })).map(([sign, value]) => `due ${sign} startOfDay("${value}d")`),
  fc.tuple(comparison, fc.constantFrom('High', 'Low', 'Medium')).map(([sign, value]) => `priority ${sign} ${value}`),
  fc.tuple(comparison, fc.nat(3)).map(([sign, value]) => `issue.property[usm].level ${sign} ${value}`),
  fc.constantFrom('statusCategory != Done', 'assignee = currentUser()', 'assignee not in (currentUser())', 'summary ~ red', 'summary !~ door'),
  fc.constantFrom(
    'status was Done',
    'status was not "In Progress" by Ann',
    'status changed to Done after -20d',
    'key in (DEMO-1, DEMO-2)',
    'key != DEMO-1',
  ),
  fc.constantFrom(
    'issuetype = Bug',
    'issuetype not in subTaskIssueTypes()',
    'resolved >= -10d',
    'updated < -3d',
    'issue.property[usm].path = "red door"',
  ),
);

const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    clause,
    fc.tuple(tie('query'), fc.constantFrom('AND', 'OR'), tie('query')).map(([a, join, b]) => `(${a} ${join} ${b})`),
    tie('query').map((one) => `NOT (${one})`),
  ),
}));

const found = (jql: string, planner: Planner): string[] => {
  const ann = w.store.users.get(w.ann);
  return [...findIssues(w.site.jira, ann, parseJql(w.site.jira, ann, jql, planner))].map((one) => one.id).sort();
};

describe('a search with indexes', () => {
  it('finds what looking at every work item finds, also after changes', () => {
    const changes = fc.array(fc.tuple(fc.nat(30), some(values)), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 2, maxLength: 30 }),
        fc.array(query, { minLength: 1, maxLength: 4 }),
        changes,
        (rows, queries, later) => {
          w.store.issues.load([]);
          rows.forEach((row, at) => w.store.putIssue(put(String(at + 1), row)));
          const same = (): void => {
            for (const jql of queries) expect([jql, found(jql, indexPlanner(w.store))]).toEqual([jql, found(jql, scanPlanner)]);
          };
          for (const id of ['1', '2']) w.store.putIssue(w.store.issues.get(id) ?? put(id, rows[0] as Values));
          same();
          for (const [place, row] of later) {
            const known = w.store.issues.get(String(place + 1));
            if (row) w.store.putIssue(put(String(place + 1), row));
            else if (known && place > 1) w.store.deleteIssue(known);
          }
          same();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('looks at few work items where one clause is narrow', () => {
    w.store.issues.load([]);
    const row: Values = {
      status: 0,
      type: 0,
      age: 0,
      assignee: 0,
      team: 0,
      effort: 1,
      tags: ['a'],
      due: 0,
      priority: 1,
      resolved: false,
      level: 1,
      text: 'red lamp',
      was: [],
    };
    for (let n = 1; n <= 100; n += 1) w.store.putIssue(put(String(n), n === 7 ? { ...row, team: 1, tags: ['a', 'b'] } : row));
    const looked = (jql: string): number => [...candidates(w.store, parseJql(w.site.jira, w.store.users.get(w.ann), jql).leg)].length;
    expect(looked('project = DEMO AND Team = South')).toBe(1);
    expect(looked('summary ~ lamp AND (Tags = b OR key = DEMO-9)')).toBe(2);
    expect(looked('project = DEMO AND NOT (Team = North OR summary ~ door)')).toBe(1);
    expect(looked('created < -1d AND status was Done')).toBeLessThanOrEqual(100);
    expect(looked('created < -3d')).toBe(0);
    expect(looked('summary ~ lamp')).toBe(100);
  });

  it('follows a change through REST at once', async () => {
    w.store.issues.load([]);
    const key = await w.item();
    expect(found('Team = North', indexPlanner(w.store))).toEqual([]);
    await w.send(w.ann, 'PUT', `/rest/api/3/issue/${key}`, { fields: { [team]: { value: 'North' } } });
    expect(found('Team = North AND updated >= startOfDay()', indexPlanner(w.store))).toHaveLength(1);
    await w.send(w.ann, 'PUT', `/rest/api/3/issue/${key}/properties/usm`, { level: 3 });
    expect(found('issue.property[usm].level = 3', indexPlanner(w.store))).toHaveLength(1);
    await w.send(w.ann, 'PUT', `/rest/api/3/issue/${key}/properties/usm`, { level: 4 });
    expect(found('issue.property[usm].level = 3', indexPlanner(w.store))).toEqual([]);
    expect(found('issue.property[usm].level = 4', indexPlanner(w.store))).toHaveLength(1);
    w.project.roleActors[w.store.roles.find((one) => one.name === 'Administrators')?.id ?? ''] = { users: [w.admin], groups: [] };
    expect((await w.send(w.admin, 'DELETE', `/rest/api/3/issue/${key}`)).status).toBe(204);
    expect(found('Team = North', indexPlanner(w.store))).toEqual([]);
  });
});

describe('the first few of many', () => {
  it('are those that sorting puts first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (items, size) => {
        const compare = (a: number, b: number): number => a - b;
        expect(firstOf([...items], size, compare)).toEqual([...items].sort(compare).slice(0, size));
      }),
    );
  });
});
