/** The use cases of work/, for entry/. */
import { agreedMigrations } from './agreed-records';
import { alongMigrations } from './along-records';
import { plannedMigrations } from './planned';
import { receiptNoteMigrations } from './receipt-notes';
import { migrations as receiptMigrations } from './receipts';
import { approvalMigrations } from './approvals';
import { ruleEventMigrations } from './rule-events';
import { noticeMigrations } from './tell';

export { recordApproval, saidOf } from './approvals';
export { agreementPanel, chooseAgreement } from './agreement-panel';
export { approve } from './approve';
export { asMoment, move, readItem, rolesHeld } from './jira';
export { PROPERTY, requesterOf, type WorkItem } from './model';
export { typeOf } from './settle';
export { namesOf } from './people';
export { afterEvent, afterStep } from './after';
export { handoffBoard, handoffLine } from './board';
export { deedForm } from './deeds/form';
export { takeDeed } from './deeds/take';
export { dueRound, retry } from './due';
export { issueChanged, issueCreated, onIssueChanged, onIssueCreated } from './events';
export { gate, gateEvent } from './gate';
export { issueDeleted, onIssueDeleted } from './gone';
export { type Asker, handOver, handOverForm } from './handover';
export { workHistory } from './history';
export { ledgerStatus } from './ledger-status';
export { removeLink } from './links';
export { bringAlong } from './along';
export { group, groupCandidates, ungroup } from './groups';
export { processPanel } from './panel';
export { checkPassed, type Place } from './passed';
export type { Terms } from './facts';
export type { Manners } from './manners';
export type { Priorities } from './priority';
export { accept, answerReturn, giveBack, type OnSite, type Received, receiptForm, remind } from './receiving';
export { receiptsOf } from './receipts';
export { rebuildStep, reconcile } from './reconcile';
export { forgetOldEvents, outcomesSince, type PausedException, passedIn } from './rule-events';
export { forgetOldNotices } from './tell';
export { openUnder } from './open-under';
export { seenByPerson } from './seen';
export { confirmItem, nameItem, planItem } from './register-acts';
export { findItems, suggestItems } from './register-find';
export { registerPanel } from './register-panel';
export { workOfItem } from './register-work-of';
export { prevent, proposalFor, type RuledSite } from './trend';
export { triageForm } from './triage';
export { registerUpkeep } from './upkeep';
export type { Conduct } from './view';
export { wishDraft, wishOffer } from './wish';

/** Every table of the app, in the order in which they came. */
export const migrations = [
  ...receiptMigrations,
  ...ruleEventMigrations,
  ...approvalMigrations,
  ...receiptNoteMigrations,
  ...noticeMigrations,
  ...plannedMigrations,
  ...alongMigrations,
  ...agreedMigrations,
];
