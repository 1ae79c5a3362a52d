/** Ordering something, clicked from end to end: found by its words, asked for, approved by the customer's representative, accepted by itself. */
import { randomUUID } from 'node:crypto';
import type { FrameLocator, Page } from '@playwright/test';
import { makeCatalog } from '../../sandbox/demo/catalog';
import type { World } from '../../sandbox/demo/world';
import { expect, expectAccessible, expectStatus, openItem, test } from './support';

/** What is agreed binds everybody on a site, so this file has one of its own. */
test.use({ siteOf: 'catalog' });

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

let made: Promise<string> | undefined;
const catalogIn = (world: World): Promise<string> => (made ??= makeCatalog(world));

async function openCatalog(page: Page, url: string): Promise<FrameLocator> {
  await page.goto(url);
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await usm(page).getByRole('link', { name: 'Catalog', exact: true }).click();
  await expect(usm(page).getByRole('heading', { name: 'What can we do for you?' })).toBeVisible();
  return usm(page);
}

async function inBothThemes(page: Page, name: string, frame = usm(page)): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${theme} theme` }).click();
    await expect(frame.locator('html')).toHaveAttribute('data-color-mode', theme);
    await expectAccessible(page);
    if (process.env['SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SHOTS']}/${name}-${theme}.png`, fullPage: true });
  }
}

test('something is found by its words and asked for', async ({ page, world, as, problems }) => {
  await catalogIn(world);
  await as('bram');
  const frame = await openCatalog(page, world.url);
  await expect(frame.getByRole('listitem').filter({ hasText: 'New password' })).toContainText('Within 15 minutes');
  await expect(frame.getByText('Ward 3B')).toBeVisible();
  await inBothThemes(page, 'browse');
  const box = frame.getByRole('combobox', { name: 'What do you need?' });
  await box.pressSequentially('ward desk');
  await expect(frame.getByRole('option')).toHaveCount(2);
  await box.press('ArrowDown');
  await box.press('Enter');

  await expect(frame.getByRole('heading', { name: 'A ward workplace', level: 1 })).toBeVisible();
  await expect(frame.getByRole('table', { name: 'What is promised' })).toContainText('Ready on the day you choose');
  await expect(frame.getByText('Shown to staff only')).toHaveCount(0);
  await frame.getByRole('button', { name: 'Send the request' }).click();
  await expect(frame.getByText('"How many workplaces" is needed to do it. Fill it in.')).toBeVisible();
  await expect(frame.getByLabel('How many workplaces')).toBeFocused();
  await frame.getByLabel('How many workplaces').fill('2');
  await frame.getByLabel('Where').fill('Room 3.214');
  await frame.getByLabel('When do you need it').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await frame.getByRole('button', { name: 'Send the request' }).click();
  await expect(frame.getByText(/^Agreed is within 5 working days: the first possible day is/)).toBeVisible();
  await inBothThemes(page, 'item');
  await frame.getByLabel('When do you need it').fill('');
  await frame.getByRole('button', { name: 'Send the request' }).click();
  const heading = frame.getByRole('heading', { name: /^Your request has the number/ });
  await expect(heading).toBeFocused();
  expect(problems).toEqual([]);
});

test('the customer’s representative approves beside the work item, and it is accepted', async ({ page, world, as, problems }) => {
  // Two people, three pages, two themes.
  test.slow();
  await catalogIn(world);
  const { key } = await world.people.bram.invoke<{ key: string }>('usm', 'catalog.request', {
    request: randomUUID(),
    id: 'ward-workplace',
    answers: { 'How many workplaces': 1, Where: 'Room 3.215' },
  });
  await as('sofia');
  const mine = (await openCatalog(page, world.url)).getByRole('region', { name: 'Yours, still open' });
  await mine.getByRole('listitem').filter({ hasText: key }).getByRole('button', { name: 'Not yet' }).click();
  await expect(page.frameLocator('iframe[title="USM"]').getByText('Bram Jansen is not given A ward workplace yet.')).toBeAttached();
  await openItem(page, world.url, key);
  const beside = page.frameLocator('iframe[title="Catalog"]');
  await expect(beside.getByText('Started from A ward workplace')).toBeVisible();
  await expect(beside.getByText(/^Not yet by Sofia Rossi/)).toBeVisible();
  await inBothThemes(page, 'panel', beside);
  await beside.getByRole('button', { name: 'Approve' }).click();
  await expect(beside.getByText(/^Approved by Sofia Rossi/)).toBeVisible();
  await expectStatus(page, 'Accepted');
  await beside.getByRole('button', { name: 'Start Guest Wi-Fi for visitors' }).click();
  await expect(beside.getByText('Guest Wi-Fi for visitors is started.').last()).toBeVisible();
  expect(problems).toEqual([]);
});

test('whoever keeps an item writes it, is told what is missing, and approves it', async ({ page, world, as, problems }) => {
  await catalogIn(world);
  await as('lotte');
  const frame = await openCatalog(page, world.url);
  await frame.getByRole('link', { name: 'Keep the items' }).click();
  await frame.getByRole('button', { name: 'New item' }).click();
  await frame.getByLabel('Title').fill('A key for the medicine room');
  await frame.getByRole('button', { name: 'Save the item' }).click();
  await expect(frame.getByText('Choose the service it is part of.')).toBeVisible();
  await frame.getByLabel('Service', { exact: false }).first().selectOption('workplace');
  await frame.getByLabel('Work type').selectOption('rfc');
  await frame.getByRole('button', { name: 'Save the item' }).click();
  await expect(frame.getByText('Before it can be approved')).toBeVisible();
  await expect(frame.getByText('A standard change is done as it was approved: write the plan.')).toBeVisible();
  await inBothThemes(page, 'editor');
  await frame.getByLabel('Work type').selectOption('serviceRequest');
  await frame.getByLabel('What you get, in a sentence or two').fill('A key that opens the medicine room.');
  await frame.getByRole('button', { name: 'Save and approve it' }).click();
  await expect(frame.getByText(/^Approved by Lotte Smit/)).toBeVisible();
  expect(problems).toEqual([]);
});
