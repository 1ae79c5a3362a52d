/** The site's /_forge/ addresses: who sees which module, and what an app is told. */
import { describe, expect, it } from 'vitest';
import type { PlacedModule } from '../../sandbox/contract';
import { forgeUiRoutes, type ForgeForUi } from '../../sandbox/forge/ui';
import { fixtureForge, jira, MODULES } from './fixtures/custom-ui/site';

const SITE = 'http://localhost:8090';
const FRAMES = 'http://localhost:8091';

const logged: string[] = [];
function routes(forge: ForgeForUi = fixtureForge()) {
  return forgeUiRoutes({ forge, jira, frameOrigin: FRAMES, siteUrl: SITE, log: (message) => logged.push(message) });
}

async function ask(path: string, accountId: string | undefined, body?: unknown, headers: Record<string, string> = {}, handler = routes()) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await handler(new Request(SITE + path, { ...init, headers }), accountId);
  return { status: response?.status, body: (await response?.json()) as unknown };
}

const panelWith = (displayConditions: unknown): ForgeForUi =>
  fixtureForge({ 'jira:issuePanel': [{ ...MODULES['jira:issuePanel']?.[0], key: 'panel', displayConditions }] });

async function shown(displayConditions: unknown): Promise<boolean> {
  const { body } = await ask('/_forge/modules?location=issue&issueKey=AB-1', 'ada', undefined, {}, routes(panelWith(displayConditions)));
  return (body as PlacedModule[]).length === 1;
}

describe('modules at a place', () => {
  it('lists issue modules with the address of their frame', async () => {
    const { body } = await ask('/_forge/modules?location=issue&issueKey=AB-1', 'ada');
    expect(body).toEqual([
      {
        moduleKey: 'panel',
        type: 'jira:issuePanel',
        title: 'Fixture panel',
        icon: `${FRAMES}/r/main/icon.svg`,
        frameUrl: `${FRAMES}/r/main/panel.html`,
      },
    ]);
  });

  it('tells nobody about an issue they may not see', async () => {
    expect((await ask('/_forge/modules?location=issue&issueKey=AB-1', 'eve')).status).toBe(404);
    expect((await ask('/_forge/modules?location=issue&issueKey=AB-1', undefined)).status).toBe(404);
    expect((await ask('/_forge/modules?location=issue&issueKey=AB-9', 'ada')).status).toBe(404);
  });

  it('gives admin and global pages an address of their own, and admin pages to administrators', async () => {
    const [global] = (await ask('/_forge/modules?location=global', 'eve')).body as PlacedModule[];
    expect(global?.address).toBe('/jira/apps/app-1/environment-1');
    const [admin] = (await ask('/_forge/modules?location=admin', 'ada')).body as PlacedModule[];
    expect(admin?.address).toBe('/jira/settings/apps/app-1/environment-1');
    expect((await ask('/_forge/modules?location=admin', 'eve')).body).toEqual([]);
  });

  it('gives project pages an address in their project, to those who see it and where the conditions hold', async () => {
    const page = { key: 'boxes', title: 'Boxes', resource: 'main/page' };
    const listed = async (accountId: string, displayConditions?: unknown) =>
      ask(
        '/_forge/modules?location=project&projectKey=AB',
        accountId,
        undefined,
        {},
        routes(fixtureForge({ 'jira:projectPage': [{ ...page, displayConditions }] })),
      );
    expect((await listed('ada')).body).toMatchObject([{ moduleKey: 'boxes', address: '/jira/software/projects/AB/apps/app-1/environment-1' }]);
    expect((await listed('eve')).status).toBe(404);
    expect((await listed('ada', { projectKey: 'AB', projectType: 'software' })).body).toHaveLength(1);
    expect((await listed('ada', { projectKey: 'XY' })).body).toEqual([]);
    expect((await listed('ada', { issueType: 'Task' })).body).toEqual([]);
  });

  it('refuses other places and leaves other addresses alone', async () => {
    expect((await ask('/_forge/modules?location=moon', 'ada')).status).toBe(400);
    expect(await routes()(new Request(`${SITE}/rest/api/3/myself`), 'ada')).toBeUndefined();
  });

  it('finds the frame of a resource by key and entry', async () => {
    expect((await ask('/_forge/frame?resource=main/dialog', 'ada')).body).toEqual({ frameUrl: `${FRAMES}/r/main/dialog.html` });
    expect((await ask('/_forge/frame?resource=main/none', 'ada')).status).toBe(404);
  });
});

describe('display conditions', () => {
  it.each([
    [{ issueType: 'Task' }, true],
    [{ issueType: ['Bug', 'Task'] }, true],
    [{ issueType: 'Bug' }, false],
    [{ issueType: 'Task', projectKey: 'XY' }, false],
    [{ projectType: 'software', isAdmin: true }, true],
    [{ isAdmin: false }, false],
    [{ not: { issueType: 'Epic' } }, true],
    [{ or: { issueType: 'Epic', projectKey: 'AB' } }, true],
    [{ or: [{ issueType: 'Epic' }, { and: { issueType: 'Task', not: { projectKey: 'AB' } } }] }, false],
    [{ entityPropertyEqualTo: { entity: 'issue', propertyKey: 'mode', objectName: 'on', value: 'true' } }, true],
    [{ entityPropertyEqualTo: { entity: 'issue', propertyKey: 'mode', value: '{"on":true}' } }, true],
    [{ entityPropertyEqualTo: { entity: 'issue', propertyKey: 'mode', objectName: 'off', value: 'undefined' } }, false],
    [{ entityPropertyExists: { entity: 'issue', propertyKey: 'none' } }, false],
    [{ entityPropertyContainsAny: { entity: 'issue', propertyKey: 'mode', objectName: 'on', value: ['x', 'true'] } }, true],
    [{ entityPropertyContainsAll: { entity: 'issue', propertyKey: 'mode', objectName: 'on', value: ['x', 'true'] } }, false],
  ])('%j: %s', async (conditions, expected) => {
    expect(await shown(conditions)).toBe(expected);
  });

  it('leaves out a condition it does not know, and says so', async () => {
    logged.length = 0;
    expect(await shown({ canCloneIssues: true })).toBe(true);
    expect(await shown({ not: { canCloneIssues: true } })).toBe(true);
    expect(await shown({ canCloneIssues: true, issueType: 'Bug' })).toBe(false);
    expect(logged[0]).toContain('"canCloneIssues"');
  });
});

describe('context', () => {
  it('is built from the session and from Jira, not from what the browser says', async () => {
    const extension = {
      issue: { key: 'AB-1', id: '666' },
      project: { key: 'HR' },
      type: 'jira:adminPage',
      location: `${SITE}/browse/AB-1`,
      modal: { a: 1 },
    };
    const { body } = await ask('/_forge/context', 'ada', { moduleKey: 'panel', accountId: 'eve', extension });
    expect(body).toMatchObject({
      accountId: 'ada',
      moduleKey: 'panel',
      environmentType: 'DEVELOPMENT',
      siteUrl: SITE,
      locale: 'en-GB',
      timezone: 'Europe/London',
    });
    expect((body as { extension: unknown }).extension).toEqual({
      type: 'jira:issuePanel',
      issue: { id: '10001', key: 'AB-1', type: 'Task', typeId: '3' },
      project: { id: '7', key: 'AB', type: 'software' },
      isNewToIssue: false,
      location: `${SITE}/browse/AB-1`,
      modal: { a: 1 },
    });
  });

  it('does not exist for somebody who may not see the issue, nor for an issue module without an issue', async () => {
    expect((await ask('/_forge/context', 'eve', { moduleKey: 'panel', extension: { issue: { key: 'AB-1' } } })).status).toBe(404);
    expect((await ask('/_forge/context', 'ada', { moduleKey: 'panel' })).status).toBe(404);
    expect((await ask('/_forge/context', 'ada', { moduleKey: 'none' })).status).toBe(404);
  });
});

describe('context of a project page', () => {
  const forge = fixtureForge({ 'jira:projectPage': [{ key: 'boxes', title: 'Boxes', resource: 'main/page' }] });
  const context = (accountId: string, extension: object) => ask('/_forge/context', accountId, { moduleKey: 'boxes', extension }, {}, routes(forge));

  it('has the project, for those who see it', async () => {
    const { body } = await context('ada', { project: { key: 'AB' } });
    expect(body).toMatchObject({ extension: { type: 'jira:projectPage', project: { id: '7', key: 'AB', type: 'software' } } });
    expect((await context('eve', { project: { key: 'AB' } })).status).toBe(404);
    expect((await context('ada', {})).status).toBe(404);
  });
});

describe('the status of an issue context', () => {
  const module = {
    key: 'glance',
    title: 'Glance',
    label: 'Glance',
    resource: 'main/panel',
    status: { type: 'badge', value: { label: '0' } },
    dynamicProperties: { function: 'tell' },
  };
  const told = async (answer: unknown) => {
    const asked: unknown[] = [];
    const tell = (argument: unknown): Promise<unknown> => {
      asked.push(argument);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    const forge = fixtureForge({ 'jira:issueContext': [module] }, { tell });
    const { body } = await ask('/_forge/status', 'ada', { moduleKey: 'glance', extension: { issue: { key: 'AB-1' } } }, {}, routes(forge));
    return { asked, status: (body as { status: unknown }).status };
  };

  it('is what the app’s function says of the place', async () => {
    const lozenge = { type: 'lozenge', value: { label: '2 open', type: 'moved' } };
    const { asked, status } = await told({ status: lozenge });
    expect(status).toEqual(lozenge);
    expect(asked).toEqual([
      {
        cloudId: 'cloud-1',
        extension: {
          type: 'jira:issueContext',
          issue: { id: '10001', key: 'AB-1', type: 'Task', typeId: '3' },
          project: { id: '7', key: 'AB', type: 'software' },
        },
      },
    ]);
    const icon = (url: string) => ({ status: { type: 'icon', value: { label: 'Fine', url } } });
    expect((await told(icon('resource:main;icon.svg'))).status).toEqual({ type: 'icon', value: { label: 'Fine', url: `${FRAMES}/r/main/icon.svg` } });
  });

  it.each([
    new Error('broken'),
    {},
    { status: { type: 'rainbow' } },
    { status: { type: 'icon', value: { label: 'x', url: 'https://elsewhere.example/x.svg' } } },
  ])('is the manifest’s where the function says nothing that can be shown: %j', async (answer) => {
    expect((await told(answer)).status).toEqual(module.status);
  });
});

describe('invoke', () => {
  const call = { moduleKey: 'panel', functionKey: 'echo', payload: { a: 1 }, extension: { issue: { key: 'AB-1' } } };

  it('runs the resolver as the person of the session', async () => {
    const { body } = await ask('/_forge/invoke', 'ada', call);
    expect(body).toMatchObject({ ok: true, value: { payload: { a: 1 }, context: { accountId: 'ada', extension: { issue: { id: '10001' } } } } });
  });

  it('passes an error of the app on as its message', async () => {
    expect((await ask('/_forge/invoke', 'ada', { ...call, functionKey: 'broken' })).body).toEqual({
      ok: false,
      error: { message: 'The abacus is broken.' },
    });
  });

  it('runs nothing for somebody who may not see the issue', async () => {
    expect((await ask('/_forge/invoke', 'eve', call)).status).toBe(404);
  });

  it('takes no request from another origin, the frames of the app included', async () => {
    expect((await ask('/_forge/invoke', 'ada', call, { origin: FRAMES })).status).toBe(403);
    expect((await ask('/_forge/invoke', 'ada', call, { origin: SITE })).status).toBe(200);
  });

  it('says what is wrong with a body', async () => {
    const { status, body } = await ask('/_forge/invoke', 'ada', { moduleKey: 'panel' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { message: expect.stringContaining('functionKey') as string } });
  });
});
