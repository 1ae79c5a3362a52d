/** The grid of a workflow's picture: rows and columns from the layout of its statuses, and which way each transition is drawn. */
import type { Workflow, WorkflowStatus, WorkflowStep } from './schemas';

export const BOX_HEIGHT = 32;
export const START = 'start';
export const MARGIN = 16;
const START_SIZE = 20;
const LETTER = 6.1;
const GAP = 40;
const LABEL_MARGIN = 24;
const LONGEST_LINE = 62;
const SAME_COLUMN = 60;

/** How wide a text will be, nearly. */
export const widthOf = (text: string): number => text.length * LETTER;

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
export interface Cell extends Node {
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

/** The statuses in rows and columns: what nearly lines up lines up. */
export function cellsOf(workflow: Workflow, statuses: readonly WorkflowStatus[]): Cell[] {
  const nodes = nodesOf(workflow, statuses);
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

/** A transition that runs in a lane. */
export interface Plan {
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

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Every transition by the way it is drawn. */
export interface Routes {
  straights: { step: WorkflowStep; from: Cell; to: Cell }[];
  plans: Plan[];
  globals: { step: WorkflowStep; target: Cell }[];
  loops: WorkflowStep[];
}

function routeDirected(step: WorkflowStep, sources: Cell[], target: Cell | undefined, cells: readonly Cell[], { straights, plans }: Routes): void {
  // A directed transition without a target leads back to each of its sources.
  if (!target) return void plans.push(...sources.map((one): Plan => ({ step, sources: [one], target: one, channel: one.row })));
  const [only, ...others] = sources;
  if (!only) return;
  const isStraight = others.length === 0 && isNeighbour(only, target, cells) && !straights.some((one) => one.from === only && one.to === target);
  if (isStraight) straights.push({ step, from: only, to: target });
  else plans.push({ step, sources, target, channel: sources.every(({ row }) => row > target.row) ? target.row + 1 : target.row });
}

/** Sorts the transitions by the way they are drawn. */
export function routesOf({ transitions }: Workflow, cells: readonly Cell[]): Routes {
  const routes: Routes = { straights: [], plans: [], globals: [], loops: [] };
  const cell = (id: string | undefined): Cell | undefined => cells.find((one) => one.id === id);
  for (const step of transitions) {
    const target = cell(step.toStatusReference);
    if (step.type === 'GLOBAL') {
      if (target) routes.globals.push({ step, target });
      else routes.loops.push(step);
      continue;
    }
    const from = step.type === 'INITIAL' ? [START] : step.links.map((one) => one.fromStatusReference);
    routeDirected(
      step,
      from.flatMap((id) => cell(id) ?? []),
      target,
      cells,
      routes,
    );
  }
  return routes;
}

/** Where the columns stand, and how wide boxes are. */
export interface Columns {
  right: number;
  centre(cell: Cell): number;
  sizeOf(cell: Cell): { width: number; height: number };
}

/** Between two columns there is room for the names of the arrows between them. */
export function columnsOf(cells: readonly Cell[], straights: Routes['straights']): Columns {
  const count = 1 + Math.max(0, ...cells.map(({ column }) => column));
  const boxWidth = Math.max(88, 20 + Math.max(0, ...cells.map(({ name }) => widthOf(name) * 1.12)));
  const gaps = Array.from({ length: count }, (_, column) => {
    const here = straights.filter(({ from, to }) => Math.min(from.column, to.column) === column);
    return Math.max(GAP, LABEL_MARGIN + Math.max(0, ...here.flatMap(({ step }) => linesOf(step.name).map(widthOf))));
  });
  const widths = Array.from({ length: count }, (_, column) =>
    cells.some((one) => one.column === column && one.id !== START) ? boxWidth : START_SIZE,
  );
  const left = (column: number): number => MARGIN + sum(widths.slice(0, column)) + sum(gaps.slice(0, column));
  return {
    right: left(count - 1) + (widths[count - 1] ?? 0),
    centre: ({ column }) => left(column) + (widths[column] ?? 0) / 2,
    sizeOf: ({ id }) => (id === START ? { width: START_SIZE, height: START_SIZE } : { width: boxWidth, height: BOX_HEIGHT }),
  };
}
