/** The site's own pages beside the work item: workflows for administrators, searching by query, changing many work items at once. */
import type { BrowserContext } from '@playwright/test';
import { create, idle } from '../../sandbox/demo/acts';
import type { World } from '../../sandbox/demo/world';
import { expect, expectAccessible, test } from './support';

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

/** Two failures that coordination may accept, and one of which too little is known. */
async function reported(world: World, word: string): Promise<[string, string, string]> {
  const { sofia } = world.people;
  const [one, two] = [await create(world, sofia, 'Incident', `${word} one`, FAILURE), await create(world, sofia, 'Incident', `${word} two`, FAILURE)];
  const bare = await create(world, sofia, 'Incident', `${word} three`, { Customer: FAILURE.Customer });
  await idle(world);
  return [one.key, two.key, bare.key];
}

async function signInAsAdministrator(context: BrowserContext, { admin, url }: World): Promise<void> {
  const { accountId } = await admin.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await context.addCookies([{ name: 'site_person', value: encodeURIComponent(accountId), url }]);
}

test.describe('workflows', () => {
  test('a picture, a table and the rules in words, by mouse and by keyboard', async ({ page, context, world, problems }) => {
    await signInAsAdministrator(context, world);
    await page.goto(`${world.url}/jira/settings`);
    await page.getByRole('link', { name: 'Workflows' }).click();
    await page.getByRole('table', { name: 'Workflows' }).getByRole('link', { name: 'USM Incident' }).click();
    const picture = page.getByRole('group', { name: 'Diagram of USM Incident' });
    const side = page.getByRole('complementary', { name: 'Selected' });
    const row = page.getByRole('table', { name: 'Transitions of USM Incident' }).getByRole('row').filter({ hasText: 'Pause' });

    await picture.getByRole('button', { name: 'Transition Pause' }).click();
    await expect(side.getByRole('heading', { name: 'Pause' })).toBeVisible();
    const conditions = side.getByRole('region', { name: 'Conditions' });
    await expect(conditions.getByText('Restrict who can move a work item')).toBeVisible();
    await expect(conditions.getByText('USM coordinator')).toBeVisible();
    await expect(side.getByRole('region', { name: 'Screen' })).toContainText('Waiting for');
    await expect(row).toHaveAttribute('data-chosen', 'true');
    await expect(row).toContainText('Waiting');
    await page.getByRole('button', { name: 'Recover', exact: true }).click();
    const validators = side.getByRole('region', { name: 'Validators' });
    await expect(validators.getByText('USM gate')).toBeVisible();
    await validators.getByText('Configuration').click();
    await expect(validators.getByText('"transition": "recover"')).toBeVisible();
    await expect(row).toHaveAttribute('data-chosen', 'false');

    await picture.getByRole('button', { name: 'Status Waiting' }).focus();
    await page.keyboard.press('Enter');
    await expect(side.getByRole('region', { name: 'Leads here' })).toContainText('Pause');
    await side.getByRole('button', { name: 'Resume to Analysing' }).click();
    await expect(picture.getByRole('button', { name: 'Transition Resume to Analysing' })).toHaveAttribute('aria-pressed', 'true');

    await expectAccessible(page);
    await page.getByRole('button', { name: 'Switch to dark theme' }).click();
    await expectAccessible(page);
    expect(problems).toEqual([]);
  });

  test('are for administrators', async ({ page, world, as }) => {
    await as('amira');
    await page.goto(`${world.url}/jira/settings/workflows`);
    await expect(page.getByText('Workflows are for administrators')).toBeVisible();
  });
});

test.describe('searching', () => {
  test('takes words and queries, and says in Jira’s words what it does not take', async ({ page, world, as }) => {
    const [one] = await reported(world, 'Searched');
    await as('amira');
    await page.goto(world.url);
    const box = page.getByRole('searchbox', { name: 'Search work items' });
    await box.fill('Searched');
    await box.press('Enter');
    const field = page.getByRole('textbox', { name: 'JQL query' });
    await expect(field).toHaveValue(/^summary ~ "Searched\*"/);
    await expect(page.getByRole('status')).toHaveText('1 to 3 of 3 work items');

    await box.fill(`key = ${one}`);
    await box.press('Enter');
    await expect(page.getByRole('status')).toHaveText('1 to 1 of 1 work items');
    const found = page.getByRole('table', { name: 'Found work items' });
    await expect(found.getByRole('row').nth(1)).toContainText('Searched one');
    await expect(found.getByRole('row').nth(1)).toContainText('Sofia Rossi');

    await field.fill('colour = red');
    await field.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'colour' })).toBeVisible();
    await expect(found).toBeHidden();
    await field.fill(`key = ${one}`);
    await field.press('Enter');
    await found.getByRole('link', { name: one }).click();
    await expect(page).toHaveURL(`${world.url}/browse/${one}`);
  });

  test('turns pages', async ({ page, world, as }) => {
    for (let number = 1; number <= 52; number++) await create(world, world.people.sofia, 'Wish', `Paged ${number}`, {});
    await as('amira');
    await page.goto(`${world.url}/issues?${new URLSearchParams({ jql: 'summary ~ "Paged" ORDER BY key' })}`);
    await expect(page.getByRole('status')).toHaveText('1 to 50 of 52 work items');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('status')).toHaveText('51 to 52 of 52 work items');
    await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled();
    await page.getByRole('button', { name: 'Previous' }).click();
    await expect(page.getByRole('status')).toHaveText('1 to 50 of 52 work items');
  });
});

test('a bulk change moves what may move and says why the rest may not', async ({ page, world, as, problems }) => {
  const [one, two, bare] = await reported(world, 'Bulk');
  await as('amira');
  await page.goto(`${world.url}/issues?${new URLSearchParams({ jql: 'summary ~ "Bulk" ORDER BY key' })}`);
  await page.getByRole('link', { name: 'Change in bulk' }).click();

  await page.getByRole('checkbox', { name: 'All work items' }).uncheck();
  await expect(page.getByRole('button', { name: 'Go on with 0 work items' })).toBeDisabled();
  for (const key of [one, two, bare]) await page.getByRole('checkbox', { name: key }).check();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Go on with 3 work items' }).click();

  await page.getByRole('combobox', { name: 'Transition from Registered, Incident' }).click();
  await page.getByRole('option', { name: 'Accept → Accepted' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Move 3 work items' }).click();

  const result = page.getByRole('region', { name: 'Result' });
  await expect(result.getByRole('heading', { name: '2 of 3 moved to Accepted, 1 not' })).toBeVisible();
  const refusal = result.getByRole('listitem');
  await expect(refusal).toHaveCount(1);
  await expect(refusal).toContainText(`${bare} cannot move to Accepted yet.`);
  await expectAccessible(page);
  await refusal.getByRole('link', { name: bare }).click();
  await expect(page.getByRole('button', { name: 'Status Registered, change status' })).toBeVisible();
  await page.goto(`${world.url}/browse/${one}`);
  await expect(page.getByRole('button', { name: 'Status Accepted, change status' })).toBeVisible();
  expect(problems).toEqual([]);
});
