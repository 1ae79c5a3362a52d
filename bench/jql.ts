/**
 * How fast searches are over 100,000 work items: `node --import tsx bench/jql.ts [work items]`.
 * Prints, for each query, the time with indexes, the time of looking at every work item, and their ratio.
 */
import { performance } from 'node:perf_hooks';
import { ManualClock } from '../sandbox/clock';
import { createJira } from '../sandbox/jira';
import { DEFAULTS } from '../sandbox/jira/lookups';
import { findIssues } from '../sandbox/jira/search/find';
import { parseJql } from '../sandbox/jira/search/jql';
import { pageOf } from '../sandbox/jira/search/order';
import { indexPlanner, scanPlanner, type Planner } from '../sandbox/jira/search/plan';
import { seed } from '../sandbox/jira/seed';
import { Store, type Issue, type Json } from '../sandbox/jira/store';

const SIZE = Number(process.argv[2] ?? 100_000);
const ROUNDS = 5;
const DAY = 86_400_000;
const START = Date.parse('2024-11-24T09:00:00Z');

/** The same numbers on every run. */
function random(): () => number {
  let state = 42;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const next = random();
const below = (limit: number): number => Math.floor(next() * limit);
const pick = <T>(rows: readonly T[]): T => {
  const row = rows[below(rows.length)];
  if (row === undefined) throw new Error('nothing to pick from');
  return row;
};

const WORDS = 'printer laptop mail network login slow broken new request access paper screen cable update licence office door light'.split(' ');
const sentence = (): string => Array.from({ length: 6 }, () => pick(WORDS)).join(' ');
const document = (text: string): Json => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

const clock = new ManualClock(new Date(START + 730 * DAY));
const store = new Store();
const admin = seed(store, START);
const site = createJira({
  store,
  clock,
  baseUrl: 'http://bench.test',
  rules: { rules: () => [], validate: () => Promise.resolve({ result: true }), runPostFunction: () => undefined },
  emit: () => undefined,
});

const people = Array.from({ length: 200 }, (_, n) => {
  const id = `person-${n}`;
  store.users.put({
    id,
    displayName: `Person ${n}`,
    emailAddress: `p${n}@site.example`,
    accountType: 'atlassian',
    active: true,
    timeZone: 'Etc/UTC',
  });
  return id;
});
const projects = Array.from({ length: 20 }, (_, n) =>
  store.projects.put({
    id: store.nextId('project'),
    key: `P${n}`,
    name: `Project ${n}`,
    description: '',
    projectTypeKey: 'software',
    leadAccountId: admin,
    assigneeType: 'UNASSIGNED',
    workTypeSchemeId: DEFAULTS.workTypeScheme,
    workflowSchemeId: DEFAULTS.workflowScheme,
    workTypeScreenSchemeId: DEFAULTS.workTypeScreenScheme,
    permissionSchemeId: DEFAULTS.permissionScheme,
    roleActors: {},
    properties: {},
    issueCounter: 0,
  }),
);
const options = Array.from({ length: 12 }, (_, n) => ({ id: store.nextId('option'), value: `Team ${n}`, disabled: false }));
const context = { id: store.nextId('context'), name: 'Default', description: '', projectIds: [], workTypeIds: [], options };
store.fields.put({ id: 'customfield_10050', name: 'Team', description: '', kind: 'select', contexts: [context] });

const statuses = store.statuses.all().map((one) => one.id);
const types = store.workTypes.all().map((one) => one.id);
const priorities = store.priorities.all().map((one) => one.id);
const labels = Array.from({ length: 50 }, (_, n) => `label-${n}`);

function workItem(): Issue {
  const project = pick(projects);
  project.issueCounter += 1;
  const created = START + below(730) * DAY + below(DAY);
  const path = ['10000', ...Array.from({ length: below(4) }, () => pick(statuses))];
  const changes = path.slice(1).map((to, index) => ({
    id: store.nextId('change'),
    authorId: pick(people),
    created: created + (index + 1) * DAY,
    items: [{ field: 'status', fieldtype: 'jira' as const, fieldId: 'status', from: path[index] ?? null, fromText: null, to, toText: null }],
  }));
  const updated = changes.at(-1)?.created ?? created;
  return {
    id: store.nextId('issue'),
    key: `${project.key}-${project.issueCounter}`,
    projectId: project.id,
    workTypeId: pick(types),
    statusId: path.at(-1) ?? '10000',
    creatorId: pick(people),
    created,
    updated,
    statusChanged: updated,
    fields: {
      summary: sentence(),
      description: document(`${sentence()}. ${sentence()}.`),
      reporter: pick(people),
      priority: pick(priorities),
      labels: [pick(labels)],
      customfield_10050: pick(options).id,
      ...(next() < 0.7 && { assignee: pick(people) }),
      ...(next() < 0.3 && { duedate: new Date(created + below(60) * DAY).toISOString().slice(0, 10) }),
    },
    properties: {},
    changes,
    comments: [],
  };
}

const QUERIES = [
  'project = P3 ORDER BY created DESC',
  'project = P3 AND status = "In Progress"',
  'assignee = "person-7" AND statusCategory != Done ORDER BY priority DESC, updated DESC',
  'assignee is EMPTY AND project in (P1, P2)',
  'updated >= -7d ORDER BY updated DESC',
  'Team = "Team 4" AND issuetype = Bug AND created >= startOfMonth(-3)',
  'labels in (label-3, label-9) AND project = P5',
  'key in (P1-1, P2-2, P3-3)',
  'project = P3 AND status WAS Done AFTER -90d',
  '(reporter = "person-3" OR assignee = "person-3") AND NOT status = Done AND text ~ "printer"',
];
const FULL_SCANS = ['text ~ "printer slow" ORDER BY updated DESC', 'status CHANGED TO Done BY "person-5"'];

const person = store.users.get(admin);

/** The best of some rounds, in milliseconds, of the first page of a query. */
function timeOf(jql: string, planner: Planner): { ms: number; found: number } {
  let ms = Infinity;
  let found = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    const query = parseJql(site.jira, person, jql, planner);
    const rows = [...findIssues(site.jira, person, query)];
    pageOf(rows, query.ordering, undefined, 50);
    ms = Math.min(ms, performance.now() - from);
    found = rows.length;
  }
  return { ms, found };
}

const loadedFrom = performance.now();
for (let n = 0; n < SIZE; n += 1) store.putIssue(workItem());
console.log(`${SIZE} work items in ${Math.round(performance.now() - loadedFrom)} ms`);

const builtFrom = performance.now();
for (const jql of QUERIES) parseJql(site.jira, person, jql);
console.log(`indexes for the queries below in ${Math.round(performance.now() - builtFrom)} ms\n`);

const line = (...cells: string[]): void => console.log(cells.map((cell, at) => (at === 4 ? cell : cell.padStart(9))).join('  '));
line('found', 'indexed', 'scan', 'ratio', 'query');
for (const jql of [...QUERIES, ...FULL_SCANS]) {
  const indexed = timeOf(jql, indexPlanner(store));
  const scan = timeOf(jql, scanPlanner);
  if (indexed.found !== scan.found) throw new Error(`${jql}: ${indexed.found} with indexes, ${scan.found} without`);
  line(String(indexed.found), `${indexed.ms.toFixed(1)} ms`, `${scan.ms.toFixed(1)} ms`, `${(scan.ms / indexed.ms).toFixed(0)}x`, jql);
}

// One change: only this work item is indexed anew.
const [some] = store.issues.all();
if (some) {
  const from = performance.now();
  store.putIssue({ ...some, statusId: statuses[2] ?? some.statusId });
  timeOf('project = P3 AND status = Done', indexPlanner(store));
  console.log(`\na change and the search after it: ${(performance.now() - from).toFixed(1)} ms for ${ROUNDS} rounds`);
}
