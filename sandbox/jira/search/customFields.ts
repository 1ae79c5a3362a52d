/** Custom fields in queries, by the kind of value they hold. */
import type { Field, FieldKind, Issue, Json } from '../store';
import { stringsOf } from '../values/codec';
import { dayField, momentField, one, textField, userField } from './builders';
import { OPERATORS, type Asker, type JqlField } from './field';

export type CustomKind = Exclude<FieldKind, 'system'>;

/** The word in brackets of a collapsed name: "Colour[Dropdown]". */
export const COLLAPSED: Record<CustomKind, string> = {
  textfield: 'Short text',
  textarea: 'Paragraph',
  select: 'Dropdown',
  multiselect: 'Select List (multiple choices)',
  radiobuttons: 'Radio Buttons',
  multicheckboxes: 'Checkboxes',
  cascadingselect: 'Select List (cascading)',
  userpicker: 'User Picker (single user)',
  multiuserpicker: 'User Picker (multiple users)',
  grouppicker: 'Group Picker (single group)',
  multigrouppicker: 'Group Picker (multiple groups)',
  datepicker: 'Date',
  datetime: 'Time stamp',
  float: 'Number',
  labels: 'Labels',
  url: 'URL',
};

const listed = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? stringsOf(value) : one(value));

function optionField(field: Field): JqlField {
  const options = field.contexts.flatMap((context) => context.options);
  const places = new Map(options.map((option, index) => [option.id, index]));
  return {
    id: field.id,
    name: field.name,
    kind: 'option',
    operators: OPERATORS.choice,
    terms: (issue) => listed(issue.fields[field.id]),
    named(text) {
      const wanted = text.toLowerCase();
      const byValue = options.filter((option) => option.value.toLowerCase() === wanted);
      const found = byValue.length > 0 ? byValue : options.filter((option) => option.id === text);
      const ids = found.map((option) => option.id);
      // an option of a cascading field stands for those below it as well
      return [...ids, ...options.filter((option) => option.parentId !== undefined && ids.includes(option.parentId)).map((option) => option.id)];
    },
    rank: (issue) => places.get(listed(issue.fields[field.id])[0] ?? ''),
    sortable: true,
  };
}

function groupField({ jira: { store } }: Asker, field: Field): JqlField {
  return {
    id: field.id,
    name: field.name,
    kind: 'plain',
    operators: OPERATORS.choice,
    terms: (issue) => listed(issue.fields[field.id]),
    named: (text) => store.groups.filter((row) => row.id === text || row.name.toLowerCase() === text.toLowerCase()).map((row) => row.id),
    rank: (issue) => store.groups.get(listed(issue.fields[field.id])[0] ?? '')?.name.toLowerCase(),
    sortable: true,
  };
}

/** Words compared as they are, but for capitals. */
function wordField(field: Field): JqlField {
  const words = (issue: Issue): string[] => listed(issue.fields[field.id]).map((word) => word.toLowerCase());
  return {
    id: field.id,
    name: field.name,
    kind: 'plain',
    operators: OPERATORS.choice,
    terms: words,
    named: (text) => [text.toLowerCase()],
    rank: (issue) => words(issue).join(' ') || undefined,
    sortable: true,
  };
}

/** A written number, or undefined. */
export const readNumber = (text: string): number | undefined => (text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text));

const numberField = (field: Field): JqlField => ({
  id: field.id,
  name: field.name,
  kind: 'number',
  operators: OPERATORS.order,
  rank(issue) {
    const value = issue.fields[field.id];
    return typeof value === 'number' ? value : undefined;
  },
  read: readNumber,
  bucketOf: (rank) => rank,
  sortable: true,
});

const users = (asker: Asker, field: Field): JqlField => userField(asker, field.id, field.name, (issue) => listed(issue.fields[field.id]));

const MAKERS: Record<CustomKind, (asker: Asker, field: Field) => JqlField> = {
  textfield: (_, field) => textField(field.id, field.name),
  textarea: (_, field) => textField(field.id, field.name),
  url: (_, field) => wordField(field),
  labels: (_, field) => wordField(field),
  select: (_, field) => optionField(field),
  radiobuttons: (_, field) => optionField(field),
  multiselect: (_, field) => optionField(field),
  multicheckboxes: (_, field) => optionField(field),
  cascadingselect: (_, field) => optionField(field),
  userpicker: users,
  multiuserpicker: users,
  grouppicker: groupField,
  multigrouppicker: groupField,
  float: (_, field) => numberField(field),
  datepicker: (asker, field) => dayField(asker, field.id, field.name, (issue) => one(issue.fields[field.id])[0]),
  datetime: (asker, field) =>
    momentField(asker, field.id, field.name, (issue) => {
      const value = issue.fields[field.id];
      return typeof value === 'number' ? value : undefined;
    }),
};

/** A custom field as queries know it. */
export const customField = (asker: Asker, field: Field & { kind: CustomKind }): JqlField => MAKERS[field.kind](asker, field);
