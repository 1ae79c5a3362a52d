/** What a work item is to change of items: planned beforehand, carried out once, told in the register as one version with its work item. */
import { COMMON_ATTRIBUTES, managedItem, type ManagedItem, type PlannedValue } from '../contract';
import { now } from '../platform/clock';
import { changeAll, createAll, itemByKey, type StoredItem } from './store';
import { keepOutcome, type OwnTie } from './ties';

const isCommon = (key: string): key is (typeof COMMON_ATTRIBUTES)[number] => COMMON_ATTRIBUTES.some((one) => one === key);

/** What an item says of an attribute; undefined: nothing. */
export const saysOf = (item: ManagedItem, attribute: string): string | undefined =>
  isCommon(attribute) ? item[attribute] : item.attributes[attribute];

/** The item as it shall be; undefined: an attribute takes no such value. */
export function changedTo(item: ManagedItem, changes: readonly Pick<PlannedValue, 'attribute' | 'to'>[]): ManagedItem | undefined {
  const common = Object.fromEntries(changes.flatMap(({ attribute, to }) => (isCommon(attribute) ? [[attribute, to]] : [])));
  const own = Object.fromEntries(changes.flatMap(({ attribute, to }) => (isCommon(attribute) ? [] : [[attribute, to]])));
  const attributes = Object.fromEntries(Object.entries({ ...item.attributes, ...own }).filter(([, value]) => value !== undefined));
  return managedItem.safeParse({ ...item, ...common, attributes }).data;
}

interface Work {
  id: string;
  key: string;
}

export interface CarryOut {
  work: Work;
  key: string;
  tie: OwnTie;
  by: string | undefined;
  /** The version that the person has seen; absent: only where the register says what it said when it was planned. */
  seen?: number | undefined;
}

/** stale: the register says something else meanwhile. refused: what was planned is no value that the attribute takes. */
export type CarriedOut = { state: 'done' } | { state: 'stale' } | { state: 'refused'; text: string };

const stampOf = ({ work, by }: CarryOut, id: string, cause: 'change' | 'registered') => ({
  cause,
  by,
  workItem: work,
  run: `c:${work.id}:${id}`.slice(0, 36),
});

const done = async ({ work, key, tie, by }: CarryOut): Promise<CarriedOut> => {
  await keepOutcome(work.id, key, tie.role, { outcome: 'updated', by, at: now() });
  return { state: 'done' };
};

async function change(given: CarryOut, stored: StoredItem): Promise<CarriedOut> {
  const { tie, seen, key } = given;
  const planned = tie.plan && 'changes' in tie.plan ? tie.plan.changes : [];
  const left = planned.filter(({ attribute, to }) => saysOf(stored.item, attribute) !== to);
  if (left.length === 0) return done(given);
  const { number: version } = stored.version;
  const unseen = seen === undefined ? left.some(({ attribute, from }) => saysOf(stored.item, attribute) !== from) : seen !== version;
  if (unseen) return { state: 'stale' };
  const item = changedTo(stored.item, left);
  if (!item) return { state: 'refused', text: `What is planned of ${key} is no value that the register takes. Plan it anew.` };
  const changes = left.map(({ attribute, to }) => {
    const from = saysOf(stored.item, attribute);
    return { attribute, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  });
  const behind = await changeAll([{ id: stored.id, version, item, changes }], stampOf(given, String(stored.id), 'change'));
  return behind.length > 0 ? { state: 'stale' } : done(given);
}

/** Comes into the register with this work item; whatever is there by that key already is it. */
async function add(given: CarryOut): Promise<CarriedOut> {
  const { tie, key } = given;
  const comes = tie.plan && 'item' in tie.plan ? tie.plan.item : undefined;
  if (!comes) return { state: 'refused', text: `Say what ${key} is first: its name and its class.` };
  await createAll([{ item: { key, ...comes, life: 'inUse', attributes: {} } }], stampOf(given, key, 'registered'));
  return done(given);
}

/** May be called twice, and at once. */
export async function carryOut(given: CarryOut): Promise<CarriedOut> {
  const stored = await itemByKey(given.key);
  if (given.tie.role === 'toAdd') return stored ? done(given) : add(given);
  return stored ? change(given, stored) : { state: 'refused', text: `${given.key} is not in the register. Correct the name.` };
}
