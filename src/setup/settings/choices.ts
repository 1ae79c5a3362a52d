/** Names of the app's records become choices of Jira's fields. Only added and switched on: work items keep what they name. */
import { createCustomFieldOption, getContextsForField, getOptionsForContext, updateCustomFieldOption } from 'jira.js/cloud';
import { jira } from '../../jira/client';
import { everyPage } from '../site';

/** So many in one request (OpenAPI: createCustomFieldOption). */
const AT_ONCE = 1_000;
const PAGE = 1_000;

const optionsOf = async (fieldId: string) => {
  const client = jira('app');
  const { values = [] } = await getContextsForField(client, { fieldId, isGlobalContext: true });
  const contextId = Number(values[0]?.id);
  const rows = Number.isNaN(contextId)
    ? []
    : await everyPage((startAt) => getOptionsForContext(client, { fieldId, contextId, startAt, maxResults: PAGE }));
  return { client, contextId, rows };
};

/** Every one of these can be chosen afterwards; nothing is written where that is so already. */
export async function offerChoices(fieldId: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { client, contextId, rows } = await optionsOf(fieldId);
  if (Number.isNaN(contextId)) return;
  const there = new Map(rows.filter((row) => row.optionId === undefined).map((row) => [row.value.trim().toLowerCase(), row]));
  const wanted = [...new Map(names.map((name) => [name.trim().toLowerCase(), name.trim()])).entries()];
  const missing = wanted.flatMap(([key, name]) => (there.has(key) ? [] : [name]));
  const off = wanted.flatMap(([key]) => {
    const { id, disabled } = there.get(key) ?? {};
    return id !== undefined && disabled === true ? [{ id, disabled: false }] : [];
  });
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    await createCustomFieldOption(client, { fieldId, contextId, options: missing.slice(from, from + AT_ONCE).map((value) => ({ value })) });
  }
  if (off.length > 0) await updateCustomFieldOption(client, { fieldId, contextId, options: off });
}

/** What can be chosen in a field now; of a cascading one with what stands below each. */
export async function choicesOf(fieldId: string): Promise<{ name: string; below: string[] }[]> {
  const { rows } = await optionsOf(fieldId);
  const shown = rows.filter(({ disabled }) => !disabled);
  return shown
    .filter(({ optionId }) => optionId === undefined)
    .map(({ id, value }) => ({ name: value, below: shown.filter((one) => one.optionId === id).map((one) => one.value) }));
}
