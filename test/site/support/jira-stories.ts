/** Every operation of the site asked for once and rightly, in an order in which each finds what it needs. */
import type { Driver } from './jira-driver';

const TYPE = 'com.atlassian.jira.plugin.system.customfieldtypes:';
/** One white pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==', 'base64');
const picture = () => new Blob([PNG], { type: 'image/png' });

const words = (text: string) => ({
  type: 'doc' as const,
  version: 1 as const,
  content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }],
});

/** The value, or an error that tells it was not there. */
function there<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('The answer lacks a value.');
  return value;
}

const API = '/rest/api/3';

/** A project of the administrator's own. */
async function project({ admin, w }: Driver, key: string): Promise<string> {
  const made = await admin.projects.createProject({ key, name: `Project ${key}`, projectTypeKey: 'software', leadAccountId: w.admin });
  return String(made.id);
}

const fieldsOf = (key: string, summary = 'A thing') => ({ project: { key }, issuetype: { name: 'Task' }, summary });

async function people({ admin, ask, w }: Driver): Promise<void> {
  await admin.serverInfo.getServerInfo();
  await admin.jiraSettings.getConfiguration();
  await admin.myself.getCurrentUser({ expand: 'groups' });
  await admin.myself.getLocale();
  const made = await admin.users.createUser({ emailAddress: 'cy@site.example', products: ['jira-software'] });
  const accountId = there(made.accountId);
  await admin.users.getUser({ accountId });
  await admin.users.getUserGroups({ accountId });
  await admin.users.getAllUsers({ maxResults: 10 });
  await admin.users.getAllUsersDefault();
  await ask('GET', `${API}/user/bulk?accountId=${accountId}`);
  await admin.userSearch.findUsers({ query: 'cy' });
  await admin.userSearch.findAssignableUsers({ project: 'DEMO', query: 'a' });
  await admin.userSearch.findBulkAssignableUsers({ projectKeys: 'DEMO' });
  await admin.userSearch.findUsersForPicker({ query: 'cy' });
  await admin.userSearch.findUsersByQuery({ query: 'is assignee of DEMO' });
  await admin.userSearch.findUserKeysByQuery({ query: 'is reporter of DEMO' });
  await admin.userSearch.findUsersWithAllPermissions({ permissions: 'BROWSE_PROJECTS', projectKey: 'DEMO' });
  await admin.userSearch.findUsersWithBrowsePermission({ projectKey: 'DEMO' });
  await admin.groupAndUserPicker.findUsersAndGroups({ query: 'a' });
  const group = await admin.groups.createGroup({ name: 'desk' });
  const groupId = there(group.groupId);
  await admin.groups.addUserToGroup({ groupId, accountId });
  await admin.groups.getUsersFromGroup({ groupId });
  await admin.groups.findGroups({ query: 'desk' });
  await ask('GET', `${API}/group/bulk?groupId=${groupId}`);
  await admin.groups.removeUserFromGroup({ groupId, accountId });
  await admin.groups.removeGroup({ groupId });
  await admin.users.removeUser({ accountId });
  w.store.users.get(accountId);
}

async function projects(driver: Driver): Promise<void> {
  const { admin, ask, w } = driver;
  const id = await project(driver, 'ONE');
  await admin.projects.getProject({ projectIdOrKey: 'ONE' });
  await admin.projects.searchProjects({ query: 'one' });
  await ask('GET', `${API}/project`);
  await admin.projects.updateProject({ projectIdOrKey: 'ONE', description: 'Changed' });
  await admin.projects.getAllStatuses({ projectIdOrKey: 'ONE' });
  await admin.projectKeyAndNameValidation.validateProjectKey({ key: 'NEW' });
  await admin.projectKeyAndNameValidation.getValidProjectKey({ key: 'ONE' });
  await admin.projectKeyAndNameValidation.getValidProjectName({ name: 'Project ONE' });
  const role = await admin.projectRoles.createProjectRole({ name: 'Agents', description: 'Who work' });
  const roleId = there(role.id);
  await admin.projectRoles.getAllProjectRoles();
  await admin.projectRoles.getProjectRoleById({ id: roleId });
  await admin.projectRoles.getProjectRoles({ projectIdOrKey: id });
  await admin.projectRoles.getProjectRole({ projectIdOrKey: id, id: roleId });
  await admin.projectRoles.getProjectRoleDetails({ projectIdOrKey: id });
  await admin.projectRoleActors.addActorUsers({ projectIdOrKey: id, id: roleId, user: [w.ann] });
  await admin.projectRoleActors.deleteActor({ projectIdOrKey: id, id: roleId, user: w.ann });
  await admin.projectRoleActors.setActors({ projectIdOrKey: id, id: roleId, body: { categorisedActors: { 'atlassian-user-role-actor': [w.bob] } } });
  await admin.projectRoles.partialUpdateProjectRole({ id: roleId, name: 'Crew' });
  await admin.projectRoles.fullyUpdateProjectRole({ id: roleId, name: 'Team', description: 'Who work' });
  await admin.projectRoles.deleteProjectRole({ id: roleId });
  await admin.projectProperties.setProjectProperty({ projectIdOrKey: id, propertyKey: 'a', body: { b: 1 } });
  await admin.projectProperties.getProjectPropertyKeys({ projectIdOrKey: id });
  await admin.projectProperties.getProjectProperty({ projectIdOrKey: id, propertyKey: 'a' });
  await admin.projectProperties.deleteProjectProperty({ projectIdOrKey: id, propertyKey: 'a' });
  await admin.projects.archiveProject({ projectIdOrKey: id });
  await ask('POST', `${API}/project/${id}/restore`);
  await admin.projects.deleteProject({ projectIdOrKey: id });
  await ask('POST', `${API}/project/${id}/restore`);
  const task = await ask<{ id: string }>('POST', `${API}/project/${id}/delete`);
  await admin.tasks.getTask({ taskId: task.id });
}

async function workTypes(driver: Driver): Promise<void> {
  const { admin, ask } = driver;
  const projectId = await project(driver, 'TYP');
  const type = await admin.issueTypes.createIssueType({ name: 'Request', description: 'Asked for', hierarchyLevel: 0 });
  const id = there(type.id);
  await admin.issueTypes.getIssueAllTypes();
  await admin.issueTypes.getIssueType({ id });
  await admin.issueTypes.getAlternativeIssueTypes({ id });
  await ask('GET', `${API}/issuetype/project?projectId=${projectId}`);
  await admin.issueTypeProperties.setIssueTypeProperty({ issueTypeId: id, propertyKey: 'a', body: { b: 1 } });
  await admin.issueTypeProperties.getIssueTypePropertyKeys({ issueTypeId: id });
  await admin.issueTypeProperties.getIssueTypeProperty({ issueTypeId: id, propertyKey: 'a' });
  await admin.issueTypeProperties.deleteIssueTypeProperty({ issueTypeId: id, propertyKey: 'a' });

  const avatar = await admin.issueTypes.createIssueTypeAvatar({ id, size: 1, body: picture() });
  await admin.issueTypes.updateIssueType({ id, avatarId: Number(avatar.id) });
  const other = await admin.avatars.storeAvatar({ type: 'issuetype', entityId: id, size: 1, body: picture() });
  await admin.avatars.getAllSystemAvatars({ type: 'issuetype' });
  await admin.avatars.getAvatars({ type: 'issuetype', entityId: id });
  await admin.avatars.getAvatarImageByID({ type: 'issuetype', id: Number(avatar.id) });
  await admin.avatars.getAvatarImageByOwner({ type: 'issuetype', entityId: id });
  await admin.avatars.getAvatarImageByType({ type: 'issuetype' });
  await admin.avatars.deleteAvatar({ type: 'issuetype', owningObjectId: id, id: Number(other.id) });

  const { issueTypeSchemeId } = await admin.issueTypeSchemes.createIssueTypeScheme({ name: 'Own', issueTypeIds: ['10000'] });
  const schemeId = Number(issueTypeSchemeId);
  await admin.issueTypeSchemes.addIssueTypesToIssueTypeScheme({ issueTypeSchemeId: schemeId, issueTypeIds: [id] });
  await admin.issueTypeSchemes.reorderIssueTypesInIssueTypeScheme({ issueTypeSchemeId: schemeId, issueTypeIds: [id], position: 'First' });
  await admin.issueTypeSchemes.updateIssueTypeScheme({ issueTypeSchemeId: schemeId, name: 'Ours' });
  await admin.issueTypeSchemes.getAllIssueTypeSchemes({ maxResults: 5 });
  await admin.issueTypeSchemes.getIssueTypeSchemesMapping();
  await admin.issueTypeSchemes.assignIssueTypeSchemeToProject({ issueTypeSchemeId, projectId });
  await admin.issueTypeSchemes.getIssueTypeSchemeForProjects({ projectId: [Number(projectId)] });
  await admin.issueTypeSchemes.removeIssueTypeFromIssueTypeScheme({ issueTypeSchemeId: schemeId, issueTypeId: Number(id) });
  await admin.issueTypeSchemes.assignIssueTypeSchemeToProject({ issueTypeSchemeId: '10000', projectId });
  await admin.issueTypeSchemes.deleteIssueTypeScheme({ issueTypeSchemeId: schemeId });
  await admin.issueTypes.deleteIssueType({ id });
}

async function statuses({ admin, w }: Driver): Promise<void> {
  const [made] = await admin.status.createStatuses({ scope: { type: 'GLOBAL' }, statuses: [{ name: 'Waiting', statusCategory: 'TODO' }] });
  const id = there(made?.id);
  await admin.status.updateStatuses({ statuses: [{ id, name: 'On hold', statusCategory: 'IN_PROGRESS' }] });
  await admin.status.search({ searchString: 'hold' });
  await admin.status.getStatusesById({ id: [id] });
  await admin.status.getStatusesByName({ name: ['On hold'] });
  await admin.status.getProjectUsagesForStatus({ statusId: w.todo });
  await admin.status.getWorkflowUsagesForStatus({ statusId: w.todo });
  await admin.status.getProjectIssueTypeUsagesForStatus({ statusId: w.todo, projectId: w.project.id });
  await admin.workflowStatuses.getStatuses();
  await admin.workflowStatuses.getStatus({ idOrName: id });
  await admin.workflowStatusCategories.getStatusCategories();
  await admin.workflowStatusCategories.getStatusCategory({ idOrKey: 'new' });
  await admin.status.deleteStatusesById({ id: [id] });
}

async function workflows(driver: Driver): Promise<void> {
  const { admin, ask, w } = driver;
  const request = {
    scope: { type: 'GLOBAL' as const },
    statuses: [
      { statusReference: 'a', name: 'Asked', statusCategory: 'TODO' as const },
      { statusReference: 'b', name: 'Answered', statusCategory: 'DONE' as const },
    ],
    workflows: [
      {
        name: 'Flow',
        statuses: [
          { statusReference: 'a', properties: {} },
          { statusReference: 'b', properties: {} },
        ],
        transitions: [
          { id: '1', type: 'INITIAL' as const, name: 'Create', toStatusReference: 'a', links: [] },
          { id: '11', type: 'DIRECTED' as const, name: 'Finish', toStatusReference: 'b', links: [{ fromStatusReference: 'a' }] },
        ],
      },
    ],
  };
  await admin.workflows.validateCreateWorkflows({ payload: request });
  const made = await admin.workflows.createWorkflows(request);
  const flow = there(made.workflows?.[0]);
  const workflowId = there(flow.id);
  await admin.workflows.readWorkflows({ workflowIds: [workflowId] });
  await admin.workflows.searchWorkflows({ queryString: 'Flow', expand: 'values.transitions' });
  await admin.workflows.workflowCapabilities({ workflowId });
  await admin.workflows.readWorkflowPreviews({ projectId: w.project.id, workflowIds: [w.workflow] });
  const update = {
    statuses: there(made.statuses).map(({ id, name, statusCategory, statusReference }) => ({
      id,
      name: there(name),
      statusCategory: there(statusCategory),
      statusReference: there(statusReference),
    })),
    workflows: [
      {
        id: workflowId,
        version: { id: there(flow.version?.id), versionNumber: there(flow.version?.versionNumber) },
        statuses: there(flow.statuses).map(({ statusReference }) => ({ statusReference: there(statusReference), properties: {} })),
        transitions: request.workflows[0]?.transitions.map((one) => ({
          ...one,
          toStatusReference: there(made.statuses)[one.toStatusReference === 'a' ? 0 : 1]?.id,
          links: one.links.map(() => ({ fromStatusReference: made.statuses?.[0]?.id })),
        })),
      },
    ],
  } as unknown as Parameters<typeof admin.workflows.updateWorkflows>[0];
  await admin.workflows.validateUpdateWorkflows({ payload: update });
  await admin.workflows.updateWorkflows(update);

  const scheme = await admin.workflowSchemes.createWorkflowScheme({ name: 'Flows', defaultWorkflow: 'Flow' });
  const id = there(scheme.id);
  await admin.workflowSchemes.getWorkflowScheme({ id });
  await admin.workflowSchemes.getAllWorkflowSchemes();
  await admin.workflowSchemes.updateWorkflowScheme({ id, body: { name: 'Our flows' } });
  const [read] = await admin.workflowSchemes.readWorkflowSchemes({ workflowSchemeIds: [String(id)] });
  await admin.workflowSchemes.getRequiredWorkflowSchemeMappings({ id: String(id), defaultWorkflowId: workflowId, workflowsForIssueTypes: [] });
  await ask('POST', `${API}/workflowscheme/update`, {
    id: String(id),
    name: 'Our flows',
    description: '',
    version: there(read?.version),
    defaultWorkflowId: workflowId,
    workflowsForIssueTypes: [],
  });
  const projectId = await project(driver, 'FLO');
  await admin.workflowSchemeProjectAssociations.assignSchemeToProject({ projectId, workflowSchemeId: String(id) });
  await admin.workflowSchemeProjectAssociations.getWorkflowSchemeProjectAssociations({ projectId: [Number(projectId)] });
  const other = await admin.workflowSchemes.createWorkflowScheme({ name: 'Others' });
  await admin.workflowSchemeProjectAssociations.assignSchemeToProject({ projectId, workflowSchemeId: String(other.id) });
  const third = await admin.workflowSchemes.createWorkflowScheme({ name: 'Third' });
  await ask('POST', `${API}/workflowscheme/project/switch`, { projectId, targetSchemeId: String(third.id), mappingsByIssueTypeOverride: [] });
  await admin.workflowSchemes.deleteWorkflowScheme({ id });
  await admin.workflows.deleteInactiveWorkflow({ entityId: workflowId });
}

async function screens(driver: Driver): Promise<void> {
  const { admin, ask } = driver;
  const { id: screenId } = await ask<{ id: number }>('POST', `${API}/screens`, { name: 'Own' });
  await ask('PUT', `${API}/screens/${screenId}`, { name: 'Ours' });
  await admin.screens.getScreens({ queryString: 'our' });
  await admin.screens.getAvailableScreenFields({ screenId });
  const [first] = await admin.screenTabs.getAllScreenTabs({ screenId });
  await ask('GET', `${API}/screens/tabs?screenId=${screenId}`);
  const tab = await admin.screenTabs.addScreenTab({ screenId, name: 'More' });
  const tabId = there(tab.id);
  await admin.screenTabs.renameScreenTab({ screenId, tabId, name: 'Most' });
  await admin.screenTabs.moveScreenTab({ screenId, tabId, pos: 0 });
  for (const fieldId of ['summary', 'labels']) await admin.screenTabFields.addScreenTabField({ screenId, tabId, fieldId });
  await admin.screenTabFields.moveScreenTabField({ screenId, tabId, id: 'labels', position: 'First' });
  await admin.screenTabFields.getAllScreenTabFields({ screenId, tabId });
  await admin.screens.getScreensForField({ fieldId: 'labels', expand: 'tab' });
  await admin.screens.addFieldToDefaultScreen({ fieldId: 'resolution' });
  await admin.screenTabFields.removeScreenTabField({ screenId, tabId, id: 'labels' });
  await admin.screenTabs.deleteScreenTab({ screenId, tabId: there(first?.id) });

  const scheme = await admin.screenSchemes.createScreenScheme({ name: 'Own', screens: { default: screenId } });
  const screenSchemeId = String(scheme.id);
  await admin.screenSchemes.updateScreenScheme({ screenSchemeId, name: 'Ours' });
  await admin.screenSchemes.getScreenSchemes({ queryString: 'our' });
  const made = await admin.issueTypeScreenSchemes.createIssueTypeScreenScheme({
    name: 'Own',
    issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId: '1' }],
  });
  const issueTypeScreenSchemeId = made.id;
  await admin.issueTypeScreenSchemes.appendMappingsForIssueTypeScreenScheme({
    issueTypeScreenSchemeId,
    issueTypeMappings: [{ issueTypeId: '10000', screenSchemeId }],
  });
  await admin.issueTypeScreenSchemes.updateDefaultScreenScheme({ issueTypeScreenSchemeId, screenSchemeId: '1' });
  await admin.issueTypeScreenSchemes.updateIssueTypeScreenScheme({ issueTypeScreenSchemeId, name: 'Ours' });
  await admin.issueTypeScreenSchemes.getIssueTypeScreenSchemes({ queryString: 'our' });
  await admin.issueTypeScreenSchemes.getIssueTypeScreenSchemeMappings();
  const projectId = await project(driver, 'SCR');
  await admin.issueTypeScreenSchemes.assignIssueTypeScreenSchemeToProject({ issueTypeScreenSchemeId, projectId });
  await admin.issueTypeScreenSchemes.getIssueTypeScreenSchemeProjectAssociations({ projectId: [Number(projectId)] });
  await admin.issueTypeScreenSchemes.getProjectsForIssueTypeScreenScheme({ issueTypeScreenSchemeId: Number(issueTypeScreenSchemeId) });
  await admin.issueTypeScreenSchemes.removeMappingsFromIssueTypeScreenScheme({ issueTypeScreenSchemeId, issueTypeIds: ['10000'] });
  await admin.issueTypeScreenSchemes.assignIssueTypeScreenSchemeToProject({ issueTypeScreenSchemeId: '1', projectId });
  await admin.issueTypeScreenSchemes.deleteIssueTypeScreenScheme({ issueTypeScreenSchemeId });
  await admin.screenSchemes.deleteScreenScheme({ screenSchemeId });
  await ask('DELETE', `${API}/screens/${screenId}`);
}

async function fields({ admin, w }: Driver): Promise<void> {
  const made = await admin.issueFields.createCustomField({ name: 'Impact', type: `${TYPE}select`, searcherKey: `${TYPE}multiselectsearcher` });
  const fieldId = there(made.id);
  await admin.issueFields.getFields();
  await admin.issueFields.getFieldsPaginated({ query: 'Impact' });
  await admin.issueFields.updateCustomField({ fieldId, description: 'How much' });
  const contexts = admin.issueCustomFieldContexts;
  const own = await contexts.createCustomFieldContext({ fieldId, name: 'Demo', projectIds: [w.project.id], issueTypeIds: ['10000'] });
  const contextId = Number(own.id);
  await contexts.getContextsForField({ fieldId });
  await contexts.getProjectContextMapping({ fieldId });
  await contexts.getIssueTypeMappingsForContexts({ fieldId });
  await contexts.updateCustomFieldContext({ fieldId, contextId, name: 'Demo only' });
  await contexts.addIssueTypesToContext({ fieldId, contextId, issueTypeIds: ['10001'] });
  await contexts.removeIssueTypesFromContext({ fieldId, contextId, issueTypeIds: ['10001'] });
  const other = w.store.projects.find((one) => one.id !== w.project.id);
  await contexts.assignProjectsToCustomFieldContext({ fieldId, contextId, projectIds: [there(other).id] });
  await contexts.removeCustomFieldContextFromProjects({ fieldId, contextId, projectIds: [there(other).id] });
  const options = admin.issueCustomFieldOptions;
  const { options: [low, high] = [] } = await options.createCustomFieldOption({ fieldId, contextId, options: [{ value: 'Low' }, { value: 'High' }] });
  await options.getOptionsForContext({ fieldId, contextId });
  await options.getCustomFieldOption({ id: there(low?.id) });
  await options.updateCustomFieldOption({ fieldId, contextId, options: [{ id: there(low?.id), value: 'Little' }] });
  await options.reorderCustomFieldOptions({ fieldId, contextId, customFieldOptionIds: [there(high?.id)], position: 'First' });
  await options.replaceCustomFieldOption({ fieldId, contextId, optionId: Number(low?.id), replaceWith: Number(high?.id) });
  await options.deleteCustomFieldOption({ fieldId, contextId, optionId: Number(low?.id) });
  await contexts.deleteCustomFieldContext({ fieldId, contextId });
  await admin.issueFields.trashCustomField({ id: fieldId });
  await admin.issueFields.getTrashedFieldsPaginated();
  await admin.issueFields.restoreCustomField({ id: fieldId });
  await admin.issueFields.deleteCustomField({ id: fieldId });
}

async function lists({ admin, ask }: Driver): Promise<void> {
  await ask('GET', `${API}/priority`);
  const priority = await admin.issuePriorities.createPriority({ name: 'Now', statusColor: '#ff0000', iconUrl: '/images/icons/priorities/major.png' });
  const id = priority.id;
  await admin.issuePriorities.getPriority({ id });
  await admin.issuePriorities.searchPriorities({ priorityName: 'now' });
  await admin.issuePriorities.updatePriority({ id, description: 'At once' });
  await admin.issuePriorities.movePriorities({ ids: [id], position: 'First' });
  await admin.issuePriorities.setDefaultPriority({ id: '3' });
  await admin.issuePriorities.deletePriority({ id });
  const resolution = await ask<{ id: string }>('POST', `${API}/resolution`, { name: 'Moved' });
  await ask('GET', `${API}/resolution`);
  await ask('GET', `${API}/resolution/search?id=${resolution.id}`);
  await admin.issueResolutions.getResolution({ id: resolution.id });
  await ask('PUT', `${API}/resolution/${resolution.id}`, { name: 'Moved on' });
  await ask('PUT', `${API}/resolution/move`, { ids: [resolution.id], position: 'First' });
  await ask('PUT', `${API}/resolution/default`, { id: resolution.id });
  await ask('DELETE', `${API}/resolution/${resolution.id}?replaceWith=10000`);
  const type = await admin.issueLinkTypes.createIssueLinkType({ name: 'Cause', inward: 'is caused by', outward: 'causes' });
  const issueLinkTypeId = there(type.id);
  await admin.issueLinkTypes.getIssueLinkTypes();
  await admin.issueLinkTypes.getIssueLinkType({ issueLinkTypeId });
  await admin.issueLinkTypes.updateIssueLinkType({ issueLinkTypeId, name: 'Reason' });
  await admin.issueLinkTypes.deleteIssueLinkType({ issueLinkTypeId });
}

async function permissions(driver: Driver): Promise<void> {
  const { admin, ask, w } = driver;
  await admin.permissions.getAllPermissions();
  await admin.permissions.getMyPermissions({ permissions: 'BROWSE_PROJECTS' });
  await admin.permissions.getBulkPermissions({ projectPermissions: [{ permissions: ['EDIT_ISSUES'], projects: [Number(w.project.id)] }] });
  await admin.permissions.getPermittedProjects({ permissions: ['BROWSE_PROJECTS'] });
  const holder = { type: 'group', parameter: 'jira-users' };
  const scheme = await admin.permissionSchemes.createPermissionScheme({
    body: { name: 'Own', permissions: [{ permission: 'BROWSE_PROJECTS', holder }] },
  });
  const schemeId = there(scheme.id);
  await admin.permissionSchemes.getAllPermissionSchemes();
  await admin.permissionSchemes.getPermissionScheme({ schemeId, expand: 'permissions' });
  const grant = await admin.permissionSchemes.createPermissionGrant({ schemeId, permission: 'EDIT_ISSUES', holder });
  const permissionId = there(grant.id);
  await admin.permissionSchemes.getPermissionSchemeGrants({ schemeId });
  await admin.permissionSchemes.getPermissionSchemeGrant({ schemeId, permissionId });
  await admin.permissionSchemes.deletePermissionSchemeEntity({ schemeId, permissionId });
  await admin.permissionSchemes.updatePermissionScheme({ schemeId, body: { name: 'Ours' } });
  const id = await project(driver, 'PER');
  await admin.projectPermissionSchemes.assignPermissionScheme({ projectKeyOrId: id, id: schemeId });
  await admin.projectPermissionSchemes.getAssignedPermissionScheme({ projectKeyOrId: id });
  await admin.projectPermissionSchemes.assignPermissionScheme({ projectKeyOrId: id, id: 0 });
  await admin.permissionSchemes.deletePermissionScheme({ schemeId });

  const security = `${API}/issuesecurityschemes`;
  const circle = { name: 'Circle', description: '', isDefault: false, members: [{ type: 'group', parameter: 'jira-users' }] };
  const made = await ask<{ id: string }>('POST', security, { name: 'Own', levels: [circle] });
  await ask('PUT', `${security}/${made.id}`, { name: 'Ours' });
  await ask('PUT', `${security}/${made.id}/level`, { levels: [{ name: 'Inner', description: '', isDefault: false }] });
  const levels = (await ask<{ values: { id: string; name: string }[] }>('GET', `${security}/level?schemeId=${made.id}`)).values;
  const [circleId, innerId] = [levels.find((one) => one.name === 'Circle')?.id ?? '', levels.find((one) => one.name === 'Inner')?.id ?? ''];
  await ask('PUT', `${security}/${made.id}/level/${innerId}`, { name: 'Innermost' });
  await ask('PUT', `${security}/${made.id}/level/${innerId}/member`, { members: [{ type: 'reporter' }] });
  const members = await ask<{ values: { id: string }[] }>('GET', `${security}/level/member?levelId=${innerId}`);
  await ask('DELETE', `${security}/${made.id}/level/${innerId}/member/${members.values[0]?.id ?? ''}`);
  await ask('PUT', `${security}/level/default`, { defaultValues: [{ issueSecuritySchemeId: made.id, defaultLevelId: circleId }] });
  await admin.issueSecuritySchemes.getIssueSecuritySchemes();
  await admin.issueSecuritySchemes.getIssueSecurityScheme({ id: Number(made.id) });
  await ask('GET', `${security}/search?id=${made.id}`);
  await admin.issueSecurityLevel.getIssueSecurityLevel({ id: circleId });
  await ask('PUT', `${security}/project`, { projectId: id, schemeId: made.id });
  await ask('GET', `${security}/project?projectId=${id}`);
  await admin.projectPermissionSchemes.getProjectIssueSecurityScheme({ projectKeyOrId: id });
  await admin.projectPermissionSchemes.getSecurityLevelsForProject({ projectKeyOrId: id });
  await ask('DELETE', `${security}/${made.id}/level/${innerId}`);
  const spare = await ask<{ id: string }>('POST', security, { name: 'Spare' });
  await ask('DELETE', `${security}/${spare.id}`);
}

async function issues(driver: Driver): Promise<void> {
  const { admin, as, ask, w } = driver;
  await project(driver, 'WRK');
  const made = await admin.issues.createIssue({ fields: { ...fieldsOf('WRK'), description: words('Long') }, properties: [{ key: 'a', value: 1 }] });
  const key = made.key;
  const bulk = await admin.issues.createIssues({ issueUpdates: [{ fields: fieldsOf('WRK', 'Two') }, { fields: fieldsOf('WRK', 'Three') }] });
  const [two = '', three = ''] = there(bulk.issues).map((one) => there(one.key));
  await admin.issues.getIssue({ issueIdOrKey: key, expand: ['renderedFields', 'names', 'schema', 'transitions', 'editmeta', 'changelog'] });
  await admin.issues.bulkFetchIssues({ issueIdsOrKeys: [key, two] });
  await admin.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'WRK' });
  await admin.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: 'WRK', issueTypeId: w.typeId('Task') });
  await admin.issues.getEditIssueMeta({ issueIdOrKey: key });
  await admin.issues.editIssue({ issueIdOrKey: key, fields: { labels: ['one'] }, returnIssue: true });
  await admin.issues.assignIssue({ issueIdOrKey: key, accountId: w.ann });
  const { transitions } = await admin.issues.getTransitions({ issueIdOrKey: key });
  await admin.issues.doTransition({ issueIdOrKey: key, transition: { id: there(transitions?.[1]?.id) } });
  const log = await admin.issues.getChangeLogs({ issueIdOrKey: key });
  await admin.issues.getChangeLogsByIds({ issueIdOrKey: key, changelogIds: [Number(log.values?.[0]?.id)] });
  await admin.issues.getBulkChangelogs({ issueIdsOrKeys: [key] });

  await admin.issueLinks.linkIssues({ type: { name: 'Blocks' }, inwardIssue: { key }, outwardIssue: { key: two } });
  const linkId = there(w.store.linksOf(w.store.issue(key)?.id ?? '')[0]).id;
  await admin.issueLinks.getIssueLink({ linkId });
  await admin.issueLinks.deleteIssueLink({ linkId });

  const comment = await admin.issueComments.addComment({
    issueIdOrKey: key,
    body: words('Hello'),
    visibility: { type: 'group', value: 'jira-users' },
  });
  const id = there(comment.id);
  await admin.issueComments.getComments({ issueIdOrKey: key, expand: 'renderedBody' });
  await admin.issueComments.getComment({ issueIdOrKey: key, id });
  await admin.issueComments.getCommentsByIds({ ids: [Number(id)] });
  await admin.issueComments.updateComment({ issueIdOrKey: key, id, body: { body: words('Hello again') } });
  await admin.issueCommentProperties.setCommentProperty({ commentId: id, propertyKey: 'sd.public.comment', body: { internal: true } });
  await admin.issueCommentProperties.getCommentPropertyKeys({ commentId: id });
  await admin.issueCommentProperties.getCommentProperty({ commentId: id, propertyKey: 'sd.public.comment' });
  await admin.issueCommentProperties.deleteCommentProperty({ commentId: id, propertyKey: 'sd.public.comment' });
  await admin.issueComments.deleteComment({ issueIdOrKey: key, id });

  const issueId = there(w.store.issue(key)).id;
  const properties = admin.issueProperties;
  await properties.setIssueProperty({ issueIdOrKey: key, propertyKey: 'b', body: { c: 1 } });
  await properties.getIssuePropertyKeys({ issueIdOrKey: key });
  await properties.getIssueProperty({ issueIdOrKey: key, propertyKey: 'b' });
  await properties.bulkSetIssuesPropertiesList({ entitiesIds: [Number(issueId)], properties: { d: { e: 1 } } });
  await properties.bulkSetIssuePropertiesByIssue({ issues: [{ issueID: Number(issueId), properties: { f: { g: 1 } } }] });
  await properties.bulkSetIssueProperty({ propertyKey: 'h', value: 1, filter: { entityIds: [Number(issueId)] } });
  await properties.bulkDeleteIssueProperty({ propertyKey: 'h', entityIds: [Number(issueId)] });
  await properties.deleteIssueProperty({ issueIdOrKey: key, propertyKey: 'b' });

  // jira.js takes an object where Jira takes a text
  await ask('POST', `${API}/issue/${key}/watchers`, w.ann);
  await admin.issueWatchers.getIssueWatchers({ issueIdOrKey: key });
  await admin.issueWatchers.getIsWatchingIssueBulk({ issueIds: [issueId] });
  await admin.issueWatchers.removeWatcher({ issueIdOrKey: key, accountId: w.ann });

  const bulkOperations = admin.issueBulkOperations;
  await bulkOperations.getAvailableTransitions({ issueIdsOrKeys: two });
  await bulkOperations.submitBulkTransition({ bulkTransitionInputs: [{ selectedIssueIdsOrKeys: [two], transitionId: '31' }] });
  await bulkOperations.submitBulkEdit({
    selectedIssueIdsOrKeys: [two],
    selectedActions: ['labels'],
    editedFieldsInput: { labelsFields: [{ fieldId: 'labels', bulkEditMultiSelectFieldOption: 'ADD', labels: [{ name: 'two' }] }] },
  });
  await bulkOperations.submitBulkMove({
    targetToSourcesMapping: {
      [`DEMO,${w.typeId('Task')}`]: {
        inferClassificationDefaults: true,
        inferFieldDefaults: true,
        inferStatusDefaults: true,
        inferSubtaskTypeDefault: true,
        issueIdsOrKeys: [three],
      },
    },
  });
  await bulkOperations.submitBulkWatch({ selectedIssueIdsOrKeys: [two] });
  await bulkOperations.submitBulkUnwatch({ selectedIssueIdsOrKeys: [two] });
  const { taskId = '' } = await bulkOperations.submitBulkDelete({ selectedIssueIdsOrKeys: [two] });
  await bulkOperations.getBulkOperationProgress({ taskId });

  const search = admin.issueSearch;
  await search.searchAndReconsileIssuesUsingJql({ jql: 'project = WRK', fields: ['summary'] });
  await search.searchAndReconsileIssuesUsingJqlPost({ jql: 'project = WRK', fields: ['summary'] });
  await search.countIssues({ jql: 'project = WRK' });
  await search.matchIssues({ issueIds: [Number(issueId)], jqls: ['project = WRK'] });
  await search.getIssuePickerResource({ query: 'thing' });
  await admin.jql.parseJqlQueries({ validation: 'strict', queries: ['project = WRK'] });
  await admin.jql.getAutoComplete();
  await admin.jql.getAutoCompletePost({ includeCollapsedFields: true });
  await admin.jql.getFieldAutoCompleteForQueryString({ fieldName: 'status', fieldValue: 'do' });
  await admin.jiraExpressions.analyseExpression({ expressions: ['issue.key'] });
  await admin.jiraExpressions.evaluateJSISJiraExpression({ expression: 'issue.key', context: { issue: { key } } });
  await as(w.ann).issues.getIssue({ issueIdOrKey: key });
  await admin.issues.deleteIssue({ issueIdOrKey: key });
}

async function filtersAndDashboards({ admin, ask, w }: Driver): Promise<void> {
  const filter = await admin.filters.createFilter({ name: 'Mine', jql: 'project = DEMO' });
  const id = Number(filter.id);
  await admin.filters.getFilter({ id });
  await admin.filters.getMyFilters();
  await admin.filters.getFiltersPaginated({ filterName: 'mine', expand: 'jql' });
  await admin.filters.setFavouriteForFilter({ id });
  await admin.filters.getFavouriteFilters();
  await admin.filters.deleteFavouriteForFilter({ id });
  await admin.filters.updateFilter({ id, body: { name: 'Ours' } });
  await ask('PUT', `${API}/filter/${id}/owner`, { accountId: w.ann });
  await admin.filters.deleteFilter({ id });

  const path = `${API}/dashboard`;
  const dashboard = await ask<{ id: string }>('POST', path, { name: 'Own', sharePermissions: [], editPermissions: [] });
  const dashboardId = dashboard.id;
  await ask('PUT', `${path}/${dashboardId}`, { name: 'Ours', sharePermissions: [], editPermissions: [] });
  await admin.dashboards.getAllDashboards();
  await admin.dashboards.getDashboardsPaginated({ dashboardName: 'our' });
  await admin.dashboards.getDashboard({ id: dashboardId });
  const { gadgets } = await ask<{ gadgets: { uri?: string; moduleKey?: string }[] }>('GET', `${path}/gadgets`);
  const { uri, moduleKey } = there(gadgets[0]);
  const gadget = await ask<{ id: number }>('POST', `${path}/${dashboardId}/gadget`, uri ? { uri } : { moduleKey });
  const itemId = String(gadget.id);
  await ask('GET', `${path}/${dashboardId}/gadget`);
  await ask('PUT', `${path}/${dashboardId}/gadget/${itemId}`, { title: 'Figures' });
  await admin.dashboards.setDashboardItemProperty({ dashboardId, itemId, propertyKey: 'a', body: { b: 1 } });
  await admin.dashboards.getDashboardItemPropertyKeys({ dashboardId, itemId });
  await admin.dashboards.getDashboardItemProperty({ dashboardId, itemId, propertyKey: 'a' });
  await admin.dashboards.deleteDashboardItemProperty({ dashboardId, itemId, propertyKey: 'a' });
  await ask('DELETE', `${path}/${dashboardId}/gadget/${itemId}`);
  await ask('DELETE', `${path}/${dashboardId}`);
  await admin.auditRecords.getAuditRecords({ limit: 10 });
}

async function attachments({ admin }: Driver): Promise<void> {
  const { key } = await admin.issues.createIssue({ fields: fieldsOf('DEMO', 'With a file') });
  await admin.issueAttachments.getAttachmentMeta();
  const [added] = await admin.issueAttachments.addAttachment({ issueIdOrKey: there(key), attachments: { filename: 'proof.png', content: PNG } });
  const id = String(there(added?.id));
  await admin.issueAttachments.getAttachment({ id });
  await admin.issueAttachments.getAttachmentContent({ id, redirect: false });
  await admin.issueAttachments.removeAttachment({ id });
}

export const STORIES: Readonly<Record<string, (driver: Driver) => Promise<void>>> = {
  people,
  projects,
  'work types': workTypes,
  statuses,
  workflows,
  screens,
  fields,
  lists,
  permissions,
  'work items': issues,
  attachments,
  'filters and dashboards': filtersAndDashboards,
};
