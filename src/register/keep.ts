/** Use cases that write items: registering, editing under the rules, and acts on many at once. A managed attribute changes by a Request for Change (5.3 rule 6). */
import { randomUUID } from 'node:crypto';
import { namesOfKind } from '../agreements/service';
import type { AttributeChange, BulkDone, ItemClass, ItemDetail, ManagedItem, RegisterFinding } from '../contract';
import { now } from '../platform/clock';
import { platformFault } from '../platform/errors';
import { changesBetween, managedAmong } from './changes';
import { itemFindings } from './checks';
import { readClasses, readSettings } from './kept';
import { noSuchItem } from './known';
import { type Lock, locksOf } from './locks';
import { get, type Looking } from './read';
import { changeAll, createAll, folded, itemByKey, itemsByKeys, madeBy, nextNumber, type StoredItem, takeBack, type Verified } from './store';
import { attributeName, NAMES_PARTY, valueOf, VERIFIED } from './words';

export interface Refused {
  state: 'refused';
  wrong: RegisterFinding[];
}
export const refused = (wrong: RegisterFinding[]): Refused => ({ state: 'refused', wrong });
export interface Stale {
  state: 'stale';
  text: string;
  now: ItemDetail;
}

/** Parties that are named and are not there. What was named before stays. */
async function partyFindings(item: ManagedItem, before?: ManagedItem): Promise<RegisterFinding[]> {
  const asked = NAMES_PARTY.flatMap((path) => {
    const id = valueOf(item, path);
    return id === undefined || (before && valueOf(before, path) === id) ? [] : [{ path, id }];
  });
  const known = await namesOfKind(
    'party',
    asked.map(({ id }) => id),
  );
  return asked.flatMap(({ path, id }) =>
    known.has(id)
      ? []
      : [
          {
            kind: 'notThere',
            text: `There is no party "${id}". Choose one under ${attributeName(undefined, path)}, or make it under Parties.`,
            path,
          },
        ],
  );
}

async function findings(item: ManagedItem, classes: readonly ItemClass[], before?: ManagedItem): Promise<RegisterFinding[]> {
  return [...itemFindings(item, classes, before), ...(await partyFindings(item, before))];
}

const TRIES = 20;
const DIGITS = 4;

/** The same request again is the same item. */
export async function register(
  { request, item }: { request: string; item: Omit<ManagedItem, 'key'> & { key?: string | undefined } },
  looking: Looking,
): Promise<ItemDetail | Refused> {
  const made = await madeBy(request);
  if (made !== undefined) return get({ key: made }, looking);
  const { classes } = await readClasses();
  const { key, ...rest } = item;
  const wrong = await findings({ ...rest, key: key ?? 'NEW' }, classes);
  if (wrong.length > 0) return refused(wrong);
  const stamp = { cause: 'registered' as const, by: looking.accountId, run: request };
  if (key !== undefined) {
    const taken = await createAll([{ item: { ...rest, key } }], stamp);
    if (taken.length === 0) return get({ key }, looking);
    return refused([
      { kind: 'duplicate', text: `${key} is in the register already. Give this item another key, or leave it empty for the next one.`, path: 'key' },
    ]);
  }
  const prefix = classes.find((one) => one.key === item.class)?.prefix ?? '';
  for (let number = await nextNumber(prefix), left = TRIES; left > 0; number += 1, left -= 1) {
    const next = `${prefix}-${String(number).padStart(DIGITS, '0')}`;
    if ((await createAll([{ item: { ...rest, key: next } }], stamp)).length > 0) continue;
    const first = (await madeBy(request)) ?? next;
    if (first !== next) await takeBack(next, request);
    return get({ key: first }, looking);
  }
  throw platformFault('platform.busy');
}

const listed = (changes: readonly AttributeChange[], of: ItemClass): string =>
  changes.map(({ attribute }) => attributeName(of, attribute)).join(', ');

const lockedBy = (key: string, { workItem }: Lock): RegisterFinding => ({
  kind: 'locked',
  text: `A change is running on ${key}: its managed attributes are written by ${workItem.key}. Say there what changes, or wait until it is fulfilled.`,
  key,
  workItem: workItem.key,
});

/** Why these managed attributes are not written by hand; nothing: they are, as unauthorised. */
function against(
  key: string,
  managed: readonly AttributeChange[],
  of: ItemClass,
  lock: Lock | undefined,
  directEdit: 'warn' | 'block',
  why: string | undefined,
): RegisterFinding[] {
  if (managed.length === 0) return [];
  if (lock) return [lockedBy(key, lock)];
  const names = listed(managed, of);
  if (directEdit === 'block') {
    return [{ kind: 'managed', text: `${names} of ${key}: managed, so changed by a Request for Change alone. Request a change.`, key }];
  }
  if (why !== undefined && why !== '') return [];
  const text = `${names} of ${key}: managed, so changed by a Request for Change. Request one, or say why it is changed without a work item; that is recorded as unauthorised.`;
  return [{ kind: 'why', text, path: 'why', key }];
}

const stale = async (key: string, looking: Looking): Promise<Stale> => ({
  state: 'stale',
  text: `Somebody has changed ${key} since you opened it. Nothing of yours was kept or lost: it is still in front of you. Look at theirs, then decide.`,
  now: await get({ key }, looking),
});

/** Compare-and-set; the same once more is no change. */
export async function save(
  { item, version, why }: { item: ManagedItem; version: number; why?: string | undefined },
  looking: Looking,
): Promise<ItemDetail | Stale | Refused> {
  const { key } = item;
  const stored = await itemByKey(key);
  if (!stored) throw noSuchItem(key);
  const changes = changesBetween(stored.item, { ...item, key: stored.item.key });
  if (item.class === stored.item.class && changes.length === 0) return get({ key }, looking);
  if (stored.version.number !== version) return stale(key, looking);
  const [{ classes }, settings, locks] = await Promise.all([readClasses(), readSettings(), locksOf([key])]);
  if (item.class !== stored.item.class) {
    const text = `${key} stays in its class, since its key and its history belong to it. Register a new item and retire this one.`;
    return refused([{ kind: 'class', text, path: 'class' }]);
  }
  const wrong = await findings(item, classes, stored.item);
  if (wrong.length > 0) return refused(wrong);
  const of = classes.find((one) => one.key === item.class);
  const managed = of ? managedAmong(changes, of) : [];
  const stops = of ? against(key, managed, of, locks.get(folded(key)), settings.directEdit, why) : [];
  if (stops.length > 0) return refused(stops);
  const unauthorised = managed.length > 0;
  const lost = await changeAll([{ id: stored.id, version, item, changes }], {
    cause: unauthorised ? 'unauthorised' : 'direct',
    by: looking.accountId,
    ...(unauthorised && { why }),
    run: randomUUID(),
  });
  return lost.length > 0 ? stale(key, looking) : get({ key }, looking);
}

interface Bulk {
  request: string;
  keys: readonly string[];
}

/** Changes each item that is there, once for this request; somebody else's change in between is looked at again, once. */
async function onMany(
  { request, keys }: Bulk,
  looking: Looking,
  cause: 'verified' | 'direct',
  next: (stored: StoredItem) => { item?: ManagedItem; changes: AttributeChange[]; verified?: Verified } | RegisterFinding,
): Promise<BulkDone> {
  const left: RegisterFinding[] = [];
  let done = 0;
  let wanted = [...new Map(keys.map((key) => [folded(key), key])).values()];
  for (let round = 0; round < 2 && wanted.length > 0; round += 1) {
    const stored = await itemsByKeys(wanted);
    const todo = new Map<number, { stored: StoredItem; change: { item?: ManagedItem; changes: AttributeChange[]; verified?: Verified } }>();
    for (const key of wanted) {
      const one = stored.get(folded(key));
      if (!one) {
        left.push({ kind: 'notThere', text: `${key} is not in the register.`, key });
        continue;
      }
      const change = next(one);
      if ('kind' in change) left.push(change);
      else if (one.run === request || change.changes.length === 0) done += 1;
      else todo.set(one.id, { stored: one, change });
    }
    const lost = await changeAll(
      [...todo.values()].map(({ stored: one, change }) => ({ id: one.id, version: one.version.number, item: one.item, ...change })),
      { cause, by: looking.accountId, run: request },
    );
    done += todo.size - lost.length;
    wanted = lost.flatMap((id) => todo.get(id)?.stored.item.key ?? []);
  }
  left.push(...wanted.map((key) => ({ kind: 'changed', text: `${key} was changed by somebody else at the same moment. Choose it again.`, key })));
  return { state: 'ok', done, left };
}

/** Somebody has looked at them: dated, with how. */
export function verify({ request, keys, how }: Bulk & { how: Verified['how'] }, looking: Looking): Promise<BulkDone> {
  const at = now();
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  return onMany({ request, keys }, looking, 'verified', ({ verified }) => ({
    changes: [{ attribute: VERIFIED, ...(verified && { from: `${day(verified.at)} ${verified.how}` }), to: `${day(at)} ${how}` }],
    verified: { at, how },
  }));
}

/** Where a class manages who keeps its items, that is a change. */
export async function setKeeper({ request, keys, keeper }: Bulk & { keeper?: string | undefined }, looking: Looking): Promise<BulkDone | Refused> {
  const [{ classes }, known] = await Promise.all([readClasses(), namesOfKind('party', keeper === undefined ? [] : [keeper])]);
  if (keeper !== undefined && !known.has(keeper)) {
    return refused([{ kind: 'notThere', text: `There is no party "${keeper}". Choose one that is, or make it under Parties.`, path: 'keeper' }]);
  }
  const byKey = new Map(classes.map((one) => [one.key, one]));
  return onMany({ request, keys }, looking, 'direct', ({ item }) => {
    const { keeper: _before, ...rest } = item;
    const next = keeper === undefined ? rest : { ...rest, keeper };
    const changes = changesBetween(item, next);
    const of = byKey.get(item.class);
    if (changes.length > 0 && of?.managed.includes('keeper')) {
      const text = `Who keeps ${item.key} is managed for ${of.name}, so it is changed by a Request for Change. Request a change.`;
      return { kind: 'managed', text, key: item.key };
    }
    return { item: next, changes };
  });
}
