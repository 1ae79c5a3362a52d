/** `router` of a frame: where its targets are on the site, and going there. */
import { z } from 'zod';
import { modulesAt } from './site';

const targets = z.discriminatedUnion('target', [
  z.object({ target: z.literal('issue'), issueKey: z.string() }).transform(({ issueKey }) => `/browse/${encodeURIComponent(issueKey)}`),
  z
    .object({ target: z.literal('dashboard'), dashboardId: z.string() })
    .transform(({ dashboardId }) => `/jira/dashboards/${encodeURIComponent(dashboardId)}`),
  z
    .object({ target: z.literal('projectSettingsDetails'), projectKey: z.string() })
    .transform(({ projectKey }) => `/jira/software/projects/${encodeURIComponent(projectKey)}/settings/details`),
  z.object({ target: z.literal('userProfile'), accountId: z.string() }).transform(({ accountId }) => `/people/${encodeURIComponent(accountId)}`),
  z.object({ target: z.literal('module'), moduleKey: z.string(), path: z.string().optional() }),
]);

const navigation = z.union([
  z.object({ url: z.string(), type: z.enum(['same-tab', 'new-tab']) }),
  z.looseObject({ target: z.string(), type: z.enum(['same-tab', 'new-tab']) }),
]);

/** Goes to a path of the site within the page's own router; without one the browser loads it. */
export type GoTo = (path: string) => void;

/** Answers `getUrl`: the full address of a target. */
export async function urlOf(location: unknown): Promise<string> {
  const target = targets.safeParse(location);
  if (!target.success) throw new Error('This site has no page for that navigation target.');
  const path = typeof target.data === 'string' ? target.data : await moduleAddress(target.data.moduleKey, target.data.path);
  return new URL(path, window.location.origin).href;
}

/** Answers `navigate`, which is also `router.open`. */
export async function navigate(data: unknown, goTo: GoTo = (path) => window.location.assign(path)): Promise<void> {
  const location = navigation.parse(data);
  const url = new URL('url' in location && typeof location.url === 'string' ? location.url : await urlOf(location), window.location.href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`The site does not open "${url.protocol}" addresses.`);
  const outside = url.origin !== window.location.origin;
  if (outside && !window.confirm(`This link leaves the site and opens ${url.href} in a new tab.`))
    throw new Error('The person did not leave the site.');
  if (outside || location.type === 'new-tab') window.open(url, '_blank', 'noopener');
  else goTo(url.pathname + url.search + url.hash);
}

async function moduleAddress(moduleKey: string, path = ''): Promise<string> {
  const modules = [...(await modulesAt('global')), ...(await modulesAt('admin'))];
  const address = modules.find((one) => one.moduleKey === moduleKey)?.address;
  if (address === undefined) throw new Error(`The module "${moduleKey}" has no page of its own on this site.`);
  return path === '' ? address : `${address}/${path.replace(/^\/+/, '')}`;
}
