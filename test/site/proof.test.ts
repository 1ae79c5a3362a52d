/** Files on the site, and files that prove a confirmation: named once, kept by the ledger, told by the history. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, idle, type Item, move } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { type DeedAnswer, deedAnswer, type DeedForm, deedFormAnswer, historyCalls, type HistoryLine } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';

let fresh: FreshSite;
let world: World;

beforeAll(async () => {
  fresh = await freshSite();
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'Medium',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

async function fixed(): Promise<Item> {
  const { sofia, amira, daan } = world.people;
  const item = await create(world, sofia, 'Incident', 'No network', FAILURE);
  await move(world, amira, item.key, 'Accept');
  await move(world, daan, item.key, 'Fix on the spot', { 'What was done': 'Restarted it.' });
  await idle(world);
  return item;
}

interface Attached {
  id: string;
  filename: string;
  size: number;
  mimeType: string;
}

async function attach(person: Visitor, key: string, ...names: string[]): Promise<{ status: number; files: Attached[] }> {
  const body = new FormData();
  for (const name of names) body.append('file', new File([`bytes of ${name}`], name, { type: 'text/plain' }));
  const response = await fetch(`${world.url}/rest/api/3/issue/${key}/attachments`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${person.email}:sandbox`).toString('base64')}`, 'X-Atlassian-Token': 'no-check' },
    body,
  });
  return { status: response.status, files: response.ok ? ((await response.json()) as Attached[]) : [] };
}

const confirmForm = async (key: string): Promise<DeedForm> => {
  const answer = deedFormAnswer.parse(await world.people.sofia.invoke('usm-process', 'deeds.form', { deed: 'step', transition: 'confirm' }, key));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
};
const confirm = async (key: string, proof: readonly string[]): Promise<DeedAnswer> =>
  deedAnswer.parse(await world.people.sofia.invoke('usm-process', 'deeds.take', { transition: 'confirm', proof }, key));
const proofs = async (key: string): Promise<HistoryLine[]> => {
  const answer = historyCalls['work.history'].answer.parse(await world.people.karel.invoke('usm-history', 'work.history', { kind: 'status' }, key));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.lines.filter((line) => line.kind === 'proof');
};

describe('files of a work item', () => {
  it('are added, told by its field and its changelog, read as they were, and taken away', async () => {
    const { amira } = world.people;
    const { key } = await fixed();
    const { status, files } = await attach(amira, key, 'beds.txt', 'ward.txt');
    expect([status, files.map((one) => [one.filename, one.size, one.mimeType])]).toEqual([
      200,
      [
        ['beds.txt', 17, 'text/plain'],
        ['ward.txt', 17, 'text/plain'],
      ],
    ]);
    const read = () =>
      amira.ask<{
        fields: { attachment: Attached[] };
        changelog: { histories: { items: { field: string; to: string | null; from: string | null; toString: string | null }[] }[] };
      }>('GET', `/rest/api/3/issue/${key}?fields=attachment&expand=changelog`);
    const [first] = files;
    expect((await read()).fields.attachment).toMatchObject(files);
    expect((await read()).changelog.histories[0]?.items).toMatchObject(
      files.map(({ id, filename }) => ({ field: 'Attachment', to: id, toString: filename })),
    );
    const content = await fetch(`${world.url}/rest/api/3/attachment/content/${first?.id ?? ''}`, {
      headers: { authorization: `Basic ${Buffer.from(`${amira.email}:sandbox`).toString('base64')}` },
    });
    expect([content.headers.get('content-type'), await content.text()]).toEqual(['text/plain', 'bytes of beds.txt']);
    await amira.ask('DELETE', `/rest/api/3/attachment/${first?.id ?? ''}`);
    expect((await read()).fields.attachment).toMatchObject(files.slice(1));
    expect((await amira.send('GET', `/rest/api/3/attachment/${first?.id ?? ''}`)).status).toBe(404);
  });

  it('are asked for, and for a work item that is there', async () => {
    const { key } = await fixed();
    expect((await attach(world.people.amira, key)).status).toBe(400);
    expect((await attach(world.people.amira, 'NSS-9999', 'a.txt')).status).toBe(404);
  });
});

describe('proof of a confirmation', () => {
  it('is offered from what the work item has, the latest first, and stands in the history once, with its name', async () => {
    const { key } = await fixed();
    expect((await confirmForm(key)).confirmation?.files).toEqual([]);
    const [beds, ward] = [...(await attach(world.people.sofia, key, 'beds.txt')).files, ...(await attach(world.people.sofia, key, 'ward.txt')).files];
    expect((await confirmForm(key)).confirmation?.files.map((one) => one.name)).toEqual(['ward.txt', 'beds.txt']);
    expect(await confirm(key, [beds?.id ?? ''])).toMatchObject({ state: 'done' });
    // Sent again, as after an answer that was lost.
    expect(await confirm(key, [beds?.id ?? ''])).toMatchObject({ state: 'done' });
    await idle(world);
    expect(await proofs(key)).toMatchObject([{ file: 'beds.txt', by: { name: 'Sofia Rossi' } }]);
    expect(ward?.filename).toBe('ward.txt');
    await world.admin.ask('DELETE', `/rest/api/3/attachment/${beds?.id ?? ''}`);
    const [gone] = await proofs(key);
    expect([gone?.kind, gone && 'file' in gone]).toEqual(['proof', false]);
  });

  it('is refused where it is not on this work item, and nothing is confirmed', async () => {
    const [{ key }, other] = [await fixed(), await fixed()];
    const [elsewhere] = (await attach(world.people.sofia, other.key, 'elsewhere.txt')).files;
    expect(await confirm(key, [elsewhere?.id ?? ''])).toMatchObject({ state: 'error', code: 'person.input' });
    const { fields } = await world.admin.ask<{ fields: { status: { name: string } } }>('GET', `/rest/api/3/issue/${key}?fields=status`);
    expect(fields.status.name).toBe('Reviewing');
    expect(await proofs(key)).toEqual([]);
  });
});
