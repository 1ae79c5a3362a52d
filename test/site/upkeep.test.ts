/** Nothing lapses in silence: reviews, notices and last days of agreements become Wishes of the service manager, each once, whoever dies meanwhile. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AdvancingClock, ManualClock } from '../../sandbox/clock';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { agreementCalls, type AgreementDetail } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';
import { agreeable, bringIn, inForceSince } from './support/agreed';
import { accountOf, firstCalendar } from './support/promises';

const DAY = 86_400_000;
/** Leaps over days: what would have fallen due in between happens once. */
const clock = new AdvancingClock(new ManualClock(new Date('2026-11-20T08:15:00Z')));
let fresh: FreshSite;
let world: World;
let lotte = '';

const sa = (id: string, terms: object) => ({
  id,
  kind: 'SA',
  name: `Network ${id}`,
  provider: 'desk',
  customer: 'lucas',
  owner: lotte,
  versions: [{ number: 1, terms, deeds: inForceSince(Date.parse('2026-03-02T09:00:00Z'), lotte) }],
});

beforeAll(async () => {
  fresh = await freshSite({ clock, limitRates: false });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  lotte = await accountOf(world.people.lotte);
  const calendar = await firstCalendar(world);
  const terms = (service: string, more: object) => agreeable(calendar, { services: [service], validFrom: '2026-03-01', ...more });
  await bringIn(world, {
    parties: [
      { id: 'desk', name: 'Service desk', kind: 'team', inside: true, representatives: [], requesters: [] },
      { id: 'lucas', name: 'Sint Lucas Ziekenhuis', kind: 'customer', inside: false, representatives: [lotte], requesters: [] },
    ],
    services: ['wifi', 'phone', 'print', 'mail'].map((id) => ({ id, name: id === 'wifi' ? 'Ward network' : id, state: 'inUse' })),
    agreements: [
      // Ends in 72 days: told at once. Reviewed in 61 days: told in 31.
      sa('SA-1', terms('wifi', { validUntil: '2027-01-31', reviewOn: '2027-01-20' })),
      // Goes on by itself unless notice is given until 31 December: told in 11 days.
      sa('SA-2', terms('phone', { validUntil: '2027-03-31', noticeMonths: 3, renewal: { kind: 'silent', months: 12 } })),
      // Reviewed in 72 days, if nobody does before: told in 42.
      sa('SA-3', terms('print', { validUntil: '2029-12-31', reviewOn: '2027-01-31' })),
    ],
  });
  // A function's clock runs on while the site's stands still; whoever looks next looks later than that.
  clock.advance(2_000);
});
afterAll(() => fresh.stop());

interface Found {
  key: string;
  fields: { summary: string; assignee: { displayName: string } | null; status: { name: string }; issuetype: { name: string } };
}

const schedule = (): Promise<unknown> => world.admin.ask('POST', '/_sandbox/schedule');
async function wishes(): Promise<Found[]> {
  const body = { jql: 'issuetype = Wish ORDER BY created ASC', fields: ['summary', 'assignee', 'status', 'issuetype'] };
  return (await world.admin.ask<{ issues: Found[] }>('POST', '/rest/api/3/search/jql', body)).issues;
}
async function dueOf(id: string): Promise<AgreementDetail['dates']['due']> {
  const answer = agreementCalls['agreements.get'].answer.parse(await world.people.lotte.invoke('usm', 'agreements.get', { id }));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.dates.due;
}

it('an agreement that ends becomes a Wish of its service manager, once, in time, and its page names it', async () => {
  await schedule();
  const [first, ...others] = await wishes();
  expect(others).toEqual([]);
  expect(first?.fields.summary).toBe('SA-1, Network SA-1, with Sint Lucas Ziekenhuis ends on 31 January 2027: decide what follows');
  expect(first?.fields.assignee?.displayName).toBe('Lotte Smit');
  expect(await dueOf('SA-1')).toEqual([
    { kind: 'review', on: '2027-01-20', overdue: false },
    { kind: 'expiry', on: '2027-01-31', overdue: false, item: first?.key },
  ]);
  await schedule();
  await schedule();
  expect(await wishes()).toHaveLength(1);
});

it('the last day for notice and a review come when their time has come', async () => {
  clock.advance(12 * DAY);
  await schedule();
  expect((await wishes()).map(({ fields }) => fields.summary).slice(1)).toEqual([
    'Decide by 31 December 2026 whether SA-2, Network SA-2, with Sint Lucas Ziekenhuis goes on',
  ]);
  clock.advance(20 * DAY);
  await schedule();
  expect((await wishes()).map(({ fields }) => fields.summary).slice(2)).toEqual([
    'Review SA-1, Network SA-1, with Sint Lucas Ziekenhuis by 20 January 2027',
  ]);
});

/** What the service manager does with the first version of an agreement. */
async function act(id: string, deed: object): Promise<void> {
  const { lotte: keeper } = world.people;
  const seen = agreementCalls['agreements.get'].answer.parse(await keeper.invoke('usm', 'agreements.get', { id }));
  if (seen.state !== 'ok') throw new Error(JSON.stringify(seen));
  expect(await keeper.invoke('usm', 'agreements.deed', { id, version: 1, rowVersion: seen.rowVersion, deed })).toMatchObject({ state: 'ok' });
}

it('what was seen to before its time becomes no work, and what follows from it does', async () => {
  const before = (await wishes()).length;
  await act('SA-3', { kind: 'review' });
  await act('SA-3', { kind: 'reviewed', next: '2029-06-01' });
  // It does not go on any more, so its last day is what somebody has to see to.
  await act('SA-2', { kind: 'notice', side: 'customer' });
  clock.advance(10 * DAY);
  await schedule();
  const fresher = (await wishes()).slice(before).map(({ fields }) => fields.summary);
  expect(fresher).toEqual(['SA-2, Network SA-2, with Sint Lucas Ziekenhuis ends on 31 March 2027: decide what follows']);
  expect((await dueOf('SA-3')).length).toBe(0);
});

it('whoever dies after Jira made it, or hears nothing of it, leaves one Wish', async () => {
  const before = (await wishes()).length;
  // A year on the next review of SA-1 would be late; a new agreement ends within its 90 days.
  await bringIn(world, {
    agreements: [sa('SA-4', agreeable(await firstCalendar(world), { services: ['mail'], validFrom: '2026-03-01', validUntil: '2027-02-10' }))],
  });
  clock.advance(2_000);
  fresh.site.faults.set({ rules: [{ match: { method: 'POST', path: '^/rest/api/3/issue$' }, answer: { lostAfter: true } }] });
  await schedule();
  await schedule();
  // While it is not known whether it was made, nobody makes it again.
  clock.advance(11 * 60_000);
  await schedule();
  await schedule();
  const fresher = (await wishes()).slice(before).map(({ fields }) => fields.summary);
  expect(fresher).toEqual(['SA-4, Network SA-4, with Sint Lucas Ziekenhuis ends on 10 February 2027: decide what follows']);
  expect((await dueOf('SA-4'))[0]?.item).toBeDefined();
});
