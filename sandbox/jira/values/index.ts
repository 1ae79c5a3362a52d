/** Which codec a field has, and the few things every surface does with a value. */
import { fieldContextFor } from '../lookups';
import type { Field, Json } from '../store';
import { cascadingselect, multiselect, select } from './choice';
import { FieldError, type Codec, type Setting } from './codec';
import { assignee, grouppicker, multigrouppicker, multiuserpicker, userpicker } from './people';
import { issuetype, parent, priority, resolution } from './reference';
import { datepicker, datetime, float } from './scalar';
import { security } from './security';
import { document, labels, summary, textfield, url } from './text';

export { FieldError, type Codec, type Setting } from './codec';

const CUSTOM: Record<Exclude<Field['kind'], 'system'>, Codec> = {
  textfield,
  textarea: document,
  select,
  radiobuttons: select,
  multiselect,
  multicheckboxes: multiselect,
  cascadingselect,
  userpicker,
  multiuserpicker,
  grouppicker,
  multigrouppicker,
  datepicker,
  datetime,
  float,
  labels,
  url,
};

/** System fields whose value a request may give. The rest (status, created ...) follow from what happens to the work item. */
const SYSTEM: Record<string, Codec> = {
  summary,
  description: document,
  environment: document,
  priority,
  resolution,
  assignee,
  reporter: userpicker,
  labels,
  security,
  duedate: datepicker,
  parent,
  issuetype,
};

/** Fields that Jira keeps itself, and the two that are lists of other things. */
const KEPT: Record<string, { type: string; items?: string }> = {
  status: { type: 'status' },
  project: { type: 'project' },
  creator: { type: 'user' },
  created: { type: 'datetime' },
  updated: { type: 'datetime' },
  resolutiondate: { type: 'datetime' },
  statuscategorychangedate: { type: 'datetime' },
  issuelinks: { type: 'array', items: 'issuelinks' },
  subtasks: { type: 'array', items: 'issuelinks' },
  attachment: { type: 'array', items: 'attachment' },
  comment: { type: 'comments-page' },
};

const CUSTOM_TYPE_PREFIX = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** How a field's values are written and read; undefined for a field that no request can set. */
export const codecOf = (field: Field): Codec | undefined => (field.kind === 'system' ? SYSTEM[field.id] : CUSTOM[field.kind]);

/** `schema` of a field: JsonTypeBean of the OpenAPI document. */
export function fieldSchema(field: Field): { type: string; items?: string; system?: string; custom?: string; customId?: number } {
  const codec = codecOf(field);
  const shape = codec ? { type: codec.type, ...(codec.items && { items: codec.items }) } : (KEPT[field.id] ?? { type: 'string' });
  if (field.kind === 'system') return { ...shape, system: field.id };
  return { ...shape, custom: CUSTOM_TYPE_PREFIX + field.kind, customId: Number(field.id.replace('customfield_', '')) };
}

/** Whether the field exists for work items of this type in this project: system fields always, custom ones by their contexts. */
export const appliesTo = (field: Field, projectId: string, workTypeId: string): boolean =>
  field.kind === 'system' || fieldContextFor(field, projectId, workTypeId) !== undefined;

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** REST's form of a value to the stored one, null when it empties the field. Throws FieldError. */
export function parseValue(setting: Setting, input: Json): Json {
  const codec = codecOf(setting.field);
  if (!codec) throw new FieldError(cannotBeSet(setting.field.id));
  if (input === null) {
    if (setting.field.id === 'summary') throw new FieldError('You must specify a summary of the issue.');
    return null;
  }
  const stored = codec.parse(input, setting);
  return isEmpty(stored) ? null : stored;
}

/** A stored value in REST's form; an empty field is null, empty labels an empty list, as Jira has it. */
export function renderValue(setting: Setting, stored: Json | undefined): Json {
  if (isEmpty(stored)) return setting.field.id === 'labels' ? [] : null;
  return codecOf(setting.field)?.render(stored as Json, setting) ?? null;
}

/** A stored value as people read it; empty text for an empty field. */
export const textOf = (setting: Setting, stored: Json | undefined): string =>
  isEmpty(stored) ? '' : (codecOf(setting.field)?.text(stored as Json, setting) ?? '');

/** The words a search or a rule knows a value by; none for an empty field. */
export const wordsOf = (setting: Setting, stored: Json | undefined): string[] =>
  isEmpty(stored) ? [] : (codecOf(setting.field)?.words(stored as Json, setting) ?? []);

/** What orders a value among others; undefined for an empty field. */
export function rankOf(setting: Setting, stored: Json | undefined): number | string | undefined {
  const codec = codecOf(setting.field);
  if (!codec || isEmpty(stored)) return undefined;
  return codec.rank ? codec.rank(stored as Json, setting) : codec.text(stored as Json, setting).toLowerCase();
}

/** The words of Jira for a field that is not on the screen, or not at all. */
export const cannotBeSet = (fieldId: string): string => `Field '${fieldId}' cannot be set. It is not on the appropriate screen, or unknown.`;

/** FieldMetadata of the OpenAPI document: what a form needs to know about a field. */
export function fieldMetadata(setting: Setting, required: boolean) {
  const { field } = setting;
  const codec = codecOf(field);
  const allowedValues = codec?.choices?.(setting);
  return {
    required,
    schema: fieldSchema(field),
    name: field.name,
    key: field.id,
    hasDefaultValue: false,
    operations: field.id === 'issuelinks' ? ['add', 'copy'] : codec?.list ? ['add', 'set', 'remove'] : ['set'],
    ...(allowedValues && { allowedValues }),
  };
}
