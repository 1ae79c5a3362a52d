/** The use cases of work/, for entry/. */
import { plannedMigrations } from './planned';
import { migrations as receiptMigrations } from './receipts';
import { approvalMigrations } from './approvals';
import { ruleEventMigrations } from './rule-events';
import { noticeMigrations } from './tell';

export { approve } from './approve';
export { afterEvent, afterStep } from './after';
export { handoffBoard } from './board';
export { dueRound, retry } from './due';
export { issueChanged, onIssueChanged } from './events';
export { gate, gateEvent } from './gate';
export { type Asker, handOver, handOverForm } from './handover';
export { processPanel } from './panel';
export { checkPassed, type Place } from './passed';
export type { Terms } from './facts';
export type { Manners } from './manners';
export type { Priorities } from './priority';
export { receiptsOf } from './receipts';
export { forgetOldEvents, outcomesSince, type PausedException, passedIn } from './rule-events';
export { forgetOldNotices } from './tell';
export { triageForm } from './triage';
export type { Conduct } from './view';

/** Every table of the app, in the order in which they came. */
export const migrations = [...receiptMigrations, ...ruleEventMigrations, ...approvalMigrations, ...noticeMigrations, ...plannedMigrations];
