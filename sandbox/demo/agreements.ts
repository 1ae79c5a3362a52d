/** What Noordhaven has agreed: the wards' network, promised to Sint Lucas, with two teams and a supplier under it. Made by the app's own calls, as its keeper. */
import { randomUUID } from 'node:crypto';
import type { Visitor } from './client';
import type { World } from './world';

const ALWAYS = {
  id: 'always',
  name: '24 × 7',
  timeZone: 'Europe/Amsterdam',
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  holidays: [],
};
const DAYTIME = {
  id: 'daytime',
  name: 'Mon to Sat 07 to 22',
  timeZone: 'Europe/Amsterdam',
  week: Array.from({ length: 7 }, (_, day) => (day < 6 ? [{ from: '07:00', to: '22:00' }] : [])),
  holidays: [],
};

interface Detail {
  state: string;
  agreement: { id: string };
  version: number;
  rowVersion: number;
  fingerprint: string;
  terms: object;
}

async function ask<T extends { state: string }>(who: Visitor, module: string, name: string, payload: object): Promise<T> {
  const answer = await who.invoke<T>(module, name, payload);
  if (answer.state !== 'ok') throw new Error(`${name} as ${who.name}: ${JSON.stringify(answer)}`);
  return answer;
}

const minutes = (text: string): number => {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
};

/** Incidents of P1 to P4: times to answer and to restore. */
const targets = (calendar: string, respond: readonly string[], deliver: readonly string[]) =>
  deliver.map((time, index) => ({
    type: 'incident',
    for: index + 1,
    respond: minutes(respond[index] ?? time),
    deliver: minutes(time),
    calendar,
    percent: index < 2 ? 95 : 90,
  }));

const lines = (...all: [label: string, value: string][]) => all.map(([label, value]) => ({ label, value }));

const CARD = {
  facilityWhat: {
    text: 'Staff and visitors go online, by cable and Wi-Fi, on every ward and in every waiting room.',
    lines: lines(['Wards and waiting rooms', '38'], ['Guest access', 'included']),
  },
  facilityHow: {
    text: 'Fast enough for images at the bed, and it may fail rarely and briefly.',
    lines: lines(['Available', '99.5 % a month'], ['Speed at the bed', '100 Mbit/s'], ['Longest outage', '4 h']),
  },
  supportWhat: {
    text: 'Report a failure, ask for guest access, add a desk, get an explanation.',
    lines: lines(['By telephone and portal', 'yes'], ['At the bed', 'P1 only']),
  },
  supportHow: {
    text: 'Day and night for wards, office hours for the rest.',
    lines: lines(['Answer, P1', '15 min'], ['Restored, P1', '4:00 h'], ['Language', 'Dutch, English']),
  },
};

const DAY = 86_400_000;
const dayFrom = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

export interface Agreed {
  /** What is promised, as a draft still, and what lies under it. */
  sa: string;
  network: string;
  buildings: string;
  noordkabel: string;
}

interface Draft {
  kind: 'SA' | 'OLA' | 'UC';
  name: string;
  provider: string;
  customer: string;
  terms: object;
}

/** An SA that its legs cannot keep by half an hour at P1, as in the pictures of the design. The legs are in force, the SA is offered and accepted. */
export async function makeAgreements(world: World): Promise<Agreed> {
  const { lotte, sofia, noor } = world.people;
  const idOf = async (who: Visitor): Promise<string> => (await who.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;
  const [keeper, customer, team] = [await idOf(lotte), await idOf(sofia), await idOf(noor)];

  const { settings, version } = await ask<{ state: string; settings: { calendars: object[] }; version: number }>(
    world.admin,
    'usm-setup',
    'settings.read',
    {},
  );
  await ask(world.admin, 'usm-setup', 'settings.write', { settings: { ...settings, calendars: [...settings.calendars, ALWAYS, DAYTIME] }, version });

  const party = (id: string, name: string, kind: string, inside: boolean, representatives: string[]) =>
    ask(lotte, 'usm', 'records.saveParty', { record: { id, name, kind, inside, representatives, requesters: [] }, rowVersion: 0 });
  await party('desk', 'Service desk', 'team', true, [keeper]);
  await party('network', 'Network', 'team', true, [team]);
  await party('buildings', 'Buildings', 'team', true, [team]);
  await party('noordkabel', 'Noordkabel', 'supplier', false, []);
  await party('lucas', 'Sint Lucas Ziekenhuis', 'customer', false, [customer]);
  await ask(lotte, 'usm', 'records.saveService', {
    record: { id: 'wifi', name: 'Ward network', state: 'inUse', owner: keeper, blocks: [], value: '', readiness: '' },
    rowVersion: 0,
  });

  const drafted = async ({ kind, name, provider, customer: taker, terms }: Draft): Promise<Detail> => {
    const header = { name, provider, customer: taker, owner: keeper };
    const made = await ask<Detail>(lotte, 'usm', 'agreements.new', { request: randomUUID(), kind, header, timeZone: 'Europe/Amsterdam' });
    return ask<Detail>(lotte, 'usm', 'agreements.save', {
      id: made.agreement.id,
      version: made.version,
      rowVersion: made.rowVersion,
      header,
      terms: { ...made.terms, services: ['wifi'], validFrom: dayFrom(-30), validUntil: dayFrom(395), ...terms },
    });
  };
  const deed = (seen: Detail, kind: string) =>
    ask<Detail>(lotte, 'usm', 'agreements.deed', { id: seen.agreement.id, version: seen.version, rowVersion: seen.rowVersion, deed: { kind } });
  const accepted = (seen: Detail, who: Visitor) =>
    ask<Detail>(who, 'usm', 'agreements.accept', {
      id: seen.agreement.id,
      version: seen.version,
      side: 'customer',
      fingerprint: seen.fingerprint,
    });
  const inForce = async (draft: Draft, who: Visitor): Promise<string> => {
    const yes = await accepted(await deed(await drafted(draft), 'offer'), who);
    return (await deed(await deed(yes, 'agree'), 'confirm')).agreement.id;
  };

  const network = await inForce(
    {
      kind: 'OLA',
      name: 'Network: switches and Wi-Fi',
      provider: 'network',
      customer: 'desk',
      terms: {
        targets: targets('always', ['0:10', '0:30', '2:00', '4:00'], ['1:00', '2:00', '4:00', '8:00']),
        supportHours: 'always',
        availability: { percent: 99.9, window: 'month' },
        own: { handling: [{ type: 'incident', for: 'all', respond: 0, deliver: 0 }] },
      },
    },
    lotte,
  );
  const noordkabel = await inForce(
    {
      kind: 'UC',
      name: 'Internet line, three sites',
      provider: 'noordkabel',
      customer: 'network',
      terms: {
        targets: targets('always', ['0:15', '0:30', '2:00', '4:00'], ['3:00', '4:00', '8:00', '16:00']),
        supportHours: 'always',
        availability: { percent: 99.7, window: 'month' },
        own: { handling: [{ type: 'incident', for: 'all', respond: 0, deliver: 0 }] },
      },
    },
    noor,
  );
  const buildings = await inForce(
    {
      kind: 'OLA',
      name: 'Buildings: power and access',
      provider: 'buildings',
      customer: 'desk',
      terms: {
        targets: targets('always', ['0:15', '0:30', '2:00', '4:00'], ['2:00', '4:00', '8:00', '16:00']),
        supportHours: 'daytime',
        availability: { percent: 99.95, window: 'month' },
        own: { handling: [{ type: 'incident', for: 'all', respond: 0, deliver: 0 }] },
      },
    },
    lotte,
  );
  const promise = await drafted({
    kind: 'SA',
    name: 'Internet and Wi-Fi on the wards',
    provider: 'desk',
    customer: 'lucas',
    terms: {
      card: CARD,
      readiness: 'Every bed has a connection.',
      price: { kind: 'amount', amount: 6_200, currency: 'EUR', unit: 'the service', per: 'month' },
      targets: targets('always', ['0:15', '1:00', '4:00', '8:00'], ['4:00', '8:00', '16:00', '40:00']),
      supportHours: 'always',
      availability: { percent: 99.5, window: 'month' },
      own: {
        handling: [
          { type: 'incident', for: 'all', respond: 5, deliver: 30 },
          { type: 'incident', for: 3, respond: 5, deliver: 60 },
          { type: 'incident', for: 4, respond: 5, deliver: 120 },
        ],
      },
      duties: [
        'Names one person per ward who may ask and confirm',
        'Gives access to the rooms within 30 minutes at P1',
        'Tells us four weeks before a ward moves',
      ],
      exclusions: ['Equipment brought by visitors', 'Medical devices with their own network'],
      under: { side: [{ row: [{ leg: network }, { leg: noordkabel }] }, { leg: buildings }] },
      noticeMonths: 3,
      reviewOn: dayFrom(60),
      reviewMonths: 12,
      renewal: { kind: 'byAgreement' },
      reporting: 'month',
    },
  });
  const offered = await accepted(await deed(promise, 'offer'), sofia);
  return { sa: offered.agreement.id, network, buildings, noordkabel };
}
