/** The hand-off board and triage on the site: who sees what, what comes and goes, what it costs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillIn, idle, move, takeOn } from '../../sandbox/demo/acts';
import { Visitor } from '../../sandbox/demo/client';
import { makeWorld, SPACE, type World } from '../../sandbox/demo/world';
import { ManualClock } from '../../sandbox/clock';
import { boardCalls, type HandoffBoard, type HandoffRow, type TriageForm } from '../../src/contract';
import { listsOf } from '../../static/usm/board/list';
import { EVERYTHING, type View } from '../../static/usm/board/view';
import { type FreshSite, freshSite } from '../scenarios/site';
import { handOver, preparedIncident } from './support/handing-over';

const HOUR = 3_600_000;

let fresh: FreshSite;
let world: World;
const clock = new ManualClock(new Date());

beforeAll(async () => {
  // Its clock stands still, and rates are measured by it.
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());

async function board(person: Visitor, after?: HandoffBoard['after']): Promise<HandoffBoard> {
  const answer = boardCalls['board.handoffs'].answer.parse(await person.invoke('usm', 'board.handoffs', { after }));
  if (answer.state !== 'ok') throw new Error(`no board: ${JSON.stringify(answer)}`);
  return answer;
}

const lineOf = async (person: Visitor, key: string): Promise<HandoffRow | undefined> => (await board(person)).rows.find((row) => row.key === key);
const soon = (hours: number): number => clock.now().getTime() + hours * HOUR;

describe('the hand-off board', () => {
  it('tells what is asked of whom, for whom, by when, and whose it is', async () => {
    const { amira, pieter } = world.people;
    const parent = await preparedIncident(world, 'No network on ward 3B');
    const readyBy = soon(4);
    const [key = ''] = await handOver(world, parent.key, [{ team: 'Workplace', what: 'Reset the sensor. It works again.', readyBy }]);
    const line = await lineOf(amira, key);
    expect(line).toMatchObject({
      state: 'asked',
      typeName: 'Service Request',
      verb: 'Operate',
      summary: 'Reset the sensor',
      what: 'Reset the sensor. It works again.',
      askedBy: { name: 'Amira Haddad' },
      readyBy,
      team: { name: 'Workplace' },
      service: 'Ward network',
      from: { key: parent.key, verb: 'Recover', team: { name: 'Service desk' }, customer: 'Sint Lucas Ziekenhuis', held: true },
      mine: { asked: false, asks: true },
    });
    expect((await lineOf(pieter, key))?.mine).toEqual({ asked: false, asks: false });
  });

  it('puts late before the rest, and the two sides where they belong', async () => {
    const { amira } = world.people;
    clock.advance(60_000);
    const parent = await preparedIncident(world, 'Printer is silent');
    const [late = '', early = ''] = await handOver(world, parent.key, [
      { team: 'Facilities', what: 'Open the door of the cabinet.', readyBy: soon(1) },
      { team: 'Network', what: 'Patch the port in room 2.', readyBy: soon(3) },
    ]);
    clock.advance(2 * HOUR);
    const { rows } = await board(amira);
    const keys = (list: readonly HandoffRow[]): (string | undefined)[] => list.map((row) => row.key);
    const teams = new Map(rows.flatMap(({ team }) => (team ? [[team.name, team.id]] : [])));
    const desk = rows.find((row) => row.key === late)?.from?.team?.id ?? '';
    const lists = (part: Partial<View>) => listsOf(rows, { ...EVERYTHING, ...part }, clock.now().getTime());
    const ofDesk = keys(lists({ team: desk }).others);
    expect(ofDesk.indexOf(late)).toBeLessThan(ofDesk.indexOf(early));
    expect(keys(lists({ team: desk }).us)).toEqual([]);
    expect(keys(lists({ team: teams.get('Facilities') ?? '' }).us)).toEqual([late]);
    // The oldest stands first, whatever list it is in.
    expect(keys(lists({}).oldest)[0]).toBe(rows[0]?.key);
  });

  it('follows the asked side: accepted, then gone once it is fulfilled', async () => {
    const { amira, joris, fatima } = world.people;
    const parent = await preparedIncident(world, 'Screen flickers');
    const [key = ''] = await handOver(world, parent.key, [{ team: 'Workplace', what: 'Change the cable.' }]);
    await move(world, joris, key, 'Accept');
    await idle(world);
    expect((await lineOf(amira, key))?.state).toBe('accepted');
    await takeOn(world, fatima, key, new Date());
    await move(world, fatima, key, 'Start now');
    await fillIn(world, fatima, key, { 'What was done': 'Changed.' });
    await move(world, fatima, key, 'Deliver');
    await idle(world);
    await move(world, amira, key, 'Confirm');
    await idle(world);
    expect(await lineOf(amira, key)).toBeUndefined();
    expect((await board(amira)).hidden).toBe(0);
  });

  it('keeps what ended undone, with its reason, until it is asked anew', async () => {
    const { amira, joris, daan } = world.people;
    const parent = await preparedIncident(world, 'No sound');
    const [key = ''] = await handOver(world, parent.key, [{ team: 'Facilities', what: 'Repair the loudspeaker.' }]);
    await move(world, joris, key, 'Decline', { Reason: 'Not our service', 'Reason in words': 'It belongs to the library.' });
    await idle(world);
    expect(await lineOf(amira, key)).toMatchObject({ state: 'failed', reason: 'It belongs to the library.', mine: { asks: true } });
    await move(world, daan, parent.key, 'Solution found', { Solution: 'Other team.', 'Recovery route': 'Operate', Workaround: 'No' });
    await handOver(world, parent.key, [{ team: 'Workplace', what: 'Repair the loudspeaker.' }]);
    expect(await lineOf(amira, key)).toBeUndefined();
  });

  it('is one request to Jira and two to the records', async () => {
    await board(world.people.amira);
    const already = fresh.site.forge.invocations().length;
    await board(world.people.amira);
    const [call] = fresh.site.forge.invocations().slice(already);
    expect(call?.requests).toMatchObject({ jira: 1, sql: 2, kvs: 1 });
  });

  it.each([
    ['a place that is none', { after: 'from here' }],
    ['a place without a moment', { after: { id: 'x' } }],
  ])('says what is wrong with %s', async (_name, payload) => {
    expect(await world.people.amira.invoke('usm', 'board.handoffs', payload)).toMatchObject({ state: 'error', code: 'person.input' });
  });
});

describe('triage', () => {
  const form = async (person: Visitor): Promise<TriageForm> => {
    const answer = boardCalls['board.triage'].answer.parse(await person.invoke('usm', 'board.triage'));
    if (answer.state !== 'ok') throw new Error(`no triage: ${JSON.stringify(answer)}`);
    return answer;
  };

  it('leads to the work types of this site, in the spaces where the person may create', async () => {
    const { outcomes, spaces } = await form(world.people.sofia);
    expect(new Map(outcomes.map((one) => [one.typeName, one.typeId]))).toEqual(
      new Map(outcomes.map((one) => [one.typeName, world.workTypes.get(one.typeName)])),
    );
    expect(spaces.map((one) => one.key)).toEqual([SPACE.key]);
  });

  it('names no space to whoever may not create there', async () => {
    const { emailAddress } = await world.admin.ask<{ emailAddress: string }>('POST', '/rest/api/3/user', {
      emailAddress: 'nico@site.example',
      displayName: 'Nico Nobody',
      products: [],
    });
    expect((await form(new Visitor(world.url, emailAddress))).spaces).toEqual([]);
  });
});

describe('on a long board', () => {
  it('the oldest hundred come first, and the rest when it is asked for', async () => {
    const before = (await board(world.people.amira)).rows.length;
    const missing = 101 - before;
    for (let made = 0; made < missing; made += 5) {
      clock.advance(1_000);
      const { key } = await preparedIncident(world, `Call ${String(made)}`);
      await handOver(
        world,
        key,
        Array.from({ length: Math.min(5, missing - made) }, (_, index) => ({ team: 'Network', what: `Look at port ${String(made + index)}.` })),
      );
    }
    const first = await board(world.people.amira);
    expect(first.rows).toHaveLength(100);
    const already = fresh.site.forge.invocations().length;
    const second = await board(world.people.amira, first.after);
    expect(fresh.site.forge.invocations()[already]?.requests).toMatchObject({ jira: 1, sql: 2 });
    expect(second.after).toBeUndefined();
    expect(second.rows).toHaveLength(1);
    expect(first.rows.map((row) => row.id)).not.toContain(second.rows[0]?.id);
  }, 120_000);
});

describe('work that a person may not see', () => {
  it('is not shown to them, and its number is told', async () => {
    const { amira, karel } = world.people;
    const roles = await world.admin.ask<Record<string, string>>('GET', `/rest/api/3/project/${SPACE.key}/role`);
    const trusted = ['USM coordinator', 'USM operator', 'USM customer', 'atlassian-addons-project-access'];
    const members = trusted.map((name) => ({ type: 'projectrole', parameter: roles[name]?.split('/').at(-1) ?? name }));
    const { id: schemeId } = await world.admin.ask<{ id: string }>('POST', '/rest/api/3/issuesecurityschemes', {
      name: 'Closed circle',
      levels: [{ name: 'Those who work on it', isDefault: true, members }],
    });
    const { id: projectId } = await world.admin.ask<{ id: string }>('GET', `/rest/api/3/project/${SPACE.key}`);
    await world.admin.send('PUT', '/rest/api/3/issuesecurityschemes/project', { schemeId, projectId });
    await idle(world);

    const rest = async (person: Visitor): Promise<HandoffBoard> => {
      const first = await board(person);
      return board(person, first.after);
    };
    const seen = (await rest(karel)).rows.length;
    clock.advance(1_000);
    const { key } = await preparedIncident(world, 'Leak in the archive');
    const [child = ''] = await handOver(world, key, [{ team: 'Facilities', what: 'Close the secret door.' }]);
    expect((await rest(amira)).rows.map((row) => row.key)).toContain(child);
    const others = await rest(karel);
    expect(others.rows).toHaveLength(seen);
    expect(others.hidden).toBe(1);
    expect(JSON.stringify(others)).not.toContain('secret door');
  });
});
