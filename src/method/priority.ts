/** Priority is derived (1.6): a cross table of impact and urgency, for risks of effect and likelihood. */
import { type FieldValues, words } from './fields';
import type { WorkTypeKey } from './work-types';

const LEVELS = ['High', 'Medium', 'Low'] as const;

/** 1 (first) to 5 (last); undefined while a rating is missing. */
export function priorityOf(type: WorkTypeKey, values: FieldValues): 1 | 2 | 3 | 4 | 5 | undefined {
  const [extent, pressure] = type === 'preventiveAction' ? (['effect', 'likelihood'] as const) : (['impact', 'urgency'] as const);
  const first = words(values, extent);
  const second = LEVELS.indexOf(words(values, pressure) as (typeof LEVELS)[number]);
  if (first === 'Nil' && second >= 0) return 5;
  const row = LEVELS.indexOf(first as (typeof LEVELS)[number]);
  return row < 0 || second < 0 ? undefined : ((row + second + 1) as 1 | 2 | 3 | 4 | 5);
}
