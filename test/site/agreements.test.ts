/** Agreements on the site: their life from draft to in force, two who write at once, lists of thousands, and who may do what. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ManualClock } from '../../sandbox/clock';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type AgreementDetail, agreementCalls, type Terms } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { type File, fileAnswer } from './support/agreed';

const DAY = 86_400_000;
/** The first of the settings. */
let calendar = '';
const clock = new ManualClock(new Date('2026-11-20T22:15:00Z'));
let fresh: FreshSite;
let world: World;

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  const { settings } = await world.admin.invoke<{ settings: { calendars: { id: string }[] } }>('usm-setup', 'settings.read');
  calendar = settings.calendars[0]?.id ?? '';
});
afterAll(() => fresh.stop());

type Calls = typeof agreementCalls;
type Answer<Name extends keyof Calls> = z.infer<Calls[Name]['answer']>;

async function ask<Name extends keyof Calls>(who: Visitor, name: Name, payload: z.input<Calls[Name]['request']>): Promise<Answer<Name>> {
  return agreementCalls[name].answer.parse(await who.invoke('usm', name, payload)) as Answer<Name>;
}

/** The answer as it is when all went well. */
function ok<T extends { state: string }>(answer: T): Extract<T, { state: 'ok' }> {
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer as Extract<T, { state: 'ok' }>;
}
const wrong = (answer: { state: string; wrong?: readonly { kind: string; rule?: string | undefined }[] }): (string | undefined)[] =>
  answer.state === 'refused' ? (answer.wrong ?? []).map(({ rule, kind }) => rule ?? kind) : [`not refused: ${answer.state}`];

const cell = (text: string) => ({ text, lines: [] });
const CARD = {
  facilityWhat: cell('Staff and visitors go online.'),
  facilityHow: cell('Fast enough for images at the bed.'),
  supportWhat: cell('Report a failure, add a desk.'),
  supportHow: cell('Day and night for wards.'),
};
const incident = (rank: number, respond: number, deliver: number) => ({
  type: 'incident' as const,
  for: rank,
  respond,
  deliver,
  calendar,
  percent: 95,
});
const targets = (restore: number) => [1, 2, 3, 4].map((rank) => incident(rank, 15 * rank, restore * rank));

async function accountId(who: Visitor): Promise<string> {
  return (await who.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;
}

async function records(): Promise<void> {
  const { lotte, sofia, noor } = world.people;
  const [customer, provider, keeper] = [await accountId(sofia), await accountId(noor), await accountId(lotte)];
  const party = (id: string, name: string, more: object) =>
    ask(lotte, 'records.saveParty', {
      record: { id, name, kind: 'team', inside: true, representatives: [], requesters: [], ...more },
      rowVersion: 0,
    }).then(ok);
  await party('desk', 'Service desk', { representatives: [keeper] });
  await party('network', 'Network', { representatives: [provider] });
  await party('lucas', 'Sint Lucas Ziekenhuis', { kind: 'customer', inside: false, representatives: [customer] });
  await party('wards', 'Wards', { kind: 'customer', inside: false, parent: 'lucas' });
  await party('brug', 'Scholengroep De Brug', { kind: 'customer', inside: false });
  for (const [id, name] of [
    ['wifi', 'Ward network'],
    ['phone', 'Telephony'],
  ] as const) {
    ok(
      await ask(lotte, 'records.saveService', {
        record: { id, name, state: 'inUse', owner: keeper, blocks: [], value: '', readiness: '' },
        rowVersion: 0,
      }),
    );
  }
}

const termsOf = (from: AgreementDetail, more: Partial<Terms>): Terms => ({ ...from.terms, ...more });

/** A draft with these terms. */
async function drafted(kind: 'SA' | 'OLA', customer: string, name: string, more: Partial<Terms>): Promise<AgreementDetail> {
  const { lotte } = world.people;
  const header = { name, provider: kind === 'SA' ? 'desk' : 'network', customer: kind === 'SA' ? customer : 'desk' };
  const made = ok(await ask(lotte, 'agreements.new', { request: randomUUID(), kind, header, timeZone: 'Europe/Amsterdam' }));
  const terms = termsOf(made, { services: ['wifi'], supportHours: calendar, validFrom: '2026-11-01', validUntil: '2027-12-31', ...more });
  return ok(await ask(lotte, 'agreements.save', { id: made.agreement.id, version: 1, rowVersion: made.rowVersion, header, terms }));
}

const saleable = (leg: string | undefined, restore = 240): Partial<Terms> => ({
  card: CARD,
  readiness: 'Every bed has a connection.',
  price: { kind: 'included' },
  targets: targets(restore),
  own: { handling: [{ type: 'incident', for: 'all', respond: 5, deliver: 30 }] },
  ...(leg !== undefined && { under: { leg } }),
});

const act = (seen: AgreementDetail, deed: z.input<Calls['agreements.deed']['request']>['deed'], who: Visitor = world.people.lotte) =>
  ask(who, 'agreements.deed', { id: seen.agreement.id, version: seen.version, rowVersion: seen.rowVersion, deed });
const accept = (seen: AgreementDetail, who: Visitor, side: 'customer' | 'provider' = 'customer') =>
  ask(who, 'agreements.accept', { id: seen.agreement.id, version: seen.version, side, fingerprint: seen.fingerprint });
const get = async (id: string, version?: number, who: Visitor = world.people.lotte) =>
  ok(await ask(who, 'agreements.get', { id, ...(version !== undefined && { version }) }));

/** From draft to in force. */
async function putInForce(draft: AgreementDetail, representative: Visitor): Promise<AgreementDetail> {
  const offered = ok(await act(draft, { kind: 'offer' }));
  const accepted = ok(await accept(offered, representative));
  const agreed = ok(await act(accepted, { kind: 'agree' }));
  const inForce = ok(await act(agreed, { kind: 'confirm' }));
  // A function's clock runs on while the site's stands still; whoever looks next looks later than that.
  clock.advance(2_000);
  return inForce;
}

describe('before anything is agreed', () => {
  it('the list is empty, and says who keeps it', async () => {
    expect(ok(await ask(world.people.lotte, 'agreements.list', {}))).toMatchObject({ rows: [], total: 0, keeps: true });
    expect(ok(await ask(world.people.sofia, 'agreements.list', {}))).toMatchObject({ total: 0, keeps: false });
  });

  it('records are kept once, and a second writer is told', async () => {
    await records();
    const { lotte } = world.people;
    const { rows, total } = ok(await ask(lotte, 'records.parties', { search: 'sint' }));
    expect([total, rows[0]?.record.id, rows[0]?.rowVersion]).toEqual([1, 'lucas', 1]);
    const lucas = rows[0]?.record;
    if (!lucas) throw new Error('no party');
    ok(await ask(lotte, 'records.saveParty', { record: { ...lucas, contact: 'Ward 3B' }, rowVersion: 1 }));
    // The same once more is no other writer.
    ok(await ask(lotte, 'records.saveParty', { record: { ...lucas, contact: 'Ward 3B' }, rowVersion: 1 }));
    const late = await ask(lotte, 'records.saveParty', { record: { ...lucas, contact: 'Ward 4' }, rowVersion: 1 });
    expect(late).toMatchObject({ state: 'stale', now: { rowVersion: 2, record: { contact: 'Ward 3B' } } });
    const circle = await ask(lotte, 'records.saveParty', { record: { ...lucas, contact: 'Ward 3B', parent: 'wards' }, rowVersion: 2 });
    expect(wrong(circle)).toEqual(['circle']);
  });

  it('whoever is no service manager keeps nothing', async () => {
    const { sofia, henk } = world.people;
    const header = { name: 'Mine', provider: 'desk', customer: 'lucas' };
    for (const who of [sofia, henk]) {
      expect(await ask(who, 'agreements.new', { request: randomUUID(), kind: 'SA', header, timeZone: 'UTC' })).toMatchObject({ state: 'forbidden' });
    }
    expect(ok(await ask(sofia, 'agreements.list', {})).total).toBe(0);
  });

  it('nobody agrees with themselves, and an internal agreement is with nobody outside', async () => {
    const { lotte } = world.people;
    const begin = (kind: 'SA' | 'OLA' | 'UC', provider: string, customer: string) =>
      ask(lotte, 'agreements.new', { request: randomUUID(), kind, header: { name: 'X', provider, customer }, timeZone: 'UTC' });
    expect(wrong(await begin('SA', 'desk', 'desk'))).toEqual(['oneParty']);
    expect(wrong(await begin('OLA', 'desk', 'lucas'))).toEqual(['outside']);
    expect(wrong(await begin('UC', 'network', 'desk'))).toEqual(['inside']);
    expect(wrong(await begin('SA', 'desk', 'nobody'))).toEqual(['noParty']);
  });
});

describe('the life of an agreement (A8)', () => {
  let ola: AgreementDetail;
  let sa: AgreementDetail;

  beforeAll(async () => {
    if (ok(await ask(world.people.lotte, 'records.parties', {})).total === 0) await records();
    const [first] = ok(await ask(world.people.lotte, 'agreements.list', {})).rows;
    if (first) throw new Error('not the first');
  });

  it('a promise of 4 h on a leg of 6 h may be offered with a warning, and is refused when it is to be agreed', async () => {
    ola = await putInForce(await drafted('OLA', 'desk', 'Network: switches and Wi-Fi', { targets: targets(360) }), world.people.lotte);
    expect([ola.status, ola.verdict.state]).toEqual(['inForce', 'holds']);
    const draft = await drafted('SA', 'lucas', 'Internet and Wi-Fi on the wards', saleable(ola.agreement.id));
    expect(draft).toMatchObject({ status: 'draft', editable: true, lacks: [], verdict: { state: 'cannot' } });
    expect(draft.deeds.find(({ kind }) => kind === 'offer')).toMatchObject({
      refused: [],
      warned: [{ rule: 'V18' }, { rule: 'V18' }, { rule: 'V18' }, { rule: 'V18' }],
    });
    const offered = ok(await act(draft, { kind: 'offer' }));
    expect([offered.status, offered.editable]).toEqual(['offered', false]);
    // V19 before anybody has accepted, and V18 either way.
    expect(wrong(await act(offered, { kind: 'agree' }))).toEqual(expect.arrayContaining(['V19', 'V18']));
    expect(await accept(offered, world.people.bram)).toMatchObject({ state: 'forbidden' });
    sa = ok(await accept(offered, world.people.sofia));
    expect(sa.acceptance.map(({ side, person }) => [side, person.name])).toEqual([['customer', 'Sofia Rossi']]);
    const refusal = await act(sa, { kind: 'agree' });
    expect(wrong(refusal).filter((one) => one !== 'V18')).toEqual([]);
    expect(JSON.stringify(refusal)).toContain(`with ${ola.agreement.id} it comes to 6:30 h of 4:00 h`);
  });

  it('once the leg gives 3 h it passes, and the verdict of what leans on it follows by itself', async () => {
    const { lotte } = world.people;
    const next = ok(await ask(lotte, 'agreements.newVersion', { id: ola.agreement.id }));
    expect([next.version, next.status]).toEqual([2, 'draft']);
    expect(ok(await ask(lotte, 'agreements.newVersion', { id: ola.agreement.id })).version).toBe(2);
    const { name, provider, customer } = next.agreement;
    const saved = ok(
      await ask(lotte, 'agreements.save', {
        id: ola.agreement.id,
        version: 2,
        rowVersion: next.rowVersion,
        header: { name, provider, customer },
        terms: termsOf(next, { targets: targets(180) }),
      }),
    );
    expect(saved.diff?.lines.map(({ before, after }) => [before, after])).toContainEqual(['6:00 h', '3:00 h']);
    ola = await putInForce(saved, lotte);
    expect(ola.versions.map(({ status }) => status)).toEqual(['inForce', 'ended']);
    sa = await get(sa.agreement.id);
    expect(sa.verdict.state).toBe('tight');
    expect(ok(await ask(lotte, 'agreements.list', { filters: { kinds: ['SA'] } })).rows[0]?.verdict).toEqual(sa.verdict);
    sa = ok(await act(sa, { kind: 'agree' }));
    sa = ok(await act(sa, { kind: 'confirm' }));
    expect([sa.status, sa.history.map(({ deed }) => deed.kind)]).toEqual(['inForce', ['offer', 'accept', 'agree', 'confirm']]);
  });

  it('what was offered is never written again', async () => {
    const { lotte } = world.people;
    const { name, provider, customer } = sa.agreement;
    const save = (header: object, terms?: Terms) =>
      ask(lotte, 'agreements.save', {
        id: sa.agreement.id,
        version: 1,
        rowVersion: sa.rowVersion,
        header: { name, provider, customer, ...header },
        ...(terms && { terms }),
      });
    expect(wrong(await save({}, termsOf(sa, { scope: 'More' })))).toEqual(['frozen']);
    expect(wrong(await save({ customer: 'brug' }))).toEqual(['frozen']);
    const renamed = ok(await save({ name: 'Wi-Fi on the wards' }));
    expect([renamed.agreement.name, renamed.fingerprint]).toEqual(['Wi-Fi on the wards', sa.fingerprint]);
    sa = renamed;
  });

  it('another promise of the same service to the same customer is refused', async () => {
    const other = await drafted('SA', 'lucas', 'The same again', saleable(ola.agreement.id));
    const offered = ok(await act(other, { kind: 'offer' }));
    const agreed = ok(await act(ok(await accept(offered, world.people.sofia)), { kind: 'agree' }));
    expect(wrong(await act(agreed, { kind: 'confirm' }))).toEqual(['overlap']);
    ok(await act(agreed, { kind: 'end' }));
  });

  it('the chain has the leg, its sums, and who else leans on it', async () => {
    const chain = ok(await ask(world.people.sofia, 'agreements.chain', { id: sa.agreement.id }));
    expect(chain.lines.find(({ key }) => key === 'incident.1.deliver')).toMatchObject({
      promised: 240,
      sum: 210,
      left: 30,
      binding: ola.agreement.id,
    });
    expect(chain.legs.map(({ id, party }) => [id, party])).toEqual([
      ['own', 'Service desk'],
      [ola.agreement.id, 'Network'],
    ]);
    const leaning = await drafted('SA', 'brug', 'Classroom Wi-Fi', saleable(ola.agreement.id));
    const leaners = ok(await ask(world.people.lotte, 'agreements.chain', { id: sa.agreement.id })).leaners;
    expect(leaners.map(({ id }) => id)).toContain(leaning.agreement.id);
  });

  it('applies to the service and the customer and what belongs to them, as long as it lasts', async () => {
    clock.advance(60_000);
    const applies = async (service: string, customer: string, at?: number) =>
      ok(await ask(world.people.sofia, 'agreements.applying', { service, customer, ...(at !== undefined && { at }) }));
    expect((await applies('Ward network', 'Sint Lucas Ziekenhuis')).applies).toMatchObject({ id: sa.agreement.id, version: 1 });
    expect((await applies('Ward network', 'Wards')).applies).toMatchObject({ id: sa.agreement.id });
    const none = await applies('Ward network', 'Wards', Date.parse('2028-03-01T12:00Z'));
    expect([none.applies, none.text]).toEqual([undefined, expect.stringContaining('expired on 31 December 2027')]);
    expect((await applies('Telephony', 'Wards')).applies).toBeUndefined();
    expect((await applies('Ward network', 'Wards', clock.now().getTime() - DAY)).applies).toBeUndefined();
  });

  it('dates alone change what the list says', async () => {
    const { lotte } = world.people;
    const { agreement } = await putInForce(await drafted('OLA', 'desk', 'Only today', { targets: targets(60), validUntil: '2026-11-20' }), lotte);
    const status = async () => {
      const { rows, quick } = ok(await ask(lotte, 'agreements.list', { filters: { search: 'only today' } }));
      return [rows.find(({ id }) => id === agreement.id)?.status, quick.lapses];
    };
    expect(await status()).toEqual(['inForce', 1]);
    // The day ends at 23:00 UTC in Amsterdam.
    clock.advance(Date.parse('2026-11-20T23:00Z') - clock.now().getTime());
    expect(await status()).toEqual(['expired', 0]);
    expect((await get(agreement.id)).message?.text).toContain('expired on 20 November 2026');
  });

  it('coverage shows the cell, and what nobody owns or can keep', async () => {
    const map = ok(await ask(world.people.sofia, 'agreements.coverage', {}));
    expect(map.cells.find(({ service, customer }) => service === 'wifi' && customer === 'wards')).toMatchObject({
      state: 'tight',
      agreement: sa.agreement.id,
    });
    expect(map.cells.find(({ service }) => service === 'phone')).toBeUndefined();
    expect(map.counted).toBe(false);
  });
});

describe('two who write at once', () => {
  it('the second editor is told, sees what is there, and loses nothing', async () => {
    const { lotte } = world.people;
    const draft = await drafted('SA', 'brug', 'Two editors', saleable(undefined));
    const { name, provider, customer } = draft.agreement;
    const save = (scope: string) =>
      ask(lotte, 'agreements.save', {
        id: draft.agreement.id,
        version: 1,
        rowVersion: draft.rowVersion,
        header: { name, provider, customer },
        terms: termsOf(draft, { scope }),
      });
    const answers = await Promise.all([save('Wards'), save('Laboratory')]);
    expect(answers.map(({ state }) => state).sort()).toEqual(['ok', 'stale']);
    const [won, lost] = answers[0].state === 'ok' ? ['Wards', answers[1]] : ['Laboratory', answers[0]];
    expect(lost).toMatchObject({ state: 'stale', now: { terms: { scope: won } } });
    // The same once more, after an answer that was lost, is kept already.
    expect(ok(await save(won)).terms.scope).toBe(won);
  });

  it('the same request twice makes one agreement', async () => {
    const { lotte } = world.people;
    const asked = { request: randomUUID(), kind: 'SA' as const, header: { name: 'Once', provider: 'desk', customer: 'brug' }, timeZone: 'UTC' };
    const made = await Promise.all([ask(lotte, 'agreements.new', asked), ask(lotte, 'agreements.new', asked)]);
    expect(new Set(made.map((one) => ok(one).agreement.id)).size).toBe(1);
  });
});

const bring = (file: File, run?: string, step?: 'check' | 'write') =>
  fileAnswer(world, file, { ...(run !== undefined && { run }), ...(step && { step }) });

const THOUSANDS = 2_000;

describe('files', () => {
  const imported = (index: number, more: object = {}) => ({
    id: `UC-${String(9_000 + index)}`,
    kind: 'UC',
    name: `Line ${String(index).padStart(4, '0')}`,
    provider: 'kabel',
    customer: 'desk',
    versions: [{ number: 1, terms: { timeZone: 'Europe/Amsterdam', targets: [incident(1, 10, 60)] }, deeds: [] }],
    ...more,
  });
  const kabel = { id: 'kabel', name: 'Noordkabel', kind: 'supplier', inside: false };

  it('every error of every row is told, and nothing of the file is kept', async () => {
    const answer = await bring({
      parties: [
        kabel,
        { ...kabel, id: 'two', colour: 'red' },
        { ...kabel, id: 'three', name: 'Caf\uFFFD' },
        { ...kabel, id: 'four', parent: 'nobody' },
      ],
      agreements: [
        imported(1),
        imported(2, { provider: 'desk' }),
        imported(3, { versions: [{ number: 1, terms: { timeZone: 'Nowhere' }, deeds: [] }] }),
        imported(4, { versions: [{ number: 1, terms: { timeZone: 'UTC' }, deeds: [{ kind: 'agree', at: 1, by: 'x' }] }] }),
        imported(1),
        imported(6, { id: 'UC-9006', versions: [{ number: 1, terms: { timeZone: 'UTC', under: { leg: 'UC-9007' } }, deeds: [] }] }),
        imported(7, { id: 'UC-9007', versions: [{ number: 1, terms: { timeZone: 'UTC', under: { leg: 'UC-9006' } }, deeds: [] }] }),
      ],
    });
    if (answer.state !== 'wrong') throw new Error(answer.state);
    expect(answer.wrong.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'parties.1',
        'parties.2',
        'parties.3.parent',
        'agreements.1.customer',
        'agreements.2.versions.0.terms.timeZone',
        'agreements.3.versions.0.deeds.0',
        'agreements.4',
      ]),
    );
    const text = JSON.stringify(answer.wrong);
    for (const words of ['colour is no column of parties', 'not saved as UTF-8', 'stands in row 0 already', 'It would lean on itself'])
      expect(text).toContain(words);
    expect(ok(await ask(world.people.lotte, 'records.parties', { search: 'Noordkabel' })).total).toBe(0);
    expect(ok(await ask(world.people.lotte, 'agreements.list', { filters: { kinds: ['UC'] } })).total).toBe(0);
  });

  it('only keepers bring in or take out', async () => {
    expect(await ask(world.people.sofia, 'agreements.import', { step: 'check', run: randomUUID() })).toMatchObject({ state: 'forbidden' });
    expect(await ask(world.people.sofia, 'agreements.export', {})).toMatchObject({ state: 'forbidden' });
  });

  it('thousands come in, are listed part by part, each once and in order, and come out as they went in', async () => {
    const { lotte } = world.people;
    const agreements = Array.from({ length: THOUSANDS }, (_none, index) => imported(index));
    const run = randomUUID();
    expect(await bring({ parties: [kabel], agreements }, run, 'check')).toEqual({ state: 'checked', added: THOUSANDS + 1, changed: 0, same: 0 });
    expect(ok(await ask(lotte, 'agreements.list', { filters: { kinds: ['UC'] } })).total).toBe(0);
    expect(await bring({}, run)).toEqual({ state: 'done', added: THOUSANDS + 1, changed: 0, same: 0 });
    // Once more: nothing is there to be done.
    expect(await bring({ parties: [kabel], agreements: agreements.slice(0, 100) })).toEqual({ state: 'done', added: 0, changed: 0, same: 101 });
    expect(await bring({ agreements: [imported(5, { name: 'Another' })] })).toMatchObject({ state: 'wrong', wrong: [{ path: 'agreements.0.id' }] });

    const seen: string[] = [];
    let after: string | undefined;
    for (let parts = 0; parts <= THOUSANDS / 50; parts += 1) {
      const page = ok(
        await ask(lotte, 'agreements.list', { filters: { kinds: ['UC'] }, sort: { by: 'name', down: true }, ...(after !== undefined && { after }) }),
      );
      expect([page.total, page.kinds.UC]).toEqual([THOUSANDS, THOUSANDS]);
      seen.push(...page.rows.map(({ name }) => name));
      after = page.after;
      if (after === undefined) break;
    }
    expect(seen).toEqual(agreements.map(({ name }) => name).reverse());

    const out: unknown[] = [];
    let next: string | undefined;
    for (let calls = 0; calls < 100; calls += 1) {
      const portion = ok(await ask(lotte, 'agreements.export', next === undefined ? {} : { after: next }));
      if (portion.part === 'agreements') out.push(...portion.rows);
      next = portion.after;
      if (next === undefined) break;
    }
    expect(out.filter((one) => JSON.stringify(one).includes('"UC-'))).toHaveLength(THOUSANDS);
    expect(await bring({ agreements: out.slice(0, 300) })).toMatchObject({ state: 'done', added: 0, changed: 0, same: 300 });
  }, 120_000);

  it('a place that no list gave out is refused in words', async () => {
    const answer = await world.people.lotte.invoke('usm', 'agreements.list', { after: 'nonsense' });
    expect(answer).toMatchObject({ state: 'error', code: 'person.input' });
  });
});
