import { agreementCalls } from './agreements-calls';
import { writingCalls } from './agreements-writing';
import { approvalCalls } from './approvals';
import { boardCalls } from './board';
import { catalogCalls } from './catalog-calls';
import { deedCalls } from './deeds';
import { driftCalls } from './drift';
import { existingWorkCalls } from './existing-work';
import { groupCalls } from './groups';
import { historyCalls } from './history';
import { ledgerCalls } from './ledger';
import { receivingCalls } from './receiving';
import { registerCalendarCalls } from './register-calendar';
import { registerCalls } from './register-calls';
import { registerImpactCalls } from './register-impact';
import { registerWorkCalls } from './register-work';
import { registerImportCalls } from './register-import';
import { ruleCalls } from './rules';
import { settingsCalls } from './settings';
import { setupCalls } from './setup';
import { supplierCalls } from './suppliers';
import { wishCalls } from './wish';
import { workCalls } from './work';
import { workAgreementCalls } from './work-agreement';

export * from './agreements';
export * from './agreements-calls';
export * from './agreements-writing';
export * from './approvals';
export * from './board';
export * from './catalog';
export * from './catalog-calls';
export * from './common';
export * from './deeds';
export * from './drift';
export * from './existing-work';
export * from './groups';
export * from './history';
export * from './ledger';
export * from './receipt';
export * from './receiving';
export * from './register';
export * from './register-calendar';
export * from './register-calls';
export * from './register-impact';
export * from './register-work';
export * from './register-import';
export * from './rules';
export * from './settings';
export * from './setup';
export * from './suppliers';
export * from './wish';
export * from './work';
export * from './work-agreement';

/** What the administration page asks. */
export const administrationCalls = {
  ...setupCalls,
  ...driftCalls,
  ...ruleCalls,
  ...settingsCalls,
  ...supplierCalls,
  ...existingWorkCalls,
  ...ledgerCalls,
};

/** Every call of every page. */
export const calls = {
  ...workCalls,
  ...approvalCalls,
  ...receivingCalls,
  ...historyCalls,
  ...deedCalls,
  ...groupCalls,
  ...boardCalls,
  ...agreementCalls,
  ...workAgreementCalls,
  ...writingCalls,
  ...catalogCalls,
  ...wishCalls,
  ...registerCalendarCalls,
  ...registerCalls,
  ...registerImpactCalls,
  ...registerWorkCalls,
  ...registerImportCalls,
  ...administrationCalls,
};
export type CallName = keyof typeof calls;
