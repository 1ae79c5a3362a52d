/** The method: USM as data and pure functions. Imports nothing of ours, knows nothing of Jira's ids, Forge or the browser. */
export * from './approvals';
export * from './calendar';
export * from './fields';
export * from './groups';
export * from './handoffs';
export * from './notices';
export * from './path';
export * from './priority';
export * from './profiles';
export * from './remedies';
export * from './rule-ids';
export * from './rules';
export * from './statuses';
export * from './suppliers';
export * from './transitions';
export * from './triage';
export { type Acting, type ActingIds } from './who';
export * from './work-types';
