/** Links between two work items: the source performs the outward verb on the destination. */
import { z } from 'zod';
import { recordItems } from '../issues/change';
import { linkChanged } from '../issues/events';
import { NOT_VISIBLE, may } from '../issues/access';
import { existing } from '../lookups';
import { notFound, type Jira } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { ChangeItem, Issue, IssueLink, LinkType, Store, User } from '../store';

export const issueReference = z.looseObject({ id: z.string().optional(), key: z.string().optional() });
export const linkTypeReference = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  inward: z.string().optional(),
  outward: z.string().optional(),
});

/** The link type that a request names, or 404. */
export function linkTypeNamed(store: Store, { id, name }: z.infer<typeof linkTypeReference>): LinkType {
  const type = store.linkTypes.find((one) => (id !== undefined ? one.id === id : one.name.toLowerCase() === name?.toLowerCase()));
  if (!type) throw notFound(`No issue link type with ${id !== undefined ? `id '${id}'` : `name '${name ?? ''}'`} found.`);
  return type;
}

/** A work item that the person may browse, or 404. */
export function linkEnd(jira: Jira, person: User | undefined, { id, key }: z.infer<typeof issueReference>): Issue {
  const issue = jira.store.issue(key ?? id ?? '');
  if (!issue || !may(jira, person, 'BROWSE_PROJECTS', issue)) throw notFound(NOT_VISIBLE);
  return issue;
}

const linkItem = (type: LinkType, role: 'source' | 'destination', other: Issue, gone: boolean): ChangeItem => {
  const text = `This issue ${role === 'source' ? type.outward : type.inward} ${other.key}`;
  const item = { field: 'Link', fieldtype: 'jira' as const, fieldId: 'issuelinks' };
  return gone
    ? { ...item, from: other.key, fromText: text, to: null, toText: null }
    : { ...item, from: null, fromText: null, to: other.key, toText: text };
};

function log(jira: Jira, authorId: string, link: IssueLink, gone: boolean): void {
  const type = existing(jira.store.linkTypes, link.typeId);
  const [source, destination] = [existing(jira.store.issues, link.sourceId), existing(jira.store.issues, link.destinationId)];
  for (const [issue, role, other] of [
    [source, 'source', destination],
    [destination, 'destination', source],
  ] as const) {
    aboutToChange(jira, issue);
    recordItems(jira, authorId, issue, [linkItem(type, role, other, gone)]);
  }
  linkChanged(jira, gone ? 'deleted' : 'created', link, authorId);
}

/** Links two work items. A link that is there already stays as it is, and the answer is the same. */
export function addLink(jira: Jira, authorId: string, type: LinkType, source: Issue, destination: Issue): IssueLink {
  const { links } = jira.store;
  const same = jira.store
    .linksOf(source.id)
    .find((one) => one.typeId === type.id && one.sourceId === source.id && one.destinationId === destination.id);
  if (same) return same;
  const link = links.put({ id: jira.store.nextId('link'), typeId: type.id, sourceId: source.id, destinationId: destination.id });
  log(jira, authorId, link, false);
  return link;
}

/** Takes a link away. */
export function removeLink(jira: Jira, authorId: string, link: IssueLink): void {
  log(jira, authorId, link, true);
  jira.store.links.delete(link.id);
}
