/** The tab "USM history" and the page of the ledger, as people see them: both themes, by keyboard, empty and full. */
import type { FrameLocator, Page } from '@playwright/test';
import { create, idle, move, tryMove } from '../../sandbox/demo/acts';
import type { World } from '../../sandbox/demo/world';
import { handOverAnswer, handOverFormAnswer } from '../../src/contract';
import { expect, expectAccessible, openItem, signIn, test } from './support';

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

/** An incident that was refused a step, then handed over. */
async function handedOver(world: World): Promise<string> {
  const { sofia, amira, daan } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'No network on ward 3B', FAILURE);
  await move(world, amira, key, 'Accept');
  await move(world, amira, key, 'Analyse');
  await move(world, daan, key, 'Solution found', { Solution: 'Another model.', 'Recovery route': 'Operate', Workaround: 'No' });
  await idle(world);
  await tryMove(world, amira, key, 'Recover');
  const form = handOverFormAnswer.parse(await amira.invoke('usm-process', 'work.handOverForm', {}, key));
  if (form.state !== 'ok') throw new Error(form.state);
  const team = form.teams.find((one) => one.name === 'Workplace')?.id;
  const asks = [{ type: 'serviceRequest', team, what: 'Reset the sensor. It works again.' }];
  handOverAnswer.parse(await amira.invoke('usm-process', 'work.handOver', { asks, version: form.version }, key));
  await idle(world);
  return key;
}

const history = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM history"]');

async function openHistory(page: Page, url: string, key: string): Promise<FrameLocator> {
  await openItem(page, url, key);
  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'USM history' }).click();
  await expect(history(page).getByRole('listitem').first()).toBeVisible();
  return history(page);
}

/** `HISTORY_SHOTS`: a folder for pictures to look at. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['HISTORY_SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('the history tells who did what, the latest first, in light and in dark', async ({ page, world, as, problems }) => {
  const key = await handedOver(world);
  await as('amira');
  const tab = await openHistory(page, world.url, key);
  await expect(tab.getByText('Handed over', { exact: true })).toBeVisible();
  await expect(tab.getByText('Recover was refused')).toBeVisible();
  await expect(tab.getByText('Sofia Rossi')).toBeVisible();
  await expect(tab.getByRole('listitem').last()).toContainText('Registered');
  // The frame, since a browser lets one that is out of sight stand still.
  await page.locator('iframe[title="USM history"]').scrollIntoViewIfNeeded();
  await shot(page, 'history');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expect(tab.locator('html')).toHaveAttribute('data-color-mode', 'dark');
  await shot(page, 'history-dark');
  await expectAccessible(page);
  expect(problems).toEqual([]);
});

test('one kind is chosen by the arrows, and what there is nothing of says so', async ({ page, world, as }) => {
  const { key } = await create(world, world.people.sofia, 'Incident', 'Printer prints blank pages', FAILURE);
  await as('amira');
  const tab = await openHistory(page, world.url, key);
  await tab.getByRole('radio', { name: 'Everything' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tab.getByRole('radio', { name: 'Hand-offs' })).toBeChecked();
  await expect(tab.getByText('This work item has handed nothing over, and answers no hand-off.')).toBeVisible();
});

test('an administrator rebuilds the ledger and sees that nothing was missing', async ({ page, world, problems }) => {
  await handedOver(world);
  await signIn(page, world.url, 'Site administrator', '/jira/settings');
  problems.length = 0;
  await page.getByRole('link', { name: 'USM setup' }).click();
  const setup = page.frameLocator('iframe[title="USM setup"]');
  await setup.getByRole('link', { name: 'Ledger' }).click();
  await expect(setup.getByRole('heading', { name: 'Ledger' })).toBeVisible();
  await setup.getByRole('button', { name: 'Rebuild the ledger' }).click();
  await expect(setup.getByText(/^Last rebuilt .*Nothing was missing\.$/)).toBeVisible();
  await shot(page, 'ledger');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await shot(page, 'ledger-dark');
  expect(problems).toEqual([]);
});
