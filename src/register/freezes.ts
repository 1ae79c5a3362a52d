/** What overlaps what: changes on the same items at once, and changes on what is frozen (V21). Pure. */
import type { Freeze, Overlap, PlannedChange } from '../contract';

export interface Window {
  from: number;
  until: number;
}

/** They have a moment in common; what ends when the other begins does not. */
export const sharedWindow = (one: Window, other: Window): Window | undefined => {
  const [from, until] = [Math.max(one.from, other.from), Math.min(one.until, other.until)];
  return from < until ? { from, until } : undefined;
};

/** What a freeze looks at of an item. One that is not in the register yet has a key alone, or a class too. */
export interface Freezable {
  key: string;
  class?: string | undefined;
  keeper?: string | undefined;
  location?: string | undefined;
}

/** Keys and places are read as people write them. */
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const among = (all: readonly string[], one: string | undefined): boolean => one !== undefined && all.some((other) => same(one, other));

export const isFrozenBy = ({ scope }: Pick<Freeze, 'scope'>, item: Freezable): boolean =>
  scope.kind === 'everything' ||
  among(scope.items, item.key) ||
  among(scope.classes, item.class) ||
  among(scope.keepers, item.keeper) ||
  among(scope.locations, item.location);

export interface TouchedFreeze {
  freeze: Freeze;
  items: string[];
}

/** The freezes that a change in this window on these items would break, with the items each of them is about. */
export const freezesTouching = (freezes: readonly Freeze[], items: readonly Freezable[], window: Window): TouchedFreeze[] =>
  freezes
    .filter((one) => sharedWindow(one, window))
    .map((one) => ({ freeze: one, items: items.filter((item) => isFrozenBy(one, item)).map(({ key }) => key) }))
    .filter((one) => one.items.length > 0);

export type Change = Pick<PlannedChange, 'key' | 'open' | 'window'> & { items: readonly Freezable[] };

/** Of changes that are not over, each pair once; in the order of their beginnings. */
export function overlapsOf(changes: readonly Change[], freezes: readonly Freeze[]): Overlap[] {
  const open = changes.filter((one) => one.open).sort((a, b) => a.window.from - b.window.from);
  const found: Overlap[] = [];
  // In order of beginning: whoever begins after the end of this one, and all after it, overlap it no more.
  open.forEach((one, index) => {
    for (const other of open.slice(index + 1)) {
      const window = sharedWindow(one.window, other.window);
      if (!window) {
        if (other.window.from >= one.window.until) break;
        continue;
      }
      const items = one.items.filter(({ key }) => other.items.some((also) => same(also.key, key))).map(({ key }) => key);
      if (items.length > 0) found.push({ change: one.key, with: { kind: 'change', key: other.key }, items, window });
    }
    for (const { freeze, items } of freezesTouching(freezes, one.items, one.window)) {
      const window = sharedWindow(freeze, one.window);
      if (window) found.push({ change: one.key, with: { kind: 'freeze', id: freeze.id, name: freeze.name }, items, window });
    }
  });
  return found;
}
