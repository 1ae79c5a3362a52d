/** What Noordhaven keeps in hand to deliver what it agreed: the wards' network and what it stands on. Made by the app's own calls, as its keeper. */
import { randomUUID } from 'node:crypto';
import { create, fillIn, idle, move } from './acts';
import { makeCatalog } from './catalog';
import type { World } from './world';

const IN_A_WEEK = 7 * 86_400_000;
const AN_HOUR = 3_600_000;

interface Registered {
  key: string;
  class: string;
  name: string;
  life?: string;
  keeper?: string;
  location?: string;
  criticality?: string;
  supplier?: string;
  attributes?: Record<string, string>;
}

const NETWORK = { class: 'network', keeper: 'network' };
const ITEMS: readonly Registered[] = [
  { key: 'LOC-0028', class: 'location', name: 'Room 3.002', keeper: 'buildings' },
  { key: 'LOC-0031', class: 'location', name: 'Ward 3B', keeper: 'buildings' },
  {
    ...NETWORK,
    key: 'NET-0413',
    name: 'Core switch, 3rd floor north',
    location: 'Room 3.002',
    criticality: 'high',
    attributes: { model: 'Norrax 4848-P', firmware: '8.1.9', uplink: '10 Gbit/s, two paths', powerFeed: 'A' },
  },
  {
    ...NETWORK,
    key: 'NET-0414',
    name: 'Core switch, 3rd floor south',
    location: 'Room 3.118',
    criticality: 'high',
    attributes: { model: 'Norrax 4848-P' },
  },
  { ...NETWORK, key: 'NET-0587', name: 'Access point 3B-07', location: 'Ward 3B', criticality: 'medium' },
  { ...NETWORK, key: 'NET-0588', name: 'Access point 3B-08', location: 'Ward 3B', criticality: 'medium', life: 'suspended' },
  { ...NETWORK, key: 'NET-0589', name: 'Access point 3B-09', location: 'Ward 3B', life: 'planned' },
  { ...NETWORK, key: 'NET-1190', name: 'Internet line, hospital', location: 'Basement', criticality: 'high', supplier: 'noordkabel' },
  { key: 'HW-20101', class: 'hardware', name: 'Power feed A, 3rd floor', keeper: 'buildings', location: 'Room 3.002' },
  { key: 'HW-20102', class: 'hardware', name: 'Power feed B, 3rd floor', keeper: 'buildings', location: 'Room 3.004' },
  { key: 'HW-20417', class: 'hardware', name: 'Nurse call gateway 3', keeper: 'buildings', location: 'Room 3.004', criticality: 'high' },
  { key: 'HW-33105', class: 'hardware', name: 'Printer, ward 3B', keeper: 'desk', location: 'Ward 3B', criticality: 'low' },
  { key: 'HW-41822', class: 'hardware', name: 'Computer, room 3.214', keeper: 'desk', location: 'Store', life: 'inPreparation' },
  { key: 'ORG-0012', class: 'party', name: 'Noordkabel', keeper: 'network' },
  { key: 'DOC-0140', class: 'document', name: 'Evacuation plan, 3rd floor', keeper: 'buildings', location: '3rd floor' },
  { key: 'SW-0077', class: 'software', name: 'Ward system', keeper: 'desk', location: 'Data room', attributes: { softwareVersion: '12.4' } },
];

const FEEDS = { group: 'Power', need: 1 };
const RELATIONS = [
  { from: 'NET-0413', kind: 'dependsOn', to: 'NET-1190' },
  { from: 'NET-0413', kind: 'dependsOn', to: 'HW-20101', ...FEEDS },
  { from: 'NET-0413', kind: 'dependsOn', to: 'HW-20102', ...FEEDS },
  { from: 'NET-0413', kind: 'locatedAt', to: 'LOC-0028' },
  { from: 'NET-0413', kind: 'supports', to: 'wifi' },
  { from: 'NET-0587', kind: 'dependsOn', to: 'NET-0413' },
  { from: 'NET-0588', kind: 'dependsOn', to: 'NET-0413' },
  { from: 'NET-0589', kind: 'dependsOn', to: 'NET-0414' },
  { from: 'HW-20417', kind: 'dependsOn', to: 'NET-0413' },
  { from: 'SW-0077', kind: 'dependsOn', to: 'NET-0413' },
];
const LOOKED_AT = ['NET-0413', 'NET-0414', 'NET-0587', 'LOC-0028', 'LOC-0031', 'ORG-0012', 'SW-0077', 'HW-20101'];

interface Detail {
  state: string;
  item: object & { attributes: Record<string, string> };
  version: number;
}
interface Classes {
  state: string;
  classes: { key: string; managed: string[] }[];
  version: number;
}

/** Of the site on which `makeAgreements` has been; it makes the catalog too. Answers the change that is running. */
export async function makeRegister(world: World): Promise<string> {
  const { lotte, sofia, bram, amira, joris } = world.people;
  const ask = async <T extends { state: string }>(name: string, payload: object): Promise<T> => {
    const answer = await lotte.invoke<T>('usm', name, payload);
    if (answer.state !== 'ok') throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const { classes, version } = await ask<Classes>('register.classes', {});
  await ask('register.saveClasses', {
    classes: classes.map((one) =>
      one.key === 'network' ? { ...one, managed: one.managed.filter((key) => key !== 'uplink' && key !== 'serialNumber') } : one,
    ),
    version,
  });
  for (const item of ITEMS) await ask('register.new', { request: randomUUID(), item: { life: 'inUse', attributes: {}, ...item } });
  for (const relation of RELATIONS) await ask('register.relate', { key: relation.from, add: [relation] });
  await ask('register.verify', { request: randomUUID(), keys: LOOKED_AT, how: 'onSite' });

  const switched = await ask<Detail>('register.get', { key: 'NET-0413' });
  await ask('register.save', {
    item: { ...switched.item, attributes: { ...switched.item.attributes, powerFeed: 'A and B' } },
    version: switched.version,
    why: 'The feed had to be moved at night.',
  });

  const call = { Customer: 'Sint Lucas Ziekenhuis', Service: 'Ward network', Category: ['Network', 'slow'], Impact: 'Low', Urgency: 'Medium' };
  for (const summary of ['Wi-Fi drops on ward 3B', 'No network in rooms 3.2xx', 'Wi-Fi drops on ward 3B again']) {
    const failure = { ...call, Observed: 'Nothing connects.', Agreed: 'Every bed has a connection.', 'Items concerned': ['NET-0413'] };
    const { key } = await create(world, sofia, 'Incident', summary, failure);
    await move(world, amira, key, 'Accept');
  }
  const { key } = await create(world, bram, 'Request for Change', 'Replace power module of core switch', {
    ...call,
    'Items to change': ['NET-0413'],
  });
  await move(world, joris, key, 'Accept');
  const start = Date.now() + IN_A_WEEK;
  await fillIn(world, joris, key, { 'Window start': new Date(start), 'Window end': new Date(start + AN_HOUR) });
  await idle(world);
  // What is in force decides what may be accepted, so it comes last.
  await makeCatalog(world);
  for (const from of ['NET-0413', 'SW-0077']) await ask('register.relate', { key: from, add: [{ from, kind: 'supports', to: 'workplace' }] });
  return key;
}
