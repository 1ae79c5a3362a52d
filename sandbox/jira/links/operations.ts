/** /issueLink */
import { z } from 'zod';
import { addComment, commentBody, commentInput } from '../comments/comment';
import { partsOf } from '../comments/parts';
import { may, NOT_VISIBLE } from '../issues/access';
import { linkBean } from '../issues/beans';
import { existing } from '../lookups';
import { badRequest, notFound, ok, operation, requirePerson, type Answer, type Call, type Operation } from '../rest';
import type { Issue, IssueLink } from '../store';
import { addLink, issueReference, linkEnd, linkTypeNamed, linkTypeReference, removeLink } from './link';

const linkInput = z.looseObject({
  type: linkTypeReference,
  inwardIssue: issueReference,
  outwardIssue: issueReference,
  comment: commentInput.optional(),
});

const NO_PERMISSION = 'No Link Issue Permission for issue';

function create(call: Call<z.infer<typeof linkInput>>): Answer {
  const { jira, body } = call;
  const person = requirePerson(call);
  const type = linkTypeNamed(jira.store, body.type);
  // the inward issue performs the outward verb: "inward blocks outward"
  const source = linkEnd(jira, person, body.inwardIssue);
  const destination = linkEnd(jira, person, body.outwardIssue);
  if (!may(jira, person, 'LINK_ISSUES', source)) throw notFound(`${NO_PERMISSION} '${source.key}'`);
  if (source === destination) throw badRequest('You cannot link an issue to itself.');
  const comment = body.comment && { body: commentBody(body.comment), parts: partsOf(jira, person, destination.projectId, body.comment) };
  addLink(jira, person.id, type, source, destination);
  if (comment) addComment(jira, person.id, destination, comment.body, comment.parts);
  return { status: 201 };
}

function visibleLink({ jira, person, params }: Call): { link: IssueLink; ends: [Issue, Issue] } {
  const { linkId = '' } = params;
  if (!/^\d+$/.test(linkId)) throw badRequest(`The issue link ID is invalid: ${linkId}`);
  const link = jira.store.links.get(linkId);
  if (!link) throw notFound(`No issue link with id '${linkId}' exists.`);
  const ends: [Issue, Issue] = [existing(jira.store.issues, link.sourceId), existing(jira.store.issues, link.destinationId)];
  if (!ends.every((one) => may(jira, person, 'BROWSE_PROJECTS', one))) throw notFound(NOT_VISIBLE);
  return { link, ends };
}

function remove(call: Call): Answer {
  const { jira } = call;
  const person = requirePerson(call);
  const { link, ends } = visibleLink(call);
  if (!ends.some((one) => may(jira, person, 'LINK_ISSUES', one))) throw notFound(`${NO_PERMISSION} '${ends[0].key}'`);
  removeLink(jira, person.id, link);
  return { status: 204 };
}

export const linkOperations: Operation[] = [
  operation('linkIssues', 'POST', '/rest/api/3/issueLink', linkInput, create),
  operation('getIssueLink', 'GET', '/rest/api/3/issueLink/{linkId}', (call) => ok(linkBean(call.jira, visibleLink(call).link))),
  operation('deleteIssueLink', 'DELETE', '/rest/api/3/issueLink/{linkId}', remove),
];
