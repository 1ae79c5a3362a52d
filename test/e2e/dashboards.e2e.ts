/** Dashboards with gadgets of Jira and of an app, and the other places where an app shows: a real site with the second app on it. */
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { Visitor } from '../../sandbox/demo/client';
import { BUILDS } from '../../scripts/build';
import { buildIfStale } from '../../scripts/stamp';
import { freshSite, type FreshSite } from '../scenarios/site';
import { buildChecklist, makeIssue, makeProject } from '../site/support/two-apps';
import { makeDashboard, ownGadgets } from './dashboard';
import { expect, expectAccessible, test as base } from './support';

interface Desk extends FreshSite {
  url: string;
  admin: Visitor;
  project: { id: string; key: string };
  /** Adds a box to a new work item, behind the page's back. */
  addBox(): Promise<void>;
  moduleKey(key: string): Promise<string>;
}

const START_MS = 120_000;

const test = base.extend<{ signedIn: Desk }, { desk: Desk }>({
  desk: [
    async ({}, use) => {
      await buildIfStale(BUILDS.pages);
      const built = await buildChecklist();
      const fresh = await freshSite({ ...built.app });
      const admin = new Visitor(fresh.site.url, fresh.site.administrator.email);
      await makeProject(admin, 'DESK');
      const project = await admin.ask<Desk['project']>('GET', '/rest/api/3/project/DESK');
      await use({
        ...fresh,
        url: fresh.site.url,
        admin,
        project,
        async addBox() {
          const { key } = await makeIssue(admin, 'With a box', project.key);
          await admin.invoke('checklist', 'add', { text: 'Tick me' }, key);
        },
        async moduleKey(key) {
          const modules = await admin.ask<{ moduleKey: string; extensionId: string }[]>('GET', '/_forge/modules?location=dashboard');
          return modules.find((one) => one.moduleKey === key)?.extensionId ?? '';
        },
      });
      await fresh.stop();
      built.remove();
    },
    { scope: 'worker', timeout: START_MS },
  ],
  signedIn: async ({ context, desk }, use) => {
    await context.addCookies([{ name: 'site_person', value: encodeURIComponent(desk.site.administrator.accountId), url: desk.url }]);
    await use(desk);
  },
});

// Each starts several frames, and machines are busy.
test.describe.configure({ timeout: START_MS });

const gadget = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true });
const frameOf = (page: Page, title: string): FrameLocator => page.frameLocator(`iframe[title="${title}"]`);
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const titles = (page: Page, column: number): Promise<string[]> =>
  page
    .getByRole('group', { name: `Column ${String(column)}` })
    .locator('[data-gadget]')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label') ?? ''));

async function chooseAction(page: Page, title: string, action: string): Promise<void> {
  await button(page, `Actions of ${title}`).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

async function addGadget(page: Page, title: string): Promise<void> {
  await button(page, 'Add gadget').click();
  const directory = page.getByRole('dialog');
  await directory.getByRole('searchbox', { name: 'Search gadgets' }).fill(title);
  await directory
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .first()
    .click();
  await directory.getByRole('button', { name: 'Add gadget', exact: true }).click();
  await expect(directory.getByRole('searchbox', { name: 'Search gadgets' })).toBeHidden();
}

test('a dashboard is made, filled, set up, refreshed, and emptied again', async ({ page, signedIn, problems }) => {
  const { url, addBox } = signedIn;
  await page.goto(`${url}/jira/dashboards`);
  await expect(page.getByRole('heading', { name: 'No dashboards yet' })).toBeVisible();
  await button(page, 'Create dashboard').click();
  const form = page.getByRole('dialog');
  await form.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(form.getByText('The dashboard has no name')).toBeVisible();
  await form.getByRole('textbox', { name: 'Name' }).fill('Mornings');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Mornings' })).toBeVisible();

  // A gadget: its form stands in its place until it is saved or left.
  await addGadget(page, 'Open boxes');
  const settings = frameOf(page, 'Settings of Open boxes');
  await settings.getByRole('button', { name: 'Leave' }).click();
  const view = frameOf(page, 'Open boxes');
  await expect(view.getByText('open boxes')).toBeVisible();
  await chooseAction(page, 'Open boxes', 'Configure');
  await settings.getByRole('textbox', { name: 'Label' }).fill('to tick today');
  await settings.getByRole('button', { name: 'Save label' }).click();
  await expect(view.getByText('to tick today')).toBeVisible();

  // A widget: a preview beside the form; the app decides what is kept, and may refuse.
  await addGadget(page, 'Boxes widget');
  const dialog = page.getByRole('dialog');
  const preview = frameOf(page, 'Preview of Boxes widget');
  const label = frameOf(page, 'Settings of Boxes widget').getByRole('textbox', { name: 'Label' });
  await expect(preview.getByText('open boxes, 6 of 12 columns', { exact: true })).toBeVisible();
  await label.fill('for the team');
  await expect(preview.getByText('for the team, 6 of 12 columns')).toBeVisible();
  await label.fill('');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText('A label is missing.');
  await expect(frameOf(page, 'Settings of Boxes widget').getByText('Not saved: A label is missing.')).toBeVisible();
  await label.fill('for the team');
  await expect(preview.getByText('for the team, 6 of 12 columns')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  const widget = frameOf(page, 'Boxes widget');
  await expect(widget.getByText('for the team, 6 of 12 columns')).toBeVisible();

  await button(page, 'Done').click();
  await expect(widget.getByRole('heading', { name: '0' })).toBeVisible();
  await addBox();
  await button(page, 'Refresh Boxes widget').click();
  await expect(widget.getByRole('heading', { name: '1' })).toBeVisible();
  await expect(view.getByRole('heading', { name: '0' })).toBeVisible();
  await button(page, 'Refresh').click();
  await expect(view.getByRole('heading', { name: '1' })).toBeVisible();

  await button(page, 'Maximize Boxes widget').click();
  await expect(widget.getByText('for the team, 12 of 12 columns')).toBeVisible();
  await expect(gadget(page, 'Open boxes')).toBeHidden();
  await button(page, 'Restore Boxes widget').click();
  await expect(gadget(page, 'Open boxes')).toBeVisible();

  await button(page, 'Edit').click();
  await chooseAction(page, 'Boxes widget', 'Rename');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Boxes of the team');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await chooseAction(page, 'Boxes of the team', 'Remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(gadget(page, 'Boxes of the team')).toBeHidden();
  await chooseAction(page, 'Mornings', 'Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No dashboards yet' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('gadgets are arranged by keys, by mouse and by layout, in light and dark', async ({ page, signedIn, problems }) => {
  const { url, admin, project, moduleKey } = signedIn;
  await makeIssue(admin, 'To be seen', project.key);
  const address = await makeDashboard(admin, {
    name: 'Arranged',
    gadgets: [
      ...(await ownGadgets(admin, project)),
      { moduleKey: await moduleKey('checklist-gadget'), title: 'Open boxes', column: 0, configuration: { label: 'kept' } },
    ],
  });
  await page.goto(`${url}${address}?edit`);
  await expect.poll(() => titles(page, 1)).toEqual(['Open work', 'Open boxes']);
  await expect.poll(() => titles(page, 2)).toEqual(['By status', 'Assigned to Me']);
  await expect(gadget(page, 'Open work').getByRole('table')).toBeVisible();
  await expectAccessible(page);
  await button(page, 'Switch to dark theme').click();
  await expectAccessible(page);

  await button(page, 'Move Open boxes').focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => titles(page, 1)).toEqual(['Open boxes', 'Open work']);
  await expect(button(page, 'Move Open boxes')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => titles(page, 2)).toEqual(['Open boxes', 'By status', 'Assigned to Me']);
  await expect(button(page, 'Move Open boxes')).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Open boxes is in column 2, place 1' })).toBeAttached();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => titles(page, 2)).toEqual(['By status', 'Open boxes', 'Assigned to Me']);
  await expect(frameOf(page, 'Open boxes').getByText('kept')).toBeVisible();

  await button(page, 'Move Assigned to Me').dragTo(page.getByRole('group', { name: 'Column 1' }), { targetPosition: { x: 40, y: 4 } });
  await expect.poll(() => titles(page, 1)).toEqual(['Assigned to Me', 'Open work']);

  await button(page, 'Change layout').click();
  await page.getByRole('menuitemradio', { name: 'Three columns' }).click();
  await chooseAction(page, 'Open boxes', 'Move right');
  await expect.poll(() => titles(page, 3)).toEqual(['Open boxes']);
  await button(page, 'Change layout').click();
  await page.getByRole('menuitemradio', { name: 'One column' }).click();
  await expect.poll(() => titles(page, 1)).toEqual(['Assigned to Me', 'Open work', 'By status', 'Open boxes']);
  await page.reload();
  await expect.poll(() => titles(page, 1)).toEqual(['Assigned to Me', 'Open work', 'By status', 'Open boxes']);
  expect(problems).toEqual([]);
});

test('Jira’s own gadgets show what they were set up to show', async ({ page, signedIn, problems }) => {
  const { url, admin, project } = signedIn;
  await makeIssue(admin, 'A first one', project.key);
  const address = await makeDashboard(admin, { name: 'Own', gadgets: [] });
  await page.goto(`${url}${address}?edit`);
  await addGadget(page, 'Pie Chart');
  const pie = gadget(page, 'Pie Chart');
  await pie.getByRole('button', { name: 'Save' }).click();
  await expect(pie.getByRole('alert')).toHaveText(/Space or saved filter is missing/);
  await pie.getByRole('button', { name: 'Cancel' }).click();
  await pie.getByRole('button', { name: 'Set it up' }).click();
  await pie.getByRole('combobox', { name: 'Space or saved filter' }).click();
  await page.getByRole('option', { name: 'Space: Project DESK' }).click();
  await pie.getByRole('combobox', { name: 'Statistic type' }).click();
  await page.getByRole('option', { name: 'Work type' }).click();
  await pie.getByRole('button', { name: 'Save' }).click();
  const legend = pie.getByRole('table', { name: 'Project DESK by work type' });
  await expect(legend.getByRole('row').nth(1)).toContainText('100%');
  await expectAccessible(page);
  await legend.getByRole('link', { name: 'Task' }).click();
  await expect(page.getByRole('textbox', { name: 'JQL query' })).toHaveValue(/AND issuetype = "Task"/);
  expect(problems).toEqual([]);
});

test('the app’s own refresh hears of the gadget and of the dashboard; those who may not use it are told', async ({ page, context, signedIn }) => {
  const { url, admin, moduleKey } = signedIn;
  const live = { moduleKey: await moduleKey('checklist-live'), column: 0 };
  const address = await makeDashboard(admin, {
    name: 'Live',
    gadgets: [
      { ...live, title: 'First' },
      { ...live, title: 'Second', column: 1 },
    ],
  });
  await page.goto(`${url}${address}`);
  const text = (title: string): Locator => gadget(page, title).frameLocator('iframe').locator('p');
  for (const title of ['First', 'Second']) await expect(text(title)).toHaveText('refreshed 0 times');
  await button(page, 'Refresh First').click();
  await expect(text('First')).toHaveText('refreshed 1 times');
  await button(page, 'Refresh').click();
  await expect(text('First')).toHaveText('refreshed 2 times');
  await expect(text('Second')).toHaveText('refreshed 1 times');

  const { accountId } = await admin.ask<{ accountId: string }>('POST', '/rest/api/3/user', {
    emailAddress: 'guest@site.example',
    products: ['jira-software'],
  });
  await context.addCookies([{ name: 'site_person', value: encodeURIComponent(accountId), url }]);
  await page.goto(`${url}${address}`);
  await expect(gadget(page, 'First').getByText('you do not have the permission to use it')).toBeVisible();
  await expect(button(page, 'Edit')).toBeHidden();
  await page.goto(`${url}/jira/dashboards/99999`);
  await expect(page.getByText('It does not exist, or it is not shared with you')).toBeVisible();
});

test('the directory shows a widget as it wants to be shown', async ({ page, signedIn }) => {
  const address = await makeDashboard(signedIn.admin, { name: 'Directory', gadgets: [] });
  await page.goto(`${signedIn.url}${address}?edit`);
  await button(page, 'Add gadget').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Boxes widget/ })
    .click();
  await expect(frameOf(page, 'Preview of Boxes widget').getByText('open boxes of a sample, 6 of 12 columns, not added yet')).toBeVisible();
  await expectAccessible(page);
});

test('an app’s page in a space, its panel with a status, and where neither shows', async ({ page, signedIn, problems }) => {
  const { url, admin, project } = signedIn;
  const { key } = await makeIssue(admin, 'With boxes', project.key);
  const without = await makeIssue(admin, 'Without boxes', project.key);
  await page.goto(`${url}/browse/${key}`);
  const panel = page.getByRole('region', { name: 'Boxes' });
  await expect(panel.getByText('all done')).toBeVisible();
  await admin.invoke('checklist', 'add', { text: 'One' }, key);
  await panel.getByRole('button').click();
  await expect(panel.getByText('1 open')).toBeVisible();

  const link = page.getByRole('navigation', { name: 'Sidebar' }).getByRole('link', { name: 'Boxes' });
  await link.click();
  await expect(frameOf(page, 'Boxes').getByRole('heading', { name: `Boxes of ${project.key}` })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/jira/software/projects/${project.key}/apps/`));
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expectAccessible(page);

  await page.goto(`${url}/browse/${without.key}`);
  await expect(page.getByRole('button', { name: /^Status / })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Checklist' })).toBeVisible();
  await expect(panel).toBeHidden();
  expect(problems).toEqual([]);
});
