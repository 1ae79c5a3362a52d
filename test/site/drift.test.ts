/** Drift, repair, acceptance and verification on a site with the app that would be deployed; another administrator edits the site by hand. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { create, idle, type Item, move } from '../../sandbox/demo/acts';
import { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import type { Intercept } from '../../sandbox/site';
import { driftCalls, type DriftReport, setupCalls, type Verification } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';

const DAY = 86_400_000;

let fresh: FreshSite;
let world: World;
let henk: Visitor;
const clock = new ManualClock(new Date());
let asked: { method: string; path: string }[] = [];
let fault: Intercept = (_request, next) => next();

beforeAll(async () => {
  fresh = await freshSite({
    clock,
    intercept: (request, next) => {
      asked.push(request);
      return fault(request, next);
    },
  });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  const { accountId } = await world.admin.ask<{ accountId: string }>('POST', '/rest/api/3/user', {
    emailAddress: 'henk@noordhaven.test',
    displayName: 'Henk de Wit',
    products: ['jira-software'],
  });
  await world.admin.ask('POST', '/rest/api/3/group/user?groupname=jira-administrators', { accountId });
  henk = new Visitor(fresh.site.url, 'henk@noordhaven.test', 'Henk de Wit');
});
afterAll(() => fresh.stop());
/** The functions' own clocks run on while the site's stands, so what happens next happens a minute later. */
beforeEach(() => {
  clock.advance(60_000);
  fault = (_request, next) => next();
  asked = [];
});

async function call(name: keyof typeof driftCalls, payload: unknown = {}): Promise<DriftReport> {
  const answer = driftCalls['drift.read'].answer.parse(await world.admin.invoke('usm-setup', name, payload));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}
const read = (fresh = true): Promise<DriftReport> => call('drift.read', { fresh });
const refused = (name: keyof typeof driftCalls, payload: unknown, who = world.admin): Promise<unknown> => who.invoke('usm-setup', name, payload);
const sentences = ({ items }: DriftReport): string[] => items.map((one) => one.sentence);

async function verify(): Promise<Verification> {
  const answer = setupCalls['setup.verify'].answer.parse(await world.admin.invoke('usm-setup', 'setup.verify'));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}

interface Workflow {
  id: string;
  name: string;
  version: object;
  description: string;
  statuses: { statusReference: string }[];
  transitions: {
    id: string;
    name: string;
    type: string;
    toStatusReference: string;
    links: { fromStatusReference: string }[];
    validators: { ruleKey: string }[];
    actions: object[];
  }[];
}

/** Henk opens a workflow in the editor, changes it and saves it. `mappings`: where work items go whose status leaves. */
async function edit(
  name: string,
  change: (workflow: Workflow) => Workflow,
  mappings: { oldStatusReference: string; newStatusReference: string }[] = [],
): Promise<void> {
  const { statuses, workflows } = await henk.ask<{ statuses: { statusReference: string }[]; workflows: [Workflow] }>(
    'POST',
    '/rest/api/3/workflows',
    {
      workflowNames: [name],
    },
  );
  const { id, version, description, statuses: own, transitions } = change(workflows[0]);
  const used = new Set(own.map((one) => one.statusReference));
  await henk.ask('POST', '/rest/api/3/workflows/update', {
    statuses: statuses.filter((one) => used.has(one.statusReference)),
    workflows: [{ id, version, description, statuses: own, transitions, defaultStatusMappings: mappings }],
  });
}

const withoutRelease = (workflow: Workflow): Workflow => ({
  ...workflow,
  transitions: workflow.transitions.map((one) => (one.name === 'Release' ? { ...one, validators: [] } : one)),
});

const statusOf = async ({ key }: Item): Promise<string> =>
  (await world.admin.ask<{ fields: { status: { name: string } } }>('GET', `/rest/api/3/issue/${key}?fields=status`)).fields.status.name;

describe('right after setup', () => {
  it('verify finds everything and says what comes next', async () => {
    const { checks, drifts, next, proof } = await verify();
    expect(drifts).toBe(0);
    expect(checks.filter((one) => one.is !== 'ok').map((one) => `${one.what}: ${one.found}`)).toEqual([
      expect.stringMatching(/^Roles have people: \d of 8$/),
    ]);
    expect(next[0]?.text).toMatch(/^Name people for \d roles?$/);
    expect(proof?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('a reading that was kept asks Jira nothing of the site', async () => {
    await read();
    asked = [];
    const report = await read(false);
    expect(report).toMatchObject({ items: [], upgrade: false });
    expect(asked.filter(({ path }) => !path.includes('/mypermissions'))).toEqual([]);
  });
});

describe('what somebody changes by hand', () => {
  it('is found with who and when, repaired in one write, and told as repaired', async () => {
    await edit('USM Request for Change', withoutRelease);
    const report = await read();
    expect(sentences(report)).toEqual([
      'Rules V10, V20 and V23 are gone from Release in Request for Change',
      'Nobody asks any more who takes Release in Request for Change',
    ]);
    expect(report.items[0]).toMatchObject({ severity: 'missing', safe: true, requests: 2, who: 'Henk de Wit' });
    asked = [];
    const after = await call('drift.repair', { ids: report.items.map((one) => one.id) });
    expect(asked.filter(({ method, path }) => method !== 'GET' && /workflows\/update$/.test(path))).toHaveLength(1);
    expect(after.items).toEqual([]);
    expect(after.repaired.map(({ sentence, by }) => [sentence, by]).sort()).toEqual(
      sentences(report)
        .map((sentence) => [sentence, 'Site administrator'])
        .sort(),
    );
    expect((await read()).items).toEqual([]);
  });

  it('a removed step comes back; work that had to leave it stands in a step of the method and goes on', async () => {
    const { sofia, amira } = world.people;
    const item = await create(world, sofia, 'Incident', 'No network', {
      Customer: 'Sint Lucas Ziekenhuis',
      Service: 'Ward network',
      Category: ['Network', 'no connection'],
      Impact: 'High',
      Urgency: 'Medium',
      Observed: 'Nothing connects.',
      Agreed: 'Every bed has a connection.',
    });
    await move(world, amira, item.key, 'Accept');
    await idle(world);
    const ids = new Map((await henk.ask<{ id: string; name: string }[]>('GET', '/rest/api/3/status')).map((one) => [one.name, one.id]));
    const [accepted = '', registered = '', analysing = ''] = ['Accepted', 'Registered', 'Analysing'].map((name) => ids.get(name));
    await edit(
      'USM Incident',
      (workflow) => ({
        ...workflow,
        statuses: workflow.statuses.filter((one) => one.statusReference !== accepted),
        transitions: [
          ...workflow.transitions
            .filter((one) => one.toStatusReference !== accepted)
            .map((one) => ({ ...one, links: one.links.filter((row) => row.fromStatusReference !== accepted) }))
            .filter((one) => one.type !== 'DIRECTED' || one.links.length > 0),
          {
            id: '950',
            name: 'Begin',
            type: 'DIRECTED',
            toStatusReference: analysing,
            links: [{ fromStatusReference: registered }],
            validators: [],
            actions: [],
          },
        ],
      }),
      [{ oldStatusReference: accepted, newStatusReference: registered }],
    );
    expect(await statusOf(item)).toBe('Registered');
    const report = await read();
    expect(sentences(report)).toEqual(['The step Accepted was removed from Incident', 'Incident has a new transition: Begin']);
    const after = await call('drift.repair', { ids: report.items.map((one) => one.id) });
    expect(sentences(after)).toEqual(['Incident has a new transition: Begin']);
    expect(await statusOf(item)).toBe('Registered');
    await move(world, amira, item.key, 'Accept');
    expect(await statusOf(item)).toBe('Accepted');
  });
});

describe('what is decided', () => {
  const id = 'workflows.incident.added.950';

  it('a deviation is accepted until a day, and opened again', async () => {
    const review = new Date(clock.now().getTime() + 30 * DAY).toISOString().slice(0, 10);
    const report = await call('drift.accept', { id, reason: 'We try it for a month', review });
    expect(report.items.find((one) => one.id === id)?.accepted).toMatchObject({
      reason: 'We try it for a month',
      review,
      by: { name: 'Site administrator' },
    });
    expect((await call('drift.reopen', { id })).items.find((one) => one.id === id)?.accepted).toBeUndefined();
  });

  it.each([
    ['a day that has passed', { id, reason: 'Late', review: '2020-01-01' }, 'person.input'],
    ['no reason', { id, reason: ' ', review: '2099-01-01' }, 'person.input'],
    ['a deviation that is not there', { id: 'workflows.incident.confirm.gate', reason: 'None', review: '2099-01-01' }, 'person.notFound'],
  ])('refuses %s', async (_what, payload, code) => {
    expect(await refused('drift.accept', payload)).toMatchObject({ state: 'error', code });
  });

  it('only administrators are asked', async () => {
    for (const name of Object.keys(driftCalls) as (keyof typeof driftCalls)[])
      expect(await refused(name, {}, world.people.amira)).toMatchObject({ state: 'forbidden' });
  });
});

describe('the daily reading', () => {
  it('runs as the app and finds what changed since', async () => {
    await edit('USM Request for Change', withoutRelease);
    const before = await read(false);
    clock.advance(60_000);
    await world.admin.ask('POST', '/_sandbox/schedule');
    const report = await read(false);
    expect(report.asOf).toBeGreaterThan(before.asOf ?? 0);
    expect(report.items.find((one) => one.id === 'workflows.rfc.release.gate')?.who).toBe('Henk de Wit');
    expect(report.unread).toBeUndefined();
  });

  it('keeps what was read when Jira does not answer', async () => {
    const before = await read(false);
    fault = (request, next) => (request.path.startsWith('/rest/api/3/screens') ? Promise.resolve(new Response('{}', { status: 503 })) : next());
    await world.admin.ask('POST', '/_sandbox/schedule');
    expect(await read(false)).toEqual(before);
  });
});
