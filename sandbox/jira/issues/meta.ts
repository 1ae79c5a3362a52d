/** createmeta and editmeta: what a form for a work item needs to know. */
import { workTypeBean } from '../beans';
import { fieldsOf, hasPermission, screenFor, workTypesOf } from '../lookups';
import { badRequest, ok, page, type Answer, type Call, type Jira } from '../rest';
import type { Field, Issue, Project } from '../store';
import { appliesTo, codecOf, fieldMetadata } from '../values';
import { may, visibleIssue } from './access';
import { settingOf } from './change';
import { isLocked, overrides } from './edit';

/** OpenAPI: getCreateIssueMetaIssueTypes, maxResults. */
const PAGE_LIMIT = 200;

const REQUIRED = new Set(['summary', 'issuetype', 'project']);

const settable = (field: Field, projectId: string, workTypeId: string): boolean =>
  (codecOf(field) !== undefined || field.id === 'issuelinks') && appliesTo(field, projectId, workTypeId);

function creatable({ jira, person, params, query }: Call): Project {
  if (Number(query.get('maxResults') ?? 0) > PAGE_LIMIT) throw badRequest(`Parameter 'maxResults' must not exceed the limit '${PAGE_LIMIT}'`);
  const project = jira.store.project(params.projectIdOrKey ?? '');
  if (project && hasPermission(jira.store, person, 'CREATE_ISSUES', project)) return project;
  throw badRequest(`No project could be found with key or id '${params.projectIdOrKey ?? ''}', or you may not create issues in it.`);
}

/** Which work types can be created in a project. */
export function createMetaTypes(call: Call): Answer {
  const project = creatable(call);
  const { startAt, maxResults, total, values } = page(call.query, workTypesOf(call.jira.store, project.id));
  return ok({ startAt, maxResults, total, issueTypes: values.map((one) => workTypeBean(call.jira, one)) });
}

function createFields(jira: Jira, project: Project, workTypeId: string) {
  const screen = fieldsOf(jira.store, screenFor(jira.store, project.id, workTypeId, 'create'));
  const always = ['project', 'issuetype'].flatMap((id) => jira.store.fields.get(id) ?? []);
  const fields = [...new Set([...always, ...screen])].filter((one) => one.id === 'project' || settable(one, project.id, workTypeId));
  return fields.map((field) => ({
    ...fieldMetadata(settingOf(jira, field, { projectId: project.id, workTypeId }), REQUIRED.has(field.id)),
    fieldId: field.id,
  }));
}

/** The fields of the create screen of a work type. */
export function createMetaFields(call: Call): Answer {
  const project = creatable(call);
  const type = workTypesOf(call.jira.store, project.id).find((one) => one.id === call.params.issueTypeId);
  if (!type) throw badRequest(`Issue type '${call.params.issueTypeId ?? ''}' is not valid for the project.`);
  const { startAt, maxResults, total, values } = page(call.query, createFields(call.jira, project, type.id));
  return ok({ startAt, maxResults, total, fields: values });
}

/** The fields of the edit screen that the caller may change. */
export const editMeta = (call: Call): Answer => ok({ fields: editFields(call, visibleIssue(call, call.params.issueIdOrKey)) });

export function editFields(call: Call, issue: Issue) {
  const { jira, person } = call;
  const { screen: everyField, lock } = overrides(call);
  if (isLocked(jira, issue) && !lock) return {};
  const screen = everyField ? jira.store.fields.all() : fieldsOf(jira.store, screenFor(jira.store, issue.projectId, issue.workTypeId, 'edit'));
  const fields = may(jira, person, 'EDIT_ISSUES', issue) ? screen.filter((one) => settable(one, issue.projectId, issue.workTypeId)) : [];
  return Object.fromEntries(fields.map((field) => [field.id, fieldMetadata(settingOf(jira, field, issue), REQUIRED.has(field.id))]));
}
