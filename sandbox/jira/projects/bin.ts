/** Archiving projects; deleting them, at once or later, for good or into the recycle bin; and taking them back. */
import { administratorsOnly } from '../configure';
import { isAdministrator } from '../lookups';
import { badRequest, forbidden, noContent, notFound, ok, operation, requirePerson, type Call, type Jira, type Operation } from '../rest';
import type { DeletedProject, Project, Store } from '../store';
import { seeTask, startTask } from '../tasks';
import { visibleProject } from './find';
import { projectDetailsBean } from './projects';

const one = '/rest/api/3/project/{projectIdOrKey}';
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Days that a project stays in the bin. */
const KEPT_DAYS = 60;

/** Takes a project with all that is in it off the site. */
function takeOut({ store, clock }: Jira, project: Project, deletedBy: string): DeletedProject {
  const issues = store.issues.filter((issue) => issue.projectId === project.id);
  const links = [...new Set(issues.flatMap((issue) => store.linksOf(issue.id)))];
  for (const link of links) store.links.delete(link.id);
  for (const issue of issues) store.deleteIssue(issue);
  store.projects.delete(project.id);
  return { id: project.id, deletedBy, deleted: clock.now().getTime(), project, issues, links };
}

/** What a project that is gone for good leaves behind in the configuration of the site. */
function forget(store: Store, { project }: DeletedProject): void {
  for (const field of store.fields.all()) {
    // A context whose last project goes would otherwise read as one for all projects.
    field.contexts = field.contexts.filter((context) => context.projectIds.length !== 1 || context.projectIds[0] !== project.id);
    for (const context of field.contexts) context.projectIds = context.projectIds.filter((id) => id !== project.id);
  }
  for (const avatar of store.avatars.filter(({ type, ownerId }) => type === 'project' && ownerId === project.id)) store.avatars.delete(avatar.id);
}

function putBack({ store }: Jira, { id, project, issues, links }: DeletedProject): Project {
  store.projects.put(project);
  for (const issue of issues) store.putIssue(issue);
  // the other end of a link may have gone in the meantime
  for (const link of links) if (store.issues.get(link.sourceId) && store.issues.get(link.destinationId)) store.links.put(link);
  store.deletedProjects.delete(id);
  return project;
}

/** Projects in the bin; what has been there too long is gone. */
export function binnedProjects({ store, clock }: Jira): DeletedProject[] {
  const oldest = clock.now().getTime() - KEPT_DAYS * DAY_MS;
  for (const row of store.deletedProjects.filter(({ deleted }) => deleted < oldest)) {
    store.deletedProjects.delete(row.id);
    forget(store, row);
  }
  return store.deletedProjects.all();
}

const unknown = (idOrKey: string | undefined) => notFound(`No project could be found with id or key '${idOrKey ?? ''}'.`);

/** The document has no 403 here: whoever may not delete a project does not find it. */
function deletable(call: Call): Project {
  const project = visibleProject(call);
  if (project.archived) throw badRequest('An archived project cannot be deleted. Restore it first.');
  if (!isAdministrator(call.jira.store, requirePerson(call))) throw unknown(call.params.projectIdOrKey);
  return project;
}

export const binOperations: Operation[] = [
  operation('deleteProject', 'DELETE', one, (call) => {
    const { store } = call.jira;
    const { id } = requirePerson(call);
    const row = takeOut(call.jira, deletable(call), id);
    if (call.query.get('enableUndo') === 'false') forget(store, row);
    else store.deletedProjects.put(row);
    return noContent();
  }),
  operation('deleteProjectAsynchronously', 'POST', `${one}/delete`, (call) => {
    const { jira } = call;
    const project = deletable(call);
    const { id: submittedBy } = requirePerson(call);
    const task = startTask(jira, {
      submittedBy,
      kind: 'project',
      description: `Delete project ${project.name}`,
      work: () => {
        if (jira.store.projects.get(project.id)) forget(jira.store, takeOut(jira, project, submittedBy));
        return undefined;
      },
    });
    return seeTask(jira, task);
  }),
  ...administratorsOnly(
    () => forbidden('You do not have permission to archive projects.'),
    [
      operation('archiveProject', 'POST', `${one}/archive`, (call) => {
        const project = visibleProject(call);
        project.archived ??= { by: requirePerson(call).id, at: call.jira.clock.now().getTime() };
        return noContent();
      }),
    ],
  ),
  ...administratorsOnly(
    () => notFound('You do not have permission to restore projects.'),
    [
      operation('restore', 'POST', `${one}/restore`, ({ jira, params }) => {
        const idOrKey = params.projectIdOrKey ?? '';
        const archived = jira.store.project(idOrKey);
        if (archived?.archived) {
          delete archived.archived;
          return ok(projectDetailsBean(jira, archived));
        }
        const row = binnedProjects(jira).find(({ project }) => project.id === idOrKey || project.key === idOrKey.toUpperCase());
        if (!row) throw unknown(idOrKey);
        return ok(projectDetailsBean(jira, putBack(jira, row)));
      }),
    ],
  ),
];
