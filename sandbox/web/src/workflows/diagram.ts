/**
 * Where everything of a workflow's picture stands. Rows and columns are those of the statuses' layout; the spaces between them follow
 * from what has to be written there. A transition between neighbours is a straight arrow. Every other one runs in a lane of its own
 * between the rows: its sources join the lane, and one arrow leads into its target, so that seven sources stay one line to read.
 */
import { BOX_HEIGHT, cellsOf, columnsOf, linesOf, MARGIN, routesOf, START, sum, widthOf, type Cell, type Columns, type Routes } from './grid';
import { lanesOf, type End, type Lane } from './lanes';
import type { Workflow, WorkflowStatus, WorkflowStep } from './schemas';

const LANE = 22;
const LANE_MARGIN = 26;
const ROW_GAP = 60;
const TOP = 12;
const PILL_HEIGHT = 24;
const PILL_BAND = 44;
const PILL_GAP = 22;
const STRAIGHT_OFFSET = 7;
export const LINE_HEIGHT = 14;

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

interface Heights {
  /** Upper edge of the boxes of a row. */
  top(row: number): number;
  lane(lane: Lane): number;
  bottom: number;
}

/** Above, between and below the rows there is room for the lanes, and under a row for the pills of global transitions. */
function heightsOf(cells: readonly Cell[], lanes: readonly Lane[], globals: Routes['globals']): Heights {
  const rows = 1 + Math.max(0, ...cells.map(({ row }) => row));
  const lanesIn = (channel: number): number => Math.max(0, ...lanes.filter(({ plan }) => plan.channel === channel).map(({ lane }) => lane + 1));
  const pillsUnder = (row: number): number => {
    const here = globals.filter(({ target }) => target.row === row);
    return PILL_BAND * Math.max(0, ...here.map(({ target }) => here.filter((one) => one.target === target).length));
  };
  const empty = (channel: number): number => (channel === 0 ? TOP : channel === rows ? 0 : ROW_GAP);
  const height = (channel: number): number => {
    const count = lanesIn(channel);
    return (count === 0 ? empty(channel) : count * LANE + 2 * LANE_MARGIN) + pillsUnder(channel - 1);
  };
  const top = (row: number): number => MARGIN + sum(Array.from({ length: row + 1 }, (_, channel) => height(channel))) + row * BOX_HEIGHT;
  return {
    top,
    bottom: top(rows - 1) + BOX_HEIGHT + height(rows),
    lane({ plan: { channel }, lane }) {
      // Counted from the row whose transitions they mostly are: the lower one, except under the last.
      const fromAbove = channel === rows;
      const base = fromAbove ? top(rows - 1) + BOX_HEIGHT + pillsUnder(rows - 1) + LANE_MARGIN : top(channel) - LANE_MARGIN;
      return base + (lane + 0.5) * LANE * (fromAbove ? 1 : -1);
    },
  };
}

function boxOf(cell: Cell, columns: Columns, heights: Heights): Box {
  const { id, name, category } = cell;
  const { width, height } = columns.sizeOf(cell);
  const y = heights.top(cell.row) + (BOX_HEIGHT - height) / 2;
  return { id, kind: id === START ? 'start' : 'status', name, category, width, height, x: columns.centre(cell) - width / 2, y };
}

const kindOf = ({ type }: WorkflowStep): Arrow['kind'] => (type === 'INITIAL' ? 'initial' : 'directed');
const idsOf = (cells: readonly Cell[]): string[] => cells.map(({ id }) => id).filter((id) => id !== START);

type BoxAt = (cell: Cell) => Box;

function straightArrow({ step, from, to }: Routes['straights'][number], all: Routes['straights'], boxAt: BoxAt): Arrow {
  const forward = to.column > from.column;
  const [a, b] = [boxAt(from), boxAt(to)];
  const isPair = all.some((one) => one.from === to && one.to === from);
  const y = a.y + a.height / 2 + (isPair ? (forward ? -STRAIGHT_OFFSET : STRAIGHT_OFFSET) : 0);
  const [x1, x2] = forward ? [a.x + a.width, b.x] : [a.x, b.x + b.width];
  const lines = linesOf(step.name);
  const labelY = isPair && !forward ? y + LINE_HEIGHT : y - 7 - (lines.length - 1) * LINE_HEIGHT;
  return {
    transition: step.id,
    kind: kindOf(step),
    from: idsOf([from]),
    to: to.id,
    stubs: [],
    head: `M${x1} ${y}H${x2}`,
    joints: [],
    label: { x: (x1 + x2) / 2, y: labelY, lines },
  };
}

function laneArrow(lane: Lane, y: number, boxAt: BoxAt): Arrow {
  const { plan, target, sources } = lane;
  const edge = ({ cell, side }: End): number => (side === 'top' ? boxAt(cell).y : boxAt(cell).y + boxAt(cell).height);
  return {
    transition: plan.step.id,
    kind: kindOf(plan.step),
    from: idsOf(plan.sources),
    to: plan.target.id,
    stubs: [...sources.map((end) => `M${end.x} ${edge(end)}V${y}`), `M${lane.from} ${y}H${lane.to}`],
    head: `M${target.x} ${y}V${edge(target)}`,
    joints: sources.length > 1 ? sources.map(({ x }) => ({ x, y })) : [],
    label: { x: lane.labelX, y: y + 4, lines: [plan.step.name] },
  };
}

/** A pill under the status, pointing at it; `above`: how many pills stand between. */
function globalArrow({ step, target }: Routes['globals'][number], above: number, boxAt: BoxAt): Arrow {
  const box = boxAt(target);
  const text = `Any: ${step.name}`;
  const width = Math.max(60, widthOf(text) + 20);
  const x = box.x + box.width / 2;
  const y = box.y + box.height + PILL_GAP + above * PILL_BAND;
  return {
    transition: step.id,
    kind: 'global',
    from: [],
    to: target.id,
    stubs: [],
    head: `M${x} ${y}V${above === 0 ? box.y + box.height : y - PILL_BAND + PILL_HEIGHT}`,
    joints: [],
    label: { x, y: y + 16, lines: [text] },
    pill: { x: x - width / 2, y, width, height: PILL_HEIGHT },
  };
}

/** Pills in a line under everything else: they lead nowhere. */
function loopArrows(loops: readonly WorkflowStep[], y: number): Arrow[] {
  let next = MARGIN;
  return loops.map((step) => {
    const text = `Any, stays: ${step.name}`;
    const width = widthOf(text) + 20;
    const x = next;
    next += width + 8;
    return {
      transition: step.id,
      kind: 'looped',
      from: [],
      to: undefined,
      stubs: [],
      head: undefined,
      joints: [],
      label: { x: x + width / 2, y: y + 16, lines: [text] },
      pill: { x, y, width, height: PILL_HEIGHT },
    };
  });
}

const reachOf = ({ label, pill }: Arrow): number => Math.max(label.x + Math.max(...label.lines.map(widthOf)) / 2, pill ? pill.x + pill.width : 0);

/** Draws a workflow. */
export function diagramOf(workflow: Workflow, statuses: readonly WorkflowStatus[]): Diagram {
  const cells = cellsOf(workflow, statuses);
  const { straights, plans, globals, loops } = routesOf(workflow, cells);
  const columns = columnsOf(cells, straights);
  const lanes = lanesOf(plans, cells, columns);
  const heights = heightsOf(cells, lanes, globals);
  const boxAt: BoxAt = (cell) => boxOf(cell, columns, heights);
  const arrows = [
    ...straights.map((one) => straightArrow(one, straights, boxAt)),
    ...lanes.map((one) => laneArrow(one, heights.lane(one), boxAt)),
    ...globals.map((one, index) => globalArrow(one, globals.slice(0, index).filter(({ target }) => target === one.target).length, boxAt)),
    ...loopArrows(loops, heights.bottom + TOP),
  ];
  return {
    width: Math.ceil(Math.max(columns.right, ...arrows.map(reachOf)) + MARGIN),
    height: Math.ceil(heights.bottom + (loops.length > 0 ? TOP + PILL_HEIGHT : 0) + MARGIN),
    boxes: cells.map(boxAt),
    arrows,
  };
}
