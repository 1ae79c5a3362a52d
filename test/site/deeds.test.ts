/** The dialogs of a work item over their calls: facts, then the step, as the person; refused, doubled, killed half-way. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AS_USUAL, create, fillIn, idle, type Item, move, takeOn } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import type { Intercept } from '../../sandbox/site';
import { ManualClock } from '../../sandbox/clock';
import { type Deed, type DeedAnswer, deedAnswer, type DeedForm, deedFormAnswer, type ProcessPanel, processAnswer } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { handOver, preparedIncident } from './support/handing-over';

let fresh: FreshSite;
let world: World;
let fault: Intercept = (_request, next) => next();
const clock = new ManualClock(new Date());

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false, intercept: (request, next) => fault(request, next) });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());
beforeEach(() => {
  fault = (_request, next) => next();
});

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'Medium',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

const panel = async (person: Visitor, key: string): Promise<ProcessPanel> => {
  const answer = processAnswer.parse(await person.invoke('usm-process', 'work.process', {}, key));
  if (answer.state !== 'ok') throw new Error(`no panel: ${JSON.stringify(answer)}`);
  return answer;
};
const anyForm = async (person: Visitor, key: string, deed: Deed) => deedFormAnswer.parse(await person.invoke('usm-process', 'deeds.form', deed, key));
const form = async (person: Visitor, key: string, deed: Deed): Promise<DeedForm> => {
  const answer = await anyForm(person, key, deed);
  if (answer.state !== 'ok') throw new Error(`no form: ${JSON.stringify(answer)}`);
  return answer;
};
const stepForm = (person: Visitor, key: string, transition: string): Promise<DeedForm> => form(person, key, { deed: 'step', transition });
const take = async (person: Visitor, key: string, request: Record<string, unknown>): Promise<DeedAnswer> =>
  deedAnswer.parse(await person.invoke('usm-process', 'deeds.take', request, key));

/** The id of a choice, as the form offers it. */
const choice = (shown: DeedForm, key: string, name: string): string =>
  shown.fields.find((one) => one.key === key)?.options?.find((one) => one.name === name)?.value ?? `no ${name}`;

interface Look {
  status: string;
  history: string[];
  links: { type: string; key: string }[];
  fields: Record<string, unknown>;
}
async function look(key: string): Promise<Look> {
  const answer = await world.people.karel.ask<{
    fields: Record<string, unknown> & {
      status: { name: string };
      issuelinks: { type: { outward: string }; outwardIssue?: { key: string } }[];
    };
    changelog: { histories: { items: { fieldId?: string; toString: string }[] }[] };
  }>('GET', `/rest/api/3/issue/${key}?expand=changelog`);
  return {
    status: answer.fields.status.name,
    history: answer.changelog.histories.flatMap((one) => one.items.filter(({ fieldId }) => fieldId === 'status').map((item) => item.toString)),
    links: answer.fields.issuelinks.flatMap(({ type, outwardIssue }) => (outwardIssue ? [{ type: type.outward, key: outwardIssue.key }] : [])),
    fields: answer.fields,
  };
}
const field = ({ fields }: Look, name: string): unknown => fields[world.fields.get(name) ?? name];

/** An incident that was fixed on the spot and waits for its requester. */
async function fixed(given: Record<string, unknown> = {}): Promise<Item> {
  const { sofia, amira, daan } = world.people;
  const item = await create(world, sofia, 'Incident', 'No network', { ...FAILURE, ...given });
  await move(world, amira, item.key, 'Accept');
  await move(world, daan, item.key, 'Fix on the spot', { 'What was done': 'Restarted it.' });
  await idle(world);
  return item;
}

async function fulfilled(): Promise<Item> {
  const item = await fixed();
  await move(world, world.people.sofia, item.key, 'Confirm');
  await idle(world);
  return item;
}

const EVALUATED = (shown: DeedForm, ...others: string[]): string[] =>
  (shown.evaluation?.questions ?? []).map(({ usual, other }) => choice(shown, 'evaluation', others.includes(other) ? other : usual));

/** Jira does not answer to this one: before it happened, or after. */
const silent =
  (method: string, path: (path: string) => boolean, { after = false, once = true } = {}): Intercept =>
  async (request, next) => {
    if (request.method !== method || !path(request.path)) return next();
    if (once) fault = (_request, on) => on();
    if (after) await next();
    return new Response('', { status: 503 });
  };

describe('what the panel offers', () => {
  it('is what this person may do now, and nobody else’s step', async () => {
    const { sofia, amira, daan } = world.people;
    const { key } = await create(world, sofia, 'Incident', 'No network', FAILURE);
    expect((await panel(amira, key)).next[0]).toMatchObject({ transition: 'accept', take: 'now' });
    expect((await panel(daan, key)).next[0]?.take).toBeUndefined();
    const asked = await panel(sofia, key);
    expect(asked.next[0]?.take).toBeUndefined();
    expect(asked.others.map((one) => one.transition)).toEqual(['withdraw']);
    expect(asked.may).toMatchObject({ reclassify: false, followUp: true });
    expect((await panel(amira, key)).may.reclassify).toBe(true);
  });

  it('is a button beside what is missing, which asks for just that', async () => {
    const { sofia, amira } = world.people;
    const { key } = await create(world, sofia, 'Incident', 'No network', { Customer: FAILURE.Customer });
    const rules = (await panel(amira, key)).next[0]?.rules ?? [];
    expect(rules.filter((one) => one.state === 'unmet').map((one) => [one.rule, one.ask?.button])).toEqual([
      ['V02', 'Choose the service'],
      ['V49', 'Describe the failure'],
    ]);
    const shown = await form(amira, key, { deed: 'facts', rule: 'V02' });
    const answer = await take(amira, key, { values: { service: choice(shown, 'service', 'Ward network') } });
    expect(answer).toMatchObject({ state: 'done', panel: { status: 'registered' } });
    const whole = await stepForm(amira, key, 'accept');
    expect(whole.fields.map((one) => [one.key, one.required])).toEqual([
      ['observed', true],
      ['agreed', true],
    ]);
    expect(await take(amira, key, { transition: 'accept', values: { observed: 'Nothing connects.', agreed: 'Every bed connects.' } })).toMatchObject({
      state: 'done',
      panel: { status: 'accepted' },
    });
  });

  it('a step without questions moves at once, one that is not theirs does not', async () => {
    const { sofia, amira, daan } = world.people;
    const { key } = await create(world, sofia, 'Incident', 'No network', FAILURE);
    expect(await take(daan, key, { transition: 'accept' })).toMatchObject({ state: 'refused' });
    expect((await look(key)).status).toBe('Registered');
    expect(await anyForm(daan, key, { deed: 'step', transition: 'accept' })).toMatchObject({ state: 'notNow' });
    expect(await take(amira, key, { transition: 'accept' })).toMatchObject({ state: 'done', panel: { status: 'accepted' } });
    expect(await take(amira, key, { transition: 'close' })).toMatchObject({ state: 'error', code: 'person.conflict' });
    expect(await take(amira, key, { transition: 'none' })).toMatchObject({ state: 'error', code: 'person.input' });
  });

  it('pausing asks for whom and until when, and resuming leads back where it was', async () => {
    const { amira } = world.people;
    const { key } = await fixed();
    const shown = await stepForm(amira, key, 'pause');
    const values = { waitingFor: choice(shown, 'waitingFor', 'Customer'), waitingUntil: clock.now().getTime() + 3_600_000 };
    expect(await take(amira, key, { transition: 'pause', values: { waitingFor: values.waitingFor } })).toMatchObject({ state: 'refused' });
    expect(await take(amira, key, { transition: 'pause', values })).toMatchObject({ state: 'done', panel: { status: 'waiting' } });
    const { others } = await panel(amira, key);
    expect(others.filter((one) => one.kind === 'resume')).toEqual([
      { transition: 'resume.reviewing', name: 'Resume to Reviewing', kind: 'resume', take: 'now' },
    ]);
    expect(await take(amira, key, { transition: 'resume.reviewing' })).toMatchObject({ state: 'done', panel: { status: 'reviewing' } });
  });
});

describe('confirming', () => {
  it('needs no questions of whoever asked; words are welcome', async () => {
    const { sofia } = world.people;
    const { key } = await fixed();
    const shown = await stepForm(sofia, key, 'confirm');
    expect(shown.fields.map((one) => [one.key, one.required])).toEqual([['confirmedWords', false]]);
    expect(shown.confirmation).toMatchObject({
      own: true,
      asked: [
        { label: 'What was agreed', text: 'Every bed has a connection.' },
        { label: 'What was done', text: 'Restarted it.' },
      ],
    });
    expect(await take(sofia, key, { transition: 'confirm', values: { confirmedWords: 'It works.' } })).toMatchObject({
      state: 'done',
      panel: { status: 'fulfilled' },
    });
    expect(JSON.stringify(field(await look(key), 'Words of confirmation'))).toContain('It works.');
  });

  it('by a coordinator needs evidence, recorded before the step', async () => {
    const { amira, sofia } = world.people;
    const { key } = await fixed();
    expect((await panel(amira, key)).next[0]?.rules.find((one) => one.rule === 'V11')?.ask).toEqual({
      button: 'Record confirmation',
      transition: 'confirmFor',
    });
    expect(await anyForm(amira, key, { deed: 'step', transition: 'confirm' })).toMatchObject({ state: 'notNow' });
    expect(await anyForm(sofia, key, { deed: 'step', transition: 'confirmFor' })).toMatchObject({ state: 'notNow' });
    const shown = await stepForm(amira, key, 'confirmFor');
    expect(shown.confirmation).toMatchObject({ own: false, who: { name: 'Sofia Rossi' } });
    const values = { confirmedHow: choice(shown, 'confirmedHow', 'By phone'), confirmedAt: clock.now().getTime() };
    const refused = await take(amira, key, { transition: 'confirmFor', values });
    expect(refused).toMatchObject({ state: 'refused' });
    expect(JSON.stringify(refused)).toContain('V11');
    const given = { ...values, confirmedWords: 'All 19 beds checked.' };
    expect(await take(amira, key, { transition: 'confirmFor', values: given })).toMatchObject({ state: 'done', panel: { status: 'fulfilled' } });
  });

  it('of what was handed over is with whoever asked for it, and is not evaluated apart', async () => {
    const { amira, joris, fatima, sofia } = world.people;
    const { key } = await preparedIncident(world, 'No network');
    const [child = ''] = await handOver(world, key, [{ team: 'Workplace', what: 'Reset the sensor. It works again.' }]);
    await move(world, joris, child, 'Accept');
    await takeOn(world, fatima, child, clock.now());
    await move(world, joris, child, 'Start now');
    await idle(world);
    const delivering = (await panel(fatima, child)).next[0];
    expect(delivering).toMatchObject({ transition: 'deliver', take: 'dialog' });
    expect(delivering?.rules.find((one) => one.rule === 'V50')?.ask).toEqual({ button: 'Write what was done' });
    expect(await take(fatima, child, { transition: 'deliver', values: { result: 'Reset.' } })).toMatchObject({ state: 'done' });
    expect((await panel(sofia, child)).next[0]?.take).toBeUndefined();
    expect((await stepForm(amira, child, 'confirm')).confirmation).toMatchObject({
      own: true,
      asked: [
        { label: 'What was asked', text: 'Reset the sensor. It works again.' },
        { label: 'What was done', text: 'Reset.' },
      ],
    });
    expect(await take(amira, child, { transition: 'confirm' })).toMatchObject({ state: 'done', panel: { status: 'fulfilled' } });
    expect((await panel(amira, child)).next[0]).toMatchObject({ transition: 'close', take: 'now', rules: [{ rule: 'V14', state: 'met' }] });
  });

  it('is as good sent back: with what has to be different', async () => {
    const { sofia } = world.people;
    const { key } = await fixed();
    expect((await stepForm(sofia, key, 'confirm')).confirmation?.rework).toEqual([
      { transition: 'rework', name: 'Rework', to: 'analysing', toName: 'Analysing' },
    ]);
    expect(await take(sofia, key, { transition: 'rework' })).toMatchObject({ state: 'refused' });
    expect(await take(sofia, key, { transition: 'rework', values: { difference: 'Bed 12 has none.' } })).toMatchObject({
      state: 'done',
      panel: { status: 'analysing' },
    });
    expect(JSON.stringify(field(await look(key), 'What has to be different'))).toContain('Bed 12 has none.');
  });

  it('asks about the cause that is still there, and a follow-up answers it', async () => {
    const { amira } = world.people;
    const { key } = await fixed({ Impact: 'High', Urgency: 'High' });
    const shown = await stepForm(amira, key, 'confirmFor');
    expect(shown.confirmation?.prevention).toBe(true);
    const values = { confirmedHow: choice(shown, 'confirmedHow', 'By mail'), confirmedAt: clock.now().getTime(), confirmedWords: 'Good.' };
    const refused = await take(amira, key, { transition: 'confirmFor', values });
    expect(refused).toMatchObject({ state: 'refused' });
    expect(JSON.stringify(refused)).toContain('V36');
    const followUps = [{ id: randomUUID(), type: 'preventiveAction', summary: 'Switches of this model fail again and again' }];
    const done = await take(amira, key, { transition: 'confirmFor', values, followUps });
    expect(done).toMatchObject({ state: 'done', made: [{ typeName: 'Preventive Action' }], panel: { status: 'fulfilled' } });
    expect((await look(key)).links.filter((one) => one.type === 'leads to')).toHaveLength(1);
  });

  it('goes on where it ended when nothing was heard of it, and twice at once is once', async () => {
    const { amira } = world.people;
    for (const after of [false, true]) {
      const { key } = await fixed();
      const shown = await stepForm(amira, key, 'confirmFor');
      const values = { confirmedHow: choice(shown, 'confirmedHow', 'By phone'), confirmedAt: clock.now().getTime(), confirmedWords: 'Yes.' };
      fault = silent('POST', (path) => path.includes(`${key}/transitions`), { after });
      expect(await take(amira, key, { transition: 'confirmFor', values })).toMatchObject({ state: 'error', code: 'platform.unavailable' });
      expect((await look(key)).status).toBe(after ? 'Fulfilled' : 'Reviewing');
      expect(await take(amira, key, { transition: 'confirmFor', values })).toMatchObject({ state: 'done', panel: { status: 'fulfilled' } });
      expect((await look(key)).history.filter((one) => one === 'Fulfilled')).toHaveLength(1);
    }
    const { key } = await fixed();
    const answers = await Promise.all([1, 2].map(() => take(world.people.sofia, key, { transition: 'confirm' })));
    expect(answers.map((one) => one.state)).toEqual(['done', 'done']);
    expect((await look(key)).history.filter((one) => one === 'Fulfilled')).toHaveLength(1);
  });
});

describe('evaluating and closing', () => {
  it('shows how it went, and closes with five answers', async () => {
    const { amira, sofia, daan } = world.people;
    const { key } = await fixed();
    await take(sofia, key, { transition: 'rework', values: { difference: 'Bed 12 has none.' } });
    clock.advance(3_600_000);
    await move(world, daan, key, 'Fix on the spot', { 'What was done': 'Bed 12 too.' });
    await move(world, sofia, key, 'Confirm');
    await idle(world);
    const shown = await stepForm(amira, key, 'close');
    expect(shown.evaluation?.figures).toMatchObject({ reworks: 1, reopens: 0, path: 'W4', handoffs: 0, waited: 0 });
    expect(shown.evaluation?.figures.gross).toBeGreaterThanOrEqual(3_600_000);
    expect((await panel(amira, key)).next[0]).toMatchObject({ transition: 'close', take: 'dialog' });
    const four = EVALUATED(shown).slice(0, 4);
    expect(await take(amira, key, { transition: 'close', values: { evaluation: four } })).toMatchObject({ state: 'refused' });
    expect(await take(amira, key, { transition: 'close', values: { evaluation: EVALUATED(shown), evaluationText: '' } })).toMatchObject({
      state: 'done',
      panel: { status: 'closed' },
    });
  });

  it('makes the follow-ups it leads to exactly once, though nothing was heard of the first call', async () => {
    const { amira } = world.people;
    const { key } = await fulfilled();
    const shown = await stepForm(amira, key, 'close');
    const request = {
      transition: 'close',
      values: { evaluation: EVALUATED(shown, 'Something to improve elsewhere'), evaluationText: 'Something to improve elsewhere: tell them' },
      followUps: [
        { id: randomUUID(), type: 'improvement', summary: 'Tell Workplace the moment a hand-off arrives' },
        { id: randomUUID(), type: 'preventiveAction', summary: 'Dr. Smit: switches of this model fail. Again' },
      ],
    };
    fault = silent('POST', (path) => path.includes(`${key}/transitions`));
    expect(await take(amira, key, request)).toMatchObject({ state: 'error' });
    const answer = await take(amira, key, request);
    expect(answer).toMatchObject({ state: 'done', made: [{ typeName: 'Improvement' }, { typeName: 'Preventive Action' }] });
    await idle(world);
    const { links, status } = await look(key);
    expect(status).toBe('Closed');
    expect(links.filter((one) => one.type === 'leads to')).toHaveLength(2);
    const prevention = await look(links[1]?.key ?? '');
    expect(prevention.fields['summary']).toBe('Dr. Smit: switches of this model fail. Again');
    expect(prevention.fields['reporter']).toMatchObject({ displayName: 'Amira Haddad' });
    expect(field(prevention, 'Customer')).toMatchObject({ value: 'Sint Lucas Ziekenhuis' });
    expect(field(prevention, 'Source')).toMatchObject({ value: 'Evaluation' });
  });

  it('is not asked of what was evaluated already: a plain Close is enough', async () => {
    const { amira } = world.people;
    const { key } = await fulfilled();
    await fillIn(world, amira, key, AS_USUAL);
    expect((await panel(amira, key)).next[0]).toMatchObject({ transition: 'close', take: 'now' });
    expect(await take(amira, key, { transition: 'close' })).toMatchObject({ state: 'done', panel: { status: 'closed' } });
  });
});

describe('reclassifying', () => {
  it('answers with the work item it goes on as, its report time kept', async () => {
    const { sofia, amira } = world.people;
    const { key } = await create(world, sofia, 'Incident', 'Forgot the password', FAILURE);
    const shown = await stepForm(amira, key, 'reclassify');
    expect(shown.triage?.questions.map((one) => one.key)).toEqual(['agreed', 'now', 'managed', 'aim']);
    const reclassifyAs = choice(shown, 'reclassifyAs', 'Service Request');
    expect(await take(amira, key, { transition: 'reclassify', values: { reclassifyAs } })).toMatchObject({ state: 'refused' });
    clock.advance(600_000);
    const answer = await take(amira, key, { transition: 'reclassify', values: { reclassifyAs, reasonText: 'The service does what was agreed.' } });
    expect(answer).toMatchObject({ state: 'done', made: [{ typeName: 'Service Request' }], panel: { status: 'cancelled' } });
    await idle(world);
    const [anew, ...more] = (await look(key)).links;
    expect(more).toEqual([]);
    expect(anew?.key).toBe(answer.state === 'done' ? answer.made[0]?.key : '');
    const reported = field(await look(anew?.key ?? ''), 'Report time');
    expect(Date.parse(String(reported))).toBe(shown.reportedAt);
  });
});

describe('a follow-up', () => {
  const asked = (id: string) => ({ followUps: [{ id, type: 'incident', summary: 'The cabinet smells burnt', text: 'Seen on the way out.' }] });

  it('is made once however often it is asked for, also when its making was not heard of', async () => {
    const { daan } = world.people;
    const { key } = await fulfilled();
    const id = randomUUID();
    fault = silent('POST', (path) => path === '/rest/api/3/issue', { after: true });
    expect(await take(daan, key, asked(id))).toMatchObject({ state: 'error', code: 'platform.unavailable' });
    expect(await take(daan, key, asked(id))).toMatchObject({ state: 'done', made: [] });
    clock.advance(61_000);
    const answer = await take(daan, key, asked(id));
    expect(answer).toMatchObject({ state: 'done', made: [{ typeName: 'Incident' }] });
    expect(await take(daan, key, asked(id))).toEqual(expect.objectContaining({ made: answer.state === 'done' ? answer.made : [] }));
    expect((await look(key)).links.filter((one) => one.type === 'leads to')).toHaveLength(1);
    const other = await Promise.all([1, 2].map(() => take(daan, key, asked('7f3f6d64-6f39-4c1e-9d0d-2f4b7a1c2d3e'))));
    expect(other.map((one) => one.state)).toEqual(['done', 'done']);
    expect((await look(key)).links.filter((one) => one.type === 'leads to')).toHaveLength(2);
    // A new call has clocks of its own, and nobody waits for it.
    expect((await look(key)).status).toBe('Fulfilled');
  });

  it('that Jira refused can be asked for again in other words', async () => {
    const { daan } = world.people;
    const { key } = await fulfilled();
    const id = randomUUID();
    fault = (request, next) =>
      request.method === 'POST' && request.path === '/rest/api/3/issue'
        ? Promise.resolve(new Response('{"errorMessages":["No."]}', { status: 400, headers: { 'content-type': 'application/json' } }))
        : next();
    expect(await take(daan, key, asked(id))).toMatchObject({ state: 'error', code: 'person.refused' });
    fault = (_request, next) => next();
    const followUps = [{ id, type: 'improvement', summary: 'Look at all cabinets' }];
    expect(await take(daan, key, { followUps })).toMatchObject({ state: 'done', made: [{ typeName: 'Improvement' }] });
    const [made] = (await look(key)).links;
    expect((await look(made?.key ?? '')).fields['summary']).toBe('Look at all cabinets');
  });

  it('is not made for somebody who could not make it in Jira', async () => {
    const { daan } = world.people;
    const { key } = await fulfilled();
    const scheme = await world.admin.ask<{ id: number; permissions: { id: number; permission: string }[] }>(
      'GET',
      '/rest/api/3/project/NSS/permissionscheme?expand=permissions',
    );
    const grants = scheme.permissions.filter((one) => one.permission === 'CREATE_ISSUES');
    expect(grants.length).toBeGreaterThan(0);
    const kept = await Promise.all(
      grants.map(({ id }) =>
        world.admin.ask<Record<string, unknown>>('GET', `/rest/api/3/permissionscheme/${String(scheme.id)}/permission/${String(id)}`),
      ),
    );
    for (const { id } of grants) await world.admin.ask('DELETE', `/rest/api/3/permissionscheme/${String(scheme.id)}/permission/${String(id)}`);
    expect(await take(daan, key, asked(randomUUID()))).toMatchObject({ state: 'forbidden' });
    for (const { permission, holder } of kept) {
      await world.admin.ask('POST', `/rest/api/3/permissionscheme/${String(scheme.id)}/permission`, { permission, holder });
    }
    await idle(world);
    expect((await look(key)).links).toEqual([]);
    expect(await take(daan, key, asked(randomUUID()))).toMatchObject({ state: 'done' });
  });

  it('is one of four work types, with an id of its own', async () => {
    const { daan } = world.people;
    const { key } = await fulfilled();
    const wish = { followUps: [{ id: randomUUID(), type: 'wish', summary: 'A faster network' }] };
    expect(await take(daan, key, wish)).toMatchObject({ state: 'error', code: 'person.input' });
    expect(await take(daan, key, { followUps: [{ id: 'x', type: 'incident', summary: 'Burnt' }] })).toMatchObject({
      state: 'error',
      code: 'person.input',
    });
    expect((await look(key)).links).toEqual([]);
  });
});
