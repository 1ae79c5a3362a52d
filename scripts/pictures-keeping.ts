/** Pictures of whoever keeps agreements: a draft while it is written, the records, coverage, a file on its way in; and the site they are taken of. */
import { randomUUID } from 'node:crypto';
import type { FrameLocator, Page } from '@playwright/test';
import type { Agreed } from '../sandbox/demo/agreements';
import { type AgreementsFile, bringIn, coverageFile } from '../sandbox/demo/coverage';
import type { World } from '../sandbox/demo/world';

const DRAFT = 'Wi-Fi in the schools';
/** Until the round has come that calculates what a file brought in. */
const ROUND_MS = 400_000;
const CALCULATED_MS = 5_000;

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');
async function open(page: Page, name: string): Promise<FrameLocator> {
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await usm(page).getByRole('link', { name, exact: true }).click();
  return usm(page);
}

async function fileOf({ admin, people: { lotte } }: World): Promise<AgreementsFile> {
  const { accountId } = await lotte.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  const { settings } = await admin.invoke<{ settings: { calendars: { id: string }[] } }>('usm-setup', 'settings.read');
  return coverageFile(accountId, settings.calendars[0]?.id ?? '');
}

/** A draft, and a town's worth of what is agreed, calculated. */
export async function keepMore(world: World, { sa }: Agreed): Promise<void> {
  await world.people.lotte.invoke('usm', 'agreements.clone', { request: randomUUID(), id: sa, version: 1, name: DRAFT });
  await bringIn(world.people.lotte, await fileOf(world));
  await fetch(`${world.url}/_sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMs: ROUND_MS }),
  });
  await new Promise((done) => setTimeout(done, CALCULATED_MS));
}

async function edit(page: Page): Promise<void> {
  const frame = await open(page, 'Agreements');
  await frame.getByRole('link', { name: DRAFT, exact: true }).click();
  await frame.getByRole('button', { name: 'Edit draft' }).click();
  await frame.getByRole('heading', { name: `Edit ${DRAFT}` }).waitFor();
}

async function parties(page: Page): Promise<void> {
  const frame = await open(page, 'Records');
  await frame.getByRole('row').nth(1).waitFor();
}

async function coverage(page: Page): Promise<void> {
  const frame = await open(page, 'Coverage');
  await frame
    .getByRole('button', { name: /^Promise cannot be kept/ })
    .first()
    .click();
}

/** Three rows of it are wrong. */
const bringing =
  (world: World) =>
  async (page: Page): Promise<void> => {
    const file = await fileOf(world);
    const [first = {}, second = {}, ...rest] = file.agreements;
    const wrong = { usm: 'agreements', schema: 1, ...file, agreements: [{ ...first, customer: 'nobody' }, { ...second, kind: 'contract' }, ...rest] };
    const frame = await open(page, 'Agreements');
    await frame.getByRole('button', { name: 'Import agreements' }).click();
    await frame
      .getByLabel('File with agreements')
      .setInputFiles({ name: 'town.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(wrong, undefined, 1)) });
    await frame.getByRole('button', { name: 'Check the file' }).click();
    await frame.getByRole('region', { name: 'Wrong rows' }).waitFor();
  };

export const keeping = (world: World) =>
  [
    { name: 'agreement-edit', person: 'lotte', path: '/', height: 2400, act: edit },
    { name: 'agreement-edit-dark', person: 'lotte', path: '/', height: 2400, dark: true, act: edit },
    { name: 'parties', person: 'lotte', path: '/', height: 900, act: parties },
    { name: 'coverage', person: 'lotte', path: '/', height: 1150, act: coverage },
    { name: 'coverage-dark', person: 'lotte', path: '/', height: 1150, dark: true, act: coverage },
    { name: 'import', person: 'lotte', path: '/', height: 700, act: bringing(world) },
  ] as const;
