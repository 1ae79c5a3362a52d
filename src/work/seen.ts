/** Work items as one person sees them: what Jira does not show them is not there. */
import { bulkFetchIssues } from 'jira.js/cloud';
import { z } from 'zod';
import { jira } from '../jira/client';
import type { StatusKey, WorkTypeKey } from '../method';
import { platformFault } from '../platform/errors';
import type { Installed } from '../setup/model';
import { READ_LIMIT } from './jira';

export interface Seen {
  key: string;
  summary: string;
  /** Absent: it stands in a status, or is of a work type, that is not of USM. */
  status?: StatusKey;
  type?: WorkTypeKey;
  assignee?: { accountId: string; name: string };
}

const answer = z.object({
  issues: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      fields: z.object({
        summary: z.string(),
        status: z.object({ id: z.string() }),
        issuetype: z.object({ id: z.string() }),
        assignee: z.object({ accountId: z.string(), displayName: z.string() }).nullish(),
      }),
    }),
  ),
});

/** By id; one request for each hundred. */
export async function seenByPerson(
  ids: readonly string[],
  { workTypes, statuses }: Pick<Installed, 'workTypes' | 'statuses'>,
): Promise<Map<string, Seen>> {
  const asked = [...new Set(ids)];
  const statusKeys = new Map(Object.entries(statuses).map(([key, id]) => [id, key as StatusKey]));
  const typeKeys = new Map(Object.entries(workTypes).map(([key, id]) => [id, key as WorkTypeKey]));
  const pages = await Promise.all(
    Array.from({ length: Math.ceil(asked.length / READ_LIMIT) }, async (_none, page) => {
      const part = asked.slice(page * READ_LIMIT, (page + 1) * READ_LIMIT);
      const parsed = answer.safeParse(
        await bulkFetchIssues(jira('person'), { issueIdsOrKeys: part, fields: ['summary', 'status', 'issuetype', 'assignee'] }),
      );
      if (!parsed.success) throw platformFault('platform.answer', parsed.error);
      return parsed.data.issues;
    }),
  );
  return new Map(
    pages.flat().map(({ id, key, fields: { summary, status, issuetype, assignee } }) => {
      const [statusKey, type] = [statusKeys.get(status.id), typeKeys.get(issuetype.id)];
      return [
        id,
        {
          key,
          summary,
          ...(statusKey && { status: statusKey }),
          ...(type && { type }),
          ...(assignee && { assignee: { accountId: assignee.accountId, name: assignee.displayName } }),
        },
      ];
    }),
  );
}
