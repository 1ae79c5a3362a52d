/** Which project uses which security scheme, and what becomes of the levels of its work items. */
import { z } from 'zod';
import { securityLevelBean } from '../beans';
import { administratorsOnly, chosenBy, idSchema, personsOnly } from '../configure';
import { change } from '../issues/change';
import { existing, hasPermission } from '../lookups';
import { administeredProject, visibleProject } from '../projects/find';
import { notFound, ok, operation, page, requirePerson, type Answer, type Call, type Operation } from '../rest';
import { refuseWhileRunning, seeTask, startTask } from '../tasks';
import { path, REFUSED, schemeBean, levelOr404, schemeOr404 } from './schemes';

const associateInput = z.object({
  projectId: idSchema,
  schemeId: idSchema.nullable(),
  oldToNewSecurityLevelMappings: z.array(z.object({ oldLevelId: idSchema.nullable(), newLevelId: idSchema.nullable() })).nullish(),
});

function associate(call: Call<z.infer<typeof associateInput>>): Answer {
  const { jira, body } = call;
  const { store } = jira;
  const { id: submittedBy } = requirePerson(call);
  const project = store.projects.get(body.projectId);
  if (!project) throw notFound(`Project with ID ${body.projectId} not found.`);
  const target = () => (body.schemeId === null ? undefined : schemeOr404(store, body.schemeId));
  const scheme = target();
  const mappings = new Map((body.oldToNewSecurityLevelMappings ?? []).map((one) => [one.oldLevelId, one.newLevelId]));
  for (const id of mappings.values()) if (scheme && id !== null) levelOr404(scheme, id);
  refuseWhileRunning(store, 'security');
  const task = startTask(jira, {
    submittedBy,
    kind: 'security',
    description: `Associate issue security scheme with ${project.key}`,
    work: () => {
      const next = target();
      const kept = new Set(next?.levels.map(({ id }) => id));
      for (const issue of store.issues.filter((one) => one.projectId === project.id)) {
        const old = typeof issue.fields.security === 'string' ? issue.fields.security : null;
        const level = mappings.has(old) ? mappings.get(old) : old;
        change(jira, submittedBy, issue, () => {
          if (level && kept.has(level)) issue.fields.security = level;
          else delete issue.fields.security;
        });
      }
      if (next) project.securitySchemeId = next.id;
      else delete project.securitySchemeId;
      return undefined;
    },
  });
  return seeTask(jira, task);
}

export const projectOperations: Operation[] = [
  ...administratorsOnly(REFUSED, [
    operation('associateSchemesToProjects', 'PUT', `${path}/project`, associateInput, associate),
    operation('searchProjectsUsingSecuritySchemes', 'GET', `${path}/project`, ({ jira, query }) => {
      const used = jira.store.projects
        .all()
        .flatMap(({ id, securitySchemeId }) => (securitySchemeId === undefined ? [] : [{ issueSecuritySchemeId: securitySchemeId, projectId: id }]));
      const rows = chosenBy(
        query,
        'issueSecuritySchemeId',
        chosenBy(query, 'projectId', used, (one) => one.projectId),
        (one) => one.issueSecuritySchemeId,
      );
      return ok(page(query, rows));
    }),
  ]),
  ...personsOnly([
    operation('getProjectIssueSecurityScheme', 'GET', '/rest/api/3/project/{projectKeyOrId}/issuesecuritylevelscheme', (call) => {
      const project = administeredProject(call, call.params.projectKeyOrId);
      if (project.securitySchemeId === undefined) throw notFound('The project has no issue security scheme.');
      return ok(schemeBean(call.jira, existing(call.jira.store.securitySchemes, project.securitySchemeId), true));
    }),
  ]),
  operation('getSecurityLevelsForProject', 'GET', '/rest/api/3/project/{projectKeyOrId}/securitylevel', (call) => {
    const { jira, person } = call;
    const project = visibleProject(call, call.params.projectKeyOrId);
    const maySet = person !== undefined && hasPermission(jira.store, person, 'SET_ISSUE_SECURITY', project);
    if (!maySet || project.securitySchemeId === undefined) return ok({ levels: [] });
    return ok({ levels: existing(jira.store.securitySchemes, project.securitySchemeId).levels.map((one) => securityLevelBean(jira, one)) });
  }),
];
