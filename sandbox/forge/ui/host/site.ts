/** Requests of the page to its own site, for the frames on it. The session's cookie says who asks. */
import { z } from 'zod';
import type { PlacedModule } from '../../../contract';

const failureSchema = z.object({ error: z.object({ message: z.string() }) });

async function answerOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  throw new Error(failureSchema.safeParse(body).data?.error.message ?? `The site answered ${response.status}.`);
}

/** POSTs JSON to the site; a refusal becomes an error with the site's message. */
export async function post(path: string, body: unknown): Promise<unknown> {
  return answerOf(await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
}

const moduleSchema = z.object({
  moduleKey: z.string(),
  type: z.string(),
  title: z.string(),
  label: z.string().optional(),
  icon: z.string().optional(),
  status: z.json().optional(),
  frameUrl: z.string(),
  viewportSize: z.string().optional(),
  address: z.string().optional(),
  extensionId: z.string().optional(),
  editFrameUrl: z.string().optional(),
  description: z.string().optional(),
  thumbnail: z.string().optional(),
  refreshable: z.boolean().optional(),
  hasDynamicStatus: z.boolean().optional(),
  rulePages: z.object({ create: z.string().optional(), edit: z.string().optional(), view: z.string().optional() }).optional(),
});

type Location = 'issue' | 'project' | 'admin' | 'global' | 'dashboard' | 'workflow';

/** The app's modules at a place of the site, for this session; `key` says which work item or project. */
export async function modulesAt(location: Location, key?: string): Promise<PlacedModule[]> {
  const query = new URLSearchParams({ location, ...(key !== undefined && { [location === 'project' ? 'projectKey' : 'issueKey']: key }) });
  return z.array(moduleSchema).parse(await answerOf(await fetch(`/_forge/modules?${query}`)));
}

/** Address of the page of a resource, `key` or `key/entry`, of the app that this module belongs to. */
export async function frameUrlOf(resource: string, moduleKey: string): Promise<string> {
  const answer = await answerOf(await fetch(`/_forge/frame?${new URLSearchParams({ resource, moduleKey })}`));
  return z.object({ frameUrl: z.string() }).parse(answer).frameUrl;
}

/** What a jira:issueContext shows beside its name now, as the app's function says. */
export async function statusOf(moduleKey: string, issueKey: string): Promise<PlacedModule['status']> {
  const answer = await post('/_forge/status', { moduleKey, extension: { issue: { key: issueKey } } });
  return z.object({ status: z.json() }).parse(answer).status;
}
