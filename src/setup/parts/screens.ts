/** Screens with their fields, and the schemes that bring them to the work types. */
import {
  addScreenTabField,
  createIssueTypeScheme,
  createIssueTypeScreenScheme,
  createScreenScheme,
  getAllIssueTypeSchemes,
  getAllScreenTabFields,
  getAllScreenTabs,
  getIssueTypeScreenSchemes,
  getScreens,
  getScreenSchemes,
} from 'jira.js/cloud';
import { createScreen } from '../../jira/operations';
import { BLUEPRINT, MADE_BY, type ScreenField, type ScreenItem, type ScreenSchemeItem } from '../blueprint';
import { everyPage, idOf, type Ids, type Site } from '../site';
import { byName, part } from './part';

const OURS = 'USM';

const fieldId = (ids: Ids, one: ScreenField): string | undefined => ('system' in one ? one.system : ids.fields[one.field]);

/** Fields that the screen should have and has not, and the tab where they go. Without an id yet, a field counts as missing. */
async function gaps({ person, ids }: Site, item: ScreenItem, screenId: number): Promise<{ tabId: number; missing: ScreenField[] }> {
  const tabs = await getAllScreenTabs(person, { screenId });
  const on = new Set<string | undefined>();
  for (const tab of tabs) {
    for (const one of await getAllScreenTabFields(person, { screenId, tabId: Number(tab.id) })) on.add(one.id);
  }
  const missing = item.fields.filter((one) => {
    const id = fieldId(ids, one);
    return id === undefined || !on.has(id);
  });
  return { tabId: Number(tabs[0]?.id), missing };
}

export const screens = part<ScreenItem>({
  key: 'screens',
  kind: 'screen',
  title: 'Screens',
  items: () => BLUEPRINT.screens,
  /** The screen, its tabs, the fields of its tab, and one request for every field. */
  requests: (item) => 3 + item.fields.length,
  async look({ person }, items) {
    const rows = await everyPage((startAt) => getScreens(person, { queryString: OURS, startAt, maxResults: 100 }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: String(row.id) }),
    );
  },
  async inspect(site, item, { id }) {
    const { missing } = await gaps(site, item, Number(id));
    return missing.length === 0 ? undefined : { lacks: `${String(missing.length)} fields are added.` };
  },
  make: async ({ person }, { name, description }) => String((await createScreen(person, { name, description })).id),
  async complete(site, item, id) {
    const { tabId, missing } = await gaps(site, item, Number(id));
    for (const one of missing) {
      const idOnSite = 'system' in one ? one.system : idOf(site.ids, 'fields', one.field);
      await addScreenTabField(site.person, { screenId: Number(id), tabId, fieldId: idOnSite });
    }
  },
});

export const screenSchemes = part<ScreenSchemeItem>({
  key: 'screenSchemes',
  kind: 'screenScheme',
  title: 'Screen schemes',
  items: () => BLUEPRINT.screenSchemes,
  requests: () => 1,
  async look({ person, ids }, items) {
    const rows = await everyPage((startAt) => getScreenSchemes(person, { queryString: OURS, startAt, maxResults: 100 }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row, item) => ({
        id: String(row.id),
        ...(!(String(row.screens?.default) === ids.screens[item.view] && String(row.screens?.create) === ids.screens[item.create]) && {
          wrong: 'A screen scheme of this name exists and shows other screens.',
        }),
      }),
    );
  },
  async make({ person, ids }, item) {
    const shown = { default: Number(idOf(ids, 'screens', item.view)), create: Number(idOf(ids, 'screens', item.create)) };
    return String((await createScreenScheme(person, { name: item.name, description: MADE_BY, screens: shown })).id);
  },
});

const typeIds = (ids: Ids): string[] => BLUEPRINT.workTypes.map((one) => idOf(ids, 'workTypes', one.key));

export const workTypeScreenScheme = part({
  key: 'workTypeScreenScheme',
  kind: 'workTypeScreenScheme',
  title: 'Work type screen scheme',
  items: () => [BLUEPRINT.workTypeScreenScheme],
  requests: () => 1,
  async look({ person }, items) {
    const rows = await everyPage((startAt) => getIssueTypeScreenSchemes(person, { queryString: OURS, startAt }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: row.id }),
    );
  },
  async make({ person, ids }, { name }) {
    const mapping = (issueTypeId: string, type: string) => ({ issueTypeId, screenSchemeId: idOf(ids, 'screenSchemes', type) });
    const issueTypeMappings = [
      mapping('default', 'serviceRequest'),
      ...BLUEPRINT.screenSchemes.map((one) => mapping(idOf(ids, 'workTypes', one.key), one.key)),
    ];
    return String((await createIssueTypeScreenScheme(person, { name, description: MADE_BY, issueTypeMappings })).id);
  },
});

export const workTypeScheme = part({
  key: 'workTypeScheme',
  kind: 'workTypeScheme',
  title: 'Work type scheme',
  items: () => [BLUEPRINT.workTypeScheme],
  requests: () => 1,
  async look({ person }, items) {
    const rows = await everyPage((startAt) => getAllIssueTypeSchemes(person, { queryString: OURS, startAt }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: row.id }),
    );
  },
  make: async ({ person, ids }, { name }) =>
    (
      await createIssueTypeScheme(person, {
        name,
        description: MADE_BY,
        issueTypeIds: typeIds(ids),
        defaultIssueTypeId: idOf(ids, 'workTypes', 'serviceRequest'),
      })
    ).issueTypeSchemeId,
});
