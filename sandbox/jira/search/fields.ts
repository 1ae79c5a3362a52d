/** Which field, or fields, a name in a query means. */
import type { Field as FieldNode } from '@atlaskit/jql-ast';
import { KINDS } from '../fields/kinds';
import { badRequest } from '../rest';
import type { Field } from '../store';
import { COLLAPSED, customField, type CustomKind } from './customFields';
import type { Asker, JqlField } from './field';
import { propertyAlias, propertyPath } from './propertyFields';
import { SYSTEM_FIELDS } from './systemFields';

/** Fields of Jira for which this site keeps nothing. Asking for one is an error here, so that nobody takes silence for an answer. */
export const NOT_KEPT = new Set([
  'affectedversion',
  'attachments',
  'category',
  'component',
  'development',
  'epic link',
  'fixversion',
  'hierarchylevel',
  'issuelink',
  'lastviewed',
  'originalestimate',
  'projecttype',
  'rank',
  'remainingestimate',
  'sprint',
  'team',
  'timeestimate',
  'timeoriginalestimate',
  'timespent',
  'voter',
  'votes',
  'watchers',
  'worklogauthor',
  'worklogcomment',
  'worklogdate',
  'workratio',
]);

const isCustom = (field: Field): field is Field & { kind: CustomKind } => field.kind !== 'system';

/** A custom field's name, alone or with the kind of its value; GET /field tells the longer titles of kinds. */
const namesOf = ({ name, kind }: Field & { kind: CustomKind }): string[] =>
  [name, `${name}[${COLLAPSED[kind]}]`, `${name}[${KINDS[kind].title}]`].map((one) => one.toLowerCase());

function customFields({ jira: { store } }: Asker, name: string): (Field & { kind: CustomKind })[] {
  const id = /^(?:cf\[(\d+)\]|customfield_(\d+))$/i.exec(name)?.slice(1).find(Boolean);
  const rows = store.fields.all().filter(isCustom);
  if (id !== undefined) return rows.filter((row) => row.id === `customfield_${id}`);
  const wanted = name.toLowerCase();
  return rows.filter((row) => namesOf(row).includes(wanted));
}

/** All fields of a name; several custom fields may share one. */
function fieldsNamed(asker: Asker, name: string): JqlField[] {
  const key = name.toLowerCase();
  const system = Object.hasOwn(SYSTEM_FIELDS, key) ? SYSTEM_FIELDS[key] : undefined;
  if (system) return [system(asker)];
  const custom = customFields(asker, name);
  if (custom.length > 0) return custom.map((field) => customField(asker, field));
  return propertyAlias(asker, name);
}

const unknown = (name: string) => badRequest(`Field '${name}' does not exist or you do not have permission to view it.`);

/** The fields that a clause is about. Throws 400. */
export function fieldsOf(asker: Asker, node: FieldNode): JqlField[] {
  const property = node.properties?.[0];
  if (property) {
    if (node.value.toLowerCase() !== 'issue.property') throw badRequest(`The property '${node.text}' is not supported by this site.`);
    const path = (property.path ?? []).map((one) => one.value).join('.');
    const key = property.key?.value ?? '';
    return [propertyPath(asker, `issue.property[${key}]${path.startsWith('.') || path === '' ? path : `.${path}`}`, key, path)];
  }
  const found = fieldsNamed(asker, node.value);
  if (found.length > 0) return found;
  if (NOT_KEPT.has(node.value.toLowerCase())) throw badRequest(`The field '${node.value}' is not supported by this site.`);
  throw unknown(node.value);
}

/** The field that results are ordered by. Throws 400. */
export function orderField(asker: Asker, node: FieldNode): JqlField {
  if (NOT_KEPT.has(node.value.toLowerCase()) && fieldsNamed(asker, node.value).length === 0) {
    throw badRequest(`The field '${node.value}' is not supported by this site.`);
  }
  const field = node.properties?.[0] ? fieldsOf(asker, node)[0] : fieldsNamed(asker, node.value)[0];
  if (!field?.sortable) throw badRequest(`Not able to sort using field '${node.value}'.`);
  return field;
}
