/** Resolutions: jira.js leaves these out because Atlassian calls them experimental. */
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { task } from './tasks';

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

/** DELETE /resolution/{id}: work items that have it get another one. Jira answers with a task. */
export const deleteResolution = (client: Client, { id, replaceWith }: { id: string; replaceWith: string }) =>
  client.sendRequest({ url: `/rest/api/3/resolution/${id}`, method: 'DELETE', searchParams: { replaceWith }, schema: task });

/** PUT /resolution/{id} */
export const updateResolution = (client: Client, { id, name, description }: { id: string; name: string; description: string }) =>
  client.sendRequest<void>({ url: `/rest/api/3/resolution/${id}`, method: 'PUT', body: { name, description } });
