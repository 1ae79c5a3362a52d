/** Screens: jira.js only reads them, because Atlassian calls writing them experimental. */
import type { Client } from 'jira.js/core';
import { z } from 'zod';

const screen = z.looseObject({ id: z.number(), name: z.string() });

const tabPage = z.looseObject({
  isLast: z.boolean().optional(),
  values: z.array(z.looseObject({ screenId: z.number(), tabId: z.number() })).optional(),
});

/** Screens that one request for tabs may name (OpenAPI: getBulkScreenTabs). */
const SCREENS_PER_REQUEST = 100;

/** POST /screens: a screen with one tab and no fields. */
export const createScreen = (client: Client, parameters: { name: string; description: string }) =>
  client.sendRequest({ url: '/rest/api/3/screens', method: 'POST', body: { ...parameters }, schema: screen });

/** DELETE /screens/{screenId} */
export const deleteScreen = (client: Client, { screenId }: { screenId: number }) =>
  client.sendRequest<void>({ url: `/rest/api/3/screens/${String(screenId)}`, method: 'DELETE' });

/** GET /screens/tabs: the tabs of many screens, by screen, in their order. */
export async function getScreenTabs(client: Client, screenIds: readonly number[]): Promise<ReadonlyMap<number, number[]>> {
  const found = new Map<number, number[]>();
  for (let first = 0; first < screenIds.length; first += SCREENS_PER_REQUEST) {
    const screenId = screenIds.slice(first, first + SCREENS_PER_REQUEST);
    for (let startAt = 0, last = false; !last;) {
      const page = await client.sendRequest({ url: '/rest/api/3/screens/tabs', method: 'GET', searchParams: { screenId, startAt }, schema: tabPage });
      const rows = page.values ?? [];
      for (const row of rows) found.set(row.screenId, [...(found.get(row.screenId) ?? []), row.tabId]);
      startAt += rows.length;
      last = page.isLast !== false || rows.length === 0;
    }
  }
  return found;
}

/** PUT /screens/{screenId} */
export const updateScreen = (client: Client, { screenId, name }: { screenId: number; name: string }) =>
  client.sendRequest({ url: `/rest/api/3/screens/${String(screenId)}`, method: 'PUT', body: { name }, schema: screen });
