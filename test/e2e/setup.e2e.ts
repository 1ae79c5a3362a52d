/** From an installed app to a space that works with USM, as an administrator does it; and the same page for everybody else. */
import { Visitor } from '../../sandbox/demo/client';
import { expect, expectAccessible, signIn, test } from './support';

const ADMINISTRATOR = 'Site administrator';

test('an administrator sets the app up, and a second plan finds nothing to do', async ({ page, emptySite, problems }) => {
  test.setTimeout(90_000);
  await signIn(page, emptySite.url, ADMINISTRATOR);
  // Before anybody is signed in, asking who it is gets a 401.
  problems.length = 0;
  await page.getByRole('navigation', { name: 'Sidebar' }).getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('link', { name: 'USM setup' }).click();
  const setup = page.frameLocator('iframe[title="USM setup"]');

  await test.step('the space is named', async () => {
    await setup.getByRole('button', { name: 'Make a plan' }).click();
    await expect(setup.getByText('Give the space a name of 2 to 80 characters.')).toBeVisible();
    await setup.getByRole('textbox', { name: 'Name' }).fill('Noordhaven Shared Services');
    await expect(setup.getByRole('textbox', { name: 'Key' })).toHaveValue('NSS');
    await expectAccessible(page);
    await setup.getByRole('button', { name: 'Make a plan' }).click();
  });

  await test.step('the plan says what it writes, and nothing is written yet', async () => {
    await expect(setup.getByRole('button', { name: 'Apply plan' })).toBeEnabled();
    const count = setup
      .locator('dl > div')
      .filter({ hasText: /^Create/ })
      .locator('dd');
    expect(Number(await count.textContent())).toBeGreaterThan(50);
    await expect(setup.locator('dl > div').filter({ hasText: /^Conflict/ })).toContainText('0 nothing in the way');
    await expect(setup.locator('summary').filter({ hasText: 'Work types' })).toContainText('create');
    await expectAccessible(page);
    await expect(page.getByText('No spaces yet')).toBeVisible();
  });

  await test.step('applying tells how far it is, to the end', async () => {
    await setup.getByRole('button', { name: 'Apply plan' }).click();
    await expect(setup.getByRole('progressbar')).toBeVisible();
    await expect(setup.getByRole('heading', { name: /^Step \d+ of \d+/ })).toBeVisible();
    await expect(setup.getByText('Noordhaven Shared Services works with USM')).toBeVisible({ timeout: 60_000 });
    await expect(setup.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
    await expectAccessible(page);
  });

  await test.step('a second plan has nothing to create', async () => {
    await setup.getByRole('button', { name: 'Set up another space' }).click();
    await setup.getByRole('textbox', { name: 'Name' }).fill('Noordhaven Shared Services');
    await setup.getByRole('button', { name: 'Make a plan' }).click();
    await expect(
      setup
        .locator('dl > div')
        .filter({ hasText: /^Create/ })
        .locator('dd'),
    ).toHaveText('0');
    await expect(setup.getByText('Everything exists already; applying only checks it.')).toBeVisible();
  });

  await test.step('the page remembers where it was, and leads into the space', async () => {
    await page.reload();
    await setup.getByRole('link', { name: 'Open the space NSS' }).click();
    await expect(page.getByRole('heading', { name: 'Noordhaven Shared Services', level: 1 })).toBeVisible();
    await expect(page.getByText('No work items yet')).toBeVisible();
  });
  expect(problems).toEqual([]);
});

test('who does not administer Jira does not get to setup', async ({ page, emptySite }) => {
  const admin = new Visitor(emptySite.url, emptySite.administrator.email);
  await admin.ask('POST', '/rest/api/3/user', { emailAddress: 'guest@site.example', displayName: 'Gerda Guest', products: ['jira-software'] });
  await signIn(page, emptySite.url, ADMINISTRATOR, '/jira/settings');
  const address = await page.getByRole('link', { name: 'USM setup' }).getAttribute('href');

  await signIn(page, emptySite.url, 'Gerda Guest', '/jira/settings');
  await expect(page.getByText('No app of this site has an administration page that this person may open.')).toBeVisible();
  await page.goto(`${emptySite.url}${address ?? ''}`);
  await expect(page.getByText('No such app page')).toBeVisible();
});
