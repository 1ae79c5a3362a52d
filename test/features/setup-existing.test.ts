/** Spaces that are there already, and names that are taken: nothing of theirs is changed. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workflowFor } from '../../sandbox/jira/lookups';
import { WORK_TYPE_KEYS, WORK_TYPES, WORKFLOWS } from '../../src/method';
import { installed } from '../../src/setup/model';
import { spaceOf } from '../../src/setup/parts/existing';
import { applyAll, Killed, mortal, NEW_SPACE, picture, planned, runOn, stepTo, target, undoAll } from './support/setup';
import { freshSite, type FreshSite } from './support/site';

const EXISTING = target({ spaces: { kind: 'existing', keys: ['HELP', 'SHOP'] }, begin: 'enforce' });

async function space(site: FreshSite, key: string, name: string, projectTypeKey = 'software'): Promise<void> {
  await site.person.sendRequest({
    url: '/rest/api/3/project',
    method: 'POST',
    body: { key, name, projectTypeKey, leadAccountId: site.admin },
  });
}

async function twoSpaces(): Promise<FreshSite> {
  const site = freshSite();
  await space(site, 'HELP', 'Helpdesk');
  await space(site, 'SHOP', 'Web shop');
  return site;
}

async function workItem(site: FreshSite, key: string, type: string): Promise<string> {
  const id = site.store.workTypes.find((one) => one.name === type)?.id;
  const body = { fields: { project: { key }, issuetype: { id }, summary: 'No light' } };
  return (await site.person.sendRequest<{ key: string }>({ url: '/rest/api/3/issue', method: 'POST', body })).key;
}

const typesOf = ({ store }: FreshSite, key: string): string[] => {
  const scheme = store.workTypeSchemes.get(store.projects.find((one) => one.key === key)?.workTypeSchemeId ?? '');
  return (scheme?.workTypeIds ?? []).map((id) => store.workTypes.get(id)?.name ?? '');
};

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

describe('existing spaces', () => {
  it('get copies of their schemes with USM’s part added; what they had stays', async () => {
    const site = await twoSpaces();
    const { store } = site;
    const item = await workItem(site, 'HELP', 'Task');
    const before = picture(store);
    const typesBefore = typesOf(site, 'HELP');
    const run = runOn(site);
    const plan = await planned(run, EXISTING);
    expect(plan.nodes.filter((one) => one.kind === 'project').map(({ name, action }) => [name, action])).toEqual([
      ['HELP', 'change'],
      ['SHOP', 'change'],
    ]);
    const first = await applyAll(run, EXISTING);
    expect(first.failed).toBeUndefined();

    const after = picture(store);
    // Every scheme, screen and workflow that was there is there unchanged.
    for (const [name, transitions] of Object.entries(before.workflows)) expect(after.workflows[name]).toEqual(transitions);
    for (const [index, names] of before.schemes.entries()) expect(after.schemes[index]).toEqual(expect.arrayContaining(names));
    for (const key of ['HELP', 'SHOP']) {
      const project = store.projects.find((one) => one.key === key);
      expect(typesOf(site, key)).toEqual([...typesBefore, ...WORK_TYPE_KEYS.map((type) => WORK_TYPES[type].name)]);
      for (const type of WORK_TYPE_KEYS) {
        const id = store.workTypes.find((one) => one.name === WORK_TYPES[type].name)?.id ?? '';
        expect(workflowFor(store, project?.id ?? '', id).name).toBe(WORKFLOWS[type].name);
      }
    }
    // Their own work goes on as it was.
    const task = store.issue(item);
    expect(workflowFor(store, task?.projectId ?? '', task?.workTypeId ?? '').name).not.toMatch(/^USM/);
    expect(installed.parse(await run.installed.read()).projects).toMatchObject([
      { key: 'HELP', name: 'Helpdesk', existing: true },
      { key: 'SHOP', existing: true },
    ]);
    expect(await workItem(site, 'HELP', 'Incident')).toMatch(/^HELP-/);

    const again = await planned(run, EXISTING);
    expect(again.nodes.filter((one) => one.action !== 'reuse')).toEqual([]);
  });

  it('go back to what they had', async () => {
    const site = await twoSpaces();
    const before = picture(site.store);
    const run = runOn(site);
    const { hash = '' } = await applyAll(run, EXISTING);
    const end = await undoAll(run, hash);
    expect(end).toMatchObject({ phase: 'undone', kept: [] });
    expect(picture(site.store)).toEqual(before);
  });

  it('with work of their own go back to a scheme that says what the default one said', async () => {
    const site = await twoSpaces();
    const item = await workItem(site, 'HELP', 'Task');
    const flow = () => {
      const issue = site.store.issue(item);
      return workflowFor(site.store, issue?.projectId ?? '', issue?.workTypeId ?? '').name;
    };
    const before = flow();
    const run = runOn(site);
    const { hash = '' } = await applyAll(run, EXISTING);
    const end = await undoAll(run, hash);
    expect(end.kept.map((one) => one.name)).toEqual(['Space “HELP”']);
    expect(end.kept[0]?.why).toContain('Workflows of HELP before USM');
    expect(flow()).toBe(before);
    expect(typesOf(site, 'HELP')).not.toContain('Incident');
  });

  it('go back also after a death in the middle of the switch', async () => {
    const site = await twoSpaces();
    const before = picture(site.store);
    const run = runOn(site);
    const { hash } = await planned(run, EXISTING);
    let progress = await stepTo(run, hash, EXISTING);
    while (progress.phase === 'running' && !progress.left[0]?.startsWith('Space')) progress = await stepTo(run, hash, EXISTING);
    expect(progress.left[0]).toBe('Space 1 of 2');
    let writes = 0;
    const dying = mortal(run, (at) => at.is === 'answer' && at.write && ++writes === 2);
    await expect(stepTo(dying, hash, EXISTING)).rejects.toBeInstanceOf(Killed);
    run.lease.free();
    expect((await undoAll(run, hash)).phase).toBe('undone');
    expect(picture(site.store)).toEqual(before);
  });

  it('are not switched back while they hold USM work', async () => {
    const site = await twoSpaces();
    const run = runOn(site);
    const { hash = '' } = await applyAll(run, EXISTING);
    await workItem(site, 'SHOP', 'Wish');
    const failed = await undoAll(run, hash);
    expect(failed.phase).toBe('undoFailed');
    expect(failed.failed?.text).toContain('1 in SHOP');
  });

  it('that do not fit are refused with the reason', async () => {
    const site = freshSite();
    await space(site, 'HELP', 'Helpdesk', 'service_desk');
    const run = runOn(site);
    const plan = await planned(run, target({ spaces: { kind: 'existing', keys: ['HELP', 'GONE'] } }));
    const details = plan.nodes.filter((one) => one.kind === 'project').map(({ name, action, detail }) => [name, action, detail ?? '']);
    expect(details).toEqual([
      ['HELP', 'conflict', expect.stringContaining('Jira Service Management')],
      ['GONE', 'conflict', expect.stringContaining('no such space')],
    ]);
    await expect(applyAll(run, target({ spaces: { kind: 'existing', keys: ['HELP'] } }))).rejects.toMatchObject({ code: 'person.conflict' });
  });

  it('that are team-managed are told by how Jira lists them', () => {
    const row = { id: '1', key: 'HR', name: 'People' };
    expect(spaceOf({ ...row, style: 'classic' }).unfit).toBeUndefined();
    expect(spaceOf({ ...row, style: 'next-gen' }).unfit).toContain('team-managed');
    expect(spaceOf({ ...row, simplified: true }).unfit).toContain('team-managed');
  });
});

describe('a name that is taken', () => {
  it('is reused where it fits and left alone, or ours gets another one', async () => {
    const site = freshSite();
    const { store } = site;
    const theirs = store.workTypes.put({ id: store.nextId('workType'), name: 'Incident', description: 'Theirs.', hierarchyLevel: 0, avatarId: '1' });
    store.statuses.put({ id: store.nextId('status'), name: 'Negotiating', description: 'Theirs.', category: 'TODO' });
    const run = runOn(site);

    const first = await planned(run);
    const node = (id: string) => first.nodes.find((one) => one.id === id);
    expect(node('workTypes.incident')).toMatchObject({ action: 'reuse', choices: [{ value: 'reuse' }, { value: 'rename' }] });
    expect(node('statuses.negotiating')).toMatchObject({
      action: 'conflict',
      choices: [{ value: 'rename', text: 'Create ours as “USM Negotiating”' }],
    });
    expect(first.counts.conflict).toBe(1);

    const decided = target({ ...NEW_SPACE, choices: { 'statuses.negotiating': 'rename', 'workTypes.incident': 'rename' } });
    const plan = await planned(run, decided);
    expect(plan.counts.conflict).toBe(0);
    expect(plan.hash).not.toBe(first.hash);
    expect(plan.nodes.find((one) => one.id === 'statuses.negotiating')).toMatchObject({
      name: 'USM Negotiating',
      action: 'create',
      chosen: 'rename',
    });
    expect(await applyAll(run, decided)).toMatchObject({ phase: 'done' });

    const left = installed.parse(await run.installed.read());
    expect(store.statuses.get(left.statuses.negotiating)?.name).toBe('USM Negotiating');
    expect(store.workTypes.get(left.workTypes.incident)?.name).toBe('USM Incident');
    expect(store.workTypes.get(theirs.id)).toMatchObject({ name: 'Incident', description: 'Theirs.' });
    expect(store.statuses.filter((one) => one.name === 'Negotiating').map((one) => one.category)).toEqual(['TODO']);
    // The second run of the same decisions writes nothing.
    expect(await applyAll(run, decided)).toMatchObject({ phase: 'done', writes: 0 });
  });
});
