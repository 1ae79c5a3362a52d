/** The page USM: the hand-off board in light and dark and by the keyboard, its filter in the address, and triage up to Jira's create dialog. */
import type { FrameLocator, Page } from '@playwright/test';
import type { World } from '../../sandbox/demo/world';
import { handOver, preparedIncident } from '../site/support/handing-over';
import { expect, expectAccessible, openDialog, signIn, test } from './support';

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

interface Story {
  parent: string;
  workplace: string;
  network: string;
}

let story: Promise<Story> | undefined;

/** One incident that waits for two teams, one of them late. */
async function tell(world: World): Promise<Story> {
  const { key } = await preparedIncident(world, 'No network on ward 3B');
  const now = Date.now();
  const [workplace = '', network = ''] = await handOver(world, key, [
    { team: 'Workplace', what: 'Reset the sensor at bed 12. It works again.', readyBy: now - 3 * 60_000 },
    { team: 'Network', what: 'Patch the port in the cabinet. The line is free.', readyBy: now + 3_600_000 },
  ]);
  return { parent: key, workplace, network };
}

const toldIn = (world: World): Promise<Story> => (story ??= tell(world));

/** Where the page stands, by the entry in Jira's own navigation. */
async function openBoard(page: Page, url: string): Promise<FrameLocator> {
  await page.goto(url);
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await expect(usm(page).getByRole('heading', { name: 'Hand-offs' })).toBeVisible();
  return usm(page);
}

const line = (board: FrameLocator, key: string) => board.getByRole('row').filter({ has: board.getByRole('link', { name: key, exact: true }) });

test('the board is whole in light and in dark', async ({ page, world, as, problems }) => {
  const { parent, workplace, network } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await expect(line(board, workplace)).toContainText(/Holds NSS-\d+, Sint Lucas Ziekenhuis/);
  await expect(line(board, workplace)).toContainText(parent);
  await expect(line(board, workplace)).toContainText(/\d+ min late/);
  await expect(line(board, workplace)).toContainText('Not accepted');
  await expect(line(board, network)).not.toContainText('late');
  await expect(board.getByText(/^as of \d\d:\d\d$/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expect(board.locator('html')).toHaveAttribute('data-color-mode', 'dark');
  await expectAccessible(page);
  expect(problems).toEqual([]);
});

test('what is filtered stays after a reload, and can be sent', async ({ page, world, as }) => {
  const { workplace, network } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await expect(line(board, network)).toBeVisible();
  await board.getByRole('combobox', { name: 'We are' }).selectOption({ label: 'Workplace' });
  await expect(line(board, network)).toHaveCount(0);
  await expect(page).toHaveURL(/\?.*team=\d+/);
  await board.getByRole('searchbox', { name: 'Key or words' }).pressSequentially('sensor');
  await expect(page).toHaveURL(/words=sensor/);
  await page.reload();
  await expect(line(board, workplace)).toBeVisible();
  await expect(line(board, network)).toHaveCount(0);
  await expect(board.getByRole('searchbox', { name: 'Key or words' })).toHaveValue('sensor');

  // Somebody else who opens the address sees the same view.
  const address = page.url();
  await as('joris');
  await page.goto(address);
  await expect(line(board, workplace)).toBeVisible();
  await expect(line(board, network)).toHaveCount(0);
  await board.getByRole('button', { name: 'Clear filters' }).click();
  await expect(line(board, network)).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('"only mine" tells the asking from the asked side', async ({ page, world, as }) => {
  const { workplace } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await board.getByRole('checkbox', { name: 'Only mine' }).check();
  await expect(board.getByRole('heading', { name: 'Nothing fits here' })).toBeVisible();
  await board.getByRole('radio', { name: /^Waiting on others/ }).check();
  await expect(line(board, workplace)).toBeVisible();
});

test('a work item is opened by the keyboard alone', async ({ page, world, as }) => {
  const { workplace } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  const link = board.getByRole('link', { name: workplace, exact: true });
  await expect(link).toBeVisible();
  await board.getByRole('link', { name: 'Hand-offs' }).focus();
  const focused = (): Promise<boolean> => link.evaluate((one) => one === document.activeElement);
  for (let presses = 0; presses < 40 && !(await focused()); presses += 1) await page.keyboard.press('Tab');
  expect(await focused()).toBe(true);
  await page.keyboard.press('Enter');
  await expect(openDialog(page)).toContainText(workplace);
});

test('the figures are walked by arrows', async ({ page, world, as }) => {
  await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await board.getByRole('radio', { name: /^Waiting \d/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(board.getByRole('radio', { name: /^Returned/ })).toBeChecked();
  await expect(board.getByRole('heading', { name: 'Nothing fits here' })).toBeVisible();
});

test('before setup it says so', async ({ page, emptySite, problems }) => {
  await signIn(page, emptySite.url, 'Site administrator');
  problems.length = 0;
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await expect(usm(page).getByRole('heading', { name: 'USM is not set up on this site yet' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('three answers lead to a work type, and Jira opens its create dialog for it', async ({ page, world, as, problems }) => {
  await as('amira');
  const board = await openBoard(page, world.url);
  await board.getByRole('link', { name: 'Triage' }).click();
  const answer = (question: string, name: RegExp) => board.getByRole('group', { name: question }).getByRole('radio', { name });
  await answer('Is it agreed?', /^Yes/).check();
  await expect(board.getByRole('heading', { name: 'Not decided yet' })).toBeVisible();
  await answer('Is it now?', /^No, it works/).check();
  await answer('Is it managed?', /^Yes/).check();
  await expect(board.getByRole('heading', { name: /^Request for Change/ })).toBeVisible();
  await expectAccessible(page);

  // A failure is recovered first, whatever it touches.
  await answer('Is it now?', /^Yes, now/).check();
  await expect(board.getByRole('heading', { name: /^Incident/ })).toBeVisible();
  await expect(board.getByRole('group', { name: 'Is it managed?' })).toHaveCount(0);
  await page.reload();
  await expect(board.getByRole('heading', { name: /^Incident/ })).toBeVisible();
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expect(board.locator('html')).toHaveAttribute('data-color-mode', 'dark');
  await expectAccessible(page);

  await board.getByRole('button', { name: 'Register an Incident' }).click();
  await expect(openDialog(page)).toContainText('Noordhaven Shared Services');
  await expect(openDialog(page).getByText('Observed')).toBeVisible();
  expect(problems).toEqual([]);
});
