/** Two apps on one site: each does its work, neither sees the other's. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlacedModule } from '../../sandbox/contract';
import { setUp } from '../../sandbox/demo/world';
import { validateManifest } from '../../sandbox/forge/manifest';
import { readApps } from '../../sandbox/hosting/apps';
import { rulesOfAll } from '../../sandbox/hosting/rules';
import type { Json } from '../../sandbox/jira/store';
import { buildChecklist, CHECKLIST, edit, makeIssue, makeProject, OURS, startTwoApps, type TwoApps } from './support/two-apps';

let built: Awaited<ReturnType<typeof buildChecklist>>;
let two: TwoApps;

beforeAll(async () => {
  built = await buildChecklist();
  two = await startTwoApps(built.app);
  await makeProject(two.admin);
});
afterAll(async () => {
  await two.stop();
  built.remove();
});

const call = <T = Json>(functionKey: string, payload: unknown, issueKey: string): Promise<T> =>
  two.admin.invoke<T>('checklist', functionKey, payload, issueKey);
const modulesAt = (query: string): Promise<PlacedModule[]> => two.admin.ask('GET', `/_forge/modules?${query}`);
const keysOf = (index: number): string[] => {
  const { kvs } = two.site.apps[index]?.forge.snapshot() as { kvs: { plain: { key: string }[] } };
  return kvs.plain.map(({ key }) => key);
};

describe('a second app beside ours', () => {
  it('shows its modules beside those of the first, each from an origin of its own', async () => {
    const { key } = await makeIssue(two.admin, 'Both');
    const modules = await modulesAt(`location=issue&issueKey=${key}`);
    expect(modules.map(({ moduleKey }) => moduleKey)).toEqual(expect.arrayContaining(['usm-process', 'checklist']));
    const origins = modules.map(({ moduleKey, frameUrl }) => [moduleKey, new URL(frameUrl).origin]);
    const [ours, theirs] = two.site.apps.map(({ url }) => url);
    expect(new Set([two.site.url, ours, theirs]).size).toBe(3);
    expect(Object.fromEntries(origins)).toMatchObject({ 'usm-process': ours, checklist: theirs });
    const checklist = modules.find(({ moduleKey }) => moduleKey === 'checklist');
    expect(await (await fetch(checklist?.frameUrl ?? '')).text()).toContain('<h1>Checklist</h1>');
    expect((await modulesAt('location=global')).map(({ moduleKey }) => moduleKey)).toContain('checklist-page');
    const frame = await two.admin.ask<{ frameUrl: string }>('GET', '/_forge/frame?resource=main&moduleKey=checklist');
    expect(new URL(frame.frameUrl).origin).toBe(theirs);
  });

  it('is called by its own module, as its own user', async () => {
    const { id, key } = await makeIssue(two.admin, 'Boxes');
    expect(await call('add', { text: 'Cables' }, key)).toEqual([{ text: 'Cables', done: false }]);
    expect(await two.admin.ask('GET', `/rest/api/3/issue/${key}/properties/checklist`)).toMatchObject({ value: { open: 1 } });
    await call('rename', { summary: 'Renamed' }, key);
    const { values } = await two.admin.ask<{ values: { author: { accountId: string } }[] }>('GET', `/rest/api/3/issue/${id}/changelog`);
    const [ours, theirs] = two.site.apps.map(({ forge }) => forge.appAccountId);
    expect(ours).not.toBe(theirs);
    expect(values.at(-1)?.author.accountId).toBe(theirs);
  });

  it('has the paths it asks for found by queries', async () => {
    const { key } = await makeIssue(two.admin, 'Found');
    await call('add', { text: 'One' }, key);
    await call('add', { text: 'Two' }, key);
    const { issues } = await two.admin.ask<{ issues: { key: string }[] }>('POST', '/rest/api/3/search/jql', {
      jql: 'openBoxes = 2',
      fields: ['key'],
    });
    expect(issues.map((one) => one.key)).toEqual([key]);
  });

  it('hears what happens, but not of its own acts', async () => {
    const { id, key } = await makeIssue(two.admin, 'Heard');
    await edit(two.admin, key, 'Heard twice');
    await two.site.idle();
    expect(await call('get', { key: `seen:${id}` }, key)).toBe(1);
    await call('rename', { summary: 'By itself' }, key);
    await two.site.idle();
    expect(await call('get', { key: `seen:${id}` }, key)).toBe(1);
  });

  it('works through its queue and its schedule', async () => {
    const { key } = await makeIssue(two.admin, 'Later');
    // One after the other: the app counts by reading and writing, and jobs of a queue may run side by side.
    for (const count of [1, 2]) {
      await call('push', {}, key);
      await two.admin.ask('POST', '/_sandbox/idle');
      expect(await call('get', { key: 'counted' }, key)).toBe(count);
    }
    await two.admin.ask('POST', '/_sandbox/schedule');
    expect(await call('get', { key: 'tidied' }, key)).toBe(1);
  });

  it('keeps its storage and its tables to itself', async () => {
    const { key } = await makeIssue(two.admin, 'Apart');
    await setUp(two.admin);
    await call('add', { text: 'Mine' }, key);
    await two.site.idle();
    expect(keysOf(0).length).toBeGreaterThan(0);
    const seen = await call<string[]>('keys', {}, key);
    expect(seen.sort()).toEqual(keysOf(1).sort());
    expect(seen.filter((one) => keysOf(0).includes(one))).toEqual([]);
    expect(await call('tables', {}, key)).toEqual(['notes']);
  });

  it('puts its rules into workflows beside those of the first', async () => {
    const rules = two.site.apps.map(({ forge }) => forge.rules().map(({ name }) => name));
    expect(rules).toEqual([
      ['USM gate', 'USM who', 'USM after the step'],
      ['All boxes are ticked', 'Has a label', 'Is mine', 'Add a box'],
    ]);
    const [gate, ticked] = two.site.apps.map(({ forge }) => forge.rules()[0]?.id ?? '');
    expect(gate).not.toBe(ticked);
    const project = await two.admin.ask<{ id: string; issueTypes: { id: string }[] }>('GET', '/rest/api/3/project/TWO');
    const place = `projectId=${project.id}&issueTypeId=${String(project.issueTypes[0]?.id)}`;
    const listed = JSON.stringify(await two.admin.ask('GET', `/rest/api/3/workflows/capabilities?${place}`));
    for (const id of [gate, ticked]) expect(listed).toContain(id);
  });

  it('is asked about its own rules only', async () => {
    const { key } = await makeIssue(two.admin, 'Judged');
    await call('add', { text: 'Open' }, key);
    const rules = rulesOfAll(() => two.site.apps.map(({ forge }) => forge));
    const event = { issue: { key }, configuration: {}, transition: { from: { id: '1' }, to: { id: '2' }, modifiedFields: {} } };
    const ticked = two.checklist.rules()[0]?.id ?? '';
    expect(await rules.validate(ticked, event)).toEqual({ result: false, errorMessage: '1 boxes are open.' });
    await call('tickAll', {}, key);
    expect(await rules.validate(ticked, event)).toEqual({ result: true });
    expect(await rules.validate('ari:cloud:ecosystem::extension/gone/gone/static/gone', event)).toMatchObject({ result: false });
  });

  it('tells of each invocation whose it was', async () => {
    const rows = await two.admin.ask<{ appId: string; functionKey: string }[]>('GET', '/_sandbox/invocations');
    const [ours, theirs] = two.site.apps.map(({ appId }) => appId);
    expect(rows.find(({ functionKey }) => functionKey === 'resolve')?.appId).toBe(theirs);
    expect(rows.find(({ functionKey }) => functionKey === 'resolver')?.appId).toBe(ours);
  });
});

describe('apps that cannot share a site', () => {
  it.each([
    ['app id', (manifest: string) => manifest.replace('name: Checklist', 'name: Other').replaceAll('key: checklist', 'key: other')],
    ['app name', (manifest: string) => manifest.replace('2c8f5a10', '3c8f5a10').replaceAll('key: checklist', 'key: other')],
  ])('are refused: the same %s', async (what, change) => {
    const folder = mkdtempSync(join(tmpdir(), 'twin-'));
    try {
      mkdirSync(join(folder, 'ui'));
      writeFileSync(join(folder, 'manifest.yml'), change(readFileSync(join(CHECKLIST, 'manifest.yml'), 'utf8')));
      await expect(readApps([OURS, built.app, { ...built.app, appDir: folder }])).rejects.toThrow(`have the same ${what}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it('the second app has a manifest that the platform takes', async () => {
  expect(await validateManifest(join(CHECKLIST, 'manifest.yml'))).toEqual([]);
});
