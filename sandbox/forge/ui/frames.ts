/** The app's own origin: serves the files of its resources, never anything of the site. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentSecurityPolicy, type ExternalSources } from './csp';
import { frameAddress, type FrameResource } from './resources';
import { buildBridgeScript } from './script';
import { tokensCss } from './tokens';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

const HEAD = '<script src="/__bridge.js"></script><link rel="stylesheet" href="/__tokens.css">';

export interface FrameServerOptions {
  /** Folders by key, or with their named entries. */
  resources: readonly FrameResource[] | Readonly<Record<string, string>>;
  /** Origin of the site, the only page that may show a frame and talk to it. */
  siteOrigin: string;
  /** permissions.content of the manifest. */
  contentStyles: readonly string[];
  contentScripts: readonly string[];
  external?: ExternalSources;
}

export interface FrameServer {
  fetch(request: Request): Promise<Response>;
  /** Address of `main` or `main/panel` on the app's origin. */
  frameUrl(resource: string, frameOrigin: string): string;
}

/** The handler of the app's origin. */
export function createFrameServer(options: FrameServerOptions): FrameServer {
  const resources = isList(options.resources) ? options.resources : Object.entries(options.resources).map(([key, path]) => ({ key, path }));
  const ownFiles: Record<string, () => Promise<Response>> = {
    '/__bridge.js': async () => text(await buildBridgeScript(options.siteOrigin), '.js'),
    '/__tokens.css': async () => text(tokensCss(), '.css'),
  };

  async function serve(pathname: string): Promise<Response> {
    const own = ownFiles[pathname];
    if (own) return own();
    const file = await locate(resources, pathname);
    if (!file) return new Response('Not found', { status: 404 });
    const type = extname(file).toLowerCase();
    const bytes = await readFile(file);
    const page = type === '.html' ? withBridge(bytes.toString('utf8')) : undefined;
    return new Response(page ?? new Uint8Array(bytes), {
      headers: {
        'content-type': TYPES[type] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy({ ...options, html: page }),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      },
    });
  }

  return {
    async fetch(request) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('Method not allowed', { status: 405 });
      return serve(new URL(request.url).pathname);
    },
    frameUrl(resource, frameOrigin) {
      // allow-scripts together with allow-same-origin is no sandbox at all on the site's own origin.
      if (frameOrigin === options.siteOrigin) throw new Error('An app needs an origin of its own; the site may not serve it.');
      return frameAddress(resources, resource, frameOrigin);
    },
  };
}

/** The html of a page with the bridge and the tokens first in its head, before anything of the app runs. */
export function withBridge(html: string): string {
  const head = /<head\b[^>]*>/i.exec(html);
  if (head) return html.slice(0, head.index + head[0].length) + HEAD + html.slice(head.index + head[0].length);
  const root = /<html\b[^>]*>/i.exec(html) ?? /<!doctype[^>]*>/i.exec(html);
  const at = root ? root.index + root[0].length : 0;
  return `${html.slice(0, at)}<head>${HEAD}</head>${html.slice(at)}`;
}

/** The file behind /r/{resource}/{path}; undefined when there is none or when it lies outside the resource's folder. */
async function locate(resources: readonly FrameResource[], pathname: string): Promise<string | undefined> {
  const match = /^\/r\/([\w-]+)\/(.+)$/.exec(pathname);
  const resource = resources.find((one) => one.key === match?.[1]);
  const path = decoded(match?.[2] ?? '');
  if (!resource || !path || path.includes('\0') || path.split(/[/\\]/).includes('..')) return undefined;
  try {
    const folder = await realpath(resource.path);
    const file = await realpath(join(folder, path));
    return file.startsWith(folder + sep) && extname(file) !== '' ? file : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // A malformed escape names no file.
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
const isList = (resources: FrameServerOptions['resources']): resources is readonly FrameResource[] => Array.isArray(resources);
const text = (body: string, type: string): Response =>
  new Response(body, { headers: { 'content-type': TYPES[type] ?? 'text/plain', 'cache-control': 'no-cache' } });
