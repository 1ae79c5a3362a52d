/** Who people are, several at once: jira.js lacks it. */
import type { Client } from 'jira.js/core';
import { z } from 'zod';

const userPage = z.looseObject({ values: z.array(z.looseObject({ accountId: z.string(), displayName: z.string().optional() })).optional() });

/** GET /user/bulk: at most 200 (OpenAPI: bulkGetUsers). Whoever is not known is left out. */
export const bulkGetUsers = (client: Client, { accountId }: { accountId: readonly string[] }) =>
  client.sendRequest({ url: '/rest/api/3/user/bulk', method: 'GET', searchParams: { accountId, maxResults: accountId.length }, schema: userPage });
