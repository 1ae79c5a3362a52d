import { z } from 'zod';
import { administratorsOnly, chosenBy, listOf, merged, nameSchema, personsOnly } from '../configure';
import { badRequest, created, noContent, notFound, ok, operation, page, requirePerson, type Jira, type Operation } from '../rest';
import { isAdministrator } from '../lookups';
import { isScreenable } from '../screens/screens';
import type { Field } from '../store';
import { customIdOf, fieldSchema, isCustomKind, KINDS, TYPE_PREFIX } from './kinds';

const NAME_LENGTH = 255;
/** Where a site's own fields begin; the ones before are Jira's. */
const FIRST_CUSTOM_FIELD = 10_030;

/** Jira's own fields that cannot be searched for, and those that cannot stand in a list. */
const NOT_SEARCHABLE = ['attachment', 'issuelinks'];
const NOT_NAVIGABLE = ['attachment', 'comment', 'parent'];

const unknown = 'The custom field was not found.';

const details = z.object({
  name: nameSchema(NAME_LENGTH),
  description: z.string().optional(),
  type: z.string(),
  searcherKey: z.string().optional(),
});

const clauseNames = (field: Field): string[] =>
  field.kind === 'system' ? [field.id] : [`cf[${customIdOf(field)}]`, field.name, `${field.name}[${KINDS[field.kind].title}]`];

function fieldDetailsBean(field: Field) {
  return {
    id: field.id,
    key: field.id,
    name: field.name,
    untranslatedName: field.name,
    custom: field.kind !== 'system',
    orderable: isScreenable(field),
    navigable: !NOT_NAVIGABLE.includes(field.id),
    searchable: !NOT_SEARCHABLE.includes(field.id),
    clauseNames: clauseNames(field),
    schema: fieldSchema(field),
  };
}

export function fieldSearchBean({ store }: Jira, field: Field, expand: string[]) {
  const onScreens = store.screens.filter(({ tabs }) => tabs.some(({ fieldIds }) => fieldIds.includes(field.id))).length;
  return {
    id: field.id,
    key: field.id,
    name: field.name,
    schema: fieldSchema(field),
    description: field.description,
    ...(expand.includes('isLocked') && { isLocked: false }),
    ...(expand.includes('searcherKey') && field.searcherKey !== undefined && { searcherKey: field.searcherKey }),
    ...(expand.includes('screensCount') && { screensCount: onScreens }),
    ...(expand.includes('contextsCount') && { contextsCount: field.contexts.length }),
    ...(expand.includes('projectsCount') && { projectsCount: new Set(field.contexts.flatMap(({ projectIds }) => projectIds)).size }),
    ...(expand.includes('lastUsed') && { lastUsed: { type: 'NO_INFORMATION' } }),
  };
}

/** A custom field by its id, or 404. */
export function customField({ store }: Jira, id: string | undefined): Field {
  const field = store.fields.get(id ?? '');
  if (!field || field.kind === 'system') throw notFound(unknown);
  return field;
}

function checkSearcher(kind: keyof typeof KINDS, searcherKey: string | undefined): void {
  if (searcherKey !== undefined && !KINDS[kind].searchers.some((one) => TYPE_PREFIX + one === searcherKey)) {
    throw badRequest(`The searcher ${searcherKey} does not fit the type of the field.`);
  }
}

const ORDERS: Record<string, (a: Field, b: Field) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  '-name': (a, b) => b.name.localeCompare(a.name),
};

export const fieldOperations: Operation[] = [
  ...personsOnly([
    operation('getFields', 'GET', '/rest/api/3/field', ({ jira }) => ok(jira.store.fields.all().map(fieldDetailsBean))),
    operation('getFieldsPaginated', 'GET', '/rest/api/3/field/search', ({ jira, query }) => {
      const types = listOf(query, 'type');
      const text = query.get('query')?.toLowerCase() ?? '';
      const rows = chosenBy(query, 'id', jira.store.fields.all(), ({ id }) => id)
        .filter((one) => types.length === 0 || types.includes(one.kind === 'system' ? 'system' : 'custom'))
        .filter((one) => one.name.toLowerCase().includes(text) || one.description.toLowerCase().includes(text))
        .sort(ORDERS[query.get('orderBy') ?? 'name'] ?? ORDERS.name);
      const expand = listOf(query, 'expand');
      return ok(
        page(
          query,
          rows.map((one) => fieldSearchBean(jira, one, expand)),
        ),
      );
    }),
    // The document gives 400, not 403, to people who may not create fields; the message tells which of the two it was.
    operation('createCustomField', 'POST', '/rest/api/3/field', details, (call) => {
      const { store } = call.jira;
      if (!isAdministrator(store, requirePerson(call))) throw badRequest('Only Jira administrators can create custom fields.');
      const { name, type, searcherKey, description = '' } = call.body;
      const kind = type.startsWith(TYPE_PREFIX) ? type.slice(TYPE_PREFIX.length) : '';
      if (!isCustomKind(kind)) throw badRequest(`The type ${type} is unknown.`);
      checkSearcher(kind, searcherKey);
      const contextId = store.nextId('fieldContext');
      const context = {
        id: contextId,
        name: `Default Configuration Scheme for ${name}`,
        description: 'Default configuration scheme generated by Jira',
        projectIds: [],
        workTypeIds: [],
        options: [],
      };
      const id = `customfield_${store.nextId('field', FIRST_CUSTOM_FIELD)}`;
      return created(fieldDetailsBean(store.fields.put({ id, name, description, kind, ...(searcherKey && { searcherKey }), contexts: [context] })));
    }),
  ]),
  ...administratorsOnly('Only Jira administrators can access fields.', [
    operation('updateCustomField', 'PUT', '/rest/api/3/field/{fieldId}', details.omit({ type: true }).partial(), ({ jira, params, body }) => {
      const field = customField(jira, params.fieldId);
      if (isCustomKind(field.kind)) checkSearcher(field.kind, body.searcherKey);
      jira.store.fields.put(merged(field, body));
      return noContent();
    }),
  ]),
];
