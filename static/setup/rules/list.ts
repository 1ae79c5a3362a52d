/** The rules as the page filters, orders and words them. Pure. */
import { workTypeKey } from '../../../src/contract/common';
import type { Level, RuleRow } from '../../../src/contract';
import { counted, matches } from '../ui/words';

export const LEVEL_NAMES: Record<Level, string> = { off: 'Off', warn: 'Warn', enforce: 'Enforce' };

export interface RuleFilter {
  query: string;
  /** A work type's key, or all. */
  type: string;
  /** A level of the rules that can be set, `always` for the others, or all. */
  level: string;
  order: 'rule' | 'refused';
}

export const ALL: RuleFilter = { query: '', type: 'all', level: 'all', order: 'rule' };

/** Names of the work types that the rules stand on, in the order they come. */
export function typesOf(rules: readonly RuleRow[]): { key: string; name: string }[] {
  const names = new Map(rules.flatMap(({ where }) => where.map(({ type, typeName }) => [type, typeName] as const)));
  return workTypeKey.options.flatMap((key) => {
    const name = names.get(key);
    return name === undefined ? [] : [{ key, name }];
  });
}

/** "all: Close", "Incident: Confirm, Reopen", "3 work types: Accept". */
export function whereLines({ where }: RuleRow): { text: string; whole: string }[] {
  const byStep = new Map<string, string[]>();
  for (const { typeName, step } of where) byStep.set(step, [...(byStep.get(step) ?? []), typeName]);
  const byTypes = new Map<string, string[]>();
  for (const [step, types] of byStep) byTypes.set(types.join(', '), [...(byTypes.get(types.join(', ')) ?? []), step]);
  return [...byTypes].map(([types, steps]) => {
    const count = types.split(', ').length;
    const short = count === workTypeKey.options.length ? 'all' : count > 2 ? counted(count, 'work type') : types;
    return { text: `${short}: ${steps.join(', ')}`, whole: `${types}: ${steps.join(', ')}` };
  });
}

export interface RuleGroups {
  settable: RuleRow[];
  always: RuleRow[];
}

export function shownRules(rules: readonly RuleRow[], { query, type, level, order }: RuleFilter): RuleGroups {
  const fits = (row: RuleRow): boolean =>
    (type === 'all' || row.where.some((one) => one.type === type)) &&
    (level === 'all' || (row.settable ? row.level === level : level === 'always')) &&
    matches(query, row.rule, row.asks, row.why, ...row.where.flatMap(({ typeName, step }) => [typeName, step]));
  const shown = rules.filter(fits);
  const ordered = order === 'refused' ? [...shown].sort((one, other) => other.refused - one.refused) : shown;
  return { settable: ordered.filter((row) => row.settable), always: ordered.filter((row) => !row.settable) };
}
