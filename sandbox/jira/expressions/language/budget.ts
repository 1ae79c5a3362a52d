/** What evaluating an expression may cost, and what it has cost so far. */
import { ExpressionError } from './errors';

/** OpenAPI: evaluateJSISJiraExpression, limits in the example of its answer. */
export const LIMITS = { steps: 10_000, expensiveOperations: 10, beans: 1000, primitiveValues: 10_000 } as const;
/** Forge docs: event filters, 10,000 characters and 50,000 steps. */
export const FILTER_LIMITS = { steps: 50_000, characters: 10_000 } as const;
/** OpenAPI: analyseExpression, limits in the example of its answer. Not enforced on modules of apps (jira-cloud.md s.3). */
export const SYNTAX_LIMITS = { characters: 1000, leaves: 100 } as const;

/** Own guards, so that no expression can fill the memory or the stack of the site. */
const TEXT_LENGTH = 200_000;
const LIST_LENGTH = 20_000;
const DEPTH = 800;

export class Budget {
  steps = 0;
  private readonly spent = new Set<string>();
  private depth = 0;

  constructor(private readonly limits: { steps: number; expensiveOperations: number } = LIMITS) {}

  get expensiveOperations(): number {
    return this.spent.size;
  }

  step(): void {
    this.steps += 1;
    if (this.steps > this.limits.steps) throw over('steps', this.limits.steps);
  }

  /** Notes an expensive operation; the same one is paid once, since what it loads is kept. */
  expend(operation: string): void {
    this.spent.add(operation);
    if (this.spent.size > this.limits.expensiveOperations) throw over('expensive operations', this.limits.expensiveOperations);
  }

  /** Goes one level deeper into the expression or into a function it calls. */
  deeper<T>(work: () => T): T {
    if (this.depth >= DEPTH) throw new ExpressionError('The expression is nested too deeply', 'limit');
    this.depth += 1;
    try {
      return work();
    } finally {
      this.depth -= 1;
    }
  }
}

const over = (what: string, limit: number): ExpressionError =>
  new ExpressionError(`The expression executed too many ${what}, limit: ${limit}`, 'limit');

export function checkedText(text: string): string {
  if (text.length > TEXT_LENGTH) throw new ExpressionError(`A text is longer than ${TEXT_LENGTH} characters`, 'limit');
  return text;
}

export function checkedList<T>(list: readonly T[]): readonly T[] {
  if (list.length > LIST_LENGTH) throw new ExpressionError(`A list has more than ${LIST_LENGTH} items`, 'limit');
  return list;
}
