/** Runs a query over the index as it is known now, and leaves out what the searcher may not see. */
import { may } from '../issues/access';
import { existing, hasPermission } from '../lookups';
import type { Jira } from '../rest';
import type { Issue, User } from '../store';
import { statesBefore } from './freshness';
import { candidates } from './plan';
import type { Query } from './jql';

const BROWSE = 'BROWSE_PROJECTS';

/** What of a project somebody may see: everything, all but what is in a closed circle, his own work items, nothing. */
type Share = 'all' | 'open' | 'own' | 'none';

/** Whether somebody may see a work item; asked of each project once, and of a work item only where that decides. */
export function visibility(jira: Jira, person: User | undefined): (issue: Issue) => boolean {
  const { store } = jira;
  const shares = new Map<string, Share>();
  const shareOf = (projectId: string): Share => {
    const project = existing(store.projects, projectId);
    if (project.archived) return 'none';
    if (hasPermission(store, person, BROWSE, project)) return project.securitySchemeId === undefined ? 'all' : 'open';
    const { grants } = existing(store.permissionSchemes, project.permissionSchemeId);
    return grants.some(({ permission, holder }) => permission === BROWSE && ['reporter', 'assignee'].includes(holder.type)) ? 'own' : 'none';
  };
  return (issue) => {
    const share = shares.get(issue.projectId) ?? shareOf(issue.projectId);
    shares.set(issue.projectId, share);
    if (share === 'own' || (share === 'open' && issue.fields.security !== undefined)) return may(jira, person, BROWSE, issue);
    return share !== 'none';
  };
}

/** All work items that a query finds for a person, in no order. `fresh` names those that must be current (reconcileIssues). */
export function* findIssues(jira: Jira, person: User | undefined, query: Query, fresh: ReadonlySet<string> = new Set()): Iterable<Issue> {
  const visible = visibility(jira, person);
  const before = statesBefore(jira.store, fresh);
  const { leg } = query;
  for (const issue of candidates(jira.store, leg)) {
    if (!before.has(issue.id) && leg.test(issue) && visible(issue)) yield issue;
  }
  for (const issue of before.values()) if (issue && leg.test(issue) && visible(issue)) yield issue;
}
