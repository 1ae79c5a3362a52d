/** News from Jira: late, doubled, in any order. It feeds the ledger, and heals what a post function missed. */
import { z } from 'zod';
import type { StatusKey } from '../method';
import type { Installed } from '../setup/model';
import { editItem, readItem } from './jira';
import { statusOf } from './model';
import { priorityIdOf, type Priorities } from './priority';
import { recordAccepted, recordEvent } from './receipts';
import { settle, typeOf, wakeParentOf } from './settle';

export const issueChanged = z.object({
  issue: z.object({ id: z.string(), key: z.string(), fields: z.looseObject({ issuetype: z.object({ id: z.string() }).optional() }).optional() }),
  atlassianId: z.string().optional(),
  timestamp: z.coerce.number(),
  changelog: z
    .object({ id: z.string(), items: z.array(z.object({ fieldId: z.string().optional(), from: z.string().nullish(), to: z.string().nullish() })) })
    .optional(),
});
export type IssueChanged = z.infer<typeof issueChanged>;

const RATINGS = ['impact', 'urgency', 'effect', 'likelihood'] as const;

/** Priority follows the rating, whoever changed it. */
async function followRating(event: IssueChanged, site: Installed, priorities: Priorities): Promise<void> {
  const ids = new Set<string | undefined>(RATINGS.map((key) => site.fields[key]));
  if (!event.changelog?.items.some((item) => ids.has(item.fieldId))) return;
  const item = await readItem('app', event.issue.id, site);
  const type = typeOf(item, site);
  if (!type || item.status === 'closed') return;
  const priority = await priorityIdOf(type, item.values, priorities);
  if (priority !== undefined && item.priorityId !== priority) {
    await editItem(item.key, {}, { priority: { id: priority } }, site);
  }
}

async function onStatus(itemId: string, to: StatusKey, at: number, site: Installed): Promise<void> {
  if (to === 'accepted') await recordAccepted(itemId, at);
  if (to === 'realising') await settle(itemId, site);
  // Every move of a child may matter to its parent: ended, or open again.
  await wakeParentOf(itemId, site);
}

export async function onIssueChanged(event: IssueChanged, site: Installed, priorities: Priorities): Promise<void> {
  const typeId = event.issue.fields?.issuetype?.id;
  if (typeId !== undefined && !typeOf({ typeId }, site)) return;
  const moved = event.changelog?.items.find((item) => item.fieldId === 'status');
  const to = moved && statusOf(site, moved.to);
  if (event.changelog && moved && to) {
    await recordEvent({
      id: event.changelog.id,
      itemId: event.issue.id,
      at: event.timestamp,
      kind: 'status',
      from: statusOf(site, moved.from),
      to,
      actor: event.atlassianId,
    });
    await onStatus(event.issue.id, to, event.timestamp, site);
  }
  await followRating(event, site, priorities);
}
