/** Which work items a bulk operation is about, and how it says no: `{errors: [{message}]}`, unlike the rest of the API. */
import { may } from '../issues/access';
import { hasGlobal } from '../permissions/check';
import { badRequest, requirePerson, RestError, type Call, type Operation } from '../rest';
import type { Issue, Json } from '../store';
import { startTask } from '../tasks';

/** OpenAPI: submitBulkTransition, submitBulkMove, submitBulkEdit. */
const BULK_LIMIT = 1000;

const NOT_VALID = 'Some of the issues in the issueIdsOrKeys are not valid';

/** Operations for people with the global permission to change in bulk; without it the answer is the status that the document knows. */
export const bulkChangersOnly = (refusal: 400 | 403, operations: Operation[]): Operation[] =>
  operations.map((one) => ({
    ...one,
    async handle(call) {
      try {
        const person = requirePerson(call);
        if (!hasGlobal(call.jira.store, person, 'BULK_CHANGE')) throw new RestError(refusal, ['You do not have permission to make bulk changes.']);
        return await one.handle(call);
      } catch (error) {
        if (!(error instanceof RestError)) throw error;
        return { status: error.status, body: { errors: wordsOf(error).map((message) => ({ message })) } };
      }
    },
  }));

/** All that a refusal says, as a list of texts. */
export const wordsOf = (error: RestError): string[] => [
  ...error.errorMessages,
  ...Object.entries(error.errors).map(([field, message]) => `${field}: ${message}`),
];

/** The work items of a request, each once; 400 where one is not there for the caller, or they are too many. */
export function selected({ jira, person }: Call, idsOrKeys: readonly string[]): Issue[] {
  if (idsOrKeys.length === 0) throw badRequest('At least one issue has to be selected.');
  const issues = idsOrKeys.map((one) => {
    const issue = jira.store.issue(one);
    if (!issue || !may(jira, person, 'BROWSE_PROJECTS', issue)) throw badRequest(NOT_VALID);
    return issue;
  });
  const distinct = [...new Set(issues)];
  if (distinct.length > BULK_LIMIT) throw badRequest(`At most ${BULK_LIMIT} issues can be changed at once.`);
  return distinct;
}

export interface Step {
  issue: Issue;
  /** All of it or nothing; throws a RestError with the reason why not. */
  act(): Promise<void> | void;
}

/** Takes the steps one after the other in a task; what fails does not stop the rest. */
export function submit(call: Call, description: string, steps: Step[]): { status: 201; body: { taskId: string } } {
  const { jira, person } = call;
  const task = startTask(jira, {
    submittedBy: requirePerson(call).id,
    kind: 'bulk',
    description,
    async work(report) {
      const processed: string[] = [];
      const failed: Record<string, string[]> = {};
      for (const [index, { issue, act }] of steps.entries()) {
        // between the request and this moment it may have been deleted or closed to the caller
        const there = jira.store.issues.get(issue.id) === issue && may(jira, person, 'BROWSE_PROJECTS', issue);
        try {
          if (!there) continue;
          await act();
          processed.push(issue.id);
        } catch (error) {
          if (!(error instanceof RestError)) throw error;
          failed[issue.id] = wordsOf(error);
        }
        report(Math.floor(((index + 1) * 100) / steps.length));
      }
      return { processed, failed, total: steps.length } satisfies Json;
    },
  });
  return { status: 201, body: { taskId: task.id } };
}
