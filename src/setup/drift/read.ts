/** Reads from Jira what drift compares. Independent requests beside each other, bulk reads wherever Jira has them; the figures are in the tests. */
import {
  getAllProjectRoles,
  getAllScreenTabFields,
  getBulkPermissions,
  getContextsForField,
  getFieldsPaginated,
  getIssueAllTypes,
  getIssueLinkTypes,
  getIssueTypeSchemeForProjects,
  getIssueTypeSchemesMapping,
  getIssueTypeScreenSchemeMappings,
  getIssueTypeScreenSchemeProjectAssociations,
  getOptionsForContext,
  getScreens,
  getScreenSchemes,
  getStatusesById,
  getWorkflowSchemeProjectAssociations,
  readWorkflows,
  readWorkflowSchemes,
  searchProjects,
  searchWorkflows,
  workflowCapabilities,
} from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { JiraError } from '../../jira/client';
import { getScreenTabs, searchResolutions } from '../../jira/operations';
import { NEEDED_BY_APP } from '../app-permissions';
import { BLUEPRINT } from '../blueprint';
import { RULE_MODULES } from '../model';
import type { RuleAris } from '../payload';
import { type Clients, everyPage, inParallel } from '../site';
import { inWords } from '../words';
import { type Actual, type Expected, type ReadingPart, type SchemesRow, SPACE_SCHEMES, type SpaceScheme } from './model';
import { type StatusInFull, statusShape, type Workflow, workflow as workflowShape } from './workflow';

const PAGE = 100;

type Reader<Part extends ReadingPart> = (reader: Client, site: Expected, app: Client) => Promise<NonNullable<Actual[Part]>>;

const idsOf = (values: Readonly<Record<string, string>>): string[] => Object.values(values);

const refused = (thrown: unknown, ...statuses: number[]): boolean => thrown instanceof JiraError && statuses.includes(thrown.status);

const linkTypes: Reader<'linkTypes'> = async (reader) => {
  const { issueLinkTypes = [] } = await getIssueLinkTypes(reader);
  return issueLinkTypes.map(({ id, name = '', inward = '', outward = '' }) => ({ id: String(id), name, inward, outward }));
};

const roles: Reader<'roles'> = async (reader) => (await getAllProjectRoles(reader)).map(({ id, name = '' }) => ({ id: String(id), name }));

const resolutions: Reader<'resolutions'> = async (reader) =>
  (await everyPage((startAt) => searchResolutions(reader, { startAt, maxResults: PAGE }))).map(({ id, name }) => ({ id, name }));

/** Jira refuses all of them where one is gone: then each is asked for by itself. */
const statuses: Reader<'statuses'> = async (reader, { ids }) => {
  const wanted = idsOf(ids.statuses);
  const ask = (id: string[]) => getStatusesById(reader, { id });
  const rows = await ask(wanted).catch(async (thrown: unknown) => {
    if (!refused(thrown, 400, 404)) throw thrown;
    const each = await inParallel(wanted, (id) =>
      ask([id]).catch((alone: unknown) => {
        if (!refused(alone, 400, 404)) throw alone;
        return [];
      }),
    );
    return each.flat();
  });
  return z
    .array(statusShape)
    .parse(rows)
    .map(({ id, name, statusCategory }) => ({ id, name, category: statusCategory }));
};

const workTypes: Reader<'workTypes'> = async (reader) => (await getIssueAllTypes(reader)).map(({ id, name = '' }) => ({ id: String(id), name }));

/** Choices in the context for all spaces. */
async function choicesOf(reader: Client, fieldId: string) {
  const { values } = await getContextsForField(reader, { fieldId, isGlobalContext: true });
  const contextId = values?.[0]?.id;
  if (contextId === undefined) return undefined;
  const rows = await everyPage((startAt) =>
    getOptionsForContext(reader, { fieldId, contextId: Number(contextId), startAt, maxResults: PAGE, onlyOptions: true }),
  );
  return { contextId, rows: rows.map(({ value = '', disabled = false }) => ({ value, disabled })) };
}

const fields: Reader<'fields'> = async (reader, { ids }) => {
  const rows = await everyPage((startAt) => getFieldsPaginated(reader, { type: ['custom'], id: idsOf(ids.fields), startAt, maxResults: PAGE }));
  const withChoices = new Set(BLUEPRINT.fields.filter((one) => one.options.length > 0).map((one) => ids.fields[one.key]));
  return inParallel(rows, async ({ id, name }) => {
    const choices = withChoices.has(id) ? await choicesOf(reader, id) : undefined;
    return { id, name, ...(choices && { choices }) };
  });
};

const screens: Reader<'screens'> = async (reader, { ids }) => {
  const wanted = idsOf(ids.screens).map(Number);
  const rows = await everyPage((startAt) => getScreens(reader, { id: wanted, startAt, maxResults: PAGE }));
  const tabs = await getScreenTabs(
    reader,
    rows.map((row) => Number(row.id)),
  );
  const pairs = rows.flatMap((row) => (tabs.get(Number(row.id)) ?? []).map((tabId) => ({ screenId: Number(row.id), tabId })));
  const shown = await inParallel(pairs, async (one) => ({ ...one, on: await getAllScreenTabFields(reader, one) }));
  return rows.map((row) => ({
    id: String(row.id),
    name: row.name ?? '',
    tabs: shown
      .filter((one) => one.screenId === Number(row.id))
      .map((one) => ({ id: String(one.tabId), fieldIds: one.on.flatMap((field) => field.id ?? []) })),
  }));
};

/** All eight in one request; Jira answers 404 where one is gone, and then they are searched for. */
export async function workflowRows(reader: Client, wanted: string[]): Promise<{ rows: Workflow[]; statuses: StatusInFull[] }> {
  const { workflows = [], statuses: used = [] } = await readWorkflows(reader, { workflowIds: wanted }).catch(async (thrown: unknown) => {
    if (!refused(thrown, 404)) throw thrown;
    const statuses: unknown[] = [];
    const all = await everyPage(async (startAt) => {
      const page = await searchWorkflows(reader, { scope: 'GLOBAL', expand: 'values.transitions', startAt });
      statuses.push(...(page.statuses ?? []));
      return page;
    });
    return { workflows: all.filter((one) => wanted.includes(one.id ?? '')), statuses };
  });
  return { rows: z.array(workflowShape).parse(workflows), statuses: z.array(statusShape).parse(used) };
}

/** Our rules as Jira lists them for this installation; undefined where it does not, as right after an installation. */
async function listedRules(reader: Client, environmentId: string, workflowId: string): Promise<RuleAris | undefined> {
  const { forgeRules = [] } = await workflowCapabilities(reader, { workflowId });
  const find = (module: string): string | undefined => forgeRules.find(({ id }) => id?.endsWith(`/${environmentId}/static/${module}`))?.id;
  const found = RULE_MODULES.flatMap((module) => {
    const ari = find(module);
    return ari === undefined ? [] : [[module, ari] as const];
  });
  return found.length === RULE_MODULES.length ? (Object.fromEntries(found) as unknown as RuleAris) : undefined;
}

const workflows: Reader<'workflows'> = async (reader, { ids, environmentId }) => {
  const found = await workflowRows(reader, idsOf(ids.workflows));
  const [first] = found.rows;
  return { ...found, aris: first && (await listedRules(reader, environmentId, first.id)) };
};

const grouped = <Row>(rows: readonly Row[], group: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(group(row), [...(groups.get(group(row)) ?? []), row]);
  return groups;
};

async function schemesOf(reader: Client, { ids }: Expected): Promise<SchemesRow> {
  const numbers = (values: Readonly<Record<string, string>>): number[] => idsOf(values).map(Number);
  const [types, screenRows, flows, screenSchemes] = await Promise.all([
    everyPage((startAt) => getIssueTypeSchemesMapping(reader, { issueTypeSchemeId: numbers(ids.workTypeScheme), startAt, maxResults: PAGE })),
    everyPage((startAt) =>
      getIssueTypeScreenSchemeMappings(reader, { issueTypeScreenSchemeId: numbers(ids.workTypeScreenScheme), startAt, maxResults: PAGE }),
    ),
    readWorkflowSchemes(reader, { workflowSchemeIds: idsOf(ids.workflowScheme) }),
    everyPage((startAt) => getScreenSchemes(reader, { id: numbers(ids.screenSchemes), startAt, maxResults: PAGE })),
  ]);
  const byScheme = grouped(types, (row) => row.issueTypeSchemeId);
  const byScreenScheme = grouped(screenRows, (row) => row.issueTypeScreenSchemeId);
  return {
    types: Object.fromEntries([...byScheme].map(([id, rows]) => [id, rows.map((row) => row.issueTypeId)])),
    screens: Object.fromEntries(
      [...byScreenScheme].map(([id, rows]) => [id, Object.fromEntries(rows.map((row) => [row.issueTypeId, row.screenSchemeId]))]),
    ),
    workflows: Object.fromEntries(
      flows.map((one) => [
        one.id,
        Object.fromEntries(one.workflowsForIssueTypes.flatMap((row) => row.issueTypeIds.map((id) => [id, row.workflow.id]))),
      ]),
    ),
    screenSchemes: screenSchemes.map((row) => {
      const view = row.screens?.view ?? row.screens?.default;
      return { id: String(row.id), view: String(view), create: String(row.screens?.create ?? row.screens?.default) };
    }),
  };
}

/** Which scheme each of these spaces runs on: its id by the id of the space. */
const ON: Record<
  SpaceScheme,
  (reader: Client, projectId: number[]) => Promise<{ id: string | number | undefined; projectIds: readonly string[] }[]>
> = {
  async workTypeScheme(reader, projectId) {
    const rows = await everyPage((startAt) => getIssueTypeSchemeForProjects(reader, { projectId, startAt }));
    return rows.map(({ issueTypeScheme, projectIds }) => ({ id: issueTypeScheme?.id, projectIds }));
  },
  async workTypeScreenScheme(reader, projectId) {
    const rows = await everyPage((startAt) => getIssueTypeScreenSchemeProjectAssociations(reader, { projectId, startAt }));
    return rows.map(({ issueTypeScreenScheme, projectIds }) => ({ id: issueTypeScreenScheme?.id, projectIds }));
  },
  async workflowScheme(reader, projectId) {
    const { values } = await getWorkflowSchemeProjectAssociations(reader, { projectId });
    return values.map(({ workflowScheme, projectIds }) => ({ id: workflowScheme?.id, projectIds }));
  },
};

const spaces: Reader<'spaces'> = async (reader, site) => {
  const projectId = site.projects.map((one) => Number(one.id));
  const schemes = schemesOf(reader, site);
  const rows = projectId.length === 0 ? [] : await everyPage((startAt) => searchProjects(reader, { id: projectId, startAt }));
  const there = rows.map((row) => Number(row.id));
  const on = await inParallel(there.length === 0 ? [] : SPACE_SCHEMES, async (scheme) => ({ scheme, rows: await ON[scheme](reader, there) }));
  const schemesFor = (id: string): Partial<Record<SpaceScheme, string>> =>
    Object.fromEntries(
      on.flatMap(({ scheme, rows: found }) => found.filter((one) => one.projectIds.includes(id)).map((one) => [scheme, String(one.id)])),
    );
  return {
    rows: rows.map(({ id, key, name }) => ({ id: String(id), key: key ?? '', name: name ?? '', schemes: schemesFor(String(id)) })),
    schemes: await schemes,
  };
};

/** Asked as the app, of every space at once. Spaces that are gone are left out of the answer, and told by `spaces`. */
const access: Reader<'access'> = async (_reader, { projects }, app) => {
  if (projects.length === 0) return [];
  const { projectPermissions } = await getBulkPermissions(app, {
    projectPermissions: [{ permissions: [...NEEDED_BY_APP], projects: projects.map((one) => Number(one.id)) }],
  });
  const may = (permission: string, id: string): boolean =>
    projectPermissions.some((one) => one.permission === permission && one.projects.includes(Number(id)));
  return projects.map(({ id }) => ({ id, lacks: NEEDED_BY_APP.filter((permission) => !may(permission, id)) }));
};

const READERS: { [Part in ReadingPart]-?: Reader<Part> } = {
  workflows,
  statuses,
  fields,
  screens,
  spaces,
  linkTypes,
  roles,
  resolutions,
  workTypes,
  access,
};
export const READING_PARTS = Object.keys(READERS) as ReadingPart[];

export interface Reading {
  actual: Actual;
  /** What could not be read, and why, in words. */
  unread: { part: ReadingPart; why: string }[];
}

/** `reader`: who looks. A part that Jira refuses to show is told as unread; anything else is thrown. */
export async function readParts({ person: reader, app }: Clients, site: Expected, parts: readonly ReadingPart[] = READING_PARTS): Promise<Reading> {
  const unread: Reading['unread'] = [];
  const pieces = await Promise.all(
    parts.map(async (part): Promise<Actual> => {
      try {
        return { [part]: await READERS[part](reader, site, app) };
      } catch (thrown) {
        if (!refused(thrown, 401, 403)) throw thrown;
        unread.push({ part, why: inWords(thrown) });
        return {};
      }
    }),
  );
  return { actual: Object.assign({}, ...pieces) as Actual, unread };
}
