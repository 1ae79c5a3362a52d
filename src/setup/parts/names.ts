/** What is found and made by its name alone: link types, roles, resolutions, statuses, work types. */
import {
  createIssueLinkType,
  createIssueType,
  createProjectRole,
  createStatuses,
  deleteIssueLinkType,
  deleteIssueType,
  deleteProjectRole,
  deleteStatusesById,
  getAllProjectRoles,
  getAllSystemAvatars,
  getIssueAllTypes,
  getIssueLinkTypes,
  getStatusesByName,
  updateIssueType,
} from 'jira.js/cloud';
import { createResolution, deleteResolution, ended, searchResolutions } from '../../jira/operations';
import type { Client } from 'jira.js/core';
import { WORK_TYPE_KEYS, type WorkTypeKey } from '../../method';
import { log } from '../../platform/log';
import { APP_ROLE, BLUEPRINT, type Item } from '../blueprint';
import { everyPage, inParallel, sameName } from '../site';
import { byName, part } from './part';

const isFree = <Row extends { scope?: { type?: string | undefined } | undefined }>(row: Row): boolean => row.scope?.type !== 'PROJECT';

export const linkTypes = part({
  key: 'linkTypes',
  kind: 'linkType',
  title: 'Link types',
  renamable: true,
  items: () => BLUEPRINT.linkTypes,
  requests: () => 1,
  async look({ person }, items) {
    const { issueLinkTypes = [] } = await getIssueLinkTypes(person);
    return byName(
      items,
      issueLinkTypes,
      (row) => row.name,
      (row, item) => ({
        id: String(row.id),
        ...(!(sameName(row.inward, item.inward) && sameName(row.outward, item.outward)) && {
          wrong: `A link type of this name exists and reads “${row.outward ?? ''}” and “${row.inward ?? ''}”.`,
        }),
      }),
    );
  },
  make: async ({ person }, { name, inward, outward }) => String((await createIssueLinkType(person, { name, inward, outward })).id),
  remove: ({ person }, _, issueLinkTypeId) => deleteIssueLinkType(person, { issueLinkTypeId }),
});

export const roles = part<Item & { description?: string }>({
  key: 'roles',
  kind: 'role',
  title: 'Roles',
  items: () => [...BLUEPRINT.roles, APP_ROLE],
  requests: () => 1,
  async look({ person }, items) {
    const rows = (await getAllProjectRoles(person)).filter(isFree);
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: String(row.id) }),
    );
  },
  make: async ({ person }, { name, description = '' }) => String((await createProjectRole(person, { name, description })).id),
  remove: ({ person }, _, id) => deleteProjectRole(person, { id: Number(id) }),
  unmakable: (item) =>
    item.key === APP_ROLE.key ? 'Jira gives this role to its apps, and it is missing here. Without it the app cannot move work items.' : undefined,
});

export const resolutions = part({
  key: 'resolutions',
  kind: 'resolution',
  title: 'Resolutions',
  items: () => BLUEPRINT.resolutions,
  requests: () => 1,
  async look({ person }, items) {
    const rows = await everyPage((startAt) => searchResolutions(person, { startAt, maxResults: 100 }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: row.id }),
    );
  },
  make: async ({ person }, { name, description }) => (await createResolution(person, { name, description })).id,
  async remove({ person }, _, id) {
    const others = await everyPage((startAt) => searchResolutions(person, { startAt, maxResults: 100 }));
    const replaceWith = others.find((one) => one.id !== id && !BLUEPRINT.resolutions.some(({ name }) => sameName(one.name, name)))?.id;
    // The last one of a site cannot be replaced; Jira says so itself.
    await ended(person, await deleteResolution(person, { id, replaceWith: replaceWith ?? id }));
  },
});

/** As people read it in Jira. */
const categoryName = (category: string | undefined): string =>
  ({ TODO: 'To Do', IN_PROGRESS: 'In Progress', DONE: 'Done' })[category ?? ''] ?? 'of no name';

/** Made before any workflow, in one request: the rules inside the very first workflow already carry the ids of all fourteen. */
export const statuses = part({
  key: 'statuses',
  kind: 'status',
  title: 'Statuses',
  renamable: true,
  items: () => BLUEPRINT.statuses,
  requests: () => 1,
  async look({ person }, items) {
    const rows = (await getStatusesByName(person, { name: items.map((one) => one.name) })).filter(isFree);
    return byName(
      items,
      rows,
      (row) => row.name,
      (row, item) => ({
        id: String(row.id),
        ...(row.statusCategory !== item.category && {
          wrong: `A status of this name exists in the category ${categoryName(row.statusCategory)}; ours is ${categoryName(item.category)}.`,
        }),
        ours: row.description === item.description,
      }),
    );
  },
  async makeAll({ person }, items) {
    const rows = await createStatuses(person, {
      scope: { type: 'GLOBAL' },
      statuses: items.map(({ name, description, category }) => ({ name, description, statusCategory: category })),
    });
    return new Map(items.flatMap((item) => rows.filter((row) => sameName(row.name, item.name)).map((row) => [item.key, String(row.id)])));
  },
  remove: ({ person }, _, id) => deleteStatusesById(person, { id: [id] }),
});

/** Jira's own pictures that tell the eight apart. Only their ids are known beforehand; a site that lacks one gives the next it has. */
const ICONS: Record<WorkTypeKey, number> = {
  wish: 10311,
  rfc: 10307,
  incident: 10303,
  serviceRequest: 10318,
  complaint: 10308,
  improvement: 10310,
  preventiveAction: 10321,
  optimization: 10317,
};

/** Which picture a work type gets: its own, or, where the site lacks that, one that no other takes. */
async function iconsOf(person: Client): Promise<(key: WorkTypeKey) => number | undefined> {
  const { system = [] } = await getAllSystemAvatars(person, { type: 'issuetype' });
  const ids = system.map((one) => Number(one.id));
  const wanted = Object.values(ICONS);
  const spare = ids.filter((id) => !wanted.includes(id));
  const lacking = WORK_TYPE_KEYS.filter((key) => !ids.includes(ICONS[key]));
  return (key) => (ids.includes(ICONS[key]) ? ICONS[key] : spare[lacking.indexOf(key)]);
}

export const workTypes = part({
  key: 'workTypes',
  kind: 'workType',
  title: 'Work types',
  renamable: true,
  items: () => BLUEPRINT.workTypes,
  /** Made, the icons looked up, one given. */
  requests: () => 3,
  async look({ person }, items) {
    const rows = (await getIssueAllTypes(person)).filter(isFree);
    return byName(
      items,
      rows,
      (row) => row.name,
      (row, item) => ({
        id: String(row.id),
        ...((row.hierarchyLevel ?? 0) !== 0 && { wrong: 'A work type of this name exists on another level of the hierarchy.' }),
        ours: row.description === item.description,
      }),
    );
  },
  async makeAll({ person }, items) {
    const shown = await iconsOf(person);
    const pairs = await inParallel(items, async ({ key, name, description }) => {
      const id = String((await createIssueType(person, { name, description, hierarchyLevel: 0 })).id);
      const avatarId = shown(key);
      // A work type works without its icon too.
      if (avatarId !== undefined)
        await updateIssueType(person, { id, avatarId }).catch((thrown: unknown) => log.error('setup.icon', thrown, { name }));
      return [key, id] as const;
    });
    return new Map(pairs);
  },
  remove: ({ person }, _, id) => deleteIssueType(person, { id }),
});
