/** A floor of a hospital behind one core switch: what hangs on it, what is promised, and work that is planned there. Made by the app's own calls, as its keeper. */
import { randomUUID } from 'node:crypto';
import { create, fillIn, idle } from './acts';
import { type AgreementsFile, bringIn } from './coverage';
import type { World } from './world';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const day = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

interface Thing {
  key: string;
  class: string;
  name: string;
  location: string;
}
type Tie = readonly [from: string, kind: string, to: string, group?: string, need?: number];

const WARDS = 'Wards 3A to 3C';
const many = (count: number, prefix: string, of: string, name: string, location: string): Thing[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `${prefix}-${String(index + 1).padStart(2, '0')}`,
    class: of,
    name: `${name} ${String(index + 1)}`,
    location,
  }));

export const CORE = 'NET-0413';
const GATEWAY = 'HW-20417';
const POINTS = many(12, 'AP-3', 'network', 'Access point', WARDS);
const TERMINALS = many(9, 'BT-3', 'tool', 'Bed terminal', WARDS);
const TROLLEYS = many(6, 'MT-3', 'hardware', 'Medication trolley', 'Ward 3B');
const COMPUTERS = many(10, 'PC-3', 'hardware', 'Computer', WARDS);
const BUTTONS = many(14, 'CB-3', 'facility', 'Call button', WARDS);
const THINGS: readonly Thing[] = [
  { key: CORE, class: 'network', name: 'Core switch 3N', location: '3N' },
  { key: 'NET-0414', class: 'network', name: 'Core switch 3S', location: '3S' },
  { key: GATEWAY, class: 'hardware', name: 'Nurse call gateway 3', location: '3N' },
  { key: 'SW-0077', class: 'software', name: 'Ward system', location: 'Data room' },
  ...POINTS,
  ...TERMINALS,
  ...TROLLEYS,
  ...COMPUTERS,
  ...BUTTONS,
];

/** Half of the access points have a second uplink; a trolley needs two of its three. */
const TIES: readonly Tie[] = [
  [GATEWAY, 'dependsOn', CORE],
  ...POINTS.flatMap(({ key }, index): Tie[] =>
    index % 2 === 0
      ? [[key, 'dependsOn', CORE]]
      : [
          [key, 'dependsOn', CORE, 'uplink', 1],
          [key, 'dependsOn', 'NET-0414', 'uplink', 1],
        ],
  ),
  ...POINTS.map(({ key }): Tie => [key, 'supports', 'wifi']),
  ...TERMINALS.map(({ key }, index): Tie => [key, 'dependsOn', POINTS[(2 * index) % 12]?.key ?? '']),
  ...TROLLEYS.flatMap(({ key }, index): Tie[] => [0, 1, 3].map((more): Tie => [key, 'dependsOn', POINTS[(index + more) % 12]?.key ?? '', 'air', 2])),
  ...COMPUTERS.map(({ key }): Tie => [key, 'dependsOn', CORE]),
  ...COMPUTERS.map(({ key }): Tie => ['SW-0077', 'dependsOn', key, 'desks', 4]),
  ['SW-0077', 'dependsOn', CORE],
  ['SW-0077', 'supports', 'workplace'],
  ...TERMINALS.map(({ key }): Tie => [key, 'supports', 'workplace']),
  ...BUTTONS.flatMap(({ key }): Tie[] => [
    [key, 'dependsOn', GATEWAY],
    [key, 'supports', 'nursecall'],
  ]),
  ...TROLLEYS.map(({ key }): Tie => [key, 'usedBy', 'outpatients']),
];

function promises(keeper: string, nurse: string, calendar: string): AgreementsFile {
  const at = Date.now() - 100 * DAY;
  const deeds = [{ kind: 'offer' }, { kind: 'accept', side: 'customer' }, { kind: 'agree' }, { kind: 'confirm' }].map((one) => ({
    ...one,
    at,
    by: keeper,
  }));
  const party = (id: string, name: string, kind: string, representatives: string[], requesters: string[] = []) => ({
    id,
    name,
    kind,
    inside: kind === 'team',
    representatives,
    requesters,
  });
  const service = (id: string, name: string) => ({ id, name, state: 'inUse', owner: keeper, value: '', readiness: '' });
  const agreement = (id: string, name: string, of: string, hours: number, customer: string) => ({
    id,
    kind: 'SA',
    name,
    provider: 'desk',
    customer,
    owner: keeper,
    versions: [
      {
        number: 1,
        deeds,
        terms: {
          services: [of],
          timeZone: 'Europe/Amsterdam',
          supportHours: calendar,
          card: Object.fromEntries(
            ['facilityWhat', 'facilityHow', 'supportWhat', 'supportHow'].map((cell) => [cell, { text: `${name}, as people use it.`, lines: [] }]),
          ),
          readiness: 'It is there and works.',
          price: { kind: 'included' },
          targets: [1, 2, 3, 4].map((rank) => ({ type: 'incident', for: rank, respond: 15, deliver: hours * 60 * rank, calendar, percent: 95 })),
          own: { handling: [{ type: 'incident', for: 'all', respond: 5, deliver: 50 }] },
          validFrom: day(-200),
          validUntil: day(400),
        },
      },
    ],
  });
  return {
    parties: [
      party('desk', 'Service desk', 'team', [keeper]),
      party('wards', 'Wards', 'customer', [nurse], [keeper]),
      party('outpatients', 'Outpatients', 'customer', []),
    ],
    services: [service('wifi', 'Internet and Wi-Fi'), service('workplace', 'Ward workplace'), service('nursecall', 'Nurse call')],
    blocks: [],
    agreements: [
      agreement('SA-012', 'Nurse call', 'nursecall', 1, 'wards'),
      agreement('SA-014', 'Internet and Wi-Fi', 'wifi', 4, 'wards'),
      agreement('SA-009', 'Ward workplace', 'workplace', 4, 'wards'),
    ],
  };
}

export async function makeFloor(world: World): Promise<void> {
  const { lotte, sofia, bram, joris } = world.people;
  const ask = async (name: string, payload: object): Promise<void> => {
    const answer = await lotte.invoke<{ state: string }>('usm', name, payload);
    if (answer.state !== 'ok') throw new Error(`${name}: ${JSON.stringify(answer)}`);
  };
  const [keeper, nurse] = await Promise.all(
    [lotte, sofia].map(async (one) => (await one.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId),
  );
  const { settings } = await world.admin.invoke<{ settings: { calendars: { id: string }[] } }>('usm-setup', 'settings.read');
  await bringIn(lotte, promises(keeper ?? '', nurse ?? '', settings.calendars[0]?.id ?? ''));
  for (const item of THINGS) await ask('register.new', { request: randomUUID(), item: { life: 'inUse', attributes: {}, ...item } });
  for (const { key } of THINGS) {
    const add = TIES.filter(([from]) => from === key).map(([from, kind, to, group, need]) => ({
      from,
      kind,
      to,
      ...(group !== undefined && { group }),
      ...(need !== undefined && { need }),
    }));
    if (add.length > 0) await ask('register.relate', { key, add });
  }
  const start = Math.ceil((Date.now() + 5 * DAY) / HOUR) * HOUR;
  for (const [summary, key, from, hours] of [
    ['Replace power module', CORE, start, 1],
    ['Ward system 11.5', 'SW-0077', start - HOUR, 1.5],
  ] as const) {
    const call = { Customer: 'Sint Lucas Ziekenhuis', Service: 'Workplace', Category: ['Workplace', 'printing'], Impact: 'Low', Urgency: 'Medium' };
    const made = await create(world, bram, 'Request for Change', summary, { ...call, 'Items to change': [key] });
    await fillIn(world, joris, made.key, { 'Window start': new Date(from), 'Window end': new Date(from + hours * HOUR) });
  }
  await idle(world);
}
