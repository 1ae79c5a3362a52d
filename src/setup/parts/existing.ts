/**
 * Spaces that are there already. Their schemes may be shared with others, so they are never changed: each space gets copies with USM's part added, and is
 * switched to them. The schemes it had stay as they are, and undo gives them back.
 */
import {
  getIssueTypeSchemeForProjects,
  getIssueTypeSchemesMapping,
  getIssueTypeScreenSchemeMappings,
  getIssueTypeScreenSchemeProjectAssociations,
  getWorkflowScheme,
  getWorkflowSchemeProjectAssociations,
  searchProjects,
} from 'jira.js/cloud';
import type { SetupTarget } from '../../contract';
import { Fault } from '../../platform/errors';
import type { Item } from '../blueprint';
import { everyPage, type Former, type Site } from '../site';

/** A scheme of one space. `space`: key of the existing space it is made for; absent for the scheme that all new spaces share. */
export interface SpaceScheme extends Item {
  space?: string;
}

/** The shared scheme for a new space, one copy for each existing one. */
export const copiesOf =
  (shared: Item, what: string) =>
  ({ spaces }: SetupTarget): SpaceScheme[] =>
    spaces.kind === 'new' ? [shared] : spaces.keys.map((space) => ({ key: space, name: `USM ${what} of ${space}`, space }));

export interface FoundSpace {
  id: string;
  key: string;
  name: string;
  /** Why USM cannot work there. */
  unfit?: string;
}

const TEAM_MANAGED =
  'It is team-managed: Jira lets such a space keep its own workflows and work types, which USM has to bring along. Use a company-managed space.';
const SERVICE_DESK =
  'It is a service space of Jira Service Management, whose request types hang on its own work types. Use a business or software space.';

/** What a row of Jira's list of spaces means for USM. */
export function spaceOf(row: {
  id?: string;
  key?: string;
  name?: string;
  style?: string;
  simplified?: boolean;
  projectTypeKey?: string;
  archived?: boolean;
}): FoundSpace {
  const unfit =
    row.style === 'next-gen' || row.simplified === true
      ? TEAM_MANAGED
      : row.projectTypeKey === 'service_desk'
        ? SERVICE_DESK
        : row.archived === true
          ? 'It is archived.'
          : undefined;
  return { id: String(row.id), key: row.key ?? '', name: row.name ?? '', ...(unfit !== undefined && { unfit }) };
}

/** Spaces by key, in one request. */
export async function spacesByKey(site: Site, keys: readonly string[]): Promise<ReadonlyMap<string, FoundSpace>> {
  const rows = await everyPage((startAt) => searchProjects(site.person, { keys: [...keys], startAt }));
  return new Map(rows.map((row) => [row.key ?? '', spaceOf(row)]));
}

async function space(site: Site, key: string): Promise<FoundSpace> {
  const found = (await spacesByKey(site, [key])).get(key);
  if (!found) throw new Fault('person.conflict', `The space ${key} is gone. Make a new plan.`);
  return found;
}

const idOfScheme = (scheme: { id?: string | number | undefined } | undefined, what: string, key: string): string => {
  if (scheme?.id === undefined) throw new Fault('person.conflict', `Jira does not say which ${what} the space ${key} has. Nothing was changed.`);
  return String(scheme.id);
};

const typeScheme = async ({ person }: Site, { id, key }: FoundSpace): Promise<string> => {
  const { values = [] } = await getIssueTypeSchemeForProjects(person, { projectId: [Number(id)] });
  return idOfScheme(values[0]?.issueTypeScheme, 'work type scheme', key);
};

const screenScheme = async ({ person }: Site, { id, key }: FoundSpace): Promise<string> => {
  const { values = [] } = await getIssueTypeScreenSchemeProjectAssociations(person, { projectId: [Number(id)] });
  return idOfScheme(values[0]?.issueTypeScreenScheme, 'work type screen scheme', key);
};

/** Which workflow each work type of a space follows. Names, as Jira's schemes have them. */
export interface Flows {
  /** Of the scheme; '' for Jira's Default Workflow Scheme, which has none (OpenAPI: getWorkflowSchemeProjectAssociations). */
  id: string;
  byType: Readonly<Record<string, string>>;
  byDefault: string | undefined;
}

type Scheme = Awaited<ReturnType<typeof getWorkflowScheme>>;

const flowsOf = ({ id, issueTypeMappings = {}, defaultWorkflow }: Scheme): Flows => ({
  id: id === undefined ? '' : String(id),
  byType: Object.fromEntries(Object.entries(issueTypeMappings).map(([type, name]) => [type, String(name)])),
  byDefault: defaultWorkflow,
});

export async function flowsOfSpace({ person }: Site, { id, key }: FoundSpace): Promise<Flows> {
  const { values } = await getWorkflowSchemeProjectAssociations(person, { projectId: [Number(id)] });
  const scheme = values[0]?.workflowScheme;
  if (!scheme) throw new Fault('person.conflict', `Jira does not say which workflow scheme the space ${key} has. Nothing was changed.`);
  return flowsOf(scheme);
}

export const flowsOfScheme = async ({ person }: Site, id: string): Promise<Flows> => flowsOf(await getWorkflowScheme(person, { id: Number(id) }));

/** The schemes a space has now. */
export async function schemesOf(site: Site, found: FoundSpace): Promise<Former> {
  const [workTypeScheme, workTypeScreenScheme, flows] = await Promise.all([
    typeScheme(site, found),
    screenScheme(site, found),
    flowsOfSpace(site, found),
  ]);
  return { workTypeScheme, workTypeScreenScheme, workflowScheme: flows.id };
}

/** Work types of a space, in their order, and the one it begins with. */
export async function typesOfSpace(site: Site, key: string): Promise<{ ids: string[]; byDefault: string | undefined }> {
  const found = await space(site, key);
  const { values = [] } = await getIssueTypeSchemeForProjects(site.person, { projectId: [Number(found.id)] });
  const scheme = values[0]?.issueTypeScheme;
  const issueTypeSchemeId = [Number(idOfScheme(scheme, 'work type scheme', key))];
  const rows = await everyPage((startAt) => getIssueTypeSchemesMapping(site.person, { issueTypeSchemeId, startAt }));
  return { ids: rows.map((row) => row.issueTypeId), byDefault: scheme?.defaultIssueTypeId };
}

/** Which screens each work type of a space shows. */
export async function screensOfSpace(site: Site, key: string): Promise<{ issueTypeId: string; screenSchemeId: string }[]> {
  const scheme = await screenScheme(site, await space(site, key));
  const rows = await everyPage((startAt) => getIssueTypeScreenSchemeMappings(site.person, { issueTypeScreenSchemeId: [Number(scheme)], startAt }));
  return rows.map(({ issueTypeId, screenSchemeId }) => ({ issueTypeId, screenSchemeId }));
}

/** Workflows of a space by its key. */
export const workflowsOfSpace = async (site: Site, key: string): Promise<Flows> => flowsOfSpace(site, await space(site, key));
