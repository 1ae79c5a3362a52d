/**
 * What work costs: platform requests of the deployed bundle for looking at a work item, for a refused step, and for each step with all that follows
 * from it, beside the budgets of the design. Counts only; the times are printed for orientation. Run: node --import tsx bench/work.ts
 */
import { create, fillIn, idle, move, tryMove } from '../sandbox/demo/acts';
import type { Visitor } from '../sandbox/demo/client';
import { makeWorld } from '../sandbox/demo/world';
import { freshSite } from '../test/scenarios/site';

/** Jira counts requests as points against an hourly quota; every one of ours is a single point (Jira Cloud docs: rate limiting). */
const BUDGETS = { viewing: 4, transition: 8, writesOnItem: 4, gateJira: 1, gateSql: 1, kvsWrites: 1 } as const;

interface Asked {
  method: string;
  path: string;
}
let asked: Asked[] = [];
const { site, stop } = await freshSite({
  intercept: (request, next) => {
    asked.push(request);
    return next();
  },
});

interface Line {
  name: string;
  budget: number;
  measured: number;
  passed: boolean;
}
const lines: Line[] = [];
const expectAtMost = (name: string, budget: number, measured: number): void =>
  void lines.push({ name, budget, measured, passed: measured <= budget });

interface Counted {
  jira: Asked[];
  invocations: { function: string; jira: number; sql: number; kvs: number; ms: number }[];
}

/** Runs `act` and lets everything that follows arrive. */
async function counted(act: () => Promise<unknown>): Promise<Counted> {
  const seen = site.forge.invocations().length;
  asked = [];
  await act();
  await world.admin.ask('POST', '/_sandbox/idle');
  const invocations = site.forge
    .invocations()
    .slice(seen)
    .map(({ functionKey, requests, ms }) => ({ function: functionKey, ...requests, ms }));
  return { jira: [...asked], invocations };
}

const isWrite = ({ method, path }: Asked): boolean => method !== 'GET' && !/bulkfetch|search|jql|changelog/.test(path);
const describeAll = ({ jira, invocations }: Counted): string => {
  const sum = (kind: 'jira' | 'sql' | 'kvs'): number => invocations.reduce((total, one) => total + one[kind], 0);
  const longest = Math.max(0, ...invocations.map((one) => one.ms));
  return `${String(invocations.length)} invocations, Jira ${String(jira.length)} (${String(jira.filter(isWrite).length)} writes), SQL ${String(sum('sql'))}, KVS ${String(sum('kvs'))}, longest ${longest.toFixed(0)} ms`;
};

/** The person's own transition is a request too, and counts as one of the writes. */
async function step(name: string, person: Visitor, key: string, transition: string, given = {}): Promise<void> {
  const cost = await counted(() => move(world, person, key, transition, given));
  console.log(`${name.padEnd(34)} ${describeAll(cost)}`);
  expectAtMost(`${name}: requests in Jira`, BUDGETS.transition, cost.jira.length + 1);
  const own = cost.jira.filter((one) => isWrite(one) && one.path.includes(`/issue/${key}`)).length;
  expectAtMost(`${name}: writes on the work item`, BUDGETS.writesOnItem, own + 1);
  for (const gate of cost.invocations.filter((one) => one.function === 'gate')) {
    expectAtMost(`${name}: gate, reads in Jira`, BUDGETS.gateJira, gate.jira);
    expectAtMost(`${name}: gate, reads in SQL`, BUDGETS.gateSql, gate.sql);
  }
}

async function look(name: string, person: Visitor, key: string): Promise<void> {
  const cost = await counted(() => person.invoke('usm-process', 'work.process', {}, key));
  console.log(`${name.padEnd(34)} ${describeAll(cost)}`);
  expectAtMost(`${name}: requests in Jira`, BUDGETS.viewing, cost.jira.length);
  expectAtMost(`${name}: invocations`, 1, cost.invocations.length);
}

const world = await makeWorld(site.url, site.administrator.email);
const { sofia, amira, daan, joris, henk } = world.people;

try {
  const { key } = await create(world, sofia, 'Incident', 'No network on ward 3B', {
    Customer: 'Sint Lucas Ziekenhuis',
    Service: 'Ward network',
    Category: ['Network', 'no connection'],
    Impact: 'High',
    Urgency: 'Medium',
    Observed: 'Nothing connects.',
    Agreed: 'Every bed has a connection.',
    'Items to change': ['SW-3B-02'],
  });
  await idle(world);
  await look('panel, registered', amira, key);
  await step('Accept', amira, key, 'Accept');
  await step('Analyse', amira, key, 'Analyse');
  await step('Solution found', daan, key, 'Solution found', { Solution: 'Another model.', 'Recovery route': 'Change', Workaround: 'No' });
  const refused = await counted(() => tryMove(world, amira, key, 'Recover'));
  console.log(`${'Recover, refused'.padEnd(34)} ${describeAll(refused)}`);
  for (const gate of refused.invocations.filter((one) => one.function === 'gate')) {
    expectAtMost('Recover, refused: gate, reads in Jira', BUDGETS.gateJira, gate.jira);
    expectAtMost('Recover, refused: gate, SQL with the record of the refusal', BUDGETS.gateSql + 1, gate.sql);
  }
  await step('Recover, handing over', amira, key, 'Recover', {
    'Hand over to': ['Request for Change'],
    'Solution team': 'Network',
    'What is asked': 'Replace it. Every bed has a connection.',
  });
  await look('panel, handed over', amira, key);
  const { fields } = await amira.ask<{ fields: { issuelinks: { outwardIssue?: { key: string } }[] } }>(
    'GET',
    `/rest/api/3/issue/${key}?fields=issuelinks`,
  );
  const child = fields.issuelinks.find((one) => one.outwardIssue)?.outwardIssue?.key ?? '';
  await look('panel of the child', joris, child);
  await step('Accept of the child', joris, child, 'Accept');
  await fillIn(world, joris, child, { 'Change category': 'Normal', Plan: 'Swap it.', 'Back-out': 'Swap back.' });
  await step('Plan', joris, child, 'Plan');
  await fillIn(world, joris, child, { 'Window start': new Date('2030-01-07T12:00Z'), 'Window end': new Date('2030-01-07T13:00Z') });
  await step('Agree plan', henk, child, 'Agree plan');
  await step('Withdraw of the child, parent back', joris, child, 'Withdraw', { Reason: 'Other', 'Reason in words': 'Not this way.' });
} finally {
  await stop();
}

for (const { name, budget, measured, passed } of lines)
  console.log(`${passed ? 'within' : 'OVER  '} ${name}: ${String(measured)} of ${String(budget)}`);
if (lines.some((one) => !one.passed)) process.exitCode = 1;
