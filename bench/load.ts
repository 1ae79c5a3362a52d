/**
 * How the local Jira bears load: many work items through POST /issue/bulk, then what is done with them all the time.
 * Run: npx tsx bench/load.ts [work items, default 100000]
 */
import { performance } from 'node:perf_hooks';
import { systemClock } from '../sandbox/clock';
import { createJira } from '../sandbox/jira';
import { DEFAULTS } from '../sandbox/jira/lookups';
import { seed } from '../sandbox/jira/seed';
import { Store, type Json } from '../sandbox/jira/store';

/** OpenAPI: createIssues. */
const AT_ONCE = 50;
const MEGABYTE = 1024 * 1024;

const total = Number(process.argv[2] ?? 100_000);

const store = new Store();
const admin = seed(store, systemClock.now().getTime());
store.projects.put({
  id: store.nextId('project'),
  key: 'LOAD',
  name: 'Load',
  description: '',
  projectTypeKey: 'software',
  leadAccountId: admin,
  assigneeType: 'UNASSIGNED',
  workTypeSchemeId: DEFAULTS.workTypeScheme,
  workflowSchemeId: DEFAULTS.workflowScheme,
  workTypeScreenSchemeId: DEFAULTS.workTypeScreenScheme,
  permissionSchemeId: DEFAULTS.permissionScheme,
  roleActors: Object.fromEntries(store.roles.all().map(({ id }) => [id, { users: [admin], groups: [] }])),
  properties: {},
  issueCounter: 0,
});

let events = 0;
const site = createJira({
  store,
  clock: systemClock,
  baseUrl: 'http://site.test',
  rules: { rules: () => [], validate: () => Promise.resolve({ result: true }), runPostFunction: () => undefined },
  emit: () => {
    events += 1;
  },
});

async function call(method: string, path: string, body?: Json): Promise<unknown> {
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await site.request({ accountId: admin, viaApp: false }, path, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return text ? JSON.parse(text) : undefined;
}

const memory = (): string => {
  const { rss, heapUsed } = process.memoryUsage();
  return `heap ${Math.round(heapUsed / MEGABYTE)} MB, all ${Math.round(rss / MEGABYTE)} MB`;
};

async function timed(what: string, times: number, act: (index: number) => Promise<unknown>): Promise<void> {
  const start = performance.now();
  for (let index = 0; index < times; index += 1) await act(index);
  const took = performance.now() - start;
  console.info(`${what}: ${(took / 1000).toFixed(1)} s, ${(took / times).toFixed(2)} ms each; ${memory()}`);
}

const keyOf = (index: number): string => `LOAD-${(index * 7919) % total || 1}`;
const epic = (index: number): Json => (index % 100 === 0 ? { issuetype: { name: 'Epic' } } : { issuetype: { name: 'Task' } });

async function createMany(first: number, count: number): Promise<void> {
  const issueUpdates = Array.from({ length: count }, (_, offset) => {
    const index = first + offset;
    return { fields: { project: { key: 'LOAD' }, summary: `Work item ${index}`, labels: [`l${index % 50}`], ...(epic(index) as object) } };
  });
  await call('POST', '/rest/api/3/issue/bulk', { issueUpdates });
}

const TENTH = Math.ceil(total / 10 / AT_ONCE);
console.info(`${total} work items, ${AT_ONCE} a call`);
let made = 0;
for (let part = 1; made < total; part += 1) {
  await timed(`create, part ${part}`, Math.min(TENTH, Math.ceil((total - made) / AT_ONCE)), async () => {
    const count = Math.min(AT_ONCE, total - made);
    await createMany(made, count);
    made += count;
  });
}
console.info(`${store.issues.size} work items, ${events} events`);

const SAMPLE = 1000;
await timed('read', SAMPLE, (index) => call('GET', `/rest/api/3/issue/${keyOf(index)}`));
await timed('edit', SAMPLE, (index) => call('PUT', `/rest/api/3/issue/${keyOf(index)}`, { fields: { labels: [`edited${index}`] } }));
await timed('transitions', SAMPLE, (index) => call('GET', `/rest/api/3/issue/${keyOf(index)}/transitions`));
await timed('transition', SAMPLE, (index) => call('POST', `/rest/api/3/issue/${keyOf(index)}/transitions`, { transition: { id: '21' } }));
await timed('link', SAMPLE, (index) =>
  call('POST', '/rest/api/3/issueLink', { type: { name: 'Relates' }, inwardIssue: { key: keyOf(index) }, outwardIssue: { key: keyOf(index + 1) } }),
);
await timed('delete', 100, (index) => call('DELETE', `/rest/api/3/issue/${keyOf(index + SAMPLE * 2)}`));
await timed('search by label, 50 a page', 20, (index) =>
  call('GET', `/rest/api/3/search/jql?jql=${encodeURIComponent(`project = LOAD AND labels = l${index}`)}&fields=summary`),
);
const text = JSON.stringify(store.toJSON());
console.info(`written down: ${Math.round(text.length / MEGABYTE)} MB; ${memory()}`);
await timed('read back', 1, () => {
  new Store().load(JSON.parse(text) as Json);
  return Promise.resolve();
});
