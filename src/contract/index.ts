import { approvalCalls } from './approvals';
import { boardCalls } from './board';
import { driftCalls } from './drift';
import { existingWorkCalls } from './existing-work';
import { ruleCalls } from './rules';
import { settingsCalls } from './settings';
import { setupCalls } from './setup';
import { workCalls } from './work';

export * from './approvals';
export * from './board';
export * from './common';
export * from './drift';
export * from './existing-work';
export * from './rules';
export * from './settings';
export * from './setup';
export * from './work';

/** What the administration page asks. */
export const administrationCalls = { ...setupCalls, ...driftCalls, ...ruleCalls, ...settingsCalls, ...existingWorkCalls };

/** Every call of every page. */
export const calls = { ...workCalls, ...approvalCalls, ...boardCalls, ...administrationCalls };
export type CallName = keyof typeof calls;
