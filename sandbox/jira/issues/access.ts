/** Who may see and do what with a work item, answered in Jira's way: what somebody may not see does not exist. */
import { existing, hasPermission } from '../lookups';
import { notFound, type Call, type Jira } from '../rest';
import type { Issue, Project, User } from '../store';

export const NOT_VISIBLE = 'Issue does not exist or you do not have permission to see it.';

export const projectOf = (jira: Jira, issue: Issue): Project => existing(jira.store.projects, issue.projectId);

/** Whether somebody holds a project permission on a work item. */
export const may = (jira: Jira, person: User | undefined, permission: string, issue: Issue): boolean =>
  hasPermission(jira.store, person, permission, projectOf(jira, issue), issue);

/** The work item that the caller names and may browse, or 404. */
export function visibleIssue({ jira, person }: Call, idOrKey: string | undefined): Issue {
  const issue = idOrKey === undefined ? undefined : jira.store.issue(idOrKey);
  if (!issue || !may(jira, person, 'BROWSE_PROJECTS', issue)) throw notFound(NOT_VISIBLE);
  return issue;
}
