/**
 * The spaces. A new one is company-managed, because only those take schemes; of type software, because its boards show several statuses a column and swimlanes
 * by query, which the USM boards need; with the site's default permission scheme: who may see work is the organisation's decision, not ours.
 * An existing one is switched to copies of its schemes.
 */
import {
  assignIssueTypeSchemeToProject,
  assignIssueTypeScreenSchemeToProject,
  assignSchemeToProject,
  createProject,
  createWorkflowScheme,
  deleteProject,
  getAllWorkflowSchemes,
  getCurrentUser,
  getWorkflowSchemeProjectAssociations,
  searchProjects,
} from 'jira.js/cloud';
import { JiraError } from '../../jira/client';
import { ended, switchWorkflowScheme } from '../../jira/operations';
import { BLUEPRINT, MADE_BY } from '../blueprint';
import { statusMappings } from '../status-mapping';
import { everyPage, type Former, idOf, sameName, type Site } from '../site';
import { flowsOfScheme, flowsOfSpace, type FoundSpace, schemesOf, spacesByKey } from './existing';
import { part, type Seen } from './part';

const SCHEME = BLUEPRINT.workflowScheme.key;

interface SpaceItem {
  key: string;
  name: string;
  existing: boolean;
}

/** A new space is ours when it runs on our workflow scheme. */
async function isOurs({ person, ids }: Site, projectId: string): Promise<boolean> {
  const { values } = await getWorkflowSchemeProjectAssociations(person, { projectId: [Number(projectId)] });
  const schemeId = ids.workflowScheme[SCHEME];
  return schemeId !== undefined && values.some((one) => String(one.workflowScheme?.id) === schemeId && one.projectIds.includes(projectId));
}

async function lookForNew(site: Site, { key, name }: SpaceItem): Promise<Seen | undefined> {
  const byKey = (await spacesByKey(site, [key])).get(key);
  if (byKey) {
    if (await isOurs(site, byKey.id)) return { id: byKey.id };
    return { id: byKey.id, wrong: `The key ${key} belongs to the space “${byKey.name}”. Choose another key.` };
  }
  const { values = [] } = await searchProjects(site.person, { query: name });
  const byOtherKey = values.find((row) => sameName(row.name, name));
  return byOtherKey && { id: String(byOtherKey.id), wrong: `The space ${byOtherKey.key ?? ''} has this name. Choose another name.` };
}

const seenSpace = ({ id, unfit }: FoundSpace): Seen => ({ id, ...(unfit !== undefined && { wrong: unfit }) });

/** The copies made for a space. */
const copies = ({ ids }: Site, key: string): Former => ({
  workTypeScheme: idOf(ids, 'workTypeScheme', key),
  workTypeScreenScheme: idOf(ids, 'workTypeScreenScheme', key),
  workflowScheme: idOf(ids, 'workflowScheme', key),
});

const beforeUsm = (key: string): string => `Workflows of ${key} before USM`;

/**
 * Jira gives no way back to its Default Workflow Scheme for a space with work items (OpenAPI: assignSchemeToProject). Then the space gets a scheme that says
 * the same under a name of its own.
 */
async function likeTheDefault({ person }: Site, { key }: FoundSpace): Promise<string> {
  const rows = await everyPage((startAt) => getAllWorkflowSchemes(person, { startAt }));
  const made = rows.find((row) => sameName(row.name, beforeUsm(key)));
  return String((made ?? (await createWorkflowScheme(person, { name: beforeUsm(key), description: MADE_BY }))).id);
}

async function switchFlow(site: Site, space: FoundSpace, id: string): Promise<void> {
  const { person } = site;
  const now = await flowsOfSpace(site, space);
  if (now.id === id) return;
  const targetSchemeId = id === '' ? await likeTheDefault(site, space) : id;
  if (now.id === targetSchemeId) return;
  const mappings = await statusMappings(site, now, await flowsOfScheme(site, targetSchemeId));
  await ended(person, await switchWorkflowScheme(person, { projectId: space.id, targetSchemeId, mappings }));
}

/** Back to the Default Workflow Scheme, as far as Jira lets a space. */
async function assignDefault(site: Site, space: FoundSpace): Promise<void> {
  if ((await flowsOfSpace(site, space)).id === '') return;
  await assignSchemeToProject(site.person, { projectId: space.id }).catch((thrown: unknown) => {
    if (!(thrown instanceof JiraError) || thrown.status !== 400) throw thrown;
    return switchFlow(site, space, '');
  });
}

/** Work types last on the way in, first on the way out: nobody can make a USM work item while its screens or its workflow are not there. */
async function assignTypes({ person }: Site, { id: projectId }: FoundSpace, now: Former, to: Former): Promise<void> {
  if (now.workTypeScheme !== to.workTypeScheme) await assignIssueTypeSchemeToProject(person, { projectId, issueTypeSchemeId: to.workTypeScheme });
}

async function assignScreens({ person }: Site, { id: projectId }: FoundSpace, now: Former, to: Former): Promise<void> {
  if (now.workTypeScreenScheme !== to.workTypeScreenScheme)
    await assignIssueTypeScreenSchemeToProject(person, { projectId, issueTypeScreenSchemeId: to.workTypeScreenScheme });
}

async function switchTo(site: Site, space: FoundSpace, to: Former): Promise<void> {
  const now = await schemesOf(site, space);
  await assignScreens(site, space, now, to);
  await switchFlow(site, space, to.workflowScheme);
  await assignTypes(site, space, now, to);
}

async function switchBack(site: Site, space: FoundSpace, to: Former): Promise<string | undefined> {
  const now = await schemesOf(site, space);
  await assignTypes(site, space, now, to);
  if (to.workflowScheme === '') await assignDefault(site, space);
  else await switchFlow(site, space, to.workflowScheme);
  await assignScreens(site, space, now, to);
  return (await flowsOfSpace(site, space)).id === to.workflowScheme
    ? undefined
    : `It follows “${beforeUsm(space.key)}” now, which says the same as Jira’s Default Workflow Scheme: Jira gives a space with work items no way back to that.`;
}

const same = (a: Former, b: Former): boolean =>
  a.workTypeScheme === b.workTypeScheme && a.workTypeScreenScheme === b.workTypeScreenScheme && a.workflowScheme === b.workflowScheme;

/** Whether the space runs on its copies already; without ids they have yet to be made. */
async function isSwitched(site: Site, space: FoundSpace): Promise<boolean> {
  if (site.ids.workflowScheme[space.key] === undefined) return false;
  return same(await schemesOf(site, space), copies(site, space.key));
}

export const project = part<SpaceItem>({
  key: 'project',
  kind: 'project',
  title: 'Space',
  alone: true,
  items: ({ spaces }) =>
    spaces.kind === 'new'
      ? [{ key: spaces.key, name: spaces.name, existing: false }]
      : spaces.keys.map((key) => ({ key, name: key, existing: true })),
  /** An existing one: its schemes, its statuses, three assignments and the wait for Jira's task. */
  requests: ({ existing }) => (existing ? 20 : 2),
  async look(site, items) {
    const [first] = items;
    if (first && !first.existing) {
      const seen = await lookForNew(site, first);
      return new Map(seen ? [[first.key, seen]] : []);
    }
    const found = await spacesByKey(
      site,
      items.map(({ key }) => key),
    );
    return new Map(
      items.map(({ key }) => {
        const space = found.get(key);
        return [key, space ? seenSpace(space) : { id: '', wrong: 'There is no such space, or you may not see it.' }];
      }),
    );
  },
  async inspect(site, { key, existing }, { id }) {
    if (!existing) return undefined;
    return (await isSwitched(site, { id, key, name: key }))
      ? undefined
      : { lacks: 'It is switched to copies of its schemes with USM’s part added. The schemes it has now stay as they are.' };
  },
  async make({ person, ids }, { key, name }) {
    const { accountId = '' } = await getCurrentUser(person);
    const made = await createProject(person, {
      key,
      name,
      description: MADE_BY,
      projectTypeKey: 'software',
      leadAccountId: accountId,
      assigneeType: 'UNASSIGNED',
      issueTypeScheme: Number(idOf(ids, 'workTypeScheme', BLUEPRINT.workTypeScheme.key)),
      issueTypeScreenScheme: Number(idOf(ids, 'workTypeScreenScheme', BLUEPRINT.workTypeScreenScheme.key)),
      workflowScheme: Number(idOf(ids, 'workflowScheme', SCHEME)),
    });
    return String(made.id);
  },
  async complete(site, { key, existing }, id) {
    if (!existing) return;
    const space: FoundSpace = { id, key, name: key };
    if (!site.former[key]) {
      site.former[key] = await schemesOf(site, space);
      // Kept before the first assignment: a run that dies in the middle still knows what the space had.
      await site.intend('project', [key]);
    }
    await switchTo(site, space, copies(site, key));
  },
  async remove(site, { key, existing }, id) {
    const former = site.former[key];
    if (!existing) await deleteProject(site.person, { projectIdOrKey: id, enableUndo: false });
    else if (former) return switchBack(site, { id, key, name: key }, former);
    return undefined;
  },
});
