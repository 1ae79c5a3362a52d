/** What the work item view is like to use: light and dark, by keyboard, for those who may not, and beside work that is not USM. */
import type { Page } from '@playwright/test';
import { create, idle, move } from '../../sandbox/demo/acts';
import type { World } from '../../sandbox/demo/world';
import { expect, expectAccessible, expectStatus, handOverDialog, openDialog, openItem, processPanel, test } from './support';

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
  'Items to change': ['SW-3B-02'],
};

/** An incident that may be handed over now. */
async function prepared(world: World): Promise<string> {
  const { sofia, amira, daan } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'No network on ward 3B', FAILURE);
  await move(world, amira, key, 'Accept');
  await move(world, amira, key, 'Analyse');
  await move(world, daan, key, 'Solution found', { Solution: 'Another model.', 'Recovery route': 'Change and operate', Workaround: 'No' });
  await idle(world);
  return key;
}

let key: string;
test.beforeEach(async ({ world }) => {
  key ??= await prepared(world);
});

const textColour = (page: Page): Promise<string> =>
  processPanel(page)
    .getByRole('heading', { name: /^Next:/ })
    .evaluate((heading) => getComputedStyle(heading).color);

test('it is whole in light and in dark, and nothing is complained about', async ({ page, world, as, problems }) => {
  await as('amira');
  await openItem(page, world.url, key);
  await expect(processPanel(page).getByText('Next: Realising')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-color-mode', 'light');
  await expect(processPanel(page).locator('html')).toHaveAttribute('data-color-mode', 'light');
  const light = await textColour(page);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expect(processPanel(page).locator('html')).toHaveAttribute('data-color-mode', 'dark');
  await expect.poll(() => textColour(page)).not.toBe(light);
  await expectAccessible(page);
  // What was chosen lasts.
  await page.reload();
  await expect(processPanel(page).locator('html')).toHaveAttribute('data-color-mode', 'dark');
  expect(problems).toEqual([]);
});

test('the list is for everybody', async ({ page, world, as, problems }) => {
  await as('amira');
  await page.goto(`${world.url}/jira/projects/NSS/list`);
  await expect(page.getByRole('link', { name: key, exact: true })).toBeVisible();
  await expectAccessible(page);
  expect(problems).toEqual([]);
});

test('handing over by the keyboard alone', async ({ page, world, as, problems }) => {
  await as('amira');
  await openItem(page, world.url, key);
  const opener = processPanel(page).getByRole('button', { name: 'Hand over' }).last();
  await expect(opener).toBeVisible();
  // From the status button on: everything between is reached in its order.
  await page.getByRole('button', { name: /^Status / }).focus();
  const focused = (): Promise<boolean> => opener.evaluate((button) => button === document.activeElement && document.hasFocus());
  for (let presses = 0; presses < 60 && !(await focused()); presses += 1) await page.keyboard.press('Tab');
  expect(await focused()).toBe(true);

  await page.keyboard.press('Enter');
  const what = handOverDialog(page).getByRole('textbox', { name: 'What is asked' });
  await expect(what).toBeVisible();
  await expect
    .poll(() =>
      handOverDialog(page)
        .locator('body')
        .evaluate(() => document.hasFocus() && document.activeElement !== document.body),
    )
    .toBe(true);
  await expectAccessible(page);

  await page.keyboard.press('Escape');
  await expect(openDialog(page)).toBeHidden();
  await expect.poll(focused).toBe(true);
  expect(problems).toEqual([]);
});

test('typed words are not thrown away by Escape', async ({ page, world, as }) => {
  await as('amira');
  await openItem(page, world.url, key);
  await processPanel(page).getByRole('button', { name: 'Hand over' }).last().click();
  const form = handOverDialog(page);
  await form.getByRole('textbox', { name: 'What is asked' }).fill('Replace the switch.');
  await page.keyboard.press('Escape');
  await expect(form.getByRole('alertdialog', { name: 'Leave without handing over' })).toBeVisible();
  await form.getByRole('button', { name: 'Keep writing' }).click();
  await expect(form.getByRole('textbox', { name: 'What is asked' })).toHaveValue('Replace the switch.');
  await page.keyboard.press('Escape');
  await form.getByRole('button', { name: 'Leave without handing over' }).click();
  await expect(openDialog(page)).toBeHidden();
});

test('what somebody else does shows by itself', async ({ page, world, as }) => {
  const { sofia, ines } = world.people;
  const other = await create(world, sofia, 'Incident', 'Printer prints blank pages', FAILURE);
  await idle(world);
  await as('amira');
  await openItem(page, world.url, other.key);
  await expect(processPanel(page).getByText('Next: Accepted')).toBeVisible();
  await move(world, ines, other.key, 'Accept');
  await expectStatus(page, 'Accepted');
  await expect(processPanel(page).getByText(/^Next: (Analysing|Reviewing)/)).toBeVisible();
});

test('who has no access is told so by Jira', async ({ page, context, world }) => {
  const { accountId } = await world.admin.ask<{ accountId: string }>('POST', '/rest/api/3/user', {
    emailAddress: 'nobody@site.example',
    displayName: 'Nico Nobody',
    products: [],
  });
  await context.addCookies([{ name: 'site_person', value: encodeURIComponent(accountId), url: world.url }]);
  await page.goto(`${world.url}/browse/${key}`);
  await expect(page.getByText('This work item cannot be shown')).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('work of another space says that it is not USM', async ({ page, world, as }) => {
  const { accountId } = await world.people.amira.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await world.admin.ask('POST', '/rest/api/3/project', {
    key: 'PLAIN',
    name: 'Plain space',
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-kanban-classic',
    leadAccountId: accountId,
  });
  const { issueTypes } = await world.admin.ask<{ issueTypes: { id: string; name: string }[] }>('GET', '/rest/api/3/project/PLAIN');
  const task = await world.people.amira.ask<{ key: string }>('POST', '/rest/api/3/issue', {
    fields: { project: { key: 'PLAIN' }, issuetype: { id: issueTypes.find((one) => one.name === 'Task')?.id }, summary: 'Order paper' },
  });
  await as('amira');
  await openItem(page, world.url, task.key);
  await expect(processPanel(page).getByText('Task is not part of USM')).toBeVisible();
  await expectAccessible(page);
});
