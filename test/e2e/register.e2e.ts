/** Whoever keeps the register, at work: an item comes in, is found, written and looked at; classes say what is a change. In both themes. */
import type { FrameLocator, Page } from '@playwright/test';
import { makeAgreements } from '../../sandbox/demo/agreements';
import { makeRegister } from '../../sandbox/demo/register';
import { expect, expectAccessible, test } from './support';

/** A register binds every rule of a site, so this file has one of its own. */
test.use({ siteOf: 'register' });

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

async function open(page: Page, url: string): Promise<FrameLocator> {
  await page.goto(url);
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await usm(page).getByRole('link', { name: 'Register', exact: true }).click();
  return usm(page);
}

async function inBothThemes(page: Page): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${theme} theme` }).click();
    await expect(usm(page).locator('html')).toHaveAttribute('data-color-mode', theme);
    await expectAccessible(page);
  }
}

const attribute = (frame: FrameLocator, name: string) => frame.getByRole('row').filter({ has: frame.getByRole('rowheader', { name, exact: true }) });

test('an item is registered, found, written with and without a reason, and looked at', async ({ page, world, as, problems }) => {
  test.setTimeout(90_000);
  await as('lotte');
  const frame = await open(page, world.url);
  await expect(frame.getByRole('heading', { name: 'Nothing is registered yet' })).toBeVisible();

  // First the dial: the serial number of network items may be written by hand.
  await frame.getByRole('link', { name: 'Classes and rules' }).click();
  await frame.getByRole('button', { name: /^Network/ }).click();
  await frame.getByRole('checkbox', { name: 'Serial number is managed' }).uncheck();
  await expect(frame.getByText(/^11 of 12 attributes/)).toBeVisible();
  await inBothThemes(page);
  await frame.getByRole('button', { name: 'Save the classes' }).click();
  await expect(frame.getByText('Everything is saved.')).toBeVisible();

  await frame.getByRole('link', { name: 'Items', exact: true }).click();
  await frame.getByRole('button', { name: 'Register the first item' }).click();
  await frame.getByRole('radio', { name: 'Network' }).check();
  await frame.getByRole('button', { name: 'Register the item' }).click();
  await expect(frame.getByText('Give it a name of 1 to 200 letters.')).toBeVisible();
  await frame.getByRole('textbox', { name: 'Name' }).fill('Core switch, 3rd floor');
  await frame.getByRole('textbox', { name: 'Firmware' }).fill('8.1.9');
  await expectAccessible(page);
  await frame.getByRole('textbox', { name: 'Firmware' }).press('Control+Enter');
  await expect(frame.getByRole('heading', { name: 'Core switch, 3rd floor', level: 1 })).toBeVisible();

  // What nobody manages is written by hand, what is managed with a reason; that it had no work item is seen.
  await frame.getByRole('button', { name: 'Edit attributes' }).click();
  await expect(frame.getByRole('textbox', { name: 'Firmware' })).toHaveCount(0);
  await frame.getByRole('textbox', { name: 'Serial number' }).fill('SN-1');
  await frame.getByRole('button', { name: 'Save the item' }).click();
  await expect(attribute(frame, 'Serial number')).toContainText('SN-1');
  await frame.getByRole('button', { name: 'Edit attributes' }).click();
  await frame.getByRole('checkbox', { name: /^Change managed attributes too/ }).check();
  await frame.getByRole('textbox', { name: 'Firmware' }).fill('8.2.4');
  await frame.getByRole('button', { name: 'Save the item' }).click();
  await expect(frame.getByText('Say why; it stays in the history.')).toBeVisible();
  await frame.getByRole('textbox', { name: /^Why Firmware changes/ }).fill('It was on fire.');
  await frame.getByRole('button', { name: 'Save the item' }).click();
  await expect(attribute(frame, 'Firmware')).toContainText(/8\.2\.4.*8\.1\.9.*without a work item.*Lotte Smit/);

  await frame.getByRole('button', { name: 'Mark as verified' }).first().click();
  const how = frame.getByRole('alertdialog');
  await how.getByRole('radio', { name: /^From afar/ }).check();
  await how.getByRole('button', { name: 'Mark as verified' }).click();
  await expect(frame.getByText('verified today, from afar')).toBeVisible();
  await frame.getByRole('radio', { name: /^History/ }).check();
  await expect(frame.getByRole('row').nth(2)).toContainText('It was on fire.');

  // A change is begun in Jira's own dialog, and the item is in it.
  await frame.getByRole('button', { name: 'Request a change' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('NET-0001', { exact: true })).toBeVisible();
  await expect(dialog.getByLabel(/^Summary/)).toHaveValue('Core switch, 3rd floor: ');
  await page.keyboard.press('Escape');
  expect(problems).toEqual([]);
});

test('a register is narrowed, its columns moved, its rows looked at together; an item tells what it is related to', async ({
  page,
  world,
  as,
  problems,
}) => {
  test.setTimeout(120_000);
  await makeAgreements(world);
  const running = await makeRegister(world);
  await as('lotte');
  const frame = await open(page, world.url);
  const row = (key: string) => frame.getByRole('row').filter({ hasText: key });
  await expect(row('NET-0413')).toContainText(running);
  await inBothThemes(page);

  await frame.getByRole('searchbox', { name: 'Key or name' }).pressSequentially('3b');
  await expect(row('NET-0413')).toHaveCount(0);
  await expect(row('NET-0587')).toBeVisible();
  await frame.getByRole('checkbox', { name: /^Network/ }).check();
  await expect(row('HW-33105')).toHaveCount(0);
  await expect(page).toHaveURL(/words=3b&class=network/);
  await page.reload();
  await expect(row('NET-0588')).toBeVisible();
  await expect(row('HW-33105')).toHaveCount(0);

  // By the keyboard: the location becomes the first column, and the view has a name.
  await frame.getByRole('button', { name: /^Columns/ }).press('Enter');
  const location = frame.getByRole('checkbox', { name: 'Location', exact: true });
  await location.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Escape');
  await expect(frame.getByRole('columnheader').nth(1)).toHaveText('Location');
  await frame.getByRole('button', { name: /^View:/ }).click();
  await frame.getByRole('textbox', { name: /^Save what is shown as/ }).fill('My wards');
  await frame.getByRole('button', { name: 'Save the view' }).click();
  await page.keyboard.press('Escape');
  await expect(frame.getByRole('button', { name: 'View: My wards' })).toBeVisible();

  await frame.getByRole('checkbox', { name: 'Choose all rows shown' }).check();
  await frame.getByRole('button', { name: 'Mark as verified' }).click();
  await frame.getByRole('alertdialog').getByRole('button', { name: 'Mark as verified' }).click();
  await expect(frame.getByText('3 items marked as verified.')).toBeVisible();
  await expect(row('NET-0588')).toContainText('today');

  await frame.getByRole('button', { name: 'Clear all' }).click();
  await frame.getByRole('link', { name: 'Core switch, 3rd floor north' }).click();
  await expect(frame.getByText('A change is running')).toBeVisible();
  await expect(frame.getByText('3 incidents in 30 days')).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Agreements served' })).toContainText('Workplaces on the wards');
  await inBothThemes(page);
  await frame.getByRole('radio', { name: /^Relations/ }).check();
  await frame.getByRole('button', { name: 'Add a relation' }).click();
  await frame.getByRole('button', { name: 'Choose', exact: true }).click();
  await frame.getByRole('combobox', { name: 'Item', exact: true }).pressSequentially('NET-0414');
  await frame.getByRole('option', { name: /south/ }).click();
  await frame.getByRole('button', { name: 'Add the relation' }).click();
  await expect(frame.getByRole('button', { name: 'Remove the relation to NET-0414' })).toBeVisible();
  expect(problems).toEqual([]);
});
