/** Where gadgets stand on a dashboard, and where one may go from there. */
export interface Place {
  row: number;
  column: number;
}
interface Placed {
  id: string;
  position: Place;
}

/** Jira's five arrangements: how wide the columns are, of twelve. */
export const LAYOUTS = {
  A: { name: 'One column', spans: [12] },
  AA: { name: 'Two columns', spans: [6, 6] },
  AB: { name: 'Two columns, the right one wide', spans: [4, 8] },
  BA: { name: 'Two columns, the left one wide', spans: [8, 4] },
  AAA: { name: 'Three columns', spans: [4, 4, 4] },
} as const;
export type Layout = keyof typeof LAYOUTS;
export const spansOf = (layout: Layout): readonly number[] => LAYOUTS[layout].spans;

/** Gadgets by column, from the top. */
export const columnsOf = <T extends Placed>(gadgets: readonly T[], count: number): T[][] =>
  Array.from({ length: count }, (_, column) =>
    gadgets.filter(({ position }) => position.column === column).sort((a, b) => a.position.row - b.position.row),
  );

export const DIRECTIONS = { up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight' } as const;
export type Direction = keyof typeof DIRECTIONS;

/** The steps a gadget may take. */
export function movesOf(gadget: Placed, columns: readonly (readonly Placed[])[]): { direction: Direction; to: Place }[] {
  const { row, column } = gadget.position;
  const height = (at: number): number => columns[at]?.length ?? 0;
  const steps: [Direction, Place, boolean][] = [
    ['up', { row: row - 1, column }, row > 0],
    ['down', { row: row + 1, column }, row < height(column) - 1],
    ['left', { row: Math.min(row, height(column - 1)), column: column - 1 }, column > 0],
    ['right', { row: Math.min(row, height(column + 1)), column: column + 1 }, column < columns.length - 1],
  ];
  return steps.flatMap(([direction, to, possible]) => (possible ? [{ direction, to }] : []));
}

/** In which row something dropped at this height comes to stand: below all whose middle is above it. */
export const rowAt = (y: number, others: readonly { top: number; height: number }[]): number =>
  others.filter(({ top, height }) => top + height / 2 < y).length;
