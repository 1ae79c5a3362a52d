/** Values chosen from the options of a custom field. */
import { fieldContextFor } from '../lookups';
import type { Field, FieldOption, Json } from '../store';
import { FieldError, isObject, listOf, type Codec, type Setting } from './codec';

const offered = ({ field, projectId, workTypeId }: Setting): FieldOption[] =>
  (fieldContextFor(field, projectId, workTypeId)?.options ?? []).filter((one) => !one.disabled);

/** A stored option may belong to a context that no longer applies, or be disabled: it keeps its name. */
const known = (field: Field, id: Json | undefined): FieldOption | undefined =>
  field.contexts.flatMap((one) => one.options).find((one) => one.id === id);

function chosen(input: Json, options: FieldOption[]): FieldOption {
  if (!isObject(input)) throw new FieldError("Specify a valid 'id' or 'value' in an object");
  const { id, value } = input;
  const option = options.find((one) => (id !== undefined && id !== null ? one.id === String(id) : one.value === value));
  if (option) return option;
  throw new FieldError(id !== undefined && id !== null ? `Option id '${String(id)}' is not valid` : `Option value '${String(value)}' is not valid`);
}

const bean = ({ jira }: Setting, option: FieldOption): { [key: string]: Json } => ({
  self: `${jira.baseUrl}/rest/api/3/customFieldOption/${option.id}`,
  value: option.value,
  id: option.id,
});

const textOf = (stored: Json, { field }: Setting): string => known(field, stored)?.value ?? '';

export const select: Codec = {
  type: 'option',
  parse: (input, setting) =>
    chosen(
      input,
      offered(setting).filter((one) => !one.parentId),
    ).id,
  render(stored, setting) {
    const option = known(setting.field, stored);
    return option ? bean(setting, option) : null;
  },
  id: (stored) => String(stored),
  text: textOf,
  words: (stored, setting) => [String(stored), textOf(stored, setting)],
  rank: (stored, { field }) => field.contexts.flatMap((one) => one.options).findIndex((one) => one.id === stored),
  choices: (setting) => offered(setting).map((one) => bean(setting, one)),
};

export const multiselect: Codec = listOf(select);

export const cascadingselect: Codec = {
  type: 'option-with-child',
  parse(input, setting) {
    const options = offered(setting);
    const parent = chosen(
      input,
      options.filter((one) => !one.parentId),
    );
    const child = isObject(input) ? input.child : undefined;
    if (child === undefined || child === null) return parent.id;
    return chosen(
      child,
      options.filter((one) => one.parentId === parent.id),
    ).id;
  },
  render(stored, setting) {
    const option = known(setting.field, stored);
    if (!option) return null;
    const parent = known(setting.field, option.parentId);
    return parent ? { ...bean(setting, parent), child: bean(setting, option) } : bean(setting, option);
  },
  id: () => null,
  text(stored, { field }) {
    const option = known(field, stored);
    const parent = known(field, option?.parentId);
    const level = (name: string, one: FieldOption | undefined): string => (one ? `${name} values: ${one.value}(${one.id})` : '');
    return parent ? level('Parent', parent) + level('Level 1', option) : level('Parent', option);
  },
  words(stored, { field }) {
    const option = known(field, stored);
    const parent = known(field, option?.parentId);
    return [option, parent].flatMap((one) => (one ? [one.id, one.value] : []));
  },
  rank: (stored, { field }) => known(field, stored)?.value ?? '',
  choices: (setting) => {
    const options = offered(setting);
    return options
      .filter((one) => !one.parentId)
      .map((parent) => ({
        ...bean(setting, parent),
        children: options.filter((one) => one.parentId === parent.id).map((one) => bean(setting, one)),
      }));
  },
};
