/** The workflow page for administrators: the rules of apps added, set up on the app's own pages, switched off and on, taken away; and what everybody reads there. */
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { buildChecklist, startTwoApps, type TwoApps } from '../site/support/two-apps';
import { expect, expectAccessible, openDialog, test as base } from './support';

interface Ruled {
  two: TwoApps;
  /** Address of a workflow that each test has for itself. */
  make(name: string): Promise<{ id: string; address: string }>;
}

const test = base.extend<{ signedIn: undefined }, { ruled: Ruled }>({
  ruled: [
    async ({ built: _ }, use) => {
      const { app, remove } = await buildChecklist();
      const two = await startTwoApps(app);
      const make: Ruled['make'] = async (name) => {
        const made = await two.admin.ask<{ workflows: { id: string }[] }>('POST', '/rest/api/3/workflows/create', {
          scope: { type: 'GLOBAL' },
          statuses: [
            { statusReference: 'a', name: `${name} open`, statusCategory: 'TODO' },
            { statusReference: 'b', name: `${name} closed`, statusCategory: 'DONE' },
          ],
          workflows: [
            {
              name,
              statuses: ['a', 'b'].map((statusReference, index) => ({ statusReference, properties: {}, layout: { x: 220 * index, y: 0 } })),
              transitions: [
                { id: '1', type: 'INITIAL', name: 'Create', toStatusReference: 'a', links: [] },
                { id: '11', type: 'DIRECTED', name: 'Close', toStatusReference: 'b', links: [{ fromStatusReference: 'a' }] },
              ],
            },
          ],
        });
        const id = made.workflows[0]?.id ?? '';
        return { id, address: `${two.site.url}/jira/settings/workflows/${id}` };
      };
      await use({ two, make });
      await two.stop();
      remove();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  signedIn: [
    async ({ context, ruled: { two } }, use) => {
      const { url, administrator } = two.site;
      await context.addCookies([{ name: 'site_person', value: encodeURIComponent(administrator.accountId), url }]);
      await use(undefined);
    },
    { auto: true },
  ],
});

const side = (page: Page): Locator => page.getByRole('complementary', { name: 'Selected' });
const rules = (page: Page, title: string): Locator => side(page).getByRole('region', { name: title });
const dialogFrame = (page: Page): FrameLocator => openDialog(page).frameLocator('iframe');

async function openStep(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('table').getByRole('button', { name, exact: true }).click();
  await expect(side(page).getByRole('heading', { name })).toBeVisible();
}

async function chooseRule(page: Page, name: string): Promise<void> {
  await side(page).getByRole('button', { name: 'Add rule of an app' }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** Adds the rule that asks for a label, through the app's own page. */
async function addLabelled(page: Page, word: string): Promise<void> {
  await chooseRule(page, 'Has a label');
  await dialogFrame(page).getByLabel('Word').fill(word);
  await openDialog(page).getByRole('button', { name: 'Add' }).click();
  await expect(openDialog(page)).toBeHidden();
}

test('an administrator adds a rule, changes it, switches it off and on, and takes it away', async ({ page, ruled, problems }) => {
  // Many steps, and every colour of the page judged three times.
  test.slow();
  const { address } = await ruled.make('Chores');
  await openStep(page, address, 'Close');
  await chooseRule(page, 'Has a label');
  await expect(dialogFrame(page).getByText('create Chores open to Chores closed true')).toBeVisible();
  await expectAccessible(page);
  // The app has nothing to save yet, so nothing happens.
  await openDialog(page).getByRole('button', { name: 'Add' }).click();
  await expect(openDialog(page).getByRole('button', { name: 'Add' })).toBeEnabled();
  await dialogFrame(page).getByLabel('Word').fill('ready');
  await openDialog(page).getByRole('button', { name: 'Add' }).click();
  await expect(openDialog(page)).toBeHidden();

  const validators = rules(page, 'Validators');
  await expect(validators.frameLocator('iframe').getByText('The word is ready.')).toBeVisible();
  await validators.getByRole('button', { name: 'Edit Has a label' }).click();
  await expect(dialogFrame(page).getByText(/^edit /)).toBeVisible();
  await expect(dialogFrame(page).getByLabel('Word')).toHaveValue('ready');
  await dialogFrame(page).getByLabel('Word').fill('shiny');
  await openDialog(page).getByRole('button', { name: 'Update' }).click();
  await expect(validators.frameLocator('iframe').getByText('The word is shiny.')).toBeVisible();

  await validators.getByRole('button', { name: 'Disable Has a label' }).click();
  await expect(validators.getByText('Disabled', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expectAccessible(page);
  await validators.getByRole('button', { name: 'Enable Has a label' }).click();
  await expect(validators.getByText('Disabled', { exact: true })).toBeHidden();

  await validators.getByRole('button', { name: 'Remove Has a label' }).click();
  await openDialog(page).getByRole('button', { name: 'Remove' }).click();
  await expect(validators).toBeHidden();
  await expect(side(page).getByText('No rules')).toBeVisible();
  // The app's icon has an address that does not exist.
  expect(problems.filter((one) => !one.includes('ERR_NAME_NOT_RESOLVED'))).toEqual([]);
});

test('a rule without a page is added at once, and all rules show in the order in which they are asked', async ({ page, ruled }) => {
  const { address } = await ruled.make('Order');
  await openStep(page, address, 'Close');
  await chooseRule(page, 'All boxes are ticked');
  await expect(rules(page, 'Validators').getByText('All boxes are ticked')).toBeVisible();
  await expect(side(page).getByRole('button', { name: 'Edit All boxes are ticked' })).toBeHidden();
  await chooseRule(page, 'Is mine');
  await chooseRule(page, 'Add a box');
  await dialogFrame(page).getByLabel('Word').fill('Sweep');
  await openDialog(page).getByRole('button', { name: 'Add' }).click();
  await expect(rules(page, 'Post functions').frameLocator('iframe').getByText('The word is Sweep.')).toBeVisible();
  expect(await side(page).getByRole('heading', { level: 3 }).allTextContents()).toEqual(['Conditions', 'Validators', 'Post functions']);
  await page.getByRole('table').getByRole('button', { name: 'Create', exact: true }).click();
  await side(page).getByRole('button', { name: 'Add rule of an app' }).click();
  await expect(page.getByRole('menuitem', { name: 'Has a label' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Is mine' })).toBeHidden();
});

test('what Jira refuses stands in the dialog, and nothing is lost', async ({ page, ruled: { make } }) => {
  const { address } = await make('Refusals');
  await openStep(page, address, 'Close');
  await chooseRule(page, 'Has a label');
  await dialogFrame(page).getByLabel('Word').fill('x'.repeat(33_000));
  await openDialog(page).getByRole('button', { name: 'Add' }).click();
  await expect(openDialog(page).getByRole('alert')).toContainText('must not exceed 32768 bytes');
  await dialogFrame(page).getByLabel('Word').fill('short');
  await openDialog(page).getByRole('button', { name: 'Add' }).click();
  await expect(rules(page, 'Validators').frameLocator('iframe').getByText('The word is short.')).toBeVisible();
});

test('whoever read an older version is told so, and may do it again', async ({ page, ruled: { two, make } }) => {
  const { id, address } = await make('Races');
  await openStep(page, address, 'Close');
  await addLabelled(page, 'first');
  await expect(rules(page, 'Validators').frameLocator('iframe').getByText('The word is first.')).toBeVisible();
  const read = await two.admin.ask<{ statuses: object[]; workflows: object[] }>('POST', '/rest/api/3/workflows', { workflowIds: [id] });
  await two.admin.ask('POST', '/rest/api/3/workflows/update', read);
  const disable = side(page).getByRole('button', { name: 'Disable Has a label' });
  await disable.click();
  await expect(side(page).getByRole('alert').filter({ hasText: 'Somebody else changed this workflow' })).toBeVisible();
  await disable.click();
  await expect(rules(page, 'Validators').getByText('Disabled', { exact: true })).toBeVisible();
});

test('everything is reached by the keyboard', async ({ page, ruled: { make } }) => {
  const { address } = await make('Keys');
  await page.goto(address);
  await page.getByRole('group', { name: 'Diagram of Keys' }).getByRole('button', { name: 'Transition Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(side(page).getByRole('heading', { name: 'Close' })).toBeVisible();
  const add = side(page).getByRole('button', { name: 'Add rule of an app' });
  await add.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(add).toBeFocused();
});

test('the workflow of Jira itself is read only', async ({ page, ruled: { two } }) => {
  await page.goto(`${two.site.url}/jira/settings/workflows`);
  await page.getByRole('link', { name: 'jira', exact: true }).click();
  await expect(page.getByText('This is a workflow of Jira itself. It cannot be changed.')).toBeVisible();
  await page.getByRole('table').getByRole('button').first().click();
  await expect(side(page).getByRole('button', { name: 'Add rule of an app' })).toBeHidden();
});
