/** The fields that Jira itself has, by the names that queries use. */
import { readableComments } from '../comments/readable';
import { STATUS_CATEGORIES } from '../beans';
import { existing, hasPermission } from '../lookups';
import type { Issue, StatusCategory } from '../store';
import { codecOf } from '../values';
import { stringsOf } from '../values/codec';
import { dayField, keyRank, lowerText, momentField, one, positions, rowsNamed, scopeOf, textField, userField, type Named } from './builders';
import { OPERATORS, type Asker, type JqlField, type Term } from './field';

function keyField({ jira: { store } }: Asker): JqlField {
  return {
    id: 'key',
    name: 'key',
    kind: 'issue',
    operators: OPERATORS.key,
    terms: (issue) => [issue.id],
    named: (text) => one(store.issue(text)?.id),
    rank: (issue) => keyRank(issue.key),
    read(text) {
      const issue = store.issue(text);
      return issue && keyRank(issue.key);
    },
    sameScope: (issue, limit) => keyRank(issue.key).startsWith(scopeOf(String(limit))),
    sortable: true,
  };
}

function projectField(asker: Asker): JqlField {
  const { store } = asker.jira;
  // Whoever is logged in is told that what he may not see does not exist; anonymous searches just find nothing.
  const visible = () => store.projects.filter((row) => !asker.person || hasPermission(store, asker.person, 'BROWSE_PROJECTS', row));
  return {
    id: 'project',
    name: 'project',
    kind: 'project',
    operators: OPERATORS.choice,
    terms: (issue) => [issue.projectId],
    named: (text) => rowsNamed(visible(), text),
    rank: (issue) => store.projects.get(issue.projectId)?.name.toLowerCase(),
    sortable: true,
  };
}

function statusField({ jira: { store } }: Asker): JqlField {
  const rows = store.statuses.all();
  const place = positions(rows, 1);
  return {
    id: 'status',
    name: 'status',
    kind: 'status',
    operators: OPERATORS.tracked,
    terms: (issue) => [issue.statusId],
    named: (text) => rowsNamed(rows, text),
    rank: (issue) => place(issue.statusId),
    sortable: true,
  };
}

const CATEGORIES = Object.entries(STATUS_CATEGORIES) as [StatusCategory, (typeof STATUS_CATEGORIES)[StatusCategory]][];
const CATEGORY_ORDER: StatusCategory[] = ['TODO', 'IN_PROGRESS', 'DONE'];

/** Terms are ids of statuses, so that the index of the status serves both. */
function categoryField({ jira: { store } }: Asker): JqlField {
  return {
    ...statusField({ jira: { store } } as Asker),
    name: 'statusCategory',
    kind: 'plain',
    operators: OPERATORS.choice,
    named(text) {
      const wanted = text.toLowerCase();
      const category = CATEGORIES.find(([, { id, key, name }]) => [String(id), key, name.toLowerCase()].includes(wanted))?.[0];
      return category ? store.statuses.filter((row) => row.category === category).map((row) => row.id) : [];
    },
    rank: (issue) => CATEGORY_ORDER.indexOf(existing(store.statuses, issue.statusId).category),
  };
}

function typeField({ jira: { store } }: Asker): JqlField {
  const rows = store.workTypes.all();
  return {
    id: 'issuetype',
    name: 'issuetype',
    kind: 'type',
    operators: OPERATORS.choice,
    terms: (issue) => [issue.workTypeId],
    named: (text) => rowsNamed(rows, text),
    rank: (issue) => store.workTypes.get(issue.workTypeId)?.name.toLowerCase(),
    sortable: true,
  };
}

function listedField(id: 'priority' | 'resolution', rows: readonly Named[]): JqlField {
  const place = positions(rows, -1);
  return {
    id,
    name: id,
    kind: id === 'priority' ? 'priority' : 'plain',
    operators: OPERATORS.trackedOrder,
    terms: (issue) => one(issue.fields[id]),
    named: (text) => rowsNamed(rows, text),
    rank: (issue) => place(issue.fields[id]),
    read: (text) => place(rowsNamed(rows, text)[0]),
    sortable: true,
    ...(id === 'priority' ? { descending: true } : { emptyWord: 'unresolved' }),
  };
}

/** The closed circle that may see a work item. */
function levelField({ jira: { store } }: Asker): JqlField {
  const levels = store.securitySchemes.all().flatMap((scheme) => scheme.levels);
  return {
    id: 'security',
    name: 'level',
    kind: 'plain',
    operators: OPERATORS.choice,
    terms: (issue) => one(issue.fields.security),
    named: (text) => rowsNamed(levels, text),
    rank: (issue) => levels.find((level) => level.id === issue.fields.security)?.name.toLowerCase(),
    sortable: true,
  };
}

function parentField({ jira: { store } }: Asker): JqlField {
  return {
    id: 'parent',
    name: 'parent',
    kind: 'issue',
    operators: OPERATORS.choice,
    terms: (issue) => one(issue.fields.parent),
    named: (text) => one(store.issue(text)?.id),
    rank(issue) {
      const parent = store.issue(String(issue.fields.parent ?? ''));
      return parent && keyRank(parent.key);
    },
    sortable: true,
  };
}

/** What a link of a type says from either side. */
function linkField({ jira: { store } }: Asker): JqlField {
  return {
    id: 'issueLinkType',
    name: 'issueLinkType',
    kind: 'link',
    operators: OPERATORS.choice,
    terms: (issue) => store.linksOf(issue.id).map((link) => `${link.typeId}:${link.sourceId === issue.id ? 'out' : 'in'}`),
    named(text) {
      const wanted = text.toLowerCase();
      const types = store.linkTypes.all();
      const said = types.flatMap(({ id, inward, outward }): Term[] => [
        ...(outward.toLowerCase() === wanted ? [`${id}:out`] : []),
        ...(inward.toLowerCase() === wanted ? [`${id}:in`] : []),
      ]);
      return said.length > 0 ? said : rowsNamed(types, text).flatMap((id) => [`${id}:out`, `${id}:in`]);
    },
    indexed: false,
    sortable: false,
  };
}

const labelsField = (): JqlField => ({
  id: 'labels',
  name: 'labels',
  kind: 'plain',
  operators: OPERATORS.choice,
  terms: (issue) => (issue.fields.labels === undefined ? [] : stringsOf(issue.fields.labels).map((label) => label.toLowerCase())),
  named: (text) => [text.toLowerCase()],
  rank: (issue) => (Array.isArray(issue.fields.labels) ? stringsOf(issue.fields.labels).join(' ').toLowerCase() : undefined),
  sortable: true,
});

const commentTexts = ({ jira, person }: Asker, issue: Issue): string[] =>
  readableComments(jira, person, issue).flatMap((comment) => lowerText(comment.body));

const commentField = (asker: Asker): JqlField => ({
  id: 'comment',
  name: 'comment',
  kind: 'text',
  operators: ['~', '!~'],
  texts: (issue) => commentTexts(asker, issue),
  sortable: false,
});

function anyTextField(asker: Asker): JqlField {
  const ids = asker.jira.store.fields.filter((field) => codecOf(field)?.type === 'string').map((field) => field.id);
  return {
    id: 'text',
    name: 'text',
    kind: 'text',
    operators: ['~'],
    texts: (issue) => [...ids.flatMap((id) => lowerText(issue.fields[id])), ...commentTexts(asker, issue)],
    sortable: false,
  };
}

/** When the status last came into another category. */
function categoryChanged({ jira: { store } }: Asker): (issue: Issue) => number {
  const category = (id: string | null): string | undefined => (id === null ? undefined : store.statuses.get(id)?.category);
  return (issue) =>
    issue.changes.findLast(({ items }) => items.some((item) => item.fieldId === 'status' && category(item.from) !== category(item.to)))?.created ??
    issue.created;
}

const plain =
  (id: string, name: string): ((asker: Asker) => JqlField) =>
  () =>
    textField(id, name);
const moment = (id: 'created' | 'updated' | 'resolved', name: string) => (asker: Asker) => momentField(asker, id, name, (issue) => issue[id]);

const key = keyField;
const resolved = moment('resolved', 'resolved');
const due = (asker: Asker): JqlField =>
  dayField(asker, 'duedate', 'due', (issue) => (typeof issue.fields.duedate === 'string' ? issue.fields.duedate : undefined));

/** By lower-case name. */
export const SYSTEM_FIELDS: Readonly<Record<string, (asker: Asker) => JqlField>> = {
  project: projectField,
  space: projectField,
  key,
  id: key,
  issue: key,
  issuekey: key,
  workitem: key,
  workitemkey: key,
  issuetype: typeField,
  type: typeField,
  worktype: typeField,
  status: statusField,
  statuscategory: categoryField,
  priority: ({ jira }) => listedField('priority', jira.store.priorities.all()),
  resolution: ({ jira }) => listedField('resolution', jira.store.resolutions.all()),
  assignee: (asker) => userField(asker, 'assignee', 'assignee', (issue) => one(issue.fields.assignee), true),
  reporter: (asker) => userField(asker, 'reporter', 'reporter', (issue) => one(issue.fields.reporter), true),
  creator: (asker) => userField(asker, 'creator', 'creator', (issue) => [issue.creatorId]),
  watcher: (asker) => ({ ...userField(asker, 'watcher', 'watcher', (issue) => issue.watchers ?? []), indexed: false, sortable: false }),
  created: moment('created', 'created'),
  createddate: moment('created', 'created'),
  updated: moment('updated', 'updated'),
  updateddate: moment('updated', 'updated'),
  resolved,
  resolutiondate: resolved,
  statuscategorychangeddate: (asker) =>
    momentField(asker, 'statuscategorychangedate', 'statusCategoryChangedDate', categoryChanged(asker), { indexed: false }),
  due,
  duedate: due,
  labels: labelsField,
  summary: plain('summary', 'summary'),
  description: plain('description', 'description'),
  environment: plain('environment', 'environment'),
  comment: commentField,
  text: anyTextField,
  parent: parentField,
  level: levelField,
  issuelinktype: linkField,
};
