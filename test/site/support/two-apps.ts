/** Our app and a second one on one site, with a project to work in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, Visitor } from '../../../sandbox/demo/client';
import type { AppSource, SiteOptions } from '../../../sandbox/site';
import { FUNCTIONS_DIR, ROOT } from '../../../scripts/paths';
import { type FreshSite, freshSite } from '../../scenarios/site';
import { buildSecondApp } from './second-app';

export { SECOND_APP as CHECKLIST } from './second-app';
export const OURS: AppSource = { appDir: ROOT, functionsFile: join(FUNCTIONS_DIR, 'index.cjs') };

/** The second app, built into a folder of its own. */
export async function buildChecklist(): Promise<{ app: AppSource; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'second-app-'));
  const functionsFile = await buildSecondApp(folder);
  return { app: { appDir: folder, functionsFile }, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface TwoApps extends FreshSite {
  admin: Visitor;
  /** Our app first. */
  checklist: FreshSite['site']['forge'];
}

export async function startTwoApps(app: AppSource, options: Partial<SiteOptions> = {}): Promise<TwoApps> {
  const fresh = await freshSite({ apps: [OURS, app], ...options });
  const checklist = fresh.site.apps[1]?.forge;
  if (!checklist) throw new Error('The second app is not there.');
  return { ...fresh, admin: new Visitor(fresh.site.url, fresh.site.administrator.email), checklist };
}

export async function makeProject(admin: Visitor, key = 'TWO'): Promise<void> {
  const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await admin.ask('POST', '/rest/api/3/project', { key, name: `Project ${key}`, projectTypeKey: 'software', leadAccountId: accountId });
}

export const makeIssue = (admin: Visitor, summary: string, project = 'TWO'): Promise<{ id: string; key: string }> =>
  admin.ask('POST', '/rest/api/3/issue', { fields: { project: { key: project }, issuetype: { name: 'Task' }, summary } });

export const edit = (admin: Visitor, key: string, summary: string): Promise<Answer> =>
  admin.send('PUT', `/rest/api/3/issue/${key}`, { fields: { summary } });
