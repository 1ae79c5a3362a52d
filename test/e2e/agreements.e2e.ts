/** The pages of agreements, clicked: the list, one agreement, and the chain with other times; in both themes and by the keyboard. */
import type { FrameLocator, Page } from '@playwright/test';
import { type Agreed, makeAgreements } from '../../sandbox/demo/agreements';
import type { World } from '../../sandbox/demo/world';
import { expect, expectAccessible, test } from './support';

/** What is agreed binds everybody on a site, so this file has one of its own. */
test.use({ siteOf: 'agreements' });

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');
const NAME = 'Internet and Wi-Fi on the wards';

let made: Promise<Agreed> | undefined;
const agreedIn = (world: World): Promise<Agreed> => (made ??= makeAgreements(world));

async function openList(page: Page, url: string): Promise<FrameLocator> {
  await page.goto(url);
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await usm(page).getByRole('link', { name: 'Agreements', exact: true }).click();
  await expect(usm(page).getByRole('heading', { name: 'Agreements', level: 1 })).toBeVisible();
  return usm(page);
}

async function openAgreement(page: Page, url: string): Promise<FrameLocator> {
  const frame = await openList(page, url);
  await frame.getByRole('link', { name: NAME, exact: true }).click();
  await expect(frame.getByRole('heading', { name: NAME, level: 1 })).toBeVisible();
  await expect(frame.getByRole('heading', { name: 'Specification card' })).toBeVisible();
  return frame;
}

async function openChain(page: Page, url: string): Promise<FrameLocator> {
  const frame = await openAgreement(page, url);
  await frame.getByRole('link', { name: 'Open the chain' }).last().click();
  await expect(frame.getByRole('heading', { name: 'Can the promise be kept?' })).toBeVisible();
  await expect(frame.getByRole('heading', { name: 'P1 restore, leg by leg' })).toBeVisible();
  return frame;
}

async function inBothThemes(page: Page, look: () => Promise<void>): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${theme} theme` }).click();
    await expect(usm(page).locator('html')).toHaveAttribute('data-color-mode', theme);
    await look();
  }
}

const row = (frame: FrameLocator, id: string) => frame.getByRole('row').filter({ hasText: `${id}, version` });

test('before anything is agreed the list says what to do', async ({ page, world, as }) => {
  await as('lotte');
  const frame = await openList(page, world.url);
  await expect(frame.getByRole('heading', { name: 'Nothing is agreed yet' })).toBeVisible();
  await expect(frame.getByText('Once they are imported or drafted')).toBeVisible();
  await expectAccessible(page);
});

test('the list says what can be kept, and narrows by what needs somebody', async ({ page, world, as, problems }) => {
  const { sa, network, noordkabel } = await agreedIn(world);
  await as('lotte');
  const frame = await openList(page, world.url);
  await expect(row(frame, sa)).toContainText('Cannot be kept');
  await expect(row(frame, sa)).toContainText('Offered');
  await expect(row(frame, network)).toContainText('Holds');
  await expect(frame.getByText('4 agreements: 1 service, 2 internal, 1 supplier').first()).toBeVisible();
  await inBothThemes(page, () => expectAccessible(page));

  await frame.getByRole('button', { name: /^Cannot be kept/ }).click();
  await expect(row(frame, network)).toHaveCount(0);
  await expect(row(frame, sa)).toBeVisible();
  await expect(page).toHaveURL(/quick=cannot/);
  await page.reload();
  await expect(row(frame, sa)).toBeVisible();
  await expect(row(frame, network)).toHaveCount(0);

  await frame.getByRole('button', { name: 'Clear filters' }).click();
  await frame.getByRole('searchbox', { name: 'Name, id, clause' }).pressSequentially('noordkabel');
  await expect(row(frame, noordkabel)).toBeVisible();
  await expect(row(frame, sa)).toHaveCount(0);
  await frame.getByRole('combobox', { name: 'Kind', exact: true }).selectOption('SA');
  await expect(frame.getByRole('heading', { name: 'No agreement fits' })).toBeVisible();
  await frame.getByRole('button', { name: 'Show all agreements' }).click();
  await frame.getByRole('columnheader', { name: 'Agreement' }).getByRole('button').click();
  await expect(frame.getByRole('row').nth(1)).toContainText('Buildings');
  await frame.getByRole('columnheader', { name: 'Agreement' }).getByRole('button').click();
  await expect(frame.getByRole('row').nth(1)).toContainText('Network');
  expect(problems).toEqual([]);
});

test('one agreement is read as a card, with its targets, its life and what lies under it', async ({ page, world, as, problems }) => {
  const { network, noordkabel } = await agreedIn(world);
  await as('sofia');
  const frame = await openAgreement(page, world.url);
  const card = frame.getByRole('table').filter({ has: frame.getByRole('columnheader', { name: 'Functionality: what it does' }) });
  await expect(card.getByRole('rowheader', { name: 'Facility' })).toBeVisible();
  await expect(card.getByRole('cell', { name: /How well it works/ })).toContainText('Fast enough for images at the bed');
  const targets = frame.getByRole('region', { name: 'Targets' });
  await expect(targets.getByRole('row', { name: /Incident P1/ })).toContainText(/4:00 h.*4:30 h.*0:30.* over/);
  await expect(targets.getByRole('row', { name: /P2/ })).toContainText(/8:00 h.*6:30 h.*1:30.* left/);
  await expect(frame.getByRole('list', { name: 'Life cycle' }).locator('[aria-current="step"]')).toContainText('Offered');
  await expect(frame.getByRole('region', { name: 'Acceptance, version 1' })).toContainText('Sofia Rossi');
  const under = frame.getByRole('region', { name: 'Under this agreement' });
  await expect(under.getByRole('listitem').filter({ hasText: noordkabel })).toContainText('Noordkabel');
  await inBothThemes(page, () => expectAccessible(page));
  await under.getByRole('link', { name: network, exact: true }).click();
  await expect(frame.getByRole('heading', { name: 'Network: switches and Wi-Fi', level: 1 })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a leg moved by the keyboard makes the promise hold, and the page says so', async ({ page, world, as, problems }) => {
  const { noordkabel, network } = await agreedIn(world);
  await as('lotte');
  const frame = await openChain(page, world.url);
  const picture = frame.getByRole('img', { name: /^P1 restore cannot be kept: 4:30 of 4:00 h, 0:30 h over\./ });
  await expect(picture).toBeVisible();
  await expect(frame.getByText('3:00 h, binds')).toBeVisible();
  await expect(frame.getByText('2:00 h to spare')).toBeVisible();
  await inBothThemes(page, () => expectAccessible(page));

  // From bar to bar: each says its sentence, and Enter opens the agreement behind it.
  await picture.focus();
  for (let bar = 0; bar < 3; bar += 1) await page.keyboard.press('ArrowDown');
  await expect(frame.getByRole('status').filter({ hasText: `Noordkabel ${noordkabel}: 3:00 h, from 1:30 to 4:30; it binds` })).toBeVisible();

  const slider = frame.getByRole('slider', { name: `${noordkabel} Noordkabel` });
  await slider.focus();
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', '2:30 h');
  await expect(frame.getByRole('status').filter({ hasText: 'P1 restore would hold: 4:00 of 4:00 h' })).toHaveCount(1);
  await expect(frame.getByText('tried: 2:30 h')).toBeVisible();
  await page.keyboard.press('PageUp');
  await expect(slider).toHaveAttribute('aria-valuetext', '3:30 h');
  await expect(frame.getByRole('status').filter({ hasText: 'P1 restore would not be kept: 5:00 of 4:00 h' })).toHaveCount(1);
  await inBothThemes(page, () => expectAccessible(page));

  // The smallest change that is offered makes it hold as well; what was typed is read as a time.
  await frame.getByRole('button', { name: `Try Network ${network} from 1:00 to 0:30 h` }).click();
  await expect(frame.getByRole('status').filter({ hasText: 'P1 restore would hold: 4:00 of 4:00 h' })).toHaveCount(1);
  await frame.getByRole('textbox', { name: /^The promise P1 restore/ }).fill('3:55');
  await expect(frame.getByRole('status').filter({ hasText: 'P1 restore would not be kept: 4:00 of 3:55 h' })).toHaveCount(1);
  await frame.getByRole('button', { name: 'Reset the times' }).click();
  await expect(frame.getByText('P1 restore cannot be kept: 4:30 of 4:00 h', { exact: true })).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Start a wish with these times' })).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('the table has the same promises, and the choice stays in the address', async ({ page, world, as }) => {
  const { noordkabel } = await agreedIn(world);
  await as('lotte');
  const frame = await openChain(page, world.url);
  await frame.getByRole('radio', { name: 'Table', exact: true }).check();
  const table = frame.getByRole('region', { name: 'The chain as a table' });
  await expect(table.getByRole('row', { name: /^P1 restore/ })).toContainText('0:30 + max(1:00 + 3:00, 2:00)');
  await expect(table.getByRole('row', { name: /^P1 restore/ })).toContainText(noordkabel);
  await expect(table.getByRole('row', { name: /^Support hours/ })).toContainText('Cannot be kept');
  await inBothThemes(page, () => expectAccessible(page));
  await expect(page).toHaveURL(/as=table/);
  await page.reload();
  await expect(table.getByRole('row', { name: /^P1 restore/ })).toBeVisible();
});

test('a Wish is begun with the times that were tried', async ({ page, world, as }) => {
  const { sa, noordkabel } = await agreedIn(world);
  await as('lotte');
  const frame = await openChain(page, world.url);
  await frame.getByRole('button', { name: `Try Noordkabel ${noordkabel} from 3:00 to 2:30 h` }).click();
  await frame.getByRole('button', { name: 'Start a wish with these times' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel(/^Summary/)).toHaveValue(`${sa}: other times for P1 restore`);
});

test('a deed says what stands against it, and is asked once before it is done', async ({ page, world, as, problems }) => {
  const { network } = await agreedIn(world);
  await as('lotte');
  const frame = await openAgreement(page, world.url);
  await frame.getByRole('button', { name: 'Agree it', exact: true }).click();
  const question = frame.getByRole('alertdialog', { name: 'Agree it' });
  await expect(question).toContainText('This stands against it');
  await expect(question).toContainText('P1 restore cannot be kept');
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Leave it as it is' }).click();
  await expect(question).toHaveCount(0);

  await frame.getByRole('region', { name: 'Under this agreement' }).getByRole('link', { name: network, exact: true }).click();
  await frame.getByRole('button', { name: 'End it', exact: true }).click();
  const end = frame.getByRole('alertdialog', { name: 'End it' });
  await end.getByRole('button', { name: 'End it', exact: true }).click();
  await expect(end).toContainText('Say why it ends');
  await page.keyboard.press('Escape');
  await expect(end).toHaveCount(0);
  await frame.getByRole('button', { name: 'Start the review', exact: true }).click();
  await frame.getByRole('alertdialog').getByRole('button', { name: 'Start the review', exact: true }).click();
  await expect(frame.getByRole('list', { name: 'Life cycle' }).locator('[aria-current="step"]')).toContainText('Under review');
  await expect(frame.getByRole('button', { name: 'End the review', exact: true })).toBeVisible();
  expect(problems).toEqual([]);
});
