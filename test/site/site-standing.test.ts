/** What holds for an app on a site and may change: its licence, its version, who agreed to its use; and sites of other numbers of apps than one. */
import { mkdtempSync, readFileSync, rmSync, cpSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '../../sandbox/demo/client';
import type { Json } from '../../sandbox/jira/store';
import type { AppSource } from '../../sandbox/site';
import { freshSite, type FreshSite } from '../scenarios/site';
import { APP, buildApp } from './forge.helpers';

const DAY = 86_400_000;
let built: Awaited<ReturnType<typeof buildApp>>;
let folder: string;
let source: AppSource;
let twin: AppSource;

beforeAll(async () => {
  built = await buildApp();
  source = { appDir: APP, functionsFile: built.functionsFile };
  // The same app under another name and id: all its module keys are the same.
  folder = mkdtempSync(join(tmpdir(), 'twin-'));
  cpSync(APP, folder, { recursive: true });
  const manifest = readFileSync(join(APP, 'manifest.yml'), 'utf8').replace('7b2c1f9e', '8b2c1f9e').replace('name: Probe', 'name: Twin');
  writeFileSync(join(folder, 'manifest.yml'), manifest);
  twin = { appDir: folder, functionsFile: built.functionsFile };
});
afterAll(async () => {
  await built.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A site with a work item, and how its administrator calls an app there. */
async function open(apps: AppSource[], options: Parameters<typeof freshSite>[0] = {}) {
  const fresh: FreshSite = await freshSite({ apps, ...options });
  const admin = new Visitor(fresh.site.url, fresh.site.administrator.email);
  const { accountId } = fresh.site.administrator;
  await admin.ask('POST', '/rest/api/3/project', { key: 'ST', name: 'Standing', projectTypeKey: 'software', leadAccountId: accountId });
  const fields = { project: { key: 'ST' }, issuetype: { name: 'Task' }, summary: 'One' };
  const { key } = await admin.ask<{ key: string }>('POST', '/rest/api/3/issue', { fields });
  const place = { moduleKey: 'panel', extension: { issue: { key } } };
  return {
    ...fresh,
    admin,
    accountId,
    ids: fresh.site.apps.map(({ appId }) => appId),
    call: async (functionKey: string, payload: Json = {}, more: Record<string, unknown> = {}) =>
      (await admin.ask<{ ok: boolean; value?: Json; error?: Json }>('POST', '/_forge/invoke', { ...place, functionKey, payload, ...more })).value,
    context: () => admin.ask<{ license?: Json }>('POST', '/_forge/context', place),
    act: (appId: string | undefined, act: string, body: Json = {}) => admin.send('POST', `/_sandbox/apps/${String(appId)}/${act}`, body),
    told: async () => (await admin.ask<Record<string, Json>[]>('GET', '/_sandbox/apps'))[0],
  };
}

describe('the licence', () => {
  it('is told to functions and pages as it is switched', async () => {
    const one = await open([source]);
    try {
      expect(await one.call('licence')).toMatchObject({ license: null });
      expect(await one.context()).not.toHaveProperty('license');

      expect((await one.act(one.ids[0], 'licence', { state: 'active' })).status).toBe(204);
      expect(await one.call('licence')).toMatchObject({ license: { active: true, isActive: true, isEvaluation: false } });
      expect(await one.context()).toMatchObject({ license: { active: true, trialEndDate: null, modes: null } });

      await one.act(one.ids[0], 'licence', { state: 'evaluation' });
      expect(await one.call('licence')).toMatchObject({ license: { active: true, isEvaluation: true } });
      one.site.clock.advance(31 * DAY);
      expect(await one.call('licence')).toMatchObject({ license: { active: false, isEvaluation: true } });

      await one.act(one.ids[0], 'licence', { state: 'expired' });
      expect(await one.context()).toMatchObject({ license: { active: false, isEvaluation: false } });
      expect(await one.told()).toMatchObject({ licence: 'expired' });
      expect((await one.act(one.ids[0], 'licence', { state: 'free' })).status).toBe(400);
    } finally {
      await one.stop();
    }
  });

  it('can be what a site begins with', async () => {
    const one = await open([source], { licence: 'evaluation', environment: 'PRODUCTION' });
    try {
      expect(await one.call('licence')).toMatchObject({ license: { isEvaluation: true } });
      expect(await one.call('context')).toMatchObject({ environmentType: 'PRODUCTION' });
    } finally {
      await one.stop();
    }
  });
});

describe('a new major version', () => {
  it('is told to the app, and has another number', async () => {
    const one = await open([source]);
    try {
      await one.site.idle();
      expect((await one.act(one.ids[0], 'upgrade')).status).toBe(204);
      await one.site.idle();
      expect(await one.call('licence')).toMatchObject({ version: '2.0.0' });
      const found = await one.call('kvsQuery', { prefix: 'log:installed:', limit: 10 });
      const events = (found as { value: { results: { value: Json }[] } }).value.results.map(({ value }) => value);
      expect(events).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ eventType: 'avi:forge:installed:app' }),
          expect.objectContaining({ eventType: 'avi:forge:upgraded:app', upgraderAccountId: one.accountId }),
        ]),
      );
    } finally {
      await one.stop();
    }
  });
});

describe('consent', () => {
  const asPerson = { what: 'myself', as: 'user' };
  const refused = { name: 'NEEDS_AUTHENTICATION_ERR' };

  it('of the administrator counts for everybody unless people are asked', async () => {
    const one = await open([source]);
    try {
      expect(await one.told()).toMatchObject({ consent: 'implied' });
      expect(await one.call('jira', asPerson)).not.toMatchObject(refused);
      await one.act(one.ids[0], 'consent', { mode: 'asked' });
      expect(await one.call('jira', asPerson)).toMatchObject(refused);
    } finally {
      await one.stop();
    }
  });

  it('is asked of each person, given, withdrawn, and asked again after an upgrade', async () => {
    const one = await open([source], { consent: 'asked' });
    try {
      expect(await one.call('jira', asPerson)).toMatchObject(refused);
      // As itself the app may go on.
      expect(await one.call('jira', { what: 'issue' })).not.toMatchObject(refused);
      expect((await one.act(one.ids[0], 'consent', { agreed: true })).status).toBe(204);
      expect(await one.told()).toMatchObject({ consent: 'asked', agreed: [one.accountId] });
      expect(await one.call('jira', asPerson)).not.toMatchObject(refused);
      await one.act(one.ids[0], 'consent', { agreed: false });
      expect(await one.call('jira', asPerson)).toMatchObject(refused);
      await one.act(one.ids[0], 'consent', {});
      await one.act(one.ids[0], 'upgrade');
      expect(await one.call('jira', asPerson)).toMatchObject(refused);
      expect((await one.act(one.ids[0], 'consent', { accountId: 'nobody' })).status).toBe(404);
    } finally {
      await one.stop();
    }
  });
});

describe('two apps whose modules have the same keys', () => {
  it('are told apart by the app that a request names', async () => {
    const two = await open([source, twin]);
    try {
      const write = (appId: string | undefined, value: string) => two.call('kvs', { call: 'set', args: ['mine', value] }, { appId });
      await write(two.ids[0], 'first');
      await write(two.ids[1], 'second');
      const readBy = (appId: string | undefined) => two.call('kvs', { call: 'get', args: ['mine'] }, { appId });
      expect([await readBy(two.ids[0]), await readBy(two.ids[1])]).toEqual([{ value: 'first' }, { value: 'second' }]);
      const modules = await two.admin.ask<{ moduleKey: string; appId: string }[]>('GET', '/_forge/modules?location=issue&issueKey=ST-1');
      expect(modules.filter(({ moduleKey }) => moduleKey === 'panel').map(({ appId }) => appId)).toEqual(two.ids);
      const unnamed = await two.admin.send('POST', '/_forge/invoke', { moduleKey: 'panel', functionKey: 'nothing' });
      expect([unnamed.status, JSON.stringify(unnamed.body)]).toEqual([400, expect.stringContaining('appId')]);
    } finally {
      await two.stop();
    }
  });
});

describe('a site without any app', () => {
  it('is Jira alone', async () => {
    const { site, stop } = await freshSite({ apps: [] });
    try {
      const admin = new Visitor(site.url, site.administrator.email);
      expect(await admin.ask('GET', '/rest/api/3/myself')).toMatchObject({ accountId: site.administrator.accountId });
      expect(await admin.ask('GET', '/_sandbox/apps')).toEqual([]);
      expect(await admin.ask('GET', '/_sandbox/invocations')).toEqual([]);
      expect(() => site.forge).toThrow('no app');
    } finally {
      await stop();
    }
  });
});

describe('the site as the platform is', () => {
  it('does not let a search see a write at once, and does with instant delivery', async () => {
    const count = async (options: Parameters<typeof freshSite>[0]) => {
      const { site, stop } = await freshSite({ apps: [], ...options });
      try {
        const admin = new Visitor(site.url, site.administrator.email);
        const { accountId } = site.administrator;
        await admin.ask('POST', '/rest/api/3/project', { key: 'LAG', name: 'Lag', projectTypeKey: 'software', leadAccountId: accountId });
        const fields = { project: { key: 'LAG' }, issuetype: { name: 'Task' }, summary: 'New' };
        await admin.ask('POST', '/rest/api/3/issue', { fields });
        const search = { jql: 'project = LAG', fields: ['key'] };
        const found = async () => (await admin.ask<{ issues: unknown[] }>('POST', '/rest/api/3/search/jql', search)).issues.length;
        const atOnce = await found();
        site.clock.advance(10_000);
        return [atOnce, await found()];
      } finally {
        await stop();
      }
    };
    expect(await count({ delivery: undefined })).toEqual([0, 1]);
    expect(await count({})).toEqual([1, 1]);
  });
});
