/** Finding the project of a path, for people who may see or change it. */
import { hasPermission, isAdministrator } from '../lookups';
import { forbidden, notFound, type Call } from '../rest';
import type { Project } from '../store';

const unknown = (idOrKey: string) => notFound(`No project could be found with ${/^\d+$/.test(idOrKey) ? 'id' : 'key'} '${idOrKey}'.`);

/** The project of an id or a key, or 404 where there is none or the caller may not see it. */
export function visibleProject(call: Call, idOrKey = call.params.projectIdOrKey ?? ''): Project {
  const { store } = call.jira;
  const project = store.project(idOrKey);
  if (!project) throw unknown(idOrKey);
  if (!isAdministrator(store, call.person) && !hasPermission(store, call.person, 'BROWSE_PROJECTS', project)) throw unknown(idOrKey);
  return project;
}

/** Whether somebody may change how the project is set up. */
export const mayAdminister = (call: Call, project: Project): boolean =>
  isAdministrator(call.jira.store, call.person) || hasPermission(call.jira.store, call.person, 'ADMINISTER_PROJECTS', project);

/** The project of the path for somebody who may administer it: 404 or 403 otherwise. */
export function administeredProject(call: Call, idOrKey = call.params.projectIdOrKey ?? ''): Project {
  const project = visibleProject(call, idOrKey);
  if (!mayAdminister(call, project)) throw forbidden('You cannot edit the configuration of this project.');
  return project;
}
