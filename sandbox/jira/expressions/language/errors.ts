/** What can go wrong with an expression. Everything that reading or evaluating one throws is of this class. */

/** syntax: it cannot be read; type: values do not fit; limit: too much of something; other: `throw`, or something this site has not. */
export type FaultKind = 'syntax' | 'type' | 'limit' | 'other';

export class ExpressionError extends Error {
  /** The part of the expression that failed. */
  fragment: string | undefined;

  constructor(
    message: string,
    readonly kind: FaultKind,
    readonly at?: { line: number; column: number },
  ) {
    super(message);
  }

  /** Whether `catch` of an expression sees it: running out of budget ends everything. */
  get catchable(): boolean {
    return this.kind !== 'limit';
  }
}

export const typeFault = (message: string): ExpressionError => new ExpressionError(message, 'type');

/** Something that Jira has and this site has not. */
export class NotHere extends ExpressionError {
  constructor(what: string) {
    super(`${what} is not supported by this site yet`, 'other');
  }
}

export const notHere = (what: string): ExpressionError => new NotHere(what);

/** Runs something that recurses over an expression; one nested too deeply for the stack is a fault like any other. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new ExpressionError('The expression is nested too deeply', 'limit');
    throw error;
  }
}
