/** Draws what is in sight, in the colours that the theme of the page has just now. */
import type { GraphEdge, GraphNode } from '../../../../src/contract';
import type { Sight } from './graph';
import type { Frame, Spot } from './layout';

export interface Drawn {
  sight: Sight;
  spots: ReadonlyMap<string, Spot>;
  root: string;
  chosen: string | undefined;
  /** On the way that was looked for. */
  way: ReadonlySet<string>;
}

/** With fewer in sight every one has its name; with more, those that are looked at, or all from near by. */
const NAMED = 80;
const NEAR = 1.1;
const LETTERS = 24;

interface Pen {
  to: CanvasRenderingContext2D;
  frame: Frame;
  size: number;
  token: (name: string) => string;
}

const at = ({ x, y }: Spot, { frame }: Pen): [number, number] => [x * frame.scale + frame.x, y * frame.scale + frame.y];

interface Stroke {
  colour: string;
  width: number;
  alpha: number;
}

function strokeOf({ from, to }: GraphEdge, { chosen, way }: Drawn): Stroke {
  if (way.has(from) && way.has(to)) return { colour: '--ds-border-selected', width: 2.5, alpha: 1 };
  if (from === chosen || to === chosen) return { colour: '--ds-border-focused', width: 1.5, alpha: 1 };
  return { colour: '--ds-border-bold', width: 1, alpha: 0.45 };
}

function line(edge: GraphEdge, drawn: Drawn, pen: Pen): void {
  const [start, end] = [drawn.spots.get(edge.from), drawn.spots.get(edge.to)];
  if (!start || !end) return;
  const { colour, width, alpha } = strokeOf(edge, drawn);
  pen.to.beginPath();
  pen.to.moveTo(...at(start, pen));
  pen.to.lineTo(...at(end, pen));
  pen.to.globalAlpha = alpha;
  pen.to.strokeStyle = pen.token(colour);
  pen.to.lineWidth = width;
  pen.to.stroke();
  pen.to.globalAlpha = 1;
}

function shape(node: GraphNode, spot: Spot, { root, chosen, way }: Drawn, pen: Pen): void {
  const { to, size, token } = pen;
  const [x, y] = at(spot, pen);
  to.beginPath();
  if (node.kind === 'item') to.arc(x, y, node.id === root ? size + 3 : size, 0, 2 * Math.PI);
  else to.rect(x - size, y - size, 2 * size, 2 * size);
  to.fillStyle = token(node.kind === 'item' ? '--ds-surface' : '--ds-background-accent-gray-subtle');
  if (node.id === root || way.has(node.id)) to.fillStyle = token('--ds-border-selected');
  to.fill();
  const isChosen = node.id === chosen;
  to.strokeStyle = token(isChosen ? '--ds-border-focused' : '--ds-border-bold');
  to.lineWidth = isChosen ? 3 : 1;
  // There is more behind it than is shown.
  to.setLineDash(node.more > 0 && !isChosen ? [3, 2] : []);
  to.stroke();
  to.setLineDash([]);
}

function label(node: GraphNode, spot: Spot, { root, chosen }: Drawn, pen: Pen): void {
  const [x, y] = at(spot, pen);
  const left = spot.x < -1;
  pen.to.fillStyle = pen.token(node.id === chosen || node.id === root ? '--ds-text' : '--ds-text-subtle');
  pen.to.textAlign = left ? 'right' : 'left';
  pen.to.fillText(node.kind === 'item' ? node.id : node.name.slice(0, LETTERS), x + (left ? -1 : 1) * (pen.size + 5), y);
}

/** Names of these are told however many there are. */
function named({ sight, root, chosen, way }: Drawn): ReadonlySet<string> {
  const beside = sight.edges.flatMap(({ from, to }) => (from === chosen ? [to] : to === chosen ? [from] : []));
  return new Set([root, ...(chosen === undefined ? [] : [chosen]), ...way, ...beside]);
}

export function draw(canvas: HTMLCanvasElement, frame: Frame, drawn: Drawn): void {
  const to = canvas.getContext('2d');
  if (!to) return;
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== width * ratio || canvas.height !== height * ratio) [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const looks = getComputedStyle(canvas);
  const pen: Pen = { to, frame, size: Math.min(9, Math.max(2.5, 7 * frame.scale)), token: (name) => looks.getPropertyValue(name).trim() };
  to.setTransform(ratio, 0, 0, ratio, 0, 0);
  to.fillStyle = pen.token('--ds-surface');
  to.fillRect(0, 0, width, height);
  to.font = `12px ${looks.fontFamily}`;
  to.textBaseline = 'middle';
  const strong = (edge: GraphEdge): number => strokeOf(edge, drawn).width;
  for (const edge of [...drawn.sight.edges].sort((a, b) => strong(a) - strong(b))) line(edge, drawn, pen);
  const all = drawn.sight.nodes.length <= NAMED || frame.scale >= NEAR;
  const told = named(drawn);
  for (const node of drawn.sight.nodes) {
    const spot = drawn.spots.get(node.id);
    if (!spot) continue;
    shape(node, spot, drawn, pen);
    if (all || told.has(node.id)) label(node, spot, drawn, pen);
  }
}
