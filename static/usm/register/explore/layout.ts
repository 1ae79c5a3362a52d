/** Rings around the middle, the same each time: whoever is one step away stands on the first ring, beside whom it hangs on. Pure. */
import { besides, type Sight } from './graph';

export interface Spot {
  id: string;
  x: number;
  y: number;
  ring: number;
  /** Whom it hangs on; the middle on nobody. */
  parent: string | undefined;
  children: string[];
}

const RING = 130;
/** Room of one on its ring. */
const ROOM = 26;

export function spotsOf({ nodes, edges }: Pick<Sight, 'nodes' | 'edges'>, root: string): Map<string, Spot> {
  const beside = besides(edges);
  const known = new Set(nodes.map(({ id }) => id));
  const spots = new Map<string, Spot>();
  const rings: string[][] = [];
  const put = (id: string, ring: number, parent: string | undefined): void => {
    spots.set(id, { id, x: 0, y: 0, ring, parent, children: [] });
    (rings[ring] ??= []).push(id);
    if (parent !== undefined) spots.get(parent)?.children.push(id);
  };
  if (!known.has(root)) return spots;
  put(root, 0, undefined);
  for (let ring = 0; (rings[ring]?.length ?? 0) > 0; ring += 1) {
    for (const id of rings[ring] ?? []) for (const other of beside.get(id) ?? []) if (known.has(other) && !spots.has(other)) put(other, ring + 1, id);
  }
  // What hangs on nobody in sight has a ring of its own outside.
  const alone = nodes.filter(({ id }) => !spots.has(id));
  const outside = rings.length;
  for (const { id } of alone) put(id, outside, undefined);

  const leaves = new Map<string, number>();
  for (const ring of [...rings].reverse()) {
    for (const id of ring)
      leaves.set(
        id,
        Math.max(
          1,
          (spots.get(id)?.children ?? []).reduce((sum, child) => sum + (leaves.get(child) ?? 1), 0),
        ),
      );
  }
  // Wide enough that a full ring has room for all on it.
  const radius = rings.map(() => 0);
  rings.forEach((ring, index) => {
    radius[index] = index === 0 ? 0 : Math.max((radius[index - 1] ?? 0) + RING, (ring.length * ROOM) / (2 * Math.PI));
  });
  const place = (id: string, from: number, to: number): void => {
    const spot = spots.get(id);
    if (!spot) return;
    const angle = (from + to) / 2;
    spot.x = (radius[spot.ring] ?? 0) * Math.cos(angle);
    spot.y = (radius[spot.ring] ?? 0) * Math.sin(angle);
    let at = from;
    const all = leaves.get(id) ?? 1;
    for (const child of spot.children) {
      const share = ((to - from) * (leaves.get(child) ?? 1)) / all;
      place(child, at, at + share);
      at += share;
    }
  };
  place(root, -Math.PI / 2, 1.5 * Math.PI);
  alone.forEach(({ id }, index) => place(id, (2 * Math.PI * index) / alone.length, (2 * Math.PI * (index + 1)) / alone.length));
  return spots;
}

export interface Frame {
  x: number;
  y: number;
  /** Of the page for one of the layout. */
  scale: number;
}

/** So that all of it is seen. */
export function wholeIn(spots: ReadonlyMap<string, Spot>, width: number, height: number): Frame {
  const all = [...spots.values()];
  const [left, right] = [Math.min(...all.map(({ x }) => x)) - 90, Math.max(...all.map(({ x }) => x)) + 90];
  const [top, bottom] = [Math.min(...all.map(({ y }) => y)) - 40, Math.max(...all.map(({ y }) => y)) + 40];
  const scale = Math.min(1.2, width / (right - left), height / (bottom - top));
  return { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale };
}

/** Larger or smaller around a point of the page. */
export function zoomed({ x, y, scale }: Frame, by: number, at: { x: number; y: number }): Frame {
  const next = Math.min(4, Math.max(0.05, scale * by));
  return { scale: next, x: at.x - ((at.x - x) / scale) * next, y: at.y - ((at.y - y) / scale) * next };
}

/** Outwards to what hangs on it, inwards to whom it hangs on, round to its neighbours. Undefined: the key means nothing here. */
export function steppedTo(spots: ReadonlyMap<string, Spot>, from: string | undefined, root: string, key: string): string | undefined {
  const here = from === undefined ? undefined : spots.get(from);
  if (!here) return ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home'].includes(key) ? root : undefined;
  const ring = here.parent === undefined ? [here.id] : (spots.get(here.parent)?.children ?? [here.id]);
  const index = ring.indexOf(here.id);
  switch (key) {
    case 'ArrowRight':
      return here.children[0] ?? here.id;
    case 'ArrowLeft':
      return here.parent ?? here.id;
    case 'ArrowDown':
      return ring[(index + 1) % ring.length];
    case 'ArrowUp':
      return ring[(index - 1 + ring.length) % ring.length];
    case 'Home':
      return root;
    default:
      return undefined;
  }
}

/** What is under a point of the page, if something is. */
export function underPoint(spots: ReadonlyMap<string, Spot>, { x, y, scale }: Frame, at: { x: number; y: number }): string | undefined {
  const far = (spot: Spot): number => Math.hypot(spot.x * scale + x - at.x, spot.y * scale + y - at.y);
  const nearest = [...spots.values()].reduce<Spot | undefined>((best, spot) => (best && far(best) <= far(spot) ? best : spot), undefined);
  return nearest && far(nearest) <= Math.max(10, 14 * scale) ? nearest.id : undefined;
}
