/** What people do with work items, in Jira's words: create, fill in, move. Over REST, as the person who does it. */
import { type Answer, Refused, type Visitor } from './client';
import { SPACE, type World } from './world';

/** By field name: text, a choice by its words, [parent, child] of a cascading choice, several choices, labels, a moment. */
export type Given = Record<string, unknown>;

export interface Item {
  id: string;
  key: string;
}

const TEXT_AREAS = new Set([
  'Observed',
  'Agreed',
  'Solution',
  'What was done',
  'What is asked',
  'What has to be different',
  'Reason in words',
  'Words of confirmation',
  'Plan',
  'Back-out',
  'Test plan',
  'Deployment plan',
  'Why no change',
  'Cause',
  'Measure',
  'Answer',
  'Explanation',
  'Business case',
  'Why not measurable',
  'Why no Preventive Action',
  'Why deviations are accepted',
  'Evaluation in words',
]);
const CHOICES = new Set([
  'Customer',
  'Catalog item',
  'Service',
  'Impact',
  'Urgency',
  'Effect',
  'Likelihood',
  'Solution team',
  'Recovery route',
  'Workaround',
  'Change category',
  'Register updated',
  'Reclassify as',
  'Reason',
  'Waiting for',
  'Confirmed how',
  'When it happened',
  'Finding',
  'Source',
  'Kind of cause',
  'Remaining effect',
  'Remaining likelihood',
  'Test result',
]);
const SEVERAL = new Set(['Hand over to', 'What it touches', 'Evaluation']);

/** The evaluation of work that went as usual. */
export const AS_USUAL: Given = {
  Evaluation: ['Handled properly', 'Recorded well enough', 'No lesson', 'No candidate for a standard', 'Nothing to improve elsewhere'],
};

const document = (text: string) => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

function encode(name: string, value: unknown): unknown {
  if (TEXT_AREAS.has(name)) return document(String(value));
  if (CHOICES.has(name)) return { value };
  if (name === 'Category') {
    const [parent, child] = value as [string, string];
    return { value: parent, child: { value: child } };
  }
  if (SEVERAL.has(name)) return (value as string[]).map((one) => ({ value: one }));
  if (value instanceof Date) return value.toISOString().replace('Z', '+0000');
  return value;
}

export const fieldsOf = (world: World, given: Given): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const id = world.fields.get(name);
      if (id === undefined) throw new Error(`The site has no field ${name}`);
      return [id, encode(name, value)];
    }),
  );

export async function create(world: World, person: Visitor, workType: string, summary: string, given: Given, description?: string): Promise<Item> {
  return person.ask<Item>('POST', '/rest/api/3/issue', {
    fields: {
      project: { key: SPACE.key },
      issuetype: { id: world.workTypes.get(workType) },
      summary,
      ...(description !== undefined && { description: document(description) }),
      ...fieldsOf(world, given),
    },
  });
}

export async function fillIn(world: World, person: Visitor, key: string, given: Given): Promise<void> {
  await person.ask('PUT', `/rest/api/3/issue/${key}`, { fields: fieldsOf(world, given) });
}

/** Takes the work on oneself, and says when it will be done. */
export async function takeOn(world: World, person: Visitor, key: string, when: Date): Promise<void> {
  const { accountId } = await person.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await person.ask('PUT', `/rest/api/3/issue/${key}`, { fields: { assignee: { accountId }, ...fieldsOf(world, { 'Planned for': when }) } });
}

export interface Way {
  id: string;
  name: string;
}

/** The transitions Jira offers this person here. */
export async function waysFor(person: Visitor, key: string): Promise<Way[]> {
  return (await person.ask<{ transitions: Way[] }>('GET', `/rest/api/3/issue/${key}/transitions`)).transitions;
}

/** Moves by the transition's name; answers what Jira said. Throws when the person is not offered it. */
export async function tryMove(world: World, person: Visitor, key: string, name: string, given: Given = {}): Promise<Answer> {
  const way = (await waysFor(person, key)).find((one) => one.name === name);
  if (!way) throw new Refused(`${name} on ${key} is not offered to ${person.name}`, 400, undefined);
  const fields = fieldsOf(world, given);
  return person.send('POST', `/rest/api/3/issue/${key}/transitions`, {
    transition: { id: way.id },
    ...(Object.keys(fields).length > 0 && { fields }),
  });
}

export async function move(world: World, person: Visitor, key: string, name: string, given: Given = {}): Promise<void> {
  const answer = await tryMove(world, person, key, name, given);
  if (answer.status !== 204) throw new Refused(`${name} on ${key} as ${person.name}`, answer.status, answer.body);
}

export const idle = (world: World): Promise<unknown> => world.admin.ask('POST', '/_sandbox/idle');
