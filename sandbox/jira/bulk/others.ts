/** Many work items deleted, watched and no longer watched. */
import { z } from 'zod';
import { may } from '../issues/access';
import { deleteIssue } from '../issues/edit';
import { forbidden, requirePerson, type Answer, type Call } from '../rest';
import { aboutToChange } from '../search/freshness';
import { selected, submit } from './select';

export const selection = z.looseObject({ selectedIssueIdsOrKeys: z.array(z.string()), sendBulkNotification: z.boolean().nullish() });

type Selection = z.infer<typeof selection>;

/** Subtasks go with their parents, as they do when somebody deletes them on the page. */
export function deleteMany(call: Call<Selection>): Answer {
  const { jira, person } = call;
  const issues = selected(call, call.body.selectedIssueIdsOrKeys);
  if (!issues.every((issue) => may(jira, person, 'DELETE_ISSUES', issue)))
    throw forbidden('You do not have permission to delete all of these issues.');
  const query = new URLSearchParams({ deleteSubtasks: 'true' });
  return submit(
    call,
    'Bulk delete',
    issues.map((issue) => ({ issue, act: () => void deleteIssue({ ...call, body: undefined, query, params: { issueIdOrKey: issue.id } }) })),
  );
}

/** Makes the caller a watcher of all of them, or of none. */
export const watchMany =
  (watching: boolean) =>
  (call: Call<Selection>): Answer => {
    const { id } = requirePerson(call);
    return submit(
      call,
      watching ? 'Bulk watch' : 'Bulk unwatch',
      selected(call, call.body.selectedIssueIdsOrKeys).map((issue) => ({
        issue,
        act: () => {
          aboutToChange(call.jira, issue);
          issue.watchers = [...(issue.watchers ?? []).filter((one) => one !== id), ...(watching ? [id] : [])];
        },
      })),
    );
  };
