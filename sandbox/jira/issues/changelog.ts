/** The changelog of one work item and of many. */
import { z } from 'zod';
import { badRequest, ok, page, type Answer, type Call } from '../rest';
import type { Change } from '../store';
import { may, visibleIssue } from './access';
import { changeBean } from './beans';

/** OpenAPI: getBulkChangelogs. */
const BULK_ISSUES = 1000;
const BULK_FIELDS = 10;

const idList = z.array(z.union([z.string(), z.number()]));

export const bulkChangelogInput = z.looseObject({
  issueIdsOrKeys: idList,
  fieldIds: z.array(z.string()).optional(),
  maxResults: z.int().min(1).max(10_000).optional(),
  nextPageToken: z.string().optional(),
});

export const changelogIdsInput = z.looseObject({ changelogIds: idList });

/** GET: oldest entry first. */
export function getChangelog(call: Call): Answer {
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const { values, ...paging } = page(call.query, issue.changes, 100);
  const self = `${call.jira.baseUrl}/rest/api/3/issue/${issue.key}/changelog?maxResults=${paging.maxResults}&startAt=${paging.startAt}`;
  return ok({ self, ...paging, values: values.map((one) => changeBean(call.jira, one)) });
}

/** POST /changelog/list: entries by id. */
export function getChangelogByIds(call: Call<z.infer<typeof changelogIdsInput>>): Answer {
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const ids = new Set(call.body.changelogIds.map(String));
  const histories = issue.changes.filter((one) => ids.has(one.id)).map((one) => changeBean(call.jira, one));
  return ok({ startAt: 0, maxResults: histories.length, total: histories.length, histories });
}

/** POST /changelog/bulkfetch: entries of many work items, oldest first. Moments are numbers here. */
export function bulkChangelogs(call: Call<z.infer<typeof bulkChangelogInput>>): Answer {
  const { jira, person, body } = call;
  const { issueIdsOrKeys, fieldIds = [], maxResults = 1000, nextPageToken } = body;
  if (issueIdsOrKeys.length === 0 || issueIdsOrKeys.length > BULK_ISSUES)
    throw badRequest(`Between 1 and ${BULK_ISSUES} issue ids or keys are required.`);
  if (fieldIds.length > BULK_FIELDS) throw badRequest(`At most ${BULK_FIELDS} field ids are allowed.`);
  const issues = new Set(
    issueIdsOrKeys.flatMap((one) => {
      const issue = jira.store.issue(String(one));
      return issue && may(jira, person, 'BROWSE_PROJECTS', issue) ? issue : [];
    }),
  );
  const touches = (entry: Change): boolean =>
    fieldIds.length === 0 || entry.items.some((item) => item.fieldId !== undefined && fieldIds.includes(item.fieldId));
  const rows = [...issues]
    .flatMap((issue) => issue.changes.filter(touches).map((entry) => ({ issueId: issue.id, entry })))
    .sort((a, b) => a.entry.created - b.entry.created || Number(a.issueId) - Number(b.issueId));
  const start = nextPageToken === undefined ? 0 : Number(Buffer.from(nextPageToken, 'base64url').toString());
  if (!Number.isInteger(start)) throw badRequest('The page token is not valid.');
  const taken = rows.slice(start, start + maxResults);
  const end = start + taken.length;
  const issueChangeLogs = [...new Set(taken.map((one) => one.issueId))].map((issueId) => ({
    issueId,
    changeHistories: taken
      .filter((one) => one.issueId === issueId)
      .map(({ entry }) => {
        const bean = changeBean(jira, entry);
        const items = fieldIds.length === 0 ? bean.items : bean.items.filter((item) => fieldIds.includes(String(item.fieldId)));
        return { ...bean, created: entry.created, items };
      }),
  }));
  return ok({ issueChangeLogs, ...(end < rows.length && { nextPageToken: Buffer.from(String(end)).toString('base64url') }) });
}
