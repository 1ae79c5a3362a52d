/** Several who write agreements at the same moment, drawn at random: what one wrote is never lost by another, and no service is promised twice. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { agreementCalls, type AgreementDetail } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { agreeable, bringIn, fileAnswer, inForceSince } from './support/agreed';
import { accountOf, firstCalendar } from './support/promises';
import { Dice } from './support/wanderer';

let fresh: FreshSite;
let world: World;
let lotte = '';
let calendar = '';
const dice = new Dice(fc.readConfigureGlobal()?.seed ?? 1);
const AGO = Date.now() - 30 * 86_400_000;

beforeAll(async () => {
  fresh = await freshSite({ limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  lotte = await accountOf(world.people.lotte);
  calendar = await firstCalendar(world);
  await bringIn(world, {
    parties: [
      { id: 'desk', name: 'Service desk', kind: 'team', inside: true, representatives: [], requesters: [] },
      ...['lucas', 'brug'].map((id) => ({ id, name: id, kind: 'customer', inside: false, representatives: [lotte], requesters: [] })),
    ],
    services: ['wifi', 'phone', 'print'].map((id) => ({ id, name: id, state: 'inUse' })),
  });
});
afterAll(() => fresh.stop());

const { 'agreements.get': getCall, 'agreements.save': saveCall, 'agreements.deed': deedCall } = agreementCalls;

async function get(id: string): Promise<AgreementDetail> {
  const answer = getCall.answer.parse(await world.people.lotte.invoke('usm', 'agreements.get', { id }));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}

const dateOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

interface Shape {
  customer: string;
  services: string[];
  /** Deeds done already. */
  deeds: object[];
}
const sa = (number: number, { customer, services, deeds }: Shape) => ({
  id: `SA-${String(number)}`,
  kind: 'SA',
  name: `Agreement ${String(number)}`,
  provider: 'desk',
  customer,
  owner: lotte,
  versions: [{ number: 1, terms: agreeable(calendar, { services, validFrom: dateOf(AGO), validUntil: '2099-12-31' }), deeds }],
});

it('of many who write a draft at once nobody loses a word: whoever is told looks again and writes on top', async () => {
  await bringIn(world, { agreements: [sa(1, { customer: 'lucas', services: ['print'], deeds: [] })] });
  const kept: string[] = [];
  let told = 0;
  const writer = async (name: string, words: number): Promise<void> => {
    let seen = await get('SA-1');
    for (let word = 0; word < words; word += 1) {
      const mine = `${name}${String(word)}`;
      for (let tries = 0; tries < 30; tries += 1) {
        const scope = [seen.terms.scope, mine].join(' ').trim();
        const { name: title, provider, customer } = seen.agreement;
        const header = { name: title, provider, customer, owner: lotte };
        const asked = { id: 'SA-1', version: 1, rowVersion: seen.rowVersion, header, terms: { ...seen.terms, scope } };
        const answer = saveCall.answer.parse(await world.people.lotte.invoke('usm', 'agreements.save', asked));
        if (answer.state === 'ok') {
          kept.push(mine);
          seen = answer;
          break;
        }
        if (answer.state !== 'stale') throw new Error(JSON.stringify(answer));
        told += 1;
        seen = answer.now;
      }
    }
  };
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => writer(name, 5)));
  expect((await get('SA-1')).terms.scope.split(' ').sort()).toEqual(kept.sort());
  expect(kept).toHaveLength(20);
  // They did meet, or nothing was tried here.
  expect(told).toBeGreaterThan(0);
}, 120_000);

/** What is in force now, read from the deeds alone: confirmed and not ended. */
async function promised(): Promise<string[]> {
  const { answer } = agreementCalls['agreements.export'];
  const pairs: string[] = [];
  let after: string | undefined;
  for (let calls = 0; calls < 100; calls += 1) {
    const told = answer.parse(await world.people.lotte.invoke('usm', 'agreements.export', after === undefined ? {} : { after }));
    if (told.state !== 'ok') throw new Error(JSON.stringify(told));
    if (told.part === 'agreements') {
      for (const one of told.rows as ReturnType<typeof sa>[]) {
        const kinds = one.versions.flatMap(({ deeds }) => (deeds as { kind: string }[]).map(({ kind }) => kind));
        if (!kinds.includes('confirm') || kinds.includes('end')) continue;
        const { services } = one.versions[0]?.terms as unknown as { services: string[] };
        pairs.push(...services.map((service) => `${service} for ${one.customer}`));
      }
    }
    after = told.after;
    if (after === undefined) return pairs;
  }
  throw new Error('It never ends.');
}

it('of many who bring agreements into force at once, by hand and by file, no service is promised twice to a customer', async () => {
  let number = 10;
  let [byHand, byFile, refused] = [0, 0, 0];
  for (let round = 0; round < 6; round += 1) {
    const shape = (deeds: object[]): Shape => ({
      customer: dice.one(['lucas', 'brug']),
      services: dice.one([['wifi'], ['phone'], ['wifi', 'phone']]),
      deeds,
    });
    const agreed = inForceSince(AGO, lotte).slice(0, 3);
    const ready = Array.from({ length: 4 }, () => sa((number += 1), shape(agreed)));
    await bringIn(world, { agreements: ready });
    const confirm = async (id: string): Promise<void> => {
      const { rowVersion } = await get(id);
      const raw = await world.people.lotte.invoke<{ state: string }>('usm', 'agreements.deed', {
        id,
        version: 1,
        rowVersion,
        deed: { kind: 'confirm' },
      });
      const answer = deedCall.answer.parse(raw);
      if (answer.state === 'ok') byHand += 1;
      else refused += 1;
    };
    const files = Array.from({ length: 2 }, () => ({ ...sa((number += 1), shape(inForceSince(AGO, lotte))), run: randomUUID() }));
    // Looked at before; what comes into force while they are written is what is tried.
    for (const { run, ...one } of files) await fileAnswer(world, { agreements: [one] }, { run, step: 'check' });
    const file = async (one: (typeof files)[number]): Promise<void> => {
      // Another file may have the turn just now.
      const told = await fileAnswer(world, {}, { run: one.run }).catch(() => ({ state: 'busy' }));
      if (told.state === 'done') byFile += 1;
      else refused += 1;
    };
    await Promise.all([...ready.map(({ id }) => confirm(id)), ...files.map(file)]);
    const pairs = await promised();
    expect(pairs.length).toBe(new Set(pairs).size);
    // Room for the next round.
    for (const { id } of [...ready, ...files]) {
      const seen = await get(id).catch(() => undefined);
      if (seen?.status !== 'inForce' || dice.chance(0.1)) continue;
      const { rowVersion } = seen;
      await world.people.lotte.invoke('usm', 'agreements.deed', { id, version: 1, rowVersion, deed: { kind: 'end', why: 'Tried.' } });
    }
  }
  console.log(`in force by hand ${String(byHand)}, by file ${String(byFile)}, refused ${String(refused)}`);
  expect(byHand + byFile).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
}, 240_000);
