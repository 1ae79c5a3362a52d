/**
 * Custom fields and their choices. The choices stand in the field's global context: since April 2026 Jira neither removes it nor narrows it to work types
 * (OpenAPI: deleteCustomFieldContext, addIssueTypesToContext), and one list for all spaces lets a hand-over carry a choice into another space.
 * Where a field shows is decided by the screens.
 */
import {
  createCustomField,
  createCustomFieldContext,
  createCustomFieldOption,
  getContextsForField,
  getFieldsPaginated,
  getOptionsForContext,
  trashCustomField,
} from 'jira.js/cloud';
import { BLUEPRINT, type FieldItem } from '../blueprint';
import { everyPage, type Site } from '../site';
import { part, type Seen } from './part';

const PAGE = 100;

async function globalContext({ person }: Site, fieldId: string): Promise<string | undefined> {
  const { values } = await getContextsForField(person, { fieldId, isGlobalContext: true });
  return values?.[0]?.id;
}

async function missingOptions(site: Site, item: FieldItem, fieldId: string, contextId: string | undefined): Promise<string[]> {
  if (contextId === undefined) return [...item.options];
  const rows = await everyPage((startAt) =>
    getOptionsForContext(site.person, { fieldId, contextId: Number(contextId), startAt, maxResults: PAGE, onlyOptions: true }),
  );
  return item.options.filter((value) => !rows.some((row) => row.value === value));
}

function choose(item: FieldItem, rows: Awaited<ReturnType<typeof customFields>>): Seen | undefined {
  const named = rows.filter((row) => row.name.trim().toLowerCase() === item.name.toLowerCase());
  const fit = named.filter((row) => row.schema.custom === item.type);
  const row = fit.find((one) => one.description === item.description) ?? fit[0];
  if (row) return { id: row.id, ours: row.description === item.description };
  return named[0] && { id: named[0].id, ours: false, wrong: 'A field of this name exists and is of another type.' };
}

const customFields = ({ person }: Site) => everyPage((startAt) => getFieldsPaginated(person, { type: ['custom'], startAt, maxResults: PAGE }));

export const fields = part<FieldItem>({
  key: 'fields',
  kind: 'field',
  title: 'Fields',
  renamable: true,
  items: () => BLUEPRINT.fields,
  /** The field; its contexts, its options and the choices we add. */
  requests: (item) => (item.options.length > 0 ? 4 : 1),
  async look(site, items) {
    const rows = await customFields(site);
    return new Map(
      items.flatMap((item) => {
        const seen = choose(item, rows);
        return seen ? [[item.key, seen]] : [];
      }),
    );
  },
  async inspect(site, item, seen) {
    if (item.options.length === 0) return undefined;
    const missing = await missingOptions(site, item, seen.id, await globalContext(site, seen.id));
    if (missing.length === 0) return undefined;
    const names = missing.join(', ');
    // Only in a field of ours: told by its description.
    return seen.ours ? { lacks: `These choices are added: ${names}.` } : { wrong: `A field of this name exists, without the choices ${names}.` };
  },
  make: async ({ person }, { name, description, type, searcherKey }) =>
    String((await createCustomField(person, { name, description, type, searcherKey })).id),
  async complete(site, item, fieldId) {
    if (item.options.length === 0) return;
    const contextId =
      (await globalContext(site, fieldId)) ?? (await createCustomFieldContext(site.person, { fieldId, name: `${item.name}, everywhere` })).id ?? '';
    const missing = await missingOptions(site, item, fieldId, contextId);
    if (missing.length === 0) return;
    await createCustomFieldOption(site.person, { fieldId, contextId: Number(contextId), options: missing.map((value) => ({ value })) });
  },
  /** Into Jira's trash, where values stay for 60 days and a field can be restored (OpenAPI: trashCustomField). */
  remove: ({ person }, _, id) => trashCustomField(person, { id }),
});
