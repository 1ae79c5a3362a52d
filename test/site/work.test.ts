/** The app's own behaviour on the site, beyond the scenarios: hand-over from the panel, its refusals, what survives faults, what it costs. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { create, fillIn, idle, type Item, move, takeOn, tryMove } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, SPACE, type World } from '../../sandbox/demo/world';
import type { Intercept } from '../../sandbox/site';
import { ManualClock } from '../../sandbox/clock';
import { handOverAnswer, type HandOverForm, handOverFormAnswer, type ProcessPanel, processAnswer } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';

let fresh: FreshSite;
let world: World;
let fault: Intercept = (_request, next) => next();
const clock = new ManualClock(new Date());

beforeAll(async () => {
  // Its clock stands still, and rates are measured by it.
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
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

async function preparedIncident(given: Record<string, unknown> = {}): Promise<Item> {
  const { sofia, amira, daan } = world.people;
  const item = await create(world, sofia, 'Incident', 'No network', { ...FAILURE, ...given });
  await move(world, amira, item.key, 'Accept');
  await move(world, amira, item.key, 'Analyse');
  await move(world, daan, item.key, 'Solution found', { Solution: 'Known.', 'Recovery route': 'Operate', Workaround: 'No' });
  await idle(world);
  return item;
}

const panel = async (person: Visitor, key: string): Promise<ProcessPanel> => {
  const answer = processAnswer.parse(await person.invoke('usm-process', 'work.process', {}, key));
  if (answer.state !== 'ok') throw new Error(`no panel: ${JSON.stringify(answer)}`);
  return answer;
};

const form = async (person: Visitor, key: string): Promise<HandOverForm> => {
  const answer = handOverFormAnswer.parse(await person.invoke('usm-process', 'work.handOverForm', {}, key));
  if (answer.state !== 'ok') throw new Error(`no form: ${JSON.stringify(answer)}`);
  return answer;
};

async function handOver(person: Visitor, key: string, type: string, version: number) {
  const team = (await form(person, key)).teams.find((one) => one.name === 'Workplace');
  const asks = [{ type, team: team?.id, what: 'Reset the sensor. It works again.' }];
  return handOverAnswer.parse(await person.invoke('usm-process', 'work.handOver', { asks, version }, key));
}

async function children(key: string): Promise<string[]> {
  const { fields } = await world.people.karel.ask<{ fields: { issuelinks: { outwardIssue?: { key: string } }[] } }>(
    'GET',
    `/rest/api/3/issue/${key}`,
  );
  return fields.issuelinks.flatMap((link) => link.outwardIssue?.key ?? []);
}

const statusOf = async (key: string): Promise<string> =>
  (await world.people.karel.ask<{ fields: { status: { name: string } } }>('GET', `/rest/api/3/issue/${key}?fields=status`)).fields.status.name;

describe('the process panel', () => {
  it('shows the verdicts of the gate before the person tries', async () => {
    const { key } = await preparedIncident({ 'Items to change': ['SW-1'] });
    const { next } = await panel(world.people.amira, key);
    const shown = next[0]?.rules.filter((rule) => rule.state === 'unmet').map((rule) => rule.text);
    const refused = await tryMove(world, world.people.amira, key, 'Recover');
    expect(refused.status).toBe(400);
    const [text] = (refused.body as { errorMessages: string[] }).errorMessages;
    expect(shown).toHaveLength(2);
    for (const line of shown ?? []) expect(text).toContain(line);
    const after = await panel(world.people.amira, key);
    expect(after.refused).toMatchObject({ transition: 'Recover', unmet: 2 });
    expect(text).toContain(after.refused?.reference);
  });

  it('says what it is on a work item that does not follow USM, and nothing to whoever may not see it', async () => {
    const { admin } = world;
    await admin.ask('POST', '/rest/api/3/project', {
      key: 'OTHER',
      name: 'Other',
      projectTypeKey: 'software',
      leadAccountId: (await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId,
    });
    const task = await admin.ask<Item>('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'OTHER' }, issuetype: { name: 'Task' }, summary: 'Not USM' },
    });
    expect(await admin.invoke('usm-process', 'work.process', {}, task.key)).toMatchObject({ state: 'notUsm', typeName: 'Task' });
  });

  it('takes the work item from the platform, not from the payload', async () => {
    const { key } = await preparedIncident();
    const other = await preparedIncident();
    const answer = processAnswer.parse(await world.people.amira.invoke('usm-process', 'work.process', { issueId: other.id, key: other.key }, key));
    expect(answer).toMatchObject({ state: 'ok', key });
  });
});

describe('handing over from the panel', () => {
  it('makes receipt, step and child in one go, and the form offers only what the matrix allows', async () => {
    const { key } = await preparedIncident();
    const { amira } = world.people;
    const shown = await form(amira, key);
    expect(shown.routes.map((route) => route.type)).toEqual(['rfc', 'serviceRequest']);
    const answer = await handOver(amira, key, 'serviceRequest', shown.version);
    expect(answer).toMatchObject({ state: 'done', made: [{ typeName: 'Service Request' }] });
    await idle(world);
    expect(await statusOf(key)).toBe('Realising');
    expect(await children(key)).toHaveLength(1);
    const { chain, path, waitsFor } = await panel(amira, key);
    expect(path.code).toBe('W4');
    expect(waitsFor?.party).toBe('Workplace');
    expect(chain.map((link) => [link.type, link.depth, link.handoff?.state])).toEqual([
      ['incident', 0, undefined],
      ['serviceRequest', 1, 'asked'],
    ]);
  });

  it('leaves nothing behind when the step is refused', async () => {
    const { key } = await preparedIncident({ 'Items to change': ['SW-1'] });
    const { amira } = world.people;
    const answer = await handOver(amira, key, 'serviceRequest', 0);
    expect(answer).toMatchObject({ state: 'refused' });
    expect(JSON.stringify(answer)).toContain('V52');
    await idle(world);
    expect(await statusOf(key)).toBe('Preparing');
    expect(await children(key)).toEqual([]);
    expect((await panel(amira, key)).chain).toHaveLength(1);
  });

  it('is refused to whoever may not take the step, and to types the matrix forbids', async () => {
    const { key } = await preparedIncident();
    expect(await handOver(world.people.sofia, key, 'serviceRequest', 0)).toMatchObject({ state: 'refused' });
    const { version } = await form(world.people.amira, key);
    expect(await handOver(world.people.amira, key, 'wish', version)).toMatchObject({ state: 'error', code: 'person.input' });
    await idle(world);
    expect(await children(key)).toEqual([]);
  });

  it('lets one of two who act on the same picture win, and tells the other', async () => {
    const { key } = await preparedIncident();
    const { amira, joris } = world.people;
    const { version } = await form(amira, key);
    const answers = await Promise.all([handOver(amira, key, 'serviceRequest', version), handOver(joris, key, 'serviceRequest', version)]);
    expect(answers.map((one) => one.state).sort()).toEqual(['done', 'error']);
    expect(answers.find((one) => one.state === 'error')).toMatchObject({ code: 'person.conflict' });
    await idle(world);
    expect(await children(key)).toHaveLength(1);
  });

  it.each([
    ['no asks', { asks: [], version: 0 }],
    ['an unknown type', { asks: [{ type: 'problem', team: '1', what: 'do it' }], version: 0 }],
    ['a team that is no id', { asks: [{ type: 'rfc', team: '../1', what: 'do it' }], version: 0 }],
    ['words that are too long', { asks: [{ type: 'rfc', team: '1', what: 'x'.repeat(5000) }], version: 0 }],
    ['nothing at all', undefined],
  ])('answers bad input with what to do: %s', async (_name, payload) => {
    const { key } = await preparedIncident();
    const answer = await world.people.amira.invoke('usm-process', 'work.handOver', payload ?? null, key);
    expect(answer).toMatchObject({ state: 'error', code: 'person.input' });
    expect(await statusOf(key)).toBe('Preparing');
  });
});

describe('when something dies half-way', () => {
  /** Jira makes the work item, and the answer is lost. */
  const loseCreation = (): Intercept => {
    let lost = false;
    return async (request, next) => {
      const answer = await next();
      if (lost || request.method !== 'POST' || request.path !== '/rest/api/3/issue') return answer;
      lost = true;
      return new Response('', { status: 503 });
    };
  };

  it('a child whose making was not heard of is found again, and never made twice', async () => {
    const { key } = await preparedIncident();
    fault = loseCreation();
    const { version } = await form(world.people.amira, key);
    await handOver(world.people.amira, key, 'serviceRequest', version);
    await idle(world);
    expect(await statusOf(key)).toBe('Realising');
    const before = await panel(world.people.amira, key);
    expect(before.chain[1]?.handoff?.state).toBe('prepared');
    expect(before.may.retry).toBe(true);
    clock.advance(61_000);
    await world.admin.ask('POST', '/_sandbox/schedule');
    await idle(world);
    const [child, ...more] = await children(key);
    expect(more).toEqual([]);
    expect((await panel(world.people.amira, key)).chain[1]).toMatchObject({ key: child, handoff: { state: 'asked' } });
  });

  it('a step whose child could not be made at all shows it, and Try again makes it', async () => {
    const { key } = await preparedIncident();
    fault = (request, next) =>
      request.method === 'POST' && request.path === '/rest/api/3/issue' ? Promise.resolve(new Response('{}', { status: 400 })) : next();
    const { version } = await form(world.people.amira, key);
    await handOver(world.people.amira, key, 'serviceRequest', version);
    await idle(world);
    expect(await children(key)).toEqual([]);
    fault = (_request, next) => next();
    const answer = processAnswer.parse(await world.people.amira.invoke('usm-process', 'work.retry', {}, key));
    expect(answer).toMatchObject({ state: 'ok', may: { retry: false } });
    expect(await children(key)).toHaveLength(1);
  });

  const spoil =
    (key: string, before: boolean): Intercept =>
    async (request, next) => {
      if (request.method !== 'POST' || !request.path.includes(`${key}/transitions`)) return next();
      if (!before) await next();
      return new Response('', { status: 503 });
    };

  it('a hand-over whose step never happened makes nothing, and is taken back', async () => {
    const { amira } = world.people;
    const { key } = await preparedIncident();
    fault = spoil(key, true);
    expect(await handOver(amira, key, 'serviceRequest', 0)).toMatchObject({ state: 'error', code: 'platform.unavailable' });
    fault = (_request, next) => next();
    const shown = await panel(amira, key);
    expect(shown.may.retry).toBe(false);
    await amira.invoke('usm-process', 'work.retry', {}, key);
    expect(await children(key)).toEqual([]);
    clock.advance(16 * 60_000);
    await world.admin.ask('POST', '/_sandbox/schedule');
    expect((await panel(amira, key)).chain).toHaveLength(1);
    expect(await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version)).toMatchObject({ state: 'done' });
    expect(await children(key)).toHaveLength(1);
  });

  it('a hand-over that died before its step is not made along with the next one', async () => {
    const { amira } = world.people;
    const { key } = await preparedIncident();
    fault = spoil(key, true);
    expect(await handOver(amira, key, 'serviceRequest', 0)).toMatchObject({ state: 'error', code: 'platform.unavailable' });
    fault = (_request, next) => next();
    const { version } = await form(amira, key);
    // For all the app knows somebody is at it.
    expect(await handOver(amira, key, 'serviceRequest', version)).toMatchObject({ state: 'error', code: 'person.conflict' });
    clock.advance(61_000);
    expect(await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version)).toMatchObject({ state: 'done' });
    expect(await children(key)).toHaveLength(1);
  });

  it('a hand-over whose step happened unheard goes on by itself', async () => {
    const { amira } = world.people;
    const { key } = await preparedIncident();
    fault = spoil(key, false);
    expect(await handOver(amira, key, 'serviceRequest', 0)).toMatchObject({ state: 'error', code: 'platform.unavailable' });
    fault = (_request, next) => next();
    await idle(world);
    expect(await statusOf(key)).toBe('Realising');
    expect(await children(key)).toHaveLength(1);
  });

  const byTheSchedule = async (): Promise<void> => {
    clock.advance(6 * 60_000);
    await world.admin.ask('POST', '/_sandbox/schedule');
    await idle(world);
  };

  /** An incident whose request is fulfilled, while Jira refused to bring it back. */
  async function notReturned(): Promise<string> {
    const { amira, joris, fatima } = world.people;
    const { key } = await preparedIncident();
    await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version);
    await idle(world);
    const [child = ''] = await children(key);
    await move(world, joris, child, 'Accept');
    await takeOn(world, fatima, child, clock.now());
    await move(world, fatima, child, 'Start now');
    await fillIn(world, fatima, child, { 'What was done': 'Reset.' });
    await move(world, fatima, child, 'Deliver');
    await idle(world);
    fault = (request, next) =>
      request.method === 'POST' && request.path.includes(`${key}/transitions`) ? Promise.resolve(new Response('', { status: 503 })) : next();
    await move(world, amira, child, 'Confirm');
    await idle(world);
    expect(await statusOf(key)).toBe('Realising');
    expect((await panel(amira, key)).may.retry).toBe(true);
    fault = (_request, next) => next();
    return key;
  }

  it.each([
    ['when somebody tries again', (key: string) => world.people.amira.invoke('usm-process', 'work.retry', {}, key)],
    ['by the schedule', byTheSchedule],
  ])('a return that Jira refused comes back %s', async (_how, act) => {
    const key = await notReturned();
    await act(key);
    expect(await statusOf(key)).toBe('Reviewing');
  });

  it('a space that is archived meanwhile loses nothing: what was pending goes on once it is restored', async () => {
    const { amira } = world.people;
    const key = await notReturned();
    await world.admin.ask('POST', `/rest/api/3/project/${SPACE.key}/archive`);
    expect((await amira.send('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Written meanwhile' } })).status).toBe(400);
    const before = await panel(amira, key);
    for (let round = 0; round < 4; round += 1) {
      await byTheSchedule();
    }
    // Still read, still pending, and nothing was concluded from what could not be done.
    const after = await panel(amira, key);
    expect(after.chain.map((one) => one.handoff?.state)).toEqual(before.chain.map((one) => one.handoff?.state));
    expect(after.may.retry).toBe(true);
    expect(await statusOf(key)).toBe('Realising');

    await world.admin.ask('POST', `/rest/api/3/project/${SPACE.key}/restore`);
    await byTheSchedule();
    expect(await statusOf(key)).toBe('Reviewing');
    expect((await panel(amira, key)).may.retry).toBe(false);
  });

  it('the gate refuses with a reference when it cannot read, and still lets a work item be withdrawn', async () => {
    const { key } = await preparedIncident();
    fault = (request, next) => (request.path.startsWith(`/rest/api/3/issue/${key}?`) ? Promise.resolve(new Response('', { status: 503 })) : next());
    const refused = await tryMove(world, world.people.amira, key, 'Recover');
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toMatch(/could not check this step.*reference [0-9A-F]{4}-[0-9A-F]{2}/);
    const out = await tryMove(world, world.people.amira, key, 'Withdraw', { Reason: 'No longer needed', 'Reason in words': 'Solved itself.' });
    expect(out.status).toBe(204);
  });
});

describe('a child that is cancelled', () => {
  it('brings the parent back to Analysing with a word about why, and the next round asks anew', async () => {
    const { amira, joris } = world.people;
    const { key } = await preparedIncident();
    await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version);
    await idle(world);
    const [child = ''] = await children(key);
    await move(world, joris, child, 'Decline', { Reason: 'Not our service', 'Reason in words': 'This printer belongs to the library.' });
    await idle(world);
    expect(await statusOf(key)).toBe('Analysing');
    const { comments } = await amira.ask<{ comments: { body: unknown }[] }>('GET', `/rest/api/3/issue/${key}/comment`);
    const told = comments.filter((one) => JSON.stringify(one).includes('ended without delivery'));
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).toContain(child);
    await move(world, world.people.daan, key, 'Solution found', { Solution: 'Other team.', 'Recovery route': 'Operate', Workaround: 'No' });
    const again = await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version);
    expect(again.state).toBe('done');
    await idle(world);
    expect(await statusOf(key)).toBe('Realising');
    expect(await children(key)).toHaveLength(2);
  });
});

describe('a child of an earlier round', () => {
  it('that is still open when the work is handed over anew belongs to the new round: cancelled then, it brings the parent back at once (T12)', async () => {
    const { amira, joris, daan } = world.people;
    const { key } = await preparedIncident();
    await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version);
    await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version);
    await idle(world);
    const [first = '', second = ''] = await children(key);
    const declined = { Reason: 'Not our service', 'Reason in words': 'This belongs to the library.' };
    await move(world, joris, first, 'Decline', declined);
    await idle(world);
    expect(await statusOf(key)).toBe('Analysing');
    await move(world, daan, key, 'Solution found', { Solution: 'Other team.', 'Recovery route': 'Operate', Workaround: 'No' });
    await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version);
    await idle(world);
    expect(await statusOf(key)).toBe('Realising');
    await move(world, joris, second, 'Decline', declined);
    await idle(world);
    expect(await statusOf(key)).toBe('Analysing');
  });
});

describe('what it costs', () => {
  it('a gate reads Jira once and SQL at most once; a refusal adds one write', async () => {
    const { key } = await preparedIncident();
    const already = fresh.site.forge.invocations().length;
    await tryMove(world, world.people.amira, key, 'Recover');
    await tryMove(world, world.people.amira, key, 'Withdraw', { Reason: 'Other', 'Reason in words': 'Enough.' });
    const gates = fresh.site.forge
      .invocations()
      .slice(already)
      .filter((one) => one.functionKey === 'gate');
    expect(gates.map(({ requests }) => [requests.jira, requests.sql, requests.kvs])).toEqual([
      [1, 2, 0],
      [1, 1, 0],
    ]);
  });

  it('the process panel asks Jira once', async () => {
    const { key } = await preparedIncident();
    await handOver(world.people.amira, key, 'serviceRequest', (await form(world.people.amira, key)).version);
    await idle(world);
    // How the rules stand is read once a minute.
    await panel(world.people.amira, key);
    const already = fresh.site.forge.invocations().length;
    await panel(world.people.amira, key);
    const [call] = fresh.site.forge.invocations().slice(already);
    expect(call?.requests).toMatchObject({ jira: 1, sql: 3, kvs: 1 });
  });

  it('no invocation of this file left work behind its answer', () => {
    expect(fresh.site.forge.invocations().filter((one) => one.strays.length > 0)).toEqual([]);
  });
});

describe('a work item that is reopened', () => {
  it('stays in Realising until something new comes back', async () => {
    const { amira, joris, fatima, sofia } = world.people;
    const fulfil = async (child: string): Promise<void> => {
      await move(world, joris, child, 'Accept');
      await takeOn(world, fatima, child, clock.now());
      await move(world, fatima, child, 'Start now');
      await fillIn(world, fatima, child, { 'What was done': 'Reset.' });
      await move(world, fatima, child, 'Deliver');
      await idle(world);
      await move(world, amira, child, 'Confirm');
      await idle(world);
    };
    const { key } = await preparedIncident();
    await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version);
    await idle(world);
    const [first = ''] = await children(key);
    clock.advance(60_000);
    await fulfil(first);
    expect(await statusOf(key)).toBe('Reviewing');
    await move(world, sofia, key, 'Confirm');
    clock.advance(60_000);
    await move(world, sofia, key, 'Reopen');
    await idle(world);
    expect(await statusOf(key)).toBe('Realising');
    expect((await panel(amira, key)).may).toMatchObject({ handOver: true, retry: false });
    expect(await handOver(amira, key, 'serviceRequest', (await form(amira, key)).version)).toMatchObject({ state: 'done' });
    await idle(world);
    const second = (await children(key)).find((one) => one !== first) ?? '';
    // Waiting in between does not make the second hand-over an old one.
    await move(world, amira, key, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': new Date(clock.now().getTime() + 3_600_000) });
    clock.advance(60_000);
    await fulfil(second);
    expect(await statusOf(key)).toBe('Waiting');
    clock.advance(60_000);
    await move(world, amira, key, 'Resume to Realising');
    await idle(world);
    expect(await statusOf(key)).toBe('Reviewing');
  });
});

describe('waiting', () => {
  it('goes back to where it came from, and asks anew each time (V16)', async () => {
    const { amira } = world.people;
    const { key } = await preparedIncident();
    const asks = { 'Waiting for': 'Customer', 'Waiting until': new Date(clock.now().getTime() + 3_600_000) };
    const refused = await tryMove(world, amira, key, 'Pause');
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('Say who we are waiting for and until when.');
    await move(world, amira, key, 'Pause', asks);
    const ways = await amira.ask<{ transitions: { name: string }[] }>('GET', `/rest/api/3/issue/${key}/transitions`);
    expect(ways.transitions.map((one) => one.name).filter((name) => name.startsWith('Resume'))).toEqual(['Resume to Preparing']);
    expect(await panel(amira, key)).toMatchObject({ status: 'waiting', waiting: { for: 'Customer' } });
    await move(world, amira, key, 'Resume to Preparing');
    expect((await tryMove(world, amira, key, 'Pause')).status).toBe(400);
  });
});

describe('links without a receipt', () => {
  it('count for nothing', async () => {
    const { amira } = world.people;
    const { key } = await preparedIncident();
    const other = await create(world, world.people.sofia, 'Service Request', 'Some request', fieldsFor());
    await amira.ask('POST', '/rest/api/3/issueLink', { type: { name: 'USM hand-off' }, inwardIssue: { key }, outwardIssue: { key: other.key } });
    const refused = await tryMove(world, amira, key, 'Recover');
    expect(JSON.stringify(refused.body)).toContain('V10');
  });
  const fieldsFor = () => ({ Customer: FAILURE.Customer, Service: FAILURE.Service });
});
