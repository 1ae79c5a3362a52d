/**
 * The space. Company-managed, because only those take schemes; of type software, because its boards show several statuses a column and swimlanes by query,
 * which the USM boards need. The site's default permission scheme: who may see work is the organisation's decision, not ours.
 */
import { createProject, getCurrentUser, getWorkflowSchemeProjectAssociations, searchProjects } from 'jira.js/cloud';
import { BLUEPRINT, MADE_BY } from '../blueprint';
import { idOf, sameName, type Site } from '../site';
import { part, type Seen } from './part';

const SCHEME = BLUEPRINT.workflowScheme.key;

interface ProjectItem {
  key: string;
  name: string;
}

/** A space is ours when it runs on our workflow scheme. */
async function isOurs({ person, ids }: Site, projectId: string): Promise<boolean> {
  const { values } = await getWorkflowSchemeProjectAssociations(person, { projectId: [Number(projectId)] });
  const schemeId = ids.workflowScheme[SCHEME];
  return schemeId !== undefined && values.some((one) => String(one.workflowScheme?.id) === schemeId && one.projectIds.includes(projectId));
}

async function look(site: Site, { key, name }: ProjectItem): Promise<Seen | undefined> {
  const [byKey] = (await searchProjects(site.person, { keys: [key] })).values ?? [];
  if (byKey?.id !== undefined) {
    if (await isOurs(site, byKey.id)) return { id: byKey.id };
    return { id: byKey.id, wrong: `The key ${key} belongs to the space “${byKey.name ?? ''}”. Choose another key.` };
  }
  const { values = [] } = await searchProjects(site.person, { query: name });
  const byOtherKey = values.find((row) => sameName(row.name, name));
  return byOtherKey && { id: String(byOtherKey.id), wrong: `The space ${byOtherKey.key ?? ''} has this name. Choose another name.` };
}

export const project = part<ProjectItem>({
  key: 'project',
  kind: 'project',
  title: 'Space',
  items: ({ projectKey, projectName }) => [{ key: projectKey, name: projectName }],
  requests: () => 2,
  async look(site, [item]) {
    const seen = item && (await look(site, item));
    return new Map(item && seen ? [[item.key, seen]] : []);
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
});
