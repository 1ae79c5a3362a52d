/** A client that others wrote for the real Jira, in another language: work items, links, transitions, comments and properties. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '../../sandbox/demo/client';
import { type FreshSite, freshSite } from '../scenarios/site';
import { pythonWithJira } from './support/python-jira';
import { makeProject } from './support/two-apps';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'python', 'talk.py');
const python = await pythonWithJira();

describe.skipIf(!python)("Debian's python3-jira", () => {
  let fresh: FreshSite;
  let told: Record<string, unknown>;

  beforeAll(async () => {
    fresh = await freshSite();
    const { email } = fresh.site.administrator;
    const admin = new Visitor(fresh.site.url, email);
    await makeProject(admin, 'PY');
    const { accountId } = await admin.ask<{ accountId: string }>('POST', '/rest/api/3/user', {
      emailAddress: 'ann@site.example',
      displayName: 'Ann',
      products: ['jira-software'],
    });
    told = JSON.parse((await python?.(SCRIPT, fresh.site.url, email, 'PY', accountId)) ?? '{}') as Record<string, unknown>;
  });
  afterAll(() => fresh.stop());

  it.each<[string, unknown]>([
    ['server', ['Cloud', true]],
    ['me', 'admin@site.example'],
    ['created', ['From Python', 'Hello', 'To Do', 'Task']],
  ])('reads back what it wrote: %s', (what, expected) => {
    expect(told[what]).toEqual(expected);
  });
});
