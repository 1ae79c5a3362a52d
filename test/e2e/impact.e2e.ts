/** What a failure reaches, as somebody without a mouse walks it; and the picture to look around in. */
import { makeFloor } from '../../sandbox/demo/floor';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support';

test.use({ siteOf: 'impact' });

async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${theme} theme` }).click();
    await expect(page.frameLocator('iframe[title="USM"]').locator('html')).toHaveAttribute('data-color-mode', theme);
    await expectAccessible(page);
  }
}

test('the picture of what a switch takes along is walked by keys, its tables say the same, and around it one looks further', async ({
  page,
  world,
  as,
  problems,
}) => {
  test.setTimeout(120_000);
  await makeFloor(world);
  await as('lotte');
  await page.goto(world.url);
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  const frame = page.frameLocator('iframe[title="USM"]');
  await frame.getByRole('link', { name: 'Register', exact: true }).click();
  await frame.getByRole('searchbox', { name: 'Key or name' }).fill('NET-0413');
  await frame.getByRole('link', { name: 'Core switch 3N', exact: true }).click();
  await frame.getByRole('button', { name: 'Show impact' }).click();

  const tree = frame.getByRole('tree');
  await expect(frame.getByText('Shortest promise: 1:00 h')).toBeVisible();
  await tree.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(frame.getByRole('status').filter({ hasText: 'Service facility' })).toContainText(
    '14 × Service facility, Wards 3A to 3C, second path: none',
  );
  await page.keyboard.press('Enter');
  await expect(frame.getByRole('region', { name: /^14 × Service facility/ }).getByRole('listitem')).toHaveCount(14);
  await expectAccessibleInBothThemes(page);

  await frame.getByRole('radio', { name: 'Table only' }).check({ force: true });
  await expect(tree).toHaveCount(0);
  await expect(frame.getByRole('table').filter({ hasText: 'Second path' }).getByRole('row')).toHaveCount(4);
  await frame.getByRole('radio', { name: 'Picture and table' }).check({ force: true });

  await frame.getByRole('link', { name: 'Explore', exact: true }).click();
  const around = frame.getByRole('img', { name: /^NET-0413 in the middle/ });
  await around.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(frame.getByRole('region', { name: 'What is chosen' }).getByRole('link', { name: 'Show impact' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  expect(problems).toEqual([]);
});
