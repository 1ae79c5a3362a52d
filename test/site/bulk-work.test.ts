/**
 * Jira's bulk change of many work items at once, with the platform's own delivery and limits: each that lacks something is refused in the words of its
 * rules and stays as it was; each other is moved, and what follows its step happens once. BULK_ITEMS asks for more; Jira takes 1,000 at once.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf, idle, waysFor } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, SPACE, type World } from '../../sandbox/demo/world';
import { type FreshSite, freshSite } from '../scenarios/site';

const COUNT = Number(process.env['BULK_ITEMS'] ?? 60);
/** Jira creates so many in one request (OpenAPI: createIssues), and reads so many (bulkFetchIssues). */
const [CREATED, READ] = [50, 100];

let fresh: FreshSite;
let world: World;

beforeAll(async () => {
  fresh = await freshSite();
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());

const WHOLE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Workplace',
  Category: ['Workplace', 'device'],
  Impact: 'Low',
  Urgency: 'Low',
};
/** Given by whoever coordinates; the create screen does not ask for it. */
const PLANNED = { 'Planned for': new Date('2030-01-07T12:00Z') };

/** What the n-th lacks, and which rules say so at Accept and at Start now. */
const LACKS: readonly { fields: readonly (keyof typeof WHOLE | keyof typeof PLANNED)[]; accept?: string; start?: string }[] = [
  { fields: [] },
  { fields: ['Service'], accept: '(USM V02. Reference' },
  { fields: ['Category'], start: '(USM V04. Reference' },
  { fields: ['Planned for'], start: '(USM V37. Reference' },
  { fields: ['Category', 'Planned for'], start: '(USM V04, V37. Reference' },
];
const lacking = (n: number): (typeof LACKS)[number] => LACKS[n % LACKS.length] ?? { fields: [] };

const slices = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

async function create(person: Visitor): Promise<string[]> {
  const updates = Array.from({ length: COUNT }, (_, n) => ({
    fields: {
      project: { key: SPACE.key },
      issuetype: { name: 'Service Request' },
      summary: `Another keyboard, ${String(n)}`,
      ...fieldsOf(world, Object.fromEntries(Object.entries(WHOLE).filter(([name]) => !lacking(n).fields.some((one) => one === name)))),
    },
  }));
  const made: string[] = [];
  for (const issueUpdates of slices(updates, CREATED)) {
    const { issues } = await person.ask<{ issues: { id: string }[] }>('POST', '/rest/api/3/issue/bulk', { issueUpdates });
    made.push(...issues.map(({ id }) => id));
  }
  return made;
}

/** Takes them all on for somebody, and plans those that do not lack it. */
async function plan(ids: readonly string[], person: Visitor, executor: Visitor): Promise<void> {
  const { accountId } = await executor.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  for (const [n, id] of ids.entries()) {
    const given = lacking(n).fields.includes('Planned for') ? {} : fieldsOf(world, PLANNED);
    await person.ask('PUT', `/rest/api/3/issue/${id}`, { fields: { assignee: { accountId }, ...given } });
  }
}

const progress = z.object({
  status: z.string(),
  processedAccessibleIssues: z.array(z.number()).default([]),
  failedAccessibleIssues: z.record(z.string(), z.array(z.string())).default({}),
});

/** Takes one step with all of them; answers what became of each, by id: moved, or the words it was refused with. */
async function inBulk(person: Visitor, ids: readonly string[], name: string): Promise<Map<string, string>> {
  const way = (await waysFor(person, ids[0] ?? '')).find((one) => one.name === name);
  const { taskId } = await person.ask<{ taskId: string }>('POST', '/rest/api/3/bulk/issues/transition', {
    bulkTransitionInputs: [{ selectedIssueIdsOrKeys: ids, transitionId: way?.id }],
    sendBulkNotification: false,
  });
  const look = async () => progress.parse(await person.ask('GET', `/rest/api/3/bulk/queue/${taskId}`));
  await expect.poll(async () => (await look()).status, { timeout: 30_000 + COUNT * 1_000, interval: 500 }).toBe('COMPLETE');
  await idle(world);
  const { processedAccessibleIssues, failedAccessibleIssues } = await look();
  return new Map([
    ...processedAccessibleIssues.map((id): [string, string] => [String(id), 'moved']),
    ...Object.entries(failedAccessibleIssues).map(([id, texts]): [string, string] => [id, texts.join(' ')]),
  ]);
}

interface Seen {
  id: string;
  fields: Record<string, unknown> & { status: { name: string } };
}

async function look(ids: readonly string[]): Promise<Seen[]> {
  const found: Seen[] = [];
  for (const issueIdsOrKeys of slices(ids, READ)) {
    const { issues } = await world.people.karel.ask<{ issues: Seen[] }>('POST', '/rest/api/3/issue/bulkfetch', { issueIdsOrKeys, fields: ['*all'] });
    found.push(...issues);
  }
  return found;
}

it(
  `two steps with ${String(COUNT)} at once: each that lacks something is refused, and told by which rule and why`,
  async () => {
    const { sofia, amira, fatima } = world.people;
    const ids = await create(sofia);
    await plan(ids, amira, fatima);
    await idle(world);

    const accepted = await inBulk(amira, ids, 'Accept');
    ids.forEach((id, n) => {
      const { accept } = lacking(n);
      if (accept === undefined) expect(accepted.get(id)).toBe('moved');
      else expect(accepted.get(id)).toContain(accept);
    });
    expect([...accepted.values()].find((one) => one.includes('V02'))).toContain('Choose the service this is about.');

    const going = ids.filter((id) => accepted.get(id) === 'moved');
    const started = await inBulk(amira, going, 'Start now');
    ids.forEach((id, n) => {
      const { accept, start } = lacking(n);
      if (accept !== undefined) return;
      if (start === undefined) expect(started.get(id)).toBe('moved');
      else expect(started.get(id)).toContain(start);
    });

    const coordinator = world.fields.get('Coordinator') ?? '';
    const { accountId } = await amira.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
    for (const { id, fields } of await look(ids)) {
      const { accept, start } = lacking(ids.indexOf(id));
      expect(fields.status.name).toBe(accept !== undefined ? 'Registered' : start !== undefined ? 'Accepted' : 'Realising');
      // What follows Accept has happened to each that was moved, and to no other.
      expect((fields[coordinator] as { accountId: string } | null)?.accountId).toBe(accept === undefined ? accountId : undefined);
    }
    expect(fresh.site.forge.invocations().filter((one) => one.error !== undefined)).toEqual([]);
  },
  COUNT * 4_000 + 60_000,
);
