/** From items that are reached to the boxes of the picture: items of the same class in the same place stand together. Pure. */

/** none: every item by itself. step: all of one step together, where nothing else is small enough. */
export const GROUPINGS = ['classAndPlace', 'class', 'place', 'none', 'step'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface Grouped {
  id: number;
  class: string;
  place: string | undefined;
  level: number;
  /** Whether it goes on: items that fail and items that hold never stand in one box. */
  fails: boolean;
}

export interface Box<T extends Grouped = Grouped> {
  id: string;
  level: number;
  fails: boolean;
  /** Of all its items; absent where they differ. */
  class?: string;
  place?: string;
  items: T[];
}

/** More than so many nobody reads. */
export const MOST_BOXES = 60;

const HARDER: Readonly<Record<Grouping, Grouping | undefined>> = {
  none: 'classAndPlace',
  classAndPlace: 'class',
  place: 'class',
  class: 'step',
  step: undefined,
};

const nameOf = (one: Grouped, group: Grouping): string => {
  const parts: Readonly<Record<Grouping, (string | undefined)[]>> = {
    none: [String(one.id)],
    classAndPlace: [one.class, one.place],
    class: [one.class],
    place: [one.place],
    step: [],
  };
  // Where it begins everything stands for itself.
  return JSON.stringify([one.level, one.fails, ...(one.level === 0 ? [one.id] : parts[group])]);
};

const same = <T>(all: readonly T[]): T | undefined => (all.every((one) => one === all[0]) ? all[0] : undefined);

function grouped<T extends Grouped>(items: readonly T[], group: Grouping): Box<T>[] {
  const found = new Map<string, T[]>();
  for (const one of items) {
    const name = nameOf(one, group);
    const there = found.get(name);
    if (there) there.push(one);
    else found.set(name, [one]);
  }
  return [...found.values()].flatMap((of, index): Box<T>[] => {
    const [first] = of;
    if (!first) return [];
    const [oneClass, onePlace] = [same(of.map((one) => one.class)), same(of.map((one) => one.place))];
    return [
      {
        id: `b${String(index)}`,
        level: first.level,
        fails: first.fails,
        ...(oneClass !== undefined && { class: oneClass }),
        ...(onePlace !== undefined && { place: onePlace }),
        items: of,
      },
    ];
  });
}

/** Grouped as asked, or harder until there are few enough; `group` says how. */
export function boxesOf<T extends Grouped>(items: readonly T[], asked: Grouping, most = MOST_BOXES): { boxes: Box<T>[]; group: Grouping } {
  for (let group = asked; ;) {
    const boxes = grouped(items, group);
    const harder = HARDER[group];
    if (boxes.length <= most || harder === undefined) return { boxes, group };
    group = harder;
  }
}

export interface BoxLine {
  from: string;
  to: string;
}

/** One line for all relations between two boxes, where they lead onwards. */
export function linesBetween<T extends Grouped>(boxes: readonly Box<T>[], pairs: Iterable<readonly [from: number, to: number]>): BoxLine[] {
  const at = new Map(boxes.flatMap((box) => box.items.map((one) => [one.id, box] as const)));
  const found = new Map<string, BoxLine>();
  for (const [from, to] of pairs) {
    const [here, there] = [at.get(from), at.get(to)];
    if (!here || !there || there.level <= here.level) continue;
    found.set(`${here.id} ${there.id}`, { from: here.id, to: there.id });
  }
  return [...found.values()];
}
