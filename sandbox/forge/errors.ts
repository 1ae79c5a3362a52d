/** What can go wrong in the runtime, as closed sets of codes. */

export type InvokeErrorCode =
  | 'FUNCTION_FAILED'
  | 'FUNCTION_TIME_OUT'
  | 'FUNCTION_OUT_OF_MEMORY'
  | 'FUNCTION_CRASHED'
  | 'NEEDS_AUTHENTICATION'
  | 'MODULE_NOT_FOUND'
  | 'PAYLOAD_TOO_LARGE'
  | 'RATE_LIMITED'
  | 'RESPONSE_TOO_LARGE'
  | 'STOPPED';

/** An invocation that gave no answer. */
export class InvokeError extends Error {
  override readonly name = 'InvokeError';

  constructor(
    readonly code: InvokeErrorCode,
    message: string,
    /** Stack of the app's own error, where there is one. */
    readonly appStack?: string,
  ) {
    super(message);
  }
}

/** The failures that the platform itself tries again, as against an error that the app threw. */
export const isPlatformFailure = (error: unknown): error is InvokeError =>
  error instanceof InvokeError && ['FUNCTION_TIME_OUT', 'FUNCTION_OUT_OF_MEMORY', 'FUNCTION_CRASHED'].includes(error.code);

/** The app cannot be installed: its manifest or its bundle is wrong. */
export class AppInvalid extends Error {
  override readonly name = 'AppInvalid';

  constructor(
    readonly code: 'MANIFEST_INVALID' | 'BUNDLE_INVALID',
    readonly findings: string[],
  ) {
    super(`${code}: ${findings.join('; ')}`);
  }
}

/** Something the site needs is not on this machine; the message says what to do, in one line. */
export class PlatformMissing extends Error {
  override readonly name = 'PlatformMissing';
}
