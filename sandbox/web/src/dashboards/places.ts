/** Where gadgets stand on a dashboard, and where one may go from there. */
export interface Place {
  row: number;
  column: number;
}
interface Placed {
  id: string;
  position: Place;
}

/** Jira's dashboards may have three columns; these pages make two. */
const COLUMNS = 2;

/** Gadgets by column, from the top. */
export function columnsOf<T extends Placed>(gadgets: readonly T[]): T[][] {
  const count = Math.max(COLUMNS, ...gadgets.map(({ position }) => position.column + 1));
  return Array.from({ length: count }, (_, column) =>
    gadgets.filter(({ position }) => position.column === column).sort((a, b) => a.position.row - b.position.row),
  );
}

/** The steps a gadget may take. */
export function movesOf(gadget: Placed, gadgets: readonly Placed[]): { label: string; to: Place }[] {
  const { row, column } = gadget.position;
  const columns = columnsOf(gadgets);
  const height = (at: number): number => columns[at]?.length ?? 0;
  return [
    { label: 'Move up', to: { row: row - 1, column }, possible: row > 0 },
    { label: 'Move down', to: { row: row + 1, column }, possible: row < height(column) - 1 },
    { label: 'Move left', to: { row: Math.min(row, height(column - 1)), column: column - 1 }, possible: column > 0 },
    { label: 'Move right', to: { row: Math.min(row, height(column + 1)), column: column + 1 }, possible: column < columns.length - 1 },
  ].flatMap(({ label, to, possible }) => (possible ? [{ label, to }] : []));
}
