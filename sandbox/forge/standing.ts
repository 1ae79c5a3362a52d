/** What holds for an installation from outside of the app, and may change while it runs: its version, its licence, who agreed. */
import type { Json } from '../jira/store';

/** Fields that @forge/api 8.3.0 declares for a licence. */
export interface Licence {
  active: boolean;
  isActive: boolean;
  isEvaluation: boolean;
  type: string;
  billingPeriod: string;
  ccpEntitlementId: string;
  ccpEntitlementSlug: string;
  supportEntitlementNumber: string;
  subscriptionEndDate?: string;
  trialEndDate?: string;
}

export interface Standing {
  version(): string;
  /** Undefined where the platform tells of none. */
  licence(): Licence | undefined;
  /** Whether the app may act for this person. */
  agreed(accountId: string): boolean;
}

export const UNCHANGED: Standing = { version: () => '1.0.0', licence: () => undefined, agreed: () => true };

/** As functions get it. */
export const licenceJson = (licence: Licence): { [key: string]: Json } => ({ ...licence });

/** As pages get it: @forge/bridge 7.2.0 declares every field, null where there is nothing. */
export const pageLicence = (licence: Licence): { [key: string]: Json } => ({
  subscriptionEndDate: null,
  trialEndDate: null,
  modes: null,
  ...licence,
});
