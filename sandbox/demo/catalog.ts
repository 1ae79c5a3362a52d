/** What Sint Lucas can ask for: workplaces, agreed and in force, with the items of the pictures. Made by the app's own calls, as its keeper. */
import { randomUUID } from 'node:crypto';
import type { Visitor } from './client';
import type { World } from './world';

interface Detail {
  state: string;
  agreement: { id: string };
  version: number;
  rowVersion: number;
  fingerprint: string;
  terms: object;
}

async function ask<T extends { state: string }>(who: Visitor, name: string, payload: object): Promise<T> {
  const answer = await who.invoke<T>('usm', name, payload);
  if (answer.state !== 'ok') throw new Error(`${name} as ${who.name}: ${JSON.stringify(answer)}`);
  return answer;
}

const lines = (...all: [label: string, value: string][]) => all.map(([label, value]) => ({ label, value }));

const CARD = {
  facilityWhat: { text: 'A desk, a computer, two screens and a telephone', lines: lines(['Also', 'ward systems and your own files']) },
  facilityHow: { text: 'Ready on the day you choose', lines: lines(['Starts', 'within a minute'], ['Cleanable', 'for use near patients']) },
  supportWhat: { text: 'Report a failure, ask, or change something', lines: lines(['How', 'by telephone, portal, or at the ward']) },
  supportHow: { text: 'Day and night', lines: lines(['Answer', 'within 15 minutes when care stops']) },
};

/** As the people who ask name them. */
export const ITEMS = [
  {
    id: 'ward-workplace',
    title: 'A ward workplace',
    what: 'A desk, a computer and access to the ward systems, ready to use. We set it up, test it with you and keep it working.',
    type: 'serviceRequest',
    approver: { kind: 'representative', role: 'ward manager' },
    delivery: { kind: 'days', days: 5 },
    price: { kind: 'amount', amount: 84, currency: 'EUR', unit: 'each workplace', per: 'month' },
    fields: [
      { label: 'How many workplaces', kind: 'number', required: true },
      { label: 'Where', kind: 'text', required: true },
    ],
    conditions: ['The room has a free network point.'],
    automatic: true,
  },
  {
    id: 'guest-wifi',
    title: 'Guest Wi-Fi for visitors',
    what: 'Visitors go online with a code that lasts one day.',
    alsoCalled: ['internet', 'code'],
    type: 'serviceRequest',
    delivery: { kind: 'hours', hours: 0 },
    automatic: true,
  },
  {
    id: 'new-password',
    title: 'New password',
    what: 'Get back in, day and night.',
    alsoCalled: ['reset', 'forgotten'],
    type: 'serviceRequest',
    delivery: { kind: 'hours', hours: 0.25 },
    fields: [{ label: 'For which system', kind: 'choice', required: true, choices: ['Ward systems', 'Mail'] }],
    automatic: true,
  },
  {
    id: 'network-point',
    title: 'Network point at a desk',
    what: 'One more socket that is tested and labelled.',
    type: 'rfc',
    delivery: { kind: 'days', days: 5 },
    fields: [{ label: 'Where', kind: 'text', required: true }],
    plan: 'Pull a cable from the cabinet, fit the socket.',
    tests: 'The socket answers.\nThe label is right.',
    deployment: 'On the day that was chosen, with the ward informed.',
    backOut: 'Take the cable out.',
    adds: ['POINT-NEW'],
  },
] as const;

/** Answers the id of the agreement that lists them. */
export async function makeCatalog(world: World): Promise<string> {
  const { lotte, sofia, bram } = world.people;
  const idOf = async (who: Visitor): Promise<string> => (await who.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;
  const [keeper, customer, requester] = [await idOf(lotte), await idOf(sofia), await idOf(bram)];
  const party = (record: object) => ask(lotte, 'records.saveParty', { record: { representatives: [], requesters: [], ...record }, rowVersion: 0 });
  await party({ id: 'workplace-team', name: 'Workplace', kind: 'team', inside: true, representatives: [keeper] });
  await party({ id: 'ward-3b', name: 'Ward 3B', kind: 'customer', inside: false, representatives: [customer], requesters: [requester] });
  await ask(lotte, 'records.saveService', {
    record: { id: 'workplace', name: 'Workplace', state: 'inUse', owner: keeper, blocks: [], value: '', readiness: '' },
    rowVersion: 0,
  });
  for (const item of ITEMS) {
    const kept = await ask<{ state: string; rowVersion: number }>(lotte, 'catalog.save', {
      item: {
        service: 'workplace',
        category: { parent: 'Workplace', child: 'device' },
        rating: { impact: 'Low', urgency: 'Medium' },
        team: 'Workplace',
        ...item,
      },
      rowVersion: 0,
    });
    await ask(lotte, 'catalog.deed', { id: item.id, rowVersion: kept.rowVersion, kind: 'approve' });
  }
  const header = { name: 'Workplaces on the wards', provider: 'workplace-team', customer: 'ward-3b', owner: keeper };
  const made = await ask<Detail>(lotte, 'agreements.new', { request: randomUUID(), kind: 'SA', header, timeZone: 'Europe/Amsterdam' });
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const draft = await ask<Detail>(lotte, 'agreements.save', {
    id: made.agreement.id,
    version: made.version,
    rowVersion: made.rowVersion,
    header,
    terms: {
      ...made.terms,
      services: ['workplace'],
      card: CARD,
      readiness: 'It starts within a minute.',
      price: { kind: 'included' },
      targets: [1, 2, 3, 4].map((rank) => ({ type: 'incident', for: rank, respond: 60, deliver: 480 * rank, calendar: 'office-hours', percent: 95 })),
      own: { handling: [{ type: 'incident', for: 'all', respond: 5, deliver: 30 }] },
      supportHours: 'office-hours',
      standards: ITEMS.map(({ id }) => id),
      validFrom: day(-30),
      validUntil: day(365),
    },
  });
  const deed = (seen: Detail, kind: string) =>
    ask<Detail>(lotte, 'agreements.deed', { id: seen.agreement.id, version: seen.version, rowVersion: seen.rowVersion, deed: { kind } });
  const offered = await deed(draft, 'offer');
  const accepted = await ask<Detail>(sofia, 'agreements.accept', {
    id: offered.agreement.id,
    version: offered.version,
    side: 'customer',
    fingerprint: offered.fingerprint,
  });
  return (await deed(await deed(accepted, 'agree'), 'confirm')).agreement.id;
}
