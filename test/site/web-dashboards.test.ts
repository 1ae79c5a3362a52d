/** Gadgets on a dashboard: where they stand, and what their app is told. */
import { describe, expect, it } from 'vitest';
import type { JiraSite, PlacedModule } from '../../sandbox/contract';
import { forgeUiRoutes } from '../../sandbox/forge/ui';
import { columnsOf, movesOf } from '../../sandbox/web/src/dashboards/places';
import { fixtureForge, jira as fixtureJira } from './fixtures/custom-ui/site';

const gadget = (id: string, column: number, row: number) => ({ id, position: { row, column } });

describe('places of gadgets', () => {
  const all = [gadget('b', 0, 1), gadget('a', 0, 0), gadget('c', 1, 0)];

  it('are two columns from the top, and a third where it is used', () => {
    expect(columnsOf(all).map((column) => column.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
    expect(columnsOf([]).length).toBe(2);
    expect(columnsOf([gadget('d', 2, 0)]).length).toBe(3);
  });

  it('may be left only for places that there are', () => {
    expect(movesOf(gadget('a', 0, 0), all)).toEqual([
      { label: 'Move down', to: { row: 1, column: 0 } },
      { label: 'Move right', to: { row: 0, column: 1 } },
    ]);
    expect(movesOf(gadget('b', 0, 1), all).map(({ label, to }) => [label, to.row, to.column])).toEqual([
      ['Move up', 0, 0],
      ['Move right', 1, 1],
    ]);
    expect(movesOf(gadget('c', 1, 0), all)).toEqual([{ label: 'Move left', to: { row: 0, column: 0 } }]);
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
      if (pathname === CONFIG) return Response.json({ key: 'config', value: { project: 'AB' } });
      return fixtureJira.request(identity, path, init);
    },
  };
  const modules = {
    'jira:dashboardGadget': [{ key: 'old', title: 'Old gadget', resource: 'main/panel', edit: { resource: 'main/dialog' } }],
    'dashboards:widget': [{ key: 'new', title: 'New widget', resource: 'main/panel' }],
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
    });
    expect(next?.type).toBe('dashboards:widget');
    expect(next?.editFrameUrl).toBeUndefined();
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

  it('learn nothing where the gadget is not, or for those who may not see it', async () => {
    expect(await extension('old', {})).toBe(404);
    expect(await extension('old', { ...place, gadget: { id: '8' } })).toBe(404);
    expect(await extension('old', place, 'eve')).toBe(404);
  });
});
