/** The use cases of work/, for entry/. */
export { afterEvent, afterStep } from './after';
export { dueRound, retry } from './due';
export { issueChanged, onIssueChanged } from './events';
export { gate, gateEvent } from './gate';
export { type Asker, handOver, handOverForm } from './handover';
export { processPanel } from './panel';
export { migrations, receiptsOf } from './receipts';
