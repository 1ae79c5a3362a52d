/** GET /bulk/queue/{taskId} */
import { z } from 'zod';
import { userBean } from '../beans';
import { badRequest, ok, requirePerson, type Answer, type Call } from '../rest';
import { may } from '../issues/access';
import { existing, isAdministrator } from '../lookups';
import { statusOf } from '../tasks';

const outcome = z.object({
  processed: z.array(z.string()),
  failed: z.record(z.string(), z.array(z.string())),
  total: z.number(),
});

/** What has become of a bulk operation, as far as the reader may see the work items. */
export function progress(call: Call): Answer {
  const { jira, params } = call;
  const { store } = jira;
  const person = requirePerson(call);
  const task = store.tasks.get(params.taskId ?? '');
  if (!task || (task.submittedBy !== person.id && !isAdministrator(store, person))) throw badRequest('The task was not found.');
  if (task.kind !== 'bulk') throw badRequest('The task associated with this taskId is not a bulk operation task');
  const result = task.result === undefined ? undefined : outcome.parse(task.result);
  const seen = (id: string): boolean => {
    const issue = store.issues.get(id);
    return issue !== undefined && may(jira, person, 'BROWSE_PROJECTS', issue);
  };
  const failures = Object.entries(result?.failed ?? {}).filter(([id]) => seen(id));
  const processed = result?.processed.filter(seen) ?? [];
  return ok({
    taskId: task.id,
    status: statusOf(store, task),
    progressPercent: task.progress,
    submittedBy: userBean(jira, existing(store.users, task.submittedBy)),
    created: task.submitted,
    ...(task.started !== undefined && { started: task.started }),
    updated: task.finished ?? task.started ?? task.submitted,
    ...(result && {
      totalIssueCount: result.total,
      processedAccessibleIssues: processed.map(Number),
      ...(failures.length > 0 && { failedAccessibleIssues: Object.fromEntries(failures) }),
      invalidOrInaccessibleIssueCount: result.total - processed.length - failures.length,
    }),
  });
}
