/** The rules about the person: what Jira's expression answers and what the pure function says are the same, whoever acts and whatever happened. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excesses } from '../../sandbox/jira/expressions/language';
import { evaluateFor } from '../../sandbox/jira/expressions/surroundings';
import { projectThing } from '../../sandbox/jira/expressions/things/configuration';
import { issueThing } from '../../sandbox/jira/expressions/things/issue';
import type { Json } from '../../sandbox/jira/store';
import {
  FIELD_KEYS,
  FIELDS,
  PROFILE_KEYS,
  type ProfileKey,
  type RuleId,
  RULES,
  STATUS_KEYS,
  STATUSES,
  type StatusKey,
  type Transition,
  warnedOf,
  whoExpression,
  WORK_TYPE_KEYS,
  WORKFLOWS,
} from '../../src/method';
import { actingOf } from '../../src/work/facts';
import { issueAnswer, toWorkItem } from '../../src/work/model';
import { world } from '../site/jiraWorld';

const PEOPLE = ['Ann', 'Bob', 'Cem'] as const;
const idOf = (name: string): string => `712020:${name.toLowerCase()}`;

function there<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('it is not there');
  return one;
}

const site = () => {
  const w = world();
  w.store.users.put({ ...there(w.store.users.get(w.bob)), id: idOf('Cem'), displayName: 'Cem', emailAddress: 'cem@site.example' });
  const statuses = Object.fromEntries(
    STATUS_KEYS.map((key) => {
      const { name, category } = STATUSES[key];
      const id = w.store.nextId('status');
      w.store.statuses.put({ id, name, category, description: '' });
      return [key, id];
    }),
  ) as Record<StatusKey, string>;
  const roles = Object.fromEntries(
    PROFILE_KEYS.map((key) => {
      const id = w.store.nextId('role', 10_100);
      w.store.roles.put({ id, name: key, description: '' });
      return [key, id];
    }),
  ) as Record<ProfileKey, string>;
  const kinds = { aboutPeople: 'multiuserpicker', approvers: 'multiuserpicker', changeCategory: 'select' } as const;
  const fields = Object.fromEntries(
    FIELD_KEYS.map((key) => [
      key,
      key in kinds
        ? w.field(key, kinds[key as keyof typeof kinds], key === 'changeCategory' ? [...FIELDS.changeCategory.options] : [])
        : 'customfield_1',
    ]),
  ) as Record<(typeof FIELD_KEYS)[number], string>;
  const workTypes = Object.fromEntries(WORK_TYPE_KEYS.map((key) => [key, 'none'])) as Record<(typeof WORK_TYPE_KEYS)[number], string>;
  return { w, binding: { fields, statuses, workTypes, roles } };
};

const person = fc.constantFrom(...PEOPLE);
const status = fc.constantFrom<StatusKey>('accepted', 'planning', 'preparing', 'testing', 'waiting');
const story = fc.record({
  actor: person,
  profiles: fc.subarray<ProfileKey>(['processManager', 'coordinator']),
  assignee: fc.option(person),
  about: fc.subarray([...PEOPLE]),
  approvers: fc.subarray([...PEOPLE]),
  category: fc.option(fc.constantFrom(...FIELDS.changeCategory.options)),
  moves: fc.array(fc.record({ from: status, to: status, by: person, also: fc.boolean() }), { maxLength: 6 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

/** One work item with this history, through Jira's own answer on one side and as its expressions see it on the other. */
async function both(
  transition: Pick<Transition, 'rules'>,
  { actor, profiles, assignee, about, approvers, category, moves }: Story,
  shared: ReturnType<typeof site>,
) {
  const { w, binding } = shared;
  const key = await w.item();
  const issue = there(w.store.issue(key));
  issue.statusId = binding.statuses.testing;
  const fields: Record<string, Json> = issue.fields;
  fields['assignee'] = assignee === null ? null : idOf(assignee);
  fields[binding.fields.aboutPeople] = about.map(idOf);
  fields[binding.fields.approvers] = approvers.map(idOf);
  const choices = w.store.fields.get(binding.fields.changeCategory)?.contexts[0]?.options ?? [];
  fields[binding.fields.changeCategory] = choices.find(({ value }) => value === category)?.id ?? null;
  issue.changes = moves.map(({ from, to, by, also }, index) => ({
    id: String(50_000 + index),
    authorId: idOf(by),
    created: issue.created + index * 1_000,
    items: [
      ...(also ? [{ field: 'summary', fieldId: 'summary', from: null, fromText: 'A', to: null, toText: 'B' }] : []),
      { field: 'status', fieldId: 'status', from: binding.statuses[from], fromText: from, to: binding.statuses[to], toText: to },
    ],
  })) as typeof issue.changes;
  w.project.roleActors = Object.fromEntries(profiles.map((one) => [binding.roles[one], { users: [idOf(actor)], groups: [] }]));

  const jira = { store: w.store, clock: w.clock, baseUrl: 'http://site.test', rules: w.rules, emit: () => undefined };
  const outcome = evaluateFor(jira, w.store.users.get(idOf(actor)), whoExpression(transition, binding), (view) => ({
    issue: issueThing(view, issue),
    project: projectThing(view, w.project),
  }));
  const answer = await w.send(w.admin, 'GET', `/rest/api/3/issue/${key}?expand=changelog`);
  const item = there(toWorkItem(issueAnswer.parse(await answer.json()), binding));
  return { outcome, acting: actingOf({ accountId: idOf(actor), profiles: new Set(profiles) }, item) };
}

const asking = (['V13', 'V26', 'V39', 'V48'] as const satisfies readonly RuleId[]).map((id) => {
  const transition = WORK_TYPE_KEYS.flatMap((type) => WORKFLOWS[type].transitions).find((one) => one.rules.includes(id));
  if (!transition) throw new Error(`no step asks ${id}`);
  return { id, transition };
});

describe.each(asking)('$id', ({ id, transition }) => {
  it('is the same to Jira and to the panel', async () => {
    const shared = site();
    const seen = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { outcome, acting } = await both(transition, told, shared);
        const failing = RULES[id].who?.find(({ met }) => !met.holds(acting));
        seen.add(failing === undefined);
        expect(outcome).toMatchObject({ ok: true, value: failing ? `${failing.sentence} (USM ${id})` : true });
      }),
      { numRuns: 120 },
    );
    expect([...seen].sort()).toEqual([false, true]);
  });
});

describe('the expressions', () => {
  const { binding } = site();
  const every = WORK_TYPE_KEYS.flatMap((type) => WORKFLOWS[type].transitions);

  it('stay within what Jira documents as limits', () => {
    for (const one of every) expect(excesses(whoExpression(one, binding)), one.key).toEqual([]);
  });

  it('ask nothing where no rule asks, and nothing in earnest that only warns or is off', () => {
    const release = there(every.find((one) => one.key === 'release'));
    const accept = there(every.find((one) => one.key === 'accept'));
    expect(whoExpression(accept, binding)).toBe('true');
    for (const level of ['warn', 'off'] as const) expect(whoExpression(release, binding, { V13: level })).toBe('true');
    const builder = { accountId: 'a', assignee: 'a', moves: [], fields: {} };
    expect(warnedOf(release, builder, { V13: 'warn' })).toEqual(['V13']);
    expect(warnedOf(release, builder, { V13: 'off' })).toEqual([]);
    expect(warnedOf(release, builder, {})).toEqual([]);
  });

  it('of a rule that can be set are followed by a function that keeps who passed it', () => {
    for (const one of every)
      if (one.rules.some((id) => RULES[id].who && RULES[id].level === 'configurable')) expect(one.after, one.key).not.toEqual([]);
  });
});
