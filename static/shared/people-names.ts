/** What people are called, asked of Jira as whoever looks. */
import { requestJira } from '@forge/bridge';
import { z } from 'zod';
import type { Person } from '../../src/contract';

const found = z.object({ values: z.array(z.object({ accountId: z.string(), displayName: z.string() })) });

/** So many fit into an address, and into one answer. */
const AT_ONCE = 50;

export async function namesOf(ids: readonly string[]): Promise<Person[]> {
  const asked = [...new Set(ids)].slice(0, AT_ONCE);
  if (asked.length === 0) return [];
  const parameters = new URLSearchParams([['maxResults', String(AT_ONCE)], ...asked.map((id) => ['accountId', id])]);
  const response = await requestJira(`/rest/api/3/user/bulk?${parameters.toString()}`, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`Jira answered ${String(response.status)}.`);
  return found.parse(await response.json()).values.map(({ accountId, displayName }) => ({ accountId, name: displayName }));
}
