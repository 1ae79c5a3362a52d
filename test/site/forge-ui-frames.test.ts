/** The app's own origin: what it serves, what it refuses, and under which policy. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, createFrameServer, pagePermissions, tokensCss, type FrameServer } from '../../sandbox/forge/ui';

const SITE = 'http://localhost:8090';
const INLINE = 'window.started = 1;';
let folder: string;
let server: FrameServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frames-'));
  const app = join(folder, 'app');
  await mkdir(join(app, 'assets'), { recursive: true });
  await writeFile(join(app, 'panel.html'), `<!DOCTYPE html><html><head lang="en"><script>${INLINE}</script></head><body></body></html>`);
  await writeFile(join(app, 'index.html'), '<p>No head at all</p>');
  await writeFile(join(app, 'assets', 'a.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await mkdir(join(folder, 'app-two'));
  await writeFile(join(folder, 'app-two', 'b.txt'), 'two');
  await symlink(join(folder, 'secret.txt'), join(app, 'link.txt'));
  server = createFrameServer({
    resources: [{ key: 'main', path: app, entry: { panel: 'panel.html' } }],
    siteOrigin: SITE,
    contentStyles: [],
    contentScripts: [],
  });
});
afterAll(() => rm(folder, { recursive: true }));

const get = (path: string): Promise<Response> => server.fetch(new Request(`http://localhost:8091${path}`));
const directive = (policy: string, name: string): string | undefined => policy.split('; ').find((one) => one.startsWith(`${name} `));

describe('files of a resource', () => {
  it('puts the bridge and the tokens first in the head of a page', async () => {
    const response = await get('/r/main/panel.html');
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toMatch(
      /<head lang="en"><script src="\/__bridge\.js"><\/script><link rel="stylesheet" href="\/__tokens\.css"><script>/,
    );
  });

  it('gives a page without a head one', async () => {
    expect(await (await get('/r/main/index.html')).text()).toMatch(/^<head><script src="\/__bridge\.js">.*<\/head><p>/);
  });

  it('serves assets as they are', async () => {
    const response = await get('/r/main/assets/a.js');
    expect(response.headers.get('content-type')).toContain('text/javascript');
    expect(await response.text()).toBe('export {};');
  });

  it.each([
    '/r/main/..%2fsecret.txt',
    '/r/main/assets/..%2f..%2fsecret.txt',
    '/r/main/..%5csecret.txt',
    '/r/main/..%2fapp-two%2fb.txt',
    '/r/main/link.txt',
    '/r/main/%00panel.html',
    '/r/main/%E0%A4%A',
    '/r/main/assets',
    '/r/other/panel.html',
    '/panel.html',
    '/',
  ])('finds nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('only reads', async () => {
    expect((await server.fetch(new Request('http://localhost:8091/r/main/panel.html', { method: 'POST' }))).status).toBe(405);
  });
});

describe('addresses', () => {
  it('knows entries and plain resources', () => {
    expect(server.frameUrl('main/panel', 'http://localhost:8091')).toBe('http://localhost:8091/r/main/panel.html');
    expect(server.frameUrl('main', 'http://localhost:8091')).toBe('http://localhost:8091/r/main/index.html');
  });

  it('refuses an entry that is not there, and the site as the origin of an app', () => {
    expect(() => server.frameUrl('main/none', 'http://localhost:8091')).toThrow('no entry "none"');
    expect(() => server.frameUrl('none', 'http://localhost:8091')).toThrow('no resource "none"');
    expect(() => server.frameUrl('main', SITE)).toThrow('origin of its own');
  });
});

describe('the policy', () => {
  it('stands on every file, lets only the site frame it and hashes the inline scripts that the page was built with', async () => {
    const policy = (await get('/r/main/panel.html')).headers.get('content-security-policy') ?? '';
    const hash = createHash('sha256').update(INLINE).digest('base64');
    expect(directive(policy, 'script-src')).toBe(`script-src 'self' 'sha256-${hash}'`);
    expect(directive(policy, 'style-src')).toBe(`style-src 'self' ${SITE}`);
    expect(directive(policy, 'frame-ancestors')).toBe(`frame-ancestors 'self' ${SITE}`);
    expect(directive(policy, 'connect-src')).toBe("connect-src 'self'");
    expect(directive(policy, 'sandbox')).toContain('allow-scripts');
    expect((await get('/r/main/assets/a.js')).headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  it('takes from the manifest what the platform takes and drops the rest', () => {
    const policy = contentSecurityPolicy({
      siteOrigin: SITE,
      contentStyles: ['unsafe-inline', '*'],
      contentScripts: ['unsafe-eval', 'blob:', 'https://evil.example', "x'; script-src *"],
    });
    expect(directive(policy, 'style-src')).toBe(`style-src 'self' ${SITE} 'unsafe-inline'`);
    expect(directive(policy, 'script-src')).toBe("script-src 'self' 'unsafe-eval' blob:");
  });

  it('adds no hash beside unsafe-inline, which a hash would switch off', () => {
    const policy = contentSecurityPolicy({ siteOrigin: SITE, contentStyles: [], contentScripts: ['unsafe-inline'], html: '<script>1</script>' });
    expect(directive(policy, 'script-src')).toBe("script-src 'self' 'unsafe-inline'");
  });

  it('reads permissions of a manifest', () => {
    const permissions = {
      scopes: [],
      content: { styles: ['unsafe-inline'] },
      external: { images: [{ address: 'img.example' }], fetch: { client: ['api.example'], backend: ['b.example'] } },
    };
    const policy = contentSecurityPolicy({ siteOrigin: SITE, ...pagePermissions(permissions) });
    expect(directive(policy, 'img-src')).toContain('img.example');
    expect(directive(policy, 'connect-src')).toBe("connect-src 'self' api.example");
    expect(pagePermissions(undefined)).toMatchObject({ contentStyles: [], contentScripts: [] });
  });
});

describe('the platform files', () => {
  it('compiles a bridge script that talks to the site only', async () => {
    const script = await (await get('/__bridge.js')).text();
    expect(script).toContain(JSON.stringify(SITE));
    expect(script).toContain('callBridge');
  });

  it('serves the tokens of both colour modes', async () => {
    const css = await (await get('/__tokens.css')).text();
    expect(css).toBe(tokensCss());
    for (const token of ['--ds-surface:', '--ds-space-100:', '--ds-font-body:', '--ds-radius-small:']) expect(css).toContain(token);
    expect(css).toContain('html[data-color-mode="dark"][data-theme~="dark:dark"]');
  });
});
