/** The language by itself: text in, value or reason out. Knows nothing of Jira's store. */
import { leavesOf } from './ast';
import { SYNTAX_LIMITS, Budget } from './budget';
import type { Place } from './builtins';
import { ExpressionError, guarded } from './errors';
import { interpret, type World } from './interpreter';
import { parse } from './parser';
import type { Value } from './values';

export { LANGUAGE_TYPES } from './access';
export { CONSTRUCTORS, GLOBALS } from './builtins';
export { ExpressionError, NotHere, notHere, typeFault } from './errors';
export { Budget, FILTER_LIMITS, LIMITS, SYNTAX_LIMITS } from './budget';
export type { Constructor } from './builtins';
export { fromJson, toJson, type Counted } from './json';
export { Parameters } from './parameters';
export { Callable, Day, Dict, Moment, Thing, textOf, typeOf, type Value } from './values';
export { leavesOf } from './ast';
export { parse } from './parser';

export type Outcome = { ok: true; value: Value; budget: Budget } | { ok: false; error: ExpressionError; reason: string; budget: Budget };

/** Jira's way to tell what failed (OpenAPI: example of evaluateJSISJiraExpression). */
function reasonOf(error: ExpressionError): string {
  if (error.kind === 'syntax') return `Invalid expression: ${error.message}${error.at ? ` (line ${error.at.line}, column ${error.at.column})` : ''}`;
  return error.fragment === undefined ? error.message : `Evaluation failed: "${error.fragment}" - ${error.message}`;
}

export interface Surroundings extends Place {
  budget?: Budget;
  variables: Record<string, Value>;
  constructors?: World['constructors'];
}

/** Reads and evaluates an expression. Never throws for what the expression does. */
export function evaluate(source: string, { budget = new Budget(), constructors = {}, ...rest }: Surroundings): Outcome {
  try {
    return { ok: true, value: guarded(() => interpret(source, parse(source), { ...rest, budget, constructors })), budget };
  } catch (error) {
    if (error instanceof ExpressionError) return { ok: false, error, reason: reasonOf(error), budget };
    throw error;
  }
}

/** The syntactic limits that an expression breaks, in Jira's words; nothing for one that cannot be read. */
export function excesses(source: string): string[] {
  const { characters, leaves } = SYNTAX_LIMITS;
  const found: string[] = [];
  if (source.length > characters) found.push(`Jira expression is too long (${source.length}), limit: ${characters} characters`);
  const nodes = guarded(() => leavesOf(parse(source)));
  if (nodes > leaves) found.push(`Jira expression has too many nodes (${nodes}), limit: ${leaves} leaves`);
  return found;
}
