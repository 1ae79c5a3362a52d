import { beforeEach, describe, expect, it } from 'vitest';
import { fieldContextFor, fieldsOf, screenFor, workflowFor, workTypesOf } from '../../sandbox/jira/lookups';
import { Store, type Json } from '../../sandbox/jira/store';
import { BASE_URL, freshSite, refusal, type Site } from './support/dispatch';

const TYPE = 'com.atlassian.jira.plugin.system.customfieldtypes:';

let site: Site;
beforeEach(() => {
  site = freshSite();
});

describe('a fresh site', () => {
  it('has one administrator, the usual statuses, work types, priorities, resolutions and link types', async () => {
    const { asAdmin } = site;
    expect(await asAdmin.myself.getCurrentUser({ expand: 'groups' })).toMatchObject({
      displayName: 'Site administrator',
      emailAddress: 'admin@site.example',
      groups: { size: 2 },
    });
    expect((await asAdmin.status.search()).values?.map((one) => one.name)).toEqual(['To Do', 'In Progress', 'Done']);
    expect((await asAdmin.issueTypes.getIssueAllTypes()).map((one) => one.name)).toEqual(['Task', 'Bug', 'Story', 'Epic']);
    expect((await asAdmin.issuePriorities.searchPriorities()).values.map((one) => [one.id, one.name])).toEqual([
      ['1', 'Highest'],
      ['2', 'High'],
      ['3', 'Medium'],
      ['4', 'Low'],
      ['5', 'Lowest'],
    ]);
    expect(site.store.resolutions.all().map((one) => one.name)).toEqual(['Done', "Won't Do", 'Duplicate']);
    expect((await asAdmin.issueLinkTypes.getIssueLinkTypes()).issueLinkTypes?.map((one) => one.name)).toEqual([
      'Blocks',
      'Cloners',
      'Duplicate',
      'Relates',
    ]);
    expect((await asAdmin.serverInfo.getServerInfo()).deploymentType).toBe('Cloud');
  });

  it('gives a project its default workflow, screen and work types', async () => {
    const { asAdmin, store, admin } = site;
    const { id } = await asAdmin.projects.createProject({ key: 'DEMO', name: 'Demo', projectTypeKey: 'software', leadAccountId: admin });
    const task = workTypesOf(store, String(id))[0]?.id ?? '';
    expect(workflowFor(store, String(id), task)).toMatchObject({ name: 'jira', isEditable: false });
    expect(fieldsOf(store, screenFor(store, String(id), task, 'create')).map((one) => one.id)).toContain('summary');
    const byType = await asAdmin.projects.getAllStatuses({ projectIdOrKey: 'DEMO' });
    expect(byType[0]?.statuses?.map((one) => one.statusCategory?.key)).toEqual(['new', 'indeterminate', 'done']);
  });

  it('survives being written to a file and read back', () => {
    const copy = new Store();
    copy.load(JSON.parse(JSON.stringify(site.store.toJSON())) as Json);
    expect(copy.toJSON()).toEqual(site.store.toJSON());
    expect(copy.nextId('status')).toBe(site.store.nextId('status'));
  });
});

describe('setting up a project of its own kind', () => {
  const named = async <T>(rows: Promise<{ values?: T[] | undefined }>, test: (row: T) => boolean): Promise<T> => {
    const row = (await rows).values?.find(test);
    if (!row) throw new Error('not found');
    return row;
  };

  it('leads from a work type to a project that uses it, with its workflow, screens and fields', async () => {
    const { asAdmin, store, admin } = site;

    const type = await asAdmin.issueTypes.createIssueType({ name: 'Request', hierarchyLevel: 0 });
    const { issueTypeSchemeId } = await asAdmin.issueTypeSchemes.createIssueTypeScheme({
      name: 'Requests',
      issueTypeIds: [type.id ?? ''],
      defaultIssueTypeId: type.id ?? '',
    });

    const workflows = await asAdmin.workflows.createWorkflows({
      scope: { type: 'GLOBAL' },
      statuses: [
        { statusReference: 'a', name: 'Waiting', statusCategory: 'TODO' },
        { statusReference: 'b', id: '10002', name: 'Done', statusCategory: 'DONE' },
      ],
      workflows: [
        {
          name: 'Request flow',
          statuses: [
            { statusReference: 'a', properties: {} },
            { statusReference: 'b', properties: {} },
          ],
          transitions: [
            { id: '1', type: 'INITIAL', name: 'Create', toStatusReference: 'a', links: [] },
            { id: '11', type: 'DIRECTED', name: 'Finish', toStatusReference: 'b', links: [{ fromStatusReference: 'a', fromPort: 0, toPort: 1 }] },
          ],
        },
      ],
    });
    expect(workflows.statuses?.map((one) => [one.name, one.statusReference === one.id])).toEqual([
      ['Waiting', true],
      ['Done', true],
    ]);
    const scheme = await asAdmin.workflowSchemes.createWorkflowScheme({
      name: 'Request flows',
      issueTypeMappings: { [type.id ?? '']: 'Request flow' },
    });
    expect(scheme).toMatchObject({ defaultWorkflow: 'jira', issueTypeMappings: { [type.id ?? '']: 'Request flow' } });

    const field = await asAdmin.issueFields.createCustomField({ name: 'Service', type: `${TYPE}select`, searcherKey: `${TYPE}multiselectsearcher` });
    expect(field.schema).toMatchObject({ type: 'option', custom: `${TYPE}select` });
    const fieldId = field.id ?? '';
    const context = await named(asAdmin.issueCustomFieldContexts.getContextsForField({ fieldId }), (one) => one.isGlobalContext);
    const options = await asAdmin.issueCustomFieldOptions.createCustomFieldOption({
      fieldId,
      contextId: Number(context.id),
      options: [{ value: 'Mail' }, { value: 'Phone', disabled: true }],
    });
    expect(options.options?.map((one) => [one.value, one.disabled])).toEqual([
      ['Mail', false],
      ['Phone', true],
    ]);

    const screen = await site.screens.create('Request screen');
    const screenId = screen.id;
    const [tab] = await asAdmin.screenTabs.getAllScreenTabs({ screenId });
    for (const one of ['summary', fieldId]) await asAdmin.screenTabFields.addScreenTabField({ screenId, tabId: tab?.id ?? 0, fieldId: one });
    const screens = await asAdmin.screenSchemes.createScreenScheme({ name: 'Request screens', screens: { default: screenId, create: screenId } });
    const byType = await asAdmin.issueTypeScreenSchemes.createIssueTypeScreenScheme({
      name: 'Request screens',
      issueTypeMappings: [
        { issueTypeId: 'default', screenSchemeId: '1' },
        { issueTypeId: type.id ?? '', screenSchemeId: String(screens.id) },
      ],
    });

    const project = await asAdmin.projects.createProject({
      key: 'REQ',
      name: 'Requests',
      projectTypeKey: 'software',
      leadAccountId: admin,
      assigneeType: 'UNASSIGNED',
      issueTypeScheme: Number(issueTypeSchemeId),
      workflowScheme: scheme.id ?? 0,
      issueTypeScreenScheme: Number(byType.id),
      permissionScheme: 0,
    });

    const projectId = String(project.id);
    expect(project.self).toBe(`${BASE_URL}/rest/api/3/project/${projectId}`);
    expect(workTypesOf(store, projectId).map((one) => one.name)).toEqual(['Request']);
    expect(workflowFor(store, projectId, type.id ?? '').name).toBe('Request flow');
    expect(fieldsOf(store, screenFor(store, projectId, type.id ?? '', 'edit')).map((one) => one.name)).toEqual(['Summary', 'Service']);
    expect((await asAdmin.projects.getProject({ projectIdOrKey: 'REQ' })).issueTypes?.map((one) => one.name)).toEqual(['Request']);
    const associations = await asAdmin.workflowSchemeProjectAssociations.getWorkflowSchemeProjectAssociations({ projectId: [project.id] });
    expect(associations.values.map((one) => [one.workflowScheme?.id, one.projectIds])).toEqual([[scheme.id, [projectId]]]);
  });

  it('can exchange the schemes of a project that has no work items', async () => {
    const { asAdmin, store, admin } = site;
    const { id } = await asAdmin.projects.createProject({ key: 'DEMO', name: 'Demo', projectTypeKey: 'business', leadAccountId: admin });
    const projectId = String(id);
    const scheme = await asAdmin.workflowSchemes.createWorkflowScheme({ name: 'Mine' });
    await asAdmin.workflowSchemeProjectAssociations.assignSchemeToProject({ projectId, workflowSchemeId: String(scheme.id) });
    const { issueTypeSchemeId } = await asAdmin.issueTypeSchemes.createIssueTypeScheme({ name: 'Bugs', issueTypeIds: ['10001'] });
    await asAdmin.issueTypeSchemes.assignIssueTypeSchemeToProject({ projectId, issueTypeSchemeId });
    const byType = await asAdmin.issueTypeScreenSchemes.createIssueTypeScreenScheme({
      name: 'Mine',
      issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId: '1' }],
    });
    await asAdmin.issueTypeScreenSchemes.assignIssueTypeScreenSchemeToProject({ projectId, issueTypeScreenSchemeId: byType.id });
    expect(store.projects.get(projectId)).toMatchObject({
      workflowSchemeId: String(scheme.id),
      workTypeSchemeId: issueTypeSchemeId,
      workTypeScreenSchemeId: byType.id,
    });
    const mine = await asAdmin.issueTypeScreenSchemes.getIssueTypeScreenSchemeProjectAssociations({ projectId: [id] });
    expect(mine.values.map((one) => one.issueTypeScreenScheme?.name)).toEqual(['Mine']);
  });
});

describe('refusals', () => {
  const taken: [name: string, status: number, make: (site: Site) => Promise<unknown>][] = [
    ['a work type', 409, ({ asAdmin }) => asAdmin.issueTypes.createIssueType({ name: 'task' })],
    [
      'a work type scheme',
      409,
      ({ asAdmin }) => asAdmin.issueTypeSchemes.createIssueTypeScheme({ name: 'Default Issue Type Scheme', issueTypeIds: ['10000'] }),
    ],
    ['a screen', 400, ({ screens }) => screens.create('Default Screen')],
    ['a screen scheme', 400, ({ asAdmin }) => asAdmin.screenSchemes.createScreenScheme({ name: 'Default Screen Scheme', screens: { default: 1 } })],
    ['a role', 409, ({ asAdmin }) => asAdmin.projectRoles.createProjectRole({ name: 'Administrators' })],
    ['a resolution', 400, ({ ask, admin }) => ask({ accountId: admin }, 'POST', '/rest/api/3/resolution', { name: 'Done' })],
    ['a link type', 404, ({ asAdmin }) => asAdmin.issueLinkTypes.createIssueLinkType({ name: 'Blocks', inward: 'x', outward: 'y' })],
    [
      'a status',
      400,
      ({ asAdmin }) => asAdmin.status.createStatuses({ scope: { type: 'GLOBAL' }, statuses: [{ name: 'done', statusCategory: 'DONE' }] }),
    ],
    ['a group', 400, ({ asAdmin }) => asAdmin.groups.createGroup({ name: 'jira-users' })],
  ];

  it.each(taken)('answers a name that %s has already with %i', async (_name, status, make) => {
    const before = JSON.stringify(site.store.toJSON());
    expect((await refusal(make(site))).status).toBe(status);
    expect(JSON.stringify(site.store.toJSON())).toBe(before);
  });

  it('names the field at fault when a project cannot be made', async () => {
    const { asAdmin, admin } = site;
    const demo = { key: 'DEMO', name: 'Demo', projectTypeKey: 'software', leadAccountId: admin } as const;
    await asAdmin.projects.createProject(demo);
    expect(Object.keys((await refusal(asAdmin.projects.createProject(demo))).body.errors).sort()).toEqual(['projectKey', 'projectName']);
    const { body } = await refusal(asAdmin.projects.createProject({ key: 'low', name: 'Low', leadAccountId: 'nobody', issueTypeScheme: 99999 }));
    expect(Object.keys(body.errors).sort()).toEqual(['issueTypeScheme', 'projectKey', 'projectLead', 'projectType']);
  });

  it('tells a body that does not fit what is wrong, by its name', async () => {
    const answer = await site.send({ accountId: site.admin }, 'POST', '/rest/api/3/issuetype', { name: 'x'.repeat(61) });
    expect(answer).toMatchObject({ status: 400, body: { errors: { name: expect.any(String) as string } } });
    expect((await site.send({ accountId: site.admin }, 'POST', '/rest/api/3/issuetype', { name: 'x'.repeat(60) })).status).toBe(201);
  });

  it('keeps what is in use', async () => {
    const { asAdmin } = site;
    expect((await refusal(site.screens.remove(1))).status).toBe(400);
    expect((await refusal(asAdmin.status.deleteStatusesById({ id: ['10000'] }))).status).toBe(400);
    expect((await refusal(asAdmin.issueTypeSchemes.deleteIssueTypeScheme({ issueTypeSchemeId: 10000 }))).status).toBe(400);
    await asAdmin.screenSchemes.createScreenScheme({ name: 'S', screens: { default: 1 } });
    const made = await site.screens.create('Used');
    await asAdmin.screenSchemes.createScreenScheme({ name: 'T', screens: { default: made.id } });
    expect((await refusal(site.screens.remove(made.id))).body.errorMessages).toEqual(['The screen is used in a screen scheme.']);
  });

  it('does not put a field on a screen twice, nor one that stands on none', async () => {
    const { asAdmin } = site;
    const [tab] = await asAdmin.screenTabs.getAllScreenTabs({ screenId: 1 });
    const add = (fieldId: string) => asAdmin.screenTabFields.addScreenTabField({ screenId: 1, tabId: tab?.id ?? 0, fieldId });
    await add('resolution');
    expect((await refusal(add('resolution'))).status).toBe(400);
    expect((await refusal(add('created'))).status).toBe(400);
    expect((await refusal(add('customfield_1'))).status).toBe(404);
    expect((await asAdmin.screens.getAvailableScreenFields({ screenId: 1 })).map((one) => one.id)).not.toContain('created');
  });

  it.each([
    ['a person without administration', 403],
    ['nobody', 401],
  ])('turns %s away with %i and changes nothing', async (who, status) => {
    const asker = { accountId: who === 'nobody' ? undefined : await site.person('Ann') };
    const before = JSON.stringify(site.store.toJSON());
    const attempts: [string, string, unknown][] = [
      ['POST', '/rest/api/3/issuetype', { name: 'Mine' }],
      ['POST', '/rest/api/3/screens', { name: 'Mine' }],
      ['POST', '/rest/api/3/workflows/create', {}],
      ['DELETE', '/rest/api/3/statuses?id=10000', undefined],
      ['POST', '/rest/api/3/project', { key: 'MINE', name: 'Mine' }],
      ['POST', '/rest/api/3/role', { name: 'Mine' }],
      ['POST', '/rest/api/3/permissionscheme', { name: 'Mine' }],
      ['POST', '/rest/api/3/workflowscheme', { name: 'Mine' }],
    ];
    for (const [method, path, body] of attempts) {
      // the bulk workflow operations know no 403
      const expected = path.includes('/workflows/') ? 401 : status;
      expect([path, (await site.send(asker, method, path, body)).status]).toEqual([path, expected]);
    }
    expect(JSON.stringify(site.store.toJSON())).toBe(before);
  });
});

describe('custom fields', () => {
  const field = async () => {
    const { id = '' } = await site.asAdmin.issueFields.createCustomField({ name: 'Team', type: `${TYPE}select` });
    return id;
  };

  it('prefer the context of a project to the global one, which takes no projects itself', async () => {
    const { asAdmin, store, admin } = site;
    const fieldId = await field();
    const { id } = await asAdmin.projects.createProject({ key: 'DEMO', name: 'Demo', projectTypeKey: 'software', leadAccountId: admin });
    const row = () => store.fields.get(fieldId) ?? expect.fail('no field');
    const global = row().contexts[0]?.id ?? '';
    const own = await asAdmin.issueCustomFieldContexts.createCustomFieldContext({
      fieldId,
      name: 'Demo only',
      projectIds: [String(id)],
      issueTypeIds: ['10000'],
    });
    expect(fieldContextFor(row(), String(id), '10000')?.id).toBe(own.id);
    expect(fieldContextFor(row(), String(id), '10001')).toBeUndefined();
    expect(fieldContextFor(row(), '99999', '10001')?.id).toBe(global);
    const twice = asAdmin.issueCustomFieldContexts.assignProjectsToCustomFieldContext({
      fieldId,
      contextId: Number(own.id),
      projectIds: [String(id)],
    });
    expect((await refusal(twice)).status).toBe(400);
    const toGlobal = asAdmin.issueCustomFieldContexts.assignProjectsToCustomFieldContext({
      fieldId,
      contextId: Number(global),
      projectIds: [String(id)],
    });
    expect((await refusal(toGlobal)).status).toBe(400);
  });

  it('have options that differ by name, cascade only where the type does, and go with a page of their own', async () => {
    const { asAdmin, store } = site;
    const fieldId = await field();
    const contextId = Number(store.fields.get(fieldId)?.contexts[0]?.id);
    const add = (...options: { value: string; optionId?: string }[]) =>
      asAdmin.issueCustomFieldOptions.createCustomFieldOption({ fieldId, contextId, options });
    const first = await add({ value: 'A' }, { value: 'B' });
    expect((await refusal(add({ value: 'a' }))).status).toBe(400);
    expect((await refusal(add({ value: 'C', optionId: first.options?.[0]?.id ?? '' }))).status).toBe(400);
    await asAdmin.issueCustomFieldOptions.updateCustomFieldOption({
      fieldId,
      contextId,
      options: [{ id: first.options?.[0]?.id ?? '', value: 'Alpha', disabled: true }],
    });
    const page = await asAdmin.issueCustomFieldOptions.getOptionsForContext({ fieldId, contextId, maxResults: 1 });
    expect(page).toMatchObject({ total: 2, isLast: false, values: [{ value: 'Alpha', disabled: true }] });
  });

  it('leave the screens and work items when they are deleted, and a task tells of it', async () => {
    const { asAdmin, store, admin } = site;
    const fieldId = await field();
    store.screens.get('1')?.tabs[0]?.fieldIds.push(fieldId);
    const answer = await site.send({ accountId: admin }, 'DELETE', `/rest/api/3/field/${fieldId}`);
    expect(answer).toMatchObject({ status: 303, headers: { Location: expect.stringContaining('/rest/api/3/task/') as string } });
    expect(store.screens.get('1')?.tabs[0]?.fieldIds).not.toContain(fieldId);
    const { id } = answer.body as { id: string };
    expect(await asAdmin.tasks.getTask({ taskId: id })).toMatchObject({ status: 'COMPLETE', progress: 100 });
    expect((await asAdmin.issueFields.getFieldsPaginated({ type: ['custom'] })).total).toBe(0);
  });
});
