/** What scenarios about agreements have in common: the parties, a service, and drafts with the times that matter, made as people make them on their pages. */
import { randomUUID } from 'node:crypto';
import type { PersonKey } from '../../sandbox/demo/world';
import type { Play } from './play';

/** Lotte keeps the agreements of the house, Sofia speaks for the customer. */
export const KEEPER: PersonKey = 'lotte';
export const CUSTOMER: PersonKey = 'sofia';

export interface Drafted {
  state: string;
  agreement: { id: string; name: string; provider: string; customer: string; owner?: string };
  version: number;
  status: string;
  rowVersion: number;
  fingerprint: string;
  terms: object;
  history: { deed: { kind: string }; by: { name: string } }[];
}

export interface Offered {
  state: string;
  key: string;
  drafted?: Drafted;
  start?: {
    name: string;
    customer?: { id: string };
    service?: { id: string };
    agreements: { id: string }[];
    drafts: { id: string; version: number }[];
  };
  owes?: { deed: string; why?: string };
}

const DAY = 86_400_000;
export const dayFrom = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

const CALENDAR = 'office-hours';
const HOUR = 60;

/** Failures of every priority, answered within an hour and ended within so many. */
const targets = (hours: number) =>
  [1, 2, 3, 4].map((rank) => ({ type: 'incident', for: rank, respond: HOUR, deliver: hours * HOUR, calendar: CALENDAR, percent: 90 }));
const AT_ONCE = { handling: [{ type: 'incident', for: 'all', respond: 0, deliver: 0 }] };
const said = (text: string) => ({ text, lines: [] });

/** All that an offer has to say, but for what lies under it. */
export const OFFER = {
  card: {
    facilityWhat: said('A place to work on every ward.'),
    facilityHow: said('It may fail rarely and briefly.'),
    supportWhat: said('Report a failure, ask for another place.'),
    supportHow: said('In office hours, in Dutch and English.'),
  },
  readiness: 'Everybody on the ward can work.',
  price: { kind: 'included' },
  supportHours: CALENDAR,
  targets: targets(4),
  own: AT_ONCE,
  validFrom: dayFrom(-1),
};

const ids = { desk: 'desk', network: 'network', customer: 'lucas', service: 'workplace' };
export const PROVIDER = ids.desk;

/** The parties and the service, once on a site. */
export async function records(play: Play): Promise<void> {
  const account = async (person: PersonKey): Promise<string> =>
    (await play.visitor(person).ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;
  const [keeper, customer] = [await account(KEEPER), await account(CUSTOMER)];
  const add = async (call: string, save: string, record: { id: string; name: string }): Promise<void> => {
    const { rows } = await play.visitor(KEEPER).invoke<{ rows: { record: { id: string } }[] }>('usm', call, {});
    if (rows.some((one) => one.record.id === record.id)) return;
    await play.calls(KEEPER, `adds ${record.name}`, save, { record, rowVersion: 0 });
  };
  const party = (id: string, name: string, kind: string, inside: boolean, representatives: string[]) =>
    add('records.parties', 'records.saveParty', { id, name, kind, inside, representatives, requesters: [] } as { id: string; name: string });
  await party(ids.desk, 'Service desk', 'team', true, [keeper]);
  await party(ids.network, 'Network', 'team', true, [keeper]);
  await party(ids.customer, 'Sint Lucas Ziekenhuis', 'customer', false, [customer]);
  await add('records.services', 'records.saveService', {
    id: ids.service,
    name: 'Workplace',
    state: 'inUse',
    owner: keeper,
    blocks: [],
    value: '',
    readiness: '',
  } as { id: string; name: string });
}

export async function write(play: Play, { agreement, version, rowVersion, terms }: Drafted, changed: object): Promise<Drafted> {
  const { id, name, provider, customer, owner } = agreement;
  const header = { name, provider, customer, owner };
  const asked = { id, version, rowVersion, header, terms: { ...terms, ...changed } };
  return play.calls(KEEPER, `writes ${id}`, 'agreements.save', asked);
}

export const accepts = (play: Play, person: PersonKey, { agreement: { id }, version, fingerprint }: Drafted): Promise<Drafted> =>
  play.calls(person, `accepts ${id} version ${String(version)}`, 'agreements.accept', { id, version, side: 'customer', fingerprint });

const does = (play: Play, { agreement: { id }, version, rowVersion }: Drafted, kind: string): Promise<Drafted> =>
  play.calls(KEEPER, `takes "${kind}" on ${id}`, 'agreements.deed', { id, version, rowVersion, deed: { kind } });

/** Offered, accepted, agreed and put in force, by the teams among themselves. */
export async function putInForce(play: Play, draft: Drafted): Promise<Drafted> {
  const yes = await accepts(play, KEEPER, await does(play, draft, 'offer'));
  return does(play, await does(play, yes, 'agree'), 'confirm');
}

/** What the network promises the desk, as a draft. */
export async function networkDraft(play: Play, hours: number): Promise<Drafted> {
  const header = { name: 'Network for the wards', provider: ids.network, customer: ids.desk };
  const asked = { request: randomUUID(), kind: 'OLA', header, timeZone: 'UTC' };
  const made = await play.calls<Drafted>(KEEPER, 'drafts what the network promises', 'agreements.new', asked);
  return write(play, made, { services: [ids.service], supportHours: CALENDAR, targets: targets(hours), own: AT_ONCE, validFrom: dayFrom(-1) });
}

export const nextOfNetwork = async (play: Play, id: string, hours: number): Promise<Drafted> => {
  const next = await play.calls<Drafted>(KEEPER, `drafts the next version of ${id}`, 'agreements.newVersion', { id });
  return write(play, next, { targets: targets(hours) });
};

export const offerOf = (play: Play, person: PersonKey, key: string): Promise<Offered> =>
  play.calls(person, `looks at the offer for ${key}`, 'wish.offer', {}, key);

/** Begun from the Wish; what it names is carried along. */
export async function draftFor(play: Play, key: string): Promise<Drafted> {
  const asked = { request: randomUUID(), drafting: { how: 'new', provider: PROVIDER } };
  const { drafted } = await play.calls<Offered>(KEEPER, `starts a draft for ${key}`, 'wish.draft', asked, key);
  if (!drafted) throw new Error(`${key} has no draft`);
  return drafted;
}
