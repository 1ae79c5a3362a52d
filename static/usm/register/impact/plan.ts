/** Where the boxes of the picture stand, and where the keys lead from one to the next. Pure. */
import type { RegisterImpact } from '../../../../src/contract';

export const BOX = { width: 152, height: 48 };
const GAP = { across: 36, down: 14 };
const HEAD = 44;
const EDGE = 2;

type Picture = Pick<RegisterImpact, 'boxes' | 'lines'>;
type PlacedBox = RegisterImpact['boxes'][number] & { x: number; y: number };

export interface Plan {
  boxes: PlacedBox[];
  /** Of a layer: where it begins. */
  columns: Map<number, number>;
  width: number;
  height: number;
}

const SWEEPS = 4;

/** Boxes of a layer in the order of what they hang on, so that few lines cross. */
function ordered({ boxes, lines }: Picture): Map<number, string[]> {
  const layers = new Map<number, string[]>();
  for (const { layer, id } of boxes) layers.set(layer, [...(layers.get(layer) ?? []), id]);
  const beside = new Map<string, string[]>();
  for (const { from, to } of lines) {
    beside.set(to, [...(beside.get(to) ?? []), from]);
    beside.set(from, [...(beside.get(from) ?? []), to]);
  }
  const last = new Set(boxes.filter(({ kind }) => kind === 'more').map(({ id }) => id));
  const numbers = [...layers.keys()].sort((a, b) => a - b);
  const at = new Map<string, number>();
  const place = (ids: readonly string[]): void => ids.forEach((id, index) => at.set(id, (index + 0.5) / ids.length));
  for (const ids of layers.values()) place(ids);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const layer of sweep % 2 === 0 ? numbers : [...numbers].reverse()) {
      const ids = layers.get(layer) ?? [];
      const middle = new Map(
        ids.map((id) => {
          const others = beside.get(id) ?? [];
          const sum = others.reduce((all, other) => all + (at.get(other) ?? 0), 0);
          return [id, last.has(id) ? 2 : others.length === 0 ? (at.get(id) ?? 0) : sum / others.length];
        }),
      );
      const sorted = [...ids].sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      layers.set(layer, sorted);
      place(sorted);
    }
  }
  return layers;
}

export function planOf(picture: Picture): Plan {
  const layers = ordered(picture);
  const numbers = [...layers.keys()].sort((a, b) => a - b);
  const most = Math.max(1, ...[...layers.values()].map(({ length }) => length));
  const whole = most * BOX.height + (most - 1) * GAP.down;
  const byId = new Map(picture.boxes.map((box) => [box.id, box]));
  const columns = new Map(numbers.map((layer, index) => [layer, EDGE + index * (BOX.width + GAP.across)]));
  const boxes = numbers.flatMap((layer) => {
    const ids = layers.get(layer) ?? [];
    const tall = ids.length * BOX.height + (ids.length - 1) * GAP.down;
    return ids.flatMap((id, index): PlacedBox[] => {
      const box = byId.get(id);
      return box ? [{ ...box, x: columns.get(layer) ?? 0, y: HEAD + (whole - tall) / 2 + index * (BOX.height + GAP.down) }] : [];
    });
  });
  return { boxes, columns, width: numbers.length * BOX.width + (numbers.length - 1) * GAP.across + 2 * EDGE, height: HEAD + whole + EDGE };
}

/** From the right edge of one to the left edge of another. */
export function curveOf(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
  const bend = Math.min(GAP.across, Math.max(12, (x2 - x1) / 2));
  return `M${String(x1)} ${String(y1)} C${String(x1 + bend)} ${String(y1)} ${String(x2 - bend)} ${String(y2)} ${String(x2)} ${String(y2)}`;
}

/** Where a key leads: along a relation, or to what stands above or below. Undefined: the key means nothing here. */
export function movedTo({ boxes }: Plan, lines: Picture['lines'], from: string | undefined, key: string): string | undefined {
  const first = boxes[0]?.id;
  const here = boxes.find(({ id }) => id === from);
  if (!here) return ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Home'].includes(key) ? first : key === 'End' ? boxes.at(-1)?.id : undefined;
  const nearest = (ids: readonly string[]): string =>
    boxes
      .filter(({ id }) => ids.includes(id))
      .sort(
        (a, b) =>
          Number(b.shortest) - Number(a.shortest) ||
          Math.abs(a.x - here.x) - Math.abs(b.x - here.x) ||
          Math.abs(a.y - here.y) - Math.abs(b.y - here.y),
      )[0]?.id ?? here.id;
  const column = boxes.filter(({ layer }) => layer === here.layer);
  const index = column.findIndex(({ id }) => id === here.id);
  switch (key) {
    case 'ArrowRight':
      return nearest(lines.flatMap((line) => (line.from === here.id ? [line.to] : [])));
    case 'ArrowLeft':
      return nearest(lines.flatMap((line) => (line.to === here.id ? [line.from] : [])));
    case 'ArrowDown':
      return (column[index + 1] ?? here).id;
    case 'ArrowUp':
      return (column[index - 1] ?? here).id;
    case 'Home':
      return first;
    case 'End':
      return boxes.at(-1)?.id;
    default:
      return undefined;
  }
}

/** What fits beside the mark of a box, or into its whole width. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);
