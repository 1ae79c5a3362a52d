/** The one way a work item changes: whatever is done to it in one go becomes one entry of its changelog. */
import { existing } from '../lookups';
import type { Jira } from '../rest';
import { aboutToChange } from '../search/freshness';
import type { Change, ChangeItem, Field, Issue, Json } from '../store';
import { codecOf, textOf, type Setting } from '../values';

/** Stored values by field id; null empties a field. */
export type Edits = Map<string, Json>;

export const settingOf = (jira: Jira, field: Field, issue: { projectId: string; workTypeId: string }): Setting => ({
  jira,
  field,
  projectId: issue.projectId,
  workTypeId: issue.workTypeId,
});

/** The stored value of a field, wherever the work item keeps it. */
export const valueOf = (issue: Issue, fieldId: string): Json | undefined => (fieldId === 'issuetype' ? issue.workTypeId : issue.fields[fieldId]);

/** Puts values into a work item without any record of it: the inside of a change, or a draft. */
export function setValues(issue: Issue, edits: Edits): void {
  for (const [fieldId, value] of edits) {
    if (fieldId === 'issuetype') issue.workTypeId = String(value);
    else if (value === null) delete issue.fields[fieldId];
    else issue.fields[fieldId] = value;
  }
}

/** A copy whose values can be changed without touching the work item. */
export const draftOf = (issue: Issue): Issue => ({ ...issue, fields: structuredClone(issue.fields) });

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Jira's name of a parent change (seen in public webhook fixtures). */
const LOGGED_AS: Record<string, { field: string; fieldId?: string }> = { parent: { field: 'IssueParentAssociation' } };

function fieldItem(jira: Jira, field: Field, before: Issue, after: Issue): ChangeItem {
  const name = LOGGED_AS[field.id] ?? { field: field.kind === 'system' ? field.id : field.name, fieldId: field.id };
  const side = (issue: Issue): { id: string | null; text: string | null } => {
    const stored = valueOf(issue, field.id) ?? null;
    const codec = codecOf(field);
    if (stored === null || !codec) return codec?.list ? { id: '', text: '' } : { id: null, text: null };
    return { id: codec.id(stored), text: textOf(settingOf(jira, field, issue), stored) };
  };
  const [from, to] = [side(before), side(after)];
  return { ...name, fieldtype: field.kind === 'system' ? 'jira' : 'custom', from: from.id, fromText: from.text, to: to.id, toText: to.text };
}

/** What a move into another project adds to the changelog. */
function movedItems({ store }: Jira, before: Issue, after: Issue): ChangeItem[] {
  const name = (id: string): string => existing(store.projects, id).name;
  const [from, to] = [before.projectId, after.projectId];
  return [
    { field: 'project', fieldtype: 'jira', fieldId: 'project', from, fromText: name(from), to, toText: name(to) },
    { field: 'Key', fieldtype: 'jira', from: null, fromText: before.key, to: null, toText: after.key },
  ];
}

/** The items of the changelog entry that leads from one state of a work item to another: status first, then fields. */
export function difference(jira: Jira, before: Issue, after: Issue): ChangeItem[] {
  const items: ChangeItem[] = [];
  if (before.statusId !== after.statusId) {
    const name = (id: string): string => existing(jira.store.statuses, id).name;
    items.push({
      field: 'status',
      fieldtype: 'jira',
      fieldId: 'status',
      from: before.statusId,
      fromText: name(before.statusId),
      to: after.statusId,
      toText: name(after.statusId),
    });
  }
  if (before.projectId !== after.projectId) items.unshift(...movedItems(jira, before, after));
  const ids = new Set(['issuetype', ...Object.keys(before.fields), ...Object.keys(after.fields)]);
  for (const id of ids) {
    if (same(valueOf(before, id), valueOf(after, id))) continue;
    items.push(fieldItem(jira, existing(jira.store.fields, id), before, after));
  }
  return items;
}

/** Runs a change and records it. Answers the changelog entry, or undefined where nothing is different. */
export function change(jira: Jira, authorId: string, issue: Issue, mutate: () => void): Change | undefined {
  aboutToChange(jira, issue);
  const before = draftOf(issue);
  mutate();
  jira.store.putIssue(issue);
  return recordItems(jira, authorId, issue, difference(jira, before, issue), before);
}

/** Records items that are not a difference of fields, such as links. */
export function recordItems(jira: Jira, authorId: string, issue: Issue, items: ChangeItem[], before: Issue = issue): Change | undefined {
  if (items.length === 0) return undefined;
  const now = jira.clock.now().getTime();
  if (before.statusId !== issue.statusId) issue.statusChanged = now;
  noteResolution(issue, before, now);
  issue.updated = now;
  const entry: Change = { id: jira.store.nextId('change'), authorId, created: now, items };
  issue.changes.push(entry);
  return entry;
}

/** Keeps the moment of resolution in step with the resolution. */
export function noteResolution(issue: Issue, before: Issue | undefined, now: number): void {
  if (same(before?.fields.resolution, issue.fields.resolution)) return;
  if (issue.fields.resolution === undefined) delete issue.resolved;
  else issue.resolved = now;
}
