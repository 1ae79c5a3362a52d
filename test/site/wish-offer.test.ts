/**
 * A Wish and what is drafted for it: each rule refused and let pass, what follows each step, and what becomes of it when a step is heard of late, a function
 * dies, or the records refuse what the gate let pass.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ManualClock } from '../../sandbox/clock';
import { create, fillIn, type Given, idle, move, tryMove } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type AgreementDetail, agreementCalls, type Terms, wishCalls } from '../../src/contract';
import { BUDGETS } from '../scenarios/cost';
import { type FreshSite, freshSite } from '../scenarios/site';

const HOUR = 3_600_000;
const calendar = 'office-hours';
const clock = new ManualClock(new Date('2026-11-20T22:15:00Z'));
let fresh: FreshSite;
let world: World;
let people: World['people'];

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  ({ people } = world);
});
afterAll(() => fresh.stop());

const calls = { ...agreementCalls, ...wishCalls };
type Calls = typeof calls;
type Answer<Name extends keyof Calls> = z.infer<Calls[Name]['answer']>;

/** As a page of the site does it, or a panel on a work item. */
async function ask<Name extends keyof Calls>(
  who: Visitor,
  name: Name,
  payload: z.input<Calls[Name]['request']>,
  key?: string,
): Promise<Answer<Name>> {
  const answer = await who.invoke(key === undefined ? 'usm' : 'usm-process', name, payload, key);
  return calls[name].answer.parse(answer) as Answer<Name>;
}

function ok<T extends { state: string }>(answer: T): Extract<T, { state: 'ok' }> {
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer as Extract<T, { state: 'ok' }>;
}

const CALL: Given = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Workplace',
  Category: ['Workplace', 'printing'],
  Impact: 'Medium',
  Urgency: 'Medium',
};
const REASON: Given = { Reason: 'No longer needed', 'Reason in words': 'The ward has moved.' };
const CHANGE: Given = { 'Hand over to': ['Request for Change'], 'Solution team': 'Workplace', 'What is asked': 'Realise it. It can be used.' };
const DIFFERENT: Given = { 'What has to be different': 'It is too dear.' };

const cell = (text: string) => ({ text, lines: [] });
const targets = (hours: number): Terms['targets'] =>
  [1, 2, 3, 4].map((rank) => ({ type: 'incident', for: rank, respond: 60, deliver: hours * 60, calendar, percent: 90 }));
const own = { handling: [{ type: 'incident' as const, for: 'all' as const, respond: 0, deliver: 0 }] };
const OFFER: Partial<Terms> = {
  card: { facilityWhat: cell('A place.'), facilityHow: cell('It works.'), supportWhat: cell('Ask.'), supportHow: cell('By day.') },
  readiness: 'Everybody can work.',
  price: { kind: 'included' },
  supportHours: calendar,
  targets: targets(4),
  own: { ...own },
  validFrom: '2026-11-01',
};

const accountId = async (who: Visitor): Promise<string> => (await who.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;

async function records(): Promise<void> {
  const { lotte, sofia } = people;
  const [keeper, customer] = [await accountId(lotte), await accountId(sofia)];
  const party = async (id: string, name: string, kind: 'team' | 'customer', representative: string) =>
    ok(
      await ask(lotte, 'records.saveParty', {
        record: { id, name, kind, inside: kind === 'team', representatives: [representative], requesters: [] },
        rowVersion: 0,
      }),
    );
  await party('desk', 'Service desk', 'team', keeper);
  await party('network', 'Network', 'team', keeper);
  await party('lucas', 'Sint Lucas Ziekenhuis', 'customer', customer);
  const service = { id: 'workplace', name: 'Workplace', state: 'inUse' as const, blocks: [], value: '', readiness: 'It works on the first day.' };
  ok(await ask(lotte, 'records.saveService', { record: { ...service, card: { facilityWhat: cell('A desk and a screen.') } }, rowVersion: 0 }));
}

const refusalOf = async (who: Visitor, key: string, step: string, given: Given = {}): Promise<string> => {
  const { status, body } = await tryMove(world, who, key, step, given);
  if (status !== 400) throw new Error(`${step} on ${key}: expected 400, got ${String(status)}`);
  return JSON.stringify(body);
};
/** Takes the step and lets everything that follows arrive. */
async function take(who: Visitor, key: string, step: string, given: Given = {}): Promise<void> {
  await move(world, who, key, step, given);
  await idle(world);
  clock.advance(1_000);
}

async function wish(summary: string, upTo: 'registered' | 'specifying' = 'specifying'): Promise<string> {
  const { key } = await create(world, people.sofia, 'Wish', summary, CALL);
  if (upTo === 'registered') return key;
  await take(people.amira, key, 'Accept');
  await take(people.amira, key, 'Specify');
  return key;
}

const offerOf = async (key: string, who: Visitor = people.lotte) => ok(await ask(who, 'wish.offer', {}, key));
async function drafted(key: string): Promise<AgreementDetail> {
  const { drafted: found } = await offerOf(key);
  if (!found) throw new Error(`${key} has no draft`);
  return found;
}
const begin = async (key: string, request: string = randomUUID()) =>
  ok(await ask(people.lotte, 'wish.draft', { request, drafting: { how: 'new', provider: 'desk' } }, key));

async function write({ agreement, version, rowVersion, terms }: AgreementDetail, changed: Partial<Terms>): Promise<AgreementDetail> {
  const { id, name, provider, customer, owner } = agreement;
  const asked = { id, version, rowVersion, header: { name, provider, customer, owner }, terms: { ...terms, ...changed } };
  return ok(await ask(people.lotte, 'agreements.save', asked));
}
const accept = async (one: AgreementDetail, who: Visitor) =>
  ok(await ask(who, 'agreements.accept', { id: one.agreement.id, version: one.version, side: 'customer', fingerprint: one.fingerprint }));

/** A Wish with a complete draft, in Negotiating. */
async function offered(summary: string, changed: Partial<Terms> = {}): Promise<string> {
  const key = await wish(summary);
  await begin(key);
  await write(await drafted(key), { ...OFFER, ...changed });
  await take(people.amira, key, 'Draft offer');
  return key;
}
/** Agreed, with a change that is withdrawn again or realised. */
async function agreed(summary: string, changed: Partial<Terms> = {}): Promise<string> {
  const key = await offered(summary, changed);
  await accept(await drafted(key), people.sofia);
  await take(people.lotte, key, 'Agree', CHANGE);
  return key;
}

interface Panel {
  next: { transition: string; take?: string; rules: { rule: string; state: string; text: string }[] }[];
}
async function lines(key: string, transition: string): Promise<Record<string, string>> {
  const { next } = await people.lotte.invoke<Panel>('usm-process', 'work.process', {}, key);
  return Object.fromEntries((next.find((one) => one.transition === transition)?.rules ?? []).map(({ rule, state }) => [rule, state]));
}

let before = '';

describe('a site that keeps no agreements yet', () => {
  it('asks a Wish for its team and nothing about an offer', async () => {
    before = await wish('Before there were agreements');
    expect(await refusalOf(people.amira, before, 'Draft offer')).toContain('V35');
    expect(await lines(before, 'draftOffer')).toMatchObject({ V17: 'notJudged', V18: 'notJudged', V35: 'unmet' });
    await fillIn(world, people.amira, before, { 'Solution team': 'Network' });
    await take(people.amira, before, 'Draft offer');
    expect(await offerOf(before)).toEqual(expect.objectContaining({ state: 'ok', key: before }));
    expect(await offerOf(before)).not.toHaveProperty('drafted');
  });
});

describe('a draft for a Wish', () => {
  it('needs the parties that the Wish names, and says which are missing', async () => {
    const key = await wish('Nobody knows us', 'registered');
    const answer = await ask(people.lotte, 'wish.draft', { request: randomUUID(), drafting: { how: 'new' } }, key);
    expect(answer).toMatchObject({ state: 'refused', wrong: [{ kind: 'noParty', path: 'customer' }] });
    await records();
    const again = await ask(people.lotte, 'wish.draft', { request: randomUUID(), drafting: { how: 'new' } }, key);
    expect(again).toMatchObject({ state: 'refused', wrong: [{ kind: 'noParty', path: 'provider' }] });
  });

  it('carries name, parties, service and what the service says; the same request, and two at once, are one draft', async () => {
    const key = await wish('A desk by the window', 'registered');
    const [one, other] = await Promise.all([begin(key), begin(key)]);
    expect(one.drafted?.agreement.id).toBe(other.drafted?.agreement.id);
    const { agreement, terms, services } = await drafted(key);
    expect(agreement).toMatchObject({ kind: 'SA', name: 'A desk by the window', provider: 'desk', customer: 'lucas' });
    expect(services).toEqual([{ id: 'workplace', name: 'Workplace' }]);
    expect([terms.card.facilityWhat.text, terms.readiness]).toEqual(['A desk and a screen.', 'It works on the first day.']);
    expect((await begin(key)).drafted?.agreement.id).toBe(agreement.id);
    expect(ok(await ask(people.lotte, 'agreements.list', { filters: { search: 'by the window' } })).total).toBe(1);
  });

  it('is begun by whoever keeps agreements, for a Wish, and seen by whoever sees the Wish', async () => {
    const key = await wish('A lamp', 'registered');
    const asked = { request: randomUUID(), drafting: { how: 'new' as const, provider: 'desk' } };
    expect(await ask(people.amira, 'wish.draft', asked, key)).toMatchObject({ state: 'forbidden' });
    const failure = await create(world, people.sofia, 'Service Request', 'A cable', CALL);
    expect(await ask(people.lotte, 'wish.draft', asked, failure.key)).toMatchObject({ state: 'error', code: 'person.input' });
    expect(await offerOf(key)).toHaveProperty('start');
    expect(await offerOf(key, people.sofia)).not.toHaveProperty('start');
    await begin(key);
    expect((await offerOf(key, people.sofia)).drafted?.status).toBe('draft');
  });

  it('may be one that is there already, but not for two Wishes', async () => {
    const [first, second] = [await wish('One', 'registered'), await wish('Two', 'registered')];
    const header = { name: 'Written before', provider: 'desk', customer: 'lucas' };
    const made = ok(await ask(people.lotte, 'agreements.new', { request: randomUUID(), kind: 'SA', header, timeZone: 'UTC' }));
    const drafting = { how: 'take' as const, agreement: made.agreement.id, version: 1 };
    expect((await offerOf(first)).start?.drafts).toContainEqual({ id: made.agreement.id, name: 'Written before', version: 1 });
    ok(await ask(people.lotte, 'wish.draft', { request: randomUUID(), drafting }, first));
    expect((await offerOf(second)).start?.drafts.map(({ id }) => id)).not.toContain(made.agreement.id);
    const taken = await ask(people.lotte, 'wish.draft', { request: randomUUID(), drafting }, second);
    expect(taken).toMatchObject({ state: 'refused', wrong: [{ kind: 'taken' }] });
    expect((await begin(second)).drafted?.agreement.id).not.toBe(made.agreement.id);
  });
});

describe('the steps of a Wish', () => {
  it('ask for a complete offer and for who contributes (V17 V35), within one read of Jira and one of SQL', async () => {
    const key = await wish('A quiet room');
    await begin(key);
    const refusal = await refusalOf(people.amira, key, 'Draft offer');
    expect(refusal).toContain('The offer is not complete: it does not say how well it works, what people can ask, how well we help and the price');
    expect(refusal).toContain('V35');
    await write(await drafted(key), { ...OFFER, own: { handling: [] } });
    const teams = await refusalOf(people.amira, key, 'Draft offer');
    expect([teams.includes('V17'), teams.includes('V35')]).toEqual([false, true]);
    await write(await drafted(key), { own });
    await take(people.ines, key, 'Draft offer');
    const { status, history } = await drafted(key);
    expect([status, history.at(-1)?.by.name]).toEqual(['offered', 'Inês Costa']);
    const gates = fresh.site.forge.invocations().filter(({ functionKey }) => functionKey === 'gate');
    const latest = gates.at(-1)?.requests;
    expect([latest?.jira, latest?.sql]).toEqual([BUDGETS.gateJira, BUDGETS.gateSql]);
  });

  it('ask for the acceptance of this version (V19), with what was handed over in the same read (V10)', async () => {
    const key = await offered('A loud room');
    expect(await refusalOf(people.lotte, key, 'Agree')).toContain('V10, V19');
    const refusal = await refusalOf(people.lotte, key, 'Agree', CHANGE);
    expect(refusal).toContain('The customer has not accepted version 1 yet');
    expect(await lines(key, 'agree')).toMatchObject({ V19: 'unmet', V18: 'met' });
    await accept(await drafted(key), people.sofia);
    const form = await people.lotte.invoke<{ what?: string; unmet: unknown[] }>('usm-process', 'work.handOverForm', {}, key);
    const { agreement } = await drafted(key);
    expect([form.what, form.unmet]).toEqual([`Realise ${agreement.id} A loud room, version 1.`, []]);
    const { 'What is asked': _said, ...wordless } = CHANGE;
    await take(people.lotte, key, 'Agree', wordless);
    const [rfc = ''] = await childrenOf(key);
    const { fields } = await people.karel.ask<{ fields: { summary: string } }>('GET', `/rest/api/3/issue/${rfc}?fields=summary`);
    expect(fields.summary).toBe(`Realise ${agreement.id} A loud room, version 1`);
    const { status, history } = await drafted(key);
    expect([status, history.at(-1)?.by.name]).toEqual(['agreed', 'Lotte Smit']);
    const gates = fresh.site.forge.invocations().filter(({ functionKey, requests }) => functionKey === 'gate' && requests.sql > 0);
    expect(Math.max(...gates.slice(-1).map(({ requests }) => requests.sql))).toBe(BUDGETS.gateSql);
  });

  it('go back to a next version: the one that was offered is accepted by nobody any more', async () => {
    const key = await offered('A dear room');
    const first = await drafted(key);
    await take(people.lotte, key, 'Revise offer', DIFFERENT);
    const next = await drafted(key);
    expect([next.agreement.id, next.version, next.status, next.editable]).toEqual([first.agreement.id, 2, 'draft', true]);
    const former = ok(await ask(people.lotte, 'agreements.get', { id: first.agreement.id, version: 1 }));
    expect([former.status, former.history.at(-1)?.by.name]).toEqual(['ended', 'Lotte Smit']);
    expect([next.wish, former.wish]).toEqual([key, key]);
    const late = { id: first.agreement.id, version: 1, side: 'customer' as const, fingerprint: first.fingerprint };
    expect(await ask(people.sofia, 'agreements.accept', late)).toMatchObject({ state: 'refused' });
    await take(people.amira, key, 'Draft offer');
    expect([(await drafted(key)).version, (await drafted(key)).status]).toEqual([2, 'offered']);
  });

  it.each([
    ['No agreement', 'lotte', offered],
    ['Withdraw', 'sofia', wish],
    ['Decline', 'amira', wish],
  ] as const)('end the draft with the Wish: %s', async (step, who, from) => {
    const key = await (step === 'Decline' ? wish('An attic', 'registered') : from('A cellar'));
    if (step !== 'No agreement') await begin(key);
    await take(people[who], key, step, REASON);
    const { status, history } = await drafted(key);
    expect([status, history.at(-1)?.by.name]).toEqual(['ended', people[who].name]);
    expect(await offerOf(key)).not.toHaveProperty('start');
  });

  it('put it in force once its first day has come and not before (V45)', async () => {
    const key = await agreed('A room from tomorrow', { validFrom: '2026-11-21' });
    const [rfc] = await childrenOf(key);
    await realised(rfc ?? '');
    expect(await lines(key, 'confirmFor')).toMatchObject({ V45: 'unmet' });
    expect(await refusalOf(people.sofia, key, 'Confirm')).toContain('It starts on 21 November 2026');
    clock.advance(2 * HOUR);
    await take(people.sofia, key, 'Confirm');
    const { status, history } = await drafted(key);
    expect([status, history.at(-1)?.by.name]).toEqual(['inForce', 'Sofia Rossi']);
  });
});

/** What a work item handed over, by key. */
async function childrenOf(key: string): Promise<string[]> {
  const { fields } = await people.karel.ask<{ fields: { issuelinks: { outwardIssue?: { key: string } }[] } }>('GET', `/rest/api/3/issue/${key}`);
  return fields.issuelinks.flatMap(({ outwardIssue }) => outwardIssue?.key ?? []);
}

/** Change and Operate do what was agreed. */
async function realised(rfc: string): Promise<void> {
  await fillIn(world, people.amira, rfc, { 'Items to add': ['ROOM-1'], 'Change category': 'Normal', Impact: 'Low', Urgency: 'Low' });
  await take(people.amira, rfc, 'Accept');
  const window = { 'Window start': new Date('2030-01-07T12:00Z'), 'Window end': new Date('2030-01-07T13:00Z') };
  await fillIn(world, people.amira, rfc, { Plan: 'Do it.', 'Back-out': 'Undo it.', 'Solution team': 'Workplace', ...window });
  await take(people.amira, rfc, 'Plan');
  await take(people.henk, rfc, 'Agree plan');
  await fillIn(world, people.daan, rfc, { 'Test plan': 'Look.', 'Deployment plan': 'Carry.' });
  await take(people.daan, rfc, 'Offer for test');
  const deploy = { 'Hand over to': ['Service Request'], 'Solution team': 'Workplace', 'What is asked': 'Put it in place. It works.' };
  await fillIn(world, people.joris, rfc, { 'Test result': 'All passed', ...deploy });
  await take(people.joris, rfc, 'Release');
  const [request = ''] = (await childrenOf(rfc)).slice(-1);
  await take(people.amira, request, 'Accept');
  await take(people.amira, request, 'Plan');
  const id = await accountId(people.fatima);
  await people.fatima.ask('PUT', `/rest/api/3/issue/${request}/assignee`, { accountId: id });
  await fillIn(world, people.fatima, request, { 'Planned for': new Date('2030-01-07T12:00Z') });
  await take(people.fatima, request, 'Start');
  await fillIn(world, people.fatima, request, { 'What was done': 'Done as asked.' });
  await take(people.fatima, request, 'Deliver');
  await take(people.joris, request, 'Confirm');
  await fillIn(world, people.daan, rfc, { 'Register updated': 'Updated' });
  await take(people.lotte, rfc, 'Confirm');
}

describe('once an agreement is in force', () => {
  it('a Wish without a draft is asked for one, and what went on before may still be ended', async () => {
    const key = await wish('Another');
    const refusal = await refusalOf(people.amira, key, 'Draft offer');
    expect(refusal).toContain('Nothing is drafted for this Wish yet.');
    expect(await refusalOf(people.lotte, before, 'Agree', CHANGE)).toContain('Nothing was offered for this Wish');
    expect(await lines(before, 'agree')).toMatchObject({ V18: 'notJudged', V19: 'unmet' });
  });

  it('its next version is drafted with the times that were tried', async () => {
    const key = await wish('Sooner', 'registered');
    const { agreements = [] } = (await offerOf(key)).start ?? {};
    const [agreement = { id: '' }] = agreements;
    const times = [{ key: 'incident.1.deliver', promised: 180, own: 30 }];
    const { id } = await people.lotte.ask<{ id: string }>('GET', `/rest/api/3/issue/${key}?fields=summary`);
    const asked = { request: randomUUID(), item: id, drafting: { how: 'version' as const, agreement: agreement.id, times } };
    const { drafted: next } = ok(await ask(people.lotte, 'wish.draft', asked));
    expect([next?.version, next?.status]).toEqual([2, 'draft']);
    expect(next?.terms.targets.map(({ deliver }) => deliver)).toEqual([180, 240, 240, 240]);
    expect(next?.terms.own.handling).toContainEqual({ type: 'incident', for: 1, respond: 0, deliver: 30 });
  });
});

describe('what the gate let pass and the records refuse', () => {
  it('stays visible with its reason until it is tried again, in the name of whoever took the step', async () => {
    const key = await wish('In a hurry');
    await begin(key);
    await world.admin.invoke('usm-setup', 'rules.pause', { reason: 'Moving house.', hours: 1 });
    await idle(world);
    await take(people.ines, key, 'Draft offer');
    const { owes, drafted: draft } = await offerOf(key);
    expect([draft?.status, owes?.deed]).toEqual(['draft', 'offer']);
    expect(owes?.why).toContain('The offer is not complete');
    await world.admin.invoke('usm-setup', 'rules.resume', {});
    await write(await drafted(key), OFFER);
    await people.lotte.invoke('usm-process', 'work.retry', {}, key);
    const after = await offerOf(key);
    expect([after.owes, after.drafted?.status, after.drafted?.history.at(-1)?.by.name]).toEqual([undefined, 'offered', 'Inês Costa']);
  });
});

describe('a function that dies', () => {
  it.each([2, 3, 4, 5, 6, 8, 10])('after %i requests: what it owed is done by the next that hears of it', async (killAfterRequests) => {
    const key = await wish(`Dying after ${String(killAfterRequests)}`);
    await begin(key);
    await write(await drafted(key), OFFER);
    const functions = [{ match: { function: 'after' }, killAfterRequests }];
    await world.admin.ask('POST', '/_sandbox/faults', { functions });
    await take(people.amira, key, 'Draft offer');
    expect(fresh.site.faults.pending().functions).toEqual([]);
    await world.admin.ask('POST', '/_sandbox/faults', {});
    for (let round = 0; round < 3; round += 1) {
      clock.advance(120_000);
      await idle(world);
    }
    const after = await offerOf(key);
    expect([after.drafted?.status, after.owes]).toEqual(['offered', undefined]);
    expect(after.drafted?.history.map(({ deed: { kind } }) => kind)).toEqual(['offer']);
  });
});
