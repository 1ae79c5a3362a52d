/** `requestJira` of a frame: the page asks Jira as the session's person. */
import { z } from 'zod';

const requestSchema = z.object({
  product: z.string(),
  restPath: z.string(),
  fetchRequestInit: z.looseObject({
    method: z.string().optional(),
    body: z.string().nullish(),
    headers: z.array(z.tuple([z.string(), z.string()])).default([]),
  }),
  isMultipartFormData: z.boolean().optional(),
});

/** The shape that @forge/bridge builds its Response from. */
interface ProductAnswer {
  body: string;
  headers: Record<string, string>;
  status: number;
  statusText: string;
  isAttachment: boolean;
}

/** Answers the command `fetchProduct`. */
export async function fetchProduct(data: unknown): Promise<ProductAnswer> {
  const { product, restPath, fetchRequestInit, isMultipartFormData } = requestSchema.parse(data);
  if (product !== 'jira') throw new Error(`This site has no product "${product}".`);
  if (isMultipartFormData) throw new Error('This site does not take file uploads through requestJira.');
  const { method = 'GET', body, headers } = fetchRequestInit;
  const response = await fetch(jiraAddress(restPath), { method, headers, body: body === null || body === '' ? undefined : body });
  return {
    body: await response.text(),
    headers: Object.fromEntries(response.headers),
    status: response.status,
    statusText: response.statusText,
    isAttachment: false,
  };
}

/** Only Jira's REST API: the page's own addresses are not the app's to ask. */
function jiraAddress(restPath: string): URL {
  const url = new URL(restPath, window.location.origin);
  if (url.origin !== window.location.origin || !url.pathname.startsWith('/rest/'))
    throw new Error(`requestJira takes paths that begin with /rest/, not "${restPath}".`);
  return url;
}
