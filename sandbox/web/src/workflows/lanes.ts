/** Lanes of a workflow's picture: the transitions that are no straight arrows, each with a height of its own and a port at every box. */
import { sum, widthOf, type Cell, type Columns, type Plan } from './grid';

/** Where a line begins or ends. */
export interface End {
  cell: Cell;
  side: 'top' | 'bottom';
  x: number;
}

export interface Lane {
  plan: Plan;
  target: End;
  sources: End[];
  from: number;
  to: number;
  labelX: number;
  /** Counted within its channel. */
  lane: number;
}

type Way = Pick<Lane, 'plan' | 'target' | 'sources'>;

const LABEL_SPACE = 6;
const PORT_SHIFT = 3;

const endAt = (cell: Cell, channel: number): End => ({ cell, side: channel > cell.row ? 'bottom' : 'top', x: 0 });

/** Gives every line a place of its own on the side of the box where it begins or ends, on the side to which it leads. */
function setPorts(ways: readonly Way[], cells: readonly Cell[], { centre, sizeOf }: Columns): void {
  const all = ways.flatMap(({ plan, target, sources }) => [
    { end: target, towards: sum(plan.sources.map(centre)) / plan.sources.length },
    ...sources.map((end) => ({ end, towards: centre(plan.target) })),
  ]);
  for (const cell of cells) {
    for (const side of ['top', 'bottom'] as const) {
      const here = all.filter(({ end }) => end.cell === cell && end.side === side).sort((a, b) => a.towards - b.towards);
      const { width } = sizeOf(cell);
      // Boxes above each other would have their lines upon each other.
      const shift = side === 'top' ? PORT_SHIFT : -PORT_SHIFT;
      here.forEach(({ end }, index) => (end.x = centre(cell) - width / 2 + ((index + 0.5) * width) / here.length + shift));
    }
  }
}

/** A name stands where its lane is longest without anything that joins it. */
function labelAt(xs: readonly number[]): number {
  let [begin, end] = [xs[0] ?? 0, xs[0] ?? 0];
  xs.slice(1).forEach((x, index) => {
    const before = xs[index] ?? x;
    if (x - before > end - begin) [begin, end] = [before, x];
  });
  return (begin + end) / 2;
}

/** Lays the lanes: in each channel the first one that is free over the whole length, short ones next to the boxes. */
export function lanesOf(plans: readonly Plan[], cells: readonly Cell[], columns: Columns): Lane[] {
  const ways = plans.map((plan): Way => ({
    plan,
    target: endAt(plan.target, plan.channel),
    sources: plan.sources.map((one) => endAt(one, plan.channel)),
  }));
  setPorts(ways, cells, columns);
  const taken = new Map<number, { from: number; to: number }[][]>();
  return ways
    .map((way) => {
      const xs = [way.target.x, ...way.sources.map(({ x }) => x)].sort((a, b) => a - b);
      const [from, to, labelX] = [xs[0] ?? 0, xs.at(-1) ?? 0, labelAt(xs)];
      const half = widthOf(way.plan.step.name) / 2 + LABEL_SPACE;
      const span = { from: Math.min(from, labelX - half) - LABEL_SPACE, to: Math.max(to, labelX + half) + LABEL_SPACE };
      return { way, from, to, labelX, span };
    })
    .sort((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from))
    .map(({ way, from, to, labelX, span }): Lane => {
      const channel = taken.get(way.plan.channel) ?? [];
      taken.set(way.plan.channel, channel);
      const free = channel.findIndex((spans) => spans.every((one) => span.to < one.from || span.from > one.to));
      const lane = free < 0 ? channel.length : free;
      (channel[lane] ??= []).push(span);
      return { ...way, from, to, labelX, lane };
    });
}
