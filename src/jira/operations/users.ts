/** Several users by their account ids: jira.js has no function for it. */
import type { Client } from 'jira.js/core';
import { z } from 'zod';

const found = z.looseObject({ values: z.array(z.looseObject({ accountId: z.string(), displayName: z.string() })) });

/** GET /user/bulk */
export const usersWithIds = (client: Client, accountId: readonly string[]) =>
  client.sendRequest({
    url: '/rest/api/3/user/bulk',
    method: 'GET',
    searchParams: { accountId: [...accountId], maxResults: accountId.length },
    schema: found,
  });
