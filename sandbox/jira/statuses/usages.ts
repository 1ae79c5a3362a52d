/** Where a status is used: projects, workflows, and work types of a project. */
import { administratorsOnly, rowOr404 } from '../configure';
import { workflowFor, workTypesOf } from '../lookups';
import { badRequest, ok, operation, type Call, type Operation } from '../rest';
import type { Project, Status, Store, Workflow } from '../store';

/** OpenAPI: getProjectUsagesForStatus, "an integer between 1 and 200"; 50 where nothing is said. */
const MOST = 200;
const USUAL = 50;

const path = '/rest/api/3/statuses/{statusId}';

const statusOf = ({ jira, params }: Call): Status => rowOr404(jira.store.statuses, params.statusId, 'The status was not found.');
const uses = (workflow: Workflow, status: Status): boolean => workflow.statuses.some(({ statusId }) => statusId === status.id);

const usingTypes = (store: Store, project: Project, status: Status) =>
  workTypesOf(store, project.id).filter((type) => uses(workflowFor(store, project.id, type.id), status));

/** A page of ids; the token is where the next one begins. */
export function usagePage({ query }: Call, ids: string[]) {
  const size = Number(query.get('maxResults') ?? USUAL);
  if (!Number.isInteger(size) || size < 1 || size > MOST) throw badRequest(`maxResults has to be a whole number between 1 and ${MOST}.`);
  const start = Number(query.get('nextPageToken') ?? 0);
  if (!Number.isInteger(start) || start < 0) throw badRequest('The page token is not valid.');
  const end = start + size;
  return { values: ids.slice(start, end).map((id) => ({ id })), ...(end < ids.length && { nextPageToken: String(end) }) };
}

const ids = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

export const usageOperations: Operation[] = administratorsOnly('Only Jira administrators can see where statuses are used.', [
  operation('getProjectUsagesForStatus', 'GET', `${path}/projectUsages`, (call) => {
    const { store } = call.jira;
    const status = statusOf(call);
    const projects = store.projects.filter((one) => usingTypes(store, one, status).length > 0);
    return ok({ statusId: status.id, projects: usagePage(call, ids(projects)) });
  }),
  operation('getWorkflowUsagesForStatus', 'GET', `${path}/workflowUsages`, (call) => {
    const status = statusOf(call);
    return ok({ statusId: status.id, workflows: usagePage(call, ids(call.jira.store.workflows.filter((one) => uses(one, status)))) });
  }),
  operation('getProjectIssueTypeUsagesForStatus', 'GET', `${path}/project/{projectId}/issueTypeUsages`, (call) => {
    const status = statusOf(call);
    const project = rowOr404(call.jira.store.projects, call.params.projectId, 'The project was not found.');
    return ok({ statusId: status.id, projectId: project.id, issueTypes: usagePage(call, ids(usingTypes(call.jira.store, project, status))) });
  }),
]);
