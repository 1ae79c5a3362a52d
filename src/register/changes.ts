/** What differs between two states of an item, and what its versions tell of each attribute. Pure. */
import type { AttributeChange, ItemClass, ItemVersion, ManagedItem, VersionCause } from '../contract';
import type { LifeKey } from '../method';
import { LIFE_KEYS } from '../method';
import { attributesOf, valueOf } from './words';

/** Every attribute that one of both has, whether its class knows it or not. */
export function changesBetween(before: ManagedItem, after: ManagedItem): AttributeChange[] {
  const keys = new Set([...attributesOf(undefined), ...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  return [...keys].flatMap((attribute): AttributeChange[] => {
    const [from, to] = [valueOf(before, attribute), valueOf(after, attribute)];
    return from === to ? [] : [{ attribute, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}

export const managedAmong = (changes: readonly AttributeChange[], of: ItemClass): AttributeChange[] =>
  changes.filter(({ attribute }) => of.managed.includes(attribute));

export interface LastChange {
  before: string | undefined;
  at: number;
  by: string | undefined;
  cause: VersionCause;
  workItem: ItemVersion['workItem'];
  why: string | undefined;
}

/** By attribute: the newest version that changed it. `versions`: newest first. */
export function lastChanges(versions: readonly ItemVersion[]): Map<string, LastChange> {
  const found = new Map<string, LastChange>();
  for (const { changes, at, by, cause, workItem, why } of versions) {
    for (const { attribute, from } of changes) {
      if (!found.has(attribute)) found.set(attribute, { before: from, at, by, cause, workItem, why });
    }
  }
  return found;
}

const isLife = (value: string | undefined): value is LifeKey => LIFE_KEYS.some((one) => one === value);

/** When it came into each part of its life, oldest first. `versions`: newest first, perhaps not all of them. */
export function lifeOf(now: LifeKey, versions: readonly ItemVersion[], registeredAt: number): { life: LifeKey; at?: number }[] {
  const changed = versions.flatMap(({ at, changes }) =>
    changes.flatMap(({ attribute, from, to }) => (attribute === 'life' ? [{ at, from, to }] : [])),
  );
  const first = changed.at(-1)?.from ?? now;
  const begun = isLife(first) ? [{ life: first, at: registeredAt }] : [];
  return [...begun, ...changed.reverse().flatMap(({ at, to }) => (isLife(to) ? [{ life: to, at }] : []))];
}
