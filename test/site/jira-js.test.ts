/**
 * jira.js with onSchemaMismatch 'throw' asks for everything that the site does, once and rightly; requests and answers also have to fit
 * Jira's OpenAPI document. What the site has and nobody asks for here fails.
 */
import { readFileSync } from 'node:fs';
import * as cloud from 'jira.js/cloud';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationsTable } from '../../scripts/jira-operations';
import { API } from '../../sandbox/jira/api';
import { OPERATIONS } from '../../sandbox/jira';
import { documentText, hasDocument } from './openapi';
import { drive, implemented, type Driver } from './support/jira-driver';
import { STORIES } from './support/jira-stories';
import { world } from './jiraWorld';

/** jira.js has a function for these that cannot ask for them rightly. */
const PLAIN: Record<string, string> = {
  updateSchemes: 'jira.js 6.2.0 wants a task in every answer, Jira names one only where work items have to move',
  addWatcher: 'jira.js 6.2.0 sends an object, Jira wants the account id as a JSON text',
};

/** Nobody but an app can ask for these; test/site/jira-configuration.workflows.test.ts does. */
const APPS_ONLY = new Set(['getWorkflowTransitionRuleConfigurations', 'updateWorkflowTransitionRuleConfigurations']);

/** Operations of others who run the site, not of Jira's API. */
const OWN = OPERATIONS.map((one) => one.id).filter((id) => !API.some((one) => one.id === id));

let driver: Driver;
const failed: Record<string, string> = {};

beforeAll(async () => {
  driver = await drive();
  for (const [name, story] of Object.entries(STORIES)) {
    try {
      await story(driver);
    } catch (error) {
      failed[name] = error instanceof Error ? error.message : String(error);
    }
  }
}, 60_000);
afterAll(() => driver.stop());

describe("jira.js against the site's own list of operations", () => {
  it.each(Object.keys(STORIES))('goes through the story of %s', (name) => {
    expect(failed[name]).toBeUndefined();
  });

  it.each(implemented.filter((id) => !APPS_ONLY.has(id)))('asks for %s', (id) => {
    const ways = [...(driver.asked.get(id) ?? [])];
    const way = id in cloud && !(id in PLAIN) ? 'jira.js' : 'plain';
    expect(ways).toContain(way);
  });

  it('has no exception that is none any more', () => {
    for (const id of Object.keys(PLAIN)) expect([...(driver.asked.get(id) ?? [])]).toEqual(['plain']);
    for (const id of APPS_ONLY) expect(implemented).toContain(id);
  });

  it.skipIf(!hasDocument)("sends and gets nothing that does not fit Jira's OpenAPI document", () => {
    expect(driver.faults).toEqual([]);
  });
});

describe('the table of operations', () => {
  it.skipIf(!hasDocument)("is what Jira's OpenAPI document says (else: node --import tsx scripts/jira-operations.ts)", () => {
    const file = new URL('../../sandbox/jira/api/operations.ts', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(operationsTable(documentText() ?? ''));
  });

  it('knows the method and path of everything the site does, which has each id once', () => {
    const known = new Map(API.map((one) => [one.id, `${one.method} ${one.path}`]));
    const own = OPERATIONS.filter((one) => !OWN.includes(one.id));
    expect(own.map((one) => `${one.method} ${one.path}`)).toEqual(own.map((one) => known.get(one.id)));
    expect(new Set(OPERATIONS.map((one) => one.id)).size).toBe(OPERATIONS.length);
  });

  it.each([
    ['an operation of Jira that is not here', 'POST', '/rest/api/3/issue/DEMO-1/worklog', 501, 'addWorklog'],
    ['one that sends notifications', 'POST', '/rest/api/3/issue/DEMO-1/notify', 501, 'notify'],
    ['one asked for by its older path', 'GET', '/rest/api/latest/priorityscheme', 501, 'getPrioritySchemes'],
    ['another API of Jira', 'GET', '/rest/agile/1.0/board', 501, '/rest/agile/1.0/board'],
    ['a method that the path does not take', 'DELETE', '/rest/api/3/serverInfo', 405, 'DELETE'],
    ['a path that Jira does not have', 'GET', '/rest/api/3/nothing', 404, '/rest/api/3/nothing'],
  ])('names %s', async (_what, method, path, status, named) => {
    const w = world();
    const response = await w.site.fetch(new Request(`http://site.test${path}`, { method }));
    const { errorMessages } = (await response.json()) as { errorMessages: string[] };
    expect([response.status, errorMessages.join()]).toEqual([status, expect.stringContaining(named)]);
  });
});
