import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { scopesFor } from '../../sandbox/forge/runtime/scopes';

interface Operation {
  security?: Record<string, string[]>[];
}

const PLACES = ['../../../shared/data/jira-platform-v3.json', '../../.cache/jira-platform-v3.json'];
const place = PLACES.map((one) => fileURLToPath(new URL(one, import.meta.url))).find((one) => existsSync(one));
if (!place) console.warn("Jira's OpenAPI document is not here: scopes are not checked against it.");

describe('scopes of Jira operations', () => {
  it.skipIf(!place)('are those of the OpenAPI document, for every operation', () => {
    const { paths } = JSON.parse(readFileSync(place ?? '', 'utf8')) as { paths: Record<string, Record<string, Operation>> };
    const wrong: string[] = [];
    for (const [template, operations] of Object.entries(paths)) {
      const path = template.replace(/\{[^}]+\}/g, '10000');
      for (const [verb, { security = [] }] of Object.entries(operations)) {
        const method = verb.toUpperCase();
        if (!['GET', 'POST', 'PUT', 'DELETE'].includes(method)) continue;
        const wanted = security.flatMap((one) => one['OAuth2'] ?? []).sort();
        const found = [...scopesFor(method, path)].sort();
        if (String(found) !== String(wanted)) wrong.push(`${method} ${template}: ${String(found)} instead of ${String(wanted)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('do not look at the query', () => {
    expect(scopesFor('GET', '/rest/api/3/search/jql?jql=a')).toEqual(['read:jira-work']);
  });
});
