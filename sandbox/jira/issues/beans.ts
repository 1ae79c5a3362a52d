/** How a work item and its parts are written in answers. */
import { attachmentBean } from '../attachments/operations';
import { linkTypeBean, projectBean, statusBean, statusCategoryBean, userBean, workTypeBean } from '../beans';
import { readableComments, visibilityBean } from '../comments/readable';
import { existing } from '../lookups';
import { jiraDate, type Jira } from '../rest';
import type { Change, Comment, Issue, IssueLink, Json, Store, User } from '../store';
import { appliesTo, codecOf, fieldSchema, renderValue } from '../values';
import { html } from '../values/html';
import { shortIssue } from '../values/reference';
import { may } from './access';
import { settingOf } from './change';

const userOrNull = (jira: Jira, accountId: string | undefined): Json => {
  const user = accountId === undefined ? undefined : jira.store.users.get(accountId);
  return user ? userBean(jira, user) : null;
};

/** An entry of the changelog. */
export function changeBean(jira: Jira, change: Change) {
  return {
    id: change.id,
    author: userOrNull(jira, change.authorId),
    created: jiraDate(change.created),
    items: change.items.map(changeItemBean),
  };
}

/** One item of a changelog entry, in REST and in events. */
export const changeItemBean = ({ field, fieldtype, fieldId, from, fromText, to, toText }: Change['items'][number]): { [key: string]: Json } => ({
  field,
  fieldtype,
  ...(fieldId && { fieldId }),
  from,
  fromString: fromText,
  to,
  toString: toText,
});

/** A comment. */
export function commentBean(jira: Jira, issue: Issue, comment: Comment, expand: readonly string[] = []) {
  const author = userOrNull(jira, comment.authorId);
  return {
    self: `${jira.baseUrl}/rest/api/3/issue/${issue.id}/comment/${comment.id}`,
    id: comment.id,
    author,
    body: comment.body,
    updateAuthor: author,
    created: jiraDate(comment.created),
    updated: jiraDate(comment.updated),
    jsdPublic: true,
    ...visibilityBean(jira, comment),
    ...(expand.includes('renderedBody') && { renderedBody: html(comment.body) }),
    ...(expand.includes('properties') && { properties: comment.properties }),
  };
}

/** A link with both ends: the inward issue is the one that performs the outward verb. */
export function linkBean(jira: Jira, link: IssueLink) {
  return {
    id: link.id,
    self: `${jira.baseUrl}/rest/api/3/issueLink/${link.id}`,
    type: linkTypeBean(jira, existing(jira.store.linkTypes, link.typeId)),
    inwardIssue: shortIssue(jira, existing(jira.store.issues, link.sourceId)),
    outwardIssue: shortIssue(jira, existing(jira.store.issues, link.destinationId)),
  };
}

/** The links of a work item as its own field shows them: only the other end, only what the reader may see. */
function linksOf(jira: Jira, person: User | undefined, issue: Issue): Json {
  const { store } = jira;
  return store
    .linksOf(issue.id)
    .filter((one) => may(jira, person, 'BROWSE_PROJECTS', existing(store.issues, one.sourceId === issue.id ? one.destinationId : one.sourceId)))
    .map((link) => {
      const { inwardIssue, outwardIssue, ...rest } = linkBean(jira, link);
      return link.sourceId === issue.id ? { ...rest, outwardIssue } : { ...rest, inwardIssue };
    });
}

/** When the status last came into another category. */
function categoryChanged(store: Store, issue: Issue): number {
  const category = (id: string | null): string | undefined => (id === null ? undefined : store.statuses.get(id)?.category);
  const moves = issue.changes.filter((one) => one.items.some((item) => item.fieldId === 'status' && category(item.from) !== category(item.to)));
  return moves.at(-1)?.created ?? issue.created;
}

/** How many watch a work item, and whether the reader does. */
export const watchesBean = (jira: Jira, person: User | undefined, issue: Issue) => ({
  self: `${jira.baseUrl}/rest/api/3/issue/${issue.key}/watchers`,
  watchCount: issue.watchers?.length ?? 0,
  isWatching: person !== undefined && (issue.watchers?.includes(person.id) ?? false),
});

type FieldReader = (jira: Jira, person: User | undefined, issue: Issue) => Json;

/** Fields whose value is not stored as such. */
const DERIVED: Record<string, FieldReader> = {
  issuetype: (jira, _, issue) => workTypeBean(jira, existing(jira.store.workTypes, issue.workTypeId)),
  project: (jira, _, issue) => projectBean(jira, existing(jira.store.projects, issue.projectId)),
  status: (jira, _, issue) => statusBean(jira, existing(jira.store.statuses, issue.statusId)),
  statusCategory: (jira, _, issue) => statusCategoryBean(jira, existing(jira.store.statuses, issue.statusId).category),
  creator: (jira, _, issue) => userOrNull(jira, issue.creatorId),
  created: (_, __, issue) => jiraDate(issue.created),
  updated: (_, __, issue) => jiraDate(issue.updated),
  resolutiondate: (_, __, issue) => (issue.resolved === undefined ? null : jiraDate(issue.resolved)),
  statuscategorychangedate: (jira, _, issue) => jiraDate(categoryChanged(jira.store, issue)),
  issuelinks: linksOf,
  subtasks: (jira, person, issue) =>
    subtasksOf(jira.store, issue)
      .filter((one) => may(jira, person, 'BROWSE_PROJECTS', one))
      .map((one) => shortIssue(jira, one)),
  comment: (jira, person, issue) => {
    const comments = readableComments(jira, person, issue).map((one) => commentBean(jira, issue, one) as unknown as Json);
    const self = `${jira.baseUrl}/rest/api/3/issue/${issue.id}/comment`;
    return { comments, self, maxResults: comments.length, total: comments.length, startAt: 0 };
  },
  attachment: (jira, _, issue) => (issue.attachments ?? []).map((one) => attachmentBean(jira, one)),
  fixVersions: () => [],
  versions: () => [],
  components: () => [],
  votes: (jira, _, issue) => ({ self: `${jira.baseUrl}/rest/api/3/issue/${issue.key}/votes`, votes: 0, hasVoted: false }),
  watches: watchesBean,
  workratio: () => -1,
};

/** Those of the above that `*navigable` leaves out. */
const NOT_NAVIGABLE = new Set(['comment', 'attachment']);

/** The subtasks of a work item: children one level below the standard ones. */
export const subtasksOf = (store: Store, issue: Issue): Issue[] =>
  store.childrenOf(issue.id).filter((one) => existing(store.workTypes, one.workTypeId).hierarchyLevel < 0);

/** Ids of the fields that `fields=` asks for: names, *all, *navigable, -name. */
function wanted(asked: string[], existingIds: string[]): Set<string> {
  const plain = asked.filter((one) => !one.startsWith('-'));
  const base =
    plain.length === 0 || plain.includes('*all')
      ? existingIds
      : plain.includes('*navigable')
        ? existingIds.filter((id) => !NOT_NAVIGABLE.has(id))
        : [];
  const ids = new Set([...base, ...plain]);
  for (const one of asked) if (one.startsWith('-')) ids.delete(one.slice(1));
  return ids;
}

/** The `fields` of a work item. Custom fields that its project and work type do not have are left out. */
export function fieldsBean(jira: Jira, person: User | undefined, issue: Issue, asked: string[]): { [key: string]: Json } {
  const stored = jira.store.fields
    .all()
    .filter((field) => !(field.id in DERIVED) && codecOf(field) && appliesTo(field, issue.projectId, issue.workTypeId));
  const ids = wanted(asked, [...Object.keys(DERIVED), ...stored.map((one) => one.id)]);
  const fields: { [key: string]: Json } = {};
  for (const [id, read] of Object.entries(DERIVED)) if (ids.has(id)) fields[id] = read(jira, person, issue);
  for (const field of stored) {
    if (!ids.has(field.id)) continue;
    const value = renderValue(settingOf(jira, field, issue), issue.fields[field.id]);
    if (field.id === 'parent' && value === null) continue; // Jira leaves it out where there is none
    fields[field.id] = value;
  }
  return fields;
}

export interface IssueView {
  fields: string[];
  expand: string[];
  properties: string[];
}

const commaList = (values: string[]): string[] => values.flatMap((one) => one.split(',')).flatMap((one) => one.trim() || []);

/** What a query string asks to see of work items. */
export const viewOf = (query: URLSearchParams): IssueView => ({
  fields: commaList(query.getAll('fields')),
  expand: commaList(query.getAll('expand')),
  properties: commaList(query.getAll('properties')),
});

/** `names` of fields: id to name. */
export const namesOf = (jira: Jira, ids: string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [id, jira.store.fields.get(id)?.name ?? id]));

/** `schema` of fields. */
export const schemasOf = (jira: Jira, ids: string[]): Record<string, ReturnType<typeof fieldSchema>> =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const field = jira.store.fields.get(id);
      return field ? [[id, fieldSchema(field)]] : [];
    }),
  );

/** A work item as GET issue and searches answer it; expansions that need more than the work item itself are added by their surfaces. */
export function issueBean(jira: Jira, person: User | undefined, issue: Issue, view: IssueView) {
  const fields = fieldsBean(jira, person, issue, view.fields);
  const expand = new Set(view.expand);
  const properties = view.properties.includes('*all')
    ? issue.properties
    : Object.fromEntries(Object.entries(issue.properties).filter(([key]) => view.properties.includes(key)));
  const histories = issue.changes.map((one) => changeBean(jira, one)).reverse();
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${jira.baseUrl}/rest/api/3/issue/${issue.id}`,
    key: issue.key,
    fields,
    ...(expand.has('names') && { names: namesOf(jira, Object.keys(fields)) }),
    ...(expand.has('schema') && { schema: schemasOf(jira, Object.keys(fields)) }),
    ...(expand.has('operations') && { operations: { linkGroups: [] } }),
    ...(expand.has('changelog') && { changelog: { startAt: 0, maxResults: histories.length, total: histories.length, histories } }),
    ...(view.properties.length > 0 && { properties }),
  };
}
