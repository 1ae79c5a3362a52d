/** What editors of agreements and records ask besides the records: what there is to choose from, and how complete a service is with all it is made of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { agreementCalls, writingCalls } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';

const calls = { ...agreementCalls, ...writingCalls };
type Calls = typeof calls;
let fresh: FreshSite;
let world: World;

beforeAll(async () => {
  fresh = await freshSite();
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());

const ask = async <Name extends keyof Calls>(
  who: Visitor,
  name: Name,
  payload: z.input<Calls[Name]['request']>,
): Promise<z.infer<Calls[Name]['answer']>> => calls[name].answer.parse(await who.invoke('usm', name, payload)) as z.infer<Calls[Name]['answer']>;

const cell = (text: string) => ({ text, lines: [] });

describe('what editors offer', () => {
  it('is the calendars of the settings, for whoever works there', async () => {
    const { settings } = await world.admin.invoke<{ settings: { calendars: { id: string; name: string; timeZone: string }[] } }>(
      'usm-setup',
      'settings.read',
    );
    const wanted = settings.calendars.map(({ id, name, timeZone }) => ({ id, name, timeZone }));
    expect(wanted.length).toBeGreaterThan(0);
    expect(await ask(world.people.lotte, 'records.choices', {})).toEqual({ state: 'ok', calendars: wanted });
  });
});

describe('how complete a service is', () => {
  const save = async (id: string, more: object): Promise<void> => {
    const record = { id, name: id, state: 'inUse' as const, value: '', readiness: '', blocks: [], ...more };
    expect(await ask(world.people.lotte, 'records.saveService', { record, rowVersion: 0 })).toMatchObject({ state: 'ok' });
  };

  it('counts what its blocks say, and what every part of it says', async () => {
    const { lotte, sofia } = world.people;
    const block = {
      id: 'desk-help',
      kind: 'support' as const,
      name: 'Help at the desk',
      what: cell('Ask anything.'),
      how: cell(''),
      goods: [],
      actions: [],
      readiness: '',
    };
    expect(await ask(lotte, 'records.saveBlock', { record: block, rowVersion: 0 })).toMatchObject({ state: 'ok' });
    await save('whole', { card: { facilityWhat: cell('Tables.') }, blocks: ['desk-help'] });
    expect(await ask(lotte, 'records.complete', { service: 'whole' })).toEqual({
      state: 'ok',
      cells: ['facilityHow', 'supportHow'],
      readiness: true,
      price: true,
    });

    // Made of two: what both say is said; what one leaves out is not.
    await save('one', {
      parent: 'whole',
      card: { facilityHow: cell('Well.'), supportHow: cell('Fast.') },
      readiness: 'It lights.',
      price: { kind: 'included' },
    });
    await save('other', { parent: 'whole', card: { facilityHow: cell('Well.') }, readiness: 'It stands.', price: { kind: 'included' } });
    expect(await ask(sofia, 'records.complete', { service: 'whole' })).toEqual({
      state: 'ok',
      cells: ['supportHow'],
      readiness: false,
      price: false,
    });
  });

  it('one that is not there is told so', async () => {
    expect(await ask(world.people.lotte, 'records.complete', { service: 'nothing' })).toMatchObject({ state: 'error', code: 'person.notFound' });
  });
});
