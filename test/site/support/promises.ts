/** Agreements in force as a file brings them: parties, services, and SAs with the deeds that brought them there. */
import type { Visitor } from '../../../sandbox/demo/client';
import type { World } from '../../../sandbox/demo/world';
import type { File } from './agreed';

const cell = (text: string) => ({ text, lines: [] });
const CARD = {
  facilityWhat: cell('Staff go online.'),
  facilityHow: cell('Fast enough.'),
  supportWhat: cell('Report a failure.'),
  supportHow: cell('Day and night.'),
};

export const accountOf = async (who: Visitor): Promise<string> => (await who.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;

export interface PromiseGiven {
  id: string;
  name: string;
  customer: string;
  /** Days, both included. */
  from: string;
  until?: string;
  provider?: string;
  calendar: string;
  /** Minutes to answer and to restore or deliver; P1 to P4 alike. */
  respond?: number;
  deliver?: number;
  terms?: object;
}

/** The first calendar of the settings. */
export async function firstCalendar({ admin }: World): Promise<string> {
  const { settings } = await admin.invoke<{ settings: { calendars: { id: string }[] } }>('usm-setup', 'settings.read');
  return settings.calendars[0]?.id ?? '';
}

/** As it is when both have agreed; put in force as its first day begins. */
export function inForce(
  { id, name, customer, from, until, provider = 'desk', calendar, respond = 30, deliver = 240, terms = {} }: PromiseGiven,
  by: string,
): object {
  const start = Date.parse(`${from}T00:00Z`);
  return {
    id,
    kind: id.split('-')[0],
    name,
    provider,
    customer,
    versions: [
      {
        number: 1,
        terms: {
          services: ['wifi'],
          card: CARD,
          readiness: 'It works at every bed.',
          price: { kind: 'included' },
          timeZone: 'Etc/UTC',
          targets: [1, 2, 3, 4].map((rank) => ({ type: 'incident', for: rank, respond, deliver, calendar, percent: 95 })),
          validFrom: from,
          ...(until !== undefined && { validUntil: until }),
          ...terms,
        },
        deeds: [
          { kind: 'offer', at: start - 4_000, by },
          { kind: 'accept', at: start - 3_000, by, side: 'customer' },
          { kind: 'agree', at: start - 2_000, by },
          { kind: 'confirm', at: start, by },
        ],
      },
    ],
  };
}

/** The desk, which promises; the team beneath it; Sint Lucas with its wards, and a school. */
export async function partiesAndServices({ people }: World): Promise<File> {
  const [customer, keeper, team] = [await accountOf(people.sofia), await accountOf(people.lotte), await accountOf(people.noor)];
  return {
    parties: [
      { id: 'desk', name: 'Service desk', kind: 'team', inside: true, representatives: [keeper] },
      { id: 'network', name: 'Network', kind: 'team', inside: true, representatives: [team] },
      { id: 'lucas', name: 'Sint Lucas Ziekenhuis', kind: 'customer', inside: false, representatives: [customer] },
      { id: 'haven', name: 'Havencollege', kind: 'customer', inside: false },
    ],
    services: [
      { id: 'wifi', name: 'Ward network', state: 'inUse', owner: keeper },
      { id: 'phone', name: 'Telephony', state: 'inUse', owner: keeper },
    ],
  };
}
