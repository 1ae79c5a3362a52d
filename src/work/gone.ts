/** Work items that were deleted: what they were asked for ends undone, what they asked for loses its asker. */
import { z } from 'zod';
import { isOpen } from '../method';
import type { Installed } from '../setup/model';
import { followGoneParent, followState } from './follow';
import type { Manners } from './manners';
import { forgetNames } from './named';
import { receiptOfChild } from './receipts';
import { typeOf, wakeParentOf } from './settle';

export const issueDeleted = z.object({
  issue: z.object({ id: z.string(), key: z.string(), fields: z.looseObject({ issuetype: z.object({ id: z.string() }).optional() }).optional() }),
  atlassianId: z.string().optional(),
});
export type IssueDeleted = z.infer<typeof issueDeleted>;

/** May be heard twice, and after the round has found out by itself. */
export async function onIssueDeleted({ issue, atlassianId: who }: IssueDeleted, site: Installed, manners: () => Promise<Manners>): Promise<void> {
  const typeId = issue.fields?.issuetype?.id;
  await forgetNames(issue.id);
  const receipt = await receiptOfChild(issue.id);
  if (receipt && isOpen(receipt.state)) await followState(receipt, 'failed', { who, text: `${issue.key} was deleted.` });
  // A supplier's work item need not follow USM.
  await wakeParentOf(issue.id, site, manners);
  if (typeId === undefined || typeOf({ typeId }, site)) await followGoneParent(issue.id, who);
}
