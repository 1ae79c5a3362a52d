/** Dashboards, their gadgets and what apps keep with them; sharing; saved searches. */
import {
  createFilter,
  deleteDashboardItemProperty,
  getAllDashboards,
  getDashboard,
  getDashboardItemProperty,
  getDashboardItemPropertyKeys,
  getDashboardsPaginated,
  getFavouriteFilters,
  getFilter,
  getMyFilters,
  setDashboardItemProperty,
} from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import { groupNamed } from '../../sandbox/jira/lookups';
import type { Json } from '../../sandbox/jira/store';
import { refusal, world, type World } from './jiraWorld';

const path = '/rest/api/3/dashboard';
const MODULE = 'ari:cloud:ecosystem::extension/app/env/static/targets-gadget';

const details = (more: { [key: string]: Json } = {}) => ({ name: 'Service desk', sharePermissions: [], editPermissions: [], ...more });

async function dashboard(w: World, by: string, more: { [key: string]: Json } = {}): Promise<string> {
  const answer = await w.send(by, 'POST', path, details(more));
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { id: string }).id;
}

describe('a dashboard', () => {
  it('is its owner’s alone until it is shared, and replaced as a whole by an update', async () => {
    const w = world();
    const id = await dashboard(w, w.ann);
    expect(await getDashboard(w.client(w.ann), { id })).toMatchObject({
      name: 'Service desk',
      isWritable: true,
      isFavourite: true,
      owner: { accountId: w.ann },
    });
    expect((await w.send(w.bob, 'GET', `${path}/${id}`)).status).toBe(404);
    const shared = details({ description: 'For all', sharePermissions: [{ type: 'authenticated' }] });
    expect((await w.send(w.ann, 'PUT', `${path}/${id}`, shared)).status).toBe(200);
    expect(await getDashboard(w.client(w.bob), { id })).toMatchObject({ isWritable: false, sharePermissions: [{ type: 'loggedin' }] });
    expect((await w.send(undefined, 'GET', `${path}/${id}`)).status).toBe(404);
    expect((await w.send(w.bob, 'PUT', `${path}/${id}`, shared)).status).toBe(404);
    expect((await w.send(w.bob, 'DELETE', `${path}/${id}`)).status).toBe(400);
    expect((await w.send(w.ann, 'PUT', `${path}/${id}`, details())).status).toBe(200);
    expect((await w.send(w.bob, 'GET', `${path}/${id}`)).status).toBe(404);
    expect((await w.send(w.ann, 'DELETE', `${path}/${id}`)).status).toBe(204);
    expect(w.store.dashboards.size).toBe(0);
  });

  it('is shared with groups, projects, roles and people; what is not there refuses the request', async () => {
    const w = world();
    const role = w.store.roles.put({ id: w.store.nextId('role'), name: 'Trusted', description: '' });
    const project = w.store.project('DEMO');
    const projectId = project?.id ?? '';
    const users = groupNamed(w.store, 'jira-users')?.id ?? '';
    const sees = async (share: { [key: string]: Json }): Promise<boolean> => {
      const id = await dashboard(w, w.ann, { name: JSON.stringify(share), sharePermissions: [share] });
      return (await w.send(w.bob, 'GET', `${path}/${id}`)).status === 200;
    };
    expect(await sees({ type: 'group', group: { groupId: users } })).toBe(true);
    expect(await sees({ type: 'group', group: { name: 'jira-administrators' } })).toBe(false);
    expect(await sees({ type: 'project', project: { id: projectId } })).toBe(true);
    const trusted = { type: 'projectRole', project: { id: projectId }, role: { id: role.id } };
    expect(await sees(trusted)).toBe(false);
    if (project) project.roleActors[role.id] = { users: [w.bob], groups: [] };
    expect(await sees({ ...trusted, again: true })).toBe(true);
    expect(await sees({ type: 'user', user: { accountId: w.bob } })).toBe(true);
    const count = w.store.dashboards.size;
    const absent: { [key: string]: Json }[] = [
      { type: 'group', group: { name: 'none' } },
      { type: 'projectRole', project: { id: projectId } },
      { type: 'nobody' },
    ];
    for (const share of absent) {
      expect((await w.send(w.ann, 'POST', path, details({ name: 'X', sharePermissions: [share] }))).status).toBe(400);
    }
    expect(w.store.dashboards.size).toBe(count);
  });

  it('is listed and searched for as far as it may be seen', async () => {
    const w = world();
    await dashboard(w, w.ann, { name: 'Ann’s own' });
    await dashboard(w, w.ann, { name: 'For all', sharePermissions: [{ type: 'global' }] });
    await dashboard(w, w.bob, { name: 'Bob’s own' });
    const names = async (by: string, filter?: 'my' | 'favourite') =>
      (await getAllDashboards(w.client(by), { ...(filter && { filter }) })).dashboards?.map((one) => one.name);
    expect(await names(w.ann)).toEqual(['Ann’s own', 'For all']);
    expect(await names(w.bob)).toEqual(['For all', 'Bob’s own']);
    expect(await names(w.bob, 'my')).toEqual(['Bob’s own']);
    const page = await getDashboardsPaginated(w.client(w.bob), { dashboardName: 'all' });
    expect([page.total, page.values[0]?.name]).toEqual([1, 'For all']);
    expect((await w.send(w.ann, 'POST', path, details({ name: 'for ALL' }))).status).toBe(400);
  });
});

describe('gadgets', () => {
  const add = async (w: World, id: string, title: string, position?: { row: number; column: number }) => {
    const answer = await w.send(w.ann, 'POST', `${path}/${id}/gadget`, { moduleKey: MODULE, title, color: 'green', ...(position && { position }) });
    return [answer.status, (await answer.json()) as { id: number }] as const;
  };
  const places = async (w: World, id: string) => {
    const { gadgets } = (await (await w.send(w.ann, 'GET', `${path}/${id}/gadget`)).json()) as {
      gadgets: { title: string; position: { row: number; column: number } }[];
    };
    return Object.fromEntries(gadgets.map((one) => [one.title, `${one.position.column}.${one.position.row}`]));
  };

  it('make room for each other, close up, and stay where a refusal finds them', async () => {
    const w = world();
    const id = await dashboard(w, w.ann);
    const [, first] = await add(w, id, 'A');
    await add(w, id, 'B', { column: 0, row: 1 });
    await add(w, id, 'C', { column: 0, row: 0 });
    expect(await places(w, id)).toEqual({ C: '0.0', A: '0.1', B: '0.2' });
    const one = `${path}/${id}/gadget/${first.id}`;
    expect((await w.send(w.ann, 'PUT', one, { position: { column: 1, row: 0 }, title: 'A!', color: 'red' })).status).toBe(204);
    expect(await places(w, id)).toEqual({ C: '0.0', B: '0.1', 'A!': '1.0' });
    expect((await w.send(w.ann, 'PUT', one, { position: { column: 1, row: 5 }, title: 'Lost' })).status).toBe(400);
    expect((await w.send(w.ann, 'PUT', one, { color: 'pink' })).status).toBe(400);
    expect((await w.send(w.bob, 'DELETE', one)).status).toBe(404);
    expect(await places(w, id)).toEqual({ C: '0.0', B: '0.1', 'A!': '1.0' });
    expect((await w.send(w.ann, 'DELETE', one)).status).toBe(204);
    expect((await w.send(w.ann, 'DELETE', one)).status).toBe(404);
  });

  it('come to stand in the row that was asked for, in their own column too', async () => {
    const w = world();
    const id = await dashboard(w, w.ann);
    const [, { id: c }] = await add(w, id, 'C');
    await add(w, id, 'B');
    const [, { id: a }] = await add(w, id, 'A');
    const move = (gadget: number, row: number) => w.send(w.ann, 'PUT', `${path}/${id}/gadget/${gadget}`, { position: { column: 0, row } });
    await move(a, 1);
    expect(await places(w, id)).toEqual({ B: '0.0', A: '0.1', C: '0.2' });
    await move(c, 0);
    expect(await places(w, id)).toEqual({ C: '0.0', B: '0.1', A: '0.2' });
  });

  it('have as many columns as the layout, and go into the last one when theirs is taken away', async () => {
    const w = world();
    const id = await dashboard(w, w.ann, { sharePermissions: [{ type: 'authenticated' }] });
    const layout = `/rest/dashboards/1.0/${id}/layout`;
    const read = async () => (await w.send(w.bob, 'GET', layout)).json() as Promise<unknown>;
    expect(await read()).toEqual({ layout: 'AA' });
    await add(w, id, 'A');
    expect((await add(w, id, 'B', { column: 2, row: 0 }))[0]).toBe(400);
    expect((await w.send(w.bob, 'PUT', layout, { layout: 'AAA' })).status).toBe(404);
    expect((await w.send(w.ann, 'PUT', layout, { layout: 'B' })).status).toBe(400);
    expect((await w.send(w.ann, 'PUT', layout, { layout: 'AAA' })).status).toBe(204);
    await add(w, id, 'B', { column: 2, row: 0 });
    await add(w, id, 'C', { column: 1, row: 0 });
    await w.send(w.ann, 'PUT', layout, { layout: 'A' });
    expect([await read(), await places(w, id)]).toEqual([{ layout: 'A' }, { A: '0.0', C: '0.1', B: '0.2' }]);
  });

  it('are known by module or address, never both or neither, and twenty are enough', async () => {
    const w = world();
    const id = await dashboard(w, w.ann);
    const ask = async (body: Json) => (await w.send(w.ann, 'POST', `${path}/${id}/gadget`, body)).status;
    const { gadgets } = (await (await w.send(w.ann, 'GET', `${path}/gadgets`)).json()) as { gadgets: { uri?: string; moduleKey?: string }[] };
    expect(await ask({})).toBe(400);
    expect(await ask({ moduleKey: MODULE, uri: 'x' })).toBe(400);
    expect(await ask({ moduleKey: 'unknown' })).toBe(400);
    expect(await ask({ moduleKey: 'unknown', ignoreUriAndModuleKeyValidation: true })).toBe(200);
    for (const { uri, moduleKey } of gadgets) expect(await ask(uri ? { uri } : { moduleKey: moduleKey ?? '' })).toBe(200);
    for (let count = gadgets.length + 1; count < 20; count += 1) expect(await ask({ moduleKey: MODULE })).toBe(200);
    expect(await ask({ moduleKey: MODULE })).toBe(400);
    expect(w.store.dashboards.get(id)?.gadgets).toHaveLength(20);
  });

  it('keep properties for their app: read by all who see the dashboard, written by those who may edit it', async () => {
    const w = world();
    const dashboardId = await dashboard(w, w.ann, { sharePermissions: [{ type: 'authenticated' }] });
    const [, { id }] = await add(w, dashboardId, 'A');
    const itemId = String(id);
    const property = `${path}/${dashboardId}/items/${itemId}/properties/settings`;
    expect((await w.send(w.ann, 'PUT', property, { months: 3 })).status).toBe(201);
    await setDashboardItemProperty(w.client(w.ann), { dashboardId, itemId, propertyKey: 'settings', body: { months: 5 } });
    expect((await w.send(w.ann, 'PUT', property, { months: 6 })).status).toBe(200);
    expect((await getDashboardItemProperty(w.client(w.bob), { dashboardId, itemId, propertyKey: 'settings' })).value).toEqual({ months: 6 });
    expect((await getDashboardItemPropertyKeys(w.client(w.bob), { dashboardId, itemId })).keys?.map((one) => one.key)).toEqual(['settings']);
    expect((await w.send(w.bob, 'PUT', property, 1)).status).toBe(403);
    expect((await w.send(w.ann, 'PUT', property, 'x'.repeat(32_767))).status).toBe(400);
    expect((await w.send(w.ann, 'GET', `${path}/${dashboardId}/items/1/properties`)).status).toBe(404);
    await deleteDashboardItemProperty(w.client(w.ann), { dashboardId, itemId, propertyKey: 'settings' });
    expect((await refusal(getDashboardItemProperty(w.client(w.ann), { dashboardId, itemId, propertyKey: 'settings' }))).status).toBe(404);
  });

  it('without a module of their own keep only texts in their configuration', async () => {
    const w = world();
    const dashboardId = await dashboard(w, w.ann);
    const answer = await w.send(w.ann, 'POST', `${path}/${dashboardId}/gadget`, { uri: 'x', ignoreUriAndModuleKeyValidation: true });
    const { id } = (await answer.json()) as { id: number };
    const config = `${path}/${dashboardId}/items/${id}/properties/config`;
    expect((await w.send(w.ann, 'PUT', config, { months: 3 })).status).toBe(400);
    expect((await w.send(w.ann, 'PUT', config, { months: '3' })).status).toBe(201);
  });
});

describe('filters', () => {
  it('are saved, shared, and found among one’s own and one’s favourites', async () => {
    const w = world();
    const { id = '' } = await createFilter(w.client(w.ann), { name: 'Open', jql: 'project = DEMO', favourite: true });
    expect(await getFilter(w.client(w.ann), { id: Number(id) })).toMatchObject({
      name: 'Open',
      jql: 'project = DEMO',
      favourite: true,
      owner: { accountId: w.ann },
    });
    expect((await refusal(getFilter(w.client(w.bob), { id: Number(id) }))).status).toBe(400);
    const shared = await createFilter(w.client(w.ann), { name: 'Shared', jql: 'project = DEMO', sharePermissions: [{ type: 'authenticated' }] });
    expect((await getFilter(w.client(w.bob), { id: Number(shared.id) })).sharePermissions).toMatchObject([{ type: 'loggedin' }]);
    expect((await getFavouriteFilters(w.client(w.ann))).map((one) => one.name)).toEqual(['Open']);
    expect((await getMyFilters(w.client(w.ann))).map((one) => one.name)).toEqual(['Open', 'Shared']);
    expect(await getMyFilters(w.client(w.bob))).toEqual([]);
    expect((await refusal(createFilter(w.client(w.ann), { name: 'open', jql: 'project = DEMO' }))).status).toBe(400);
    expect((await refusal(createFilter(w.client(w.ann), { name: 'Bad', jql: 'project =' }))).status).toBe(400);
    expect(w.store.filters.size).toBe(2);
  });
});
