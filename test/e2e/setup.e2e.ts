/** The administration of the app: from an empty site to a space that works with USM, and the pages that watch over it; and the same page for everybody else. */
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { freshSite } from '../scenarios/site';
import { expect, expectAccessible, signIn, test as base } from './support';

/** A site of its own: its rules and settings are changed here. */
const test = base.extend<object, { administered: World }>({
  administered: [
    async ({ built: _ }, use) => {
      const { site, stop } = await freshSite({ delivery: 'instant' });
      await use(await makeWorld(site.url, site.administrator.email));
      await stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const ADMINISTRATOR = 'Site administrator';

const setupFrame = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM setup"]');
const subpage = (setup: FrameLocator, name: string): Locator => setup.getByRole('navigation', { name: 'USM for Jira' }).getByRole('link', { name });

/** Opens the administration of the app as the site's administrator. */
async function openSetup(page: Page, url: string): Promise<FrameLocator> {
  await signIn(page, url, ADMINISTRATOR, '/jira/settings');
  await page.getByRole('link', { name: 'USM setup' }).click();
  const setup = setupFrame(page);
  await expect(subpage(setup, 'Setup')).toBeVisible();
  return setup;
}

const figure = (setup: FrameLocator, name: string): Locator =>
  setup
    .locator('dl > div')
    .filter({ hasText: new RegExp(`^${name}`) })
    .locator('dd');

async function makePlan(setup: FrameLocator): Promise<void> {
  await setup.getByRole('textbox', { name: 'Name' }).fill('Noordhaven Shared Services');
  await setup.getByRole('button', { name: 'Make the plan' }).click();
  await expect(setup.getByRole('treegrid')).toBeVisible({ timeout: 30_000 });
}

async function applyPlan(setup: FrameLocator): Promise<void> {
  await setup.getByRole('button', { name: 'Apply plan' }).click();
  await setup
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Create \d+ objects$/ })
    .click();
}

test('an administrator sets the app up, looks whether it is so, and a second plan finds nothing to do', async ({ page, emptySite, problems }) => {
  test.setTimeout(240_000);
  await signIn(page, emptySite.url, ADMINISTRATOR);
  // Before anybody is signed in, asking who it is gets a 401.
  problems.length = 0;
  const setup = await openSetup(page, emptySite.url);

  await test.step('before setup the other pages say so', async () => {
    for (const name of ['Drift', 'Rules', 'Existing work']) {
      await subpage(setup, name).click();
      await expect(setup.getByRole('heading', { name: 'USM is not set up on this site yet' })).toBeVisible();
    }
    await setup.getByRole('link', { name: 'Go to Setup' }).click();
    await expect(setup.getByRole('heading', { name: 'Findings' })).toBeVisible();
  });

  await test.step('the site is read, and the space is named', async () => {
    await expect(setup.getByText('You are a Jira administrator')).toBeVisible();
    await setup.getByRole('button', { name: 'Make the plan' }).click();
    await expect(setup.getByText('Give the space a name of 2 to 80 characters.')).toBeVisible();
    await expect(setup.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await setup.getByRole('textbox', { name: 'Name' }).fill('Noordhaven Shared Services');
    await expect(setup.getByRole('textbox', { name: 'Key' })).toHaveValue('NSS');
    await expectAccessible(page);
  });

  await test.step('the plan says what it writes, and nothing is written yet', async () => {
    await makePlan(setup);
    await expect(setup.getByRole('heading', { name: 'Setup' })).toBeFocused();
    await expect.poll(async () => Number.parseInt((await figure(setup, 'Create').textContent()) ?? '')).toBeGreaterThan(50);
    await expect(figure(setup, 'Conflict')).toContainText('0');
    await expectAccessible(page);
  });

  await test.step('the tree is walked by keys, and searched', async () => {
    const rows = setup.getByRole('treegrid').getByRole('row');
    const first = rows.first();
    await first.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(first).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowRight');
    await expect(first).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(rows.nth(1)).toBeFocused();
    await page.keyboard.press('w');
    await expect(setup.locator('[role="row"]:focus')).toContainText(/^W/i);
    await setup.getByRole('searchbox', { name: 'Find an object' }).fill('reviewing');
    await expect(rows.filter({ hasText: 'Reviewing' })).toHaveCount(1);
    await setup.getByRole('searchbox', { name: 'Find an object' }).fill('');
    const saved = page.waitForEvent('download');
    await setup.getByRole('button', { name: 'Export' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^usm-plan-.*\.csv$/);
  });

  await test.step('applying is asked once, pauses after a step, and a reload finds it there', async () => {
    await applyPlan(setup);
    await expect(setup.getByRole('progressbar', { name: 'Applying the plan' })).toBeVisible();
    await setup.getByRole('button', { name: 'Pause after this step' }).click();
    await expect(setup.getByRole('button', { name: 'Resume' })).toBeVisible({ timeout: 30_000 });
    await page.reload();
    await expect(setup.getByText('paused')).toBeVisible();
    await expectAccessible(page);
    await setup.getByRole('button', { name: 'Resume' }).click();
  });

  await test.step('it goes on by itself after a reload, to the end, and is verified', async () => {
    await expect(setup.getByRole('button', { name: 'Pause after this step' })).toBeVisible();
    await page.reload();
    await expect(setup.getByRole('heading', { name: 'Checks' })).toBeVisible({ timeout: 120_000 });
    await expect(setup.getByText('Everything is as planned')).toBeVisible();
    await expectAccessible(page);
    const saved = page.waitForEvent('download');
    await setup.getByRole('button', { name: 'Download the record' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^usm-setup-.*\.json$/);
  });

  await test.step('a second plan has nothing to create', async () => {
    await setup.getByRole('button', { name: 'Set up another space' }).click();
    await makePlan(setup);
    await expect(figure(setup, 'Create')).toHaveText('0');
    await expect(setup.locator('#consequence')).toHaveText('Everything exists already; applying only checks it.');
  });

  await test.step('the page leads into the space', async () => {
    await page.reload();
    await setup.getByRole('button', { name: 'Go to the space' }).click();
    await expect(page.getByRole('heading', { name: 'Noordhaven Shared Services', level: 1 })).toBeVisible();
  });
  expect(problems).toEqual([]);
});

test('stopping a plan asks, and removes what it has made', async ({ page, built: _ }) => {
  test.setTimeout(240_000);
  const { site, stop } = await freshSite({ delivery: 'instant' });
  const setup = await openSetup(page, site.url);
  await makePlan(setup);
  await applyPlan(setup);
  // Something is there to be removed.
  await expect(setup.getByRole('region', { name: 'Progress' }).getByText(/^[1-9]\d* created$/)).toBeVisible({ timeout: 60_000 });
  await setup.getByRole('button', { name: 'Stop and undo' }).click();
  const asking = setup.getByRole('alertdialog', { name: 'Stop and undo what this plan has made?' });
  await expect(asking.getByRole('button', { name: /^Remove \d+ objects?$/ })).toBeVisible();
  await expectAccessible(page);
  await asking.getByRole('button', { name: /^Remove/ }).click();
  await expect(setup.getByText(/^The last plan is undone/)).toBeVisible({ timeout: 120_000 });
  await makePlan(setup);
  await expect.poll(async () => Number.parseInt((await figure(setup, 'Create').textContent()) ?? '')).toBeGreaterThan(50);
  await stop();
});

test('the pages of a site that works with USM: rules, drift, settings', async ({ page, administered: world, problems }) => {
  test.setTimeout(120_000);
  await signIn(page, world.url, ADMINISTRATOR);
  problems.length = 0;
  const setup = await openSetup(page, world.url);

  await test.step('a rule gets another level, and it is logged', async () => {
    await subpage(setup, 'Rules').click();
    await expect(setup.getByRole('rowgroup').filter({ hasText: 'Yours to set' })).toBeVisible();
    await expectAccessible(page);
    await setup.getByRole('searchbox', { name: 'Rule, step or words' }).fill('V14');
    const level = setup.getByRole('group', { name: 'Level of V14' });
    await level.getByRole('radio', { name: 'Off' }).check({ force: true });
    await setup.getByRole('button', { name: 'Switch V14 off' }).click();
    await expect(setup.getByRole('alertdialog')).toBeHidden();
    await expect(level.getByRole('radio', { name: 'Off' })).toBeChecked();
    await expect(setup.getByText(/V14 .* to Off/)).toBeVisible();
    await page.reload();
    await expect(setup.getByRole('heading', { name: 'Rules' })).toBeVisible();
    await expect(setup.getByRole('group', { name: 'Level of V14' }).getByRole('radio', { name: 'Off' })).toBeChecked();
  });

  await test.step('all rules are paused with a reason, and resumed', async () => {
    await setup.getByRole('button', { name: 'Pause all rules' }).click();
    const asking = setup.getByRole('alertdialog', { name: 'Pause all rules of this site?' });
    await expect(asking.getByRole('spinbutton', { name: 'Hours' })).toHaveValue('4');
    await asking.getByRole('button', { name: 'Pause all rules' }).click();
    await expect(asking.getByText('Say why, in at least 3 letters.')).toBeVisible();
    await asking.getByRole('textbox', { name: 'Reason' }).fill('Bulk clean-up of old work');
    await asking.getByRole('button', { name: 'Pause all rules' }).click();
    await expect(setup.getByText(/^Rules are paused until/)).toBeVisible();
    await expectAccessible(page);
    await setup.getByRole('button', { name: 'Resume all rules' }).click();
    await expect(setup.getByText(/^Rules are paused until/)).toBeHidden();
    await setup.getByRole('button', { name: 'Remove rules' }).click();
    await setup.getByRole('alertdialog').getByRole('button', { name: 'Keep the rules' }).click();
    await expect(setup.getByRole('alertdialog')).toBeHidden();
  });

  await test.step('the site is compared with the method', async () => {
    await subpage(setup, 'Drift').click();
    await setup.getByRole('button', { name: 'Read now' }).click();
    await expect(setup.getByRole('status').filter({ hasText: 'The site was compared.' })).toBeAttached({ timeout: 30_000 });
    await expect(setup.getByText(/^read at/)).toBeVisible();
    await expect(setup.getByRole('heading', { name: 'The site follows the method' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('what somebody renamed is seen, accepted with a reason, opened again and repaired', async () => {
    const { admin } = world;
    const { issueLinkTypes } = await admin.ask<{ issueLinkTypes: { id: string; name: string }[] }>('GET', '/rest/api/3/issueLinkType');
    const renamed = issueLinkTypes.find(({ name }) => name.startsWith('USM'));
    await admin.ask('PUT', `/rest/api/3/issueLinkType/${renamed?.id ?? ''}`, { name: 'Something else' });
    await setup.getByRole('button', { name: 'Read now' }).click();
    await expect(setup.getByRole('radio', { name: /^Open 1/ })).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page);
    await setup.getByRole('button', { name: 'Accept with reason' }).click();
    const asking = setup.getByRole('alertdialog', { name: 'Accept this deviation' });
    await asking.getByRole('button', { name: 'Accept with this reason' }).click();
    await expect(asking.getByText('Say why it may stay, in at least 3 letters.')).toBeVisible();
    await asking.getByRole('textbox', { name: 'Reason' }).fill('Our word for it');
    await asking.getByRole('button', { name: 'Accept with this reason' }).click();
    await setup.getByRole('radio', { name: /^Accepted 1/ }).check({ force: true });
    await expect(setup.getByText(/“Our word for it”/)).toBeVisible();
    await setup.getByRole('button', { name: 'Open again' }).click();
    await setup.getByRole('radio', { name: /^Open 1/ }).check({ force: true });
    await setup.getByRole('button', { name: 'Repair', exact: true }).click();
    await expect(setup.getByRole('radio', { name: /^Repaired 1/ })).toBeVisible({ timeout: 30_000 });
    await expect(setup.getByRole('heading', { name: 'The site follows the method' })).toBeVisible();
  });

  await test.step('somebody is named, and stays named', async () => {
    await subpage(setup, 'Settings').click();
    await setup.getByRole('button', { name: 'Name who is accountable for Recover' }).click();
    await setup.getByRole('combobox', { name: 'Accountable for Recover' }).fill('Marit');
    await expect(setup.getByRole('option', { name: 'Marit Olsen' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(setup.getByText('Changed, not saved yet.')).toBeVisible();
    await setup.getByRole('button', { name: 'Save settings' }).click();
    await expect(setup.getByText(/^Changed last by Site administrator/)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('what cannot be kept is said beside it', async () => {
    await setup.getByRole('link', { name: 'Closing and trends' }).click();
    const days = setup.getByRole('spinbutton', { name: 'Working days for reopening' });
    await days.fill('99');
    await setup.getByRole('button', { name: 'Save settings' }).click();
    await expect(setup.getByText('Give 0 to 60 days.')).toBeVisible();
    await expect(days).toBeFocused();
    await days.fill('7');
    await setup.getByRole('button', { name: 'Save settings' }).click();
    await expect(setup.getByText(/^Changed last by Site administrator/)).toBeVisible();
    await page.reload();
    await expect(setup.getByRole('spinbutton', { name: 'Working days for reopening' })).toHaveValue('7');
  });

  await test.step('every page of the settings can be read by everybody', async () => {
    for (const name of ['Priority', 'Waiting and changes', 'Support hours', 'Export and import']) {
      await setup.getByRole('link', { name }).click();
      await expect(setup.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
      await expectAccessible(page);
    }
  });

  await test.step('a file with wrong places changes nothing and names them, the exported one comes back', async () => {
    const saved = page.waitForEvent('download');
    await setup.getByRole('button', { name: 'Export settings' }).click();
    const file = await (await saved).path();
    const choose = setup.getByLabel('File of settings');
    await choose.setInputFiles({ name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from('{"schema":1,"reopenDays":999}') });
    await setup.getByRole('button', { name: 'Import settings' }).click();
    await expect(setup.getByText(/^Nothing was imported: \d+ places are wrong$/)).toBeVisible();
    await expect(setup.getByRole('listitem').filter({ hasText: 'reopenDays' })).toBeVisible();
    await choose.setInputFiles(file);
    await setup.getByRole('button', { name: 'Import settings' }).click();
    await expect(setup.getByRole('status').filter({ hasText: 'The settings are imported.' })).toBeAttached();
  });
  expect(problems).toEqual([]);
});

test('a name that is taken is decided in the plan, and existing spaces can be chosen', async ({ page, built: _ }) => {
  test.setTimeout(120_000);
  const { site, stop } = await freshSite({ delivery: 'instant' });
  const admin = new Visitor(site.url, site.administrator.email);
  const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await admin.ask('POST', '/rest/api/3/statuses', {
    scope: { type: 'GLOBAL' },
    statuses: [{ name: 'Negotiating', statusCategory: 'TODO', description: '' }],
  });
  await admin.ask('POST', '/rest/api/3/project', { key: 'OPS', name: 'Operations', projectTypeKey: 'software', leadAccountId: accountId });

  const setup = await openSetup(page, site.url);
  await expect(setup.getByRole('heading', { name: 'Findings' })).toBeVisible();
  await setup.getByRole('radio', { name: /^Existing company-managed spaces/ }).check();
  await setup.getByRole('button', { name: 'Make the plan' }).click();
  await expect(setup.getByText('Choose at least one space.')).toBeVisible();
  await setup.getByRole('checkbox', { name: /^Operations, OPS/ }).check();
  await expectAccessible(page);
  await setup.getByRole('button', { name: 'Make the plan' }).click();

  await expect(setup.locator('#consequence')).toHaveText('1 conflict to decide', { timeout: 30_000 });
  await expect(setup.getByRole('button', { name: 'Apply plan' })).toBeDisabled();
  const decision = setup.getByRole('region', { name: 'Decide on status Negotiating' });
  await expectAccessible(page);
  await decision.getByRole('button', { name: 'Use this' }).click();
  await expect(setup.getByRole('button', { name: 'Apply plan' })).toBeEnabled({ timeout: 30_000 });
  await expect(figure(setup, 'Conflict')).toContainText('0');

  await setup.getByRole('button', { name: 'Back' }).click();
  await expect(setup.getByRole('checkbox', { name: /^Operations, OPS/ })).toBeChecked();
  await stop();
});

test('work that is there already goes on as USM work', async ({ page, administered: world }) => {
  test.setTimeout(120_000);
  const { admin, workTypes } = world;
  const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await admin.ask('POST', '/rest/api/3/project', { key: 'OPS', name: 'Operations', projectTypeKey: 'software', leadAccountId: accountId });
  const bugs = ['Printer has no toner', 'Door does not close', 'Phone is silent'];
  await admin.ask('POST', '/rest/api/3/issue/bulk', {
    issueUpdates: bugs.map((summary) => ({ fields: { project: { key: 'OPS' }, issuetype: { id: workTypes.get('Bug') }, summary } })),
  });

  const setup = await openSetup(page, world.url);
  await subpage(setup, 'Existing work').click();
  await setup.getByRole('combobox', { name: 'Where the work is now' }).selectOption('OPS');
  await expect(setup.getByRole('combobox', { name: 'Bug becomes' })).toHaveValue('incident');
  await expectAccessible(page);
  await setup.getByRole('button', { name: 'Preview the move' }).click();
  await expect(setup.getByRole('heading', { name: /^Bug becomes Incident/ })).toContainText('3 work items');
  await expect(setup.getByRole('link', { name: /^OPS-\d$/ })).toHaveCount(3);
  await expectAccessible(page);
  await setup.getByRole('button', { name: 'Move the work' }).click();
  await setup.getByRole('alertdialog').getByRole('button', { name: 'Move 3 work items' }).click();
  await expect(setup.getByRole('heading', { name: 'All 3 work items moved' })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.reload();
  await expect(setup.getByRole('heading', { name: 'All 3 work items moved' })).toBeVisible();
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
