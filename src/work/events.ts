/** News from Jira: late, doubled, in any order. It feeds the ledger, and heals what a post function missed. */
import { z } from 'zod';
import { concerns, type StatusKey } from '../method';
import type { Installed } from '../setup/model';
import { followAccepted } from './follow';
import { editItem, readItem } from './jira';
import { statusOf } from './model';
import { priorityIdOf, type Priorities } from './priority';
import type { Manners } from './manners';
import { notifyStep } from './notify';
import { planFor, silentFrom } from './planned';
import { recordEvent } from './receipts';
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

interface Heard {
  id: string;
  itemId: string;
  from: StatusKey | undefined;
  to: StatusKey;
  at: number;
  by: string | undefined;
}

/** Whoever has to know is told, and what comes by itself later is planned: both from one reading. */
async function tellAndPlan({ id, itemId, from, to, by }: Heard, site: Installed, manners: Manners): Promise<void> {
  if (!from || !concerns(from, to)) return;
  const item = await readItem('app', itemId, site);
  const type = typeOf(item, site);
  if (!type) return;
  const silent = await silentFrom(item, type, manners);
  await planFor(item, silent);
  await notifyStep({ id, item, type, by }, from, to, silent, site, manners);
}

async function onStatus(heard: Heard, site: Installed, manners: () => Promise<Manners>): Promise<void> {
  const { itemId, to, at, by } = heard;
  if (to === 'accepted') await followAccepted(itemId, at, by);
  if (to === 'realising') await settle(itemId, site, manners);
  // Every move of a child may matter to its parent: ended, or open again.
  await wakeParentOf(itemId, site, manners);
  await tellAndPlan(heard, site, await manners());
}

export async function onIssueChanged(event: IssueChanged, site: Installed, priorities: Priorities, manners: () => Promise<Manners>): Promise<void> {
  const typeId = event.issue.fields?.issuetype?.id;
  if (typeId !== undefined && !typeOf({ typeId }, site)) return;
  const moved = event.changelog?.items.find((item) => item.fieldId === 'status');
  const to = moved && statusOf(site, moved.to);
  if (event.changelog && moved && to) {
    const from = statusOf(site, moved.from);
    await recordEvent({
      id: event.changelog.id,
      itemId: event.issue.id,
      at: event.timestamp,
      kind: 'status',
      from,
      to,
      actor: event.atlassianId,
    });
    await onStatus({ id: event.changelog.id, itemId: event.issue.id, from, to, at: event.timestamp, by: event.atlassianId }, site, manners);
  }
  await followRating(event, site, priorities);
}
