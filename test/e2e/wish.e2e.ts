/** The agreement panel of a Wish: a draft is begun, completed on its page, offered, and says what stands against it; in both themes. */
import type { Page } from '@playwright/test';
import { create, move } from '../../sandbox/demo/acts';
import { CALL } from '../scenarios/acts';
import { type Drafted, type Offered, OFFER, records } from '../scenarios/agreements-acts';
import { Play } from '../scenarios/play';
import { agreementPanel, expect, expectAccessible, openItem, test } from './support';

async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${theme} theme` }).click();
    await expect(agreementPanel(page).locator('html')).toHaveAttribute('data-color-mode', theme);
    await expectAccessible(page);
    const { SHOTS: shots } = process.env;
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}-${theme}.png`, fullPage: true });
  }
}

test('a draft is begun on the Wish, says what it lacks, and is offered with it', async ({ page, world, as, problems }) => {
  test.setTimeout(120_000);
  // Where nothing is drawn no colour stops changing.
  await page.setViewportSize({ width: 1440, height: 2000 });
  const { sofia, amira, lotte } = world.people;
  await records(new Play(world, () => undefined));
  const { key } = await create(world, sofia, 'Wish', 'A place to work in the garden', CALL);
  await move(world, amira, key, 'Accept');
  await move(world, amira, key, 'Specify');

  await as('lotte');
  await openItem(page, world.url, key);
  const panel = agreementPanel(page);
  await expect(panel.getByText('Nothing is drafted for this Wish yet')).toBeVisible();
  await panel.getByRole('combobox', { name: 'Who provides it' }).selectOption({ label: 'Service desk' });
  await inBothThemes(page, 'begin');
  await panel.getByRole('button', { name: 'Start a draft' }).click();
  await expect(panel.getByText('The offer is not complete')).toBeVisible();
  await expect(panel.getByText('It does not say what people can use')).toBeVisible();
  await inBothThemes(page, 'draft');

  const { drafted } = await lotte.invoke<Offered>('usm-process', 'wish.offer', {}, key);
  const { agreement, version, rowVersion, terms } = drafted as Drafted;
  const { id, name, provider, customer, owner } = agreement;
  const header = { name, provider, customer, owner };
  const wards = { ...OFFER, supportHours: undefined, under: { missing: 'the gardeners' } };
  await lotte.invoke('usm', 'agreements.save', { id, version, rowVersion, header, terms: { ...terms, ...wards } });
  await move(world, amira, key, 'Draft offer');
  await page.reload();
  await expect(panel.getByText('Offered', { exact: true })).toBeVisible();
  await expect(panel.getByText('A leg is missing')).toBeVisible();
  await expect(panel.getByText('It waits for the yes of: Sofia Rossi.')).toBeVisible();
  await inBothThemes(page, 'offered');

  await panel.getByRole('button', { name: 'Open agreement' }).click();
  const usm = page.frameLocator('iframe[title="USM"]');
  await expect(usm.getByRole('heading', { name: 'A place to work in the garden', level: 1 })).toBeVisible();
  await expect(usm.getByText('Drafted for')).toContainText(key);
  expect(problems).toEqual([]);
});
