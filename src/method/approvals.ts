/** Approvals of a plan (V48): who is asked, who has said yes to the plan as it stands, and what is still open. */
import { type FieldKey, type FieldValues, list, words } from './fields';
import type { StatusKey } from './statuses';

/** What somebody approves: another value in one of these is another plan. */
const PLAN_FIELDS: readonly FieldKey[] = ['plan', 'windowStart', 'windowEnd', 'backOut', 'changeCategory', 'impact', 'itemsToChange', 'itemsToAdd'];

/** The same plan gives the same text. */
export const planText = (fields: FieldValues): string => JSON.stringify(PLAN_FIELDS.map((key) => fields[key] ?? null));

/** What is known of the approvals of the plan as it stands. */
export interface Approvals {
  /** Whoever is named in Approvers. */
  asked: readonly { accountId: string; name: string }[];
  /** The newest word of each person on this version. */
  given: readonly { accountId: string; approved: boolean; processManager: boolean }[];
  planner: string | undefined;
}

const category = (fields: FieldValues): string => words(fields, 'changeCategory');

/** Whether people are asked now: while it is planned, and in an emergency until it is confirmed. */
export const asksForApproval = (status: StatusKey, fields: FieldValues): boolean =>
  status === 'planning' ||
  (category(fields) === 'Emergency' && (status === 'preparing' || status === 'testing' || status === 'realising' || status === 'reviewing'));

export const namesApprovers = (fields: FieldValues): boolean => list(fields, 'approvers').length > 0;

const approved = ({ asked, given }: Approvals) => given.filter((one) => one.approved && asked.some(({ accountId }) => accountId === one.accountId));

/** Names of those who have not said yes to this plan. */
export const openApprovals = (approvals: Approvals): string[] => {
  const yes = approved(approvals);
  return approvals.asked.filter(({ accountId }) => yes.every((one) => one.accountId !== accountId)).map(({ name }) => name);
};

/** What is wrong although enough people have said yes. */
function faultOf({ asked, planner }: Approvals, yes: Approvals['given'], fields: FieldValues): string | undefined {
  if (yes.every((one) => one.accountId === planner)) {
    const only = 'Whoever planned it cannot be the only one to approve it.';
    return asked.length === 1 ? `${only} Name somebody else in Approvers.` : only;
  }
  if (category(fields) === 'Significant' && yes.every((one) => !one.processManager))
    return 'A significant change needs the approval of a process manager.';
  return undefined;
}

/** Everybody has to have said yes; in an emergency one of them is enough for now. `fault`: what is wrong with it nevertheless. */
export function judgeApprovals(approvals: Approvals, fields: FieldValues): { met: boolean; fault?: string } {
  const yes = approved(approvals);
  const enough = category(fields) === 'Emergency' ? yes.length > 0 : openApprovals(approvals).length === 0;
  const fault = enough ? faultOf(approvals, yes, fields) : undefined;
  return { met: enough && fault === undefined, ...(fault !== undefined && { fault }) };
}
