/** What is found and made by its name alone: link types, roles, resolutions, statuses, work types. */
import {
  createIssueLinkType,
  createIssueType,
  createProjectRole,
  createStatuses,
  getAllProjectRoles,
  getIssueAllTypes,
  getIssueLinkTypes,
  getStatusesByName,
} from 'jira.js/cloud';
import { createResolution, searchResolutions } from '../../jira/operations';
import { APP_ROLE, BLUEPRINT, type Item } from '../blueprint';
import { everyPage, sameName } from '../site';
import { byName, part } from './part';

const isFree = <Row extends { scope?: { type?: string | undefined } | undefined }>(row: Row): boolean => row.scope?.type !== 'PROJECT';

export const linkTypes = part({
  key: 'linkTypes',
  kind: 'linkType',
  title: 'Link types',
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
});

/** Made before any workflow, in one request: the rules inside the very first workflow already carry the ids of all fourteen. */
export const statuses = part({
  key: 'statuses',
  kind: 'status',
  title: 'Statuses',
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
          wrong: `A status of this name exists in another category: ${row.statusCategory ?? 'none'}, not ${item.category}.`,
        }),
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
});

/** Icons stay Jira's default: their ids differ from site to site. */
export const workTypes = part({
  key: 'workTypes',
  kind: 'workType',
  title: 'Work types',
  items: () => BLUEPRINT.workTypes,
  requests: () => 1,
  async look({ person }, items) {
    const rows = (await getIssueAllTypes(person)).filter(isFree);
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({
        id: String(row.id),
        ...((row.hierarchyLevel ?? 0) !== 0 && { wrong: 'A work type of this name exists on another level of the hierarchy.' }),
      }),
    );
  },
  make: async ({ person }, { name, description }) => String((await createIssueType(person, { name, description, hierarchyLevel: 0 })).id),
});
