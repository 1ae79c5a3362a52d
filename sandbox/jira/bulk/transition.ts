/** Many work items through transitions, each by its workflow, as if somebody moved them one by one. */
import { z } from 'zod';
import { existing } from '../lookups';
import { badRequest, ok, type Answer, type Call } from '../rest';
import type { Issue, Workflow } from '../store';
import { workflowOf } from '../transitions/engine';
import { screenOf, takeable, transitionBeans } from '../transitions/operations';
import { perform } from '../transitions/perform';
import { selected, submit } from './select';

/** OpenAPI: getAvailableTransitions. */
const WORKFLOWS_A_PAGE = 50;

export const transitionInput = z.looseObject({
  bulkTransitionInputs: z.array(z.looseObject({ selectedIssueIdsOrKeys: z.array(z.string()), transitionId: z.string().min(1) })).min(1),
  sendBulkNotification: z.boolean().optional(),
});

async function moveOne(call: Call, issue: Issue, transitionId: string): Promise<void> {
  const { jira, person } = call;
  const transition = takeable({ ...call, body: { transition: { id: transitionId } } }, issue);
  if (screenOf(jira, transition)) throw badRequest(`The transition (${transition.name}) has a screen and cannot be taken in bulk.`);
  await perform(jira, person, issue, transition, { edits: new Map(), given: [], links: [], comments: [] });
}

/** Submits transitions; a work item whose workflow says no is left as it was and told of in the progress. */
export function transitionMany(call: Call<z.infer<typeof transitionInput>>): Answer {
  const wanted = call.body.bulkTransitionInputs;
  selected(
    call,
    wanted.flatMap((one) => one.selectedIssueIdsOrKeys),
  );
  const steps = wanted.flatMap(({ selectedIssueIdsOrKeys, transitionId }) =>
    selected(call, selectedIssueIdsOrKeys).map((issue) => ({ issue, act: () => moveOne(call, issue, transitionId) })),
  );
  if (new Set(steps.map((one) => one.issue)).size < steps.length) throw badRequest('An issue can be transitioned only once in a request.');
  return submit(call, 'Bulk transition', steps);
}

/** The transitions that every one of the work items of a workflow may take, and that ask for nothing. */
function common({ jira, person }: Call, workflow: Workflow, issues: Issue[]) {
  const offered = issues.map((issue) => transitionBeans(jira, person, issue, { channel: 'api' }).filter((one) => !one.hasScreen));
  const [first = [], ...others] = offered;
  const transitions = first.filter(({ id }) => others.every((one) => one.some((other) => other.id === id)));
  return {
    issues: issues.map((one) => one.key),
    transitions: transitions.map(({ id, name, to }) => ({
      transitionId: Number(id),
      transitionName: name,
      to: { statusId: Number(to.id), statusName: to.name },
    })),
    isTransitionsFiltered: transitions.length < workflow.transitions.filter((one) => one.type !== 'INITIAL').length,
  };
}

const cursorOf = (index: number): string => Buffer.from(`workflow:${index}`).toString('base64url');

function indexOf(cursor: string | null): number | undefined {
  if (cursor === null) return undefined;
  const index = /^workflow:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (index === undefined) throw badRequest('The cursor is not valid.');
  return Number(index);
}

/** GET: what can be done in bulk, workflow by workflow. */
export function available(call: Call): Answer {
  const { jira, query } = call;
  const issues = selected(
    call,
    query.getAll('issueIdsOrKeys').flatMap((one) => one.split(',').flatMap((id) => id.trim() || [])),
  );
  const workflowIds = [...new Set(issues.map((one) => workflowOf(jira, one).id))];
  const before = indexOf(query.get('endingBefore'));
  const start = before === undefined ? (indexOf(query.get('startingAfter')) ?? -1) + 1 : Math.max(0, before - WORKFLOWS_A_PAGE);
  const shown = workflowIds.slice(start, before === undefined ? start + WORKFLOWS_A_PAGE : before);
  return ok({
    availableTransitions: shown.map((id) =>
      common(
        call,
        existing(jira.store.workflows, id),
        issues.filter((one) => workflowOf(jira, one).id === id),
      ),
    ),
    ...(start > 0 && { endingBefore: cursorOf(start) }),
    ...(start + shown.length < workflowIds.length && { startingAfter: cursorOf(start + shown.length - 1) }),
  });
}
