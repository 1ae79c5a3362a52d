import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from 'jira.js/core';
import { workflowFor } from '../../sandbox/jira/lookups';
import type { SetupProgress } from '../../src/contract';
import { FIELD_KEYS, FIELDS, STATUS_KEYS, WORK_TYPE_KEYS, WORKFLOWS } from '../../src/method';
import { Fault } from '../../src/platform/errors';
import { nextStep, stepNames, stepsFor } from '../../src/setup/apply';
import { BLUEPRINT } from '../../src/setup/blueprint';
import { type Installed, installed } from '../../src/setup/model';
import { planSetup } from '../../src/setup/plan';
import type { Tools } from '../../src/setup/state';
import { applyAll, type Death, Killed, mortal, NEW_SPACE as TARGET, picture, planned, runOn, stepTo, writesOf } from './support/setup';
import { ENVIRONMENT, freshSite, type FreshSite, memory } from './support/site';

const STEPS = stepsFor(TARGET).length;

describe('on a fresh site', () => {
  const site = freshSite();
  const run = runOn(site);
  const { store } = site;
  let last: SetupProgress;
  let plan: Awaited<ReturnType<typeof planned>>;
  let planReads: number;

  beforeAll(async () => {
    plan = await planned(run);
    planReads = run.requests.length;
    last = await applyAll(run);
  });

  it('plans to make everything but what Jira has', () => {
    expect(plan.counts.conflict).toBe(0);
    expect(plan.nodes.filter((one) => one.action === 'reuse').map((one) => one.name)).toEqual(['atlassian-addons-project-access', 'Duplicate']);
    expect(plan.nodes.filter((one) => one.kind === 'field')).toHaveLength(FIELD_KEYS.length);
    expect(new Set(plan.nodes.map((one) => one.id)).size).toBe(plan.nodes.length);
  });

  it('ends done, with every object made once', () => {
    expect(last).toMatchObject({ phase: 'done', step: STEPS, of: STEPS, left: [] });
    expect(last.done.map((one) => one.name)).toEqual(stepNames(TARGET));
    expect(run.migrations).toBe(2);
    expect(store.linkTypes.filter((one) => one.name.startsWith('USM '))).toHaveLength(5);
    expect(store.roles.filter((one) => one.name.startsWith('USM '))).toHaveLength(8);
    for (const { name } of BLUEPRINT.resolutions) expect(store.resolutions.filter((one) => one.name === name)).toHaveLength(1);
    for (const { name } of BLUEPRINT.statuses) expect(store.statuses.filter((one) => one.name === name)).toHaveLength(1);
    for (const { name } of BLUEPRINT.workTypes) expect(store.workTypes.filter((one) => one.name === name)).toHaveLength(1);
    for (const { name, options } of BLUEPRINT.fields) {
      const made = store.fields.filter((one) => one.name === name);
      expect(made).toHaveLength(1);
      expect(made[0]?.contexts.map((one) => one.options.map((option) => option.value))).toEqual([options]);
    }
    for (const { name, fields } of BLUEPRINT.screens) {
      const made = store.screens.filter((one) => one.name === name);
      expect(made.map((one) => one.tabs.map((tab) => tab.fieldIds.map((id) => store.fields.get(id)?.name)))).toEqual([
        [fields.map((one) => ('system' in one ? store.fields.get(one.system)?.name : FIELDS[one.field].name))],
      ]);
    }
  });

  it('leaves each work type on its own workflow in the space', () => {
    const project = store.projects.find((one) => one.key === 'OPS');
    for (const type of WORK_TYPE_KEYS) {
      const id = store.workTypes.find((one) => one.name === BLUEPRINT.workTypes.find(({ key }) => key === type)?.name)?.id ?? '';
      const workflow = workflowFor(store, project?.id ?? '', id);
      expect(workflow.name).toBe(WORKFLOWS[type].name);
      expect(workflow.transitions).toHaveLength(WORKFLOWS[type].transitions.length + 1);
    }
  });

  it('puts the rules of this installation into the workflows, not of another', () => {
    const keys = store.workflows
      .all()
      .flatMap((one) => one.transitions)
      .flatMap((one) => [...one.validators, ...one.actions])
      .filter((one) => one.ruleKey.startsWith('forge:'))
      .map((one) => one.parameters.key ?? '');
    expect(keys.length).toBeGreaterThan(100);
    for (const key of keys) expect(key).toContain(`/${ENVIRONMENT}/static/usm-`);
  });

  it('remembers where everything is', async () => {
    const left = installed.parse(await run.installed.read());
    expect(left.projects).toEqual([{ id: store.projects.find((one) => one.key === 'OPS')?.id, key: 'OPS', name: 'Operations', existing: false }]);
    expect(left.applied).toMatchObject({ hash: plan.hash, by: run.by });
    for (const key of STATUS_KEYS) expect(store.statuses.get(left.statuses[key])?.name).toBe(BLUEPRINT.statuses.find((one) => one.key === key)?.name);
    for (const key of FIELD_KEYS) expect(store.fields.get(left.fields[key])?.name).toBe(FIELDS[key].name);
    expect(left.roles).not.toHaveProperty('app');
  });

  it('makes no write in vain and keeps within the requests it announced', () => {
    const fieldsOnScreens = BLUEPRINT.screens.reduce((sum, one) => sum + one.fields.length, 0);
    const withOptions = BLUEPRINT.fields.filter((one) => one.options.length > 0).length;
    // Statuses and workflows in one request each; a work type with its icon takes two.
    const single = 5 + 8 + 8 + 1 + 8 * 2 + BLUEPRINT.fields.length + withOptions + BLUEPRINT.screens.length + fieldsOnScreens + 8 + 1 + 1 + 1 + 1 + 1;
    expect(last.writes).toBe(single);
    expect(writesOf(run)).toBe(last.writes);
    expect(run.requests.length - planReads).toBeLessThanOrEqual(plan.requests + planReads);
    expect(plan.requests).toBeLessThan(run.requests.length * 1.2);
  });

  it('finds everything the second time and writes nothing', async () => {
    const again = runOn(site);
    const second = await planned(again);
    expect(second.counts).toMatchObject({ create: 0, change: 0, conflict: 0 });
    expect(second.hash).not.toBe(plan.hash);
    const end = await applyAll(again);
    expect(end).toMatchObject({ phase: 'done', writes: 0 });
    expect(writesOf(again)).toBe(0);
    const { applied: _, ...left } = installed.parse(await again.installed.read());
    expect(installed.parse(await run.installed.read())).toMatchObject(left);
    expect(again.requests.length).toBeLessThanOrEqual(second.requests * 2);
  });

  it('answers done, and writes nothing, when called once more', async () => {
    const before = writesOf(run);
    expect(await stepTo(run, plan.hash)).toMatchObject({ phase: 'done', step: STEPS });
    expect(writesOf(run)).toBe(before);
  });

  it('begins anew when everything has been taken away', async () => {
    const empty = runOn(freshSite());
    const renewed: Tools = { ...empty, progress: run.progress, installed: memory<Installed>() };
    expect((await planned(renewed)).hash).toBe(plan.hash);
    expect(await stepTo(renewed, plan.hash)).toMatchObject({ phase: 'running', step: 0, writes: 0 });
  });
});

describe('killed in every step', () => {
  // The dying process logs its death.
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  const clean = freshSite();
  let expected: ReturnType<typeof picture>;
  let wholly: number;

  beforeAll(async () => {
    wholly = (await applyAll(runOn(clean))).made;
    expected = picture(clean.store);
  });

  const DEATHS: [string, Death][] = [
    ['before the first write is carried out', (at) => at.is === 'request' && at.write],
    ['after the first write, its answer lost', (at) => at.is === 'answer' && at.write],
    ['in the middle', (at) => at.is === 'answer' && at.count === 9],
    ['when all is made and nothing is kept', (at) => at.is === 'keeping'],
  ];

  it.each(DEATHS)('%s, it ends with the same site, nothing made twice', async (_, diesAt) => {
    const site = freshSite();
    const run = runOn(site);
    const { hash } = await planned(run);
    let progress = await stepTo(run, hash);
    let deaths = 0;
    while (progress.phase === 'running') {
      const dying = await stepTo(mortal(run, diesAt), hash).catch((thrown: unknown) => {
        if (!(thrown instanceof Killed)) throw thrown;
        return undefined;
      });
      if (!dying) {
        deaths += 1;
        // The lease runs out.
        run.lease.free();
      }
      progress = dying ?? (await stepTo(run, hash));
    }
    expect(progress).toMatchObject({ phase: 'done', step: STEPS });
    expect(deaths).toBeGreaterThan(5);
    expect(picture(site.store)).toEqual(expected);
    expect(installed.parse(await run.installed.read()).projects).toHaveLength(1);
    // And all of it is known as made by this run.
    expect(progress.made).toBe(wholly);
  });
});

describe('two calls at once', () => {
  it('do not run the same step twice', async () => {
    const run = runOn(freshSite());
    const { hash } = await planned(run);
    await stepTo(run, hash);
    await stepTo(run, hash);

    const signal = () => {
      let give = (): void => undefined;
      return { given: new Promise<void>((done) => (give = done)), give: () => give() };
    };
    const [atJira, goOn] = [signal(), signal()];
    const { person } = run.clients;
    const slowly: Client = {
      async sendRequest(options) {
        atJira.give();
        await goOn.given;
        return person.sendRequest(options);
      },
    };
    const first = stepTo({ ...run, clients: { ...run.clients, person: slowly } }, hash);
    await atJira.given;
    const second = await stepTo(run, hash);
    expect(second).toMatchObject({ phase: 'running', step: 1, busy: true });
    expect(second.left[0]).toBe('Link types');
    expect(run.site.store.linkTypes.filter((one) => one.name.startsWith('USM '))).toHaveLength(0);
    goOn.give();
    expect(await first).toMatchObject({ phase: 'running', step: 2 });
    expect(run.site.store.linkTypes.filter((one) => one.name.startsWith('USM '))).toHaveLength(5);
  });
});

describe('what stands in the way', () => {
  const conflicts = async (site: FreshSite) => (await planned(runOn(site))).nodes.filter((one) => one.action === 'conflict').map((one) => one.id);

  it('is told in the plan, and nothing is done', async () => {
    const site = freshSite();
    const { store } = site;
    store.statuses.put({ id: store.nextId('status'), name: 'waiting', description: '', category: 'TODO' });
    store.linkTypes.put({ id: store.nextId('linkType'), name: 'USM group', inward: 'in', outward: 'out' });
    store.workTypes.put({ id: store.nextId('workType'), name: 'Incident', description: '', hierarchyLevel: 1, avatarId: '1' });
    const field = (name: string, kind: 'textfield' | 'select') =>
      store.fields.put({
        id: `customfield_${store.nextId('field')}`,
        name,
        description: 'Theirs.',
        kind,
        contexts: [{ id: store.nextId('fieldContext'), name: 'All', description: '', projectIds: [], workTypeIds: [], options: [] }],
      });
    field('Coordinator', 'textfield');
    field('Impact', 'select');
    field('Service', 'select');
    const project = { key: 'OPS', name: 'Theirs', projectTypeKey: 'software', leadAccountId: site.admin };
    await site.person.sendRequest({ url: '/rest/api/3/project', method: 'POST', body: project });
    expect(await conflicts(site)).toEqual([
      'linkTypes.group',
      'statuses.waiting',
      'workTypes.incident',
      'fields.impact',
      'fields.coordinator',
      'project.OPS',
    ]);

    const run = runOn(site);
    const { hash, nodes } = await planned(run);
    expect(nodes.find((one) => one.id === 'fields.service')?.action).toBe('reuse');
    await expect(nextStep(run, TARGET, hash)).rejects.toMatchObject({ code: 'person.conflict' });
    expect(writesOf(run)).toBe(0);
    expect(await run.progress.read()).toBeUndefined();
  });

  it('is the lack of the right to administer Jira', async () => {
    const site = freshSite();
    const user = site.store.users.put({
      id: 'somebody',
      displayName: 'Some Body',
      emailAddress: 's@site.test',
      accountType: 'atlassian',
      active: true,
      timeZone: 'Etc/UTC',
    });
    const person = site.as({ accountId: user.id, viaApp: true });
    const refused = await planSetup({ person, app: site.app }, TARGET, ENVIRONMENT).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(Fault);
    expect(refused).toMatchObject({ code: 'person.forbidden' });
  });

  it('is a site that changed since the plan', async () => {
    const run = runOn(freshSite());
    const { hash } = await planned(run);
    await run.site.person.sendRequest({ url: '/rest/api/3/role', method: 'POST', body: { name: 'USM panel', description: '' } });
    expect(await nextStep(run, TARGET, hash)).toMatchObject({ state: 'changed', changes: ['“USM panel” is there now'] });
    expect(await run.progress.read()).toBeUndefined();
    const { hash: fresh } = await planned(run);
    expect(fresh).not.toBe(hash);
    expect(await stepTo(run, fresh)).toMatchObject({ phase: 'running', step: 0 });
  });
});

describe('a failed step', () => {
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  it("tells Jira's words and a reference, and goes on from there", async () => {
    const site = freshSite();
    const held = site.rules.splice(0);
    const run = runOn(site);
    const failed = await applyAll(run);
    expect(failed).toMatchObject({ phase: 'failed', failed: { name: 'Workflows', skippable: false } });
    expect(failed.failed?.text).toContain('does not list the rules');
    expect(failed.failed?.reference).toMatch(/^[0-9A-F]{4}-[0-9A-F]{2}$/);
    site.rules.push(...held);
    let progress = failed;
    while (progress.phase !== 'done') {
      progress = await stepTo(run, failed.hash ?? '');
      if (progress.phase === 'failed') throw new Error(progress.failed?.text);
    }
    expect(progress).not.toHaveProperty('failed');
    expect(site.store.workflows.filter((one) => one.name.startsWith('USM '))).toHaveLength(8);
  });

  it('is also what the app lacks in the space', async () => {
    const site = freshSite();
    for (const scheme of site.store.permissionSchemes.all()) {
      scheme.grants = scheme.grants.filter((one) => one.permission !== 'MODIFY_REPORTER');
    }
    const failed = await applyAll(runOn(site));
    expect(failed.failed).toMatchObject({ name: 'What the app may do' });
    expect(failed.failed?.text).toContain('MODIFY_REPORTER');
  });
});
