/** The product events that work items give rise to. */
import { projectBean, statusBean, workTypeBean, priorityBean } from '../beans';
import { existing } from '../lookups';
import { jiraDate, type Jira } from '../rest';
import type { Change, Comment, Issue, IssueLink, Json } from '../store';
import { changeItemBean } from './beans';

type IssueEventType = 'created' | 'updated' | 'deleted' | 'assigned' | 'commented' | 'deleted:comment';

const person = (accountId: Json | undefined): Json => (typeof accountId === 'string' ? { accountId } : null);

function issuePayload(jira: Jira, issue: Issue): Json {
  const { store } = jira;
  const priority = store.priorities.get(String(issue.fields.priority ?? ''));
  return {
    id: issue.id,
    key: issue.key,
    fields: {
      summary: issue.fields.summary ?? '',
      issuetype: workTypeBean(jira, existing(store.workTypes, issue.workTypeId)),
      project: projectBean(jira, existing(store.projects, issue.projectId)),
      status: statusBean(jira, existing(store.statuses, issue.statusId)),
      priority: priority ? priorityBean(jira, priority) : null,
      creator: person(issue.creatorId),
      reporter: person(issue.fields.reporter),
      assignee: person(issue.fields.assignee),
      created: jiraDate(issue.created),
      updated: jiraDate(issue.updated),
    },
  };
}

const now = (jira: Jira): string => String(jira.clock.now().getTime());

function statusesOf(jira: Jira, change: Change | undefined): Json[] {
  const item = change?.items.find((one) => one.fieldId === 'status');
  return [item?.from, item?.to].flatMap((id) => (id ? statusBean(jira, existing(jira.store.statuses, id)) : []));
}

function emitIssue(
  jira: Jira,
  type: IssueEventType,
  issue: Issue,
  authorId: string,
  jiraEventTypeName: string,
  more: { [key: string]: Json } = {},
): void {
  const users = new Set([issue.fields.reporter, issue.fields.assignee, issue.creatorId, authorId]);
  const eventType = `avi:jira:${type}${type === 'deleted:comment' ? '' : ':issue'}`;
  jira.emit({
    eventType,
    atlassianId: authorId,
    payload: {
      eventType,
      atlassianId: authorId,
      issue: issuePayload(jira, issue),
      associatedUsers: [...users].flatMap((id) => (typeof id === 'string' ? { accountId: id } : [])),
      jiraEventTypeName,
      timestamp: now(jira),
      ...more,
    },
  });
}

export const issueCreated = (jira: Jira, issue: Issue, authorId: string): void => emitIssue(jira, 'created', issue, authorId, 'issue_created');

export const issueDeleted = (jira: Jira, issue: Issue, authorId: string): void => emitIssue(jira, 'deleted', issue, authorId, 'issue_deleted');

/** A changelog entry becomes "updated" and, when the assignee is in it, "assigned" as well: apps see one act twice. */
export function issueChanged(jira: Jira, issue: Issue, change: Change | undefined): void {
  if (!change) return;
  const statuses = statusesOf(jira, change);
  const more = {
    changelog: { id: change.id, items: change.items.map(changeItemBean) },
    ...(statuses.length > 0 && { associatedStatuses: statuses }),
  };
  const name = statuses.length > 0 ? 'issue_generic' : 'issue_updated';
  emitIssue(jira, 'updated', issue, change.authorId, name, more);
  if (change.items.some((one) => one.fieldId === 'assignee')) emitIssue(jira, 'assigned', issue, change.authorId, 'issue_assigned', more);
}

/** A comment was added or edited: one event name for both. */
export function issueCommented(jira: Jira, issue: Issue, comment: Comment, authorId: string, edited = false): void {
  emitIssue(jira, 'commented', issue, authorId, edited ? 'issue_comment_edited' : 'issue_commented', { comment: commentPayload(comment) });
}

export function commentDeleted(jira: Jira, issue: Issue, comment: Comment, authorId: string): void {
  emitIssue(jira, 'deleted:comment', issue, authorId, 'issue_comment_deleted', { comment: commentPayload(comment) });
}

const commentPayload = (comment: Comment): Json => ({
  id: comment.id,
  author: person(comment.authorId),
  body: comment.body,
  created: jiraDate(comment.created),
  updated: jiraDate(comment.updated),
});

/** Links have a flat payload of ids. */
export function linkChanged(jira: Jira, what: 'created' | 'deleted', link: IssueLink, authorId: string): void {
  const { store } = jira;
  const type = existing(store.linkTypes, link.typeId);
  const eventType = `avi:jira:${what}:issuelink`;
  jira.emit({
    eventType,
    atlassianId: authorId,
    payload: {
      eventType,
      atlassianId: authorId,
      id: link.id,
      sourceIssueId: link.sourceId,
      destinationIssueId: link.destinationId,
      sourceProjectId: existing(store.issues, link.sourceId).projectId,
      destinationProjectId: existing(store.issues, link.destinationId).projectId,
      issueLinkType: { id: type.id, name: type.name, inwardName: type.inward, outwardName: type.outward },
      timestamp: now(jira),
    },
  });
}
