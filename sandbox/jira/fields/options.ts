import { z } from 'zod';
import { administratorsOnly, chosenBy, idSchema, sameName } from '../configure';
import { badRequest, noContent, notFound, ok, operation, page, type Call, type Operation } from '../rest';
import type { FieldContext, FieldOption } from '../store';
import { contextOf } from './contexts';
import { hasOptions } from './kinds';

/** OpenAPI: createCustomFieldOption, "1000 per request" and "a maximum of 10000 options". */
const OPTIONS_AT_ONCE = 1_000;
const OPTIONS_OF_A_FIELD = 10_000;
const VALUE_LENGTH = 255;

const path = '/rest/api/3/field/{fieldId}/context/{contextId}/option';
const value = z.string().trim().min(1).max(VALUE_LENGTH);

const optionBean = ({ id, value: text, disabled, parentId }: FieldOption) => ({ id, value: text, disabled, ...(parentId && { optionId: parentId }) });

function optionsOf(call: Call): FieldContext {
  const { field, context } = contextOf(call);
  if (!hasOptions(field)) throw badRequest("The custom field doesn't support options.");
  return context;
}

function checkUnique(options: FieldOption[]): void {
  for (const [index, one] of options.entries()) {
    if (options.slice(0, index).some((other) => other.parentId === one.parentId && sameName(other.value, one.value))) {
      throw badRequest(`The option value "${one.value}" is used more than once in the context.`);
    }
  }
}

const newOption = z.object({ value, disabled: z.boolean().optional(), optionId: idSchema.optional() });
const changedOption = z.object({ id: idSchema, value: value.optional(), disabled: z.boolean().optional() });

export const optionOperations: Operation[] = administratorsOnly('Only Jira administrators can manage custom field options.', [
  operation('getOptionsForContext', 'GET', path, (call) => {
    const rows = chosenBy(call.query, 'optionId', optionsOf(call).options, ({ id }) => id);
    const chosen = call.query.get('onlyOptions') === 'true' ? rows.filter((one) => one.parentId === undefined) : rows;
    return ok(page(call.query, chosen.map(optionBean), 100));
  }),
  operation('createCustomFieldOption', 'POST', path, z.object({ options: z.array(newOption).min(1).max(OPTIONS_AT_ONCE) }), (call) => {
    const context = optionsOf(call);
    const { field } = contextOf(call);
    for (const { optionId } of call.body.options) {
      if (optionId === undefined) continue;
      if (field.kind !== 'cascadingselect') throw badRequest('Only cascading select fields have options below options.');
      if (!context.options.some(({ id, parentId }) => id === optionId && parentId === undefined)) throw notFound('The parent option was not found.');
    }
    const added = call.body.options.map((one) => ({
      id: '',
      value: one.value,
      disabled: one.disabled ?? false,
      ...(one.optionId !== undefined && { parentId: one.optionId }),
    }));
    const options = [...context.options, ...added];
    if (options.length > OPTIONS_OF_A_FIELD) throw badRequest(`A field can have at most ${OPTIONS_OF_A_FIELD} options.`);
    checkUnique(options);
    for (const one of added) one.id = call.jira.store.nextId('fieldOption');
    context.options = options;
    return ok({ options: added.map(optionBean) });
  }),
  operation('updateCustomFieldOption', 'PUT', path, z.object({ options: z.array(changedOption).min(1).max(OPTIONS_AT_ONCE) }), (call) => {
    const context = optionsOf(call);
    const changes = new Map(call.body.options.map((one) => [one.id, one]));
    if ([...changes.keys()].some((id) => !context.options.some((one) => one.id === id))) throw notFound('One or more options were not found.');
    const options = context.options.map((one) => {
      const change = changes.get(one.id);
      return change ? { ...one, value: change.value ?? one.value, disabled: change.disabled ?? one.disabled } : one;
    });
    checkUnique(options);
    context.options = options;
    return ok({ options: options.filter(({ id }) => changes.has(id)).map(({ id, value: text, disabled }) => ({ id, value: text, disabled })) });
  }),
  operation('deleteCustomFieldOption', 'DELETE', `${path}/{optionId}`, (call) => {
    const context = optionsOf(call);
    const { optionId } = call.params;
    if (!context.options.some(({ id }) => id === optionId)) throw notFound('The option was not found.');
    const doomed = context.options.filter((one) => one.id === optionId || one.parentId === optionId).map(({ id }) => id);
    const holds = (held: unknown) => (Array.isArray(held) ? held.some((one) => doomed.includes(String(one))) : doomed.includes(String(held)));
    if (call.jira.store.issues.find(({ fields }) => holds(fields[call.params.fieldId ?? '']))) throw badRequest('The option is used by issues.');
    context.options = context.options.filter(({ id }) => !doomed.includes(id));
    return noContent();
  }),
]);
