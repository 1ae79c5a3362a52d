import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPages } from '../../sandbox/web-server';

let folder: string;
let pages: ReturnType<typeof createPages>;
const get = (path: string, method = 'GET') => pages(new Request(`http://site.example${path}`, { method }));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-pages-'));
  await mkdir(join(folder, 'dist/assets'), { recursive: true });
  await writeFile(join(folder, 'dist/index.html'), '<!doctype html>pages');
  await writeFile(join(folder, 'dist/assets/index-1.js'), 'code');
  await writeFile(join(folder, 'secret.js'), 'secret');
  pages = createPages({ distDir: join(folder, 'dist') });
});
afterAll(() => rm(folder, { recursive: true }));

describe('the pages of the site', () => {
  it.each(['/', '/browse/NSS-1', '/jira/apps/a/b/c', '/people?theme=dark', '/secret.js'])('%s is the one page', async (path) => {
    const answer = await get(path);
    expect(answer?.status).toBe(200);
    expect(await answer?.text()).toBe('<!doctype html>pages');
    expect(answer?.headers.get('cache-control')).toBe('no-cache');
    expect(answer?.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('serves an asset for good, and never a page in its stead', async () => {
    const asset = await get('/assets/index-1.js');
    expect(await asset?.text()).toBe('code');
    expect(asset?.headers.get('content-type')).toContain('text/javascript');
    expect(asset?.headers.get('cache-control')).toContain('immutable');
    expect((await get('/assets/index-2.js'))?.status).toBe(404);
  });

  it.each(['/rest/api/3/myself', '/_sandbox/session', '/_forge/modules', '/images/icons/priorities/high.svg'])('%s is not a page', async (path) => {
    expect(await get(path)).toBeUndefined();
  });

  it('leaves everything but reading to others', async () => {
    expect(await get('/', 'POST')).toBeUndefined();
  });

  it.each(['/..%2fsecret.js', '/assets/..%2f..%2fsecret.js', '/%00.js', '/%E0%A4%A'])('%s leads nowhere', async (path) => {
    const answer = await get(path);
    expect(answer?.status).toBe(400);
    expect(await answer?.text()).not.toContain('secret');
  });

  it('says that the pages are not built', async () => {
    const answer = await createPages({ distDir: join(folder, 'nothing') })(new Request('http://site.example/'));
    expect(answer?.status).toBe(503);
  });
});
