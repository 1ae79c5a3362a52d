/** An app that leaves a site and comes back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { rulesOfAll } from '../../sandbox/hosting/rules';
import { buildChecklist, edit, makeIssue, makeProject, startTwoApps, type TwoApps } from './support/two-apps';

const DAY = 86_400_000;

describe('an app that is uninstalled', () => {
  let built: Awaited<ReturnType<typeof buildChecklist>>;
  let two: TwoApps;
  let issue: { id: string; key: string };
  let ruleId: string;
  let appId: string;

  beforeAll(async () => {
    built = await buildChecklist();
    two = await startTwoApps(built.app, { clock: new ManualClock('2026-11-24T09:00:00Z') });
    await makeProject(two.admin);
    issue = await makeIssue(two.admin, 'Stays');
    await two.admin.invoke('checklist', 'add', { text: 'Kept' }, issue.key);
    await two.admin.invoke('checklist', 'note', { note: 'kept' }, issue.key);
    ruleId = two.checklist.rules()[0]?.id ?? '';
    appId = two.checklist.manifest.appId;
    await two.site.idle();
    await two.admin.ask('POST', `/_sandbox/apps/${appId}/uninstall`);
  });
  afterAll(async () => {
    await two.stop();
    built.remove();
  });

  const modules = async (): Promise<string[]> =>
    (await two.admin.ask<{ moduleKey: string }[]>('GET', `/_forge/modules?location=issue&issueKey=${issue.key}`)).map(({ moduleKey }) => moduleKey);
  const judged = () => {
    const forges = two.site.apps.filter(({ installed }) => installed).map(({ forge }) => forge);
    const transition = { from: { id: '1' }, to: { id: '2' }, modifiedFields: {} };
    return rulesOfAll(() => forges).validate(ruleId, { issue: { key: issue.key }, configuration: {}, transition });
  };

  it('was asked before', async () => {
    expect(await two.admin.ask('GET', `/rest/api/3/issue/${issue.key}/properties/goodbye`)).toMatchObject({ value: true });
    expect(two.checklist.invocations().at(-1)).toMatchObject({ functionKey: 'goodbye', moduleType: 'preUninstall' });
    expect(two.checklist.invocations().at(-1)?.memoryMB).toBeGreaterThan(1);
  });

  it('shows nothing, hears nothing, and its rules refuse; the other app goes on', async () => {
    expect(await modules()).toContain('usm-process');
    expect(await modules()).not.toContain('checklist');
    const before = two.checklist.invocations().length;
    await edit(two.admin, issue.key, 'Stays still');
    await two.admin.ask('POST', '/_sandbox/schedule');
    await two.site.idle();
    expect(two.checklist.invocations()).toHaveLength(before);
    expect(await judged()).toMatchObject({ result: false });
  });

  it('comes back with the same rules and with nothing that it had stored', async () => {
    await two.admin.ask('POST', `/_sandbox/apps/${appId}/install`);
    await two.site.idle();
    expect(await modules()).toContain('checklist');
    expect(await two.admin.invoke('checklist', 'keys', {}, issue.key)).toEqual([]);
    expect(await two.admin.invoke('checklist', 'notes', {}, issue.key)).toEqual([]);
    expect(await judged()).toEqual({ result: true });
    expect(await two.admin.ask('GET', `/rest/api/3/issue/${issue.key}/properties/checklist`)).toMatchObject({ value: { open: 1 } });
  });

  it('leaves its storage for 28 days', async () => {
    const left = async () => (await two.admin.ask<{ left: { until: string }[] }[]>('GET', '/_sandbox/apps'))[1]?.left;
    expect(await left()).toMatchObject([{ until: '2026-12-22T09:00:00.000Z' }]);
    await two.admin.ask('POST', '/_sandbox/clock', { advanceMs: 27 * DAY });
    await two.site.save();
    expect(await left()).toHaveLength(1);
    await two.admin.ask('POST', '/_sandbox/clock', { advanceMs: DAY });
    await two.site.save();
    expect(await left()).toEqual([]);
  });

  it('is not known by another id', async () => {
    expect((await two.admin.send('POST', '/_sandbox/apps/none/uninstall')).status).toBe(404);
  });
});
