/** People of the site, found by Jira as whoever looks. */
import { requestJira } from '@forge/bridge';
import { z } from 'zod';
import type { Person } from '../../src/contract';

const found = z.object({ users: z.array(z.object({ accountId: z.string(), displayName: z.string() })) });

const MOST = 8;

export async function findPeople(query: string): Promise<Person[]> {
  const parameters = new URLSearchParams({ query, maxResults: String(MOST) });
  const response = await requestJira(`/rest/api/3/user/picker?${parameters.toString()}`, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`Jira answered ${String(response.status)}.`);
  return found.parse(await response.json()).users.map(({ accountId, displayName }) => ({ accountId, name: displayName }));
}
