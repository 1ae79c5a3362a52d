/**
 * A register of any size, the same for the same seed: what stands in it as plain data, for references that calculate in memory, and the same straight into
 * the tables of the app. Items have the numbers 1 to N, so that a relation of the data is a row of the table.
 */
import type { ManagedItem, Relation } from '../../../src/contract';
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

export function makeRegister({
  items: itemCount = 100_000,
  relations: relationCount = 500_000,
  hubs: hubCount = 200,
  seed = 1,
  now = Date.now(),
  customers = 40,
  services: serviceCount = 60,
}: WorldSize = {}): RegisterWorld {
  const random = randomFrom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const of = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  // Shares are of a hundred.
  const shared = <T>(shares: readonly (readonly [T, number])[]): T => {
    let left = random() * 100;
    for (const [value, share] of shares) if ((left -= share) < 0) return value;
    return (shares[0] as readonly [T, number])[0];
  };
  const parties = [
    ...TEAMS.map((name, index) => ({ id: `t${String(index)}`, name, kind: 'team', inside: true })),
    ...Array.from({ length: customers }, (_, index) => ({
      id: `c${String(index)}`,
      name: `Customer ${String(index)}`,
      kind: 'customer',
      inside: false,
    })),
    ...Array.from({ length: 12 }, (_, index) => ({ id: `v${String(index)}`, name: `Supplier ${String(index)}`, kind: 'supplier', inside: false })),
  ];
  const services = Array.from({ length: serviceCount }, (_, index) => ({ id: `s${String(index)}`, name: `Service ${String(index)}` }));

  const numbers = new Map<string, number>();
  const locations: number[] = [];
  const byKey = new Map(DEFAULT_CLASSES.map((one) => [one.key, one]));
  const items = Array.from({ length: itemCount }, (_, index): WorldItem => {
    const of1 = byKey.get(shared(CLASS_SHARES)) ?? DEFAULT_CLASSES[0];
    if (!of1) throw new Error('no classes');
    const number = (numbers.get(of1.key) ?? 0) + 1;
    numbers.set(of1.key, number);
    const floor = below(9);
    const place = `${String(floor)}${of(WINGS)}`;
    const room = `${String(floor)}.${String(100 + below(300))}`;
    const createdAt = now - below(1_500) * DAY;
    const looked = random();
    if (of1.key === 'location') locations.push(index + 1);
    const attributes = Object.fromEntries(
      of1.attributes.flatMap(({ key }): [string, string][] => {
        if (key === 'serialNumber') return [[key, `SN${String(index + 1).padStart(8, '0')}`]];
        return random() < 0.6 ? [[key, `${key} ${String(below(40))}`]] : [];
      }),
    );
    const item: ManagedItem = {
      key: `${of1.prefix}-${String(number).padStart(4, '0')}`,
      class: of1.key,
      name: `${of(THINGS[of1.key] ?? [of1.name])}, ${random() < 0.5 ? `ward ${place}` : `room ${room}`} ${String(below(100)).padStart(2, '0')}`,
      life: shared(LIFE_SHARES),
      attributes,
      ...(random() < 0.95 && { keeper: `t${String(below(TEAMS.length))}` }),
      ...(random() < 0.8 && { location: random() < 0.5 ? `Ward ${place}` : `Room ${room}` }),
      ...(random() < 0.5 && { criticality: of(CRITICALITIES) }),
      ...(random() < 0.2 && { supplier: `v${String(below(12))}` }),
    };
    const at = looked < 0.1 ? undefined : looked < 0.85 ? now - below(330) * DAY : now - (400 + below(700)) * DAY;
    return {
      id: index + 1,
      item,
      createdAt,
      verified: at === undefined ? undefined : { at, how: of(VERIFIED_HOW) },
      goneAt: random() < 0.01 ? now - below(60) * DAY : undefined,
    };
  });

  const hubs = Array.from(
    { length: Math.min(hubCount, itemCount) },
    (_, index) => 1 + Math.floor((index * itemCount) / Math.min(hubCount, itemCount)),
  );
  const seen = new Set<string>();
  const relations: WorldRelation[] = [];
  const put = (one: WorldRelation): void => {
    const key = `${String(one.src)}.${one.kind}.${String(one.dst)}.${one.ref}`;
    if (one.src === one.dst || seen.has(key)) return;
    seen.add(key);
    relations.push(one);
  };
  // What cannot be placed in a small register ends the loop too.
  for (let left = relationCount * 3; left > 0 && relations.length < relationCount; left -= 1) {
    const src = 1 + below(itemCount);
    const kind = shared(KIND_SHARES);
    const plain = { src, kind, group: undefined, need: undefined };
    const { to } = RELATIONS[kind];
    if (to === 'service') put({ ...plain, dst: 0, ref: of(services).id });
    else if (to === 'agreement') put({ ...plain, dst: 0, ref: `SA-${String(1 + below(200)).padStart(3, '0')}` });
    else if (to === 'party') put({ ...plain, dst: 0, ref: of(parties).id });
    // A part is always newer than its whole, so that there is no circle.
    else if (kind === 'partOf') put({ ...plain, dst: src === 1 ? 1 : 1 + below(src - 1), ref: '' });
    else if (kind === 'locatedAt') put({ ...plain, dst: locations.length > 0 ? of(locations) : 1, ref: '' });
    else if (kind === 'dependsOn' && random() < 0.08) {
      const need = 1 + below(2);
      for (let way = 0; way < need + 1; way += 1) put({ ...plain, dst: 1 + below(itemCount), ref: '', group: 'path', need });
    } else put({ ...plain, dst: random() < 0.25 ? of(hubs) : 1 + below(itemCount), ref: '' });
  }
  return { items, relations, hubs, parties, services };
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
