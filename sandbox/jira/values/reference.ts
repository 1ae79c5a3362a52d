/** Values that point at other rows of the site: priority, resolution, work type, parent. */
import { priorityBean, resolutionBean, statusBean, workTypeBean } from '../beans';
import { existing, workflowFor, workTypesOf } from '../lookups';
import type { Jira } from '../rest';
import type { Issue, Json, Store, Table } from '../store';
import { FieldError, isObject, type Codec, type Setting } from './codec';

/** A row named by {id} or {name}. */
function named<T extends { id: string; name: string }>(rows: T[], input: Json, message: string): T {
  if (!isObject(input)) throw new FieldError("Specify a valid 'id' or 'name' in an object");
  const { id, name } = input;
  const row = rows.find((one) => (id !== undefined && id !== null ? one.id === String(id) : one.name === name));
  if (!row) throw new FieldError(message);
  return row;
}

const rowCodec = <T extends { id: string; name: string }>(
  type: string,
  table: (store: Store) => Table<T>,
  bean: (jira: Jira, row: T) => Json,
): Codec => ({
  type,
  parse: (input, { jira }) => named(table(jira.store).all(), input, `The ${type} selected is invalid.`).id,
  render(stored, { jira }) {
    const row = table(jira.store).get(String(stored));
    return row ? bean(jira, row) : null;
  },
  id: (stored) => String(stored),
  text: (stored, { jira }) => table(jira.store).get(String(stored))?.name ?? String(stored),
  words: (stored, { jira }) => [String(stored), table(jira.store).get(String(stored))?.name ?? ''],
  rank: (stored, { jira }) =>
    -table(jira.store)
      .all()
      .findIndex((one) => one.id === stored),
  choices: ({ jira }) =>
    table(jira.store)
      .all()
      .map((row) => bean(jira, row)),
});

export const priority = rowCodec('priority', (store) => store.priorities, priorityBean);
export const resolution = rowCodec('resolution', (store) => store.resolutions, resolutionBean);

/** Only types that follow the same workflow can be changed into each other by an edit; anything else is a move. */
const interchangeable = ({ jira, projectId, workTypeId }: Setting) =>
  workTypesOf(jira.store, projectId).filter(
    (one) => workflowFor(jira.store, projectId, one.id).id === workflowFor(jira.store, projectId, workTypeId).id,
  );

export const issuetype: Codec = {
  ...rowCodec('issuetype', (store) => store.workTypes, workTypeBean),
  parse: (input, setting) => named(interchangeable(setting), input, 'The issue type selected is invalid.').id,
  choices: (setting) => interchangeable(setting).map((one) => workTypeBean(setting.jira, one)),
};

/** The short form of a work item inside another one: parent, subtask, linked issue. */
export function shortIssue(jira: Jira, issue: Issue) {
  const priorityRow = jira.store.priorities.get(String(issue.fields.priority ?? ''));
  return {
    id: issue.id,
    key: issue.key,
    self: `${jira.baseUrl}/rest/api/3/issue/${issue.id}`,
    fields: {
      summary: String(issue.fields.summary ?? ''),
      status: statusBean(jira, existing(jira.store.statuses, issue.statusId)),
      ...(priorityRow && { priority: priorityBean(jira, priorityRow) }),
      issuetype: workTypeBean(jira, existing(jira.store.workTypes, issue.workTypeId)),
    },
  };
}

export const parent: Codec = {
  type: 'issuelink',
  parse(input, { jira, projectId, workTypeId }) {
    const { store } = jira;
    if (isObject(input) && input.none === true) return null;
    const given = isObject(input) ? (input.key ?? input.id) : undefined;
    const row = typeof given === 'string' || typeof given === 'number' ? store.issue(String(given)) : undefined;
    if (!row) throw new FieldError('Could not find issue by id or key.');
    const level = (id: string): number => existing(store.workTypes, id).hierarchyLevel;
    if (level(row.workTypeId) !== level(workTypeId) + 1) throw new FieldError('Given parent work item does not belong to appropriate hierarchy.');
    if (level(workTypeId) < 0 && row.projectId !== projectId) {
      throw new FieldError('Sub-tasks must be created in the same project as the parent.');
    }
    return row.id;
  },
  render(stored, { jira }) {
    const row = jira.store.issue(String(stored));
    return row ? shortIssue(jira, row) : null;
  },
  id: (stored) => String(stored),
  text: (stored, { jira }) => jira.store.issue(String(stored))?.key ?? '',
  words: (stored, { jira }) => [String(stored), jira.store.issue(String(stored))?.key ?? ''],
};
