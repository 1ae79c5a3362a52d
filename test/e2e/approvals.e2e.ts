/** Approving a plan from the process panel: who is asked, one who says not yet, one who approves, and the step that then may be taken. */
import { create, fillIn, idle, move } from '../../sandbox/demo/acts';
import { expect, expectAccessible, openItem, processPanel, signIn, test } from './support';

const CHANGE = { Customer: 'Havencollege', Service: 'Workplace', Category: ['Workplace', 'device'], Impact: 'Low', Urgency: 'Medium' };

test('those who are asked answer in the panel, and the step turns possible', async ({ page, world, as, problems }) => {
  // Three people, one after the other, and each page is looked at whole.
  test.setTimeout(60_000);
  const { bram, joris, ines, henk } = world.people;
  const accounts = await Promise.all([ines, henk].map((one) => one.ask<{ accountId: string }>('GET', '/rest/api/3/myself')));
  const { key } = await create(world, bram, 'Request for Change', 'Another desk', { ...CHANGE, 'Items to add': ['AP-1'] });
  await move(world, joris, key, 'Accept');
  await fillIn(world, joris, key, {
    'Change category': 'Normal',
    Plan: 'At noon.',
    'Back-out': 'Take it away.',
    'Window start': new Date('2030-01-07T12:00Z'),
    'Window end': new Date('2030-01-07T13:00Z'),
    'Solution team': 'Workplace',
    Approvers: accounts.map(({ accountId }) => ({ accountId })),
  });
  await move(world, joris, key, 'Plan');
  await idle(world);

  await as('ines');
  await openItem(page, world.url, key);
  const block = processPanel(page).getByRole('region', { name: 'Approvals' });
  await expect(block.getByText('0 of 2')).toBeVisible();
  await expect(block.getByText('Is asked')).toHaveCount(2);
  await block.getByRole('button', { name: 'Not yet' }).click();
  await block.getByRole('button', { name: 'Send reason' }).click();
  await expect(block.getByText('Say in a few words what is missing.')).toBeVisible();
  await expectAccessible(page);
  await block.getByRole('textbox', { name: /What has to be different first/ }).fill('Not on a Monday.');
  await block.getByRole('button', { name: 'Send reason' }).click();
  await expect(block.getByText('Not on a Monday.')).toBeVisible();
  await expect(processPanel(page).getByText('Still to approve: Inês Costa and Henk de Wit.')).toBeVisible();

  await signIn(page, world.url, 'Henk de Wit', `/browse/${key}`);
  await block.getByRole('button', { name: 'Approve plan' }).click();
  await expect(block.getByText('1 of 2')).toBeVisible();
  await expect(block.getByRole('button')).toHaveText(['Take approval back']);
  await expect(processPanel(page).getByText('Still to approve: Inês Costa.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expect(processPanel(page).locator('html')).toHaveAttribute('data-color-mode', 'dark');
  await expectAccessible(page);

  await signIn(page, world.url, 'Inês Costa', `/browse/${key}`);
  await block.getByRole('button', { name: 'Approve plan' }).click();
  await expect(block.getByText('2 of 2')).toBeVisible();
  await expect(processPanel(page).getByText('The approvals are complete')).toBeVisible();

  // Whoever is not asked sees how it stands, and no button.
  await signIn(page, world.url, 'Bram Jansen', `/browse/${key}`);
  await expect(block.getByText('2 of 2')).toBeVisible();
  await expect(block.getByRole('button')).toHaveCount(0);
  expect(problems).toEqual([]);
});
