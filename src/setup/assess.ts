/** Reads a site before anything is planned: as the administrator, and as the app. Writes nothing. */
import {
  getBulkPermissions,
  getFieldsPaginated,
  getMyPermissions,
  getStatusesByName,
  getWorkflowUsagesForStatus,
  readWorkflows,
  searchProjects,
} from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { type Assessment, type PlanNode, type SetupProgress, setupTarget, type Space } from '../contract';
import { getSecurityLevelMembers, getSecurityLevels, searchProjectsUsingSecuritySchemes } from '../jira/operations';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { NEEDED_BY_APP } from './app-permissions';
import { APP_ROLE, BLUEPRINT } from './blueprint';
import { type BlindLevel, findings, type Unfit, WORK_TYPES_PER_SPACE } from './findings';
import type { Installed } from './model';
import { PARTS } from './parts';
import { spaceOf } from './parts/existing';
import { ruleAris } from './parts/workflows';
import { type Clients, everyPage, inParallel, type PartKey, sameName, type Site, siteOf } from './site';

/** What the app itself knows. */
export interface Own {
  installed(): Promise<Installed | undefined>;
  progress(): Promise<SetupProgress>;
  /** Throws while the app's tables cannot be asked. */
  store(): Promise<unknown>;
  /** ms that Jira has asked these clients to wait. */
  waited(): number;
}

/** What has a name that may be taken before a space is chosen. */
const NAMED: readonly PartKey[] = ['linkTypes', 'roles', 'resolutions', 'statuses', 'workTypes', 'fields', 'workflows'];

/** No space is chosen yet, and nothing of it is read. */
const ANYWHERE = setupTarget.parse({ spaces: { kind: 'new', key: 'USM', name: 'USM' } });

const PAGE = 100;
/** So many spaces in one question about permissions (OpenAPI: getBulkPermissions). */
const SPACES_AT_ONCE = 1_000;

interface Meter {
  requests: number;
  longest: number;
}

const measured = (client: Client, meter: Meter): Client => ({
  async sendRequest(options) {
    meter.requests += 1;
    const begun = now();
    try {
      return await client.sendRequest(options);
    } finally {
      meter.longest = Math.max(meter.longest, now() - begun);
    }
  },
});

async function nodesOf(site: Site): Promise<PlanNode[]> {
  const surveys = await Promise.all(PARTS.filter((part) => NAMED.includes(part.key)).map((part) => part.survey(site)));
  return surveys.flatMap(({ items }) => items.map((one) => one.node));
}

const held = z.object({ havePermission: z.boolean() });

async function rightsOf(person: Client): Promise<{ administers: boolean; changesInBulk: boolean }> {
  const { permissions = {} } = await getMyPermissions(person, { permissions: 'ADMINISTER,BULK_CHANGE' });
  const has = (key: string): boolean => held.safeParse(permissions[key]).data?.havePermission ?? false;
  return { administers: has('ADMINISTER'), changesInBulk: has('BULK_CHANGE') };
}

type ProjectRow = NonNullable<Awaited<ReturnType<typeof searchProjects>>['values']>[number];

const spaceRows = (person: Client): Promise<ProjectRow[]> =>
  everyPage((startAt) => searchProjects(person, { startAt, maxResults: PAGE, orderBy: 'key', status: ['live', 'archived'], expand: 'issueTypes' }));

/** Spaces in which the app may do all it has to: asked as the app, of all at once. */
async function openToApp(app: Client, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const chunks = Array.from({ length: Math.ceil(ids.length / SPACES_AT_ONCE) }, (_, at) => ids.slice(at * SPACES_AT_ONCE, (at + 1) * SPACES_AT_ONCE));
  const answers = await inParallel(chunks, (projects) =>
    getBulkPermissions(app, { projectPermissions: [{ permissions: [...NEEDED_BY_APP], projects: [...projects] }] }),
  );
  const grants = answers.flatMap((one) => one.projectPermissions);
  return new Set(ids.filter((id) => NEEDED_BY_APP.every((key) => grants.some((one) => one.permission === key && one.projects.includes(id)))));
}

const CLOSED_TO_APP = 'The app may not do there all it has to. Give the role atlassian-addons-project-access what it lacks in the permission scheme.';
const FULL = `It has no room for ${String(BLUEPRINT.workTypes.length)} more work types: a space takes ${String(WORK_TYPES_PER_SPACE)}.`;

function whyUnfit(row: ProjectRow, open: ReadonlySet<number>): Unfit | undefined {
  if (row.archived === true) return 'archived';
  if (spaceOf(row).unfit !== undefined) return row.projectTypeKey === 'service_desk' && row.style !== 'next-gen' ? 'serviceSpace' : 'teamManaged';
  if (!open.has(Number(row.id))) return 'closedToApp';
  return (row.issueTypes ?? []).length + BLUEPRINT.workTypes.length > WORK_TYPES_PER_SPACE ? 'full' : undefined;
}

/** Spaces as people choose them. Where USM works already it has room for its own. */
function spacesOf(rows: readonly ProjectRow[], open: ReadonlySet<number>, installed: Installed | undefined): (Space & { why?: Unfit })[] {
  return rows.map((row) => {
    const { id, key, name, unfit } = spaceOf(row);
    const ours = installed?.projects.some((one) => one.id === id) ?? false;
    const reason = whyUnfit(row, open);
    const why = ours && reason === 'full' ? undefined : reason;
    const words = unfit ?? (why === 'closedToApp' ? CLOSED_TO_APP : why === 'full' ? FULL : undefined);
    return { id, key, name, ours, ...(why && words !== undefined && { unfit: words, why }) };
  });
}

/** A level lets the app in by the role that every app holds; by other ways only as far as Jira tells. */
async function blindLevels(person: Client, roleId: string | undefined, rows: readonly ProjectRow[]): Promise<BlindLevel[]> {
  const uses = await everyPage((startAt) => searchProjectsUsingSecuritySchemes(person, { startAt }));
  const schemeId = [...new Set(uses.map((one) => one.issueSecuritySchemeId))];
  if (schemeId.length === 0) return [];
  const [levels, members] = await Promise.all([
    everyPage((startAt) => getSecurityLevels(person, { schemeId, startAt })),
    everyPage((startAt) => getSecurityLevelMembers(person, { schemeId, startAt })),
  ]);
  const letsIn = (id: string): boolean =>
    members.some(
      (one) => one.issueSecurityLevelId === id && one.holder.type === 'projectRole' && (one.holder.value ?? one.holder.parameter) === roleId,
    );
  const keyOf = new Map(rows.map((row) => [String(row.id), row.key ?? '']));
  return levels
    .filter((one) => !letsIn(one.id))
    .map(({ name, issueSecuritySchemeId }) => ({
      name,
      spaces: uses.filter((use) => use.issueSecuritySchemeId === issueSecuritySchemeId).flatMap((use) => keyOf.get(use.projectId) ?? []),
    }))
    .filter((one) => one.spaces.length > 0);
}

/** Names of the workflows that use statuses which stand in the way. */
async function workflowsOf(person: Client, nodes: readonly PlanNode[]): Promise<Record<string, string[]>> {
  const conflicts = nodes.filter((node) => node.kind === 'status' && node.action === 'conflict');
  if (conflicts.length === 0) return {};
  const rows = (await getStatusesByName(person, { name: conflicts.map((node) => node.name) })).filter((row) => row.scope?.type !== 'PROJECT');
  const used = await inParallel(rows, async (row) => {
    const { workflows } = await getWorkflowUsagesForStatus(person, { statusId: String(row.id) });
    return { name: row.name, ids: (workflows?.values ?? []).flatMap((one) => one.id ?? []) };
  });
  const workflowIds = [...new Set(used.flatMap((one) => one.ids))];
  if (workflowIds.length === 0) return {};
  const { workflows = [] } = await readWorkflows(person, { workflowIds });
  return Object.fromEntries(
    conflicts.map((node) => {
      const ids = used.find((one) => sameName(one.name, node.name))?.ids ?? [];
      return [node.id, workflows.filter((one) => ids.includes(String(one.id))).map((one) => one.name ?? '')];
    }),
  );
}

/** Keys of the spaces that have a work type of the name. */
const spacesWith = (nodes: readonly PlanNode[], rows: readonly ProjectRow[]): Record<string, string[]> =>
  Object.fromEntries(
    nodes
      .filter((node) => node.kind === 'workType')
      .map((node) => [
        node.id,
        rows.filter((row) => row.archived !== true && row.issueTypes?.some((type) => sameName(type.name, node.name))).map((row) => row.key ?? ''),
      ]),
  );

/** Whether Jira lists our rules; any other trouble is told as what it is. */
const listsRules = (site: Site): Promise<boolean> =>
  ruleAris(site).then(
    () => true,
    (thrown: unknown) => {
      if (thrown instanceof Fault && thrown.code === 'platform.unavailable' && thrown.cause === undefined) return false;
      throw thrown;
    },
  );

const works = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false,
  );

/** Everything that does not depend on another answer is asked beside it. */
export async function assess(clients: Clients, environmentId: string, own: Own): Promise<Assessment> {
  const begun = now();
  const meter: Meter = { requests: 0, longest: 0 };
  const site = siteOf({ person: measured(clients.person, meter), app: measured(clients.app, meter) }, ANYWHERE, environmentId);
  const { person, app } = site;
  const [rights, nodes, rows, fields, rulesListed, installed, progress, storeReady] = await Promise.all([
    rightsOf(person),
    nodesOf(site),
    spaceRows(person),
    getFieldsPaginated(person, { type: ['custom'], maxResults: 1 }),
    listsRules(site),
    own.installed(),
    own.progress(),
    works(own.store()),
  ]);
  const live = rows.filter((row) => row.archived !== true).map((row) => Number(row.id));
  const [open, blind, workflows] = await Promise.all([
    openToApp(app, live),
    blindLevels(person, site.ids.roles[APP_ROLE.key], rows),
    workflowsOf(person, nodes),
  ]);
  const spaces = spacesOf(rows, open, installed);
  const found = findings({
    ...rights,
    nodes,
    usedBy: { ...workflows, ...spacesWith(nodes, rows) },
    unfit: spaces.flatMap(({ key, why }) => (why ? [{ key, why }] : [])),
    fields: fields.total ?? 0,
    rulesListed,
    blind,
    installed,
    progress,
    storeReady,
    longest: meter.longest,
    waited: own.waited(),
  });
  return {
    state: 'ok',
    asOf: now(),
    took: now() - begun,
    requests: meter.requests,
    findings: found,
    spaces: spaces.map(({ why: _why, ...space }) => space),
  };
}
