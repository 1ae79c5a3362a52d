/** Where gadgets stand: columns, closed up from the top. */
import type { Dashboard, DashboardLayout, Gadget } from '../store';

export interface Place {
  row: number;
  column: number;
}

const COLUMNS: Record<DashboardLayout, number> = { A: 1, AA: 2, AB: 2, BA: 2, AAA: 3 };

export const layoutOf = ({ layout = 'AA' }: Dashboard): DashboardLayout => layout;

export const columnCount = (dashboard: Dashboard): number => COLUMNS[layoutOf(dashboard)];

export const columnOf = (dashboard: Dashboard, column: number): Gadget[] =>
  dashboard.gadgets.filter((one) => one.column === column).sort((a, b) => a.row - b.row);

export function closeUp(dashboard: Dashboard, column: number): void {
  for (const [row, one] of columnOf(dashboard, column).entries()) one.row = row;
}

/** Puts a gadget in its place: it is taken out first, then those from there on down give way. */
export function put(dashboard: Dashboard, gadget: Gadget, { row, column }: Place): void {
  const from = gadget.column;
  const others = columnOf(dashboard, column).filter((one) => one !== gadget);
  for (const [index, one] of [...others.slice(0, row), gadget, ...others.slice(row)].entries()) Object.assign(one, { row: index, column });
  closeUp(dashboard, from);
}

/** Gadgets of columns that the new layout does not have go below those of its last one. */
export function arrange(dashboard: Dashboard, layout: DashboardLayout): void {
  dashboard.layout = layout;
  const last = COLUMNS[layout] - 1;
  const homeless = dashboard.gadgets.filter(({ column }) => column > last).sort((a, b) => a.column - b.column || a.row - b.row);
  for (const gadget of homeless) Object.assign(gadget, { column: last, row: columnOf(dashboard, last).length });
}
