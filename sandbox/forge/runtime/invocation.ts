/** What a request of a function counts as. */
export const REQUEST_KINDS = ['jira', 'kvs', 'sql', 'queue', 'other'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** An invocation that is running, as the services of the platform see it. */
export interface Invocation {
  readonly id: string;
  readonly functionKey: string;
  /** The person who started it, where there is one. */
  readonly accountId: string | undefined;
  readonly depth: number;
  /** How many pushes led to it, one causing the next. */
  readonly cycle: number;
  warn(message: string): void;
}
