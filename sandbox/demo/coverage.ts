/** A town's worth of services and customers, as a file of agreements, and how a keeper brings such a file in: by the app's own calls. */
import { randomUUID } from 'node:crypto';
import type { Visitor } from './client';

const PARTS = ['parties', 'services', 'blocks', 'agreements'] as const;
type Part = (typeof PARTS)[number];
export type AgreementsFile = Record<Part, object[]>;

const TRADES = {
  IT: ['Workplace', 'Internet and Wi-Fi', 'Print and scan', 'Telephony'],
  Buildings: ['Rooms', 'Access and keys', 'Meeting rooms'],
  HR: ['HR questions', 'Contracts and pay'],
} as const;
const CUSTOMERS = {
  'Stadshuis Noordhaven': ['Public desk', 'Town works', 'Library'],
  'Sint Lucas': ['Wards', 'Outpatients', 'Laboratory'],
  'Scholengroep De Brug': ['Primary', 'Secondary'],
} as const;

const idOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
const DAY = 86_400_000;
const dayFrom = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** Hours of the settings are named by `calendar`. */
function terms(service: string, calendar: string, deliver: number, until: number, under?: object) {
  return {
    services: [idOf(service)],
    timeZone: 'Europe/Amsterdam',
    supportHours: calendar,
    card: Object.fromEntries(
      ['facilityWhat', 'facilityHow', 'supportWhat', 'supportHow'].map((cell) => [cell, { text: `${service}, as people use it.`, lines: [] }]),
    ),
    readiness: 'It is there and works.',
    price: { kind: 'included' },
    targets: [{ type: 'incident', for: 'all', respond: 30, deliver, calendar, percent: 95 }],
    own: { handling: [{ type: 'incident', for: 'all', respond: 10, deliver: 30 }] },
    validFrom: dayFrom(-200),
    validUntil: dayFrom(until),
    ...(under && { under }),
  };
}

/** Most of it holds; one promise is too short for what lies under it, one lapses soon, one has expired, one service has nobody. */
export function coverageFile(keeper: string, calendar: string): AgreementsFile {
  const deed = (kind: string, more: object = {}) => ({ kind, at: Date.now() - 190 * DAY, by: keeper, ...more });
  const deeds = [deed('offer'), deed('accept', { side: 'customer' }), deed('agree'), deed('confirm')];
  const party = (name: string, kind: string, more: object = {}) => ({
    id: idOf(name),
    name,
    kind,
    inside: kind === 'team',
    representatives: [keeper],
    requesters: [],
    ...more,
  });
  const service = (name: string, more: object = {}) => ({ id: idOf(name), name, state: 'inUse', owner: keeper, value: '', readiness: '', ...more });
  const parties = [
    party('Desk of the town', 'team'),
    party('Cable works', 'supplier', { inside: false }),
    ...Object.entries(CUSTOMERS).flatMap(([whole, units]) => [
      party(whole, 'customer'),
      ...units.map((unit) => party(`${whole} ${unit}`, 'customer', { name: unit, parent: idOf(whole) })),
    ]),
  ];
  const services = Object.entries(TRADES).flatMap(([trade, names]) => [
    service(trade, { state: 'inUse' }),
    ...names.map((name) => service(name, { parent: idOf(trade), ...(name === 'Meeting rooms' && { owner: undefined }) })),
  ]);
  const cable = {
    id: 'UC-901',
    kind: 'UC',
    name: 'Cable works: the line',
    provider: idOf('Cable works'),
    customer: idOf('Desk of the town'),
    owner: keeper,
    versions: [{ number: 1, terms: terms('Internet and Wi-Fi', calendar, 240, 400), deeds }],
  };
  let number = 900;
  const promise = (name: string, customer: string, deliver = 480, until = 400, under?: object) => {
    number += 1;
    return {
      id: `SA-${String(number)}`,
      kind: 'SA',
      name: `${name} for ${customer}`,
      provider: idOf('Desk of the town'),
      customer: idOf(customer),
      owner: keeper,
      versions: [{ number: 1, terms: terms(name, calendar, deliver, until, under), deeds }],
    };
  };
  const line = { leg: 'UC-901' };
  const promises = Object.keys(CUSTOMERS).flatMap((customer) => [
    promise('Workplace', customer),
    promise('Internet and Wi-Fi', customer, customer === 'Sint Lucas' ? 200 : 480, 400, line),
    promise('Print and scan', customer, 480, customer === 'Stadshuis Noordhaven' ? 24 : 400),
    promise('Rooms', customer),
    ...(customer === 'Sint Lucas' ? [] : [promise('Access and keys', customer)]),
    promise('HR questions', customer, customer === 'Scholengroep De Brug' ? 31 : 480),
  ]);
  return { parties, services, blocks: [], agreements: [cable, ...promises] };
}

interface Answer {
  state: string;
  wrong?: object[];
}

const A_PORTION = 200;

/** Takes it in, has it looked at, writes it; each step until it is through. */
export async function bringIn(keeper: Visitor, file: AgreementsFile): Promise<void> {
  const run = randomUUID();
  const ask = async (payload: object, good: readonly string[]): Promise<Answer> => {
    const answer = await keeper.invoke<Answer>('usm', 'agreements.import', { run, ...payload });
    if (!good.includes(answer.state) || (answer.wrong?.length ?? 0) > 0) throw new Error(JSON.stringify(answer).slice(0, 2_000));
    return answer;
  };
  for (const part of PARTS)
    for (let from = 0; from < file[part].length; from += A_PORTION)
      await ask({ step: 'take', part, from, rows: file[part].slice(from, from + A_PORTION) }, ['taken']);
  for (const [step, end] of [
    ['check', 'checked'],
    ['write', 'done'],
  ] as const)
    for (let asked = 0; asked < 1_000; asked += 1) if ((await ask({ step }, ['running', end])).state === end) break;
}
