/** What the issue property says of work items, and that the queries of docs/jql.md find it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { create, fillIn, idle, move, takeOn } from '../../sandbox/demo/acts';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { handOverAnswer, handOverFormAnswer } from '../../src/contract';
import { ROOT } from '../../scripts/paths';
import { type FreshSite, freshSite } from '../scenarios/site';

let fresh: FreshSite;
let world: World;
let incident: string;
let child: string;
let other: string;
/** Every request of the app to Jira. */
const asked: string[] = [];

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

async function prepared(): Promise<string> {
  const { sofia, amira, daan } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'No network', FAILURE);
  await move(world, amira, key, 'Accept');
  await move(world, amira, key, 'Analyse');
  await move(world, daan, key, 'Solution found', { Solution: 'Known.', 'Recovery route': 'Operate', Workaround: 'No' });
  await idle(world);
  return key;
}

async function handOver(key: string): Promise<string> {
  const { amira } = world.people;
  const form = handOverFormAnswer.parse(await amira.invoke('usm-process', 'work.handOverForm', {}, key));
  if (form.state !== 'ok') throw new Error(JSON.stringify(form));
  const team = form.teams.find((one) => one.name === 'Workplace')?.id;
  const asks = [{ type: 'serviceRequest', team, what: 'Reset the sensor. It works again.' }];
  const answer = handOverAnswer.parse(await amira.invoke('usm-process', 'work.handOver', { asks, version: form.version }, key));
  if (answer.state !== 'done') throw new Error(JSON.stringify(answer));
  await idle(world);
  return answer.made[0]?.key ?? '';
}

const property = async (key: string): Promise<Record<string, unknown>> =>
  (await world.people.karel.ask<{ value: Record<string, unknown> }>('GET', `/rest/api/3/issue/${key}/properties/usm`)).value;

async function find(jql: string): Promise<string[]> {
  const { issues } = await world.people.karel.ask<{ issues: { key: string }[] }>('POST', '/rest/api/3/search/jql', { jql, fields: ['key'] });
  return issues.map((one) => one.key).sort();
}

beforeAll(async () => {
  fresh = await freshSite({
    searchDelayMs: 0,
    intercept: (request, next) => {
      asked.push(`${request.method} ${request.path}`);
      return next();
    },
  });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  incident = await prepared();
  child = await handOver(incident);
  other = await prepared();
});
afterAll(() => fresh.stop());

it('says on both sides how the hand-off stands, and which chain it is', async () => {
  expect(await property(incident)).toEqual({
    v: 1,
    path: 'W4',
    service: 'Ward network',
    handoff: 'none',
    waits: 'asked',
    line: 'Waits for Workplace',
  });
  expect(await property(child)).toMatchObject({ root: incident, handoff: 'asked', waits: 'none' });
  expect(await property(other)).toMatchObject({ path: 'open', waits: 'none', line: 'Next: Realising' });
});

/** By the query as it stands in the document; NSS-1 in it is the first incident. */
const FOUND: Record<string, () => string[]> = {
  'usmRoot = NSS-1 OR key = NSS-1': () => [incident, child],
  'project = NSS AND usmHandoff = asked': () => [child],
  'project = NSS AND usmWaits = returned': () => [],
  'project = NSS AND usmWaits in (asked, accepted)': () => [incident],
  'project = NSS AND issue.property[usm].waits in (asked, accepted)': () => [incident],
  'project = NSS AND usmLine ~ "Waits for Workplace"': () => [incident],
  'project = NSS AND issuetype = Incident AND usmPath = W4': () => [incident],
  'project = NSS AND usmService = "Ward network" AND usmWaits != none': () => [incident],
  'project = NSS AND usmFulfilment = process': () => [],
};

const documented = [...readFileSync(join(ROOT, 'docs', 'jql.md'), 'utf8').matchAll(/```jql\n([^`]+)\n```/g)].map(([, jql]) => jql ?? '');

it('every query of the document is looked at here', () => {
  expect(documented.toSorted()).toEqual(Object.keys(FOUND).toSorted());
});

it.each(documented)('finds what it promises: %s', async (jql) => {
  expect(incident).toBe('NSS-1');
  expect(await find(jql)).toEqual((FOUND[jql]?.() ?? []).toSorted());
});

it('keeps what was written at the creation and what others wrote, and follows to the end', async () => {
  const { joris, fatima, amira } = world.people;
  const { receipt } = await property(child);
  expect(receipt).toEqual(expect.any(String));
  await world.admin.ask('PUT', `/rest/api/3/issue/${child}/properties/usm`, { ...(await property(child)), ofAnother: 'kept' });
  await move(world, joris, child, 'Accept');
  await idle(world);
  expect(await property(child)).toMatchObject({ receipt, root: incident, ofAnother: 'kept', handoff: 'accepted' });
  expect(await property(incident)).toMatchObject({ waits: 'accepted' });
  await takeOn(world, fatima, child, new Date('2030-01-01'));
  await move(world, fatima, child, 'Start now');
  await fillIn(world, fatima, child, { 'What was done': 'Reset.' });
  await move(world, fatima, child, 'Deliver');
  await idle(world);
  await move(world, amira, child, 'Confirm');
  await idle(world);
  expect(await property(child)).toMatchObject({ receipt, root: incident, ofAnother: 'kept', handoff: 'fulfilled', fulfilment: 'process' });
  expect(await property(incident)).toMatchObject({ path: 'W4', waits: 'fulfilled', line: 'Next: Fulfilled' });
  expect(await find('project = NSS AND usmFulfilment = process')).toEqual([child]);
});

it('writes at most four times on a work item for one step, whatever follows', async () => {
  const { joris } = world.people;
  const writesOn = async (key: string, act: () => Promise<unknown>): Promise<string[]> => {
    const { id } = await world.people.karel.ask<{ id: string }>('GET', `/rest/api/3/issue/${key}`);
    asked.length = 0;
    await act();
    await idle(world);
    return asked.filter((one) => !one.startsWith('GET') && [key, id].some((name) => new RegExp(`/issue/${name}(/|\\?|$)`).test(one)));
  };
  let second = '';
  const forked = await writesOn(other, async () => (second = await handOver(other)));
  expect(forked.length, forked.join('\n')).toBeLessThanOrEqual(4);
  expect(forked.filter((one) => one.includes('/properties/usm')).length).toBeGreaterThan(0);
  const accepted = await writesOn(second, () => move(world, joris, second, 'Accept'));
  expect(accepted.length, accepted.join('\n')).toBeLessThanOrEqual(4);
});
