/** Pictures of work types: Jira's own and uploaded ones; and the audit log, which tells who chose them. */
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../sandbox/jira/avatars/image';
import { FIRST_OWN_AVATAR } from '../../sandbox/jira/avatars/avatars';
import { Store, type Json } from '../../sandbox/jira/store';
import { world, type World } from './jiraWorld';

/** One white pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==', 'base64');
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
/** Start of a JPEG: an application segment, then the frame, 3 high and 5 wide. */
const JPEG = Buffer.from('ffd8ffe000044a46ffc0000b0800030005010111000000', 'hex');

const API = '/rest/api/3';

interface Avatar {
  id: string;
  isSystemAvatar: boolean;
  isSelected: boolean;
  urls: Record<string, string>;
}

const upload = (w: World, path: string, bytes: Uint8Array, by: string = w.admin, type = 'image/png') => w.send(by, 'POST', API + path, bytes, type);
const json = async (response: Response): Promise<Record<string, unknown>> => (await response.json()) as Record<string, unknown>;

describe('reading a picture', () => {
  it.each([
    ['a PNG', PNG, { type: 'image/png', width: 1, height: 1 }],
    ['a GIF', GIF, { type: 'image/gif', width: 1, height: 1 }],
    ['a JPEG', JPEG, { type: 'image/jpeg', width: 5, height: 3 }],
    ['an SVG', Buffer.from('<svg/>'), undefined],
    ['nothing', Buffer.alloc(0), undefined],
    ['a PNG that breaks off', PNG.subarray(0, 12), undefined],
    ['a JPEG without a frame', JPEG.subarray(0, 8), undefined],
  ])('knows %s', (_what, bytes, expected) => {
    expect(readPicture(bytes)).toEqual(expected);
  });
});

describe('the icon of a work type', () => {
  it('is uploaded, chosen, served, and deleted', async () => {
    const w = world();
    const bug = w.typeId('Bug');
    const response = await upload(w, `/issuetype/${bug}/avatar2?size=1`, PNG);
    expect(response.status).toBe(201);
    const avatar = await json(response);
    expect(avatar).toMatchObject({ id: String(FIRST_OWN_AVATAR), owner: bug, isSystemAvatar: false, isDeletable: true });
    const changed = await json(await w.send(w.admin, 'PUT', `${API}/issuetype/${bug}`, { avatarId: Number(avatar.id) }));
    const icon = String(changed.iconUrl).replace('http://site.test', '');
    // pictures are for everybody, and survive the site's being written to a file
    const copy = new Store();
    copy.load(JSON.parse(JSON.stringify(w.store.toJSON())) as Json);
    expect(copy.avatars.all()).toEqual(w.store.avatars.all());
    const shown = await w.send(undefined, 'GET', icon);
    expect([shown.headers.get('content-type'), Buffer.from(await shown.arrayBuffer())]).toEqual(['image/png', PNG]);
    const owned = await w.send(undefined, 'GET', `${API}/universal_avatar/view/type/issuetype/owner/${bug}`);
    expect(owned.headers.get('content-type')).toBe('image/png');
    const { custom, system } = (await json(await w.send(w.admin, 'GET', `${API}/universal_avatar/type/issuetype/owner/${bug}`))) as unknown as {
      custom: Avatar[];
      system: Avatar[];
    };
    expect([custom.map((one) => [one.id, one.isSelected]), system.some((one) => one.isSelected)]).toEqual([[[avatar.id, true]], false]);
    expect((await w.send(w.admin, 'DELETE', `${API}/universal_avatar/type/issuetype/owner/${bug}/avatar/${String(avatar.id)}`)).status).toBe(204);
    expect((await w.send(undefined, 'GET', icon)).status).toBe(404);
    expect(w.store.workTypes.get(bug)?.avatarId).toBe('10300');
  });

  it('is one of its own or one of Jira’s, not that of another', async () => {
    const w = world();
    const [bug, task] = [w.typeId('Bug'), w.typeId('Task')];
    const { id } = await json(await upload(w, `/universal_avatar/type/issuetype/owner/${bug}?size=1`, GIF));
    const choose = async (type: string, avatarId: number) => (await w.send(w.admin, 'PUT', `${API}/issuetype/${type}`, { avatarId })).status;
    expect([await choose(task, Number(id)), await choose(task, 77), await choose(task, 10_311)]).toEqual([400, 400, 200]);
    expect((await w.send(w.admin, 'DELETE', `${API}/universal_avatar/type/issuetype/owner/${task}/avatar/10311`)).status).toBe(403);
    expect((await w.send(w.admin, 'DELETE', `${API}/universal_avatar/type/issuetype/owner/${task}/avatar/${String(id)}`)).status).toBe(404);
    // with the work type its pictures go
    await w.send(w.admin, 'DELETE', `${API}/issuetype/${bug}`);
    expect(w.store.avatars.size).toBe(0);
  });

  it.each([
    ['no picture', '?size=1', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 400],
    ['nothing at all', '?size=1', undefined, undefined, 400],
    ['no size', '', PNG, 'image/png', 400],
    ['a crop beyond the edge', '?size=1&x=1', PNG, 'image/png', 400],
    ['a size that is no number', '?size=big', PNG, 'image/png', 400],
  ])('refuses %s', async (_what, query, bytes, type, status) => {
    const w = world();
    expect((await w.send(w.admin, 'POST', `${API}/issuetype/${w.typeId('Bug')}/avatar2${query}`, bytes, type)).status).toBe(status);
    expect(w.store.avatars.size).toBe(0);
  });

  it('is for administrators to change, of things that are there', async () => {
    const w = world();
    const bug = w.typeId('Bug');
    expect((await upload(w, `/issuetype/${bug}/avatar2?size=1`, PNG, w.ann)).status).toBe(403);
    expect((await upload(w, '/issuetype/999/avatar2?size=1', PNG)).status).toBe(404);
    expect((await upload(w, '/universal_avatar/type/planet/owner/1?size=1', PNG)).status).toBe(404);
  });
});

describe("Jira's own avatars", () => {
  it.each(['issuetype', 'project', 'user', 'priority'])('are listed for %s, and drawn', async (type) => {
    const w = world();
    const { system } = (await json(await w.send(undefined, 'GET', `${API}/avatar/${type}/system`))) as unknown as { system: Avatar[] };
    expect(system.length).toBeGreaterThan(10);
    expect(system.every((one) => one.isSystemAvatar)).toBe(true);
    if (type === 'user') return;
    const picture = await w.send(undefined, 'GET', String(system[3]?.urls['48x48']).replace('http://site.test', ''));
    expect([picture.headers.get('content-type'), (await picture.text()).startsWith('<svg')]).toEqual(['image/svg+xml', true]);
    expect((await w.send(undefined, 'GET', `${API}/universal_avatar/view/type/${type}`)).status).toBe(200);
    expect((await w.send(undefined, 'GET', `${API}/universal_avatar/view/type/${type}/avatar/1`)).status).toBe(404);
  });
});

describe('the audit log', () => {
  interface Record {
    summary: string;
    authorAccountId: string;
    category: string;
    objectItem: { id: string; name: string; typeName: string };
    changedValues: { fieldName: string; changedFrom: string; changedTo: string }[];
  }
  const log = async (w: World, query = ''): Promise<Record[]> =>
    (await json(await w.send(w.admin, 'GET', `${API}/auditing/record${query}`))).records as Record[];

  it('tells who changed what and when, newest first', async () => {
    const w = world();
    const bug = w.typeId('Bug');
    await w.send(w.admin, 'PUT', `${API}/issuetype/${bug}`, { name: 'Defect' });
    w.clock.advance(60_000);
    await w.send(w.admin, 'POST', `${API}/role`, { name: 'Agents' });
    const [latest, ...before] = await log(w);
    // a new role stands in every project, which is a change of each
    expect(latest).toMatchObject({ authorAccountId: w.admin });
    expect((await log(w)).map((one) => one.summary)).toEqual(['Project role created', 'Project updated', 'Issue type updated']);
    expect(before.at(-1)).toMatchObject({
      category: 'issue types',
      objectItem: { id: bug, name: 'Defect', typeName: 'ISSUE_TYPE' },
      changedValues: [{ fieldName: 'name', changedFrom: 'Bug', changedTo: 'Defect' }],
    });
    const at = (seconds: number) =>
      encodeURIComponent(new Date(Date.parse('2026-11-24T09:00:00Z') + seconds * 1000).toISOString().replace('Z', '+0000'));
    expect((await log(w, `?from=${at(30)}`)).length).toBe(2);
    expect((await log(w, `?to=${at(30)}`)).map((one) => one.summary)).toEqual(['Issue type updated']);
    expect((await log(w, '?filter=bug%20issue')).length).toBe(1);
    expect((await log(w, '?filter=bug%20role')).length).toBe(0);
    expect((await log(w, '?offset=1&limit=1')).map((one) => one.summary)).toEqual(['Project updated']);
  });

  it('tells what a task does when it has done it, and nothing of what was refused', async () => {
    const w = world();
    await w.send(w.admin, 'DELETE', `${API}/role/1`);
    await w.send(w.ann, 'POST', `${API}/role`, { name: 'No' });
    expect(await log(w)).toEqual([]);
    await w.send(w.admin, 'POST', `${API}/project/DEMO/delete`);
    expect(await log(w)).toEqual([]);
    w.clock.advance(1);
    await expect
      .poll(async () => (await log(w)).map((one) => [one.summary, one.objectItem.name, one.authorAccountId]))
      .toEqual([['Project deleted', 'Demo', w.admin]]);
    expect((await w.send(w.ann, 'GET', `${API}/auditing/record`)).status).toBe(403);
  });
});
