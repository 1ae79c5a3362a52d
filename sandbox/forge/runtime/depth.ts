import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Set while the site answers a Jira request of a function: how deep an invocation would be that has to be judged before that answer (a validator).
 * What happens later (events, post functions) does not look at it.
 */
export const nestedDepth = new AsyncLocalStorage<number>();
