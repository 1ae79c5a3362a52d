/** Undo takes back what a run of setup has made, and nothing else. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { undoStep } from '../../src/setup/undo';
import { applyAll, type Death, Killed, mortal, NEW_SPACE, picture, planned, runOn, stepTo, target, undoAll } from './support/setup';
import { freshSite, type FreshSite } from './support/site';

const OTHER_SPACE = target({ spaces: { kind: 'new', key: 'FAC', name: 'Facilities' }, begin: 'enforce' });

async function workItem(site: FreshSite, key: string): Promise<void> {
  const type = site.store.workTypes.find((one) => one.name === 'Incident')?.id;
  await site.person.sendRequest({
    url: '/rest/api/3/issue',
    method: 'POST',
    body: { fields: { project: { key }, issuetype: { id: type }, summary: 'No light' } },
  });
}

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

describe('undo', () => {
  it('leaves the site as it was before', async () => {
    const site = freshSite();
    const before = picture(site.store);
    const run = runOn(site);
    const applied = await applyAll(run);
    expect(picture(site.store)).not.toEqual(before);
    const end = await undoAll(run, applied.hash ?? '');
    expect(end).toMatchObject({ phase: 'undone', kept: [], left: [] });
    expect(picture(site.store)).toEqual(before);
    expect(await run.installed.read()).toBeUndefined();
    // And the site can be set up anew.
    expect(await applyAll(run)).toMatchObject({ phase: 'done', made: applied.made });
  });

  it('after half a run takes back the half', async () => {
    const site = freshSite();
    const before = picture(site.store);
    const run = runOn(site);
    const { hash } = await planned(run);
    for (let step = 0; step < 7; step += 1) await stepTo(run, hash);
    expect((await undoAll(run, hash)).phase).toBe('undone');
    expect(picture(site.store)).toEqual(before);
  });

  const DEATHS: [string, Death][] = [
    ['before each first removal', (at) => at.is === 'request' && at.write],
    ['after each first removal, its answer lost', (at) => at.is === 'answer' && at.write],
    ['when a step is done and not kept', (at) => at.is === 'keeping'],
  ];
  it.each(DEATHS)('killed %s, it ends with the same site', async (_, diesAt) => {
    const site = freshSite();
    const before = picture(site.store);
    const run = runOn(site);
    const { hash = '' } = await applyAll(run);
    let deaths = 0;
    let phase = '';
    for (let round = 0; phase !== 'undone' && round < 60; round += 1) {
      for (const tools of [mortal(run, diesAt), run]) {
        const progress = await undoStep(tools, hash).catch((thrown: unknown) => {
          if (!(thrown instanceof Killed)) throw thrown;
          deaths += 1;
          run.lease.free();
        });
        if (progress?.state === 'ok') phase = progress.phase;
      }
    }
    expect(phase).toBe('undone');
    expect(deaths).toBeGreaterThan(8);
    expect(picture(site.store)).toEqual(before);
  });

  it('of a killed apply also takes what the dead one made', async () => {
    const site = freshSite();
    const before = picture(site.store);
    const run = runOn(site);
    const { hash } = await planned(run);
    await stepTo(run, hash);
    await stepTo(run, hash);
    const dying = mortal(run, (at) => at.is === 'answer' && at.write);
    await expect(stepTo(dying, hash)).rejects.toBeInstanceOf(Killed);
    run.lease.free();
    expect(picture(site.store)).not.toEqual(before);
    await undoAll(run, hash);
    expect(picture(site.store)).toEqual(before);
  });

  it('of a second space leaves the first one and what they share', async () => {
    const site = freshSite();
    const run = runOn(site);
    await applyAll(run);
    const first = picture(site.store);
    const second = await applyAll(run, OTHER_SPACE);
    expect(second.made).toBe(1);
    await undoAll(run, second.hash ?? '');
    expect(picture(site.store)).toEqual(first);
    expect((await run.installed.read())?.projects.map((one) => one.key)).toEqual(['OPS']);
  });

  it('never deletes work', async () => {
    const site = freshSite();
    const run = runOn(site);
    const { hash = '' } = await applyAll(run);
    await workItem(site, 'OPS');
    const applied = picture(site.store);
    const failed = await undoAll(run, hash);
    expect(failed).toMatchObject({ phase: 'undoFailed', failed: { name: 'Look for work items' } });
    expect(failed.failed?.text).toContain('1 in OPS');
    expect(picture(site.store)).toEqual(applied);
    for (const issue of site.store.issues.all()) site.store.deleteIssue(issue);
    expect((await undoAll(run, hash)).phase).toBe('undone');
  });

  it('says what Jira keeps, and why', async () => {
    const site = freshSite();
    const run = runOn(site);
    const { hash = '' } = await applyAll(run);
    // Somebody has put a USM status into a workflow of their own.
    const status = site.store.statuses.find((one) => one.name === 'Negotiating');
    const theirs = site.store.workflows.find((one) => !one.name.startsWith('USM '));
    theirs?.statuses.push({ ...theirs.statuses[0], statusId: status?.id ?? '' } as (typeof theirs.statuses)[number]);
    const end = await undoAll(run, hash);
    expect(end.phase).toBe('undone');
    expect(end.kept.map((one) => one.name)).toEqual(['Statuses “Negotiating”']);
    expect(end.kept[0]?.why).not.toBe('');
  });

  it('has to come first, or the rest of the run, before another space is begun', async () => {
    const site = freshSite();
    const before = picture(site.store);
    const run = runOn(site);
    const { hash } = await planned(run);
    for (let step = 0; step < 4; step += 1) await stepTo(run, hash);
    const other = await planned(run, OTHER_SPACE);
    await expect(stepTo(run, other.hash, OTHER_SPACE)).rejects.toMatchObject({ code: 'person.conflict' });
    await undoAll(run, hash);
    expect(picture(site.store)).toEqual(before);
    expect(await applyAll(run, OTHER_SPACE)).toMatchObject({ phase: 'done' });
  });

  it('knows nothing of a plan that did not run', async () => {
    const run = runOn(freshSite());
    expect(await undoStep(run, 'nothing')).toMatchObject({ state: 'changed' });
    await applyAll(run, NEW_SPACE);
    expect(await undoStep(run, 'nothing')).toMatchObject({ state: 'changed' });
  });
});
