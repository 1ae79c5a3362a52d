import { beforeEach, describe, expect, it } from 'vitest';
import { APP_ROLE, DEFAULTS, hasPermission, isAdministrator, rolesOfUser } from '../../sandbox/jira/lookups';
import type { PermissionGrant, Project, User } from '../../sandbox/jira/store';
import { freshSite, refusal, type Site } from './support/dispatch';

let site: Site;
let project: Project;
let ann: string;
beforeEach(async () => {
  site = freshSite();
  ann = await site.person('Ann');
  await site.asAdmin.projects.createProject({ key: 'DEMO', name: 'Demo', projectTypeKey: 'software', leadAccountId: site.admin });
  project = site.store.project('DEMO') ?? expect.fail('no project');
});

const user = (id: string): User => site.store.users.get(id) ?? expect.fail('no user');

describe('the default permissions', () => {
  it.each([
    ['Ann', 'BROWSE_PROJECTS', true],
    ['Ann', 'TRANSITION_ISSUES', true],
    ['Ann', 'ASSIGNABLE_USER', true],
    ['Ann', 'MODIFY_REPORTER', false],
    ['Ann', 'ADMINISTER_PROJECTS', false],
    ['the administrator', 'MODIFY_REPORTER', true],
    ['nobody', 'BROWSE_PROJECTS', false],
  ])('give %s %s: %s', async (who, permission, expected) => {
    const accountId = { Ann: ann, 'the administrator': site.admin }[who];
    const holder = accountId === undefined ? undefined : user(accountId);
    expect(hasPermission(site.store, holder, permission, project)).toBe(expected);
    if (accountId === undefined) return;
    const { permissions } = await site.as({ accountId }).permissions.getMyPermissions({ projectKey: 'DEMO', permissions: permission });
    expect(permissions).toMatchObject({ [permission]: { havePermission: expected } });
  });

  it('leave an inactive person nothing', () => {
    user(ann).active = false;
    expect(hasPermission(site.store, user(ann), 'BROWSE_PROJECTS', project)).toBe(false);
  });

  it('give app users every project permission through their role, in projects old and new', async () => {
    const app = site.store.users.put({ id: 'app', displayName: 'App', emailAddress: '', accountType: 'app', active: true, timeZone: 'Etc/UTC' });
    await site.asAdmin.projects.createProject({ key: 'NEXT', name: 'Next', projectTypeKey: 'software', leadAccountId: site.admin });
    const next = site.store.project('NEXT') ?? expect.fail('no project');
    const names = rolesOfUser(site.store, next, app.id).map((id) => site.store.roles.get(id)?.name);
    expect(names).toEqual([APP_ROLE]);
    expect(hasPermission(site.store, app, 'MODIFY_REPORTER', next)).toBe(true);
    expect(isAdministrator(site.store, app)).toBe(true);
  });
});

describe('permission holders', () => {
  const only = (holder: PermissionGrant['holder']): void => {
    const scheme = site.store.permissionSchemes.get(DEFAULTS.permissionScheme) ?? expect.fail('no scheme');
    scheme.grants = [{ permission: 'EDIT_ISSUES', holder }];
  };
  const may = (accountId: string | undefined, fields?: Record<string, string>) =>
    hasPermission(
      site.store,
      accountId === undefined ? undefined : user(accountId),
      'EDIT_ISSUES',
      project,
      fields && {
        id: '1', key: 'DEMO-1', projectId: project.id, workTypeId: '10000', statusId: '10000', creatorId: ann, created: 0, updated: 0, statusChanged: 0,
        fields, properties: {}, changes: [], comments: [],
      }, // prettier-ignore
    );

  it('are the reporter or the assignee of the work item at hand', () => {
    only({ type: 'reporter' });
    expect([may(ann, { reporter: ann }), may(ann, { reporter: site.admin }), may(ann)]).toEqual([true, false, false]);
    only({ type: 'assignee' });
    expect([may(ann, { assignee: ann }), may(ann, { reporter: ann })]).toEqual([true, false]);
  });

  it('are the lead, one person, everybody, or a group', () => {
    only({ type: 'projectLead' });
    expect([may(site.admin), may(ann)]).toEqual([true, false]);
    only({ type: 'user', accountId: ann });
    expect([may(site.admin), may(ann)]).toEqual([false, true]);
    only({ type: 'anyone' });
    expect(may(undefined)).toBe(true);
    const groupId = site.store.groups.find((one) => one.name === 'jira-administrators')?.id ?? '';
    only({ type: 'group', groupId });
    expect([may(site.admin), may(ann)]).toEqual([true, false]);
  });
});

describe('roles', () => {
  it('take people and groups, tell who is in them, and let them go', async () => {
    const { asAdmin, store, admin } = site;
    const role = await asAdmin.projectRoles.createProjectRole({ name: 'Solvers' });
    const place = { projectIdOrKey: 'DEMO', id: role.id ?? 0 };
    const group = await asAdmin.groups.createGroup({ name: 'team-a' });
    await asAdmin.groups.addUserToGroup({ groupname: 'team-a', accountId: admin });
    await asAdmin.projectRoleActors.addActorUsers({ ...place, user: [ann] });
    await asAdmin.projectRoleActors.addActorUsers({ ...place, groupId: [group.groupId ?? ''] });
    expect((await refusal(asAdmin.projectRoleActors.addActorUsers({ ...place, user: [ann] }))).status).toBe(400);
    expect((await refusal(asAdmin.projectRoleActors.addActorUsers({ ...place, user: ['nobody'] }))).status).toBe(404);
    expect((await asAdmin.projectRoles.getProjectRole(place)).actors?.map((one) => one.displayName)).toEqual(['team-a', 'Ann']);
    expect(rolesOfUser(store, project, admin)).toContain(String(role.id));
    await asAdmin.projectRoleActors.deleteActor({ ...place, user: ann });
    expect(rolesOfUser(store, project, ann)).toEqual([]);
    expect(Object.keys(await asAdmin.projectRoles.getProjectRoles({ projectIdOrKey: 'DEMO' }))).toContain('Solvers');
  });

  it('cannot be filled by people who do not administer the project', async () => {
    const role = site.store.roles.find((one) => one.name === 'Administrators')?.id ?? '';
    const attempt = site.as({ accountId: ann }).projectRoleActors.addActorUsers({ projectIdOrKey: 'DEMO', id: Number(role), user: [ann] });
    expect((await refusal(attempt)).status).toBe(404);
    expect(rolesOfUser(site.store, project, ann)).toEqual([]);
  });
});

describe('permission schemes', () => {
  it('can be made, given to a project, and grown by one grant at a time', async () => {
    const { asAdmin, store } = site;
    const scheme = await asAdmin.permissionSchemes.createPermissionScheme({
      body: { name: 'Closed', permissions: [{ permission: 'BROWSE_PROJECTS', holder: { type: 'user', parameter: ann } }] },
    });
    await asAdmin.projectPermissionSchemes.assignPermissionScheme({ projectKeyOrId: 'DEMO', id: scheme.id ?? 0 });
    expect([hasPermission(store, user(ann), 'BROWSE_PROJECTS', project), hasPermission(store, user(ann), 'EDIT_ISSUES', project)]).toEqual([
      true,
      false,
    ]);
    const grant = { schemeId: scheme.id ?? 0, permission: 'EDIT_ISSUES', holder: { type: 'applicationRole' } };
    await asAdmin.permissionSchemes.createPermissionGrant(grant);
    expect(hasPermission(store, user(ann), 'EDIT_ISSUES', project)).toBe(true);
    expect((await refusal(asAdmin.permissionSchemes.createPermissionGrant(grant))).status).toBe(400);
    const told = await asAdmin.permissionSchemes.getPermissionScheme({ schemeId: scheme.id ?? 0, expand: 'permissions' });
    expect(told.permissions?.map((one) => one.permission)).toEqual(['BROWSE_PROJECTS', 'EDIT_ISSUES']);
  });
});

describe('asking about permissions', () => {
  it("tells about others' rights only to administrators", async () => {
    const ask = (asker: string) =>
      site.as({ accountId: asker }).permissions.getBulkPermissions({
        accountId: ann,
        globalPermissions: ['ADMINISTER'],
        projectPermissions: [{ projects: [Number(project.id), 404], issues: [], permissions: ['EDIT_ISSUES', 'ADMINISTER_PROJECTS'] }],
      });
    expect(await ask(site.admin)).toEqual({
      globalPermissions: [],
      projectPermissions: [
        { permission: 'EDIT_ISSUES', projects: [Number(project.id)], issues: [] },
        { permission: 'ADMINISTER_PROJECTS', projects: [], issues: [] },
      ],
    });
    expect((await ask(ann)).projectPermissions).toHaveLength(2);
    const bob = await site.person('Bob');
    expect((await refusal(ask(bob))).status).toBe(403);
  });

  it('wants to know which permissions, and knows none but its own', async () => {
    expect((await refusal(site.asAdmin.permissions.getMyPermissions({}))).status).toBe(400);
    expect((await refusal(site.asAdmin.permissions.getMyPermissions({ permissions: 'FLY' }))).status).toBe(400);
    const { permissions } = await site.as({ accountId: ann }).permissions.getMyPermissions({ permissions: 'ADMINISTER,CREATE_ISSUES' });
    expect(permissions).toMatchObject({ ADMINISTER: { havePermission: false }, CREATE_ISSUES: { havePermission: true } });
  });
});

describe('people', () => {
  it('are found by name, by project and by id; projects only by those who may see them', async () => {
    const { asAdmin, store } = site;
    expect((await asAdmin.userSearch.findUsers({ query: 'an' })).map((one) => one.displayName)).toEqual(['Ann']);
    expect((await asAdmin.userSearch.findAssignableUsers({ project: 'DEMO' })).map((one) => one.displayName)).toEqual(['Site administrator', 'Ann']);
    const bulk = await site.ask({ accountId: ann }, 'GET', `/rest/api/3/user/bulk?accountId=${ann}&accountId=nobody`);
    expect(bulk).toMatchObject({ total: 1, values: [{ accountId: ann }] });
    expect((await refusal(asAdmin.users.getUser({ accountId: 'nobody' }))).status).toBe(404);
    const scheme = store.permissionSchemes.get(DEFAULTS.permissionScheme);
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'BROWSE_PROJECTS');
    expect((await site.as({ accountId: ann }).projects.searchProjects()).total).toBe(0);
    expect((await refusal(site.as({ accountId: ann }).projects.getProject({ projectIdOrKey: 'DEMO' }))).status).toBe(404);
  });

  it('may not be put into groups by an app as itself', async () => {
    site.store.users.put({ id: 'app', displayName: 'App', emailAddress: '', accountType: 'app', active: true, timeZone: 'Etc/UTC' });
    expect((await refusal(site.as({ accountId: 'app' }).groups.createGroup({ name: 'x' }))).status).toBe(403);
  });
});

describe('project properties', () => {
  const path = '/rest/api/3/project/DEMO/properties/settings';

  it('are made with 201, replaced with 200, and gone with 204', async () => {
    const asker = { accountId: site.admin };
    const statuses = [];
    for (const [method, body] of [['PUT', { a: 1 }], ['PUT', [2]], ['GET'], ['DELETE'], ['GET']] as const) {
      statuses.push((await site.send(asker, method, path, body)).status);
    }
    expect(statuses).toEqual([201, 200, 200, 204, 404]);
  });

  it('can be read by everybody who sees the project and written by those who administer it', async () => {
    await site.send({ accountId: site.admin }, 'PUT', path, false);
    expect(await site.send({ accountId: ann }, 'GET', path)).toMatchObject({ status: 200, body: { key: 'settings', value: false } });
    expect((await site.send({ accountId: ann }, 'PUT', path, true)).status).toBe(403);
    expect((await site.send({ accountId: site.admin }, 'PUT', path, 'x'.repeat(32_767))).status).toBe(400);
    expect((await site.send({ accountId: site.admin }, 'PUT', path, 'x'.repeat(32_766))).status).toBe(200);
  });
});
