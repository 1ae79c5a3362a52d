/** Priority is derived (1.6): a cross table of impact and urgency, for risks of effect and likelihood. */
import { type FieldValues, words } from './fields';
import type { WorkTypeKey } from './work-types';

const RATINGS = ['High', 'Medium', 'Low'] as const;
const EXTENTS = [...RATINGS, 'Nil'] as const;
type Extent = (typeof EXTENTS)[number];
type Rating = (typeof RATINGS)[number];

/** Rows by extent, columns by urgency; 1 is taken first, 5 last. */
export type PriorityTable = Readonly<Record<Extent, Readonly<Record<Rating, number>>>>;

export interface PriorityTables {
  calls: PriorityTable;
  risks: PriorityTable;
}

const USUAL: PriorityTable = {
  High: { High: 1, Medium: 2, Low: 3 },
  Medium: { High: 2, Medium: 3, Low: 4 },
  Low: { High: 3, Medium: 4, Low: 5 },
  Nil: { High: 5, Medium: 5, Low: 5 },
};
export const PRIORITY_TABLES: PriorityTables = { calls: USUAL, risks: USUAL };

/** 1 (first) to 5 (last); undefined while a rating is missing. */
export function priorityOf(type: WorkTypeKey, values: FieldValues, tables: PriorityTables = PRIORITY_TABLES): number | undefined {
  const risk = type === 'preventiveAction';
  const [extent, pressure] = risk ? (['effect', 'likelihood'] as const) : (['impact', 'urgency'] as const);
  const row = EXTENTS.find((one) => one === words(values, extent));
  const column = RATINGS.find((one) => one === words(values, pressure));
  return row && column && tables[risk ? 'risks' : 'calls'][row][column];
}
