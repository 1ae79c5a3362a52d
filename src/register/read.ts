/** Use cases that read the register: the list, its counts, one item with what is known of it. */
import { z } from 'zod';
import {
  type AttributeRow,
  type Calendar,
  type Direction,
  type ItemClass,
  type ItemDetail,
  type ItemHistory,
  type ItemRelations,
  type ItemVersion,
  type NamedEnd,
  REGISTER_COLUMNS,
  type RegisterColumn,
  type RegisterFacets,
  type RegisterFilters,
  type RegisterList,
  type RegisterRow,
  type RegisterSort,
  type VersionRow,
} from '../contract';
import { liveAgreements, namesOfKind } from '../agreements/service';
import { RELATIONS, type RelationKind, type StatusKey, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { fromPlace, toPlace } from '../platform/place';
import { lastChanges, lifeOf } from './changes';
import { freshnessOf, monthsBefore } from './freshness';
import { classesNow, readClasses, readSettings } from './kept';
import { noSuchItem } from './known';
import { counted, endsOf, listed } from './listing';
import { type Lock, locksOf } from './locks';
import { endsAt, groupsOf } from './relation-groups';
import { type PageItem, pageItems } from './rows';
import { folded, itemByKey, type StoredItem, type StoredVersion, versionsOf } from './store';
import { serves } from './serves';
import { type WorkTie, workOn } from './tied-work';
import { attributeName, attributesOf, isManaged, NAMES_PARTY, readable, valueOf, VERIFIED } from './words';

/** A work item as Jira shows it to whoever looks. */
export interface SeenWork {
  key: string;
  summary: string;
  status?: StatusKey;
  type?: WorkTypeKey;
}

/** Who looks, and what the page needs of the site. */
export interface Looking {
  accountId: string;
  keeps: boolean;
  calendars: readonly Calendar[];
  /** Names by account id; whoever is not known any more is left out. */
  names(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Work items by id; what Jira does not show this person is not there. */
  seen(workIds: readonly string[]): Promise<ReadonlyMap<string, SeenWork>>;
}

const SOMEBODY = 'somebody who has left';
const present = <T>(key: string, value: T | undefined): Record<string, T> => (value === undefined ? {} : { [key]: value });
const named = (id: string | undefined, names: ReadonlyMap<string, { name: string }>): NamedEnd | undefined =>
  id === undefined ? undefined : { id, name: names.get(id)?.name ?? id };

// The list

interface PageOf {
  classes: ReadonlyMap<string, ItemClass>;
  ends: Awaited<ReturnType<typeof endsOf>>;
  live: ReadonlyMap<string, string[]>;
  locks: ReadonlyMap<string, Lock>;
  seen: ReadonlyMap<string, SeenWork>;
  asOf: number;
}

/** Agreements in force for the services that are reached, and those that cover the item. */
function agreementsReached({ id }: PageItem, { ends, live }: PageOf): number {
  const { services, agreements } = ends.get(id) ?? { services: new Set<string>(), agreements: new Set<string>() };
  const found = new Set(agreements);
  for (const [agreement, of] of live) if (of.some((service) => services.has(service))) found.add(agreement);
  return found.size;
}

type Cell = (item: PageItem, page: PageOf) => Partial<RegisterRow>;

/** What a column shows of an item; nothing where it has no value. */
const CELLS: Readonly<Record<(typeof REGISTER_COLUMNS)[number], Cell>> = {
  class: (item, { classes }) => ({ class: { id: item.class, name: classes.get(item.class)?.name ?? item.class } }),
  life: ({ life }) => ({ life }),
  keeper: ({ keeper }) => present('keeper', keeper),
  location: ({ location }) => present('location', location),
  services: ({ id }, { ends }) => ({ services: ends.get(id)?.services.size ?? 0 }),
  agreements: (item, page) => ({ agreements: agreementsReached(item, page) }),
  verified: ({ verified, class: of }, { classes, asOf }) => ({ verified: { state: freshnessOf(verified?.at, classes.get(of), asOf), ...verified } }),
  change: ({ key }, { locks, seen }) => {
    const lock = locks.get(folded(key));
    return lock ? { change: { ...present('key', seen.get(lock.workItem.id)?.key), status: lock.status } } : {};
  },
  supplier: ({ supplier }) => present('supplier', supplier),
  uc: ({ uc }) => present('uc', uc),
  criticality: ({ criticality }) => present('criticality', criticality),
  policy: (item, { classes }) => present('policy', classes.get(item.class)?.policy),
};
const columnOf = (column: RegisterColumn): Cell => REGISTER_COLUMNS.flatMap((one) => (one === column ? [CELLS[one]] : []))[0] ?? (() => ({}));

const OWN = 'own.';

export async function list(
  asked: { filters: RegisterFilters; sort: RegisterSort; columns: readonly RegisterColumn[]; after?: string | undefined },
  looking: Pick<Looking, 'keeps' | 'seen'>,
): Promise<RegisterList> {
  const classes = await classesNow();
  const { ids, total, inAll, asOf, after } = await listed(asked, classes, now());
  const wants = (...columns: RegisterColumn[]): boolean => columns.some((one) => asked.columns.includes(one));
  const own = asked.columns.filter((one) => one.startsWith(OWN)).map((one) => one.slice(OWN.length));
  const [items, ends, live] = await Promise.all([
    pageItems(ids, own.length > 0),
    wants('services', 'agreements') ? endsOf(ids) : new Map<number, never>(),
    wants('agreements') ? liveAgreements() : [],
  ]);
  const locks = wants('change') ? await locksOf(items.map(({ key }) => key)) : new Map<string, Lock>();
  const page: PageOf = {
    classes: new Map(classes.map((one) => [one.key, one])),
    ends,
    live: new Map(live.map(({ id, services }) => [id, services])),
    locks,
    seen: locks.size === 0 ? new Map() : await looking.seen([...locks.values()].map(({ workItem }) => workItem.id)),
    asOf,
  };
  const rows = items.map((item): RegisterRow => {
    const cells = asked.columns.map((column) => columnOf(column)(item, page));
    const said = Object.fromEntries(own.flatMap((key) => (item.attributes[key] === undefined ? [] : [[key, item.attributes[key]]])));
    return {
      key: item.key,
      name: item.name,
      ...(Object.assign({}, ...cells) as Partial<RegisterRow>),
      ...(own.length > 0 && { own: said }),
      ...present('gone', item.goneAt),
    };
  });
  return { state: 'ok', rows, total, inAll, asOf, keeps: looking.keeps, ...present('after', after) };
}

export async function facets({ filters }: { filters: RegisterFilters }): Promise<RegisterFacets> {
  return { state: 'ok', ...(await counted(filters, await classesNow(), now())) };
}

// One item

/** Nobody reads more of them on one page; attributes that changed before have their first value for "before". */
const VERSIONS_READ = 400;

interface Told {
  people: ReadonlyMap<string, string>;
  parties: ReadonlyMap<string, { name: string }>;
  work: ReadonlyMap<string, SeenWork>;
}

const personOf = (by: string | undefined, people: ReadonlyMap<string, string>) => by && { accountId: by, name: people.get(by) ?? SOMEBODY };
const workOf = ({ workItem }: Pick<ItemVersion, 'workItem'>, work: ReadonlyMap<string, SeenWork>) =>
  workItem && present('key', work.get(workItem.id)?.key);

function attributeRows({ item, createdAt }: StoredItem, versions: readonly StoredVersion[], of: ItemClass | undefined, told: Told): AttributeRow[] {
  const changed = lastChanges(versions);
  const first = versions.at(-1)?.number === 1 ? versions.at(-1) : undefined;
  return attributesOf(of).map((key): AttributeRow => {
    const value = valueOf(item, key);
    const last = changed.get(key);
    const begun =
      first && value !== undefined ? { at: createdAt, by: first.by, cause: first.cause, workItem: first.workItem, why: undefined } : undefined;
    const from = last ?? begun;
    return {
      key,
      name: attributeName(of, key),
      managed: isManaged(of, key),
      ...present('now', readable(key, value, told.parties)),
      ...present('value', value),
      ...present('before', readable(key, last?.before, told.parties)),
      ...(from && {
        changedAt: from.at,
        cause: from.cause,
        ...present('by', personOf(from.by, told.people)),
        ...present('workItem', workOf(from, told.work)),
        ...present('why', from.why),
      }),
    };
  });
}

const partiesIn = (item: StoredItem['item'], versions: readonly ItemVersion[]): string[] => [
  ...[item.keeper, item.supplier].filter((one) => one !== undefined),
  ...versions.flatMap(({ changes }) =>
    changes.flatMap(({ attribute, from, to }) => (NAMES_PARTY.includes(attribute) ? [from, to].filter((one) => one !== undefined) : [])),
  ),
];

const UNAUTHORISED_MONTHS = 12;
const WORK_SHOWN = 6;

const lockShown = (lock: Lock | undefined, work: ReadonlyMap<string, SeenWork>): ItemDetail['lock'] => {
  const seen = lock && work.get(lock.workItem.id);
  return lock && { ...lock, shown: seen !== undefined, ...present('summary', seen?.summary) };
};

const workRows = (ties: readonly WorkTie[], work: ReadonlyMap<string, SeenWork>): ItemDetail['workItems']['rows'] =>
  ties.flatMap(({ id, role, type, status, reportedAt, windowStart }) => {
    const seen = work.get(id);
    if (!seen) return [];
    const { key, summary } = seen;
    return [{ key, summary, role, type: seen.type ?? type, status: seen.status ?? status, reportedAt, ...present('windowStart', windowStart) }];
  });

export async function get({ key }: { key: string }, looking: Looking): Promise<ItemDetail> {
  const stored = await itemByKey(key);
  if (!stored) throw noSuchItem(key);
  const { id, item } = stored;
  const at = now();
  const [classes, versions, groups, locks, ties, settings, served] = await Promise.all([
    // Whoever is shown an item may write it next, so the dial is read anew.
    readClasses().then((kept) => kept.classes),
    versionsOf(id, undefined, VERSIONS_READ),
    groupsOf(id),
    locksOf([item.key]),
    workOn(item.key),
    readSettings(),
    serves([id], looking.calendars, at),
  ]);
  const of = classes.find((one) => one.key === item.class);
  const lock = locks.get(folded(item.key));
  const newest = lastChanges(versions);
  const worked = [...newest.values()].flatMap(({ workItem }) => (workItem ? [workItem.id] : []));
  const first = versions.at(-1);
  const [people, parties, work] = await Promise.all([
    looking.names([...newest.values(), ...(first ? [first] : [])].flatMap(({ by }) => by ?? [])),
    namesOfKind('party', partiesIn(item, versions)),
    looking.seen([
      ...ties.rows.map((one) => one.id),
      ...worked,
      ...(first?.workItem ? [first.workItem.id] : []),
      ...(lock ? [lock.workItem.id] : []),
    ]),
  ]);
  const since = monthsBefore(at, UNAUTHORISED_MONTHS);
  const looked = newest.get(VERIFIED);
  return {
    state: 'ok',
    item,
    class: of ?? UNKNOWN_CLASS(item.class),
    version: stored.version.number,
    ...present('keeper', named(item.keeper, parties)),
    ...present('supplier', named(item.supplier, parties)),
    ...present('uc', named(item.uc, new Map())),
    ...present('lock', lockShown(lock, work)),
    attributes: attributeRows(stored, versions, of, { people, parties, work }),
    unauthorised: versions.filter((one) => one.cause === 'unauthorised' && one.at >= since).length,
    agreements: served.agreements,
    relations: groups,
    relationsInAll: groups.reduce((sum, { count }) => sum + count, 0),
    workItems: { rows: workRows(ties.rows, work).slice(0, WORK_SHOWN), total: ties.total },
    verified: { state: freshnessOf(stored.verified?.at, of, at), ...stored.verified },
    ...present('verifiedBy', looked && personOf(looked.by, people)),
    ...present('gone', stored.goneAt),
    versions: stored.version.number,
    life: lifeOf(item.life, versions, stored.createdAt),
    registeredAt: stored.createdAt,
    directEdit: settings.directEdit,
    keeps: looking.keeps,
    asOf: at,
  };
}

/** A class that was taken away though it was used: what is known of it. */
const UNKNOWN_CLASS = (key: string): ItemClass => ({
  key,
  name: key,
  prefix: 'XX',
  policy: 'manual',
  attributes: [],
  managed: [],
  identity: [],
  verifyMonths: 12,
});

const before = z.tuple([z.number().int().positive()]);

export async function history(
  { key, after }: { key: string; after?: string | undefined },
  looking: Pick<Looking, 'names' | 'seen'>,
): Promise<ItemHistory> {
  const stored = await itemByKey(key);
  if (!stored) throw noSuchItem(key);
  const place = after === undefined ? undefined : fromPlace(before, after)[0];
  const [classes, versions] = await Promise.all([classesNow(), versionsOf(stored.id, place)]);
  const of = classes.find((one) => one.key === stored.item.class);
  const [people, parties, work] = await Promise.all([
    looking.names(versions.flatMap(({ by }) => by ?? [])),
    namesOfKind('party', partiesIn(stored.item, versions)),
    looking.seen(versions.flatMap(({ workItem }) => (workItem ? [workItem.id] : []))),
  ]);
  const last = versions.at(-1);
  const rows = versions.map((one): VersionRow => ({
    number: one.number,
    at: one.at,
    cause: one.cause,
    ...present('by', personOf(one.by, people)),
    ...present('workItem', workOf(one, work)),
    changes: one.changes.map(({ attribute, from, to }) => ({
      attribute,
      name: attributeName(of, attribute),
      managed: isManaged(of, attribute),
      ...present('from', readable(attribute, from, parties)),
      ...present('to', readable(attribute, to, parties)),
    })),
    ...present('why', one.why),
  }));
  return { state: 'ok', versions: rows, total: stored.version.number, ...(last && last.number > 1 && { after: toPlace([last.number]) }) };
}

export async function relations({
  key,
  kind,
  direction,
  after,
}: {
  key: string;
  kind: RelationKind;
  direction: Direction;
  after?: string | undefined;
}): Promise<ItemRelations> {
  const stored = await itemByKey(key);
  if (!stored) throw noSuchItem(key);
  if (direction === 'back' && RELATIONS[kind].to !== 'item') return { state: 'ok', rows: [], total: 0 };
  return { state: 'ok', ...(await endsAt(stored.id, kind, direction, after)) };
}
