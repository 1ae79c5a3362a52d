/** What Jira tells about each kind of field: its type, its searchers, and whether it offers options. */
import type { Field, FieldKind } from '../store';

export const TYPE_PREFIX = 'com.atlassian.jira.plugin.system.customfieldtypes:';

export type CustomKind = Exclude<FieldKind, 'system'>;

interface Kind {
  type: string;
  items?: string;
  searchers: string[];
  options?: true;
  title: string;
}

const TEXT = ['textsearcher'];
const CHOICE = ['multiselectsearcher'];
const PERSON = ['userpickergroupsearcher'];
const GROUP = ['grouppickersearcher'];

/** The searchers are those that the document lists for each type; the first one is what Jira's own pages choose. */
export const KINDS: Record<CustomKind, Kind> = {
  textfield: { type: 'string', searchers: TEXT, title: 'Short text' },
  textarea: { type: 'string', searchers: TEXT, title: 'Paragraph' },
  select: { type: 'option', searchers: CHOICE, options: true, title: 'Select list (single choice)' },
  multiselect: { type: 'array', items: 'option', searchers: CHOICE, options: true, title: 'Select list (multiple choices)' },
  radiobuttons: { type: 'option', searchers: CHOICE, options: true, title: 'Radio buttons' },
  multicheckboxes: { type: 'array', items: 'option', searchers: CHOICE, options: true, title: 'Checkboxes' },
  cascadingselect: { type: 'option-with-child', searchers: ['cascadingselectsearcher'], options: true, title: 'Select list (cascading)' },
  userpicker: { type: 'user', searchers: PERSON, title: 'User picker (single user)' },
  multiuserpicker: { type: 'array', items: 'user', searchers: PERSON, title: 'User picker (multiple users)' },
  grouppicker: { type: 'group', searchers: GROUP, title: 'Group picker (single group)' },
  multigrouppicker: { type: 'array', items: 'group', searchers: GROUP, title: 'Group picker (multiple groups)' },
  datepicker: { type: 'date', searchers: ['daterange'], title: 'Date picker' },
  datetime: { type: 'datetime', searchers: ['datetimerange'], title: 'Time stamp' },
  float: { type: 'number', searchers: ['exactnumber', 'numberrange'], title: 'Number' },
  labels: { type: 'array', items: 'string', searchers: ['labelsearcher'], title: 'Labels' },
  url: { type: 'string', searchers: ['exacttextsearcher'], title: 'URL' },
};

/** Types of Jira's own fields; what is not here is text. */
const SYSTEM_TYPES: Record<string, { type: string; items?: string }> = {
  issuetype: { type: 'issuetype' },
  status: { type: 'status' },
  priority: { type: 'priority' },
  resolution: { type: 'resolution' },
  assignee: { type: 'user' },
  reporter: { type: 'user' },
  creator: { type: 'user' },
  labels: { type: 'array', items: 'string' },
  duedate: { type: 'date' },
  created: { type: 'datetime' },
  updated: { type: 'datetime' },
  resolutiondate: { type: 'datetime' },
  statuscategorychangedate: { type: 'datetime' },
  issuelinks: { type: 'array', items: 'issuelinks' },
  attachment: { type: 'array', items: 'attachment' },
  comment: { type: 'comments-page' },
  parent: { type: 'issuelink' },
  project: { type: 'project' },
};

export interface FieldSchema {
  type: string;
  items?: string;
  system?: string;
  custom?: string;
  customId?: number;
}

export const isCustomKind = (kind: string): kind is CustomKind => kind in KINDS;

/** customfield_10050 -> 10050 */
export const customIdOf = (field: Field): number => Number(field.id.replace('customfield_', ''));

/** A field's `schema` as every answer that speaks of fields carries it. */
export function fieldSchema(field: Field): FieldSchema {
  if (field.kind === 'system') return { ...(SYSTEM_TYPES[field.id] ?? { type: 'string' }), system: field.id };
  const { type, items } = KINDS[field.kind];
  return { type, ...(items && { items }), custom: TYPE_PREFIX + field.kind, customId: customIdOf(field) };
}

/** Whether people choose the field's value from options. */
export const hasOptions = (field: Field): boolean => field.kind !== 'system' && KINDS[field.kind].options === true;
