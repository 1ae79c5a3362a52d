/** The receipt as a record with two sides: accepted, returned, answered, reminded; by two at once, doubled, killed half-way; deleted work and links by hand. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fillIn, idle, move, takeOn, tryMove, waysFor } from '../../sandbox/demo/acts';
import { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { ManualClock } from '../../sandbox/clock';
import { boardCalls, type HandoffRow, type ProcessPanel, processAnswer, type ReceiptView, receivingAnswer, receivingCalls } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { handOver, preparedIncident } from './support/handing-over';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let fresh: FreshSite;
let world: World;
const clock = new ManualClock(new Date());

beforeAll(async () => {
  // Its clock stands still, and rates are measured by it.
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());
beforeEach(() => {
  fresh.site.faults.set({});
  clock.advance(MINUTE);
});

const soon = (hours: number): number => clock.now().getTime() + hours * HOUR;

interface Asked {
  parent: string;
  child: string;
}

/** An incident that asked the team Workplace something. */
async function asked(what = 'Reset the sensor. It works again.'): Promise<Asked> {
  const { key } = await preparedIncident(world, 'No network');
  const [child = ''] = await handOver(world, key, [{ team: 'Workplace', what, readyBy: soon(2) }]);
  return { parent: key, child };
}

async function panel(person: Visitor, key: string): Promise<ProcessPanel> {
  const answer = processAnswer.parse(await person.invoke('usm-process', 'work.process', {}, key));
  if (answer.state !== 'ok') throw new Error(`no panel: ${JSON.stringify(answer)}`);
  return answer;
}

/** The receipt as the child's panel shows it, or the parent's. */
async function receipt(person: Visitor, key: string): Promise<ReceiptView> {
  const { receipt: own, receipts = [] } = await panel(person, key);
  const view = own ?? receipts.at(-1);
  if (!view) throw new Error(`${key} has no receipt`);
  return view;
}

type Call = 'work.accept' | 'work.return' | 'work.answer' | 'work.remind';

/** Does something with the receipt that this person sees on this work item. */
async function act(person: Visitor, key: string, call: Call, more: Record<string, unknown> = {}, view?: ReceiptView) {
  const { id, seen } = view ?? (await receipt(person, key));
  return receivingAnswer.parse(await person.invoke('usm-process', call, { receipt: id, seen, act: randomUUID(), ...more }, key));
}

interface Read {
  status: string;
  assignee: string | undefined;
  summary: string;
  fields: Record<string, unknown>;
}

async function read(key: string): Promise<Read> {
  const { fields } = await world.admin.ask<{ fields: Record<string, unknown> }>('GET', `/rest/api/3/issue/${key}`);
  const { status, assignee, summary } = fields as { status: { name: string }; assignee: { displayName: string } | null; summary: string };
  return { status: status.name, assignee: assignee?.displayName, summary, fields };
}

const statusOf = async (key: string): Promise<string> => (await read(key)).status;
/** The site's clock stands still between two requests, the functions' own goes on. */
const minutes = (ms: number | undefined): number => Math.round((ms ?? 0) / MINUTE);

const kinds = (view: ReceiptView): string[] => view.notes.map((one) => one.kind);

/** What the app said there with these words; it tells other things, too. */
async function comments(key: string, words: string): Promise<string[]> {
  const found = await world.admin.ask<{ comments: { body: unknown }[] }>('GET', `/rest/api/3/issue/${key}/comment`);
  return found.comments.map((one) => JSON.stringify(one.body)).filter((text) => text.includes(words));
}

const line = async (key: string): Promise<unknown> =>
  (await world.admin.ask<{ value: { line?: string } }>('GET', `/rest/api/3/issue/${key}/properties/usm`)).value.line;

async function fulfil(child: string): Promise<void> {
  const { fatima, amira } = world.people;
  await takeOn(world, fatima, child, clock.now());
  await move(world, fatima, child, 'Start now');
  await fillIn(world, fatima, child, { 'What was done': 'Reset.' });
  await move(world, fatima, child, 'Deliver');
  await idle(world);
  await move(world, amira, child, 'Confirm');
  await idle(world);
}

describe('accepting', () => {
  it('is one call: the step is taken as the person, who becomes assignee; both sides see the same record', async () => {
    const { amira, joris } = world.people;
    const { parent, child } = await asked();
    expect(await line(child)).toBe('Asked');
    expect(await line(parent)).toBe('Waits for Workplace');
    const before = await receipt(joris, child);
    expect(before).toMatchObject({
      state: 'asked',
      side: 'asked',
      fromVerb: 'Recover',
      toVerb: 'Operate',
      by: { name: 'Amira Haddad' },
      may: { accept: true },
    });
    expect(before.other).toMatchObject({ key: parent, typeName: 'Incident' });
    clock.advance(4 * MINUTE);
    expect(await act(joris, child, 'work.accept')).toMatchObject({ state: 'done', panel: { status: 'accepted', receipt: { state: 'accepted' } } });
    await idle(world);
    expect(await read(child)).toMatchObject({ status: 'Accepted', assignee: 'Joris van Dam' });
    const { changelog } = await world.admin.ask<{ changelog: { histories: { author: { displayName: string }; items: { field: string }[] }[] } }>(
      'GET',
      `/rest/api/3/issue/${child}?expand=changelog`,
    );
    const moved = changelog.histories.filter((one) => one.items.some((item) => item.field === 'status'));
    expect(moved.map((one) => one.author.displayName)).toEqual(['Joris van Dam']);
    const [theirs, ours] = [await receipt(joris, child), await receipt(amira, parent)];
    expect(kinds(theirs)).toEqual(['asked', 'accepted']);
    expect(ours.notes).toEqual(theirs.notes);
    expect(minutes(theirs.borderMs)).toBe(4);
    expect(await line(child)).toBe('Next: Planning');
  });

  it('by Jira’s own step writes the same record', async () => {
    const { joris } = world.people;
    const { child } = await asked();
    await move(world, joris, child, 'Accept');
    await idle(world);
    const view = await receipt(joris, child);
    expect(view).toMatchObject({ state: 'accepted', may: { accept: false } });
    expect(view.notes.map((one) => [one.kind, one.by?.name])).toEqual([
      ['asked', 'Amira Haddad'],
      ['accepted', 'Joris van Dam'],
    ]);
  });

  it('leaves an assignee who is there already', async () => {
    const { joris, fatima } = world.people;
    const { child } = await asked();
    await takeOn(world, fatima, child, clock.now());
    expect(await act(joris, child, 'work.accept')).toMatchObject({ state: 'done' });
    expect((await read(child)).assignee).toBe('Fatima Amrani');
  });

  it('is offered to those to whom Jira offers the step, and refused to others', async () => {
    const { fatima } = world.people;
    const { child } = await asked();
    expect((await waysFor(fatima, child)).map((one) => one.name)).not.toContain('Accept');
    expect((await receipt(fatima, child)).may.accept).toBe(false);
    expect(await act(fatima, child, 'work.accept')).toMatchObject({ state: 'forbidden' });
    expect(await act(fatima, child, 'work.return', { reason: 'missing', text: 'Where is it?' })).toMatchObject({ state: 'forbidden' });
    expect(await read(child)).toMatchObject({ status: 'Registered', assignee: undefined });
  });

  it('that the gate refuses comes back as its words, and nobody becomes assignee', async () => {
    const { joris } = world.people;
    const { child } = await asked();
    await joris.ask('PUT', `/rest/api/3/issue/${child}`, { fields: { [world.fields.get('Service') ?? '']: null } });
    const answer = await act(joris, child, 'work.accept');
    expect(answer).toMatchObject({ state: 'refused' });
    expect(JSON.stringify(answer)).toMatch(/Choose the service this is about.*V02/);
    expect(await read(child)).toMatchObject({ status: 'Registered', assignee: undefined });
    expect(kinds(await receipt(joris, child))).toEqual(['asked']);
  });

  it('by two at once is done by one, and told to the other', async () => {
    const { joris, ines } = world.people;
    const { child } = await asked();
    const view = await receipt(joris, child);
    const answers = await Promise.all([act(joris, child, 'work.accept', {}, view), act(ines, child, 'work.accept', {}, view)]);
    await idle(world);
    const won = answers[0].state === 'done' ? 'Joris van Dam' : 'Inês Costa';
    expect(answers.map((one) => one.state).sort()).toEqual(['done', 'error']);
    expect(answers.find((one) => one.state === 'error')).toMatchObject({
      code: 'person.conflict',
      text: `${won} accepted it just now. Look at what has changed, then decide anew.`,
    });
    expect((await read(child)).assignee).toBe(won);
    expect(kinds(await receipt(joris, child))).toEqual(['asked', 'accepted']);
  });

  it('after somebody accepted says who, and when', async () => {
    const { joris, ines } = world.people;
    const { child } = await asked();
    const view = await receipt(ines, child);
    await move(world, joris, child, 'Accept');
    clock.advance(MINUTE);
    const answer = await act(ines, child, 'work.accept', {}, view);
    expect(answer).toMatchObject({ code: 'person.conflict', text: expect.stringContaining('Joris van Dam accepted it 1 min ago') as string });
  });

  it('sent twice happens once', async () => {
    const { joris } = world.people;
    const { child } = await asked();
    const view = await receipt(joris, child);
    const request = { receipt: view.id, seen: view.seen, act: randomUUID() };
    const send = () => joris.invoke<{ state: string }>('usm-process', 'work.accept', request, child);
    expect((await Promise.all([send(), send()])).map((one) => one.state)).toEqual(['done', 'done']);
    await idle(world);
    expect(kinds(await receipt(joris, child))).toEqual(['asked', 'accepted']);
  });

  it.each([1, 2, 3, 4])('that dies at its request %s to Jira is finished by the next try', async (atRequest) => {
    const { joris } = world.people;
    const { child } = await asked();
    const view = await receipt(joris, child);
    const request = { receipt: view.id, seen: view.seen, act: randomUUID() };
    fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, end: 'kill', atRequest: atRequest * 3 }] });
    await joris.invoke('usm-process', 'work.accept', request, child).catch(() => undefined);
    fresh.site.faults.set({});
    await idle(world);
    // What the dead held is free once no invocation can live any longer.
    clock.advance(27_000);
    expect(await joris.invoke('usm-process', 'work.accept', request, child)).toMatchObject({ state: 'done' });
    await idle(world);
    expect(await read(child)).toMatchObject({ status: 'Accepted', assignee: 'Joris van Dam' });
    expect(kinds(await receipt(joris, child))).toEqual(['asked', 'accepted']);
  });
});

describe('two that write at once', () => {
  /** Both the person's call and the news of the step write the same line, so the database may have to give one of them up. */
  const answered = async (errno: number) => {
    const { joris } = world.people;
    const { child } = await asked();
    const sql = [{ match: { statement: '^INSERT IGNORE INTO receipt_note' }, answer: { code: 'SQL_EXECUTION_ERROR' as const, errno } }];
    const view = await receipt(joris, child);
    fresh.site.faults.set({ sql });
    const answer = await act(joris, child, 'work.return', { reason: 'notReadyByThen', text: 'Not today.', readyBy: soon(3) }, view);
    expect(fresh.site.faults.pending().sql).toEqual([]);
    return { answer, kinds: kinds(await receipt(joris, child)) };
  };

  it.each([1213, 9007])('do not wait for each other: what the database gave up is asked for again (%s)', async (errno) => {
    expect(await answered(errno)).toMatchObject({ answer: { state: 'done' }, kinds: ['asked', 'returned'] });
  });

  it('and what it refused is not', async () => {
    expect(await answered(1054)).toMatchObject({ answer: { state: 'error', code: 'platform.unavailable' }, kinds: ['asked'] });
  });
});

describe('returning', () => {
  const back = { reason: 'notReadyByThen', text: 'The new model comes at 12:20.' };

  it('keeps the child Registered and the parent Realising, and tells whoever steers the parent', async () => {
    const { amira, joris } = world.people;
    const { parent, child } = await asked();
    const readyBy = soon(3);
    expect(await act(joris, child, 'work.return', { ...back, readyBy })).toMatchObject({
      state: 'done',
      told: `${child} went back. Amira Haddad is told, and ${parent} stays Realising.`,
    });
    await idle(world);
    expect([await statusOf(child), await statusOf(parent)]).toEqual(['Registered', 'Realising']);
    expect([await line(child), await line(parent)]).toEqual(['Returned', 'Returned']);
    const ours = await receipt(amira, parent);
    expect(ours).toMatchObject({ state: 'returned', side: 'asks', may: { answer: true, remind: false } });
    expect(ours.notes.at(-1)).toMatchObject({ kind: 'returned', by: { name: 'Joris van Dam' }, reason: 'notReadyByThen', text: back.text, readyBy });
    expect((await receipt(joris, child)).may.accept).toBe(false);
    const [told = '', ...more] = await comments(parent, 'came back');
    expect(more).toEqual([]);
    const { accountId } = await amira.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
    expect(told).toContain(`"type":"mention","attrs":{"id":"${accountId}"`);
    expect(told).toContain(back.text);
  });

  it.each([
    ['not ready by then, without a time', { reason: 'notReadyByThen' }, 'Say when it can be ready'],
    ['not ready by then, with a time that has passed', { reason: 'notReadyByThen', readyBy: 1 }, 'Say when it can be ready'],
    ['not ours, without a team', { reason: 'notOurs' }, 'Name the team'],
    ['not ours, with a team nobody knows', { reason: 'notOurs', team: '1' }, 'Name the team'],
    ['another kind that the matrix forbids from there', { reason: 'anotherKind', type: 'wish' }, 'this can be Request for Change.'],
    ['another kind that it is already', { reason: 'anotherKind', type: 'serviceRequest' }, 'this can be Request for Change.'],
    ['a reason nobody knows', { reason: 'noTime' }, 'not usable'],
    ['no words', { reason: 'missing', text: ' ' }, 'not usable'],
  ])('asks for what belongs to the reason: %s', async (_name, more, text) => {
    const { joris } = world.people;
    const { child } = await asked();
    const answer = await act(joris, child, 'work.return', { text: 'It cannot be.', ...more });
    expect(answer).toMatchObject({ state: 'error', code: 'person.input', text: expect.stringContaining(text) as string });
    expect(kinds(await receipt(joris, child))).toEqual(['asked']);
  });

  it.each([
    ['accept', 'return'],
    ['return', 'accept'],
  ] as const)('%s first, %s right after it: the later is told what happened', async (first, second) => {
    const { joris, ines } = world.people;
    const { child } = await asked();
    const view = await receipt(joris, child);
    const words = { reason: 'missing', text: 'Which sensor is it?' };
    const send = (person: Visitor, what: 'accept' | 'return') => act(person, child, `work.${what}`, what === 'return' ? words : {}, view);
    expect(await send(joris, first)).toMatchObject({ state: 'done' });
    expect(await send(ines, second)).toMatchObject({
      code: 'person.conflict',
      text: expect.stringContaining(`Joris van Dam ${first === 'accept' ? 'accepted' : 'returned'} it just now`) as string,
    });
    await idle(world);
    expect(kinds(await receipt(joris, child))).toEqual(['asked', first === 'accept' ? 'accepted' : 'returned']);
  });

  it('by two at once stands in the record once', async () => {
    const { joris, ines } = world.people;
    const { parent, child } = await asked();
    const view = await receipt(joris, child);
    const words = { reason: 'missing', text: 'Which sensor is it?' };
    const answers = await Promise.all([act(joris, child, 'work.return', words, view), act(ines, child, 'work.return', words, view)]);
    expect(answers.map((one) => one.state).sort()).toEqual(['done', 'error']);
    expect(kinds(await receipt(joris, child))).toEqual(['asked', 'returned']);
    expect(await comments(parent, 'came back')).toHaveLength(1);
  });

  it.each(Array.from({ length: 9 }, (_, index) => 6 + index * 2))(
    'that dies at its request %s is finished by the round, and told once',
    async (atRequest) => {
      const { joris } = world.people;
      const { parent, child } = await asked();
      const view = await receipt(joris, child);
      const request = { receipt: view.id, seen: view.seen, act: randomUUID(), reason: 'missing', text: 'Which sensor is it?' };
      fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, end: 'kill', atRequest }] });
      await joris.invoke('usm-process', 'work.return', request, child).catch(() => undefined);
      fresh.site.faults.set({});
      clock.advance(2 * MINUTE);
      await world.admin.ask('POST', '/_sandbox/schedule');
      await idle(world);
      const begun = kinds(await receipt(joris, child)).includes('returned');
      expect(await comments(parent, 'came back')).toHaveLength(begun ? 1 : 0);
      // Whoever tries again gets it done either way, and nothing is doubled.
      expect(await joris.invoke('usm-process', 'work.return', request, child)).toMatchObject({ state: 'done' });
      expect(kinds(await receipt(joris, child))).toEqual(['asked', 'returned']);
      expect(await comments(parent, 'came back')).toHaveLength(1);
      expect(await line(parent)).toBe('Returned');
    },
  );
});

describe('answering a return', () => {
  async function returned(more: Record<string, unknown> = { reason: 'missing', text: 'Which sensor is it?' }): Promise<Asked> {
    const both = await asked();
    const answer = await act(world.people.joris, both.child, 'work.return', more);
    if (answer.state !== 'done') throw new Error(JSON.stringify(answer));
    return both;
  }
  const teamNamed = async (name: string, child: string): Promise<string> => {
    const { id } = await receipt(world.people.amira, child);
    const form = receivingCalls['work.receiptForm'].answer.parse(
      await world.people.amira.invoke('usm-process', 'work.receiptForm', { receipt: id }, child),
    );
    return form.state === 'ok' ? (form.teams.find((one) => one.name === name)?.id ?? '') : '';
  };

  it('agrees to the time that was proposed, and asks again', async () => {
    const { amira, joris } = world.people;
    const readyBy = soon(3);
    const { parent, child } = await returned({ reason: 'notReadyByThen', text: 'Later, please.', readyBy });
    clock.advance(10 * MINUTE);
    expect(await act(amira, parent, 'work.answer', { how: 'askAgain', readyBy })).toMatchObject({ state: 'done', told: `${child} is asked again.` });
    const { fields } = await read(child);
    expect(Date.parse(String(fields[world.fields.get('Deliver or restore by') ?? '']))).toBe(readyBy);
    const view = await receipt(joris, child);
    expect(view).toMatchObject({ state: 'asked', readyBy, may: { accept: true } });
    expect(kinds(view)).toEqual(['asked', 'returned', 'askedAgain']);
    expect([await line(child), await line(parent)]).toEqual(['Asked', 'Waits for Workplace']);
    clock.advance(5 * MINUTE);
    await act(joris, child, 'work.accept');
    // What the asking side took to answer did not lie on the asked side.
    expect(minutes((await receipt(joris, child)).borderMs)).toBe(5);
  });

  it('asks another team', async () => {
    const { amira, joris } = world.people;
    const { parent, child } = await returned();
    const team = await teamNamed('Network', child);
    expect(await act(amira, parent, 'work.answer', { how: 'askAgain', team })).toMatchObject({ state: 'done' });
    expect((await read(child)).fields[world.fields.get('Solution team') ?? '']).toMatchObject({ value: 'Network' });
    expect(await receipt(joris, child)).toMatchObject({ team: { name: 'Network' }, state: 'asked' });
    expect((await panel(amira, parent)).waitsFor?.party).toBe('Network');
  });

  it('changes what is asked, and nobody types it twice', async () => {
    const { amira, joris } = world.people;
    const { parent, child } = await returned();
    await act(amira, parent, 'work.answer', { how: 'askAgain', what: 'Reset sensor 12B. It works again.' });
    const { summary, fields } = await read(child);
    expect(summary).toBe('Reset sensor 12B');
    expect(JSON.stringify(fields['description'])).toContain('Reset sensor 12B. It works again.');
    expect(await receipt(joris, child)).toMatchObject({ what: 'Reset sensor 12B. It works again.', state: 'asked' });
  });

  it('withdraws it: the child is cancelled and the parent goes back to work', async () => {
    const { amira } = world.people;
    const { parent, child } = await returned();
    expect(await act(amira, parent, 'work.answer', { how: 'withdraw', text: 'It works again by itself.' })).toMatchObject({ state: 'done' });
    await idle(world);
    const { status, fields } = await read(child);
    expect([status, (fields['resolution'] as { name: string }).name]).toEqual(['Cancelled', 'Withdrawn']);
    expect(await statusOf(parent)).toBe('Analysing');
    const view = await receipt(amira, parent);
    expect(view).toMatchObject({ state: 'failed', may: { answer: false } });
    expect(kinds(view).slice(0, 3)).toEqual(['asked', 'returned', 'withdrawn']);
  });

  it('is refused without anything different, and to whoever has no say on the parent', async () => {
    const { amira } = world.people;
    const { parent, child } = await returned();
    expect(await act(amira, parent, 'work.answer', { how: 'askAgain' })).toMatchObject({ code: 'person.input' });
    const view = await receipt(amira, parent);
    const { emailAddress } = await world.admin.ask<{ emailAddress: string }>('POST', '/rest/api/3/user', {
      emailAddress: `nico${child}@site.example`,
      displayName: 'Nico Nobody',
      products: [],
    });
    const request = { receipt: view.id, seen: view.seen, act: randomUUID(), how: 'askAgain', readyBy: soon(4) };
    expect(await new Visitor(world.url, emailAddress).invoke('usm', 'work.answer', request)).toMatchObject({
      state: 'error',
      code: 'person.notFound',
    });
    expect(kinds(await receipt(amira, parent))).toEqual(['asked', 'returned']);
  });

  it('by two at once is one answer', async () => {
    const { amira, ines } = world.people;
    const { parent } = await returned();
    const view = await receipt(amira, parent);
    const answers = await Promise.all([
      act(amira, parent, 'work.answer', { how: 'askAgain', readyBy: soon(4) }, view),
      act(ines, parent, 'work.answer', { how: 'askAgain', readyBy: soon(5) }, view),
    ]);
    expect(answers.map((one) => one.state).sort()).toEqual(['done', 'error']);
    expect(kinds(await receipt(amira, parent))).toEqual(['asked', 'returned', 'askedAgain']);
  });

  it.each([8, 10, 12, 14, 16, 18])('that dies at its request %s is finished by the round', async (atRequest) => {
    const { amira } = world.people;
    const { parent, child } = await returned();
    const view = await receipt(amira, parent);
    const request = { receipt: view.id, seen: view.seen, act: randomUUID(), how: 'askAgain', what: 'Reset sensor 12B. It works.' };
    fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, end: 'kill', atRequest }] });
    await amira.invoke('usm-process', 'work.answer', request, parent).catch(() => undefined);
    fresh.site.faults.set({});
    clock.advance(2 * MINUTE);
    await world.admin.ask('POST', '/_sandbox/schedule');
    await idle(world);
    const begun = kinds(await receipt(amira, parent)).includes('askedAgain');
    expect((await read(child)).summary).toBe(begun ? 'Reset sensor 12B' : 'Reset the sensor');
    expect(await amira.invoke('usm-process', 'work.answer', request, parent)).toMatchObject({ state: 'done' });
    expect(await receipt(amira, parent)).toMatchObject({ state: 'asked', what: 'Reset sensor 12B. It works.' });
    expect(kinds(await receipt(amira, parent))).toEqual(['asked', 'returned', 'askedAgain']);
    expect(await comments(child, 'asked again')).toHaveLength(1);
  });
});

describe('reminding', () => {
  it('is one comment an hour, to whoever has it in hand, and stands in the record', async () => {
    const { amira, joris } = world.people;
    const { parent, child } = await asked();
    await act(joris, child, 'work.accept');
    await idle(world);
    expect((await receipt(amira, parent)).may.remind).toBe(true);
    expect(await act(amira, parent, 'work.remind')).toMatchObject({ state: 'done', told: `Joris van Dam is reminded of ${child}.` });
    expect((await receipt(amira, parent)).may.remind).toBe(false);
    // Half a minute more: functions do not all begin at the same moment of a standing clock.
    clock.advance(20.5 * MINUTE);
    expect(await act(amira, parent, 'work.remind')).toMatchObject({
      code: 'person.conflict',
      text: 'Amira Haddad reminded them 20 min ago. Once an hour is enough.',
    });
    const { accountId } = await joris.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
    expect((await comments(child, 'is reminded')).filter((one) => one.includes(accountId))).toHaveLength(1);
    clock.advance(41 * MINUTE);
    expect(await act(amira, parent, 'work.remind')).toMatchObject({ state: 'done' });
    expect(await comments(child, 'is reminded')).toHaveLength(2);
    expect(kinds(await receipt(amira, parent)).filter((one) => one === 'reminded')).toHaveLength(2);
  });

  it('by two at once is one comment, and comes between nobody and their answer', async () => {
    const { amira, ines, joris } = world.people;
    const { parent, child } = await asked();
    const before = await receipt(joris, child);
    const view = await receipt(amira, parent);
    const answers = await Promise.all([act(amira, parent, 'work.remind', {}, view), act(ines, parent, 'work.remind', {}, view)]);
    expect(answers.map((one) => one.state).sort()).toEqual(['done', 'error']);
    expect(await comments(child, 'is reminded')).toHaveLength(1);
    expect(await act(joris, child, 'work.accept', {}, before)).toMatchObject({ state: 'done' });
  });
});

describe('the end of the record', () => {
  it('tells how long it lay at the border and in work', async () => {
    const { amira, joris } = world.people;
    const { parent, child } = await asked();
    clock.advance(4 * MINUTE);
    await act(joris, child, 'work.accept');
    await idle(world);
    clock.advance(30 * MINUTE);
    await fulfil(child);
    const view = await receipt(amira, parent);
    expect([view.state, minutes(view.borderMs), minutes(view.workMs)]).toEqual(['fulfilled', 4, 30]);
    expect(kinds(view)).toEqual(['asked', 'accepted', 'fulfilled']);
    expect(await statusOf(parent)).toBe('Reviewing');
  });

  it('a parent back in Analysing is left there when another child of that round is fulfilled, and needs a new hand-over', async () => {
    const { amira, joris, daan } = world.people;
    const { key } = await preparedIncident(world, 'Two things at once');
    const [one = '', two = ''] = await handOver(world, key, [
      { team: 'Workplace', what: 'Change the cable.' },
      { team: 'Network', what: 'Patch the port.' },
    ]);
    await act(joris, one, 'work.accept');
    await move(world, joris, two, 'Decline', { Reason: 'Not our service', 'Reason in words': 'No.' });
    await idle(world);
    expect(await statusOf(key)).toBe('Analysing');
    clock.advance(MINUTE);
    await fulfil(one);
    expect(await statusOf(key)).toBe('Analysing');
    clock.advance(MINUTE);
    await move(world, daan, key, 'Solution found', { Solution: 'Other.', 'Recovery route': 'Operate', Workaround: 'No' });
    expect(JSON.stringify((await tryMove(world, amira, key, 'Recover')).body)).toContain('V10');
  });

  it('a parent that waits is told on Resume', async () => {
    const { amira, joris } = world.people;
    const { parent, child } = await asked();
    await move(world, amira, parent, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': new Date(soon(1)) });
    await act(joris, child, 'work.accept');
    await fulfil(child);
    expect(await statusOf(parent)).toBe('Waiting');
    expect((await receipt(amira, parent)).state).toBe('fulfilled');
    await move(world, amira, parent, 'Resume to Realising');
    await idle(world);
    expect(await statusOf(parent)).toBe('Reviewing');
  });
});

describe('work that is deleted', () => {
  const remove = (key: string) => world.admin.ask('DELETE', `/rest/api/3/issue/${key}`);

  it('a child: the receipt fails with a word why, and the parent goes back to work', async () => {
    const { amira } = world.people;
    const { parent, child } = await asked();
    await remove(child);
    await idle(world);
    expect(await statusOf(parent)).toBe('Analysing');
    const view = await receipt(amira, parent);
    expect(view.state).toBe('failed');
    expect(view.notes.at(-1)).toMatchObject({ kind: 'failed', text: `${child} was deleted.`, by: { name: 'Site administrator' } });
  });

  it('a child of whose end nobody heard is found out by the round', async () => {
    const { amira } = world.people;
    const { parent, child } = await asked();
    fresh.site.faults.set({ functions: [{ match: { function: 'issue-deleted' }, end: 'kill', times: 9 }] });
    await remove(child);
    await idle(world);
    expect(await statusOf(parent)).toBe('Realising');
    fresh.site.faults.set({});
    // A round looks at a few parents, those first that it has not looked at for longest.
    for (let round = 0; round < 6 && (await statusOf(parent)) === 'Realising'; round += 1) await world.admin.ask('POST', '/_sandbox/schedule');
    await idle(world);
    expect(await statusOf(parent)).toBe('Analysing');
    expect(kinds(await receipt(amira, parent))).toEqual(['asked', 'failed']);
  });

  it('a parent: the child’s side is told, and goes on by itself', async () => {
    const { joris } = world.people;
    const { parent, child } = await asked();
    await remove(parent);
    await idle(world);
    const view = await receipt(joris, child);
    expect(view).toMatchObject({ gone: true, state: 'asked', may: { accept: true } });
    expect(kinds(view)).toEqual(['asked', 'askerGone']);
    expect(await act(joris, child, 'work.accept')).toMatchObject({ state: 'done' });
    await idle(world);
    expect(await statusOf(child)).toBe('Accepted');
  });
});

describe('links', () => {
  const link = (from: string, to: string) =>
    world.people.amira.ask('POST', '/rest/api/3/issueLink', {
      type: { name: 'USM hand-off' },
      inwardIssue: { key: from },
      outwardIssue: { key: to },
    });
  const linkTo = async (key: string, other: string): Promise<string> => {
    const { fields } = await read(key);
    const links = fields['issuelinks'] as { id: string; outwardIssue?: { key: string } }[];
    return links.find((one) => one.outwardIssue?.key === other)?.id ?? '';
  };

  it('drawn by hand are listed, and taken away by one call; that of a hand-off is not', async () => {
    const { amira } = world.people;
    const { parent, child } = await asked();
    const other = await asked();
    await link(parent, other.child);
    const { strayLinks = [] } = await panel(amira, parent);
    expect(strayLinks).toEqual([{ id: await linkTo(parent, other.child), key: other.child, summary: 'Reset the sensor', direction: 'outward' }]);
    const remove = (id: string) => amira.invoke('usm-process', 'work.removeLink', { link: id }, parent);
    expect(await remove(await linkTo(parent, child))).toMatchObject({ state: 'error', code: 'person.input' });
    const [stray] = strayLinks;
    expect(await remove(stray?.id ?? '')).toMatchObject({ state: 'ok' });
    expect((await panel(amira, parent)).strayLinks).toBeUndefined();
    expect(await remove(stray?.id ?? '')).toMatchObject({ state: 'ok' });
    expect(await linkTo(parent, child)).not.toBe('');
  });

  it('of a real hand-off may go without ending it', async () => {
    const { amira, joris } = world.people;
    const { parent, child } = await asked();
    await amira.ask('DELETE', `/rest/api/3/issueLink/${await linkTo(parent, child)}`);
    await idle(world);
    expect(await statusOf(parent)).toBe('Realising');
    expect(await receipt(amira, parent)).toMatchObject({ state: 'asked', other: { key: child } });
    await act(joris, child, 'work.accept');
    await fulfil(child);
    expect(await statusOf(parent)).toBe('Reviewing');
  });
});

describe('forbidden ways', () => {
  it.each([
    ['Incident', 'Wish', 'Incident does not hand over to Wish. Choose Request for Change or Service Request.'],
    ['Incident', 'Improvement', 'Incident does not hand over to Improvement. Choose Request for Change or Service Request.'],
  ])('%s to %s named in "Hand over to" is refused by V10 with what is allowed', async (_from, to, text) => {
    const { amira } = world.people;
    const { key } = await preparedIncident(world, 'Wrong way');
    const answer = await tryMove(world, amira, key, 'Recover', { 'Hand over to': ['Service Request', to], 'What is asked': 'Do it.' });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(text);
    expect(JSON.stringify(answer.body)).toContain('V10');
    await idle(world);
    expect(await statusOf(key)).toBe('Preparing');
    expect((await panel(amira, key)).chain).toHaveLength(1);
  });

  it('a Service Request asks nobody: neither by the step Work returned nor by the call', async () => {
    const { amira, joris, fatima } = world.people;
    const { child } = await asked();
    await act(joris, child, 'work.accept');
    await takeOn(world, fatima, child, clock.now());
    await move(world, fatima, child, 'Start now');
    const answer = await tryMove(world, joris, child, 'Work returned');
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('Service Request is the end of the chain and hands over to nobody.');
    const asks = [{ type: 'rfc', team: '1', what: 'Do it for us.' }];
    expect(await amira.invoke('usm-process', 'work.handOver', { asks, version: 0 }, child)).toMatchObject({
      code: 'person.conflict',
      text: expect.stringContaining('hands over to nobody') as string,
    });
  });
});

describe('on the board', () => {
  const lineOf = async (person: Visitor, key: string): Promise<HandoffRow | undefined> => {
    const answer = boardCalls['board.handoffs'].answer.parse(await person.invoke('usm', 'board.handoffs', {}));
    return answer.state === 'ok' ? answer.rows.find((row) => row.key === key) : undefined;
  };
  const onBoard = async (person: Visitor, key: string, call: Call, more: Record<string, unknown> = {}) => {
    const row = await lineOf(person, key);
    return receivingAnswer.parse(await person.invoke('usm', call, { receipt: row?.id, seen: row?.seen, act: randomUUID(), ...more }));
  };

  it('the same is done, and answered with the renewed line', async () => {
    const { amira, joris, fatima } = world.people;
    const { child } = await asked();
    expect((await lineOf(joris, child))?.may).toEqual({ accept: true, answer: false, remind: false });
    expect((await lineOf(fatima, child))?.may).toEqual({ accept: false, answer: false, remind: false });
    expect((await lineOf(amira, child))?.may.remind).toBe(true);
    expect(await onBoard(joris, child, 'work.return', { reason: 'missing', text: 'Which sensor is it?' })).toMatchObject({
      state: 'done',
      row: { state: 'returned', reason: 'Which sensor is it?', returned: { reason: 'missing' } },
    });
    expect((await lineOf(amira, child))?.may).toEqual({ accept: expect.any(Boolean) as boolean, answer: true, remind: false });
    expect(await onBoard(amira, child, 'work.answer', { how: 'askAgain', what: 'Reset sensor 12B.' })).toMatchObject({
      state: 'done',
      row: { state: 'asked', summary: 'Reset sensor 12B' },
    });
    expect(await onBoard(amira, child, 'work.remind')).toMatchObject({ state: 'done', row: { may: { remind: false } } });
    expect(await onBoard(joris, child, 'work.accept')).toMatchObject({ state: 'done', row: { state: 'accepted', owner: { name: 'Joris van Dam' } } });
  });

  it('what is no receipt is answered with what to do', async () => {
    const request = { receipt: randomUUID(), seen: 0, act: randomUUID() };
    expect(await world.people.joris.invoke('usm', 'work.accept', request)).toMatchObject({ state: 'error', code: 'person.notFound' });
    expect(await world.people.joris.invoke('usm', 'work.accept', { ...request, receipt: '1 OR 1=1' })).toMatchObject({
      state: 'error',
      code: 'person.input',
    });
  });
});

describe('what it costs', () => {
  it('accepting with all that follows stays within eight requests a function and four writes on the work item', async () => {
    const { joris } = world.people;
    const { child } = await asked();
    const view = await receipt(joris, child);
    const already = fresh.site.forge.invocations().length;
    await act(joris, child, 'work.accept', {}, view);
    await idle(world);
    const calls = fresh.site.forge.invocations().slice(already);
    expect(calls.map(({ functionKey, requests }) => [functionKey, requests.jira <= 8 ? 'few' : requests.jira])).toEqual(
      calls.map(({ functionKey }) => [functionKey, 'few']),
    );
    expect(calls.filter((one) => one.strays.length > 0)).toEqual([]);
  });
});
