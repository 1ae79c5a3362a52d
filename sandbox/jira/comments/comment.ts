/** Comments as the work item keeps them. */
import { z } from 'zod';
import { issueCommented } from '../issues/events';
import { fieldErrors, type Jira } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { Comment, Issue, Json } from '../store';
import { FieldError, parseDocument } from '../values/text';

export const entityProperty = z.object({ key: z.string().min(1).max(255), value: z.json() });

const visibilityInput = z.looseObject({
  type: z.enum(['role', 'group']).optional(),
  value: z.string().nullish(),
  identifier: z.string().nullish(),
});

export const commentInput = z.looseObject({
  body: z.json().optional(),
  visibility: visibilityInput.nullish(),
  properties: z.array(entityProperty).optional(),
});
export type CommentInput = z.infer<typeof commentInput>;

/** The document of a comment, or 400. */
export function commentBody(input: CommentInput): Json {
  try {
    const body = input.body === undefined ? null : parseDocument(input.body);
    if (body !== null) return body;
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw fieldErrors({ comment: error.message });
  }
  throw fieldErrors({ comment: 'Comment body can not be empty!' });
}

/** What a comment holds beside its words. */
export type CommentParts = Pick<Comment, 'properties' | 'visibility'>;

/** Adds a comment and tells the apps. */
export function addComment(jira: Jira, authorId: string, issue: Issue, body: Json, parts: CommentParts = { properties: [] }): Comment {
  aboutToChange(jira, issue);
  const now = jira.clock.now().getTime();
  const comment: Comment = { id: jira.store.nextId('comment'), authorId, body, created: now, updated: now, ...parts };
  issue.comments.push(comment);
  issue.updated = now;
  issueCommented(jira, issue, comment, authorId);
  return comment;
}
