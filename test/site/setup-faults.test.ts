/** Setup by the deployed app while Jira fails in every way it knows: each ends in a clear state from which it goes on, or back. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Visitor } from '../../sandbox/demo/client';
import type { FaultsInput } from '../../sandbox/hosting/faults';
import { Store } from '../../sandbox/jira/store';
import { readTransfer } from '../../sandbox/site';
import {
  setupCalls,
  type SetupPlan,
  setupPlan,
  type SetupProgress,
  setupProgress,
  setupTarget,
  type SetupTarget,
  verification,
} from '../../src/contract';
import { picture } from '../features/support/setup';
import { type FreshSite, freshSite } from '../scenarios/site';

const NEW_SPACE = setupTarget.parse({ spaces: { kind: 'new', key: 'NSS', name: 'Noordhaven Shared Services' }, begin: 'enforce' });
const EXISTING = setupTarget.parse({ spaces: { kind: 'existing', keys: ['HELP', 'SHOP'] } });

let fresh: FreshSite;
let admin: Visitor;

beforeEach(async () => {
  fresh = await freshSite();
  admin = new Visitor(fresh.site.url, fresh.site.administrator.email);
});
afterEach(() => fresh.stop());

const faults = (rules: FaultsInput['rules']): void => void fresh.site.faults.set({ rules });

async function plan(target: SetupTarget): Promise<SetupPlan> {
  return setupPlan.parse(await admin.invoke('usm-setup', 'setup.plan', target));
}
const step = async (target: SetupTarget, hash: string, who = admin): Promise<SetupProgress> =>
  setupProgress.parse(await who.invoke('usm-setup', 'setup.step', { target, hash }));

/** As the page does it: on, as long as it goes on. */
async function apply(target: SetupTarget, hash: string, between: (progress: SetupProgress) => void = () => undefined): Promise<SetupProgress> {
  for (let calls = 0; calls < 150; calls += 1) {
    const progress = await step(target, hash);
    if (progress.phase !== 'running') return progress;
    between(progress);
  }
  throw new Error('It did not end.');
}

async function pictured() {
  const store = new Store();
  store.load(readTransfer(await fresh.site.exportFile()).store);
  return picture(store);
}

async function space(key: string): Promise<void> {
  const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await admin.ask('POST', '/rest/api/3/project', { key, name: `Space ${key}`, projectTypeKey: 'software', leadAccountId: accountId });
}

it('too many requests: it waits as long as Jira asks, and says so; longer waits are told and taken up again', async () => {
  const { hash } = await plan(NEW_SPACE);
  await step(NEW_SPACE, hash);
  faults([{ match: { path: 'issueLinkType' }, answer: { rateLimit: 'jira-burst-based', retryAfter: 1 } }]);
  let progress = await step(NEW_SPACE, hash);
  progress = await step(NEW_SPACE, hash);
  expect(progress.done.map((one) => one.note)).toEqual([undefined, 'Jira asked to wait 1 s']);

  faults([{ match: { path: 'role' }, answer: { rateLimit: 'jira-quota-tenant-based', retryAfter: 3_000 }, times: 2 }]);
  const waiting = await step(NEW_SPACE, hash);
  expect(waiting).toMatchObject({ phase: 'running', step: progress.step, busy: true });
  expect(await step(NEW_SPACE, hash)).toMatchObject({ step: progress.step, busy: true });
  expect(await apply(NEW_SPACE, hash)).toMatchObject({ phase: 'done' });
}, 120_000);

it('a database that is asked too much: the statement waits and is asked again', async () => {
  const { hash } = await plan(NEW_SPACE);
  await step(NEW_SPACE, hash);
  fresh.site.faults.set({ sql: [{ answer: { code: 'RATE_LIMIT_EXCEEDED' }, times: 3 }] });
  const progress = await step(NEW_SPACE, hash);
  expect(progress).toMatchObject({ phase: 'running', step: 1, busy: false });
  expect(fresh.site.faults.pending().sql).toEqual([]);
}, 120_000);

it('a failure in every step: each is told with a reference, tried again, and nothing is made twice', async () => {
  const answers: NonNullable<FaultsInput['rules']>[number]['answer'][] = [{ status: 503 }, { lostAfter: true }, { status: 500 }];
  const { hash } = await plan(NEW_SPACE);
  let progress = await step(NEW_SPACE, hash);
  const failures: string[] = [];
  for (let at = 0; progress.phase !== 'done' && at < 60; at += 1) {
    const answer = answers[at % answers.length];
    if (answer) faults([{ match: at % 2 === 0 ? {} : { method: 'POST' }, answer }]);
    const tried = await step(NEW_SPACE, hash).catch((thrown: unknown) => thrown as Error);
    faults([]);
    // A step that asks Jira nothing before it is authorised fails as a whole; the page tries again.
    if (tried instanceof Error || tried.phase !== 'failed') continue;
    failures.push(tried.failed?.name ?? '');
    expect(tried.failed?.reference).toMatch(/^[0-9A-F]{4}-[0-9A-F]{2}$/);
    expect(tried.failed?.text).not.toMatch(/undefined|Error:|stack/);
    progress = await step(NEW_SPACE, hash);
    expect(progress.phase).not.toBe('failed');
  }
  progress = await apply(NEW_SPACE, hash);
  expect(progress.phase).toBe('done');
  expect(failures.length).toBeGreaterThan(5);
  const { drifts } = verification.parse(await admin.invoke('usm-setup', 'setup.verify'));
  expect(drifts).toBe(0);
  const { fields, linkTypes, roles, workTypes } = await pictured();
  for (const names of [fields.map(([name]) => name), linkTypes, roles, workTypes]) expect(new Set(names).size).toBe(names.length);
}, 120_000);

it('a space deleted in the middle: the step says so, and undo gives the other one back what it had', async () => {
  await space('HELP');
  await space('SHOP');
  const before = await pictured();
  const { hash } = await plan(EXISTING);
  let progress = await step(EXISTING, hash);
  while (progress.phase === 'running' && progress.left[0] !== 'Space 2 of 2') progress = await step(EXISTING, hash);
  await admin.ask('DELETE', '/rest/api/3/project/SHOP?enableUndo=false');
  const failed = await step(EXISTING, hash);
  expect(failed).toMatchObject({ phase: 'failed', failed: { name: 'Space 2 of 2' } });
  expect(failed.failed?.text).toContain('SHOP');
  for (let phase = ''; phase !== 'undone';) {
    const undone = setupProgress.parse(await admin.invoke('usm-setup', 'setup.undo', { hash }));
    if (undone.failed) throw new Error(undone.failed.text);
    phase = undone.phase;
  }
  expect(await pictured()).toEqual({ ...before, projects: before.projects.filter(([key]) => key !== 'SHOP') });
}, 120_000);

it('two administrators at once take every step once', async () => {
  const { accountId } = await admin.ask<{ accountId: string }>('POST', '/rest/api/3/user', {
    emailAddress: 'henk@noordhaven.example',
    displayName: 'Henk de Wit',
    products: ['jira-software'],
  });
  await admin.ask('POST', '/rest/api/3/group/user?groupname=jira-administrators', { accountId });
  const henk = new Visitor(fresh.site.url, 'henk@noordhaven.example', 'Henk de Wit');
  const { hash } = await plan(NEW_SPACE);
  await step(NEW_SPACE, hash);
  const drive = async (who: Visitor): Promise<SetupProgress> => {
    for (;;) {
      const progress = await step(NEW_SPACE, hash, who);
      if (progress.phase !== 'running') return progress;
    }
  };
  const [one, other] = await Promise.all([drive(admin), drive(henk)]);
  expect(one).toMatchObject({ phase: 'done' });
  expect(other).toMatchObject({ phase: 'done' });
  expect(new Set(one.done.map(({ name }) => name)).size).toBe(one.done.length);
  const { drifts } = verification.parse(await admin.invoke('usm-setup', 'setup.verify'));
  expect(drifts).toBe(0);
}, 120_000);

it('whoever stops being an administrator stops here, and another one goes on', async () => {
  const { accountId } = await admin.ask<{ accountId: string }>('POST', '/rest/api/3/user', {
    emailAddress: 'henk@noordhaven.example',
    displayName: 'Henk de Wit',
    products: ['jira-software'],
  });
  await admin.ask('POST', '/rest/api/3/group/user?groupname=jira-administrators', { accountId });
  const henk = new Visitor(fresh.site.url, 'henk@noordhaven.example', 'Henk de Wit');
  const { hash } = await plan(NEW_SPACE);
  await step(NEW_SPACE, hash, henk);
  await step(NEW_SPACE, hash, henk);
  await admin.ask('DELETE', `/rest/api/3/group/user?groupname=jira-administrators&accountId=${accountId}`);
  const refused = setupCalls['setup.step'].answer.parse(await henk.invoke('usm-setup', 'setup.step', { target: NEW_SPACE, hash }));
  expect(refused.state).toBe('forbidden');
  expect(await apply(NEW_SPACE, hash)).toMatchObject({ phase: 'done', startedBy: { name: 'Henk de Wit' } });
}, 120_000);

it('a workflow of ours that lacks a step is brought up to date by applying again; what somebody added to it stays', async () => {
  const { hash } = await plan(NEW_SPACE);
  await apply(NEW_SPACE, hash);
  interface Flow {
    id: string;
    version: object;
    description: string;
    statuses: object[];
    transitions: { id: string; name: string; type: string }[];
  }
  const read = async () => admin.ask<{ statuses: object[]; workflows: [Flow] }>('POST', '/rest/api/3/workflows', { workflowNames: ['USM Incident'] });
  const { statuses, workflows } = await read();
  const [{ id, version, description, statuses: own, transitions }] = workflows;
  const close = transitions.find((one) => one.name === 'Close');
  const edited = [...transitions.filter((one) => one.name !== 'Rework'), { ...close, id: '901', name: 'Close at once' }];
  await admin.ask('POST', '/rest/api/3/workflows/update', {
    statuses,
    workflows: [{ id, version, description, statuses: own, transitions: edited }],
  });

  const next = await plan(NEW_SPACE);
  expect(next.nodes.filter((one) => one.action !== 'reuse').map(({ name, action }) => [name, action])).toEqual([['USM Incident', 'change']]);
  expect(await apply(NEW_SPACE, next.hash)).toMatchObject({ phase: 'done' });
  const names = (await read()).workflows[0].transitions.map((one) => one.name);
  expect(names).toContain('Rework');
  expect(names).toContain('Close at once');
  expect((await plan(NEW_SPACE)).counts).toMatchObject({ create: 0, change: 0, conflict: 0 });
}, 120_000);
