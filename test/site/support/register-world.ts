/**
 * A register of any size, the same for the same seed: what stands in it as plain data, for references that calculate in memory, and the same straight into
 * the tables of the app. Items have the numbers 1 to N, so that a relation of the data is a row of the table.
 */
import type { ItemClass, ManagedItem, Relation } from '../../../src/contract';
import { CRITICALITIES, VERIFIED_HOW } from '../../../src/contract';
import { LIFE_KEYS, type LifeKey, RELATION_KINDS, type RelationKind, RELATIONS } from '../../../src/method';
import { DEFAULT_CLASSES } from '../../../src/register/classes';
import type { OpenDatabase } from './many-items';

const DAY = 86_400_000;

export interface WorldItem {
  id: number;
  item: ManagedItem;
  createdAt: number;
  verified: { at: number; how: (typeof VERIFIED_HOW)[number] } | undefined;
  goneAt: number | undefined;
}

/** dst: an item; 0 where ref names a party, service or agreement. */
export interface WorldRelation {
  src: number;
  kind: RelationKind;
  dst: number;
  ref: string;
  group: string | undefined;
  need: number | undefined;
}

export interface RegisterWorld {
  items: WorldItem[];
  relations: WorldRelation[];
  /** Items that a tenth of the relations lead to. */
  hubs: number[];
  parties: { id: string; name: string; kind: string; inside: boolean }[];
  services: { id: string; name: string }[];
}

export interface WorldSize {
  items?: number;
  relations?: number;
  hubs?: number;
  seed?: number;
  now?: number;
  customers?: number;
  services?: number;
}

const USUAL = { items: 100_000, relations: 500_000, hubs: 200, seed: 1, customers: 40, services: 60, now: undefined as number | undefined };

/** Mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many of a hundred. */
const CLASS_SHARES: readonly (readonly [string, number])[] = [
  ['hardware', 46],
  ['network', 15],
  ['person', 11],
  ['software', 9],
  ['location', 6],
  ['document', 5],
  ['tool', 2],
  ['facility', 2],
  ['routine', 1],
  ['team', 1],
  ['profile', 1],
  ['party', 1],
];
const LIFE_SHARES: readonly (readonly [LifeKey, number])[] = [
  ['inUse', 84],
  ['retired', 5],
  ['inPreparation', 4],
  ['planned', 2],
  ['suspended', 2],
  ['ordered', 2],
  ['disposed', 1],
];
const KIND_SHARES: readonly (readonly [RelationKind, number])[] = [
  ['dependsOn', 38],
  ['partOf', 18],
  ['locatedAt', 16],
  ['connectedTo', 14],
  ['supports', 6],
  ['usedBy', 4],
  ['documentedIn', 2],
  ['coveredBy', 1],
  ['replacedBy', 1],
];
const THINGS: Readonly<Record<string, readonly string[]>> = {
  hardware: ['Computer', 'Printer', 'Bedside screen', 'Nurse call gateway', 'Pump', 'Scanner', 'Label printer', 'Telephone'],
  network: ['Access point', 'Core switch', 'Access switch', 'Patch panel', 'Router', 'Firewall'],
  software: ['Ward system', 'Pharmacy system', 'Mail', 'Rostering', 'Records'],
  location: ['Ward', 'Room', 'Data room', 'Store', 'Cabinet'],
  document: ['Evacuation plan', 'Manual', 'Drawing', 'Licence paper'],
};
const WINGS = ['A', 'B', 'C', 'D', 'E', 'N', 'S'];
const TEAMS = ['Network', 'Workplace', 'Buildings', 'Service desk', 'Applications', 'Medical devices', 'Telephony', 'Facilities'];

interface Dice {
  random: () => number;
  below(most: number): number;
  of<T>(list: readonly T[]): T;
  /** By shares of a hundred. */
  shared<T>(shares: readonly (readonly [T, number])[]): T;
}
function dice(seed: number): Dice {
  const random = randomFrom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  return {
    random,
    below,
    of: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    shared<T>(shares: readonly (readonly [T, number])[]): T {
      let left = random() * 100;
      for (const [value, share] of shares) if ((left -= share) < 0) return value;
      return (shares[0] as readonly [T, number])[0];
    },
  };
}

const partiesOf = (customers: number): RegisterWorld['parties'] => [
  ...TEAMS.map((name, index) => ({ id: `t${String(index)}`, name, kind: 'team', inside: true })),
  ...Array.from({ length: customers }, (_, index) => ({
    id: `c${String(index)}`,
    name: `Customer ${String(index)}`,
    kind: 'customer',
    inside: false,
  })),
  ...Array.from({ length: 12 }, (_, index) => ({ id: `v${String(index)}`, name: `Supplier ${String(index)}`, kind: 'supplier', inside: false })),
];

const CLASSES = new Map(DEFAULT_CLASSES.map((one) => [one.key, one]));

function lookedAt(now: number, { random, below }: Dice): number | undefined {
  const looked = random();
  if (looked < 0.1) return undefined;
  return looked < 0.85 ? now - below(330) * DAY : now - (400 + below(700)) * DAY;
}

function itemOf(id: number, number: number, ofClass: ItemClass, { random, below, of, shared }: Dice): ManagedItem {
  const floor = below(9);
  const place = `${String(floor)}${of(WINGS)}`;
  const room = `${String(floor)}.${String(100 + below(300))}`;
  const attributes = Object.fromEntries(
    ofClass.attributes.flatMap(({ key }): [string, string][] => {
      if (key === 'serialNumber') return [[key, `SN${String(id).padStart(8, '0')}`]];
      return random() < 0.6 ? [[key, `${key} ${String(below(40))}`]] : [];
    }),
  );
  return {
    key: `${ofClass.prefix}-${String(number).padStart(4, '0')}`,
    class: ofClass.key,
    name: `${of(THINGS[ofClass.key] ?? [ofClass.name])}, ${random() < 0.5 ? `ward ${place}` : `room ${room}`} ${String(below(100)).padStart(2, '0')}`,
    life: shared(LIFE_SHARES),
    attributes,
    ...(random() < 0.95 && { keeper: `t${String(below(TEAMS.length))}` }),
    ...(random() < 0.8 && { location: random() < 0.5 ? `Ward ${place}` : `Room ${room}` }),
    ...(random() < 0.5 && { criticality: of(CRITICALITIES) }),
    ...(random() < 0.2 && { supplier: `v${String(below(12))}` }),
  };
}

function itemsOf(count: number, now: number, chance: Dice): WorldItem[] {
  const numbers = new Map<string, number>();
  return Array.from({ length: count }, (_, index): WorldItem => {
    const ofClass = CLASSES.get(chance.shared(CLASS_SHARES));
    if (!ofClass) throw new Error('no such class');
    const number = (numbers.get(ofClass.key) ?? 0) + 1;
    numbers.set(ofClass.key, number);
    const at = lookedAt(now, chance);
    return {
      id: index + 1,
      item: itemOf(index + 1, number, ofClass, chance),
      createdAt: now - chance.below(1_500) * DAY,
      verified: at === undefined ? undefined : { at, how: chance.of(VERIFIED_HOW) },
      goneAt: chance.random() < 0.01 ? now - chance.below(60) * DAY : undefined,
    };
  });
}

/** Of the relations that may lead anywhere, so many lead to a hub; that makes a tenth of all. */
const TO_HUBS = 0.19;

function relationsOf(count: number, world: Omit<RegisterWorld, 'relations'>, { random, below, of, shared }: Dice): WorldRelation[] {
  const { items, hubs, parties, services } = world;
  const locations = items.flatMap(({ id, item }) => (item.class === 'location' ? [id] : []));
  const seen = new Set<string>();
  const relations: WorldRelation[] = [];
  const put = (one: WorldRelation): void => {
    const key = `${String(one.src)}.${one.kind}.${String(one.dst)}.${one.ref}`;
    if (one.src === one.dst || seen.has(key)) return;
    seen.add(key);
    relations.push(one);
  };
  const refTo = { service: services, party: parties } as const;
  const dstOf = (src: number, kind: RelationKind): number => {
    // A part is always newer than its whole, so that there is no circle.
    if (kind === 'partOf') return 1 + below(Math.max(1, src - 1));
    if (kind === 'locatedAt' && locations.length > 0) return of(locations);
    return random() < TO_HUBS ? of(hubs) : 1 + below(items.length);
  };
  // What cannot be placed in a small register ends the loop too.
  for (let left = count * 3; left > 0 && relations.length < count; left -= 1) {
    const src = 1 + below(items.length);
    const kind = shared(KIND_SHARES);
    const { to } = RELATIONS[kind];
    const plain = { src, kind, dst: 0, ref: '', group: undefined, need: undefined };
    if (to === 'agreement') put({ ...plain, ref: `SA-${String(1 + below(200)).padStart(3, '0')}` });
    else if (to !== 'item') put({ ...plain, ref: of<{ id: string }>(refTo[to]).id });
    else if (kind === 'dependsOn' && random() < 0.08) {
      const need = 1 + below(2);
      const group = `way ${String(relations.length)}`;
      for (let way = 0; way < need + 1; way += 1) put({ ...plain, dst: 1 + below(items.length), group, need });
    } else put({ ...plain, dst: dstOf(src, kind) });
  }
  return relations;
}

export function makeRegister(size: WorldSize = {}): RegisterWorld {
  const { items: count, relations, hubs: hubCount, seed, now, customers, services: serviceCount } = { ...USUAL, ...size };
  const chance = dice(seed);
  const hubs = Math.min(hubCount, count);
  const world = {
    items: itemsOf(count, now ?? Date.now(), chance),
    hubs: Array.from({ length: hubs }, (_, index) => 1 + Math.floor((index * count) / hubs)),
    parties: partiesOf(customers),
    services: Array.from({ length: serviceCount }, (_, index) => ({ id: `s${String(index)}`, name: `Service ${String(index)}` })),
  };
  return { ...world, relations: relationsOf(relations, world, chance) };
}

/** As pages and files name it. */
export function relationOf(world: RegisterWorld, { src, kind, dst, ref, group, need }: WorldRelation): Relation {
  const key = (id: number): string => world.items[id - 1]?.item.key ?? '';
  return { from: key(src), kind, to: dst === 0 ? ref : key(dst), ...(group !== undefined && { group }), ...(need !== undefined && { need }) };
}

const sqlMoment = (at: number): string => new Date(at).toISOString().replace('T', ' ').replace('Z', '');
/** Our own words alone come here: letters, digits and signs of JSON. */
const text = (value: string | undefined): string => (value === undefined ? 'NULL' : `'${value.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`);
const moment = (at: number | undefined): string => (at === undefined ? 'NULL' : `'${sqlMoment(at)}'`);

const ROWS_A_STATEMENT = 4_000;
function* inserts<T>(into: string, all: readonly T[], values: (one: T) => readonly (string | number)[]): Generator<string> {
  for (let from = 0; from < all.length; from += ROWS_A_STATEMENT) {
    const some = all.slice(from, from + ROWS_A_STATEMENT).map((one) => `(${values(one).join(',')})`);
    yield `INSERT INTO ${into} VALUES ${some.join(',')}`;
  }
}

const itemValues = ({ id, item, createdAt, verified, goneAt }: WorldItem): (string | number)[] => [
  id,
  text(item.key),
  text(item.name),
  text(item.class),
  LIFE_KEYS.indexOf(item.life),
  text(item.keeper),
  text(item.location),
  item.criticality === undefined ? 'NULL' : CRITICALITIES.indexOf(item.criticality),
  text(item.supplier),
  text(item.uc),
  text(JSON.stringify(item.attributes)),
  moment(verified?.at),
  text(verified?.how),
  moment(goneAt),
  1,
  moment(createdAt),
  `'registered'`,
  `'[]'`,
  moment(createdAt),
];
const ITEM_COLUMNS = `id, item_key, name, class, life, keeper, location, criticality, supplier, uc, attributes, verified_at, verified_how, gone_at,
  version, at, cause, changes, created_at`;
const recordValues = ({ kind, record }: { kind: string; record: { id: string; name: string } }): (string | number)[] => [
  text(kind),
  text(record.id),
  text(record.name),
  'NULL',
  text(JSON.stringify(record)),
  1,
];

/** Into an empty register, with the parties and services it names; the app must have been asked something before, so that its tables are known. */
export async function loadRegister({ fill }: Pick<OpenDatabase, 'fill'>, world: RegisterWorld): Promise<void> {
  // In the order of the primary key, which is how a database takes them fastest.
  const place = new Map(RELATION_KINDS.map((kind, index) => [kind, index]));
  const ordered = [...world.relations].sort(
    (a, b) => a.src - b.src || (place.get(a.kind) ?? 0) - (place.get(b.kind) ?? 0) || a.dst - b.dst || (a.ref < b.ref ? -1 : 1),
  );
  await fill(inserts(`mi_item (${ITEM_COLUMNS})`, world.items, itemValues));
  await fill(
    inserts('mi_relation (src, kind, dst, ref, path, need)', ordered, ({ src, kind, dst, ref, group, need }) => [
      src,
      place.get(kind) ?? 0,
      dst,
      text(ref),
      text(group),
      need ?? 'NULL',
    ]),
  );
  await fill(
    inserts(
      'agreement_record (kind, id, name, parent, body, version)',
      [
        ...world.parties.map((record) => ({ kind: 'party', record })),
        ...world.services.map((one) => ({ kind: 'service', record: { ...one, ...{ state: 'inUse' } } })),
      ],
      recordValues,
    ),
  );
}
