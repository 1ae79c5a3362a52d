/** News from Jira: late, doubled, in any order. It feeds the ledger, and heals what a post function missed. */
import { z } from 'zod';
import { concerns, type StatusKey } from '../method';
import type { Installed } from '../setup/model';
import { followAccepted } from './follow';
import { editItem, readAnswer, readItem } from './jira';
import { isRecorded } from './ledger';
import { mirror } from './mirror';
import { statusOf, toWorkItem, type WorkItem } from './model';
import { priorityIdOf, type Priorities } from './priority';
import type { Manners } from './manners';
import { notifyStep } from './notify';
import { planFor, silentFrom } from './planned';
import { settle, typeOf, wakeParentOf } from './settle';
import { isUsmSpace, recordWalk, walkerOf } from './walk';

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
  by: string | undefined;
}

/** Whoever has to know is told, and what comes by itself later is planned: both from one reading. */
async function tellAndPlan({ id, itemId, from, to, by }: Heard, given: WorkItem | undefined, site: Installed, manners: Manners): Promise<void> {
  if (!from || !concerns(from, to)) return;
  const item = given ?? (await readItem('app', itemId, site));
  const type = typeOf(item, site);
  if (!type) return;
  const silent = await silentFrom(item, type, manners);
  await planFor(item, silent);
  await notifyStep({ id, item, type, by }, from, to, silent, site, manners);
}

/** What the ledger and the property follow: where it stands, what it is, and where it belongs. */
const WALKS = ['status', 'issuetype', 'project'];

/**
 * An event says that something happened; the changelog says what. A step that its post function has dealt with is in the ledger and asks nothing more.
 * The line is written last, so that whatever dies before is found missing.
 */
async function follow(itemId: string, changeId: string, site: Installed, manners: () => Promise<Manners>): Promise<WorkItem | undefined> {
  if (await isRecorded(itemId, changeId)) return undefined;
  const answer = await readAnswer('app', itemId, site);
  const item = toWorkItem(answer, site);
  const type = item && isUsmSpace(site, item.projectId) && typeOf(item, site);
  if (item && type) {
    if (item.status === 'realising') await settle(itemId, site, manners, item);
    else await mirror(item, type);
  }
  await recordWalk(walkerOf(answer, site), site);
  // Settling may have moved it on.
  return item?.status === 'realising' ? undefined : item;
}

export async function onIssueChanged(event: IssueChanged, site: Installed, priorities: Priorities, manners: () => Promise<Manners>): Promise<void> {
  const { issue, changelog } = event;
  const changed = (fieldId: string) => changelog?.items.find((item) => item.fieldId === fieldId);
  const types = [issue.fields?.issuetype?.id, changed('issuetype')?.from];
  const follows = !issue.fields?.issuetype || types.some((typeId) => typeId && typeOf({ typeId }, site));
  const elsewhere = !follows || !statusOf(site, changed('status')?.to);
  // Work that stands in no status of USM may be a supplier's: one read by an index tells whether anybody waits for it.
  if (elsewhere && (changed('status') ?? changed('resolution'))) await wakeParentOf(issue.id, site, manners);
  if (!follows) return;
  if (changelog?.items.some((item) => WALKS.some((fieldId) => fieldId === item.fieldId))) {
    const [from, to] = [statusOf(site, changed('status')?.from), statusOf(site, changed('status')?.to)];
    if (to === 'accepted') await followAccepted(issue.id, event.timestamp, event.atlassianId);
    const item = await follow(issue.id, changelog.id, site, manners);
    // Every move of a child may matter to its parent: ended, or open again.
    if (to) {
      await wakeParentOf(issue.id, site, manners);
      await tellAndPlan({ id: changelog.id, itemId: issue.id, from, to, by: event.atlassianId }, item, site, await manners());
    }
  }
  await followRating(event, site, priorities);
}
