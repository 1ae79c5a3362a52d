/**
 * The register beside work items: what a work item names is judged on the register from its first item on, at the gate, in bulk and in the panel alike;
 * what changes is planned before and told in the register once, as one version with its work item (V06 V07 V12 V21 V32 V36 V52, A14).
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ManualClock } from '../../sandbox/clock';
import { create, type Given, idle, takeOn, tryMove } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type ProcessPanel, processAnswer, registerWorkCalls, type WorkRegister } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { openDatabase, type OpenDatabase } from './support/many-items';
import { loadItems } from './support/register-items';
import { type Tries, triesOn } from './support/tries';

const clock = new ManualClock(new Date('2026-11-24T09:00:00Z'));
let database: OpenDatabase;
let fresh: FreshSite;
let world: World;
let people: World['people'];
let tries: Tries;

beforeAll(async () => {
  database = await openDatabase(clock);
  fresh = await freshSite({ clock, limitRates: false, sql: database.sql });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  ({ people } = world);
  tries = triesOn(world, clock);
});
afterAll(async () => {
  await fresh.stop();
  await database.stop();
});

const CALL: Given = { Customer: 'Sint Lucas Ziekenhuis', Service: 'Ward network', Category: ['Network', 'slow'], Impact: 'Low', Urgency: 'Medium' };
const FAILURE: Given = { ...CALL, Observed: 'Nothing connects.', Agreed: 'Every bed has a connection.' };
const AT: Given = { 'Window start': new Date('2030-01-07T12:00Z'), 'Window end': new Date('2030-01-07T13:00Z') };
const PLAN: Given = { 'Change category': 'Normal', Plan: 'At noon.', 'Back-out': 'Take it away.', 'Solution team': 'Network' };
const ASK: Given = { 'Hand over to': ['Service Request'], 'Solution team': 'Workplace', 'What is asked': 'Put it in place. It works.' };

type Call = keyof typeof registerWorkCalls;
async function call<Name extends Call>(who: Visitor, name: Name, payload: z.input<(typeof registerWorkCalls)[Name]['request']>, key?: string) {
  return registerWorkCalls[name].answer.parse(await who.invoke(key === undefined ? 'usm' : 'usm-process', name, payload, key)) as z.infer<
    (typeof registerWorkCalls)[Name]['answer']
  >;
}
const beside = async (key: string, who: Visitor = people.amira): Promise<WorkRegister> =>
  (await call(who, 'register.forWorkItem', {}, key)) as WorkRegister;

async function lineOf(key: string, transition: string, rule: string): Promise<string | undefined> {
  const panel = processAnswer.parse(await people.amira.invoke('usm-process', 'work.process', {}, key)) as ProcessPanel;
  const line = panel.next.find((one) => one.transition === transition)?.rules.find((one) => one.rule === rule);
  return line && `${line.state}: ${line.text}`;
}

const change = (given: Given) => create(world, people.bram, 'Request for Change', 'Another switch', { ...CALL, ...given });
const labels = async (key: string, name: string): Promise<unknown> => {
  const { fields } = await people.karel.ask<{ fields: Record<string, unknown> }>('GET', `/rest/api/3/issue/${key}`);
  return fields[world.fields.get(name) ?? ''];
};

/** Accepted and planned, with a window. */
async function planned(key: string, window: Given = AT): Promise<void> {
  await tries.give(key, { ...PLAN, ...window });
  await tries.pass(people.joris, key, 'Accept');
  await tries.pass(people.joris, key, 'Plan');
}

/** From a plan that is agreed to the moment at which whoever asked may confirm. */
async function deployed(key: string): Promise<void> {
  await tries.pass(people.marit, key, 'Agree plan');
  await tries.give(key, { 'Test plan': 'It answers.', 'Deployment plan': 'Carry it up.' });
  await tries.pass(people.daan, key, 'Offer for test');
  await tries.give(key, { 'Test result': 'All passed', ...ASK });
  await tries.pass(people.ines, key, 'Release');
  const child = await tries.childOf(key);
  await tries.pass(people.amira, child, 'Accept');
  await tries.pass(people.amira, child, 'Plan');
  await takeOn(world, people.daan, child, new Date('2030-01-07T12:00Z'));
  await tries.pass(people.daan, child, 'Start');
  await tries.give(child, { 'What was done': 'Done as asked.' });
  await tries.pass(people.daan, child, 'Deliver');
  await tries.pass(people.ines, child, 'Confirm');
}

describe('before the register holds anything', () => {
  it('names are judged by themselves, as the twin of what follows', async () => {
    const { key } = await change({ 'Items to change': ['NOBODY-KNOWS'] });
    expect(await lineOf(key, 'accept', 'V07')).toBe('met: The items to change are named');
    await tries.pass(people.joris, key, 'Accept');
    expect(await beside(key)).toMatchObject({ begun: false, changing: [{ key: 'NOBODY-KNOWS' }] });
  });
});

describe('from its first item on', () => {
  beforeAll(() => loadItems(database));

  it('a change names items that are there and in use, or new ones (V07)', async () => {
    const { key } = await change({ 'Items to change': ['SW-3B-2'] });
    await tries.refused(people.joris, key, 'Accept', { V07: 'SW-3B-2 is not in the register.' });
    expect(await lineOf(key, 'accept', 'V07')).toMatch(/^unmet: SW-3B-2 is not in the register\. Correct the name/);
    await tries.give(key, { 'Items to change': ['OLD-1'] });
    await tries.refused(people.joris, key, 'Accept', { V07: 'OLD-1 is retired and cannot be chosen.' });
    await tries.give(key, { 'Items to change': [], 'Items to add': ['CAB-3B'] });
    await tries.refused(people.joris, key, 'Accept', { V07: 'CAB-3B is in the register already.' });
    await tries.give(key, { 'Items to change': ['sw-3b-02'], 'Items to add': ['SW-3B-03'] });
    await tries.pass(people.joris, key, 'Accept');
  });

  it('a request and a fix on the spot change nothing managed (V06), and recovery follows what changes (V52)', async () => {
    const request = await create(world, people.sofia, 'Service Request', 'Another printer', { ...CALL, 'Items to change': ['PR-4-01'] });
    await tries.refused(people.amira, request.key, 'Accept', { V06: 'This would change PR-4-01, which is in the managed infrastructure register.' });
    await tries.give(request.key, { 'Items to change': ['PR-4-1'] });
    await tries.refused(people.amira, request.key, 'Accept', { V06: 'PR-4-1 is not in the register.' });
    await tries.give(request.key, { 'Items to change': [], 'Items concerned': ['PR-4-01'] });
    await tries.pass(people.amira, request.key, 'Accept');

    const { key } = await create(world, people.sofia, 'Incident', 'Printer is dead', { ...FAILURE, 'Items to change': ['PR-4-01'] });
    await tries.pass(people.amira, key, 'Accept');
    await tries.refused(people.daan, key, 'Fix on the spot', { V06: 'PR-4-01' }, { 'What was done': 'Replaced.' });
    await tries.pass(people.amira, key, 'Analyse');
    await tries.pass(people.daan, key, 'Solution found', { Solution: 'Another one.', 'Recovery route': 'Operate', Workaround: 'No' });
    await tries.refused(people.amira, key, 'Recover', { V52: 'PR-4-01 changes, so recovery needs a Request for Change.' }, ASK);
    await tries.give(key, { 'Items to change': ['PR-9'] });
    await tries.refused(people.amira, key, 'Recover', { V52: 'PR-9 is not in the register' }, ASK);
    await tries.give(key, { 'Items to change': [] });
    await tries.pass(people.amira, key, 'Recover', ASK);
  });

  it('a measure goes where its items say (V32)', async () => {
    const given = { Customer: 'Havencollege', Service: 'Workplace', Category: ['Workplace', 'device'], Effect: 'High', Likelihood: 'Low' };
    const { key } = await create(world, people.amira, 'Preventive Action', 'Printers that last', {
      ...given,
      Source: 'Idea',
      'What it touches': ['Technology'],
      'Items to change': ['PR-3-01'],
    });
    await tries.pass(people.joris, key, 'Accept');
    await tries.pass(people.joris, key, 'Find cause');
    await tries.pass(people.daan, key, 'Cause known', { Cause: 'Wear.', 'Kind of cause': 'Technology' });
    await tries.give(key, { Measure: 'Replace it.', 'Business case': 'Fewer visits.', 'Remaining effect': 'Low', 'Remaining likelihood': 'Low' });
    await tries.refused(people.joris, key, 'Deploy measure', { V32: 'PR-3-01 changes, so this measure needs a Request for Change.' }, ASK);
    await tries.pass(people.joris, key, 'Deploy measure', { ...ASK, 'Hand over to': ['Request for Change'] });
    expect(await labels(await tries.childOf(key), 'Items to change')).toEqual(['PR-3-01']);
  });

  it('two changes of one item are not planned for the same hour (V21), and whoever names it sees the other', async () => {
    const first = await change({ 'Items to change': ['CAB-3B'] });
    await planned(first.key);
    const second = await change({ 'Items to change': ['CAB-3B', 'PR-4-01'] });
    await planned(second.key);
    expect(await lineOf(second.key, 'agreePlan', 'V21')).toBe(`unmet: This overlaps ${first.key} on CAB-3B.`);
    await tries.refused(people.marit, second.key, 'Agree plan', { V21: `This overlaps ${first.key} on CAB-3B.` });
    expect((await beside(second.key)).changing).toMatchObject([{ key: 'CAB-3B', lock: { key: first.key } }, { key: 'PR-4-01' }]);
    await tries.give(second.key, { 'Window start': new Date('2030-01-07T13:00Z'), 'Window end': new Date('2030-01-07T14:00Z') });
    await tries.pass(people.marit, second.key, 'Agree plan');
    // What has ended is in nobody's way.
    const third = await change({ 'Items to change': ['CAB-3B'] });
    await planned(third.key);
    await tries.pass(people.joris, first.key, 'Withdraw', { Reason: 'Other', 'Reason in words': 'Enough.' });
    await tries.pass(people.marit, third.key, 'Agree plan');
  });

  it('a change on what is frozen is not agreed (V21)', async () => {
    const freeze = {
      id: randomUUID(),
      name: 'Year end',
      from: Date.parse('2030-12-20T00:00Z'),
      until: Date.parse('2031-01-03T00:00Z'),
      scope: { kind: 'some', locations: ['Floor 3'] },
    };
    expect(await people.lotte.invoke('usm', 'register.saveFreeze', { freeze, version: 0 })).toMatchObject({ state: 'ok' });
    const { key } = await change({ 'Items to change': ['PR-3-01'] });
    await planned(key, { 'Window start': new Date('2030-12-24T12:00Z'), 'Window end': new Date('2030-12-24T13:00Z') });
    await tries.refused(people.marit, key, 'Agree plan', { V21: 'This falls into Year end on PR-3-01' });
    await tries.give(key, AT);
    await tries.pass(people.marit, key, 'Agree plan');
  });

  it('what changes is planned, and told in the register once, as one version with its work item (V12)', async () => {
    const { key } = await change({ 'Items to change': ['SW-3B-02', 'DESK-12'] });
    const plan = {
      changes: [
        { attribute: 'firmware', to: '4.2' },
        { attribute: 'model', to: 'M-48' },
      ],
    };
    const named = await call(people.joris, 'register.name', { role: 'toAdd', key: 'SW-3B-09', named: true }, key);
    expect(named).toMatchObject({ state: 'ok', begun: true });
    expect(await labels(key, 'Items to add')).toEqual(['SW-3B-09']);
    const shown = await call(people.joris, 'register.plan', { role: 'toChange', key: 'SW-3B-02', plan }, key);
    expect(shown).toMatchObject({ state: 'ok', open: 3 });
    expect((shown as WorkRegister).changing.find((one) => one.key === 'SW-3B-02')?.changes).toEqual([
      { attribute: 'firmware', label: 'Firmware', from: '4.1', to: '4.2' },
      { attribute: 'model', label: 'Model', from: 'M-24', to: 'M-48' },
    ]);
    const comes = { item: { name: 'Spare switch', class: 'network' } };
    expect(await call(people.joris, 'register.plan', { role: 'toAdd', key: 'SW-3B-09', plan: comes }, key)).toMatchObject({ state: 'ok' });
    const unmanaged = { changes: [{ attribute: 'colour', to: 'red' }] };
    expect(await call(people.joris, 'register.plan', { role: 'toChange', key: 'DESK-12', plan: unmanaged }, key)).toMatchObject({ state: 'refused' });
    const early = { role: 'toChange', key: 'SW-3B-02', outcome: 'updated' } as const;
    expect(await call(people.joris, 'register.confirm', early, key)).toMatchObject({ state: 'refused' });
    await planned(key, { 'Window start': new Date('2030-02-07T12:00Z'), 'Window end': new Date('2030-02-07T13:00Z') });
    await deployed(key);
    expect(await tries.statusOf(key)).toBe('Reviewing');
    await tries.refused(people.bram, key, 'Confirm', {
      V12: 'Update the register for DESK-12, SW-3B-02 and SW-3B-09 before this change counts as fulfilled.',
    });
    expect(await call(people.joris, 'register.confirm', { ...early, version: 1 }, key)).toMatchObject({ state: 'ok', open: 2 });
    expect(await call(people.joris, 'register.confirm', { ...early, version: 1 }, key)).toMatchObject({ state: 'ok', open: 2 });
    await tries.refused(people.bram, key, 'Confirm', { V12: 'Update the register for DESK-12 and SW-3B-09' });
    const same = { role: 'toChange', key: 'DESK-12', outcome: 'noChange' } as const;
    expect(await call(people.joris, 'register.confirm', same, key)).toMatchObject({ state: 'refused' });
    expect(await call(people.joris, 'register.confirm', { ...same, why: 'The old one fits.' }, key)).toMatchObject({ state: 'ok', open: 1 });
    expect(await call(people.joris, 'register.confirm', { role: 'toAdd', key: 'SW-3B-09', outcome: 'updated' }, key)).toMatchObject({ open: 0 });
    await tries.pass(people.bram, key, 'Confirm');
    const [row] = await rows(`SELECT version, cause, work_key, changes, attributes FROM mi_item WHERE item_key = 'SW-3B-02'`);
    expect(row).toMatchObject({ version: 2, cause: 'change', work_key: key });
    expect(JSON.parse(String(row?.['attributes']))).toEqual({ model: 'M-48', firmware: '4.2' });
    expect(await rows(`SELECT cause, work_key, name FROM mi_item WHERE item_key = 'SW-3B-09'`)).toEqual([
      { cause: 'registered', work_key: key, name: 'Spare switch' },
    ]);
  });

  it('by Jira’s own field, all at once: what was planned is carried out, and what the register contradicts is left to be told', async () => {
    const { key } = await change({ 'Items to change': ['PR-4-01', 'PR-3-01'] });
    for (const item of ['PR-4-01', 'PR-3-01']) {
      const plan = { changes: [{ attribute: 'model', to: 'LP-30' }] };
      expect(await call(people.joris, 'register.plan', { role: 'toChange', key: item, plan }, key)).toMatchObject({ state: 'ok' });
    }
    await planned(key, { 'Window start': new Date('2030-03-07T12:00Z'), 'Window end': new Date('2030-03-07T13:00Z') });
    await deployed(key);
    await database.write(`UPDATE mi_item SET attributes = '{"model":"LP-99"}', version = 2 WHERE item_key = 'PR-3-01'`, []);
    await tries.give(key, { 'Register updated': 'Updated' });
    await idle(world);
    await tries.refused(people.bram, key, 'Confirm', { V12: 'Update the register for PR-3-01 before' });
    const { changing } = await beside(key);
    expect(changing).toMatchObject([
      { key: 'PR-3-01', version: 2, changes: [{ from: 'LP-20', to: 'LP-30', now: 'LP-99' }] },
      { key: 'PR-4-01', outcome: 'updated' },
    ]);
    const one = { role: 'toChange', key: 'PR-3-01', outcome: 'updated' } as const;
    expect(await call(people.joris, 'register.confirm', { ...one, version: 1 }, key)).toMatchObject({ state: 'refused' });
    expect(await call(people.joris, 'register.confirm', { ...one, version: 2 }, key)).toMatchObject({ state: 'ok', open: 0 });
    await tries.pass(people.bram, key, 'Confirm');
  });
});

describe('items are found, and so is the work about them', () => {
  const keysFound = async (typed: string): Promise<string[]> => {
    const answer = await call(people.amira, 'register.find', { words: typed });
    return answer.state === 'ok' ? answer.items.map(({ key }) => key) : [answer.state];
  };

  it('by key, name, class and place, and nobody is offered what is retired', async () => {
    expect(await keysFound('sw-3b')).toContain('SW-3B-02');
    expect(await keysFound('printer floor 4')).toEqual(['PR-4-01']);
    expect(await keysFound('facility 2A')).toEqual(['DESK-12']);
    expect(await keysFound('OLD')).toEqual([]);
    expect(await keysFound('100%')).toEqual([]);
  });

  it('by the service, by earlier work of whoever asks, and by similar work', async () => {
    const before = await create(world, people.bram, 'Incident', 'The desk wobbles', {
      ...FAILURE,
      Service: 'Telephony',
      'Items concerned': ['DESK-12'],
    });
    const alike = await create(world, people.sofia, 'Incident', 'No network', { ...FAILURE, 'Items concerned': ['CAB-3B'] });
    await idle(world);
    const { key } = await create(world, people.bram, 'Incident', 'No network either', FAILURE);
    await idle(world);
    const told = await call(people.amira, 'register.suggest', {}, key);
    const found = told.state === 'ok' ? told.suggestions.map(({ why, items }) => [why, ...items.map((one) => one.key)]) : [];
    expect(found).toEqual([
      ['similar', 'CAB-3B', 'PR-4-01'],
      ['requester', 'DESK-12'],
      ['service', 'SW-3B-02'],
    ]);
    // Jira's own search finds by the field, without the app.
    const jql = encodeURIComponent('"Items concerned" = "CAB-3B"');
    const { issues } = await people.karel.ask<{ issues: { key: string }[] }>('GET', `/rest/api/3/search/jql?jql=${jql}&fields=summary`);
    expect(issues.map((one) => one.key)).toEqual([alike.key]);
    const work = await call(people.karel, 'register.workItems', { key: 'desk-12' });
    expect(work).toMatchObject({ state: 'ok', unseen: 0 });
    expect(work.state === 'ok' && work.items.find((one) => one.key === before.key)).toMatchObject({ role: 'concerned', open: true });
  });

  it('what was deleted is forgotten', async () => {
    const { key } = await create(world, people.bram, 'Incident', 'By mistake', { ...FAILURE, 'Items concerned': ['PEN-1'] });
    await idle(world);
    const about = async () => {
      const work = await call(people.amira, 'register.workItems', { key: 'PEN-1' });
      return work.state === 'ok' ? work.items.map((one) => one.key) : [];
    };
    expect(await about()).toEqual([key]);
    await world.admin.ask('DELETE', `/rest/api/3/issue/${key}`);
    await idle(world);
    expect(await about()).toEqual([]);
  });
});

describe('what it costs', () => {
  /** Of each gate that was asked: reads in Jira and in SQL. */
  const gatesOf = async (act: () => Promise<unknown>): Promise<number[][]> => {
    await idle(world);
    const seen = fresh.site.forge.invocations().length;
    await act();
    await idle(world);
    return fresh.site.forge
      .invocations()
      .slice(seen)
      .flatMap(({ functionKey, requests: { jira, sql } }) => (functionKey === 'gate' ? [[jira, sql]] : []));
  };

  it('a gate reads once in Jira and once in SQL, with the agreement, the approvals and the hand-offs', async () => {
    const { accountId } = await people.henk.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
    const { key } = await change({ 'Items to change': ['HW-0001', 'DESK-12', 'SW-3B-02'] });
    await tries.give(key, { ...PLAN, 'Window start': new Date('2030-05-07T12:00Z'), 'Window end': new Date('2030-05-07T13:00Z') });
    expect(await gatesOf(() => tries.pass(people.joris, key, 'Accept'))).toEqual([[1, 1]]);
    await tries.pass(people.joris, key, 'Plan');
    await people.amira.ask('PUT', `/rest/api/3/issue/${key}`, { fields: { [world.fields.get('Approvers') ?? '']: [{ accountId }] } });
    const { henk } = people;
    // Refused for want of the approval, which is written down; then let pass.
    const [refused] = await gatesOf(() => tryMove(world, henk, key, 'Agree plan'));
    expect(refused?.[0]).toBe(1);
    const panel = processAnswer.parse(await henk.invoke('usm-process', 'work.process', {}, key)) as ProcessPanel;
    const version = panel.approvals?.version ?? '';
    expect(await henk.invoke('usm-process', 'work.approve', { version, verdict: 'approve' }, key)).toMatchObject({ state: 'ok' });
    expect(await gatesOf(() => tries.pass(henk, key, 'Agree plan'))).toEqual([[1, 1]]);
  });
});

/** What stands in the tables of the app. */
const rows = (query: string): Promise<Record<string, unknown>[]> => database.read(query);
