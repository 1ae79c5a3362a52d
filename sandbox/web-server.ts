/** Serves the built pages of the site: hashed assets, and one index.html for every address a person may open. */
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Addresses that belong to an API of the site and never to a page. */
const NOT_PAGES = ['/rest/', '/_sandbox/', '/_forge/', '/images/'];

const SECURITY_HEADERS = {
  // Atlaskit writes styles at run time; frames and pictures of apps come from the apps' own origins.
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: http: https:; frame-src 'self' http: https:; " +
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
};

const answer = (status: number, body: Uint8Array<ArrayBuffer> | string, type: string, cache: string): Response =>
  new Response(body, { status, headers: { ...SECURITY_HEADERS, 'content-type': type, 'cache-control': cache } });

/** Answers a request for a page or an asset; undefined where the address is not a page's. */
export function createPages({ distDir }: { distDir: string }): (request: Request) => Promise<Response | undefined> {
  const root = resolve(distDir);

  async function read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      return new Uint8Array(await readFile(path));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  }

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (NOT_PAGES.some((prefix) => pathname.startsWith(prefix))) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;

    let path: string;
    try {
      path = decodeURIComponent(pathname);
    } catch {
      return answer(400, 'Malformed address.', 'text/plain; charset=utf-8', 'no-store');
    }
    const file = resolve(join(root, path));
    if (path.includes('\0') || !(file === root || file.startsWith(root + sep))) {
      return answer(400, 'Malformed address.', 'text/plain; charset=utf-8', 'no-store');
    }

    const type = MEDIA_TYPES[extname(file)];
    if (type && !path.endsWith('.html')) {
      const asset = await read(file);
      const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      if (asset) return answer(200, asset, type, cache);
    }
    if (path.startsWith('/assets/')) return answer(404, 'Not found.', 'text/plain; charset=utf-8', 'no-store');

    const index = await read(join(root, 'index.html'));
    if (!index) return answer(503, 'The pages of the site are not built yet.', 'text/plain; charset=utf-8', 'no-store');
    return answer(200, index, 'text/html; charset=utf-8', 'no-cache');
  };
}
