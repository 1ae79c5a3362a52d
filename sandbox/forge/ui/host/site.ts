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
});

/** The app's modules at a place of the site, for this session. */
export async function modulesAt(location: 'issue' | 'admin' | 'global' | 'dashboard', issueKey?: string): Promise<PlacedModule[]> {
  const query = new URLSearchParams({ location, ...(issueKey !== undefined && { issueKey }) });
  return z.array(moduleSchema).parse(await answerOf(await fetch(`/_forge/modules?${query}`)));
}

/** Address of the page of a resource, `key` or `key/entry`, of the app that this module belongs to. */
export async function frameUrlOf(resource: string, moduleKey: string): Promise<string> {
  const answer = await answerOf(await fetch(`/_forge/frame?${new URLSearchParams({ resource, moduleKey })}`));
  return z.object({ frameUrl: z.string() }).parse(answer).frameUrl;
}
