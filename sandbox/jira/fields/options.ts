import { z } from 'zod';
import { administratorsOnly, chosenBy, idSchema, placeSchema, reordered, sameName } from '../configure';
import { badRequest, noContent, notFound, ok, operation, page, requirePerson, RestError, type Call, type Operation } from '../rest';
import type { FieldContext, FieldOption, Issue } from '../store';
import { finishedTask, seeTask } from '../tasks';
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

const moveInput = z.looseObject({ customFieldOptionIds: z.array(idSchema).min(1), ...placeSchema });

function optionOr404(context: FieldContext, id: string): FieldOption {
  const option = context.options.find((one) => one.id === id);
  if (!option) throw notFound('The option was not found.');
  return option;
}

/** Takes an option out of a work item, or puts another in its place. Answers whether it was there. */
function withoutOption({ fields }: Issue, fieldId: string, optionId: string, replacementId: string | undefined): boolean {
  const held = fields[fieldId];
  if (held === optionId) {
    if (replacementId === undefined) delete fields[fieldId];
    else fields[fieldId] = replacementId;
    return true;
  }
  if (!Array.isArray(held) || !held.includes(optionId)) return false;
  fields[fieldId] = [...new Set(held.flatMap((one) => (one === optionId ? (replacementId ?? []) : one)))];
  return true;
}

export const optionOperations: Operation[] = administratorsOnly('Only Jira administrators can manage custom field options.', [
  operation('getCustomFieldOption', 'GET', '/rest/api/3/customFieldOption/{id}', ({ jira, params }) => {
    const options = jira.store.fields.all().flatMap(({ contexts }) => contexts.flatMap((one) => one.options));
    const found = options.find((one) => one.id === params.id);
    if (!found) throw notFound('The option was not found.');
    return ok({ self: `${jira.baseUrl}/rest/api/3/customFieldOption/${found.id}`, value: found.value });
  }),
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
  operation('reorderCustomFieldOptions', 'PUT', `${path}/move`, moveInput, (call) => {
    const context = optionsOf(call);
    const option = (id: string) => optionOr404(context, id);
    const moved = call.body.customFieldOptionIds.map(option);
    const after = call.body.after ? option(call.body.after) : undefined;
    if (new Set([...moved, ...(after ? [after] : [])].map(({ parentId }) => parentId)).size > 1) {
      throw badRequest('Options can only be moved among the options of the same parent.');
    }
    context.options = reordered(context.options, moved, { after, position: call.body.position });
    return noContent();
  }),
  operation('replaceCustomFieldOption', 'DELETE', `${path}/{optionId}/issue`, (call) => {
    const { jira, query, params } = call;
    const context = optionsOf(call);
    const option = optionOr404(context, params.optionId ?? '');
    const replacement = query.has('replaceWith') ? optionOr404(context, query.get('replaceWith') ?? '') : undefined;
    if (query.has('jql')) throw new RestError(501, ['Replacing options of the work items of a query is not supported by this site.']);
    const person = requirePerson(call);
    const fieldId = params.fieldId ?? '';
    const modified = jira.store.issues.filter((issue) => withoutOption(issue, fieldId, option.id, replacement?.id));
    for (const issue of modified) jira.store.putIssue(issue);
    const result = { modifiedIssues: modified.map(({ id }) => Number(id)), unmodifiedIssues: [] };
    return seeTask(jira, finishedTask(jira, person.id, `Replace option ${option.value}`, result));
  }),
]);
