/** /issue/{issueIdOrKey}/attachments and /attachment/{id} */
import { userBean } from '../beans';
import { may, visibleIssue } from '../issues/access';
import { recordItems } from '../issues/change';
import { existing } from '../lookups';
import { badRequest, forbidden, jiraDate, noContent, notFound, ok, operation, requirePerson, type Call, type Jira, type Operation } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { Attachment, Issue, Json } from '../store';

const ONE = '/rest/api/3/attachment/{id}';

/** A file of a work item, as its field and the answers show it. */
export function attachmentBean(jira: Jira, { id, filename, authorId, created, mimeType, size }: Attachment): { [key: string]: Json } {
  const self = `${jira.baseUrl}/rest/api/3/attachment`;
  return {
    self: `${self}/${id}`,
    id,
    filename,
    author: userBean(jira, existing(jira.store.users, authorId)),
    created: jiraDate(created),
    size,
    mimeType,
    content: `${self}/content/${id}`,
  };
}

function attach(call: Call): Attachment[] {
  const { jira, files = [] } = call;
  const issue = visibleIssue(call, call.params.issueIdOrKey);
  const person = requirePerson(call);
  if (!may(jira, person, 'CREATE_ATTACHMENTS', issue)) throw forbidden('You do not have permission to create attachments for this issue.');
  if (files.length === 0) throw badRequest('The request has no part named "file".');
  aboutToChange(jira, issue);
  const made = files.map(({ name, type, bytes }): Attachment => ({
    id: jira.store.nextId('attachment'),
    filename: name,
    authorId: person.id,
    created: jira.clock.now().getTime(),
    mimeType: type || 'application/octet-stream',
    size: bytes.length,
    content: Buffer.from(bytes).toString('base64'),
  }));
  issue.attachments = [...(issue.attachments ?? []), ...made];
  recordItems(
    jira,
    person.id,
    issue,
    made.map((one) => ({ ...ITEM, from: null, fromText: null, to: one.id, toText: one.filename })),
  );
  return made;
}

const ITEM = { field: 'Attachment', fieldtype: 'jira' as const, fieldId: 'attachment' };

function visibleAttachment({ jira, person, params }: Call): { issue: Issue; attachment: Attachment } {
  for (const issue of jira.store.issues.all()) {
    const attachment = issue.attachments?.find((one) => one.id === params.id);
    if (attachment && may(jira, person, 'BROWSE_PROJECTS', issue)) return { issue, attachment };
  }
  throw notFound(`The attachment with id '${params.id ?? ''}' does not exist`);
}

function remove(call: Call) {
  const { jira } = call;
  const person = requirePerson(call);
  const { issue, attachment } = visibleAttachment(call);
  const own = attachment.authorId === person.id && may(jira, person, 'DELETE_OWN_ATTACHMENTS', issue);
  if (!own && !may(jira, person, 'DELETE_ALL_ATTACHMENTS', issue)) throw forbidden('You do not have permission to delete this attachment.');
  aboutToChange(jira, issue);
  issue.attachments = issue.attachments?.filter((one) => one !== attachment) ?? [];
  recordItems(jira, person.id, issue, [{ ...ITEM, from: attachment.id, fromText: attachment.filename, to: null, toText: null }]);
  return noContent();
}

export const attachmentOperations: Operation[] = [
  operation('addAttachment', 'POST', '/rest/api/3/issue/{issueIdOrKey}/attachments', (call) =>
    ok(attach(call).map((one) => attachmentBean(call.jira, one))),
  ),
  operation('getAttachmentMeta', 'GET', '/rest/api/3/attachment/meta', () => ok({ enabled: true, uploadLimit: 1_073_741_824 })),
  operation('getAttachmentContent', 'GET', '/rest/api/3/attachment/content/{id}', (call) => {
    const { attachment } = visibleAttachment(call);
    return { status: 200, file: { type: attachment.mimeType, bytes: Buffer.from(attachment.content, 'base64') } };
  }),
  // Asked for by itself its id is a number (OpenAPI: AttachmentMetadata), elsewhere a text (Attachment).
  operation('getAttachment', 'GET', ONE, (call) => {
    const { attachment } = visibleAttachment(call);
    return ok({ ...attachmentBean(call.jira, attachment), id: Number(attachment.id) });
  }),
  operation('removeAttachment', 'DELETE', ONE, remove),
];
