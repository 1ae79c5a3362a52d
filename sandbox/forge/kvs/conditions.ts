/** Conditions of transactions, judged on a stored value. */
import { z } from 'zod';
import type { Json } from '../../jira/store';

const conditionSchema = z.object({ condition: z.string(), property: z.string(), values: z.array(z.unknown()) });
export const conditionsSchema = z.union([z.object({ and: z.array(conditionSchema) }), z.object({ or: z.array(conditionSchema) })]);
export type Conditions = z.infer<typeof conditionsSchema>;

type Comparable = string | number;
const compare =
  (test: (order: number) => boolean) =>
  (found: Json | undefined, [value]: unknown[]) => {
    if (typeof found !== typeof value || (typeof found !== 'string' && typeof found !== 'number')) return false;
    return test(found < (value as Comparable) ? -1 : found > (value as Comparable) ? 1 : 0);
  };
const holds = (found: Json | undefined, value: unknown): boolean =>
  Array.isArray(found) ? found.includes(value as Json) : typeof found === 'string' && found.includes(String(value));

const TESTS: Record<string, (found: Json | undefined, values: unknown[]) => boolean> = {
  EXISTS: (found) => found !== undefined,
  NOT_EXISTS: (found) => found === undefined,
  EQUAL_TO: (found, [value]) => found === value,
  NOT_EQUAL_TO: (found, [value]) => found !== value,
  BEGINS_WITH: (found, [value]) => String(found ?? '').startsWith(String(value)),
  CONTAINS: (found, [value]) => holds(found, value),
  NOT_CONTAINS: (found, [value]) => !holds(found, value),
  GREATER_THAN: compare((order) => order > 0),
  GREATER_THAN_EQUAL_TO: compare((order) => order >= 0),
  LESS_THAN: compare((order) => order < 0),
  LESS_THAN_EQUAL_TO: compare((order) => order <= 0),
  BETWEEN: (found, [low, high]) => compare((order) => order >= 0)(found, [low]) && compare((order) => order <= 0)(found, [high]),
};

/** Whether the value, or the absence of one, meets the conditions. An unknown comparison is not met. */
export function meets(value: Json | undefined, conditions: Conditions): boolean {
  const test = ({ condition, property, values }: z.infer<typeof conditionSchema>) => TESTS[condition]?.(propertyOf(value, property), values) ?? false;
  return 'and' in conditions ? conditions.and.every(test) : conditions.or.some(test);
}

function propertyOf(value: Json | undefined, path: string): Json | undefined {
  let at = value;
  for (const name of path.split('.')) at = at !== null && typeof at === 'object' && !Array.isArray(at) ? at[name] : undefined;
  return at;
}
