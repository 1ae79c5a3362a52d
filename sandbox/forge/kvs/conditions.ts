/** Conditions as @forge/kvs builds them, judged on a stored value: filters of queries, conditions of transactions, the range of an index. Pure. */
import { z } from 'zod';
import type { Json } from '../../jira/store';
import { KVS } from '../limits';
import type { Refusal } from './store';

type Test = (found: Json | undefined, values: Json[]) => boolean;

const compare =
  (test: (order: number) => boolean): Test =>
  (found, [value]) =>
    ((typeof found === 'string' && typeof value === 'string') || (typeof found === 'number' && typeof value === 'number')) &&
    test(found < value ? -1 : found > value ? 1 : 0);
const atLeast = compare((order) => order >= 0);
const atMost = compare((order) => order <= 0);
const contains = (found: Json | undefined, value: Json | undefined): boolean =>
  value !== undefined && (Array.isArray(found) ? found.includes(value) : typeof found === 'string' && found.includes(String(value)));

/** @forge/kvs 1.6.5 source: names and values of the conditions. */
const RANGE_TESTS = {
  BEGINS_WITH: (found, [value]) => typeof found === 'string' && typeof value === 'string' && found.startsWith(value),
  BETWEEN: (found, [low, high]) => low !== undefined && high !== undefined && atLeast(found, [low]) && atMost(found, [high]),
  EQUAL_TO: (found, [value]) => found === value,
  GREATER_THAN: compare((order) => order > 0),
  GREATER_THAN_EQUAL_TO: atLeast,
  LESS_THAN: compare((order) => order < 0),
  LESS_THAN_EQUAL_TO: atMost,
} satisfies Record<string, Test>;
const TESTS: Record<string, Test> = {
  ...RANGE_TESTS,
  NOT_EQUAL_TO: (found, [value]) => found !== value,
  CONTAINS: (found, [value]) => contains(found, value),
  NOT_CONTAINS: (found, [value]) => !contains(found, value),
  EXISTS: (found) => found !== undefined && found !== null,
  NOT_EXISTS: (found) => found === undefined || found === null,
};

const values = z.array(z.json());
export const rangeSchema = z.object({ condition: z.enum(Object.keys(RANGE_TESTS) as [keyof typeof RANGE_TESTS]), values });
const conditionSchema = z.object({ condition: z.enum(Object.keys(TESTS) as [string, ...string[]]), property: z.string(), values });
export const conditionsSchema = z.strictObject({ and: z.array(conditionSchema).optional(), or: z.array(conditionSchema).optional() });
export type Conditions = z.infer<typeof conditionsSchema>;

/** What the platform does not take; codes of Forge docs: custom entities, error handling. */
export function refuseConditions({ and, or }: Conditions): Refusal | undefined {
  if (and && or)
    return { code: 'INVALID_FILTER_OPERATORS_COMBINATION', message: 'Filter operators "and" and "or" cannot be present at the same level.' };
  const all = and ?? or ?? [];
  if (all.length === 0) return { code: 'EMPTY_FILTER_OPERATOR', message: 'Filter operators "and" and "or" cannot be empty.' };
  if (all.length > KVS.queryConditions) return { code: 'INVALID_REQUEST', message: `A query can have at most ${KVS.queryConditions} conditions.` };
  return all.map(refuseRange).find((one) => one !== undefined);
}

export const refuseRange = (range: { condition: string; values: Json[] }): Refusal | undefined =>
  range.condition === 'BETWEEN' && range.values.length < 2
    ? { code: 'INSUFFICIENT_FILTER_VALUES', message: 'The specified condition needs at least two values.' }
    : undefined;

const holds = (found: Json | undefined, { condition, values: wanted }: { condition: string; values: Json[] }): boolean =>
  TESTS[condition]?.(found, wanted) ?? false;

export const inRange = (found: Json | undefined, range: z.infer<typeof rangeSchema>): boolean => holds(found, range);

/** Whether a value meets the conditions. */
export function meets(value: Json, { and, or }: Conditions): boolean {
  const test = (one: z.infer<typeof conditionSchema>): boolean => holds(attribute(value, one.property), one);
  return and ? and.every(test) : (or ?? []).some(test);
}

/** An attribute of an entity's value. */
export const attribute = (value: Json, name: string): Json | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value[name] : undefined;
