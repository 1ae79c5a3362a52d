/** What the search and the bulk change ask of the site. */
import { z } from 'zod';
import { get, part, rest, send } from '../api';
import { foundItem, person } from '../schemas';

const COLUMNS = ['issuetype', 'summary', 'status', 'assignee', 'reporter', 'created', 'updated'];

const row = foundItem.extend({ fields: foundItem.shape.fields.extend({ created: z.string() }) });
export type Row = z.infer<typeof row>;
const rowsPage = z.object({ issues: z.array(row), nextPageToken: z.string().nullish() });
export type RowsPage = z.infer<typeof rowsPage>;

/** One page of what a query finds. */
export const search = (jql: string, nextPageToken?: string, maxResults = 50): Promise<RowsPage> =>
  send(rowsPage, 'POST', rest('search/jql'), { jql, fields: COLUMNS, maxResults, ...(nextPageToken && { nextPageToken }) });

export const count = async (jql: string): Promise<number> =>
  (await send(z.object({ count: z.number() }), 'POST', rest('search/approximate-count'), { jql })).count;

/** OpenAPI: submitBulkTransition. */
export const BULK_LIMIT = 1000;
const LARGEST_PAGE = 100;

/** As many work items as one bulk change takes. */
export async function forBulk(jql: string): Promise<Row[]> {
  const all: Row[] = [];
  let token: string | undefined;
  do {
    const page = await search(jql, token, LARGEST_PAGE);
    all.push(...page.issues);
    token = page.nextPageToken ?? undefined;
  } while (token && all.length < BULK_LIMIT);
  return all.slice(0, BULK_LIMIT);
}

const offered = z.object({
  availableTransitions: z.array(
    z.object({
      issues: z.array(z.string()),
      transitions: z.array(
        z.object({
          transitionId: z.coerce.string(),
          transitionName: z.string(),
          to: z.object({ statusId: z.coerce.string(), statusName: z.string() }),
        }),
      ),
    }),
  ),
  startingAfter: z.string().nullish(),
});
export type Offer = z.infer<typeof offered>['availableTransitions'][number];

/** What these work items may do together, workflow by workflow. */
export async function bulkTransitions(ids: readonly string[]): Promise<Offer[]> {
  const all: Offer[] = [];
  let after: string | undefined;
  do {
    const cursor = after ? `&startingAfter=${part(after)}` : '';
    const page = await get(offered, rest(`bulk/issues/transition?issueIdsOrKeys=${ids.map(part).join(',')}${cursor}`));
    all.push(...page.availableTransitions);
    after = page.startingAfter ?? undefined;
  } while (after);
  return all;
}

export interface BulkInput {
  selectedIssueIdsOrKeys: string[];
  transitionId: string;
}

export const submitBulk = async (bulkTransitionInputs: BulkInput[]): Promise<string> =>
  (await send(z.object({ taskId: z.string() }), 'POST', rest('bulk/issues/transition'), { bulkTransitionInputs, sendBulkNotification: false }))
    .taskId;

const progressOf = z.object({
  status: z.string(),
  progressPercent: z.number().default(0),
  submittedBy: person.optional(),
  totalIssueCount: z.number().optional(),
  processedAccessibleIssues: z.array(z.coerce.string()).default([]),
  failedAccessibleIssues: z.record(z.string(), z.array(z.string())).default({}),
  invalidOrInaccessibleIssueCount: z.number().default(0),
});
export type BulkProgress = z.infer<typeof progressOf>;
export const bulkProgress = (taskId: string): Promise<BulkProgress> => get(progressOf, rest(`bulk/queue/${part(taskId)}`));
