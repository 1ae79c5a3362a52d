/** From the rating of a work item to a priority of the site. */
import { type FieldValues, priorityOf, type PriorityTables, type WorkTypeKey } from '../method';

/** How this site orders its work. Asked for only where a rating is complete. */
export type Priorities = () => Promise<{
  tables: PriorityTables;
  /** Rank -> id of Jira's priority. */
  ids: { readonly [rank: number]: string | undefined };
}>;

/** Undefined while a rating is missing. */
export async function priorityIdOf(type: WorkTypeKey, values: FieldValues, priorities: Priorities): Promise<string | undefined> {
  if (priorityOf(type, values) === undefined) return undefined;
  const { tables, ids } = await priorities();
  return ids[priorityOf(type, values, tables) ?? 0];
}
