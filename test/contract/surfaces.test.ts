import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STATIC_DIR } from '../../scripts/paths';
import { filesUnder } from '../../scripts/stamp';

/** What the platform's content security policy and address scheme refuse in a page. */
function faultsOf(html: string): string[] {
  const inline = /<script(?![^>]*\bsrc=)[^>]*>/i.test(html) || /\son\w+\s*=/i.test(html);
  const addresses = [...html.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
  return [...(inline ? ['an inline script'] : []), ...addresses.filter((address) => !address.startsWith('./'))];
}

const pages = filesUnder(STATIC_DIR).filter((file) => file.endsWith('.html'));

describe('the built surfaces', () => {
  it.runIf(existsSync(STATIC_DIR))('carry no inline script and name their files relative to themselves', () => {
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.flatMap((page) => faultsOf(readFileSync(page, 'utf8')).map((fault) => `${page}: ${fault}`))).toEqual([]);
  });

  it('stand flat in one folder, as the entries of the manifest name them', () => {
    expect(pages.filter((page) => page !== join(STATIC_DIR, page.slice(STATIC_DIR.length + 1).replaceAll('/', '')))).toEqual([]);
  });

  it.each([
    '<script>run()</script>',
    '<a href="./x" onclick="run()">',
    '<script src="/assets/a.js"></script>',
    '<link href="https://else.where/a.css">',
  ])('would be found out: %s', (html) => {
    expect(faultsOf(html)).not.toEqual([]);
  });
});
