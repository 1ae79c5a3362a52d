/** A site as one file: out of one, into another. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUp } from '../../sandbox/demo/world';
import { readTransfer } from '../../sandbox/hosting/transfer';
import type { Json } from '../../sandbox/jira/store';
import { buildChecklist, edit, makeIssue, makeProject, startTwoApps, type TwoApps } from './support/two-apps';

interface File {
  format: string;
  version: number;
  sha256: string;
  content: { url: string; apps: { appId: string; sql: { name: string; rows: unknown[][] }[] }[]; [key: string]: unknown };
}

let built: Awaited<ReturnType<typeof buildChecklist>>;
let from: TwoApps;
let to: TwoApps;
let issue: { id: string; key: string };
let text: string;

beforeAll(async () => {
  built = await buildChecklist();
  from = await startTwoApps(built.app);
  to = await startTwoApps(built.app);
  await makeProject(from.admin);
  await setUp(from.admin);
  issue = await makeIssue(from.admin, `Look at ${from.site.url}/browse/TWO-1`);
  await from.admin.invoke('checklist', 'add', { text: 'Packed' }, issue.key);
  await from.admin.invoke('checklist', 'note', { note: "It's a note with \\ and ü" }, issue.key);
  await from.admin.ask('POST', '/_sandbox/clock', { advanceMs: 86_400_000 });
  await from.site.idle();
  text = JSON.stringify(await from.admin.ask('GET', '/_sandbox/export'));
});
afterAll(async () => {
  await from.stop();
  await to.stop();
  built.remove();
});

const call = <T = Json>(site: TwoApps, functionKey: string, payload: unknown = {}): Promise<T> =>
  site.admin.invoke<T>('checklist', functionKey, payload, issue.key);
const altered = (change: (file: File) => void): string => {
  const file = JSON.parse(text) as File;
  change(file);
  return JSON.stringify(file);
};
async function sendFile(site: TwoApps, file: string): Promise<{ status: number; message: string | undefined }> {
  const answer = await fetch(`${site.site.url}/_sandbox/import`, { method: 'POST', body: file });
  const body = (await answer.json().catch(() => undefined)) as { errorMessages: string[] } | undefined;
  return { status: answer.status, message: body?.errorMessages[0] };
}

describe('a file that is not taken', () => {
  it.each<[string, () => string, RegExp]>([
    ['cut off', () => text.slice(0, -100), /not an exported site, or it is damaged/],
    ['something else', () => '{"hello":1}', /not an exported site/],
    ['changed by hand', () => altered(({ content }) => void (content['now'] = '2030-01-01T00:00:00.000Z')), /does not fit its checksum/],
    ['of a later version', () => altered((file) => void (file.version = 99)), /version 99; this site reads versions up to 1/],
  ])('%s: one clear line, and nothing changes', async (_name, file, words) => {
    const before = await to.site.exportFile();
    const { status, message } = await sendFile(to, file());
    expect(status).toBe(409);
    expect(message).toMatch(words);
    expect(message).not.toContain('\n');
    const content = (one: string) => ({ ...readTransfer(one), now: '' });
    expect(content(await to.site.exportFile())).toEqual(content(before));
  });
});

describe('a file that is taken', () => {
  it('brings the whole site, and the apps go on', async () => {
    expect(await sendFile(to, text)).toEqual({ status: 204, message: undefined });
    const there = await to.admin.ask<{ fields: { summary: string } }>('GET', `/rest/api/3/issue/${issue.key}`);
    expect(there.fields.summary).toBe(`Look at ${to.site.url}/browse/TWO-1`);
    expect(await call(to, 'notes')).toEqual(await call(from, 'notes'));
    expect(await call(to, 'add', { text: 'And more' })).toEqual([
      { text: 'Packed', done: false },
      { text: 'And more', done: false },
    ]);
    expect(to.site.clock.now().getTime()).toBeGreaterThanOrEqual(from.site.clock.now().getTime() - 60_000);
    await edit(to.admin, issue.key, 'Heard');
    await to.site.idle();
    expect(await call(to, 'get', { key: `seen:${issue.id}` })).toBe(1);
    // Ids that grow by themselves go on where they were.
    expect(await call(to, 'note', { note: 'next' })).toMatchObject([{ id: 1 }, { id: 2, big: '9007199254740993', size: 4 }]);
  });

  it('leaves the site it came from as it was', async () => {
    expect(await call(from, 'notes')).toHaveLength(1);
    expect(await call(from, 'get', { key: `boxes:${issue.id}` })).toHaveLength(1);
  });

  it('gives workflows the rules of the apps as they are known here', async () => {
    const file = await to.site.exportFile();
    for (const { forge } of from.site.apps) expect(file).not.toContain(forge.ids.environmentId);
    for (const { forge } of to.site.apps) expect(file).toContain(forge.ids.environmentId);
  });

  it('tells the same when it is written again', async () => {
    const third = await startTwoApps(built.app);
    try {
      await third.site.importFile(text);
      const [one, other] = [readTransfer(text), readTransfer(await third.site.exportFile())];
      expect(other.apps.map(({ sql }) => sql)).toEqual(one.apps.map(({ sql }) => sql));
      expect(other.apps.map(({ forge }) => forge.kvs)).toEqual(
        JSON.parse(JSON.stringify(one.apps.map(({ forge }) => forge.kvs)).replaceAll(from.site.url, third.site.url)),
      );
      expect(Object.keys(other.store as object)).toEqual(Object.keys(one.store as object));
    } finally {
      await third.stop();
    }
  });

  it('goes into an empty site only', async () => {
    const { status, message } = await sendFile(to, text);
    expect([status, message]).toEqual([409, 'This site is not empty; a file goes into a fresh one only.']);
  });
});
