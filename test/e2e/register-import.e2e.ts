/** A file comes into the register, clicked: chosen, matched, looked at, written, told, and undone; in both themes. */
import type { FrameLocator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support';

/** The register is one for everybody on a site, so this file has one of its own. */
test.use({ siteOf: 'register-import' });

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

const FILE = [
  'asset_tag;descr;cat;stat;room;last_seen;needs;owner_mail',
  'NET-0413;Core switch, 3rd floor north;NW;A;3N-002;18-09-2026;NET-0414;j.vandam@example.com',
  'NET-0414;Core switch, 3rd floor south;NW;A;3S-001;03-11-2026;;',
  'HW-1873;"Printer; ward 3B";PRT;A;3B-214;;NET-0413;',
  ';No key;PRT;A;3B;;;',
  'HW-2000;Odd one;PRT;S;3B;;;',
].join('\r\n');

async function inBothThemes(page: Page, look: () => Promise<void>): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${theme} theme` }).click();
    await expect(usm(page).locator('html')).toHaveAttribute('data-color-mode', theme);
    await look();
  }
}

/** For whoever looks at the pages: only where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['LOOK'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('a file in another’s words is matched, seen before it is written, written, and taken back', async ({ page, world, as, problems }) => {
  test.setTimeout(90_000);
  await as('lotte');
  await page.goto(world.url);
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  const frame = usm(page);
  await frame.getByRole('link', { name: 'Register', exact: true }).click();
  await frame.getByRole('link', { name: 'Import and export' }).click();
  await expect(frame.getByRole('heading', { name: 'Import into the register', level: 1 })).toBeVisible();
  await frame.getByLabel('File with items').setInputFiles({ name: 'hospital-2026-11.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });

  await expect(frame.getByText('hospital-2026-11.csv, 5 rows, 8 columns, UTF-8, semicolon')).toBeVisible();
  await expect(frame.getByText('1 column is undecided')).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Look before you write' })).toBeDisabled();
  await frame.getByLabel('Attribute for owner_mail').selectOption({ label: 'Leave out' });
  await frame.getByLabel('NW means').selectOption({ label: 'Network' });
  await frame.getByLabel('PRT means').selectOption({ label: 'Hardware' });
  await frame.getByLabel('A means', { exact: true }).selectOption({ label: 'In use' });
  await expect(frame.getByText('“S” (1 row) is not matched')).toBeVisible();
  await picture(page, 'match');
  await inBothThemes(page, () => expectAccessible(page));
  await frame.getByRole('button', { name: 'Look before you write' }).click();

  await expect(frame.getByText('Nothing has been written.')).toBeVisible();
  await expect(frame.getByRole('button', { name: /^Create 3/ })).toBeVisible();
  await expect(frame.getByRole('cell', { name: 'Column asset_tag is empty' })).toBeVisible();
  await expect(frame.getByRole('cell', { name: '“S” is no part of a life cycle' })).toBeVisible();
  await picture(page, 'preview');
  await inBothThemes(page, () => expectAccessible(page));
  await frame.getByRole('button', { name: 'Import 3 items' }).click();

  await expect(frame.getByText('Imported: 3 created, 0 updated.')).toBeVisible();
  await expect(frame.getByText('All written items were read back and are the same as the file.')).toBeVisible();
  await expect(frame.getByRole('heading', { name: '2 lines were not taken' })).toBeVisible();
  await picture(page, 'report');
  await inBothThemes(page, () => expectAccessible(page));
  const saved = page.waitForEvent('download');
  await frame.getByRole('button', { name: 'Save these 2 lines as CSV' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^not-taken-/);

  await frame.getByRole('button', { name: 'Undo this import' }).click();
  await expect(frame.getByText('Undone: 3 items were set back.')).toBeVisible();
  expect(problems).toEqual([]);
});
