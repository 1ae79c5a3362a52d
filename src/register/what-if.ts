/** What happens when items fail or change: what is reached, which promises rest on it, whom to tell, which work is running there. */
import { partiesReached, type PromiseReached, promisesReached } from '../agreements/service';
import {
  type Calendar,
  type ImpactBox,
  type ImpactDirection,
  type ImpactGroup,
  ITEMS_TOLD,
  type ReachedService,
  type RegisterImpact,
  type SecondPath,
} from '../contract';
import type { RelationKind } from '../method';
import { now } from '../platform/clock';
import { type Box, boxesOf, linesBetween, MOST_BOXES } from './boxes';
import { causesOf, impactOf, secondOf, wayTo } from './impact';
import { noSuchItem } from './known';
import { runningOn } from './open-work';
import { readFreezes, type Seeing } from './calendar';
import { freezesTouching } from './freezes';
import { CARRYING, type FoundItem, itemsByKey, reachOf, supportersOf } from './reach';

export interface Asked {
  key: string;
  also: readonly string[];
  direction: ImpactDirection;
  steps: number;
  kinds?: readonly RelationKind[] | undefined;
  group: Exclude<ImpactGroup, 'step'>;
}

export interface Looking {
  calendars: readonly Calendar[];
  seeing: Seeing;
  /** By key, as people call them. */
  classes: ReadonlyMap<string, string>;
  names(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Boxes of services, and of customers, that one picture holds. */
const MOST_ENDS = 12;
const PLACES_TOLD = 3;

interface Item extends FoundItem {
  level: number;
  fails: boolean;
  second?: SecondPath;
  via?: number;
}
type Items = ReadonlyMap<number, Item>;
type Ref = { src: number; kind: RelationKind; ref: string };

/** A service, or an agreement that covers the items themselves, with what it has left and what reaches it first. */
interface Carried {
  service: string | undefined;
  agreement: string | undefined;
  second: SecondPath;
  by: Item;
  carriers: number[];
}

/** Those that fail count; where none does, those that are touched. */
async function carriedBy(refs: readonly Ref[], items: Items): Promise<Carried[]> {
  const groups = new Map<string, { service?: string; agreement?: string; carriers: Item[] }>();
  for (const { src, kind, ref } of refs) {
    const item = items.get(src);
    if (!item || (kind !== 'supports' && kind !== 'coveredBy')) continue;
    const name = `${kind} ${ref}`;
    const group = groups.get(name) ?? { [kind === 'supports' ? 'service' : 'agreement']: ref, carriers: [] };
    group.carriers.push(item);
    groups.set(name, group);
  }
  const all = await supportersOf([...groups.values()].flatMap(({ service }) => service ?? []));
  return [...groups.values()].flatMap(({ service, agreement, carriers }): Carried[] => {
    const failing = carriers.filter(({ fails }) => fails);
    const [by] = [...(failing.length > 0 ? failing : carriers)].sort((a, b) => a.level - b.level || a.id - b.id);
    if (!by) return [];
    const second = secondOf({ all: service === undefined ? carriers.length : (all.get(service) ?? carriers.length), failing: failing.length });
    return [{ service, agreement, second, by, carriers: carriers.map(({ id }) => id) }];
  });
}

type Row = ReachedService & { carried: Carried };

/** Each service with each of its agreements; the shortest promise first, of these what has no second path. */
function servicesOf(carried: readonly Carried[], promises: readonly PromiseReached[], names: ReadonlyMap<string, string>): Row[] {
  const rows = carried.flatMap((one): Row[] => {
    const { service, agreement, second, by } = one;
    const own = promises.filter(({ id, services }) => (service === undefined ? id === agreement : services.some((of) => of.id === service)));
    const about = {
      second,
      by: by.key,
      carried: one,
      ...(service !== undefined && { service: { id: service, name: names.get(service) ?? service } }),
    };
    // An agreement that is no longer in force promises nothing.
    if (own.length === 0) return service === undefined ? [] : [about];
    return own.map(({ services: _services, ...rest }) => ({ ...about, agreement: rest }));
  });
  const WEIGHT: readonly SecondPath[] = ['none', 'half', 'full'];
  const restore = ({ agreement }: ReachedService): number => agreement?.restore ?? Infinity;
  // What goes on promises no less, and needs nobody.
  const goesOn = ({ second }: ReachedService): number => (second === 'full' ? 1 : 0);
  return rows.sort(
    (a, b) =>
      goesOn(a) - goesOn(b) ||
      restore(a) - restore(b) ||
      WEIGHT.indexOf(a.second) - WEIGHT.indexOf(b.second) ||
      (a.service?.name ?? '').localeCompare(b.service?.name ?? ''),
  );
}

interface Customer {
  id: string;
  /** Of what is agreed with them, and of items that they use themselves. */
  services: ReachedService[];
  items: number[];
}

function customersOf(services: readonly ReachedService[], refs: readonly Ref[], items: Items): Customer[] {
  const found = new Map<string, Customer>();
  const of = (id: string): Customer => {
    const customer = found.get(id) ?? { id, services: [], items: [] };
    found.set(id, customer);
    return customer;
  };
  for (const one of services) if (one.agreement) of(one.agreement.customer.id).services.push(one);
  for (const { src, kind, ref } of refs) if (kind === 'usedBy' && items.get(src)?.fails) of(ref).items.push(src);
  return [...found.values()];
}

const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];

/** The boxes of items, with services and customers behind them. */
function pictureOf(
  {
    items,
    links,
    services,
    shortest,
    customers,
    names,
    classes,
    steps,
  }: {
    items: Items;
    links: readonly (readonly [number, number])[];
    services: readonly Row[];
    /** The one whose promise is the shortest. */
    shortest: Row | undefined;
    customers: readonly (Customer & { name: string })[];
    names: ReadonlyMap<string, string>;
    classes: ReadonlyMap<string, string>;
    steps: number;
  },
  group: Asked['group'],
  way: ReadonlySet<number>,
): Pick<RegisterImpact, 'boxes' | 'lines' | 'group'> & { boxOf: ReadonlyMap<number, string>; serviceBox: ReadonlyMap<Carried, string> } {
  const carried = distinct(services.map((one) => one.carried));
  const ends = Math.min(carried.length, MOST_ENDS + 1) + Math.min(customers.length, MOST_ENDS + 1);
  const { boxes: grouped, group: used } = boxesOf([...items.values()], group, MOST_BOXES - ends);
  const last = Math.max(0, ...grouped.map(({ level }) => level));
  const [serviceLayer, customerLayer] = [Math.min(last, steps) + 1, Math.min(last, steps) + 2];
  const boxOf = new Map(grouped.flatMap((box) => box.items.map(({ id }) => [id, box.id] as const)));
  const itemBox = (box: Box<Item>): ImpactBox => {
    const [only] = box.items.length === 1 ? box.items : [];
    const seconds = distinct(box.items.map(({ second }) => second));
    return {
      id: box.id,
      kind: box.level === 0 ? 'start' : 'items',
      layer: box.level,
      count: box.items.length,
      ...(seconds.length === 1 && seconds[0] !== undefined && box.level > 0 && { second: seconds[0] }),
      ...(only && { ref: { id: only.key, name: only.name } }),
      ...(box.class !== undefined && { class: { id: box.class, name: classes.get(box.class) ?? box.class } }),
      places: distinct(box.items.flatMap(({ place }) => place ?? [])).slice(0, PLACES_TOLD),
      shortest: box.items.some(({ id }) => way.has(id)),
    };
  };
  const serviceBox = new Map<Carried, string>();
  const serviceBoxes = carried.slice(0, MOST_ENDS).map((one, index): ImpactBox => {
    const id = `s${String(index)}`;
    serviceBox.set(one, id);
    const name = one.service ?? one.agreement ?? '';
    return {
      id,
      kind: 'service',
      layer: serviceLayer,
      count: 1,
      second: one.second,
      ref: { id: name, name: names.get(name) ?? name },
      places: [],
      shortest: shortest?.carried === one,
    };
  });
  const customerBox = new Map(customers.slice(0, MOST_ENDS).map(({ id }, index) => [id, `c${String(index)}`]));
  const customerBoxes = customers.slice(0, MOST_ENDS).map(({ id, name }): ImpactBox => ({
    id: customerBox.get(id) ?? '',
    kind: 'customer',
    layer: customerLayer,
    count: 1,
    ref: { id, name },
    places: [],
    shortest: shortest?.agreement?.customer.id === id,
  }));
  const more = (layer: number, all: number): ImpactBox[] =>
    all > MOST_ENDS ? [{ id: `m${String(layer)}`, kind: 'more', layer, count: all - MOST_ENDS, places: [], shortest: false }] : [];
  const boxes = [
    ...grouped.map(itemBox),
    ...serviceBoxes,
    ...more(serviceLayer, carried.length),
    ...customerBoxes,
    ...more(customerLayer, customers.length),
  ];

  const lines = new Map<string, RegisterImpact['lines'][number]>();
  const draw = (from: string | undefined, to: string | undefined, shortestWay: boolean): void => {
    if (from === undefined || to === undefined) return;
    const name = `${from} ${to}`;
    lines.set(name, { from, to, shortest: shortestWay || (lines.get(name)?.shortest ?? false) });
  };
  const stretch = [...way];
  const onWay = new Set(stretch.slice(1).map((id, index) => `${boxOf.get(stretch[index] ?? 0) ?? ''} ${boxOf.get(id) ?? ''}`));
  for (const { from, to } of linesBetween(grouped, links)) draw(from, to, onWay.has(`${from} ${to}`));
  for (const [one, box] of serviceBox) {
    const onIt = shortest?.carried === one;
    for (const carrier of one.carriers) draw(boxOf.get(carrier), box, onIt && carrier === one.by.id);
  }
  for (const one of services) {
    if (one.agreement) draw(serviceBox.get(one.carried), customerBox.get(one.agreement.customer.id), one === shortest);
  }
  for (const { id, items: own } of customers) for (const item of own) draw(boxOf.get(item), customerBox.get(id), false);
  return { boxes, lines: [...lines.values()], group: used, boxOf, serviceBox };
}

export async function whatIf(asked: Asked, { calendars, classes, names, seeing }: Looking): Promise<RegisterImpact> {
  const { key, also, direction, steps, kinds: wanted = CARRYING, group } = asked;
  const at = now();
  const keys = distinct([key, ...also]);
  const begun = await itemsByKey(keys);
  const start = keys.map((one) => {
    const item = begun.find((found) => found.key.toLowerCase() === one.toLowerCase());
    if (!item) throw noSuchItem(one);
    return item;
  });
  const kinds = CARRYING.filter((kind) => wanted.includes(kind));
  const ids = start.map(({ id }) => id);
  const reach = await reachOf({ start: ids, steps, kinds, direction });
  const onwards = direction === 'onwards';
  const reached = onwards ? impactOf(ids, reach.links, steps) : causesOf(ids, reach.links, steps);
  const found = [...reached.values()].flatMap(({ id, level, second, via }): Item[] => {
    const item = reach.items.get(id) ?? start.find((one) => one.id === id);
    return item ? [{ ...item, level, fails: second === 'none', ...(second && { second }), ...(via !== undefined && { via }) }] : [];
  });
  const items = new Map(found.map((one) => [one.id, one]));
  const refs = onwards ? reach.refs.filter(({ src }) => items.has(src)) : [];
  const carried = await carriedBy(refs, items);
  const [agreed, running, freezes] = await Promise.all([
    promisesReached(
      { services: carried.flatMap(({ service }) => service ?? []), agreements: carried.flatMap(({ agreement }) => agreement ?? []) },
      calendars,
      at,
    ),
    runningOn(
      found.map((one) => one.key),
      seeing,
    ),
    readFreezes(),
  ]);
  const services = servicesOf(carried, agreed.promises, agreed.services);
  const [shortest] = services;
  const promised = shortest?.agreement?.restore !== undefined;
  const customers = customersOf(services, refs, items);
  const parties = await partiesReached(customers.map(({ id }) => id));
  const told = await names([...parties.values()].flatMap(({ representatives }) => representatives[0] ?? []));
  const agreements = new Map(agreed.promises.map(({ id, name }) => [id, name]));
  const way = new Set(promised && shortest ? wayTo(shortest.carried.by.id, reached) : []);
  const picture = pictureOf(
    {
      items,
      links: reach.links.map(({ cause, effect }) => (onwards ? [cause, effect] : [effect, cause])),
      services,
      shortest: promised ? shortest : undefined,
      customers: customers.map((one) => ({ ...one, name: parties.get(one.id)?.name ?? one.id })),
      names: new Map([...agreed.services, ...agreements]),
      classes,
      steps,
    },
    group,
    way,
  );
  const others = found.filter(({ level }) => level > 0);
  const nameOf = (of: string): { id: string; name: string } => ({ id: of, name: classes.get(of) ?? of });
  return {
    state: 'ok',
    start: start.map((one) => ({ key: one.key, name: one.name, class: nameOf(one.class), life: one.life })),
    kinds,
    group: picture.group,
    total: others.length,
    failing: others.filter(({ fails }) => fails).length,
    truncated: reach.truncated || agreed.more,
    boxes: picture.boxes,
    lines: picture.lines,
    items: others.slice(0, ITEMS_TOLD).map(({ id, key: of, name, class: kind, place, level, second }) => ({
      key: of,
      name,
      class: kind,
      level,
      box: picture.boxOf.get(id) ?? '',
      ...(place !== undefined && { place }),
      ...(second !== undefined && { second }),
    })),
    classes: distinct(found.map((one) => one.class)).map(nameOf),
    services: services.map(({ carried: of, ...rest }) => {
      const box = picture.serviceBox.get(of);
      return { ...rest, ...(box !== undefined && { box }) };
    }),
    ...(promised && { shortest: 0 }),
    customers: customers.map(({ id }) => {
      const party = parties.get(id);
      const [first] = party?.representatives ?? [];
      const tell = first === undefined ? undefined : told.get(first);
      return {
        id,
        name: party?.name ?? id,
        anyone: party?.anyone ?? false,
        ...(party && party.people.length > 0 && { people: party.people.length }),
        ...(tell !== undefined && { tell }),
      };
    }),
    people: new Set([...parties.values()].flatMap(({ people }) => people)).size,
    ...running,
    freezes: freezesTouching(
      freezes,
      start.map((one) => ({ ...one, location: one.place })),
      { from: at, until: Infinity },
    ).map(({ freeze, items: frozen }) => ({ name: freeze.name, from: freeze.from, until: freeze.until, items: frozen })),
    asOf: at,
  };
}
