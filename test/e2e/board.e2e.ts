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

/** A card is named by what is asked; it stands in a column, and the oldest stand there once more. */
const column = (board: FrameLocator, name: string) => board.getByRole('region', { name, exact: true });
const card = (board: FrameLocator, name: string, key: string) => column(board, name).getByRole('group', { name: new RegExp(`^${key} `) });
const line = (board: FrameLocator, key: string) => board.getByRole('row').filter({ has: board.getByRole('link', { name: key, exact: true }) });
const showAs = (board: FrameLocator, form: 'Board' | 'List') => board.getByRole('radio', { name: form, exact: true });

test('the board is whole in light and in dark, and so is the list', async ({ page, world, as, problems }) => {
  const { parent, workplace, network } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await expect(card(board, 'Waiting', workplace)).toContainText(`Holds ${parent}, Sint Lucas Ziekenhuis`);
  await expect(card(board, 'Waiting', workplace)).toContainText(/Recover.*Operate/);
  await expect(card(board, 'Waiting', workplace)).toContainText(/\d+ min late/);
  await expect(card(board, 'Waiting', network)).not.toContainText('late');
  await expect(column(board, 'Waiting').getByRole('heading')).toHaveText(/Waiting \d+1 late/);
  await expect(card(board, 'Oldest', workplace)).toBeVisible();
  await expect(column(board, 'Waiting on others')).toContainText('Choose a team');
  await expect(board.getByText(/^as of \d\d:\d\d$/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expect(board.locator('html')).toHaveAttribute('data-color-mode', 'dark');
  await expectAccessible(page);
  await showAs(board, 'List').check();
  await expect(line(board, workplace)).toContainText('Not accepted');
  await expect(line(board, workplace)).toContainText(/\d+ min late/);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch to light theme' }).click();
  await expect(board.locator('html')).toHaveAttribute('data-color-mode', 'light');
  await expectAccessible(page);
  expect(problems).toEqual([]);
});

test('what is filtered stays after a reload, and can be sent', async ({ page, world, as }) => {
  const { workplace, network } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await expect(card(board, 'Waiting', network)).toBeVisible();
  await board.getByRole('combobox', { name: 'We are' }).selectOption({ label: 'Workplace' });
  await expect(card(board, 'Waiting on us', workplace)).toBeVisible();
  await expect(board.getByRole('link', { name: network, exact: true })).toHaveCount(0);
  await expect(page).toHaveURL(/\?.*team=\d+/);
  await board.getByRole('searchbox', { name: 'Key or words' }).pressSequentially('sensor');
  await expect(page).toHaveURL(/words=sensor/);
  await page.reload();
  await expect(card(board, 'Waiting on us', workplace)).toBeVisible();
  await expect(board.getByRole('link', { name: network, exact: true })).toHaveCount(0);
  await expect(board.getByRole('searchbox', { name: 'Key or words' })).toHaveValue('sensor');

  // Somebody else who opens the address sees the same view.
  const address = page.url();
  await as('joris');
  await page.goto(address);
  await expect(card(board, 'Waiting on us', workplace)).toBeVisible();
  await expect(board.getByRole('link', { name: network, exact: true })).toHaveCount(0);
  await board.getByRole('button', { name: 'Clear filters' }).click();
  await expect(card(board, 'Waiting', network)).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('who we are is remembered, for each person alone', async ({ page, world, as }) => {
  const { workplace } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await board.getByRole('combobox', { name: 'We are' }).selectOption({ label: 'Service desk' });
  await expect(card(board, 'Waiting on others', workplace)).toBeVisible();
  await openBoard(page, world.url);
  await expect(card(board, 'Waiting on others', workplace)).toBeVisible();
  await expect(page).toHaveURL(/team=\d+/);
  await as('joris');
  await openBoard(page, world.url);
  await expect(card(board, 'Waiting', workplace)).toBeVisible();
});

test('what is late, what is mine, and nothing at all', async ({ page, world, as }) => {
  const { workplace, network } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await board.getByRole('checkbox', { name: 'Late only' }).check();
  await expect(card(board, 'Waiting', workplace)).toBeVisible();
  await expect(board.getByRole('link', { name: network, exact: true })).toHaveCount(0);
  await board.getByRole('checkbox', { name: 'Only mine' }).check();
  await expect(column(board, 'Waiting on me')).not.toContainText(workplace);
  await expect(card(board, 'Waiting on others', workplace)).toBeVisible();
  await board.getByRole('searchbox', { name: 'Key or words' }).fill('nobody asked for this');
  await expect(board.getByRole('heading', { name: 'Nothing fits here' })).toBeVisible();
  await board.getByRole('button', { name: 'Show all' }).click();
  await expect(card(board, 'Waiting', network)).toBeVisible();
});

test('the list is sorted by its heads, which the address keeps', async ({ page, world, as }) => {
  const { workplace, network } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  await showAs(board, 'List').check();
  const head = (name: string) => board.getByRole('columnheader', { name });
  const keys = () =>
    board
      .getByRole('row')
      .getByRole('link')
      .filter({ hasText: /^[A-Z]+-\d+$/ })
      .allTextContents();
  await expect(head('Ready by')).not.toHaveAttribute('aria-sort');
  await head('Ready by').getByRole('button').click();
  await expect(head('Ready by')).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(keys).toEqual([workplace, network]);
  await head('Ready by').getByRole('button').press('Enter');
  await expect(head('Ready by')).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(keys).toEqual([network, workplace]);
  await expect(page).toHaveURL(/as=list.*sort=-ready/);
  await page.reload();
  await expect(head('Ready by')).toHaveAttribute('aria-sort', 'descending');
  expect(await keys()).toEqual([network, workplace]);
  await board.getByRole('radio', { name: /^Returned/ }).check();
  await expect(board.getByRole('heading', { name: 'Nothing fits here' })).toBeVisible();
  const file = page.waitForEvent('download');
  await board.getByRole('radio', { name: /^All/ }).check();
  await board.getByRole('button', { name: 'Export list' }).click();
  expect((await file).suggestedFilename()).toBe('hand-offs.csv');
  await showAs(board, 'Board').check();
  await expect(card(board, 'Waiting', workplace)).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('the keys lead from card to card and open the work item', async ({ page, world, as, problems }) => {
  const { workplace, network } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  const [first, second] = [card(board, 'Waiting', workplace), card(board, 'Waiting', network)];
  await expect(first).toBeVisible();
  await board.getByRole('checkbox', { name: 'Only mine' }).focus();
  // One card stands in the order of Tab; the others are reached by arrows.
  await page.keyboard.press('Tab');
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(second).toBeFocused();
  await page.keyboard.press('ArrowRight');
  // Which of two that were asked in one go is older is a matter of milliseconds.
  const oldest = column(board, 'Oldest').getByRole('group');
  await expect(oldest.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(oldest.first()).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(first).toBeFocused();
  await expect(board.getByText('opens the work item')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(openDialog(page)).toContainText(workplace);
  expect(problems).toEqual([]);
});

test('R reminds, once an hour', async ({ page, world, as }) => {
  const { network } = await toldIn(world);
  await as('amira');
  const board = await openBoard(page, world.url);
  // For everybody she may accept it herself; for those who asked she does not.
  await expect(card(board, 'Waiting', network)).toHaveAttribute('aria-keyshortcuts', 'Enter A R');
  await board.getByRole('combobox', { name: 'We are' }).selectOption({ label: 'Service desk' });
  const waits = card(board, 'Waiting on others', network);
  await expect(waits).toHaveAttribute('aria-keyshortcuts', 'Enter R');
  await expect(waits.getByRole('button', { name: 'Accept' })).toHaveCount(0);
  await waits.focus();
  await page.keyboard.press('r');
  await expect(waits.getByRole('button', { name: /^Remind/ })).toHaveCount(0);
  await expect(board.getByRole('status').filter({ hasText: 'reminded' })).toHaveCount(1);
  await expect(waits).toBeFocused();
});

test('R returns with a reason and A accepts: the next card takes the focus', async ({ page, world, as, problems }) => {
  const { key } = await preparedIncident(world, 'No network on ward 4A');
  const [back = '', taken = '', next = ''] = await handOver(world, key, [
    { team: 'Workplace', what: 'Open the ceiling of ward 4A. The cable is in reach.', readyBy: Date.now() + 2 * 3_600_000 },
    { team: 'Workplace', what: 'Place the new switch. It answers.', readyBy: Date.now() + 3 * 3_600_000 },
    { team: 'Workplace', what: 'Close the ceiling. Nothing hangs out.', readyBy: Date.now() + 4 * 3_600_000 },
  ]);
  await as('ines');
  const board = await openBoard(page, world.url);
  await board.getByRole('searchbox', { name: 'Key or words' }).fill(key);
  const cardOf = (one: string) => card(board, 'Waiting', one);
  await expect(cardOf(next)).toBeVisible();
  await cardOf(back).focus();
  await page.keyboard.press('r');
  const form = cardOf(back).getByRole('form', { name: 'Return with reason' });
  await expect(form.getByRole('radio').first()).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(cardOf(back)).toBeFocused();
  await page.keyboard.press('r');
  await form.getByRole('radio', { name: 'Something is missing' }).check();
  await form.getByRole('textbox').fill('Which of the four ceilings?');
  await page.keyboard.press('Control+Enter');
  await expect(card(board, 'Returned', back)).toContainText('“Which of the four ceilings?” Something is missing');
  await expect(cardOf(taken)).toBeFocused();
  await page.keyboard.press('a');
  await expect(cardOf(next)).toBeFocused();
  await expect(board.getByRole('status').filter({ hasText: `${taken} is accepted` })).toHaveCount(1);
  // What is accepted and on time is folded.
  await expect(cardOf(taken)).toHaveCount(0);
  await board.getByRole('button', { name: 'Show 1 accepted' }).click();
  await expect(cardOf(taken)).toBeVisible();
  expect(problems).toEqual([]);
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
