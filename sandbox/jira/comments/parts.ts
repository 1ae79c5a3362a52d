/** What a comment of a request holds beside its words, found good. */
import type { Jira } from '../rest';
import type { User } from '../store';
import type { CommentInput, CommentParts } from './comment';
import { visibilityOf } from './readable';

export const partsOf = (jira: Jira, person: User | undefined, projectId: string, { properties = [], visibility }: CommentInput): CommentParts => ({
  properties,
  ...(visibility && { visibility: visibilityOf(jira, person, projectId, visibility) }),
});
