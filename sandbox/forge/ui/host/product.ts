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
  const { method = 'GET', body, headers } = fetchRequestInit;
  const sent = isMultipartFormData
    ? // The browser names the boundary itself.
      { headers: headers.filter(([name]) => name.toLowerCase() !== 'content-type'), body: formOf(body ?? '{}') }
    : { headers, body: body === null || body === '' ? undefined : body };
  const response = await fetch(jiraAddress(restPath), { method, ...sent });
  return {
    body: await response.text(),
    headers: Object.fromEntries(response.headers),
    status: response.status,
    statusText: response.statusText,
    isAttachment: false,
  };
}

/** A form as @forge/bridge writes it down: the file in base64, its name and type beside it. */
function formOf(text: string): FormData {
  const { file, __fileName = 'file', __fileType = '', ...others } = z.record(z.string(), z.string()).parse(JSON.parse(text));
  const form = new FormData();
  for (const [name, value] of Object.entries(others)) form.append(name, value);
  if (file !== undefined) {
    const bytes = Uint8Array.from(atob(file.slice(file.indexOf(',') + 1)), (letter) => letter.charCodeAt(0));
    form.append('file', new File([bytes], __fileName, { type: __fileType }));
  }
  return form;
}

/** Only Jira's REST API: the page's own addresses are not the app's to ask. */
function jiraAddress(restPath: string): URL {
  const url = new URL(restPath, window.location.origin);
  if (url.origin !== window.location.origin || !url.pathname.startsWith('/rest/'))
    throw new Error(`requestJira takes paths that begin with /rest/, not "${restPath}".`);
  return url;
}
