/** Gadgets on a dashboard: where they stand, and what their app is told. */
import { describe, expect, it } from 'vitest';
import type { JiraSite, PlacedModule } from '../../sandbox/contract';
import { forgeUiRoutes } from '../../sandbox/forge/ui';
import { WidgetEditor } from '../../sandbox/forge/ui/host/widget';
import { partsOf, STATISTICS, STATUS } from '../../sandbox/web/src/dashboards/own/pie';
import { columnsOf, LAYOUTS, movesOf, rowAt, spansOf } from '../../sandbox/web/src/dashboards/places';
import { holders, sharedWith, toShares, valuesOf } from '../../sandbox/web/src/dashboards/shares';
import { fixtureForge, jira as fixtureJira } from './fixtures/custom-ui/site';

const gadget = (id: string, column: number, row: number) => ({ id, position: { row, column } });

describe('places of gadgets', () => {
  const all = [gadget('b', 0, 1), gadget('a', 0, 0), gadget('c', 1, 0)];
  const columns = columnsOf(all, 2);

  it('are columns from the top, as many as the layout has', () => {
    expect(columns.map((column) => column.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
    expect(columnsOf([], spansOf('AAA').length)).toEqual([[], [], []]);
    for (const { spans } of Object.values(LAYOUTS)) expect(spans.reduce<number>((sum, one) => sum + one, 0)).toBe(12);
  });

  it('may be left only for places that there are', () => {
    const steps = (one: ReturnType<typeof gadget>) => movesOf(one, columns).map(({ direction, to }) => [direction, to.row, to.column]);
    expect(steps(gadget('a', 0, 0))).toEqual([
      ['down', 1, 0],
      ['right', 0, 1],
    ]);
    expect(steps(gadget('b', 0, 1))).toEqual([
      ['up', 0, 0],
      ['right', 1, 1],
    ]);
    expect(steps(gadget('c', 1, 0))).toEqual([['left', 0, 0]]);
  });

  it('are found by the height at which something is dropped', () => {
    const others = [
      { top: 0, height: 100 },
      { top: 100, height: 200 },
    ];
    expect([0, 49, 51, 199, 201, 900].map((y) => rowAt(y, others))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('a chart of work items', () => {
  const item = (name: string) => ({
    fields: {
      summary: '',
      updated: '',
      issuetype: { id: '1', name: 'Task', iconUrl: '', description: '', subtask: false },
      status: { name, statusCategory: { key: 'new' } },
    },
  });

  it('has its parts by size, each with its query, and one for a long tail', () => {
    const parts = partsOf([item('A'), item('B'), item('B')], STATUS, 'project = 1');
    expect(parts.map(({ name, count, jql }) => [name, count, jql])).toEqual([
      ['B', 2, '(project = 1) AND status = "B"'],
      ['A', 1, '(project = 1) AND status = "A"'],
    ]);
    expect(parts[0]?.share).toBeCloseTo(2 / 3);
    const many = partsOf([...'ABCDEFGHIJ'].map(item), STATUS, 'project = 1');
    expect(many.at(-1)).toMatchObject({ name: 'Others', count: 3, jql: 'project = 1' });
    expect(many.length).toBe(8);
  });

  it('says who has none', () => {
    const [part] = partsOf([item('A')], STATISTICS['assignees'] ?? STATUS, 'project = 1');
    expect(part).toMatchObject({ name: 'None', share: 1, jql: '(project = 1) AND assignee is EMPTY' });
  });
});

describe('those with whom a dashboard is shared', () => {
  it('go into a list of choices and back', () => {
    const held = [
      { type: 'loggedin' },
      { type: 'group', group: { groupId: 'g-1', name: 'desk' } },
      { type: 'project', project: { id: '7', name: 'Abacus' }, role: { id: '3', name: 'Leads' } },
      { type: 'user', user: { accountId: 'qm:1:a', displayName: 'Ada' } },
      { type: 'project-unknown' },
    ];
    expect(toShares(valuesOf(held))).toEqual([
      { type: 'loggedin' },
      { type: 'group', group: { groupId: 'g-1' } },
      { type: 'projectRole', project: { id: '7' }, role: { id: '3' } },
      { type: 'user', user: { accountId: 'qm:1:a' } },
    ]);
    expect(holders([{ id: '7', key: 'AB', name: 'Abacus' }], [{ groupId: 'g-1', name: 'desk' }], held).map(({ label }) => label)).toEqual([
      'Everyone who is logged in',
      'Group: desk',
      'Space: Abacus',
      'Space: Abacus, Leads',
      'Ada',
    ]);
    expect(sharedWith([])).toBe('Private');
  });
});

describe('setting up a widget', () => {
  const editor = (changed: (config: object) => void = () => undefined) => new WidgetEditor({ label: 'old' }, changed);

  it('keeps nothing unless the app answers something to be kept', async () => {
    const kept: unknown[] = [];
    const keep = async (config: unknown): Promise<void> => void kept.push(config);
    await editor().save('7', keep);
    for (const answer of [null, undefined, { label: 'new' }]) {
      const one = editor();
      one.api.onProductSave(async () => answer);
      await one.save('7', keep);
    }
    expect(kept).toEqual([{ label: 'new' }]);
  });

  it('tells the app what was saved, and the page what changes', async () => {
    const heard: unknown[] = [];
    const one = editor((config) => heard.push(config));
    one.api.onSave(async (config: unknown, widgetId: unknown) => void heard.push([config, widgetId]));
    one.api.updateConfig({ label: 'new' });
    await one.save('7', async () => undefined);
    expect(heard).toEqual([{ label: 'new' }, [{ label: 'new' }, '7']]);
  });

  it('is refused by the app or by the site, and the app hears of both', async () => {
    const heard: string[] = [];
    const refusing = editor();
    refusing.api.onSaveError(({ message }: Error) => heard.push(message));
    refusing.api.onProductSave(async () => Promise.reject(new Error('A label is missing.')));
    await expect(refusing.save('7', async () => undefined)).rejects.toThrow('A label is missing.');
    refusing.api.onProductSave(async () => ({ label: 'new' }));
    await expect(refusing.save('7', async () => Promise.reject(new Error('Not yours.')))).rejects.toThrow('Not yours.');
    expect(heard).toEqual(['A label is missing.', 'Not yours.']);
  });
});

describe('modules of a dashboard', () => {
  const CONFIG = '/rest/api/3/dashboard/10/items/7/properties/config';
  const jira: JiraSite = {
    ...fixtureJira,
    async request(identity, path, init) {
      const { pathname, searchParams } = new URL(path, 'http://jira');
      if (identity.accountId !== 'ada') return fixtureJira.request(identity, path, init);
      if (pathname === '/rest/api/3/dashboard/10/gadget') return Response.json({ gadgets: searchParams.get('gadgetId') === '7' ? [{ id: 7 }] : [] });
      if (pathname === '/rest/api/3/dashboard/10') return Response.json({ id: '10' });
      if (pathname === CONFIG) return Response.json({ key: 'config', value: { project: 'AB' } });
      return fixtureJira.request(identity, path, init);
    },
  };
  const modules = {
    'jira:dashboardGadget': [{ key: 'old', title: 'Old gadget', resource: 'main/panel', refreshable: false, edit: { resource: 'main/dialog' } }],
    'dashboards:widget': [
      {
        key: 'new',
        title: 'New widget',
        description: 'A widget',
        thumbnail: 'resource:main;icon.svg',
        resource: 'main/panel',
        edit: { resource: 'main/dialog' },
      },
    ],
  };
  const handler = forgeUiRoutes({ forge: fixtureForge(modules), jira, frameOrigin: 'http://frames', siteUrl: 'http://site' });
  const ask = async (path: string, accountId: string, body?: unknown) => {
    const request = new Request(`http://site${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
    const response = await handler(request, accountId);
    return { status: response?.status, body: (await response?.json()) as unknown };
  };
  const extension = async (moduleKey: string, place: object, accountId = 'ada') => {
    const { status, body } = await ask('/_forge/context', accountId, { moduleKey, extension: place });
    return status === 200 ? (body as { extension: unknown }).extension : status;
  };
  const place = { dashboard: { id: '10' }, gadget: { id: '7' } };

  it('are gadgets and widgets, with the name that a dashboard knows them by and the frame to set them up', async () => {
    const [old, next] = (await ask('/_forge/modules?location=dashboard', 'ada')).body as PlacedModule[];
    expect(old).toMatchObject({
      extensionId: 'ari:cloud:ecosystem::extension/app-1/environment-1/static/old',
      editFrameUrl: 'http://frames/r/main/dialog.html',
      refreshable: false,
    });
    expect(next).toMatchObject({ type: 'dashboards:widget', description: 'A widget', thumbnail: 'http://frames/r/main/icon.svg', refreshable: true });
  });

  it('learn where they are and what they keep, each kind in its own words', async () => {
    expect(await extension('old', { ...place, entryPoint: 'edit' })).toEqual({
      type: 'jira:dashboardGadget',
      entryPoint: 'edit',
      gadgetConfiguration: { project: 'AB' },
      dashboard: { id: '10' },
      gadget: { id: '7' },
    });
    expect(await extension('new', place)).toEqual({
      type: 'dashboards:widget',
      config: { project: 'AB' },
      context: { dashboardId: '10', widgetId: '7' },
    });
  });

  it('tell a widget how large it is, what to show without keeping it, and that it is being set up', async () => {
    const layout = { width: 300, height: 200, columnSpan: 6 };
    expect(await extension('new', { ...place, entryPoint: 'edit', widget: { layout } })).toMatchObject({
      entryPoint: 'edit',
      config: { project: 'AB' },
      layout,
    });
    expect(await extension('new', { ...place, widget: { preview: { project: 'CD' } } })).toMatchObject({ config: { project: 'CD' } });
    expect(await extension('new', { dashboard: place.dashboard })).toEqual({ type: 'dashboards:widget', context: { dashboardId: '10' } });
    expect(await extension('new', { dashboard: { id: '11' } })).toBe(404);
  });

  it('learn nothing where the gadget is not, or for those who may not see it', async () => {
    expect(await extension('old', {})).toBe(404);
    expect(await extension('old', { ...place, gadget: { id: '8' } })).toBe(404);
    expect(await extension('old', place, 'eve')).toBe(404);
  });
});
