/**
 * Who changed what of the configuration, and when. What happened is read off the configuration itself, before and after each act,
 * so that no operation can forget to say it.
 */
import type { Jira } from '../rest';
import type { AuditRecord, Store } from '../store';
import type { Row } from '../table';

interface Kind {
  rows: (store: Store) => Row[];
  typeName: string;
  category: string;
  /** As it begins the summary: "Workflow updated". */
  noun: string;
}

/** What Jira's audit log keeps an eye on, in its own categories. */
const KINDS: readonly Kind[] = [
  { rows: (store) => store.users.all(), typeName: 'USER', category: 'user management', noun: 'User' },
  { rows: (store) => store.groups.all(), typeName: 'GROUP', category: 'group management', noun: 'Group' },
  { rows: (store) => store.projects.all(), typeName: 'PROJECT', category: 'projects', noun: 'Project' },
  { rows: (store) => store.roles.all(), typeName: 'PROJECT_ROLE', category: 'permissions', noun: 'Project role' },
  { rows: (store) => store.permissionSchemes.all(), typeName: 'SCHEME', category: 'permissions', noun: 'Permission scheme' },
  { rows: (store) => store.securitySchemes.all(), typeName: 'SCHEME', category: 'permissions', noun: 'Issue security scheme' },
  { rows: (store) => store.workflows.all(), typeName: 'WORKFLOW', category: 'workflows', noun: 'Workflow' },
  { rows: (store) => store.workflowSchemes.all(), typeName: 'SCHEME', category: 'workflows', noun: 'Workflow scheme' },
  { rows: (store) => store.statuses.all(), typeName: 'STATUS', category: 'workflows', noun: 'Status' },
  { rows: (store) => store.fields.all(), typeName: 'CUSTOM_FIELD', category: 'fields', noun: 'Custom field' },
  { rows: (store) => store.screens.all(), typeName: 'SCREEN', category: 'fields', noun: 'Screen' },
  { rows: (store) => store.screenSchemes.all(), typeName: 'SCHEME', category: 'fields', noun: 'Screen scheme' },
  { rows: (store) => store.workTypeScreenSchemes.all(), typeName: 'SCHEME', category: 'fields', noun: 'Issue type screen scheme' },
  { rows: (store) => store.workTypes.all(), typeName: 'ISSUE_TYPE', category: 'issue types', noun: 'Issue type' },
  { rows: (store) => store.workTypeSchemes.all(), typeName: 'SCHEME', category: 'issue types', noun: 'Issue type scheme' },
  { rows: (store) => store.priorities.all(), typeName: 'PRIORITY', category: 'other', noun: 'Priority' },
  { rows: (store) => store.resolutions.all(), typeName: 'RESOLUTION', category: 'other', noun: 'Resolution' },
  { rows: (store) => store.linkTypes.all(), typeName: 'ISSUE_LINK_TYPE', category: 'other', noun: 'Issue link type' },
];

/** The rows of each kind as one text: most acts change one kind, and the others are told to be as they were without looking at their rows. */
export type Snapshot = string[];

export const snapshot = (store: Store): Snapshot => KINDS.map(({ rows }) => JSON.stringify(rows(store)));

type Parsed = Record<string, unknown>;

const byId = (text: string): Map<string, Parsed> => new Map((JSON.parse(text) as (Row & Parsed)[]).map((row) => [row.id, row]));

/** Numbers that only count on, which nobody changes. */
const SILENT = new Set(['id', 'issueCounter', 'updated', 'version']);

/** A value as the log shows it: plain ones, and lists of them; of anything deeper only that it has changed. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  return typeof value === 'object' ? '' : String(value);
}

function changesOf(before: Parsed, after: Parsed): AuditRecord['changes'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !SILENT.has(key) && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((fieldName) => ({ fieldName, from: shown(before[fieldName]), to: shown(after[fieldName]) }));
}

const nameOf = (row: Parsed): string => [row.displayName, row.name].find((one) => typeof one === 'string') ?? '';

/** Writes down what is different from before. */
export function recordChanges({ store, clock }: Jira, authorId: string | undefined, before: Snapshot): void {
  const now = snapshot(store);
  for (const [index, { typeName, category, noun }] of KINDS.entries()) {
    const [was, is] = [before[index] ?? '[]', now[index] ?? '[]'];
    if (was === is) continue;
    const [old, current] = [byId(was), byId(is)];
    for (const id of new Set([...old.keys(), ...current.keys()])) {
      const [row, next] = [old.get(id), current.get(id)];
      const changes = changesOf(row ?? {}, next ?? {});
      if (changes.length === 0) continue;
      const verb = row === undefined ? 'created' : next === undefined ? 'deleted' : 'updated';
      store.auditRecords.put({
        id: store.nextId('auditRecord', 1),
        ...(authorId !== undefined && { authorId }),
        created: clock.now().getTime(),
        category,
        summary: `${noun} ${verb}`,
        object: { id, name: nameOf(next ?? row ?? {}), typeName },
        changes,
      });
    }
  }
}
