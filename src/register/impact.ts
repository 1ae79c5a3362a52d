/**
 * What the failure or change of items reaches, step by step, and where trouble with an item may come from. Trouble travels along a relation as
 * RELATIONS says; of the ways that stand in for each other (`path`) so many have to hold as `need` says. Pure: of items and relations, wherever they were read.
 */
import { RELATIONS, type RelationKind } from '../method';

/** A relation between items, told by how trouble travels along it. */
export interface Link {
  cause: number;
  effect: number;
  kind: RelationKind;
  /** Of the ways of `effect` that stand in for each other. */
  path?: string;
  /** How many ways this path has in all, seen or not, and how many of them have to hold. */
  ways?: number;
  need?: number;
}

export interface ItemRelation {
  src: number;
  dst: number;
  kind: RelationKind;
  path?: string;
  ways?: number;
  need?: number;
}

/** Only what a thing itself names as needed can stand in for another: a path of parts would not make the whole any safer. */
export function linkOf({ src, dst, kind, path, ways, need }: ItemRelation): Link | undefined {
  const { trouble, to } = RELATIONS[kind];
  if (trouble === undefined || to !== 'item') return undefined;
  if (trouble === 'from') return { cause: src, effect: dst, kind };
  return {
    cause: dst,
    effect: src,
    kind,
    ...(path !== undefined && { path, ...(ways !== undefined && { ways }), ...(need !== undefined && { need }) }),
  };
}

/** Whether something goes on without what fails. none: it fails too; half: it holds with nothing to spare; full: with something to spare. */
export type Second = 'none' | 'half' | 'full';

export interface Reached {
  id: number;
  /** After so many steps; 0: where it begins. */
  level: number;
  second: Second;
  /** What it was that reached it; absent where it begins. */
  via?: number;
}

interface Path {
  ways: number;
  need: number;
  seen: number;
  lost: number;
}

/** A relation of an item to itself says nothing: it is never its own second path. */
const honest = ({ cause, effect }: Link): boolean => cause !== effect;

function pathsOf(links: readonly Link[]): Map<Link, Path> {
  const byName = new Map<string, Path>();
  const of = new Map<Link, Path>();
  for (const link of links) {
    if (link.path === undefined) continue;
    const name = `${String(link.effect)} ${link.path}`;
    const path = byName.get(name) ?? { ways: 0, need: 1, seen: 0, lost: 0 };
    path.seen += 1;
    path.ways = Math.max(path.ways, path.seen, link.ways ?? 0);
    // Of relations that say different things the strictest holds.
    path.need = Math.max(path.need, link.need ?? 1);
    byName.set(name, path);
    of.set(link, path);
  }
  return of;
}

const byEnd = (links: readonly Link[], end: 'cause' | 'effect'): Map<number, Link[]> => {
  const found = new Map<number, Link[]>();
  for (const link of links) {
    const there = found.get(link[end]);
    if (there) there.push(link);
    else found.set(link[end], [link]);
  }
  return found;
};

/** What fails or is touched within so many steps once `start` does. Only what fails carries trouble on. In order of steps. */
export function impactOf(start: readonly number[], all: readonly Link[], steps: number): Map<number, Reached> {
  const links = all.filter(honest);
  const paths = pathsOf(links);
  const from = byEnd(links, 'cause');
  const reached = new Map<number, Reached>(start.map((id) => [id, { id, level: 0, second: 'none' }]));
  let front = [...new Set(start)];
  for (let level = 1; level <= steps && front.length > 0; level += 1) {
    const next: number[] = [];
    for (const cause of front) {
      for (const link of from.get(cause) ?? []) {
        const path = paths.get(link);
        if (path) path.lost += 1;
        const there = reached.get(link.effect);
        if (there?.second === 'none') continue;
        const left = path ? path.ways - path.lost - path.need : -1;
        const second: Second = left < 0 ? 'none' : left === 0 || there?.second === 'half' ? 'half' : 'full';
        if (second === 'none') {
          next.push(link.effect);
          reached.delete(link.effect);
          reached.set(link.effect, { id: link.effect, level, second, via: cause });
        } else if (there) there.second = second;
        else reached.set(link.effect, { id: link.effect, level, second, via: cause });
      }
    }
    front = next;
  }
  return new Map([...reached].sort(([, a], [, b]) => a.level - b.level));
}

/** Each cause is tried alone; of more than so many nobody asks whether one suffices. */
export const MOST_TRIED = 300;

/** Whence trouble may come within so many steps. `second`: whether what it began with goes on when this one alone fails; absent: not tried. */
export function causesOf(start: readonly number[], all: readonly Link[], steps: number): Map<number, Omit<Reached, 'second'> & { second?: Second }> {
  const links = all.filter(honest);
  const to = byEnd(links, 'effect');
  const found = new Map<number, Omit<Reached, 'second'> & { second?: Second }>(start.map((id) => [id, { id, level: 0, second: 'none' }]));
  let front = [...new Set(start)];
  for (let level = 1; level <= steps && front.length > 0; level += 1) {
    const next: number[] = [];
    for (const effect of front) {
      for (const { cause } of to.get(effect) ?? []) {
        if (found.has(cause)) continue;
        found.set(cause, { id: cause, level, via: effect });
        next.push(cause);
      }
    }
    front = next;
  }
  const causes = [...found.values()].filter(({ level }) => level > 0);
  if (causes.length > MOST_TRIED) return found;
  for (const one of causes) {
    const then = impactOf([one.id], links, steps);
    const touched = start.flatMap((id) => then.get(id)?.second ?? []);
    one.second = touched.includes('none') ? 'none' : touched.includes('half') ? 'half' : 'full';
  }
  return found;
}

/** What a service, or anything that several items carry, has left: of all that support it some fail, some are only touched. */
export function secondOf(supporting: { all: number; failing: number }): Second {
  if (supporting.failing === 0) return 'full';
  return supporting.failing < supporting.all ? 'half' : 'none';
}

/** From where it began to an item, the way it was reached. */
export function wayTo(id: number, reached: ReadonlyMap<number, { via?: number }>): number[] {
  const way: number[] = [];
  for (let one: number | undefined = id; one !== undefined && !way.includes(one); one = reached.get(one)?.via) way.unshift(one);
  return way;
}
