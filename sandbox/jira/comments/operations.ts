/** /issue/{issueIdOrKey}/comment */
import { may, visibleIssue } from '../issues/access';
import { commentBean } from '../issues/beans';
import { isLocked, overrides } from '../issues/edit';
import { commentDeleted, issueCommented } from '../issues/events';
import { badRequest, created, noContent, notFound, ok, operation, page, requirePerson, type Answer, type Call, type Operation } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { Comment, Issue, Json } from '../store';
import { addComment, commentBody, commentInput, type CommentInput } from './comment';
import { partsOf } from './parts';
import { commentPropertyOperations } from './properties';
import { readableComments, visibilityOf } from './readable';

const PATH = '/rest/api/3/issue/{issueIdOrKey}/comment';
const ONE = `${PATH}/{id}`;

function commentOf(call: Call, issue: Issue): Comment {
  const comment = readableComments(call.jira, call.person, issue).find((one) => one.id === call.params.id);
  if (!comment) throw notFound(`Can not find a comment for the id: ${call.params.id ?? ''}.`);
  return comment;
}

const expandOf = (call: Call): string[] => (call.query.get('expand') ?? '').split(',');

function getAll(call: Call): Answer {
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const newestFirst = ['-created', '-createdDate'].includes(call.query.get('orderBy') ?? '');
  const readable = readableComments(call.jira, call.person, issue);
  const rows = newestFirst ? [...readable].reverse() : readable;
  const { startAt, maxResults, total, values } = page(call.query, rows, 5000);
  return ok({ startAt, maxResults, total, comments: values.map((one) => commentBean(call.jira, issue, one, expandOf(call))) });
}

function getOne(call: Call): Answer {
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  return ok(commentBean(call.jira, issue, commentOf(call, issue), expandOf(call)));
}

function add(call: Call<CommentInput>): Answer {
  const { jira, body } = call;
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const person = requirePerson(call);
  if (!may(jira, person, 'ADD_COMMENTS', issue)) throw badRequest(`${person.displayName}, you do not have the permission to comment on this issue.`);
  const comment = addComment(jira, person.id, issue, commentBody(body), partsOf(jira, person, issue.projectId, body));
  return created(commentBean(jira, issue, comment, expandOf(call)));
}

/** Own comments need one permission, those of others another. */
function mayTouch(call: Call, issue: Issue, comment: Comment, what: 'EDIT' | 'DELETE'): void {
  const { jira, person } = call;
  const own = comment.authorId === person?.id && may(jira, person, `${what}_OWN_COMMENTS`, issue);
  if (own || may(jira, person, `${what}_ALL_COMMENTS`, issue)) return;
  throw badRequest(`You do not have the permission to ${what.toLowerCase()} the comment with id: '${comment.id}'.`);
}

function update(call: Call<CommentInput>): Answer {
  const { jira, body } = call;
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const comment = commentOf(call, issue);
  const person = requirePerson(call);
  mayTouch(call, issue, comment, 'EDIT');
  if (isLocked(jira, issue) && !overrides(call).lock) throw badRequest('Comments of this issue cannot be edited in its current status.');
  const document: Json = commentBody(body);
  const visibility = body.visibility ? visibilityOf(jira, person, issue.projectId, body.visibility) : undefined;
  aboutToChange(jira, issue);
  comment.body = document;
  comment.updated = jira.clock.now().getTime();
  if (body.properties) comment.properties = body.properties;
  if (body.visibility === null) delete comment.visibility;
  else if (visibility) comment.visibility = visibility;
  issue.updated = comment.updated;
  issueCommented(jira, issue, comment, person.id, true);
  return ok(commentBean(jira, issue, comment, expandOf(call)));
}

function remove(call: Call): Answer {
  const { jira } = call;
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const comment = commentOf(call, issue);
  const person = requirePerson(call);
  mayTouch(call, issue, comment, 'DELETE');
  aboutToChange(jira, issue);
  issue.comments = issue.comments.filter((one) => one !== comment);
  issue.updated = jira.clock.now().getTime();
  commentDeleted(jira, issue, comment, person.id);
  return noContent();
}

export const commentOperations: Operation[] = [
  ...commentPropertyOperations,
  operation('getComments', 'GET', PATH, getAll),
  operation('addComment', 'POST', PATH, commentInput, add),
  operation('getComment', 'GET', ONE, getOne),
  operation('updateComment', 'PUT', ONE, commentInput, update),
  operation('deleteComment', 'DELETE', ONE, remove),
];
