/** Screens with their fields, and the schemes that bring them to the work types. */
import {
  addScreenTabField,
  createIssueTypeScheme,
  createIssueTypeScreenScheme,
  createScreenScheme,
  deleteIssueTypeScheme,
  deleteIssueTypeScreenScheme,
  deleteScreenScheme,
  getAllIssueTypeSchemes,
  getAllScreenTabFields,
  getIssueTypeScreenSchemes,
  getScreens,
  getScreenSchemes,
} from 'jira.js/cloud';
import { createScreen, deleteScreen, getScreenTabs } from '../../jira/operations';
import { BLUEPRINT, MADE_BY, type ScreenField, type ScreenItem, type ScreenSchemeItem } from '../blueprint';
import { everyPage, idOf, type Ids, inParallel, type Site } from '../site';
import { copiesOf, screensOfSpace, type SpaceScheme, typesOfSpace } from './existing';
import { byName, part } from './part';

const OURS = 'USM';

const fieldId = (ids: Ids, one: ScreenField): string | undefined => ('system' in one ? one.system : ids.fields[one.field]);

/** Tabs by screen, asked for many screens at once and then known for the rest of the step. */
const tabsKnown = new WeakMap<Site, Map<number, number[]>>();

async function learnTabs(site: Site, screenIds: readonly number[]): Promise<void> {
  const known = tabsKnown.get(site) ?? new Map<number, number[]>();
  tabsKnown.set(site, known);
  if (screenIds.length > 0) for (const [id, tabs] of await getScreenTabs(site.person, screenIds)) known.set(id, tabs);
}

/** Fields that the screen should have and has not, and the tab where they go. Without an id yet, a field counts as missing. */
async function gaps(site: Site, item: ScreenItem, screenId: number): Promise<{ tabId: number; missing: ScreenField[] }> {
  const tabs = tabsKnown.get(site)?.get(screenId) ?? [];
  const shown = await Promise.all(tabs.map((tabId) => getAllScreenTabFields(site.person, { screenId, tabId })));
  const on = new Set<string | undefined>(shown.flat().map((one) => one.id));
  const missing = item.fields.filter((one) => {
    const id = fieldId(site.ids, one);
    return id === undefined || !on.has(id);
  });
  return { tabId: Number(tabs[0]), missing };
}

export const screens = part<ScreenItem>({
  key: 'screens',
  kind: 'screen',
  title: 'Screens',
  renamable: true,
  items: () => BLUEPRINT.screens,
  /** The screen, the fields of its tab, and one request for every field; its tabs are asked together with those of others. */
  requests: (item) => 2 + item.fields.length,
  async look(site, items) {
    const rows = await everyPage((startAt) => getScreens(site.person, { queryString: OURS, startAt, maxResults: 100 }));
    const found = byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: String(row.id) }),
    );
    await learnTabs(
      site,
      [...found.values()].map(({ id }) => Number(id)),
    );
    return found;
  },
  async inspect(site, item, { id }) {
    const { missing } = await gaps(site, item, Number(id));
    return missing.length === 0 ? undefined : { lacks: `${String(missing.length)} fields are added.` };
  },
  async makeAll(site, items) {
    const made = await inParallel(
      items,
      async ({ key, name, description }) => [key, (await createScreen(site.person, { name, description })).id] as const,
    );
    await learnTabs(
      site,
      made.map(([, id]) => id),
    );
    return new Map(made.map(([key, id]) => [key, String(id)]));
  },
  /** One after the other: the order of the requests is the order on the screen. */
  async complete(site, item, id) {
    const { tabId, missing } = await gaps(site, item, Number(id));
    for (const one of missing) {
      const idOnSite = 'system' in one ? one.system : idOf(site.ids, 'fields', one.field);
      await addScreenTabField(site.person, { screenId: Number(id), tabId, fieldId: idOnSite });
    }
  },
  remove: ({ person }, _, id) => deleteScreen(person, { screenId: Number(id) }),
  inside: ({ fields }) => [`${String(fields.length)} fields`],
});

export const screenSchemes = part<ScreenSchemeItem>({
  key: 'screenSchemes',
  kind: 'screenScheme',
  title: 'Screen schemes',
  renamable: true,
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
  remove: ({ person }, _, id) => deleteScreenScheme(person, { screenSchemeId: id }),
});

const TYPE_SCREENS = copiesOf(BLUEPRINT.workTypeScreenScheme, 'screens');
const TYPES = copiesOf(BLUEPRINT.workTypeScheme, 'work types');

export const workTypeScreenScheme = part<SpaceScheme>({
  key: 'workTypeScreenScheme',
  kind: 'workTypeScreenScheme',
  title: 'Work type screen scheme',
  renamable: true,
  items: TYPE_SCREENS,
  /** Of an existing space: which scheme it has, and what stands in it. */
  requests: ({ space }) => (space === undefined ? 1 : 3),
  async look({ person }, items) {
    const rows = await everyPage((startAt) => getIssueTypeScreenSchemes(person, { queryString: OURS, startAt }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: row.id }),
    );
  },
  async make(site, { name, space }) {
    const { person, ids } = site;
    const ours = BLUEPRINT.screenSchemes.map((one) => ({
      issueTypeId: idOf(ids, 'workTypes', one.key),
      screenSchemeId: idOf(ids, 'screenSchemes', one.key),
    }));
    const theirs =
      space === undefined
        ? [{ issueTypeId: 'default', screenSchemeId: idOf(ids, 'screenSchemes', 'serviceRequest') }]
        : await screensOfSpace(site, space);
    const issueTypeMappings = [...theirs.filter((one) => ours.every(({ issueTypeId }) => issueTypeId !== one.issueTypeId)), ...ours];
    return String((await createIssueTypeScreenScheme(person, { name, description: MADE_BY, issueTypeMappings })).id);
  },
  remove: ({ person }, _, id) => deleteIssueTypeScreenScheme(person, { issueTypeScreenSchemeId: id }),
});

export const workTypeScheme = part<SpaceScheme>({
  key: 'workTypeScheme',
  kind: 'workTypeScheme',
  title: 'Work type scheme',
  renamable: true,
  items: TYPES,
  requests: ({ space }) => (space === undefined ? 1 : 3),
  async look({ person }, items) {
    const rows = await everyPage((startAt) => getAllIssueTypeSchemes(person, { queryString: OURS, startAt }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: row.id }),
    );
  },
  async make(site, { name, space }) {
    const ours = BLUEPRINT.workTypes.map((one) => idOf(site.ids, 'workTypes', one.key));
    const theirs = space === undefined ? undefined : await typesOfSpace(site, space);
    const { issueTypeSchemeId } = await createIssueTypeScheme(site.person, {
      name,
      description: MADE_BY,
      issueTypeIds: [...new Set([...(theirs?.ids ?? []), ...ours])],
      defaultIssueTypeId: theirs?.byDefault ?? idOf(site.ids, 'workTypes', 'serviceRequest'),
    });
    return issueTypeSchemeId;
  },
  remove: ({ person }, _, id) => deleteIssueTypeScheme(person, { issueTypeSchemeId: Number(id) }),
});
