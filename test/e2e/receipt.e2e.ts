/** A hand-off between two people, by clicking and by the keyboard: asked, returned, asked again, accepted, fulfilled; on the panel and on the board, in light and dark. */
import type { FrameLocator, Page } from '@playwright/test';
import { fillIn, idle, move, takeOn } from '../../sandbox/demo/acts';
import type { World } from '../../sandbox/demo/world';
import { handOver, preparedIncident } from '../site/support/handing-over';
import { expect, expectAccessible, expectStatus, openItem, processPanel, test } from './support';

const HOUR = 3_600_000;
const PICTURES = process.env['RECEIPT_PICTURES'];

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

async function ask(world: World, summary: string): Promise<{ parent: string; child: string }> {
  const { key } = await preparedIncident(world, summary);
  const [child = ''] = await handOver(world, key, [
    { team: 'Workplace', what: 'Reset the sensor at bed 12. It works again.', readyBy: Date.now() + 2 * HOUR },
  ]);
  return { parent: key, child };
}

const receipt = (page: Page) => processPanel(page).getByRole('group', { name: /^Hand-off/ });

async function inBothThemes(page: Page, frame: FrameLocator, name: string): Promise<void> {
  await expectAccessible(page);
  await picture(page, name);
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expect(frame.locator('html')).toHaveAttribute('data-color-mode', 'dark');
  await expectAccessible(page);
  await picture(page, `${name}-dark`);
  await page.getByRole('button', { name: 'Switch to light theme' }).click();
  await expect(frame.locator('html')).toHaveAttribute('data-color-mode', 'light');
}

test('asked, returned, asked again, accepted, fulfilled', async ({ page, world, as, problems }) => {
  test.setTimeout(240_000);
  const { parent, child } = await ask(world, 'No network on ward 3B');
  const panel = processPanel(page);

  await test.step('Joris returns it with a reason, by the keyboard', async () => {
    await as('joris');
    await openItem(page, world.url, child);
    await expect(receipt(page)).toContainText('Waiting for you');
    await expect(receipt(page)).toContainText('Asked by Recover');
    await inBothThemes(page, panel, '1-asked');
    await receipt(page).focus();
    await page.keyboard.press('r');
    const form = panel.getByRole('form', { name: 'Return with reason' });
    await form.getByRole('radio', { name: /Not ready by then/ }).check();
    await form.getByRole('button', { name: `Return ${child}` }).click();
    await expect(form.getByText('Say what has to be different.')).toBeVisible();
    await form.getByRole('textbox', { name: 'What has to be different?' }).fill('The new model comes from the store later.');
    const later = new Date(Date.now() + 30 * HOUR);
    const day = [later.getFullYear(), later.getMonth() + 1, later.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
    await form.getByLabel('Can be ready by', { exact: false }).first().fill(day);
    await form.getByLabel('Can be ready by, time').fill('13:00');
    await expect(form.getByText(/after what was asked/)).toBeVisible();
    await inBothThemes(page, panel, '2-return');
    await form.getByRole('button', { name: `Return ${child}` }).click();
    await expect(receipt(page)).toContainText('Returned');
    await expectStatus(page, 'Registered');
  });

  await test.step('Amira sees why, agrees to the time and asks again', async () => {
    await as('amira');
    await openItem(page, world.url, parent);
    await expect(receipt(page).first()).toContainText('“The new model comes from the store later.”');
    await expect(receipt(page).first()).toContainText('not ready by then');
    await inBothThemes(page, panel, '3-returned');
    await panel.getByRole('button', { name: /^Agree to .* and ask again$/ }).click();
    await expect(panel.getByRole('button', { name: /^Agree to/ })).toHaveCount(0);
    await expectStatus(page, 'Realising');
  });

  await test.step('Joris accepts by one key', async () => {
    await as('joris');
    await openItem(page, world.url, child);
    await expect(receipt(page)).toContainText('Asked again');
    await receipt(page).focus();
    await page.keyboard.press('a');
    await expectStatus(page, 'Accepted');
  });

  await test.step('Fulfilled: both sides keep the same record', async () => {
    const { fatima, amira } = world.people;
    await takeOn(world, fatima, child, new Date());
    await move(world, fatima, child, 'Start now');
    await fillIn(world, fatima, child, { 'What was done': 'Reset.' });
    await move(world, fatima, child, 'Deliver');
    await idle(world);
    await move(world, amira, child, 'Confirm');
    await idle(world);
    await as('amira');
    await openItem(page, world.url, parent);
    await panel.getByText(/^Hand-off to Workplace/).click();
    for (const verb of ['Asked', 'Returned', 'Asked again', 'Accepted', 'Fulfilled']) await expect(receipt(page)).toContainText(verb);
    await expect(receipt(page)).toContainText('At the border');
    await inBothThemes(page, panel, '4-fulfilled');
  });
  expect(problems).toEqual([]);
});

test('the board does what the panel does', async ({ page, world, as, problems }) => {
  test.setTimeout(120_000);
  const { child } = await ask(world, 'Printer is silent');
  const board = page.frameLocator('iframe[title="USM"]');
  const card = (column: string) => board.getByRole('region', { name: column, exact: true }).getByRole('group', { name: new RegExp(`^${child} `) });
  const open = async (): Promise<void> => {
    await page.goto(world.url);
    await page.getByRole('link', { name: 'USM', exact: true }).click();
    await expect(board.getByRole('heading', { name: 'Hand-offs' })).toBeVisible();
  };
  await as('joris');
  await open();
  await card('Waiting').getByRole('button', { name: 'Return', exact: true }).click();
  const form = board.getByRole('form', { name: 'Return with reason' });
  await form.getByRole('radio', { name: /Something is missing/ }).check();
  await form.getByRole('textbox', { name: 'What has to be different?' }).fill('Which printer is it?');
  await form.getByRole('button', { name: `Return ${child}` }).click();
  await expect(card('Returned')).toContainText('“Which printer is it?”');
  await expect(card('Returned')).toContainText('Something is missing');

  await as('amira');
  await open();
  await expect(card('Returned')).toBeVisible();
  await inBothThemes(page, board, '5-board');
  await card('Returned').getByRole('button', { name: 'Answer' }).click();
  await board.getByRole('button', { name: 'Change what is asked' }).click();
  const change = board.getByRole('form', { name: 'Change what is asked' });
  await change.getByRole('textbox', { name: 'What is asked' }).fill('Reset printer P-12. It prints again.');
  await change.getByRole('button', { name: 'Ask again' }).click();
  await expect(card('Waiting')).toContainText('Reset printer P-12');
  // Those who asked remind; whoever is asked accepts.
  const weAre = board.getByRole('combobox', { name: 'We are' });
  await weAre.selectOption({ label: 'Service desk' });
  await card('Waiting on others').getByRole('button', { name: 'Remind Workplace' }).click();
  await expect(card('Waiting on others').getByRole('button', { name: 'Remind Workplace' })).toHaveCount(0);
  await weAre.selectOption({ label: 'We are: everybody' });
  await card('Waiting').getByRole('button', { name: 'Accept' }).click();
  await board.getByRole('button', { name: /^Show \d+ accepted/ }).click();
  await expect(card('Waiting')).toContainText('accepted');
  expect(problems).toEqual([]);
});
