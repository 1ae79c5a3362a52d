/** /comment/{commentId}/properties and /comment/list: comments found without their work item. */
import { z } from 'zod';
import { may } from '../issues/access';
import { commentBean } from '../issues/beans';
import { badRequest, forbidden, noContent, notFound, ok, operation, type Answer, type Call, type Operation } from '../rest';
import type { Comment, Issue, Json } from '../store';
import { checkProperty } from '../properties/property';
import { readableComments } from './readable';

/** OpenAPI: getCommentsByIds. */
const AT_ONCE = 1000;

const PATH = '/rest/api/3/comment/{commentId}/properties';
const ONE = `${PATH}/{propertyKey}`;

interface Found {
  issue: Issue;
  comment: Comment;
}

/** A comment that the caller may read, wherever it is. */
function readable({ jira, person }: Call, id: string): Found | undefined {
  const issue = jira.store.issues.find(({ comments }) => comments.some((one) => one.id === id));
  if (!issue || !may(jira, person, 'BROWSE_PROJECTS', issue)) return undefined;
  const comment = readableComments(jira, person, issue).find((one) => one.id === id);
  return comment && { issue, comment };
}

function commentOf(call: Call): Found {
  const id = call.params.commentId ?? '';
  if (!/^\d+$/.test(id)) throw badRequest(`The comment ID '${id}' is not valid.`);
  const found = readable(call, id);
  if (!found) throw notFound(`Can not find a comment for the id: ${id}.`);
  return found;
}

function changeable(call: Call): Comment {
  const { jira, person } = call;
  const { issue, comment } = commentOf(call);
  const own = comment.authorId === person?.id && may(jira, person, 'EDIT_OWN_COMMENTS', issue);
  if (!own && !may(jira, person, 'EDIT_ALL_COMMENTS', issue)) throw forbidden('You do not have permission to edit this comment.');
  return comment;
}

function propertyOf({ params }: Call, comment: Comment): { key: string; value: Json } {
  const property = comment.properties.find(({ key }) => key === params.propertyKey);
  if (!property) throw notFound(`The property with the key '${params.propertyKey ?? ''}' does not exist.`);
  return property;
}

function put(call: Call): Answer {
  const comment = changeable(call);
  if (call.body === undefined) throw badRequest('The property value must be a valid, non-empty JSON value.');
  const key = call.params.propertyKey ?? '';
  const value = call.body as Json;
  checkProperty(key, value);
  const isNew = !comment.properties.some((one) => one.key === key);
  comment.properties = [...comment.properties.filter((one) => one.key !== key), { key, value }];
  return { status: isNew ? 201 : 200, body: {} };
}

const listInput = z.looseObject({ ids: z.array(z.int()) });

function list(call: Call<z.infer<typeof listInput>>): Answer {
  const { ids } = call.body;
  if (ids.length === 0 || ids.length > AT_ONCE) throw badRequest(`Between 1 and ${AT_ONCE} comment ids are required.`);
  const expand = (call.query.get('expand') ?? '').split(',');
  const values = ids.flatMap((id) => {
    const found = readable(call, String(id));
    return found ? [commentBean(call.jira, found.issue, found.comment, expand)] : [];
  });
  return ok({ startAt: 0, maxResults: AT_ONCE, total: values.length, isLast: true, values });
}

export const commentPropertyOperations: Operation[] = [
  operation('getCommentsByIds', 'POST', '/rest/api/3/comment/list', listInput, list),
  operation('getCommentPropertyKeys', 'GET', PATH, (call) => {
    const { comment } = commentOf(call);
    const self = (key: string) => `${call.jira.baseUrl}/rest/api/3/comment/${comment.id}/properties/${encodeURIComponent(key)}`;
    return ok({ keys: comment.properties.map(({ key }) => ({ self: self(key), key })) });
  }),
  operation('getCommentProperty', 'GET', ONE, (call) => ok(propertyOf(call, commentOf(call).comment))),
  operation('setCommentProperty', 'PUT', ONE, put),
  operation('deleteCommentProperty', 'DELETE', ONE, (call) => {
    const comment = changeable(call);
    const { key } = propertyOf(call, comment);
    comment.properties = comment.properties.filter((one) => one.key !== key);
    return noContent();
  }),
];
