/** News from Jira: late, doubled, in any order. It feeds the ledger, and heals what a post function missed. */
import { z } from 'zod';
import { hasBegun } from '../agreements/service';
import type { FieldKey, WorkTypeKey } from '../method';
import type { Installed } from '../setup/model';
import { followAccepted } from './follow';
import { readAnswer, readItem, writeItem } from './jira';
import { keepPromise } from './keep-promise';
import { markFollowed } from './ledger';
import { mirror } from './mirror';
import { statusOf, toWorkItem, typeWithId, type WorkItem } from './model';
import { forgetNames, hasToTell, TOLD, tellRegister } from './named';
import { applyPlans } from './register-acts';
import { planPromise } from './planned';
import { priorityIdOf, type Priorities } from './priority';
import type { Manners } from './manners';
import { settle, typeOf, wakeParentOf } from './settle';
import { followStep, isWorkedThrough } from './step';
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

/** What decides besides which promise there will be. */
const TERMS = [...RATINGS, 'customer', 'service'] as const;

/** What to write of the promise that acceptance would give; its next moment is kept. */
async function foresee(item: WorkItem, type: WorkTypeKey, manners: () => Promise<Manners>) {
  const kept = await keepPromise(item, type, await manners());
  await planPromise(item.id, kept.next);
  return kept.values;
}

/** Priority follows the rating, whoever changed it; what will be promised follows both while nobody has accepted it. What names items, the register follows. */
async function followFields(event: IssueChanged, site: Installed, priorities: Priorities, manners: () => Promise<Manners>): Promise<void> {
  const changed = (keys: readonly FieldKey[]): boolean => keys.some((key) => changedIn(event, site.fields[key]));
  const rated = changed(TERMS);
  const names = changed(TOLD) && (await hasToTell(event.issue.id, event.changelog?.id));
  if (!rated && !names) return;
  const item = await readItem('app', event.issue.id, site);
  const type = typeOf(item, site);
  if (!type) return;
  await tellRegister(item, type);
  if (changed(['registerUpdate'])) await applyPlans(item, type, event.atlassianId);
  if (rated && item.status !== 'closed') await followRating(item, type, site, priorities, manners);
}

async function followRating(
  item: WorkItem,
  type: WorkTypeKey,
  site: Installed,
  priorities: Priorities,
  manners: () => Promise<Manners>,
): Promise<void> {
  const priority = await priorityIdOf(type, item.values, priorities);
  const system = priority !== undefined && item.priorityId !== priority ? { priority: { id: priority } } : {};
  await writeItem(item.key, { values: item.status === 'registered' ? await foresee(item, type, manners) : {}, system }, site);
}

export const issueCreated = z.object({
  issue: z.object({ id: z.string(), fields: z.looseObject({ issuetype: z.object({ id: z.string() }) }).optional() }),
});

/** Whoever reports is promised an answer before anybody has accepted. Where nothing was ever promised, and no register kept, Jira is asked nothing. */
export async function onIssueCreated({ issue }: z.infer<typeof issueCreated>, site: Installed, manners: () => Promise<Manners>): Promise<void> {
  const typeId = issue.fields?.issuetype.id;
  if (typeId !== undefined && !typeOf({ typeId }, site)) return;
  const [promises, registers] = [await hasBegun(), await hasToTell(issue.id, undefined)];
  if (!promises && !registers) return;
  const item = await readItem('app', issue.id, site);
  const type = typeOf(item, site);
  if (type) await tellRegister(item, type);
  if (promises && type && item.status === 'registered') await writeItem(item.key, { values: await foresee(item, type, manners) }, site);
}

/** What the ledger and the property follow: where it stands, what it is, and where it belongs. */
const WALKS = ['status', 'issuetype', 'project'];

/** An event says that something happened; the changelog says what. Answers the work item, unless it has been moved since it was read. */
async function follow(itemId: string, site: Installed, manners: () => Promise<Manners>): Promise<WorkItem | undefined> {
  const answer = await readAnswer('app', itemId, site);
  const item = toWorkItem(answer, site);
  const type = item && isUsmSpace(site, item.projectId) && typeOf(item, site);
  let moved = false;
  if (item && type) {
    await tellRegister(item, type);
    if (item.status === 'realising') moved = await settle(itemId, site, manners, { given: item, mirrors: false });
    if (!moved) {
      const kept = await keepPromise(item, type, await manners());
      await planPromise(item.id, kept.next);
      await mirror(item, type, site, { values: kept.values });
    }
  } else await forgetNames(itemId);
  await recordWalk(walkerOf(answer, site), site);
  return moved ? undefined : item;
}

const changedIn = ({ changelog }: IssueChanged, fieldId: string) => changelog?.items.find((item) => item.fieldId === fieldId);

/** Steps, and what else says where it stands and what it is. */
async function followWalk(event: IssueChanged, changeId: string, site: Installed, manners: () => Promise<Manners>): Promise<void> {
  const { issue, timestamp, atlassianId: by } = event;
  const moved = changedIn(event, 'status');
  const [from, to] = [statusOf(site, moved?.from), statusOf(site, moved?.to)];
  const step = { id: changeId, itemId: issue.id, from, by };
  if (to === 'accepted') await followAccepted(issue.id, timestamp, by);
  if (await isWorkedThrough({ ...step, to }, typeWithId(site, issue.fields?.issuetype?.id), timestamp)) return;
  const item = await follow(issue.id, site, manners);
  if (to) await followStep({ ...step, to }, item, site, manners);
  // Last, so that whatever dies before is done again.
  await markFollowed(issue.id, changeId);
}

export async function onIssueChanged(event: IssueChanged, site: Installed, priorities: Priorities, manners: () => Promise<Manners>): Promise<void> {
  const { issue, changelog } = event;
  const status = changedIn(event, 'status');
  const types = [issue.fields?.issuetype?.id, changedIn(event, 'issuetype')?.from];
  const follows = !issue.fields?.issuetype || types.some((typeId) => typeId && typeOf({ typeId }, site));
  const elsewhere = !follows || !statusOf(site, status?.to);
  // Work that stands in no status of USM may be a supplier's: one read by an index tells whether anybody waits for it.
  if (elsewhere && (status ?? changedIn(event, 'resolution'))) await wakeParentOf(issue.id, site, manners);
  if (!follows) return;
  if (changelog && WALKS.some((fieldId) => changedIn(event, fieldId))) await followWalk(event, changelog.id, site, manners);
  await followFields(event, site, priorities, manners);
}
