/** What workflow rules may know about a work item and the person who moves it, so that rules themselves are pure. */
import { groupNamed, hasPermission, rolesOfUser } from '../lookups';
import { may, projectOf } from '../issues/access';
import { subtasksOf } from '../issues/beans';
import { settingOf, valueOf } from '../issues/change';
import type { Jira } from '../rest';
import type { Issue, Json, User } from '../store';
import { appliesTo, rankOf, textOf, wordsOf } from '../values';

/** One change of status, read from the changelog. */
export interface Move {
  from: string;
  to: string;
  authorId: string;
}

export interface Facts {
  accountId: string | undefined;
  displayName: string;
  roleIds: ReadonlySet<string>;
  inGroup(groupId: string): boolean;
  holds(permission: string): boolean;
  statusId: string;
  /** Oldest first. */
  moves: readonly Move[];
  parentStatusId: string | undefined;
  subtaskStatusIds: readonly string[];
  /** Stored value with the edits of this request, and without them. */
  value(fieldId: string): Json;
  before(fieldId: string): Json;
  text(fieldId: string): string;
  words(fieldId: string): string[];
  rank(fieldId: string): number | string | undefined;
  fieldName(fieldId: string): string;
  /** False where a custom field has no context for this work item. */
  applies(fieldId: string): boolean;
}

/** The changes of status of a work item, oldest first. */
export const movesOf = (issue: Issue): Move[] =>
  issue.changes.flatMap(({ authorId, items }) =>
    items.flatMap(({ fieldId, from, to }) => (fieldId === 'status' && from !== null && to !== null ? { from, to, authorId } : [])),
  );

/** Moments that Jira keeps itself; rules compare them like dates. */
const MOMENTS: Record<string, (issue: Issue) => number | undefined> = {
  created: (issue) => issue.created,
  updated: (issue) => issue.updated,
  resolutiondate: (issue) => issue.resolved,
};

/** Facts, read when a rule asks for them, about a work item as it would be after the edits (`after`); `before` is undefined while it is being created. */
export function factsOf(jira: Jira, person: User | undefined, after: Issue, before: Issue | undefined): Facts {
  const { store } = jira;
  const project = projectOf(jira, after);
  const setting = (fieldId: string) => {
    const field = store.fields.get(fieldId);
    return field && settingOf(jira, field, after);
  };
  return {
    accountId: person?.id,
    displayName: person?.displayName ?? 'Anonymous',
    get roleIds() {
      return new Set(person ? rolesOfUser(store, project, person.id) : []);
    },
    inGroup: (group) => (store.groups.get(group) ?? groupNamed(store, group))?.members.includes(person?.id ?? '') ?? false,
    holds: (permission) => (before ? may(jira, person, permission, before) : hasPermission(store, person, permission, project)),
    statusId: after.statusId,
    get moves() {
      return movesOf(after);
    },
    get parentStatusId() {
      return typeof after.fields.parent === 'string' ? store.issue(after.fields.parent)?.statusId : undefined;
    },
    get subtaskStatusIds() {
      return subtasksOf(store, after).map((one) => one.statusId);
    },
    value: (id) => (id === 'created' ? after.created : (valueOf(after, id) ?? null)),
    before: (id) => (before ? (valueOf(before, id) ?? null) : null),
    text: (id) => at(setting(id), (one) => textOf(one, valueOf(after, id))) ?? '',
    words: (id) => at(setting(id), (one) => wordsOf(one, valueOf(after, id))) ?? [],
    rank: (id) => MOMENTS[id]?.(after) ?? at(setting(id), (one) => rankOf(one, valueOf(after, id))),
    fieldName: (id) => store.fields.get(id)?.name ?? id,
    applies: (id) => at(setting(id), (one) => appliesTo(one.field, after.projectId, after.workTypeId)) ?? false,
  };
}

function at<T, R>(value: T | undefined, read: (value: T) => R): R | undefined {
  return value === undefined ? undefined : read(value);
}
