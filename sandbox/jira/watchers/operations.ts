/** /issue/{issueIdOrKey}/watchers */
import { z } from 'zod';
import { userBean } from '../beans';
import { may, visibleIssue } from '../issues/access';
import { watchesBean } from '../issues/beans';
import { badRequest, forbidden, noContent, notFound, ok, operation, requirePerson, type Call, type Operation } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { Issue } from '../store';

const PATH = '/rest/api/3/issue/{issueIdOrKey}/watchers';

/** Whom the call is about: the caller, or somebody else for those who manage watchers. */
function watcher(call: Call, issue: Issue, accountId: string): string {
  const { jira, person } = call;
  if (accountId !== requirePerson(call).id && !may(jira, person, 'MANAGE_WATCHERS', issue)) {
    throw forbidden('You do not have permission to manage the watcher list.');
  }
  if (!jira.store.users.get(accountId)) throw notFound('The user was not found.');
  return accountId;
}

export const watcherOperations: Operation[] = [
  operation('getIsWatchingIssueBulk', 'POST', '/rest/api/3/issue/watching', z.looseObject({ issueIds: z.array(z.string()) }), (call) => {
    const { jira, person } = call;
    const { id } = requirePerson(call);
    const watches = (issue: Issue | undefined): boolean =>
      issue !== undefined && may(jira, person, 'BROWSE_PROJECTS', issue) && (issue.watchers?.includes(id) ?? false);
    return ok({ issuesIsWatching: Object.fromEntries(call.body.issueIds.map((one) => [one, watches(jira.store.issues.get(one))])) });
  }),
  operation('getIssueWatchers', 'GET', PATH, (call) => {
    const { jira, person } = call;
    const issue = visibleIssue(call, call.params.issueIdOrKey);
    const all = may(jira, person, 'VIEW_VOTERS_AND_WATCHERS', issue);
    const shown = (issue.watchers ?? []).filter((id) => all || id === person?.id).flatMap((id) => jira.store.users.get(id) ?? []);
    return ok({ ...watchesBean(jira, person, issue), watchers: shown.map((one) => userBean(jira, one)) });
  }),
  operation('addWatcher', 'POST', PATH, (call) => {
    const issue = visibleIssue(call, call.params.issueIdOrKey);
    const person = requirePerson(call);
    const body = z.string().min(1).optional().safeParse(call.body);
    if (!body.success) throw badRequest('The account ID of a watcher has to be a text.');
    const accountId = watcher(call, issue, body.data ?? person.id);
    aboutToChange(call.jira, issue);
    issue.watchers = [...new Set([...(issue.watchers ?? []), accountId])];
    return noContent();
  }),
  operation('removeWatcher', 'DELETE', PATH, (call) => {
    const issue = visibleIssue(call, call.params.issueIdOrKey);
    const accountId = call.query.get('accountId');
    if (!accountId) throw badRequest('The account ID of a watcher has to be provided.');
    const gone = watcher(call, issue, accountId);
    aboutToChange(call.jira, issue);
    issue.watchers = (issue.watchers ?? []).filter((id) => id !== gone);
    return noContent();
  }),
];
