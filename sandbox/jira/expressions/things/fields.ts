/** Values of custom fields, in the form of the REST API but for rich text. */
import { settingOf } from '../../issues/change';
import type { Issue, Json } from '../../store';
import { appliesTo, codecOf, renderValue } from '../../values';
import { plainText } from '../../values/adf';
import { Thing, fromJson, type Value } from '../language';
import type { View } from './view';

/** A text with formatting; all that an expression can do with it is to read the text. */
export function richText(document: Json | undefined): Value {
  if (document === undefined || document === null) return null;
  const text = plainText(document);
  return new Thing({ type: 'RichText', identity: JSON.stringify(document), members: { plainText: () => text }, bean: () => document });
}

const isUnset = (stored: Json | undefined): boolean =>
  stored === undefined || stored === null || stored === '' || (Array.isArray(stored) && stored.length === 0);

/** The value of a custom field: null where it is empty, hidden, or does not exist, lists included. */
export function customValue({ jira, budget }: View, issue: Issue, fieldId: string): Value {
  const field = jira.store.fields.get(fieldId);
  if (!field || !codecOf(field) || !appliesTo(field, issue.projectId, issue.workTypeId)) return null;
  budget.expend(`Issue.${fieldId}`);
  const stored = issue.fields[fieldId];
  if (isUnset(stored)) return null;
  return field.kind === 'textarea' ? richText(stored) : fromJson(renderValue(settingOf(jira, field, issue), stored));
}
