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
    [
      'several',
      [
        ['Success', true, false],
        ['Error', false, true],
      ],
    ],
    ['updated', ['Changed', ['one', 'two']]],
    ['added', ['one', 'three', 'two']],
    ['assigned', [true, null]],
    ['assignee', true],
    ['editmeta', true],
    ['ways', ['To Do', 'In Progress', 'Done']],
    ['wayId', true],
    ['moved', true],
    ['history', ['status', 'assignee', 'labels', 'summary', 'labels']],
    ['noSuchWay', [400, "Transition id '9999' is not valid for this issue."]],
    ['comment', ['A word', true]],
    ['comments', ['Another word']],
    ['commentGone', 0],
    ['link', [true, true]],
    ['linkBack', [true, true]],
    ['linkRead', true],
    ['linkTypeRead', true],
    ['linkGone', []],
    ['properties', ['other', 'python']],
    ['property', [1, 2]],
    ['propertyGone', [404, "The property with the key 'other' does not exist."]],
    ['watchers', [true]],
    ['fields', true],
    ['project', ['PY', true]],
    ['lists', [true, true, true, true]],
    ['may', true],
    ['gone', [404, 'Issue does not exist or you do not have permission to see it.']],
  ])('reads back what it wrote: %s', (what, expected) => {
    expect(told[what]).toEqual(expected);
  });
});
