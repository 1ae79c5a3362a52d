import type { Client } from 'jira.js/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Assessment, SetupProgress } from '../../src/contract';
import { platformFault } from '../../src/platform/errors';
import { assess, type Own } from '../../src/setup/assess';
import { ENVIRONMENT, freshSite, type FreshSite } from './support/site';
import { withUsm } from './support/usm';

const NONE: SetupProgress = { state: 'ok', phase: 'none', step: 0, of: 0, done: [], left: [], reads: 0, writes: 0, made: 0, kept: [], busy: false };
const OWN: Own = {
  installed: () => Promise.resolve(undefined),
  progress: () => Promise.resolve(NONE),
  store: () => Promise.resolve(),
  waited: () => 0,
};

let site: FreshSite;
let asked: { method: string; url: string; as: 'person' | 'app' }[];

const watched = (client: Client, as: 'person' | 'app'): Client => ({
  sendRequest(options) {
    asked.push({ method: options.method ?? 'GET', url: options.url, as });
    return client.sendRequest(options);
  },
});
const read = (own: Partial<Own> = {}): Promise<Assessment> =>
  assess({ person: watched(site.person, 'person'), app: watched(site.app, 'app') }, ENVIRONMENT, { ...OWN, ...own });
const post = <T>(url: string, body: unknown, method: 'POST' | 'PUT' = 'POST') => site.person.sendRequest<T>({ url, method, body });
const project = (key: string, more: Record<string, unknown> = {}) =>
  post('/rest/api/3/project', { key, name: `Space ${key}`, projectTypeKey: 'software', leadAccountId: site.admin, ...more });
const found = ({ findings }: Assessment, id: string) => findings.find((one) => one.id === id);

beforeEach(() => {
  site = freshSite();
  asked = [];
});

/** POSTs that only read. */
const READS = ['/rest/api/3/permissions/check', '/rest/api/3/workflows'];

describe('a fresh site', () => {
  it('has nothing in the way, writes nothing, and counts its requests', async () => {
    const before = JSON.stringify(site.store.toJSON());
    const answer = await read();
    expect(answer.findings.filter((one) => one.level === 'blocks' || one.level === 'decide')).toEqual([]);
    expect(answer.requests).toBe(asked.length);
    expect(answer.requests).toBeLessThan(20);
    expect(asked.filter((one) => one.method !== 'GET' && !READS.includes(one.url))).toEqual([]);
    expect(JSON.stringify(site.store.toJSON())).toBe(before);
  });

  it('says what is missing on our side', async () => {
    site.rules.splice(0);
    const answer = await read({ store: () => Promise.reject(new Error('no database')) });
    expect(answer.findings.filter((one) => one.level === 'blocks').map((one) => one.id)).toEqual(['rules', 'store']);
  });

  it.each([
    ['a fault of ours', new Error('broken')],
    ['Jira out of order', platformFault('platform.unavailable', new Error('503'))],
  ])('does not take %s for rules that are not listed', async (_name, trouble) => {
    const broken: Client = {
      sendRequest: (options) => (options.url.includes('capabilities') ? Promise.reject(trouble) : site.person.sendRequest(options)),
    };
    await expect(assess({ person: broken, app: site.app }, ENVIRONMENT, OWN)).rejects.toBe(trouble);
  });
});

describe('names that are taken', () => {
  it('a status in another category names the workflows that use it', async () => {
    const [status] = await post<{ id: string }[]>('/rest/api/3/statuses', {
      scope: { type: 'GLOBAL' },
      statuses: [{ name: 'Negotiating', statusCategory: 'TODO' }],
    });
    const workflow = site.store.workflows.all()[0];
    workflow?.statuses.push({ ...workflow.statuses[0], statusId: status?.id ?? '' } as never);
    const finding = found(await read(), 'statuses.negotiating');
    expect(finding).toMatchObject({ level: 'decide', node: 'statuses.negotiating' });
    expect(finding?.text).toContain(workflow?.name);
  });

  it('a work type of the same name tells in which spaces it is', async () => {
    await project('ITSM');
    await post('/rest/api/3/issuetype', { name: 'Incident', description: 'Something broke.', hierarchyLevel: 0 });
    expect(found(await read(), 'workTypes.incident')).toMatchObject({ level: 'decide', title: 'Work type “Incident” exists and is used in 1 space' });
  });
});

describe('spaces', () => {
  it('fit or say why not', async () => {
    await project('OPS');
    await project('DESK', { projectTypeKey: 'service_desk' });
    const answer = await read();
    expect(answer.spaces.find((one) => one.key === 'OPS')).toMatchObject({ name: 'Space OPS', ours: false });
    expect(answer.spaces.find((one) => one.key === 'OPS')?.unfit).toBeUndefined();
    expect(answer.spaces.find((one) => one.key === 'DESK')?.unfit).toContain('request types');
    expect(found(answer, 'spaces.serviceSpace')?.title).toBe('1 space is a service space: DESK');
  });

  it('a space whose permission scheme leaves the app out does not fit', async () => {
    await project('OPS');
    const scheme = site.store.permissionSchemes.get(site.store.project('OPS')?.permissionSchemeId ?? '');
    if (!scheme) throw new Error('no scheme');
    scheme.grants = scheme.grants.filter((one) => one.permission !== 'MODIFY_REPORTER');
    const answer = await read();
    expect(answer.spaces[0]?.unfit).toContain('atlassian-addons-project-access');
    expect(found(answer, 'spaces.closedToApp')).toMatchObject({ title: '1 space does not let the app work: OPS' });
    expect(asked.filter((one) => one.as === 'app')).toHaveLength(1);
  });

  it('a security level that leaves the app out is told', async () => {
    await project('OPS');
    const role = site.store.roles.find((one) => one.name === 'atlassian-addons-project-access');
    const scheme = await post<{ id: string }>('/rest/api/3/issuesecurityschemes', {
      name: 'Secrets',
      levels: [
        { name: 'Staff', members: [{ type: 'reporter' }] },
        { name: 'Staff and apps', members: [{ type: 'projectrole', parameter: role?.id }] },
      ],
    });
    await post('/rest/api/3/issuesecurityschemes/project', { projectId: site.store.project('OPS')?.id, schemeId: scheme.id }, 'PUT');
    site.clock.advance(1);
    await new Promise((done) => setImmediate(done));
    expect(found(await read(), 'security')?.title).toBe('1 security level may hide work items from the app: Staff');
  });
});

describe('a site with USM', () => {
  it('says where USM works, and that its space is ours', async () => {
    const usm = await withUsm(site);
    const answer = await read({ installed: () => Promise.resolve(usm) });
    expect(answer.findings.filter((one) => one.level === 'blocks' || one.level === 'decide')).toEqual([]);
    expect(found(answer, 'installed')?.title).toContain('USM has worked in NSS since');
    expect(answer.spaces.find((one) => one.key === 'NSS')).toMatchObject({ ours: true });
    expect(answer.spaces.find((one) => one.key === 'NSS')?.unfit).toBeUndefined();
  });
});
