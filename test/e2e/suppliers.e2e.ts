/** Suppliers and groups by clicking: named in the settings, chosen in the dialog, seen in the chain; work grouped and brought along. */
import { create, idle, move } from '../../sandbox/demo/acts';
import type { World } from '../../sandbox/demo/world';
import { expect, expectAccessible, expectStatus, handOverDialog, openDialog, openItem, processPanel, signIn, test } from './support';

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'The internet line is down.',
  Agreed: 'Every bed has a connection.',
};
const TEMPLATE = 'com.pyxis.greenhopper.jira:gh-simplified-kanban-classic';

async function incident(world: World, summary: string, prepared = false): Promise<string> {
  const { sofia, amira, daan } = world.people;
  const { key } = await create(world, sofia, 'Incident', summary, FAILURE);
  await move(world, amira, key, 'Accept');
  if (prepared) {
    await move(world, amira, key, 'Analyse');
    await move(world, daan, key, 'Solution found', { Solution: 'Their line.', 'Recovery route': 'Operate', Workaround: 'No' });
  }
  await idle(world);
  return key;
}

const PICTURES = process.env['PICTURES_OF_TESTS'];
/** Both themes, looked at by whoever asks for pictures; accessible in both. */
async function look(page: Parameters<typeof openItem>[0], name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await expect(page.locator('html')).toHaveAttribute('data-color-mode', theme);
    await expectAccessible(page);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}-${theme}.png`, fullPage: true });
    await page.evaluate((mode) => document.documentElement.setAttribute('data-color-mode', mode), theme === 'light' ? 'dark' : 'light');
  }
}

test('a supplier is named, asked and seen in the chain', async ({ page, world, as, problems }) => {
  test.setTimeout(120_000);
  const { accountId } = await world.admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  const space = { key: 'TEL', name: 'TelCo', projectTypeKey: 'software', projectTemplateKey: TEMPLATE, leadAccountId: accountId };
  await world.admin.ask('POST', '/rest/api/3/project', space);

  await signIn(page, world.url, 'Site administrator', '/jira/settings');
  // Before signing in, the site answers 401.
  problems.length = 0;
  await page.getByRole('link', { name: 'USM setup' }).click();
  const settings = page.frameLocator('iframe[title="USM setup"]');
  await settings.getByRole('navigation', { name: 'USM for Jira' }).getByRole('link', { name: 'Settings' }).click();
  await settings.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Suppliers' }).click();
  await expect(settings.getByRole('heading', { name: 'No suppliers yet' })).toBeVisible();
  await look(page, 'suppliers-empty');
  await settings.getByRole('button', { name: 'Add a supplier' }).click();
  await settings.getByLabel('Name of supplier 1').fill('TelCo');
  await settings.getByLabel('Space of TelCo').selectOption({ label: 'TelCo (TEL)' });
  await settings.getByLabel('Work type made for TelCo').selectOption({ label: 'Task' });
  await settings.getByLabel('Team that speaks for TelCo').selectOption({ label: 'Network' });
  await look(page, 'suppliers');
  await settings.getByRole('button', { name: 'Save settings' }).click();
  await expect(settings.getByText(/Changed last by Site administrator/)).toBeVisible();

  const key = await incident(world, 'Internet line down', true);
  await as('amira');
  await openItem(page, world.url, key);
  const opener = processPanel(page).getByRole('button', { name: 'Hand over' }).last();
  const dialog = handOverDialog(page);
  await opener.click();
  await dialog.getByRole('radio', { name: /Pass to supplier/ }).check();
  await expect(dialog.getByRole('combobox', { name: /^Ask/ })).toHaveValue('supplier-1');
  await expect(dialog.getByRole('region', { name: 'What the supplier is told' })).toContainText('Ward network');
  await expect(dialog.getByText('Sint Lucas Ziekenhuis')).toHaveCount(0);
  await dialog.locator('input[type="date"]').fill('2031-01-07');
  await dialog.getByLabel('Ready by, time').fill('12:00');
  await dialog.getByRole('textbox', { name: 'What is asked' }).fill('Bring line 7 back.');
  await look(page, 'supplier-dialog');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await expect(openDialog(page)).toBeHidden();
  await expectStatus(page, 'Realising');
  const panel = processPanel(page);
  await expect(panel.getByText('Bring line 7 back')).toBeVisible();
  await expect(panel.getByText('Supplier, asked', { exact: false })).toBeVisible();
  await look(page, 'supplier-chain');
  expect(problems).toEqual([]);
});

test('work is grouped, and brought along with the one that was worked on', async ({ page, world, as, problems }) => {
  test.setTimeout(120_000);
  const [main, one] = [await incident(world, 'The network is down'), await incident(world, 'No network in room 12')];
  await as('amira');
  await openItem(page, world.url, one);
  const panel = processPanel(page);
  await panel.getByRole('button', { name: 'Group under another work item' }).click();
  await panel.getByLabel('Group under').fill(one);
  await panel.getByRole('button', { name: 'Group work item' }).click();
  await expect(panel.getByRole('alert')).toContainText('not grouped under itself');
  await panel.getByRole('button', { name: 'Group under another work item' }).or(panel.getByLabel('Group under')).first().waitFor();
  await panel.getByLabel('Group under').fill(main);
  await look(page, 'group-choose');
  await panel.getByRole('button', { name: 'Group work item' }).click();
  await expect(panel.getByText(`Grouped under ${main}`)).toBeVisible();
  await look(page, 'group-under');

  await move(world, world.people.daan, main, 'Fix on the spot', { 'What was done': 'The core switch runs again.' });
  await move(world, world.people.sofia, main, 'Confirm');
  await idle(world);
  await openItem(page, world.url, main);
  await expect(panel.getByRole('button', { name: 'Bring along 1' })).toBeVisible();
  await expect(panel.getByLabel('Tell everybody who called')).toHaveValue('The core switch runs again.');
  await look(page, 'group-bring');
  await panel.getByRole('button', { name: 'Bring along 1' }).click();
  await expect(panel.getByRole('region', { name: 'Group' }).getByText('Fulfilled')).toBeVisible();
  await openItem(page, world.url, one);
  await expectStatus(page, 'Fulfilled');
  expect(problems).toEqual([]);
});
