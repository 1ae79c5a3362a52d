/** What stands of items beside a work item: as people read it. */
import { type ChangingInWork, CRITICALITIES, type FoundItem, type ItemClass, type TiePlan, type TieRole, type WorkRegister } from '../contract';
import { LIFE, LIFE_KEYS, LIFE_OVER, type LifeKey, RELATION_KINDS } from '../method';
import { classesNow } from './kept';
import { changedTo, saysOf } from './planned';
import { holdsItems, itemByKey, itemsByIds, type StoredItem } from './store';
import { carriedBy, supporting, type Tie } from './tied';

export const COMMON_NAMES: Readonly<Record<string, string>> = {
  name: 'Name',
  life: 'Life cycle',
  keeper: 'Kept by',
  location: 'Location',
  criticality: 'Criticality',
  supplier: 'Supplier',
  uc: 'Supplier agreement',
};

export const className = (classes: readonly ItemClass[], key: string): string => classes.find((one) => one.key === key)?.name ?? key;
export const attributeName = (of: ItemClass | undefined, key: string): string =>
  COMMON_NAMES[key] ?? of?.attributes.find((one) => one.key === key)?.name ?? key;

export const foundOf = ({ item }: StoredItem, classes: readonly ItemClass[]): FoundItem & { over: boolean } => ({
  key: item.key,
  name: item.name,
  class: className(classes, item.class),
  life: item.life,
  lifeName: LIFE[item.life],
  ...(item.location !== undefined && { location: item.location }),
  over: LIFE_OVER.includes(item.life),
});

/** What of an item a change may say, by class. */
export function plannableOf(items: readonly StoredItem[], classes: readonly ItemClass[]): WorkRegister['attributes'] {
  const used = new Set(items.map(({ item }) => item.class));
  return Object.fromEntries(
    classes
      .filter(({ key }) => used.has(key))
      .map((one) => [
        className(classes, one.key),
        one.managed.map((key) => {
          const choices = choicesOf(one, key);
          return { key, name: attributeName(one, key), ...(choices && { choices }) };
        }),
      ]),
  );
}

function choicesOf(of: ItemClass, key: string): { value: string; name: string }[] | undefined {
  if (key === 'life') return LIFE_KEYS.map((value) => ({ value, name: LIFE[value] }));
  if (key === 'criticality') return CRITICALITIES.map((value) => ({ value, name: value.charAt(0).toUpperCase() + value.slice(1) }));
  const choices = of.attributes.find((one) => one.key === key)?.choices ?? [];
  return choices.length === 0 ? undefined : choices.map((value) => ({ value, name: value }));
}

const isLife = (value: string): value is LifeKey => LIFE_KEYS.some((one) => one === value);

/** A value as people read it. */
const read = (key: string, value: string | undefined): string | undefined =>
  key === 'life' && value !== undefined && isLife(value) ? LIFE[value] : value;

/** What is planned of an item and what came of it, beside what the register says now. */
export function plannedView(
  tie: Pick<Tie, 'plan' | 'outcome' | 'why'> | undefined,
  stored: StoredItem | undefined,
  classes: readonly ItemClass[],
): Pick<ChangingInWork, 'version' | 'changes' | 'says' | 'plans' | 'comes' | 'outcome' | 'why'> {
  const plan = tie?.plan;
  const of = classes.find((one) => one.key === stored?.item.class);
  const changes = plan && 'changes' in plan ? plan.changes : [];
  return {
    changes: changes.map(({ attribute, from, to }) => {
      const now = stored && saysOf(stored.item, attribute);
      const other = tie?.outcome === undefined && now !== from && now !== to;
      return {
        attribute,
        label: attributeName(of, attribute),
        ...(from !== undefined && { from: read(attribute, from) }),
        ...(to !== undefined && { to: read(attribute, to) }),
        ...(other && { now: read(attribute, now) ?? 'nothing' }),
      };
    }),
    plans: Object.fromEntries(changes.flatMap(({ attribute, to }) => (to === undefined ? [] : [[attribute, to]]))),
    says: Object.fromEntries(
      (of?.managed ?? []).flatMap((key) => {
        const value = stored && saysOf(stored.item, key);
        return value === undefined ? [] : [[key, value]];
      }),
    ),
    ...(stored && { version: stored.version.number }),
    ...(plan && 'item' in plan && { comes: { name: plan.item.name, class: className(classes, plan.item.class) } }),
    ...(tie?.outcome !== undefined && { outcome: tie.outcome }),
    ...(tie?.why !== undefined && { why: tie.why }),
  };
}

/** Why this item cannot be named so; undefined: it can. */
export async function notChoosable(key: string, role: TieRole): Promise<string | undefined> {
  if (!(await holdsItems())) return undefined;
  const stored = await itemByKey(key);
  if (role === 'toAdd') return stored ? `${key} is in the register already. Add it to the items to change.` : undefined;
  if (!stored) return `${key} is not in the register. Choose one that is, or add it as a new item.`;
  return role === 'toChange' && LIFE_OVER.includes(stored.item.life)
    ? `${key} is ${LIFE[stored.item.life].toLowerCase()} and cannot be chosen.`
    : undefined;
}

/** A plan as it is kept: with what the register says now; or why it cannot be. */
export async function planFor(key: string, role: TieRole, plan: TiePlan): Promise<{ plan: TiePlan | undefined } | { text: string }> {
  const classes = await classesNow();
  if ('item' in plan) {
    if (role !== 'toAdd') return { text: `${key} is in the register: say what changes of it.` };
    return classes.some((one) => one.key === plan.item.class) ? { plan } : { text: 'There is no such class. Choose one.' };
  }
  const stored = await itemByKey(key);
  if (role !== 'toChange' || !stored) return { text: `${key} is not in the register, so nothing of it can change. Say what it comes as.` };
  const of = classes.find((one) => one.key === stored.item.class);
  const changes = plan.changes.flatMap(({ attribute, to }) => {
    const [from, next] = [saysOf(stored.item, attribute), to?.trim() === '' ? undefined : to?.trim()];
    return from === next ? [] : [{ attribute, ...(from !== undefined && { from }), ...(next !== undefined && { to: next }) }];
  });
  const free = changes.find(({ attribute }) => !(of?.managed ?? []).includes(attribute));
  if (free) return { text: `${attributeName(of, free.attribute)} of ${key} is not managed, so it is changed without a Request for Change.` };
  const wrong = changes.find((one) => !changedTo(stored.item, [one]));
  if (wrong) return { text: `${attributeName(of, wrong.attribute)} of ${key} takes no such value.` };
  return { plan: changes.length === 0 ? undefined : { changes } };
}

const SUPPORTS = RELATION_KINDS.indexOf('supports');

/** What the items carry, in a line. */
export async function carriesOf(items: readonly StoredItem[], names: ServiceNames): Promise<Pick<WorkRegister, 'carries'>> {
  const ids = await carriedBy(
    items.map(({ id }) => id),
    SUPPORTS,
  );
  if (ids.length === 0) return {};
  const known = await names(ids);
  return { carries: { services: ids.slice(0, NAMED).map((id) => known.get(id)?.name ?? id), more: Math.max(0, ids.length - NAMED) } };
}
const NAMED = 3;
/** Names of services by their ids. */
export type ServiceNames = (ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>;

/** Items in use that support one of these services. */
export async function supportingItems(service: string, limit: number): Promise<StoredItem[]> {
  const items = await itemsByIds(await supporting(service, SUPPORTS, limit));
  return items.filter(({ item }) => !LIFE_OVER.includes(item.life));
}
