/** Work passed to a supplier: what goes over, what comes back, and that it is made once whatever dies. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { create, fillIn, idle, type Item, move, takeOn, tryMove } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { ManualClock } from '../../sandbox/clock';
import type { Intercept } from '../../sandbox/site';
import { handOverAnswer, type HandOverForm, handOverFormAnswer, type ProcessPanel, processAnswer, settingsCalls } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';

let fresh: FreshSite;
let world: World;
let fault: Intercept = (_request, next) => next();
const clock = new ManualClock(new Date());
const TEMPLATE = 'com.pyxis.greenhopper.jira:gh-simplified-kanban-classic';
let telco: { id: string; taskId: string };

const read = async () => {
  const answer = settingsCalls['settings.read'].answer.parse(await world.admin.invoke('usm-setup', 'settings.read'));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
};
const supplierAt = (name: string, number: number, typeId: string) => ({
  id: `supplier-${String(number)}`,
  name,
  space: { projectId: telco.id, key: 'TEL', name: 'TelCo', typeId, typeName: 'Task' },
});

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false, intercept: (request, next) => fault(request, next) });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  const { admin } = world;
  const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  const space = { key: 'TEL', name: 'TelCo', projectTypeKey: 'software', projectTemplateKey: TEMPLATE, leadAccountId: accountId };
  const { id } = await admin.ask<{ id: number }>('POST', '/rest/api/3/project', space);
  const { issueTypes } = await admin.ask<{ issueTypes: { id: string; name: string }[] }>('GET', '/rest/api/3/project/TEL');
  telco = { id: String(id), taskId: issueTypes.find((one) => one.name === 'Task')?.id ?? '' };
  const { settings, version } = await read();
  const sent = { ...settings, suppliers: [supplierAt('TelCo', 1, telco.taskId)] };
  expect(await admin.invoke('usm-setup', 'settings.write', { settings: sent, version })).toMatchObject({ state: 'ok' });
  // Functions that run already notice it after a minute.
  clock.advance(61_000);
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
  Observed: 'The internet line is down.',
  Agreed: 'Every bed has a connection.',
  'Items concerned': ['LINE-7'],
};

async function analysing(given: Record<string, unknown> = {}): Promise<Item> {
  const { sofia, amira } = world.people;
  const item = await create(world, sofia, 'Incident', 'No internet in the ward of Sofia', { ...FAILURE, ...given });
  await move(world, amira, item.key, 'Accept');
  await move(world, amira, item.key, 'Analyse');
  await idle(world);
  return item;
}

async function prepared(): Promise<Item> {
  const item = await analysing();
  await move(world, world.people.daan, item.key, 'Solution found', { Solution: 'Their line.', 'Recovery route': 'Operate', Workaround: 'No' });
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

const WHAT = 'Bring line 7 back. It carries traffic again.';
const readyBy = (): number => clock.now().getTime() + 4 * 3_600_000;
async function pass(person: Visitor, key: string, team = 'supplier-1') {
  const { version } = await form(person, key);
  const asks = [{ type: 'supplier', team, what: WHAT, readyBy: readyBy() }];
  return handOverAnswer.parse(await person.invoke('usm-process', 'work.handOver', { asks, version }, key));
}

interface Found {
  key: string;
  fields: Record<string, unknown> & { status: { name: string }; issuelinks: { type: { name: string }; outwardIssue?: { key: string } }[] };
}
const look = (key: string): Promise<Found> => world.admin.ask<Found>('GET', `/rest/api/3/issue/${key}`);
const statusOf = async (key: string): Promise<string> => (await look(key)).fields.status.name;
const atTelco = async (key: string): Promise<string[]> =>
  (await look(key)).fields.issuelinks.flatMap((link) => (link.type.name === 'USM supplier' && link.outwardIssue ? [link.outwardIssue.key] : []));
/** The supplier's own people move their work on. */
async function supplierMoves(key: string, to: string, resolution?: string): Promise<void> {
  const { transitions } = await world.admin.ask<{ transitions: { id: string; to: { name: string } }[] }>(
    'GET',
    `/rest/api/3/issue/${key}/transitions`,
  );
  const way = transitions.find((one) => one.to.name === to);
  if (!way) throw new Error(`no way to ${to}: ${transitions.map((one) => one.to.name).join(', ')}`);
  await world.admin.ask('POST', `/rest/api/3/issue/${key}/transitions`, {
    transition: { id: way.id },
    ...(resolution && { fields: { resolution: { name: resolution } } }),
  });
  await idle(world);
}

describe('A21: the internet line is down', () => {
  it('waits for the supplier, and goes on when theirs is done', async () => {
    const { amira, sofia } = world.people;
    const { key } = await prepared();
    const shown = await form(amira, key);
    expect(shown.routes.map((one) => one.type)).toEqual(['rfc', 'serviceRequest', 'supplier']);
    expect(shown.suppliers).toEqual([{ id: 'supplier-1', name: 'TelCo' }]);
    expect(await pass(amira, key)).toMatchObject({ state: 'done' });
    await idle(world);
    expect(await statusOf(key)).toBe('Realising');
    const [theirs = '', ...more] = await atTelco(key);
    expect(more).toEqual([]);
    expect((await panel(amira, key)).waitsFor?.party).toBe('TelCo');

    // V09 names it, also past the panel.
    const early = await tryMove(world, amira, key, 'Work returned');
    expect(JSON.stringify(early.body)).toContain(`${theirs} at TelCo`);

    await move(world, amira, key, 'Pause', { 'Waiting for': 'Supplier', 'Waiting until': new Date(readyBy()) });
    await supplierMoves(theirs, 'In Progress');
    expect((await panel(amira, key)).chain[1]).toMatchObject({ key: theirs, team: 'TelCo', verb: 'Supplier', handoff: { state: 'accepted' } });
    expect(await statusOf(key)).toBe('Waiting');
    clock.advance(3 * 3_600_000);
    await supplierMoves(theirs, 'Done');
    expect(await statusOf(key)).toBe('Reviewing');
    await move(world, sofia, key, 'Confirm');
    const { path, chain } = await panel(amira, key);
    expect(path.code).toBe('W4');
    expect(chain[1]).toMatchObject({ supplier: { status: 'Done', category: 'DONE' }, handoff: { state: 'fulfilled' } });
    // Three hours were the supplier's.
    expect(Math.round(((chain[1]?.until ?? 0) - (chain[1]?.since ?? 0)) / 3_600_000)).toBe(3);
  });

  it('tells the supplier what is asked, and nothing about who asks (P10)', async () => {
    const { key } = await prepared();
    await pass(world.people.amira, key);
    await idle(world);
    const [theirs = ''] = await atTelco(key);
    const { fields } = await look(theirs);
    expect(fields['summary']).toBe('Bring line 7 back');
    expect(JSON.stringify(fields['description'])).toContain('Ward network');
    expect(JSON.stringify(fields['description'])).toContain('Kind of call: Incident');
    expect(fields['duedate']).toBe(new Date(readyBy()).toISOString().slice(0, 10));
    const { issuelinks: _links, ...told } = fields;
    const property = await world.admin.ask('GET', `/rest/api/3/issue/${theirs}/properties/usm`);
    const everything = JSON.stringify([told, property]);
    for (const secret of ['Sofia', 'Amira', 'Sint Lucas', 'LINE-7', 'Their line.', key]) expect(everything).not.toContain(secret);
    const { id } = await world.admin.ask<Item>('GET', `/rest/api/3/issue/${key}`);
    expect(JSON.stringify(property)).not.toContain(`"${id}"`);
  });
});

/** What comes from supplier's space: how many of this very ask there are. */
async function made(what: string): Promise<number> {
  await idle(world);
  clock.advance(5_000);
  const { issues } = await world.admin.ask<{ issues: { fields: { summary: string } }[] }>('POST', '/rest/api/3/search/jql', {
    jql: 'project = TEL',
    fields: ['summary'],
    maxResults: 500,
  });
  return issues.filter((one) => one.fields.summary === what).length;
}

async function asked(person: Visitor, key: string, what: string, team = 'supplier-1') {
  const { version } = await form(person, key);
  return handOverAnswer.parse(
    await person.invoke('usm-process', 'work.handOver', { asks: [{ type: 'supplier', team, what, readyBy: readyBy() }], version }, key),
  );
}

const round = async (): Promise<void> => {
  clock.advance(61_000);
  await world.admin.ask('POST', '/_sandbox/schedule');
  await idle(world);
};

describe('where it can be passed on', () => {
  it('any status in which work can wait for it, by whoever may let it wait; it blocks there', async () => {
    const { amira, sofia } = world.people;
    const { key } = await analysing();
    expect(handOverFormAnswer.parse(await sofia.invoke('usm-process', 'work.handOverForm', {}, key))).toMatchObject({ state: 'notNow' });
    const refused = await sofia.invoke(
      'usm-process',
      'work.handOver',
      { asks: [{ type: 'supplier', team: 'supplier-1', what: WHAT }], version: 0 },
      key,
    );
    expect(refused).toMatchObject({ state: 'error', code: 'person.conflict' });
    expect(await form(amira, key)).toMatchObject({ staysIn: 'Analysing', routes: [{ type: 'supplier' }], teams: [] });
    expect(await pass(amira, key)).toMatchObject({ state: 'done' });
    expect(await statusOf(key)).toBe('Analysing');
    const [theirs = ''] = await atTelco(key);
    const withdraw = await tryMove(world, amira, key, 'Withdraw', { Reason: 'Other', 'Reason in words': 'Enough.' });
    expect(JSON.stringify(withdraw.body)).toContain('V34');
    expect(JSON.stringify(withdraw.body)).toContain(`${theirs} at TelCo`);
    // It counts as handed over (V10), and its end brings the work item on once it is Realising.
    await move(world, world.people.daan, key, 'Solution found', { Solution: 'Theirs.', 'Recovery route': 'Operate', Workaround: 'No' });
    await move(world, amira, key, 'Recover');
    await supplierMoves(theirs, 'Done');
    expect(await statusOf(key)).toBe('Reviewing');
  });

  it('not before it is accepted, nor after it is delivered', async () => {
    const item = await create(world, world.people.sofia, 'Incident', 'Just logged', FAILURE);
    const answer = await world.people.amira.invoke('usm-process', 'work.handOverForm', {}, item.key);
    expect(answer).toMatchObject({ state: 'notNow' });
  });

  it('a Service Request is not delivered while the supplier works on it (V09)', async () => {
    const { sofia, amira, fatima } = world.people;
    const { Observed: _o, Agreed: _a, ...request } = FAILURE;
    const { key } = await create(world, sofia, 'Service Request', 'A new line', request);
    await move(world, amira, key, 'Accept');
    await takeOn(world, fatima, key, clock.now());
    await move(world, fatima, key, 'Start now');
    await idle(world);
    expect(await pass(amira, key)).toMatchObject({ state: 'done' });
    await fillIn(world, fatima, key, { 'What was done': 'The line is there.' });
    expect(JSON.stringify((await tryMove(world, fatima, key, 'Deliver')).body)).toContain('V09');
    const [theirs = ''] = await atTelco(key);
    await supplierMoves(theirs, 'Done');
    expect(await statusOf(key)).toBe('Reviewing');
    expect((await panel(amira, key)).path.code).toBe('W5');
  });

  it('only to a supplier of the list, and never a process where none can be asked', async () => {
    const { amira } = world.people;
    const { key } = await analysing();
    const ask = async (asks: unknown) => amira.invoke('usm-process', 'work.handOver', { asks, version: (await form(amira, key)).version }, key);
    expect(await ask([{ type: 'supplier', team: 'supplier-77', what: WHAT }])).toMatchObject({ state: 'error', code: 'person.input' });
    expect(await ask([{ type: 'serviceRequest', team: '10000', what: WHAT }])).toMatchObject({ state: 'error', code: 'person.input' });
    expect(await statusOf(key)).toBe('Analysing');
    expect(await atTelco(key)).toEqual([]);
  });
});

describe('what comes back without delivery', () => {
  it('brings the work item back by T12, named', async () => {
    const { amira } = world.people;
    const { key } = await prepared();
    await pass(amira, key);
    await idle(world);
    const [theirs = ''] = await atTelco(key);
    await world.admin.ask('DELETE', `/rest/api/3/issue/${theirs}`);
    await round();
    expect(await statusOf(key)).toBe('Analysing');
    const { comments } = await amira.ask<{ comments: unknown[] }>('GET', `/rest/api/3/issue/${key}/comment`);
    expect(JSON.stringify(comments)).toContain(`${theirs} at TelCo ended without delivery`);
    expect((await panel(amira, key)).chain[1]?.handoff?.state).toBe('failed');
  });
});

describe('when something dies half-way', () => {
  it('killed after any request, a supplier is asked once, or not at all', { timeout: 240_000 }, async () => {
    const { amira } = world.people;
    let died = 0;
    for (let request = 1; request <= 24; request += 1) {
      const what = `Ask number ${String(request)}`;
      const { key } = await prepared();
      const { version } = await form(amira, key);
      fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, killAfterRequests: request, performed: request % 2 === 0 }] });
      const asks = [{ type: 'supplier', team: 'supplier-1', what, readyBy: readyBy() }];
      const well = await amira.invoke('usm-process', 'work.handOver', { asks, version }, key).then(
        () => true,
        () => false,
      );
      fresh.site.faults.set({});
      await idle(world);
      await round();
      await round();
      const moved = (await statusOf(key)) === 'Realising';
      expect([request, await made(what)]).toEqual([request, moved ? 1 : 0]);
      expect(await atTelco(key)).toHaveLength(moved ? 1 : 0);
      if (well) break;
      died += 1;
    }
    expect(died).toBeGreaterThan(8);
  });

  it('the answer to the creation is lost: found again, not made twice', async () => {
    const { amira } = world.people;
    const { key } = await prepared();
    let lost = false;
    fault = async (request, next) => {
      const answer = await next();
      if (lost || request.method !== 'POST' || request.path !== '/rest/api/3/issue') return answer;
      lost = true;
      return new Response('', { status: 503 });
    };
    await asked(amira, key, 'Lost on the way');
    await idle(world);
    expect((await panel(amira, key)).chain[1]?.handoff?.state).toBe('prepared');
    await round();
    expect(lost).toBe(true);
    expect(await made('Lost on the way')).toBe(1);
    expect(await atTelco(key)).toHaveLength(1);
    expect((await panel(amira, key)).chain[1]?.handoff?.state).toBe('asked');
  });

  it('asked twice at once, one is kept', async () => {
    const { amira, joris } = world.people;
    const { key } = await prepared();
    const answers = await Promise.all([asked(amira, key, 'Twice'), asked(joris, key, 'Twice')]);
    // Whoever comes later is told by the records, or by Jira when the step was taken in between.
    expect(answers.filter((one) => one.state === 'done')).toHaveLength(1);
    expect(answers.map((one) => one.state).sort()[1]).toMatch(/^(error|refused)$/);
    expect(await made('Twice')).toBe(1);
  });
});

describe('what the settings offer and keep', () => {
  it('spaces the app sees, with their work types, and our teams; a space that is not there is refused with its place', async () => {
    const { admin } = world;
    const offer = await admin.invoke<{ spaces: { key: string }[]; teams: { name: string }[] }>('usm-setup', 'settings.supplierOffer');
    expect(offer.spaces.map((one) => one.key)).toEqual(expect.arrayContaining(['TEL', 'NSS']));
    expect(offer.teams.map((one) => one.name)).toContain('Network');
    const { types } = await admin.invoke<{ types: { id: string }[] }>('usm-setup', 'settings.supplierOffer', { projectId: telco.id });
    expect(types.map((one) => one.id)).toContain(telco.taskId);
    expect(await world.people.amira.invoke('usm-setup', 'settings.supplierOffer')).toMatchObject({ state: 'forbidden' });

    const { settings, version } = await read();
    const nowhere = {
      ...supplierAt('Nowhere', 9, telco.taskId),
      space: { projectId: '4711', key: 'NOPE', name: 'No', typeId: telco.taskId, typeName: 'Task' },
    };
    const suppliers = [...settings.suppliers, nowhere, supplierAt('Typeless', 10, '4711')];
    const answer = await admin.invoke('usm-setup', 'settings.write', { settings: { ...settings, suppliers }, version });
    expect(answer).toMatchObject({ state: 'refused', wrong: [{ path: 'suppliers.1.space' }, { path: 'suppliers.2.space' }] });
    expect((await read()).settings.suppliers).toEqual(settings.suppliers);
    const file = await admin.invoke<{ text: string }>('usm-setup', 'settings.export');
    expect(JSON.parse(file.text)).toMatchObject({ suppliers: [{ name: 'TelCo' }] });
  });
});

describe('who may see and do what in their space', () => {
  /** Grants of a permission scheme of TelCo's own; the administrator stands for their people. */
  async function grant(holders: readonly string[], app: readonly string[]): Promise<void> {
    const { admin } = world;
    const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
    const roles = await admin.ask<{ id: number; name: string }[]>('GET', '/rest/api/3/role');
    const role = roles.find((one) => one.name === 'atlassian-addons-project-access')?.id;
    const permissions = [
      ...holders.map((permission) => ({ permission, holder: { type: 'user', parameter: accountId } })),
      ...app.map((permission) => ({ permission, holder: { type: 'projectRole', parameter: String(role) } })),
    ];
    const { id } = await admin.ask<{ id: number }>('POST', '/rest/api/3/permissionscheme', { name: `TelCo ${String(Math.random())}`, permissions });
    await admin.ask('PUT', '/rest/api/3/project/TEL/permissionscheme', { id });
  }
  const THEIRS = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'EDIT_ISSUES', 'TRANSITION_ISSUES', 'LINK_ISSUES', 'RESOLVE_ISSUES', 'DELETE_ISSUES'];
  const APPS = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'LINK_ISSUES'];

  it('whoever may not see it is told who has it and how it stands, and nothing else', async () => {
    const { amira } = world.people;
    await grant(THEIRS, APPS);
    const { key } = await prepared();
    const answer = await asked(amira, key, 'Hidden from us');
    expect(answer, JSON.stringify(answer)).toMatchObject({ state: 'done' });
    await idle(world);
    const [theirs = ''] = await atTelco(key);
    await world.admin.ask('PUT', `/rest/api/3/issue/${theirs}`, { fields: { summary: 'Internal name at TelCo' } });
    await supplierMoves(theirs, 'In Progress');
    const { chain, waitsFor } = await panel(amira, key);
    expect(waitsFor?.party).toBe('TelCo');
    expect(chain[1]).toMatchObject({ summary: 'A work item you may not see', team: 'TelCo', handoff: { state: 'accepted' } });
    const board = await amira.invoke('usm', 'board.handoffs', {});
    expect(JSON.stringify(board)).toContain('Hidden from us');
    for (const told of [JSON.stringify(chain[1]), JSON.stringify(board)]) {
      expect(told).not.toContain('Internal name at TelCo');
      expect(told).not.toContain(`"${theirs}"`);
    }
  });

  it('where the app lost sight of their space nothing is concluded, and it is said; seen again, it goes on', async () => {
    const { amira } = world.people;
    await grant(THEIRS, APPS);
    const { key } = await prepared();
    expect(await asked(amira, key, 'Out of sight')).toMatchObject({ state: 'done' });
    await idle(world);
    const [theirs = ''] = await atTelco(key);
    await grant(THEIRS, []);
    await supplierMoves(theirs, 'Done');
    await round();
    expect(await statusOf(key)).toBe('Realising');
    expect((await panel(amira, key)).chain[1]).toMatchObject({ supplier: { unseen: true }, handoff: { state: 'asked' } });
    await grant(THEIRS, APPS);
    await round();
    expect(await statusOf(key)).toBe('Reviewing');
  });

  it('where the app may not create, it is refused before anything has moved, with whom to ask', async () => {
    const { amira } = world.people;
    const { key } = await prepared();
    await grant(THEIRS, ['BROWSE_PROJECTS']);
    const answer = await asked(amira, key, 'Not allowed');
    expect(answer).toMatchObject({ state: 'error', code: 'person.refused' });
    expect(JSON.stringify(answer)).toContain('let the app create work items there');
    await idle(world);
    expect(await statusOf(key)).toBe('Preparing');
    expect((await panel(amira, key)).chain).toHaveLength(1);
    expect(await made('Not allowed')).toBe(0);
    await grant(THEIRS, APPS);
    expect(await asked(amira, key, 'Allowed now')).toMatchObject({ state: 'done' });
  });

  it('work of other spaces costs one look into the records, and none at Jira', async () => {
    const other = await world.admin.ask<Item>('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'TEL' }, issuetype: { id: telco.taskId }, summary: 'Their own business' },
    });
    await idle(world);
    const already = fresh.site.forge.invocations().length;
    await supplierMoves(other.key, 'In Progress');
    const heard = fresh.site.forge
      .invocations()
      .slice(already)
      .filter((one) => one.functionKey === 'issue-changed');
    expect(heard.length).toBeGreaterThan(0);
    for (const { requests } of heard) expect([requests.jira, requests.sql]).toEqual([0, 1]);
  });
});
