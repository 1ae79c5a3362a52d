/**
 * Where everything of a workflow's picture stands. Rows and columns are those of the statuses' layout; the spaces between them follow
 * from what has to be written there. A transition between neighbours is a straight arrow. Every other one runs in a lane of its own
 * between the rows: its sources join the lane, and one arrow leads into its target, so that seven sources stay one line to read.
 */
import type { Workflow, WorkflowStatus, WorkflowStep } from './schemas';

export const BOX_HEIGHT = 32;
const START = 'start';
const START_SIZE = 20;
const LETTER = 6.1;
const LANE = 22;
const LANE_MARGIN = 26;
const GAP = 40;
const LABEL_MARGIN = 24;
const LONGEST_LINE = 62;
const LINE_HEIGHT = 14;
const SAME_COLUMN = 60;
const PILL_HEIGHT = 24;
const PILL_BAND = 44;
const STRAIGHT_OFFSET = 7;
const MARGIN = 16;

export interface Box {
  id: string;
  kind: 'status' | 'start';
  name: string;
  category: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Arrow {
  transition: string;
  kind: 'initial' | 'directed' | 'global' | 'looped';
  /** Statuses it leaves; none for global and looped ones. */
  from: string[];
  to: string | undefined;
  /** Lines without and with an arrowhead. */
  stubs: string[];
  head: string | undefined;
  /** Where sources join a lane. */
  joints: { x: number; y: number }[];
  label: { x: number; y: number; lines: string[] };
  /** Global and looped ones name themselves in a pill. */
  pill?: { x: number; y: number; width: number; height: number };
}

export interface Diagram {
  width: number;
  height: number;
  boxes: Box[];
  arrows: Arrow[];
}

const widthOf = (text: string): number => text.length * LETTER;

/** Words in lines that are not longer than a gap between two boxes may become. */
export function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= LONGEST_LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

interface Node {
  id: string;
  name: string;
  category: string;
  x: number;
  y: number;
}
interface Cell extends Node {
  row: number;
  column: number;
}

function nodesOf({ statuses, startPointLayout, transitions }: Workflow, known: readonly WorkflowStatus[]): Node[] {
  const nodes = statuses.map(({ statusReference, layout }, index): Node => {
    const status = known.find(({ id }) => id === statusReference);
    const at = layout ?? { x: index * 200, y: 0 };
    return { id: statusReference, name: status?.name ?? statusReference, category: status?.statusCategory.key ?? 'new', ...at };
  });
  const initial = transitions.find(({ type }) => type === 'INITIAL');
  const first = nodes.find(({ id }) => id === initial?.toStatusReference);
  if (!first) return nodes;
  const left = Math.min(...nodes.map(({ x }) => x));
  return [{ id: START, name: 'Start', category: '', ...(startPointLayout ?? { x: left - 160, y: first.y }) }, ...nodes];
}

/** Rows and columns: what nearly lines up lines up. */
function cellsOf(nodes: Node[]): Cell[] {
  let row = -1;
  let rowAt = -Infinity;
  const rows = new Map<string, number>();
  for (const node of [...nodes].sort((a, b) => a.y - b.y)) {
    if (node.y - rowAt > BOX_HEIGHT) [row, rowAt] = [row + 1, node.y];
    rows.set(node.id, row);
  }
  let column = -1;
  let columnAt = -Infinity;
  let taken = new Set<number>();
  return [...nodes]
    .sort((a, b) => a.x - b.x)
    .map((node) => {
      const own = rows.get(node.id) ?? 0;
      if (node.x - columnAt > SAME_COLUMN || taken.has(own)) [column, columnAt, taken] = [column + 1, node.x, new Set()];
      taken.add(own);
      return { ...node, row: own, column };
    });
}

interface Plan {
  step: WorkflowStep;
  sources: Cell[];
  target: Cell;
  /** Above row n; n + 1 is below it. */
  channel: number;
}

const isNeighbour = (a: Cell, b: Cell, cells: readonly Cell[]): boolean =>
  a.row === b.row &&
  a !== b &&
  !cells.some((one) => one.row === a.row && one.column > Math.min(a.column, b.column) && one.column < Math.max(a.column, b.column));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Draws a workflow. */
export function diagramOf(workflow: Workflow, statuses: readonly WorkflowStatus[]): Diagram {
  const cells = cellsOf(nodesOf(workflow, statuses));
  const cell = (id: string | undefined): Cell | undefined => cells.find((one) => one.id === id);

  const straights: { step: WorkflowStep; from: Cell; to: Cell }[] = [];
  const plans: Plan[] = [];
  const globals: { step: WorkflowStep; target: Cell }[] = [];
  const loops: WorkflowStep[] = [];
  for (const step of workflow.transitions) {
    const target = cell(step.toStatusReference);
    const sources = (step.type === 'INITIAL' ? [START] : step.links.map((one) => one.fromStatusReference)).flatMap((id) => cell(id) ?? []);
    if (step.type === 'GLOBAL') {
      if (target) globals.push({ step, target });
      else loops.push(step);
      continue;
    }
    const [only, ...others] = sources;
    // A directed transition without a target leads back to each of its sources.
    if (!target) {
      for (const one of sources) plans.push({ step, sources: [one], target: one, channel: one.row });
    } else if (only && others.length === 0 && isNeighbour(only, target, cells) && !straights.some((one) => one.from === only && one.to === target)) {
      straights.push({ step, from: only, to: target });
    } else if (only) {
      plans.push({ step, sources, target, channel: sources.every(({ row }) => row > target.row) ? target.row + 1 : target.row });
    }
  }

  const columns = 1 + Math.max(0, ...cells.map(({ column }) => column));
  const rows = 1 + Math.max(0, ...cells.map(({ row }) => row));
  const boxWidth = Math.max(88, 20 + Math.max(0, ...cells.map(({ name }) => widthOf(name) * 1.12)));
  const gaps = Array.from({ length: columns }, (_, column) => {
    const here = straights.filter(({ from, to }) => Math.min(from.column, to.column) === column);
    return Math.max(GAP, LABEL_MARGIN + Math.max(0, ...here.flatMap(({ step }) => linesOf(step.name).map(widthOf))));
  });
  const columnWidths = Array.from({ length: columns }, (_, column) =>
    cells.some((one) => one.column === column && one.id !== START) ? boxWidth : START_SIZE,
  );
  const left = (column: number): number => MARGIN + sum(columnWidths.slice(0, column)) + sum(gaps.slice(0, column));
  const sizeOf = ({ id }: Cell): { width: number; height: number } =>
    id === START ? { width: START_SIZE, height: START_SIZE } : { width: boxWidth, height: BOX_HEIGHT };
  const centre = (one: Cell): number => left(one.column) + (columnWidths[one.column] ?? 0) / 2;

  // Ports: every line has a place of its own on the side of the box where it begins or ends.
  const ends = plans.map((plan) => ({
    plan,
    target: { cell: plan.target, side: plan.channel > plan.target.row ? 'bottom' : 'top' } as const,
    sources: plan.sources.map((one) => ({ cell: one, side: plan.channel > one.row ? 'bottom' : 'top' }) as const),
  }));
  type End = { cell: Cell; side: 'top' | 'bottom' };
  const port = new Map<End, number>();
  for (const one of cells) {
    for (const side of ['top', 'bottom'] as const) {
      const here = ends.flatMap(({ plan, target, sources }) => {
        const from = sources.filter((end) => end.cell === one && end.side === side).map((end) => ({ end: end as End, towards: centre(plan.target) }));
        const middle = sum(plan.sources.map(centre)) / plan.sources.length;
        return target.cell === one && target.side === side ? [...from, { end: target as End, towards: middle }] : from;
      });
      here.sort((a, b) => a.towards - b.towards);
      const { width } = sizeOf(one);
      // Boxes above each other would have their lines upon each other.
      const shift = side === 'top' ? 3 : -3;
      here.forEach(({ end }, index) => port.set(end, centre(one) - width / 2 + ((index + 0.5) * width) / here.length + shift));
    }
  }

  // Lanes: in each channel the first one that is free over the whole length.
  const channels = Array.from({ length: rows + 1 }, () => [] as { from: number; to: number }[][]);
  const laid = ends
    .map(({ plan, target, sources }) => {
      const xs = [port.get(target) ?? 0, ...sources.map((end) => port.get(end) ?? 0)].sort((a, b) => a - b);
      const widest = xs.slice(1).reduce((best, x, index) => (x - (xs[index] ?? 0) > best.to - best.from ? { from: xs[index] ?? 0, to: x } : best), {
        from: xs[0] ?? 0,
        to: xs[0] ?? 0,
      });
      const labelX = (widest.from + widest.to) / 2;
      const half = widthOf(plan.step.name) / 2 + 6;
      const span = { from: Math.min(xs[0] ?? 0, labelX - half) - 6, to: Math.max(xs.at(-1) ?? 0, labelX + half) + 6 };
      return { plan, target, sources, xs, labelX, span, lane: 0 };
    })
    .sort((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from));
  for (const one of laid) {
    const lanes = channels[one.plan.channel] ?? [];
    const free = lanes.findIndex((lane) => lane.every(({ from, to }) => one.span.to < from || one.span.from > to));
    one.lane = free < 0 ? lanes.length : free;
    (lanes[one.lane] ??= []).push(one.span);
  }

  // Rows: between them there is room for the lanes, for pills under the row above, and for labels of straight arrows.
  const pillsUnder = (row: number): number => {
    const here = globals.filter(({ target }) => target.row === row);
    return Math.max(0, ...here.map(({ target }) => here.filter((one) => one.target === target).length));
  };
  const channelHeight = (index: number): number => {
    const lanes = channels[index]?.length ?? 0;
    const pills = index > 0 ? pillsUnder(index - 1) * PILL_BAND : 0;
    if (lanes === 0) return (index === 0 ? 12 : index === rows ? 0 : 60) + pills;
    return lanes * LANE + 2 * LANE_MARGIN + pills;
  };
  const top = (row: number): number => MARGIN + sum(Array.from({ length: row + 1 }, (_, index) => channelHeight(index))) + row * BOX_HEIGHT;
  const laneY = (channel: number, lane: number): number => {
    const lanes = channels[channel]?.length ?? 0;
    if (channel === 0) return top(0) - LANE_MARGIN - (lane + 0.5) * LANE;
    const pills = pillsUnder(channel - 1) * PILL_BAND;
    const begin = top(channel - 1) + BOX_HEIGHT + pills + LANE_MARGIN;
    return channel === rows ? begin + (lane + 0.5) * LANE : begin + (lanes - lane - 0.5) * LANE;
  };
  const boxes = cells.map((one): Box => {
    const { width, height } = sizeOf(one);
    const { id, name, category } = one;
    return { id, kind: id === START ? 'start' : 'status', name, category, width, height, x: centre(one) - width / 2, y: top(one.row) + (BOX_HEIGHT - height) / 2 };
  });
  const box = (id: string): Box => boxes.find((one) => one.id === id) as Box;
  const edge = ({ cell: { id }, side }: End): number => (side === 'top' ? box(id).y : box(id).y + box(id).height);

  const arrows: Arrow[] = [];
  for (const { step, from, to } of straights) {
    const forward = to.column > from.column;
    const [a, b] = [box(from.id), box(to.id)];
    const pair = straights.some((one) => one.from === to && one.to === from);
    const y = top(from.row) + BOX_HEIGHT / 2 + (pair ? (forward ? -STRAIGHT_OFFSET : STRAIGHT_OFFSET) : 0);
    const [x1, x2] = forward ? [a.x + a.width, b.x] : [a.x, b.x + b.width];
    const lines = linesOf(step.name);
    const under = pair && !forward;
    arrows.push({
      transition: step.id,
      kind: step.type === 'INITIAL' ? 'initial' : 'directed',
      from: from.id === START ? [] : [from.id],
      to: to.id,
      stubs: [],
      head: `M${x1} ${y}H${x2}`,
      joints: [],
      label: { x: (x1 + x2) / 2, y: under ? y + LINE_HEIGHT : y - 7 - (lines.length - 1) * LINE_HEIGHT, lines },
    });
  }
  for (const { plan, target, sources, xs, labelX, lane } of laid) {
    const y = laneY(plan.channel, lane);
    const targetX = port.get(target) ?? 0;
    const stubs = sources.map((end) => `M${port.get(end) ?? 0} ${edge(end)}V${y}`);
    arrows.push({
      transition: plan.step.id,
      kind: plan.step.type === 'INITIAL' ? 'initial' : 'directed',
      from: plan.sources.map(({ id }) => id).filter((id) => id !== START),
      to: plan.target.id,
      stubs: [...stubs, `M${xs[0] ?? 0} ${y}H${xs.at(-1) ?? 0}`],
      head: `M${targetX} ${y}V${edge(target)}`,
      joints: sources.length > 1 ? sources.map((end) => ({ x: port.get(end) ?? 0, y })) : [],
      label: { x: labelX, y: y + 4, lines: [plan.step.name] },
    });
  }
  globals.forEach(({ step, target }, index) => {
    const before = globals.slice(0, index).filter((one) => one.target === target).length;
    const under = box(target.id);
    const width = Math.max(60, widthOf(`Any: ${step.name}`) + 20);
    const y = under.y + under.height + 22 + before * PILL_BAND;
    const x = under.x + under.width / 2;
    arrows.push({
      transition: step.id,
      kind: 'global',
      from: [],
      to: target.id,
      stubs: [],
      head: `M${x} ${y}V${before === 0 ? under.y + under.height : y - PILL_BAND + PILL_HEIGHT}`,
      joints: [],
      label: { x, y: y + 16, lines: [`Any: ${step.name}`] },
      pill: { x: x - width / 2, y, width, height: PILL_HEIGHT },
    });
  });
  const bottom = top(rows - 1) + BOX_HEIGHT + channelHeight(rows);
  let x = MARGIN;
  for (const step of loops) {
    const text = `Any, stays: ${step.name}`;
    const width = widthOf(text) + 20;
    arrows.push({
      transition: step.id,
      kind: 'looped',
      from: [],
      to: undefined,
      stubs: [],
      head: undefined,
      joints: [],
      label: { x: x + width / 2, y: bottom + 28, lines: [text] },
      pill: { x, y: bottom + 12, width, height: PILL_HEIGHT },
    });
    x += width + 8;
  }
  const reach = arrows.flatMap(({ label, pill }) => [label.x + Math.max(...label.lines.map(widthOf)) / 2, pill ? pill.x + pill.width : 0]);
  return {
    width: Math.ceil(Math.max(left(columns - 1) + (columnWidths[columns - 1] ?? 0), ...reach) + MARGIN),
    height: Math.ceil(bottom + (loops.length > 0 ? 12 + PILL_HEIGHT : 0) + MARGIN),
    boxes,
    arrows,
  };
}
