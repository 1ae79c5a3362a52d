/** Resolutions: jira.js leaves these out because Atlassian calls them experimental. */
import type { Client } from 'jira.js/core';
import { z } from 'zod';

const resolutionPage = z.looseObject({
  isLast: z.boolean().optional(),
  values: z.array(z.looseObject({ id: z.string(), name: z.string(), description: z.string().optional() })).optional(),
});

/** GET /resolution/search */
export const searchResolutions = (client: Client, parameters: { startAt?: number; maxResults?: number } = {}) =>
  client.sendRequest({ url: '/rest/api/3/resolution/search', method: 'GET', searchParams: { ...parameters }, schema: resolutionPage });

/** POST /resolution */
export const createResolution = (client: Client, parameters: { name: string; description: string }) =>
  client.sendRequest({ url: '/rest/api/3/resolution', method: 'POST', body: { ...parameters }, schema: z.looseObject({ id: z.string() }) });
