/**
 * 5.3 rule 3 from its text, by trying every way through a chain: along a row everything is passed, of those side by side one; the longest way counts.
 * A leg is its values alone; undefined where nothing is agreed.
 */

export type Tree = number | undefined | { row: readonly Tree[] } | { side: readonly Tree[] };

/** Each way as the values along it. */
export function ways(tree: Tree): (number | undefined)[][] {
  if (typeof tree !== 'object') return [[tree]];
  if ('side' in tree) return tree.side.length === 0 ? [[]] : tree.side.flatMap(ways);
  let all: (number | undefined)[][] = [[]];
  for (const part of tree.row) all = all.flatMap((before) => ways(part).map((after) => [...before, ...after]));
  return all;
}

const leaves = (tree: Tree): (number | undefined)[] => (typeof tree === 'object' ? ('row' in tree ? tree.row : tree.side).flatMap(leaves) : [tree]);

/** How long it takes with the own handling before; undefined: not calculated. */
export function longestWay(own: number | undefined, tree: Tree): number | undefined {
  const values = [own, ...leaves(tree)];
  if (values.includes(undefined)) return undefined;
  const sums = ways(tree).map((way) => way.reduce<number>((sum, one) => sum + (one ?? 0), 0));
  return (own ?? 0) + Math.max(0, ...sums);
}

/** The slowest to answer. */
export function slowest(own: number | undefined, tree: Tree): number | undefined {
  const values = [own, ...leaves(tree)];
  return values.includes(undefined) ? undefined : Math.max(...values.map((one) => one ?? 0));
}

/** cannot, tight (at most 15 % left), holds, unknown. */
export function judgement(promised: number, sum: number | undefined): string {
  if (sum === undefined) return 'unknown';
  if (sum > promised) return 'cannot';
  return (promised - sum) * 100 <= promised * 15 ? 'tight' : 'holds';
}

/** With the so-maniest leaf replaced; the own handling is not one of them. */
export function replaced(tree: Tree, index: number, value: number): Tree {
  let at = -1;
  const walk = (one: Tree): Tree => {
    if (typeof one === 'object') return 'row' in one ? { row: one.row.map(walk) } : { side: one.side.map(walk) };
    at += 1;
    return at === index ? value : one;
  };
  return walk(tree);
}

/** By how much a leaf may grow, up to a most, without the whole taking longer: tried one by one. */
export function spare(own: number, tree: Tree, index: number, most: number): number {
  const now = longestWay(own, tree);
  const value = leaves(tree)[index] ?? 0;
  let by = 0;
  while (by < most && longestWay(own, replaced(tree, index, value + by + 1)) === now) by += 1;
  return by;
}

/** The greatest value from 1 up with which a promise is kept, tried downwards one by one; undefined when none is. */
export function enough(own: number, tree: Tree, index: number, promised: number): number | undefined {
  for (let value = leaves(tree)[index] ?? 0; value >= 1; value -= 1) {
    if ((longestWay(own, replaced(tree, index, value)) ?? Infinity) <= promised) return value;
  }
  return undefined;
}

/** Whether somebody comes back to where they began, by walking on from it as long as anything is new. */
export function comesBack(under: Readonly<Record<string, readonly string[]>>, start: string): boolean {
  const reached = new Set<string>(under[start] ?? []);
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const one of [...reached]) for (const next of under[one] ?? []) reached.add(next);
  }
  return reached.has(start);
}
