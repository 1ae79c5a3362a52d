/** Lists that people choose from in Jira follow the settings. A choice that is taken out is switched off, never deleted: work items keep it. */
import { createCustomFieldOption, getContextsForField, getOptionsForContext, updateCustomFieldOption } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import type { UsmSettings } from '../../contract';
import type { FieldKey } from '../../method';
import type { Installed } from '../model';
import { everyPage, sameName } from '../site';

const LISTS: { field: FieldKey; names(settings: UsmSettings): readonly string[] }[] = [
  { field: 'waitingFor', names: (settings) => settings.waitingReasons },
  { field: 'changeCategory', names: (settings) => settings.changeCategories.map((one) => one.name) },
];

async function follow(person: Client, fieldId: string, names: readonly string[]): Promise<void> {
  const { values = [] } = await getContextsForField(person, { fieldId, isGlobalContext: true });
  const contextId = Number(values[0]?.id);
  if (Number.isNaN(contextId)) return;
  const rows = await everyPage((startAt) => getOptionsForContext(person, { fieldId, contextId, startAt, maxResults: 100 }));
  const missing = names.filter((name) => !rows.some((row) => sameName(row.value, name)));
  const switched = rows.flatMap(({ id, value, disabled = false }) => {
    const wanted = names.some((name) => sameName(value, name));
    return id !== undefined && wanted === disabled ? [{ id, disabled: !wanted }] : [];
  });
  if (missing.length > 0) await createCustomFieldOption(person, { fieldId, contextId, options: missing.map((value) => ({ value })) });
  if (switched.length > 0) await updateCustomFieldOption(person, { fieldId, contextId, options: switched });
}

/** Nothing is written where the lists are as they should be. */
export async function followLists(person: Client, { fields }: Pick<Installed, 'fields'>, settings: UsmSettings): Promise<void> {
  for (const { field, names } of LISTS) await follow(person, fields[field], names(settings));
}
